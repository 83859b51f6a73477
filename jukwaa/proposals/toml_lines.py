"""On which line of a TOML file a table or a value begins: the standard parser says so for its own errors alone."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

HEADER_PATTERN = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_-]+)\s*\]\]?\s*(?:#.*)?$")
KEY_PATTERN = re.compile(r"\s*\"?([A-Za-z0-9_-]+)\"?\s*=")
# A string, as far as it goes: what looks like a header inside of one of several lines is none.
STRING_PATTERN = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#.*')


class TablePlace(NamedTuple):
    """A table of a file: its name, and which of its name it is."""

    table: str
    number: int


ROOT_TABLE = TablePlace("", 0)


class LineIndex:
    """The lines of tables and of the values in them."""

    def __init__(self, text: str) -> None:
        self._tables: dict[TablePlace, int] = {ROOT_TABLE: 1}
        self._keys: dict[TablePlace, dict[str, int]] = defaultdict(dict)
        self._read(text)

    def _read(self, text: str) -> None:
        seen: dict[str, int] = defaultdict(int)
        here, open_string = ROOT_TABLE, ""
        for number, line in enumerate(text.split("\n"), start=1):
            if not open_string:
                if header := HEADER_PATTERN.match(line):
                    here = TablePlace(header[2], seen[header[2]])
                    seen[header[2]] += 1
                    self._tables[here] = number
                    continue
                if key := KEY_PATTERN.match(line):
                    self._keys[here].setdefault(key[1], number)
            open_string = _find_open_string(line, open_string)

    def find(self, place: TablePlace, key: str = "") -> int:
        """Return the line of a value, or of its table where it has none."""
        return self._get_table_keys(place).get(key) or self._tables.get(place, 1)

    def _get_table_keys(self, place: TablePlace) -> Mapping[str, int]:
        return self._keys.get(place, {})


def _find_open_string(line: str, open_string: str) -> str:
    """Return the mark of a string that goes on after this line, or nothing."""
    at = 0
    while True:
        if open_string:
            end = line.find(open_string, at)
            if end < 0:
                return open_string
            at, open_string = end + 3, ""
        mark = STRING_PATTERN.search(line, at)
        if mark is None:
            return ""
        at = mark.end()
        if mark[0] in ('"""', "'''"):
            open_string = mark[0]
