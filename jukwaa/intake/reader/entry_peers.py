"""Titles among the entries of a list of actions, which only group the tasks below them."""

from collections.abc import Iterator
from itertools import takewhile

from jukwaa.intake.reader.markers import find_owners
from jukwaa.intake.reader.outline import is_title_like
from jukwaa.intake.reader.passage import Passage
from jukwaa.intake.reader.phrases import TASK_START_PATTERN

MAX_GROUP_TITLE_WORDS = 4


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
