"""Lines of a document, and what each of them is: heading, bullet, row of a table, furniture of a page, or prose."""

import itertools
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator

from jukwaa.intake.reader.email_lines import (
    CHAT_LINE_PATTERN,
    PRINTED_HEADER_PATTERN,
    PRIVATE_MESSAGE_PATTERN,
    SENDER_LINE_PATTERN,
    find_signature_lines,
    is_program_line,
)
from jukwaa.intake.reader.email_threads import find_thread_lines
from jukwaa.intake.reader.front_matter import mark_front_matter
from jukwaa.intake.reader.html_rows import find_html_tables
from jukwaa.intake.reader.markers import is_item_with_leading_label
from jukwaa.intake.reader.report_line import Line
from jukwaa.intake.reader.tables import parse_column_roles, split_row_into_cells

LINE_BREAK_PATTERN = re.compile(r"\r\n|[\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029]")
MARKDOWN_HEADING_PATTERN = re.compile(
    r"\s{0,3}(#{1,6})[ \t]+([^\s|].*?)[ \t#]*$"
)  # "# | What | Who" is the head of a table
BULLET_LINE_PATTERN = re.compile(
    r"[ \t]*(?:(?:[-*+•–—◦▪·‣●■□➢►✓]|o(?=[ \t]+[A-Z•])|\(?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[a-zA-Z](?<![-*+•] [A-Z])|"
    r"[ivx]{1,5}|(?!D\d)[A-Z]\d{1,3})\\?[.)]"
    r"|\d{1,2}(?:\.\d{1,2}){1,3})[ \t]+)+"
)
NUMBERED_LINE_PATTERN = re.compile(
    r"[ \t]*(?:\d{1,3}(?:\.\d{1,2}){0,3}\\?[.)]?|[IVX]{1,5}[.)]|(?:Agenda )?[Ii]tem \d+[:.]?)[ \t]+(?=\S)"
)
CHECKBOX_PATTERN = re.compile(r"(?:\[ ?[xX✓✔?]? ?\]|[☐☑☒🗹⬜]\ufe0f?(?![^\n]*[☐☑☒🗹⬜]))[ \t]+")
HORIZONTAL_RULE_PATTERN = re.compile(
    r"[ \t]*(?:-[ \t]*){3,}$|[ \t]*(?:\*[ \t]*){3,}$|[ \t]*(?:_[ \t]*){3,}$|[ \t]*(?:=[ \t]*){3,}$|"
    r"[ \t]*\^{3,}[ \t]*$|[ \t]*`{3,}\w*$|[ \t]*~{3,}$"
)
QUOTE_MARK_PATTERN = re.compile(r"[ \t]{0,3}>(?:[ \t]?>){0,9}[ \t]?")  # of quoted emails
# "------- chat -------" begins another part.
TITLED_RULE_PATTERN = re.compile(
    r"[ \t]*(?:-{3,}|={3,}|_{3,}|\*{3,}|[–—]{2,})[ \t]*([^\W\d_][^-=_*–—|]{1,38}?)[ \t]*[-=_*–—]{2,}[ \t]*$"
)
PAGE_NUMBER_PATTERN = re.compile(
    r"[ \t]*(?:[-–—][ \t]*)?(?:[Pp](?:age|\.)[ \t]*)?\d{1,4}(?:[ \t]*(?:of|"
    r"/)[ \t]*\d{1,4})?(?:[ \t]*[-–—])?[ \t]*$"
)
# "Board - 6th meeting - page 2"
PAGE_EDGE_PATTERN = re.compile(
    r"[^.!?;:|]{2,80}\s[-–—·]\s?(?:page|p[áa]gina|seite)\s\d{1,3}(?:\s?(?:of|/|sur|de|von)\s?\d{1,3})?\s*$",
    re.IGNORECASE,
)
BOLD_LINE_PATTERN = re.compile(r"[ \t]*(?:\*\*|__)([^*_]{2,100}?)(?:\*\*|__)[ \t]*:?[ \t]*$")
HTML_HEADING_PATTERN = re.compile(r"[ \t]*<(b|strong|h[1-6])>([^<>]{2,100})</\1>:?(?:<br ?/?>)?[ \t]*$", re.IGNORECASE)
HTML_ITEM_PATTERN = re.compile(r"[ \t]*<li\b[^<>]{0,200}>[ \t]*(?=[^\s<]|<(?!/?(?:ul|ol|p|li|div)\b))", re.IGNORECASE)
HTML_PARAGRAPH_PATTERN = re.compile(
    r"[ \t]*<p\b[^<>]{0,200}>[ \t]*(?=[^\s<]|<(?!/?(?:ul|ol|p|li|div|table|img)\b))", re.IGNORECASE
)
HTML_PARAGRAPH_END_PATTERN = re.compile(r"\s*</p>\s*$", re.IGNORECASE)
HTML_ITEM_END_PATTERN = re.compile(r"(?:\s*</?(?:li|ul|ol|br)\b[^<>]{0,20}>)+\s*$", re.IGNORECASE)
# On slides everything is as large as a heading: "## 1) The map is published under an open licence."
LARGE_ITEM_PATTERN = re.compile(r"\d{1,2}\)\s+(?P<words>(?:\S+\s+){5,}\S+[.)])")
HTML_COMMENT_PATTERN = re.compile(r"[ \t]*<!--(?:(?!-->).)*-->[ \t]*$")  # nobody sees it on the page
HTML_TAG_PATTERN = re.compile(
    r"[ \t]*</?(?:table|tbody|thead|tr|td|th|ul|ol|li|div|pre|a|p|span|h[1-6]|script|style|img|dl|dd|dt)\b"
    r"|[ \t]*<(b|strong)>[^<>]{2,100}</\1>:?(?:<br ?/?>)?[ \t]*$"
)
TABLE_ROW_PATTERN = re.compile(r"[ \t]*\|.*\|[ \t]*$")
TABLE_RULE_PATTERN = re.compile(r"[ \t]*\|?[ \t:|=-]*(?:-{2,}|={2,})[ \t:|=-]*\|?[ \t]*$")
BREAK_TAG_PATTERN = re.compile(r"(?<=\S)<br ?/?>(?=[^\n\w]{0,20}\w)", re.IGNORECASE)
CELL_SIGN_PATTERN = re.compile(r"\||<(?:t[dhr]|li|table)\b", re.IGNORECASE)
UNFENCED_ROW_PATTERN = re.compile(r"[^|\n]*\S[^|\n]* \|(?: |$)|[^\n]* \| \S")
SETEXT_LEVELS = {"=": 1, "-": 2, "^": 3}  # of the line below a heading
FIRST_NUMBER_PATTERN = re.compile(r"\d{1,3}(?=[.)])")
MIN_BARS_OF_NUMBERED_ROW = 2
MAX_ROW_TITLE_WORDS = 6
MAX_REPORT_LINE_LENGTH = 2000  # no pattern looks further into one line


