"""The conditions of a forum by year: one file for each year in `data/rules/`, with what several years share."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from jukwaa.core.rule_checks import ParameterKind, Rule, RuleLevel
from jukwaa.eligibility.checks import CONDITION_CHECKS_BY_NAME

RESERVED_RULE_KEYS = frozenset({"name", "text", "check", "level", "source"})


class RuleFileError(ValueError):
    """A rule file that cannot be used; the message says what to correct."""


@dataclass(frozen=True)
class RuleSet:
    """`unknown` lists what is not known about the conditions. The sources of rules are addresses or sentences."""

    title: str
    year: int | None
    rules: tuple[Rule, ...]
    unknown: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    read: date | None = None

    def get_rule(self, rule_name: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.name == rule_name), None)


def parse_rule_set(text: str, shared_rule_sets: Mapping[str, RuleSet] | None = None) -> RuleSet:
    """Return the rule set of a file, with the rules of `shared_rule_sets` that it includes. Raises RuleFileError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleFileError(f"This is not TOML: {error}.") from error
    for key in ("title", "unknown", "sources", "rule"):
        if key not in data:
            raise RuleFileError(f"Add “{key}”.")
    included = [_get_included_set(name, shared_rule_sets or {}) for name in data.get("includes", ())]
    rules = [*_parse_rule_rows(data), *(rule for each in included for rule in each.rules)]
    names = [rule.name for rule in rules]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise RuleFileError(f"Two rules are called “{twice[0]}”. Rename one of them.")
    unknown = [*data["unknown"], *(each for rule_set in included for each in rule_set.unknown)]
    return RuleSet(
        data["title"], data.get("year"), tuple(rules), tuple(unknown), tuple(data.get("notes", ())), data.get("read")
    )


def _get_included_set(rule_set_name: str, shared_rule_sets: Mapping[str, RuleSet]) -> RuleSet:
    if rule_set_name not in shared_rule_sets:
        raise RuleFileError(f"There is no shared file “{rule_set_name}”. Correct “includes”.")
    return shared_rule_sets[rule_set_name]


def _parse_rule_rows(toml_values: Mapping[str, Any]) -> Iterator[Rule]:
    for row in toml_values["rule"]:
        name = row.get("name", "")
        if missing := [key for key in ("name", "text", "check", "source") if not row.get(key)]:
            raise RuleFileError(f"Rule “{name}”: add “{missing[0]}”.")
        if row["source"] not in toml_values["sources"]:
            raise RuleFileError(f"Rule “{name}”: there is no source “{row['source']}”.")
        parameters = {key: value for key, value in row.items() if key not in RESERVED_RULE_KEYS}
        _check_rule_parameters(name, row["check"], parameters)
        yield Rule(
            name=name,
            check=row["check"],
            text=row["text"],
            parameters=parameters,
            level=RuleLevel(row.get("level", RuleLevel.MUST)),
            source=toml_values["sources"][row["source"]],
        )


def _check_rule_parameters(rule_name: str, check_name: str, rule_parameters: Mapping[str, Any]) -> None:
    if check_name not in CONDITION_CHECKS_BY_NAME:
        raise RuleFileError(f"Rule “{rule_name}”: there is no check “{check_name}”.")
    wanted = CONDITION_CHECKS_BY_NAME[check_name].parameters
    if rule_parameters.keys() != wanted.keys():
        raise RuleFileError(
            f"Rule “{rule_name}”: the check “{check_name}” takes these parameters: {', '.join(wanted) or 'none'}."
        )
    for key, value in rule_parameters.items():
        if wanted[key] is ParameterKind.COUNT and (type(value) is not int or value < 1):
            raise RuleFileError(f"Rule “{rule_name}”: “{key}” must be a whole number from 1.")


@cache
def get_rule_sets() -> dict[int, RuleSet]:
    """Return the rule sets that Jukwaa ships with, by year, the earliest first. Raises RuleFileError."""
    folder = files("jukwaa.eligibility").joinpath("data/rules")
    texts = {path.name.removesuffix(".toml"): path.read_text(encoding="utf-8") for path in folder.iterdir()}
    shared = {name: parse_rule_set(text) for name, text in texts.items() if "year" not in tomllib.loads(text)}
    by_year = [parse_rule_set(text, shared) for name, text in texts.items() if name not in shared]
    return {rules.year: rules for rules in sorted(by_year, key=lambda each: each.year or 0) if rules.year}


def find_rule_set(year: int) -> RuleSet | None:
    """Return the conditions of a year: its own, or the latest that are known from the years before."""
    earlier = [rules for known, rules in get_rule_sets().items() if known <= year]
    return earlier[-1] if earlier else None
