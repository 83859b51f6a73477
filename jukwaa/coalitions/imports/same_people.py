"""Contact people of one organisation who are in two rows of a file, with two email addresses: they are asked about."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.contact_parsing import ContactPerson, find_email_addresses
from jukwaa.coalitions.imports.contact_remarks import SAME_PERSON, get_contact_remark_answer
from jukwaa.coalitions.imports.decisions import KEEP, NO_INVITATION, Decisions
from jukwaa.coalitions.imports.known_person_matching import get_person_name_keys, has_same_names
from jukwaa.coalitions.imports.name_writing import choose_person_name
from jukwaa.coalitions.imports.problems import PERSON, RowProblem
from jukwaa.coalitions.models import ImportRow
from jukwaa.places.text_folding import fold_text

MIN_NAME_WORDS = 2  # two people often share a first name


class ContactPeopleInFile:
    """The contact people of the rows so far, by organisation and name."""

    def __init__(self) -> None:
        self._organisation_numbers: dict[int, int] = {}
        self._rows: dict[tuple[int, str], tuple[int, str]] = {}
        self._written_names: dict[int, dict[str, tuple[int, str]]] = {}

    def find_problem(self, row: ImportRow, earlier_number: int | None, decisions: Decisions) -> RowProblem | None:
        """Ask whether the person is the one of an earlier row. `earlier_number` is a row of the same organisation.

        A row about such a person is marked by an empty answer, until there is one.
        """
        number = self._organisation_numbers.get(earlier_number or 0, earlier_number or row.number)
        self._organisation_numbers[row.number] = number
        written, addresses = str(row.get("contact")), find_email_addresses(str(row.get("email")))
        names = get_person_name_keys(written)
        if len(names[0].split()) < MIN_NAME_WORDS or len(addresses) > 1:
            return None
        own = (row.number, "".join(addresses))
        exact = next((self._rows[number, name] for name in names if (number, name) in self._rows), None)
        other_name = "" if exact else self._find_longer_or_shorter_name(number, written)
        found_number, address = exact or self._written_names.get(number, {}).get(other_name, own)
        is_same = found_number < row.number and address != own[1] and bool(addresses or other_name)
        if is_same != (SAME_PERSON in row.answers):
            row.answers = {key: answer for key, answer in row.answers.items() if key != SAME_PERSON}
            row.answers |= {SAME_PERSON: ""} if is_same else {}
        key, answer = get_contact_remark_answer(row, decisions)
        if not key or answer in {KEEP, NO_INVITATION}:
            self._written_names.setdefault(number, {}).setdefault(written, own)
            for name in names:
                self._rows.setdefault((number, name), own)
        if key != SAME_PERSON or answer:
            return None
        if not addresses or not address:
            sentence = _("“%(name)s” may be “%(other)s” in row %(number)s. Choose which to import.")
            return RowProblem(
                sentence % {"name": written, "other": other_name or written, "number": found_number},
                "",
                PERSON,
                SAME_PERSON,
            )
        sentence = _("“%(name)s” is in row %(number)s with another email address: %(address)s. Choose which to import.")
        if other_name:
            sentence = _(
                "“%(name)s” may be “%(other)s” in row %(number)s, who has another email address: %(address)s."
                " Choose which to import."
            )
        facts = {"name": written, "other": other_name, "number": found_number, "address": address}
        return RowProblem(sentence % facts, "", PERSON, SAME_PERSON)

    def _find_longer_or_shorter_name(self, organisation_number: int, written_name: str) -> str:
        """Find "Ada Obi" of the same organisation for "Ada O.", and the other way round; nothing if there is none."""
        known = (name for name in self._written_names.get(organisation_number, {}) if name != written_name)
        is_same = (name for name in known if has_same_names(written_name, name) or has_same_names(name, written_name))
        return next(is_same, "")


class ContactNamesInFile:
    """The names of contact people by their addresses: who has one in two rows gets the better written name."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[int, str]] = {}

    def describe(self, number: int, contact: ContactPerson) -> Iterator[str]:
        """Which name is used, if an earlier row has the address with another one. `number` is that of this row."""
        earlier_number, name = self._rows.setdefault(contact.email, (number, contact.name))
        if not contact.email or earlier_number == number:
            return
        better_name = choose_person_name(name, contact.name)
        if better_name != name:
            self._rows[contact.email] = (number, contact.name)
            sentence = _(
                "The address %(email)s is in row %(number)s with another name. We will use the name in this row."
            )
        elif fold_text(name) != fold_text(contact.name):
            sentence = _("The address %(email)s is in row %(number)s with another name. We will use that name.")
        else:
            return
        yield sentence % {"email": contact.email, "number": earlier_number}
