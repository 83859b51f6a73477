"""What the columns of a table mean, guessed from their headings in several languages, and from their cells."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from jukwaa.coalitions.imports.ages import asks_about_minors
from jukwaa.coalitions.imports.contact_parsing import (
    CONTACT_FIELDS,
    NAME_PART_FIELDS,
    PARTS_BY_NAME_FIELD,
    find_email_addresses,
)
from jukwaa.coalitions.imports.numbered_headings import get_plain_heading
from jukwaa.coalitions.imports.question_headings import find_field_of_question
from jukwaa.coalitions.imports.vocabulary import (
    IMPORT_VOCABULARY,
    YES_AND_NO_WORDS,
    find_stakeholder_group,
    split_database_heading,
)
from jukwaa.coalitions.models import Import
from jukwaa.places.text_folding import fold_text

MIN_HEADING_SIMILARITY = 86  # of 100: one slip in a short word
MAX_HEADING_ROWS = 15  # among which the heading is sought: titles and dates stand above it
MAX_SAMPLE_ROWS = 60  # rows whose cells tell what a column holds
MIN_GROUP_CELLS = 3  # cells that name a stakeholder group: fewer may be names
MIN_MAILING_LIST_SCORE = 2  # known columns that a sheet needs to be offered as a list
MIN_FITTING_CONTENT_SHARE = 0.6  # of the filled cells
UNKNOWN_HEADINGS = frozenset(map(fold_text, IMPORT_VOCABULARY["unknown_headings"]))
PRIMARY_ENDING_PATTERN = re.compile(
    r"\s*[-\u2013(]\s*(?:primary|main|work|principale?|prim[aá]ri[ao])\)?$", re.IGNORECASE
)
FIRST_NUMBER_PATTERN = re.compile(r"\s+1$")  # as in "Email 1"
_DOT_WITHIN_WORD_PATTERN = re.compile(r"\w\.\w")
BELOW_TITLE_SCORE = 90  # above what one of the two rows says alone
QUESTION_SCORE = 70  # below all headings that are known as a whole

FIELD_LABELS_BY_IMPORT_KIND: dict[str, dict[str, str | Promise]] = {
    Import.Kind.MEMBERS: {
        "name": _("Name of the organisation"),
        "acronym": _("Acronym"),
        "country": _("Country"),
        "regional_group": _("Regional group"),
        "stakeholder_group": _("Stakeholder group"),
        "website": _("Website"),
        "areas": _("Areas of work"),
        "languages": _("Languages"),
        "since": _("Member since"),
        "until": _("Member until"),
        "standing": _("Membership status (member, left or observer)"),
        "contact": _("Contact person"),
        "contact_first": _("First name of the contact person"),
        "contact_last": _("Last name of the contact person"),
        "email": _("Email address of the contact person"),
        "position": _("Position of the contact person"),
        "phone": _("Phone number of the contact person"),
    },
    Import.Kind.PEOPLE: {
        "person": _("Name of the person"),
        "person_first": _("First name of the person"),
        "person_last": _("Last name of the person"),
        "email": _("Email address"),
        "organisation": _("Organisation"),
        "since": _("On the mailing list since"),
    },
}

FIELDS_OF_NAMES = frozenset({"name", "acronym", "country", "organisation", *PARTS_BY_NAME_FIELD, *NAME_PART_FIELDS})
CONTACT_NAME_FIELDS = ("contact", *PARTS_BY_NAME_FIELD["contact"])
IDENTIFIER_WORDS = frozenset({"id", "ids", "guid", "uuid"})
MIN_IDENTIFIER_DIGITS = 3  # in one word with letters, such as "0035g00000AbCdEAAV"

# A list is made of addresses, and the contact people of members are meant to be found by name.
UNSCREENED_IMPORT_FIELDS = frozenset({"email", "contact", "phone"})


def get_row_fields(import_kind: str) -> dict[str, str | Promise]:
    """The fields of a row, once the parts of a name are joined."""
    return {
        field: label
        for field, label in FIELD_LABELS_BY_IMPORT_KIND[import_kind].items()
        if field not in NAME_PART_FIELDS
    }


def has_contact_columns(column_mapping: list[str]) -> bool:
    return bool({*CONTACT_FIELDS, *NAME_PART_FIELDS} & {*column_mapping})


def guess_column_mapping(
    column_headings: list[str], import_kind: str, table_rows: list[list[str]] | None = None
) -> list[str]:
    """The field of each column, or nothing. Each field is guessed once, for the column that it fits best.

    `table_rows` are the rows below: a column of addresses is one of addresses, whatever its heading says.
    """
    contents = [
        _describe_column_content([row[column] for row in table_rows or ()]) for column in range(len(column_headings))
    ]
    guessed = _guess_fields(column_headings, import_kind, contents)
    if import_kind == Import.Kind.MEMBERS:
        return _separate_person_name(column_headings, guessed, contents)
    return guessed


def _guess_fields(column_headings: list[str], import_kind: str, column_contents: list[str]) -> list[str]:
    scored: list[tuple[float, int, str]] = []
    for column, heading in enumerate(column_headings):
        scored.extend((score, column, field) for score, field in _score_column_heading(heading, import_kind))
    guessed = [""] * len(column_headings)
    for _score, column, field in sorted(scored, key=lambda found: (-found[0], found[1])):
        is_free = not guessed[column] and field not in guessed
        is_fit = _does_field_fit_content(field, column_contents[column])
        if (
            is_free
            and is_fit
            and not (field == "email" and _has_no_addresses(column, column_headings, column_contents))
        ):
            guessed[column] = field
    guessed = _separate_name_parts(guessed)
    for column, content in enumerate(column_contents):
        if not guessed[column] and content in {*FIELD_LABELS_BY_IMPORT_KIND[import_kind]} - {*guessed}:
            guessed[column] = content
    return guessed


def _has_no_addresses(column: int, column_headings: list[str], column_contents: list[str]) -> bool:
    """Whether another column has the addresses, or this is an empty one of postal addresses."""
    if "email" in column_contents:
        return column_contents[column] != "email"
    return any(column_contents) and not column_contents[column] and fold_text(column_headings[column]) == "address"


def _separate_name_parts(column_mapping: list[str]) -> list[str]:
    """Beside a column of first names "Nom" is the last name; beside one of last names "Nombre" is the first name."""
    parts = {*PARTS_BY_NAME_FIELD["person"]}
    missing = [*parts - {*column_mapping}]
    if len(missing) != 1:
        return column_mapping
    return [missing[0] if field == "person" else field for field in column_mapping]


def _separate_person_name(
    column_headings: list[str], column_mapping: list[str], column_contents: list[str]
) -> list[str]:
    """Beside a column of organisations "Name" is the contact person, unless another column has that name."""
    unclear = [
        column
        for column, field in enumerate(column_mapping)
        if field in {"", "name"} and column_contents[column] in {"", "text", "words"}
    ]
    names = [column for column in unclear if _means_only(column_headings[column], "person", "name")]
    organisations = [column for column in unclear if _means_only(column_headings[column], "organisation")]
    organisations = [column for column, field in enumerate(column_mapping) if field == "name"] + organisations
    organisation = next((column for column in organisations if column not in names), None)
    if len(names) != 1 or organisation is None or {*CONTACT_NAME_FIELDS} & {*column_mapping}:
        return column_mapping
    if organisation > names[0] and not {"email", "phone", "position"} & {*column_mapping}:
        return column_mapping  # nothing else is about a person
    fields = {names[0]: "contact", organisation: "name"}
    return [fields.get(column, field) for column, field in enumerate(column_mapping)]


def _means_only(heading: str, *sections: str) -> bool:
    """Whether all languages of a heading are words of these sections: "Name", "Nom / Name"."""
    parts = [fold_text(part) for part in re.split(r"[/|\n]", heading) if fold_text(part)]
    words = (set(map(fold_text, IMPORT_VOCABULARY["headings"][section])) for section in sections)
    return bool(parts) and set.intersection(*words).issuperset(parts)


def _score_column_heading(heading: str, import_kind: str) -> Iterator[tuple[float, str]]:
    """The best field for each way of reading the heading: as a whole, or as one of its languages."""
    if asks_about_minors(heading) or fold_text(heading) in UNKNOWN_HEADINGS:  # the name there is that of a guardian
        return
    known = _load_heading_words(import_kind)
    is_identifier = not IDENTIFIER_WORDS.isdisjoint(fold_text(split_database_heading(heading)).split())
    for at, text in enumerate(_iter_heading_variants(heading)):
        asked = fold_text(text)
        if found := process.extractOne(asked, known.keys(), scorer=fuzz.ratio, score_cutoff=MIN_HEADING_SIMILARITY):
            for field in known[found[0]]:
                if not (is_identifier and field in FIELDS_OF_NAMES):
                    yield found[1] - at, field
    if import_kind == Import.Kind.MEMBERS and (field := _find_field_below_contact_title(heading)):
        yield BELOW_TITLE_SCORE, field
    asked_field = find_field_of_question(heading)
    if asked_field in FIELD_LABELS_BY_IMPORT_KIND[import_kind]:
        yield QUESTION_SCORE, asked_field


def is_known_heading(heading: str, field: str, import_kind: str) -> bool:
    """Whether a heading, or a part of it, is a word for this field first of all, so that nobody has to check it."""
    known = _load_heading_words(import_kind)
    return any(known.get(fold_text(text), [""])[0] == field for text in _iter_heading_variants(heading))


def _find_field_below_contact_title(heading: str) -> str:
    """The field of "Contact person Name" and "Focal point 2 Email", which were two rows of headings."""
    words = fold_text(heading).split()
    for size in range(len(words) - 1, 0, -1):
        title = re.sub(r" \d+$", "", " ".join(words[:size]))
        field = _load_fields_below_contact_title().get(" ".join(words[size:]))
        if field and process.extractOne(
            title, _load_contact_titles(), scorer=fuzz.ratio, score_cutoff=MIN_HEADING_SIMILARITY
        ):
            return field
    return ""


@cache
def _load_contact_titles() -> list[str]:
    return [fold_text(word) for word in IMPORT_VOCABULARY["headings"]["contact"]]


@cache
def _load_fields_below_contact_title() -> dict[str, str]:
    """By the words of a heading, what it means below "Contact person": a name there is that of the person."""
    headings = IMPORT_VOCABULARY["headings"]
    fields = {"person": "contact"} | {
        field: field for field in ("email", "position", "phone", *PARTS_BY_NAME_FIELD["contact"])
    }
    return {fold_text(word): field for section, field in fields.items() for word in headings[section]}


def _iter_heading_variants(heading: str) -> Iterator[str]:
    """The heading, then its parts: "Pays / Country", "Name (in English)", "Contact: email", "MailingCountry__c"."""
    heading = get_plain_heading(heading)
    if not heading:
        return
    yield heading
    heading = split_database_heading(heading)
    yield heading
    yield PRIMARY_ENDING_PATTERN.sub("", heading)
    yield FIRST_NUMBER_PATTERN.sub("", heading)
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]|\d+[.)]|[*:]+$", " ", heading).strip()
    parts = [bare, *re.split(r"[/|\n\u2013:]| - ", bare)]
    yield from dict.fromkeys(part.strip() for part in parts if fold_text(part) and part.strip() != heading)


@cache
def _load_heading_words(import_kind: str) -> dict[str, list[str]]:
    """For each word the fields that it may mean, the likeliest first."""
    found: dict[str, list[str]] = {}
    for field in FIELD_LABELS_BY_IMPORT_KIND[import_kind]:
        section = field.replace("person_", "contact_")
        for word in map(fold_text, IMPORT_VOCABULARY["headings"][section]):
            if field not in found.setdefault(word, []):
                found[word].append(field)
    return found


def _is_yes_or_no(cell_text: str) -> bool:
    return fold_text(cell_text) in YES_AND_NO_WORDS


def _describe_column_content(cell_texts: list[str]) -> str:
    """What most cells hold, as far as that needs no heading: the name of a field, or "text"; "" where all are empty.

    Texts without a dot within a word are "words": none of them is a web address.
    """
    filled = [cell for cell in cell_texts if cell][:MAX_SAMPLE_ROWS]
    if not filled:
        return ""
    for kind, fits in _CONTENT_TESTS.items():
        if sum(bool(fits(cell)) for cell in filled) >= MIN_FITTING_CONTENT_SHARE * len(filled):
            return kind
    groups = sum(find_stakeholder_group(cell) is not None for cell in filled)
    if len(filled) >= MIN_GROUP_CELLS and groups >= MIN_FITTING_CONTENT_SHARE * len(filled):
        return "stakeholder_group"
    has_dots = any(_DOT_WITHIN_WORD_PATTERN.search(cell) for cell in filled)
    return "text" if has_dots or len(filled) < MIN_GROUP_CELLS else "words"


def _is_web_address(cell_text: str) -> bool:
    return re.match(r"(https?://|www\.)\S", cell_text, re.IGNORECASE) is not None


def _is_identifier(cell_text: str) -> bool:
    """Whether it is a number, or one word of letters and digits, as databases give to their records."""
    text = cell_text.strip()
    is_number = text.replace(".", "").replace(" ", "").isdecimal()
    is_code = re.fullmatch(r"[\w-]+", text) and sum(map(str.isdecimal, text)) >= MIN_IDENTIFIER_DIGITS
    return is_number or bool(is_code)


_CONTENT_TESTS: dict[str, Callable[[str], object]] = {
    "email": find_email_addresses,
    "website": _is_web_address,
    "yes-or-no": _is_yes_or_no,
    "identifier": _is_identifier,
}


def _does_field_fit_content(field: str, content_kind: str) -> bool:
    """Whether a column with such cells can be of this field: "Address" is often a street."""
    if not content_kind:
        return True
    unfit = {"identifier": FIELDS_OF_NAMES, "words": {"website"}, "stakeholder_group": {"regional_group"}}
    if field in unfit.get(content_kind, ()):
        return False
    return (
        (content_kind in {"email", "website"})
        if field == "email"
        else (content_kind not in {"email", "yes-or-no"} or field not in {"name", "country"})
    )


def find_heading_row(table_rows: list[list[str]], import_kind: str) -> tuple[int, list[str]]:
    """The place of the heading among the first rows, and its cells: the one in which most columns can be told.

    A heading of two rows, with a title above several columns, is joined: "Contact", "Email" is "Contact Email".
    """
    best, place, heading = 0, 0, table_rows[0]
    for at, row in enumerate(table_rows[:MAX_HEADING_ROWS]):
        if (found := _count_known_headings(row, import_kind)) > best:
            best, place, heading = found, at, row
    if place > 0:
        joined = _join_heading_rows(table_rows[place - 1], heading)
        if _count_known_headings(joined, import_kind) > best:
            heading = joined
    return place, heading


def _count_known_headings(column_headings: list[str], import_kind: str) -> int:
    """How many columns the headings tell."""
    return sum(map(bool, _guess_fields(column_headings, import_kind, [""] * len(column_headings))))


def _join_heading_rows(upper_row: list[str], lower_row: list[str]) -> list[str]:
    joined, title = [], ""
    for above, below in zip(upper_row, lower_row, strict=True):
        title = above or (title if below else "")
        joined.append(title if not below or title == below else f"{title} {below}".strip())
    return joined


def score_sheet_rows(rows: list[list[str]]) -> float:
    """How much a sheet looks like a list of members or people, for a workbook with several sheets."""
    width = max(map(len, rows))
    padded = [row + [""] * (width - len(row)) for row in rows[: MAX_HEADING_ROWS + 1]]
    known = max(_count_known_headings(find_heading_row(padded, kind)[1], kind) for kind in Import.Kind.values)
    return known + min(len(rows), 5_000) / 10_000
