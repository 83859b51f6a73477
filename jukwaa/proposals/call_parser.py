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
from jukwaa.core.text_counts import COUNT_FUNCTIONS_BY_METHOD, UNKNOWN_COUNT_METHOD
from jukwaa.proposals.call import (
    LENGTH_UNITS_BY_FIELD_TYPE,
    NOT_STATED_TIME_ZONE,
    CallDateKind,
    CallDeadline,
    CallField,
    CallFieldRequirement,
    CallFieldType,
    CallForProposals,
    CallMilestone,
    CallNote,
    ReviewCriterion,
    parse_time_zone,
)
from jukwaa.proposals.call_tables import CallFileProblem, CallFileProblems, CallTableRow
from jukwaa.proposals.checks import CALL_RULE_CHECKS_BY_NAME
from jukwaa.proposals.proposal_values import ProposalRole
from jukwaa.proposals.toml_lines import ROOT_TABLE_PLACE, TomlLineIndex, TomlTablePlace

MAX_CALL_FILE_BYTES = 200_000
MAX_CALL_TABLE_ROWS = 300
CALL_TABLE_NAMES = ("deadline", "date", "field", "rule", "criterion", "new", "note")
_PLACEHOLDER_DAY = date(2000, 1, 1)  # in the place of one that is missing, until all problems are found
RULE_STAGE_NAMES = ("screening", "evaluation", "after selection", "at the session", NOT_STATED_TIME_ZONE)


class CallFileError(ValueError):
    """A call file cannot be read. `problems` say on which lines, and what to do."""

    def __init__(self, file_problems: Iterable[CallFileProblem]) -> None:
        self.problems = tuple(file_problems)
        super().__init__("; ".join(f"line {each.line}: {each.sentence}" for each in self.problems))


