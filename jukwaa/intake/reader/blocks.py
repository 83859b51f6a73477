"""Blocks of a document: headings, paragraphs and bullets, with wrapped lines and cut pages mended."""

import re
from dataclasses import dataclass, field

from jukwaa.intake.reader.attendance_parts import is_attendance_label_line
from jukwaa.intake.reader.item_references import starts_with_item_reference
from jukwaa.intake.reader.lexicon import FINITE_VERB_PATTERN
from jukwaa.intake.reader.lines import NUMBERED_LINE_PATTERN, parse_report_lines
from jukwaa.intake.reader.markers import LABEL_START_PATTERN
from jukwaa.intake.reader.names import PERSON_NAME_PATTERN, is_name_like
from jukwaa.intake.reader.note_marks import starts_with_note_mark
from jukwaa.intake.reader.report_line import Line
from jukwaa.intake.reader.roles import ABSENT_ROLE, get_heading_role, is_section_title

UNFINISHED_END_PATTERN = re.compile(
    r"(?:[,;–—-]|\b(?:a|an|and|as|at|by|for|from|in|into|of|on|or|that|the|their|to|with|which|who))$", re.IGNORECASE
)
SENTENCE_END_PATTERN = re.compile(r"[.!?:;…][\"'”’)\]]*$")
SPEAKER_LABEL_PATTERN = re.compile(
    r"(?:<[\w.|-]{1,30}>|\[?[A-Za-z][\w.'’-]*(?:[ ][A-Za-z(&][\w.'’()&-]*){0,4}\]?[ \t]*:|"
    r"[A-Z]{2,4}[ ][-–—])(?:\s|$)"
)
BOLD_LABEL_PATTERN = re.compile(r"(\*\*|__)[^\W\d_][^*_:\n]{1,40}(?:\s?:\s?\1|\1\s?:)\s")  # "**Purpose:** ..."
LIST_LINE_END_PATTERN = re.compile(r"(?:[:;]|; (?:and|or))\s*$")  # what follows is an item of its own
ACTION_MARK_END_PATTERN = re.compile(r"(?:\s{2}|\t|[.(]\s?)action(?: by)?:? [A-Z][\w/ &,.]{0,30}\)?\s*$", re.IGNORECASE)
OPEN_BRACKET_PATTERN = re.compile(r"\([^()\n]{1,60}$")
CLOSED_BRACKET_PATTERN = re.compile(r"[^()\n]{1,60}\)")
NAME_AND_BRACKET_PATTERN = re.compile(
    r"\s*[^\W\d_a-z][\w.'’-]+(?: [^\W\d_a-z][\w.'’-]*){1,3} \("
)  # an entry of its own
ROMAN_TITLE_PATTERN = re.compile(r"[IVX]{1,5}[.)]\s[^\W\d_a-z][^:;|]{2,60}")
ALIGNED_ENTRY_PATTERN = re.compile(r"\s*[^\W\d_][^:|\t]{2,60}?\S {3,}\S")
MAX_BLOCK_TITLE_LENGTH = 90
MIN_JOINABLE_LINE_LENGTH = 40
MIN_FULL_LINE_LENGTH = 55
CONTINUATION_START_PATTERN = re.compile(r"[^\W\d_A-Z]|[(–—-]\s?\w")  # "1. Mend the fence" / "   before the fair"


@dataclass(slots=True)
class Block:
    """What was written as one piece: `pieces` are its lines in the text."""

    kind: str
    pieces: list[tuple[int, int]]
    level: int = 0
    indent: int = 0
    gap: bool = False
    after_page: bool = False
    checkbox: bool = False
    ticked: bool = False
    is_head: bool = False  # the row above the rule of a table
    last: Line | None = field(default=None, repr=False)

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]


# "Ana Lopes (Elm), Ben" before "Okoro (Oak), Dina Haddad (Ash)": the line broke in a name, wherever it ended.
BEGUN_NAME_PATTERN = re.compile(r"\),\s[^\W\d_a-z][\w.’'-]*(?:\s[^\W\d_a-z][\w.’'-]*)?$")
REST_OF_NAME_PATTERN = re.compile(r"[^\W\d_a-z][\w.’'-]*(?:\s[^\W\d_][\w.’'-]*){0,2}\s\([^()]*(?:\)[,;.]|$)")


