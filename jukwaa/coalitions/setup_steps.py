"""Steps of setting up a coalition: its description, members, mailing list and safeguarding lead."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.models import Coalition, ListEntry, Membership, Role
from jukwaa.coalitions.setup_checklist import Step, link, setup_steps


@setup_steps.register(10)
def build_description_step(coalition: Coalition) -> Step:
    return Step(
        title=_("Say what the coalition is"),
        explanation=_(
            "A few sentences for whoever comes to the front page, and the country whose helpline is named first."
        ),
        url=link("coalitions:settings", coalition),
        result=_("It says what it is.") if coalition.about else "",
    )


@setup_steps.register(20)
def build_members_step(coalition: Coalition) -> Step:
    members = Membership.objects.active().filter(coalition=coalition, organisation__isnull=False).count()
    return Step(
        title=_("Bring in the members from your spreadsheet"),
        explanation=_(
            "CSV or Excel, with the columns you have; “member since” is kept. You see everything before it enters."
        ),
        url=link("coalitions:import_start", coalition),
        result=ngettext("One organisation is a member.", "%(n)s organisations are members.", members) % {"n": members}
        if members
        else "",
    )


@setup_steps.register(30)
def build_mailing_list_step(coalition: Coalition) -> Step:
    listed = ListEntry.objects.filter(coalition=coalition, ends_on__isnull=True).count()
    return Step(
        title=_("Note who is on the mailing list"),
        explanation=_("As “on the list” only: being on it is not membership. The list goes on as before."),
        url=link("coalitions:list_entries", coalition),
        result=ngettext("One person is on the list.", "%(n)s people are on the list.", listed) % {"n": listed}
        if listed
        else "",
    )


@setup_steps.register(40)
def build_safeguarding_lead_step(coalition: Coalition) -> Step:
    has_lead = Role.objects.in_force().filter(coalition=coalition, kind=Role.Kind.SAFEGUARDING_LEAD).exists()
    return Step(
        title=_("Ask somebody to be the safeguarding lead"),
        explanation=_(
            "They alone see what looks like a disclosure or like abuse material, and decide what happens to it."
        ),
        url=link("coalitions:roles", coalition),
        result=_("There is a safeguarding lead.") if has_lead else "",
    )
