"""Sentences of a report as rows of one table: what each becomes in the record is decided on one page."""

from collections.abc import Iterable
from dataclasses import dataclass

from jukwaa.intake.models import ATTENDANCE_SUGGESTION_KINDS, Decision, DeskKind, Reading, Suggestion
from jukwaa.intake.reader.tables import parse_column_roles
from jukwaa.intake.report_lines import split_line_into_cells
from jukwaa.intake.sentence_rows import SentenceRow, load_sentence_rows
from jukwaa.intake.suggestion_wording import join_owners

SENTENCES_PER_TABLE = 100
MIN_HEADINGS_IN_TABLE_HEAD = 2  # "Action | Owner"; "Decision | The fees stay" says something
HEADING_UNITS = frozenset({"heading", "title"})
EDITABLE_DECISIONS = frozenset({Decision.WAITING, Decision.ACCEPTED, Decision.EDITED})


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry that is suggested or kept from a sentence; without suggestions, a sentence that has no entry.

    Commitments of several owners in the same words are one row.
    """

    sentence_row: SentenceRow
    suggestions: tuple[Suggestion, ...] = ()
    is_first: bool = True  # of its sentence

    @property
    def number(self) -> int:
        return self.sentence_row.number

    @property
    def suggestion(self) -> Suggestion | None:
        return self.suggestions[0] if self.suggestions else None

    @property
    def key(self) -> str:
        return f"{self.number}-{self.suggestion.pk if self.suggestion else 0}"

    @property
    def versions(self) -> str:
        """What the page showed: the number of each suggestion, and its version."""
        return ",".join(f"{each.pk}:{each.version}" for each in self.suggestions)

    @property
    def owners(self) -> str:
        return join_owners(dict.fromkeys(each.owner for each in self.suggestions if each.owner))

    @property
    def other_text(self) -> str:
        """The text for the record, where the sentence is not shown or does not contain it as it stands."""
        text = self.suggestion.text if self.suggestion else ""
        quote = " ".join(self.sentence_row.quote.split())
        return text if text != quote and not self.quote_around_text else ""

    @property
    def quote_around_text(self) -> tuple[str, str, str] | None:
        """The sentence in three parts, of which the second is the text for the record; None if it has no such part."""
        text = self.suggestion.text if self.suggestion and self.is_first else ""
        parts = " ".join(self.sentence_row.quote.split()).partition(text) if text else ("", "", "")
        return parts if parts[1] and (parts[0] or parts[2]) else None

    @property
    def other_due_text(self) -> str:
        """The words of the deadline, where the sentence beside it does not show them."""
        due_text = self.suggestion.due_text if self.suggestion else ""
        return "" if self.is_first and due_text in " ".join(self.sentence_row.quote.split()) else due_text

    @property
    def text_line(self) -> str:
        """The sentence as a line of text, without the bars of a table around it."""
        return self.sentence_row.quote.strip("| \t")

    @property
    def is_heading(self) -> bool:
        return self.sentence_row.is_heading or self.sentence_row.sentence.unit in HEADING_UNITS

    @property
    def block(self) -> str:
        """Rows with an entry are shown in full; sentences without one as a run of text, lists of attendance folded.

        That members are admitted may be a decision as well, so it is not folded.
        """
        if self.suggestions:
            return "entries"
        is_list = self.attendees and not any(
            line.suggestion.kind == DeskKind.NEW_MEMBER for line in self.sentence_row.lines
        )
        return "attendance" if is_list else "sentences"

    @property
    def attendees(self) -> list[str]:
        """Who attended, as suggested or kept from the sentence: decided in a table of its own."""
        attendance = (line.suggestion for line in self.sentence_row.lines if line.suggestion.is_attendance)
        return [name for each in attendance if each.decision != Decision.REFUSED for name in each.actors]


@dataclass(frozen=True, slots=True)
class EntryTable:
    """A page of the table, counted from 1."""

    reading: Reading
    rows: list[EntryRow]
    page: int
    pages: int

    @property
    def next_page(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None

    @property
    def previous_page(self) -> int | None:
        return self.page - 1 if self.page > 1 else None


def get_page_of_sentence(sentence_number: int) -> int:
    return max(1, -(-sentence_number // SENTENCES_PER_TABLE))


def is_editable_entry(suggestion: Suggestion) -> bool:
    """Whether the table has a row for it: no attendance, not rejected or merged, and not in the record."""
    return (
        suggestion.kind not in ATTENDANCE_SUGGESTION_KINDS
        and suggestion.decision in EDITABLE_DECISIONS
        and suggestion.entered_at is None
    )


def build_entry_table(reading: Reading, page: int = 1, *, only_suggested: bool = False) -> EntryTable:
    """Read a few queries, however many rows the page has. `reading.length` is its number of sentences.

    `only_suggested`: without the sentences from which nothing is suggested or kept.
    """
    length: int = getattr(reading, "length", 0)
    pages = get_page_of_sentence(length)
    page = max(1, min(page, pages))
    last = page * SENTENCES_PER_TABLE
    sentence_rows = load_sentence_rows(reading, last - SENTENCES_PER_TABLE + 1, last)
    rows = [row for each in sentence_rows for row in _list_entry_rows(each)]
    return EntryTable(reading, [row for row in rows if row.suggestions or not only_suggested], page, pages)


def _list_entry_rows(sentence_row: SentenceRow) -> list[EntryRow]:
    groups = _group_by_words(line.suggestion for line in sentence_row.lines if is_editable_entry(line.suggestion))
    if not groups and not _has_statement(sentence_row.quote):
        return []
    return [EntryRow(sentence_row, group, is_first=not place) for place, group in enumerate(groups or [()])]


def _has_statement(quote: str) -> bool:
    """Whether it can say anything: neither the head of a table nor, without letters, the number of a page or a time."""
    roles = parse_column_roles(split_line_into_cells(quote))
    return any(map(str.isalpha, quote)) and sum(map(bool, roles)) < MIN_HEADINGS_IN_TABLE_HEAD


def _group_by_words(suggestions: Iterable[Suggestion]) -> list[tuple[Suggestion, ...]]:
    """Commitments that differ by their owner together, all others alone."""
    groups: dict[object, tuple[Suggestion, ...]] = {}
    for each in suggestions:
        words = (each.start, each.end, each.text, each.due_on, each.due_text, each.progress)
        key = words if each.kind == DeskKind.COMMITMENT and each.owner else each.pk
        groups[key] = (*groups.get(key, ()), each)
    return list(groups.values())