def parse_report_lines(text: str) -> list[Line]:
    """All lines with their kind."""
    lines = _insert_html_rows(text, _split_text_lines(text))
    mark_front_matter(lines)
    _mark_email_lines(lines, text)
    running = _find_running_heads(lines)
    _mark_unfenced_rows(lines)
    for line in lines:
        if line.kind == "para":
            _classify_line(line, running)
    _mark_setext_headings(lines)
    _set_paragraph_widths(lines)
    return lines


def _split_text_lines(text: str) -> list[Line]:
    lines: list[Line] = []
    start, after_page = 0, False
    for match in LINE_BREAK_PATTERN.finditer(text):
        for tag in _find_break_tags(text, start, match.start()):
            lines.append(_build_line(text, start, tag.start(), is_after_page_break=after_page))
            start = tag.end()
        lines.append(_build_line(text, start, match.start(), is_after_page_break=after_page))
        start, after_page = match.end(), match.group() == "\f"
    lines.append(_build_line(text, start, len(text), is_after_page_break=after_page))
    return lines


def _find_break_tags(text: str, start_offset: int, end_offset: int) -> Iterator[re.Match[str]]:
    """The "<br>" inside of this line, unless it is a row of a table, where they divide the entries of a cell."""
    if "<br" in text[start_offset:end_offset] and not CELL_SIGN_PATTERN.search(text, start_offset, end_offset):
        yield from BREAK_TAG_PATTERN.finditer(text, start_offset, end_offset)


