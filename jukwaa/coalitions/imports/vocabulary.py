"""What the words in a cell mean, in the ways in which people write them."""

import re
import tomllib
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from jukwaa.places.languages import canonicalize_language_tag, get_language_name, get_language_tags
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.places.text_folding import fold_text

VOCABULARY_LOCALE_CODES = ("en", "fr", "es", "pt", "ar", "ru", "zh", "de")


class RowStanding(StrEnum):
    """What a row's standing says."""

    MEMBER = "member"
    LEFT = "left"
    OBSERVER = "observer"
    KNOWN = "known"


LABEL_BY_ROW_STANDING: dict[str, str | Promise] = {
    # Translators: the membership status of an organisation in a list of members.
    RowStanding.MEMBER: gettext_lazy("member"),
    RowStanding.LEFT: gettext_lazy("membership ended"),
    RowStanding.OBSERVER: gettext_lazy("observer"),
    RowStanding.KNOWN: gettext_lazy("not a member"),
}

type WordsByMeaning = Mapping[str, list[str]]  # words by what they mean

IMPORT_VOCABULARY = tomllib.loads(
    files("jukwaa.coalitions.imports").joinpath("data/words.toml").read_text(encoding="utf-8")
)


def _fold_vocabulary_section(section_name: str, get_meaning: Callable[[str], str]) -> WordsByMeaning:
    return {
        get_meaning(key): [fold_text(word) for word in words] for key, words in IMPORT_VOCABULARY[section_name].items()
    }


REGIONAL_GROUP_WORDS = _fold_vocabulary_section("regional_groups", RegionalGroup)
STAKEHOLDER_GROUP_WORDS = _fold_vocabulary_section("stakeholder_groups", StakeholderGroup)
MEMBERSHIP_STANDING_WORDS = _fold_vocabulary_section("standings", RowStanding)
(
    EVERYWHERE_WORDS,
    APPLICATION_WORDS,
    NOTHING_WORDS,
    TOTAL_WORDS,
    REMARK_WORDS,
    POSITION_WORDS,
    OFFICE_WORDS,
    WORDS_OF_POSTS,
    PERSON_TITLES,
    LABELS_BEFORE_NAMES,
    REMARKS_ON_NAMES,
    VACANCY_WORDS,
    WORDS_BEFORE_FAMILY_NAMES,
    WORDS_AFTER_NAMES,
    COUNTRIES_WITHOUT_CODE,
    ACADEMIC_WORDS,
    YOUTH_WORDS,
) = (
    frozenset(map(fold_text, IMPORT_VOCABULARY[section]))
    for section in (
        *("everywhere", "applications", "nothing", "totals", "remarks", "positions", "offices", "words_of_posts"),
        *("titles", "labels_before_names", "remarks_on_names", "vacancies"),
        *("words_before_family_names", "words_after_names", "countries_without_code", "academic", "youth"),
    )
)
POSITION_ABBREVIATIONS = frozenset(IMPORT_VOCABULARY["position_abbreviations"])  # in capital letters
_UNDECIDED_WORDS = frozenset(map(fold_text, IMPORT_VOCABULARY["undecided"]))
YES_AND_NO_WORDS = frozenset(map(fold_text, IMPORT_VOCABULARY["yes_and_no"]))
_NEGATIVE_ANSWERS = frozenset(map(fold_text, IMPORT_VOCABULARY["contact_remarks"]["no"]))
CHECKED_SYMBOLS, CROSS_SYMBOLS = frozenset("✓✔☑✅"), frozenset("✗✘☒❌")
_CAPITAL_WITHIN_WORD_PATTERN = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CUSTOM_FIELD_ENDING_PATTERN = re.compile(r"__p?[cr]$")  # of fields that an organisation has added to its database
_FORMULA_ERROR_PATTERN = re.compile(r"#[A-Z0-9/]+[!?]?")  # what a formula leaves that could not be calculated


