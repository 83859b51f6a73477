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
    TRUNCATED_ROWS_MARKER,
    iter_agreed_entries,
    iter_commitment_rows,
    iter_decision_rows,
    iter_document_rows,
    iter_library_items,
    iter_meeting_rows,
    iter_search_results,
)
from jukwaa.library.exported_records import (
    build_record_url,
    get_country_names,
    get_licence_label,
    get_sharing_organisation_names,
)
from jukwaa.meetings.decisions import find_decision_entries
from jukwaa.meetings.models import Decision
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_country_name
from jukwaa.places.languages import get_language_name
from jukwaa.records.models import Record

MAX_LIST_ROWS = 5_000  # rows: what a page can make while somebody waits
VALUE_SEPARATOR = "; "

type Row = list[str]
type GetValue = Callable[[Any, Request], str]


@dataclass(frozen=True)
class ExportColumn:
    """`name` is the same in every language."""

    name: str
    heading: str | Promise
    value: GetValue


@dataclass(frozen=True)
class ExportList:
    name: str
    title: str | Promise
    rows: Callable[[Request], Iterable[Any]]
    columns: tuple[ExportColumn, ...]


def build_export_rows(export_list: ExportList, request: Request) -> Iterator[Row]:
    """Headings, names, and what the reader may see of it; the last row says so where it was cut."""
    yield [str(column.heading) for column in export_list.columns]
    yield [f"#{column.name}" for column in export_list.columns]
    for number, row in enumerate(export_list.rows(request)):
        if row is TRUNCATED_ROWS_MARKER or number == MAX_LIST_ROWS:
            said = _(
                "This file contains only the first %(most)s rows. To download the other rows, filter the list on the "
                "website."
            )
            yield [said % {"most": number}, *[""] * (len(export_list.columns) - 1)]
            return
        yield [column.value(row, request) for column in export_list.columns]


def _get_record_kind(exported_record: Record, _export_request: Request) -> str:
    return str(exported_record.kind_info.label)


def _get_record_language(exported_record: Record, _export_request: Request) -> str:
    return get_language_name(exported_record.language, get_language() or "en")


def _get_publication_date(exported_record: Record, _export_request: Request) -> str:
    return exported_record.published_at.date().isoformat() if exported_record.published_at else ""


def _get_record_address(exported_record: Record, _export_request: Request) -> str:
    return build_record_url(exported_record)


def _get_record_countries(exported_record: Record, _export_request: Request) -> str:
    return VALUE_SEPARATOR.join(get_country_names(exported_record))


def _get_record_areas(exported_record: Record, _export_request: Request) -> str:
    return VALUE_SEPARATOR.join(area.name for area in exported_record.areas.all())


def _get_record_organisations(exported_record: Record, _export_request: Request) -> str:
    return VALUE_SEPARATOR.join(get_sharing_organisation_names(exported_record))


def _get_record_licence(exported_record: Record, _export_request: Request) -> str:
    return get_licence_label(exported_record)


def _build_attribute_getter(attribute_path: str) -> GetValue:
    """What stands in a column of the row's own."""
    return lambda row, _request: str(getattr(row, attribute_path) or "")


def _get_row_country(exported_row: Any, _export_request: Request) -> str:
    return (
        get_country_name(exported_row.country, get_language() or "en")
        if exported_row.country in COUNTRIES_BY_CODE
        else ""
    )


def _get_meeting_title(exported_row: Any, _export_request: Request) -> str:
    return str(exported_row.meeting.title)


def _get_meeting_date(exported_row: Any, _export_request: Request) -> str:
    return exported_row.meeting.starts_on.isoformat() if exported_row.meeting.starts_on else ""


def _get_commitment_owner(exported_row: Any, request: Request) -> str:
    owner = exported_row.commitment.owner if hasattr(exported_row, "commitment") else None
    return get_display_name(owner, request.standing) if owner else ""


def _get_due_date(exported_row: Any, _export_request: Request) -> str:
    commitment = getattr(exported_row, "commitment", None)
    return (commitment.due_on.isoformat() if commitment.due_on else commitment.due_text) if commitment else ""


