"""Start a proposal, write its fields together, and answer what only a person can check."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.meetings.chatham_house_rule import ForbiddenNames
from jukwaa.meetings.models import Entry
from jukwaa.proposals import policies
from jukwaa.proposals.call import CallForProposals
from jukwaa.proposals.call_catalogue import get_call_catalogue
from jukwaa.proposals.models import SESSION_PROPOSAL, Proposal
from jukwaa.proposals.subject import find_call_for_proposal
from jukwaa.records.actions import begin_record, change_record
from jukwaa.records.actions.links import get_or_create_link, link_record_to_origin
from jukwaa.records.models import Authorship, Label, Link, Record
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES

TITLE_FIELD_NAME = "title"  # the field of a form that the title of the record follows
MAX_PROPOSAL_TITLE_LENGTH = 250  # of a record


def hash_json_value(json_value: Any) -> str:
    """Return what tells a form apart from what was saved since it was opened."""
    text = json.dumps(json_value or "", sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@action
def start_proposal(
    *,
    actor: Person,
    coalition: Coalition,
    call_name: str,
    title: str,
    origin: Record | None = None,
    earlier: Proposal | None = None,
    token: UUID | None = None,
    summary: str = "",
) -> Proposal:
    """Start a proposal in a call, which members read from then on.

    `origin` is the record that it began as, such as an idea. From `earlier`, an earlier proposal, the answers to fields
    of the same names are taken over. Raises PermissionDenied, ActionRefused, and NamesFoundError where the origin was
    said under the Chatham House Rule.
    """
    if not policies.can_start_proposal(ViewerContext(actor), coalition):
        raise PermissionDenied(_("Only coordinators, chairs and rapporteurs can start a proposal."))
    if token is not None and (there := Proposal.objects.visible_to(actor).filter(token=token).first()):
        return there
    entry = get_call_catalogue(coalition).get(call_name)
    if entry is None or entry.call is None:
        raise ActionRefused(_("This call for proposals is no longer available. Choose another one."))
    _check_proposal_origin(origin, title)
    proposal = Proposal(
        coalition=coalition,
        kind=SESSION_PROPOSAL,
        title=title,
        summary=summary,
        label=Label.GREEN,
        language=entry.call.language,
        call_name=call_name,
        call_number=entry.version,
        earlier_call=earlier.call_name if earlier else "",
        answers=_get_initial_answers(entry.call, title, earlier),
        due_on=entry.call.due_on,
        token=token,
    )
    capacity = create_capacity(coalition=coalition, person=actor, organisation=None)
    begin_record(actor=actor, record=proposal, capacity=capacity, is_published=True)
    if origin is not None:
        link_record_to_origin(actor=actor, record=proposal, origin_record=origin)
    if earlier is not None:
        get_or_create_link(proposal, earlier, Link.Relation.ADAPTED_FROM, source_version=earlier.version)
    return proposal


def _check_proposal_origin(origin_record: Record | None, title: str) -> None:
    """Raise if the proposal would tell its readers more about its origin than they may know."""
    if origin_record is None:
        return
    if origin_record.label not in LABELS_OPEN_TO_ROLES:
        text = _(
            "Not all members can read the record that this proposal comes from. Start the proposal without this record."
        )
        raise ActionRefused(text, "origin")
    entry = origin_record.whole()
    if isinstance(entry, Entry) and entry.is_chatham:
        ForbiddenNames(entry.meeting).refuse_names_in_texts(title)


def _get_initial_answers(call: CallForProposals, title: str, earlier_proposal: Proposal | None) -> dict[str, Any]:
    taken = earlier_proposal.answers if earlier_proposal is not None else {}
    answers = {field.name: taken[field.name] for field in call.fields if field.name in taken}
    return answers | ({TITLE_FIELD_NAME: title} if call.find_field(TITLE_FIELD_NAME) else {})


@action
def save_proposal_answer(
    *, actor: Person, proposal: Proposal, field: str, answer: str | list[str], seen: str
) -> Proposal:
    """Save the answer to one field. `seen` is the digest of the answer that the writer started from.

    After the deadline the text is kept and marked as late. Raises PermissionDenied, ActionRefused, and EditConflict
    if somebody else has changed the same field.
    """
    current = _lock_proposal_for_writing(actor, proposal)
    call = find_call_for_proposal(current.coalition, get_call_catalogue(current.coalition), current)
    if call.find_field(field) is None:
        raise ActionRefused(_("The form no longer has this field. Copy your text, then choose another field."))
    before = current.answers.get(field)
    if hash_json_value(before) == hash_json_value(answer):
        return current
    if hash_json_value(before) != seen:
        raise EditConflict(current)
    changes: dict[str, Any] = {"answers": {**current.answers, field: answer}}
    if call.deadline is not None and timezone.now() > call.deadline.latest:
        changes["late_fields"] = sorted({*current.late_fields, field})
    if field == TITLE_FIELD_NAME and isinstance(answer, str) and answer.strip():
        changes["title"] = " ".join(answer.split())[:MAX_PROPOSAL_TITLE_LENGTH]
    return change_record(
        actor=actor,
        record=current,
        changes=changes,
        from_version=current.version,
        activity_verb="wrote",
        is_trusted=True,
    )


@action
def save_proposal_facts(
    *, actor: Person, proposal: Proposal, proposal_facts: dict[str, Any], seen_fingerprint: str
) -> Proposal:
    """Save what only people know, such as how many proposals a person has submitted.

    Raises PermissionDenied, ActionRefused, and EditConflict.
    """
    current = _lock_proposal_for_writing(actor, proposal)
    if hash_json_value(current.facts) == hash_json_value(proposal_facts):
        return current
    if hash_json_value(current.facts) != seen_fingerprint:
        raise EditConflict(current)
    changes = {"facts": proposal_facts}
    return change_record(
        actor=actor,
        record=current,
        changes=changes,
        from_version=current.version,
        activity_verb="answered",
        is_trusted=True,
    )


@action
def join_proposal_team(*, actor: Person, proposal: Proposal) -> Proposal:
    """Join the team that writes it. Joining twice changes nothing. Raises PermissionDenied and ActionRefused."""
    current = lock_proposal_row(proposal)
    if Authorship.objects.filter(record=current, person=actor).exists():
        return current
    if not policies.can_join_proposal(ViewerContext(actor), current):
        raise PermissionDenied(_("Only members of the coalition can join the team of this proposal."))
    capacity = create_capacity(coalition=current.coalition, person=actor, organisation=None)
    Authorship.objects.create(record=current, person=actor, capacity=capacity)
    record_activity(actor=actor, verb="joined", subject=current, coalition=current.coalition, capacity=capacity)
    return current


def _lock_proposal_for_writing(actor: Person, proposal: Proposal) -> Proposal:
    current = lock_proposal_row(proposal)
    if not policies.can_write_proposal(ViewerContext(actor), current):
        raise PermissionDenied(_("Only coordinators, chairs, rapporteurs and the team of this proposal can change it."))
    if current.is_submitted:
        raise ActionRefused(_("This proposal has been submitted. It can no longer be changed."))
    return current


def lock_proposal_row(proposal: Proposal) -> Proposal:
    """Return the proposal as it is now, locked. Raises ActionRefused if it is withdrawn or held."""
    current = lock_row(proposal)
    current.coalition = proposal.coalition
    if not current.is_open_to_change:
        raise ActionRefused(_("This proposal cannot be changed, because it has been withdrawn or is in quarantine."))
    return current
