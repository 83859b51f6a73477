"""Sentences of a report as a page shows them, with what each suggests."""

import re
from dataclasses import dataclass

from django.db.models import QuerySet, Value
from django.db.models.functions import Substr

from jukwaa.coalitions.models import Organisation
from jukwaa.intake.attendance_roles import AttendanceRoles, format_attendance_roles
from jukwaa.intake.matching import set_suggested_people
from jukwaa.intake.models import Actor, DeskKind, Reading, ReadingPart, Sentence, Suggestion
from jukwaa.records.models import Document

HEADING_MARK_PATTERN = re.compile(r"[>\s]*#{1,6}[\s*_]*")
MARKUP_PATTERN = re.compile(r"(?:\*\*|__|#)+")  # of Markdown: bold, and what may close a heading
BULLET_MARKS = ("-", "*", "+", "•")


@dataclass(frozen=True, slots=True)
class NamedActor:
    """A person or organisation that a suggestion names: as written, and whom the directory has for it."""

    written: str
    actor: Actor | None
    came_as: str = ""  # of an attendance only

    @property
    def organisation(self) -> Organisation | None:
        return self.actor.known_organisation if self.actor else None


@dataclass(slots=True)
class SuggestionRow:
    """A suggestion with what its row shows."""

    suggestion: Suggestion
    names: list[NamedActor]
    owner: NamedActor | None
    whole: bool  # its text is the sentence as it stands
    is_first: bool = False  # the first that waits in the sentence at hand

    @property
    def speakers(self) -> list[NamedActor]:
        """Whom it names beside the one who is responsible, who is shown as that."""
        return [name for name in self.names if self.owner is None or name.written != self.owner.written]

    @property
    def attended_as(self) -> str:
        return format_attendance_roles([(name.written, name.came_as) for name in self.names])

    @property
    def is_unowned(self) -> bool:
        return self.suggestion.kind == DeskKind.COMMITMENT and self.owner is None


@dataclass(slots=True)
class SentenceRow:
    """A sentence, and what is beside it."""

    sentence: Sentence
    quote: str
    lines: list[SuggestionRow]
    part: ReadingPart | None = None
    opens_part: bool = False
    is_here: bool = False
    above: str = ""  # what the document has between the sentences: lines before this one,
    mark: str = ""  # what stands before it on its own line,
    rest: str = ""  # what follows on its line,
    below: str = ""  # and, after the last one, the lines to the end

    @property
    def number(self) -> int:
        return self.sentence.number

    @property
    def is_heading(self) -> bool:
        return HEADING_MARK_PATTERN.fullmatch(self.mark) is not None

    @property
    def heading_mark(self) -> str:
        """The mark as a reader knows it: a point for an item of a list, nothing for a heading, no signs of markup."""
        if self.is_heading:
            return ""
        plain = MARKUP_PATTERN.sub("", self.mark).strip("| \t")
        return "•" if plain in BULLET_MARKS else plain

    @property
    def text_after_mark(self) -> str:
        return "" if MARKUP_PATTERN.fullmatch(self.rest) else self.rest

    @property
    def waiting_suggestions(self) -> list[SuggestionRow]:
        return [line for line in self.lines if line.suggestion.is_waiting]

    @property
    def step(self) -> str:
        """How it looks in the row of steps: at hand, open, kept, or nothing kept."""
        if self.is_here:
            return "at"
        if self.waiting_suggestions:
            return ""
        return "yes" if any(line.suggestion.is_kept for line in self.lines) else "no"


def build_sentence_rows(
    reading: Reading, sentences: list[Sentence], first_number: int, *, is_last: bool
) -> list[SentenceRow]:
    before = sentences.pop(0) if sentences and sentences[0].number < first_number else None
    if not sentences:
        return []
    first = before.end if before is not None else 0 if sentences[0].number == 1 else sentences[0].start
    text = _load_page_text(reading, first, None if is_last else sentences[-1].end)
    suggestions = _load_page_suggestions(reading, sentences[0].number, sentences[-1].number)
    for suggestion in suggestions:
        suggestion.reading = reading
    actors = _load_page_actors(reading, suggestions)
    roles = _find_page_roles(reading, suggestions, actors)
    by_sentence: dict[int, list[Suggestion]] = {}
    for suggestion in suggestions:
        by_sentence.setdefault(suggestion.sentence_id, []).append(suggestion)
    rows = []
    for sentence in sentences:
        quote = text[sentence.start - first : sentence.end - first]
        plain = " ".join(quote.split())
        lines = [
            _build_suggestion_row(suggestion, actors, roles, plain) for suggestion in by_sentence.get(sentence.pk, [])
        ]
        for record in (sentence.in_record, *(line.suggestion.record for line in lines)):
            if record is not None:
                record.coalition = reading.coalition
        rows.append(SentenceRow(sentence, quote, lines))
    _fill_text_between_rows(rows, text, first, is_last=is_last)
    return rows


