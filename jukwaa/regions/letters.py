"""The letter to a prospect, in a language of the place: `data/letters/`, one file for each language."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from babel.dates import format_date
from django.conf import settings
from django.utils import timezone

from jukwaa.core.dates import LOCALES
from jukwaa.places.countries import COUNTRIES
from jukwaa.places.languages import direction, language_name
from jukwaa.regions.gaps import works_from
from jukwaa.regions.links import link_of
from jukwaa.regions.models import Prospect
from jukwaa.regions.models.outreach import place_called

LETTER, REMINDER = "letter", "reminder"
IGF = "internet governance forum"


@dataclass(frozen=True)
class Letter:
    """`link` stands in the body, on a line of its own. There is no address in it: whose it is knows the introducer."""

    language: str
    subject: str
    body: str
    is_read: bool  # by somebody who speaks the language

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def mailto(self) -> str:
        """Opens the introducer's own mail program, with everything but whom it goes to."""
        lines = self.body.replace("\n", "\r\n")  # as RFC 6068 asks for
        return f"mailto:?subject={quote(self.subject)}&body={quote(lines)}"


@cache
def letters() -> dict[str, dict[str, Any]]:
    """By the tag of their language."""
    folder = files("jukwaa.regions").joinpath("data/letters")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return {
        name.removesuffix(".toml"): tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8")) for name in names
    }


def letter_choices(locale: str) -> list[tuple[str, str]]:
    """Languages in which there is a letter, by their names."""
    return sorted(((tag, language_name(tag, locale)) for tag in letters()), key=lambda pair: pair[1])


def languages_of(country: str) -> list[str]:
    """Of the main languages of a country, in its order, those in which there is a letter."""
    spoken = COUNTRIES[country].languages if country in COUNTRIES else ()
    known = [tag.partition("-")[0] for tag in spoken]
    return list(dict.fromkeys(tag for tag in known if tag in letters()))


def written(prospect: Prospect, what: str = LETTER) -> Letter:
    said = letters().get(prospect.language) or letters()["en"]
    language = prospect.language if prospect.language in letters() else "en"
    names = _names(prospect, said, language)
    parts = said[what]
    lines = _letter(prospect, parts) if what == LETTER else [parts["opening"], parts["asks"]]
    filled = [line.format_map(names) for line in lines]
    if what == LETTER and prospect.why:
        filled.insert(-2, prospect.why)
    body = "\n\n".join([*filled, link_of(prospect), f"{parts['closing']}\n{names['who']}"])
    return Letter(language, parts["subject"].format_map(names), f"{body}\n", bool(said["read_by_a_speaker"]))


def _letter(prospect: Prospect, parts: dict[str, str]) -> list[str]:
    who = parts["who"] if prospect.capacity.organisation_id else parts["who_alone"]
    what_for = []
    if prospect.outreach is not None:
        is_ahead = prospect.outreach.on >= (prospect.sent_on or timezone.localdate())
        what_for = [parts["plan"]] if is_ahead else []
    elif prospect.area is not None and prospect.region:
        somebody = works_from(prospect.coalition, prospect.area, prospect.region)
        what_for = [parts["more" if somebody else "gap"]]
    what = _describe_coalition(prospect, parts)
    return [parts["to"], who, what, *what_for, parts["offer"], parts["about"], parts["asks"], parts["keeps"]]


def _describe_coalition(prospect: Prospect, parts: dict[str, str]) -> str:
    """Say what the coalition is, and its forum: the reader may know neither."""
    forum = prospect.coalition.forum
    if not forum:
        return parts["what"]
    return f"{parts['what']} {parts['igf' if IGF in forum.casefold() else 'forum']}"


def _names(prospect: Prospect, said: dict[str, Any], language: str) -> dict[str, str]:
    plan, coalition = prospect.outreach, prospect.coalition
    region = plan.region if plan else prospect.region
    place = said["regions"].get(region) or (place_called(plan.country, locale=language) if plan else "")
    return {
        "coalition": coalition.name,
        "forum": coalition.forum,
        "role": prospect.role,
        "organisation": prospect.name,
        "who": prospect.introducer.name,
        "of": prospect.capacity.name,
        "place": place,
        "day": _day(plan.on, language) if plan else "",
        "region": said["regions"].get(prospect.region, ""),
        "area": prospect.area.name if prospect.area else "",
        "page": settings.SITE_URL + coalition.get_absolute_url(),
    }


def _day(day: date, language: str) -> str:
    return str(format_date(day, "long", locale=LOCALES.get(language, language)))
