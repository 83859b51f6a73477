"""What headings and lead-ins say of the sentences below them: the reasons that are shown, and how much they count."""

from jukwaa.intake.reader.cue import FAIR, STRONG, WEAK
from jukwaa.intake.reader.people_claims import LIST_REASON
from jukwaa.intake.reader.roles import AGENDA_ROLE
from jukwaa.intake.reader.translation_marker import gettext_noop as _

REASONS_BY_SECTION_KIND = {
    "attendee": LIST_REASON,
    "new_member": _("the sentence is under a heading about new members"),
    "topic": _("the sentence is in an agenda"),
    "report": _("the sentence is under a heading about reports"),
    "announcement": _("the sentence is under a heading about announcements"),
    "offer": _("the sentence is under a heading about offers"),
    "request": _("the sentence is under a heading about questions or requests"),
    "proposal": _("the sentence is under a heading about proposals"),
    "decision": _("the sentence is under a heading or introduction about decisions"),
    "commitment": _("the sentence is under a heading or introduction about actions"),
    "interest": _("the sentence is under a heading about interest in taking part"),
    "recommendation": _("the sentence is under a heading or introduction about recommendations"),
    "next_meeting": _("the sentence is under a heading about the next meeting"),
}
# How strongly a heading speaks for a bullet, and for a sentence of prose.
STRENGTHS_BY_SECTION_KIND = {
    "new_member": (STRONG, FAIR),
    "report": (WEAK, 0),
    "announcement": (FAIR, FAIR),
    "offer": (FAIR, WEAK),
    "request": (FAIR, WEAK),
    "proposal": (FAIR, WEAK),
    "decision": (STRONG, FAIR),
    "commitment": (STRONG, FAIR),
    "interest": (FAIR, WEAK),
    "recommendation": (STRONG, FAIR),
    "next_meeting": (STRONG, FAIR),
}
# Below such headings a task is what the heading says.
HEADING_ROLES_PROMISING_CLAIMS = frozenset({AGENDA_ROLE, *STRENGTHS_BY_SECTION_KIND}) - {"report"}
