"""Noting somebody who could be invited, and what they answer."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions import directory
from jukwaa.coalitions.capacities import INDIVIDUAL_CAPACITY_VALUE, build_capacity_choices
from jukwaa.coalitions.forms.fields import CountryField, RoleField, StakeholderField, set_name_candidates
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.forms import Form
from jukwaa.core.safeguards import SafeguardHit
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.regions.actions.prospects import ProspectFacts, find_contact_detail_errors
from jukwaa.regions.letters import get_letter_choices, get_letter_languages


class ProspectForm(ScreenedForm):
    """An organisation, and a role in it. `token` makes a second press harmless."""

    collects_personal_data = True

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("name", "role", "why")

    name = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        error_messages={"required": _("Enter the name of the organisation.")},
    )
    country = CountryField(
        error_messages={
            "invalid_choice": _("Choose a country from the list. It contains only countries that exist today.")
        }
    )
    stakeholder_group = StakeholderField()
    role = RoleField(
        label=_("Role of the recipient"),
        required=True,
        help_text=_(
            "For example, head of the helpline. Do not enter a name or an address here. Keep these in your own records."
        ),
        error_messages={"required": _("Enter the role of the recipient.")},
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=())
    why = forms.CharField(
        label=_("Why are you writing to this organisation?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("1 or 2 sentences in the language of the letter. They become part of the letter."),
    )
    own = forms.ChoiceField(label=_("Who do you represent?"), choices=())
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(
        self, *args: Any, standing: Standing, nearby_organisation: Organisation | None, country: str, **kwargs: Any
    ) -> None:
        known = get_letter_languages(
            nearby_organisation.country if nearby_organisation and nearby_organisation.country else country
        )
        initial: dict[str, Any] = {"token": uuid.uuid4(), "country": country, "language": known[0] if known else "en"}
        if nearby_organisation is not None:
            initial |= {name: getattr(nearby_organisation, name) for name in ("name", "stakeholder_group")}
            initial["country"] = nearby_organisation.country or country
        super().__init__(*args, **kwargs | {"initial": initial})
        set_name_candidates(self, lambda: directory.get_visible_people(standing))
        self.ways = {choice.value: choice for choice in build_capacity_choices(standing)}
        self._set_field_choices("own", [(choice.value, choice.label) for choice in self.ways.values()])
        self._set_field_choices("language", get_letter_choices(get_language() or "en"))
        if len(self.ways) == 1:
            del self.fields["own"]

    def _set_field_choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type alone
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """What may not stand there at all is refused, and not asked about."""
        for field, sentence in find_contact_detail_errors(self.cleaned_data).items():
            self.add_error(field, sentence)
        return super().clean()

    def find_field_hits(self, name: str, text: str) -> list[SafeguardHit]:
        return [] if name in self.errors else super().find_field_hits(name, text)

    def build_prospect_facts(self) -> ProspectFacts:
        said = self.cleaned_data
        return ProspectFacts(
            **{name: said[name] for name in ("name", "role", "country", "stakeholder_group", "language", "why")}
        )

    def get_represented_organisation(self) -> Organisation | None:
        return self.ways[self.cleaned_data.get("own", INDIVIDUAL_CAPACITY_VALUE)].organisation


class AcceptInvitationForm(Form):
    collects_personal_data = True

    name = forms.CharField(label=_("Your name"), max_length=200, error_messages={"required": _("Enter your name.")})
    address = forms.EmailField(
        label=_("Your email address"),
        max_length=254,
        error_messages={
            "required": _("Enter your email address."),
            "invalid": _("Enter a full email address, such as name@example.org."),
        },
    )