def parse_text_blocks(text: str) -> list[Block]:
    """The document as blocks, in order."""
    lines = parse_report_lines(text)
    _mark_title_lines(lines)
    _mark_aligned_rows(lines)
    blocks: list[Block] = []
    gap, page = True, False
    current: Block | None = None
    for line in lines:
        page = page or line.after_page
        if line.kind in {"blank", "rule", "furniture", "row_rule", "markup"}:
            gap, current = gap or line.kind != "row_rule", None
            page = page or line.kind == "furniture"
            continue
        if current is not None and line.kind == "para" and _is_continuation(current, line):
            current.pieces.append((line.start, line.end))
            current.last = line
            continue
        current = _build_block(line, has_gap_before=gap, is_after_page_break=page)
        blocks.append(current)
        gap = page = False
        if line.kind in {"heading", "row"}:
            current = None
    for block in blocks:
        block.last = None  # with it goes the memory of all lines
    return _join_across_pages(text, blocks)


def _build_block(report_line: Line, *, has_gap_before: bool, is_after_page_break: bool) -> Block:
    place = (report_line.level, report_line.indent, has_gap_before, is_after_page_break)
    return Block(
        report_line.kind,
        [(report_line.start, report_line.end)],
        *place,
        report_line.checkbox,
        report_line.ticked,
        report_line.is_head,
        report_line,
    )


def _is_continuation(block: Block, report_line: Line) -> bool:
    last = block.last
    if last is not None and _is_in_open_bracket(last.text, report_line.text):
        return True
    if (
        last is None
        or (last.text.rstrip().endswith(")") and NAME_AND_BRACKET_PATTERN.match(report_line.text))
        or report_line.opens
        or (SPEAKER_LABEL_PATTERN.match(report_line.text) and not _is_wrapped_phrase(last, report_line))
        or last.text.endswith(("  ", "\\", "<br>"))
    ):
        return False
    begins_anew = any(
        begins(report_line.text)
        for begins in (is_attendance_label_line, starts_with_note_mark, starts_with_item_reference)
    )
    is_label = LABEL_START_PATTERN.match(report_line.text) or BOLD_LABEL_PATTERN.match(report_line.text)
    if begins_anew or is_label or ACTION_MARK_END_PATTERN.search(last.text[-60:]):
        return False
    if LIST_LINE_END_PATTERN.search(last.text) and report_line.indent <= block.indent:
        return False
    if block.kind == "bullet" and report_line.indent > block.indent:
        return True
    return not _is_early_line_end(last, report_line)


def _is_wrapped_phrase(last_line: Line, report_line: Line) -> bool:
    """Whether what looks like a label is the rest of a full line: "with" / "four hosts: Ana, Ben"."""
    label = report_line.text.partition(":")[0]
    return label[:1].islower() and " " in label and len(last_line.text.rstrip()) >= MIN_FULL_LINE_LENGTH


def _is_in_open_bracket(last_line: str, next_line: str) -> bool:
    """Whether a bracket is open where the line breaks: "(Elm" and "Farm), Ben Okoro"."""
    return bool(OPEN_BRACKET_PATTERN.search(last_line[-80:]) and CLOSED_BRACKET_PATTERN.match(next_line))


def _is_early_line_end(last_line: Line, report_line: Line) -> bool:
    """Whether the next word would still have fitted on the last line, so that its end was meant."""
    words = last_line.text.rstrip()
    first = report_line.text.split(maxsplit=1)[0] if report_line.text.strip() else ""
    if UNFINISHED_END_PATTERN.search(words[-12:]) or first[:1].islower():
        return False
    if BEGUN_NAME_PATTERN.search(words[-200:]) and REST_OF_NAME_PATTERN.match(report_line.text):
        return False
    return len(words) + 1 + len(first) <= last_line.width - 8


def _join_across_pages(text: str, blocks: list[Block]) -> list[Block]:
    """Join what the end of a page cut in two."""
    mended: list[Block] = []
    for block in blocks:
        if mended and _is_cut_by_page(text, mended[-1], block):
            mended[-1].pieces.extend(block.pieces)
        else:
            mended.append(block)
    return mended


def _is_cut_by_page(text: str, previous_block: Block, block: Block) -> bool:
    if block.kind != "para" or previous_block.kind not in {"para", "bullet"} or not block.gap:
        return False
    end = text[max(previous_block.start, previous_block.end - MIN_JOINABLE_LINE_LENGTH) : previous_block.end].rstrip()
    first = text[block.start : block.start + 1]
    if (
        previous_block.end - previous_block.start < MIN_JOINABLE_LINE_LENGTH and not end.endswith(",")
    ) or SENTENCE_END_PATTERN.search(end):
        return False
    opening = text[block.start : block.start + 80]
    if SPEAKER_LABEL_PATTERN.match(opening) or starts_with_item_reference(opening):
        return False
    return (
        (first.islower() and (block.after_page or previous_block.kind == "para"))
        or bool(UNFINISHED_END_PATTERN.search(end[-12:]))
        or (block.after_page and previous_block.kind == "para")
    )


