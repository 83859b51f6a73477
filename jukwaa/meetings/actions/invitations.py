"""Replying to the invitation to a meeting."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.meetings import policies
from jukwaa.meetings.invitation_audience import InvitationAudience
from jukwaa.meetings.invitations import has_guardian_consent
from jukwaa.meetings.models import Invitee, Meeting, Rsvp
from jukwaa.meetings.participants import find_chosen_person_ids
from jukwaa.meetings.series import find_later_meetings
from jukwaa.records.models import State


@action
def reply_to_invitation(
    *,
    actor: Person,
    meeting: Meeting,
    answer: str,
    organisation: Organisation | None = None,
    guardian: Person | None = None,
) -> Rsvp:
    """Record whether a member will attend, for an organisation or in their own right; a later reply replaces it.

    `guardian` is the adult contact who answers for a member under 18: unless they decline, it is their consent.
    Raises PermissionDenied, and ActionRefused once the meeting is over or cancelled, or without that consent.
    """
    if not policies.can_reply_to_invitation(ViewerContext(actor), meeting):
        raise PermissionDenied(_("Only members of the coalition can reply to this invitation."))
    if organisation is not None and organisation.pk not in Standing(actor, meeting.coalition).speaks_for:
        raise PermissionDenied(_("Only confirmed representatives of an organisation can reply on its behalf."))
    current = lock_row(meeting)
    _require_open_invitation(current)
    _require_guardian_consent(actor, current, answer, guardian)
    rsvp = Rsvp.objects.filter(meeting=current, person=actor).select_related("capacity", "consent_by").first()
    if rsvp is None or rsvp.capacity.organisation_id != (organisation.pk if organisation else None):
        capacity = create_capacity(coalition=meeting.coalition, person=actor, organisation=organisation)
    else:
        capacity = rsvp.capacity
    consent = _get_consenting_guardian(rsvp, answer, guardian)
    if rsvp is not None and (rsvp.answer, rsvp.capacity_id, rsvp.consent_by) == (answer, capacity.pk, consent):
        return rsvp
    given: dict[str, Any] = {"answer": Rsvp.Answer(answer).value, "capacity": capacity, "at": timezone.now()}
    given |= {"consent_by": consent, "consent_at": _get_consent_time(rsvp, consent)}
    rsvp, _created = Rsvp.objects.update_or_create(meeting=current, person=actor, defaults=given)
    record_activity(
        actor=guardian or actor, verb="replied", subject=meeting, coalition=meeting.coalition, capacity=capacity
    )
    return rsvp


@action
def reply_to_series_invitation(
    *,
    actor: Person,
    meeting: Meeting,
    answer: str,
    organisation: Organisation | None = None,
    guardian: Person | None = None,
) -> int:
    """Record the same reply to a meeting and to the later ones of its series. Return to how many. Raises the same."""
    meetings = [meeting, *find_later_meetings(actor, meeting)]
    for each in sorted(meetings, key=lambda one: one.pk):  # in the order in which rows are locked everywhere
        reply_to_invitation(actor=actor, meeting=each, answer=answer, organisation=organisation, guardian=guardian)
    return len(meetings)


@action
def set_invitation_audience(*, actor: Person, meeting: Meeting, audience: InvitationAudience) -> None:
    """Choose which members are invited, beside those who are already. Nobody is told of it. Raises PermissionDenied."""
    if not policies.can_manage_minutes(ViewerContext(actor), meeting.coalition):
        raise PermissionDenied
    current = lock_row(meeting)
    known = find_chosen_person_ids(current)
    Invitee.objects.bulk_create(
        Invitee(meeting=current, person=person) for person in audience.people if person.pk not in known
    )
    current.invites = meeting.invites = audience.invites
    current.save(update_fields=["invites"])


@action
def send_meeting_invitations(*, actor: Person, meeting: Meeting, audience: InvitationAudience | None = None) -> None:
    """Email the invitation to those who are invited now. Each gets it once, however often this is asked.

    Raises PermissionDenied, and ActionRefused for a meeting that is not published, is cancelled or has ended.
    """
    if not policies.can_manage_minutes(ViewerContext(actor), meeting.coalition):
        raise PermissionDenied
    current = lock_row(meeting)
    _require_open_invitation(current)
    if audience is not None and current.invites != Meeting.Invites.EVERYONE:  # those invited before stay invited
        set_invitation_audience(actor=actor, meeting=meeting, audience=audience)
    record_activity(actor=actor, verb="invited", subject=meeting, coalition=meeting.coalition)


def _require_guardian_consent(person: Person, meeting: Meeting, reply_answer: str, guardian: Person | None) -> None:
    """Somebody under 18 can decline by themselves. They attend only once their adult contact has agreed."""
    if guardian is not None and (not person.is_minor or person.adult_contact_id != guardian.pk):
        raise PermissionDenied(_("You are no longer the adult contact of this person."))
    if guardian is None and reply_answer != Rsvp.Answer.NO and not has_guardian_consent(person, meeting):
        raise ActionRefused(
            _("You cannot reply before your adult contact agrees. We have sent them the invitation."), "answer"
        )


def _get_consenting_guardian(rsvp: Rsvp | None, reply_answer: str, guardian: Person | None) -> Person | None:
    """Whoever declines for a person under 18 withdraws their consent; what the person replies leaves it."""
    if guardian is not None:
        return None if reply_answer == Rsvp.Answer.NO else guardian
    return rsvp.consent_by if rsvp else None


def _get_consent_time(rsvp: Rsvp | None, consenting_guardian: Person | None) -> datetime | None:
    if consenting_guardian is None:
        return None
    return rsvp.consent_at if rsvp and rsvp.consent_by == consenting_guardian else timezone.now()


def _require_open_invitation(meeting: Meeting) -> None:
    if meeting.state != State.PUBLISHED:
        raise ActionRefused(_("You can reply once the meeting has been published."))
    if meeting.is_cancelled:
        raise ActionRefused(_("This meeting has been cancelled."))
    if meeting.is_held:
        raise ActionRefused(_("This meeting has ended."))
