"""People, affiliations, roles and the list."""

import hashlib
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.earlier_addresses import filter_people_by_address
from jukwaa.accounts.erased_identities import is_blocked_name
from jukwaa.accounts.forms import GuardianForm, get_language_options
from jukwaa.accounts.models import MinorStatusChange, Person
from jukwaa.coalitions.forms.fields import DayField, PositionField, set_name_candidates
from jukwaa.coalitions.models import Coalition, Organisation, Role
from jukwaa.coalitions.organisation_matching import OrganisationDirectory
from jukwaa.core.forms import Form
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.core.safeguards.forms import ScreenedForm, copy_form_data_with_value


class PersonLookupField(forms.CharField):
    """A person who is known here, by mail address or by the whole of the name."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Person"))
        kwargs.setdefault("help_text", _("Email address, or full name as in the directory."))
        kwargs.setdefault("error_messages", {"required": _("Enter the email address or the full name.")})
        kwargs.setdefault("max_length", 254)
        super().__init__(**kwargs)
        self.among: QuerySet[Person] = Person.objects.none()

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value)).strip()
        if not text:
            return None
        named = filter_people_by_address(self.among, text) if "@" in text else self.among.filter(name__iexact=text)
        found = list(named[:2])
        if not found:
            raise forms.ValidationError(
                _(
                    "Check the email address or name, or add the person first. We did not find this person in the"
                    " directory."
                )
            )
        if len(found) > 1:
            raise forms.ValidationError(_("Enter the email address instead. More than 1 person has this name."))
        return found[0]


class PersonLookupForm(Form):
    """Any form that names somebody known to the coalition."""

    def __init__(self, *args: Any, candidates: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, PersonLookupField):
                field.among = candidates
        set_name_candidates(self, lambda: candidates)


class OrganisationByNameField(forms.CharField):
    """An organisation of the directory, by whatever it is called; the directory says which one is meant."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Organisation"))
        kwargs.setdefault("help_text", _("Name or acronym, as in the directory."))
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)
        self.coalition: Coalition | None = None

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value)).strip()
        if not text or self.coalition is None:
            return None
        found = OrganisationDirectory.of(self.coalition).find(text)
        if not found:
            raise forms.ValidationError(
                _("Check the name, or add the organisation first. We did not find it in the directory.")
            )
        if not found[0].is_exact:
            names = join_with_separator((match.name for match in found), ";")
            raise forms.ValidationError(_("Enter the full name. Did you mean %(names)s?") % {"names": names})
        return Organisation.objects.of(self.coalition).get(pk=found[0].organisation_id)


class NamesakeWarningForm(Form):
    """A form that enters a person: it comes back once if somebody of that name was taken out.

    They may be a namesake, so that a second press enters them.
    """

    namesake_sentence: ClassVar[str | Promise] = _(
        "A person with this name left this coalition or was removed from it. If this is the same"
        " person, ask them to sign in and apply to join. If it is another person, send the form"
        " again."
    )

    known_namesake = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.coalition = coalition

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        shown, name = cleaned.pop("known_namesake", ""), cleaned.get("name", "")
        mark = hashlib.sha256(name.encode()).hexdigest()
        if shown != mark and is_blocked_name(name, self.coalition.pk):
            self.data = copy_form_data_with_value(self.data, self.add_prefix("known_namesake"), mark)
            self.add_error("name", str(self.namesake_sentence))
        return cleaned


