"""The report as a document: in our own shape, and in those that the forum asks for (`data/shapes.toml`)."""

import tomllib
from collections.abc import Container, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.written_names import WrittenNames
from jukwaa.core.documents.outgoing import (
    Block,
    BulletList,
    Document,
    DocumentTable,
    Heading,
    Inline,
    InlineRun,
    Paragraph,
)
from jukwaa.core.documents.outgoing.bars import draw_text_bar
from jukwaa.meetings.models import Commitment, Entry, EntryKind, Meeting
from jukwaa.meetings.report import report_sentences
from jukwaa.meetings.report.composition import ComposedReport, ReportSection
from jukwaa.meetings.report.report_data import AttendanceFigures
from jukwaa.meetings.time_formatting import format_meeting_date
from jukwaa.places.languages import get_text_direction
from jukwaa.places.regions import StakeholderGroup

WRITTEN_SECTION_KEYS = ("messages", "actions")  # sections that the rapporteur writes, one message on each line
REPORT_FACT_NAMES = frozenset({"title", "date", "time", "organizer", "chair", "rapporteur", "speakers"})


class ReportFormatError(ValueError):
    """The data file is broken; the message says where."""


@dataclass(frozen=True)
class ReportFormatPart:
    """A section of a shape: exactly one of `fact`, `entries` and `from_own` is set."""

    title: str
    fact: str = ""
    entries: tuple[str, ...] = ()
    from_own: bool = False
    as_list: bool = False
    joined: bool = False
    limit: int | None = None
    paragraph: str = ""  # of our own report, in place of the entries once it has been written


@dataclass(frozen=True)
class ReportFormat:
    name: str
    title: str
    source: str
    year: int
    parts: tuple[ReportFormatPart, ...]
    due_days: int | None = None  # after the day of the session


def load_report_formats(text: str) -> dict[str, ReportFormat]:
    """Parse the formats. Raises ReportFormatError for invalid sections, kinds or facts."""
    return {name: _build_report_format(name, row) for name, row in tomllib.loads(text).items()}


def _build_report_format(format_name: str, format_values: dict[str, Any]) -> ReportFormat:
    parts = tuple(_build_report_format_part(format_name, part) for part in format_values.get("sections", []))
    return ReportFormat(
        format_name,
        format_values["title"],
        format_values["source"],
        int(format_values["year"]),
        parts,
        format_values.get("due_days"),
    )


def _build_report_format_part(format_name: str, format_values: dict[str, Any]) -> ReportFormatPart:
    part = ReportFormatPart(
        title=format_values["title"],
        fact=format_values.get("fact", ""),
        entries=tuple(format_values.get("entries", ())),
        from_own=format_values.get("from") == "own",
        as_list=bool(format_values.get("list")),
        joined=bool(format_values.get("join")),
        limit=format_values.get("limit"),
        paragraph=format_values.get("paragraph", ""),
    )
    if [bool(part.fact), bool(part.entries), part.from_own].count(True) != 1:
        raise ReportFormatError(f"{format_name}: “{part.title}” takes one of fact, entries and from.")
    if unknown := set(part.entries) - set(EntryKind.values) | ({part.fact} - REPORT_FACT_NAMES - {""}):
        raise ReportFormatError(
            f"{format_name}: “{part.title}” names {', '.join(sorted(unknown))}, which does not exist."
        )
    return part


REPORT_FORMATS_BY_NAME = load_report_formats(
    files("jukwaa.meetings.report").joinpath("data/shapes.toml").read_text(encoding="utf-8")
)


