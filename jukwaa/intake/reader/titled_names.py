"""People with a title in sentences of French, Spanish and Portuguese minutes that say who came."""

import re

_SINGULAR = r"(?:M|Mme|Mlle|Sra?|Srta|Dra?|Prof|Pr)\.?|Senhora?|Señora?|Señorita|Monsieur|Madame|Don|Doña|Dona"
_PLURAL = r"(?:MM|Mmes|Mlles|Sres|Srs|Sras)\.?|Senhor(?:es|as)|Señor(?:es|as)|Messieurs|Mesdames"
_WORD = r"[^\W\d_a-z][\w.'’-]*"
_NAME = rf"{_WORD}(?:(?: (?:de|da|do|dos|das|del|de la|van|von|der|le|al|el|bin))? {_WORD}){{0,4}}"
_BRACKET = r"(?:\s?\([^()]*\))?"
_NEXT_NAME = rf"(?:,\s|,?\s(?:et|e|y)\s)(?!(?:{_SINGULAR}|{_PLURAL})\s){_NAME}{_BRACKET}"
TITLED_NAME_PATTERN = re.compile(
    rf"\b(?:(?:{_PLURAL})\s(?P<several>{_NAME}{_BRACKET}(?:{_NEXT_NAME})*)|(?:{_SINGULAR})\s(?P<one>{_NAME}))"
)
NAME_PATTERN = re.compile(_NAME)
ATTENDED_PATTERN = re.compile(
    r"\b(?:ont (?:également )?(?:pris part|participé|assisté)|ont suivi (?:les|la|l[’'])|assistaient"
    r"|(?:participar|assistir|comparecer|tomar)(?:a|e)m (?:parte\b)?|estiveram (?:presentes|representad[oa]s)"
    r"|(?:asistieron|participaron|concurrieron|tomaron parte)|estuvieron (?:presentes|representad[oa]s)|assistiram"
    r"|participaram)\b",
    re.IGNORECASE,
)
VERB_STEMS = ("ont ", "assist", "particip", "compar", "tomar", "estiv", "asist", "concurr", "estuv")  # most have none
AWAY_PATTERN = re.compile(
    r"\b(?:excusée?s?|absente?s?|ausentes?|n[’'](?:ont|a) pu|não (?:puderam|compareceram|estiveram)|no (?:pudieron"
    r"|asistieron|participaron)"
    r"|justificaram)\b",
    re.IGNORECASE,
)


def find_titled_attendees(sentence: str) -> list[str]:
    """Those whom a sentence names with a title and says to have come; nobody where it also says who was away."""
    lowered = sentence.lower()
    if not any(stem in lowered for stem in VERB_STEMS):
        return []
    if ATTENDED_PATTERN.search(sentence) is None or AWAY_PATTERN.search(sentence):
        return []
    names: list[str] = []
    for match in TITLED_NAME_PATTERN.finditer(sentence):
        several = re.sub(r"\([^()]*\)", "", match["several"] or "")
        names += re.split(r",\s|,?\s(?:et|e|y)\s", several) if several else [match["one"]]
    return [name for each in dict.fromkeys(names) if (name := each.strip(" ,.")) and " " in name]
