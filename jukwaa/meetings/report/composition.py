"""A report out of the record, paragraph by paragraph, with what the rapporteur made of it.

A paragraph covers entries. One that was edited keeps what the rapporteur wrote (`core/edited_paragraphs.py`), and the
entries that it covered are not told again; entries that came later stand in paragraphs of their own.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from django.utils import translation
from django.utils.translation import gettext as _

from jukwaa.coalitions.written_names import WrittenNames
from jukwaa.core.edited_paragraphs import EditedParagraph, Edits, apply_paragraph_edit, get_covered_row_ids
from jukwaa.meetings.models import Entry, EntryKind, Meeting
from jukwaa.meetings.report import report_sentences
from jukwaa.meetings.report.report_data import ReportData

DISCUSSED_ENTRY_KINDS = (
    EntryKind.TOPIC,
    EntryKind.REPORT,
    EntryKind.ANNOUNCEMENT,
    EntryKind.OFFER,
    EntryKind.REQUEST,
    EntryKind.PROPOSAL,
    EntryKind.OBSERVATION,
    EntryKind.INTEREST,
)
MAX_SENTENCES_PER_PARAGRAPH = 4  # in a paragraph, at most
MIN_SENTENCES_PER_SPEAKER = 2  # after so many sentences, another speaker begins a new paragraph


@dataclass(frozen=True)
class ReportSection:
    key: str
    title: str
    paragraphs: list[EditedParagraph[Entry]] = field(default_factory=list)

    @property
    def written_paragraphs(self) -> list[EditedParagraph[Entry]]:
        return [paragraph for paragraph in self.paragraphs if not paragraph.is_left_out and paragraph.text.strip()]


@dataclass(frozen=True)
class ComposedReport:
    meeting: Meeting
    material: ReportData
    sections: list[ReportSection]

    @property
    def paragraphs(self) -> Iterator[EditedParagraph[Entry]]:
        return chain.from_iterable(section.paragraphs for section in self.sections)

    def get_paragraph(self, paragraph_key: str) -> EditedParagraph[Entry] | None:
        return next((paragraph for paragraph in self.paragraphs if paragraph.key == paragraph_key), None)


type DescribeEntry = Callable[[Entry, WrittenNames], str]


def compose_meeting_report(meeting: Meeting, paragraph_edits: Edits | None = None) -> ComposedReport:
    """The report as it reads now, in the language of the meeting. Sections without a paragraph are left out."""
    material, paragraph_edits = ReportData(meeting), paragraph_edits or {}
    with translation.override(meeting.language):
        sections = [
            ReportSection("messages", _("Key messages"), [_build_manual_paragraph("messages", paragraph_edits)]),
            ReportSection("actions", _("Calls to action"), [_build_manual_paragraph("actions", paragraph_edits)]),
            ReportSection("session", _("The session"), list(_build_session_paragraphs(material, paragraph_edits))),
            ReportSection("attendance", _("Attendance"), list(_build_attendance_paragraphs(material, paragraph_edits))),
            _build_report_section(
                "discussed", _("What was presented and discussed"), material, DISCUSSED_ENTRY_KINDS, paragraph_edits
            ),
            _build_report_section(
                "recommended", _("What was recommended"), material, (EntryKind.RECOMMENDATION,), paragraph_edits
            ),
            _build_report_section("decided", _("What was agreed"), material, (EntryKind.DECISION,), paragraph_edits),
            ReportSection(
                "positions", _("Differing positions"), list(_build_dissent_paragraphs(material, paragraph_edits))
            ),
            _build_report_section(
                "promised",
                _("Action items"),
                material,
                (EntryKind.COMMITMENT,),
                paragraph_edits,
                report_sentences.describe_commitment_entry,
            ),
            _build_report_section("next", _("The next meeting"), material, (EntryKind.NEXT_MEETING,), paragraph_edits),
            ReportSection(
                "errata",
                _("Errata"),
                list(
                    _build_fact_paragraphs(
                        "errata", list(map(report_sentences.describe_erratum, material.errata)), paragraph_edits
                    )
                ),
            ),
        ]
    return ComposedReport(meeting, material, [section for section in sections if section.paragraphs])


def _build_session_paragraphs(report_data: ReportData, paragraph_edits: Edits) -> Iterator[EditedParagraph[Entry]]:
    sentences = [report_sentences.describe_meeting_session(report_data.meeting)]
    if report_data.meeting.summary:
        sentences.append(report_sentences.end_with_full_stop(report_data.meeting.summary))
    if titles := [part.title for part in report_data.parts if part.chatham]:
        sentences.append(report_sentences.describe_items_under_chatham_house_rule(titles))
    yield from _build_fact_paragraphs("session", sentences, paragraph_edits)


def _build_manual_paragraph(paragraph_key: str, paragraph_edits: Edits) -> EditedParagraph[Entry]:
    """Build a paragraph that only the rapporteur writes, one line for each message."""
    return apply_paragraph_edit(paragraph_key, "", (), paragraph_edits.get(paragraph_key))


def _build_dissent_paragraphs(report_data: ReportData, paragraph_edits: Edits) -> Iterator[EditedParagraph[Entry]]:
    """Build the paragraphs on dissents, in the words of those who disagreed; none under the Chatham House Rule."""
    entries = tuple(dict.fromkeys(dissent.entry for dissent in report_data.dissents))
    if edit := paragraph_edits.get("positions"):
        entries = tuple(entry for entry in entries if entry.pk in get_covered_row_ids(edit))
    sentences = [
        report_sentences.describe_dissent(dissent, report_data.written_names)
        for dissent in report_data.dissents
        if dissent.entry in entries
    ]
    if sentences or edit:
        yield apply_paragraph_edit("positions", " ".join(sentences), entries, edit)


def _build_attendance_paragraphs(report_data: ReportData, paragraph_edits: Edits) -> Iterator[EditedParagraph[Entry]]:
    """Build the paragraph on attendance; under the Chatham House Rule with a key of its own and no names."""
    counts = report_data.attendance_counts
    if counts and counts.number:
        yield from _build_fact_paragraphs(
            "attendance-counted", [report_sentences.describe_attendance_count(counts.total_text)], paragraph_edits
        )
    elif counts is None:
        sentences = report_sentences.describe_attendance_rows(report_data.attendances, report_data.written_names)
        yield from _build_fact_paragraphs("attendance", sentences, paragraph_edits)


def _build_fact_paragraphs(
    paragraph_key: str, sentences: list[str], paragraph_edits: Edits
) -> Iterator[EditedParagraph[Entry]]:
    """Build a paragraph of facts about the meeting, without entries."""
    if generated := " ".join(sentences):
        yield apply_paragraph_edit(paragraph_key, generated, (), paragraph_edits.get(paragraph_key))


def _build_report_section(
    paragraph_key: str,
    title: str,
    report_data: ReportData,
    entry_kinds: Iterable[EntryKind],
    paragraph_edits: Edits,
    describe_entry: DescribeEntry = report_sentences.describe_statement_entry,
) -> ReportSection:
    entries = report_data.list_entries_of_kinds(*entry_kinds)

    def describe_entries(described: Iterable[Entry]) -> str:
        sentences = (describe_entry(entry, report_data.written_names) for entry in described)
        return " ".join(dict.fromkeys(sentences))  # commitments of several owners may be the same in words

    by_id = {entry.pk: entry for entry in entries}
    kept = {name: edit for name, edit in paragraph_edits.items() if name.startswith(f"{paragraph_key}-")}
    covered = set(chain.from_iterable(get_covered_row_ids(edit) for edit in kept.values()))
    fresh = [entry for entry in entries if entry.pk not in covered]
    paragraphs = [
        apply_paragraph_edit(f"{paragraph_key}-{group[0].pk}", describe_entries(group), tuple(group), None)
        for group in _group_entries_by_speaker(fresh)
    ]
    for name, edit in kept.items():
        there = tuple(by_id[pk] for pk in get_covered_row_ids(edit) if pk in by_id)
        paragraphs.append(apply_paragraph_edit(name, describe_entries(there), there, edit))
    return ReportSection(paragraph_key, title, sorted(paragraphs, key=_get_paragraph_sort_key))


def _get_paragraph_sort_key(paragraph: EditedParagraph[Entry]) -> tuple[int, int]:
    first = paragraph.entries[0] if paragraph.entries else None
    return (first.position, first.pk) if first else (0, 0)


def _group_entries_by_speaker(entries: list[Entry]) -> Iterator[list[Entry]]:
    """Group entries into paragraphs of a few sentences, by speaker and agenda item."""
    group: list[Entry] = []
    for entry in entries:
        if group and _begins_new_paragraph(group, entry):
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _begins_new_paragraph(paragraph_entries: list[Entry], entry: Entry) -> bool:
    last = paragraph_entries[-1]
    another = {s.name for s in entry.speakers.all()} != {s.name for s in last.speakers.all()}
    return (
        len(paragraph_entries) >= MAX_SENTENCES_PER_PARAGRAPH
        or entry.part_id != last.part_id
        or (another and len(paragraph_entries) >= MIN_SENTENCES_PER_SPEAKER)
    )