def _insert_html_rows(text: str, report_lines: list[Line]) -> list[Line]:
    """The lines, with one line for each row of an HTML table instead of those that it is written on."""
    tables = list(find_html_tables(text))
    if not tables:
        return report_lines
    starts = [start for start, _end, _rows in tables]
    outside = []
    for line in report_lines:
        before = bisect_right(starts, line.start) - 1
        if before < 0 or line.start >= tables[before][1]:
            outside.append(line)
    rows = [Line(*row, text[slice(*row)][:MAX_REPORT_LINE_LENGTH], "row") for table in tables for row in table[2]]
    return sorted([*outside, *rows], key=lambda line: line.start)


def _build_line(text: str, start_offset: int, end_offset: int, *, is_after_page_break: bool) -> Line:
    quote_mark = QUOTE_MARK_PATTERN.match(text, start_offset, end_offset)
    start_offset = quote_mark.end() if quote_mark else start_offset
    words = text[start_offset:end_offset]
    stripped = words.strip()
    line = Line(start_offset, end_offset, words[:MAX_REPORT_LINE_LENGTH], after_page=is_after_page_break)
    line.indent = len(words) - len(words.lstrip())
    if not stripped:
        line.kind = "blank"
    return line


def _mark_email_lines(report_lines: list[Line], text: str) -> None:
    """In a printed thread, each email begins a part of its own; what programs and signatures add says nothing."""
    starts = [line.start for line in report_lines]
    for start, end in find_thread_lines(text):
        for line in report_lines[bisect_left(starts, start) : bisect_left(starts, end)]:
            line.kind = "furniture" if line.kind == "para" else line.kind
    headers = [PRINTED_HEADER_PATTERN.match(line.text) for line in report_lines]
    is_email = any(headers) or any(SENDER_LINE_PATTERN.match(line.text) for line in report_lines)
    signatures = find_signature_lines([line.text for line in report_lines]) if is_email else set()
    for number, (line, header) in enumerate(zip(report_lines, headers, strict=True)):
        if line.kind != "para":
            continue
        if chat := CHAT_LINE_PATTERN.match(line.text):
            line.opens = True
            line.kind = "furniture" if PRIVATE_MESSAGE_PATTERN.search(chat["to"]) else line.kind  # for one person alone
            _narrow_line_to_text(line, chat.start("sender"), _get_line_text_end(line))
        elif header:
            line.kind, line.level = "heading", 1
            _narrow_line_to_text(line, header.start("sender"), header.end("sender"))
        elif number in signatures or is_program_line(line.text):
            line.kind = "furniture"


def _find_running_heads(report_lines: list[Line]) -> frozenset[str]:
    """Lines that come again at the edge of pages."""
    edges: Counter[str] = Counter()
    filled = [line for line in report_lines if line.kind != "blank"]
    for before, line, after in zip([None, *filled], filled, [*filled[1:], None], strict=False):
        at_edge = line.after_page or (after is not None and after.after_page)
        beside = any(other is not None and PAGE_NUMBER_PATTERN.match(other.text) for other in (before, after))
        if (at_edge or beside) and len(line.text) <= 100:
            edges[_mask_digits(line.text)] += 1
    return frozenset(shape for shape, count in edges.items() if count >= 2)


def _mark_unfenced_rows(report_lines: list[Line]) -> None:
    """Rows as "a | b" on lines of their own, as tables of Word documents arrive, and rows with tabs, as pasted ones do.

    One such line alone is a sentence with a bar in it. With tabs, the first line must be the head of a known table.
    """
    titles = _find_titles_between_rows(report_lines)
    others = titles | _find_short_numbered_rows(report_lines)
    for group in _group_adjacent_lines(report_lines, lambda line: _is_unfenced_row(line) or line.start in others):
        if any(line.start in titles for line in group) and not parse_column_roles(split_row_into_cells(group[0].text)):
            for part in _group_adjacent_lines(group, _is_unfenced_row):
                _mark_table_rows(part)
        else:
            _mark_table_rows(group)
    for group in _group_adjacent_lines(report_lines, lambda line: "\t" in line.text.strip()):
        if parse_column_roles(split_row_into_cells(group[0].text)):
            _mark_table_rows(group)


def _find_titles_between_rows(report_lines: list[Line]) -> set[int]:
    """Where short lines without a bar start that stand between two rows: "New tasks", below the head of a table."""
    return {
        line.start
        for before, line, after in zip(report_lines, report_lines[1:], report_lines[2:], strict=False)
        if line.kind == "para"
        and "|" not in line.text
        and 0 < len(line.text.split()) <= MAX_ROW_TITLE_WORDS
        and not line.text.lstrip().startswith(("- ", "* ", "• "))
        and _is_unfenced_row(before)
        and _is_unfenced_row(after)
    }


