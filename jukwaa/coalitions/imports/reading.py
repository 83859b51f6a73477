"""From the cells of a row to what would enter, or the reason why it can't be placed."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.days import NotADay, parse_day
from jukwaa.coalitions.imports.words import REGIONS, STAKEHOLDERS, STANDINGS, Stands, language_of, meaning, parts
from jukwaa.core.documents.incoming import is_formula
from jukwaa.places.finding import find_country
from jukwaa.places.regions import StakeholderGroup

NAME, ACRONYM, AREA, PERSON, ADDRESS = 200, 40, 120, 120, 254

type Cells = dict[str, str]


class Unplaceable(ValueError):  # noqa: N818 - it names what the row is
    """The message is a sentence for the coordinator who mends the row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """An organisation as a table has it."""

    name: str
    acronym: str
    country: str
    regional_group: str
    stakeholder_group: str
    website: str
    areas: tuple[str, ...]
    languages: tuple[str, ...]
    since: date | None
    until: date | None
    stands: Stands
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody on the list."""

    name: str
    email: str
    organisation: str
    since: date | None
    notes: tuple[str, ...]


def read_member(cells: Cells) -> MemberRow:
    """Raises Unplaceable."""
    notes = _formulas(cells)
    name = _short(cells, "name", NAME, _("There is no name in this row. Write the name of the organisation."))
    since, until = _days(cells, notes)
    languages = []
    for word in parts(cells.get("languages", "")):
        if tag := language_of(word):
            languages.append(tag)
        else:
            notes.append(_("No language is called “%(word)s”; it is left out.") % {"word": word})
    return MemberRow(
        name=name,
        acronym=_short(cells, "acronym", ACRONYM),
        country=_country(cells.get("country", "")),
        regional_group=_region(cells.get("regional_group", "")),
        stakeholder_group=_stakeholders(cells.get("stakeholder_group", "")),
        website=_website(cells.get("website", "")),
        areas=tuple(area[:AREA] for area in parts(cells.get("areas", ""))),
        languages=tuple(dict.fromkeys(languages)),
        since=since,
        until=until,
        stands=_stands(cells.get("standing", ""), until),
        notes=tuple(notes),
    )


def read_person(cells: Cells) -> PersonRow:
    """Raises Unplaceable."""
    notes = _formulas(cells)
    email = cells.get("email", "").removeprefix("mailto:").strip("<> ").lower()
    if not email:
        raise Unplaceable(_("There is no mail address in this row, and a list is made of addresses. Write it."))
    try:
        validate_email(email)
    except ValidationError as error:
        raise Unplaceable(
            _("“%(text)s” is no mail address. Write it as name@example.org.") % {"text": email}
        ) from error
    if len(email) > ADDRESS:
        raise Unplaceable(_("This mail address is too long to be one. Check it."))
    since, _until = _days(cells, notes)
    return PersonRow(
        name=_short(cells, "person", PERSON),
        email=email,
        organisation=cells.get("organisation", ""),
        since=since,
        notes=tuple(notes),
    )


def _formulas(cells: Cells) -> list[str]:
    return [
        _("“%(text)s” looks like a formula. It is kept as text, and nothing is calculated.") % {"text": cell[:60]}
        for cell in cells.values()
        if is_formula(cell)
    ]


def _short(cells: Cells, field: str, most: int, missing: str = "") -> str:
    text = cells.get(field, "")
    if missing and not any(letter.isalnum() for letter in text):
        raise Unplaceable(missing)
    if len(text) > most:
        raise Unplaceable(
            _("“%(text)s…” is longer than %(most)s characters. Shorten it.") % {"text": text[:40], "most": most}
        )
    return " ".join(text.split())


def _days(cells: Cells, notes: list[str]) -> tuple[date | None, date | None]:
    days = []
    for field in ("since", "until"):
        try:
            found = parse_day(cells.get(field, ""))
        except NotADay as error:
            raise Unplaceable(str(error)) from error
        days.append(found.day if found else None)
        if found and found.note:
            notes.append(found.note)
    since, until = days
    if since and until and until < since:
        raise Unplaceable(_("The last day comes before the first. Check both."))
    return since, until


def _country(text: str) -> str:
    if not text:
        return ""
    if found := find_country(text):
        return found.code
    raise Unplaceable(
        _("No country is called “%(text)s”. Write its name or its code; leave it empty if it works in many.")
        % {"text": text}
    )


def _region(text: str) -> str:
    """Empty means the group of the country."""
    if not text:
        return ""
    if found := meaning(text, REGIONS):
        return found
    raise Unplaceable(
        _("There is no regional group “%(text)s”. Choose one, or leave it empty: the country decides.") % {"text": text}
    )


def _stakeholders(text: str) -> str:
    if not text:
        return StakeholderGroup.UNKNOWN
    if found := meaning(text, STAKEHOLDERS):
        return found
    raise Unplaceable(_("There is no stakeholder group “%(text)s”. Choose one, or leave it empty.") % {"text": text})


def _website(text: str) -> str:
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
        urlsplit(address)
    except (ValidationError, ValueError) as error:
        raise Unplaceable(
            _("“%(text)s” is no web address. Write it as in https://example.org.") % {"text": text}
        ) from error
    if len(address) > NAME:
        raise Unplaceable(_("This web address is too long. The one of the front page is enough."))
    return address


def _stands(text: str, until: date | None) -> Stands:
    if not text:
        return Stands.MEMBER
    found = meaning(text, STANDINGS)
    if found is None:
        raise Unplaceable(
            _("What “%(text)s” means for a membership is not known here. Write member, left or observer.")
            % {"text": text}
        )
    if found == Stands.LEFT and until is None:
        raise Unplaceable(_("It left, but the row doesn't say when. Write the last day as “member until”."))
    return Stands(found)
