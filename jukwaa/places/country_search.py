"""Find the country that a text names: by code, by name in seven languages, by abbreviation or by demonym."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

import pycountry

from jukwaa.places.countries import COUNTRIES_BY_CODE, Country, PlacesDataError
from jukwaa.places.locales import get_cldr_locale
from jukwaa.places.text_folding import fold_text

COUNTRY_NAME_LANGUAGES = (
    "en",
    "fr",
    "es",
    "pt",
    "ar",
    "ru",
    "zh",
)  # English first: where two languages differ, it decides

MIN_WHOLE_WORD_LENGTH, MIN_CONTRACTION_LENGTH = 4, 3  # letters of a word that is not shortened, or is in the middle
_WORD_WITH_STOP_PATTERN = re.compile(r"[^\s.\u2010-\u2015/-]+\.?")

type OtherNames = Mapping[str, Mapping[str, list[str]]]


def find_country(text: str, *, accepts_codes: bool = True) -> Country | None:
    """The country that the whole of this text names, or None if it names none, or could name two.

    Cells of a spreadsheet may hold codes. Words of a report should be looked up with `accepts_codes=False`, since "IT",
    "No" and "in" are seldom countries there; "USA" and "UK" are found all the same, as they are names.
    """
    asked = " ".join(text.split())
    code = _find_code_of_full_name(asked, accepts_codes=accepts_codes)
    if code is None and accepts_codes:
        code = _find_code_of_shortened_name(asked) or _find_code_of_two_names(asked)
    return COUNTRIES_BY_CODE[code] if code else None


def is_short_form_of_country(text: str) -> bool:
    """Whether this text names a country, but by no name or code that is written in full."""
    is_full = _find_code_of_full_name(" ".join(text.split()), accepts_codes=True) is not None
    return not is_full and find_country(text) is not None


def _find_code_of_full_name(text: str, *, accepts_codes: bool) -> str | None:
    code = _map_abbreviations_to_countries().get(text.replace(".", "")) or _map_names_to_countries().get(
        _fold_country_name(text)
    )
    return code or (_map_codes_to_countries().get(text.upper()) if accepts_codes else None)


def _find_code_of_shortened_name(text: str) -> str | None:
    """As of "Solomon Is.", "N. Macedonia" and "Nlle-Calédonie": one word is whole, and the others shorten one name."""
    written = [(fold_text(word), word.endswith(".")) for word in _WORD_WITH_STOP_PATTERN.findall(text)]
    names = {
        name
        for word, _has_stop in written
        if len(word) >= MIN_WHOLE_WORD_LENGTH
        for name in _map_words_to_names().get(word, ())
    }
    codes = {code for name, code in names if _is_shortened_name(written, name)}
    return codes.pop() if len(codes) == 1 else None


def _is_shortened_name(written_words: list[tuple[str, bool]], name: tuple[str, ...]) -> bool:
    """Each word with whether a full stop is behind it. The last word has more than one letter: not "Northern M."."""
    return (
        len(written_words) == len(name)
        and len(written_words[-1][0]) > 1
        and all(
            _is_shortened_word(word, whole, has_stop=has_stop)
            for (word, has_stop), whole in zip(written_words, name, strict=True)
        )
    )


def _is_shortened_word(word: str, whole: str, *, has_stop: bool) -> bool:
    """By its beginning and a full stop, or with half of the letters left out in the middle."""
    if word == whole or (has_stop and bool(word) and whole.startswith(word)):
        return True
    letters = iter(whole)
    is_contracted = MIN_CONTRACTION_LENGTH <= len(word) <= len(whole) / 2 and word[-1] == whole[-1]
    return is_contracted and word[0] == whole[0] and all(letter in letters for letter in word)


def _find_code_of_two_names(text: str) -> str | None:
    """Of "Aotearoa NZ", a name and a code of the same country."""
    words = text.split()
    if len(words) != 2 or not any(word.upper() in _map_codes_to_countries() for word in words):  # noqa: PLR2004 - two names
        return None
    first, second = (_find_code_of_full_name(word, accepts_codes=True) for word in words)
    return first if first == second else None


def find_ambiguous_countries(text: str) -> tuple[Country, ...]:
    """The countries that this text could name, if it is one of the names that mean several; else nothing.

    For people who can be asked: "Congo" and "Korea" in a list of members are never decided for them.
    """
    return tuple(COUNTRIES_BY_CODE[code] for code in _map_ambiguous_names().get(fold_text(text), ()))


def parse_other_names(text: str) -> OtherNames:
    """Names and demonyms by code, from the text of `data/names.toml`. Raises PlacesDataError."""
    try:
        found: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlacesDataError(f"names.toml: {error}") from error
    meant: dict[str, str] = {}
    for code, words in found.items():
        if code not in COUNTRIES_BY_CODE:
            raise PlacesDataError(f"names.toml: no country has the code {code}")
        if unknown := set(words) - {"names", "demonyms"}:
            raise PlacesDataError(f"names.toml, {code}: {', '.join(sorted(unknown))} is neither names nor demonyms")
        for word in {fold_text(word) for kind in words.values() for word in kind}:
            if meant.setdefault(word, code) != code:
                raise PlacesDataError(f"names.toml: {word!r} means both {meant[word]} and {code}")
    return found


@cache
def _load_other_names() -> OtherNames:
    return parse_other_names(files("jukwaa.places").joinpath("data/names.toml").read_text(encoding="utf-8"))


@cache
def _map_ambiguous_names() -> Mapping[str, tuple[str, ...]]:
    text = files("jukwaa.places").joinpath("data/ambiguous.toml").read_text(encoding="utf-8")
    groups = tomllib.loads(text)["names"]
    return {fold_text(name): tuple(group["countries"]) for group in groups for name in group["names"]}


@cache
def _map_codes_to_countries() -> Mapping[str, str]:
    by_alpha3 = {known.alpha3: code for code, known in COUNTRIES_BY_CODE.items()}
    return by_alpha3 | {code: code for code in COUNTRIES_BY_CODE}


@cache
def _map_abbreviations_to_countries() -> Mapping[str, str]:
    return {
        name.replace(".", ""): code
        for code, words in _load_other_names().items()
        for name in words.get("names", [])
        if _is_country_abbreviation(name)
    }


@cache
def _map_words_to_names() -> Mapping[str, set[tuple[tuple[str, ...], str]]]:
    """By each word, the names of several words that have it, with their countries. A demonym is not shortened."""
    demonyms = {
        _fold_country_name(f"{demonym}{ending}")
        for words in _load_other_names().values()
        for demonym in words.get("demonyms", [])
        for ending in ("", "s")
    }
    found: dict[str, set[tuple[tuple[str, ...], str]]] = {}
    for name, code in _map_names_to_countries().items():
        words = tuple(name.split())
        for word in words if len(words) > 1 and name not in demonyms else ():
            found.setdefault(word, set()).add((words, code))
    return found


@cache
def _map_names_to_countries() -> Mapping[str, str]:
    """Whatever names a country, folded; what comes first wins."""
    found: dict[str, str] = {}
    for name, code in _iterate_all_names():
        found.setdefault(_fold_country_name(name), code)
    return found


def _fold_country_name(text: str) -> str:
    """Folded, as in "Rep. of Korea" and "Netherlands (The)"; in no other words is "the" left out."""
    words = ["republic" if word == "rep" else word for word in fold_text(text).split()]
    return " ".join([word for word in words if word != "the"] or words)


def _iterate_all_names() -> Iterator[tuple[str, str]]:
    yield from _iterate_cldr_names("en")
    for code in COUNTRIES_BY_CODE:
        iso = pycountry.countries.get(alpha_2=code)
        for field in ("name", "common_name", "official_name"):
            if name := getattr(iso, field, ""):
                yield name, code
    for code, words in _load_other_names().items():
        for name in words.get("names", []):
            if not _is_country_abbreviation(name):
                yield name, code
    for code, words in _load_other_names().items():
        for demonym in words.get("demonyms", []):
            yield demonym, code
            yield f"{demonym}s", code
    for language in COUNTRY_NAME_LANGUAGES[1:]:
        yield from _iterate_cldr_names(language)
    yield from _iterate_names_in_own_language()


def _iterate_names_in_own_language() -> Iterator[tuple[str, str]]:
    """What countries call themselves: "Polska", "Suomi". As data, since all locales of CLDR would take 60 MB."""
    text = files("jukwaa.places").joinpath("data/own-names.toml").read_text(encoding="utf-8")
    return ((name, code) for code, names in tomllib.loads(text).items() for name in names)


def _iterate_cldr_names(language: str) -> Iterator[tuple[str, str]]:
    names = get_cldr_locale(language).territories
    return ((names[code], code) for code in COUNTRIES_BY_CODE if code in names)


def _is_country_abbreviation(country_name: str) -> bool:
    """Whether a name matches in capitals alone, so that "us" and "car" remain words."""
    return country_name.isupper()
