"""A report out of the record, paragraph by paragraph, with what the rapporteur made of it.

A paragraph covers entries. One that was edited keeps what the rapporteur wrote (`core/edited_paragraphs.py`), and the
entries that it covered are not told again; entries that came later stand in paragraphs of their own.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from django.utils import translation
from django.utils.translation import gettext as _

from jukwaa.core.edited_paragraphs import EditedParagraph, Edits, apply_paragraph_edit, get_covered_rows
from jukwaa.meetings.models import Entry, EntryKind, Meeting
from jukwaa.meetings.report import report_sentences
from jukwaa.meetings.report.report_data import ReportData

DISCUSSED_KINDS = (
    EntryKind.TOPIC,
    EntryKind.REPORT,
    EntryKind.ANNOUNCEMENT,
    EntryKind.OFFER,
    EntryKind.REQUEST,
    EntryKind.PROPOSAL,
    EntryKind.OBSERVATION,
    EntryKind.INTEREST,
)
MAX_SENTENCES = 4  # in a paragraph, at most
MIN_SENTENCES_PER_VOICE = 2  # after so many sentences, another speaker begins a new paragraph


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

    def paragraph(self, key: str) -> EditedParagraph[Entry] | None:
        return next((paragraph for paragraph in self.paragraphs if paragraph.key == key), None)


type Tell = Callable[[Entry], str]


def compose_meeting_report(meeting: Meeting, edits: Edits | None = None) -> ComposedReport:
    """The report as it reads now, in the language of the meeting. Sections without a paragraph are left out."""
    material, edits = ReportData(meeting), edits or {}
    with translation.override(meeting.language):
        sections = [
            ReportSection("messages", _("Key messages"), [_build_edited_paragraph("messages", edits)]),
            ReportSection("actions", _("Calls to action"), [_build_edited_paragraph("actions", edits)]),
            ReportSection("session", _("The session"), list(_build_session_paragraphs(material, edits))),
            ReportSection("attendance", _("Attendance"), list(_build_attendance_paragraphs(material, edits))),
            _build_report_section("discussed", _("What was presented and discussed"), material, DISCUSSED_KINDS, edits),
            _build_report_section(
                "recommended", _("What was recommended"), material, (EntryKind.RECOMMENDATION,), edits
            ),
            _build_report_section("decided", _("What was agreed"), material, (EntryKind.DECISION,), edits),
            ReportSection("positions", _("Differing positions"), list(_build_position_paragraphs(material, edits))),
            _build_report_section(
                "promised",
                _("Action items"),
                material,
                (EntryKind.COMMITMENT,),
                edits,
                report_sentences.describe_commitment_entry,
            ),
            _build_report_section("next", _("The next meeting"), material, (EntryKind.NEXT_MEETING,), edits),
            ReportSection(
                "errata",
                _("Errata"),
                list(_build_fixed_paragraph("errata", list(map(report_sentences.erratum, material.errata)), edits)),
            ),
        ]
    return ComposedReport(meeting, material, [section for section in sections if section.paragraphs])


def _build_session_paragraphs(material: ReportData, edits: Edits) -> Iterator[EditedParagraph[Entry]]:
    sentences = [report_sentences.describe_meeting_session(material.meeting)]
    if material.meeting.summary:
        sentences.append(report_sentences.end_with_full_stop(material.meeting.summary))
    if titles := [part.title for part in material.parts if part.chatham]:
        sentences.append(report_sentences.describe_parts_under_rule(titles))
    yield from _build_fixed_paragraph("session", sentences, edits)


def _build_edited_paragraph(key: str, edits: Edits) -> EditedParagraph[Entry]:
    """Build a paragraph that only the rapporteur writes, one line for each message."""
    return apply_paragraph_edit(key, "", (), edits.get(key))


def _build_position_paragraphs(material: ReportData, edits: Edits) -> Iterator[EditedParagraph[Entry]]:
    """Build the paragraphs on dissents, in the words of those who disagreed; none under the Chatham House Rule."""
    entries = tuple(dict.fromkeys(dissent.entry for dissent in material.dissents))
    if edit := edits.get("positions"):
        entries = tuple(entry for entry in entries if entry.pk in get_covered_rows(edit))
    sentences = [
        report_sentences.describe_dissent(dissent) for dissent in material.dissents if dissent.entry in entries
    ]
    if sentences or edit:
        yield apply_paragraph_edit("positions", " ".join(sentences), entries, edit)


def _build_attendance_paragraphs(material: ReportData, edits: Edits) -> Iterator[EditedParagraph[Entry]]:
    """Build the paragraph on attendance; under the Chatham House Rule with a key of its own and no names."""
    counts = material.attendance_counts
    if counts and counts.number:
        yield from _build_fixed_paragraph(
            "attendance-counted", [report_sentences.describe_attendance_count(counts.total)], edits
        )
    elif counts is None:
        yield from _build_fixed_paragraph(
            "attendance", report_sentences.describe_attendance_rows(material.attendances), edits
        )


def _build_fixed_paragraph(key: str, sentences: list[str], edits: Edits) -> Iterator[EditedParagraph[Entry]]:
    """Build a paragraph of facts about the meeting, without entries."""
    if generated := " ".join(sentences):
        yield apply_paragraph_edit(key, generated, (), edits.get(key))


def _build_report_section(
    key: str,
    title: str,
    material: ReportData,
    kinds: Iterable[EntryKind],
    edits: Edits,
    tell: Tell = report_sentences.describe_statement_entry,
) -> ReportSection:
    entries = material.list_entries_of_kinds(*kinds)
    by_id = {entry.pk: entry for entry in entries}
    kept = {name: edit for name, edit in edits.items() if name.startswith(f"{key}-")}
    covered = set(chain.from_iterable(get_covered_rows(edit) for edit in kept.values()))
    fresh = [entry for entry in entries if entry.pk not in covered]
    paragraphs = [
        apply_paragraph_edit(f"{key}-{group[0].pk}", " ".join(map(tell, group)), tuple(group), None)
        for group in _group_entries_by_speaker(fresh)
    ]
    for name, edit in kept.items():
        there = tuple(by_id[pk] for pk in get_covered_rows(edit) if pk in by_id)
        paragraphs.append(apply_paragraph_edit(name, " ".join(map(tell, there)), there, edit))
    return ReportSection(key, title, sorted(paragraphs, key=_get_place_in_minutes))


def _get_place_in_minutes(paragraph: EditedParagraph[Entry]) -> tuple[int, int]:
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


def _begins_new_paragraph(group: list[Entry], entry: Entry) -> bool:
    last = group[-1]
    another = {s.name for s in entry.speakers.all()} != {s.name for s in last.speakers.all()}
    return (
        len(group) >= MAX_SENTENCES
        or entry.part_id != last.part_id
        or (another and len(group) >= MIN_SENTENCES_PER_VOICE)
    )
