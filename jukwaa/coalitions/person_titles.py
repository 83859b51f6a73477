"""Titles and degrees beside the names of people: two writings of a name are compared without them."""

import re

MIN_NAME_WORDS = 2  # words that a name has at least, to be recognised among others
TITLES = frozenset(
    {
        *("dr", "dra", "pr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx"),
        *("m", "mme", "mlle", "sr", "sra", "srta", "herr", "frau"),
        *("senhor", "senhora", "senor", "senora", "senorita", "monsieur", "madame"),
        *("atty", "attorney", "rev", "drs", "bpk", "maitre"),
        *("lic", "licda", "licdo", "lcda", "lcdo", "mtro", "mtra", "abg"),
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
# As they are written, since "Mba" and "MBA" are family names: after a comma and in brackets they are degrees.
_DEGREES = frozenset({"PhD", "PHD", "DPhil", "MSc", "LLM", "LLB", "Esq"})
_DEGREES_AFTER_COMMA = frozenset(map(str.casefold, _DEGREES | {"MBA"}))
_SPACED_DEGREE_PATTERN = re.compile(r"(?<=[\s(])Ph\.? D(?!\w)")
# "Ing" is also a name: with a full stop it is a title.
_DOTTED_TITLE_PATTERN = re.compile(r"^(?:Ing|Eng|Arq)\.\s*(?=\S+\s+\S)", re.IGNORECASE)


def remove_degrees(name: str) -> str:
    """Without the degrees around a name, as in "Ana Paz, PhD" and "Ing. Ana Paz", as long as two words are left."""
    words = _SPACED_DEGREE_PATTERN.sub("PhD", _DOTTED_TITLE_PATTERN.sub("", name)).split()
    while len(words) > MIN_NAME_WORDS and _is_degree(words[-1], follows_comma=words[-2].endswith(",")):
        words.pop()
    return " ".join(words)


def _is_degree(word: str, *, follows_comma: bool) -> bool:
    bare = word.replace(".", "").strip(",()")
    is_apart = follows_comma or (word.startswith("(") and word.endswith(")"))
    return bare in _DEGREES or (is_apart and bare.casefold() in _DEGREES_AFTER_COMMA)


def remove_titles(folded_name: str) -> str:
    """Without titles, as long as two words are left."""
    words = _LONG_TITLE_PATTERN.sub("", folded_name).split()
    while len(words) > MIN_NAME_WORDS and words[0] in TITLES:
        words = words[1:]
    return " ".join(words)
