"""Owners of a task that is told before its mark: "Ana to invite the host (Action 2.5)"."""

import re

from jukwaa.intake.reader.markers import (
    LABEL_START_PATTERN,
    LEADING_NAMES_PATTERN,
    NAMES_PATTERN,
    find_owners,
    split_owner_names,
)

REFERENCE_END_PATTERN = re.compile(
    r"^(?P<task>.{8,}?)\s*[(\[](?:new )?(?:action|task|AI|AP)(?: (?:item|point))?[ -]?(?:no\.? )?#?"
    r"[A-Z]{0,3}-?\d[\w./-]*[)\]]\W*$",
    re.IGNORECASE | re.DOTALL,
)
BRACKETED_TASK_PATTERN = re.compile(
    rf"(?:[(\[]|^\W*(?=[Aa]ction (?:on|for)\b))(?i:action items?|actions?|to-?do) (?:for|on) [*_]*(?:the )?"
    rf"(?P<who>{NAMES_PATTERN})[*_]* to [a-z]"
)
# What begins such a task is no mark of what follows: "Ana: Follow up on Harbour School".
MARK_LIKE_TASK_PATTERN = re.compile(r"follow[ -]?up\b(?!\s?:)", re.IGNORECASE)


def find_owners_before_reference(phrase: str) -> tuple[str, ...]:
    """The owners whom the words before such a mark name, or before a colon: "Ana: follow up on the fence"."""
    named = LEADING_NAMES_PATTERN.match(phrase)
    if named and MARK_LIKE_TASK_PATTERN.match(phrase, named.end()) and not LABEL_START_PATTERN.match(phrase):
        return split_owner_names(named["bracket"] or named["who"])
    if bracketed := BRACKETED_TASK_PATTERN.search(phrase):
        return split_owner_names(bracketed["who"])
    match = REFERENCE_END_PATTERN.match(phrase)
    return find_owners(match["task"], is_list_entry=True) if match else ()
