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

from jukwaa.core.dates import BABEL_LOCALE_BY_LANGUAGE
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.places.languages import get_language_name, get_text_direction
from jukwaa.regions.answer_links import build_answer_link
from jukwaa.regions.gaps import has_member_from_region
from jukwaa.regions.models import Prospect
from jukwaa.regions.models.outreach import format_place_name

LETTER, REMINDER = "letter", "reminder"
FOLDED_IGF_NAME = "internet governance forum"


@dataclass(frozen=True)
class InvitationLetter:
    """`link` stands in the body, on a line of its own. There is no address in it: whose it is knows the introducer."""

    language: str
    subject: str
    body: str
    is_read: bool  # by somebody who speaks the language

    @property
    def direction(self) -> str:
        return get_text_direction(self.language)

    @property
    def mailto(self) -> str:
        """Opens the introducer's own mail program, with everything but whom it goes to."""
        lines = self.body.replace("\n", "\r\n")  # as RFC 6068 asks for
        return f"mailto:?subject={quote(self.subject)}&body={quote(lines)}"


@cache
def load_letter_templates() -> dict[str, dict[str, Any]]:
    """By the tag of their language."""
    folder = files("jukwaa.regions").joinpath("data/letters")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return {
        name.removesuffix(".toml"): tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8")) for name in names
    }


def get_letter_choices(language_code: str) -> list[tuple[str, str]]:
    """Languages in which there is a letter, by their names."""
    return sorted(
        ((tag, get_language_name(tag, language_code)) for tag in load_letter_templates()), key=lambda pair: pair[1]
    )


def get_letter_languages(country: str) -> list[str]:
    """Of the main languages of a country, in its order, those in which there is a letter."""
    spoken = COUNTRIES_BY_CODE[country].languages if country in COUNTRIES_BY_CODE else ()
    known = [tag.partition("-")[0] for tag in spoken]
    return list(dict.fromkeys(tag for tag in known if tag in load_letter_templates()))


def build_invitation_letter(prospect: Prospect, what: str = LETTER) -> InvitationLetter:
    texts = load_letter_templates().get(prospect.language) or load_letter_templates()["en"]
    language = prospect.language if prospect.language in load_letter_templates() else "en"
    names = _build_placeholder_values(prospect, texts, language)
    parts = texts[what]
    lines = _build_letter_lines(prospect, parts) if what == LETTER else [parts["opening"], parts["asks"]]
    filled = [line.format_map(names) for line in lines]
    if what == LETTER and prospect.why:
        filled.insert(-2, prospect.why)
    body = "\n\n".join([*filled, build_answer_link(prospect), f"{parts['closing']}\n{names['who']}"])
    return InvitationLetter(language, parts["subject"].format_map(names), f"{body}\n", bool(texts["read_by_a_speaker"]))


def _build_letter_lines(prospect: Prospect, letter_parts: dict[str, str]) -> list[str]:
    who = letter_parts["who"] if prospect.capacity.organisation_id else letter_parts["who_alone"]
    what_for = []
    if prospect.outreach is not None:
        is_ahead = prospect.outreach.on >= (prospect.sent_on or timezone.localdate())
        what_for = [letter_parts["plan"]] if is_ahead else []
    elif prospect.area is not None and prospect.region:
        somebody = has_member_from_region(prospect.coalition, prospect.area, prospect.region)
        what_for = [letter_parts["more" if somebody else "gap"]]
    what = _describe_coalition_in_letter(prospect, letter_parts)
    return [
        letter_parts["to"],
        who,
        what,
        *what_for,
        letter_parts["offer"],
        letter_parts["about"],
        letter_parts["asks"],
        letter_parts["keeps"],
    ]


def _describe_coalition_in_letter(prospect: Prospect, letter_parts: dict[str, str]) -> str:
    """Say what the coalition is, and its forum: the reader may know neither."""
    forum = prospect.coalition.forum
    if not forum:
        return letter_parts["what"]
    return f"{letter_parts['what']} {letter_parts['igf' if FOLDED_IGF_NAME in forum.casefold() else 'forum']}"


def _build_placeholder_values(prospect: Prospect, letter_texts: dict[str, Any], language: str) -> dict[str, str]:
    plan, coalition = prospect.outreach, prospect.coalition
    region = plan.region if plan else prospect.region
    place = letter_texts["regions"].get(region) or (
        format_place_name(plan.country, language_code=language) if plan else ""
    )
    return {
        "coalition": coalition.name,
        "forum": coalition.forum,
        "role": prospect.role,
        "organisation": prospect.name,
        "who": prospect.introducer.name,
        "of": prospect.capacity.name,
        "place": place,
        "day": _format_letter_day(plan.on, language) if plan else "",
        "region": letter_texts["regions"].get(prospect.region, ""),
        "area": prospect.area.name if prospect.area else "",
        "page": settings.SITE_URL + coalition.get_absolute_url(),
    }


def _format_letter_day(letter_day: date, language: str) -> str:
    return str(format_date(letter_day, "long", locale=BABEL_LOCALE_BY_LANGUAGE.get(language, language)))
