"""An agenda that somebody has written down as plain text: one item on each line, with its time as people write it.

Pure functions. Who presents an item is not decided here: what may be a name is only separated from the title.
"""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from jukwaa.meetings.agenda_breaks import add_breaks_to_items, is_break
from jukwaa.meetings.agenda_clock import (
    DASHES,
    MAX_LINE_MINUTES,
    MINUTES_PER_DAY,
    MINUTES_PER_HOUR,
    START_PATTERN,
    TIME_RANGE_PATTERN,
    count_minutes_between,
    is_bare_number,
    parse_clock_time,
    parse_time_range,
)
from jukwaa.meetings.agenda_headings import AGENDA_WORDS, HALF_DAY_MINUTES, WrittenLine, find_lines_beside_items
from jukwaa.meetings.agenda_list_marks import join_parts_of_items, join_wrapped_lines, replace_letters_of_list
from jukwaa.meetings.agenda_purposes import extract_purpose
from jukwaa.meetings.models import Part
from jukwaa.places.text_folding import fold_text

_WORDS_BY_NUMBER = {
    5: ("five", "cinq", "cinco"),
    10: ("ten", "dix", "diez"),
    15: ("fifteen", "quinze", "quince"),
    20: ("twenty", "vingt", "veinte"),
    30: ("thirty", "trente", "treinta"),
    40: ("forty", "quarante", "cuarenta"),
    45: ("forty-five",),
    60: ("sixty", "soixante", "sesenta"),
}
_NUMBER_WORDS = {word: number for number, words in _WORDS_BY_NUMBER.items() for word in words}
_SPACE_AROUND = f" \t,;:\u060c{DASHES}>\u2192|"
# "3)", "4.", "4b.", "6 -", "2.1", "(a)", "Item 3:", and the signs of lists. Not "14.30", "3 questions" or "14 - 15".
_NUMBER_AFTER_CLOCK = re.compile(r"^(\d{1,2}[:.hH]\d{2})\s+\d{1,2}[.)]\s+(?=[^\W\d])")  # "15:00  1. Welcome"
_LIST_MARK = re.compile(
    rf"""^(?:
        [{DASHES}*\u2022\u2023\u25aa\u25cf\u25e6\u00b7]+\s+
        | (?:item|point|punto|punkt)\s+\d{{1,2}}\s*[{DASHES}.:)]\s*
        | \(?\d{{1,2}}\)\s*
        | \(?[a-z]\)\s+
        | \(?\d{{1,2}}[a-z][.)]\s+
        | \d{{1,2}}(?:\.\d{{1,2}})*\.\s+
        | \d{{1,2}}(?:\.\d)+\s+
        | \d{{1,2}}\s?[\u00b0\u00ba/]\s*[{DASHES}.)]?\s+
        | \d{{1,2}}[{DASHES}]\s+(?!\d)
        | \d{{1,2}}\s*\t\s*
        | \d{{1,2}}\s+[{DASHES}]\s+(?!\d{{1,2}}\s*(?:[:.hH]|[ap]m))
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_ARABIC_UNITS = r"\u062f\u0642\u064a\u0642\u0629|\u062f\u0642\u0627\u0626\u0642"
_UNITS = rf"(?:minutes?|minutos?|minuten|mi?ns?\b\.?|{_ARABIC_UNITS}|['\u2032\u2019])"
_DURATION = (
    rf"(?:(?:about|ca?\.|approx\.|~)\s?)?(?:(?P<hours>\d{{1,2}})\s?h(?:ours?|\s?(?P<rest>[0-5]\d)(?:\s?min)?)?(?![a-z])"
    rf"|(?P<number>\d{{1,3}})\s?{_UNITS}|(?P<word>{'|'.join(sorted(_NUMBER_WORDS, key=len, reverse=True))})\s{_UNITS})"
)
_WHOLE_DURATION = re.compile(rf"^{_DURATION}$", re.IGNORECASE)
_FIRST_DURATION = re.compile(rf"^{_DURATION}(?:\s*[,;:|]\s*|\s+[{DASHES}]\s+|(?<=')\s+|(?<=min)\s+)", re.IGNORECASE)
# "Explained in ten minutes" is a title.
_WORDS_OF_TITLE = "in|within|for|of|every|under|after|the|these|first|last|en|dans|pour|por|para|de"
_LAST_DURATION = re.compile(
    rf"(?P<before>.*?)(?:[.,;:|]\s*|\s[{DASHES}]+\s*|\s){_DURATION}\.?(?P<after>\s*(?:--|\s[{DASHES}/|]+\s).*)?$",
    re.IGNORECASE,
)
# "10'  Marta [doc 2]": who presents it comes after the length, as in the last column of a table.
_DURATION_BEFORE_NAME = re.compile(
    rf"(?P<before>.*?\S)(?:[.,;:|]\s*|\s){_DURATION}\s+(?P<after>(?!\d)[^\W_].*)$", re.IGNORECASE
)
_MAX_WORDS_OF_NAMES = 8
# "48 or 72 hours" is a question, and no length.
_ENDS_LIKE_TITLE = re.compile(rf"\b(?:{_WORDS_OF_TITLE}|\d+\s(?:or|and|to|vs\.?|ou|et|o|y|e|oder))$", re.IGNORECASE)
_LAST_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
# Columns that are set with tabs or spaces. Two spaces after a sentence, and before brackets, are none, except before
# a time.
_COLUMN_GAP = re.compile(
    r"\t+|(?<![.:;?!\s])\s{2,}(?![\s(\[])|(?<=[.:;?!])(?:\s{3,}(?![\s(\[])|\s{2}(?=\d{1,2}[:.h][0-5]\d(?:\s|$)))"
)
_LEADING_DIGITS = re.compile(r"[\s\d:.()\u2010-\u2014-]*\d[\s\d:.()\u2010-\u2014-]*")
_ASCII_DIGITS = {start + digit: str(digit) for start in (0x0660, 0x06F0) for digit in range(10)}
_BRACKETS = re.compile(r"\((?P<round>[^()]*)\)|\[(?P<square>[^\[\]]*)\]")
# "Presenta: Inés"
_PRESENTER_LABEL = re.compile(
    r"^(?:present(?:s|er|ed by|a|an|ación)|présent(?:e|é par|ation)|apresenta(?:ção)?|expone|ponente|a cargo de|led by"
    r"|intervenant|\u062a\u0642\u062f\u064a\u0645)\s?[:\uff1a]?\s+(?=\S)",
    re.IGNORECASE,
)
# What may separate a title from who presents it, as written.
_BEFORE_NAME = re.compile(rf"\s*(?:--+|\s[{DASHES}]+\s|\s/\s|\s\|\s|\.\s)\s*")
# "Mirror - short update Ana / Ben": both are first names, behind the last word of the title.
_TWO_NAMES_AT_END = re.compile(r"(?P<title>.*\w.*?)\s+(?P<first>[^\W\d_]+)\s+/\s+(?P<second>[^\W\d_]+)")
_BETWEEN_NAMES = re.compile(r"\s*(?:\+|&|,|\u060c|;|/|\band\b|\bet\b|\by\b|\be\b|\bund\b|\s\u0648)\s*")


@dataclass(frozen=True)
class NamePart:
    """Words at the end of a line that may be names, and the title if they are."""

    names: tuple[str, ...]
    title: str
    ends_list: bool = False  # organisations are the last of "New members: A, B", and present nothing


@dataclass(frozen=True)
class AgendaLine:
    """A line as it was understood: its title, when it starts and ends by its clock, in minutes of a day."""

    title: str
    minutes: int | None = None
    start: int | None = None
    purpose: Part.Purpose | None = None
    has_duration_last: bool = False  # names before it may follow a comma: "Budget, Marta, 10'"
    parts: tuple[str, ...] = ()  # "4.1 Deadlines" of item 4, and the breaks after it
    is_break: bool = False

    @property
    def title_with_parts(self) -> str:
        return f"{self.title} ({'; '.join(self.parts)})" if self.parts else self.title

    @property
    def name_parts(self) -> Iterator[NamePart]:
        """Return what may name the presenters, the likeliest first: in brackets, or after the last separator."""
        brackets = list(_BRACKETS.finditer(self.title))
        if brackets and brackets[-1].end() == len(self.title):
            inside = brackets[-1]["round"] or brackets[-1]["square"] or ""
            yield from _build_name_parts(inside, self.title[: brackets[-1].start()])
        if found := _TWO_NAMES_AT_END.fullmatch(self.title):
            yield NamePart((found["first"], found["second"]), _trim_title(found["title"]))
        if separators := list(_BEFORE_NAME.finditer(self.title)):
            last = separators[-1]
            yield from _build_name_parts_before_remark(self.title[last.end() :], self.title[: last.start()])
            if len(separators) > 1 and "/" not in last[0]:  # "Budget - Marta - first reading"
                before, rest = separators[-2], self.title[last.start() :]
                names = self.title[before.end() : last.start()]
                yield from _build_name_parts(names, f"{self.title[: before.start()]}{rest}")
        if self.has_duration_last:
            cells = re.split(r"[,\u060c]\s+", self.title)
            for number in range(1, len(cells)):
                ends_list = ": " in cells[0]
                for part in _build_name_parts(", ".join(cells[number:]), ", ".join(cells[:number])):
                    yield replace(part, ends_list=ends_list)


def _build_name_parts_before_remark(written: str, title: str) -> Iterator[NamePart]:
    """As they are, else without a remark that stays in the title: "Inés; the observer leaves the room"."""
    yield from _build_name_parts(written, title)
    bare = _LAST_BRACKETS.sub("", written)
    names, separator, remark = bare.partition(";")
    if bare != written or separator:
        remark = " ".join((f"{separator}{remark}{written[len(bare) :]}").split())
        between = "" if remark.startswith(";") else " "
        yield from _build_name_parts(names, f"{_trim_title(title)}{between}{remark}")


def _remove_role(names: str) -> str:
    """Return the names without what a person does at the meeting: "Litia (chair)"."""
    found = _LAST_BRACKETS.search(names)
    return names[: found.start()] if found and fold_text(found[0]) in AGENDA_WORDS["roles"] else names


def _build_name_parts(written_names: str, title: str) -> Iterator[NamePart]:
    whole = _PRESENTER_LABEL.sub("", _remove_role(written_names.strip(f" .{DASHES}")))
    title = _trim_title(title)
    if not (whole and title) or "?" in whole:
        return
    yield NamePart((whole,), title)
    names = tuple(name.strip() for name in _BETWEEN_NAMES.split(whole) if name.strip())
    if len(names) > 1:
        yield NamePart(names, title)


def parse_agenda_lines(text: str, *, kept_lines: Container[str] = ()) -> list[AgendaLine]:
    """Return the items of an agenda. One that has a start alone lasts until the next one starts, or the meeting ends.

    What the agenda says beside its items is left out, except the lines that are to be kept.
    """
    classified = _classify_agenda_lines(text, kept_lines)
    items = [
        ("", line) if written in kept_lines else (written, replace(line, is_break=is_break(line.title)))
        for written, line, is_item in classified
        if is_item
    ]
    lines = join_parts_of_items(items)
    end = _find_end_of_meeting(lines, [written for written, _line, is_item in classified if not is_item])
    last = AgendaLine("", start=end) if end is not None else None
    return add_breaks_to_items(
        _set_duration_until_next_line(line, following)
        for line, following in pairwise([*lines, last])
        if line is not None
    )


def list_lines_beside_items(text: str) -> list[str]:
    """Return the lines that are nowhere items, such as the title of the agenda, its date, and who chairs."""
    classified = _classify_agenda_lines(text, ())
    items = {written for written, _line, is_item in classified if is_item}
    return list(dict.fromkeys(written for written, _line, _is_item in classified if written not in items))


def list_left_out_lines(text: str) -> list[str]:
    """Return the lines that do not become items of their own: those beside the items, and breaks."""
    classified = _classify_agenda_lines(text, ())
    breaks = [written for written, line, is_item in classified if is_item and is_break(line.title)]
    return list(dict.fromkeys([*list_lines_beside_items(text), *breaks]))


def _find_end_of_meeting(lines: list[AgendaLine], lines_beside: list[str]) -> int | None:
    """Return when the meeting ends by a range of times beside its items that begins with the first of them."""
    if not lines or lines[0].start is None:
        return None
    for found in TIME_RANGE_PATTERN.finditer(" ; ".join(lines_beside).translate(_ASCII_DIGITS)):
        first, last = parse_time_range(found["first"], found["last"])
        if first is not None and last is not None and (first - lines[0].start) % HALF_DAY_MINUTES == 0:
            return (lines[0].start + (count_minutes_between(first, last) or 0)) % MINUTES_PER_DAY
    return None


def _classify_agenda_lines(text: str, kept_lines: Container[str]) -> list[tuple[str, AgendaLine, bool]]:
    """Return each line as written and as understood, and whether it is an item."""
    originals = [line.strip() for line in join_wrapped_lines(text).splitlines()]
    numbered = replace_letters_of_list([_replace_digits(line) for line in originals])
    lines = [(line, _parse_agenda_line(line)) for line in numbered]
    beside = find_lines_beside_items(
        [
            WrittenLine(
                written,
                _get_list_mark(written),
                bool(line and (line.minutes or line.start is not None)),
                *(_parse_clock_at_start(written) if line else ()),
            )
            for written, line in lines
        ]
    )
    return [
        (normalized, line, position not in beside or normalized in kept_lines)
        for position, (original, (_written, line)) in enumerate(zip(originals, lines, strict=True))
        if line is not None and (normalized := normalize_agenda_line(original))
    ]


def _replace_digits(line: str) -> str:
    """Return the line with the digits of other scripts at its start as those that times are read from."""
    start = _LEADING_DIGITS.match(line)
    return line if start is None else start[0].translate(_ASCII_DIGITS) + line[start.end() :]


def _parse_clock_at_start(written: str) -> tuple[int | None, int | None]:
    """Return when a line starts and how long it lasts, by times before any of its words."""
    bare = _remove_list_markers(written)
    if (found := TIME_RANGE_PATTERN.match(bare)) and not any(map(str.isalpha, bare[: found.start()])):
        first, last = parse_time_range(found["first"], found["last"])
        if first is not None and last is not None:
            return first, count_minutes_between(first, last)
    _rest, start, _minutes = _extract_times(bare)
    return (start, None) if START_PATTERN.match(bare) else (None, None)


def normalize_agenda_line(written: str) -> str:
    return " ".join(written.split())


def _get_list_mark(written: str) -> str:
    found = _LIST_MARK.match(written)
    return found[0] if found else ""


def _set_duration_until_next_line(line: AgendaLine, following: AgendaLine | None) -> AgendaLine:
    if line.minutes is not None or line.start is None or following is None or following.start is None:
        return line
    return replace(line, minutes=count_minutes_between(line.start, following.start))


def _parse_agenda_line(written: str) -> AgendaLine | None:
    rest, purpose = extract_purpose(_remove_list_markers(written.strip()))
    cells, start_in_column = _extract_start_in_column([" ".join(cell.split()) for cell in _COLUMN_GAP.split(rest)])
    rest, start, minutes = _extract_times(" \u2013 ".join(filter(None, cells)))
    start = start if start is not None else start_in_column
    before_duration = _trim_title(rest)
    rest, duration = _extract_duration(rest)
    title = _trim_title(rest)
    if not any(map(str.isalnum, title)):
        return None
    has_duration_last = duration is not None and before_duration.startswith(title) and not _FIRST_DURATION.match(rest)
    return AgendaLine(title, minutes if minutes is not None else duration, start, purpose, has_duration_last)


def _extract_start_in_column(cells: list[str]) -> tuple[list[str], int | None]:
    """Return the cells without a time that is alone in its column behind the title, and that time."""
    for place, cell in enumerate(cells[1:], 1):
        found = START_PATTERN.fullmatch(cell)
        if found is not None and not is_bare_number(found["first"]):
            return [*cells[:place], *cells[place + 1 :]], parse_clock_time(found["first"])
    return cells, None


def _remove_list_markers(written: str) -> str:
    """At most two: a sign and a number. The number may also be behind the time."""
    for _mark in range(2):
        bare = _LIST_MARK.sub("", written)
        if not bare:
            return written
        written = bare
    return _NUMBER_AFTER_CLOCK.sub(r"\1  ", written)


def _extract_times(line: str) -> tuple[str, int | None, int | None]:
    """Return the line without its times, its start and its length. Two bare numbers, as in "2 - 3", are no times."""
    for found in TIME_RANGE_PATTERN.finditer(line):
        first, last = parse_time_range(found["first"], found["last"])
        if first is not None and last is not None and (minutes := count_minutes_between(first, last)):
            return _remove_span(line, found.start(), found.end()), first, minutes
    found_start = START_PATTERN.match(line)
    if found_start is None or is_bare_number(found_start["first"]):
        return line, None, None
    return line[found_start.end() :].lstrip(_SPACE_AROUND), parse_clock_time(found_start["first"]), None


def _extract_duration(line: str) -> tuple[str, int | None]:
    """Return the line without its length: at its start, in brackets, or at its end."""
    if found := _FIRST_DURATION.match(line):
        return line[found.end() :], _parse_duration(found)
    for brackets in reversed(list(_BRACKETS.finditer(line))):
        cells = [cell.strip() for cell in re.split(r"[,;]", brackets["round"] or brackets["square"] or "")]
        lengths = [(cell, found) for cell in cells if (found := _WHOLE_DURATION.match(cell))]
        if lengths:
            others = ", ".join(cell for cell in cells if cell and cell != lengths[0][0])
            before, after = line[: brackets.start()], line[brackets.end() :]
            return f"{before.rstrip()} ({others}){after}" if others else _join_with_single_spaces(
                before, after
            ), _parse_duration(lengths[0][1])
    found_last = _LAST_DURATION.match(line)
    if found_last is None and (named := _DURATION_BEFORE_NAME.match(line)) and _may_be_names(named["after"]):
        is_title = _ENDS_LIKE_TITLE.search(named["before"].strip())
        return (line, None) if is_title else (f"{named['before']} \u2013 {named['after']}", _parse_duration(named))
    if found_last is None or _ENDS_LIKE_TITLE.search(found_last["before"].strip()):
        return line, None
    return f"{found_last['before']}{found_last['after'] or ''}", _parse_duration(found_last)


def _may_be_names(written: str) -> bool:
    """Whether it begins like a name and is short. Letters without capitals, as in Arabic, may begin a name."""
    names = _LAST_BRACKETS.sub("", written).partition(";")[0]
    return not names[:1].islower() and len(names.split()) <= _MAX_WORDS_OF_NAMES


def _parse_duration(found: re.Match[str]) -> int | None:
    if found["word"]:
        return _NUMBER_WORDS[found["word"].lower()]
    minutes = int(found["number"] or 0) + int(found["hours"] or 0) * MINUTES_PER_HOUR + int(found["rest"] or 0)
    return minutes if 0 < minutes <= MAX_LINE_MINUTES else None


def _remove_span(line: str, start: int, end: int) -> str:
    """Return the line without this part, and without brackets and separators that were for it alone."""
    before, after = line[:start], line[end:]
    if before.rstrip()[-1:] in ("(", "[") and after.lstrip()[:1] in (")", "]"):
        before, after = before.rstrip()[:-1], after.lstrip()[1:]
    if not before.strip(_SPACE_AROUND):
        return after.lstrip(_SPACE_AROUND)
    return (
        before.rstrip(_SPACE_AROUND)
        if not after.strip(f"{_SPACE_AROUND}.")
        else _join_with_single_spaces(before, after)
    )


def _join_with_single_spaces(*parts: Iterable[str] | str) -> str:
    return " ".join(word for part in parts for word in str(part).split())


def _trim_title(title: str) -> str:
    return title.strip(_SPACE_AROUND).rstrip("/").strip(_SPACE_AROUND)
