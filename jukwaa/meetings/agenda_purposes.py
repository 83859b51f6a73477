"""What an item of a pasted agenda is for, as its line says: "FOR DECISION", "(pour information)", "للقرار".

Pure functions.
"""

import re

from jukwaa.meetings.agenda_headings import AGENDA_WORDS
from jukwaa.meetings.models import Part
from jukwaa.places.text_folding import fold_text

_PURPOSES_BY_WORDS = {words: purpose for purpose in Part.Purpose for words in AGENDA_WORDS[f"purpose_{purpose.value}"]}
_DASHES = "-\u2013\u2014|"
_ARROW = r"\s+(?:[-=]?>|\u2192)\s+"
_GAP = rf"\t|\s{{2,}}|\s+[{_DASHES}]\s+|{_ARROW}"
# "25 mn -> for decision: the dates"
_ARROW_PATTERN = re.compile(rf"{_ARROW}(?P<words>[^:]{{3,30}}?)\s*:\s+(?=\S)")
_CELL_PATTERN = re.compile(
    rf"(?P<gap>^|{_GAP}|[,;:]\s+|[(\[])(?P<words>(?:(?!{_GAP})[^,;:()\[\]]){{3,30}}?)(?=$|{_GAP}|[)\]]|\.\s)[)\].]?"
)
_LAST_CAPITALS_PATTERN = re.compile(r"\s(?P<words>(?:[^\W\d_]{3,}\s)?[^\W\d_]{4,})$")
# "Host of the forum, FOR DECISION (Ana / Ben) 20 min", and behind the end of a sentence
_CAPITALS_BEFORE_BRACKETS_PATTERN = re.compile(
    r"(?:[.,;]|\s[-\u2013\u2014])\s+(?P<words>[^\W\d_][^\d_()\[\],;.]{2,30}?)\s+(?=[(\[])"
)
# "Age limits FOR DECISION Ana", two words or more; not "Guide FOR DECISION makers"
_LONG_CAPITALS = sorted((words.upper() for words in _PURPOSES_BY_WORDS if " " in words), key=len, reverse=True)
_CAPITALS_INSIDE_PATTERN = re.compile(
    rf"\s(?:[{_DASHES}]\s+)?(?P<words>{'|'.join(_LONG_CAPITALS)})"
    r"(?:\s*[,:;.]\s+(?=\S)|\s+(?=[^\sa-z\u00df-\u00ff]))"
)
_PREPOSITIONS = frozenset(
    {
        *("to", "of", "on", "for", "about", "in", "the", "and", "a", "an"),
        *("de", "du", "des", "d", "l", "la", "le", "les", "sur", "et", "pour", "en"),
        *("el", "los", "las", "sobre", "para", "y", "do", "da", "o", "e"),
    }
)
_LABEL_PATTERN = re.compile(rf"(?P<words>[^:]{{4,30}}?)\s*(?::|\s[{_DASHES}])\s+(?=\S)")


def extract_purpose(line: str) -> tuple[str, Part.Purpose | None]:
    """Return the line without the words that say what it is for, which are in a place of their own or in capitals."""
    line = line.rstrip()
    if (label := _LABEL_PATTERN.match(line)) and (purpose := _get_purpose(label["words"])):
        return line[label.end() :], purpose
    if (pointed := _ARROW_PATTERN.search(line)) and (purpose := _get_purpose(pointed["words"])):
        return f"{line[: pointed.start()]} -- {line[pointed.end() :]}", purpose
    for found in _CELL_PATTERN.finditer(line):
        if found.start() and (purpose := _get_purpose(found["words"])):
            return f"{line[: found.start()]}  {line[found.end() :]}".strip(), purpose
    for found in (*_CAPITALS_BEFORE_BRACKETS_PATTERN.finditer(line), *_CAPITALS_INSIDE_PATTERN.finditer(line)):
        if found["words"].isupper() and not line.isupper() and (purpose := _get_purpose(found["words"])):
            gap = " " if line[found.end() :].startswith(("(", "[")) else "  "
            return f"{line[: found.start()]}{gap}{line[found.end() :]}", purpose
    last = _LAST_CAPITALS_PATTERN.search(line)
    for words in [last["words"], last["words"].rpartition(" ")[2]] if last else []:
        rest = line.removesuffix(words).strip()
        if words.split()[-1].isupper() and (purpose := _get_purpose(words)) and _is_title(rest):
            return rest.rstrip("."), purpose
    return line, None


def _is_title(words: str) -> bool:
    """Not what ends with a preposition, such as "Access to" before "INFORMATION"."""
    return bool(words) and _PREPOSITIONS.isdisjoint(fold_text(words).split()[-1:])


def _get_purpose(words: str) -> Part.Purpose | None:
    return _PURPOSES_BY_WORDS.get(fold_text(words))
