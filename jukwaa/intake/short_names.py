"""Whom the first names in a report mean, by its list of those present: "Ana" and "Ana L." are Ana Lopes."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from jukwaa.intake import reader
from jukwaa.intake.guesses import is_group_name
from jukwaa.intake.meeting_chairs import TITLE_PATTERN
from jukwaa.intake.reader.apologies import APOLOGIES_STATUS, add_apologies
from jukwaa.intake.reader.markers import GROUP_NOUNS
from jukwaa.intake.reader.names import is_full_name
from jukwaa.places.text_folding import fold_text

APOSTROPHES = "'\u2018\u2019\u02bb\u02bc"  # "'Esi" begins with a letter of its language
SHORT_NAME_PATTERN = re.compile(rf"[{APOSTROPHES}]?[^\W\d_a-z][^\W\d_]+(?:[-\u2019'][^\W\d_]+)?(?: [^\W\d_a-z]\.?)?$")
BODY_AND_PERSON_PATTERN = re.compile(r"[^()]+\((?P<name>[^()]+)\)$")  # "Secretariat (Ana)"


def spell_out_short_names(parsed_report: reader.Reading) -> reader.Reading:
    """The same suggestions, where a first name of only one person present is the whole name of that person.

    It may also be that of another person who sent apologies.
    """
    present = [
        name
        for made in parsed_report.suggestions
        if made.kind == "attendee" and made.status != APOLOGIES_STATUS
        for name in made.actors
    ]
    excused = [
        name
        for made in add_apologies(parsed_report).suggestions
        if made.status == APOLOGIES_STATUS
        for name in made.actors
    ]
    people = {short: full for short, full in _find_people_by_short_name(present, excused).items() if full in present}
    others = (made for made in parsed_report.suggestions if made.kind != "attendee")
    written = {name for made in others for name in (*made.actors, made.owner)} - set(present)
    return parsed_report.with_names({name: full for name in written if (full := _find_full_name(name, people))})


def _find_people_by_short_name(present_names: Iterable[str], excused_names: Collection[str]) -> dict[str, str]:
    found: dict[str, set[str]] = defaultdict(set)
    for name in (*present_names, *excused_names):
        for short in _iter_short_names(name):
            found[short].add(name)
    for name in excused_names:  # "Apologies: Ana" is not the Ana who was there
        found[fold_text(name)].add(name)
    return {short: next(iter(names)) for short, names in found.items() if len(names) == 1}


def _iter_short_names(full_name: str) -> Iterator[str]:
    """For Ana Lopes "ana" and "ana l"; nothing for a body."""
    plain = TITLE_PATTERN.sub("", full_name).lstrip(APOSTROPHES)
    words = fold_text(plain).split()
    if len(words) > 1 and is_full_name(plain) and not is_group_name(plain) and not GROUP_NOUNS & set(words):
        yield words[0]
        yield from {f"{words[0]} {word[0]}" for word in words[1:]}


def _find_full_name(written_name: str, people: dict[str, str]) -> str:
    in_brackets = BODY_AND_PERSON_PATTERN.match(written_name)
    name = in_brackets["name"] if in_brackets else written_name
    return people.get(fold_text(name.lstrip(APOSTROPHES)), "") if SHORT_NAME_PATTERN.match(name) else ""
