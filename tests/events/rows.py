"""For each route of events with arguments, what the walks fill in: see `tests/rows.py`."""

from typing import Any

from jukwaa.events.models import Host, Occurrence, Pledge
from tests.row_builders import Rows, build_rows_of_kind, build_sample_rows
from tests.world import World


def list_varied_occurrence_rows(world: World) -> list[dict[str, Any]]:
    """Of events in every label and in every state."""
    found = Occurrence.objects.filter(event__in=[event.pk for event in world.list_varied_records("event")])
    return [{"pk": event, "occurrence": pk} for event, pk in found.values_list("event", "pk")]


def list_example_occurrence_rows(world: World) -> list[dict[str, Any]]:
    found = Occurrence.objects.filter(event__in=[event.pk for event in world.list_example_records("event")])
    return [{"pk": event, "occurrence": pk} for event, pk in found.values_list("event", "pk")]


def list_example_host_rows(world: World) -> list[dict[str, Any]]:
    found = Host.objects.filter(occurrence__event__in=[event.pk for event in world.list_example_records("event")])
    rows = found.values_list("occurrence__event", "occurrence", "pk")
    return [{"pk": event, "occurrence": occurrence, "host": pk} for event, occurrence, pk in rows]


def list_example_pledge_rows(world: World) -> list[dict[str, Any]]:
    events = [event.pk for event in world.list_example_records("event")]
    return [{"pk": pk} for pk in Pledge.objects.filter(occurrence__event__in=events).values_list("pk", flat=True)]


def list_varied_pledge_rows(world: World) -> list[dict[str, Any]]:
    events = [event.pk for event in world.list_varied_records("event")]
    found = Pledge.objects.filter(occurrence__event__in=events)
    return [{"pk": event, "pledge": pk} for event, pk in found.values_list("occurrence__event", "pk")]


ROWS_BY_ROUTE: dict[str, Rows] = {
    "events:event_detail": build_rows_of_kind("event"),
    **{f"events:{form}": build_sample_rows("event") for form in ("event_edit", "occurrence_new")},
    **{f"events:{page}": list_varied_occurrence_rows for page in ("occurrence_detail", "pledge_list", "year_detail")},
    **{
        f"events:{form}": list_example_occurrence_rows
        for form in ("occurrence_edit", "occurrence_cancel", "host_list", "call_edit", "pledge_new", "took_part")
    },
    "events:host_remove": list_example_host_rows,
    "events:pledge_place": list_varied_pledge_rows,
    **{f"events:{form}": list_example_pledge_rows for form in ("pledge_edit", "pledge_take_back", "feedback")},
}
