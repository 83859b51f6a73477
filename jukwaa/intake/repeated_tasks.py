"""Actions that a report gives twice: in its text, and again in a row of the table of all actions."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from jukwaa.intake import reader
from jukwaa.intake.meeting_chairs import TITLE_PATTERN
from jukwaa.places.text_folding import fold_text

MIN_TASK_WORDS = 4
LABEL_PATTERN = re.compile(r"^\W*(?:action|task|to-?do|follow[ -]?up|next step)[^:]{0,20}:\s*", re.IGNORECASE)
ROW_SIGN = "|"
NUMBER_PATTERN = re.compile(r"\W*(?P<number>\d{1,3}[./-]\d{1,3})(?=\W*\s)")
# "Ben to prepare an outline (6.2)", beside the discussion of an item
POINTER_PATTERN = re.compile(r"\((?:see )?(?:action |AP |no\.? ?)?(?P<number>\d{1,3}[./-]\d{1,3})\)\W*$", re.IGNORECASE)


def merge_repeated_tasks(parsed_report: reader.Reading) -> reader.Reading:
    """The same suggestions, where an action of the text that a row of a table repeats is only the row.

    The row takes the owner and the deadline of the text where it has none, or names its owner only in short.
    """
    suggestions = parsed_report.suggestions
    people = {name for made in suggestions if made.kind == "attendee" for name in made.actors}
    rows = {place: made for place, made in enumerate(suggestions) if _is_row_of_task(made)}
    dropped = _find_pointers(rows)
    for place, made in enumerate(suggestions):
        if made.kind != "commitment" or ROW_SIGN in made.quote:
            continue
        repeated = next((at for at, row in rows.items() if _is_same_task(row, made, people)), None)
        if repeated is not None:
            rows[repeated] = _add_details(rows[repeated], made, people)
            dropped.add(place)
    if not dropped:
        return parsed_report
    kept = (rows.get(place, made) for place, made in enumerate(suggestions) if place not in dropped)
    return replace(parsed_report, suggestions=tuple(kept))


def _find_pointers(rows: Mapping[int, reader.Suggestion]) -> set[int]:
    """Where rows only point to the numbers of others: "Outline (6.2)", beside a row "6.2 | Prepare an outline"."""
    numbers = {match["number"] for row in rows.values() if (match := NUMBER_PATTERN.match(row.quote))}
    found = ((place, POINTER_PATTERN.search(row.words)) for place, row in rows.items())
    return {place for place, match in found if match and match["number"] in numbers}


def _is_row_of_task(made: reader.Suggestion) -> bool:
    return made.kind == "commitment" and ROW_SIGN in made.quote and bool(made.words)


def _is_same_task(row: reader.Suggestion, told: reader.Suggestion, people: Collection[str]) -> bool:
    """Whether the text begins with the words of the row, and they do not name two different people."""
    task = fold_text(row.words)
    words = fold_text(LABEL_PATTERN.sub("", told.words or told.quote))
    owners = {_find_person(row.owner, people), _find_person(told.owner, people)}
    is_named_twice = len(owners - {""}) > 1
    return len(task.split()) >= MIN_TASK_WORDS and f"{words} ".startswith(f"{task} ") and not is_named_twice


def _add_details(row: reader.Suggestion, told: reader.Suggestion, people: Collection[str]) -> reader.Suggestion:
    person = _find_person(told.owner, people)
    if told.owner and (not row.owner or (person and not _find_person(row.owner, people))):
        others = tuple(_find_person(name, people) or name for name in told.actors)
        row = replace(row, actors=others, owner=person or told.owner)
    return replace(row, due=row.due or told.due, status=row.status or told.status)


def _find_person(owner: str, people: Collection[str]) -> str:
    """The one person present whose name has all these words; empty if there is none, or several."""
    words = set(fold_text(TITLE_PATTERN.sub("", owner)).split())
    named = [name for name in people if words and words <= set(fold_text(name).split())]
    return named[0] if len(named) == 1 else ""
