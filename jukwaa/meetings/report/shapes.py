"""The report as a document: in our own shape, and in those that the forum asks for (`data/shapes.toml`)."""

import tomllib
from collections.abc import Container, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Capacity
from jukwaa.core.documents.outgoing import Block, Bullets, Document, Heading, Inline, Paragraph, Run, Table
from jukwaa.core.documents.outgoing.bars import bar_of
from jukwaa.meetings.models import Commitment, Entry, EntryKind, Meeting
from jukwaa.meetings.report import prose
from jukwaa.meetings.report.compose import Composed, Section
from jukwaa.meetings.report.material import Figures
from jukwaa.places.languages import direction
from jukwaa.places.regions import StakeholderGroup

WRITTEN = ("messages", "actions")  # sections that the rapporteur writes, one message on each line
FACTS = frozenset({"title", "date", "time", "organizer", "chair", "rapporteur", "speakers"})


class ShapeError(ValueError):
    """The data file is broken; the message says where."""


@dataclass(frozen=True)
class Part:
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
class Shape:
    name: str
    title: str
    source: str
    year: int
    parts: tuple[Part, ...]
    due_days: int | None = None  # after the day of the session


def load_shapes(text: str) -> dict[str, Shape]:
    """Raises ShapeError for a section that takes nothing, or kinds and facts that don't exist."""
    return {name: _shape(name, row) for name, row in tomllib.loads(text).items()}


def _shape(name: str, row: dict[str, Any]) -> Shape:
    parts = tuple(_part(name, part) for part in row.get("sections", []))
    return Shape(name, row["title"], row["source"], int(row["year"]), parts, row.get("due_days"))


def _part(shape: str, row: dict[str, Any]) -> Part:
    part = Part(
        title=row["title"],
        fact=row.get("fact", ""),
        entries=tuple(row.get("entries", ())),
        from_own=row.get("from") == "own",
        as_list=bool(row.get("list")),
        joined=bool(row.get("join")),
        limit=row.get("limit"),
        paragraph=row.get("paragraph", ""),
    )
    if [bool(part.fact), bool(part.entries), part.from_own].count(True) != 1:
        raise ShapeError(f"{shape}: “{part.title}” takes one of fact, entries and from.")
    if unknown := set(part.entries) - set(EntryKind.values) | ({part.fact} - FACTS - {""}):
        raise ShapeError(f"{shape}: “{part.title}” names {', '.join(sorted(unknown))}, which does not exist.")
    return part


SHAPES = load_shapes(files("jukwaa.meetings.report").joinpath("data/shapes.toml").read_text(encoding="utf-8"))


def document_of(composed: Composed, shape: Shape, *, is_draft: bool = False) -> Document:
    """The report in a shape, in the language of the meeting. A draft that leaves says so in its first line."""
    meeting = composed.meeting
    with translation.override(meeting.language):
        blocks = list(_shaped(composed, shape) if shape.parts else _own(composed))
        meta: list[tuple[str, Inline]] = [
            (_("When"), prose.when(meeting)),
            (_("Where"), prose.where(meeting)),
            (_("Forum"), meeting.forum),
        ]
        if meeting.public_source:
            meta.append((_("Public page"), [Run(meeting.public_source, link=meeting.public_source)]))
        return Document(
            title=_("Report of the session: %(title)s") % {"title": meeting.title},
            blocks=blocks,
            language=meeting.language,
            direction=direction(meeting.language),
            label=meeting.label,
            meta=[(term, value) for term, value in meta if value],
            masthead=_draft_of(meeting.coalition.name) if is_draft else meeting.coalition.name,
            masthead_note=meeting.coalition.forum,
        )


def _draft_of(coalition: str) -> str:
    return _("Draft report, not published: %(coalition)s") % {"coalition": coalition}


def file_name(meeting: Meeting, shape: Shape, ending: str, *, is_draft: bool = False) -> str:
    """“Bali 2013, session report.docx”, in the language of the meeting; the forum's shapes say which they are."""
    facts = {"meeting": meeting.title, "shape": shape.name, "ending": ending}
    with translation.override(meeting.language):
        if shape.parts and is_draft:
            return _("%(meeting)s, draft of the session report, %(shape)s.%(ending)s") % facts
        if shape.parts:
            return _("%(meeting)s, session report, %(shape)s.%(ending)s") % facts
        if is_draft:
            return _("%(meeting)s, draft of the session report.%(ending)s") % facts
        return _("%(meeting)s, session report.%(ending)s") % facts


