"""Beginning a text, and telling more of it."""

import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import build_capacity_choices
from jukwaa.coalitions.forms.capacities import get_chosen_organisation, set_capacity_choices
from jukwaa.coalitions.forms.fields import AreasField, set_area_choices
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.documents.incoming import FileRefused
from jukwaa.core.documents.incoming.file_kinds import format_file_extensions
from jukwaa.core.documents.limits import BYTES_PER_MEGABYTE, DEFAULT_FILE_LIMITS
from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.drafting.actions import ClauseDraft
from jukwaa.drafting.importing import IMPORTABLE_FORMATS, ImportedFile, import_document_file
from jukwaa.drafting.models import SELECTABLE_TEXT_FORMS, Text
from jukwaa.library.forms.readers import ReadersForm
from jukwaa.places.languages import get_language_choices
from jukwaa.records.forms.labels import validate_label_choice
from jukwaa.records.models import Label, Record, State

DRAFT_SIGNING_SALT = "drafting.brought"


class TextDetailsForm(ReadersForm, ScreenedForm):
    """What is said about a text, whether it is begun or changed."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("title", "summary")

    title = forms.CharField(label=_("Title"), max_length=250, error_messages={"required": _("Enter a title.")})
    form = forms.ChoiceField(
        label=_("Type of text"), choices=[(form.value, form.label) for form in SELECTABLE_TEXT_FORMS]
    )
    summary = forms.CharField(
        label=_("Summary, in one or two sentences"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    language = forms.ChoiceField(label=_("Language of this text"))
    areas = AreasField()

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        self.standing = standing
        super().__init__(*args, **kwargs)
        self.set_choices("language", get_language_choices(get_language() or "en"))
        set_area_choices(self, standing.coalition)


class SignedField(forms.CharField):
    """What our own page has signed: its words were checked when they were read. Without a signature it is dropped."""

    is_signed = True


class TextBeginForm(TextDetailsForm):
    """`token` makes a second press harmless; `clauses` are those that were read from a file and looked at."""

    begins = forms.ChoiceField(
        label=_("What should the text start with?"),
        choices=[("template", _("A template for this type of text")), ("blank", _("An empty text"))],
        initial="template",
        widget=forms.RadioSelect,
    )
    owner = forms.ChoiceField(label=_("Who owns this text?"), required=False)
    capacity = forms.ChoiceField(label=_("Who do you represent?"), required=False)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())
    clauses = SignedField(required=False, widget=forms.HiddenInput())

    field_order = (
        *("title", "form", "begins", "summary", "language", "areas", "owner", "capacity"),
        *("label", "organisations", "persons"),
    )

    def __init__(self, *args: Any, standing: Standing, source_record: Record | None = None, **kwargs: Any) -> None:
        """`source_record` is what it is adapted from: what is in it is opened to no more people than that."""
        self.source, self.offered = source_record, build_capacity_choices(standing)
        coalition = standing.coalition
        given = {"token": uuid.uuid4(), "language": coalition.language, **(kwargs.get("initial") or {})}
        super().__init__(*args, standing=standing, **kwargs | {"initial": given})
        own = [one for one in standing.organisations if one.pk in standing.speaks_for]
        self.owners = {str(one.pk): one for one in own}
        self.set_choices("owner", [("", coalition.name), *((key, one.name) for key, one in self.owners.items())])
        if not own:  # nothing to choose
            del self.fields["owner"]
        set_capacity_choices(self, self.offered)

    @property
    def parts(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """What a draft needs at once; the rest can be left."""
        return self.get_grouped_fields(
            [
                ("", ["title", "form", "begins", "summary", "capacity", "label"]),
                (_("Named organisations and people"), ["organisations", "persons"]),
                (_("Language, areas of work and owner"), ["language", "areas", "owner"]),
            ]
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        validate_label_choice(self, self.source)
        return cleaned

    def clean_clauses(self) -> list[ClauseDraft]:
        sign_drafts = self.cleaned_data["clauses"]
        if not sign_drafts:
            return []
        try:
            return load_signed_drafts(sign_drafts)
        except signing.BadSignature:
            self.add_error(None, gettext("Choose the file again. We could not read the clauses that were imported."))
            return []

    def get_organisation(self) -> Organisation | None:
        """For whom it is begun; None is on their own."""
        return get_chosen_organisation(self, self.offered)

    def get_action_arguments(self) -> dict[str, Any]:
        """What `begin_text` takes, but for what it begins with."""
        said = self.cleaned_data
        return {
            **{name: said[name] for name in ("title", "form", "summary", "language", "token")},
            "areas": list(said["areas"]),
            "owner": self.owners.get(said.get("owner") or ""),
            "organisation": self.get_organisation(),
            "readers": self.readers(),
        }


class TextEditForm(TextDetailsForm):
    """Of a text that is there already. `version` is the one it was loaded with."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ("title", "form", "summary", "language", "areas", "label", "organisations", "persons")

    def __init__(self, *args: Any, text: Text, sets_readers: bool, **kwargs: Any) -> None:
        """Who may read it is for its authors to say. What members were asked about as a decision stays as it is."""
        self.text = text
        self.sets_readers = sets_readers and not text.is_decision
        super().__init__(*args, initial=self.get_initial(text), **kwargs)
        if text.is_decision:
            del self.fields["title"], self.fields["form"]
        if not self.sets_readers:
            for name in ("label", "organisations", "persons"):
                del self.fields[name]

    def will_everyone_read_text(self) -> bool:
        """Whether everyone reads the text after the form has been saved."""
        label = self.data.get(self.add_prefix("label")) if self.is_bound and self.sets_readers else self.text.label
        return self.text.state == State.PUBLISHED and label == Label.CLEAR

    def opens_to_everyone(self) -> bool:
        return self.will_everyone_read_text() and self.text.label != Label.CLEAR

    @staticmethod
    def get_initial(text: Text) -> dict[str, Any]:
        named = list(text.audience.select_related("organisation", "person"))
        return {
            **{name: getattr(text, name) for name in ("title", "form", "summary", "language", "label", "version")},
            "areas": list(text.areas.all()),
            "organisations": "\n".join(row.organisation.name for row in named if row.organisation),
            "persons": "\n".join(row.person.email or row.person.name for row in named if row.person),
        }

    def get_changed_fields(self) -> dict[str, Any]:
        names = ("title", "form", "summary", "language")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}


