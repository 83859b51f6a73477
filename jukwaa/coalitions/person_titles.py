"""Titles and degrees beside the names of people: two writings of a name are compared without them."""

import re

MIN_NAME_WORDS = 2  # words that a name has at least, to be recognised among others
TITLES = frozenset(
    {
        *("dr", "dra", "pr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx"),
        *("m", "mme", "mlle", "sr", "sra", "srta", "herr", "frau"),
        *("senhor", "senhora", "senor", "senora", "senorita", "monsieur", "madame"),
        *("atty", "attorney", "rev", "drs", "bpk", "lic", "maitre"),
        *("د", "دكتور", "دكتورة", "الدكتور", "الدكتورة"),
    }
)
# Before a family name alone, in a sentence: "Mme Kouamelan".
TITLES_IN_SENTENCES = TITLES | frozenset(
    {"madame", "monsieur", "senhor", "senhora", "senor", "senora", "dona", "frau", "mwalimu", "bwana", "bibi", "ndugu"}
    | {"pak", "bapak", "ibu", "eng", "ing", "lic", "adv", "السيد", "السيدة"}
)
# "A/Prof Ana Paz" and "Assoc. Prof. Ana Paz" have two words before the name.
_LONG_TITLE_PATTERN = re.compile(
    r"^(?:a|assoc|associate|asst|assistant|adj|adjunct|em|emeritus|hon) (?:prof|professor) (?=\S+ )"
)
# As they are written, since "Mba" and "MBA" are family names: that one is a degree only after a comma.
_DEGREES = frozenset({"PhD", "PHD", "DPhil", "MSc", "LLM", "LLB", "Esq"})
_DEGREES_AFTER_COMMA = _DEGREES | {"MBA"}
_SPACED_DEGREE_PATTERN = re.compile(r"(?<=\s)Ph\.? D(?!\w)")


def remove_degrees(name: str) -> str:
    """Without the degrees behind a name, as in "Ana Paz, PhD", as long as two words are left."""
    words = _SPACED_DEGREE_PATTERN.sub("PhD", name).split()
    while len(words) > MIN_NAME_WORDS:
        degrees = _DEGREES_AFTER_COMMA if words[-2].endswith(",") else _DEGREES
        if words[-1].replace(".", "").strip(",") not in degrees:
            break
        words.pop()
    return " ".join(words)


def remove_titles(folded_name: str) -> str:
    """Without titles, as long as two words are left."""
    words = _LONG_TITLE_PATTERN.sub("", folded_name).split()
    while len(words) > MIN_NAME_WORDS and words[0] in TITLES:
        words = words[1:]
    return " ".join(words)
