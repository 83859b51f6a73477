"""Read one table of a call file, and note what is wrong with it: on which line, in words."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from jukwaa.proposals.toml_lines import LineIndex, TablePlace

NAME_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_TEXT_LENGTH = 5000
MAX_LIST_VALUES = 200


@dataclass(frozen=True)
class FileProblem:
    line: int
    sentence: str


@dataclass
class FileProblems:
    """What is wrong with a file, in the order of its lines."""

    lines: LineIndex
    found: list[FileProblem] = field(default_factory=list)

    def add(self, place: TablePlace, key: str, sentence: str) -> None:
        self.found.append(FileProblem(self.lines.find(place, key), sentence))

    @property
    def sorted(self) -> tuple[FileProblem, ...]:
        return tuple(sorted(self.found, key=lambda problem: problem.line))


class TableRow:
    """The values of a table. Each reader returns a value that fits, or notes a problem and returns nothing."""

    def __init__(self, values: dict[str, Any], place: TablePlace, problems: FileProblems) -> None:
        self.values, self.place, self.problems = values, place, problems
        self._read: set[str] = set()

    def add_problem(self, key: str, sentence: str) -> None:
        self.problems.add(self.place, key, sentence)

    def _get_checked_value(self, key: str, fits: Callable[[Any], bool], expected: str, *, required: bool) -> Any:
        self._read.add(key)
        value = self.values.get(key)
        if value is None:
            if required:
                self.add_problem("", _("“%(key)s” is missing. Add it.") % {"key": key})
            return None
        if fits(value):
            return value
        self.add_problem(key, _("“%(key)s” must be %(expected)s.") % {"key": key, "expected": expected})
        return None

    def text(self, key: str, *, required: bool = False) -> str:
        return str(
            self._get_checked_value(key, _is_text_value, _("text of up to 5,000 characters"), required=required) or ""
        )

    def texts(self, key: str) -> tuple[str, ...]:
        expected = _('a list of up to 200 text values, such as ["one", "two"]')
        return tuple(self._get_checked_value(key, _is_list_of_texts, expected, required=False) or ())

    def name(self, key: str = "name") -> str:
        expected = _("a name made of lower-case letters, digits and hyphens, such as “policy-question”")
        return str(self._get_checked_value(key, _is_name_value, expected, required=True) or "")

    def flag(self, key: str) -> bool:
        return bool(
            self._get_checked_value(key, lambda value: isinstance(value, bool), _("true or false"), required=False)
        )

    def count(self, key: str, *, required: bool = False) -> int | None:
        if self.values.get(key) == 0 and not isinstance(self.values[key], bool):
            self._read.add(key)
            self.add_problem(
                key, _("“%(key)s” must be 1 or more. If there is no limit, remove this line.") % {"key": key}
            )
            return None
        found: int | None = self._get_checked_value(
            key, _is_positive_integer, _("a whole number from 1 to 1,000,000"), required=required
        )
        return found

    def day(self, key: str, *, required: bool = False) -> date | None:
        found: date | None = self._get_checked_value(
            key, _is_day_value, _("a date such as 2027-05-24"), required=required
        )
        return found

    def hour(self, key: str) -> time | None:
        expected = _("a time such as 23:59:00")
        found: time | None = self._get_checked_value(
            key, lambda value: isinstance(value, time), expected, required=False
        )
        return found

    def choice[E: StrEnum](self, key: str, kinds: type[E], default: E | None = None) -> E | None:
        """Return the member that is named. Required where there is no default."""
        value = self.one_of(key, [kind.value for kind in kinds], required=default is None)
        return kinds(value) if value else default

    def one_of(self, key: str, allowed: Collection[str], *, required: bool = False) -> str:
        expected = _("one of: %(allowed)s") % {"allowed": ", ".join(allowed)}
        value = self._get_checked_value(
            key, lambda value: isinstance(value, str) and value in allowed, expected, required=required
        )
        return str(value or "")

    def ignore_unknown_keys(self) -> None:
        """Take no offence at further keys, where it is not known which ones belong here."""
        self._read.update(self.values)

    def refuse_unknown_keys(self) -> None:
        """Note each key that nothing has read: it is misspelt, or does not belong here."""
        for key in self.values:
            if key not in self._read:
                self.add_problem(
                    key, _("“%(key)s” is not a known key here. Check its spelling or remove it.") % {"key": key}
                )


def _is_name_value(value: Any) -> bool:
    return isinstance(value, str) and NAME_PATTERN.fullmatch(value) is not None


def _is_text_value(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MAX_TEXT_LENGTH


def _is_list_of_texts(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= MAX_LIST_VALUES
        and all(_is_text_value(each) and each for each in value)
    )


def _is_positive_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 1_000_000  # noqa: PLR2004 - said in words beside it


def _is_day_value(value: Any) -> bool:
    return type(value) is date
