"""For each address of agendas with arguments, what the walks fill in: see `rows.py`."""

from typing import Any

from jukwaa.meetings.models import MemberUpdate, Paper, Part
from tests.row_builders import Rows, build_rows_of_kind, build_sample_rows
from tests.world import World


def list_agenda_item_rows(world: World) -> list[dict[str, Any]]:
    parts = Part.objects.filter(
        meeting__in=[record.pk for record in world.list_example_records("meeting")], holds_updates=False
    )
    return [{"pk": meeting, "item": pk} for meeting, pk in parts.values_list("meeting", "pk")]


def list_agenda_paper_rows(world: World) -> list[dict[str, Any]]:
    papers = Paper.objects.filter(part__meeting__in=[record.pk for record in world.list_example_records("meeting")])
    return [{"pk": meeting, "paper": pk} for meeting, pk in papers.values_list("part__meeting", "pk")]


def list_member_update_rows(world: World) -> list[dict[str, Any]]:
    updates = MemberUpdate.objects.filter(meeting__in=[record.pk for record in world.list_example_records("meeting")])
    return [{"pk": meeting, "update": pk} for meeting, pk in updates.values_list("meeting", "pk")]


AGENDA_ROWS: dict[str, Rows] = {
    "meetings:agenda_detail": build_rows_of_kind("meeting"),
    "meetings:meeting_copy": build_sample_rows("meeting"),
    **{
        f"meetings:agenda_{verb}": build_sample_rows("meeting")
        for verb in ("copy", "paste", "suggestions", "ready", "unready", "send")
    },
    "meetings:agenda_item_new": build_sample_rows("meeting"),
    **{f"meetings:agenda_item_{verb}": list_agenda_item_rows for verb in ("edit", "up", "down", "remove")},
    "meetings:paper_new": list_agenda_item_rows,
    **{f"meetings:paper_{verb}": list_agenda_paper_rows for verb in ("edit", "remove")},
    "meetings:update_send": build_sample_rows("meeting"),
    "meetings:update_remove": list_member_update_rows,
}
PUBLIC_AGENDA_ROUTES = {"meetings:agenda_detail": "visitors read the agenda of a meeting once it has been sent"}
