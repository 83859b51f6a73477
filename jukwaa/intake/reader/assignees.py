"""People who stand as titles above their tasks: "Ana", and below it a list of what Ana does."""

import re
from collections.abc import Iterable
from itertools import pairwise, takewhile

from jukwaa.intake.reader.markers import NAMES_PATTERN, OWNER_SEPARATOR_PATTERN, PLURAL_OWNER_WORDS, split_owner_names
from jukwaa.intake.reader.passage import Passage
from jukwaa.intake.reader.phrases import TASK_START_PATTERN
from jukwaa.intake.reader.roles import ABSENT_ROLE
from jukwaa.intake.reader.tasks import AND_SEPARATOR_PATTERN

MAX_TITLE_LENGTH = 60
MAX_NAME_WORDS = 2
LEADING_TO_PATTERN = re.compile(rf"(?P<who>{NAMES_PATTERN}) (?:to|will|agreed to|has to|is to)")
HANDLE_PATTERN = re.compile(r"@[\w-]+")


def mark_assignees(passages: list[Passage], people: frozenset[str]) -> None:
    """Note for each task below such a title who does it. Only people who were there, accounts and groups are titles."""
    owners: tuple[str, ...] = ()
    indent, task_indent = -1, -1
    for place, (passage, after) in enumerate(pairwise([*passages, None])):
        if passage is None:
            return
        block = passage.block
        is_title = "commitment" in {passage.role, passage.lead} or _is_above_tasks(passages, place)
        if is_title and (named := _parse_names_in_title(passage.text, people)):
            indent = block.indent if block.kind == "bullet" else -1
            if after is not None and after.block.kind == "bullet" and after.block.indent > indent:
                owners, task_indent, passage.is_assignee = named, after.block.indent, True
                continue
        if block.kind != "bullet" or block.indent <= indent:
            owners = ()
        elif owners and block.indent <= task_indent:
            passage.assignees, passage.lead = owners, "commitment"
        elif owners:
            passage.titled_people = owners


def _is_above_tasks(passages: list[Passage], place: int) -> bool:
    """Whether a line is above boxes to tick, or bullets that are mostly tasks."""
    title = passages[place]
    if title.block.kind != "para" or len(title.text) > MAX_TITLE_LENGTH or title.role in {"attendee", ABSENT_ROLE}:
        return False
    items = _collect_outermost_list_items(passages, place)
    begun = sum(item.block.checkbox or TASK_START_PATTERN.match(item.text) is not None for item in items)
    return bool(items) and begun * 3 >= len(items) * 2


def _collect_outermost_list_items(passages: list[Passage], place: int) -> list[Passage]:
    """The outermost items of the list below a line. Only that list is gone through: a document has 200,000 lines."""
    below = takewhile(
        lambda passage: passage.block.kind == "bullet", (passages[at] for at in range(place + 1, len(passages)))
    )
    return [passage for passage in below if passage.top]


def _parse_names_in_title(words: str, people: Iterable[str]) -> tuple[str, ...]:
    """The names in a line that holds nothing else, if they are of people who were there, accounts or all of them."""
    title = words.strip(" *_:").rstrip(" :-–—")
    if lead := LEADING_TO_PATTERN.fullmatch(title):
        return split_owner_names(lead["who"])
    if len(title) > MAX_TITLE_LENGTH:
        return ()
    if title.lower() in PLURAL_OWNER_WORDS:
        return (title,)
    names = [
        name.strip() for piece in OWNER_SEPARATOR_PATTERN.split(title) for name in AND_SEPARATOR_PATTERN.split(piece)
    ]
    known = all(name.lower() in people or HANDLE_PATTERN.fullmatch(name) for name in names)
    return tuple(names) if known else ()