def _find_short_numbered_rows(report_lines: list[Line]) -> set[int]:
    """Where rows start that lack their last cells: "6. Other | None" below a longer row, or the head of a table.

    "5. Posters", with the first cell alone, is a row if its number comes next and another row is below.
    """
    found: set[int] = set()
    for before, line, after in zip(report_lines, report_lines[1:], [*report_lines[2:], Line(0, 0, "")], strict=False):
        is_below_row = before.start in found or (_is_unfenced_row(before) and before.text[:1].isdigit())
        is_below_head = _is_unfenced_row(before) and bool(parse_column_roles(split_row_into_cells(before.text)))
        if not line.text[:1].isdigit() or not (is_below_row or is_below_head):
            continue
        if UNFENCED_ROW_PATTERN.match(line.text):
            found.add(line.start)
        elif is_below_row and _is_next_number(before.text, line.text) and _is_next_number(line.text, after.text):
            found.update({line.start} if UNFENCED_ROW_PATTERN.match(after.text) else ())
    return found


def _is_next_number(text_before: str, text: str) -> bool:
    numbers = [int(match[0]) if (match := FIRST_NUMBER_PATTERN.match(each)) else -1 for each in (text_before, text)]
    return numbers[0] >= 0 and numbers[1] == numbers[0] + 1


def _is_unfenced_row(line: Line) -> bool:
    words = line.text
    if "|" not in words:
        return False
    if TABLE_RULE_PATTERN.match(words):
        return True
    if UNFENCED_ROW_PATTERN.match(words) is None or MARKDOWN_HEADING_PATTERN.match(words):
        return False
    bullet = BULLET_LINE_PATTERN.match(words)
    if bullet is None or words[bullet.end() : bullet.end() + 1] == "|":
        return True
    return bullet[0].strip()[:1].isdigit() and words.count(" | ") >= MIN_BARS_OF_NUMBERED_ROW  # "1.1 Welcome | a | b"


def _group_adjacent_lines(report_lines: list[Line], is_member: Callable[[Line], bool]) -> Iterator[list[Line]]:
    """Runs of two or more lines, one below the other, that are no fenced rows."""
    group: list[Line] = []
    for line in [*report_lines, Line(0, 0, "", "blank")]:
        if line.kind == "para" and is_member(line) and not TABLE_ROW_PATTERN.match(line.text):
            group.append(line)
            continue
        if len(group) > 1:
            yield group
        group = []


def _mark_table_rows(report_lines: list[Line]) -> None:
    for line in report_lines:
        if TABLE_RULE_PATTERN.match(line.text):
            line.kind = "row_rule"
        else:
            line.kind = "row"
            _narrow_line_to_text(line, line.indent, _get_line_text_end(line))


def _mask_digits(text: str) -> str:
    return re.sub(r"\d+", "#", text.strip())


def _classify_line(report_line: Line, running_heads: frozenset[str]) -> None:
    words = report_line.text
    if (
        PAGE_NUMBER_PATTERN.match(words)
        or PAGE_EDGE_PATTERN.match(words)
        or (running_heads and _mask_digits(words) in running_heads)
    ):
        report_line.kind = "furniture"
    elif HORIZONTAL_RULE_PATTERN.match(words) or (words.strip() in {"```", "---"}):
        report_line.kind = "rule"
    elif match := MARKDOWN_HEADING_PATTERN.match(words) or TITLED_RULE_PATTERN.match(words):
        _mark_markdown_heading(report_line, match)
    elif TABLE_RULE_PATTERN.match(words) and "|" in words:
        report_line.kind = "row_rule"
    elif TABLE_ROW_PATTERN.match(words):
        report_line.kind = "row"
        _narrow_line_to_text(report_line, words.index("|") + 1, words.rindex("|"))
    elif HTML_TAG_PATTERN.match(words) or HTML_COMMENT_PATTERN.match(words):
        _mark_html(report_line)
    elif (match := BOLD_LINE_PATTERN.match(words)) and not is_item_with_leading_label(match[1]):
        report_line.kind, report_line.level = "heading", 7
        _narrow_line_to_text(report_line, match.start(1), match.end(1))
    elif match := BULLET_LINE_PATTERN.match(words):
        _mark_bullet_line(report_line, match.end())
    elif CHECKBOX_PATTERN.match(words, report_line.indent):
        _mark_bullet_line(report_line, report_line.indent)
    else:
        _narrow_line_to_text(report_line, report_line.indent, _get_line_text_end(report_line))


