"""Lists as files: the rows of a page that shows them, all of them, under headings in the reader's language.

The second row holds the names of the columns, which are the same in every language: programs read by them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.http import Request
from jukwaa.exchange.export_rows import (
    TRUNCATED,
    iter_agreed_entries,
    iter_commitments,
    iter_decisions,
    iter_documents,
    iter_library_items,
    iter_meetings,
    iter_search_results,
)
from jukwaa.library.exported_records import (
    build_record_url,
    get_country_names,
    get_licence_label,
    get_sharing_organisations,
)
from jukwaa.meetings.decisions import find_decisions
from jukwaa.meetings.models import Decision
from jukwaa.places.countries import COUNTRIES, get_country_name
from jukwaa.places.languages import get_language_name
from jukwaa.records.models import Record

MAX_ROWS = 5_000  # rows: what a page can make while somebody waits
SEPARATOR = "; "

type Row = list[str]
type GetValue = Callable[[Any, Request], str]


@dataclass(frozen=True)
class Column:
    """`name` is the same in every language."""

    name: str
    heading: str | Promise
    value: GetValue


@dataclass(frozen=True)
class ExportList:
    name: str
    title: str | Promise
    rows: Callable[[Request], Iterable[Any]]
    columns: tuple[Column, ...]


def build_rows(export_list: ExportList, request: Request) -> Iterator[Row]:
    """Headings, names, and what the reader may see of it; the last row says so where it was cut."""
    yield [str(column.heading) for column in export_list.columns]
    yield [f"#{column.name}" for column in export_list.columns]
    for number, row in enumerate(export_list.rows(request)):
        if row is TRUNCATED or number == MAX_ROWS:
            said = _(
                "This file only contains the first %(most)s rows. To download the others, filter the list on its page."
            )
            yield [said % {"most": number}, *[""] * (len(export_list.columns) - 1)]
            return
        yield [column.value(row, request) for column in export_list.columns]


def _get_kind(row: Record, _request: Request) -> str:
    return str(row.kind_info.label)


def _get_language(row: Record, _request: Request) -> str:
    return get_language_name(row.language, get_language() or "en")


def _get_publication_date(row: Record, _request: Request) -> str:
    return row.published_at.date().isoformat() if row.published_at else ""


def _get_address(row: Record, _request: Request) -> str:
    return build_record_url(row)


def _get_countries(row: Record, _request: Request) -> str:
    return SEPARATOR.join(get_country_names(row))


def _get_areas(row: Record, _request: Request) -> str:
    return SEPARATOR.join(area.name for area in row.areas.all())


def _get_organisations(row: Record, _request: Request) -> str:
    return SEPARATOR.join(get_sharing_organisations(row))


def _get_licence(row: Record, _request: Request) -> str:
    return get_licence_label(row)


def _build_attribute_getter(name: str) -> GetValue:
    """What stands in a column of the row's own."""
    return lambda row, _request: str(getattr(row, name) or "")


def _get_country(row: Any, _request: Request) -> str:
    return get_country_name(row.country, get_language() or "en") if row.country in COUNTRIES else ""


def _get_meeting_title(row: Any, _request: Request) -> str:
    return str(row.meeting.title)


def _get_meeting_date(row: Any, _request: Request) -> str:
    return row.meeting.starts_on.isoformat() if row.meeting.starts_on else ""


def _get_commitment_owner(row: Any, request: Request) -> str:
    owner = row.commitment.owner if hasattr(row, "commitment") else None
    return get_display_name(owner, request.standing) if owner else ""


def _get_due_date(row: Any, _request: Request) -> str:
    commitment = getattr(row, "commitment", None)
    return (commitment.due_on.isoformat() if commitment.due_on else commitment.due_text) if commitment else ""


def _get_decision_method(row: Any, _request: Request) -> str:
    return str(row.decision.get_method_display()) if hasattr(row, "decision") else ""


def _get_decision_status(row: Any, _request: Request) -> str:
    return str(row.decision.get_status_display() if hasattr(row, "decision") else Decision.Status.IN_FORCE.label)


def _get_last_day_in_force(row: Any, _request: Request) -> str:
    return row.decision.ended_on.isoformat() if hasattr(row, "decision") and row.decision.ended_on else ""


def _get_successor_address(row: Any, request: Request) -> str:
    """The address of the decision that replaced it, if the reader may open it."""
    number = row.decision.superseded_by_id if hasattr(row, "decision") else None
    successor = find_decisions(request.user, request.coalition, {}).filter(pk=number).first() if number else None
    return build_record_url(successor) if successor else ""


def _get_commitment_progress(row: Any, _request: Request) -> str:
    return str(row.commitment.get_progress_display()) if hasattr(row, "commitment") else ""


def _get_closing_note(row: Any, _request: Request) -> str:
    return str(row.commitment.closing_note)


def _get_evidence_url(row: Any, _request: Request) -> str:
    return str(row.commitment.evidence_url)


def _format_errata(row: Any, _request: Request) -> str:
    """Added to approved minutes, with their days."""
    return SEPARATOR.join(f"{erratum.day.isoformat()}: {erratum.text}" for erratum in row.errata.all())


def _get_issue_date(row: Record, _request: Request) -> str:
    """As far as it is known: 2017-05-02, 2017-05 or 2017. Of what was not issued elsewhere, nothing."""
    return (row.issue_iso_date or row.issue_date) if row.is_issued else ""


