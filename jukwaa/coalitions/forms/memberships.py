"""Applying, answering, leaving."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions import directory
from jukwaa.coalitions.actions import OrganisationFacts
from jukwaa.coalitions.forms.fields import (
    AreasField,
    CountryField,
    DayField,
    PositionField,
    StakeholderField,
    build_text_field,
    set_area_choices,
    set_name_candidates,
)
from jukwaa.coalitions.forms.people import KeepNameForm
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.organisation_matching import OrganisationDirectory, OrganisationMatch
from jukwaa.coalitions.screening import find_organisation_name_hits, remove_own_contact_hits
from jukwaa.coalitions.standing import Standing
from jukwaa.core.forms import Form
from jukwaa.core.safeguards import SafeguardHit
from jukwaa.core.safeguards.forms import ScreenedForm

NEW_ORGANISATION_VALUE = "new"


def find_intended_organisations(
    text: str, coalition: Coalition, candidate_organisations: QuerySet[Organisation]
) -> list[OrganisationMatch]:
    """Whom the directory has by this very name; else those of the offered that it may mean."""
    found = OrganisationDirectory.of(coalition).find(text[:200]) if text.strip() else []
    if not found or found[0].is_exact:
        return found
    seen = set(
        candidate_organisations.filter(pk__in=[match.organisation_id for match in found]).values_list("pk", flat=True)
    )
    return [match for match in found if match.organisation_id in seen]


class ApplicationForm(ScreenedForm):
    """What both ways to apply ask for. A name is asked for once, of whoever has not given one."""

    collects_personal_data = True

    SCREENED_FIELDS = ("your_name", "name", "position", "motivation")
    screening_message = _(
        "Check the marked words: they could identify a person. Change them, or send the application as it is."
    )

    own_name_field = "your_name"

    your_name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("Members can see your name. The public can see it only if you allow this in your settings."),
        error_messages={"required": _("Enter your name, so that members know who is joining.")},
    )
    motivation = build_text_field(
        _("Why you would like to join"),
        help_text=_("Write 2 or 3 sentences for the coordinators."),
        error_messages={"required": _("Explain in 1 or 2 sentences why you would like to join.")},
    )

    def __init__(self, *args: Any, coalition: Coalition, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.coalition, self.person = coalition, person
        if person.name:
            del self.fields["your_name"]
        set_area_choices(self, coalition)
        set_name_candidates(self, lambda: directory.get_visible_people(Standing(person, coalition)))

    def find_field_hits(self, name: str, text: str) -> list[SafeguardHit]:
        return remove_own_contact_hits(text, super().find_field_hits(name, text), self.person.email or "")


class OrganisationApplicationForm(ApplicationForm):
    """One field for the organisation: who is in the directory is found by it, and only if in doubt one is asked."""

    submission_source = "application"

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=200,
        error_messages={"required": _("Enter the name of the organisation.")},
    )
    meant = forms.ChoiceField(label=_("Is your organisation one of these?"), required=False, widget=forms.RadioSelect())
    acronym = forms.CharField(label=_("Acronym"), max_length=40, required=False)
    country = CountryField(
        help_text=_("If the organisation works in many countries or worldwide, choose “not stated”.")
    )
    stakeholder_group = StakeholderField(requires_choice=True)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    areas = AreasField()
    position = PositionField(label=_("Your position in the organisation"))

    field_order = (
        *("name", "meant", "acronym", "country", "stakeholder_group", "website", "areas"),
        *("your_name", "position", "motivation"),
    )

    def __init__(self, *args: Any, candidate_organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = candidate_organisations
        self.found = self._find_matching_organisations()
        if self.found and not self.found[0].is_exact:
            known = [(str(match.organisation_id), match.name) for match in self.found]
            self.set_choices("meant", [*known, (NEW_ORGANISATION_VALUE, _("No, it is another organisation"))])
            meant = self.fields["meant"]
            meant.required = True
            meant.error_messages["required"] = _(
                "Choose one of these organisations, or “No, it is another organisation”."
            )
        else:
            del self.fields["meant"]

    def find_field_hits(self, name: str, text: str) -> list[SafeguardHit]:
        if name == "position":
            return super().find_field_hits(name, text)
        return remove_own_contact_hits(text, find_organisation_name_hits(name, text), self.person.email or "")

    def _find_matching_organisations(self) -> list[OrganisationMatch]:
        text = self.data.get(self.add_prefix("name"), "") if self.is_bound else ""
        return find_intended_organisations(text, self.coalition, self.offered)

    def get_organisation(self) -> Organisation | OrganisationFacts:
        """The one of the directory that is meant, or what to enter."""
        meant = self.cleaned_data.get("meant", "")
        if self.found and not meant and self.found[0].is_exact:
            meant = str(self.found[0].organisation_id)
        if meant and meant != NEW_ORGANISATION_VALUE:
            return Organisation.objects.of(self.coalition).get(pk=int(meant))
        names = ("name", "acronym", "country", "stakeholder_group", "website")
        kept = {name: self.cleaned_data[name] for name in names}
        return OrganisationFacts(**kept, areas=list(self.cleaned_data["areas"]))


class PersonApplicationForm(ApplicationForm):
    submission_source = "application"
    country = CountryField(
        help_text=_(
            "Coordinators can see your country. Members can see it when they look for session participants."
            " Published figures show only the regional group."
        )
    )
    stakeholder_group = StakeholderField(requires_choice=True)
    areas = AreasField(label=_("What you work on"))

    field_order = ("your_name", "country", "stakeholder_group", "areas", "motivation")


class AcceptApplicationForm(Form):
    starts_on = DayField(label=_("Member since"))
    vouch = forms.BooleanField(label=_("The applicant represents the organisation"), required=False)


class DeclineApplicationForm(Form):
    reason = build_text_field(
        _("Reason"),
        help_text=_("We will email the reason to the applicant."),
        error_messages={"required": _("Enter a reason in 1 or 2 sentences. We will email it to the applicant.")},
    )


class LeaveCoalitionForm(Form):
    """Whoever leaves need not say why."""

    ends_on = DayField(label=_("Last day"), help_text=_("If you leave this empty, we will use today's date."))
    reason = build_text_field(_("Reason"), required=False)


class LeaveAsIndividualForm(LeaveCoalitionForm, KeepNameForm):
    """For a member on their own."""

    field_order = ("ends_on", "reason", "keeps_name")


class EndMembershipForm(LeaveCoalitionForm):
    reason = build_text_field(
        _("Reason"),
        help_text=_("We will email the reason to the member."),
        error_messages={
            "required": _("Enter the reason why the membership is ending. We will email it to the member.")
        },
    )


class MembershipDatesForm(Form):
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))


class MembershipAddForm(MembershipDatesForm):
    is_observer = forms.ChoiceField(
        label=_("Membership status"),
        choices=[("", _("Member")), ("observer", _("Observer"))],
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "The directory shows observers to everyone. Observers do not count as members, cannot take positions and"
            " cannot read what is for members only."
        ),
    )

    field_order = ("is_observer", "starts_on", "ends_on")

    def clean_is_observer(self) -> bool:
        return bool(self.cleaned_data["is_observer"])
