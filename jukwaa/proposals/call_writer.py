"""From a call to the text of its file: what `parse_call` reads back as the same call."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, time
from enum import Enum
from typing import Any

from jukwaa.core.text_counts import UNKNOWN_COUNT_METHOD
from jukwaa.proposals.call import CallDeadline, CallField, CallFieldRequirement, CallForProposals, CallMilestone

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


def _get_deadline_values(call_deadline: CallDeadline) -> dict[str, Any]:
    about = {
        "day": call_deadline.day,
        "time": call_deadline.hour,
        "zone": call_deadline.zone,
        "read": call_deadline.read_on,
    }
    return {**about, "note": call_deadline.note, "source": call_deadline.source}


def _get_date_values(milestone: CallMilestone) -> dict[str, Any]:
    return vars(milestone)


def _get_field_values(call_field: CallField) -> dict[str, Any]:
    about = {("new" if key == "is_new" else key): value for key, value in vars(call_field).items()}
    for key, default in (("mark", CallFieldRequirement.NOT_KNOWN), ("counted", UNKNOWN_COUNT_METHOD)):
        if about[key] == default:
            del about[key]
    return about


def _format_toml_table(table_name: str, toml_values: Mapping[str, Any]) -> str:
    return f"[[{table_name}]]\n{_format_toml_values(toml_values)}"


def _format_toml_values(toml_values: Mapping[str, Any]) -> str:
    """Leave out what is empty: a file reads the same without it."""
    lines = (
        f"{key} = {_format_toml_value(value)}\n"
        for key, value in toml_values.items()
        if value not in ("", None, (), False)
    )
    return "".join(lines)


def _format_toml_value(toml_value: Any) -> str:
    if isinstance(toml_value, bool):
        return "true"
    if isinstance(toml_value, int):
        return str(toml_value)
    if isinstance(toml_value, date | time):
        return toml_value.isoformat()
    if isinstance(toml_value, tuple):
        return "[" + "".join(_format_toml_items(toml_value)) + "]"
    text = toml_value.value if isinstance(toml_value, Enum) else str(toml_value)
    return json.dumps(text, ensure_ascii=False).replace(DELETE_CHARACTER, "\\u007f")


def _format_toml_items(list_items: tuple[str, ...]) -> Iterator[str]:
    for value in list_items:
        yield f"\n  {_format_toml_value(value)},"
    yield "\n"
