"""From the cells of a row to what would enter, or the reason why it can't be placed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.days import NotADay, parse_day
from jukwaa.coalitions.imports.words import (
    REGIONS,
    STAKEHOLDERS,
    STANDINGS,
    Stands,
    is_everywhere,
    language_of,
    meaning,
    parts,
)
from jukwaa.core.documents.incoming import is_formula
from jukwaa.core.lists import in_a_row
from jukwaa.places.countries import country_name
from jukwaa.places.finding import find_country
from jukwaa.places.former import find_former
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

NAME, ACRONYM, AREA, PERSON, ADDRESS = 200, 40, 120, 120, 254

type Cells = dict[str, str]


class Unplaceable(ValueError):  # noqa: N818 - it names what the row is
    """Its arguments are sentences for the coordinator who mends the row: all that is wrong, each on a line."""

    def __str__(self) -> str:
        return "\n".join(" ".join(sentence.split()) for sentence in self.args)


class Problems(list[str]):
    """What is wrong with a row: cell after cell is read, so that all of it can be mended at once."""

    def note[T](self, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except Unplaceable as error:
            self.extend(error.args)
            return otherwise

    def refuse(self) -> None:
        if self:
            raise Unplaceable(*self)


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
    notes, problems = _formulas(cells), Problems()
    missing = _("There is no name in this row. Write the name of the organisation.")
    name = problems.note(lambda: _short(cells, "name", NAME, missing), "")
    acronym = problems.note(lambda: _short(cells, "acronym", ACRONYM), "")
    country = problems.note(lambda: _country(cells.get("country", ""), notes), "")
    region = problems.note(lambda: _region(cells.get("regional_group", ""), notes), "")
    stakeholders = problems.note(lambda: _stakeholders(cells.get("stakeholder_group", "")), "")
    website = problems.note(lambda: _website(cells.get("website", "")), "")
    since, until = _days(cells, notes, problems)
    stands = problems.note(lambda: _stands(cells.get("standing", ""), cells.get("until", "")), Stands.MEMBER)
    problems.refuse()
    return MemberRow(
        name=name,
        acronym=acronym,
        country=country,
        regional_group=region,
        stakeholder_group=stakeholders,
        website=website,
        areas=tuple(area[:AREA] for area in parts(cells.get("areas", ""))),
        languages=_languages(cells.get("languages", ""), notes),
        since=since,
        until=until,
        stands=stands,
        notes=tuple(notes),
    )


def _languages(text: str, notes: list[str]) -> tuple[str, ...]:
    """Their tags. A word that is no language is left out, and said."""
    languages = []
    for word in parts(text):
        if tag := language_of(word):
            languages.append(tag)
        else:
            notes.append(_("No language is called “%(word)s”; it is left out.") % {"word": word})
    return tuple(dict.fromkeys(languages))


def read_person(cells: Cells) -> PersonRow:
    """Raises Unplaceable."""
    notes, problems = _formulas(cells), Problems()
    email = problems.note(lambda: _email(cells), "")
    since, _until = _days(cells, notes, problems)
    name = problems.note(lambda: _short(cells, "person", PERSON), "")
    problems.refuse()
    return PersonRow(
        name=name, email=email, organisation=cells.get("organisation", ""), since=since, notes=tuple(notes)
    )


def _email(cells: Cells) -> str:
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
    return email


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


def _days(cells: Cells, notes: list[str], problems: Problems) -> tuple[date | None, date | None]:
    since, until = (_day(cells.get(field, ""), notes, problems) for field in ("since", "until"))
    if since and since > timezone.localdate():
        problems.append(_("“%(text)s” is still to come. Check since when it is.") % {"text": cells["since"]})
    if since and until and until < since:
        problems.append(_("The last day comes before the first. Check both."))
    return since, until


def _day(text: str, notes: list[str], problems: Problems) -> date | None:
    try:
        found = parse_day(text)
    except NotADay as error:
        problems.append(str(error))
        return None
    if found and found.note:
        notes.append(found.note)
    return found.day if found else None


def _country(text: str, notes: list[str]) -> str:
    if not text:
        return ""
    if found := find_country(text):
        return found.code
    if is_everywhere(text):
        notes.append(_("“%(text)s” is no country. It enters without one, and counts in no region.") % {"text": text})
        return ""
    if former := find_former(text):
        language = get_language() or "en"
        raise Unplaceable(
            _("“%(text)s” is no country since %(year)s. Write the one that it is in now: %(countries)s.")
            % {
                "text": text,
                "year": former.until,
                "countries": in_a_row(country_name(code, language) for code in former.became),
            }
        )
    raise Unplaceable(
        _("No country is called “%(text)s”. Write its name or its code; leave it empty if it works in many.")
        % {"text": text}
    )


def _region(text: str, notes: list[str]) -> str:
    """Empty means the group of the country."""
    if not text:
        return ""
    if found := meaning(text, REGIONS):
        return found
    if is_everywhere(text):
        notes.append(_("“%(text)s” is no regional group. It enters as unknown.") % {"text": text})
        return RegionalGroup.UNKNOWN
    if len([part for part in parts(text.replace("/", ",")) if meaning(part, REGIONS)]) > 1:
        raise Unplaceable(
            _("“%(text)s” is more than one regional group. Write the one in which it counts itself.") % {"text": text}
        )
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


def _stands(text: str, until: str) -> Stands:
    if not text:
        return Stands.MEMBER
    found = meaning(text, STANDINGS)
    if found is None:
        raise Unplaceable(
            _("What “%(text)s” means for a membership is not known here. Write member, left or observer.")
            % {"text": text}
        )
    if found == Stands.LEFT and not until:
        raise Unplaceable(_("It left, but the row doesn't say when. Write the last day as “member until”."))
    return Stands(found)