def _own(composed: Composed, *, but: Container[str] = ()) -> Iterator[Block]:
    for section in composed.sections:
        if section.told and section.key not in but:
            yield Heading(1, section.title)
            yield from _lines(section) if section.key in WRITTEN else _paragraphs(section)
        if section.key == "attendance":
            yield from map(_chart, composed.material.attendance_figures)


def _lines(section: Section) -> Iterator[Block]:
    yield Bullets([line for paragraph in section.told for line in _split_lines(paragraph.text)])


def _paragraphs(section: Section) -> Iterator[Block]:
    return (Paragraph(paragraph.text) for paragraph in section.told)


def _split_lines(text: str) -> list[str]:
    return [line.strip(" -•*\t") for line in text.splitlines() if line.strip(" -•*\t")]


def _chart(figures: Figures) -> Table:
    largest = max(number for _name, number in figures.rows)
    rows = [(name, str(number), bar_of(number, largest)) for name, number in figures.rows]
    return Table([figures.title, _("Attendees"), _("Bar chart")], rows, row_headers=True)


def _shaped(composed: Composed, shape: Shape) -> Iterator[Block]:
    for part in shape.parts:
        yield Heading(1, part.title)
        yield from list(_filled(composed, part)) or [Paragraph(_("Nothing to report."))]
    if not any(part.from_own for part in shape.parts):
        yield from _errata(composed)


def _errata(composed: Composed) -> Iterator[Block]:
    """The forum has no section for them."""
    for section in composed.sections:
        if section.key == "errata" and section.told:
            yield Heading(1, section.title)
            yield from _paragraphs(section)


def _filled(composed: Composed, part: Part) -> Iterator[Block]:
    if part.from_own:
        # One level down, since it stands inside of a section.
        for block in _own(composed, but=WRITTEN):
            yield Heading(2, block.text) if isinstance(block, Heading) else block
    elif written := _get_written(composed, part.paragraph):
        yield Bullets(written)
    elif part.fact:
        if fact := _fact(composed, part.fact):
            yield Bullets(fact) if isinstance(fact, list) else Paragraph(fact)
    else:
        sentences = [_sentence(entry) for entry in composed.material.of_kinds(*part.entries)][: part.limit]
        if part.as_list and sentences:
            yield Bullets(sentences)
        elif part.joined and sentences:
            yield Paragraph(" ".join(sentences))
        else:
            yield from map(Paragraph, sentences)


def _get_written(composed: Composed, key: str) -> list[str]:
    """The lines of a paragraph of our own report, if it has been written."""
    paragraph = composed.paragraph(key) if key else None
    return _split_lines(paragraph.text) if paragraph is not None and not paragraph.is_left_out else []


def _sentence(entry: Entry) -> str:
    return prose.promised(entry) if entry.kind == EntryKind.COMMITMENT else prose.said(entry)


def _fact(composed: Composed, name: str) -> str | list[str]:
    meeting, rows = composed.meeting, composed.material.attendances
    if name == "speakers":
        return list(_speakers(composed))
    facts = {
        "title": meeting.title,
        "date": prose.when(meeting),
        "time": _hours(composed),
        "organizer": meeting.coalition.name,
        "chair": prose.listed(str(row.capacity) for row in rows if row.is_chair) if rows else "",
        "rapporteur": _("The rapporteur of the coalition"),
    }
    return facts[name]


def _speakers(composed: Composed) -> Iterator[str]:
    """Whose entries stand in the minutes, and who promised something: each organisation once, with its whole name."""
    voices: dict[object, Capacity] = {}
    for entry in composed.material.entries:
        commitment: Commitment | None = getattr(entry, "commitment", None)
        promised = [commitment.owner] if commitment is not None and commitment.owner is not None else []
        for voice in (*entry.speakers.all(), *promised):
            voices.setdefault(voice.organisation_id or voice.name, voice)
    for voice in voices.values():
        facts = {"who": prose.with_organisation(voice), "group": voice.get_stakeholder_group_display()}
        is_known = voice.stakeholder_group != StakeholderGroup.UNKNOWN
        yield _("%(who)s, %(group)s") % facts if is_known else facts["who"]


def _hours(composed: Composed) -> str:
    meeting = composed.meeting
    if meeting.starts_at is None:
        return _("The time is not known.")
    with timezone.override("UTC"):
        begins, ends = timezone.localtime(meeting.starts_at), meeting.ends_at and timezone.localtime(meeting.ends_at)
    if ends is None:
        return _("%(begins)s UTC") % {"begins": date_format(begins, "H:i")}
    return _("%(begins)s to %(ends)s UTC") % {"begins": date_format(begins, "H:i"), "ends": date_format(ends, "H:i")}
