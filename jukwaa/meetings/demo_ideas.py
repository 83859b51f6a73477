"""Ideas in the demo, one in each state: `demo.py` registers them."""

from datetime import timedelta

from django.utils import timezone

from jukwaa.meetings.actions import create_meeting_record
from jukwaa.meetings.actions.idea_answers import decline_idea, put_on_agenda, record_idea_outcome
from jukwaa.meetings.actions.idea_merges import accept_idea_merge, request_idea_merge
from jukwaa.meetings.actions.ideas import suggest_idea, support_idea
from jukwaa.meetings.models import Idea, Meeting
from jukwaa.meetings.planned_meetings import find_planned_meetings
from jukwaa.records.demo_parts import Demo, Row, read_demo_data
from jukwaa.records.models import Label, Record


def suggest_demo_ideas(demo: Demo) -> None:
    demo.say("Suggesting ideas for the next meeting ...")
    said = read_demo_data("jukwaa.meetings", "ideas.toml")
    meeting = find_planned_meetings(demo.rapporteur, demo.coalition).first() or _plan_meeting_for_idea(
        demo, said["meeting"]
    )
    ideas = {row["key"]: _suggest_demo_idea(demo, row) for row in said["ideas"]}
    for row in said["ideas"]:
        _answer_demo_idea(demo, row, ideas, meeting)


def _plan_meeting_for_idea(demo: Demo, row: Row) -> Meeting:
    return create_meeting_record(
        actor=demo.rapporteur,
        coalition=demo.coalition,
        title=row["title"],
        published=True,
        place=row["place"],
        starts_on=timezone.localdate() + timedelta(days=row["days"]),
    )


def _suggest_demo_idea(demo: Demo, row: Row) -> Idea:
    person, organisation = demo.speakers[row["who"]]
    idea = suggest_idea(
        actor=person,
        coalition=demo.coalition,
        title=row["title"],
        summary=row.get("summary", ""),
        timeframe=row["timeframe"],
        label=Label.CLEAR,
        organisation=organisation,
        origin=demo.records[row["entry"]] if "entry" in row else None,
    )
    for name in row["supporters"]:
        supporter, organisation = demo.speakers[name]
        support_idea(actor=supporter, idea=idea, organisation=organisation)
    return idea


def _answer_demo_idea(demo: Demo, row: Row, ideas: dict[str, Idea], meeting: Meeting) -> None:
    coordinator, idea = demo.coordinator, ideas[row["key"]]
    if "agenda_item" in row:
        put_on_agenda(actor=coordinator, idea=idea, meeting=meeting, title=row["agenda_item"])
    if "became" in row:
        record = Record.objects.get(coalition=demo.coalition, title=row["became"])
        record_idea_outcome(actor=coordinator, idea=idea, record=record)
    if "declined" in row:
        decline_idea(actor=coordinator, idea=idea, reason=row["declined"])
    if other := row.get("merged_into") or row.get("asks_to_merge_into"):
        request = request_idea_merge(actor=demo.speakers[row["who"]][0], idea=idea, into=ideas[other])
        if "merged_into" in row:
            accept_idea_merge(actor=coordinator, request=request)
