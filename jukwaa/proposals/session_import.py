"""The accepted sessions of a forum: read from a table, marked by theme, compared with our own. Pure, but for words.

What a row does not say stays empty. A row that cannot be read is left out, and a sentence says why.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import batched
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from jukwaa.core.refusals import ActionRefused
from jukwaa.places.text_folding import fold_text

MAX_IMPORTED_SESSIONS = 1000
MAX_SESSION_CELL_LENGTH = 500  # characters of a cell, and more of what a session is about
MAX_DESCRIPTION_LENGTH = 5000
DEFAULT_SESSION_DURATION = timedelta(minutes=60)  # how long a session is taken to last where its end is not known
HEADINGS_BY_SESSION_COLUMN: Mapping[str, frozenset[str]] = {
    "title": frozenset({"title", "session", "session title", "name", "name of session", "workshop", "workshop title"}),
    "organisers": frozenset(
        {"organiser", "organisers", "organizer", "organizers", "organisation", "organisations", "organization"}
        | {"organizations", "proposer", "proposers", "institution", "lead organiser", "lead organizer", "host"}
    ),
    "day": frozenset({"date", "day", "session date"}),
    "start": frozenset({"start", "time", "starts", "begin", "from", "start time", "time slot", "slot"}),
    "end": frozenset({"end", "ends", "to", "until", "end time"}),
    "place": frozenset({"room", "place", "venue", "location"}),
    "theme": frozenset({"theme", "track", "thematic track", "subtheme", "category", "topic"}),
    "about": frozenset({"description", "about", "summary", "abstract", "keywords", "tags"}),
    "link": frozenset({"link", "url", "web address", "page"}),
}
SESSION_HOURS_PATTERN = re.compile(
    r"(\d{1,2})[:.](\d{2})(?::\d{2})?(?:\s*(?:-|\u2013|\u2014|to)\s*(\d{1,2})[:.](\d{2})(?::\d{2})?)?"
)
SESSION_DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%A, %d %B %Y", "%A %d %B %Y")


@dataclass(frozen=True)
class ForumSession:
    """`row` is that of the table; `starts_at` and `ends_at` are moments, where the table gives them."""

    row: int
    title: str
    organisers: str = ""
    theme: str = ""
    about: str = ""
    place: str = ""
    link: str = ""
    day: date | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        said = {name: value for name, value in asdict(self).items() if value not in ("", None)}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}

    @classmethod
    def from_json(cls, json_values: Mapping[str, Any]) -> Self:
        moments = {
            name: datetime.fromisoformat(json_values[name]) for name in ("starts_at", "ends_at") if name in json_values
        }
        days = {"day": date.fromisoformat(json_values["day"])} if "day" in json_values else {}
        return cls(**{**json_values, **moments, **days})

    @property
    def time_span(self) -> tuple[datetime, datetime] | None:
        if self.starts_at is None:
            return None
        return self.starts_at, self.ends_at or self.starts_at + DEFAULT_SESSION_DURATION


@dataclass(frozen=True)
class ParsedSessions:
    """What a table says. `problems` are sentences, one for each row that was left out."""

    sessions: tuple[ForumSession, ...]
    problems: tuple[str, ...] = ()


class _SessionRowError(ValueError):
    """What is wrong with one row, as a sentence."""


def parse_session_rows(spreadsheet_rows: Sequence[Sequence[str]], time_zone_name: str) -> ParsedSessions:
    """Return the sessions of a table whose first row has the headings. Times are those of `time_zone_name`.

    Raises ActionRefused where no column has the titles, or there are too many rows.
    """
    columns = _find_session_columns(spreadsheet_rows[0]) if spreadsheet_rows else {}
    if "title" not in columns:
        raise ActionRefused(_("No column has the heading “Title”. Add a first row with headings, then try again."))
    if len(spreadsheet_rows) > MAX_IMPORTED_SESSIONS + 1:
        raise ActionRefused(
            _("This list has more than 1,000 sessions. Remove the sessions that you do not need, then try again.")
        )
    found, problems = [], []
    for number, row in enumerate(spreadsheet_rows[1:], 2):
        cells = {kind: " ".join(row[at].split()) for kind, at in columns.items() if at < len(row)}
        try:
            found.append(_parse_session_row(number, cells, time_zone_name))
        except _SessionRowError as error:
            problems.append(_("Row %(row)s: %(problem)s") % {"row": number, "problem": error})
    return ParsedSessions(tuple(found), tuple(problems))


def _find_session_columns(column_headings: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, heading in enumerate(column_headings):
        name = fold_text(heading)
        for kind, names in HEADINGS_BY_SESSION_COLUMN.items():
            if name in names:
                found.setdefault(kind, at)
    return found


def _parse_session_row(session_number: int, cells_by_column: Mapping[str, str], time_zone_name: str) -> ForumSession:
    for kind, text in cells_by_column.items():
        if len(text) > (MAX_DESCRIPTION_LENGTH if kind == "about" else MAX_SESSION_CELL_LENGTH):
            raise _SessionRowError(_("“%(start)s…” is too long. Shorten it.") % {"start": text[:40]})
    if not cells_by_column.get("title"):
        raise _SessionRowError(_("The title is missing. Add it, or remove the row."))
    day = _parse_session_day(cells_by_column.get("day", ""))
    starts_at, ends_at = _parse_session_times(day, cells_by_column, time_zone_name)
    words = {kind: cells_by_column.get(kind, "") for kind in ("organisers", "theme", "about", "place")}
    return ForumSession(
        session_number,
        cells_by_column["title"],
        **words,
        link=_parse_session_link(cells_by_column),
        day=day,
        starts_at=starts_at,
        ends_at=ends_at,
    )


def _parse_session_link(cells_by_column: Mapping[str, str]) -> str:
    link = cells_by_column.get("link", "")
    if link and not link.startswith(("https://", "http://")):
        raise _SessionRowError(_("“%(link)s” is not a web address. Begin it with https://.") % {"link": link})
    return link


def _parse_session_day(text: str) -> date | None:
    if not text:
        return None
    for each in (text, text.partition(" ")[0]):  # a spreadsheet may add 00:00:00
        for known in SESSION_DAY_FORMATS:
            try:
                return datetime.strptime(each, known).replace(tzinfo=UTC).date()
            except ValueError:
                continue
    raise _SessionRowError(
        _("We could not read the date “%(text)s”. Use the format year-month-day, for example 2027-11-30.")
        % {"text": text}
    )


def _parse_session_times(
    deadline_day: date | None, cells_by_column: Mapping[str, str], time_zone_name: str
) -> tuple[datetime | None, datetime | None]:
    begin, end = cells_by_column.get("start", ""), cells_by_column.get("end", "")
    if not begin:
        return None, None
    hours = [
        hour for hour in (*_parse_session_hours(begin), *(_parse_session_hours(end) if end else ())) if hour is not None
    ]
    if deadline_day is None:
        raise _SessionRowError(_("There is a time but no date. Add the date."))
    moments = [datetime.combine(deadline_day, hour, ZoneInfo(time_zone_name)).astimezone(UTC) for hour in hours[:2]]
    starts_at, ends_at = (*moments, None)[:2]
    if ends_at is not None and starts_at is not None and ends_at <= starts_at:
        raise _SessionRowError(_("The session ends before it starts. Correct the times."))
    return starts_at, ends_at


def _parse_session_hours(text: str) -> tuple[time | None, time | None]:
    found = SESSION_HOURS_PATTERN.fullmatch(text) or SESSION_HOURS_PATTERN.fullmatch(text.rpartition(" ")[2])
    numbers = [int(number) for number in found.groups() if number] if found else []
    try:
        hours = [time(hour, minute) for hour, minute in batched(numbers, 2)]
    except ValueError:
        hours = []
    if not hours:
        raise _SessionRowError(
            _("We could not read the time “%(text)s”. Use the 24-hour format, for example 09:30.") % {"text": text}
        )
    return hours[0], hours[1] if len(hours) > 1 else None


@dataclass(frozen=True)
class SessionThemeMatch:
    """Why a session is on our theme: a keyword, and in which part of the session it stands."""

    keyword: str
    where: str


@dataclass(frozen=True)
class OwnForumSession:
    """A session of the coalition's own, of which the time is known."""

    title: str
    url: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class SessionWithRelevance:
    """A session with what it means for the coalition."""

    session: ForumSession
    reasons: tuple[SessionThemeMatch, ...] = ()
    clashes: tuple[OwnForumSession, ...] = field(default=())
    is_own: bool = False


