"""Languages by their BCP 47 tags: which we offer, how they are called, and which way they are written."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

import pycountry
from babel.core import get_global, parse_locale

from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.places.locales import get_cldr_locale
from jukwaa.places.text_folding import fold_text

RTL_SCRIPT_CODES = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
ADDITIONAL_LANGUAGE_TAGS = (
    "eo",
    "la",
    "pt-BR",
    "zh-Hans",
)  # of no country, or of more than the countries' data tells apart


@cache
def get_language_tags() -> tuple[str, ...]:
    """The tags that forms offer: the main languages of all countries, sorted."""
    of_countries = {tag for country in COUNTRIES_BY_CODE.values() for tag in country.languages}
    return tuple(sorted(of_countries.union(ADDITIONAL_LANGUAGE_TAGS)))


def get_language_choices(locale: str = "en") -> list[tuple[str, str]]:
    """The offered languages as (tag, name), sorted by name, for a form."""
    named = [(tag, get_language_name(tag, locale)) for tag in get_language_tags()]
    return sorted(named, key=lambda pair: fold_text(pair[1]))


def canonicalize_language_tag(text: str) -> str | None:
    """A tag as BCP 47 writes it ("pt_br" becomes "pt-BR"), or None if it names no language that we know."""
    try:
        language, territory, script, variant, *_ = parse_locale(text.strip().replace("_", "-"), sep="-")
    except ValueError:
        return None
    english = get_cldr_locale("en")
    known = (
        _is_known_language(language)
        and (script is None or script in english.scripts)
        and (territory is None or territory in english.territories)
        and variant is None
    )
    return "-".join(part for part in (language, script, territory) if part) if known else None


def is_valid_language_tag(language_tag: str) -> bool:
    """Whether this is the tag of a language that we know, written as BCP 47 writes it."""
    return canonicalize_language_tag(language_tag) == language_tag


def get_language_name(language_tag: str, locale: str = "en") -> str:
    """The language's name in that language, such as "chinois traditionnel"; the tag itself if nobody knows it."""
    target = get_cldr_locale(locale)
    names: Mapping[str, str] = target.languages
    if known := names.get(language_tag.replace("-", "_")):
        return known
    language, territory, script = (
        (*parse_locale(language_tag, sep="-"), None)[:3]
        if canonicalize_language_tag(language_tag)
        else (language_tag, None, None)
    )
    base = names.get(language) or _get_iso_name(language) or language
    parts = [target.scripts.get(script) if script else None, target.territories.get(territory) if territory else None]
    details = ", ".join(part for part in parts if part)
    return f"{base} ({details})" if details else base


def get_text_direction(language_tag: str) -> Literal["ltr", "rtl"]:
    """Which way the language is written, for the `dir` attribute; left to right if nobody knows it."""
    canonical = canonicalize_language_tag(language_tag)
    if canonical is None:
        return "ltr"
    script = parse_locale(canonical, sep="-")[2] or _get_likely_script(canonical)
    return "rtl" if script in RTL_SCRIPT_CODES else "ltr"


def _is_known_language(language: str) -> bool:
    return language != "und" and (language in get_cldr_locale("en").languages or _get_iso_name(language) is not None)


def _get_iso_name(language: str) -> str | None:
    field = {2: "alpha_2", 3: "alpha_3"}.get(len(language))
    known = pycountry.languages.get(**{field: language}) if field else None
    return str(known.name) if known else None


def _get_likely_script(language_tag: str) -> str | None:
    likely: Mapping[str, str] = get_global("likely_subtags")
    key = language_tag.replace("-", "_")
    full = likely.get(key) or likely.get(key.split("_")[0])
    return parse_locale(full)[2] if full else None
