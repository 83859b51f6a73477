"""The lines of a stored report around one of its sentences, with the marks before them and the cells of rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.db.models.functions import Substr

from jukwaa.intake.models import Decision, Reading
from jukwaa.intake.reader.tables import CELL_SEPARATOR_PATTERN, split_row_into_cells
from jukwaa.records.models import Document

SENTENCES_AROUND = 500  # before and after
MAX_DISTANCE = 200_000  # letters before and after
MAX_REST_LENGTH = 300  # of the last line behind its sentence
TAG_PATTERN = re.compile(r"<[^<>]*>")
# Below the head of a table. Whatever it matches it keeps, so that a long line costs no more than its length.
TABLE_RULE_PATTERN = re.compile(r"\s*+(?=[^\n]*(?:--|==))[ \t:|+=-]++(?:\n|$)")
GAP_PATTERN = re.compile(r"\n\s*\n")


class LineSuggestion(NamedTuple):
    """A suggestion from a sentence, as far as it matters whether something can be added beside it."""

    pk: int
    kind: str
    decision: str
    why: str = ""
    owner: str = ""
    due_on: date | None = None


class LineSentence(NamedTuple):
    """A sentence as it is stored, without its words."""

    pk: int
    number: int
    start: int
    end: int
    section: str
    unit: str
    in_record: int | None = None
    suggestions: tuple[LineSuggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A sentence with what precedes it on its line; `cells` if it is a row of a table."""

    sentence: LineSentence
    quote: str
    mark: str = ""
    cells: tuple[str, ...] = ()
    follows_gap: bool = False  # an empty line precedes it
    is_table_head: bool = False  # a rule is drawn below it

    @property
    def number(self) -> int:
        return self.sentence.number

    @property
    def section(self) -> str:
        return self.sentence.section

    @property
    def is_undecided(self) -> bool:
        """Whether nobody has decided anything about it, and it is not in the record either."""
        is_waiting = all(each.decision == Decision.WAITING for each in self.sentence.suggestions)
        return is_waiting and self.sentence.in_record is None


def load_report_lines(reading: Reading, sentence_number: int) -> list[ReportLine]:
    """The lines around this sentence, in order. Two queries, of a bounded part of the text."""
    bounds = (sentence_number - SENTENCES_AROUND, sentence_number + SENTENCES_AROUND)
    sentences = reading.sentences.filter(number__range=bounds).order_by("number", "suggestions__pk")
    suggested = [f"suggestions__{name}" for name in LineSuggestion._fields]
    rows = list(sentences.values_list("pk", "number", "start", "end", "section", "unit", "in_record", *suggested))
    start = next((row[2] for row in rows if row[1] == sentence_number), None)
    if start is None:
        return []
    near = [
        LineSentence._make((*facts, tuple(LineSuggestion(*row[7:]) for row in same if row[7])))
        for facts, same in groupby(rows, key=lambda row: row[:7])
        if abs(facts[2] - start) <= MAX_DISTANCE
    ]
    first = 0 if near[0].number == 1 else near[0].start
    length = near[-1].end - first + MAX_REST_LENGTH
    stretch = Document.objects.filter(readings=reading).annotate(shown=Substr("text", first + 1, length))
    return build_report_lines(stretch.values_list("shown", flat=True).get(), near, first)


def build_report_lines(text: str, sentences: Sequence[LineSentence], offset: int = 0) -> list[ReportLine]:
    """The lines of a text whose first letter is at `offset` of the document."""
    lines = []
    for place, sentence in enumerate(sentences):
        start, end = sentence.start - offset, sentence.end - offset
        before = sentences[place - 1].end - offset if place else 0
        line_start = text.rfind("\n", 0, start) + 1
        line_end = end + len(text[end : end + MAX_REST_LENGTH].partition("\n")[0])
        is_alone = before <= line_start and (
            place + 1 == len(sentences) or sentences[place + 1].start - offset >= line_end
        )
        separators = CELL_SEPARATOR_PATTERN.findall(text, start, end) if is_alone else []
        is_prose = "\n" in text[start:end] or len(separators) == 1  # "yes | no"
        mark = text[max(before, line_start) : start]
        is_item = TAG_PATTERN.sub("", mark).strip(" \t|") != ""
        is_row = bool(separators) and not is_item and (sentence.unit != "para" or not is_prose)
        lines.append(
            ReportLine(
                sentence,
                quote=text[start:end],
                mark=mark,
                cells=split_line_into_cells(text[line_start:line_end]) if is_row else (),
                follows_gap=GAP_PATTERN.search(text, before, start) is not None,
                is_table_head=is_row and TABLE_RULE_PATTERN.match(text, line_end + 1) is not None,
            )
        )
    return lines


def split_line_into_cells(line: str) -> tuple[str, ...]:
    """The cells of a row, without the bars around it, and without tags."""
    bare = line.rstrip(" \r\n")
    bare = bare[1:].removesuffix("|") if bare.startswith("|") else bare  # " | 3 | 4" begins with an empty cell
    return tuple(" ".join(TAG_PATTERN.sub(" ", cell).split()) for cell in split_row_into_cells(bare))
