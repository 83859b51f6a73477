"""From the cells of a row to what would be imported, or the reason why it can't be."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.area_names import split_area_names
from jukwaa.coalitions.imports.contact_parsing import (
    ContactPerson,
    find_email_addresses,
    parse_contact,
    parse_email_cell,
    refuse_long_text,
)
from jukwaa.coalitions.imports.dates import AmbiguousDateError, InvalidDateError, ParsedDate, parse_date
from jukwaa.coalitions.imports.decisions import (
    EMPTY_CELL_ANSWER,
    NO_DECISIONS,
    OTHER_TEXTS,
    Decisions,
    find_column_decision,
    get_date_order,
)
from jukwaa.coalitions.imports.likely_answers import find_likely_countries, find_likely_groups
from jukwaa.coalitions.imports.name_order import put_first_name_first
from jukwaa.coalitions.imports.problems import CELL, DATE_ORDER, VALUE, InvalidRowError, RowProblem, RowProblems
from jukwaa.coalitions.imports.vocabulary import (
    ACADEMIC_WORDS,
    COUNTRIES_WITHOUT_CODE,
    REGIONAL_GROUP_WORDS,
    RowStanding,
    find_language_tag,
    find_stakeholder_group,
    find_standing,
    find_word_meaning,
    is_worldwide_text,
    split_list_items,
)
from jukwaa.coalitions.imports.written_names import split_acronym
from jukwaa.core.dates import get_utc_date
from jukwaa.core.documents.incoming import is_formula_cell
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.places.countries import get_country_name
from jukwaa.places.country_search import find_ambiguous_countries, find_country
from jukwaa.places.former_countries import find_former_country
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.places.text_folding import fold_text

MAX_NAME_LENGTH, MAX_ACRONYM_LENGTH, MAX_AREA_LENGTH, MAX_PERSON_LENGTH = 200, 40, 120, 120

_DEPARTURE_PATTERN = re.compile(r"^(?P<standing>\D+?)[\s(,:]+(?P<until>(?:[^\W\d]+\.?\s+)?\d{4}|[\d./-]{6,10})\)?$")

type Cells = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """An organisation as a table has it, and the contact person in its row."""

    name: str = ""
    acronym: str = ""
    country: str = ""
    regional_group: str = ""
    stakeholder_group: str = StakeholderGroup.UNKNOWN
    website: str = ""
    areas: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: ParsedDate | None = None
    until: ParsedDate | None = None
    stands: RowStanding = RowStanding.MEMBER
    contact: ContactPerson | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody on the list."""

    name: str
    email: str
    organisation: str
    since: date | None
    notes: tuple[str, ...]


