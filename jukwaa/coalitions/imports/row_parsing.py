"""From the cells of a row to what would enter, or the reason why it can't be placed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.dates import InvalidDateError, parse_date
from jukwaa.coalitions.imports.vocabulary import (
    REGIONAL_GROUP_WORDS,
    STAKEHOLDER_GROUP_WORDS,
    STANDING_WORDS,
    RowStanding,
    find_language_tag,
    find_meaning,
    is_worldwide,
    split_items,
)
from jukwaa.core.dates import get_utc_date
from jukwaa.core.documents.incoming import is_formula
from jukwaa.core.list_formatting import join_with_mark
from jukwaa.places.countries import get_country_name
from jukwaa.places.country_search import find_country
from jukwaa.places.former_countries import find_former_country
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

MAX_NAME_LENGTH, MAX_ACRONYM_LENGTH, MAX_AREA_LENGTH, MAX_PERSON_LENGTH, MAX_EMAIL_LENGTH = 200, 40, 120, 120, 254

type Cells = dict[str, str]


class InvalidRowError(ValueError):
    """Its arguments are sentences for the coordinator who mends the row: all that is wrong, each on a line."""

    def __str__(self) -> str:
        return "\n".join(" ".join(sentence.split()) for sentence in self.args)


class RowProblems(list[str]):
    """What is wrong with a row: cell after cell is read, so that all of it can be mended at once."""

    def note[T](self, parser: Callable[[], T], default: T) -> T:
        try:
            return parser()
        except InvalidRowError as error:
            self.extend(error.args)
            return default

    def refuse(self) -> None:
        if self:
            raise InvalidRowError(*self)


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
    stands: RowStanding
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody on the list."""

    name: str
    email: str
    organisation: str
    since: date | None
    notes: tuple[str, ...]


def parse_member_row(cells: Cells) -> MemberRow:
    """Raises Unplaceable."""
    notes, problems = _describe_formulas(cells), RowProblems()
    missing = _("Enter the name of the organisation. This row has no name.")
    name = problems.note(lambda: _parse_short_text(cells, "name", MAX_NAME_LENGTH, missing), "")
    acronym = problems.note(lambda: _parse_short_text(cells, "acronym", MAX_ACRONYM_LENGTH), "")
    country = problems.note(lambda: _parse_country(cells.get("country", ""), notes), "")
    region = problems.note(lambda: _parse_regional_group(cells.get("regional_group", ""), notes), "")
    stakeholders = problems.note(lambda: _parse_stakeholder_group(cells.get("stakeholder_group", "")), "")
    website = problems.note(lambda: _parse_website(cells.get("website", "")), "")
    since, until = _parse_period(cells, notes, problems)
    stands = problems.note(
        lambda: _parse_standing(cells.get("standing", ""), cells.get("until", "")), RowStanding.MEMBER
    )
    problems.refuse()
    return MemberRow(
        name=name,
        acronym=acronym,
        country=country,
        regional_group=region,
        stakeholder_group=stakeholders,
        website=website,
        areas=tuple(area[:MAX_AREA_LENGTH] for area in split_items(cells.get("areas", ""))),
        languages=_parse_languages(cells.get("languages", ""), notes),
        since=since,
        until=until,
        stands=stands,
        notes=tuple(notes),
    )


def _parse_languages(text: str, notes: list[str]) -> tuple[str, ...]:
    """Their tags. A word that is no language is left out, and said."""
    languages = []
    for word in split_items(text):
        if tag := find_language_tag(word):
            languages.append(tag)
        else:
            notes.append(_("“%(word)s” is not a language that we know. We will not import it.") % {"word": word})
    return tuple(dict.fromkeys(languages))


def parse_person_row(cells: Cells) -> PersonRow:
    """Raises Unplaceable."""
    notes, problems = _describe_formulas(cells), RowProblems()
    email = problems.note(lambda: _parse_email(cells), "")
    since, _until = _parse_period(cells, notes, problems)
    name = problems.note(lambda: _parse_short_text(cells, "person", MAX_PERSON_LENGTH), "")
    problems.refuse()
    return PersonRow(
        name=name, email=email, organisation=cells.get("organisation", ""), since=since, notes=tuple(notes)
    )


def _parse_email(cells: Cells) -> str:
    email = cells.get("email", "").removeprefix("mailto:").strip("<> ").lower()
    if not email:
        raise InvalidRowError(_("Enter an email address. This row has none."))
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvalidRowError(
            _("“%(text)s” is not an email address. Enter an address in the format name@example.org.") % {"text": email}
        ) from error
    if len(email) > MAX_EMAIL_LENGTH:
        raise InvalidRowError(_("Check the email address. It is too long."))
    return email


