"""What texts can begin with: a readable file for each form in `data/templates/`, checked when it is loaded.

An operator can change one, or add clauses to it, without touching code. Each stands there in the languages of the
interface.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.functional import Promise

from jukwaa.drafting.models import SELECTABLE_TEXT_FORMS, Placement
from jukwaa.library.schema import (
    LocalizedText,
    SchemaError,
    load_toml_file,
    localize_text_lazily,
    parse_text_in_all_languages,
)


@dataclass(frozen=True)
class TemplateClause:
    """A clause to begin with, by language.

    `name` is the part of the text to which it belongs, for what is made of records; `short` says whether it stands in
    the short version of a text that has two.
    """

    kind: str
    level: int
    body: LocalizedText
    name: str = ""
    short: bool = False

    def get_body(self, language: str) -> str:
        """In this language, else in English."""
        return self.body.get(language.partition("-")[0]) or self.body["en"]


@dataclass(frozen=True)
class TextTemplate:
    form: str
    about: LocalizedText  # what such a text is for
    parts: tuple[TemplateClause, ...]

    @property
    def purpose(self) -> Promise:
        return localize_text_lazily(self.about)

    def get_template_clauses(self, language: str) -> list[tuple[str, int, str]]:
        """Its clauses in this language, else in English: kind, level, words."""
        return [(part.kind, part.level, part.get_body(language)) for part in self.parts]


@cache
def load_text_templates() -> Mapping[str, TextTemplate]:
    """By the form of the text, in the order of the forms. Raises SchemaError."""
    return {form.value: _load_text_template(form.value) for form in SELECTABLE_TEXT_FORMS}


def _load_text_template(form: str) -> TextTemplate:
    path = f"templates/{form}.toml"
    data = load_toml_file(files("jukwaa.drafting").joinpath("data"), path)
    rows = data.get("clause")
    if not rows or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SchemaError(f"{path}: there is no [[clause]] in it")
    return TextTemplate(
        form,
        parse_text_in_all_languages(data.get("about"), f"{path}: about"),
        tuple(_parse_template_clause(row, path, at) for at, row in enumerate(rows, 1)),
    )


def _parse_template_clause(toml_row: dict[str, Any], path: str, character_index: int) -> TemplateClause:
    where = f"{path}: clause {character_index}"
    kind, level = toml_row.get("kind", Placement.Kind.PARAGRAPH), toml_row.get("level", 1)
    if kind not in Placement.Kind.values:
        raise SchemaError(f"{where} is of kind {kind!r}; there are {Placement.Kind.values}")
    if not isinstance(level, int) or not 1 <= level <= 6:  # noqa: PLR2004 - as the database says
        raise SchemaError(f"{where} is on level {level!r}; a level is from 1 to 6")
    name, short = toml_row.get("name", ""), toml_row.get("short", False)
    if not isinstance(name, str) or not isinstance(short, bool):
        raise SchemaError(f"{where} has the name {name!r} and short {short!r}; they are words, and true or false")
    return TemplateClause(kind, level, parse_text_in_all_languages(toml_row.get("body"), where), name, short)
