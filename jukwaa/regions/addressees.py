"""To whom a brief can be addressed: kinds of policy makers, from a readable file that is checked when it is loaded."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.functional import Promise

from jukwaa.core.list_formatting import join_with_separator
from jukwaa.library.schema import LocalizedText, SchemaError, localize_text_lazily

REQUIRED_ADDRESSEE_LANGUAGES = ("en", "fr", "es", "ar")


@dataclass(frozen=True)
class Addressee:
    name: str
    said: LocalizedText

    @property
    def label(self) -> Promise:
        return localize_text_lazily(self.said)


@cache
def load_addressees() -> dict[str, Addressee]:
    """By their names, in the order of the file. Raises SchemaError."""
    data = files("jukwaa.regions").joinpath("data", "addressees.toml").read_text(encoding="utf-8")
    try:
        rows = tomllib.loads(data).get("addressee", [])
    except ValueError as error:
        raise SchemaError(f"addressees.toml: {error}") from error
    found = [_parse_addressee_row(row) for row in rows]
    by_name = {each.name: each for each in found}
    if not found or len(by_name) < len(found):
        raise SchemaError("addressees.toml: there is no [[addressee]] in it, or two have one name")
    return by_name


def _parse_addressee_row(toml_row: dict[str, Any]) -> Addressee:
    label = toml_row.get("label")
    if (
        not toml_row.get("name")
        or not isinstance(label, dict)
        or any(not label.get(each) for each in REQUIRED_ADDRESSEE_LANGUAGES)
    ):
        raise SchemaError(
            f"addressees.toml: {toml_row.get('name')!r} has no name, or is not said in {REQUIRED_ADDRESSEE_LANGUAGES}"
        )
    return Addressee(toml_row["name"], label)


def get_addressee_choices() -> list[tuple[str, Promise]]:
    return [(each.name, each.label) for each in load_addressees().values()]


def format_addressee_list(measure_names: Iterable[str]) -> str:
    """In the language of the page. One that the file has no longer is said by its name."""
    known = load_addressees()
    return join_with_separator((known[name].label if name in known else name for name in measure_names), ";")
