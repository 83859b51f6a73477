"""Safer Internet Day in the demo: its days, the call of 2010 from the report, and the one for the coming February.

Who takes part is made up, and says so. Only what was told of the year before is lent some time: nobody had pledged it.
"""

from datetime import date

from django.utils import timezone

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.events import actions
from jukwaa.events.actions import CallDetails, OccurrenceDetails, PledgeDetails
from jukwaa.events.models import Event, EventReach, Occurrence
from jukwaa.events.recurrence import SAFER_INTERNET_DAY_RULE, find_next_date, list_recurring_dates
from jukwaa.records.demo_parts import (
    Demo,
    Row,
    demo_part_registry,
    mark_part_as_factual,
    mark_records_as_examples,
    read_demo_data,
)

DEMO_PLEDGE_FIELDS = ("activity", "audience", "country", "language", "partners", "contact_role")


@demo_part_registry.register(90)
@mark_part_as_factual
def announce_safer_internet_day(demo: Demo) -> None:
    demo.say("Announcing Safer Internet Day ...")
    said = read_demo_data("jukwaa.events", "events.toml")
    event = _announce_demo_event(demo, said["event"])
    for day in said["event"]["seen"]:
        _get_or_add_occurrence(demo, event, date.fromisoformat(day))
    _add_call_of_2010(demo, event, said["call-of-2010"])
    with mark_records_as_examples():
        _add_last_years_feedback(demo, event, said["told"])
        _call_for_next_occurrence(demo, event, said)


def _announce_demo_event(demo: Demo, demo_row: Row) -> Event:
    day = find_next_date(SAFER_INTERNET_DAY_RULE, timezone.localdate())
    told = {name: demo_row[name] for name in ("title", "summary", "organiser_name", "website")}
    event = actions.announce_event(
        actor=demo.rapporteur,
        coalition=demo.coalition,
        occurrence_details=OccurrenceDetails(day, day),
        details={**told, "reach": EventReach.COUNTRIES, "rule": SAFER_INTERNET_DAY_RULE},
        areas_of_work=list(AreaOfWork.objects.filter(coalition=demo.coalition, name__in=demo_row["areas"])),
        origin_record=demo.records[demo_row["entry"]],
    )
    event.coalition = demo.coalition
    return event


def _get_or_add_occurrence(demo: Demo, event: Event, day: date, occurrence_note: str = "") -> Occurrence:
    there = event.occurrences.filter(starts_on=day).first()
    occurrence = there or actions.add_event_occurrence(
        actor=demo.rapporteur, event=event, occurrence_details=OccurrenceDetails(day, day, note=occurrence_note)
    )
    occurrence.event = event
    return occurrence


def _add_call_of_2010(demo: Demo, event: Event, demo_row: Row) -> None:
    occurrence = _get_or_add_occurrence(demo, event, date.fromisoformat(demo_row["day"]), demo_row["note"])
    actions.call_to_take_part(
        actor=demo.rapporteur,
        occurrence=occurrence,
        call_details=CallDetails(demo_row["asks"], demo_row["of_whom"]),
        from_version=occurrence.version,
        called_on=date.fromisoformat(demo_row["called_on"]),
    )


def _add_last_years_feedback(demo: Demo, event: Event, demo_rows: list[Row]) -> None:
    today = timezone.localdate()
    last = list_recurring_dates(SAFER_INTERNET_DAY_RULE, today.replace(year=today.year - 1, day=1), today)[-1]
    occurrence = _get_or_add_occurrence(demo, event, last)
    for row in demo_rows:
        person, organisation = demo.speakers[row["who"]]
        told = {name: row[name] for name in row if name not in ("who", *DEMO_PLEDGE_FIELDS)}
        promise = PledgeDetails(row["done"], row["audience"], row["country"])
        actions.report_event_participation(
            actor=person, occurrence=occurrence, organisation=organisation, promise=promise, told=told
        )


def _call_for_next_occurrence(demo: Demo, event: Event, demo_call: Row) -> None:
    coming = event.occurrences.filter(starts_on__gte=timezone.localdate()).order_by("starts_on")[0]
    coming.event = event
    actions.call_to_take_part(
        actor=demo.rapporteur,
        occurrence=coming,
        call_details=CallDetails(**demo_call["call"]),
        from_version=coming.version,
        materials=[demo.records[key] for key in demo_call["event"]["materials"]],
    )
    for row in demo_call["hosts"]:
        actions.add_occurrence_host(actor=demo.rapporteur, occurrence=coming, **row)
    for row in demo_call["pledges"]:
        person, organisation = demo.speakers[row["who"]]
        promise = PledgeDetails(**{name: row[name] for name in DEMO_PLEDGE_FIELDS if name in row})
        actions.pledge(actor=person, occurrence=coming, organisation=organisation, promise=promise)
