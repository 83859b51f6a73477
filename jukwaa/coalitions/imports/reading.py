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
    missing = _("Enter the name of the organisation. This row has no name.")
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
            notes.append(_("“%(word)s” is not a language that we know. We will not import it.") % {"word": word})
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
        raise Unplaceable(_("Enter an email address. This row has none."))
    try:
        validate_email(email)
    except ValidationError as error:
        raise Unplaceable(
            _("“%(text)s” is not an email address. Enter an address in the format name@example.org.") % {"text": email}
        ) from error
    if len(email) > ADDRESS:
        raise Unplaceable(_("Check the email address. It is too long."))
    return email


def _formulas(cells: Cells) -> list[str]:
    return [
        _("“%(text)s” looks like a formula. We will keep it as text and not calculate anything.") % {"text": cell[:60]}
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
        problems.append(
            _("“%(text)s” is in the future. Enter today's date or an earlier one.") % {"text": cells["since"]}
        )
    if since and until and until < since:
        problems.append(_("Enter a last day that is not before the first day."))
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
        notes.append(
            _("“%(text)s” is not a country. We will import the row without a country and not count it in any region.")
            % {"text": text}
        )
        return ""
    if former := find_former(text):
        language = get_language() or "en"
        raise Unplaceable(
            _("“%(text)s” has not been a country since %(year)s. Enter the country of today: %(countries)s.")
            % {
                "text": text,
                "year": former.until,
                "countries": in_a_row(country_name(code, language) for code in former.became),
            }
        )
    raise Unplaceable(
        _("“%(text)s” is not a country. Enter a country name or code, or leave this empty for work in many countries.")
        % {"text": text}
    )


def _region(text: str, notes: list[str]) -> str:
    """Empty means the group of the country."""
    if not text:
        return ""
    if found := meaning(text, REGIONS):
        return found
    if is_everywhere(text):
        notes.append(_("“%(text)s” is not a regional group. We will import it as “Unknown”.") % {"text": text})
        return RegionalGroup.UNKNOWN
    if len([part for part in parts(text.replace("/", ",")) if meaning(part, REGIONS)]) > 1:
        raise Unplaceable(
            _("“%(text)s” is more than 1 regional group. Enter the group in which the organisation counts itself.")
            % {"text": text}
        )
    raise Unplaceable(
        _("“%(text)s” is not a regional group. Enter one, or leave this empty to use the group of the country.")
        % {"text": text}
    )


def _stakeholders(text: str) -> str:
    if not text:
        return StakeholderGroup.UNKNOWN
    if found := meaning(text, STAKEHOLDERS):
        return found
    raise Unplaceable(_("“%(text)s” is not a stakeholder group. Enter one, or leave this empty.") % {"text": text})


def _website(text: str) -> str:
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
        urlsplit(address)
    except (ValidationError, ValueError) as error:
        raise Unplaceable(
            _("“%(text)s” is not a web address. Enter the full address, for example https://example.org.")
            % {"text": text}
        ) from error
    if len(address) > NAME:
        raise Unplaceable(_("Enter a shorter web address, such as the home page. This one is too long."))
    return address


def _stands(text: str, until: str) -> Stands:
    if not text:
        return Stands.MEMBER
    found = meaning(text, STANDINGS)
    if found is None:
        raise Unplaceable(_("“%(text)s” is not a membership status. Enter member, left or observer.") % {"text": text})
    if found == Stands.LEFT and not until:
        raise Unplaceable(
            _("Enter the last day under “Member until”. The row says that the member has left, but not when.")
        )
    return Stands(found)
