"""From a call to the text of its file: what `parse_call` reads back as the same call."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, time
from enum import Enum
from typing import Any

from jukwaa.core.text_counts import NOT_KNOWN
from jukwaa.proposals.call import Call, Deadline, Field, Mark, Milestone

DELETE = "\x7f"


def write_call(call: Call) -> str:
    """Return the file of a call, in the order in which people read it."""
    blocks = [_write_values(_describe(call))]
    if call.sources:
        blocks.append("[sources]\n" + _write_values(call.sources))
    blocks += [_write_table("deadline", _describe_deadline(each)) for each in call.deadlines]
    blocks += [_write_table("date", _describe_date(each)) for each in call.dates]
    blocks += [_write_table("field", _describe_field(each)) for each in call.fields]
    for rule in call.rules:
        more = {key: value for key, value in rule.parameters.items() if key != "rule"}
        about = {"name": rule.name, "text": rule.text, "check": rule.check, **more}
        about |= {"level": rule.level, "stage": rule.stage, "source": rule.source}
        blocks.append(_write_table("rule", about))
    for criterion in call.criteria:
        blocks.append(_write_table("criterion", vars(criterion)))
    blocks += [_write_table("new", vars(each)) for each in call.new]
    blocks += [_write_table("note", vars(each)) for each in call.notes]
    return "\n".join(blocks)


def _describe(call: Call) -> dict[str, Any]:
    names = ("name", "title", "forum", "edition", "year", "kind", "language", "summary", "follows", "categories")
    more = ("categories_source", "themes", "themes_source", "unknown")
    return {name: getattr(call, name) for name in (*names, *more)}


def _describe_deadline(deadline: Deadline) -> dict[str, Any]:
    about = {"day": deadline.day, "time": deadline.hour, "zone": deadline.zone, "read": deadline.read_on}
    return {**about, "note": deadline.note, "source": deadline.source}


def _describe_date(milestone: Milestone) -> dict[str, Any]:
    return vars(milestone)


def _describe_field(field: Field) -> dict[str, Any]:
    about = {("new" if key == "is_new" else key): value for key, value in vars(field).items()}
    for key, default in (("mark", Mark.NOT_KNOWN), ("counted", NOT_KNOWN)):
        if about[key] == default:
            del about[key]
    return about


def _write_table(name: str, values: Mapping[str, Any]) -> str:
    return f"[[{name}]]\n{_write_values(values)}"


def _write_values(values: Mapping[str, Any]) -> str:
    """Leave out what is empty: a file reads the same without it."""
    lines = (f"{key} = {_write_value(value)}\n" for key, value in values.items() if value not in ("", None, (), False))
    return "".join(lines)


def _write_value(value: Any) -> str:
    if isinstance(value, bool):
        return "true"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return "[" + "".join(_write_items(value)) + "]"
    text = value.value if isinstance(value, Enum) else str(value)
    return json.dumps(text, ensure_ascii=False).replace(DELETE, "\\u007f")


def _write_items(values: tuple[str, ...]) -> Iterator[str]:
    for value in values:
        yield f"\n  {_write_value(value)},"
    yield "\n"