def _get_decision_method(exported_row: Any, _export_request: Request) -> str:
    return str(exported_row.decision.get_method_display()) if hasattr(exported_row, "decision") else ""


def _get_decision_status(exported_row: Any, _export_request: Request) -> str:
    return str(
        exported_row.decision.get_status_display()
        if hasattr(exported_row, "decision")
        else Decision.Status.IN_FORCE.label
    )


def _get_last_day_in_force(exported_row: Any, _export_request: Request) -> str:
    return (
        exported_row.decision.ended_on.isoformat()
        if hasattr(exported_row, "decision") and exported_row.decision.ended_on
        else ""
    )


def _get_successor_address(exported_row: Any, request: Request) -> str:
    """The address of the decision that replaced it, if the reader may open it."""
    number = exported_row.decision.superseded_by_id if hasattr(exported_row, "decision") else None
    successor = find_decision_entries(request.user, request.coalition, {}).filter(pk=number).first() if number else None
    return build_record_url(successor) if successor else ""


def _get_commitment_progress(exported_row: Any, _export_request: Request) -> str:
    return str(exported_row.commitment.get_progress_display()) if hasattr(exported_row, "commitment") else ""


def _get_closing_note(exported_row: Any, _export_request: Request) -> str:
    return str(exported_row.commitment.closing_note)


def _get_evidence_url(exported_row: Any, _export_request: Request) -> str:
    return str(exported_row.commitment.evidence_url)


def _format_meeting_errata(exported_row: Any, _export_request: Request) -> str:
    """Added to approved minutes, with their days."""
    return VALUE_SEPARATOR.join(f"{erratum.day.isoformat()}: {erratum.text}" for erratum in exported_row.errata.all())


def _get_issue_date(exported_record: Record, _export_request: Request) -> str:
    """As far as it is known: 2017-05-02, 2017-05 or 2017. Of what was not issued elsewhere, nothing."""
    return (exported_record.issue_iso_date or exported_record.issue_date) if exported_record.is_issued else ""


ISSUE_EXPORT_COLUMNS = (
    ExportColumn("issued_by", gettext_lazy("Issued by"), _build_attribute_getter("issuer")),
    ExportColumn("issued_on", gettext_lazy("Date of issue"), _get_issue_date),
)
KIND_COLUMN = ExportColumn("kind", gettext_lazy("Type"), _get_record_kind)
TITLE_COLUMN = ExportColumn("title", gettext_lazy("Title"), _build_attribute_getter("title"))
SUMMARY_COLUMN = ExportColumn("summary", gettext_lazy("Summary"), _build_attribute_getter("summary"))
COUNTRIES_COLUMN = ExportColumn("countries", gettext_lazy("Countries"), _get_record_countries)
LANGUAGE_COLUMN = ExportColumn("language", gettext_lazy("Language"), _get_record_language)
CLOSING_EXPORT_COLUMNS = (
    ExportColumn("published", gettext_lazy("Published"), _get_publication_date),
    ExportColumn("label", gettext_lazy("Who can read this"), _build_attribute_getter("label")),
    ExportColumn("address", gettext_lazy("Address"), _get_record_address),
)
SHARED_BY_COLUMN = ExportColumn("shared_by", gettext_lazy("Shared by"), _get_record_organisations)
ERRATA_COLUMN = ExportColumn("errata", gettext_lazy("Errata"), _format_meeting_errata)
AREAS_COLUMN = ExportColumn("areas", gettext_lazy("Areas of work"), _get_record_areas)
LICENCE_COLUMN = ExportColumn("licence", gettext_lazy("Licence"), _get_record_licence)

