"""Labels in the middle of a line at the head of a report: "Date: 3 May, 2 pm   Place: Elm House"."""

import re
from collections.abc import Iterable, Iterator

# With a capital, so that they are no words of a sentence.
MIDDLE_LABEL_PATTERN = re.compile(
    r"(?<=[\s|;\u00b7])(?=(?:Place|Venue|Location|Where|Lieu|Lugar|Local|Mahali|Tempat|Plaats|Luogo|Ort|المكان"
    r"|Chair(?:person|ed by)?|Facilitator|Moderator|Pr\u00e9sidence|Pr\u00e9sidente?(?: de s\u00e9ance)?|Animation"
    r"|Mod\u00e9ration"
    r"|Preside|Presidencia|Presid\u00eancia|Conduce|Conduz|Modera|Moderaci\u00f3n|Modera\u00e7\u00e3o|Coordina(?:ci\u00f3n)?"
    r"|Coordena(?:\u00e7\u00e3o)?|Facilita(?:ci\u00f3n|\u00e7\u00e3o)?|Mwenyekiti|Pimpinan|Vorsitz|Leitung)\s?[:|]\s)"
)


def iter_labelled_parts(lines: Iterable[str]) -> Iterator[str]:
    """What stands behind the first label of each of these lines, from each further label on."""
    for line in lines:
        yield from MIDDLE_LABEL_PATTERN.split(line)[1:]
