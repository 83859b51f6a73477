"""From the lines of all pages to paragraphs, headings and items."""

import re
from collections import Counter
from itertools import pairwise
from statistics import median

from jukwaa.core.documents.child.lines import HYPHEN_PLACEHOLDER, PageLine

PAGE_BREAK_MARK = "\x01"
"""Marks the start of a page until the text is whole. Lines hold no control characters of their own."""

_BULLET_START_PATTERN = re.compile(
    "^[\u2022\u2023\u25aa\u25ab\u25cf\u25cb\u25a0\u25e6\u2043\u2219\u00b7\uf0b7\uf0a7*\u2013\u2014-] +"
)
_NUMBER_START_PATTERN = re.compile(r"^\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)] +\S")
_SENTENCE_OR_CLAUSE_END_PATTERN = re.compile("[.!?:;\u3002\uff01\uff1f\u061f\u06d4\u0964][\"'\u2019\u201d\u00bb)\\]]*$")
_SENTENCE_END_PATTERN = re.compile("[.!?\u3002\uff01\uff1f\u061f\u06d4\u0964][\"'\u2019\u201d\u00bb)\\]]*$")
_TITLE_END_PATTERN = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Hon|Prof|Rev|Eng|Mme|Mlle|Sra?|Dra|Srta)\.$")
# "MIN.NO.GB/31/2026: FEES", "MIN 4/03/2026: FEES", "RESOLUTION 12: ...": the number of an item begins a paragraph.
_ITEM_NUMBER_START_PATTERN = re.compile(
    r"^[A-Z]{3,}[A-Z./ -]{0,30}\d[\w./-]{0,20}(?: ?\([a-z]\))?\s?[:\u2013\u2014] ?\S"
)
# After a full stop: "Ordered: The clerk to write ..."
_LABEL_START_PATTERN = re.compile(
    r"^(?:Ordered|Directed|Resolved|Decided|Agreed|Noted|Motion|Action|Decision|ACTION|DECISION|RESOLVED)\s?:\s"
)
_UNSPACED_SCRIPT_PATTERN = re.compile("[\u0e00-\u0e7f\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]")
_WORD_PATTERN = re.compile(r"[\w'\u2019-]+")
_HYPHENATED_WORD_PATTERN = re.compile(f"([\\w-]+)-?{HYPHEN_PLACEHOLDER} ?({PAGE_BREAK_MARK}?)([\\w'\u2019-]*)")
_COMPOUND_WORD_STARTS = frozenset({"self", "well", "long", "short", "high", "low", "cross", "non"})
_HEADING_SIZE_RATIO = 1.12
_MAX_HEADING_LENGTH = 200
_MAX_BOLD_HEADING_LENGTH = 90
_MAX_HEADING_LEVELS = 4
_WIDE_LINE_SPACING_RATIO = 1.35
_FONT_SIZE_TOLERANCE = 0.6
_MARGIN_TOLERANCE = 60.0
_COLUMN_STEP = 10.0
_MIN_LINES_OF_COLUMN = 5


def assemble_page_texts(page_lines: list[list[PageLine]]) -> tuple[str, list[int]]:
    """The whole text, and the offsets at which its pages begin."""
    for lines in page_lines:
        _unmark_bold_sentences(lines)
    levels = _find_heading_levels(page_lines)
    parts, before = [], ""
    for number, lines in enumerate(page_lines):
        part = _build_page_text(lines, levels, before, is_first_page=number == 0)
        parts.append(part)
        before = part if lines else before
    return _join_page_texts("".join(parts))


def _unmark_bold_sentences(page_lines: list[PageLine]) -> None:
    """Two bold lines or more that end with a full stop are a sentence in a box, and no heading."""
    run: list[PageLine] = []
    for line in [*page_lines, None]:
        if line is not None and line.bold and (not run or _is_close_below(run[-1], line)):
            run.append(line)
            continue
        if len(run) > 1 and _SENTENCE_END_PATTERN.search(run[-1].text):
            for sentence_line in run:
                sentence_line.bold = False
        run = [line] if line is not None and line.bold else []


def _is_close_below(previous_line: PageLine, page_line: PageLine) -> bool:
    down = previous_line.base - page_line.base
    is_same_size = abs(previous_line.size - page_line.size) < _FONT_SIZE_TOLERANCE
    return is_same_size and 0 < down < page_line.size * _WIDE_LINE_SPACING_RATIO * _HEADING_SIZE_RATIO


