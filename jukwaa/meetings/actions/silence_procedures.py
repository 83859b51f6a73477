"""Deciding by silence procedure: proposing a decision, and entering the outcome of its call in the register."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting.actions import (
    ClauseDraft,
    TextStart,
    begin_text,
    call_for_consensus,
    create_named_revision,
    open_text_to_readers,
)
from jukwaa.drafting.models import Call, Form, Placement, Position, Text
from jukwaa.library.actions.readers import RecordReaders
from jukwaa.meetings import policies
from jukwaa.meetings.actions.entries import NewEntry, shorten_entry_title, write_entries
from jukwaa.meetings.actions.idea_answers import add_locked_idea_to_agenda
from jukwaa.meetings.chatham_house_rule import ForbiddenNames
from jukwaa.meetings.models import (
    IDEA_RECORD_KIND,
    Decision,
    Dissent,
    Entry,
    EntryKind,
    Idea,
    Meeting,
    SilenceProcedure,
    get_entry_label,
)
from jukwaa.meetings.planned_meetings import find_planned_meetings
from jukwaa.meetings.silence_procedures import find_meetings_for_silence_decision, is_text_restricted_to_members
from jukwaa.records.actions import begin_record
from jukwaa.records.actions.links import get_or_create_link, link_record_to_origin
from jukwaa.records.models import Authorship, Label, Link, Record, State
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES

PositionStance = Position.Stance
DISSENT_KIND_BY_STANCE = {
    PositionStance.OBJECT: Dissent.Kind.OBJECTED,
    PositionStance.AMENDMENT: Dissent.Kind.AMENDMENT,
    PositionStance.PROCEDURE: Dissent.Kind.PROCEDURE,
    PositionStance.RESERVATION: Dissent.Kind.RESERVATION,
    PositionStance.ASIDE: Dissent.Kind.STOOD_ASIDE,
}


@action
def propose_silence_decision(
    *,
    actor: Person,
    meeting: Meeting,
    text: str,
    closes_at: datetime,
    origin: Record | None = None,
    token: UUID | None = None,
) -> Call:
    """Ask all members in writing whether they object to a decision. The same form sent twice asks once.

    The decision will be recorded with `meeting`, and has its readers; `origin` is the record that it began as. Raises
    PermissionDenied, ActionRefused, and NamesFoundError for what was said under the Chatham House Rule.
    """
    if not policies.can_propose_decision(ViewerContext(actor), meeting.coalition):
        raise PermissionDenied(_("Only a coordinator or the chair can propose a decision by silence procedure."))
    if token is not None and (there := Call.objects.filter(token=token, text__coalition=meeting.coalition).first()):
        return there
    label = _choose_procedure_label(meeting, origin)
    entry = origin.whole() if origin else None
    if isinstance(entry, Entry) and entry.is_chatham:
        ForbiddenNames(entry.meeting).refuse_names_in_texts(text)
    proposed = begin_text(
        actor=actor,
        coalition=meeting.coalition,
        title=shorten_entry_title(text),
        form=Form.DECISION,
        beginning=TextStart([ClauseDraft(text)]),
        readers=RecordReaders(label=label),
        language=meeting.language,
    )
    proposed.coalition = meeting.coalition
    link_record_to_origin(actor=actor, record=proposed, origin_record=origin or meeting)
    create_named_revision(actor=actor, text=proposed)
    SilenceProcedure.objects.create(text=proposed, meeting=meeting)
    opened = open_text_to_readers(actor=actor, text=proposed)
    return call_for_consensus(actor=actor, text=opened, closes_at=closes_at, token=token)


def _choose_procedure_label(meeting: Meeting, origin_record: Record | None) -> str:
    """Everyone who reads the entry reads the text, and nobody else: members, or the world too."""
    if meeting.state != State.PUBLISHED:
        raise ActionRefused(
            _("Publish the meeting first, so that members can see it together with the decision."), "meeting"
        )
    label = get_entry_label(meeting)
    if label not in LABELS_OPEN_TO_ROLES or (
        origin_record is not None and origin_record.label not in LABELS_OPEN_TO_ROLES
    ):
        raise ActionRefused(
            _("Change who can read this record first. All members must be able to read a proposed decision."), "meeting"
        )
    return Label.GREEN if origin_record is not None and origin_record.label == Label.GREEN else label


@action
def record_silence_procedure_outcome(actor: Person, call: Call) -> None:
    """Enter the outcome of a call on a decision: a decision with its dissents, or an idea for the next meeting.

    It follows from the declaration, so whoever may declare the outcome needs no right to keep minutes or an agenda.
    """
    procedure = SilenceProcedure.objects.select_related("meeting__coalition").filter(text=call.text_id).first()
    if procedure is None:
        return
    if call.outcome in (Call.Outcome.CONSENSUS, Call.Outcome.WITH_DISSENT):
        procedure.entry = _record_silence_decision(actor, procedure, call)
        procedure.save(update_fields=["entry"])
    elif call.outcome == Call.Outcome.TO_MEETING:
        _add_call_as_idea_to_next_agenda(actor, call)


def _record_silence_decision(actor: Person, silence_procedure: SilenceProcedure, consensus_call: Call) -> Entry:
    meeting = _find_procedure_meeting(actor, silence_procedure)
    text: Text = consensus_call.text
    new = NewEntry(
        kind=EntryKind.DECISION,
        text=_get_call_wording(consensus_call),
        title=text.title,
        language=text.language,
        label=Label.GREEN if meeting.label == Label.CLEAR and is_text_restricted_to_members(text) else "",
    )
    [entry] = write_entries(actor, meeting, [new])  # also into approved minutes: it was decided since
    link_record_to_origin(actor=actor, record=entry, origin_record=consensus_call.text)
    # The members decided: to declare it gives nobody the rights of an author, who may edit and remove an entry.
    Authorship.objects.filter(record=entry.pk).delete()
    Decision.objects.create(entry=entry, method=Decision.Method.SILENCE)
    record_activity(actor=actor, verb="updated-decision", subject=entry, coalition=entry.coalition)
    positions = Position.objects.filter(call=consensus_call, stands=True, stance__in=DISSENT_KIND_BY_STANCE)
    for position in positions.order_by("at", "pk"):
        Dissent.objects.update_or_create(
            entry=entry,
            capacity_id=position.capacity_id,
            defaults={"kind": DISSENT_KIND_BY_STANCE[PositionStance(position.stance)], "statement": position.reason},
        )
    return entry


def _find_procedure_meeting(actor: Person, silence_procedure: SilenceProcedure) -> Meeting:
    """Return the meeting that records the decision; where it has been withdrawn since, the latest with its label."""
    meeting = silence_procedure.meeting
    if meeting.state == State.PUBLISHED and not meeting.is_cancelled:
        return meeting
    others = find_meetings_for_silence_decision(actor, meeting.coalition).filter(label=meeting.label)
    if (found := others.first()) is None:
        raise ActionRefused(
            _(
                "The meeting for this decision has been withdrawn. Publish another meeting, so that the decision can"
                " be recorded with it."
            )
        )
    found.coalition = meeting.coalition
    return found


def _get_call_wording(consensus_call: Call) -> str:
    placements = Placement.objects.at(consensus_call.text, consensus_call.revision.step)
    return "\n\n".join(placement.wording.body for placement in placements)


def _add_call_as_idea_to_next_agenda(actor: Person, consensus_call: Call) -> None:
    """Make an idea of it, and put that on the agenda of the next meeting where one is planned."""
    text: Text = consensus_call.text
    idea = Idea(
        kind=IDEA_RECORD_KIND,
        coalition=text.coalition,
        title=text.title,
        summary=_get_call_wording(consensus_call),
        timeframe=Idea.Timeframe.NEXT_MEETING,
        label=text.label,
        language=text.language,
    )
    capacity = create_capacity(coalition=text.coalition, person=actor, organisation=None)
    begin_record(actor=actor, record=idea, capacity=capacity, is_published=True)
    get_or_create_link(idea, text, Link.Relation.BEGAN_AS)
    # The title of an agenda item has the readers of its meeting.
    readers = [Label.GREEN] if text.label == Label.GREEN else LABELS_OPEN_TO_ROLES
    to_come = find_planned_meetings(actor, text.coalition).filter(label__in=readers)
    planned = next((meeting for meeting in to_come if meeting.is_planned), None)  # not the one in progress
    if planned is not None:
        planned.coalition = text.coalition
        add_locked_idea_to_agenda(actor, idea, planned)
