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

from jukwaa.drafting.models import BEGUN_HERE, Placement
from jukwaa.library.schema import Said, SchemaError, lazily, load_toml, said_in_each


@dataclass(frozen=True)
class Part:
    """A clause to begin with, by language.

    `name` is the part of the text to which it belongs, for what is made of records; `short` says whether it stands in
    the short version of a text that has two.
    """

    kind: str
    level: int
    body: Said
    name: str = ""
    short: bool = False

    def said_in(self, language: str) -> str:
        """In this language, else in English."""
        return self.body.get(language.partition("-")[0]) or self.body["en"]


@dataclass(frozen=True)
class Template:
    form: str
    about: Said  # what such a text is for
    parts: tuple[Part, ...]

    @property
    def purpose(self) -> Promise:
        return lazily(self.about)

    def in_language(self, language: str) -> list[tuple[str, int, str]]:
        """Its clauses in this language, else in English: kind, level, words."""
        return [(part.kind, part.level, part.said_in(language)) for part in self.parts]


@cache
def templates() -> Mapping[str, Template]:
    """By the form of the text, in the order of the forms. Raises SchemaError."""
    return {form.value: _template(form.value) for form in BEGUN_HERE}


def _template(form: str) -> Template:
    path = f"templates/{form}.toml"
    data = load_toml(files("jukwaa.drafting").joinpath("data"), path)
    rows = data.get("clause")
    if not rows or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SchemaError(f"{path}: there is no [[clause]] in it")
    return Template(
        form,
        said_in_each(data.get("about"), f"{path}: about"),
        tuple(_part(row, path, at) for at, row in enumerate(rows, 1)),
    )


def _part(row: dict[str, Any], path: str, at: int) -> Part:
    where = f"{path}: clause {at}"
    kind, level = row.get("kind", Placement.Kind.PARAGRAPH), row.get("level", 1)
    if kind not in Placement.Kind.values:
        raise SchemaError(f"{where} is of kind {kind!r}; there are {Placement.Kind.values}")
    if not isinstance(level, int) or not 1 <= level <= 6:  # noqa: PLR2004 - as the database says
        raise SchemaError(f"{where} is on level {level!r}; a level is from 1 to 6")
    name, short = row.get("name", ""), row.get("short", False)
    if not isinstance(name, str) or not isinstance(short, bool):
        raise SchemaError(f"{where} has the name {name!r} and short {short!r}; they are words, and true or false")
    return Part(kind, level, said_in_each(row.get("body"), where), name, short)
