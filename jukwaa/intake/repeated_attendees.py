"""People whom a report lists twice: in a line of first names and in a table, or with and without an organisation."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from jukwaa.intake import reader
from jukwaa.intake.guesses import CHAIR_LABEL_PATTERN
from jukwaa.intake.meeting_chairs import TITLE_PATTERN, is_same_person
from jukwaa.places.text_folding import fold_text

# What stands behind a name: "Ana Lopes (ECPAT)", "Ana Lopes, ECPAT", "Ana Lopes - ECPAT".
_BEHIND_NAME_PATTERN = re.compile(r"\s*[(,;].*$|\s+[-\u2013\u2014]\s.*$", re.DOTALL)
_FIRST_NAME_PATTERN = re.compile(r"[^\W\d_a-z][^\W\d_]+(?:[-\u2019'][^\W\d_]+)?")

_INITIAL_AND_FAMILY_NAME_PATTERN = re.compile(r"\w [\w'-]{2,}")


def merge_repeated_attendees(parsed_report: reader.Reading) -> reader.Reading:
    """The same suggestions, where each person attends once.

    A first name is the one person present with that first name; where several have it, it stays as it is. People
    who are struck through in a list did not attend.
    """
    attendances = [made for made in parsed_report.suggestions if _is_plain_attendance(made)]
    full_names = _find_full_names(attendances)
    chair_names = _find_full_names_of_chairs(attendances)
    kept_by_person: dict[str, reader.Suggestion] = {}
    absent = set()
    chairs = set()
    for made in attendances:
        for name in made.actors:
            person = chair_names.get(name) or _get_person_key(name, full_names)
            if f"~~{name}~~" in made.quote:
                absent.add(person)
            if made.is_chair:
                chairs.add(person)
            kept = kept_by_person.get(person)
            if kept is None or _says_more(made, kept, person):
                kept_by_person[person] = made
    merged = []
    for made in parsed_report.suggestions:
        if not _is_plain_attendance(made):
            merged.append(made)
            continue
        people = {chair_names.get(name) or _get_person_key(name, full_names): name for name in reversed(made.actors)}
        names = tuple(
            name for person, name in reversed(people.items()) if kept_by_person[person] is made and person not in absent
        )
        if names:
            key = chair_names.get(names[0]) or _get_person_key(names[0], full_names)
            is_chair = made.is_chair or (len(names) == 1 and key in chairs)
            merged.append(replace(made, actors=names, is_chair=is_chair))
    return replace(parsed_report, suggestions=tuple(merged))


def _is_plain_attendance(made: reader.Suggestion) -> bool:
    """Not those who sent apologies, whom the line of those present may name as well."""
    return made.kind == "attendee" and not made.status and bool(made.actors)


def _find_full_names(attendances: Iterable[reader.Suggestion]) -> dict[str, str]:
    """First names, and initials with a family name, to the one full name among these: "Ana", "A Lopes", "A. Lopes".

    In one list, and with different organisations, A. Lopes and Ana Lopes are two people.
    """
    found: dict[str, set[str]] = defaultdict(set)
    mentions: dict[str, list[reader.Suggestion]] = defaultdict(list)
    for made in attendances:
        for name in made.actors:
            words = TITLE_PATTERN.sub("", _BEHIND_NAME_PATTERN.sub("", name)).split()
            mentions[_fold_name(name)].append(made)
            if len(words) > 1 and len(first := fold_text(words[0])) > 1:
                found[first].add(_fold_name(name))
                found[f"{first[0]} {fold_text(words[-1])}"].add(_fold_name(name))
    full_names = {short: next(iter(names)) for short, names in found.items() if len(names) == 1}
    return {
        short: full
        for short, full in full_names.items()
        if " " not in short or not _are_two_people(mentions[short], mentions[full])
    }


def _find_full_names_of_chairs(attendances: Sequence[reader.Suggestion]) -> dict[str, str]:
    """By the name in a line of its own for the chair: the one longer name that means the same person."""
    found: dict[str, str] = {}
    for made in attendances:
        if len(made.actors) == 1 and (made.is_chair or CHAIR_LABEL_PATTERN.match(made.quote)):
            chair = made.actors[0]
            same = {
                _fold_name(name)
                for other in attendances
                if other is not made
                for name in other.actors
                if len(name) > len(chair) and is_same_person(name, chair)
            }
            if len(same) == 1 and not any(chair in other.actors for other in attendances if other is not made):
                found[chair] = same.pop()
    return found


def _are_two_people(first_mentions: Sequence[reader.Suggestion], second_mentions: Sequence[reader.Suggestion]) -> bool:
    if not set(map(id, first_mentions)).isdisjoint(map(id, second_mentions)):
        return True
    groups = [
        {fold_text(made.group) for made in made_of if made.group} for made_of in (first_mentions, second_mentions)
    ]
    return all(groups) and len(groups[0] | groups[1]) > 1


def _get_person_key(attendee_name: str, full_names: dict[str, str]) -> str:
    folded = _fold_name(attendee_name)
    is_first_name = _FIRST_NAME_PATTERN.fullmatch(attendee_name.strip()) and not attendee_name.isupper()
    is_short = is_first_name or _INITIAL_AND_FAMILY_NAME_PATTERN.fullmatch(folded)
    return full_names.get(folded, folded) if is_short else folded


def _fold_name(attendee_name: str) -> str:
    return fold_text(_BEHIND_NAME_PATTERN.sub("", attendee_name)) or fold_text(attendee_name) or attendee_name


def _says_more(made: reader.Suggestion, kept: reader.Suggestion, person: str) -> bool:
    """Whether a later suggestion has the full name, or the organisation, which the earlier one lacks."""
    ranks = [(any(_fold_name(name) == person for name in each.actors), bool(each.group)) for each in (made, kept)]
    return ranks[0] > ranks[1]
