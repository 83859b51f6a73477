"""What the entries beside an entry show of it: an account in small letters among names, a title among titles."""

import re
from collections.abc import Iterator
from itertools import groupby, takewhile

from jukwaa.intake.reader.lexicon import NON_NAME_WORDS, ROLE_NOUNS, TASK_VERBS
from jukwaa.intake.reader.markers import find_owners, is_task_with_leading_owner
from jukwaa.intake.reader.outline import NUMBERED_HEADING_LEVEL, is_title_like
from jukwaa.intake.reader.passage import Passage
from jukwaa.intake.reader.phrases import TASK_START_PATTERN
from jukwaa.intake.reader.roles import REVIEW_ROLE

ACCOUNT_PATTERN = re.compile(r"^\W*(?P<who>[a-z][\w-]{1,20}) ?: (?P<verb>\w+)")
MIN_NAMED_PEERS = 2
MAX_GROUP_TITLE_WORDS = 4
ENDING_ROLES = frozenset({"commitment", REVIEW_ROLE})


def set_owners_by_account_name(passages: list[Passage]) -> None:
    """Note who does "benoko: Send the list" where most entries beside it read "Ana: Send the list"."""
    for (role, lead, kind), group in groupby(passages, key=lambda item: (item.role, item.lead, item.block.kind)):
        if "commitment" not in {role, lead} or kind not in {"bullet", "para"}:
            continue
        entries = list(group)
        named = sum(is_task_with_leading_owner(entry.text) for entry in entries)
        if named < MIN_NAMED_PEERS or named * 2 < len(entries):
            continue
        for entry in entries:
            match = ACCOUNT_PATTERN.match(entry.text)
            if match and match["verb"].lower() in TASK_VERBS and match["who"] not in NON_NAME_WORDS | ROLE_NOUNS:
                entry.assignees = (match["who"],)


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