def load_sentence_rows(reading: Reading, first_sentence: int, last_sentence: int) -> list[SentenceRow]:
    """These sentences of a report with what is suggested from each."""
    sentences = list(query_sentences(reading, first_sentence, last_sentence))
    return build_sentence_rows(reading, sentences, first_sentence, is_last=False)


def query_sentences(reading: Reading, first_sentence: int, last_sentence: int) -> QuerySet[Sentence]:
    """With the one before, to know where the text between begins."""
    found = Sentence.objects.filter(reading=reading, number__gte=Value(first_sentence) - 1, number__lte=last_sentence)
    return found.select_related("in_record")


def _load_page_suggestions(reading: Reading, first_sentence: int, last_sentence: int) -> list[Suggestion]:
    found = Suggestion.objects.filter(
        reading=reading, sentence__number__range=(first_sentence, last_sentence)
    ).in_scope_or_kept(reading)
    fetched = found.select_related("record", "decided_by", "merged_into__sentence")
    return list(fetched.order_by("sentence__number", "start", "pk"))


def _fill_text_between_rows(sentence_rows: list[SentenceRow], text: str, first_sentence: int, *, is_last: bool) -> None:
    """The desk shows the whole document: marks, rules, page numbers and markup too, though nobody judges them."""
    end, before = first_sentence, None
    for row in sentence_rows:
        if before is None or before.number + 1 == row.number:
            between = text[end - first_sentence : row.sentence.start - first_sentence]
            lines = between.splitlines() or [""]
            on_line = "" if between.endswith(("\n", "\r")) else lines.pop()
            row.mark = on_line.strip()
            if before is not None and lines:
                before.rest = lines.pop(0).strip()
            row.above = _join_nonblank_lines(lines)
        end, before = row.sentence.end, row
    if before is not None and is_last:
        rest, _break, below = text[end - first_sentence :].partition("\n")
        before.rest, before.below = rest.strip(), _join_nonblank_lines(below.splitlines())


def _join_nonblank_lines(text_lines: list[str]) -> str:
    return "\n".join(line.strip() for line in text_lines if line.strip())


def _load_page_text(reading: Reading, first_sentence: int, last_number: int | None) -> str:
    """Only the stretch of the document that this page shows."""
    length = None if last_number is None else last_number - first_sentence
    stretch = Document.objects.filter(readings=reading).annotate(shown=Substr("text", first_sentence + 1, length))
    return stretch.values_list("shown", flat=True).get()


def _load_page_actors(reading: Reading, suggestions: list[Suggestion]) -> dict[str, Actor]:
    names = {name for suggestion in suggestions for name in (*suggestion.actors, suggestion.owner) if name}
    found = reading.actors.filter(written__in=names).select_related("organisation__merged_into", "likely__merged_into")
    set_suggested_people(reading.coalition, found)
    return {actor.written: actor for actor in found}


def _find_page_roles(reading: Reading, suggestions: list[Suggestion], actors: dict[str, Actor]) -> AttendanceRoles:
    asked = {name for suggestion in suggestions if suggestion.needs_role for name in suggestion.actors}
    return AttendanceRoles([actors[name] for name in asked if name in actors], reading.meeting_day)


def _build_suggestion_row(
    suggestion: Suggestion, actors_by_name: dict[str, Actor], attendance_roles: AttendanceRoles, sentence: str
) -> SuggestionRow:
    found = [(name, actors_by_name.get(name)) for name in suggestion.actors]
    names = [
        NamedActor(
            name, actor, (suggestion.came_as or attendance_roles.get_role(actor)) if suggestion.is_attendance else ""
        )
        for name, actor in found
    ]
    owner = NamedActor(suggestion.owner, actors_by_name.get(suggestion.owner)) if suggestion.owner else None
    return SuggestionRow(suggestion, names, owner, whole=suggestion.text == sentence)