def _describe_formulas(cells: Cells) -> list[str]:
    return [
        _("“%(text)s” looks like a formula. We will keep it as text and not calculate anything.") % {"text": cell[:60]}
        for cell in cells.values()
        if is_formula(cell)
    ]


def _parse_short_text(cells: Cells, field: str, max_length: int, missing_message: str = "") -> str:
    text = cells.get(field, "")
    if missing_message and not any(letter.isalnum() for letter in text):
        raise InvalidRowError(missing_message)
    if len(text) > max_length:
        raise InvalidRowError(
            _("“%(text)s…” is longer than %(most)s characters. Shorten it.") % {"text": text[:40], "most": max_length}
        )
    return " ".join(text.split())


def _parse_period(cells: Cells, notes: list[str], problems: RowProblems) -> tuple[date | None, date | None]:
    since, until = (_parse_day(cells.get(field, ""), notes, problems) for field in ("since", "until"))
    if since and since > get_utc_date():
        problems.append(
            _("“%(text)s” is in the future. Enter today's date or an earlier one.") % {"text": cells["since"]}
        )
    if since and until and until < since:
        problems.append(_("Enter a last day that is not before the first day."))
    return since, until


def _parse_day(text: str, notes: list[str], problems: RowProblems) -> date | None:
    try:
        found = parse_date(text)
    except InvalidDateError as error:
        problems.append(str(error))
        return None
    if found and found.note:
        notes.append(found.note)
    return found.day if found else None


def _parse_country(text: str, notes: list[str]) -> str:
    if not text:
        return ""
    if found := find_country(text):
        return found.code
    if is_worldwide(text):
        notes.append(
            _("“%(text)s” is not a country. We will import the row without a country and not count it in any region.")
            % {"text": text}
        )
        return ""
    if former := find_former_country(text):
        language = get_language() or "en"
        raise InvalidRowError(
            _("“%(text)s” has not been a country since %(year)s. Enter the country of today: %(countries)s.")
            % {
                "text": text,
                "year": former.until,
                "countries": join_with_mark(get_country_name(code, language) for code in former.became),
            }
        )
    raise InvalidRowError(
        _("“%(text)s” is not a country. Enter a country name or code, or leave this empty for work in many countries.")
        % {"text": text}
    )


def _parse_regional_group(text: str, notes: list[str]) -> str:
    """Empty means the group of the country."""
    if not text:
        return ""
    if found := find_meaning(text, REGIONAL_GROUP_WORDS):
        return found
    if is_worldwide(text):
        notes.append(_("“%(text)s” is not a regional group. We will import it as “Unknown”.") % {"text": text})
        return RegionalGroup.UNKNOWN
    if len([part for part in split_items(text.replace("/", ",")) if find_meaning(part, REGIONAL_GROUP_WORDS)]) > 1:
        raise InvalidRowError(
            _("“%(text)s” is more than 1 regional group. Enter the group in which the organisation counts itself.")
            % {"text": text}
        )
    raise InvalidRowError(
        _("“%(text)s” is not a regional group. Enter one, or leave this empty to use the group of the country.")
        % {"text": text}
    )


def _parse_stakeholder_group(text: str) -> str:
    if not text:
        return StakeholderGroup.UNKNOWN
    if found := find_meaning(text, STAKEHOLDER_GROUP_WORDS):
        return found
    raise InvalidRowError(_("“%(text)s” is not a stakeholder group. Enter one, or leave this empty.") % {"text": text})


def _parse_website(text: str) -> str:
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
        urlsplit(address)
    except (ValidationError, ValueError) as error:
        raise InvalidRowError(
            _("“%(text)s” is not a web address. Enter the full address, for example https://example.org.")
            % {"text": text}
        ) from error
    if len(address) > MAX_NAME_LENGTH:
        raise InvalidRowError(_("Enter a shorter web address, such as the home page. This one is too long."))
    return address


def _parse_standing(text: str, until: str) -> RowStanding:
    if not text:
        return RowStanding.MEMBER
    found = find_meaning(text, STANDING_WORDS)
    if found is None:
        raise InvalidRowError(
            _("“%(text)s” is not a membership status. Enter member, left or observer.") % {"text": text}
        )
    if found == RowStanding.LEFT and not until:
        raise InvalidRowError(
            _("Enter the last day under “Member until”. The row says that the member has left, but not when.")
        )
    return RowStanding(found)