def _build_page_text(
    page_lines: list[PageLine], heading_levels: "HeadingLevels", text_before: str, *, is_first_page: bool
) -> str:
    if not page_lines:
        return PAGE_BREAK_MARK
    pitch = _measure_line_pitch(page_lines)
    continues = _continues_across_pages(text_before, page_lines[0], heading_levels)
    joint = "" if is_first_page or not text_before else (" " if continues else "\n\n")
    joint = "" if text_before.endswith(HYPHEN_PLACEHOLDER) else joint
    parts = [
        joint,
        PAGE_BREAK_MARK,
        "" if continues else heading_levels.mark(page_lines[0]),
        _strip_list_bullet(page_lines[0], continues_paragraph=continues),
    ]
    in_item = _begins_list_item(page_lines[0])
    for last, line in pairwise(page_lines):
        between = _get_row_separator(last, line) or _get_line_separator(last, line, page_lines, pitch, heading_levels)
        if _begins_list_item(line) and "\n" in between and not line.is_row:
            between = "\n" if in_item else "\n\n"
        in_item = _begins_list_item(line) or (in_item and _is_same_paragraph(between))
        parts += [
            between,
            "" if _is_same_paragraph(between) else heading_levels.mark(line),
            _strip_list_bullet(line, continues_paragraph=_is_same_paragraph(between)),
        ]
    return "".join(parts)


def _strip_list_bullet(page_line: PageLine, *, continues_paragraph: bool) -> str:
    return page_line.text if continues_paragraph else _BULLET_START_PATTERN.sub("", page_line.text)


def _is_same_paragraph(text_between: str) -> bool:
    return "\n" not in text_between


def _get_row_separator(previous_line: PageLine, page_line: PageLine) -> str:
    """What stands between two rows of a table, or beside one; nothing between other lines."""
    if not (previous_line.is_row or page_line.is_row):
        return ""
    return "\n" if previous_line.is_row and page_line.is_row else "\n\n"


def _get_line_separator(
    previous_line: PageLine,
    page_line: PageLine,
    page_lines: list[PageLine],
    line_pitch: float,
    heading_levels: "HeadingLevels",
) -> str:
    """What stands between two lines: nothing, a space, a line end, or an empty line."""
    if previous_line.text.endswith(HYPHEN_PLACEHOLDER):
        return ""
    down = previous_line.base - page_line.base
    if heading_levels.of(previous_line) or heading_levels.of(page_line):
        return _get_heading_separator(previous_line, page_line, down, heading_levels)
    if abs(down) < page_line.size / 3:
        return " "  # two cells of a row
    if _begins_list_item(page_line):
        return "\n"
    is_far = down > line_pitch * _WIDE_LINE_SPACING_RATIO
    is_other_size = abs(previous_line.size - page_line.size) > _FONT_SIZE_TOLERANCE * 2
    if is_far or is_other_size or _begins_labelled_paragraph(previous_line, page_line):
        return "\n\n"
    return _get_separator_of_close_lines(previous_line, page_line, page_lines, down)


def _get_separator_of_close_lines(
    previous_line: PageLine, page_line: PageLine, page_lines: list[PageLine], vertical_gap: float
) -> str:
    """Lines that stand as close as those of a paragraph do."""
    if _TITLE_END_PATTERN.search(previous_line.text):
        return " "  # "Ms." and then the name
    ended = _SENTENCE_OR_CLAUSE_END_PATTERN.search(previous_line.text)
    if vertical_gap < 0:
        return "\n\n" if ended else _get_word_space(previous_line, page_line)  # the next column
    if previous_line.right + page_line.first_word + page_line.size / 3 < _get_right_margin(previous_line, page_lines):
        return "\n\n" if ended else "\n"  # the word would have fitted, so the end was meant
    return _get_word_space(previous_line, page_line)


def _get_heading_separator(
    previous_line: PageLine, page_line: PageLine, vertical_gap: float, heading_levels: "HeadingLevels"
) -> str:
    same = (
        heading_levels.of(previous_line) == heading_levels.of(page_line)
        and abs(previous_line.size - page_line.size) < _FONT_SIZE_TOLERANCE
    )
    return (
        " " if same and 0 <= vertical_gap < page_line.size * _WIDE_LINE_SPACING_RATIO * _HEADING_SIZE_RATIO else "\n\n"
    )


def _get_word_space(previous_line: PageLine, page_line: PageLine) -> str:
    tight = _UNSPACED_SCRIPT_PATTERN.match(previous_line.text[-1:]) and _UNSPACED_SCRIPT_PATTERN.match(
        page_line.text[:1]
    )
    return "" if tight else " "


def _continues_across_pages(text_before: str, page_line: PageLine, heading_levels: "HeadingLevels") -> bool:
    """Whether a page break cut a paragraph in two."""
    if not text_before or heading_levels.of(page_line) or _begins_list_item(page_line):
        return False
    if text_before.endswith(HYPHEN_PLACEHOLDER):
        return True
    last = text_before[text_before.rfind("\n") + 1 :]
    return not last.startswith("#") and not _SENTENCE_END_PATTERN.search(last) and page_line.text[:1].islower()


def _begins_list_item(page_line: PageLine) -> bool:
    return bool(_BULLET_START_PATTERN.match(page_line.text) or _NUMBER_START_PATTERN.match(page_line.text))


