"""Lists as files: the rows of a page that shows them, all of them, under headings in the reader's language.

The second row holds the names of the columns, which are the same in every language: programs read by them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jukwaa.coalitions.http import Request
from jukwaa.coalitions.names import shown
from jukwaa.exchange.rows import MORE, agreed, commitments, decisions, documents, found, items, meetings
from jukwaa.library.told import address_of, countries_of, licence_of, organisations_of
from jukwaa.meetings.decisions import find_decisions
from jukwaa.meetings.models import Decision
from jukwaa.places.countries import COUNTRIES, country_name
from jukwaa.places.languages import language_name
from jukwaa.records.models import Record

MOST = 5_000  # rows: what a page can make while somebody waits
JOINT = "; "

type Row = list[str]
type Value = Callable[[Any, Request], str]


@dataclass(frozen=True)
class Column:
    """`name` is the same in every language."""

    name: str
    heading: str | Promise
    value: Value


@dataclass(frozen=True)
class List:
    name: str
    title: str | Promise
    rows: Callable[[Request], Iterable[Any]]
    columns: tuple[Column, ...]


def rows_of(which: List, request: Request) -> Iterator[Row]:
    """Headings, names, and what the reader may see of it; the last row says so where it was cut."""
    yield [str(column.heading) for column in which.columns]
    yield [f"#{column.name}" for column in which.columns]
    for number, row in enumerate(which.rows(request)):
        if row is MORE or number == MOST:
            said = _(
                "This file only contains the first %(most)s rows. To download the others, filter the list on its page."
            )
            yield [said % {"most": number}, *[""] * (len(which.columns) - 1)]
            return
        yield [column.value(row, request) for column in which.columns]


def _kind(row: Record, _request: Request) -> str:
    return str(row.kind_info.label)


def _language(row: Record, _request: Request) -> str:
    return language_name(row.language, get_language() or "en")


def _published(row: Record, _request: Request) -> str:
    return row.published_at.date().isoformat() if row.published_at else ""


def _address(row: Record, _request: Request) -> str:
    return address_of(row)


def _countries(row: Record, _request: Request) -> str:
    return JOINT.join(countries_of(row))


def _areas(row: Record, _request: Request) -> str:
    return JOINT.join(area.name for area in row.areas.all())


def _organisations(row: Record, _request: Request) -> str:
    return JOINT.join(organisations_of(row))


def _licence(row: Record, _request: Request) -> str:
    return licence_of(row)


def _of(name: str) -> Value:
    """What stands in a column of the row's own."""
    return lambda row, _request: str(getattr(row, name) or "")


def _country(row: Any, _request: Request) -> str:
    return country_name(row.country, get_language() or "en") if row.country in COUNTRIES else ""


def _meeting(row: Any, _request: Request) -> str:
    return str(row.meeting.title)


def _day_of_meeting(row: Any, _request: Request) -> str:
    return row.meeting.starts_on.isoformat() if row.meeting.starts_on else ""


def _promised_by(row: Any, request: Request) -> str:
    owner = row.commitment.owner if hasattr(row, "commitment") else None
    return shown(owner, request.standing) if owner else ""


def _due(row: Any, _request: Request) -> str:
    commitment = getattr(row, "commitment", None)
    return (commitment.due_on.isoformat() if commitment.due_on else commitment.due_text) if commitment else ""


def _method(row: Any, _request: Request) -> str:
    return str(row.decision.get_method_display()) if hasattr(row, "decision") else ""


def _status(row: Any, _request: Request) -> str:
    return str(row.decision.get_status_display() if hasattr(row, "decision") else Decision.Status.IN_FORCE.label)


def _last_day(row: Any, _request: Request) -> str:
    return row.decision.ended_on.isoformat() if hasattr(row, "decision") and row.decision.ended_on else ""


def _successor(row: Any, request: Request) -> str:
    """The address of the decision that replaced it, if the reader may open it."""
    number = row.decision.superseded_by_id if hasattr(row, "decision") else None
    successor = find_decisions(request.user, request.coalition, {}).filter(pk=number).first() if number else None
    return address_of(successor) if successor else ""


def _progress(row: Any, _request: Request) -> str:
    return str(row.commitment.get_progress_display()) if hasattr(row, "commitment") else ""


def _note(row: Any, _request: Request) -> str:
    return str(row.commitment.closing_note)