def determine_session_relevance(
    forum_sessions: Iterable[ForumSession], keywords: Sequence[str], own_sessions: Sequence[OwnForumSession]
) -> Iterator[SessionWithRelevance]:
    """Say of each session why it is on our theme, and with which sessions of our own it overlaps."""
    titles = {fold_text(each.title) for each in own_sessions}
    for session in forum_sessions:
        is_own = fold_text(session.title) in titles
        clashes = () if is_own else tuple(each for each in own_sessions if _overlaps_own_session(session, each))
        yield SessionWithRelevance(session, tuple(_find_theme_matches(session, keywords)), clashes, is_own)


def _overlaps_own_session(session: ForumSession, own_session: OwnForumSession) -> bool:
    span = session.time_span
    return span is not None and span[0] < own_session.ends_at and own_session.starts_at < span[1]


def _find_theme_matches(session: ForumSession, keywords: Sequence[str]) -> Iterator[SessionThemeMatch]:
    """Compare whole words, without case and accents. A keyword counts once, where it stands first."""
    parts = ((_("title"), session.title), (_("theme"), session.theme), (_("description"), session.about))
    folded = [(where, f" {fold_text(text)} ") for where, text in parts if text]
    for keyword in keywords:
        words = fold_text(keyword)
        where = next((where for where, text in folded if words and f" {words} " in text), None)
        if where is not None:
            yield SessionThemeMatch(keyword, where)
