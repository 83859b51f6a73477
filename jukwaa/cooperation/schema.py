"""What sorts of help there are, and what each of them is asked: `data/help.toml`, checked when it is loaded.

An operator can add a sort or a field without touching code.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from jukwaa.library.schema import (
    LabelMixin,
    LocalizedText,
    SchemaError,
    TemplateField,
    load_toml_rows,
    load_toml_words,
    localize_schema_text,
    parse_field_row,
    parse_localized_text,
)


@dataclass(frozen=True)
class HelpType(LabelMixin):
    """A sort of help. `near` names sorts that may do as well; `cues` are words of sentences about it."""

    name: str
    said: LocalizedText
    hint: LocalizedText
    near: frozenset[str]
    cues: tuple[str, ...]
    fields: tuple[TemplateField, ...]
    asks_experts: bool  # whoever needs it is shown who knows it, and can ask a question

    @property
    def purpose(self) -> str:
        return localize_schema_text(self.hint)


@cache
def load_help_types() -> tuple[HelpType, ...]:
    """In the order of the file. Raises SchemaError."""
    rows = load_toml_rows(_get_data_folder(), "help.toml", "sort")
    names = {str(row.get("name", "")) for row in rows}
    asked = [parse_field_row(row, names) for row in load_toml_rows(_get_data_folder(), "help.toml", "field")]
    return tuple(_parse_help_type(row, names, asked) for row in rows)


@cache
def load_ignored_words() -> frozenset[str]:
    """Words that nearly all offers and needs have."""
    return frozenset(word.casefold() for word in load_toml_words(_get_data_folder(), "help.toml", "silent"))


def get_help_type(type_name: str) -> HelpType:
    """Raises LookupError."""
    found = next((sort for sort in load_help_types() if sort.name == type_name), None)
    if found is None:
        raise LookupError(f"no sort of help is called {type_name!r}")
    return found


def guess_help_type_from_text(sentence: str) -> HelpType:
    """The sort that a sentence is most likely about, by the words in it; else the first."""
    words = set(re.findall(r"[^\W\d_]+", sentence.casefold()))
    return max(load_help_types(), key=lambda sort: sum(cue in words for cue in sort.cues))


def _get_data_folder() -> Traversable:
    return files("jukwaa.cooperation").joinpath("data")


def _parse_help_type(toml_row: dict[str, Any], type_names: set[str], asked_fields: list[TemplateField]) -> HelpType:
    name = str(toml_row.get("name", ""))
    if not name:
        raise SchemaError("help.toml: a sort has no name")
    near = frozenset(toml_row.get("near", ()))
    if unknown := near - type_names:
        raise SchemaError(f"help.toml: {name} is near to what is not there: {sorted(unknown)}")
    fields = tuple(field for field in asked_fields if field.is_asked_of(name))
    cues, asks_experts = tuple(toml_row.get("cues", ())), bool(toml_row.get("asks_experts", False))
    return HelpType(
        name,
        parse_localized_text(toml_row, "label"),
        parse_localized_text(toml_row, "hint"),
        near,
        cues,
        fields,
        asks_experts,
    )
