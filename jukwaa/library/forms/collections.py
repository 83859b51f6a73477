"""A collection: its title, what it is for, and who may read it; and which collection a record goes into."""

import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import build_capacity_choices
from jukwaa.coalitions.forms.capacities import get_chosen_organisation, set_capacity_choices
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import CHECK_BEFORE_SAVING_MESSAGE, ScreenedForm
from jukwaa.library.forms.items import MAX_TEXT_LENGTH
from jukwaa.library.forms.readers import ReadersForm
from jukwaa.library.models import Collection
from jukwaa.places.languages import get_language_choices

COLLECTION_TEXT_FIELDS = ("title", "summary", "introduction")


class CollectionForm(ScreenedForm):
    """The words of a collection. `version` is the one that they were loaded with."""

    screening_message: ClassVar[str | Promise] = CHECK_BEFORE_SAVING_MESSAGE

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = COLLECTION_TEXT_FIELDS

    title = forms.CharField(
        label=_("Title"), max_length=250, error_messages={"required": _("Enter a title that describes the content.")}
    )
    summary = forms.CharField(
        label=_("Summary in 1 or 2 sentences"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    introduction = forms.CharField(
        label=pgettext_lazy("of a collection", "Introduction"),
        required=False,
        max_length=MAX_TEXT_LENGTH,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Who this collection is for, and how to use it. The introduction comes before the records."),
    )
    language = forms.ChoiceField(label=_("Language of this text"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_choices("language", get_language_choices(get_language() or "en"))

    @staticmethod
    def get_initial(collection: Collection) -> dict[str, Any]:
        return {name: getattr(collection, name) for name in (*COLLECTION_TEXT_FIELDS, "language", "version")}

    def get_text_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*COLLECTION_TEXT_FIELDS, "language")}


class NewCollectionForm(ReadersForm, CollectionForm):
    """`token` makes a second press of the button harmless."""

    capacity = forms.ChoiceField(label=_("On whose behalf are you compiling this collection?"), required=False)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    field_order = (*COLLECTION_TEXT_FIELDS, "language", "capacity", "label", "organisations", "persons")

    def __init__(self, *args: Any, viewer_standing: Standing, **kwargs: Any) -> None:
        self.standing = viewer_standing
        self.offered = build_capacity_choices(viewer_standing)
        kwargs["initial"] = {"token": uuid.uuid4(), "language": viewer_standing.coalition.language}
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        set_capacity_choices(self, self.offered)

    def get_organisation(self) -> Organisation | None:
        return get_chosen_organisation(self, self.offered)

    def get_action_arguments(self) -> dict[str, Any]:
        """What `create_collection` takes."""
        return {
            **self.get_text_fields(),
            "token": self.cleaned_data["token"],
            "organisation": self.get_organisation(),
            "readers": self.readers(),
        }


class AddToCollectionForm(Form):
    """Which of one's own collections a record goes into."""

    collection = forms.TypedChoiceField(
        label=_("Which collection do you want to add the record to?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of your collections.")},
    )

    def __init__(self, *args: Any, collections: Sequence[Collection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.collections = {collection.pk: collection for collection in collections}
        self.set_choices("collection", [(pk, each.title) for pk, each in self.collections.items()])

    @property
    def chosen(self) -> Collection:
        return self.collections[self.cleaned_data["collection"]]