def build_report_document(
    composed_report: ComposedReport, report_format: ReportFormat, *, is_draft: bool = False
) -> Document:
    """Build the document in a format, in the language of the meeting. A draft says so in its first line."""
    meeting = composed_report.meeting
    with translation.override(meeting.language):
        blocks = list(
            _build_format_blocks(composed_report, report_format)
            if report_format.parts
            else _build_nonempty_section_blocks(composed_report)
        )
        meta: list[tuple[str, Inline]] = [
            (_("When"), format_meeting_date(meeting)),
            (_("Where"), report_sentences.format_meeting_place(meeting)),
            (_("Forum"), meeting.forum),
        ]
        if meeting.public_source:
            meta.append((_("Public page"), [InlineRun(meeting.public_source, link=meeting.public_source)]))
        return Document(
            title=_("Report of the session: %(title)s") % {"title": meeting.title},
            blocks=blocks,
            language=meeting.language,
            direction=get_text_direction(meeting.language),
            label=meeting.label,
            meta=[(term, value) for term, value in meta if value],
            masthead=_get_draft_report_notice(meeting.coalition.name) if is_draft else meeting.coalition.name,
            masthead_note=meeting.coalition.forum,
        )


def _get_draft_report_notice(coalition: str) -> str:
    return _("Draft report, not published: %(coalition)s") % {"coalition": coalition}


def build_report_file_name(
    meeting: Meeting, report_format: ReportFormat, file_extension: str, *, is_draft: bool = False
) -> str:
    """Return the file name in the language of the meeting, such as “Bali 2013, session report.docx”."""
    facts = {"meeting": meeting.title, "shape": report_format.name, "ending": file_extension}
    with translation.override(meeting.language):
        if report_format.parts and is_draft:
            return _("%(meeting)s, draft of the session report, %(shape)s.%(ending)s") % facts
        if report_format.parts:
            return _("%(meeting)s, session report, %(shape)s.%(ending)s") % facts
        if is_draft:
            return _("%(meeting)s, draft of the session report.%(ending)s") % facts
        return _("%(meeting)s, session report.%(ending)s") % facts


def _build_nonempty_section_blocks(
    composed_report: ComposedReport, *, excluded_section_keys: Container[str] = ()
) -> Iterator[Block]:
    for section in composed_report.sections:
        if section.written_paragraphs and section.key not in excluded_section_keys:
            yield Heading(1, section.title)
            yield from (
                _build_section_bullet_blocks(section)
                if section.key in WRITTEN_SECTION_KEYS
                else _build_section_paragraph_blocks(section)
            )
        if section.key == "attendance":
            yield from map(_build_chart_table, composed_report.material.attendance_figures)


def _build_section_bullet_blocks(report_section: ReportSection) -> Iterator[Block]:
    yield BulletList(
        [line for paragraph in report_section.written_paragraphs for line in _split_text_lines(paragraph.text)]
    )


def _build_section_paragraph_blocks(report_section: ReportSection) -> Iterator[Block]:
    return (Paragraph(paragraph.text) for paragraph in report_section.written_paragraphs)


def _split_text_lines(text: str) -> list[str]:
    return [line.strip(" -•*\t") for line in text.splitlines() if line.strip(" -•*\t")]


def _build_chart_table(attendance_figures: AttendanceFigures) -> DocumentTable:
    largest = max(number for _name, number in attendance_figures.rows)
    rows = [(name, str(number), draw_text_bar(number, largest)) for name, number in attendance_figures.rows]
    return DocumentTable([attendance_figures.title, _("Attendees"), _("Bar chart")], rows, row_headers=True)


def _build_format_blocks(composed_report: ComposedReport, report_format: ReportFormat) -> Iterator[Block]:
    for part in report_format.parts:
        yield Heading(1, part.title)
        yield from list(_build_format_part_blocks(composed_report, part)) or [
            Paragraph(_("This section has no content."))
        ]
    if not any(part.from_own for part in report_format.parts):
        yield from _build_errata_blocks(composed_report)


def _build_errata_blocks(composed_report: ComposedReport) -> Iterator[Block]:
    """Build the errata, for which the forum's formats have no section."""
    for section in composed_report.sections:
        if section.key == "errata" and section.written_paragraphs:
            yield Heading(1, section.title)
            yield from _build_section_paragraph_blocks(section)