def _mark_markdown_heading(report_line: Line, heading: re.Match[str]) -> None:
    """A heading as Markdown writes it, or between two lines of strokes."""
    if heading.re is TITLED_RULE_PATTERN:
        report_line.kind, report_line.level = "heading", 5
        _narrow_line_to_text(report_line, heading.start(1), heading.end(1))
        return
    item = LARGE_ITEM_PATTERN.fullmatch(heading[2])
    report_line.kind, report_line.level = ("bullet", 1) if item else ("heading", len(heading[1]))
    _narrow_line_to_text(report_line, heading.start(2) + (item.start("words") if item else 0), heading.end(2))


def _mark_html(report_line: Line) -> None:
    """A line of HTML is a heading, an entry of a list, or no words of the document."""
    words = report_line.text
    if match := HTML_HEADING_PATTERN.match(words):
        report_line.kind, report_line.level = "heading", 7
        _narrow_line_to_text(report_line, match.start(2), match.end(2))
    elif match := HTML_ITEM_PATTERN.match(words):
        report_line.kind = "bullet"
        _narrow_line_to_text(report_line, match.end(), len(HTML_ITEM_END_PATTERN.sub("", words)))
    elif match := HTML_PARAGRAPH_PATTERN.match(words):
        report_line.opens = True
        _narrow_line_to_text(report_line, match.end(), len(HTML_PARAGRAPH_END_PATTERN.sub("", words)))
    else:
        report_line.kind = "markup"


def _mark_bullet_line(report_line: Line, end_offset: int) -> None:
    words = report_line.text
    report_line.kind = "bullet"
    if match := CHECKBOX_PATTERN.match(words, end_offset):
        report_line.checkbox, report_line.ticked = True, bool(match.group().strip("[]? \t☐⬜\ufe0f"))
        end_offset = match.end()
    mark = words[:end_offset].strip(" \t[]xX")
    report_line.level = 1 if mark[:1].isdigit() or mark[:2].strip("(").isalnum() else 0
    _narrow_line_to_text(report_line, end_offset, _get_line_text_end(report_line))
    if report_line.start >= report_line.end:
        report_line.kind = "blank"
    elif match := MARKDOWN_HEADING_PATTERN.match(report_line.text):
        report_line.kind, report_line.level = "heading", len(match[1])
        _narrow_line_to_text(report_line, match.start(2), match.end(2))
    elif (
        report_line.text.startswith(("**", "__"))
        and (bold := BOLD_LINE_PATTERN.match(report_line.text))
        and report_line.level
    ):
        report_line.kind, report_line.level = "heading", 7
        _narrow_line_to_text(report_line, bold.start(1), bold.end(1))


def _get_line_text_end(report_line: Line) -> int:
    """Where the words of the line end, counted from where it starts, even if the pattern sees only its beginning."""
    return (
        len(report_line.text.rstrip())
        if len(report_line.text) < MAX_REPORT_LINE_LENGTH
        else report_line.end - report_line.start
    )


def _narrow_line_to_text(report_line: Line, start_offset: int, end_offset: int) -> None:
    report_line.end = report_line.start + end_offset
    report_line.start += start_offset
    report_line.text = report_line.text[start_offset:end_offset]


def _mark_setext_headings(report_lines: list[Line]) -> None:
    for line, below in itertools.pairwise(report_lines):
        mark = below.text.strip()
        line.is_head = line.kind == "row" and below.kind == "row_rule"
        is_title = line.kind == "para" or (line.kind == "bullet" and bool(line.level) and mark[:1] == "^")
        if is_title and below.kind == "rule" and mark[:1] in SETEXT_LEVELS and len(line.text) <= 120:
            line.kind, line.level = "heading", SETEXT_LEVELS[mark[0]]


def _set_paragraph_widths(report_lines: list[Line]) -> None:
    """How wide the lines of one paragraph are: where a line broke off early, something new begins."""
    group: list[Line] = []
    for line in [*report_lines, Line(0, 0, "", "blank")]:
        if line.kind in {"blank", "heading", "rule", "row"}:
            width = max((len(member.text) for member in group), default=0)
            for member in group:
                member.width = max(60, width)
            group = []
        else:
            group.append(line)
