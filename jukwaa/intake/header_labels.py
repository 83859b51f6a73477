"""Labels at the head of a report, in the middle of a line or without a colon: "Date: 3 May   Place: Elm House"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

# With a capital, so that they are no words of a sentence.
MIDDLE_LABEL_PATTERN = re.compile(
    r"(?<=[\s|;\u00b7])(?=(?:Place|Venue|Location|Where|Lieu|Lugar|Local|Mahali|Tempat|Plaats|Luogo|Ort|المكان"
    r"|Chair(?:person|ed by)?|Facilitator|Moderator|Pr\u00e9sidence|Pr\u00e9sidente?(?: de s\u00e9ance)?|Animation"
    r"|Mod\u00e9ration"
    r"|Preside|Presidencia|Presid\u00eancia|Conduce|Conduz|Modera|Moderaci\u00f3n|Modera\u00e7\u00e3o|Coordina(?:ci\u00f3n)?"
    r"|Coordena(?:\u00e7\u00e3o)?|Facilita(?:ci\u00f3n|\u00e7\u00e3o)?|Mwenyekiti|Pimpinan|Vorsitz|Leitung)\s?[:|]\s)"
)
# "Venue Zoom", "In the chair Ana Lopes": a row of a table of two cells of which only the words are left.
FLAT_LABEL_PATTERN = re.compile(
    r"(?P<label>Date(?: and (?:time|place|venue))?|Time|When|Day|Place|Venue|Location|Where"
    r"|(?:In the )?[Cc]hair(?:person|man|woman|ed by)?|Facilitator|Moderator|Minutes(?: (?:taken )?by)?|Notes(?: by)?"
    r"|(?:Minute|Note)[ -]?taker|Secretary|Rapporteur|Date et (?:heure|lieu)|Heure|Lieu|Présidence"
    r"|Présidente?(?: de séance)?|Secrétaire(?: de séance)?|Fecha(?: y (?:hora|lugar))?|Hora|Lugar|Preside|Presidencia"
    r"|Secretari[ao]|Data(?: e (?:hora|local))?|Local|Presidência|Datum|Ort|Vorsitz|Protokoll)"
    r"\s(?=[^\W_a-zà-öø-ÿ])"
)


def iter_labelled_parts(lines: Iterable[str]) -> Iterator[str]:
    """What stands behind the first label of each of these lines, from each further label on."""
    for line in lines:
        yield from MIDDLE_LABEL_PATTERN.split(line)[1:]


def add_colons_to_flat_labels(lines: Sequence[str]) -> list[str]:
    """The same lines, where those of a flattened table have a colon: at least two neighbours with different labels."""
    labels = [match["label"] if (match := FLAT_LABEL_PATTERN.match(line)) else "" for line in lines]
    near = {place for place, (one, other) in enumerate(pairwise(labels)) if one and other and one != other}
    return [
        f"{label}: {line[len(label) :].lstrip()}" if label and not near.isdisjoint({place - 1, place}) else line
        for place, (line, label) in enumerate(zip(lines, labels, strict=True))
    ]
