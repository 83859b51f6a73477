"""Headings of form exports, which are the questions of the form: "In which country (or countries) are you based?"."""

from jukwaa.coalitions.imports.row_wording import asks_about_publication
from jukwaa.coalitions.imports.vocabulary import IMPORT_VOCABULARY
from jukwaa.places.text_folding import fold_text

MIN_WORDS_OF_QUESTION = 4  # shorter headings are known as a whole
_OTHER_QUESTION_PHRASES = tuple(map(fold_text, IMPORT_VOCABULARY["question_phrases"]["other_questions"]))
_FIELDS_BY_PHRASE = {
    fold_text(phrase): field
    for field, phrases in IMPORT_VOCABULARY["question_phrases"].items()
    if field != "other_questions"
    for phrase in phrases
}


def find_field_of_question(column_heading: str) -> str:
    """Return the field of the first known phrase in a question, and of the longest of these; or nothing."""
    heading = f" {fold_text(column_heading)} "
    is_other = any(f" {phrase} " in heading for phrase in _OTHER_QUESTION_PHRASES)
    if is_other or len(heading.split()) < MIN_WORDS_OF_QUESTION or asks_about_publication(column_heading):
        return ""
    found = [
        (heading.index(f" {phrase} "), -len(phrase), phrase) for phrase in _FIELDS_BY_PHRASE if f" {phrase} " in heading
    ]
    return _FIELDS_BY_PHRASE[min(found)[2]] if found else ""
