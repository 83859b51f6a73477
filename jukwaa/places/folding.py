"""Words without what differs between writers: case, accents, punctuation, "St", "&" and a leading "the"."""

import unicodedata

APOSTROPHES = "'\u2019\u02bb"
SPELLED_OUT = {"st": "saint", "ste": "sainte"}


def plain(text: str) -> str:
    """The same for "The St. Helena", "saint helena" and "SAINT-HELENA"; for comparing and sorting only."""
    lowered = text.replace("&", " and ").casefold().replace("\u0131", "i")  # Turkish i without a dot
    decomposed = unicodedata.normalize("NFKD", lowered)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c) and c not in APOSTROPHES)
    words = "".join(c if c.isalnum() else " " for c in letters).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(SPELLED_OUT.get(word, word) for word in words)
