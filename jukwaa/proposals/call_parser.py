"""From the text of a call file to a call, or to what is wrong with it by line."""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jukwaa.core.rule_checks import ParameterKind, Rule, RuleLevel
from jukwaa.core.text_counts import COUNT_METHODS, UNKNOWN_METHOD
from jukwaa.proposals.call import (
    NOT_STATED,
    UNITS_BY_FIELD_TYPE,
    CallDeadline,
    CallField,
    CallForProposals,
    CallNote,
    DateKind,
    FieldRequirement,
    FieldType,
    Milestone,
    ReviewCriterion,
    parse_time_zone,
)
from jukwaa.proposals.call_tables import FileProblem, FileProblems, TableRow
from jukwaa.proposals.checks import CALL_RULE_CHECKS
from jukwaa.proposals.proposal_values import Role
from jukwaa.proposals.toml_lines import ROOT_TABLE, LineIndex, TablePlace

MAX_FILE_SIZE = 200_000
MAX_TABLE_ROWS = 300
CALL_TABLE_NAMES = ("deadline", "date", "field", "rule", "criterion", "new", "note")
_PLACEHOLDER_DAY = date(2000, 1, 1)  # in the place of one that is missing, until all problems are found
RULE_STAGES = ("screening", "evaluation", "after selection", "at the session", NOT_STATED)


class CallFileError(ValueError):
    """A call file cannot be read. `problems` say on which lines, and what to do."""

    def __init__(self, problems: Iterable[FileProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"line {each.line}: {each.sentence}" for each in self.problems))


