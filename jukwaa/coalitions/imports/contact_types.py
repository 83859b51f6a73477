"""Exports with organisations and people in one sheet, as CiviCRM makes them, become a list with 1 person in each row.

A column says of each row whether it is an organisation or a person, and another one names the employers of people. The
cells are arranged before the columns are guessed: all rows keep their places and numbers, rows of people get what the
row of their employer says about the organisation, and what is about the organisation alone gets columns of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.contact_parsing import NAME_PART_FIELDS
from jukwaa.coalitions.imports.fields import guess_column_mapping
from jukwaa.coalitions.imports.row_names import OrganisationNameForms
from jukwaa.coalitions.imports.row_wording import find_rows_by_wording
from jukwaa.coalitions.imports.vocabulary import IMPORT_VOCABULARY, split_database_heading
from jukwaa.coalitions.models import Import
from jukwaa.core.documents.incoming import ImportedTable
from jukwaa.places.text_folding import fold_text

MIN_TYPED_SHARE = 0.95  # of the rows with several cells: totals and remarks have no type
MIN_FILLED_CELLS = 3
MAX_EMPLOYER_SHARE = 0.2  # of the rows of organisations: more of them mean that the column names what each row is about
ORGANISATION_FIELDS = frozenset(
    {"country", "regional_group", "stakeholder_group", "website", "areas", "languages", "since", "until", "standing"}
)
PERSON_FIELDS = frozenset({"contact", "email", "phone", "position", *NAME_PART_FIELDS})
ORGANISATION, PERSON = "organisation", "person"
_WORDS = {name: frozenset(map(fold_text, words)) for name, words in IMPORT_VOCABULARY["contact_types"].items()}
# Headings under which the columns of such an export are known as those of a list of members.
_KNOWN_HEADINGS = {"name": "Name of the organisation", "acronym": "Acronym", "contact": "Contact person"}


@dataclass(frozen=True, slots=True)
class ContactList:
    """The arranged table. `known_headings` are those by which its columns are guessed.

    `people_without_row` are the numbers of people whose employer has no row. `doubtful_names` are, by number, the
    employers that may be several organisations, and names that an earlier organisation in another country has, too.
    `note` says what the list has.
    """

    table: ImportedTable
    heading: list[str]
    known_headings: list[str]
    people_without_row: list[int]
    doubtful_names: dict[str, str]
    note: str


@dataclass(frozen=True, slots=True)
class _Columns:
    """The places of the columns that say what a row is and whom it is about. A place is -1 if there is none."""

    kind: int
    employer: int
    name: int
    organisation_name: int
    acronym: int
    country: int = -1


def arrange_contact_types(table: ImportedTable, heading_place: int, heading: list[str]) -> ContactList | None:
    """Return the list with 1 person in each row, or None for a table that is no such export."""
    if heading_place < 0:
        return None
    rows = [[*row] for row in table.rows[heading_place + 1 :]]
    columns = _find_columns(heading, rows)
    if columns is None:
        return None
    kinds = [_find_kind(row[columns.kind]) for row in rows]
    known_headings = _get_known_headings(heading, columns)
    mapping = guess_column_mapping(known_headings, Import.Kind.MEMBERS, rows)
    copied = _find_columns_to_copy(table, heading_place, rows, kinds, mapping)
    columns = replace(columns, country=mapping.index("country") if "country" in mapping else -1)
    organisations = [row for row, kind in zip(rows, kinds, strict=True) if kind == ORGANISATION]
    namesakes, employers = _find_namesakes(organisations, columns), _find_employers(rows, kinds, columns)
    arranged = [
        _arrange_organisation(row, columns, mapping, copied)
        if kind == ORGANISATION
        else _arrange_person(row, _get_only(employers[place]), columns, mapping, copied)
        if kind == PERSON
        else [*row, *[""] * len(copied)]
        for place, (row, kind) in enumerate(zip(rows, kinds, strict=True))
    ]
    numbers = [*(table.numbers or range(1, len(table.rows) + 1))][heading_place + 1 :]
    new_heading = [*heading, *(_("%(heading)s (organisation)") % {"heading": heading[place]} for place in copied)]
    above = [[*row, *[""] * len(copied)] for row in table.rows[:heading_place]]
    return ContactList(
        table=replace(table, rows=[*above, new_heading, *arranged]),
        heading=new_heading,
        known_headings=[*known_headings, *[""] * len(copied)],
        people_without_row=[
            number
            for number, row, kind, employer in zip(numbers, rows, kinds, employers, strict=True)
            if kind == PERSON and not employer and row[columns.employer]
        ],
        doubtful_names={
            str(number): row[columns.employer] if kind == PERSON else _get_organisation_name(row, columns)
            for number, row, kind, employer in zip(numbers, rows, kinds, employers, strict=True)
            if len(employer) > 1 or id(row) in namesakes
        },
        note=_(
            "This list has organisations and people. We will import the people as contact people of the organisations"
            " in “%(column)s”."
        )
        % {"column": heading[columns.employer]},
    )


def _find_kind(cell_text: str) -> str:
    folded = fold_text(cell_text)
    return ORGANISATION if folded in _WORDS["organisations"] else PERSON if folded in _WORDS["people"] else ""


def _find_columns(heading: list[str], rows: list[list[str]]) -> _Columns | None:
    full = [row for row in rows if sum(map(bool, row)) >= MIN_FILLED_CELLS]
    for place in range(len(heading)):
        kinds = [_find_kind(row[place]) for row in full]
        is_typed = sum(map(bool, kinds)) >= MIN_TYPED_SHARE * len(full)
        if is_typed and {ORGANISATION, PERSON} <= {*kinds}:
            organisations = [row for row, kind in zip(full, kinds, strict=True) if kind == ORGANISATION]
            return _find_columns_of_names(heading, place, organisations)
    return None


def _find_columns_of_names(heading: list[str], kind_place: int, organisations: list[list[str]]) -> _Columns | None:
    """None unless another column than that of employers names the organisations."""
    filled = {place: sum(bool(row[place]) for row in organisations) for place in range(len(heading))}
    employers = [
        place
        for place in _find_places(heading, "employer_headings")
        if place != kind_place and filled[place] <= MAX_EMPLOYER_SHARE * len(organisations)
    ]
    names = [place for place in _find_places(heading, "name_headings") if place != kind_place]
    organisation_names = [place for place in _find_places(heading, "organisation_name_headings") if filled[place]]
    if not employers or not any(filled[place] for place in [*names, *organisation_names]):
        return None
    return _Columns(
        kind_place,
        employers[0],
        next(iter(names), -1),
        next(iter(organisation_names), -1),
        next(iter(_find_places(heading, "acronym_headings")), -1),
    )


def _find_places(heading: list[str], section: str) -> list[int]:
    """The places of the headings that are known, in the order of the words: "Display Name" before "Name"."""
    folded = [fold_text(split_database_heading(text)) for text in heading]
    words = [fold_text(word) for word in IMPORT_VOCABULARY["contact_types"][section]]
    return [folded.index(word) for word in words if word in folded]


def _get_known_headings(heading: list[str], columns: _Columns) -> list[str]:
    known = list(heading)
    for place in (columns.kind, columns.organisation_name):
        if place >= 0:
            known[place] = ""
    for place, field in ((columns.employer, "name"), (columns.name, "contact"), (columns.acronym, "acronym")):
        if place >= 0:
            known[place] = _KNOWN_HEADINGS[field]
    return known


def _find_columns_to_copy(
    table: ImportedTable, heading_place: int, rows: list[list[str]], kinds: list[str], column_mapping: list[str]
) -> list[int]:
    """Columns with the address of an office, and with remarks that decide whether and how an organisation is imported.

    People get the remarks on their organisation beside their own: a row of theirs may be the first one about it.
    """
    organisations = [row for row, kind in zip(rows, kinds, strict=True) if kind == ORGANISATION]
    offices = {
        place
        for place, field in enumerate(column_mapping)
        if field in {"email", "phone"} and any(row[place] for row in organisations)
    }
    heading = table.rows[heading_place]
    numbers = range(len(organisations) + 1)
    wording = find_rows_by_wording([heading, *organisations], numbers, column_mapping, table.hidden)
    remarks = {place for places in wording.values() for place in places.values() if not column_mapping[place]}
    return sorted(offices | remarks)


def _find_namesakes(organisations: list[list[str]], columns: _Columns) -> set[int]:
    """The identities of rows with the name of an earlier organisation, in another country."""
    first_by_name: dict[str, list[str]] = {}
    found = set()
    for row in organisations:
        first = first_by_name.setdefault(fold_text(_get_organisation_name(row, columns)), row)
        if len({*filter(None, (fold_text(_get_cell(each, columns.country)) for each in (first, row)))}) > 1:
            found.add(id(row))
    return found


def _find_employers(rows: list[list[str]], kinds: list[str], columns: _Columns) -> list[list[list[str]]]:
    """For each row those of the employer: by its full name, the name outside brackets, or its acronym.

    There are several only if different organisations have that name.
    """
    by_name: dict[str, list[list[str]]] = {}
    by_acronym: dict[str, list[list[str]]] = {}
    for row, kind in zip(rows, kinds, strict=True):
        if kind == ORGANISATION:
            forms = OrganisationNameForms.of(_get_organisation_name(row, columns), _get_cell(row, columns.acronym))
            _add_row(by_name, forms.names, row)
            _add_row(by_acronym, forms.acronyms, row)
    employers = [row[columns.employer] if kind == PERSON else "" for row, kind in zip(rows, kinds, strict=True)]
    found = {each: _find_employer(each, by_name, by_acronym) for each in dict.fromkeys(employers)}
    found = {each: _leave_out_repeated_rows(those, columns) for each, those in found.items()}
    return [found[each] for each in employers]


def _add_row(rows_by_name: dict[str, list[list[str]]], names: Iterable[str], row: list[str]) -> None:
    for name in names:
        rows_by_name.setdefault(name, []).append(row)


def _find_employer(
    employer: str, by_name: dict[str, list[list[str]]], by_acronym: dict[str, list[list[str]]]
) -> list[list[str]]:
    forms = OrganisationNameForms.of(employer)
    for names, known in ((forms.names, by_name), (forms.names, by_acronym), (forms.acronyms, by_acronym)):
        if found := [row for name in sorted(names) for row in known.get(name, ())]:
            return found
    return []


def _leave_out_repeated_rows(rows: list[list[str]], columns: _Columns) -> list[list[str]]:
    """One row of each organisation; rows of one name without a country are about the same one."""
    first_by_name: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        countries = first_by_name.setdefault(fold_text(_get_organisation_name(row, columns)), {})
        countries.setdefault(fold_text(_get_cell(row, columns.country)), row)
    for countries in first_by_name.values():
        if len(countries) > 1:
            countries.pop("", None)
    return [row for countries in first_by_name.values() for row in countries.values()]


def _get_only(rows: list[list[str]]) -> list[str] | None:
    return rows[0] if len(rows) == 1 else None


def _get_cell(row: list[str], place: int) -> str:
    return row[place] if place >= 0 else ""


def _get_organisation_name(row: list[str], columns: _Columns) -> str:
    return _get_cell(row, columns.organisation_name) or _get_cell(row, columns.name)


def _arrange_organisation(row: list[str], columns: _Columns, column_mapping: list[str], copied: list[int]) -> list[str]:
    """The row without a contact person. What its office has stays in columns of its own."""
    offices = [row[place] if column_mapping[place] else "" for place in copied]
    cells = ["" if field in PERSON_FIELDS else cell for cell, field in zip(row, column_mapping, strict=True)]
    cells[columns.employer] = _get_organisation_name(row, columns)
    return [*cells, *offices]


def _arrange_person(
    row: list[str],
    employer: list[str] | None,
    columns: _Columns,
    column_mapping: list[str],
    copied: list[int],
) -> list[str]:
    """The row with what that of the employer says about the organisation, if there is one."""
    if employer is None:
        return [*row, *[""] * len(copied)]
    cells = [
        other if field in ORGANISATION_FIELDS else cell
        for cell, other, field in zip(row, employer, column_mapping, strict=True)
    ]
    cells[columns.employer] = _get_organisation_name(employer, columns)
    if columns.acronym >= 0:
        cells[columns.acronym] = employer[columns.acronym]
    return [*cells, *("" if column_mapping[place] else employer[place] for place in copied)]
