"""Lines that are not decided like an example, though built like it: private, empty, a total, about something else."""

import re
from collections.abc import Sequence

from jukwaa.intake.models import ATTENDANCE_SUGGESTION_KINDS, DeskKind
from jukwaa.intake.reader.absent_people import ABSENT_CELL_PATTERN, STRUCK_ROW_PATTERN
from jukwaa.intake.reader.apologies import APOLOGY_WORDS_PATTERN, cut_long_line
from jukwaa.intake.reader.chosen_attendance import find_chosen_attendees
from jukwaa.intake.reader.cue import WEAK
from jukwaa.intake.reader.cues import SENTENCE_CUE_BOOK, collect_cue_words
from jukwaa.intake.reader.disclaimers import has_private_remark, is_off_record
from jukwaa.intake.reader.line_labels import cut_line_label, find_line_label
from jukwaa.intake.reader.markup import is_struck_through
from jukwaa.intake.reader.placeholders import is_placeholder
from jukwaa.intake.reader.roles import ABSENT_ROLE, get_heading_role
from jukwaa.intake.reader.tables import NO_DATA_ROW_PATTERN
from jukwaa.intake.reader.task_cells import is_empty_cell
from jukwaa.intake.report_lines import ReportLine
from jukwaa.intake.suggestion_wording import SuggestionWording
from jukwaa.meetings.models import Attendance

NUMBER_PATTERN = re.compile(r"\W*\d+(?:[., ]\d{3})*(?:[.,]\d{1,2})?\W*")
# "idem", "as above", or quotation marks alone: the cell above it counts.
DITTO_PATTERN = re.compile(
    r"\W*(?:idem|ditto|dito|do\.|id\.|(?:same|as|see) (?:as )?above|le même|la même|[oe]l? mismo|lo mismo|o mesmo"
    r"|wie oben|siehe oben|كما سبق|نفسه)\W*|[\"'\u2033\u3003\u201c-\u201f\u2019\u00bb\u00ab]+",
    re.IGNORECASE,
)
GAP_BETWEEN_WORDS_PATTERN = re.compile(r"(?:(?!(?<=\w)[-\u2019'](?=\w))\W)+")


def is_left_out(line: ReportLine, follower: ReportLine | None, example: ReportLine, wording: SuggestionWording) -> bool:
    """Whether nothing is to be added from a line like the example. `follower` is the sentence behind it."""
    quote = cut_long_line(line.quote)
    bare = cut_line_label(quote)
    is_remarked = follower is not None and is_off_record(follower.quote) and not has_private_remark(follower.quote)
    return (
        is_remarked
        or is_off_record(line.quote)
        or is_struck_through(line.mark + quote)
        or (bool(line.cells) and STRUCK_ROW_PATTERN.match(line.mark + quote) is not None)
        or is_placeholder(quote)
        or (not line.cells and is_empty_cell(bare))
        or any(map(NO_DATA_ROW_PATTERN.match, (quote, bare)))
        or any(map(is_ditto, line.cells))
        or _is_total_row(line.cells, example.cells)
        or (wording.kind in ATTENDANCE_SUGGESTION_KINDS and not _is_away_like(line, example, wording))
    )


def holds_other_matter(line: ReportLine, example: ReportLine, kind: str) -> bool:
    """Whether a row or an item is filled in otherwise than the example, or is a decision or a list of names instead."""
    shapes = [[_get_cell_shape(cell) for cell in each.cells] for each in (line, example)]
    return (
        shapes[0] != shapes[1]
        or (kind != DeskKind.DECISION and _is_decision(line.quote))
        or (kind not in ATTENDANCE_SUGGESTION_KINDS and _is_list_of_names(line))
    )


def _get_cell_shape(cell: str) -> str:
    """The same for all words, and for all numbers with the same signs: "2." is a heading, and "2.1" is not."""
    return "a" if re.search(r"[^\W\d_]", cell) else re.sub(r"\d+", "1", cell.strip(" *_"))


def _is_decision(quote: str) -> bool:
    words = cut_long_line(quote)
    label = find_line_label(words)
    if label is not None and get_heading_role(label.shown) == "decision":
        return True
    hits = SENTENCE_CUE_BOOK.find_cue_hits(words, collect_cue_words(words), None)
    return any(hit.cue.kind == "decision" and hit.cue.strength > WEAK for hit in hits)


def _is_list_of_names(line: ReportLine) -> bool:
    """Whether it names several people, or begins with a word such as "Present"."""
    starts = [cell.split()[0] for cell in (*line.cells, line.quote) if cell.split()]
    if any(get_heading_role(start.strip(" *_:")) in {"attendee", ABSENT_ROLE} for start in starts):
        return True
    return sum(len(made.actors) for made in find_chosen_attendees(line.quote)) > 1


def is_ditto(cell: str) -> bool:
    """Whether a cell says only that it is the same as the one above."""
    return DITTO_PATTERN.fullmatch(cell) is not None


def _is_total_row(cells: Sequence[str], example_cells: Sequence[str]) -> bool:
    """Whether a row has numbers where the example has none, and hardly anything else: "Razem | | 4"."""
    filled = [pair for pair in zip(cells, example_cells, strict=False) if pair[0]]
    sums = [cell for cell, other in filled if NUMBER_PATTERN.fullmatch(cell) and not NUMBER_PATTERN.fullmatch(other)]
    return bool(sums) and len(filled) - len(sums) <= 1


def _is_away_like(line: ReportLine, example: ReportLine, wording: SuggestionWording) -> bool:
    """Whether a line says as much as the example about people being away, if the example is about such people."""
    said = _find_absence(line.quote)
    return said == _find_absence(example.quote) and (not said or wording.came_as == Attendance.As.APOLOGIES)


def _find_absence(quote: str) -> str:
    """How a line says that its people did not attend."""
    words = GAP_BETWEEN_WORDS_PATTERN.sub(" ", cut_long_line(quote))
    if APOLOGY_WORDS_PATTERN.search(words):
        return "apologies"
    return "absent" if ABSENT_CELL_PATTERN.search(words) else ""