def _evidence(row: Any, _request: Request) -> str:
    return str(row.commitment.evidence_url)


def _errata(row: Any, _request: Request) -> str:
    """Added to approved minutes, with their days."""
    return JOINT.join(f"{erratum.day.isoformat()}: {erratum.text}" for erratum in row.errata.all())


KIND = Column("kind", gettext_lazy("Type"), _kind)
TITLE = Column("title", gettext_lazy("Title"), _of("title"))
SUMMARY = Column("summary", gettext_lazy("Summary"), _of("summary"))
COUNTRIES_ = Column("countries", gettext_lazy("Countries"), _countries)
LANGUAGE = Column("language", gettext_lazy("Language"), _language)
ENDING = (
    Column("published", gettext_lazy("Published"), _published),
    Column("label", gettext_lazy("Who can read this"), _of("label")),
    Column("address", gettext_lazy("Address"), _address),
)
SHARED_BY = Column("shared_by", gettext_lazy("Shared by"), _organisations)
ERRATA = Column("errata", gettext_lazy("Errata"), _errata)
AREAS = Column("areas", gettext_lazy("Areas of work"), _areas)
LICENCE = Column("licence", gettext_lazy("Licence"), _licence)

_ALL = (
    List(
        "library",
        gettext_lazy("Library"),
        items,
        (KIND, TITLE, SUMMARY, SHARED_BY, COUNTRIES_, AREAS, LANGUAGE, LICENCE, *ENDING),
    ),
    List("search", gettext_lazy("Results"), found, (KIND, TITLE, SUMMARY, COUNTRIES_, LANGUAGE, *ENDING)),
    List(
        "meetings",
        gettext_lazy("Meetings"),
        meetings,
        (
            TITLE,
            Column("day", gettext_lazy("Date"), _of("starts_on")),
            Column("place", gettext_lazy("Place"), _of("place")),
            Column("country", gettext_lazy("Country"), _country),
            Column("forum", gettext_lazy("Forum"), _of("forum")),
            SUMMARY,
            LANGUAGE,
            ERRATA,
            *ENDING,
        ),
    ),
    List(
        "agreed",
        gettext_lazy("Decisions and commitments"),
        agreed,
        (
            KIND,
            Column("text", gettext_lazy("Text of the entry"), _of("text")),
            Column("meeting", gettext_lazy("Meeting"), _meeting),
            Column("day", gettext_lazy("Date"), _day_of_meeting),
            Column("promised_by", gettext_lazy("Owner"), _promised_by),
            Column("due", gettext_lazy("Due"), _due),
            Column("progress", gettext_lazy("Status"), _progress),
            ERRATA,
            *ENDING,
        ),
    ),
    List(
        "decisions",
        gettext_lazy("Register of decisions"),
        decisions,
        (
            Column("text", gettext_lazy("Decision"), _of("text")),
            Column("meeting", gettext_lazy("Meeting"), _meeting),
            Column("day", gettext_lazy("Date"), _day_of_meeting),
            Column("method", gettext_lazy("How the decision was reached"), _method),
            Column("status", gettext_lazy("Status"), _status),
            Column("ended_on", gettext_lazy("Last day in force"), _last_day),
            Column("superseded_by", gettext_lazy("Superseded by"), _successor),
            ERRATA,
            *ENDING,
        ),
    ),
    List(
        "commitments",
        gettext_lazy("Commitments"),
        commitments,
        (
            Column("text", gettext_lazy("Commitment"), _of("text")),
            Column("meeting", gettext_lazy("Meeting"), _meeting),
            Column("day", gettext_lazy("Date"), _day_of_meeting),
            Column("owner", gettext_lazy("Owner"), _promised_by),
            Column("due", gettext_lazy("Due"), _due),
            Column("status", gettext_lazy("Status"), _progress),
            Column("note", gettext_lazy("Note"), _note),
            Column("evidence", gettext_lazy("Evidence"), _evidence),
            ERRATA,
            *ENDING,
        ),
    ),
    List(
        "documents",
        gettext_lazy("Documents"),
        documents,
        (TITLE, SUMMARY, Column("file", gettext_lazy("File"), _of("file_name")), LANGUAGE, *ENDING),
    ),
)
LISTS: Mapping[str, List] = {each.name: each for each in _ALL}
