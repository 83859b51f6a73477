"""Who is named in the owner's cell of a table: "Ana / Ben", "Ana + Ben", "Ana (Treasurer)", "Ana (support: Ben)"."""

import re

from jukwaa.intake.reader.subjects import extract_actor_names

_NAME_START = r"(?=@|['‘’ʻʼ]?[^\W\d_a-z])"
# Between names, not inside of "TCP/IP team" or "and/or".
SPACED_SEPARATOR_PATTERN = re.compile(
    rf"\s*;\s*|\s+[/+]\s+{_NAME_START}|(?<=\w)\s?\+\s?{_NAME_START}|(?<=\w)\s?/\s?(?=WG\b)"
)
TIGHT_STROKE_PATTERN = re.compile(r"/(?=[^\W\d_a-z][^\W\dA-Z_])")
NAME_BEFORE_STROKE_PATTERN = re.compile(r"(?:^|.*\s)[^\W\d_a-z][^\W\dA-Z_]+$")
FOREIGN_AND_PATTERN = re.compile(r"\s(?:y|e|et|und|og|och|en)\s(?=[^\W\d_a-z])")
# "Médicos y Pacientes" is one organisation, "Julia y Florencia" are two people.
NAME_OF_THINGS_PATTERN = re.compile(
    r"(?:ación|aciones|ições|ação|tion|dad|dade|dades|ung|ungen|heit|keit|schaft|cientes|adores|icos|echos|eitos|droits"
    r"|earch|gogía|logía|logia|rechte)$|^(?:justi[cç][iae]{1,2}|action|acción|ação|paz|paix|salud|saúde|santé|vida|niñez"
    r"|infancia|infância|enfance|famili(?:a|as|e|en)|mujeres|mulheres|femmes|frauen|jóvenes|jovens|jeunes|jugend|kinder"
    r"|educación|educação|recht|cultura|culture|desarrollo|niñ[oa]s|crianças|enfants|padres|pais|parents|eltern)$",
    re.IGNORECASE,
)
# An office, a part in the task, initials, or who belongs to a group: "Chairs (Ana, Ben)"; an organisation stays.
NOTE_PATTERN = re.compile(
    r"\s*\((?:(?:co-?|vice-?|deputy |acting )?(?:chair(?:man|woman|person)?|treasurer|secretary|president|director|lead"
    r"|coordinator|rapporteur|secretariat|trésori(?:er|ère)|secrétaire|présidente?|tesorer[oa]|secretari[oa]"
    r"|secretári[oa]|tesoureir[oa]|presidenta?e?|coordinador[a]?|kassenwart(?:in)?|schatzmeister(?:in)?|vorsitz(?:ende[rn]?)?)"
    r"|(?:support|with|back-?up|appui|avec|soutien|apoyo|con|apoio|com|mit|unterstützung)\b[^()]*"
    r"|(?:absente?|ausente|abwesend|tb[cd]|to (?:be )?confirm(?:ed)?|to be asked|à confirmer|por confirmar|a confirmar"
    r"|zu klären)\b[^()]*"
    r"|(?:[A-Z]\.\s?){1,4}|[^(),]+,[^()]+)\)",
    re.IGNORECASE,
)
DOUBT_PATTERN = re.compile(r"(?<=\w)\s?\(?\?+\)?(?=\s|[,;/+&]|$)")  # "Ana?", "Ana (?)"
# "Amélia, com a DNID", "Ana, with input of Ben": the person who helps is named beside the owner.
COMPANION_PATTERN = re.compile(
    r",?\s(?:com|con|avec|with|mit)(?: (?:l[\u2019'])?(?:inputs?|help|support|assistance|advice|appui|aide|soutien"
    r"|apoyo|ayuda|apoio|ajuda|Unterst\u00fctzung|Hilfe) (?:of|from|by|de|d[aeo]|von))?"
    rf"(?: (?:the|el|la|los|las|les?|[ao]s?|d(?:er|ie|em)))? {_NAME_START}"
)
INITIAL_PATTERN = re.compile(r"\s*[^\W\d_a-z]\.\s?[^\W\d_]")  # "A. Lopes"
PART_IN_TASK_PATTERN = re.compile(r"(?<=[^\W\d_]) to [a-z]{3,}(?=\s*(?:$|[,;/+]))")  # "Ana (lead), Ben to proofread"
NOBODY_PATTERN = re.compile(r"\W*N\.? ?N\.?\W*$")


def parse_owner_cell(cell_text: str) -> tuple[str, ...]:
    """The names in the cell, each once; nobody for "N. N."."""
    noted = PART_IN_TASK_PATTERN.sub("", NOTE_PATTERN.sub("", cell_text))
    plain = COMPANION_PATTERN.sub(", ", DOUBT_PATTERN.sub("", noted))
    parts = [
        name
        for piece in SPACED_SEPARATOR_PATTERN.split(plain)
        for half in _split_at_stroke(piece)
        for name in _split_at_foreign_and(half)
    ]
    names = [name for part in parts if part.strip() for name in (extract_actor_names(part.strip()) or (part.strip(),))]
    return tuple(dict.fromkeys(name for name in names if not NOBODY_PATTERN.match(name)))


def _split_at_stroke(phrase: str) -> list[str]:
    """The two sides of "Ana/Ben", where both are names in small letters with a capital."""
    parts = TIGHT_STROKE_PATTERN.split(phrase)
    return parts if all(NAME_BEFORE_STROKE_PATTERN.match(part.strip()) for part in parts) else [phrase]


def _split_at_foreign_and(phrase: str) -> list[str]:
    """The names around "y" or "und", where they are alike: "Ana y Eva", but not "José Ortega y Gasset"."""
    parts = FOREIGN_AND_PATTERN.split(phrase)
    is_organisation = any(NAME_OF_THINGS_PATTERN.search(part.strip()) for part in parts)
    are_alike = len({len(part.split()) for part in parts}) == 1 and not is_organisation
    return parts if are_alike or all(map(INITIAL_PATTERN.match, parts)) else [phrase]
