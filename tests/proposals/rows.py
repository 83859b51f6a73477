"""For each address of calls with a name, what the walks fill in: see `tests/rows.py`."""

from typing import Any

from jukwaa.proposals.models import CallFile
from tests.proposals.test_call_files import WHOLE
from tests.spread import Rows
from tests.world import World

NAME = "igf-2027-workshop"


def calls(world: World) -> list[dict[str, Any]]:
    """One that Jukwaa ships with, and one that the coalition has added."""
    CallFile.objects.get_or_create(coalition=world.coalition, name=NAME, defaults={"text": WHOLE})
    return [{"name": NAME}, {"name": "igf-2023-workshop"}]


ROWS: dict[str, Rows] = dict.fromkeys(
    [f"proposals:{name}" for name in ("call_detail", "call_file", "call_remove")], calls
)
