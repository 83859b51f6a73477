"""What the entries beside an entry show of it: an account in small letters among names, a title among titles."""

from collections.abc import Iterator
from itertools import takewhile

from jukwaa.intake.reader.markers import find_owners
from jukwaa.intake.reader.outline import NUMBERED_HEADING_LEVEL, is_title_like
from jukwaa.intake.reader.passage import Passage
from jukwaa.intake.reader.phrases import TASK_START_PATTERN
from jukwaa.intake.reader.roles import REVIEW_ROLE

MAX_GROUP_TITLE_WORDS = 4
ENDING_ROLES = frozenset({"commitment", REVIEW_ROLE})


def mark_task_group_titles(passages: list[Passage]) -> None:
    """Note which entries only group tasks: "Fence", and below it "Ana: ask the town"."""
    for place, passage in enumerate(passages):
        block = passage.block
        if block.kind != "bullet" or "commitment" not in {passage.role, passage.lead} or not passage.holds:
            continue
        is_group = is_title_like(passage.text) and len(passage.text.split()) <= MAX_GROUP_TITLE_WORDS
        if not is_group or TASK_START_PATTERN.match(passage.text) or find_owners(passage.text, is_list_entry=True):
            continue
        below = list(_collect_deeper_entries(passages[place + 1 :], block.indent))
        if all(find_owners(item.text, is_list_entry=True) for item in below):
            passage.is_assignee = True
        elif _are_mostly_tasks(below):
            passage.is_assignee = True
            for item in below:
                item.is_grouped_task = TASK_START_PATTERN.match(item.text) is not None


def _are_mostly_tasks(entries: list[Passage]) -> bool:
    return bool(entries) and sum(TASK_START_PATTERN.match(item.text) is not None for item in entries) * 2 >= len(
        entries
    )


def _collect_deeper_entries(passages: list[Passage], indent: int) -> Iterator[Passage]:
    return takewhile(lambda item: item.block.kind == "bullet" and item.block.indent > indent, passages)


def end_numbered_section_roles(passages: list[Passage]) -> None:
    """End what a numbered title promises where an entry stands further out than those right below it."""
    inner, is_over = -1, False
    for before, passage in zip([None, *passages], passages, strict=False):
        if passage.block.kind == "heading":
            inner, is_over = -1, False
            continue
        is_first = (
            before is not None and before.block.kind == "heading" and before.block.level == NUMBERED_HEADING_LEVEL
        )
        if is_first and passage.block.kind == "bullet":
            inner = passage.block.indent
        is_over = is_over or (passage.block.kind == "bullet" and passage.block.indent < inner)
        if is_over:
            passage.role = "" if passage.role in ENDING_ROLES else passage.role
            passage.lead = "" if passage.lead in ENDING_ROLES else passage.lead
