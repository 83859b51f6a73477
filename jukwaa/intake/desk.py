"""The reading desk as a page shows it: a hundred sentences, what each suggests, and where one stands."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from jukwaa.intake.attendance_table import build_attendance_count
from jukwaa.intake.models import Decision, DeskKind, Reading, ReadingPart, Sentence, Suggestion
from jukwaa.intake.models.suggestions import ACCEPTING_DECISIONS, BINDING_SUGGESTION_KINDS
from jukwaa.intake.sentence_rows import SentenceRow, build_sentence_rows, query_sentences

SENTENCES_PER_PAGE = 100
MAIN_SUGGESTION_KINDS = (
    DeskKind.DECISION,
    DeskKind.COMMITMENT,
    DeskKind.ANNOUNCEMENT,
    DeskKind.OFFER,
    DeskKind.REQUEST,
    DeskKind.PROPOSAL,
)
OTHER_SUGGESTION_KINDS = tuple(kind for kind in DeskKind if kind not in MAIN_SUGGESTION_KINDS)


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
        sentences = list(query_sentences(reading, *span))
    else:
        shown = numbers[page * SENTENCES_PER_PAGE : (page + 1) * SENTENCES_PER_PAGE]
        sentences = list(query_sentences(reading, *span).filter(number__in=shown))
    is_last = numbers is None and page + 1 == pages and not reading.moved_notes
    rows = build_sentence_rows(reading, sentences, span[0], is_last=is_last)
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
