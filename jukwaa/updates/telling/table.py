"""Which activities are told: by kind and verb. What does not stand here is told to nobody."""

from collections.abc import Callable, Iterable

from jukwaa.coalitions.models import Activity
from jukwaa.cooperation.notifications import help as help_news
from jukwaa.cooperation.notifications import joint_work as work
from jukwaa.drafting.notifications import calls as agreeing
from jukwaa.drafting.notifications import consultations as drafting
from jukwaa.drafting.notifications import dispositions as answering
from jukwaa.events import notifications as events
from jukwaa.intake import notifications as readings
from jukwaa.library.notifications import items as library
from jukwaa.library.notifications import reviews
from jukwaa.meetings import notifications as meetings
from jukwaa.plans import notifications as plans
from jukwaa.regions.notifications import outreach
from jukwaa.regions.notifications import voices as regions
from jukwaa.updates.letters import News
from jukwaa.updates.notifications import comments, members, safeguards

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
    ("comment", "commented"): comments.commented,
    ("meeting", "published"): meetings.meeting_published,
    ("report", "published"): meetings.report_published,
    ("commitment", "published"): meetings.promised,
    ("reading", "read"): readings.reading_done,
    ("reading", "failed"): readings.reading_failed,
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
    ("teammember", "named"): plans.named,
    ("claim", "asked-to-lead"): plans.asked_to_lead,
    ("claim", "answered"): plans.claim_answered,
    ("prospect", "said-yes"): outreach.said_yes,
    ("enquiry", "asked"): help_news.asked,
    ("enquiry", "answered"): help_news.answered,
}
