"""Rows of a spreadsheet that are about no member: totals, titles of sections, repeated headings, remarks."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.vocabulary import (
    IMPORT_VOCABULARY,
    REGIONAL_GROUP_WORDS,
    REMARK_WORDS,
    STAKEHOLDER_GROUP_WORDS,
    TOTAL_WORDS,
    find_word_meaning,
)
from jukwaa.places.country_search import find_country
from jukwaa.places.text_folding import fold_text

MIN_REPEATED_HEADINGS = 2
MIN_WORDS_OF_REMARK = 4  # a shorter text with a colon or an exclamation mark may be a name
MIN_WORDS_OF_FOOTNOTE = 6
_NAME_HEADINGS = frozenset(map(fold_text, IMPORT_VOCABULARY["headings"]["name"]))
_FOOTNOTE_MARK_PATTERN = re.compile("[\u2020\u2021\u00a7\u00b9\u00b2\u00b3\u2074-\u2079]")
_NOTE_PATTERN = re.compile(
    r"(?:note that|please note|nota bene|a noter|noter que|notese que|note se|ملاحظة|ملحوظة|تنبيه)\b"
)
_ABBREVIATED_NOTE_PATTERN = re.compile(r"(?:(?P<nb>n\.? ?b)|p\.? ?s|obs)\b\.?:? +(?P<next>.)", re.IGNORECASE)
# As in sentences, and seldom in names of organisations, which have capital letters and no full stop at the end.
_VERBS = frozenset(
    {
        *("is", "was", "are", "were", "has", "have", "had", "see", "est", "sont", "etait", "etaient", "ont", "voir"),
        *("fue", "eran", "son", "esta", "estan", "ver", "foi", "sao", "eram", "estao", "كان", "كانت", "تم", "انظر"),
    }
)
# At the end, also behind a bracket, or before another sentence.
_SENTENCE_END_PATTERN = re.compile(
    r"(?<![\w.])(?!(?:inc|ltd|llc|corp|org|dept|univ|assoc|asbl)\.)(?:\w{2,}[)\]\u00bb\u201d]?\.$|\w{4,}[)\]\u00bb\u201d]?\.\s+(?-i:[A-Z]))",
    re.IGNORECASE,
)
_COUNTED_MEMBER_WORDS = (
    r"members?|organi[sz]ations?|membres?|organismes?|miembros?|organizaciones|membros?|organizacoes|عضوا?|منظمة"
    r"|observers?|observateurs?|observadores|observador|beobachter|mitglieder|مراقبا?|مراقبين"
)
_TOTAL_NAME_PATTERN = re.compile(rf"(?:{'|'.join(TOTAL_WORDS)})(?: (?:{_COUNTED_MEMBER_WORDS}))?")
_PART_OF_TOTAL_PATTERN = re.compile(
    r"(?:of which|of them|thereof|de los cuales|de las cuales|من بينها)\b"
    r"|(?:dont|davon|dos quais|das quais|منها)\b ?(?P<counted>.*)"  # also how names begin, as "Dos Quais" does
)
_MEMBER_COUNT_PATTERN = re.compile(rf"\d[\d .,]*\s+({_COUNTED_MEMBER_WORDS})")  # "42 members"


def find_first_closing_row(table_rows: Sequence[list[str]], column_mapping: list[str]) -> int:
    """The place of the first row below the last total, if all rows from there on have a single cell; else the end.

    What stands there explains colours, says what is missing, and the like.
    """
    for place in range(len(table_rows) - 1, -1, -1):
        filled = [pair for pair in zip(column_mapping, table_rows[place], strict=False) if all(pair)]
        texts = [cell for _field, cell in filled]
        if texts and (
            _is_total_row(texts[0])
            or _has_total_beside_name(table_rows[place], column_mapping)
            or _is_name_of_total(filled, needs_number=True)
        ):
            return place + 1
        if len(texts) > 1:
            break
    return len(table_rows)


def describe_extra_row(
    cell_texts: list[str], heading_row: list[str], column_mapping: list[str], *, is_closing: bool = False
) -> str:
    """A sentence that says why the row will not be imported, or nothing if it is a row like the others.

    `is_closing`: it stands below the total of the list.
    """
    filled = [(field, cell) for field, cell in zip(column_mapping, cell_texts, strict=False) if cell]
    if repeats_heading_row(cell_texts, heading_row, column_mapping):
        return _("This row repeats the column headings, so it will not be imported.")
    texts = [cell for cell in cell_texts if cell and not _is_number_text(cell)]
    if filled and (_has_total_beside_name(cell_texts, column_mapping) or _is_name_of_total(filled, needs_number=True)):
        return _("This row looks like a total, so it will not be imported.")
    if len(texts) > 1 or not filled:
        return ""
    text = texts[0] if texts else ""
    if not text or _is_total_row(text):
        return _("This row looks like a total, so it will not be imported.")
    if len(filled) > 1 or len([field for field in column_mapping if field]) < 2:  # noqa: PLR2004 - a list of names has no other cells
        return ""
    return _describe_single_cell(text, is_closing=is_closing)


def find_possible_totals(
    table: Sequence[list[str]], row_numbers: Sequence[int], column_mapping: Sequence[str]
) -> dict[str, int]:
    """The numbers of rows that are called "Total" or "Sum" and say nothing else that is imported, each with the place.

    The first row of the table has the headings.
    """
    place = column_mapping.index("name") if "name" in column_mapping else 0
    return {
        str(number): place
        for number, cells in zip(row_numbers[1:], table[1:], strict=False)
        if _is_name_of_total([pair for pair in zip(column_mapping, cells, strict=False) if pair[1]], needs_number=False)
    }


def _is_name_of_total(filled_cells: Sequence[tuple[str, str]], *, needs_number: bool) -> bool:
    """Whether the name is "Total" or "of which NGOs", and all else that would be imported are numbers or formulas."""
    names = [
        fold_text(re.sub(r"[\d:'\u2019]+", " ", cell)) for field, cell in filled_cells if field == "name"
    ]  # "don't" is not "dont"
    others = [cell for field, cell in filled_cells if field not in {"", "name"}]
    are_numbers = all(_is_number_text(cell) or cell.startswith("=") for cell in others)
    is_total = bool(names) and _TOTAL_NAME_PATTERN.fullmatch(names[0]) is not None
    is_part = needs_number and bool(names) and _is_part_of_total(names[0])
    return (is_total or is_part) and are_numbers and bool(others or not needs_number)


def _is_part_of_total(folded_name: str) -> bool:
    found = _PART_OF_TOTAL_PATTERN.match(folded_name)
    counted = found["counted"] if found else None
    if counted is None:
        return found is not None
    is_counted = re.fullmatch(_COUNTED_MEMBER_WORDS, counted) is not None
    return is_counted or bool(find_word_meaning(counted, STAKEHOLDER_GROUP_WORDS))


def repeats_heading_row(cell_texts: Sequence[str], heading_row: Sequence[str], column_mapping: Sequence[str]) -> bool:
    """Whether all cells do, or most of a row without numbers and addresses: a second list may have other columns.

    In that case the cell for the name is a heading, too: "Helpline" below "Helpline" may be how a list says yes.
    """
    same = [fold_text(cell) == fold_text(title) for cell, title in zip(cell_texts, heading_row, strict=False) if cell]
    if sum(same) < MIN_REPEATED_HEADINGS or all(same):
        return sum(same) >= MIN_REPEATED_HEADINGS
    has_data = any("@" in cell or any(map(str.isdecimal, cell)) for cell in cell_texts)
    columns = zip(column_mapping, heading_row, cell_texts, strict=False)
    names = [
        fold_text(cell) in {fold_text(title), *_NAME_HEADINGS} for field, title, cell in columns if field == "name"
    ]
    return 2 * sum(same) >= len(same) and not has_data and bool(names) and all(names)


def _describe_single_cell(text: str, *, is_closing: bool) -> str:
    if is_closing or _is_remark_row(text) or _is_footnote(text):
        return _("This row looks like a remark about the list, so it will not be imported.")
    if _is_section_title(text):
        return _("This row looks like the title of a section, so it will not be imported.")
    return ""


def _is_number_text(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.,' %]+", text))


def _is_total_row(text: str) -> bool:
    """As in "Total", "Total members: 42", "42 organisations"."""
    words = fold_text(re.sub(r"\d+", " ", text)).split()
    starts = {" ".join(words[:size]) for size in (1, 2, 3)}
    is_title = len(words) <= 4 and bool(starts & TOTAL_WORDS)  # noqa: PLR2004 - words of a title
    return is_title or _MEMBER_COUNT_PATTERN.fullmatch(fold_text(text)) is not None


def _has_total_beside_name(cell_texts: Sequence[str], column_mapping: Sequence[str]) -> bool:
    """As in "TOTAL | members without observers | 41": the word in a cell that is no name, what is counted, and numbers.

    "Total | France | 2019" and "Amiens Enfance | Somme | 2019" are organisations.
    """
    texts = [
        (field, cell)
        for field, cell in zip(column_mapping, cell_texts, strict=False)
        if cell and not _is_number_text(cell)
    ]
    has_word = any(field != "name" and re.sub(r"[\d: ]+$", "", fold_text(cell)) in TOTAL_WORDS for field, cell in texts)
    has_number = any(_is_number_text(cell) for cell in cell_texts if cell)
    names = [fold_text(cell) for field, cell in texts if field == "name"]
    is_counted = all(re.match(rf"(?:{_COUNTED_MEMBER_WORDS})\b", name) for name in names)
    return has_word and has_number and is_counted and len(texts) <= 2  # noqa: PLR2004 - the word and what is counted


def _is_remark_row(text: str) -> bool:
    words = fold_text(text).split()
    starts = {" ".join(words[:size]) for size in (1, 2, 3)}
    is_sentence = ": " in text or " = " in text or text[-1:] in {"!", "?"} or text.endswith("...")
    return (
        text.startswith("*")
        or (":" in text and bool(starts & REMARK_WORDS))
        or (is_sentence and len(text.split()) >= MIN_WORDS_OF_REMARK)
    )


def _is_footnote(text: str) -> bool:
    """As in "NB 41 was the number of July", "¹ Observer since 2020" and "All names are new. See the minutes"."""
    words = text.split()
    begins_as_note = _NOTE_PATTERN.match(fold_text(text)) is not None or _begins_with_abbreviation_of_note(text)
    is_sentence = len(words) >= MIN_WORDS_OF_FOOTNOTE and _has_small_verb(words)
    return bool(
        _FOOTNOTE_MARK_PATTERN.match(text)
        or (begins_as_note and len(words) >= MIN_WORDS_OF_REMARK)
        or (is_sentence and _SENTENCE_END_PATTERN.search(text))
    )


def _begins_with_abbreviation_of_note(text: str) -> bool:
    """As in "PS ask Ana", "N.B. The list has changed" and a whole sentence in capitals; "NB Coalition" is a name."""
    found = _ABBREVIATED_NOTE_PATTERN.match(text)
    if found is None:
        return False
    words = text.split()
    if text == text.upper() and len(words) >= MIN_WORDS_OF_FOOTNOTE:
        words = text.lower().split()
    is_sentence = text[: found.start("next")].rstrip().endswith((".", ":")) or text == text.upper()
    return (
        found["next"].islower()
        or (bool(found["nb"]) and found["next"].isdigit())
        or (is_sentence and _has_small_verb(words))
    )


def _has_small_verb(words: Sequence[str]) -> bool:
    small_words = fold_text(" ".join(word for word in words if word == word.lower())).split()
    return bool(_VERBS.intersection(small_words))


def _is_section_title(text: str) -> bool:
    meant = find_word_meaning(text, REGIONAL_GROUP_WORDS) or find_word_meaning(text, STAKEHOLDER_GROUP_WORDS)
    return bool(meant) or find_country(text, accepts_codes=False) is not None