class AgeField(forms.TypedChoiceField):
    """Whether somebody whom others enter is under 18: yes or no, and no birth date."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Is this person 18 or older?"),
            choices=[("no", _("Yes, 18 or older")), ("yes", _("No, under 18"))],
            coerce=lambda answer: answer == "yes",
            widget=forms.RadioSelect,
            help_text=_("If the person is under 18, we do not show their name, and we email an adult contact instead."),
            error_messages={"required": _("Choose an answer.")},
            **kwargs,
        )


def build_adult_field(label: Any) -> forms.BooleanField:
    """A box that must be ticked, where nobody under 18 can be entered."""
    return forms.BooleanField(
        label=label,
        error_messages={
            "required": _("Confirm that the person is 18 or older. Add people under 18 on the page “Add a person”.")
        },
    )


class PersonForm(NamesakeWarningForm, PersonLookupForm, ScreenedForm):
    SCREENED_FIELDS = ("position",)
    collects_personal_data = True

    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Enter the name of the person.")}
    )
    email = forms.EmailField(
        label=_("Email address"),
        required=False,
        help_text=_("Our first email will tell the person that they are in this directory, and how to be removed."),
        error_messages={"invalid": _("Enter a full email address, such as name@example.org.")},
    )
    organisation = OrganisationByNameField(required=False)
    position = PositionField(label=_("Position in the organisation"))
    may_speak = forms.BooleanField(label=_("May represent the organisation"), required=False)
    role = forms.ChoiceField(
        label=_("Role in the coalition"), required=False, choices=[("", _("No role")), *Role.Kind.choices]
    )
    starts_on = DayField(label=_("First day"))
    is_minor = AgeField()
    adult_contact = PersonLookupField(label=_("Adult contact"), required=False)

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, coalition=coalition, **kwargs)
        organisation = self.fields["organisation"]
        assert isinstance(organisation, OrganisationByNameField)  # noqa: S101 - for the type alone
        organisation.coalition = coalition

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        contact = cleaned.get("adult_contact")
        if cleaned.get("is_minor") and not contact and "adult_contact" not in self.errors:
            self.add_error("adult_contact", _("Enter an adult contact. We email them instead of the person under 18."))
        if contact and contact.is_minor:
            self.add_error("adult_contact", _("Enter a contact who is 18 or older. This contact is also under 18."))
        return cleaned


class PositionForm(ScreenedForm):
    """Any form that asks for a position of one person."""

    SCREENED_FIELDS = ("position",)

    position = PositionField()

    def __init__(self, *args: Any, get_candidates: Callable[[], QuerySet[Person]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_name_candidates(self, get_candidates)


class ClaimAffiliationForm(PositionForm):
    requires_name = True  # a coordinator has to know who says so

    position = PositionField(label=_("Your position in the organisation"))
    starts_on = DayField(label=_("First day"))


class AffiliationForm(PersonLookupForm, ScreenedForm):
    SCREENED_FIELDS = ("position",)
    collects_personal_data = True

    person = PersonLookupField()
    position = PositionField()
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    may_speak = forms.BooleanField(label=_("May represent the organisation"), required=False)


class MarkMinorForm(GuardianForm):
    """Marks somebody as under 18."""

    field_order = ("reason", "guardian_name", "guardian_email", "means")

    reason = forms.CharField(
        label=_("How do you know that this person is under 18?"),
        max_length=500,
        help_text=_("Only coordinators and the safeguarding lead can read this. Do not enter a date of birth."),
        error_messages={"required": _("Explain how you know that this person is under 18.")},
    )
    means = forms.ChoiceField(
        label=_("Has the parent or guardian agreed that everyone can read what this person writes?"),
        choices=[
            ("", _("Not yet: ask by email")),
            (MinorStatusChange.Means.WRITING, _("Yes, in writing")),
            (MinorStatusChange.Means.SPOKEN, _("Yes, in person or by phone")),
        ],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.require_guardian()
        return cleaned


class UnmarkMinorForm(Form):
    reason = forms.CharField(
        label=_("How do you know that this person is 18 or older?"),
        max_length=500,
        error_messages={"required": _("Explain how you know that this person is 18 or older.")},
    )


class PersonChangeForm(Form):
    collects_personal_data = True

    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Enter the name of the person.")}
    )
    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        required=False,
        help_text=_("If you leave this empty, the address stays as it is."),
        error_messages={"invalid": _("Enter a full email address, such as name@example.org.")},
    )

    language = forms.ChoiceField(
        label=_("Language of pages and emails"),
        choices=get_language_options,
        required=False,
        help_text=_("The person can choose another language after signing in."),
    )

    def __init__(self, *args: Any, person: Person, coalition: Coalition, **kwargs: Any) -> None:
        language = person.language or coalition.language
        initial = {"name": person.name, "email": person.email, "language": language}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_language(self) -> str:
        """Nothing unless another one is chosen: the language of the coalition that is shown is no choice."""
        return str(self.cleaned_data["language"]) if "language" in self.changed_data else ""


class AffiliationChangeForm(PositionForm):
    collects_personal_data = True

    phone = forms.CharField(
        label=_("Phone number"),
        max_length=40,
        required=False,
        help_text=_("A work phone number. Only coordinators and the person can see the number."),
    )
    starts_on = DayField(label=_("First day"), help_text=_("Leave this empty if the date is not known."))
    ends_on = DayField(label=_("Last day"), help_text=_("Leave this empty if the affiliation has not ended."))


class KeepNameForm(Form):
    """For the person themselves: nobody else can choose this."""

    keeps_name = forms.BooleanField(
        label=_("Keep my name in my contributions"),
        required=False,
        help_text=_(
            "People who can see your name in your contributions today will still be able to see it after you leave."
        ),
    )


class LeaveOrganisationForm(KeepNameForm):
    ends_on = DayField(
        label=_("Last day"), help_text=_("If you leave this empty, the affiliation will end immediately.")
    )

    field_order = ("ends_on", "keeps_name")


class LastDayForm(Form):
    ends_on = DayField(label=_("Last day"), help_text=_("If you leave this empty, the last day will be today."))


class RoleForm(PersonLookupForm):
    collects_personal_data = True

    person = PersonLookupField()
    kind = forms.ChoiceField(label=_("Role"), choices=Role.Kind.choices)
    starts_on = DayField(label=_("First day"), help_text=_("If you leave this empty, we will use today's date."))
    ends_on = DayField(label=_("Last day"), help_text=_("Leave this empty if the date is not known."))


class RoleChangeForm(Form):
    kind = forms.ChoiceField(label=_("Role"), choices=Role.Kind.choices)
    starts_on = DayField(label=_("First day"), help_text=_("Leave this empty if the date is not known."))
    ends_on = DayField(label=_("Last day"), help_text=_("Leave this empty if the term has not ended."))


class RoleHandoverForm(PersonLookupForm):
    collects_personal_data = True

    person = PersonLookupField(label=_("Successor"))
    on = DayField(label=_("Date of the handover"), help_text=_("If you leave this empty, we will use today's date."))


class MailingListForm(NamesakeWarningForm):
    collects_personal_data = True

    email = forms.EmailField(
        label=_("Email address"),
        error_messages={
            "required": _("Enter the email address that is on the mailing list."),
            "invalid": _("Enter a full email address, such as name@example.org."),
        },
    )
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    is_adult = build_adult_field(_("This person is 18 or older"))


class MergeOrganisationForm(Form):
    other = OrganisationByNameField(
        label=_("Organisation to merge"),
        help_text=_(
            "Enter the name of the organisation. It will become another name of the organisation that you keep."
        ),
        error_messages={"required": _("Enter the name of the other organisation.")},
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        other = self.fields["other"]
        assert isinstance(other, OrganisationByNameField)  # noqa: S101 - for the type alone
        other.coalition = organisation.coalition

    def clean_other(self) -> Organisation:
        other: Organisation = self.cleaned_data["other"]
        if other == self.organisation:
            raise forms.ValidationError(_("Enter another organisation. You can't merge an organisation with itself."))
        return other
