"""Emails to the team about correspondence. Nothing of a message stands in them: only the team may read it."""

from collections.abc import Iterator

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Coalition, Role
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.proposals.correspondence_models import (
    ROLES_IN_CHARGE_OF_CORRESPONDENCE,
    CorrespondenceDraft,
    CorrespondenceMessage,
)
from jukwaa.proposals.models import Proposal
from jukwaa.proposals.policies import can_change_message, can_write_message
from jukwaa.records.models import Authorship
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import NotificationEmail, defer_email_rendering
from jukwaa.updates.recipients import get_actor_ids

Kind, State = CorrespondenceMessage.Kind, CorrespondenceDraft.State


def find_people_in_charge_of_correspondence(coalition: Coalition) -> list[Person]:
    held = (
        Role.objects.in_force()
        .filter(coalition=coalition, kind__in=ROLES_IN_CHARGE_OF_CORRESPONDENCE)
        .select_related("person")
    )
    return list({role.person_id: role.person for role in held}.values())


def _find_message_readers(message: CorrespondenceMessage) -> list[Person]:
    """The team of the proposal without those who left, or those in charge where it is not filed with one."""
    if message.proposal is None:
        return find_people_in_charge_of_correspondence(message.coalition)
    team = Authorship.objects.filter(record=message.proposal).select_related("person")
    people = [each.person for each in team]
    return [person for person in people if can_write_message(ViewerContext(person), message.proposal)]


def _find_message_approvers(message: CorrespondenceMessage) -> list[Person]:
    """Those in charge who may read it; the team where none of them may, since its proposal is narrowed."""
    in_charge = find_people_in_charge_of_correspondence(message.coalition)
    return [
        person for person in in_charge if can_change_message(ViewerContext(person), message)
    ] or _find_message_readers(message)


def notify_message_filed(activity: Activity) -> Iterator[NotificationEmail]:
    message = _find_message_of_activity(activity)
    if message is None or message.held_because or message.kind not in (Kind.RECEIVED, Kind.FORWARDED):
        return
    proposal: Proposal | None = message.proposal
    path = reverse("proposals:message_detail", args=[message.coalition.slug, message.pk])
    title = proposal.title if proposal else ""
    yield NotificationEmail(
        coalition=message.coalition,
        people=_find_message_readers(message),
        topic=EmailTopic.CONCERNS,
        write=defer_email_rendering("proposals/email/message_filed.txt", path, title=title),
        record=proposal,
        but=get_actor_ids(activity),
    )


def notify_message_held(activity: Activity) -> Iterator[NotificationEmail]:
    """Once a day at most: strangers may write often."""
    message = _find_message_of_activity(activity)
    if message is None or not message.held_because:
        return
    yield NotificationEmail(
        coalition=message.coalition,
        people=_find_message_approvers(message),
        topic=EmailTopic.CONCERNS,
        write=defer_email_rendering(
            "proposals/email/message_held.txt", reverse("proposals:correspondence", args=[message.coalition.slug])
        ),
        once=f"held-messages:{message.coalition_id}:{activity.at:%Y-%m-%d}",
    )


def _find_message_of_activity(activity: Activity) -> CorrespondenceMessage | None:
    rows = CorrespondenceMessage.objects.select_related("coalition", "proposal__coalition")
    return rows.filter(pk=activity.object_id).first()


def notify_review_requested(activity: Activity) -> Iterator[NotificationEmail]:
    draft = _find_draft_of_activity(activity)
    if draft is not None and draft.state == State.REVIEW and draft.reviewer is not None:
        yield _build_draft_notification(draft, draft.reviewer, "proposals/email/review_requested.txt", activity)


def notify_draft_reviewed(activity: Activity) -> Iterator[NotificationEmail]:
    draft = _find_draft_of_activity(activity)
    if draft is not None and draft.state in (State.APPROVED, State.CHANGES):
        yield _build_draft_notification(draft, draft.author, "proposals/email/draft_reviewed.txt", activity)


def _build_draft_notification(
    message_draft: CorrespondenceDraft, person: Person, template: str, activity: Activity
) -> NotificationEmail:
    path = reverse("proposals:draft_detail", args=[message_draft.coalition.slug, message_draft.pk])
    return NotificationEmail(
        coalition=message_draft.coalition,
        people=[person],
        topic=EmailTopic.CONCERNS,
        write=defer_email_rendering(
            template,
            path,
            title=message_draft.proposal.title if message_draft.proposal else "",
            is_approved=message_draft.state == State.APPROVED,
        ),
        record=message_draft.proposal,
        but=get_actor_ids(activity),
    )


def _find_draft_of_activity(activity: Activity) -> CorrespondenceDraft | None:
    rows = CorrespondenceDraft.objects.filter(sent_at=None, pk=activity.object_id)
    return rows.select_related("coalition", "proposal__coalition", "author", "reviewer").first()
