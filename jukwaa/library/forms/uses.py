"""Saying that one used an item."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import build_capacity_choices
from jukwaa.coalitions.forms.capacities import get_chosen_organisation, set_capacity_choices
from jukwaa.coalitions.forms.fields import CountryField
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.library.forms.items import MAX_TEXT_LENGTH
from jukwaa.library.models import Item, Use
from jukwaa.library.models.uses import FIRST_YEAR

EDITABLE_USE_FIELDS = ("how", "result", "country", "year", "adaptation")
INVALID_YEAR_MESSAGE = _("Enter a year with 4 digits, such as 2024. It must be this year or an earlier year.")


class UseForm(ScreenedForm):
    """`token` makes a second press of the button harmless."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("how", "result")

    how = forms.CharField(
        label=_("How did you use this item, and what did you change?"),
        max_length=MAX_TEXT_LENGTH,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Enter how you used this item, in 1 or 2 sentences.")},
    )
    result = forms.CharField(
        label=_("What were the outcomes?"),
        required=False,
        max_length=MAX_TEXT_LENGTH,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Include what did not work. Other people can learn from it."),
    )
    country = CountryField(label=_("Country"))
    year = forms.IntegerField(
        label=_("Year"), error_messages={"required": INVALID_YEAR_MESSAGE, "invalid": INVALID_YEAR_MESSAGE}
    )
    capacity = forms.ChoiceField(label=_("On whose behalf are you reporting this use?"), required=False)
    adaptation = forms.ModelChoiceField(
        label=_("Your adaptation"),
        queryset=Item.objects.none(),
        required=False,
        empty_label=_("no adaptation in the library"),
        help_text=_("If you shared your own version in the library, choose it. It will be listed under “Adaptations”."),
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, standing: Standing, own_organisations: Any, **kwargs: Any) -> None:
        """`own_organisations` are the items that this person may name as their adaptation."""
        self.offered = build_capacity_choices(standing)
        country = next((choice.organisation.country for choice in self.offered if choice.organisation), "")
        initial_values = {"token": uuid.uuid4(), "year": timezone.localdate().year, "country": country}
        kwargs["initial"] = {**initial_values, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        adaptation = self.fields["adaptation"]
        assert isinstance(adaptation, forms.ModelChoiceField)  # noqa: S101 - for the type alone
        adaptation.queryset = own_organisations
        set_capacity_choices(self, self.offered)

    @staticmethod
    def get_initial(use: Use) -> dict[str, Any]:
        return {name: getattr(use, name) for name in EDITABLE_USE_FIELDS}

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not FIRST_YEAR <= year <= timezone.localdate().year:
            raise forms.ValidationError(INVALID_YEAR_MESSAGE)
        return year

    def get_organisation(self) -> Organisation | None:
        """For whom they speak; None is on their own."""
        return get_chosen_organisation(self, self.offered)

    def get_changed_fields(self) -> dict[str, Any]:
        """What `change_use` takes."""
        return {name: self.cleaned_data[name] for name in EDITABLE_USE_FIELDS}

    def get_action_arguments(self) -> dict[str, Any]:
        """What `add_use` takes."""
        return {
            **self.get_changed_fields(),
            "token": self.cleaned_data["token"],
            "organisation": self.get_organisation(),
        }


class ChangeUseForm(UseForm):
    """For whom it was said stays as it was."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("capacity", "token"):
            self.fields.pop(name, None)