_ALL_LISTS = (
    ExportList(
        "library",
        gettext_lazy("Library"),
        iter_library_items,
        (
            KIND_COLUMN,
            TITLE_COLUMN,
            SUMMARY_COLUMN,
            *ISSUE_EXPORT_COLUMNS,
            SHARED_BY_COLUMN,
            COUNTRIES_COLUMN,
            AREAS_COLUMN,
            LANGUAGE_COLUMN,
            LICENCE_COLUMN,
            *CLOSING_EXPORT_COLUMNS,
        ),
    ),
    ExportList(
        "search",
        gettext_lazy("Results"),
        iter_search_results,
        (
            *(KIND_COLUMN, TITLE_COLUMN, SUMMARY_COLUMN, *ISSUE_EXPORT_COLUMNS),
            *(COUNTRIES_COLUMN, LANGUAGE_COLUMN, *CLOSING_EXPORT_COLUMNS),
        ),
    ),
    ExportList(
        "meetings",
        gettext_lazy("Meetings"),
        iter_meeting_rows,
        (
            TITLE_COLUMN,
            ExportColumn("day", gettext_lazy("Date"), _build_attribute_getter("starts_on")),
            ExportColumn("last_day", gettext_lazy("Last day"), _build_attribute_getter("ends_on")),
            ExportColumn("place", gettext_lazy("Place"), _build_attribute_getter("place")),
            ExportColumn("country", gettext_lazy("Country"), _get_row_country),
            ExportColumn("forum", gettext_lazy("Forum"), _build_attribute_getter("forum")),
            SUMMARY_COLUMN,
            LANGUAGE_COLUMN,
            ERRATA_COLUMN,
            *CLOSING_EXPORT_COLUMNS,
        ),
    ),
    ExportList(
        "agreed",
        gettext_lazy("Decisions and commitments"),
        iter_agreed_entries,
        (
            KIND_COLUMN,
            ExportColumn("text", gettext_lazy("Text of the entry"), _build_attribute_getter("text")),
            ExportColumn("meeting", gettext_lazy("Meeting"), _get_meeting_title),
            ExportColumn("day", gettext_lazy("Date"), _get_meeting_date),
            ExportColumn("promised_by", gettext_lazy("Owner"), _get_commitment_owner),
            ExportColumn("due", gettext_lazy("Due"), _get_due_date),
            ExportColumn("progress", gettext_lazy("Status"), _get_commitment_progress),
            ERRATA_COLUMN,
            *CLOSING_EXPORT_COLUMNS,
        ),
    ),
    ExportList(
        "decisions",
        gettext_lazy("Register of decisions"),
        iter_decision_rows,
        (
            ExportColumn("text", gettext_lazy("Decision"), _build_attribute_getter("text")),
            ExportColumn("meeting", gettext_lazy("Meeting"), _get_meeting_title),
            ExportColumn("day", gettext_lazy("Date"), _get_meeting_date),
            ExportColumn("method", gettext_lazy("How the decision was reached"), _get_decision_method),
            ExportColumn("status", gettext_lazy("Status"), _get_decision_status),
            ExportColumn("ended_on", gettext_lazy("Last day in force"), _get_last_day_in_force),
            ExportColumn("superseded_by", gettext_lazy("Superseded by"), _get_successor_address),
            ERRATA_COLUMN,
            *CLOSING_EXPORT_COLUMNS,
        ),
    ),
    ExportList(
        "commitments",
        gettext_lazy("Commitments"),
        iter_commitment_rows,
        (
            ExportColumn("text", gettext_lazy("Commitment"), _build_attribute_getter("text")),
            ExportColumn("meeting", gettext_lazy("Meeting"), _get_meeting_title),
            ExportColumn("day", gettext_lazy("Date"), _get_meeting_date),
            ExportColumn("owner", gettext_lazy("Owner"), _get_commitment_owner),
            ExportColumn("due", gettext_lazy("Due"), _get_due_date),
            ExportColumn("status", gettext_lazy("Status"), _get_commitment_progress),
            ExportColumn("note", gettext_lazy("Note"), _get_closing_note),
            ExportColumn("evidence", gettext_lazy("Evidence"), _get_evidence_url),
            ERRATA_COLUMN,
            *CLOSING_EXPORT_COLUMNS,
        ),
    ),
    ExportList(
        "documents",
        gettext_lazy("Documents"),
        iter_document_rows,
        (
            TITLE_COLUMN,
            SUMMARY_COLUMN,
            ExportColumn("file", gettext_lazy("File"), _build_attribute_getter("file_name")),
            LANGUAGE_COLUMN,
            *CLOSING_EXPORT_COLUMNS,
        ),
    ),
)
EXPORT_LIST_BY_NAME: Mapping[str, ExportList] = {each.name: each for each in _ALL_LISTS}
