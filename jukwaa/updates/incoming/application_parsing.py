"""For whom a mail applies: lines such as "Organisation: ...", or "join for ..." as its subject or first line."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from jukwaa.coalitions.imports.vocabulary import STAKEHOLDER_GROUP_WORDS, find_meaning
from jukwaa.places.country_search import find_country
from jukwaa.places.regions import StakeholderGroup

FACT_LABEL_WORDS = {
    "organisation": "organisation organization organisme organización organizacion المنظمة منظمة",
    "country": "country pays país pais البلد بلد الدولة دولة",
    "group": "group groupe grupo الفئة فئة المجموعة مجموعة",
    "position": "position role poste fonction cargo puesto المنصب منصب الوظيفة",
}
FACT_BY_WORD = {word: fact for fact, words in FACT_LABEL_WORDS.items() for word in words.split()}
FACT_LINE_PATTERN = re.compile(r"[\s*]*(?P<name>[^\W\d_]+)[\s*]*[:：]\s*(?P<value>.+)")  # noqa: RUF001 - the colon of Chinese keyboards
JOIN_SUBJECT_PATTERN = re.compile(
    r"(?:re:\s*)?(?:(?:join|apply) for|(?:rejoindre|adhérer) pour|(?:unirse|adherirse) por|انضمام باسم)\s+(?P<name>.+)",
    re.IGNORECASE,
)
MAX_FACT_LENGTHS = {"organisation": 200, "position": 120}


@dataclass(frozen=True, kw_only=True)
class ParsedApplication:
    """`text` is all that was not understood as a fact."""

    organisation: str = ""
    country: str = ""
    group: str = ""
    position: str = ""
    text: str


def parse_application_email(text: str, subject: str = "") -> ParsedApplication:
    """Each fact is taken once. Country and group count for whoever applies on their own too, a position does not."""
    asked = _parse_application_lines(text, subject, frozenset(FACT_LABEL_WORDS))
    return asked if asked.organisation else _parse_application_lines(text, "", frozenset({"country", "group"}))


def _parse_application_lines(text: str, subject: str, wanted_facts: frozenset[str]) -> ParsedApplication:
    facts: dict[str, str] = {}
    rest: list[str] = []
    for line in text.splitlines():
        name, value = _parse_fact_line(line, is_first=not any(rest) and not facts)
        understood = FACT_PARSERS[name](value) if name in wanted_facts and name not in facts else ""
        if understood:
            facts[name] = understood
        else:
            rest.append(line)
    if "organisation" in wanted_facts and (said := JOIN_SUBJECT_PATTERN.fullmatch(subject.strip(" .!"))):
        facts.setdefault("organisation", _build_length_limit("organisation")(said["name"]))
    return ParsedApplication(**facts, text="\n".join(rest).strip())


def find_unclear_lines(text: str) -> list[str]:
    """What is left in the text of an application, although it looks like a fact: it could not be read as one."""
    return [line.strip() for line in text.splitlines() if _parse_fact_line(line)[0]]


def _parse_fact_line(line: str, *, is_first: bool = False) -> tuple[str, str]:
    """(which fact, what it says); empty for a line like any other."""
    if is_first and (said := JOIN_SUBJECT_PATTERN.fullmatch(line.strip(" .!"))):
        return "organisation", said["name"]
    said = FACT_LINE_PATTERN.fullmatch(line)
    fact = FACT_BY_WORD.get(said["name"].casefold(), "") if said else ""
    return (fact, said["value"]) if said and fact else ("", "")


def _build_length_limit(fact_name: str) -> Callable[[str], str]:
    def understood(value: str) -> str:
        value = " ".join(value.strip(" *").split())
        return value if len(value) <= MAX_FACT_LENGTHS[fact_name] else ""

    return understood


def _parse_country_name(value: str) -> str:
    country = find_country(value.strip(" *."))
    return country.code if country else ""


def _parse_stakeholder_group(value: str) -> str:
    group = find_meaning(value, STAKEHOLDER_GROUP_WORDS)
    return group if group and group != StakeholderGroup.UNKNOWN else ""


FACT_PARSERS: dict[str, Callable[[str], str]] = {
    "organisation": _build_length_limit("organisation"),
    "country": _parse_country_name,
    "group": _parse_stakeholder_group,
    "position": _build_length_limit("position"),
}
