"""Steps of setting up a coalition: its description, members, mailing list and safeguarding lead."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.models import Coalition, ListEntry, Membership, Role
from jukwaa.coalitions.setup_checklist import SetupStep, get_step_url, setup_step_registry


@setup_step_registry.register(10)
def build_description_step(coalition: Coalition) -> SetupStep:
    return SetupStep(
        title=_("Describe the coalition"),
        explanation=_("A few sentences for the home page."),
        url=get_step_url("coalitions:settings", coalition),
        result=_("The description has been added.") if coalition.about else "",
    )


@setup_step_registry.register(20)
def build_members_step(coalition: Coalition) -> SetupStep:
    """The coordinators themselves, who got a seat with their role, are no members to import."""
    coordinators = Role.objects.in_force().filter(coalition=coalition, kind=Role.Kind.COORDINATOR).values("person")
    rows = Membership.objects.active().filter(coalition=coalition)
    members = rows.exclude(person__isnull=False, person__in=coordinators).count()
    return SetupStep(
        title=_("Import members from your spreadsheet"),
        explanation=_("A CSV or Excel file with any columns."),
        url=get_step_url("coalitions:import_start", coalition),
        result=ngettext("%(n)s member is in the directory.", "%(n)s members are in the directory.", members)
        % {"n": members}
        if members
        else "",
    )


@setup_step_registry.register(30)
def build_mailing_list_step(coalition: Coalition) -> SetupStep:
    listed = ListEntry.objects.filter(coalition=coalition, ends_on__isnull=True).count()
    return SetupStep(
        title=_("Record who is on the mailing list"),
        explanation=_("Subscribers do not become members."),
        url=get_step_url("coalitions:list_entries", coalition),
        result=ngettext("%(n)s person is on the list.", "%(n)s people are on the list.", listed) % {"n": listed}
        if listed
        else "",
    )


@setup_step_registry.register(40)
def build_safeguarding_lead_step(coalition: Coalition) -> SetupStep:
    has_lead = Role.objects.in_force().filter(coalition=coalition, kind=Role.Kind.SAFEGUARDING_LEAD).exists()
    return SetupStep(
        title=_("Appoint a safeguarding lead"),
        explanation=_("Only the lead can see possible disclosures and child sexual abuse material."),
        url=get_step_url("coalitions:roles", coalition),
        result=_("A safeguarding lead has been appointed.") if has_lead else "",
    )