@dataclass
class RowReader:
    """A row that is being read: what its cells mean, and what is noted or wrong. Nothing is raised."""

    cells: Cells
    decisions: Decisions = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cells = _split_departure_date(self.cells)
        self.notes = _describe_formula_cells(self.cells)
        self.problems = RowProblems()

    def get(self, name: str) -> str:
        return self.cells.get(name, "")

    def read_member_row(self) -> MemberRow:
        note, get = self.problems.note, self.get
        missing = _("Enter the name of the organisation. This row has no name.")
        name = note(partial(_parse_short_text, get("name"), "name", MAX_NAME_LENGTH, missing), "")
        acronym = note(partial(_parse_short_text, get("acronym"), "acronym", MAX_ACRONYM_LENGTH), "")
        if not acronym:
            name, acronym = split_acronym(name)
        country = note(partial(_parse_country, get("country"), self.notes, self.decisions), "")
        region = note(partial(_parse_regional_group, get("regional_group"), self.notes, self.decisions), "")
        unknown: str = StakeholderGroup.UNKNOWN
        stakeholders = note(partial(_parse_stakeholder_group, get("stakeholder_group"), self.decisions), unknown)
        website = note(partial(_parse_website, get("website")), "")
        since, until = self._read_period()
        standing = note(
            partial(_parse_membership_standing, get("standing"), get("until"), self.decisions), RowStanding.MEMBER
        )
        if standing == RowStanding.KNOWN:  # there is no membership whose days are needed
            self.problems[:] = [problem for problem in self.problems if problem.field not in {"since", "until"}]
        if standing == RowStanding.LEFT and self._is_answered_without_date("until"):
            standing = RowStanding.KNOWN  # without its last day, the membership would be a current one
            self.notes.append(
                _("We will import this organisation without a membership, because its last day as a member is unknown.")
            )
        return MemberRow(
            name=name,
            acronym=acronym,
            country=country,
            regional_group=region,
            stakeholder_group=stakeholders,
            website=website,
            areas=tuple(area[:MAX_AREA_LENGTH] for area in split_area_names(get("areas"))),
            languages=_parse_languages(get("languages"), self.notes),
            since=since,
            until=until,
            stands=standing,
            contact=parse_contact(self.cells, self.notes, self.problems),
            notes=tuple(self.notes),
        )

    def read_person_row(self) -> PersonRow:
        email = self.problems.note(partial(parse_email_cell, self.get("email"), required=True), "")
        since, _until = self._read_period()
        name = self.problems.note(partial(_parse_short_text, self.get("person"), "person", MAX_PERSON_LENGTH), "")
        meant = find_column_decision(self.decisions, "organisation", self.get("organisation"))
        return PersonRow(
            name=put_first_name_first(name, find_email_addresses(self.get("email")), self.notes),
            email=email,
            organisation="" if meant == EMPTY_CELL_ANSWER else meant or self.get("organisation"),
            since=since.day if since else None,
            notes=tuple(self.notes),
        )

    def _read_period(self) -> tuple[ParsedDate | None, ParsedDate | None]:
        since, until = self._read_date("since"), self._read_date("until")
        if since and since.day > get_utc_date():
            sentence = _("“%(text)s” is in the future. Enter today's date or an earlier one.")
            self.problems.append(RowProblem(sentence % {"text": self.get("since")}, "since"))
        if since and until and until.day < since.day:
            self.problems.append(RowProblem(_("Enter a last day on or after the first day."), "until"))
        return since, until

    def _is_answered_without_date(self, field_name: str) -> bool:
        """Whether a coordinator answered that there is none, in the row or for the whole file."""
        text = self.get(field_name)
        return EMPTY_CELL_ANSWER in {text, find_column_decision(self.decisions, field_name, text)}

    def _read_date(self, field_name: str) -> ParsedDate | None:
        text = self.get(field_name)
        if self._is_answered_without_date(field_name):
            return None
        decided = find_column_decision(self.decisions, field_name, text)
        try:
            found = parse_date(decided or text, get_date_order(self.decisions, field_name))
        except AmbiguousDateError as error:
            days = tuple(day.isoformat() for day in error.days)
            self.problems.append(RowProblem(str(error), field_name, DATE_ORDER, text, days))
            return None
        except InvalidDateError as error:
            self.problems.append(RowProblem(str(error), field_name, CELL, text))
            return None
        if found and found.note:
            self.notes.append(found.note)
        return found


def parse_member_row(cells_by_field: Cells, import_decisions: Decisions = NO_DECISIONS) -> MemberRow:
    """Raises InvalidRowError with all that is wrong."""
    reading = RowReader(cells_by_field, import_decisions)
    member = reading.read_member_row()
    reading.problems.refuse()
    return member


def parse_person_row(cells_by_field: Cells, import_decisions: Decisions = NO_DECISIONS) -> PersonRow:
    """Raises InvalidRowError with all that is wrong."""
    reading = RowReader(cells_by_field, import_decisions)
    person = reading.read_person_row()
    reading.problems.refuse()
    return person


def _split_departure_date(cells_by_field: Cells) -> Cells:
    """The last day out of "withdrawn (2024)" and "left March 2024", unless it has a column of its own."""
    found = _DEPARTURE_PATTERN.match(cells_by_field.get("standing", ""))
    if not found or cells_by_field.get("until") or find_standing(found["standing"]) != RowStanding.LEFT:
        return cells_by_field
    return {**cells_by_field, "standing": found["standing"], "until": found["until"]}


def _describe_formula_cells(cells_by_field: Cells) -> list[str]:
    return [
        _("“%(text)s” looks like a formula. We will keep it as text and not calculate anything.") % {"text": cell[:60]}
        for name, cell in cells_by_field.items()
        if name != "phone" and is_formula_cell(cell)
    ]


def _parse_short_text(text: str, name: str, max_length: int, missing_message: str = "") -> str:
    if missing_message and not any(letter.isalnum() for letter in text):
        raise InvalidRowError(RowProblem(missing_message, name))
    refuse_long_text(text, max_length, name)
    return " ".join(text.split())


def _parse_languages(text: str, parse_notes: list[str]) -> tuple[str, ...]:
    """Their tags. A word that is no language is left out, and said."""
    languages = []
    for word in split_list_items(text):
        if tag := find_language_tag(word):
            languages.append(tag)
        else:
            parse_notes.append(_("“%(word)s” is not a language that we know. We will not import it.") % {"word": word})
    return tuple(dict.fromkeys(languages))


