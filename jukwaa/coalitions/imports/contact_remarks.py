"""What a list says about a person: has left, opted out of emails, can't be reached, is deleted or under 18.

Exports of mailing lists and membership databases say so in columns that are not imported. Nothing follows from them
alone: the coordinator is asked once for the whole file, and may answer otherwise for a row.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.imports.ages import (
    asks_about_minors,
    asks_for_age,
    asks_for_age_group,
    find_columns_with_adults,
    has_age_below_18_after_name,
    is_age_below_18,
    says_under_18,
)
from jukwaa.coalitions.imports.consent_answers import (
    NO_CONSENT,
    find_consent_columns,
    find_consent_remark,
    remove_unanswered_rows_with_refusal,
)
from jukwaa.coalitions.imports.contact_headings import (
    BOUNCED,
    DELETED,
    NEWSLETTER,
    OPTED_OUT,
    asks_for_consent,
    asks_for_wish,
    find_remark_of_heading,
    is_about_activity,
    is_about_newsletter,
    is_about_review,
)
from jukwaa.coalitions.imports.contact_parsing import CONTACT_FIELDS, PERSON_FIELDS
from jukwaa.coalitions.imports.decisions import (
    KEEP,
    NO_INVITATION,
    SKIP,
    WITHOUT_PERSON,
    Decisions,
    get_row_decision,
)
from jukwaa.coalitions.imports.departure_wording import (
    names_former_member,
    says_left,
    says_left_post,
    says_organisation_ended,
    says_person_left,
)
from jukwaa.coalitions.imports.directory_consent import (
    NOT_LISTED,
    asks_for_directory_consent,
    asks_not_to_be_published,
    describe_directory_column,
    describe_unlisted_person,
    find_directory_columns,
)
from jukwaa.coalitions.imports.email_wishes import (
    NOT_GIVEN_WORDS,
    find_columns_with_wishes,
    is_consent,
    is_refusal,
    refuses_emails,
    says_opted_out,
)
from jukwaa.coalitions.imports.numbered_headings import iter_named_cells
from jukwaa.coalitions.imports.office_rows import OFFICE, find_rows_of_offices, is_test_text
from jukwaa.coalitions.imports.problems import PERSON, RowProblem
from jukwaa.coalitions.imports.quotes import quote_cell, quote_cell_of_other_row
from jukwaa.coalitions.imports.registration_forms import looks_like_registrations
from jukwaa.coalitions.imports.repeated_objections import NAME_FIELDS, add_objections_of_same_people
from jukwaa.coalitions.imports.vocabulary import (
    IMPORT_VOCABULARY,
    is_negative_answer,
    is_placeholder_text,
    split_database_heading,
)
from jukwaa.coalitions.models import Affiliation, ImportRow
from jukwaa.places.text_folding import fold_text

UNDER_18, PERSON_LEFT, SAME_PERSON = "person-under-18", "person-left", "person-same"
CONTACT_REMARK_LABELS: dict[str, str | Promise] = {
    UNDER_18: gettext_lazy("Rows that say that the person is under 18"),
    DELETED: gettext_lazy("Rows that are marked as deleted, archived or duplicate, or look like a test"),
    PERSON_LEFT: gettext_lazy("Rows that say that the person has left the organisation"),
    OPTED_OUT: gettext_lazy("Rows that say that the person does not want emails"),
    NEWSLETTER: gettext_lazy("Rows about people who do not want a newsletter"),
    NO_CONSENT: gettext_lazy("Rows without an answer about consent to emails"),
    BOUNCED: gettext_lazy("Rows that say that emails to the person could not be delivered"),
    OFFICE: gettext_lazy("Rows that name an office or a position instead of a person"),
    SAME_PERSON: gettext_lazy("Rows with a contact person who is in an earlier row with another email address"),
}
FIELDS_OF_TEST_ROWS = frozenset({*PERSON_FIELDS, "contact_first", "person_first"})
FIELDS_ABOUT_PERSON = NAME_FIELDS | {"position"}
ANOTHER_ROW = -1  # instead of a place: another row about the person says so
SUGGESTED_CONTACT_ANSWERS = {
    UNDER_18: WITHOUT_PERSON,
    DELETED: SKIP,
    PERSON_LEFT: WITHOUT_PERSON,
    OPTED_OUT: NO_INVITATION,
    NEWSLETTER: KEEP,
    NO_CONSENT: "",
    BOUNCED: NO_INVITATION,
    OFFICE: "",
    SAME_PERSON: WITHOUT_PERSON,
}
_INVITATION_OBJECTIONS = {
    OPTED_OUT: Affiliation.InvitationObjection.OPTED_OUT,
    NEWSLETTER: Affiliation.InvitationObjection.OPTED_OUT,
    NO_CONSENT: Affiliation.InvitationObjection.OPTED_OUT,  # if that is the answer
    BOUNCED: Affiliation.InvitationObjection.BOUNCED,
}
_WORDS = {name: tuple(map(fold_text, words)) for name, words in IMPORT_VOCABULARY["contact_remarks"].items()}
_PHRASE_PATTERNS = {
    remark: re.compile(f" (?:{'|'.join(_WORDS[words])}) ")
    for remark, words in ((PERSON_LEFT, "person_left"), (BOUNCED, "bounced"))
}
_LEFT_AT_END_PATTERN = re.compile(rf" (?:{'|'.join(_WORDS['person_left_at_end'])})(?: \d+)* $")
_POSITION_HEADINGS = frozenset(map(fold_text, IMPORT_VOCABULARY["headings"]["position"]))


def find_contact_remarks(
    table: Sequence[list[str]], row_numbers: Sequence[int], column_mapping: list[str], hidden_columns: Collection[int]
) -> dict[str, dict[str, int]]:
    """For each remark the numbers of the rows that make it, as text, each with the place of its cell.

    The first row of the table has the headings.
    """
    found: dict[str, dict[str, int]] = {}
    directory_places = find_directory_columns(table, column_mapping, hidden_columns)
    wishes, others_about_wishes = find_columns_with_wishes(table, column_mapping)
    asked_if_empty = {
        NO_CONSENT: find_consent_columns(table, column_mapping),
        UNDER_18: find_columns_with_adults(table),
    }
    group_places = _find_columns_with_age_groups(table, column_mapping)
    is_about_people = "name" not in column_mapping
    for number, cells in zip(row_numbers[1:], table[1:], strict=False):
        named = zip(column_mapping, iter_named_cells(table[0], cells), strict=False)
        for place, (field, (heading, cell)) in enumerate(named):
            remarks = [*_iter_remarks(heading, cell, field)] if cell else []
            if is_about_people and not field and OPTED_OUT not in remarks and _says_contact_left(heading, cell):
                remarks.append(PERSON_LEFT)
            remarks += [UNDER_18] if place in group_places and is_age_below_18(cell) else []
            if not field and asks_not_to_be_published(cell):
                remarks.append(NOT_LISTED)
            if any(cells):
                is_refused = place in others_about_wishes and is_refusal(cell)
                remarks += [find_consent_remark(cell)] if place in wishes or is_refused else []
                remarks += [NOT_LISTED] if place in directory_places and not is_consent(cell) else []
                remarks += [remark for remark, places in asked_if_empty.items() if place in places and not cell]
            for remark in filter(None, remarks):
                if place not in hidden_columns or remark in {OPTED_OUT, NO_CONSENT, UNDER_18}:
                    found.setdefault(remark, {}).setdefault(str(number), place)
    if UNDER_18 in found:
        _add_rows_with_names_of_minors(found[UNDER_18], table, row_numbers, column_mapping)
    add_objections_of_same_people(found, table, row_numbers, column_mapping)
    remove_unanswered_rows_with_refusal(found)
    return found | find_rows_of_offices(table, row_numbers, column_mapping)


def _says_contact_left(column_heading: str, cell: str) -> bool:
    """Not of consent, which is withdrawn on a day too."""
    says_so = (says_left, says_organisation_ended, names_former_member)
    return not asks_for_consent(column_heading) and any(says(cell) for says in says_so)


def _find_columns_with_age_groups(table: Sequence[list[str]], column_mapping: list[str]) -> set[int]:
    """Those that are about the people in the rows: of members, they are about children with whom they work."""
    places = {place for place, heading in enumerate(table[0]) if asks_for_age_group(heading)}
    has_people = "name" not in column_mapping or (places and looks_like_registrations(table))
    return places if has_people else set()


def _add_rows_with_names_of_minors(
    places_by_number: dict[str, int],
    table: Sequence[list[str]],
    row_numbers: Sequence[int],
    column_mapping: list[str],
) -> None:
    """Add the rows of people who are in the file twice, and whose age or guardian only one row has."""
    columns = [place for place, field in enumerate(column_mapping) if field in NAME_FIELDS]
    names = {
        str(number): fold_text(" ".join(cells[place] for place in columns))
        for number, cells in zip(row_numbers[1:], table[1:], strict=False)
    }
    minors = {names[number] for number in places_by_number} - {""}
    for number, name in names.items():
        if name in minors:
            places_by_number.setdefault(number, ANOTHER_ROW)


def _iter_remarks(column_heading: str, cell: str, field: str) -> Iterator[str]:
    """What the cell says about the person, also one that is imported, such as a position."""
    if not field:
        yield from iter_cell_remarks(column_heading, cell)
        return
    if field in FIELDS_OF_TEST_ROWS and is_test_text(cell):
        yield DELETED
    if _is_opted_out_text(cell, field):
        yield OPTED_OUT
    if field in FIELDS_ABOUT_PERSON and says_left_post(cell):
        yield PERSON_LEFT
    is_about_person = field in FIELDS_ABOUT_PERSON or asks_about_minors(column_heading)
    if (is_about_person and says_under_18(column_heading, cell)) or (
        field in NAME_FIELDS and has_age_below_18_after_name(cell)
    ):
        yield UNDER_18


def _is_opted_out_text(cell: str, field: str) -> bool:
    """Whether a cell that is imported says so. Parts of addresses say nothing."""
    text = "" if field == "website" else re.sub(r"\S*@\S*", " ", cell)
    return says_opted_out(text)


def describe_asked_column(column_heading: str) -> str:
    """What we ask about the rows, if the whole column is about it: "HasOptedOutOfEmail", "GDPR consent", "Age"."""
    if asks_for_age(column_heading):
        return _("We will ask about each person who may be under 18.")
    if asks_for_directory_consent(column_heading):
        return describe_directory_column()
    is_asked = bool(find_remark_of_heading(column_heading)) or any(
        is_about(column_heading) for is_about in (asks_for_consent, asks_for_wish, is_about_newsletter, is_about_review)
    )
    sentence = _(
        "We will ask about rows that say that the person does not want emails, can't be reached or is no longer there."
    )
    return sentence if is_asked else ""


def iter_cell_remarks(column_heading: str, cell: str) -> Iterator[str]:
    """What the cell says about the contact person, under this heading."""
    if says_under_18(column_heading, cell):
        yield UNDER_18
    if asks_about_minors(column_heading):
        return
    if (answer := _find_remark_of_answer(column_heading, cell)) is not None:
        yield from filter(None, [answer])
        return
    text = f" {fold_text(cell)} "
    if is_about_newsletter(column_heading) and text.strip() in {*NOT_GIVEN_WORDS, "0"}:
        yield OPTED_OUT
    if text.strip() in _WORDS["deleted"]:
        yield DELETED
    is_post_left = fold_text(split_database_heading(column_heading)) in _POSITION_HEADINGS and says_left_post(cell)
    if is_post_left or _LEFT_AT_END_PATTERN.search(text) or says_person_left(cell):
        yield PERSON_LEFT
    if refuses_emails(column_heading, cell):
        yield OPTED_OUT
    yield from (remark for remark, pattern in _PHRASE_PATTERNS.items() if pattern.search(text))


def _find_remark_of_answer(column_heading: str, cell: str) -> str | None:
    """What the cell answers to the heading, or None if the heading asks nothing."""
    if remark := find_remark_of_heading(column_heading):
        return "" if is_negative_answer(cell) else remark
    if is_about_activity(column_heading):
        return DELETED if is_negative_answer(cell) and not is_placeholder_text(cell) else ""
    if is_about_review(column_heading):
        return DELETED if fold_text(cell) in _WORDS["not_approved"] else ""
    if asks_for_consent(column_heading):
        return find_consent_remark(cell)
    return None


def find_places_of_remark(row: ImportRow, key: str) -> set[int]:
    """The places of all cells that make the remark about the contact person of the row."""
    source, index = row.source, row.source.find_table_index(row.number)
    place = source.row_looks.get("contacts", {}).get(key, {}).get(str(row.number))
    if place is None or not 0 < index < len(source.table):
        return set()
    cells = enumerate(zip(iter_named_cells(source.table[0], source.table[index]), source.mapping, strict=False))
    return {place, *(place for place, (named, field) in cells if key in _iter_remarks(*named, field))}


def find_contact_remark_problem(row: ImportRow, decisions: Decisions) -> RowProblem | None:
    """Ask what to do about the contact person of the row, unless that was answered."""
    key, answer = get_contact_remark_answer(row, decisions)
    if key in {"", SAME_PERSON} or answer:
        return None
    sentences = {
        UNDER_18: _("This person may be under 18. Add people under 18 one by one, each with an adult contact."),
        DELETED: _("This row may be out of date, a duplicate or a test. Choose whether to import it."),
        PERSON_LEFT: _("This person may have left the organisation. Choose whether to import this person."),
        OPTED_OUT: _("This person may not want emails from you. Choose how to import them."),
        NEWSLETTER: _("This person may not want your newsletter. Choose how to import them."),
        NO_CONSENT: _("The file does not say whether this person agreed to emails. Choose how to import them."),
        BOUNCED: _("The email address may not work. Choose how to import this person."),
        OFFICE: _("This may be an office or a position and not a person. Choose whether to import it."),
    }
    return RowProblem(" ".join([*describe_contact_remarks(row), sentences[key]]), "", PERSON, key)


def describe_contact_remarks(row: ImportRow) -> list[str]:
    """What the row says, quoted with the headings; each cell once."""
    places = [_get_place(row, key, row.number) for key in _get_remark_keys(row) if key != SAME_PERSON]
    return [quote for place in dict.fromkeys(places) if (quote := _quote_place(row, place))]


def _quote_place(row: ImportRow, place: int) -> str:
    if place < ANOTHER_ROW:
        keys = [key for key in (OPTED_OUT, NEWSLETTER) if _get_place(row, key, row.number) == place]
        return quote_cell_of_other_row(row, -place, _get_place(row, keys[0], -place)) if keys else ""
    if place == ANOTHER_ROW:
        return _("Another row with this name says that the person is under 18.")
    return quote_cell(row, place) or _quote_heading(row, place)


def _get_place(row: ImportRow, key: str, number: int) -> int:
    """Where the row of this number makes the remark; `ANOTHER_ROW` if it does not."""
    return int(row.source.row_looks["contacts"].get(key, {}).get(str(number), ANOTHER_ROW))


def _quote_heading(row: ImportRow, place: int) -> str:
    """For an empty cell; nothing if the row has been removed."""
    source = row.source
    if not 0 < source.find_table_index(row.number) < len(source.table):
        return ""
    return _("The row has no answer under “%(heading)s”.") % {"heading": source.table[0][place][:60]}


def describe_contact_answer(row: ImportRow, decisions: Decisions) -> list[str]:
    """For the preview: what the row says, and what is done about it."""
    sentences = {
        NO_INVITATION: _("We will import the contact person, but not select this person for invitations."),
        WITHOUT_PERSON: _("The contact person will not be imported."),
    }
    _key, answer = get_contact_remark_answer(row, decisions)
    notes = [*describe_contact_remarks(row), *([sentences[answer]] if answer in sentences else [])]
    return [*notes, *([] if answer == WITHOUT_PERSON else _describe_directory_answer(row))]


def _describe_directory_answer(row: ImportRow) -> list[str]:
    place = row.source.row_looks.get("contacts", {}).get(NOT_LISTED, {}).get(str(row.number))
    if place is None or not any(row.get(field) for field in PERSON_FIELDS):
        return []
    return [_quote_place(row, place), describe_unlisted_person()]


def get_contact_remark_answer(row: ImportRow, decisions: Decisions) -> tuple[str, str]:
    """The remark that matters most, and what was answered about it. Importing the person leads to the next remark.

    Who is not to be invited may still be the person of an earlier row.
    """
    key = answer = objection = ""
    for key in _get_remark_keys(row):
        if objection and key != SAME_PERSON:
            continue
        answer = _get_answer(row, decisions, key)
        if answer not in {KEEP, NO_INVITATION}:
            return key, answer
        objection = objection or (key if answer != KEEP else "")
    return (objection, NO_INVITATION) if objection else (key, answer)


def _get_answer(row: ImportRow, decisions: Decisions, key: str) -> str:
    """What was answered about the row, or for the whole file: that all are adults is no answer about this person."""
    for_all = get_row_decision(decisions, key)
    return str(row.answers.get(key, "") or ("" if key == UNDER_18 and for_all == KEEP else for_all))


def has_valid_remark(row: ImportRow, decisions: Decisions, key: str) -> bool:
    """Whether the row makes this remark, and nobody has answered that it does not matter."""
    return key in _get_remark_keys(row) and _get_answer(row, decisions, key) != KEEP


def is_contact_dropped(row: ImportRow, decisions: Decisions) -> bool:
    return get_contact_remark_answer(row, decisions)[1] == WITHOUT_PERSON


def get_cells_with_contact_answer(row: ImportRow, decisions: Decisions) -> dict[str, str]:
    """The cells of the row, without its contact person or with the reason not to invite them, as was answered."""
    cells: dict[str, str] = row.cells
    key, answer = get_contact_remark_answer(row, decisions)
    if answer == WITHOUT_PERSON:
        return remove_contact_cells(cells)
    if answer == NO_INVITATION:
        return {**cells, "no_invitations": _INVITATION_OBJECTIONS[key]}
    return cells


def remove_contact_cells(cells: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in cells.items() if name not in CONTACT_FIELDS}


def _get_remark_keys(row: ImportRow) -> list[str]:
    """The remarks of the row about a contact person who would be imported, what matters most first."""
    remarks = row.source.row_looks.get("contacts", {})
    if not (row.get("contact") or row.get("email")):
        return []
    keys = [key for key in CONTACT_REMARK_LABELS if str(row.number) in remarks.get(key, ())]
    return [*keys, *([SAME_PERSON] if SAME_PERSON in row.answers else [])]
