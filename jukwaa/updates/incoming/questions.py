"""What an email asked its recipient for, as the subject of its reply address says: "call:7", "charter:3:12"."""

from collections.abc import Callable
from dataclasses import dataclass

from jukwaa.coalitions.models import Coalition
from jukwaa.cooperation.actions.work import OVER
from jukwaa.cooperation.models import Party
from jukwaa.cooperation.notifications.joint_work import PREFIX as CHARTER
from jukwaa.drafting.models import Call, Consultation
from jukwaa.drafting.notifications.calls import call_called
from jukwaa.events.models import Occurrence
from jukwaa.events.notifications import PREFIX as PLEDGE
from jukwaa.events.notifications import occurrence_told
from jukwaa.mail.models import ReplyAddress
from jukwaa.records.models import Record

COMMENT, INPUT, POSITION = "record", "consultation", "call"


@dataclass(frozen=True)
class Question:
    """`asked_by` is the consultation, call, party or occurrence; for a comment, the record itself."""

    asked_by: Record | Consultation | Call | Party | Occurrence
    record: Record  # which the answer is about
    is_closed: bool = False

    @property
    def coalition(self) -> Coalition:
        return self.record.coalition


def find_question(reply: ReplyAddress) -> Question | None:
    """Return None where it is no longer there."""
    kind, _colon, rest = reply.subject.partition(":")
    pk = rest.rpartition(":")[2]
    return FINDERS[kind](int(pk)) if kind in FINDERS and pk.isdecimal() and len(pk) < len(str(2**63)) else None


def _find_record(pk: int) -> Question | None:
    record = Record.objects.select_related("coalition").filter(pk=pk).first()
    return Question(record, record) if record else None


def _find_consultation(pk: int) -> Question | None:
    rows = Consultation.objects.select_related("text__coalition", "text__owner", "revision")
    found = rows.filter(pk=pk).first()
    return Question(found, found.text, is_closed=found.is_over) if found else None


def _find_call(pk: int) -> Question | None:
    """One that was restarted has a successor, to which its writer is led."""
    call = call_called(pk)
    return (
        Question(call, call.text, is_closed=call.is_over and call.outcome != Call.Outcome.RESTARTED) if call else None
    )


def _find_party(pk: int) -> Question | None:
    party = Party.objects.select_related("work__coalition", "capacity", "organisation").filter(pk=pk).first()
    return Question(party, party.work, is_closed=party.work.stage in OVER) if party else None


def _find_occurrence(pk: int) -> Question | None:
    """A cancelled one takes nothing, not even late."""
    found = occurrence_told(pk)
    if found is None:
        return None
    is_closed = found.called_at is not None and found.cancelled_at is None and not found.takes_pledges
    return Question(found, found.event, is_closed=is_closed)


FINDERS: dict[str, Callable[[int], Question | None]] = {
    COMMENT: _find_record,
    INPUT: _find_consultation,
    POSITION: _find_call,
    CHARTER: _find_party,
    PLEDGE: _find_occurrence,
}
