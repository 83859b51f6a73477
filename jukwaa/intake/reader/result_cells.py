"""Sentences in a cell that may hold decisions and tasks alike: "Agreed that ... Ana to send the list by 3 May"."""

import re

from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.cue import STRONG
from jukwaa.intake.reader.deadlines import find_deadline
from jukwaa.intake.reader.inferred_columns import starts_with_verb
from jukwaa.intake.reader.lexicon import FINITE_VERB_PATTERN
from jukwaa.intake.reader.markers import NAMES_PATTERN, find_owners, split_owner_names
from jukwaa.intake.reader.names import is_full_name
from jukwaa.intake.reader.owner_cells import parse_owner_cell
from jukwaa.intake.reader.passage import SentenceUnit
from jukwaa.intake.reader.task_cells import is_empty_cell
from jukwaa.intake.reader.tasks import parse_known_names
from jukwaa.intake.reader.translation_marker import gettext_noop as _

RESULT_COLUMN = "result"
ASSIGNEE_COLUMN = "assignee"  # who does what the discussion beside it leaves to do
KINDS_IN_RESULT_CELLS = frozenset({"decision", "commitment", "next_meeting"})
DECISION_REASON = _("the sentence is in a column of decisions")
TASK_REASON = _("the sentence is a row of a table of actions")
# "Bento Ruiz envia o caderno até 20 de maio": a name, a verb, and somewhere a deadline.
NAMED_TASK_PATTERN = re.compile(rf"\W*(?P<who>{NAMES_PATTERN}),? (?=[^\W\d_A-Z]{{3,}}\b)")
# "The order is to be placed", "Members were asked to send comments"
LEFT_TO_DO_PATTERN = re.compile(r"\b(?:is|are|was|were) (?:asked |requested |invited )?to [a-z]{2,}", re.IGNORECASE)


def resolve_result_cell_claims(unit: SentenceUnit, claims: list[Claim]) -> list[Claim]:
    """The claims of a sentence in a cell of results: a decision or a task, even if its words name neither."""
    if unit.passage.column != RESULT_COLUMN:
        return _add_assigned_task(unit, claims) if unit.passage.column == ASSIGNEE_COLUMN else claims
    found = [claim for claim in claims if claim.kind in KINDS_IN_RESULT_CELLS]
    if is_empty_cell(unit.quote):
        return []
    if any(claim.strength == STRONG for claim in found) or any(claim.kind == "next_meeting" for claim in found):
        return found
    if owners := find_owners(unit.quote, is_list_entry=True) or _find_named_owners(unit):
        names = tuple(name for owner in owners for name in parse_owner_cell(owner))
        return [Claim("commitment", STRONG, TASK_REASON, names)]
    begins_with_verb = starts_with_verb(unit.quote) and not FINITE_VERB_PATTERN.search(unit.quote)
    if begins_with_verb or any(claim.kind == "commitment" for claim in found):
        return [Claim("commitment", STRONG, TASK_REASON, unit.passage.assignees)]
    return [Claim("decision", STRONG, DECISION_REASON)]


def _add_assigned_task(unit: SentenceUnit, claims: list[Claim]) -> list[Claim]:
    """The claims of a sentence beside a cell that names who acts: a task, where it leaves something to do."""
    if any(claim.kind in KINDS_IN_RESULT_CELLS for claim in claims) or not LEFT_TO_DO_PATTERN.search(unit.quote):
        return claims
    return [Claim("commitment", STRONG, TASK_REASON, unit.passage.assignees)]


def _find_named_owners(unit: SentenceUnit) -> tuple[str, ...]:
    named = NAMED_TASK_PATTERN.match(unit.quote)
    if named is None:
        return ()
    names = split_owner_names(named["who"])
    are_people = bool(parse_known_names(named["who"], unit.people)) or all(map(is_full_name, names))
    return names if are_people and find_deadline(unit.quote) else ()
