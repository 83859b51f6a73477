"""Sharing in two minutes: a title and two boxes; everything else has an answer already, or can wait."""

import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import build_capacity_choices
from jukwaa.coalitions.forms.capacities import get_chosen_organisation, set_capacity_choices
from jukwaa.coalitions.forms.fields import AreasField, CountryField, set_area_choices
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.dates import parse_partial_date
from jukwaa.core.documents.incoming import FileRefused, detect_file_kind
from jukwaa.core.documents.incoming.file_kinds import format_file_extensions
from jukwaa.core.documents.limits import BYTES_PER_MEGABYTE, DEFAULT_FILE_LIMITS
from jukwaa.core.safeguards.forms import CHECK_BEFORE_SAVING_MESSAGE, ScreenedForm
from jukwaa.library.forms.readers import ReadersForm
from jukwaa.library.issue_fields import get_issuer_and_issue_date_fields
from jukwaa.library.item_lists import find_earlier_answers
from jukwaa.library.schema import (
    BOX_FIELDS,
    COUNTRIES_FIELD_NAME,
    ItemKind,
    TemplateField,
    get_required_fields,
    localize_schema_text,
)
from jukwaa.places.languages import get_language_choices
from jukwaa.records.kinds import get_record_kind

MAX_TEXT_LENGTH, MAX_LINE_LENGTH = 20_000, 300


def build_answer_textarea_field(*, required: bool) -> forms.CharField:
    return forms.CharField(
        required=required,
        max_length=MAX_TEXT_LENGTH,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Enter 1 or 2 sentences. Readers see this text first.")},
    )


class EarlierAnswersInput(forms.TextInput):
    """A line with what others wrote there before, to choose from or not."""

    template_name = "library/said_before.html"

    def __init__(self, field: str, earlier_answers: Sequence[str]) -> None:
        super().__init__({"list": f"said-{field}"})
        self.said = earlier_answers

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "said": self.said}


