"""Blocks of a document: headings, paragraphs and bullets, with wrapped lines and cut pages mended."""

import re
from dataclasses import dataclass, field

from jukwaa.intake.reader.lexicon import FINITE_VERB_PATTERN
from jukwaa.intake.reader.lines import NUMBERED_PATTERN, Line, parse_lines
from jukwaa.intake.reader.markers import MARK_START_PATTERN
from jukwaa.intake.reader.names import PERSON_NAME_PATTERN
from jukwaa.intake.reader.roles import is_section_title

UNFINISHED_END_PATTERN = re.compile(
    r"(?:[,;–—-]|\b(?:a|an|and|as|at|by|for|from|in|into|of|on|or|that|the|their|to|with|which|who))$", re.IGNORECASE
)
SENTENCE_END_PATTERN = re.compile(r"[.!?:;…][\"'”’)\]]*$")
SPEAKER_LABEL_PATTERN = re.compile(
    r"(?:<[\w.|-]{1,30}>|\[?[A-Za-z][\w.'’-]*(?:[ ][A-Za-z(&][\w.'’()&-]*){0,4}\]?[ \t]*:|"
    r"[A-Z]{2,4}[ ][-–—])(?:\s|$)"
)
LIST_LINE_END_PATTERN = re.compile(r"(?:[:;]|; (?:and|or))\s*$")  # what follows is an item of its own
MARK_END_PATTERN = re.compile(r"(?:\s{2}|\t|[.(]\s?)action(?: by)?:? [A-Z][\w/ &,.]{0,30}\)?\s*$", re.IGNORECASE)
MAX_TITLE_LENGTH = 90
MIN_JOINABLE_LENGTH = 40


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


def parse_blocks(text: str) -> list[Block]:
    """The document as blocks, in order."""
    lines = parse_lines(text)
    _promote_titles(lines)
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
        current = _build_block(line, gap=gap, page=page)
        blocks.append(current)
        gap = page = False
        if line.kind in {"heading", "row"}:
            current = None
    return _join_across_pages(text, blocks)


def _build_block(line: Line, *, gap: bool, page: bool) -> Block:
    place = (line.level, line.indent, gap, page)
    return Block(line.kind, [(line.start, line.end)], *place, line.checkbox, line.ticked, line.is_head, line)


def _is_continuation(block: Block, line: Line) -> bool:
    last = block.last
    if last is None or line.opens or SPEAKER_LABEL_PATTERN.match(line.text) or last.text.endswith(("  ", "\\", "<br>")):
        return False
    if MARK_START_PATTERN.match(line.text) or MARK_END_PATTERN.search(last.text[-60:]):
        return False
    if LIST_LINE_END_PATTERN.search(last.text) and line.indent <= block.indent:
        return False
    if block.kind == "bullet" and line.indent > block.indent:
        return True
    return not _is_early_line_end(last, line)


def _is_early_line_end(last: Line, line: Line) -> bool:
    """Whether the next word would still have fitted on the last line, so that its end was meant."""
    words = last.text.rstrip()
    first = line.text.split(maxsplit=1)[0] if line.text.strip() else ""
    if UNFINISHED_END_PATTERN.search(words[-12:]) or first[:1].islower():
        return False
    return len(words) + 1 + len(first) <= last.width - 8


def _join_across_pages(text: str, blocks: list[Block]) -> list[Block]:
    """Join what the end of a page cut in two."""
    mended: list[Block] = []
    for block in blocks:
        if mended and _is_cut_by_page(text, mended[-1], block):
            mended[-1].pieces.extend(block.pieces)
        else:
            mended.append(block)
    return mended


def _is_cut_by_page(text: str, before: Block, block: Block) -> bool:
    if block.kind != "para" or before.kind not in {"para", "bullet"} or not block.gap:
        return False
    end = text[max(before.start, before.end - MIN_JOINABLE_LENGTH) : before.end].rstrip()
    first = text[block.start : block.start + 1]
    if (before.end - before.start < MIN_JOINABLE_LENGTH and not end.endswith(",")) or SENTENCE_END_PATTERN.search(end):
        return False
    if SPEAKER_LABEL_PATTERN.match(text[block.start : block.start + 80]):
        return False
    return (
        (first.islower() and (block.after_page or before.kind == "para"))
        or bool(UNFINISHED_END_PATTERN.search(end[-12:]))
        or (block.after_page and before.kind == "para")
    )


def _promote_titles(lines: list[Line]) -> None:
    """Headings of plain text: a section's usual name, capitals, or a number before a short title."""
    shown = [line for line in lines if line.kind not in {"rule", "furniture"}]
    shown = [Line(0, 0, "", "blank"), *shown, Line(0, 0, "", "blank"), Line(0, 0, "", "blank")]
    for before, line, after, later in zip(shown, shown[1:], shown[2:], shown[3:], strict=False):
        following = later if after.kind == "blank" else after
        if line.kind == "para" and _is_title(line, before, after):
            line.kind, line.level = "heading", 5
        elif line.kind == "bullet" and line.level and not _is_numbered(before) and _is_numbered_title(line, following):
            line.kind, line.level = "heading", 6


def _is_title(line: Line, before: Line, after: Line) -> bool:
    words = line.text.strip()
    if len(words) > MAX_TITLE_LENGTH or SENTENCE_END_PATTERN.search(words.rstrip(":")):
        return False
    if is_section_title(NUMBERED_PATTERN.sub("", words, count=1)):
        return True
    if _is_section_opening(words, before, after):
        return True
    alone = before.kind in {"blank", "heading"} and after.kind == "blank"
    letters = sum(letter.isalpha() for letter in words)
    return alone and words.isupper() and letters > 5 and not words.endswith(":")


def _is_section_opening(words: str, before: Line, after: Line) -> bool:
    """A short line without a verb, after a full stop or a list, before a sentence or a list."""
    ended = before.kind in {"blank", "bullet", "heading"} or bool(SENTENCE_END_PATTERN.search(before.text.rstrip()))
    follows = after.kind == "bullet" or (
        after.kind == "para" and bool(SENTENCE_END_PATTERN.search(after.text.rstrip()))
    )
    if (
        not ended
        or not follows
        or len(words.split()) > 8
        or not words[0].isupper()
        or SPEAKER_LABEL_PATTERN.match(words)
        or MARK_START_PATTERN.match(words)
        or ":" in words
    ):
        return False
    return (
        not FINITE_VERB_PATTERN.search(words)
        and not PERSON_NAME_PATTERN.match(words)
        and not UNFINISHED_END_PATTERN.search(words)
    )


def _is_numbered(line: Line) -> bool:
    return line.kind == "bullet" and line.level > 0


def _is_numbered_title(line: Line, following: Line) -> bool:
    words = line.text.strip()
    if len(words) > MAX_TITLE_LENGTH or SENTENCE_END_PATTERN.search(words) or line.indent > 3:
        return False
    return following.kind == "para" or (following.kind == "bullet" and not following.level)
