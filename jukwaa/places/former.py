"""Countries that are no more, from `data/former.toml`: what old data and old habits still name."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jukwaa.places.countries import COUNTRIES, PlacesDataError, country_name
from jukwaa.places.folding import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    code: str
    until: int
    name: Mapping[str, str]
    words: tuple[str, ...]
    became: tuple[str, ...]

    def named(self, locale: str) -> str:
        return self.name.get(locale.split("-", maxsplit=1)[0], self.name["en"])


def find_former(text: str) -> Former | None:
    """The country of the past that this text names, or whose code it is."""
    return _former_by_word().get(plain(text))


def name_of(code: str, locale: str) -> str:
    """Of a country of today, else of the last one that had this code, with its last year; else the code itself."""
    if code in COUNTRIES:
        return country_name(code, locale)
    former = _former_by_word().get(plain(code))
    return f"{former.named(locale)} (\N{EN DASH}{former.until})" if former else code


def parse_former(text: str) -> list[Former]:
    """By the year in which they ended. Raises PlacesDataError."""
    try:
        found = [_parse(row) for row in tomllib.loads(text).values()]
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise PlacesDataError(f"former.toml: {error}") from error
    if unknown := {code for former in found for code in former.became} - COUNTRIES.keys():
        raise PlacesDataError(f"former.toml: no country of today has the code {', '.join(sorted(unknown))}")
    if today := {former.code for former in found} & COUNTRIES.keys():
        raise PlacesDataError(f"former.toml: {', '.join(sorted(today))} is a country of today")
    return sorted(found, key=lambda former: former.until)


def _parse(row: Mapping[str, object]) -> Former:
    rest = {name: row[name] for name in ("code", "until", "name")}
    return Former(**rest, words=tuple(row["words"]), became=tuple(row["became"]))  # type: ignore[arg-type]  # of a data file, checked by the tests


@cache
def _former_by_word() -> Mapping[str, Former]:
    """Where two had one code, the later one."""
    text = files("jukwaa.places").joinpath("data/former.toml").read_text(encoding="utf-8")
    found: dict[str, Former] = {}
    for former in parse_former(text):
        for word in (former.code, *former.name.values(), *former.words):
            found[plain(word)] = former
    return found
