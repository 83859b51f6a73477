"""For each address of calls with a name, and of proposals, what the walks fill in: see `tests/rows.py`."""

from typing import Any

from jukwaa.proposals.models import CallFile, Submission
from jukwaa.updates.recipients import find_members
from tests.proposals.test_call_files import WHOLE
from tests.spread import Rows, of_kind, some, spread
from tests.world import World

PROPOSAL = "session-proposal"
NAME = "igf-2027-workshop"


def calls(world: World) -> list[dict[str, Any]]:
    """One that Jukwaa ships with, and one that the coalition has added."""
    CallFile.objects.get_or_create(coalition=world.coalition, name=NAME, defaults={"text": WHOLE})
    return [{"name": NAME}, {"name": "igf-2023-workshop"}]


def submitted(world: World) -> list[dict[str, Any]]:
    """Some proposals, of which the first one that most may see has been submitted."""
    rows = some(PROPOSAL)(world)
    Submission.objects.get_or_create(proposal_id=rows[0]["pk"], defaults={"by": find_members(world.coalition)[0]})
    return rows


ROWS: dict[str, Rows] = dict.fromkeys(
    [f"proposals:{name}" for name in ("call_detail", "call_file", "call_remove", "proposal_new")], calls
)
ROWS |= {
    "proposals:proposal_detail": of_kind(PROPOSAL),
    "proposals:proposal_checks": spread(PROPOSAL),
    "proposals:proposal_balance": spread(PROPOSAL),
    "proposals:candidate_list": some(PROPOSAL),
    "proposals:proposal_facts": some(PROPOSAL),
    "proposals:proposal_field": some(PROPOSAL, field="title"),
    "proposals:proposal_join": some(PROPOSAL),
    "proposals:proposal_submit": some(PROPOSAL),
    "proposals:proposal_outcome": submitted,
    "proposals:proposal_text": spread(PROPOSAL),
    "proposals:proposal_json": spread(PROPOSAL),
}
PUBLIC = {"proposals:proposal_detail": "visitors read records that are open to everyone"}
