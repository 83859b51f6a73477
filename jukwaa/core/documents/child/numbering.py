"""The automatic numbers of a Word document, as Word prints them before headings and paragraphs."""

import re

from lxml import etree

_WORD_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBER_LEVEL_PATTERN = re.compile(r"%([1-9])")
_PRINTED_NUMBER_PATTERN = re.compile(r"(?:[A-Z]{1,2}\.)?\d{1,4}(?:\.\d{1,4}){0,5}")
_ALPHABET_LENGTH = 26
_ROMAN_NUMERAL_PARTS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class PrintedNumbering:
    """Counts as Word does: lists that share a definition go on counting, unless one of them starts anew."""

    def __init__(self, root_element: etree._Element | None) -> None:
        self._definition: dict[str, str] = {}
        self._levels: dict[tuple[str, int], etree._Element] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for item in root_element.findall(f"{_WORD_NAMESPACE}abstractNum") if root_element is not None else ():
            key = item.get(f"{_WORD_NAMESPACE}abstractNumId", "")
            for level in item.findall(f"{_WORD_NAMESPACE}lvl"):
                self._levels[key, _parse_int_or(level.get(f"{_WORD_NAMESPACE}ilvl"), 0)] = level
        for item in root_element.findall(f"{_WORD_NAMESPACE}num") if root_element is not None else ():
            key = item.get(f"{_WORD_NAMESPACE}numId", "")
            self._definition[key] = _get_child_value(item, "abstractNumId")
            for level in item.findall(f"{_WORD_NAMESPACE}lvlOverride"):
                if start := _get_child_value(level, "startOverride"):
                    depth = _parse_int_or(level.get(f"{_WORD_NAMESPACE}ilvl"), 0)
                    self._restarts[key, depth] = _parse_int_or(start, 1)

    def get_next_number(self, numbering_key: str, list_depth: int) -> tuple[str, str]:
        """The number before the next paragraph of this list, and the list it belongs to; empty where it prints none."""
        definition = self._definition.get(numbering_key, "")
        level = self._levels.get((definition, list_depth))
        if numbering_key == "0" or level is None:
            return "", ""
        counts = self._counts.setdefault(definition, {})
        for higher in range(list_depth):
            counts.setdefault(higher, self._get_start_number(definition, higher))
        if (start := self._restarts.pop((numbering_key, list_depth), None)) is not None:
            counts[list_depth] = start
        else:
            counts[list_depth] = counts.get(list_depth, self._get_start_number(definition, list_depth) - 1) + 1
        for deeper in [at for at in counts if at > list_depth]:
            del counts[deeper]
        in_digits = level.find(f"{_WORD_NAMESPACE}isLgl") is not None
        printed = _NUMBER_LEVEL_PATTERN.sub(
            lambda mark: self._format_count(definition, int(mark[1]) - 1, in_digits=in_digits),
            _get_child_value(level, "lvlText"),
        )
        found = _PRINTED_NUMBER_PATTERN.search(printed)
        return (found[0], definition) if found else ("", "")

    def _get_start_number(self, numbering_definition: str, list_depth: int) -> int:
        level = self._levels.get((numbering_definition, list_depth))
        return _parse_int_or(_get_child_value(level, "start"), 1) if level is not None else 1

    def _format_count(self, numbering_definition: str, list_depth: int, *, in_digits: bool) -> str:
        count = self._counts[numbering_definition].get(list_depth)
        level = self._levels.get((numbering_definition, list_depth))
        if count is None or level is None:
            return ""
        style = _get_child_value(level, "numFmt") or "decimal"
        if in_digits or style in {"decimal", "decimalZero"}:
            return str(count)
        if style == "upperLetter" and 1 <= count <= _ALPHABET_LENGTH:
            return chr(ord("A") + count - 1)
        if style == "upperRoman" and count >= 1:
            return _format_roman(count)
        return ""


def _format_roman(item_count: int) -> str:
    found = ""
    for value, letters in _ROMAN_NUMERAL_PARTS:
        found += letters * (item_count // value)
        item_count %= value
    return found


def _get_child_value(element: etree._Element, child_name: str) -> str:
    child = element.find(f"{_WORD_NAMESPACE}{child_name}")
    return child.get(f"{_WORD_NAMESPACE}val", "") if child is not None else ""


def _parse_int_or(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else otherwise
