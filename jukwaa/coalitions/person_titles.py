"""Titles and degrees beside the names of people: two writings of a name are compared without them."""

import re

MIN_NAME_WORDS = 2  # words that a name has at least, to be recognised among others
TITLES = frozenset(
    {
        *("dr", "dra", "pr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx"),
        *("m", "mme", "mlle", "sr", "sra", "srta", "herr", "frau"),
        *("senhor", "senhora", "senor", "senora", "senorita", "monsieur", "madame"),
        *("atty", "attorney", "rev", "drs", "bpk", "lic", "ing", "maitre"),
        *("د", "دكتور", "دكتورة", "الدكتور", "الدكتورة"),
    }
)
# Before a family name alone, in a sentence: "Mme Kouamelan".
TITLES_IN_SENTENCES = TITLES | frozenset(
    {"madame", "monsieur", "senhor", "senhora", "senor", "senora", "dona", "frau", "mwalimu", "bwana", "bibi", "ndugu"}
    | {"pak", "bapak", "ibu", "eng", "ing", "lic", "adv", "السيد", "السيدة"}
)
# "A/Prof Ana Paz" and "Assoc. Prof. Ana Paz" have two words before the name, and "Ana Paz, PhD" has one behind.
_LONG_TITLE_PATTERN = re.compile(
    r"^(?:a|assoc|associate|asst|assistant|adj|adjunct|em|emeritus|hon) (?:prof|professor) (?=\S+ )"
)
_DEGREE_PATTERN = re.compile(r"(?<=\S \S)(?P<rest>\S*)(?: (?:ph d|phd|dphil|msc|mba|llm|llb|esq))+$")


def remove_titles(folded_name: str) -> str:
    """Without titles and degrees, as long as two words are left."""
    words = _LONG_TITLE_PATTERN.sub("", _DEGREE_PATTERN.sub(r"\g<rest>", folded_name)).split()
    while len(words) > MIN_NAME_WORDS and words[0] in TITLES:
        words = words[1:]
    return " ".join(words)
