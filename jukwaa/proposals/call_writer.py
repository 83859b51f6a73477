"""From a call to the text of its file: what `parse_call` reads back as the same call."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, time
from enum import Enum
from typing import Any

from jukwaa.core.text_counts import UNKNOWN_METHOD
from jukwaa.proposals.call import CallDeadline, CallField, CallForProposals, FieldRequirement, Milestone

DELETE_CHARACTER = "\x7f"


def format_call_as_toml(call: CallForProposals) -> str:
    """Return the file of a call, in the order in which people read it."""
    blocks = [_format_toml_values(_get_call_values(call))]
    if call.sources:
        blocks.append("[sources]\n" + _format_toml_values(call.sources))
    blocks += [_format_toml_table("deadline", _get_deadline_values(each)) for each in call.deadlines]
    blocks += [_format_toml_table("date", _get_date_values(each)) for each in call.dates]
    blocks += [_format_toml_table("field", _get_field_values(each)) for each in call.fields]
    for rule in call.rules:
        more = {key: value for key, value in rule.parameters.items() if key != "rule"}
        about = {"name": rule.name, "text": rule.text, "check": rule.check, **more}
        about |= {"level": rule.level, "stage": rule.stage, "source": rule.source}
        blocks.append(_format_toml_table("rule", about))
    for criterion in call.criteria:
        blocks.append(_format_toml_table("criterion", vars(criterion)))
    blocks += [_format_toml_table("new", vars(each)) for each in call.new]
    blocks += [_format_toml_table("note", vars(each)) for each in call.notes]
    return "\n".join(blocks)


def _get_call_values(call: CallForProposals) -> dict[str, Any]:
    names = ("name", "title", "forum", "edition", "year", "kind", "language", "summary", "follows", "categories")
    more = ("categories_source", "themes", "themes_source", "unknown")
    return {name: getattr(call, name) for name in (*names, *more)}


def _get_deadline_values(deadline: CallDeadline) -> dict[str, Any]:
    about = {"day": deadline.day, "time": deadline.hour, "zone": deadline.zone, "read": deadline.read_on}
    return {**about, "note": deadline.note, "source": deadline.source}


def _get_date_values(milestone: Milestone) -> dict[str, Any]:
    return vars(milestone)


def _get_field_values(field: CallField) -> dict[str, Any]:
    about = {("new" if key == "is_new" else key): value for key, value in vars(field).items()}
    for key, default in (("mark", FieldRequirement.NOT_KNOWN), ("counted", UNKNOWN_METHOD)):
        if about[key] == default:
            del about[key]
    return about


def _format_toml_table(name: str, values: Mapping[str, Any]) -> str:
    return f"[[{name}]]\n{_format_toml_values(values)}"


def _format_toml_values(values: Mapping[str, Any]) -> str:
    """Leave out what is empty: a file reads the same without it."""
    lines = (
        f"{key} = {_format_toml_value(value)}\n" for key, value in values.items() if value not in ("", None, (), False)
    )
    return "".join(lines)


def _format_toml_value(value: Any) -> str:
    if isinstance(value, bool):
        return "true"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return "[" + "".join(_format_toml_items(value)) + "]"
    text = value.value if isinstance(value, Enum) else str(value)
    return json.dumps(text, ensure_ascii=False).replace(DELETE_CHARACTER, "\\u007f")


def _format_toml_items(values: tuple[str, ...]) -> Iterator[str]:
    for value in values:
        yield f"\n  {_format_toml_value(value)},"
    yield "\n"