def _build_format_part_blocks(composed_report: ComposedReport, format_part: ReportFormatPart) -> Iterator[Block]:
    if format_part.from_own:
        # One level down, since it stands inside of a section.
        for block in _build_nonempty_section_blocks(composed_report, excluded_section_keys=WRITTEN_SECTION_KEYS):
            yield Heading(2, block.text) if isinstance(block, Heading) else block
    elif written := _get_paragraph_lines(composed_report, format_part.paragraph):
        yield BulletList(written)
    elif format_part.fact:
        if fact := _get_meeting_fact(composed_report, format_part.fact):
            yield BulletList(fact) if isinstance(fact, list) else Paragraph(fact)
    else:
        described = (
            _describe_report_entry(entry, composed_report.material.written_names)
            for entry in composed_report.material.list_entries_of_kinds(*format_part.entries)
        )
        sentences = list(dict.fromkeys(described))[: format_part.limit]
        if format_part.as_list and sentences:
            yield BulletList(sentences)
        elif format_part.joined and sentences:
            yield Paragraph(" ".join(sentences))
        else:
            yield from map(Paragraph, sentences)


def _get_paragraph_lines(composed_report: ComposedReport, paragraph_key: str) -> list[str]:
    """Return the lines of a paragraph of our own report, if it has been written."""
    paragraph = composed_report.get_paragraph(paragraph_key) if paragraph_key else None
    return _split_text_lines(paragraph.text) if paragraph is not None and not paragraph.is_left_out else []


def _describe_report_entry(entry: Entry, written_names: WrittenNames) -> str:
    return (
        report_sentences.describe_commitment_entry(entry, written_names)
        if entry.kind == EntryKind.COMMITMENT
        else report_sentences.describe_statement_entry(entry, written_names)
    )


def _get_meeting_fact(composed_report: ComposedReport, fact_name: str) -> str | list[str]:
    meeting, rows = composed_report.meeting, composed_report.material.attendances
    written_names = composed_report.material.written_names
    if fact_name == "speakers":
        return list(_iter_speaker_names(composed_report))
    facts = {
        "title": meeting.title,
        "date": format_meeting_date(meeting),
        "time": _format_meeting_hours(composed_report),
        "organizer": meeting.coalition.name,
        "chair": report_sentences.join_names_in_sentence(
            get_display_name(row.capacity, None, written_names) for row in rows if row.is_chair
        )
        if rows
        else "",
        "rapporteur": _("The rapporteur of the coalition"),
    }
    return facts[fact_name]


def _iter_speaker_names(composed_report: ComposedReport) -> Iterator[str]:
    """Yield the organisations that spoke or made a commitment, each once with its full name."""
    voices: dict[object, Capacity] = {}
    for entry in composed_report.material.entries:
        commitment: Commitment | None = getattr(entry, "commitment", None)
        promised = [commitment.owner] if commitment is not None and commitment.owner is not None else []
        for voice in (*entry.speakers.all(), *promised):
            voices.setdefault(voice.organisation_id or voice.name, voice)
    for voice in voices.values():
        facts = {
            "who": report_sentences.format_name_with_organisation(voice, composed_report.material.written_names),
            "group": voice.get_stakeholder_group_display(),
        }
        is_known = voice.stakeholder_group != StakeholderGroup.UNKNOWN
        yield _("%(who)s, %(group)s") % facts if is_known else facts["who"]


def _format_meeting_hours(composed_report: ComposedReport) -> str:
    meeting = composed_report.meeting
    if meeting.starts_at is None:
        return _("The time is not known.")
    with timezone.override("UTC"):
        begins, ends = timezone.localtime(meeting.starts_at), meeting.ends_at and timezone.localtime(meeting.ends_at)
    if ends is None:
        return _("%(begins)s UTC") % {"begins": date_format(begins, "H:i")}
    return _("%(begins)s to %(ends)s UTC") % {"begins": date_format(begins, "H:i"), "ends": date_format(ends, "H:i")}