ISSUE_COLUMNS = (
    Column("issued_by", gettext_lazy("Issued by"), _build_attribute_getter("issuer")),
    Column("issued_on", gettext_lazy("Date of issue"), _get_issue_date),
)
KIND_COLUMN = Column("kind", gettext_lazy("Type"), _get_kind)
TITLE_COLUMN = Column("title", gettext_lazy("Title"), _build_attribute_getter("title"))
SUMMARY_COLUMN = Column("summary", gettext_lazy("Summary"), _build_attribute_getter("summary"))
COUNTRIES_COLUMN = Column("countries", gettext_lazy("Countries"), _get_countries)
LANGUAGE_COLUMN = Column("language", gettext_lazy("Language"), _get_language)
CLOSING_COLUMNS = (
    Column("published", gettext_lazy("Published"), _get_publication_date),
    Column("label", gettext_lazy("Who can read this"), _build_attribute_getter("label")),
    Column("address", gettext_lazy("Address"), _get_address),
)
SHARED_BY_COLUMN = Column("shared_by", gettext_lazy("Shared by"), _get_organisations)
ERRATA_COLUMN = Column("errata", gettext_lazy("Errata"), _format_errata)
AREAS_COLUMN = Column("areas", gettext_lazy("Areas of work"), _get_areas)
LICENCE_COLUMN = Column("licence", gettext_lazy("Licence"), _get_licence)

_ALL_LISTS = (
    ExportList(
        "library",
        gettext_lazy("Library"),
        iter_library_items,
        (
            KIND_COLUMN,
            TITLE_COLUMN,
            SUMMARY_COLUMN,
            *ISSUE_COLUMNS,
            SHARED_BY_COLUMN,
            COUNTRIES_COLUMN,
            AREAS_COLUMN,
            LANGUAGE_COLUMN,
            LICENCE_COLUMN,
            *CLOSING_COLUMNS,
        ),
    ),
    ExportList(
        "search",
        gettext_lazy("Results"),
        iter_search_results,
        (
            *(KIND_COLUMN, TITLE_COLUMN, SUMMARY_COLUMN, *ISSUE_COLUMNS),
            *(COUNTRIES_COLUMN, LANGUAGE_COLUMN, *CLOSING_COLUMNS),
        ),
    ),
    ExportList(
        "meetings",
        gettext_lazy("Meetings"),
        iter_meetings,
        (
            TITLE_COLUMN,
            Column("day", gettext_lazy("Date"), _build_attribute_getter("starts_on")),
            Column("place", gettext_lazy("Place"), _build_attribute_getter("place")),
            Column("country", gettext_lazy("Country"), _get_country),
            Column("forum", gettext_lazy("Forum"), _build_attribute_getter("forum")),
            SUMMARY_COLUMN,
            LANGUAGE_COLUMN,
            ERRATA_COLUMN,
            *CLOSING_COLUMNS,
        ),
    ),
    ExportList(
        "agreed",
        gettext_lazy("Decisions and commitments"),
        iter_agreed_entries,
        (
            KIND_COLUMN,
            Column("text", gettext_lazy("Text of the entry"), _build_attribute_getter("text")),
            Column("meeting", gettext_lazy("Meeting"), _get_meeting_title),
            Column("day", gettext_lazy("Date"), _get_meeting_date),
            Column("promised_by", gettext_lazy("Owner"), _get_commitment_owner),
            Column("due", gettext_lazy("Due"), _get_due_date),
            Column("progress", gettext_lazy("Status"), _get_commitment_progress),
            ERRATA_COLUMN,
            *CLOSING_COLUMNS,
        ),
    ),
    ExportList(
        "decisions",
        gettext_lazy("Register of decisions"),
        iter_decisions,
        (
            Column("text", gettext_lazy("Decision"), _build_attribute_getter("text")),
            Column("meeting", gettext_lazy("Meeting"), _get_meeting_title),
            Column("day", gettext_lazy("Date"), _get_meeting_date),
            Column("method", gettext_lazy("How the decision was reached"), _get_decision_method),
            Column("status", gettext_lazy("Status"), _get_decision_status),
            Column("ended_on", gettext_lazy("Last day in force"), _get_last_day_in_force),
            Column("superseded_by", gettext_lazy("Superseded by"), _get_successor_address),
            ERRATA_COLUMN,
            *CLOSING_COLUMNS,
        ),
    ),
    ExportList(
        "commitments",
        gettext_lazy("Commitments"),
        iter_commitments,
        (
            Column("text", gettext_lazy("Commitment"), _build_attribute_getter("text")),
            Column("meeting", gettext_lazy("Meeting"), _get_meeting_title),
            Column("day", gettext_lazy("Date"), _get_meeting_date),
            Column("owner", gettext_lazy("Owner"), _get_commitment_owner),
            Column("due", gettext_lazy("Due"), _get_due_date),
            Column("status", gettext_lazy("Status"), _get_commitment_progress),
            Column("note", gettext_lazy("Note"), _get_closing_note),
            Column("evidence", gettext_lazy("Evidence"), _get_evidence_url),
            ERRATA_COLUMN,
            *CLOSING_COLUMNS,
        ),
    ),
    ExportList(
        "documents",
        gettext_lazy("Documents"),
        iter_documents,
        (
            TITLE_COLUMN,
            SUMMARY_COLUMN,
            Column("file", gettext_lazy("File"), _build_attribute_getter("file_name")),
            LANGUAGE_COLUMN,
            *CLOSING_COLUMNS,
        ),
    ),
)
LISTS: Mapping[str, ExportList] = {each.name: each for each in _ALL_LISTS}
