"""From the text of a call file to a call, or to what is wrong with it by line."""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jukwaa.core.rule_checks import Kind, Level, Rule
from jukwaa.core.text_counts import NOT_KNOWN, WAYS
from jukwaa.proposals.call import (
    NOT_STATED,
    UNITS,
    Call,
    Criterion,
    DateKind,
    Deadline,
    Field,
    FieldType,
    Mark,
    Milestone,
    Note,
    find_zone,
)
from jukwaa.proposals.call_rows import Problem, Problems, Row
from jukwaa.proposals.checks import CHECKS
from jukwaa.proposals.proposal import Role
from jukwaa.proposals.toml_lines import ROOT, Lines, Place

MOST_BYTES = 200_000
MOST_ROWS = 300
TABLES = ("deadline", "date", "field", "rule", "criterion", "new", "note")
_ANY_DAY = date(2000, 1, 1)  # in the place of one that is missing, until all problems are found
STAGES = ("screening", "evaluation", "after selection", "at the session", NOT_STATED)


class CallFileError(ValueError):
    """A call file cannot be read. `problems` say on which lines, and what to do."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"line {each.line}: {each.sentence}" for each in self.problems))


def parse_call(text: str) -> Call:
    """Return the call of a file. Raises CallFileError with all that is wrong with it."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise CallFileError([Problem(1, _("This file is too large. Upload a call file of at most 200 kB."))])
    try:
        data = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise CallFileError([_explain_syntax(error)]) from error
    except ValueError as error:  # of the numbers that Python does not read
        raise CallFileError([Problem(1, _("A number in this file has too many digits. Shorten it."))]) from error
    except RecursionError as error:
        raise CallFileError(
            [Problem(1, _("This file has too many levels of nesting. Write one table below another."))]
        ) from error
    problems = Problems(Lines(text.replace("\r\n", "\n")))
    call = _Reader(data, problems).read()
    if problems.found:
        raise CallFileError(problems.sorted)
    return call


def _explain_syntax(error: tomllib.TOMLDecodeError) -> Problem:
    """Say on which line the parser stopped. Python 3.14 says it in attributes, earlier versions in the message."""
    _before, _at, place = str(error).rpartition("(at ")
    line = next((int(word) for word in place.replace(",", " ").split() if word.isdigit()), 1)
    return Problem(line, _("This is not valid TOML. Check quotation marks, brackets and equals signs on this line."))


