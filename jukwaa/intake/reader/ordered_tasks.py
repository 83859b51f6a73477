"""What a body orders in the words of boards and parliaments: "Ordered: The Clerk to write to the members by May"."""

import re

from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.cue import STRONG
from jukwaa.intake.reader.deadlines import find_deadline
from jukwaa.intake.reader.markers import find_owners
from jukwaa.intake.reader.translation_marker import gettext_noop as _

ORDERED_TASK_PATTERN = re.compile(
    r"\W*(?:it (?:is|was) )?(?:ordered|directed|instructed|tasked|mandated)\s?[:–—-]\s*"
    r"(?P<task>(?:that )?(?:the )?(?:hon(?:\.|ourable)? )?(?:members? (?=(?-i:[A-ZÀ-Þ])))?(?P<who>\w[^:;.]{1,80}?) "
    r"(?:to|shall|do|will) (?P<verb>[a-z]{2,}\b.{3,}))",
    re.IGNORECASE | re.DOTALL,
)


def build_ordered_task_claim(phrase: str) -> Claim | None:
    """The commitment of a sentence that begins with "Ordered:" and says who is to do what; else None."""
    match = ORDERED_TASK_PATTERN.match(phrase)
    if match is None:
        return None
    named = phrase[match.start("who") : match.end()]
    owners = find_owners(f"ACTION: {named}", is_list_entry=True)
    why = _("the sentence is marked as an action")
    return Claim("commitment", STRONG, why, owners, due=find_deadline(named), words=match["task"].strip())
