"""Read one table of a call file, and note what is wrong with it: on which line, in words."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from jukwaa.proposals.toml_lines import TomlLineIndex, TomlTablePlace

CALL_NAME_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_CALL_TEXT_LENGTH = 5000
MAX_CALL_LIST_VALUES = 200


@dataclass(frozen=True)
class CallFileProblem:
    line: int
    sentence: str


@dataclass
class CallFileProblems:
    """What is wrong with a file, in the order of its lines."""

    lines: TomlLineIndex
    found: list[CallFileProblem] = field(default_factory=list)

    def add_problem(self, table_place: TomlTablePlace, table_key: str, sentence: str) -> None:
        self.found.append(CallFileProblem(self.lines.find_line_number(table_place, table_key), sentence))

    @property
    def sorted_problems(self) -> tuple[CallFileProblem, ...]:
        return tuple(sorted(self.found, key=lambda problem: problem.line))


class CallTableRow:
    """The values of a table. Each reader returns a value that fits, or notes a problem and returns nothing."""

    def __init__(
        self, table_values: dict[str, Any], table_place: TomlTablePlace, file_problems: CallFileProblems
    ) -> None:
        self.values, self.place, self.problems = table_values, table_place, file_problems
        self._read: set[str] = set()

    def add_problem(self, table_key: str, sentence: str) -> None:
        self.problems.add_problem(self.place, table_key, sentence)

    def _get_checked_value(
        self, table_key: str, is_valid_value: Callable[[Any], bool], expected_description: str, *, is_required: bool
    ) -> Any:
        self._read.add(table_key)
        value = self.values.get(table_key)
        if value is None:
            if is_required:
                self.add_problem("", _("“%(key)s” is missing. Add it.") % {"key": table_key})
            return None
        if is_valid_value(value):
            return value
        self.add_problem(
            table_key, _("“%(key)s” must be %(expected)s.") % {"key": table_key, "expected": expected_description}
        )
        return None

    def read_text(self, table_key: str, *, required: bool = False) -> str:
        return str(
            self._get_checked_value(
                table_key, _is_text_value, _("text of up to 5,000 characters"), is_required=required
            )
            or ""
        )

    def read_text_list(self, table_key: str) -> tuple[str, ...]:
        expected = _('a list of up to 200 text values, such as ["one", "two"]')
        return tuple(self._get_checked_value(table_key, _is_list_of_texts, expected, is_required=False) or ())

    def read_name(self, key: str = "name") -> str:
        expected = _("a name made of lower-case letters, digits and hyphens, such as “policy-question”")
        return str(self._get_checked_value(key, _is_name_value, expected, is_required=True) or "")

    def read_flag(self, table_key: str) -> bool:
        return bool(
            self._get_checked_value(
                table_key, lambda value: isinstance(value, bool), _("true or false"), is_required=False
            )
        )

    def read_count(self, table_key: str, *, is_required: bool = False) -> int | None:
        if self.values.get(table_key) == 0 and not isinstance(self.values[table_key], bool):
            self._read.add(table_key)
            self.add_problem(
                table_key,
                _("“%(key)s” must be 1 or more. If there is no limit, remove this line.") % {"key": table_key},
            )
            return None
        found: int | None = self._get_checked_value(
            table_key, _is_positive_integer, _("a whole number from 1 to 1,000,000"), is_required=is_required
        )
        return found

    def read_day(self, table_key: str, *, is_required: bool = False) -> date | None:
        found: date | None = self._get_checked_value(
            table_key, _is_day_value, _("a date such as 2027-05-24"), is_required=is_required
        )
        return found

    def read_time(self, table_key: str) -> time | None:
        expected = _("a time such as 23:59:00")
        found: time | None = self._get_checked_value(
            table_key, lambda value: isinstance(value, time), expected, is_required=False
        )
        return found

    def read_choice[E: StrEnum](self, table_key: str, enum_class: type[E], default_member: E | None = None) -> E | None:
        """Return the member that is named. Required where there is no default."""
        value = self.read_one_of(table_key, [kind.value for kind in enum_class], is_required=default_member is None)
        return enum_class(value) if value else default_member

    def read_one_of(self, table_key: str, allowed_values: Collection[str], *, is_required: bool = False) -> str:
        expected = _("one of: %(allowed)s") % {"allowed": ", ".join(allowed_values)}
        value = self._get_checked_value(
            table_key,
            lambda value: isinstance(value, str) and value in allowed_values,
            expected,
            is_required=is_required,
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


def _is_name_value(toml_value: Any) -> bool:
    return isinstance(toml_value, str) and CALL_NAME_PATTERN.fullmatch(toml_value) is not None


def _is_text_value(toml_value: Any) -> bool:
    return isinstance(toml_value, str) and len(toml_value) <= MAX_CALL_TEXT_LENGTH


def _is_list_of_texts(toml_value: Any) -> bool:
    return (
        isinstance(toml_value, list)
        and len(toml_value) <= MAX_CALL_LIST_VALUES
        and all(_is_text_value(each) and each for each in toml_value)
    )


def _is_positive_integer(toml_value: Any) -> bool:
    return isinstance(toml_value, int) and not isinstance(toml_value, bool) and 1 <= toml_value <= 1_000_000  # noqa: PLR2004 - said in words beside it


def _is_day_value(toml_value: Any) -> bool:
    return type(toml_value) is date
