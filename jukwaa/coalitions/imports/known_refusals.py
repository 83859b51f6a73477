"""People of the directory who do not want emails according to a file, whether or not their rows are imported.

They are known by their address, or by their name in their organisation. A name is not enough if the row is imported
with a person of its own, or if the coordinator answered that this is another person.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from jukwaa.accounts.earlier_addresses import find_people_by_address
from jukwaa.accounts.models import Person
from jukwaa.coalitions.imports.contact_headings import OPTED_OUT
from jukwaa.coalitions.imports.contact_parsing import find_email_addresses
from jukwaa.coalitions.imports.contact_remarks import describe_contact_remarks, has_valid_remark, is_contact_dropped
from jukwaa.coalitions.imports.known_person_matching import KnownPeopleByName, get_person_name_keys
from jukwaa.coalitions.imports.known_person_questions import parse_known_person_answer
from jukwaa.coalitions.imports.later_answers import find_outdated_refusals
from jukwaa.coalitions.imports.shared_contacts import is_role_mailbox
from jukwaa.coalitions.known_people import fold_person_name, get_person_name_key
from jukwaa.coalitions.models import Affiliation, Import, ImportRow
from jukwaa.coalitions.models.people import AffiliationQuerySet
from jukwaa.coalitions.organisation_matching import OrganisationDirectory
from jukwaa.coalitions.person_titles import MIN_NAME_WORDS

Objection = Affiliation.InvitationObjection
RowState = ImportRow.State
UNRECORDED = "unrecorded"  # among the answers about a row: people of whom its refusal was not recorded


@dataclass(frozen=True, slots=True)
class KnownRefusal:
    """A person who would get emails if this was not recorded; `quote` is what the row says."""

    person: Person
    row_number: int
    quote: str
    is_selected: bool  # unless the coordinator chose before not to record it


def find_refusals_to_record(spreadsheet_import: Import) -> list[KnownRefusal]:
    """For the preview, in the order of the rows."""
    if OPTED_OUT not in spreadsheet_import.row_looks.get("contacts", {}):
        return []
    rows = list(spreadsheet_import.rows.order_by("number"))
    row_by_person = find_rows_of_refusing_people(spreadsheet_import, rows)
    ties = filter_ties_without_refusal(spreadsheet_import, row_by_person)
    people = {tie.person_id: tie.person for tie in ties}
    unrecorded = {pk for row in rows for pk in row.answers.get(UNRECORDED, ())}
    found = []
    for pk, row in row_by_person.items():
        if pk in people:
            row.source = spreadsheet_import
            quote = " ".join(describe_contact_remarks(row))
            found.append(KnownRefusal(people[pk], row.number, quote, pk not in unrecorded))
    return sorted(found, key=lambda refusal: refusal.row_number)


def filter_ties_without_refusal(spreadsheet_import: Import, people: Collection[int]) -> AffiliationQuerySet:
    """The affiliations of these people in the coalition of the import that have no refusal yet.

    People who sign in have chosen their emails by themselves.
    """
    of_people = Affiliation.objects.filter(person__in=people, person__last_login=None)
    of_coalition = of_people.filter(organisation__coalition=spreadsheet_import.coalition)
    return of_coalition.exclude(no_invitations=Objection.OPTED_OUT).select_related("person")


def find_rows_of_refusing_people(spreadsheet_import: Import, rows: Collection[ImportRow]) -> dict[int, ImportRow]:
    """The first row that says so, by the number of the person. `rows` are all rows of the import."""
    outdated = find_outdated_refusals(rows)
    decisions = spreadsheet_import.decisions
    refusing = [row for row in rows if row.number not in outdated and has_valid_remark(row, decisions, OPTED_OUT)]
    if not refusing:
        return {}
    addresses = {address for row in refusing for address in _get_addresses(row)}
    person_by_address = find_people_by_address(addresses)
    namesakes = _Namesakes(spreadsheet_import, rows)
    found: dict[int, ImportRow] = {}
    for row in refusing:
        people = {
            person_by_address[each].pk
            for each in _get_addresses(row)
            if each in person_by_address and not _is_of_colleague(each, person_by_address[each], row)
        }
        for pk in people | namesakes.find(row):
            found.setdefault(pk, row)
    return found


def _is_of_colleague(address: str, person: Person, row: ImportRow) -> bool:
    """Whether a row has the address of an office as one more, and is about a person of another name."""
    is_other_name = get_person_name_key(person.name) != get_person_name_key(_get_name(row) or person.name)
    return is_other_name and len(_get_addresses(row)) > 1 and is_role_mailbox(address)


def _get_addresses(row: ImportRow) -> list[str]:
    return find_email_addresses(str(row.get("email")))


class _Namesakes:
    """The people of the directory, and of the other rows of the file, by their names."""

    def __init__(self, spreadsheet_import: Import, rows: Iterable[ImportRow]) -> None:
        self._decisions = spreadsheet_import.decisions
        self._known = KnownPeopleByName(spreadsheet_import.coalition)
        self._directory = OrganisationDirectory.of(spreadsheet_import.coalition)
        self._in_file: dict[tuple[int, str], set[int]] = {}
        for row in rows:
            if row.person_id:
                for key in self._iter_names(row):
                    self._in_file.setdefault(key, set()).add(row.person_id)

    def find(self, row: ImportRow) -> set[int]:
        answer = parse_known_person_answer(row)
        if answer and not answer.row_number:
            return {answer.person_id} - {0}
        if row.state in {RowState.WAITING, RowState.ENTERED} and not is_contact_dropped(row, self._decisions):
            return set()
        found = {pk for key in self._iter_names(row) for pk in self._in_file.get(key, ())}
        organisation_text = str(row.get("organisation") or row.get("name"))
        return found | self._known.find_namesakes(
            _get_name(row), self._get_organisation_ids(row), names_organisation=bool(organisation_text.strip())
        )

    def _iter_names(self, row: ImportRow) -> Iterator[tuple[int, str]]:
        """Nothing for a row without a name, or with one word: many people have that."""
        if len(fold_person_name(_get_name(row)).split()) < MIN_NAME_WORDS:
            return
        for organisation in self._get_organisation_ids(row):
            yield from ((organisation, key) for key in get_person_name_keys(_get_name(row)))

    def _get_organisation_ids(self, row: ImportRow) -> set[int]:
        """The organisation of the row, or those that the directory has under this name."""
        if row.organisation_id:
            return {row.organisation_id}
        text = str(row.get("organisation") or row.get("name"))
        matches = self._directory.find(text) if text.strip() else []
        return {match.organisation_id for match in matches if match.is_exact}


def _get_name(row: ImportRow) -> str:
    return str(row.get("person") or row.get("contact"))
