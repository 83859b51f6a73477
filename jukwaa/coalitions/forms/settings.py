"""What the coalition is called and works on."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.forms import get_time_zone_choices
from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions.settings import EDITABLE_COALITION_FIELDS, compute_settings_fingerprint
from jukwaa.coalitions.forms.fields import CountryField, DayField, build_text_field
from jukwaa.coalitions.models import Coalition
from jukwaa.core.forms import Form
from jukwaa.places.languages import get_language_choices

INVALID_FORUM_LINK_MESSAGE = _(
    "Enter a web address that starts with https://, such as https://lists.example.org/coalition."
)

SHARED_ADDRESS_HELP_TEXT = _("A shared mailbox. Everyone can see its address.")


class SettingsForm(Form):
    """What most coalitions fill in first; the fields of `rare_fields` are folded."""

    RARE_FIELDS = ("on", "press_address", "list_page", "list_archive")

    name = forms.CharField(
        label=_("Name"), max_length=160, error_messages={"required": _("Enter the name of the coalition.")}
    )
    on = DayField(
        label=_("New name used since"), help_text=_("Only if you change the name. We use today's date by default.")
    )
    forum = forms.CharField(label=_("Forum"), max_length=160, required=False)
    about = build_text_field(_("About the coalition"), required=False, max_length=5000)
    objectives = build_text_field(_("Objectives, one on each line"), required=False, max_length=5000)
    founded = forms.CharField(label=_("Founded"), max_length=40, required=False)
    country = CountryField(label=_("Country of the helpline that is shown first"))
    contact_address = forms.EmailField(
        label=_("Email address for general questions"), required=False, help_text=SHARED_ADDRESS_HELP_TEXT
    )
    press_address = forms.EmailField(
        label=_("Email address for the press"), required=False, help_text=SHARED_ADDRESS_HELP_TEXT
    )
    list_address = forms.EmailField(label=_("Email address of the mailing list"), required=False)
    list_page = forms.URLField(
        label=_("Subscription page of the mailing list"),
        required=False,
        max_length=400,
        assume_scheme="https",
        help_text=_("The page where anyone can subscribe. Once a week, the self-check tests whether it responds."),
        error_messages={"invalid": INVALID_FORUM_LINK_MESSAGE},
    )
    list_archive = forms.URLField(
        label=_("Archive of the mailing list"),
        required=False,
        max_length=400,
        assume_scheme="https",
        help_text=_("The page where anyone can read the messages."),
        error_messages={"invalid": INVALID_FORUM_LINK_MESSAGE},
    )
    language = forms.ChoiceField(label=_("Language"), choices=lambda: get_language_choices(get_language() or "en"))
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=get_time_zone_choices,
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = self.get_initial_for_field(self.fields["time_zone"], "time_zone")
        if current and not self.fields["time_zone"].valid_value(current):  # type: ignore[attr-defined]  # of the choice field
            self.set_choices("time_zone", [(current, current), *get_time_zone_choices()])  # an older name of a zone

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.RARE_FIELDS]

    @property
    def rare_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.RARE_FIELDS]

    @property
    def has_rare_errors(self) -> bool:
        return any(field.errors for field in self.rare_fields)

    def clean_contact_address(self) -> str:
        return self._require_shared_address("contact_address")

    def clean_press_address(self) -> str:
        return self._require_shared_address("press_address")

    def _require_shared_address(self, name: str) -> str:
        """Refuse an address with which a person signs in: everyone can read the contact page."""
        address: str = self.cleaned_data[name]
        if address and Person.objects.with_address(address).exists():
            raise forms.ValidationError(
                _(
                    "%(address)s is one person's email address. Everyone can see the contact page, "
                    "so enter a shared mailbox instead, such as info@example.org."
                ),
                params={"address": address},
            )
        return address

    def get_changed_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in EDITABLE_COALITION_FIELDS}

    @staticmethod
    def get_initial(coalition: Coalition) -> dict[str, Any]:
        values = {name: getattr(coalition, name) for name in EDITABLE_COALITION_FIELDS}
        return values | {"seen": compute_settings_fingerprint(coalition)}


class CoalitionNameForm(Form):
    name = forms.CharField(label=_("Former name"), max_length=160)
    acronym = forms.CharField(label=_("Acronym"), max_length=40, required=False)
    starts_on = DayField(label=_("Used from"))
    ends_on = DayField(label=_("Used until"))
    source = forms.CharField(
        label=_("Where this comes from"),
        max_length=300,
        help_text=_("A web page or document that shows this name."),
        error_messages={
            "required": _("Enter the address of a web page or the title of a document where others can check the name.")
        },
    )


class AreaForm(Form):
    name = forms.CharField(
        label=_("Area of work"), max_length=120, error_messages={"required": _("Enter the name of the area.")}
    )
