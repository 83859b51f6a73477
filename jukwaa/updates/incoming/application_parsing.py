"""For whom a mail applies: lines such as "Organisation: ...", or "join for ..." as its subject or first line."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from jukwaa.coalitions.imports.vocabulary import STAKEHOLDER_GROUP_WORDS, find_word_meaning
from jukwaa.places.country_search import find_country
from jukwaa.places.regions import StakeholderGroup

LABEL_WORDS_BY_FACT = {
    "organisation": "organisation organization organisme organización organizacion المنظمة منظمة",
    "country": "country pays país pais البلد بلد الدولة دولة",
    "group": "group groupe grupo الفئة فئة المجموعة مجموعة",
    "position": "position role poste fonction cargo puesto المنصب منصب الوظيفة",
}
FACT_BY_WORD = {word: fact for fact, words in LABEL_WORDS_BY_FACT.items() for word in words.split()}
APPLICATION_FACT_LINE_PATTERN = re.compile(r"[\s*]*(?P<name>[^\W\d_]+)[\s*]*[:：]\s*(?P<value>.+)")  # noqa: RUF001 - the colon of Chinese keyboards
APPLICATION_SUBJECT_PATTERN = re.compile(
    r"(?:re:\s*)?(?:(?:join|apply) for|(?:rejoindre|adhérer) pour|(?:unirse|adherirse) por|انضمام باسم)\s+(?P<name>.+)",
    re.IGNORECASE,
)
MAX_LENGTH_BY_FACT = {"organisation": 200, "position": 120}


@dataclass(frozen=True, kw_only=True)
class ParsedApplication:
    """`text` is all that was not understood as a fact."""

    organisation: str = ""
    country: str = ""
    group: str = ""
    position: str = ""
    text: str


def parse_application_email(text: str, email_subject: str = "") -> ParsedApplication:
    """Each fact is taken once. Country and group count for whoever applies on their own too, a position does not."""
    asked = _parse_application_lines(text, email_subject, frozenset(LABEL_WORDS_BY_FACT))
    return asked if asked.organisation else _parse_application_lines(text, "", frozenset({"country", "group"}))


def _parse_application_lines(text: str, email_subject: str, wanted_facts: frozenset[str]) -> ParsedApplication:
    facts: dict[str, str] = {}
    rest: list[str] = []
    for line in text.splitlines():
        name, value = _parse_fact_line(line, is_first_line=not any(rest) and not facts)
        understood = PARSER_BY_FACT[name](value) if name in wanted_facts and name not in facts else ""
        if understood:
            facts[name] = understood
        else:
            rest.append(line)
    if "organisation" in wanted_facts and (said := APPLICATION_SUBJECT_PATTERN.fullmatch(email_subject.strip(" .!"))):
        facts.setdefault("organisation", _build_length_limit("organisation")(said["name"]))
    return ParsedApplication(**facts, text="\n".join(rest).strip())


def find_unclear_lines(text: str) -> list[str]:
    """What is left in the text of an application, although it looks like a fact: it could not be read as one."""
    return [line.strip() for line in text.splitlines() if _parse_fact_line(line)[0]]


def _parse_fact_line(text_line: str, *, is_first_line: bool = False) -> tuple[str, str]:
    """(which fact, what it says); empty for a line like any other."""
    if is_first_line and (said := APPLICATION_SUBJECT_PATTERN.fullmatch(text_line.strip(" .!"))):
        return "organisation", said["name"]
    said = APPLICATION_FACT_LINE_PATTERN.fullmatch(text_line)
    fact = FACT_BY_WORD.get(said["name"].casefold(), "") if said else ""
    return (fact, said["value"]) if said and fact else ("", "")


def _build_length_limit(fact_name: str) -> Callable[[str], str]:
    def parse_within_limit(value: str) -> str:
        value = " ".join(value.strip(" *").split())
        return value if len(value) <= MAX_LENGTH_BY_FACT[fact_name] else ""

    return parse_within_limit


def _parse_country_name(country_text: str) -> str:
    country = find_country(country_text.strip(" *."))
    return country.code if country else ""


def _parse_stakeholder_group(group_text: str) -> str:
    group = find_word_meaning(group_text, STAKEHOLDER_GROUP_WORDS)
    return group if group and group != StakeholderGroup.UNKNOWN else ""


PARSER_BY_FACT: dict[str, Callable[[str], str]] = {
    "organisation": _build_length_limit("organisation"),
    "country": _parse_country_name,
    "group": _parse_stakeholder_group,
    "position": _build_length_limit("position"),
}
