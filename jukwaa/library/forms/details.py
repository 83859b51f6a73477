"""The long form: the questions of an item's kind, from the data files."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.forms.fields import AreasField, DayField, former, offer_areas
from jukwaa.core.safeguards.forms import KEEP_IT, ScreenedForm
from jukwaa.library.forms.sharing import LONGEST, box, line
from jukwaa.library.lists import said_before
from jukwaa.library.models import Item
from jukwaa.library.schema import BOXES, Field, fields_of, frameworks, in_language, kinds, owed_lines
from jukwaa.places.countries import country_choices
from jukwaa.places.languages import language_choices


class DetailsForm(ScreenedForm):
    """Everything that an item can say, none of it owed but the title. `version` is the one it was loaded with."""

    look_again: ClassVar[str | Promise] = KEEP_IT

    kind = forms.ChoiceField(label=_("Kind"))
    title = forms.CharField(
        label=_("Title"), max_length=250, error_messages={"required": _("Enter a title that helps others find this.")}
    )
    summary = forms.CharField(
        label=_("Summary in 1 or 2 sentences"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    what_worked = box(required=False)
    what_changed = box(required=False)
    how_it_links = box(required=False)
    areas = AreasField()
    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        required=False,
        widget=forms.SelectMultiple({"size": 8}),
        help_text=_("Hold Ctrl, or Cmd, to choose more than one."),
    )
    language = forms.ChoiceField(label=_("Language of this text"))
    review_by = DayField(label=_("Next check due"), help_text=_("We will then ask you whether it is still up to date."))
    asks_for_review = forms.BooleanField(label=_("Ask for a review before publication"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: Item, viewer: Person, **kwargs: Any) -> None:
        self.item = item
        super().__init__(*args, initial=self.initial_of(item), **kwargs)
        self.asked = {f"detail_{field.name}": field for field in fields_of(item.kind)}
        self.fields |= {name: form_field(field) for name, field in self.asked.items()}
        for field in owed_lines(item.item_kind):
            self.fields[f"detail_{field.name}"] = line(
                field, said_before(viewer, item.coalition, item.kind, field.name)
            )
        for name in BOXES:
            if name in item.item_kind.asks or getattr(item, name):
                self.fields[name].label = item.item_kind.question(name)
            else:
                del self.fields[name]
        owed = [f"detail_{name}" for name in item.item_kind.owes]
        self.order_fields(["kind", "title", *owed])
        self._offer()

    @property
    def SCREENED(self) -> tuple[str, ...]:  # type: ignore[override]  # noqa: N802 - depends on the kind
        written = [name for name, field in self.asked.items() if field.type in {"text", "line"}]
        return ("title", "summary", *BOXES, *written)

    @staticmethod
    def initial_of(item: Item) -> dict[str, Any]:
        names = ("kind", "title", "summary", *BOXES, "countries", "language", "review_by", "asks_for_review", "version")
        answered = {f"detail_{field.name}": item.details.get(field.name) for field in fields_of(item.kind)}
        return {**{name: getattr(item, name) for name in names}, **answered, "areas": list(item.areas.all())}

    def _offer(self) -> None:
        language = get_language() or "en"
        offered: dict[str, Any] = {
            "kind": [(kind.name, kind.label) for kind in kinds()],
            "countries": [*former(self.item.countries), *country_choices(language)],
            "language": language_choices(language),
        }
        for name, choices in offered.items():
            self.set_choices(name, choices)
        offer_areas(self, self.item.coalition)

    def changes(self) -> dict[str, Any]:
        """What `change_item` takes, but for the areas."""
        kept = ("kind", "title", "summary", "countries", "language", "review_by", "asks_for_review")
        boxes = [name for name in BOXES if name in self.fields]
        answers = {field.name: plain_answer(self.cleaned_data[name]) for name, field in self.asked.items()}
        return {**{name: self.cleaned_data[name] for name in (*kept, *boxes)}, "details": answers}


def plain_answer(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def form_field(field: Field) -> forms.Field:
    about: dict[str, Any] = {"label": field.label, "required": False, "help_text": in_language(field.hint)}
    match field.type:
        case "text":
            return forms.CharField(max_length=LONGEST, widget=forms.Textarea({"rows": 4}), **about)
        case "line":
            return line(field)
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
                choices=_capabilities(), widget=forms.SelectMultiple({"size": 10}), **about
            )


def _capabilities() -> list[tuple[str, list[tuple[str, Any]]]]:
    """All frameworks, each edition by itself, with its groups as headings."""
    return [
        (
            f"{framework.with_edition}: {in_language(group)}",
            [(capability.value, capability.label) for capability in members],
        )
        for framework in frameworks()
        for group, members in framework.groups
    ]
