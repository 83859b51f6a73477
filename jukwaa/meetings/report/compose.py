"""A report out of the record, paragraph by paragraph, with what the rapporteur made of it.

A paragraph covers entries. One that was edited keeps what the rapporteur wrote (`core/edited_paragraphs.py`), and the
entries that it covered are not told again; entries that came later stand in paragraphs of their own.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from django.utils import translation
from django.utils.translation import gettext as _

from jukwaa.core.edited_paragraphs import Edits, Paragraph, apply_edit, covered_by
from jukwaa.meetings.models import Entry, EntryKind, Meeting
from jukwaa.meetings.report import prose
from jukwaa.meetings.report.material import Material

DISCUSSED = (
    EntryKind.TOPIC,
    EntryKind.REPORT,
    EntryKind.ANNOUNCEMENT,
    EntryKind.OFFER,
    EntryKind.REQUEST,
    EntryKind.PROPOSAL,
    EntryKind.OBSERVATION,
    EntryKind.INTEREST,
)
SENTENCES = 4  # in a paragraph, at most
NEW_VOICE = 2  # after so many sentences, another speaker begins a new paragraph


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    paragraphs: list[Paragraph[Entry]] = field(default_factory=list)

    @property
    def told(self) -> list[Paragraph[Entry]]:
        return [paragraph for paragraph in self.paragraphs if not paragraph.is_left_out and paragraph.text.strip()]


@dataclass(frozen=True)
class Composed:
    meeting: Meeting
    material: Material
    sections: list[Section]

    @property
    def paragraphs(self) -> Iterator[Paragraph[Entry]]:
        return chain.from_iterable(section.paragraphs for section in self.sections)

    def paragraph(self, key: str) -> Paragraph[Entry] | None:
        return next((paragraph for paragraph in self.paragraphs if paragraph.key == key), None)


type Tell = Callable[[Entry], str]


def compose(meeting: Meeting, edits: Edits | None = None) -> Composed:
    """The report as it reads now, in the language of the meeting. Sections without a paragraph are left out."""
    material, edits = Material(meeting), edits or {}
    with translation.override(meeting.language):
        sections = [
            Section("messages", _("Key messages"), [_written("messages", edits)]),
            Section("actions", _("Calls to action"), [_written("actions", edits)]),
            Section("session", _("The session"), list(_session(material, edits))),
            Section("attendance", _("Attendance"), list(_attendance(material, edits))),
            _told("discussed", _("What was presented and discussed"), material, DISCUSSED, edits),
            _told("recommended", _("What was recommended"), material, (EntryKind.RECOMMENDATION,), edits),
            _told("decided", _("What was agreed"), material, (EntryKind.DECISION,), edits),
            Section("positions", _("Differing positions"), list(_positions(material, edits))),
            _told("promised", _("Action items"), material, (EntryKind.COMMITMENT,), edits, prose.promised),
            _told("next", _("The next meeting"), material, (EntryKind.NEXT_MEETING,), edits),
            Section("errata", _("Errata"), list(_fixed("errata", list(map(prose.erratum, material.errata)), edits))),
        ]
    return Composed(meeting, material, [section for section in sections if section.paragraphs])


def _session(material: Material, edits: Edits) -> Iterator[Paragraph[Entry]]:
    sentences = [prose.opening(material.meeting)]
    if material.meeting.summary:
        sentences.append(prose.closed(material.meeting.summary))
    if titles := [part.title for part in material.parts if part.chatham]:
        sentences.append(prose.under_the_rule(titles))
    yield from _fixed("session", sentences, edits)


def _written(key: str, edits: Edits) -> Paragraph[Entry]:
    """A paragraph that the rapporteur writes, one line for each message: there is nothing to write it from."""
    return apply_edit(key, "", (), edits.get(key))


def _positions(material: Material, edits: Edits) -> Iterator[Paragraph[Entry]]:
    """Who stood aside from a decision or objected to it, in their words; nobody under the Chatham House Rule."""
    entries = tuple(dict.fromkeys(dissent.entry for dissent in material.dissents))
    if edit := edits.get("positions"):
        entries = tuple(entry for entry in entries if entry.pk in covered_by(edit))
    sentences = [prose.position(dissent) for dissent in material.dissents if dissent.entry in entries]
    if sentences or edit:
        yield apply_edit("positions", " ".join(sentences), entries, edit)


def _attendance(material: Material, edits: Edits) -> Iterator[Paragraph[Entry]]:
    """Under the Chatham House Rule a paragraph of its own: an edit from before may name people."""
    counts = material.attendance_counts
    if counts and counts.number:
        yield from _fixed("attendance-counted", [prose.attendance_under_the_rule(counts.total)], edits)
    elif counts is None:
        yield from _fixed("attendance", prose.attendance(material.attendances), edits)


def _fixed(key: str, sentences: list[str], edits: Edits) -> Iterator[Paragraph[Entry]]:
    """A paragraph that tells facts of the meeting rather than entries."""
    if generated := " ".join(sentences):
        yield apply_edit(key, generated, (), edits.get(key))


def _told(
    key: str,
    title: str,
    material: Material,
    kinds: Iterable[EntryKind],
    edits: Edits,
    tell: Tell = prose.said,
) -> Section:
    entries = material.of_kinds(*kinds)
    by_id = {entry.pk: entry for entry in entries}
    kept = {name: edit for name, edit in edits.items() if name.startswith(f"{key}-")}
    covered = set(chain.from_iterable(covered_by(edit) for edit in kept.values()))
    fresh = [entry for entry in entries if entry.pk not in covered]
    paragraphs = [
        apply_edit(f"{key}-{group[0].pk}", " ".join(map(tell, group)), tuple(group), None) for group in _groups(fresh)
    ]
    for name, edit in kept.items():
        there = tuple(by_id[pk] for pk in covered_by(edit) if pk in by_id)
        paragraphs.append(apply_edit(name, " ".join(map(tell, there)), there, edit))
    return Section(key, title, sorted(paragraphs, key=_place))


def _place(paragraph: Paragraph[Entry]) -> tuple[int, int]:
    first = paragraph.entries[0] if paragraph.entries else None
    return (first.position, first.pk) if first else (0, 0)


def _groups(entries: list[Entry]) -> Iterator[list[Entry]]:
    """Entries in paragraphs: a few sentences each; another voice, or another part, begins a new one."""
    group: list[Entry] = []
    for entry in entries:
        if group and _breaks(group, entry):
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _breaks(group: list[Entry], entry: Entry) -> bool:
    last = group[-1]
    another = {s.name for s in entry.speakers.all()} != {s.name for s in last.speakers.all()}
    return len(group) >= SENTENCES or entry.part_id != last.part_id or (another and len(group) >= NEW_VOICE)
