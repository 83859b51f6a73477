"""For whom a mail applies: lines such as "Organisation: ...", or "join for ..." as its subject or first line."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from jukwaa.coalitions.imports.words import STAKEHOLDERS, meaning
from jukwaa.places.finding import find_country
from jukwaa.places.regions import StakeholderGroup

NAMES = {
    "organisation": "organisation organization organisme organización organizacion المنظمة منظمة",
    "country": "country pays país pais البلد بلد الدولة دولة",
    "group": "group groupe grupo الفئة فئة المجموعة مجموعة",
    "position": "position role poste fonction cargo puesto المنصب منصب الوظيفة",
}
FACT_OF = {word: fact for fact, words in NAMES.items() for word in words.split()}
LINE = re.compile(r"[\s*]*(?P<name>[^\W\d_]+)[\s*]*[:：]\s*(?P<value>.+)")  # noqa: RUF001 - the colon of Chinese keyboards
JOIN_FOR = re.compile(
    r"(?:re:\s*)?(?:(?:join|apply) for|(?:rejoindre|adhérer) pour|(?:unirse|adherirse) por|انضمام باسم)\s+(?P<name>.+)",
    re.IGNORECASE,
)
LONGEST = {"organisation": 200, "position": 120}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`text` is all that was not understood as a fact."""

    organisation: str = ""
    country: str = ""
    group: str = ""
    position: str = ""
    text: str


def read_application(text: str, subject: str = "") -> Asked:
    """Each fact is taken once. Country and group count for whoever applies on their own too, a position does not."""
    asked = _read(text, subject, frozenset(NAMES))
    return asked if asked.organisation else _read(text, "", frozenset({"country", "group"}))


def _read(text: str, subject: str, wanted: frozenset[str]) -> Asked:
    facts: dict[str, str] = {}
    rest: list[str] = []
    for line in text.splitlines():
        name, value = _fact(line, is_first=not any(rest) and not facts)
        understood = UNDERSTOOD[name](value) if name in wanted and name not in facts else ""
        if understood:
            facts[name] = understood
        else:
            rest.append(line)
    if "organisation" in wanted and (said := JOIN_FOR.fullmatch(subject.strip(" .!"))):
        facts.setdefault("organisation", _short("organisation")(said["name"]))
    return Asked(**facts, text="\n".join(rest).strip())


def unclear_lines(text: str) -> list[str]:
    """What is left in the text of an application, although it looks like a fact: it could not be read as one."""
    return [line.strip() for line in text.splitlines() if _fact(line)[0]]


def _fact(line: str, *, is_first: bool = False) -> tuple[str, str]:
    """(which fact, what it says); empty for a line like any other."""
    if is_first and (said := JOIN_FOR.fullmatch(line.strip(" .!"))):
        return "organisation", said["name"]
    said = LINE.fullmatch(line)
    fact = FACT_OF.get(said["name"].casefold(), "") if said else ""
    return (fact, said["value"]) if said and fact else ("", "")


def _short(fact: str) -> Callable[[str], str]:
    def understood(value: str) -> str:
        value = " ".join(value.strip(" *").split())
        return value if len(value) <= LONGEST[fact] else ""

    return understood


def _country(value: str) -> str:
    country = find_country(value.strip(" *."))
    return country.code if country else ""


def _group(value: str) -> str:
    group = meaning(value, STAKEHOLDERS)
    return group if group and group != StakeholderGroup.UNKNOWN else ""


UNDERSTOOD: dict[str, Callable[[str], str]] = {
    "organisation": _short("organisation"),
    "country": _country,
    "group": _group,
    "position": _short("position"),
}
