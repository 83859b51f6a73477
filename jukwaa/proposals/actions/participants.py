"""The people of a proposal: the team adds, invites and removes them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.earlier_addresses import find_person_by_address
from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions.people import PersonFacts, get_or_create_person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.known_people import KnownPeople, get_known_people
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.proposals import policies
from jukwaa.proposals.actions.participant_deletion import delete_participant
from jukwaa.proposals.actions.proposals import hash_json_value, lock_proposal_row
from jukwaa.proposals.call_catalogue import get_call_catalogue
from jukwaa.proposals.invitations import (
    does_person_want_email,
    get_default_invitation_answer_day,
    is_open_to_people_changes,
    is_proposal_open_for_email,
    send_invitation_email,
)
from jukwaa.proposals.models import Participant, PrivateStatement, Proposal
from jukwaa.proposals.participant_lookups import (
    find_other_participations,
    find_participant_problem,
    get_session_limits_by_role,
    sort_role_names,
)
from jukwaa.proposals.subject import find_call_for_proposal
from jukwaa.updates.letters import get_mail_address

MIN_REMINDER_INTERVAL = timedelta(days=1)
ParticipantStatus = Participant.Status


@dataclass(frozen=True, kw_only=True)
class ParticipantFacts:
    """Who takes part, as the team enters it: somebody known here, or a name with or without an address."""

    roles: tuple[str, ...]
    person: Person | None = None
    name: str = ""
    address: str = ""
    organisation: str = ""
    message: str = ""
    answer_by: date | None = None
    stakeholder_group: str = ""
    regional_group: str = ""


@action
def add_participant(
    *, actor: Person, proposal: Proposal, participant_facts: ParticipantFacts, token: UUID | None = None
) -> Participant:
    """Add somebody to a proposal, without an email to them. Raises PermissionDenied and ActionRefused."""
    current = lock_open_proposal_row(actor, proposal)
    if token is not None and (there := Participant.objects.filter(token=token, proposal=current).first()):
        return there
    person, name = _find_known_person(current, participant_facts)
    _require_not_added_yet(current, person, participant_facts.address, name)
    participant = Participant.objects.create(
        proposal=current,
        person=person,
        name="" if person else name,
        address="" if person else participant_facts.address.lower(),
        token=token,
        **_build_field_values(participant_facts),
    )
    record_activity(actor=actor, verb="added-participant", subject=participant, coalition=current.coalition)
    update_participant_problems(actor, participant)
    return participant


@action
def invite_participant(
    *, actor: Person, proposal: Proposal, participant_facts: ParticipantFacts, token: UUID | None = None
) -> Participant:
    """Add somebody to a proposal and invite them by email. Raises PermissionDenied and ActionRefused."""
    added = add_participant(actor=actor, proposal=proposal, participant_facts=participant_facts, token=token)
    return send_invitation(actor=actor, participant=added)


@action
def send_invitation(*, actor: Person, participant: Participant) -> Participant:
    """Invite by email somebody who was added. Inviting twice changes nothing.

    Whoever has an address that nobody here has becomes known here. Raises PermissionDenied and ActionRefused.
    """
    current = lock_participant(actor, participant)
    if current.status != ParticipantStatus.ADDED:
        return current
    _require_open_for_email(current.proposal)
    _link_participant_to_person(current)
    _require_reachable_participant(current)
    today = timezone.localdate()
    current.status, current.invited_at = ParticipantStatus.INVITED, timezone.now()
    if current.answer_by is None or current.answer_by <= today:
        current.answer_by = get_default_invitation_answer_day(current.proposal, today)
    current.save()
    send_invitation_email(current)
    record_activity(actor=actor, verb="invited-participant", subject=current, coalition=current.coalition)
    update_participant_problems(actor, current)
    return current


@action
def remind_participant(*, actor: Person, participant: Participant) -> Participant:
    """Send the invitation again to somebody who has not answered, at most once a day."""
    current = lock_participant(actor, participant)
    is_waiting = current.status == ParticipantStatus.INVITED or (current.is_coming and current.lacks_consent)
    if not is_waiting or current.invited_at is None:
        raise ActionRefused(_("You can only remind people who have not answered their invitation."))
    if timezone.now() - current.invited_at < MIN_REMINDER_INTERVAL:
        raise ActionRefused(_("An email was sent to this person less than a day ago. Try again tomorrow."))
    _require_open_for_email(current.proposal)
    _require_reachable_participant(current)
    today = timezone.localdate()
    current.invited_at = timezone.now()
    if current.answer_by is None or current.answer_by <= today:
        current.answer_by = get_default_invitation_answer_day(current.proposal, today)
    current.save()
    send_invitation_email(current)
    record_activity(actor=actor, verb="invited-participant", subject=current, coalition=current.coalition)
    return current


@action
def change_participant(*, actor: Person, participant: Participant, facts: ParticipantFacts, seen: str) -> Participant:
    """Change what the team has entered. `seen` is the digest of what the writer started from.

    Raises PermissionDenied, ActionRefused, and EditConflict if somebody else has changed the same person.
    """
    current = lock_participant(actor, participant)
    if hash_participant_facts(current) != seen:
        raise EditConflict(current)
    values = _build_field_values(facts)
    if current.person is None:
        address = facts.address.lower()
        if address and address != current.address:
            _require_not_added_yet(current.proposal, None, address)
        KnownPeople(current.coalition).find(facts.name)
        values |= {"name": facts.name, "address": address}
    if all(getattr(current, name) == value for name, value in values.items()):
        return current
    if values["roles"] != sort_role_names(current.roles):
        _delete_private_statement(
            current
        )  # what changes in the verdicts with the roles of one person would tell what they stated
    for name, value in values.items():
        setattr(current, name, value)
    current.save()
    record_activity(actor=actor, verb="changed-participant", subject=current, coalition=current.coalition)
    update_participant_problems(actor, current)
    return current


@action
def record_participant_answer(
    *, actor: Person, participant: Participant, participant_answer: str, seen_fingerprint: str | None = None
) -> Participant:
    """Record what somebody answered in another way, such as by phone.

    `seen_fingerprint` is the digest of the answer that the writer started from. Raises PermissionDenied, ActionRefused,
    and EditConflict if another answer has come in between.
    """
    current = lock_participant(actor, participant)
    if (
        seen_fingerprint is not None
        and seen_fingerprint != hash_participant_answer(current)
        and participant_answer != get_recorded_answer(current)
    ):
        raise EditConflict(current)
    if current.is_minor and participant_answer != ParticipantStatus.DECLINED:
        raise ActionRefused(
            _("Only the adult contact can agree for a person under 18. Send the invitation to the adult contact.")
        )
    set_participant_status(current, participant_answer)
    current.save()
    record_activity(actor=actor, verb="recorded-answer", subject=current, coalition=current.coalition)
    update_participant_problems(actor, current)
    return current


@action
def remove_participant(*, actor: Person, participant: Participant) -> None:
    """Remove somebody from a proposal, with all that they stated. A link that they have no longer works.

    Whoever became known here by this invitation alone is erased.
    """
    current = lock_participant(actor, participant)
    others = list(find_other_participations(current).select_related("proposal__coalition"))
    record_activity(actor=actor, verb="removed-participant", subject=current, coalition=current.coalition)
    delete_participant(participant=current)
    for other in others:
        update_participant_problems(actor, other)


@action
def mark_problem_handled(*, actor: Person, participant: Participant, seen: str | None = None) -> Participant:
    """Record that the team has dealt with a problem, so that nobody is asked to. Doing so twice changes nothing.

    `seen` is the digest of the problem. Raises PermissionDenied, and EditConflict if it is another one by now.
    """
    current = lock_participant(actor, participant)
    if seen is not None and seen != hash_participant_problem(current):
        raise EditConflict(current)
    if current.problem and current.handled_at is None:
        current.handled_at = timezone.now()
        current.save(update_fields=["handled_at"])
        record_activity(actor=actor, verb="settled-problem", subject=current, coalition=current.coalition)
    return current


def hash_participant_facts(participant: Participant) -> str:
    """Return what tells a form apart from what was saved since it was opened."""
    names = (*ParticipantFacts.__dataclass_fields__,)
    return hash_json_value({name: str(getattr(participant, name)) for name in names if name != "person"})


def hash_participant_answer(participant: Participant) -> str:
    """Return what tells one answer of somebody apart from the next."""
    return hash_json_value([participant.status, str(participant.answered_at)])


def hash_participant_problem(participant: Participant) -> str:
    """Return what tells one problem with somebody apart from the next."""
    return hash_json_value([participant.problem, str(participant.problem_at)])


def get_recorded_answer(participant: Participant) -> str:
    """Return the answer of somebody as the team records it: whoever has withdrawn has declined."""
    return ParticipantStatus.DECLINED.value if participant.is_gone else participant.status


def set_participant_status(participant: Participant, participant_answer: str) -> None:
    """Set what somebody answered. Whoever says no after they had confirmed withdraws.

    Of those who do not take part, gender and age are erased.
    """
    if participant_answer == ParticipantStatus.DECLINED and (
        participant.is_coming or participant.status == ParticipantStatus.WITHDRAWN
    ):
        participant_answer = ParticipantStatus.WITHDRAWN
    participant.status, participant.answered_at = ParticipantStatus(participant_answer).value, timezone.now()
    if participant.is_gone:
        _delete_private_statement(participant)


def update_participant_problems(actor: Person | None, participant: Participant) -> None:
    """Find what the team has to deal with: about this person here, and where they are in another session of the call.

    Part of an action. Each problem that is new is told to the team.
    """
    call = find_call_for_proposal(
        participant.coalition, get_call_catalogue(participant.coalition), participant.proposal
    )
    caps = get_session_limits_by_role(call)
    others = list(find_other_participations(participant).select_related("proposal__coalition", "person"))
    for row in (participant, *others):
        beside = [each for each in (participant, *others) if each.pk != row.pk and not each.is_gone]
        _update_participant_problem(actor, row, find_participant_problem(row, caps, beside))


def _update_participant_problem(actor: Person | None, participant: Participant, problem_value: str) -> None:
    if participant.problem == problem_value:
        return
    participant.problem, participant.handled_at = problem_value, None
    participant.problem_at = timezone.now() if problem_value else None
    participant.save(update_fields=["problem", "problem_at", "handled_at"])
    if problem_value:
        record_activity(actor=actor, verb="flagged-participant", subject=participant, coalition=participant.coalition)


def lock_open_proposal_row(actor: Person, proposal: Proposal) -> Proposal:
    """Return the proposal, locked, while its people can be changed: see `is_open_to_people_changes`."""
    current = lock_proposal_row(proposal)
    if not policies.can_handle_people(ViewerContext(actor), current):
        raise PermissionDenied(
            _("Only coordinators, chairs, rapporteurs and the team of this proposal can change its list of people.")
        )
    if not is_open_to_people_changes(current):
        raise ActionRefused(
            _("The outcome of this proposal has been recorded. The list of people can no longer be changed.")
        )
    return current


def lock_participant(actor: Person, participant: Participant) -> Participant:
    proposal = lock_open_proposal_row(actor, participant.proposal)
    return lock_participant_row(participant, proposal)


def lock_participant_row(participant: Participant, proposal: Proposal) -> Participant:
    """Return the row as it is now, locked after its proposal. Raises ActionRefused if it has been removed."""
    try:
        current = lock_row(participant)
    except Participant.DoesNotExist as gone:
        raise ActionRefused(_("This person has been removed from the proposal.")) from gone
    current.proposal = proposal
    return current


def _find_known_person(proposal: Proposal, participant_facts: ParticipantFacts) -> tuple[Person | None, str]:
    """Return whom the facts mean, if they are known here, and the name. Refuses names of people under 18."""
    if participant_facts.person is not None:
        if not get_known_people(proposal.coalition).filter(pk=participant_facts.person.pk).exists():
            raise ActionRefused(_("The coalition no longer has data about this person. Enter a name instead."))
        return participant_facts.person, ""
    if not participant_facts.name:
        raise ActionRefused(_("Enter a name."), "name")
    named = KnownPeople(proposal.coalition).find(participant_facts.name)
    return (named if named and not participant_facts.address else None), participant_facts.name


def _require_not_added_yet(proposal: Proposal, person: Person | None, address: str, participant_name: str = "") -> None:
    rows = Participant.objects.filter(proposal=proposal)
    known = person or (find_person_by_address(address) if address else None)
    if known is not None:
        rows = rows.filter(Q(person=known) | (Q(address__iexact=address) if address else Q()))
    elif address:
        rows = rows.filter(address__iexact=address)
    else:
        rows = rows.filter(person=None, name__iexact=participant_name)
    if rows.exists():
        raise ActionRefused(
            _("This person is already in this proposal. Edit their roles instead."), "email" if address else "name"
        )


def _build_field_values(participant_facts: ParticipantFacts) -> dict[str, Any]:
    if not participant_facts.roles:
        raise ActionRefused(_("Choose at least one role."), "roles")
    return {
        "roles": sort_role_names(participant_facts.roles),
        "organisation": participant_facts.organisation,
        "message": participant_facts.message,
        "answer_by": participant_facts.answer_by,
        "stakeholder_group": participant_facts.stakeholder_group,
        "regional_group": participant_facts.regional_group,
    }


def _delete_private_statement(participant: Participant) -> None:
    PrivateStatement.objects.filter(participant=participant).delete()


def _link_participant_to_person(participant: Participant) -> None:
    """Link somebody whose name and address were typed in to the person who has this address, known here or new."""
    if participant.person is not None:
        return
    if not participant.address:
        raise ActionRefused(_("Enter an email address first, or record the answer yourself."), "email")
    coalition = participant.coalition
    is_new = find_person_by_address(participant.address) is None
    person = get_or_create_person(PersonFacts(name=participant.name, email=participant.address), coalition)
    if Participant.objects.filter(proposal=participant.proposal, person=person).exists():
        raise ActionRefused(_("This person is already in this proposal. Edit their roles instead."), "email")
    if is_new:
        person.told_at = timezone.now()
        person.save(update_fields=["told_at"])
        participant.is_introduced = True
    participant.person, participant.name, participant.address = person, "", ""


def _require_open_for_email(proposal: Proposal) -> None:
    if not is_proposal_open_for_email(proposal):
        raise ActionRefused(
            _("Only a proposal that is TLP:CLEAR or TLP:GREEN can be sent by email. Invite this person yourself.")
        )


def _require_reachable_participant(participant: Participant) -> None:
    person = participant.person
    if person is None or not get_mail_address(person):
        raise ActionRefused(_("We do not know this person's email address. Record their answer yourself."), "email")
    if not does_person_want_email(person, participant.coalition):
        raise ActionRefused(
            _(
                "This person has chosen not to receive invitations by email. Write to them yourself, then record"
                " their answer."
            ),
            "email",
        )