def split_database_heading(heading: str) -> str:
    """As databases name their columns: "HasOptedOutOfEmail", "GDPR_Consent__c"."""
    return _CAPITAL_WITHIN_WORD_PATTERN.sub(" ", _CUSTOM_FIELD_ENDING_PATTERN.sub("", heading)).replace("_", " ")


def find_word_meaning(text: str, words_by_meaning: WordsByMeaning) -> str | None:
    """The key whose words hold this text, or whose label it is in the language of the page; None where none does."""
    asked = fold_text(text)
    return next((key for key, words in words_by_meaning.items() if asked in (*words, _get_vocabulary_label(key))), None)


def find_stakeholder_group(text: str) -> str | None:
    """The group that a cell names, also with two words for it: "Government / regulator"; None for two groups."""
    if whole := find_word_meaning(text, STAKEHOLDER_GROUP_WORDS):
        return whole
    found = {find_word_meaning(part, STAKEHOLDER_GROUP_WORDS) for part in text.split("/")}
    return found.pop() if len(found) == 1 else None


def find_standing(text: str) -> str | None:
    """The membership status that a cell names, also before other words: "activa / sí" and "Observer; no logo"."""
    parts = [part for part in re.split(r"[/;,\n(]|\s[-\u2013\u2014]\s", text) if part.strip()]
    whole = find_word_meaning(text, MEMBERSHIP_STANDING_WORDS) or next(
        (standing for standing, label in LABEL_BY_ROW_STANDING.items() if fold_text(str(label)) == fold_text(text)),
        None,
    )
    return whole or (find_word_meaning(parts[0], MEMBERSHIP_STANDING_WORDS) if parts else None)


def is_worldwide_text(text: str) -> bool:
    """Whether a cell for a country or a region says that there is no one such."""
    return fold_text(text) in EVERYWHERE_WORDS


def is_placeholder_text(text: str) -> bool:
    """Whether a cell says that there is nothing to say: "-", "n/a", "tbc", "#REF!"."""
    return fold_text(text) in {"", *NOTHING_WORDS} or _FORMULA_ERROR_PATTERN.fullmatch(text.strip()) is not None


def says_no_status(text: str) -> bool:
    """Whether a cell for the membership status is as good as empty: "-" and "n/a" are, "?" and "pending" are not."""
    return is_placeholder_text(text) and "?" not in text and fold_text(text) not in _UNDECIDED_WORDS


def is_negative_answer(text: str) -> bool:
    """Whether a cell says no, or nothing: "No", "-", "0", an empty box. A cross is how some lists say yes."""
    if {*text} & (CHECKED_SYMBOLS | CROSS_SYMBOLS):
        return False
    return (
        is_placeholder_text(text) or fold_text(text) in _NEGATIVE_ANSWERS or re.fullmatch(r"[0.,\s]+", text) is not None
    )


def _get_vocabulary_label(label_key: str) -> str:
    return fold_text(str(getattr(label_key, "label", label_key)))


def split_list_items(text: str) -> list[str]:
    """The items of a cell that holds several. Where semicolons or ":::" part them, a comma belongs to an item."""
    raws = re.split(r"[;\n|]|:::" if re.search(r"[;\n|]|:::", text) else ",", text)
    return list(dict.fromkeys(part for raw in raws if (part := " ".join(raw.split()))))


def find_language_tag(possible_word: str) -> str | None:
    """The tag of a language that is written as a tag, or by its name in one of several languages.

    "es_ES" is the setting of a computer, and means Spanish: a country counts only where forms offer it ("pt-BR").
    """
    tag = _load_language_names().get(fold_text(possible_word)) or canonicalize_language_tag(possible_word)
    base = tag.partition("-")[0] if tag else None
    return base if tag not in get_language_tags() and base in get_language_tags() else tag


@cache
def _load_language_names() -> dict[str, str]:
    found: dict[str, str] = {}
    for locale in VOCABULARY_LOCALE_CODES:
        for tag in sorted(get_language_tags(), key=len):
            found.setdefault(fold_text(get_language_name(tag, locale)), tag)
    for tag in get_language_tags():
        found.setdefault(fold_text(get_language_name(tag, tag)), tag)
    return found
