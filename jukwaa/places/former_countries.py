"""Former countries, from `data/former.toml`, which old data still names."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.utils.translation import gettext as _

from jukwaa.places.countries import COUNTRIES_BY_CODE, PlacesDataError, get_country_name
from jukwaa.places.text_folding import fold_text

# A code that ISO 3166 leaves to its users: nobody's. What is made up has it, so that no country is given words.
EXAMPLE_COUNTRY_CODE = "XX"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerCountry:
    code: str
    until: int
    name: Mapping[str, str]
    words: tuple[str, ...]
    became: tuple[str, ...]

    def named(self, locale: str) -> str:
        return self.name.get(locale.split("-", maxsplit=1)[0], self.name["en"])


def find_former_country(text: str) -> FormerCountry | None:
    """The country of the past that this text names, or whose code it is."""
    return _map_words_to_former_countries().get(fold_text(text))


def get_any_country_name(country_code: str, locale: str) -> str:
    """Of a country of today, else of the last one that had this code, with its last year; else the code itself."""
    if country_code == EXAMPLE_COUNTRY_CODE:
        return _("an example country")
    if country_code in COUNTRIES_BY_CODE:
        return get_country_name(country_code, locale)
    former = _map_words_to_former_countries().get(fold_text(country_code))
    return f"{former.named(locale)} (\N{EN DASH}{former.until})" if former else country_code


def parse_former_countries(text: str) -> list[FormerCountry]:
    """By the year in which they ended. Raises PlacesDataError."""
    try:
        found = [_parse_former_country(row) for row in tomllib.loads(text).values()]
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise PlacesDataError(f"former.toml: {error}") from error
    if unknown := {code for former in found for code in former.became} - COUNTRIES_BY_CODE.keys():
        raise PlacesDataError(f"former.toml: no country of today has the code {', '.join(sorted(unknown))}")
    if today := {former.code for former in found} & COUNTRIES_BY_CODE.keys():
        raise PlacesDataError(f"former.toml: {', '.join(sorted(today))} is a country of today")
    return sorted(found, key=lambda former: former.until)


def _parse_former_country(toml_row: Mapping[str, object]) -> FormerCountry:
    rest = {name: toml_row[name] for name in ("code", "until", "name")}
    return FormerCountry(**rest, words=tuple(toml_row["words"]), became=tuple(toml_row["became"]))  # type: ignore[arg-type]  # of a data file, checked by the tests


@cache
def _map_words_to_former_countries() -> Mapping[str, FormerCountry]:
    """Where two had one code, the later one."""
    text = files("jukwaa.places").joinpath("data/former.toml").read_text(encoding="utf-8")
    found: dict[str, FormerCountry] = {}
    for former in parse_former_countries(text):
        for word in (former.code, *former.name.values(), *former.words):
            found[fold_text(word)] = former
    return found
