"""Sharing in two minutes: a title and two boxes; everything else has an answer already, or can wait."""

import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import capacity_choices
from jukwaa.coalitions.forms.capacities import chosen_organisation, offer_capacities
from jukwaa.coalitions.forms.fields import AreasField, CountryField, offer_areas
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.documents.incoming import FileRefused, inspect
from jukwaa.core.documents.incoming.kinds import extensions
from jukwaa.core.documents.limits import LIMITS, MEGABYTE
from jukwaa.core.safeguards.forms import KEEP_IT, ScreenedForm
from jukwaa.library.forms.readers import ReadersForm
from jukwaa.library.lists import said_before
from jukwaa.library.schema import BOXES, COUNTRIES, Field, ItemKind, in_language, owed_lines
from jukwaa.places.languages import language_choices
from jukwaa.records.kinds import kind_of

LONGEST, LONGEST_LINE = 20_000, 300


def box(*, required: bool) -> forms.CharField:
    return forms.CharField(
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Enter 1 or 2 sentences. Readers look at this first.")},
    )


class SaidBefore(forms.TextInput):
    """A line with what others wrote there before, to choose from or not."""

    template_name = "library/said_before.html"

    def __init__(self, field: str, said: Sequence[str]) -> None:
        super().__init__({"list": f"said-{field}"})
        self.said = said

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "said": self.said}


def line(field: Field, said: Sequence[str] = ()) -> forms.CharField:
    about: dict[str, Any] = {"label": field.label, "required": False, "help_text": in_language(field.hint)}
    if said:
        about["widget"] = SaidBefore(field.name, said)
    return forms.CharField(max_length=LONGEST_LINE, **about)


class ShareForm(ReadersForm, ScreenedForm):
    """`token` makes a second press of the button harmless."""

    look_again: ClassVar[str | Promise] = KEEP_IT

    @property
    def SCREENED(self) -> tuple[str, ...]:  # type: ignore[override]  # noqa: N802 - depends on the kind
        return ("title", *self.owed, *BOXES)

    title = forms.CharField(
        label=_("Title"), max_length=250, error_messages={"required": _("Enter a title that helps others find this.")}
    )
    what_worked = box(required=True)
    what_changed = box(required=False)
    how_it_links = box(required=False)
    file = forms.FileField(label=_("File"), required=False, max_length=200, allow_empty_file=True)
    areas = AreasField()
    country = CountryField(help_text=_("Where this was done. You can add more countries later."))
    language = forms.ChoiceField(label=_("Language of this text"))
    capacity = forms.ChoiceField(label=_("On whose behalf do you share this?"), required=False)
    asks_for_review = forms.BooleanField(
        label=_("Ask for a review before publication"),
        required=False,
        help_text=_("Select this if you are unsure about anything. Case studies are always reviewed."),
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    field_order = (
        *("title", *BOXES, "file", "areas", "country", "language", "capacity"),
        *("label", "organisations", "persons", "asks_for_review"),
    )

    def __init__(self, *args: Any, standing: Standing, kind: ItemKind, **kwargs: Any) -> None:
        self.standing, self.kind = standing, kind
        self.offered = capacity_choices(standing)
        self.owed = {f"detail_{field.name}": field for field in owed_lines(kind)}
        begins = {"token": uuid.uuid4(), "language": standing.coalition.language, "country": self._own_country()}
        kwargs["initial"] = {**begins, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self._ask()
        self.fields["file"].help_text = gettext("At most %(limit)s MB. File types: %(taken)s") % {
            "limit": LIMITS.file // MEGABYTE,
            "taken": extensions(self._taken),
        }
        offer_capacities(self, self.offered)
        self.set_choices("language", language_choices(get_language() or "en"))
        offer_areas(self, standing.coalition)

    @property
    def parts(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """What is asked at once, then what has an answer already: heading, fields, and whether one of them is wrong."""
        where = ["country"] if COUNTRIES in self.kind.owes else []
        first = ["title", *self.owed, *(name for name in BOXES if name in self.fields), *where, "file"]
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
    def _taken(self) -> frozenset[str]:
        """Kinds of files that this kind of item takes, as `attach_file` asks for them."""
        return kind_of(self.kind.name).takes_files

    def clean_file(self) -> tuple[str, bytes] | None:
        """Its name and its bytes, as far as they are taken."""
        upload = self.cleaned_data["file"]
        if upload is None:
            return None
        data = upload.read()
        try:
            inspect(data, upload.name, allowed=self._taken)
        except FileRefused as refused:
            raise forms.ValidationError(refused.message) from refused
        return upload.name, data

    def _ask(self) -> None:
        """The boxes of this kind, with its own questions, and what it owes."""
        viewer, coalition, kind = self.standing.viewer, self.standing.coalition, self.kind.name
        for name, field in self.owed.items():
            self.fields[name] = line(field, said_before(viewer, coalition, kind, field.name))
        if COUNTRIES in self.kind.owes:
            self.fields["country"].help_text = gettext("Where you see this. You can add more countries later.")
        for name in BOXES:
            if name in self.kind.asks:
                self.fields[name].label = self.kind.question(name)
            else:
                del self.fields[name]

    def _own_country(self) -> str:
        """For what must say where it is: most write of where they are."""
        if COUNTRIES not in self.kind.owes:
            return ""
        return next((choice.organisation.country for choice in self.offered if choice.organisation), "")

    def organisation(self) -> Organisation | None:
        """For whom it is shared; None is on their own."""
        return chosen_organisation(self, self.offered)

    def said(self) -> dict[str, Any]:
        """What `share_item` takes."""
        names = (
            "title",
            "language",
            "asks_for_review",
            "token",
            "file",
            *(name for name in BOXES if name in self.fields),
        )
        country = self.cleaned_data["country"]
        return {
            **{name: self.cleaned_data[name] for name in names},
            "countries": [country] if country else [],
            "areas": list(self.cleaned_data["areas"]),
            "details": {field.name: self.cleaned_data[name] for name, field in self.owed.items()},
            "organisation": self.organisation(),
            "readers": self.readers(),
        }
