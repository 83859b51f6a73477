"""On which line of a TOML file a table or a value begins: the standard parser says so for its own errors alone."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

TABLE_HEADER_PATTERN = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_-]+)\s*\]\]?\s*(?:#.*)?$")
TABLE_KEY_PATTERN = re.compile(r"\s*\"?([A-Za-z0-9_-]+)\"?\s*=")
# A string, as far as it goes: what looks like a header inside of one of several lines is none.
TOML_STRING_PATTERN = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#.*')


class TomlTablePlace(NamedTuple):
    """A table of a file: its name, and which of its name it is."""

    table: str
    number: int


ROOT_TABLE_PLACE = TomlTablePlace("", 0)


class TomlLineIndex:
    """The lines of tables and of the values in them."""

    def __init__(self, text: str) -> None:
        self._tables: dict[TomlTablePlace, int] = {ROOT_TABLE_PLACE: 1}
        self._keys: dict[TomlTablePlace, dict[str, int]] = defaultdict(dict)
        self._index_lines(text)

    def _index_lines(self, text: str) -> None:
        seen: dict[str, int] = defaultdict(int)
        here, open_string = ROOT_TABLE_PLACE, ""
        for number, line in enumerate(text.split("\n"), start=1):
            if not open_string:
                if header := TABLE_HEADER_PATTERN.match(line):
                    here = TomlTablePlace(header[2], seen[header[2]])
                    seen[header[2]] += 1
                    self._tables[here] = number
                    continue
                if key := TABLE_KEY_PATTERN.match(line):
                    self._keys[here].setdefault(key[1], number)
            open_string = _find_open_string_delimiter(line, open_string)

    def find_line_number(self, table_place: TomlTablePlace, value_key: str = "") -> int:
        """Return the line of a value, or of its table where it has none."""
        return self._get_table_keys(table_place).get(value_key) or self._tables.get(table_place, 1)

    def _get_table_keys(self, table_place: TomlTablePlace) -> Mapping[str, int]:
        return self._keys.get(table_place, {})


def _find_open_string_delimiter(toml_line: str, open_delimiter: str) -> str:
    """Return the mark of a string that goes on after this line, or nothing."""
    at = 0
    while True:
        if open_delimiter:
            end = toml_line.find(open_delimiter, at)
            if end < 0:
                return open_delimiter
            at, open_delimiter = end + 3, ""
        mark = TOML_STRING_PATTERN.search(toml_line, at)
        if mark is None:
            return ""
        at = mark.end()
        if mark[0] in ('"""', "'''"):
            open_delimiter = mark[0]
