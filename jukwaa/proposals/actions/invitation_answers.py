"""What people answer to the invitation to a session, and what they state about themselves."""

from dataclasses import dataclass, fields

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.minors import confirm_adult_age, needs_age_answer
from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.core.refusals import ActionRefused
from jukwaa.proposals.actions.participants import (
    lock_participant_row,
    set_participant_status,
    update_participant_problems,
)
from jukwaa.proposals.actions.proposals import lock_proposal_row
from jukwaa.proposals.invitations import has_proposal_outcome, is_open_to_people_changes
from jukwaa.proposals.models import Participant, PrivateStatement, Proposal

ParticipantStatus = Participant.Status


@dataclass(frozen=True, kw_only=True)
class ParticipantStatements:
    """What somebody states about themselves. An empty value is no statement."""

    attendance: str = ""
    stakeholder_group: str = ""
    regional_group: str = ""
    is_newcomer: bool | None = None
    sessions: int | None = None
    gender: str = ""
    age_band: str = ""


PRIVATE_STATEMENT_FIELDS = ("gender", "age_band")
OPEN_STATEMENT_FIELDS = tuple(
    each.name for each in fields(ParticipantStatements) if each.name not in PRIVATE_STATEMENT_FIELDS
)


@action
def answer_invitation(
    *,
    actor: Person,
    participant: Participant,
    participant_answer: str,
    reason: str = "",
    participant_statements: ParticipantStatements | None = None,
    guardian: Person | None = None,
    is_adult: bool = False,
) -> Participant:
    """Record what the person answers; a later answer replaces it. Without `participant_statements`, theirs stay.

    `guardian` is the adult contact who answers for somebody under 18: unless they decline, it is their consent. Raises
    PermissionDenied, and ActionRefused once the outcome is recorded unless it is acceptance, or without that consent.
    """
    proposal = lock_proposal_row(participant.proposal)
    current = lock_participant_row(participant, proposal)
    if current.person_id != actor.pk:
        raise PermissionDenied(_("This invitation was sent to another person. Use the link in your own email."))
    current.person = actor
    if not is_open_to_people_changes(proposal):
        raise ActionRefused(
            _("The outcome of this proposal has been recorded, so your answer can no longer be changed here.")
        )
    _require_guardian_consent(current, actor, participant_answer, guardian, is_adult=is_adult)
    set_participant_status(current, participant_answer)
    current.reason = reason if current.is_gone else ""
    _set_guardian_consent(current, guardian)
    if participant_statements is not None:
        for name in OPEN_STATEMENT_FIELDS:
            setattr(current, name, getattr(participant_statements, name))
        _save_private_statement(current, participant_statements)
    current.save()
    record_activity(actor=guardian or actor, verb="answered-invitation", subject=current, coalition=current.coalition)
    update_participant_problems(guardian or actor, current)
    return current


def _require_guardian_consent(
    participant: Participant, person: Person, participant_answer: str, guardian: Person | None, *, is_adult: bool
) -> None:
    """Somebody under 18 can decline by themselves. They take part only once their adult contact has agreed."""
    if guardian is not None and (not person.is_minor or person.adult_contact_id != guardian.pk):
        raise PermissionDenied(_("You are no longer the adult contact of this person."))
    if participant_answer == ParticipantStatus.DECLINED:
        return
    if guardian is None and participant.lacks_consent:
        raise ActionRefused(
            _("You cannot reply before your adult contact agrees. We have sent them the invitation."), "answer"
        )
    if needs_age_answer(person):
        if not is_adult:
            raise ActionRefused(_("Confirm that you are 18 or older."), "is_adult")
        confirm_adult_age(person=person)


def _set_guardian_consent(participant: Participant, guardian: Person | None) -> None:
    """Whoever declines for a person under 18 withdraws their consent; what the person answers leaves it."""
    if guardian is None:
        return
    if participant.is_gone:
        participant.consent_by, participant.consent_at = None, None
    elif participant.consent_by_id != guardian.pk:
        participant.consent_by, participant.consent_at = guardian, timezone.now()


def _save_private_statement(participant: Participant, participant_statements: ParticipantStatements) -> None:
    """Keep what was stated before where nothing is stated now.

    Nothing is kept of those who do not take part, nor once the outcome is recorded: all of it has been erased then.
    """
    if participant.is_gone or has_proposal_outcome(participant.proposal):
        return
    stated = {name: value for name in PRIVATE_STATEMENT_FIELDS if (value := getattr(participant_statements, name))}
    if stated:
        defaults = stated | {"stated_at": timezone.now()}
        PrivateStatement.objects.update_or_create(participant=participant, defaults=defaults)


def erase_private_statements(proposal: Proposal) -> None:
    """Part of an action: the outcome of the proposal is known, so nobody needs them any more."""
    PrivateStatement.objects.filter(participant__proposal=proposal).delete()
