"""Which activities are told: by kind and verb. What does not stand here is told to nobody."""

from collections.abc import Callable, Iterable

from jukwaa.coalitions.models import Activity
from jukwaa.updates.letters import News
from jukwaa.updates.telling import (
    agreeing,
    answering,
    drafting,
    events,
    library,
    members,
    records,
    regions,
    reviews,
    safeguards,
    work,
)
from jukwaa.updates.telling import help as help_news

type Teller = Callable[[Activity], Iterable[News]]

TELLERS: dict[tuple[str, str], Teller] = {
    ("membership", "applied"): members.applied,
    ("membership", "accepted"): members.accepted,
    ("membership", "declined"): members.declined,
    ("membership", "left"): members.left,
    ("membership", "ended"): members.left,
    ("affiliation", "affiliated"): members.affiliated,
    ("affiliation", "confirmed"): members.confirmed,
    ("role", "gave"): members.role_given,
    ("role", "handed-over"): members.role_given,
    ("role", "appointed"): members.role_given,
    ("comment", "commented"): records.commented,
    ("meeting", "published"): records.meeting_published,
    ("report", "published"): records.report_published,
    ("commitment", "published"): records.promised,
    ("reading", "read"): records.reading_done,
    ("reading", "failed"): records.reading_failed,
    ("review", "sent"): reviews.sent,
    ("review", "passed-on"): reviews.sent,
    ("review", "assigned"): reviews.assigned,
    ("review", "decided"): reviews.decided,
    ("call", "opened"): agreeing.opened,
    ("call", "restarted"): agreeing.opened,
    ("call", "declared"): agreeing.declared,
    ("use", "used"): library.used,
    ("voice", "spoke"): regions.spoke,
    ("voice", "changed"): regions.spoke,
    ("consultation", "opened"): drafting.opened,
    ("consultation", "nudged"): drafting.nudged,
    ("input", "gave"): drafting.gave,
    **dict.fromkeys(library.CHANGED, library.changed),
    ("disposition", "answered"): answering.answered,
    ("revision", "named"): answering.revision_named,
    ("charter", "proposed"): work.proposed,
    ("charter", "in-force"): work.in_force,
    ("charter", "took-back"): work.took_back,
    ("party", "left"): work.left,
    ("occurrence", "called"): events.called,
    ("occurrence", "moved"): events.moved,
    ("occurrence", "called-off"): events.called_off,
    ("pledge", "pledged"): events.pledged,
    ("held", "held"): safeguards.held,
    ("held", "held-without-lead"): safeguards.held_without_lead,
    ("match", "suggested"): help_news.suggested,
    ("match", "asked"): help_news.suggested,
    ("match", "introduced"): help_news.introduced,
    ("match", "moved"): help_news.moved,
    ("enquiry", "asked"): help_news.asked,
    ("enquiry", "answered"): help_news.answered,
}
