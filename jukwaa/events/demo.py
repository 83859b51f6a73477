"""Safer Internet Day in the demo: its days, the call of 2010 from the report, and the one for the coming February.

Who takes part is made up, and says so. Only what was told of the year before is lent some time: nobody had pledged it.
"""

from datetime import date

from django.utils import timezone

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.events import actions
from jukwaa.events.actions import Asked, Promise, When
from jukwaa.events.models import Event, Occurrence, Reach
from jukwaa.events.rules import SAFER_INTERNET_DAY, days_of, next_day
from jukwaa.records.demo_parts import Demo, Row, demo_parts, read_demo_data

SAID = ("activity", "audience", "country", "language", "partners", "contact_role")


@demo_parts.register(90)
def announce_safer_internet_day(demo: Demo) -> None:
    demo.say("Announcing Safer Internet Day ...")
    said = read_demo_data("jukwaa.events", "events.toml")
    event = _announce(demo, said["event"])
    for day in said["event"]["seen"]:
        _add(demo, event, date.fromisoformat(day))
    _call_of_2010(demo, event, said["call-of-2010"])
    _tell_of_last_year(demo, event, said["told"])
    _call(demo, event, said)


def _announce(demo: Demo, row: Row) -> Event:
    day = next_day(SAFER_INTERNET_DAY, timezone.localdate())
    told = {name: row[name] for name in ("title", "summary", "organiser_name", "website")}
    event = actions.announce_event(
        actor=demo.rapporteur,
        coalition=demo.coalition,
        when=When(day, day),
        told={**told, "reach": Reach.COUNTRIES, "rule": SAFER_INTERNET_DAY},
        areas=list(AreaOfWork.objects.filter(coalition=demo.coalition, name__in=row["areas"])),
        began_as=demo.records[row["entry"]],
    )
    event.coalition = demo.coalition
    return event


def _add(demo: Demo, event: Event, day: date, note: str = "") -> Occurrence:
    there = event.occurrences.filter(starts_on=day).first()
    occurrence = there or actions.add_date(actor=demo.rapporteur, event=event, when=When(day, day, note=note))
    occurrence.event = event
    return occurrence


def _call_of_2010(demo: Demo, event: Event, row: Row) -> None:
    occurrence = _add(demo, event, date.fromisoformat(row["day"]), row["note"])
    actions.call_to_take_part(
        actor=demo.rapporteur,
        occurrence=occurrence,
        asked=Asked(row["asks"], row["of_whom"]),
        from_version=occurrence.version,
        called_on=date.fromisoformat(row["called_on"]),
    )


def _tell_of_last_year(demo: Demo, event: Event, rows: list[Row]) -> None:
    today = timezone.localdate()
    last = days_of(SAFER_INTERNET_DAY, today.replace(year=today.year - 1, day=1), today)[-1]
    occurrence = _add(demo, event, last)
    for row in rows:
        person, organisation = demo.speakers[row["who"]]
        told = {name: row[name] for name in row if name not in ("who", *SAID)}
        promise = Promise(row["done"], row["audience"], row["country"])
        actions.tell_of_taking_part(
            actor=person, occurrence=occurrence, organisation=organisation, promise=promise, told=told
        )


def _call(demo: Demo, event: Event, said: Row) -> None:
    coming = event.occurrences.filter(starts_on__gte=timezone.localdate()).order_by("starts_on")[0]
    coming.event = event
    actions.call_to_take_part(
        actor=demo.rapporteur,
        occurrence=coming,
        asked=Asked(**said["call"]),
        from_version=coming.version,
        materials=[demo.records[key] for key in said["event"]["materials"]],
    )
    for row in said["hosts"]:
        actions.add_host(actor=demo.rapporteur, occurrence=coming, **row)
    for row in said["pledges"]:
        person, organisation = demo.speakers[row["who"]]
        promise = Promise(**{name: row[name] for name in SAID if name in row})
        actions.pledge(actor=person, occurrence=coming, organisation=organisation, promise=promise)