def _begins_labelled_paragraph(previous_line: PageLine, page_line: PageLine) -> bool:
    """Whether a line begins with the number of an item, or after a full stop with a word such as "Ordered:"."""
    is_after_sentence = _SENTENCE_END_PATTERN.search(previous_line.text) is not None
    return _ITEM_NUMBER_START_PATTERN.match(page_line.text) is not None or (
        is_after_sentence and _LABEL_START_PATTERN.match(page_line.text) is not None
    )


def _get_right_margin(page_line: PageLine, page_lines: list[PageLine]) -> float:
    beside = [other.right for other in page_lines if abs(other.left - page_line.left) < _MARGIN_TOLERANCE]
    next_column = _find_next_column_start(page_line, page_lines)
    return max((right for right in beside if next_column is None or right < next_column), default=page_line.right)


def _find_next_column_start(page_line: PageLine, page_lines: list[PageLine]) -> float | None:
    """Where the next column begins, if the page has one beside this line: what is wider spans both."""
    starts = Counter(
        round(other.left / _COLUMN_STEP) * _COLUMN_STEP for other in page_lines if other.left > page_line.right
    )
    columns = [start for start, count in starts.items() if count >= _MIN_LINES_OF_COLUMN]
    return min(columns) + _COLUMN_STEP / 2 if columns else None


def _measure_line_pitch(page_lines: list[PageLine]) -> float:
    """How far apart lines of a paragraph stand on this page."""
    steps = [
        last.base - line.base
        for last, line in pairwise(page_lines)
        if 0 < last.base - line.base < line.size * 2.5 and abs(last.size - line.size) < _FONT_SIZE_TOLERANCE
    ]
    if not steps:
        return page_lines[0].size * 1.4
    return min(median(steps), sorted(steps)[len(steps) // 4] * 1.15)


class HeadingLevels:
    """Which sizes of type are headings, the largest first."""

    def __init__(self, body: float, font_sizes: list[float], *, bold_marks_headings: bool) -> None:
        self.body = body
        self.sizes = font_sizes
        self.bold_tells = bold_marks_headings

    def of(self, page_line: PageLine) -> int:
        """The level of this heading; 0 for what is none."""
        size = round(page_line.size, 1)
        if page_line.running or page_line.is_row:
            return 0
        if size in self.sizes and len(page_line.text) <= _MAX_HEADING_LENGTH and any(map(str.isalpha, page_line.text)):
            return min(self.sizes.index(size) + 1, _MAX_HEADING_LEVELS)
        if not (self.bold_tells and page_line.bold) or size < self.body - _FONT_SIZE_TOLERANCE:
            return 0
        is_ended = page_line.text.endswith((".", ",", ";")) and not _TITLE_END_PATTERN.search(page_line.text)
        plain = len(page_line.text) > _MAX_BOLD_HEADING_LENGTH or is_ended or _begins_list_item(page_line)
        return 0 if plain else min(len(self.sizes) + 1, _MAX_HEADING_LEVELS)

    def mark(self, page_line: PageLine) -> str:
        level = self.of(page_line)
        if level:
            return "#" * level + " "
        return "- " if _BULLET_START_PATTERN.match(page_line.text) else ""


def _find_heading_levels(page_lines: list[list[PageLine]]) -> HeadingLevels:
    weights: Counter[float] = Counter()
    bold = total = 0
    for lines in page_lines:
        for line in (line for line in lines if not line.running):
            weights[round(line.size, 1)] += len(line.text)
            total += len(line.text)
            bold += len(line.text) if line.bold else 0
    body = weights.most_common(1)[0][0] if weights else 0.0
    larger = {size for size, weight in weights.items() if size >= body * _HEADING_SIZE_RATIO and weight * 2 < total}
    return HeadingLevels(body, sorted(larger, reverse=True), bold_marks_headings=bold * 4 < total)


def _join_page_texts(text: str) -> tuple[str, list[int]]:
    words = Counter(word.lower() for word in _WORD_PATTERN.findall(text))
    text = _HYPHENATED_WORD_PATTERN.sub(lambda match: _join_hyphenated_word(match, words), text).replace(
        HYPHEN_PLACEHOLDER, ""
    )
    starts, length = [], 0
    for part in text.split(PAGE_BREAK_MARK)[:-1]:
        length += len(part)
        starts.append(length)
    return text.replace(PAGE_BREAK_MARK, ""), starts


def _join_hyphenated_word(match: re.Match[str], words: Counter[str]) -> str:
    """Join a divided word, with its hyphen where the rest of the document, or its first part, says so."""
    left, page, right = match.groups()
    first = left.rpartition("-")[2].lower()
    joined, parted = f"{left}{right}".lower(), f"{left}-{right}".lower()
    if words[joined] or not right:
        keep = not right
    else:
        keep = bool(words[parted]) or first in _COMPOUND_WORD_STARTS or not right[:1].islower()
    return f"{left}{'-' if keep else ''}{page}{right}"
