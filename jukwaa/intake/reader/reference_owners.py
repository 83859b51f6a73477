"""Owners of a task that is told before its mark: "Ana to invite the host (Action 2.5)"."""

import re

from jukwaa.intake.reader.markers import find_owners

REFERENCE_END_PATTERN = re.compile(
    r"^(?P<task>.{8,}?)\s*[(\[](?:new )?(?:action|task|AI|AP)(?: (?:item|point))?[ -]?(?:no\.? )?#?[A-Z]{0,3}-?\d[\w./-]*[)\]]\W*$",
    re.IGNORECASE | re.DOTALL,
)


def find_owners_before_reference(phrase: str) -> tuple[str, ...]:
    """The owners whom the words before such a mark name."""
    match = REFERENCE_END_PATTERN.match(phrase)
    return find_owners(match["task"], is_list_entry=True) if match else ()
