"""The reading desk as a page shows it: a hundred sentences, what each suggests, and where one stands."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Substr
from django.urls import reverse

from jukwaa.coalitions.models import Organisation
from jukwaa.intake.attendance_roles import AttendanceRoles, format_attendance_roles
from jukwaa.intake.attendance_table import build_attendance_count
from jukwaa.intake.matching import set_suggested_people
from jukwaa.intake.models import Actor, Decision, DeskKind, Reading, ReadingPart, Sentence, Suggestion
from jukwaa.intake.models.suggestions import ACCEPTING_DECISIONS, BINDING_SUGGESTION_KINDS
from jukwaa.records.models import Document

SENTENCES_PER_PAGE = 100
HEADING_MARK_PATTERN = re.compile(r"[>\s]*#{1,6}[\s*_]*")
MARKUP_PATTERN = re.compile(r"(?:\*\*|__|#)+")  # of Markdown: bold, and what may close a heading
BULLET_MARKS = ("-", "*", "+", "•")
MAIN_SUGGESTION_KINDS = (
    DeskKind.DECISION,
    DeskKind.COMMITMENT,
    DeskKind.ANNOUNCEMENT,
    DeskKind.OFFER,
    DeskKind.REQUEST,
    DeskKind.PROPOSAL,
)
OTHER_SUGGESTION_KINDS = tuple(kind for kind in DeskKind if kind not in MAIN_SUGGESTION_KINDS)


@dataclass(frozen=True, slots=True)
class NamedActor:
    """Somebody whom a suggestion names: as written, and whom the directory has for it."""

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
        plain = MARKUP_PATTERN.sub("", self.mark).strip()
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


@dataclass
class DeskPage:
    """One page of the desk."""

    reading: Reading
    rows: list[SentenceRow]
    at: int
    tally: Counter[str]
    length: int
    page: int
    pages: int
    was: int | None = None
    previous_at: int | None = None  # a sentence of the page before, and of the one after
    following_at: int | None = None
    back: int | None = None
    next: int | None = None
    parts: list[ReadingPart] = field(default_factory=list)

    @property
    def current_row(self) -> SentenceRow | None:
        return next((row for row in self.rows if row.is_here), None)

    @property
    def decided_count(self) -> int:
        return sum(self.tally[name] for name in ("accepted", "edited", "refused", "merged"))

    def get_rows_by_number(self, *numbers: int | None) -> list[SentenceRow]:
        return [row for row in self.rows if row.number in numbers]

    @property
    def has_nothing_to_decide(self) -> bool:
        """Nothing was suggested, and nobody added anything."""
        return not self.tally["waiting"] and not self.decided_count

    @property
    def remaining_counts(self) -> list[tuple[str, str, int]]:
        """Kinds that still wait on this page, even one: accepted together after looking, none is left by oversight."""
        waiting = [line for row in self.rows for line in row.waiting_suggestions]
        counted = Counter(line.suggestion.kind for line in waiting if line.names or not line.suggestion.is_attendance)
        return [(kind, str(DeskKind(kind).label), n) for kind, n in counted.items()]


def build_desk_page(
    reading: Reading, *, sentence_number: int | None = None, previous_number: int | None = None
) -> DeskPage:
    """The page that holds the sentence `sentence_number`; without one, the first that still waits for a decision."""
    tally = _count_decided_suggestions(reading, sentence_number)
    length: int = getattr(reading, "length", 0)
    sentence_number = sentence_number or tally["first"] or 1
    numbers = _get_sentence_numbers_in_scope(reading)
    sentence_number, page, pages, span = _find_page_bounds(sentence_number, length, numbers)
    if numbers is None:
        sentences = list(_query_page_sentences(reading, *span))
    else:
        shown = numbers[page * SENTENCES_PER_PAGE : (page + 1) * SENTENCES_PER_PAGE]
        sentences = list(_query_page_sentences(reading, *span).filter(number__in=shown))
    rows = _build_sentence_rows(reading, sentences, span[0], is_last=numbers is None and page + 1 == pages)
    parts = list(reading.parts.all())
    _set_row_parts(rows, parts, sentence_number)
    desk = DeskPage(reading, rows, sentence_number, tally, length, page + 1, pages, was=previous_number, parts=parts)
    _set_neighbour_sentences(desk)
    firsts = numbers[::SENTENCES_PER_PAGE] if numbers is not None else list(range(1, length + 1, SENTENCES_PER_PAGE))
    desk.previous_at = firsts[page - 1] if page else None
    desk.following_at = firsts[page + 1] if page + 1 < len(firsts) else None
    return desk


def build_sentence_count_annotation() -> Coalesce:
    """How many sentences a reading has, for the query that fetches it."""
    longest = Sentence.objects.filter(reading=OuterRef("pk")).order_by().values("reading").annotate(n=Max("number"))
    return Coalesce(Subquery(longest.values("n")), 0)


def build_desk_url(reading: Reading, sentence_number: int | None = None, previous_number: int | None = None) -> str:
    """The desk, opened at a sentence."""
    url = reverse("intake:reading_detail", args=[reading.coalition.slug, reading.pk])
    if sentence_number is None:
        return url
    return f"{url}?at={sentence_number}{f'&was={previous_number}' if previous_number else ''}#s{sentence_number}"


def find_next_undecided_sentence(reading: Reading, sentence_number: int) -> int | None:
    """The sentence that waits next: in this one, then further down, then from the top."""
    waiting = reading.suggestions.waiting().in_scope(reading)
    found = waiting.aggregate(
        further=Min("sentence__number", filter=Q(sentence__number__gte=sentence_number)), first=Min("sentence__number")
    )
    number: int | None = found["further"] or found["first"]
    return number


def _count_decided_suggestions(reading: Reading, sentence_number: int | None) -> Counter[str]:
    counted = _query_suggestion_counts(reading, sentence_number or 0)
    return Counter({name.removesuffix("_"): count or 0 for row in counted for name, count in row.items()})


def _query_suggestion_counts(reading: Reading, suggestion_index: int) -> QuerySet[Any, Any]:
    """A row of numbers; none where nothing was suggested."""
    waiting = Q(decision=Decision.WAITING)
    number = "sentence__number"
    grouped = Suggestion.objects.filter(reading=reading).in_scope(reading).order_by().values("reading")
    return grouped.annotate(
        waiting=Count("pk", filter=waiting),
        accepted=Count("pk", filter=Q(decision=Decision.ACCEPTED)),
        edited=Count("pk", filter=Q(decision=Decision.EDITED)),
        refused=Count("pk", filter=Q(decision=Decision.REFUSED)),
        merged_=Count("pk", filter=Q(decision=Decision.MERGED)),  # suggestions have a `merged` of their own
        attendance=build_attendance_count(),
        to_enter=Count("pk", filter=Q(decision__in=ACCEPTING_DECISIONS, entered_at__isnull=True)),
        first=Min(number, filter=waiting),
        further=Min(number, filter=waiting & Q(**{f"{number}__gt": suggestion_index})),
        before=Max(number, filter=Q(**{f"{number}__lt": suggestion_index})),
    )


def _get_sentence_numbers_in_scope(reading: Reading) -> list[int] | None:
    """In the narrow view only sentences that hold something of it; None means all of them."""
    if reading.scope == Reading.Scope.ALL:
        return None
    kinds = reading.suggestions.filter(kind__in=BINDING_SUGGESTION_KINDS).order_by("sentence__number")
    return list(kinds.values_list("sentence__number", flat=True).distinct())


def _find_page_bounds(
    suggestion_index: int, page_length: int, numbers_in_scope: list[int] | None
) -> tuple[int, int, int, tuple[int, int]]:
    """The sentence at hand, its page counted from 0, how many there are, and from where to where it reaches."""
    if numbers_in_scope is None:
        suggestion_index = max(1, min(suggestion_index, page_length))
        page, pages = (suggestion_index - 1) // SENTENCES_PER_PAGE, max(1, -(-page_length // SENTENCES_PER_PAGE))
        return suggestion_index, page, pages, (page * SENTENCES_PER_PAGE + 1, (page + 1) * SENTENCES_PER_PAGE)
    if not numbers_in_scope:
        return suggestion_index, 0, 1, (0, 0)
    suggestion_index = next((number for number in numbers_in_scope if number >= suggestion_index), numbers_in_scope[-1])
    page = numbers_in_scope.index(suggestion_index) // SENTENCES_PER_PAGE
    shown = numbers_in_scope[page * SENTENCES_PER_PAGE : (page + 1) * SENTENCES_PER_PAGE]
    return suggestion_index, page, -(-len(numbers_in_scope) // SENTENCES_PER_PAGE), (shown[0], shown[-1])


def _build_sentence_rows(
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


def _query_page_sentences(reading: Reading, first_sentence: int, last_sentence: int) -> QuerySet[Sentence]:
    """With the one before, to know where the text between begins."""
    found = Sentence.objects.filter(reading=reading, number__gte=Value(first_sentence) - 1, number__lte=last_sentence)
    return found.select_related("in_record")


def _load_page_suggestions(reading: Reading, first_sentence: int, last_sentence: int) -> list[Suggestion]:
    found = Suggestion.objects.filter(
        reading=reading, sentence__number__range=(first_sentence, last_sentence)
    ).in_scope(reading)
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


def _set_row_parts(sentence_rows: list[SentenceRow], reading_parts: list[ReadingPart], suggestion_index: int) -> None:
    before: ReadingPart | None = None
    for row in sentence_rows:
        row.is_here = row.number == suggestion_index
        row.part = next((part for part in reading_parts if part.contains_sentence(row.number)), None)
        row.opens_part = row.part is not None and row.part is not before
        before = row.part
        if row.is_here and row.waiting_suggestions:
            row.waiting_suggestions[0].is_first = True


def _set_neighbour_sentences(desk_page: DeskPage) -> None:
    """Where J and K lead: on to what waits, back to what was looked at before."""
    numbers = [row.number for row in desk_page.rows]
    with_lines = [row.number for row in desk_page.rows if row.lines]
    waiting = [row.number for row in desk_page.rows if row.waiting_suggestions and row.number != desk_page.at]
    further = [number for number in waiting if number > desk_page.at]
    before = [number for number in with_lines if number < desk_page.at]
    onward = further[0] if further else _find_undecided_beyond_page(desk_page, numbers)
    backward = before[-1] if before else desk_page.tally["before"]
    desk_page.next = onward or _get_neighbour_number(desk_page, numbers, 1)
    desk_page.back = backward or _get_neighbour_number(desk_page, numbers, -1)


def _get_neighbour_number(desk_page: DeskPage, shown_numbers: list[int], position_change: int) -> int | None:
    """The sentence beside the one at hand, where nothing is suggested further on."""
    position = shown_numbers.index(desk_page.at) + position_change if desk_page.at in shown_numbers else -1
    if 0 <= position < len(shown_numbers):
        return shown_numbers[position]
    beside = desk_page.at + position_change
    return beside if desk_page.reading.scope == Reading.Scope.ALL and 1 <= beside <= desk_page.length else None


def _find_undecided_beyond_page(desk_page: DeskPage, shown_numbers: list[int]) -> int | None:
    """Off this page: what waits further down, else what waits above."""
    for name in ("further", "first"):
        number = desk_page.tally[name]
        if number and number != desk_page.at and not (name == "further" and number in shown_numbers):
            return number
    return None
