"""Whom plans concern hears that they do, and no word of any plan: not its name, not its country."""

from collections.abc import Iterator

from django.urls import reverse

from jukwaa.coalitions.models import Activity
from jukwaa.plans.models import Claim, TeamMember
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import NotificationEmail, defer_email_rendering
from jukwaa.updates.recipients import find_coalition_coordinators
from jukwaa.updates.registries import notifications


@notifications.register(("teammember", "named"))
def notify_member_named(activity: Activity) -> Iterator[NotificationEmail]:
    """To whoever can open it today. It is never held: no coordinator shall read who works on a plan."""
    rows = TeamMember.objects.with_access().select_related("person", "plan__coalition")
    member = rows.filter(pk=activity.object_id).exclude(person=activity.actor_id).first()
    if member is None:
        return
    write = defer_email_rendering("plans/email/named.txt", member.plan.get_absolute_url())
    to, coalition = [member.person], member.plan.coalition
    yield NotificationEmail(coalition=coalition, people=to, topic=EmailTopic.CONCERNS, write=write, at_once=True)


@notifications.register(("claim", "asked-to-lead"))
def notify_lead_requested(activity: Activity) -> Iterator[NotificationEmail]:
    claim = _find_claim_of_activity(activity)
    if claim is None or claim.answered_at is not None:
        return
    coalition = claim.plan.coalition
    write = defer_email_rendering("plans/email/asked_to_lead.txt", reverse("plans:claim_list", args=[coalition.slug]))
    but = frozenset({claim.person_id})
    yield NotificationEmail(
        coalition=coalition,
        people=find_coalition_coordinators(coalition),
        topic=EmailTopic.CONCERNS,
        write=write,
        but=but,
    )


@notifications.register(("claim", "answered"))
def notify_claim_answered(activity: Activity) -> Iterator[NotificationEmail]:
    claim = _find_claim_of_activity(activity)
    if claim is None or claim.answered_at is None:
        return
    coalition, leads = claim.plan.coalition, claim.is_granted
    path = claim.plan.get_absolute_url() if leads else reverse("plans:overview", args=[coalition.slug])
    write = defer_email_rendering("plans/email/claim_answered.txt", path, leads=leads)
    yield NotificationEmail(coalition=coalition, people=[claim.person], topic=EmailTopic.CONCERNS, write=write)


def _find_claim_of_activity(activity: Activity) -> Claim | None:
    return Claim.objects.select_related("person", "plan__coalition").filter(pk=activity.object_id).first()
