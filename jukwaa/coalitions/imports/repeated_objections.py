"""An objection holds for its address and its person in all rows of a file, whichever row has it."""

from collections.abc import Iterator, Sequence

from jukwaa.coalitions.imports.contact_headings import NEWSLETTER, OPTED_OUT
from jukwaa.coalitions.imports.contact_parsing import NAME_PART_FIELDS, PARTS_BY_NAME_FIELD, find_email_addresses
from jukwaa.coalitions.imports.known_person_matching import get_person_name_keys
from jukwaa.coalitions.imports.registration_forms import find_timestamp_column
from jukwaa.coalitions.person_titles import MIN_NAME_WORDS
from jukwaa.places.text_folding import fold_text

NAME_FIELDS = frozenset({*PARTS_BY_NAME_FIELD, *NAME_PART_FIELDS})

type PersonKey = tuple[str, ...]


def add_objections_of_same_people(
    found: dict[str, dict[str, int]],
    table: Sequence[list[str]],
    row_numbers: Sequence[int],
    column_mapping: list[str],
) -> None:
    """Add other rows about people who opted out. Instead of a place they get the number of that row, negative.

    Not if a form has noted when each row was sent: people may have changed their minds. Contact people of one
    organisation who have two addresses are asked about elsewhere.
    """
    objections = [found[remark] for remark in (OPTED_OUT, NEWSLETTER) if remark in found]
    if not objections or find_timestamp_column(list(table)) is not None:
        return
    rows = dict(zip(map(str, row_numbers[1:]), table[1:], strict=False))
    keys = {number: {*_iter_person_keys(cells, column_mapping)} for number, cells in rows.items()}
    for numbers in objections:
        first: dict[PersonKey, str] = {}
        for number in numbers:
            for key in keys[number]:
                first.setdefault(key, number)
        for number in rows:
            if number not in numbers and (same := [first[key] for key in keys[number] if key in first]):
                numbers[number] = -min(map(int, same))


def _iter_person_keys(cells: Sequence[str], column_mapping: Sequence[str]) -> Iterator[PersonKey]:
    by_field = [(field, cell) for field, cell in zip(column_mapping, cells, strict=False) if field and cell]
    for field, cell in by_field:
        if field == "email":
            yield from (("email", address) for address in find_email_addresses(cell))
    if "name" in column_mapping:
        return
    organisation = fold_text(" ".join(cell for field, cell in by_field if field == "organisation"))
    for key in get_person_name_keys(" ".join(cell for field, cell in by_field if field in NAME_FIELDS)):
        if organisation and len(key.split()) >= MIN_NAME_WORDS:
            yield ("name", key, organisation)
