"""What the page of a forum's accepted sessions shows, and the letter to those who organise one."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.times import MAX_MEETING_DAYS, ONE_DAY
from jukwaa.proposals.models import SessionList
from jukwaa.proposals.session_import import (
    ForumSession,
    OwnForumSession,
    SessionWithRelevance,
    determine_session_relevance,
)
from jukwaa.proposals.settings import get_theme_keywords
from jukwaa.records.models import State

MAX_OWN_MEETINGS = 200
LONGEST_MEETING = MAX_MEETING_DAYS * ONE_DAY


@dataclass(frozen=True)
class SessionListPage:
    listed: SessionList
    rows: list[SessionWithRelevance]
    keywords: list[str]

    @cached_property
    def sessions_on_theme(self) -> list[SessionWithRelevance]:
        return [row for row in self.rows if row.reasons]

    @cached_property
    def clashing_sessions(self) -> list[SessionWithRelevance]:
        return [row for row in self.rows if row.clashes]

    def find_session(self, session_number: int) -> SessionWithRelevance | None:
        return next((row for row in self.rows if row.session.row == session_number), None)


def build_session_page(viewer: Viewer, coalition: Coalition, session_list: SessionList) -> SessionListPage:
    """Return the sessions, marked by the keywords and the meetings that the viewer may read."""
    sessions = [ForumSession.from_json(row) for row in session_list.rows]
    keywords = get_theme_keywords(coalition)
    return SessionListPage(
        session_list,
        list(determine_session_relevance(sessions, keywords, _find_own_sessions(viewer, coalition, sessions))),
        keywords,
    )


def _find_own_sessions(
    viewer: Viewer, coalition: Coalition, forum_sessions: list[ForumSession]
) -> list[OwnForumSession]:
    spans = [session.time_span for session in forum_sessions if session.time_span]
    if not spans:
        return []
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    meetings = Meeting.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED, cancelled_at=None)
    near = meetings.filter(starts_at__gt=first - LONGEST_MEETING, starts_at__lt=last).order_by("starts_at")[
        :MAX_OWN_MEETINGS
    ]
    found = []
    for meeting in near:
        meeting.coalition = coalition
        starts_at = meeting.starts_at
        if starts_at is not None:
            ends_at = meeting.get_phase_changes()[-1]
            found.append(OwnForumSession(meeting.title, meeting.get_absolute_url(), starts_at, ends_at))
    return found


@dataclass(frozen=True)
class InvitationLetter:
    subject: str
    body: str

    @property
    def mailto_url(self) -> str:
        """Opens the reader's own mail program, with everything but whom it goes to."""
        lines = self.body.replace("\n", "\r\n")  # as RFC 6068 asks for
        return f"mailto:?subject={quote(self.subject)}&body={quote(lines)}"


def build_invitation_letter(
    coalition: Coalition, marked_session: SessionWithRelevance, address: str
) -> InvitationLetter:
    """Return a draft of a letter to the organisers of a session. `address` is where they can learn more."""
    facts = {
        "title": marked_session.session.title,
        "coalition": coalition.name,
        "keywords": join_with_separator(reason.keyword for reason in marked_session.reasons),
        "address": address,
    }
    related = _("Our coalition, %(coalition)s, works on related questions.")
    if marked_session.reasons:
        related = _("Our coalition, %(coalition)s, works on related questions: %(keywords)s.")
    lines = [
        _("Dear organisers of “%(title)s”,"),
        _("We read about your session in the list of accepted sessions."),
        related,
        _("We would like to invite you to our next meeting, and to learn how we could support each other."),
        _("You can read about us and apply to join here: %(address)s"),
        _("With kind regards"),
    ]
    return InvitationLetter(
        _("Invitation to work with %(coalition)s") % facts, "\n\n".join(line % facts for line in lines)
    )
