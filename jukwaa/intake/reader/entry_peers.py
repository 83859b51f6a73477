"""What the entries beside an entry show of it: an account in small letters among names, a title among titles."""

import re
from itertools import groupby

from jukwaa.intake.reader.lexicon import NON_NAME_WORDS, ROLE_NOUNS, TASK_VERBS
from jukwaa.intake.reader.markers import is_named_task
from jukwaa.intake.reader.outline import NUMBERED_HEADING_LEVEL
from jukwaa.intake.reader.passage import Passage
from jukwaa.intake.reader.roles import REVIEW_ROLE

ACCOUNT_PATTERN = re.compile(r"^\W*(?P<who>[a-z][\w-]{1,20}) ?: (?P<verb>\w+)")
MIN_NAMED_PEERS = 2
ENDING_ROLES = frozenset({"commitment", REVIEW_ROLE})


def mark_account_owners(passages: list[Passage]) -> None:
    """Note who does "benoko: Send the list" where most entries beside it read "Ana: Send the list"."""
    for (role, lead, kind), group in groupby(passages, key=lambda item: (item.role, item.lead, item.block.kind)):
        if "commitment" not in {role, lead} or kind not in {"bullet", "para"}:
            continue
        entries = list(group)
        named = sum(is_named_task(entry.text) for entry in entries)
        if named < MIN_NAMED_PEERS or named * 2 < len(entries):
            continue
        for entry in entries:
            match = ACCOUNT_PATTERN.match(entry.text)
            if match and match["verb"].lower() in TASK_VERBS and match["who"] not in NON_NAME_WORDS | ROLE_NOUNS:
                entry.assignees = (match["who"],)


def end_numbered_sections(passages: list[Passage]) -> None:
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
