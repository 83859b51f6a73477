"""Languages by their BCP 47 tags: which we offer, how they are called, and which way they are written."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

import pycountry
from babel.core import get_global, parse_locale

from jukwaa.places.countries import COUNTRIES
from jukwaa.places.folding import plain
from jukwaa.places.locales import cldr

RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
ALSO_OFFERED = ("eo", "la", "pt-BR", "zh-Hans")  # of no country, or of more than the countries' data tells apart


@cache
def language_tags() -> tuple[str, ...]:
    """The tags that forms offer: the main languages of all countries, sorted."""
    of_countries = {tag for country in COUNTRIES.values() for tag in country.languages}
    return tuple(sorted(of_countries.union(ALSO_OFFERED)))


def language_choices(locale: str = "en") -> list[tuple[str, str]]:
    """The offered languages as (tag, name), sorted by name, for a form."""
    named = [(tag, language_name(tag, locale)) for tag in language_tags()]
    return sorted(named, key=lambda pair: plain(pair[1]))


def canonical_tag(text: str) -> str | None:
    """A tag as BCP 47 writes it ("pt_br" becomes "pt-BR"), or None if it names no language that we know."""
    try:
        language, territory, script, variant, *_ = parse_locale(text.strip().replace("_", "-"), sep="-")
    except ValueError:
        return None
    english = cldr("en")
    known = (
        _language_is_known(language)
        and (script is None or script in english.scripts)
        and (territory is None or territory in english.territories)
        and variant is None
    )
    return "-".join(part for part in (language, script, territory) if part) if known else None


def valid_language(tag: str) -> bool:
    """Whether this is the tag of a language that we know, written as BCP 47 writes it."""
    return canonical_tag(tag) == tag


def language_name(tag: str, locale: str = "en") -> str:
    """The language's name in that language, such as "chinois traditionnel"; the tag itself if nobody knows it."""
    target = cldr(locale)
    names: Mapping[str, str] = target.languages
    if known := names.get(tag.replace("-", "_")):
        return known
    language, territory, script = (*parse_locale(tag, sep="-"), None)[:3] if canonical_tag(tag) else (tag, None, None)
    base = names.get(language) or _iso_language_name(language) or language
    parts = [target.scripts.get(script) if script else None, target.territories.get(territory) if territory else None]
    details = ", ".join(part for part in parts if part)
    return f"{base} ({details})" if details else base


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Which way the language is written, for the `dir` attribute; left to right if nobody knows it."""
    canonical = canonical_tag(tag)
    if canonical is None:
        return "ltr"
    script = parse_locale(canonical, sep="-")[2] or _likely_script(canonical)
    return "rtl" if script in RIGHT_TO_LEFT else "ltr"


def _language_is_known(language: str) -> bool:
    return language != "und" and (language in cldr("en").languages or _iso_language_name(language) is not None)


def _iso_language_name(language: str) -> str | None:
    field = {2: "alpha_2", 3: "alpha_3"}.get(len(language))
    known = pycountry.languages.get(**{field: language}) if field else None
    return str(known.name) if known else None


def _likely_script(tag: str) -> str | None:
    likely: Mapping[str, str] = get_global("likely_subtags")
    key = tag.replace("-", "_")
    full = likely.get(key) or likely.get(key.split("_")[0])
    return parse_locale(full)[2] if full else None