def parse_call_toml(text: str) -> CallForProposals:
    """Return the call of a file. Raises CallFileError with all that is wrong with it."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_CALL_FILE_BYTES:
        raise CallFileError([CallFileProblem(1, _("This file is too large. Upload a call file of at most 200 kB."))])
    try:
        data = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise CallFileError([_explain_toml_syntax_error(error)]) from error
    except ValueError as error:  # of the numbers that Python does not read
        raise CallFileError(
            [CallFileProblem(1, _("A number in this file has too many digits. Shorten it."))]
        ) from error
    except RecursionError as error:
        raise CallFileError(
            [CallFileProblem(1, _("This file has too many levels of nesting. Write one table below another."))]
        ) from error
    problems = CallFileProblems(TomlLineIndex(text.replace("\r\n", "\n")))
    call = _CallParser(data, problems).parse_call()
    if problems.found:
        raise CallFileError(problems.sorted_problems)
    return call


def _explain_toml_syntax_error(syntax_error: tomllib.TOMLDecodeError) -> CallFileProblem:
    """Say on which line the parser stopped. Python 3.14 says it in attributes, earlier versions in the message."""
    _before, _at, place = str(syntax_error).rpartition("(at ")
    line = next((int(word) for word in place.replace(",", " ").split() if word.isdigit()), 1)
    return CallFileProblem(
        line, _("This is not valid TOML. Check quotation marks, brackets and equals signs on this line.")
    )


class _CallParser:
    """Reads the tables of one file."""

    def __init__(self, toml_values: dict[str, Any], file_problems: CallFileProblems) -> None:
        self.data, self.problems = toml_values, file_problems
        self.sources: dict[str, str] = {}
        self.fields: tuple[CallField, ...] = ()

    def parse_call(self) -> CallForProposals:
        root = CallTableRow(
            {key: value for key, value in self.data.items() if key not in (*CALL_TABLE_NAMES, "sources")},
            ROOT_TABLE_PLACE,
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

    def _read_call_facts(self, root_table: CallTableRow) -> dict[str, Any]:
        about: dict[str, Any] = {
            key: root_table.read_text(key, required=True) for key in ("title", "forum", "edition", "kind")
        }
        about |= {key: root_table.read_text(key) for key in ("summary", "follows")}
        about |= {key: root_table.read_text_list(key) for key in ("categories", "themes", "unknown")}
        about |= {key: self._read_row_source(root_table, key) for key in ("categories_source", "themes_source")}
        about["name"] = self._read_call_name(root_table, about)
        return about | {
            "year": root_table.read_count("year", is_required=True) or 0,
            "language": root_table.read_text("language") or "en",
        }

    def _read_call_name(self, root_table: CallTableRow, name_parts: dict[str, Any]) -> str:
        """Return the name in addresses: of forum, edition and kind, unless the file gives another one."""
        if "name" in root_table.values:
            return root_table.read_name()
        name = build_call_slug(name_parts["forum"], name_parts["edition"], name_parts["kind"])
        if not any(letter.isalpha() for letter in name) and all(name_parts.values()):
            root_table.add_problem("forum", _('Add a name in Latin letters, such as name = "africa-2027-workshop".'))
        return name

    def _read_source_addresses(self) -> dict[str, str]:
        table = self.data.get("sources", {})
        row = CallTableRow(table if isinstance(table, dict) else {}, TomlTablePlace("sources", 0), self.problems)
        return {key: row.read_text(key) for key in row.values}

    def _read_row_source(self, table_row: CallTableRow, table_key: str = "source") -> str:
        name = table_row.read_text(table_key)
        if name and name not in self.sources:
            sentence = _("There is no source “%(name)s” in [sources]. Add the source, or correct its name.")
            table_row.add_problem(table_key, sentence % {"name": name})
        return name

    def _read_table_rows[T](self, table_name: str, read_table_row: Callable[[CallTableRow], T]) -> tuple[T, ...]:
        rows = self.data.get(table_name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            sentence = _("Begin each “%(table)s” with a line [[%(table)s]].") % {"table": table_name}
            self.problems.add_problem(TomlTablePlace(table_name, 0), "", sentence)
            return ()
        if len(rows) > MAX_CALL_TABLE_ROWS:
            self.problems.add_problem(
                TomlTablePlace(table_name, MAX_CALL_TABLE_ROWS),
                "",
                _("There are more than 300 tables with this name. Remove some of them."),
            )
            rows = rows[:MAX_CALL_TABLE_ROWS]
        found = []
        for number, values in enumerate(rows):
            row = CallTableRow(values, TomlTablePlace(table_name, number), self.problems)
            found.append(read_table_row(row))
            row.refuse_unknown_keys()
        return tuple(found)

    def _check_unique_names(self, table_name: str, row_names: list[str]) -> None:
        repeated = {name for name, number in Counter(row_names).items() if name and number > 1}
        seen: set[str] = set()
        for number, name in enumerate(row_names):
            if name in repeated and name in seen:
                sentence = _("Another %(table)s already has the name “%(name)s”. Choose another name.")
                self.problems.add_problem(
                    TomlTablePlace(table_name, number), "name", sentence % {"table": table_name, "name": name}
                )
            seen.add(name)

    def _read_form_field(self, table_row: CallTableRow) -> CallField:
        kind = table_row.read_choice("type", CallFieldType)
        return CallField(
            name=table_row.read_name(),
            label=table_row.read_text("label", required=True),
            type=kind or CallFieldType.LINE,
            section=table_row.read_text("section"),
            mark=table_row.read_choice("mark", CallFieldRequirement, CallFieldRequirement.NOT_KNOWN)
            or CallFieldRequirement.NOT_KNOWN,
            is_new=table_row.read_flag("new"),
            options=table_row.read_text_list("options"),
            write_in=table_row.read_flag("write_in"),
            role=table_row.read_one_of(
                "role", [role.value for role in ProposalRole], is_required=kind is CallFieldType.PEOPLE
            ),
            formats=table_row.read_text_list("formats"),
            note=table_row.read_text("note"),
            source=self._read_row_source(table_row),
            **self._read_field_limit(table_row, kind),
        )

    def _read_field_limit(self, table_row: CallTableRow, field_type: CallFieldType | None) -> dict[str, Any]:
        least, most = table_row.read_count("min"), table_row.read_count("max")
        if least and most and least > most:
            table_row.add_problem("min", _("“min” is greater than “max”. Swap the numbers."))
        has_limit = bool(least or most)
        units = (
            LENGTH_UNITS_BY_FIELD_TYPE[field_type]
            if field_type
            else tuple({unit for units in LENGTH_UNITS_BY_FIELD_TYPE.values() for unit in units})
        )
        unit = (
            table_row.read_one_of("unit", units, is_required=has_limit and bool(units))
            if units
            else table_row.read_text("unit")
        )
        if field_type and not units and ("min" in table_row.values or "max" in table_row.values or unit):
            table_row.add_problem(
                "max",
                _("A field of the type “%(type)s” cannot have a limit. Remove the limit.") % {"type": field_type.value},
            )
        counted = (
            table_row.read_one_of("counted", [UNKNOWN_COUNT_METHOD, *COUNT_FUNCTIONS_BY_METHOD.get(unit, {})])
            or UNKNOWN_COUNT_METHOD
        )
        return {
            "min": least,
            "max": most,
            "unit": unit,
            "counted": counted,
            "unlimited": table_row.read_flag("unlimited"),
        }

    def _read_call_deadline(self, table_row: CallTableRow) -> CallDeadline:
        zone = table_row.read_text("zone")
        if not zone:
            sentence = _('The deadline has no time zone. Write zone = "UTC" or another zone, or zone = "not stated".')
            table_row.add_problem("zone", sentence)
        elif zone != NOT_STATED_TIME_ZONE and not _is_time_zone(zone):
            sentence = _("There is no time zone “%(zone)s”. Enter one such as UTC, UTC-11 or Africa/Nairobi.")
            table_row.add_problem("zone", sentence % {"zone": zone})
        day = table_row.read_day("day", is_required=True)
        read_on, hour, note, source = (
            table_row.read_day("read"),
            table_row.read_time("time"),
            table_row.read_text("note"),
            self._read_row_source(table_row),
        )
        return CallDeadline(
            day or _PLACEHOLDER_DAY, hour, zone if _is_time_zone(zone) else NOT_STATED_TIME_ZONE, source, read_on, note
        )

    def _read_call_date(self, table_row: CallTableRow) -> CallMilestone:
        kind, day, last_day = (
            table_row.read_choice("kind", CallDateKind),
            table_row.read_day("day", is_required=True),
            table_row.read_day("last_day"),
        )
        if day and last_day and last_day < day:
            table_row.add_problem("last_day", _("Correct the dates. “last_day” must be the same as “day” or later."))
        note, source = table_row.read_text("note"), self._read_row_source(table_row)
        return CallMilestone(kind or CallDateKind.OPENS, day or _PLACEHOLDER_DAY, last_day, note, source)

    def _read_review_criterion(self, table_row: CallTableRow) -> ReviewCriterion:
        title, note, formats = (
            table_row.read_text("title", required=True),
            table_row.read_text("note"),
            table_row.read_text_list("formats"),
        )
        return ReviewCriterion(title, note, formats, self._read_row_source(table_row))

    def _read_call_note(self, table_row: CallTableRow) -> CallNote:
        return CallNote(table_row.read_text("text", required=True), self._read_row_source(table_row))

    def _read_call_rule(self, table_row: CallTableRow) -> Rule:
        name, check = table_row.read_name(), table_row.read_one_of("check", CALL_RULE_CHECKS_BY_NAME, is_required=True)
        parameters = self._read_rule_parameters(table_row, check) if check else {}
        if not check:
            table_row.ignore_unknown_keys()
        return Rule(
            name=name,
            check=check,
            text=table_row.read_text("text", required=True),
            parameters={**parameters, "rule": name},
            level=table_row.read_choice("level", RuleLevel, RuleLevel.MUST) or RuleLevel.MUST,
            stage=table_row.read_one_of("stage", RULE_STAGE_NAMES, is_required=True),
            source=self._read_row_source(table_row),
        )

    def _read_rule_parameters(self, table_row: CallTableRow, check_name: str) -> dict[str, Any]:
        wanted = CALL_RULE_CHECKS_BY_NAME[check_name]
        found: dict[str, Any] = {}
        for key, kind in wanted.parameters.items():
            value = self._read_rule_parameter(table_row, key, kind, is_required=key not in wanted.optional)
            if value:
                found[key] = value
        if wanted.one_of and not wanted.one_of & set(table_row.values):
            sentence = _("Add one of these keys: %(keys)s.") % {"keys": ", ".join(sorted(wanted.one_of))}
            table_row.add_problem("", sentence)
        return found

    def _read_rule_parameter(
        self, table_row: CallTableRow, table_key: str, parameter_kind: ParameterKind, *, is_required: bool
    ) -> Any:
        roles = [role.value for role in ProposalRole]
        match parameter_kind:
            case ParameterKind.COUNT:
                return table_row.read_count(table_key, is_required=is_required)
            case ParameterKind.FLAG:
                return table_row.read_flag(table_key)
            case ParameterKind.TEXT:
                return table_row.read_text(table_key, required=is_required)
            case ParameterKind.FIELD:
                return table_row.read_one_of(table_key, [field.name for field in self.fields], is_required=is_required)
            case ParameterKind.ROLE:
                return table_row.read_one_of(table_key, roles, is_required=is_required)
            case _:
                return self._read_string_list(
                    table_row, table_key, roles if parameter_kind is ParameterKind.ROLES else None
                )

    def _read_string_list(
        self, table_row: CallTableRow, table_key: str, allowed_values: list[str] | None
    ) -> tuple[str, ...]:
        values = table_row.read_text_list(table_key)
        if not table_row.values.get(table_key):
            table_row.add_problem("", _("“%(key)s” is missing. Add it.") % {"key": table_key})
        for value in values:
            if allowed_values is not None and value not in allowed_values:
                sentence = _("“%(key)s” must be %(expected)s.")
                expected = _("one of: %(allowed)s") % {"allowed": ", ".join(allowed_values)}
                table_row.add_problem(table_key, sentence % {"key": table_key, "expected": expected})
        return values


def build_call_slug(*parts: str) -> str:
    """Return a name for addresses: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", " ".join(parts)).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def _is_time_zone(time_zone_name: str) -> bool:
    try:
        parse_time_zone(time_zone_name)
    except (ValueError, LookupError, OSError):
        return False
    return True
