"""People who stand as titles above their tasks: "Ana", and below it a list of what Ana does."""

import re
from collections.abc import Iterable
from itertools import pairwise

from jukwaa.intake.reader.markers import JOINT_PATTERN, PLURAL_OWNERS
from jukwaa.intake.reader.passage import Passage
from jukwaa.intake.reader.tasks import AND_PATTERN

MAX_TITLE_LENGTH = 60
HANDLE_PATTERN = re.compile(r"@[\w-]+")


def mark_assignees(passages: list[Passage], people: frozenset[str]) -> None:
    """Note for each task below such a title who does it. Only people who were there, accounts and groups are titles."""
    owners: tuple[str, ...] = ()
    indent, task_indent = -1, -1
    for passage, after in pairwise([*passages, None]):
        if passage is None:
            return
        block = passage.block
        if "commitment" in {passage.role, passage.lead} and (named := _parse_title(passage.text, people)):
            indent = block.indent if block.kind == "bullet" else -1
            if after is not None and after.block.kind == "bullet" and after.block.indent > indent:
                owners, task_indent, passage.is_assignee = named, after.block.indent, True
                continue
        if block.kind != "bullet" or block.indent <= indent:
            owners = ()
        elif owners and block.indent <= task_indent:
            passage.assignees, passage.lead = owners, "commitment"


def _parse_title(words: str, people: Iterable[str]) -> tuple[str, ...]:
    """The names in a line that holds nothing else, if they are of people who were there, accounts or all of them."""
    title = words.strip(" *_:").rstrip(" :-–—")
    if len(title) > MAX_TITLE_LENGTH:
        return ()
    if title.lower() in PLURAL_OWNERS:
        return (title,)
    names = [name.strip() for piece in JOINT_PATTERN.split(title) for name in AND_PATTERN.split(piece)]
    known = all(name.lower() in people or HANDLE_PATTERN.fullmatch(name) for name in names)
    return tuple(names) if known else ()