def parse_call_toml(text: str) -> CallForProposals:
    """Return the call of a file. Raises CallFileError with all that is wrong with it."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_FILE_SIZE:
        raise CallFileError([FileProblem(1, _("This file is too large. Upload a call file of at most 200 kB."))])
    try:
        data = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise CallFileError([_explain_toml_syntax_error(error)]) from error
    except ValueError as error:  # of the numbers that Python does not read
        raise CallFileError([FileProblem(1, _("A number in this file has too many digits. Shorten it."))]) from error
    except RecursionError as error:
        raise CallFileError(
            [FileProblem(1, _("This file has too many levels of nesting. Write one table below another."))]
        ) from error
    problems = FileProblems(LineIndex(text.replace("\r\n", "\n")))
    call = _CallParser(data, problems).read()
    if problems.found:
        raise CallFileError(problems.sorted)
    return call


def _explain_toml_syntax_error(error: tomllib.TOMLDecodeError) -> FileProblem:
    """Say on which line the parser stopped. Python 3.14 says it in attributes, earlier versions in the message."""
    _before, _at, place = str(error).rpartition("(at ")
    line = next((int(word) for word in place.replace(",", " ").split() if word.isdigit()), 1)
    return FileProblem(
        line, _("This is not valid TOML. Check quotation marks, brackets and equals signs on this line.")
    )


class _CallParser:
    """Reads the tables of one file."""

    def __init__(self, data: dict[str, Any], problems: FileProblems) -> None:
        self.data, self.problems = data, problems
        self.sources: dict[str, str] = {}
        self.fields: tuple[CallField, ...] = ()

    def read(self) -> CallForProposals:
        root = TableRow(
            {key: value for key, value in self.data.items() if key not in (*CALL_TABLE_NAMES, "sources")},
            ROOT_TABLE,
            self.problems,
        )
        self.sources = self._read_source_addresses()
        self.fields = self._read_table_rows("field", self._read_form_field)
        self._check_unique_names("field", [each.name for each in self.fields])
        rules = self._read_table_rows("rule", self._read_call_rule)
        self._check_unique_names("rule", [each.name for each in rules])
        call = CallForProposals(
            **self._read_call_facts(root),
            sources=self.sources,
            deadlines=self._read_table_rows("deadline", self._read_call_deadline),
            dates=self._read_table_rows("date", self._read_call_date),
            fields=self.fields,
            rules=rules,
            criteria=self._read_table_rows("criterion", self._read_review_criterion),
            new=self._read_table_rows("new", self._read_call_note),
            notes=self._read_table_rows("note", self._read_call_note),
        )
        root.refuse_unknown_keys()
        return call

    def _read_call_facts(self, root: TableRow) -> dict[str, Any]:
        about: dict[str, Any] = {key: root.text(key, required=True) for key in ("title", "forum", "edition", "kind")}
        about |= {key: root.text(key) for key in ("summary", "follows")}
        about |= {key: root.texts(key) for key in ("categories", "themes", "unknown")}
        about |= {key: self._read_row_source(root, key) for key in ("categories_source", "themes_source")}
        about["name"] = self._read_call_name(root, about)
        return about | {"year": root.count("year", required=True) or 0, "language": root.text("language") or "en"}

    def _read_call_name(self, root: TableRow, about: dict[str, Any]) -> str:
        """Return the name in addresses: of forum, edition and kind, unless the file gives another one."""
        if "name" in root.values:
            return root.name()
        name = build_call_slug(about["forum"], about["edition"], about["kind"])
        if not any(letter.isalpha() for letter in name) and all(about.values()):
            root.add_problem("forum", _('Add a name in Latin letters, such as name = "africa-2027-workshop".'))
        return name

    def _read_source_addresses(self) -> dict[str, str]:
        table = self.data.get("sources", {})
        row = TableRow(table if isinstance(table, dict) else {}, TablePlace("sources", 0), self.problems)
        return {key: row.text(key) for key in row.values}

    def _read_row_source(self, row: TableRow, key: str = "source") -> str:
        name = row.text(key)
        if name and name not in self.sources:
            sentence = _("There is no source “%(name)s” in [sources]. Add the source, or correct its name.")
            row.add_problem(key, sentence % {"name": name})
        return name

    def _read_table_rows[T](self, table: str, read: Callable[[TableRow], T]) -> tuple[T, ...]:
        rows = self.data.get(table, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            sentence = _("Begin each “%(table)s” with a line [[%(table)s]].") % {"table": table}
            self.problems.add(TablePlace(table, 0), "", sentence)
            return ()
        if len(rows) > MAX_TABLE_ROWS:
            self.problems.add(
                TablePlace(table, MAX_TABLE_ROWS),
                "",
                _("There are more than 300 tables with this name. Remove some of them."),
            )
            rows = rows[:MAX_TABLE_ROWS]
        found = []
        for number, values in enumerate(rows):
            row = TableRow(values, TablePlace(table, number), self.problems)
            found.append(read(row))
            row.refuse_unknown_keys()
        return tuple(found)

    def _check_unique_names(self, table: str, names: list[str]) -> None:
        repeated = {name for name, number in Counter(names).items() if name and number > 1}
        seen: set[str] = set()
        for number, name in enumerate(names):
            if name in repeated and name in seen:
                sentence = _("Another %(table)s has the name “%(name)s” already. Choose another name.")
                self.problems.add(TablePlace(table, number), "name", sentence % {"table": table, "name": name})
            seen.add(name)

    def _read_form_field(self, row: TableRow) -> CallField:
        kind = row.choice("type", FieldType)
        return CallField(
            name=row.name(),
            label=row.text("label", required=True),
            type=kind or FieldType.LINE,
            section=row.text("section"),
            mark=row.choice("mark", FieldRequirement, FieldRequirement.NOT_KNOWN) or FieldRequirement.NOT_KNOWN,
            is_new=row.flag("new"),
            options=row.texts("options"),
            write_in=row.flag("write_in"),
            role=row.one_of("role", [role.value for role in Role], required=kind is FieldType.PEOPLE),
            formats=row.texts("formats"),
            note=row.text("note"),
            source=self._read_row_source(row),
            **self._read_field_limit(row, kind),
        )

    def _read_field_limit(self, row: TableRow, kind: FieldType | None) -> dict[str, Any]:
        least, most = row.count("min"), row.count("max")
        if least and most and least > most:
            row.add_problem("min", _("“min” is greater than “max”. Swap the numbers."))
        has_limit = bool(least or most)
        units = (
            UNITS_BY_FIELD_TYPE[kind]
            if kind
            else tuple({unit for units in UNITS_BY_FIELD_TYPE.values() for unit in units})
        )
        unit = row.one_of("unit", units, required=has_limit and bool(units)) if units else row.text("unit")
        if kind and not units and ("min" in row.values or "max" in row.values or unit):
            row.add_problem("max", _("A field of the type “%(type)s” has no limit. Remove it.") % {"type": kind.value})
        counted = row.one_of("counted", [UNKNOWN_METHOD, *COUNT_METHODS.get(unit, {})]) or UNKNOWN_METHOD
        return {"min": least, "max": most, "unit": unit, "counted": counted, "unlimited": row.flag("unlimited")}

    def _read_call_deadline(self, row: TableRow) -> CallDeadline:
        zone = row.text("zone")
        if not zone:
            sentence = _('The deadline has no time zone. Write zone = "UTC" or another zone, or zone = "not stated".')
            row.add_problem("zone", sentence)
        elif zone != NOT_STATED and not _is_time_zone(zone):
            sentence = _("There is no time zone “%(zone)s”. Enter one such as UTC, UTC-11 or Africa/Nairobi.")
            row.add_problem("zone", sentence % {"zone": zone})
        day = row.day("day", required=True)
        read_on, hour, note, source = row.day("read"), row.hour("time"), row.text("note"), self._read_row_source(row)
        return CallDeadline(
            day or _PLACEHOLDER_DAY, hour, zone if _is_time_zone(zone) else NOT_STATED, source, read_on, note
        )

    def _read_call_date(self, row: TableRow) -> Milestone:
        kind, day, last_day = row.choice("kind", DateKind), row.day("day", required=True), row.day("last_day")
        if day and last_day and last_day < day:
            row.add_problem("last_day", _("“last_day” is before “day”. Swap the dates."))
        note, source = row.text("note"), self._read_row_source(row)
        return Milestone(kind or DateKind.OPENS, day or _PLACEHOLDER_DAY, last_day, note, source)

    def _read_review_criterion(self, row: TableRow) -> ReviewCriterion:
        title, note, formats = row.text("title", required=True), row.text("note"), row.texts("formats")
        return ReviewCriterion(title, note, formats, self._read_row_source(row))

    def _read_call_note(self, row: TableRow) -> CallNote:
        return CallNote(row.text("text", required=True), self._read_row_source(row))

    def _read_call_rule(self, row: TableRow) -> Rule:
        name, check = row.name(), row.one_of("check", CALL_RULE_CHECKS, required=True)
        parameters = self._read_rule_parameters(row, check) if check else {}
        if not check:
            row.ignore_unknown_keys()
        return Rule(
            name=name,
            check=check,
            text=row.text("text", required=True),
            parameters={**parameters, "rule": name},
            level=row.choice("level", RuleLevel, RuleLevel.MUST) or RuleLevel.MUST,
            stage=row.one_of("stage", RULE_STAGES, required=True),
            source=self._read_row_source(row),
        )

    def _read_rule_parameters(self, row: TableRow, check: str) -> dict[str, Any]:
        wanted = CALL_RULE_CHECKS[check]
        found: dict[str, Any] = {}
        for key, kind in wanted.parameters.items():
            value = self._read_rule_parameter(row, key, kind, required=key not in wanted.optional)
            if value:
                found[key] = value
        if wanted.one_of and not wanted.one_of & set(row.values):
            sentence = _("Add one of these keys: %(keys)s.") % {"keys": ", ".join(sorted(wanted.one_of))}
            row.add_problem("", sentence)
        return found

    def _read_rule_parameter(self, row: TableRow, key: str, kind: ParameterKind, *, required: bool) -> Any:
        roles = [role.value for role in Role]
        match kind:
            case ParameterKind.COUNT:
                return row.count(key, required=required)
            case ParameterKind.FLAG:
                return row.flag(key)
            case ParameterKind.TEXT:
                return row.text(key, required=required)
            case ParameterKind.FIELD:
                return row.one_of(key, [field.name for field in self.fields], required=required)
            case ParameterKind.ROLE:
                return row.one_of(key, roles, required=required)
            case _:
                return self._read_string_list(row, key, roles if kind is ParameterKind.ROLES else None)

    def _read_string_list(self, row: TableRow, key: str, allowed: list[str] | None) -> tuple[str, ...]:
        values = row.texts(key)
        if not row.values.get(key):
            row.add_problem("", _("“%(key)s” is missing. Add it.") % {"key": key})
        for value in values:
            if allowed is not None and value not in allowed:
                sentence = _("“%(key)s” must be %(expected)s.")
                expected = _("one of: %(allowed)s") % {"allowed": ", ".join(allowed)}
                row.add_problem(key, sentence % {"key": key, "expected": expected})
        return values


def build_call_slug(*parts: str) -> str:
    """Return a name for addresses: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", " ".join(parts)).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def _is_time_zone(name: str) -> bool:
    try:
        parse_time_zone(name)
    except (ValueError, LookupError, OSError):
        return False
    return True
