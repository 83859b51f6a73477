"""A poll for the time of a meeting, open now: some members have answered, from time zones around the world."""

from datetime import date, time, timedelta

from django.utils import timezone

from jukwaa.meetings import actions
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.participants import find_people_with_seat
from jukwaa.records.demo_parts import Demo, read_demo_data


def create_time_poll(demo: Demo) -> None:
    demo.say("Opening a poll for the time of a meeting ...")
    said = read_demo_data("jukwaa.meetings", "polls.toml")
    monday = _get_monday_in_weeks(said["weeks_ahead"])
    meeting = actions.create_meeting_record(
        actor=demo.coordinator,
        coalition=demo.coalition,
        title=said["title"],
        summary=said["summary"],
        published=True,
        starts_on=monday.replace(day=1),
        precision=Meeting.Precision.MONTH,
        place="Online",
        joining_link=said["joining_link"],
    )
    poll = actions.open_time_poll(
        actor=demo.coordinator,
        meeting=meeting,
        offered=[
            actions.OfferedTime(monday + timedelta(days=row["day"]), time.fromisoformat(row["time"]))
            for row in said["options"]
        ],
        time_zone=said["time_zone"],
        duration=said["duration"],
        closes_on=timezone.localdate() + timedelta(days=said["closes_in_days"]),
    )
    members = sorted(find_people_with_seat(demo.coalition), key=lambda person: person.pk)
    for number, person in enumerate(members):
        if person not in (demo.coordinator, demo.rapporteur):
            person.time_zone = said["zones"][number % len(said["zones"])]
            person.save(update_fields=["time_zone"])
    for person, answers in zip(members[1:], said["answers"], strict=False):
        numbered = dict(enumerate(answers, start=1))
        actions.answer_time_poll(actor=person, poll=poll, answers_by_option=numbered)


def _get_monday_in_weeks(weeks_ahead: int) -> date:
    day = timezone.localdate() + timedelta(weeks=weeks_ahead)
    return day - timedelta(days=day.weekday())
