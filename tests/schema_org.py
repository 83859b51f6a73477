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
def get_type_and_ancestors(type_name: str) -> frozenset[str]:
    """A type and all types above it."""
    return frozenset({type_name}).union(*(get_type_and_ancestors(parent) for parent in TYPES[type_name]))


def find_mistakes(linked_data: dict[str, Any], value_path: str = "") -> Iterator[str]:
    """Types and properties that the vocabulary does not have, and values of another type than it asks for."""
    kind = linked_data.get("@type", "")
    if kind not in TYPES:
        yield f"{value_path}: there is no type {kind!r}"
        return
    for name, value in linked_data.items():
        if name.startswith("@"):
            continue
        here = f"{value_path}/{kind}.{name}"
        if name not in PROPERTIES or not get_type_and_ancestors(kind) & set(PROPERTIES[name]["of"]):
            yield f"{here}: {kind} has no such property"
            continue
        for each in value if isinstance(value, list) else [value]:
            yield from find_value_mistakes(each, PROPERTIES[name]["takes"], here)


def find_value_mistakes(linked_data_value: Any, accepted_types: list[str], value_path: str) -> Iterator[str]:
    if isinstance(linked_data_value, dict):
        if linked_data_value.get("@type") in TYPES and not get_type_and_ancestors(linked_data_value["@type"]) & set(
            accepted_types
        ):
            yield f"{value_path}: a {linked_data_value['@type']} is none of {accepted_types}"
        yield from find_mistakes(linked_data_value, value_path)
    elif not any(is_literal(linked_data_value, kind) for kind in accepted_types):
        yield f"{value_path}: {linked_data_value!r} is none of {accepted_types}"


def is_literal(linked_data_value: Any, literal_type: str) -> bool:
    if not isinstance(linked_data_value, str):
        return False
    if literal_type in LITERAL_PATTERNS:
        return LITERAL_PATTERNS[literal_type].fullmatch(linked_data_value) is not None
    return linked_data_value.startswith(SCHEMA_ORG_PREFIX) and literal_type in MEMBERS.get(
        linked_data_value.removeprefix(SCHEMA_ORG_PREFIX), []
    )
