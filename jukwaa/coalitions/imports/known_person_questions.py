"""Whether the person in a row is one whom the coalition knows, or an earlier row has, with another email address.

Nobody is added a second time without a question. The answer stands in the row: `keep:person-12` is the person of this
number with the address on record, `replace:row-5` the one of row 5 with the address of this row.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from jukwaa.accounts.earlier_addresses import find_people_by_address
from jukwaa.coalitions.imports.contact_parsing import ContactPerson, find_email_addresses
from jukwaa.coalitions.imports.known_person_matching import (
    KnownPeopleByName,
    KnownPerson,
    PeopleInFile,
    PersonInFile,
    build_organisation_keys,
    shorten_address,
)
from jukwaa.coalitions.imports.problems import KNOWN_PERSON, RowProblem
from jukwaa.coalitions.imports.row_parsing import PersonRow
from jukwaa.coalitions.models import Coalition, ImportRow
from jukwaa.coalitions.organisation_matching import OrganisationDirectory
from jukwaa.core.list_formatting import join_with_separator

KEEP_ADDRESS, REPLACE_ADDRESS = "keep", "replace"
ANOTHER_PERSON = "another"


@dataclass(frozen=True, slots=True)
class KnownPersonAnswer:
    """`person_id` or `row_number` is who it is; the other one is 0, and both are if it is another person."""

    replaces_address: bool = False
    person_id: int = 0
    row_number: int = 0


def parse_known_person_answer(import_row: ImportRow) -> KnownPersonAnswer | None:
    """Return what was answered about the row; nothing if nobody has answered."""
    answer = str(import_row.answers.get(KNOWN_PERSON, ""))
    if not answer:
        return None
    action, _colon, target = answer.partition(":")
    kind, _hyphen, number = target.partition("-")
    return KnownPersonAnswer(
        action == REPLACE_ADDRESS, int(number) if kind == "person" else 0, int(number) if kind == "row" else 0
    )


def is_in_earlier_row(import_row: ImportRow) -> bool:
    """Whether the coordinator answered that an earlier row is about the same person."""
    answer = parse_known_person_answer(import_row)
    return answer is not None and bool(answer.row_number)


def move_address_to_earlier_row(import_row: ImportRow, import_rows: Iterable[ImportRow]) -> None:
    """If the answer is that the person of an earlier row has the address of this one, write it there."""
    answer = parse_known_person_answer(import_row)
    if answer is None or not (answer.row_number and answer.replaces_address):
        return
    for earlier in import_rows:
        if earlier.number == answer.row_number and earlier.state != ImportRow.State.ENTERED:
            earlier.cells = {**earlier.cells, "email": import_row.get("email")}


def describe_row_of_same_person(import_row: ImportRow, seen_number: int) -> list[str]:
    """Why the row is left out. `seen_number` is the row that has the person, unless the answer names another one."""
    answer = parse_known_person_answer(import_row)
    number = (answer.row_number if answer else 0) or seen_number
    if answer and answer.row_number and answer.replaces_address:
        sentence = _("This is the same person as in row %(number)s, who will be added with the address in this row.")
    else:
        sentence = _("This is the same person as in row %(number)s. The address in this row will not be stored.")
    return [sentence % {"number": number}]


class KnownPersonQuestions:
    """Asks row after row, and knows the rows before. Reads the people of the coalition once, if it must.

    `import_rows` are all rows of the file.
    """

    def __init__(
        self, coalition: Coalition, directory: OrganisationDirectory, import_rows: Iterable[ImportRow]
    ) -> None:
        self._coalition = coalition
        self._directory = directory
        self._import_rows = import_rows
        self._in_file = PeopleInFile()
        self._organisation_ids: dict[str, list[int]] = {}

    @cached_property
    def _known(self) -> KnownPeopleByName:
        return KnownPeopleByName(self._coalition)

    @cached_property
    def _in_other_coalitions(self) -> set[int]:
        return self._known.find_people_of_other_coalitions()

    @cached_property
    def _addresses_with_person(self) -> set[str]:
        """The addresses in the file that mean somebody by themselves."""
        written = (find_email_addresses("\n".join(map(str, row.cells.values()))) for row in self._import_rows)
        return set(find_people_by_address({address for found in written for address in found}))

    def get_kept_address(self, import_row: ImportRow) -> str:
        """Return the address on record, if the answer was to keep it."""
        answer = parse_known_person_answer(import_row)
        if answer is None or not answer.person_id or answer.replaces_address:
            return ""
        known = self._known.get(answer.person_id)
        return known.email if known else ""

    def iter_problems_of_subscriber(self, import_row: ImportRow, person: PersonRow) -> Iterator[RowProblem]:
        """Ask about somebody on a mailing list, whose organisation is known by its name alone."""
        if not (person.name and person.email):
            return
        organisation_ids = self._find_organisation_ids(person.organisation)
        keys = build_organisation_keys(person.organisation, organisation_ids)
        in_file = PersonInFile(import_row.number, person.name, person.email, keys)
        earlier = self._in_file.find_earlier_row(in_file)
        self._in_file.add(in_file)
        known = self._known.find_person(
            person.name, organisation_ids, names_organisation=bool(person.organisation.strip())
        )
        yield from self._ask(import_row, person.email, known, earlier, organisation_ids)

    def iter_problems_of_contact(self, import_row: ImportRow, contact: ContactPerson) -> Iterator[RowProblem]:
        """Ask about the contact person of an organisation. Rows of one organisation are compared by `same_people`."""
        if not (contact.name and contact.email):
            return
        organisation_ids = [import_row.organisation_id] if import_row.organisation_id else []
        known = self._known.find_person(contact.name, organisation_ids, names_organisation=True)
        yield from self._ask(import_row, contact.email, known, None, organisation_ids)

    def describe_person(self, import_row: ImportRow, name: str, address: str) -> list[str]:
        """For the preview: what follows from the answer, or that somebody else has this name."""
        answer = parse_known_person_answer(import_row)
        if answer and answer.person_id and (known := self._known.get(answer.person_id)):
            sentence = _("This is %(name)s, who keeps the address on record. %(address)s will not be stored.")
            if answer.replaces_address:
                sentence = _(
                    "This is %(name)s, whose email address will be %(address)s. Undoing the import will not change it"
                    " back."
                )
            return [sentence % {"name": known.name, "address": address}]
        namesake = self._known.find_namesake(name) if name and address else None
        if namesake is None or namesake.email == address or address in self._addresses_with_person:
            return []
        sentence = _("Another person will be added. %(name)s is already recorded: %(organisations)s.")
        organisations = join_with_separator(namesake.organisations.values(), ";") or _("no organisation")
        return [sentence % {"name": namesake.name, "organisations": organisations}]

    def _find_organisation_ids(self, organisation_text: str) -> list[int]:
        if organisation_text not in self._organisation_ids:
            found = self._directory.find(organisation_text) if organisation_text.strip() else []
            self._organisation_ids[organisation_text] = [match.organisation_id for match in found]
        return self._organisation_ids[organisation_text]

    def _ask(
        self,
        import_row: ImportRow,
        address: str,
        known: KnownPerson | None,
        earlier: PersonInFile | None,
        organisation_ids: Collection[int],
    ) -> Iterator[RowProblem]:
        """Someone whom the address itself means is not asked about, nor is a row whose person is still there."""
        answer = parse_known_person_answer(import_row)
        if answer and (not answer.person_id or self._known.get(answer.person_id)):
            return
        if (known is None and earlier is None) or address in self._addresses_with_person:
            return
        if known is not None:
            can_replace = not known.has_signed_in and known.pk not in self._in_other_coalitions
            is_own_claim = known.is_own_claim(organisation_ids)
            yield _build_question_about_person(known, can_replace_address=can_replace, is_own_claim=is_own_claim)
        elif earlier is not None:
            yield _build_question_about_row(earlier)


def _build_question_about_person(known: KnownPerson, *, can_replace_address: bool, is_own_claim: bool) -> RowProblem:
    """Only the end of the address by which somebody signs in is shown; the others were entered by coordinators."""
    facts = {
        "name": known.name,
        "organisations": join_with_separator(known.organisations.values(), ";") or _("no organisation"),
        "address": shorten_address(known.email) if known.has_signed_in else known.email,
    }
    keep, replace = (f"{action}:person-{known.pk}" for action in (KEEP_ADDRESS, REPLACE_ADDRESS))
    if not known.email and can_replace_address:
        sentence = _("%(name)s is already recorded without an email address: %(organisations)s.") % facts
        return RowProblem(sentence, "", KNOWN_PERSON, replace, (replace, ANOTHER_PERSON))
    sentence = _("%(name)s is already recorded with another email address, %(address)s: %(organisations)s.")
    if known.has_signed_in:
        sentence = _("%(name)s is already recorded with an email address ending in %(address)s: %(organisations)s.")
    sentences = [sentence % facts]
    if is_own_claim:
        sentences.append(_("This person chose the name themselves, and nobody has confirmed who they are."))
    if known.has_signed_in:
        sentences.append(_("Only this person can change that address, because they sign in with it."))
    options = (keep, replace, ANOTHER_PERSON) if can_replace_address else (keep, ANOTHER_PERSON)
    return RowProblem(" ".join(sentences), "", KNOWN_PERSON, "" if is_own_claim else keep, options)


def _build_question_about_row(earlier: PersonInFile) -> RowProblem:
    sentence = _("“%(name)s” is in row %(number)s with another email address: %(address)s. Choose which to import.")
    facts = {"name": earlier.name, "number": earlier.number, "address": earlier.address}
    keep, replace = (f"{action}:row-{earlier.number}" for action in (KEEP_ADDRESS, REPLACE_ADDRESS))
    return RowProblem(sentence % facts, "", KNOWN_PERSON, keep, (keep, replace, ANOTHER_PERSON))