class _Reader:
    """Reads the tables of one file."""

    def __init__(self, data: dict[str, Any], problems: Problems) -> None:
        self.data, self.problems = data, problems
        self.sources: dict[str, str] = {}
        self.fields: tuple[Field, ...] = ()

    def read(self) -> Call:
        root = Row(
            {key: value for key, value in self.data.items() if key not in (*TABLES, "sources")}, ROOT, self.problems
        )
        self.sources = self._read_sources()
        self.fields = self._read_rows("field", self._read_field)
        self._refuse_twins("field", [each.name for each in self.fields])
        rules = self._read_rows("rule", self._read_rule)
        self._refuse_twins("rule", [each.name for each in rules])
        call = Call(
            **self._read_about(root),
            sources=self.sources,
            deadlines=self._read_rows("deadline", self._read_deadline),
            dates=self._read_rows("date", self._read_date),
            fields=self.fields,
            rules=rules,
            criteria=self._read_rows("criterion", self._read_criterion),
            new=self._read_rows("new", self._read_note),
            notes=self._read_rows("note", self._read_note),
        )
        root.check_keys()
        return call

    def _read_about(self, root: Row) -> dict[str, Any]:
        about: dict[str, Any] = {key: root.text(key, required=True) for key in ("title", "forum", "edition", "kind")}
        about |= {key: root.text(key) for key in ("summary", "follows")}
        about |= {key: root.texts(key) for key in ("categories", "themes", "unknown")}
        about |= {key: self._source_in(root, key) for key in ("categories_source", "themes_source")}
        about["name"] = self._read_name(root, about)
        return about | {"year": root.count("year", required=True) or 0, "language": root.text("language") or "en"}

    def _read_name(self, root: Row, about: dict[str, Any]) -> str:
        """Return the name in addresses: of forum, edition and kind, unless the file gives another one."""
        if "name" in root.values:
            return root.name()
        name = make_name(about["forum"], about["edition"], about["kind"])
        if not any(letter.isalpha() for letter in name) and all(about.values()):
            root.complain("forum", _('Add a name in Latin letters, such as name = "africa-2027-workshop".'))
        return name

    def _read_sources(self) -> dict[str, str]:
        table = self.data.get("sources", {})
        row = Row(table if isinstance(table, dict) else {}, Place("sources", 0), self.problems)
        return {key: row.text(key) for key in row.values}

    def _source_in(self, row: Row, key: str = "source") -> str:
        name = row.text(key)
        if name and name not in self.sources:
            sentence = _("There is no source “%(name)s” in [sources]. Add the source, or correct its name.")
            row.complain(key, sentence % {"name": name})
        return name

    def _read_rows[T](self, table: str, read: Callable[[Row], T]) -> tuple[T, ...]:
        rows = self.data.get(table, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            sentence = _("Begin each “%(table)s” with a line [[%(table)s]].") % {"table": table}
            self.problems.add(Place(table, 0), "", sentence)
            return ()
        if len(rows) > MOST_ROWS:
            self.problems.add(
                Place(table, MOST_ROWS), "", _("There are more than 300 tables of this name. Remove some.")
            )
            rows = rows[:MOST_ROWS]
        found = []
        for number, values in enumerate(rows):
            row = Row(values, Place(table, number), self.problems)
            found.append(read(row))
            row.check_keys()
        return tuple(found)

    def _refuse_twins(self, table: str, names: list[str]) -> None:
        repeated = {name for name, number in Counter(names).items() if name and number > 1}
        seen: set[str] = set()
        for number, name in enumerate(names):
            if name in repeated and name in seen:
                sentence = _("Another %(table)s has the name “%(name)s” already. Choose another name.")
                self.problems.add(Place(table, number), "name", sentence % {"table": table, "name": name})
            seen.add(name)

    def _read_field(self, row: Row) -> Field:
        kind = row.choice("type", FieldType)
        return Field(
            name=row.name(),
            label=row.text("label", required=True),
            type=kind or FieldType.LINE,
            section=row.text("section"),
            mark=row.choice("mark", Mark, Mark.NOT_KNOWN) or Mark.NOT_KNOWN,
            is_new=row.flag("new"),
            options=row.texts("options"),
            write_in=row.flag("write_in"),
            role=row.one_of("role", [role.value for role in Role], required=kind is FieldType.PEOPLE),
            formats=row.texts("formats"),
            note=row.text("note"),
            source=self._source_in(row),
            **self._read_limit(row, kind),
        )

    def _read_limit(self, row: Row, kind: FieldType | None) -> dict[str, Any]:
        least, most = row.count("min"), row.count("max")
        if least and most and least > most:
            row.complain("min", _("“min” is more than “max”. Swap the numbers."))
        has_limit = bool(least or most)
        units = UNITS[kind] if kind else tuple({unit for units in UNITS.values() for unit in units})
        unit = row.one_of("unit", units, required=has_limit and bool(units)) if units else row.text("unit")
        if kind and not units and ("min" in row.values or "max" in row.values or unit):
            row.complain("max", _("A field of the type “%(type)s” has no limit. Remove it.") % {"type": kind.value})
        counted = row.one_of("counted", [NOT_KNOWN, *WAYS.get(unit, {})]) or NOT_KNOWN
        return {"min": least, "max": most, "unit": unit, "counted": counted, "unlimited": row.flag("unlimited")}

    def _read_deadline(self, row: Row) -> Deadline:
        zone = row.text("zone")
        if not zone:
            sentence = _('The deadline has no time zone. Write zone = "UTC" or another zone, or zone = "not stated".')
            row.complain("zone", sentence)
        elif zone != NOT_STATED and not _is_zone(zone):
            sentence = _("There is no time zone “%(zone)s”. Enter one such as UTC, UTC-11 or Africa/Nairobi.")
            row.complain("zone", sentence % {"zone": zone})
        day = row.day("day", required=True)
        read_on, hour, note, source = row.day("read"), row.hour("time"), row.text("note"), self._source_in(row)
        return Deadline(day or _ANY_DAY, hour, zone if _is_zone(zone) else NOT_STATED, source, read_on, note)

    def _read_date(self, row: Row) -> Milestone:
        kind, day, last_day = row.choice("kind", DateKind), row.day("day", required=True), row.day("last_day")
        if day and last_day and last_day < day:
            row.complain("last_day", _("“last_day” is before “day”. Swap the dates."))
        note, source = row.text("note"), self._source_in(row)
        return Milestone(kind or DateKind.OPENS, day or _ANY_DAY, last_day, note, source)

    def _read_criterion(self, row: Row) -> Criterion:
        title, note, formats = row.text("title", required=True), row.text("note"), row.texts("formats")
        return Criterion(title, note, formats, self._source_in(row))

    def _read_note(self, row: Row) -> Note:
        return Note(row.text("text", required=True), self._source_in(row))

    def _read_rule(self, row: Row) -> Rule:
        name, check = row.name(), row.one_of("check", CHECKS, required=True)
        parameters = self._read_parameters(row, check) if check else {}
        if not check:
            row.ignore_rest()
        return Rule(
            name=name,
            check=check,
            text=row.text("text", required=True),
            parameters={**parameters, "rule": name},
            level=row.choice("level", Level, Level.MUST) or Level.MUST,
            stage=row.one_of("stage", STAGES, required=True),
            source=self._source_in(row),
        )

    def _read_parameters(self, row: Row, check: str) -> dict[str, Any]:
        wanted = CHECKS[check]
        found: dict[str, Any] = {}
        for key, kind in wanted.parameters.items():
            value = self._read_parameter(row, key, kind, required=key not in wanted.optional)
            if value:
                found[key] = value
        if wanted.one_of and not wanted.one_of & set(row.values):
            sentence = _("Add one of: %(keys)s.") % {"keys": ", ".join(sorted(wanted.one_of))}
            row.complain("", sentence)
        return found

    def _read_parameter(self, row: Row, key: str, kind: Kind, *, required: bool) -> Any:
        roles = [role.value for role in Role]
        match kind:
            case Kind.COUNT:
                return row.count(key, required=required)
            case Kind.FLAG:
                return row.flag(key)
            case Kind.TEXT:
                return row.text(key, required=required)
            case Kind.FIELD:
                return row.one_of(key, [field.name for field in self.fields], required=required)
            case Kind.ROLE:
                return row.one_of(key, roles, required=required)
            case _:
                return self._read_list(row, key, roles if kind is Kind.ROLES else None)

    def _read_list(self, row: Row, key: str, allowed: list[str] | None) -> tuple[str, ...]:
        values = row.texts(key)
        if not row.values.get(key):
            row.complain("", _("“%(key)s” is missing. Add it.") % {"key": key})
        for value in values:
            if allowed is not None and value not in allowed:
                sentence = _("“%(key)s” must be %(expected)s.")
                expected = _("one of: %(allowed)s") % {"allowed": ", ".join(allowed)}
                row.complain(key, sentence % {"key": key, "expected": expected})
        return values


def make_name(*parts: str) -> str:
    """Return a name for addresses: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", " ".join(parts)).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def _is_zone(name: str) -> bool:
    try:
        find_zone(name)
    except (ValueError, LookupError, OSError):
        return False
    return True