class PartialDateField(forms.CharField):
    """A day, a month or a year, as far as it is known: kept as "2017-05-02", "2017-05" or "2017"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=10, widget=forms.TextInput({"size": 10, "dir": "ltr"}), **kwargs)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if text and parse_partial_date(text) is None:
            raise forms.ValidationError(_("Enter the date as 2017-05-02, or only as 2017-05 or 2017."))
        return text


def build_single_line_field(field: TemplateField, earlier_answers: Sequence[str] = ()) -> forms.CharField:
    """A line of text, with what others wrote there to choose from; or a date, as far as it is known."""
    about: dict[str, Any] = {"label": field.label, "required": False, "help_text": localize_schema_text(field.hint)}
    if field.type == "partial-date":
        return PartialDateField(**about)
    if earlier_answers:
        about["widget"] = EarlierAnswersInput(field.name, earlier_answers)
    return forms.CharField(max_length=MAX_LINE_LENGTH, **about)


class ShareForm(ReadersForm, ScreenedForm):
    """`token` makes a second press of the button harmless."""

    screening_message: ClassVar[str | Promise] = CHECK_BEFORE_SAVING_MESSAGE

    @property
    def SCREENED_FIELDS(self) -> tuple[str, ...]:  # type: ignore[override]  # noqa: N802 - depends on the kind
        return ("title", *self.owed, *BOX_FIELDS)

    title = forms.CharField(
        label=_("Title"), max_length=250, error_messages={"required": _("Enter a title that describes the content.")}
    )
    what_worked = build_answer_textarea_field(required=True)
    what_changed = build_answer_textarea_field(required=False)
    how_it_links = build_answer_textarea_field(required=False)
    file = forms.FileField(label=_("File"), required=False, max_length=200, allow_empty_file=True)
    areas = AreasField()
    country = CountryField(
        help_text=_("Choose the country where this work took place. You can add more countries later.")
    )
    language = forms.ChoiceField(label=_("Language of this text"))
    capacity = forms.ChoiceField(label=_("On whose behalf are you sharing this item?"), required=False)
    asks_for_review = forms.BooleanField(
        label=_("Ask for a review before publication"),
        required=False,
        help_text=_(
            "Select this box if you are unsure whether the text can be published. Case studies are always reviewed."
        ),
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    field_order = (
        *("title", *BOX_FIELDS, "file", "areas", "country", "language", "capacity"),
        *("label", "organisations", "persons", "asks_for_review"),
    )

    def __init__(self, *args: Any, standing: Standing, kind: ItemKind, **kwargs: Any) -> None:
        self.standing, self.kind = standing, kind
        self.offered = build_capacity_choices(standing)
        asked = [*get_required_fields(kind), *get_issuer_and_issue_date_fields(kind.name)]
        self.owed = {f"detail_{field.name}": field for field in asked}
        initial_values = {
            "token": uuid.uuid4(),
            "language": standing.coalition.language,
            "country": self._get_own_country(),
        }
        kwargs["initial"] = {**initial_values, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self._build_kind_questions()
        self.fields["file"].help_text = gettext("At most %(limit)s MB. File types: %(taken)s") % {
            "limit": DEFAULT_FILE_LIMITS.file // BYTES_PER_MEGABYTE,
            "taken": format_file_extensions(self._accepted_file_types),
        }
        set_capacity_choices(self, self.offered)
        self.set_choices("language", get_language_choices(get_language() or "en"))
        set_area_choices(self, standing.coalition)

    @property
    def parts(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """What is asked at once, then what has an answer already: heading, fields, and whether one of them is wrong."""
        where = ["country"] if COUNTRIES_FIELD_NAME in self.kind.owes else []
        first = ["title", *self.owed, *(name for name in BOX_FIELDS if name in self.fields), *where, "file"]
        about = [name for name in ("areas", "country", "language", "capacity") if name in self.fields]
        about = [name for name in about if name not in where]
        readers = ["label", "organisations", "persons", "asks_for_review"]
        groups: list[tuple[Any, Sequence[str]]] = [
            ("", first),
            (_("Areas of work, country, language and author"), about),
            (_("Who can read this"), readers),
        ]
        return [
            (name, [self[each] for each in each_of], any(each in self.errors for each in each_of))
            for name, each_of in groups
        ]

    @property
    def _accepted_file_types(self) -> frozenset[str]:
        """Kinds of files that this kind of item takes, as `attach_file` asks for them."""
        return get_record_kind(self.kind.name).takes_files

    def clean_file(self) -> tuple[str, bytes] | None:
        """Its name and its bytes, as far as they are taken."""
        upload = self.cleaned_data["file"]
        if upload is None:
            return None
        data = upload.read()
        try:
            detect_file_kind(data, upload.name, allowed_kinds=self._accepted_file_types)
        except FileRefused as refused:
            raise forms.ValidationError(refused.message) from refused
        return upload.name, data

    def _build_kind_questions(self) -> None:
        """The boxes of this kind, with its own questions, and what it owes."""
        viewer, coalition, kind = self.standing.viewer, self.standing.coalition, self.kind.name
        for name, field in self.owed.items():
            self.fields[name] = build_single_line_field(
                field, find_earlier_answers(viewer, coalition, kind, field.name)
            )
        if COUNTRIES_FIELD_NAME in self.kind.owes:
            self.fields["country"].help_text = gettext(
                "Choose the country that your observation is about. You can add more countries later."
            )
        for name in BOX_FIELDS:
            if name in self.kind.asks:
                self.fields[name].label = self.kind.question(name)
            else:
                del self.fields[name]

    def _get_own_country(self) -> str:
        """For what must say where it is: most write of where they are."""
        if COUNTRIES_FIELD_NAME not in self.kind.owes:
            return ""
        return next((choice.organisation.country for choice in self.offered if choice.organisation), "")

    def get_organisation(self) -> Organisation | None:
        """For whom it is shared; None is on their own."""
        return get_chosen_organisation(self, self.offered)

    def get_action_arguments(self) -> dict[str, Any]:
        """What `share_item` takes."""
        names = (
            "title",
            "language",
            "asks_for_review",
            "token",
            "file",
            *(name for name in BOX_FIELDS if name in self.fields),
        )
        country = self.cleaned_data["country"]
        return {
            **{name: self.cleaned_data[name] for name in names},
            "countries": [country] if country else [],
            "areas": list(self.cleaned_data["areas"]),
            "details": {field.name: self.cleaned_data[name] for name, field in self.owed.items()},
            "organisation": self.get_organisation(),
            "readers": self.readers(),
        }
