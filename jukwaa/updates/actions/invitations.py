"""Invite people whom others entered: write a round, send it, and remind once those who have not signed in."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row, lock_rows
from jukwaa.mail import actions as mail
from jukwaa.mail.models import Message
from jukwaa.updates import policies
from jukwaa.updates.invitation_emails import get_due_reminders, get_invitable_people, render_invitation_with_links
from jukwaa.updates.letters import get_held_mail_scope
from jukwaa.updates.models import FirstMail, Invitation, InvitationRound, Letter
from jukwaa.updates.notification_emails import queue_notification_letter

MAX_REMINDED_PEOPLE = 100  # in one transaction: nobody else can write meanwhile on SQLite


@action
def save_invitation_round(
    *,
    actor: Person,
    coalition: Coalition,
    language: str,
    subject: str,
    message: str,
    people: Iterable[Person],
    draft: InvitationRound | None = None,
) -> InvitationRound:
    """Keep the words and the people of an invitation as a draft, or change a draft. Nothing is sent.

    Raises PermissionDenied, and ActionRefused for a round that has been sent.
    """
    if not policies.can_send_invitations(ViewerContext(actor), coalition):
        raise PermissionDenied
    current = lock_row(draft) if draft is not None else InvitationRound(coalition=coalition, by=actor)
    if current.sent_at is not None:
        raise ActionRefused(_("Write a new invitation. This one has already been sent."))
    current.by, current.language, current.subject, current.message = actor, language, subject, message
    current.save()
    current.invitations.all().delete()
    Invitation.objects.bulk_create(Invitation(round=current, person=person) for person in people)
    record_activity(actor=actor, verb="wrote", subject=current, coalition=coalition)
    return current


@action
def delete_invitation_round(*, actor: Person, draft_round: InvitationRound) -> None:
    """Delete a draft. Raises PermissionDenied, and ActionRefused for a round that has been sent."""
    if not policies.can_send_invitations(ViewerContext(actor), draft_round.coalition):
        raise PermissionDenied
    current = lock_row(draft_round)
    if current.sent_at is not None:
        raise ActionRefused(_("This invitation has already been sent, so it cannot be deleted."))
    record_activity(actor=actor, verb="deleted", subject=current, coalition=current.coalition)
    current.delete()


@action
def send_invitations(*, actor: Person, draft_round: InvitationRound) -> int:
    """Send a round and return the number of emails. Whoever signed in or was invited meanwhile gets none.

    Sending what has been sent changes nothing. The emails are not held: the coordinator has read them.
    Raises PermissionDenied, and ActionRefused if nobody is left to invite.
    """
    coalition = draft_round.coalition
    if not policies.can_send_invitations(ViewerContext(actor), coalition):
        raise PermissionDenied
    current = lock_row(draft_round)
    if current.sent_at is not None:
        return 0
    wanting = get_invitable_people(Standing(actor, coalition)).values("pk")
    invitations = list(current.invitations.filter(person__in=wanting).select_related("person", "round__coalition"))
    if not invitations:
        raise ActionRefused(_("Choose other people. Everyone in this draft has already signed in or been invited."))
    current.invitations.exclude(pk__in=[invitation.pk for invitation in invitations]).delete()
    current.by, current.sent_at = actor, timezone.now()
    current.save(update_fields=["by", "sent_at"])
    for invitation in invitations:
        _send_invitation(invitation, current)
    record_activity(actor=actor, verb="invited-people", subject=current, coalition=coalition)
    return len(invitations)


def _send_invitation(invitation: Invitation, invitation_round: InvitationRound) -> None:
    """Also notes that the person has been told that they are kept here, in place of the first email."""
    invitation.round, person, coalition = invitation_round, invitation.person, invitation_round.coalition
    waiting = Letter.objects.held(coalition).filter(person=person, is_first=True).values_list("pk", flat=True)
    mail.discard_held_emails(sender_scope=get_held_mail_scope(coalition), message_ids=list(waiting))
    FirstMail.objects.get_or_create(person=person, defaults={"coalition": coalition})
    # Nobody has asked them yet: the pages speak as the email did, and times are those of the coalition.
    person.language = invitation_round.language
    if not person.has_chosen_time_zone:
        person.time_zone = coalition.time_zone
    person.save(update_fields=["language", "time_zone"])
    _queue_invitation(invitation, f"invitation:{invitation.pk}")
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["message", "sent_at"])


def _queue_invitation(invitation: Invitation, email_key: str, *, is_reminder: bool = False) -> None:
    text = render_invitation_with_links(invitation, is_reminder=is_reminder)
    queue_notification_letter(
        coalition=invitation.round.coalition,
        person=invitation.person,
        to=invitation.person.email or "",
        key=email_key,
        subject=text.subject,
        body=text.body,
        reply_to=invitation.round.coalition.contact_address,  # shared: nobody's own address is shown without a choice
        held=False,
        is_first=not is_reminder,
    )
    invitation.message = Message.objects.get(key=email_key)


@action
def remind_invited_people(*, actor: Person, coalition: Coalition) -> int:
    """Remind once those whose invitation arrived days ago and who have not signed in. Return how many.

    At most `MAX_REMINDERS` at a time; the others stay due. Raises PermissionDenied.
    """
    if not policies.can_send_invitations(ViewerContext(actor), coalition):
        raise PermissionDenied
    reminded = 0
    for invitation in lock_rows(get_due_reminders(coalition)):
        if reminded == MAX_REMINDED_PEOPLE:
            break
        if invitation.status != Invitation.Status.SENT:
            continue
        _queue_invitation(invitation, f"invitation-reminder:{invitation.pk}", is_reminder=True)
        invitation.reminded_at = timezone.now()
        invitation.save(update_fields=["message", "reminded_at"])
        reminded += 1
    if reminded:
        record_activity(actor=actor, verb="reminded-people", subject=coalition, coalition=coalition)
    return reminded
