"""Sharing in two minutes: a title and two boxes; everything else has an answer already, or can wait."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import Choice, capacity_choices
from jukwaa.coalitions.forms.fields import AreasField, CountryField
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.library.forms.readers import ReadersForm
from jukwaa.library.schema import BOXES, ItemKind
from jukwaa.places.languages import language_choices

LONGEST = 20_000


def box(*, required: bool) -> forms.CharField:
    return forms.CharField(
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Say it in a sentence or two. It is what others look for first.")},
    )


class ShareForm(ReadersForm, ScreenedForm):
    """`token` makes a second press of the button harmless."""

    SCREENED: ClassVar[tuple[str, ...]] = ("title", *BOXES)

    title = forms.CharField(
        label=_("Title"), max_length=250, error_messages={"required": _("Give it a title by which others find it.")}
    )
    what_worked = box(required=True)
    what_changed = box(required=False)
    how_it_links = box(required=False)
    areas = AreasField()
    country = CountryField(help_text=_("Where it was done. More than one can be named later."))
    language = forms.ChoiceField(label=_("Language of this text"))
    capacity = forms.ChoiceField(label=_("You share it"), required=False)
    asks_for_review = forms.BooleanField(
        label=_("Let a second person read it before it is published"),
        required=False,
        help_text=_("For anything that you are not sure about. A case study is always read by a second person."),
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    field_order = (
        *("title", *BOXES, "areas", "country", "language", "capacity"),
        *("label", "organisations", "persons", "asks_for_review"),
    )

    def __init__(self, *args: Any, standing: Standing, kind: ItemKind, **kwargs: Any) -> None:
        self.standing, self.kind = standing, kind
        self.offered = capacity_choices(standing)
        language = standing.coalition.language
        kwargs["initial"] = {"token": uuid.uuid4(), "language": language, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self._ask()
        if len(self.offered) == 1:  # nothing to choose
            del self.fields["capacity"]
        else:
            self._choices("capacity", [(choice.value, choice.label) for choice in self.offered])
        self._choices("language", language_choices(get_language() or "en"))
        areas = self.fields["areas"]
        assert isinstance(areas, AreasField)  # noqa: S101 - for the type alone
        areas.offer(standing.coalition)

    def _ask(self) -> None:
        """The boxes of this kind, with its own questions."""
        for name in BOXES:
            if name in self.kind.asks:
                self.fields[name].label = self.kind.question(name)
            else:
                del self.fields[name]

    def _choices(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type alone
        field.choices = choices

    def organisation(self) -> Organisation | None:
        """For whom it is shared; None is on their own."""
        chosen = self.cleaned_data.get("capacity")
        found: Choice = next((choice for choice in self.offered if choice.value == chosen), self.offered[0])
        return found.organisation

    def said(self) -> dict[str, Any]:
        """What `share_item` takes."""
        names = ("title", "language", "asks_for_review", "token", *(name for name in BOXES if name in self.fields))
        country = self.cleaned_data["country"]
        return {
            **{name: self.cleaned_data[name] for name in names},
            "countries": [country] if country else [],
            "areas": list(self.cleaned_data["areas"]),
            "organisation": self.organisation(),
            "readers": self.readers(),
        }
