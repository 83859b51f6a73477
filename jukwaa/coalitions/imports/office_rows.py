"""Rows of a list of people that name an office: "News desk", newsroom@example.org."""

from collections.abc import Sequence

from jukwaa.coalitions.imports.contact_names import is_position_text
from jukwaa.coalitions.imports.contact_parsing import PARTS_BY_NAME_FIELD, find_email_addresses
from jukwaa.coalitions.imports.vocabulary import IMPORT_VOCABULARY, OFFICE_WORDS
from jukwaa.places.text_folding import fold_text

OFFICE = "person-office"
MAX_NAMELESS_SHARE = 0.3  # of the rows: in a list with more of them, a missing name says nothing
_TEST_WORDS = frozenset({"test", "tests", "testing", "prueba", "pruebas", "teste", "testes", "essai"})
_WORDS_BESIDE_TEST = frozenset({"user", "usuario", "utilisateur", "person", "persona", "contact", "contacto", "de"})
_ROLE_MAILBOXES = frozenset(map(fold_text, IMPORT_VOCABULARY["role_mailboxes"]))
_NAME_FIELDS = ("person", *PARTS_BY_NAME_FIELD["person"])


def find_rows_of_offices(
    table: Sequence[list[str]], row_numbers: Sequence[int], column_mapping: list[str]
) -> dict[str, dict[str, int]]:
    """As a remark about these rows: their numbers, as text, each with the place of the cell that names the office.

    The first row of the table has the headings. In a list of members, the contact person may be an office.
    """
    places = [column_mapping.index(field) for field in _NAME_FIELDS if field in column_mapping]
    email_place = column_mapping.index("email") if "email" in column_mapping else None
    found: dict[str, int] = {}
    nameless: dict[str, int] = {}
    for number, cells in zip(row_numbers[1:], table[1:], strict=False):
        name = " ".join(cells[place] for place in places if cells[place])
        address = cells[email_place] if email_place is not None else ""
        if places and not name and find_email_addresses(address):
            nameless[str(number)] = email_place or 0
        elif name and (is_position_text(name) or _ends_with_office(name) or _is_name_of_mailbox(name, address)):
            found[str(number)] = next(place for place in reversed(places) if cells[place])
    if len(nameless) <= MAX_NAMELESS_SHARE * len(table):
        found |= nameless
    return {OFFICE: found} if found else {}


def is_test_text(cell: str) -> bool:
    """Whether a name or an address was made up to try something: "Prueba Prueba", test@test.example."""
    words = fold_text(cell.partition("@")[0]).split()
    return not _TEST_WORDS.isdisjoint(words) and _TEST_WORDS.union(_WORDS_BESIDE_TEST).issuperset(words)


def _ends_with_office(name: str) -> bool:
    """As in "News desk", and in "Robert Service": too doubtful for anything but a question."""
    return not OFFICE_WORDS.isdisjoint(fold_text(name).split()[-1:])


def _is_name_of_mailbox(name: str, email_cell: str) -> bool:
    """As in "Info", info@example.org."""
    mailboxes = {fold_text(address.partition("@")[0]) for address in find_email_addresses(email_cell)}
    return fold_text(name) in _ROLE_MAILBOXES and bool(mailboxes & {fold_text(name)})
