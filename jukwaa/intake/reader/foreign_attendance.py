"""Sentences of Spanish, Portuguese and French minutes that say who came: "Asistieron: Ana Lopes y Ben Okoro"."""

import re

_NAMES = r"(?P<names>(?-i:[^\W\d_a-z])[\w’'.-]+(?: [^\W\d_][\w’'.-]*)*(?:\s+\([^()]*\))?(?:,| y | e | et )[^:]+)$"
_VERB = (
    r"(?:estuvimos|asistimos|participamos|estivemos|étions(?: là)?"
    r"|estuvieron|asistieron|participaron|concurrieron|compareceram|participaram|assistaient|ont participé)"
)
# Names after a colon, or right after a verb that begins the sentence.
ATTENDED_PATTERN = re.compile(
    rf"(?:\b{_VERB}|\b(?:estaban|estiveram|étaient|sont) (?:présente?s|presentes))\b[^.;:]{{0,80}}:\s*{_NAMES}",
    re.IGNORECASE,
)
OPENING_PATTERN = re.compile(
    rf"\W*(?:(?:también|además|também|aussi) )?(?:{_VERB}|(?:estaban|estiveram|étaient|sont) (?:présente?s|presentes))"
    rf"(?: présente?s| presentes)? {_NAMES}",
    re.IGNORECASE,
)
# "Estuvimos: yo moderando (Elm), Ana ...": the writer has no name there.
WRITER_IN_LIST_PATTERN = re.compile(r"(?P<label>:\s*)(?:yo|je|moi|eu|moi-même)\b[^,;:]{0,40}[,;]\s*", re.IGNORECASE)
ABSENT_WORDS_PATTERN = re.compile(r"\b(?:no|não|ne|pas|ausentes?|absents?|excusés?)\b", re.IGNORECASE)
JOINT_PATTERN = re.compile(r",?\s(?:y|e|et)\s+(?=[^\W\d_a-z])")


def find_non_english_attendee_text(phrase: str) -> str:
    """The names in such a sentence, with commas between them; else nothing."""
    stripped = WRITER_IN_LIST_PATTERN.sub(r"\g<label>", phrase.strip(" .*_"), count=1)
    match = ATTENDED_PATTERN.search(stripped) or OPENING_PATTERN.match(stripped)
    if match is None or ABSENT_WORDS_PATTERN.search(stripped, 0, match.start("names")):
        return ""
    return JOINT_PATTERN.sub(", ", re.sub(r"\s+\(", " (", match["names"]))
