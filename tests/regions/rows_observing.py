"""For each route of observations with arguments, what the walks fill in: see `tests/rows.py`."""

from typing import Any

from jukwaa.library.models import Item
from jukwaa.regions.models import Voice
from jukwaa.regions.observation_issues import build_issue_slug
from tests.row_builders import Rows, build_sample_rows
from tests.world import World


def list_issue_rows(world: World) -> list[dict[str, Any]]:
    """Of observations in every label and in every state."""
    found = Item.objects.filter(pk__in=[record.pk for record in world.list_all_records("regional-observation")])
    return [{"issue": build_issue_slug(item.details["issue"])} for item in found]


def list_voice_rows(world: World) -> list[dict[str, Any]]:
    records = [record.pk for record in world.list_example_records("regional-observation")]
    return [{"pk": pk} for pk in Voice.objects.filter(item__in=records).values_list("pk", flat=True)]


OBSERVATION_ROWS: dict[str, Rows] = {
    "regions:issue_detail": list_issue_rows,
    "regions:voice_new": build_sample_rows("regional-observation"),
    "regions:voice_change": list_voice_rows,
    "regions:voice_take_back": list_voice_rows,
}
