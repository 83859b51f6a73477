"""Checks data for machines against the published vocabulary of schema.org (`tests/data/schema-org.json`)."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

SCHEMA_VOCABULARY = json.loads((Path(__file__).parent / "data" / "schema-org.json").read_text())
TYPES, PROPERTIES, MEMBERS = SCHEMA_VOCABULARY["types"], SCHEMA_VOCABULARY["properties"], SCHEMA_VOCABULARY["members"]
LINKED_DATA_PATTERN = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
SCHEMA_ORG_PREFIX = "https://schema.org/"
LITERAL_PATTERNS = {
    "Text": re.compile(r"\S.*", re.DOTALL),
    "URL": re.compile(r"https?://\S+"),
    "Date": re.compile(r"\d{4}(-\d\d(-\d\d)?)?"),
    "DateTime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)"),
}


def read_linked_data(page: str) -> list[dict[str, Any]]:
    return [json.loads(block) for block in LINKED_DATA_PATTERN.findall(page)]


@cache
def list_types(name: str) -> frozenset[str]:
    """A type and all types above it."""
    return frozenset({name}).union(*(list_types(parent) for parent in TYPES[name]))


def find_mistakes(thing: dict[str, Any], path: str = "") -> Iterator[str]:
    """Types and properties that the vocabulary does not have, and values of another type than it asks for."""
    kind = thing.get("@type", "")
    if kind not in TYPES:
        yield f"{path}: there is no type {kind!r}"
        return
    for name, value in thing.items():
        if name.startswith("@"):
            continue
        here = f"{path}/{kind}.{name}"
        if name not in PROPERTIES or not list_types(kind) & set(PROPERTIES[name]["of"]):
            yield f"{here}: {kind} has no such property"
            continue
        for each in value if isinstance(value, list) else [value]:
            yield from find_value_mistakes(each, PROPERTIES[name]["takes"], here)


def find_value_mistakes(value: Any, takes: list[str], here: str) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("@type") in TYPES and not list_types(value["@type"]) & set(takes):
            yield f"{here}: a {value['@type']} is none of {takes}"
        yield from find_mistakes(value, here)
    elif not any(is_literal(value, kind) for kind in takes):
        yield f"{here}: {value!r} is none of {takes}"


def is_literal(value: Any, kind: str) -> bool:
    if not isinstance(value, str):
        return False
    if kind in LITERAL_PATTERNS:
        return LITERAL_PATTERNS[kind].fullmatch(value) is not None
    return value.startswith(SCHEMA_ORG_PREFIX) and kind in MEMBERS.get(value.removeprefix(SCHEMA_ORG_PREFIX), [])