def _parse_country(text: str, parse_notes: list[str], import_decisions: Decisions) -> str:
    decided = find_column_decision(import_decisions, "country", text)
    if decided or not text:
        return "" if decided == EMPTY_CELL_ANSWER else decided or ""
    language = get_language() or "en"
    if several := [each.code for each in find_ambiguous_countries(text)]:
        names = join_with_separator((get_country_name(code, language) for code in several), ";")
        sentence = _("“%(text)s” could mean more than 1 country: %(names)s. Choose one.")
        raise InvalidRowError(
            RowProblem(sentence % {"text": text, "names": names}, "country", VALUE, text, tuple(several))
        )
    if found := find_country(text):
        return found.code
    if is_worldwide_text(text):
        parse_notes.append(
            _("“%(text)s” is not a country. We will import the row without a country and not count it in any region.")
            % {"text": text}
        )
        return ""
    if fold_text(text) in COUNTRIES_WITHOUT_CODE:
        sentence = _(
            "“%(text)s” has no country code in ISO 3166-1, which our list of countries follows. We will import the row"
            " without a country. You can choose a regional group for the organisation."
        )
        parse_notes.append(sentence % {"text": text})
        return ""
    if former := find_former_country(text):
        sentence = _("“%(text)s” has not been a country since %(year)s. Enter the current country: %(countries)s.")
        countries = join_with_separator(get_country_name(code, language) for code in former.became)
        told = sentence % {"text": text, "year": former.until, "countries": countries}
        raise InvalidRowError(RowProblem(told, "country", VALUE, text, tuple(former.became)))
    sentence = _(
        "“%(text)s” is not a country. Enter a country name or code, or leave this empty for work in many countries."
    )
    raise InvalidRowError(RowProblem(sentence % {"text": text}, "country", VALUE, text, find_likely_countries(text)))


def _parse_regional_group(text: str, parse_notes: list[str], import_decisions: Decisions) -> str:
    """Empty means the group of the country."""
    decided = find_column_decision(import_decisions, "regional_group", text)
    if decided or not text:
        return "" if decided == EMPTY_CELL_ANSWER else decided or ""
    if found := find_word_meaning(text, REGIONAL_GROUP_WORDS):
        return found
    if is_worldwide_text(text):
        parse_notes.append(_("“%(text)s” is not a regional group. We will import it as “Unknown”.") % {"text": text})
        return RegionalGroup.UNKNOWN
    parts = [find_word_meaning(part, REGIONAL_GROUP_WORDS) for part in split_list_items(text.replace("/", ","))]
    if len(several := tuple(part for part in parts if part)) > 1:
        sentence = _(
            "“%(text)s” is more than 1 regional group. Enter the group to which the organisation says it belongs."
        )
        raise InvalidRowError(RowProblem(sentence % {"text": text}, "regional_group", VALUE, text, several))
    sentence = _("“%(text)s” is not a regional group. Enter one, or leave this empty to use the group of the country.")
    raise InvalidRowError(RowProblem(sentence % {"text": text}, "regional_group", VALUE, text))


def _parse_stakeholder_group(text: str, import_decisions: Decisions) -> str:
    if not text:
        return StakeholderGroup.UNKNOWN
    if decided := find_column_decision(import_decisions, "stakeholder_group", text):
        return StakeholderGroup.UNKNOWN if decided == EMPTY_CELL_ANSWER else decided
    is_academic = fold_text(text) in ACADEMIC_WORDS
    if not is_academic and (found := find_stakeholder_group(text)):
        return found
    if import_decisions.get("stakeholder_group", {}).get(OTHER_TEXTS):
        return StakeholderGroup.UNKNOWN
    sentence = _("“%(text)s” is not a stakeholder group. Enter one, or leave this empty.")
    if is_academic:
        sentence = _("“%(text)s” can be part of the technical community or of civil society. Choose one.")
    likely = find_likely_groups(text)
    raise InvalidRowError(RowProblem(sentence % {"text": text}, "stakeholder_group", VALUE, text, likely))


def _parse_website(text: str) -> str:
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
        urlsplit(address)
    except (ValidationError, ValueError) as error:
        sentence = _("“%(text)s” is not a web address. Enter the full address, for example https://example.org.")
        raise InvalidRowError(RowProblem(sentence % {"text": text}, "website")) from error
    if len(address) > MAX_NAME_LENGTH:
        sentence = _("Enter a shorter web address, such as the home page. This one is too long.")
        raise InvalidRowError(RowProblem(sentence, "website"))
    return address


def _parse_membership_standing(text: str, until: str, import_decisions: Decisions) -> RowStanding:
    if not text:
        return RowStanding.MEMBER
    decided = find_column_decision(import_decisions, "standing", text)
    found = RowStanding.MEMBER if decided == EMPTY_CELL_ANSWER else decided or find_standing(text)
    if found is None:
        sentence = _("“%(text)s” is not a membership status. Enter member, left or observer.")
        raise InvalidRowError(RowProblem(sentence % {"text": text}, "standing", VALUE, text))
    if found == RowStanding.LEFT and not until:
        sentence = _("Enter the last day under “Member until”. The row says that the member has left, but not when.")
        raise InvalidRowError(RowProblem(sentence, "until"))
    return RowStanding(found)
