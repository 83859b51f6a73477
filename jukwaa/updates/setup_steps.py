"""Steps of setting up a coalition: inviting its people, and releasing its email."""

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition, Membership
from jukwaa.coalitions.setup_checklist import SetupStep, get_step_url, setup_step_registry
from jukwaa.updates.held_emails import count_emails_to_approve
from jukwaa.updates.models import Invitation


@setup_step_registry.register(75)
def build_invitations_step(coalition: Coalition) -> SetupStep:
    """Done once most people are invited: an invitation to two, to try it, leaves the others out."""
    invited, total = _count_invited_people(coalition)
    progress = _("%(n)s of %(total)s people have been invited.") % {"n": invited, "total": total}
    explanation = _("You check the emails before they are sent.")
    return SetupStep(
        title=_("Invite people"),
        explanation=f"{progress} {explanation}" if invited else explanation,
        url=get_step_url("updates:invitation_list", coalition),
        result=progress if invited and 2 * invited >= total else "",
    )


def _count_invited_people(coalition: Coalition) -> tuple[int, int]:
    """Return how many people are invited, and how many with the adult members who never signed in, in one query."""
    seats = Membership.objects.active().filter(coalition=coalition)
    own = seats.filter(person__isnull=False).values("person")
    organisations = seats.filter(organisation__isnull=False).values("organisation")
    ties = Affiliation.objects.in_force().filter(organisation__in=organisations).values("person")
    reachable = Q(Q(pk__in=own) | Q(pk__in=ties), email__isnull=False, last_login=None, is_minor=False, is_active=True)
    sent = Invitation.objects.of(coalition).sent().filter(person=OuterRef("pk"))
    people = Person.objects.alias(is_invited=Exists(sent)).filter(reachable | Q(is_invited=True))
    counts = people.aggregate(invited=Count("pk", filter=Q(is_invited=True)), total=Count("pk"))
    return counts["invited"], counts["total"]


@setup_step_registry.register(80)
def build_email_step(coalition: Coalition) -> SetupStep:
    waiting = count_emails_to_approve(coalition)
    return SetupStep(
        title=_("Approve the waiting emails"),
        explanation=ngettext(
            "1 email is waiting.",
            "%(n)s emails are waiting.",
            waiting,
        )
        % {"n": waiting},
        url=get_step_url("updates:held_mail", coalition),
        result=_("Emails are sent automatically.") if coalition.mail_released_at else "",
    )
