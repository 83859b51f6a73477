"""The numbers by which reports name their actions: "4/2", "AP 14.1", "C11-1", "12-a", "D4"."""

import re
from dataclasses import dataclass

START_LENGTH = 40  # characters, within which the number of a sentence begins
MAX_LEADING_CELLS = 2  # "15.3" in a later cell may be a day
_MARK = r"^(?:\d{1,3}\s*[|\t])?\s*(?:\[[ x?]\])?[^\w|]*"  # the number of the line, or a box
_LABELS = r"(?:action|task|actie|acción|ação|tâche)?(?:\s?(?:point|item|no\.?|n°))?|ap|ai|a|t"
# "4/2", "14-1", "12-a", "C11-1", "AP 14.1", "Action 3.2:". Three parts are a date, and so is a year with a month.
_PARTS = (
    rf"(?P<label>{_LABELS})[\s#:.\u2013-]{{0,3}}(?P<series>(?-i:[A-Z])(?=\d))?(?P<first>\d{{1,3}}|20\d\d)"
    r"(?P<sign>[/.\u2013-])(?:(?P<second>\d{1,3})(?P<letter>[a-z]?)|(?P<only_letter>[a-z]))"
)
_END = r"(?![\w/.\u2013-]*\d)(?=[\s|:;,.)\]\u2013-]|$)"
_NUMBER_PATTERN = re.compile(f"{_MARK}{_PARTS}{_END}", re.IGNORECASE)
_CELL_PATTERN = re.compile(_PARTS, re.IGNORECASE)
_SHORT_PATTERN = re.compile(
    rf"{_MARK}(?:(?:AP|AI)[ .#-]{{0,2}}|(?P<series>[A-Z])-?)(?P<second>\d{{1,2}})(?=\s*[|\t:)\]]|\.\s|$)"
)
_SERIES_OF_ACTIONS = {"A", "T"}


@dataclass(frozen=True)
class ActionNumber:
    """`is_strong` of one that can hardly number anything but actions; the first part is empty for "D4" and "AP-3"."""

    parts: tuple[str, str]
    is_strong: bool

    @property
    def is_short(self) -> bool:
        """Whether each meeting may begin with 1 again."""
        return not self.parts[0]


def parse_action_number(quote: str) -> ActionNumber | None:
    """Return the number at the beginning of a sentence or a row, or the one that fills a cell of the row."""
    start = quote[:START_LENGTH]
    match = _NUMBER_PATTERN.match(start)
    if match is not None:
        return _build_number(match)
    short = _SHORT_PATTERN.match(start)
    if short is not None:
        series = short["series"] or ""
        return ActionNumber(("", ("" if series in _SERIES_OF_ACTIONS else series.casefold()) + short["second"]), False)
    return next(filter(None, map(_parse_cell, enumerate(re.split(r"[|\t]", quote)))), None)


def remove_action_number(text: str) -> str:
    return _SHORT_PATTERN.sub("", _NUMBER_PATTERN.sub("", text, count=1), count=1)


def _parse_cell(numbered_cell: tuple[int, str]) -> ActionNumber | None:
    place, cell = numbered_cell
    match = _CELL_PATTERN.fullmatch(cell.strip())
    if match is None:
        return None
    is_marked = bool(match["label"] or match["series"] or match["only_letter"])
    return _build_number(match) if is_marked or (match["sign"] == "." and 0 < place < MAX_LEADING_CELLS) else None


def _build_number(match: re.Match[str]) -> ActionNumber | None:
    series = match["series"] or ""
    first = match["first"].lstrip("0")
    second = (match["second"] or "").lstrip("0") + (match["letter"] or match["only_letter"] or "").casefold()
    if not first or not second:
        return None
    prefix = "" if series in _SERIES_OF_ACTIONS else series.casefold()
    return ActionNumber((prefix + first, second), bool(match["label"] or series) or match["sign"] != ".")
