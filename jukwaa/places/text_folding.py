"""Words without what differs between writers: case, accents, punctuation, "St", "&" and a leading "the"."""

import re
import unicodedata

WORD_PATTERN = re.compile(r"[^\W_]+")  # letters and digits alone
APOSTROPHE_CHARACTERS = "'\u2019\u02bb"
# Letters that Unicode does not take apart, and of which many keyboards have one form alone.
LETTER_REPLACEMENT_TABLE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": ""}
)
ABBREVIATED_WORD_REPLACEMENTS = {"st": "saint", "ste": "sainte"}


def fold_text(text: str) -> str:
    """The same for "The St. Helena", "saint helena" and "SAINT-HELENA"; for comparing and sorting only."""
    lowered = text.replace("&", " and ").casefold().replace("\u0131", "i")  # Turkish i without a dot
    letters = lowered.replace("'", "") if lowered.isascii() else _remove_accents(lowered)
    words = WORD_PATTERN.findall(letters)
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(ABBREVIATED_WORD_REPLACEMENTS.get(word, word) for word in words)


def _remove_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c not in APOSTROPHE_CHARACTERS)


def normalize_letters(text: str) -> str:
    """One sign for each letter, whatever keyboard or file it comes from, and none that nobody sees."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    seen = (each for each in letters if unicodedata.category(each) != "Cf" and not unicodedata.combining(each))
    return "".join(seen).translate(LETTER_REPLACEMENT_TABLE)