class TextImportForm(Form):
    """A file whose parts become clauses, once somebody has looked at them."""

    submission_source = "attachment"

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
    )

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.coalition = coalition
        self.fields["file"].help_text = gettext("At most %(limit)s MB. Accepted types: %(taken)s") % {
            "limit": DEFAULT_FILE_LIMITS.file // BYTES_PER_MEGABYTE,
            "taken": format_file_extensions(IMPORTABLE_FORMATS),
        }

    def clean_file(self) -> ImportedFile:
        upload = self.cleaned_data["file"]
        try:
            brought = import_document_file(upload.read(), upload.name, coalition_names=[self.coalition.name])
        except FileRefused as refused:
            raise ValidationError(refused.message) from refused
        self.file_texts = ["\n\n".join(draft.body for draft in brought.drafts)]
        return brought


def sign_clause_drafts(clause_drafts: Sequence[ClauseDraft]) -> str:
    """Clauses on their way through a page and back: nothing is kept here before somebody has said that it begins so."""
    return signing.dumps(
        [[draft.kind, draft.level, draft.body, draft.own_number] for draft in clause_drafts],
        salt=DRAFT_SIGNING_SALT,
        compress=True,
    )


def load_signed_drafts(words: str) -> list[ClauseDraft]:
    """Raises BadSignature."""
    said = signing.loads(words, salt=DRAFT_SIGNING_SALT)
    return [ClauseDraft(body, kind, level, own_number=number) for kind, level, body, number in said]
