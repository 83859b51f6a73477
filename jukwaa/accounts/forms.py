import unicodedata
import zoneinfo
from functools import lru_cache
from typing import Any

from babel.core import get_global
from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.consents import PUBLIC_NAME_ALTERNATIVE_TEXT, PUBLIC_NAME_CONSENT_TEXT
from jukwaa.accounts.models import Person
from jukwaa.core.forms import Form

TIME_ZONE_AREAS = {
    "Africa": _("Africa"),
    "America": _("America"),
    "Antarctica": _("Antarctica"),
    "Arctic": _("Arctic"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific"),
}


def get_language_options() -> list[tuple[str, str]]:
    """Each in its own name, since whoever looks for theirs may read no other."""
    return [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]


@lru_cache(maxsize=1)
def _group_time_zones() -> dict[str, list[tuple[str, str]]]:
    """Places by area, without the old names of the same zone."""
    known = zoneinfo.available_timezones() - get_global("zone_aliases").keys()
    zones: dict[str, list[tuple[str, str]]] = {area: [] for area in TIME_ZONE_AREAS}
    for zone in sorted(known):
        area, _slash, place = zone.partition("/")
        if area in zones:
            zones[area].append((zone, place.replace("_", " ").replace("/", ", ")))
    return zones


def get_time_zone_choices() -> list[Any]:
    return [("UTC", "UTC"), *((TIME_ZONE_AREAS[area], zones) for area, zones in _group_time_zones().items())]


class AddressForm(Form):
    collects_personal_data = True

    email = forms.EmailField(
        label=_("Your email address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "autocapitalize": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your email address, so that we can send you the code."),
            "invalid": _("Enter a full email address, such as name@example.org."),
        },
    )


class AddressChangeForm(Form):
    collects_personal_data = True

    email = forms.EmailField(
        label=_("New email address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "autocapitalize": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your new email address."),
            "invalid": _("Enter a full email address, such as name@example.org."),
        },
    )


class MergeAddressForm(Form):
    collects_personal_data = True

    email = forms.EmailField(
        label=_("Email address of your other account"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter the email address of your other account."),
            "invalid": _("Enter a full email address, such as name@example.org."),
        },
    )


class SignInCodeForm(Form):
    code = forms.CharField(
        label=_("Code from the email"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={
            "required": _("Enter the code from the email."),
            "max_length": _("Enter only the digits of the code."),
        },
    )

    def clean_code(self) -> str:
        """Spaces fall out, and the digits of any script count."""
        typed: str = self.cleaned_data["code"]
        digits = "".join(str(unicodedata.digit(c)) for c in typed if unicodedata.digit(c, None) is not None)
        return digits or typed


class SettingsForm(Form):
    collects_personal_data = True
    own_name_field = "name"

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
        help_text=_("Members of your coalitions will see this name."),
    )
    name_is_public = forms.BooleanField(
        label=PUBLIC_NAME_CONSENT_TEXT, required=False, help_text=PUBLIC_NAME_ALTERNATIVE_TEXT
    )
    language = forms.ChoiceField(label=_("Language"), choices=get_language_options)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=get_time_zone_choices,
        help_text=_("Times on pages and in emails are shown in this time zone."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        initial = {name: getattr(person, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)
        if person.is_minor:
            del self.fields["name_is_public"]


class GuardianForm(Form):
    """Name and address of the adult contact of somebody under 18."""

    collects_personal_data = True

    guardian_name = forms.CharField(label=_("Name of the parent or guardian"), max_length=120, required=False)
    guardian_email = forms.EmailField(
        label=_("Email address of the parent or guardian"),
        max_length=254,
        required=False,
        help_text=_("We will email the parent or guardian to ask for consent."),
        error_messages={"invalid": _("Enter a full email address, such as name@example.org.")},
    )

    def require_guardian(self) -> None:
        """Add an error at each of the two fields that is empty."""
        if not self.cleaned_data.get("guardian_name"):
            self.add_error("guardian_name", _("Enter the name of a parent or guardian."))
        if not self.cleaned_data.get("guardian_email") and "guardian_email" not in self.errors:
            self.add_error("guardian_email", _("Enter the email address of a parent or guardian."))


class AgeForm(GuardianForm):
    """Asked once of each account: the name and the age. Its fields travel beside those of the form that was sent.

    A person who has answered one of them is asked only for the other.
    """

    prefix = "age"
    CONDITIONAL_FIELDS = ("guardian_name", "guardian_email")
    field_order = ("asked", "own_name", "is_adult", "guardian_name", "guardian_email")

    asked = forms.CharField(required=False, max_length=1, initial="1", widget=forms.HiddenInput)
    own_name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        help_text=_("Members see this name. The public sees it only if you agree."),
        error_messages={
            "required": _("Enter your name, as you want members to see it."),
            "max_length": _("Shorten your name to 120 characters."),
        },
    )
    is_adult = forms.ChoiceField(
        label=_("Are you 18 or older?"),
        choices=[("yes", _("Yes, I am 18 or older")), ("no", _("No, I am under 18"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )

    def __init__(self, *args: Any, asks_name: bool = False, asks_age: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_name:
            del self.fields["own_name"]
        if not asks_age:
            for name in ("is_adult", "guardian_name", "guardian_email"):
                del self.fields[name]

    def clean_own_name(self) -> str:
        """Whatever the script: at least one letter, and one space between words."""
        name = " ".join(self.cleaned_data["own_name"].split())
        if not any(character.isalpha() for character in name):
            raise forms.ValidationError(_("Enter a name that contains letters."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_adult") == "no":
            self.require_guardian()
        return cleaned

    def answer(self) -> dict[str, Any]:
        sent = self.cleaned_data
        return {
            "is_adult": sent["is_adult"] == "yes",
            "guardian_name": sent["guardian_name"],
            "guardian_email": sent["guardian_email"],
        }


class LanguageForm(Form):
    language = forms.ChoiceField(label=_("Language"), choices=get_language_options, widget=forms.RadioSelect)


class PasskeyNameForm(Form):
    asks_age = False  # nobody else reads it

    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=80,
        help_text=_("For example, “phone” or “work laptop”, so that you can recognise it."),
        error_messages={"required": _("Enter a name that will help you recognise the passkey.")},
    )


class PasskeyResponseField(forms.CharField):
    """What a device has signed, as JSON: it is verified against the challenge, and holds nobody's words."""

    is_signed = True


class PasskeyAddForm(Form):
    """What the safeguarding check must know of a new passkey; the library reads and verifies the answer."""

    asks_age = False

    name = forms.CharField(required=False)
    credential = PasskeyResponseField(required=False)
