"""Every country and territory of ISO 3166-1, from `data/countries.csv`, checked when it is loaded."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

import pycountry

from jukwaa.places.locales import get_cldr_locale
from jukwaa.places.regions import UN_REGIONAL_GROUPS, RegionalGroup
from jukwaa.places.text_folding import fold_text


class MapTile(NamedTuple):
    """A place on the tile map of the world, counted from its top left."""

    column: int
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """An entry of ISO 3166-1; where `data/README.md` says how the contested ones were decided."""

    code: str
    alpha3: str
    group: RegionalGroup
    un_member: bool
    subregion: str
    languages: tuple[str, ...]
    tile: MapTile


class PlacesDataError(ValueError):
    """A data file of this app is broken; the message names the line and what is wrong with it."""


def get_country_by_code(country_code: str) -> Country:
    """The country with this alpha-2 code, in capitals. Raises LookupError."""
    try:
        return COUNTRIES_BY_CODE[country_code]
    except KeyError:
        raise LookupError(f"no country of ISO 3166-1 has the code {country_code!r}") from None


def get_regional_group(country_code: str) -> RegionalGroup:
    """The group in which a country counts by default; unknown for a code that is not a country's."""
    known = COUNTRIES_BY_CODE.get(country_code)
    return known.group if known else RegionalGroup.UNKNOWN


def get_country_name(country_code: str, locale: str = "en") -> str:
    """The country's name in that language, or its English one. Raises LookupError."""
    return _get_territory_name(get_country_by_code(country_code).code, locale)


def get_subregion_name(country_code: str, locale: str = "en") -> str:
    """The name of a subregion by its code in M49: of 014, "Eastern Africa"."""
    return _get_territory_name("AQ" if country_code == ANTARCTICA_CODE else country_code, locale)


@cache
def get_subregions_of_group(group: RegionalGroup) -> tuple[str, ...]:
    """The codes of M49's subregions in which the group has member states."""
    return tuple(
        sorted({each.subregion for each in COUNTRIES_BY_CODE.values() if each.group == group and each.un_member})
    )


def get_country_choices(locale: str = "en") -> list[tuple[str, str]]:
    """All countries as (code, name), sorted by name, for a form."""
    named = [(code, get_country_name(code, locale)) for code in COUNTRIES_BY_CODE]
    return sorted(named, key=lambda pair: fold_text(pair[1]))


def parse_countries(csv_lines: Iterable[str]) -> Mapping[str, Country]:
    """Countries by code, from the lines of the data file. Raises PlacesDataError."""
    found: dict[str, Country] = {}
    tiles: dict[MapTile, str] = {}
    for number, row in enumerate(csv.DictReader(csv_lines), start=2):
        try:
            parsed = _parse_country_row(row)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise PlacesDataError(f"countries.csv, line {number}: {error}") from error
        if parsed.code in found:
            raise PlacesDataError(f"countries.csv, line {number}: {parsed.code} stands here twice")
        if parsed.tile in tiles:
            other = tiles[parsed.tile]
            raise PlacesDataError(f"countries.csv, line {number}: {other} has the tile of {parsed.code}")
        found[parsed.code] = parsed
        tiles[parsed.tile] = parsed.code
    return MappingProxyType(found)


def _parse_country_row(csv_row: Mapping[str, str]) -> Country:
    parsed = Country(
        code=csv_row["code"],
        alpha3=csv_row["alpha3"],
        group=RegionalGroup(csv_row["group"]),
        un_member={"yes": True, "no": False}[csv_row["un_member"]],
        subregion=csv_row["subregion"],
        languages=tuple(csv_row["languages"].split()),
        tile=MapTile(int(csv_row["column"]), int(csv_row["row"])),
    )
    iso = pycountry.countries.get(alpha_2=parsed.code)
    if iso is None or iso.alpha_3 != parsed.alpha3:
        raise ValueError(f"ISO 3166-1 does not know {parsed.code} with {parsed.alpha3}")
    if parsed.un_member and parsed.group not in UN_REGIONAL_GROUPS:
        raise ValueError(f"{parsed.code} is a member of the United Nations, but in none of their groups")
    if parsed.subregion != ANTARCTICA_CODE and parsed.subregion not in get_cldr_locale("en").territories:
        raise ValueError(f"M49 does not know the subregion {parsed.subregion!r}")
    if min(parsed.tile) < 0:
        raise ValueError(f"{parsed.code} lies outside the map")
    return parsed


@lru_cache(maxsize=4096)  # a page of facets or choices asks for all of them
def _get_territory_name(cldr_code: str, locale: str) -> str:
    names: Mapping[str, str] = get_cldr_locale(locale).territories
    return names.get(cldr_code) or str(get_cldr_locale("en").territories[cldr_code])


ANTARCTICA_CODE = "010"  # M49's code for Antarctica, which lies in no subregion
COUNTRIES_BY_CODE: Mapping[str, Country] = parse_countries(
    files("jukwaa.places").joinpath("data/countries.csv").read_text(encoding="utf-8").splitlines()
)
