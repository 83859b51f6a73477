"""The long form: the questions of an item's kind, from the data files."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.forms.fields import AreasField, DayField, build_former_country_choices, set_area_choices
from jukwaa.core.safeguards.forms import CHECK_BEFORE_SAVING_MESSAGE, ScreenedForm
from jukwaa.library.forms.items import MAX_TEXT_LENGTH, build_answer_textarea_field, build_single_line_field
from jukwaa.library.item_lists import find_earlier_answers
from jukwaa.library.models import Item
from jukwaa.library.schema import (
    BOX_FIELDS,
    TemplateField,
    get_fields_for_kind,
    get_frameworks,
    get_required_fields,
    kinds,
    localize_schema_text,
)
from jukwaa.places.countries import get_country_choices
from jukwaa.places.languages import get_language_choices


class DetailsForm(ScreenedForm):
    """Everything that an item can say, none of it owed but the title. `version` is the one it was loaded with."""

    screening_message: ClassVar[str | Promise] = CHECK_BEFORE_SAVING_MESSAGE

    kind = forms.ChoiceField(label=_("Type"))
    title = forms.CharField(
        label=_("Title"), max_length=250, error_messages={"required": _("Enter a title that describes the content.")}
    )
    summary = forms.CharField(
        label=_("Summary in 1 or 2 sentences"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    what_worked = build_answer_textarea_field(required=False)
    what_changed = build_answer_textarea_field(required=False)
    how_it_links = build_answer_textarea_field(required=False)
    areas = AreasField()
    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        required=False,
        widget=forms.SelectMultiple({"size": 8}),
        help_text=_("To choose more than one, hold Ctrl (Cmd on a Mac)."),
    )
    language = forms.ChoiceField(label=_("Language of this text"))
    review_by = DayField(
        label=_("Next check due"), help_text=_("On this date, we will ask you whether the item is still up to date.")
    )
    asks_for_review = forms.BooleanField(label=_("Ask for a review before publication"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: Item, viewer: Person, **kwargs: Any) -> None:
        self.item = item
        super().__init__(*args, initial=self.get_initial(item), **kwargs)
        self.detail_fields = {f"detail_{field.name}": field for field in get_fields_for_kind(item.kind)}
        self.fields |= {name: build_form_field(field) for name, field in self.detail_fields.items()}
        for field in get_required_fields(item.item_kind):
            self.fields[f"detail_{field.name}"] = build_single_line_field(
                field, find_earlier_answers(viewer, item.coalition, item.kind, field.name)
            )
        for name in BOX_FIELDS:
            if name in item.item_kind.asks or getattr(item, name):
                self.fields[name].label = item.item_kind.question(name)
            else:
                del self.fields[name]
        owed = [f"detail_{name}" for name in item.item_kind.owes]
        self.order_fields(["kind", "title", *owed])
        self._fill_field_choices()

    @property
    def SCREENED_FIELDS(self) -> tuple[str, ...]:  # type: ignore[override]  # noqa: N802 - depends on the kind
        written = [name for name, field in self.detail_fields.items() if field.type in {"text", "line"}]
        return ("title", "summary", *BOX_FIELDS, *written)

    @staticmethod
    def get_initial(item: Item) -> dict[str, Any]:
        names = (
            "kind",
            "title",
            "summary",
            *BOX_FIELDS,
            "countries",
            "language",
            "review_by",
            "asks_for_review",
            "version",
        )
        answered = {f"detail_{field.name}": item.details.get(field.name) for field in get_fields_for_kind(item.kind)}
        return {**{name: getattr(item, name) for name in names}, **answered, "areas": list(item.areas.all())}

    def _fill_field_choices(self) -> None:
        language = get_language() or "en"
        offered: dict[str, Any] = {
            "kind": [(kind.name, kind.label) for kind in kinds()],
            "countries": [*build_former_country_choices(self.item.countries), *get_country_choices(language)],
            "language": get_language_choices(language),
        }
        for name, choices in offered.items():
            self.set_choices(name, choices)
        set_area_choices(self, self.item.coalition)

    def get_changed_fields(self) -> dict[str, Any]:
        """What `change_item` takes, but for the areas."""
        kept = ("kind", "title", "summary", "countries", "language", "review_by", "asks_for_review")
        boxes = [name for name in BOX_FIELDS if name in self.fields]
        answers = {field.name: to_json_value(self.cleaned_data[name]) for name, field in self.detail_fields.items()}
        return {**{name: self.cleaned_data[name] for name in (*kept, *boxes)}, "details": answers}


def to_json_value(answer_value: Any) -> Any:
    return answer_value.isoformat() if isinstance(answer_value, date) else answer_value


def build_form_field(field: TemplateField) -> forms.Field:
    about: dict[str, Any] = {"label": field.label, "required": False, "help_text": localize_schema_text(field.hint)}
    match field.type:
        case "text":
            return forms.CharField(max_length=MAX_TEXT_LENGTH, widget=forms.Textarea({"rows": 4}), **about)
        case "line" | "partial-date":
            return build_single_line_field(field)
        case "day":
            return DayField(**about)
        case "choice":
            none = [("", _("not stated"))]
            return forms.ChoiceField(choices=[*none, *[(each.value, each.label) for each in field.choices]], **about)
        case "choices":
            options = [(each.value, each.label) for each in field.choices]
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple(), **about)
        case _:
            return forms.MultipleChoiceField(
                choices=_get_capability_choices(), widget=forms.SelectMultiple({"size": 10}), **about
            )


def _get_capability_choices() -> list[tuple[str, list[tuple[str, Any]]]]:
    """All frameworks, each edition by itself, with its groups as headings."""
    return [
        (
            f"{framework.with_edition}: {localize_schema_text(group)}",
            [(capability.value, capability.label) for capability in members],
        )
        for framework in get_frameworks()
        for group, members in framework.groups
    ]