def _mark_title_lines(report_lines: list[Line]) -> None:
    """Headings of plain text: a section's usual name, capitals, or a number before a short title."""
    shown = [line for line in report_lines if line.kind not in {"rule", "furniture"}]
    shown = [Line(0, 0, "", "blank"), *shown, Line(0, 0, "", "blank"), Line(0, 0, "", "blank")]
    below_people = False  # "Absent", and then a list that may have one entry
    last = shown[0]  # without blank lines
    for before, line, after, later in zip(shown, shown[1:], shown[2:], shown[3:], strict=False):
        following = later if after.kind == "blank" else after
        is_alone = before.kind == after.kind == "blank" and not _is_numbered_line(last)
        if before.kind not in {"blank", "bullet"}:
            below_people = get_heading_role(before.text) in {"attendee", ABSENT_ROLE}
        if line.kind == "para" and _is_title(line, before, after):
            line.kind, line.level = "heading", 5
        elif line.kind == "bullet" and following.kind == "row" and last.kind == "para" and _is_short_title(line):
            line.kind, line.level = "heading", 6  # "V. Register of actions", above its table
        elif (
            line.kind == "bullet"
            and line.level
            and not _is_numbered_line(before)
            and _is_numbered_title(line, following, is_alone=is_alone)
            and not (below_people and is_name_like(line.text))
            and not _goes_on_below(line, after)
        ):
            line.kind, line.level = "heading", 6
        last = last if line.kind == "blank" else line


def _mark_aligned_rows(report_lines: list[Line]) -> None:
    """Entries below "Attendance list" whose columns only spaces divide are rows of a table."""
    below_people = False
    for line in report_lines:
        if line.kind not in {"para", "bullet"}:
            below_people = below_people if line.kind == "blank" else get_heading_role(line.text) == "attendee"
        elif below_people and ALIGNED_ENTRY_PATTERN.match(line.text):
            line.kind = "row"


def _goes_on_below(report_line: Line, next_line: Line) -> bool:
    """Whether the next line is the rest of this item: it is indented, or begins small below a full line."""
    if next_line.kind != "para":
        return False
    is_full = len(report_line.text.rstrip()) >= MIN_FULL_LINE_LENGTH and next_line.text[:1].islower()
    return is_full or bool(next_line.indent and CONTINUATION_START_PATTERN.match(next_line.text))


def _is_short_title(report_line: Line) -> bool:
    words = report_line.text.strip()
    return len(words) <= MAX_BLOCK_TITLE_LENGTH and SENTENCE_END_PATTERN.search(words.rstrip(":")) is None


def _is_title(report_line: Line, previous_line: Line, next_line: Line) -> bool:
    words = report_line.text.strip()
    if not _is_short_title(report_line):
        return False
    if ROMAN_TITLE_PATTERN.fullmatch(words) or is_section_title(NUMBERED_LINE_PATTERN.sub("", words, count=1)):
        return True
    if _is_section_opening(words, previous_line, next_line):
        return True
    alone = previous_line.kind in {"blank", "heading"} and next_line.kind == "blank"
    letters = sum(letter.isalpha() for letter in words)
    return alone and words.isupper() and letters > 5 and not words.endswith(":")


def _is_section_opening(phrase: str, previous_line: Line, next_line: Line) -> bool:
    """A short line without a verb, after a full stop or a list, before a sentence or a list."""
    ended = previous_line.kind in {"blank", "bullet", "heading"} or bool(
        SENTENCE_END_PATTERN.search(previous_line.text.rstrip())
    )
    follows = next_line.kind == "bullet" or (
        next_line.kind == "para" and bool(SENTENCE_END_PATTERN.search(next_line.text.rstrip()))
    )
    if (
        not ended
        or not follows
        or len(phrase.split()) > 8
        or not phrase[:1].isupper()
        or SPEAKER_LABEL_PATTERN.match(phrase)
        or LABEL_START_PATTERN.match(phrase)
        or ":" in phrase
    ):
        return False
    return (
        not FINITE_VERB_PATTERN.search(phrase)
        and not PERSON_NAME_PATTERN.match(phrase)
        and not UNFINISHED_END_PATTERN.search(phrase)
    )


def _is_numbered_line(report_line: Line) -> bool:
    return report_line.kind == "bullet" and report_line.level > 0


def _is_numbered_title(report_line: Line, next_line: Line, *, is_alone: bool) -> bool:
    """Whether this is a title: it may be a question if it is alone, and not the last one of a list."""
    words = report_line.text.strip()
    is_question = is_alone and words.endswith("?")
    is_sentence = not is_question and SENTENCE_END_PATTERN.search(words) is not None
    if len(words) > MAX_BLOCK_TITLE_LENGTH or is_sentence or report_line.indent > 3:
        return False
    return next_line.kind == "para" or (next_line.kind == "bullet" and not next_line.level)
