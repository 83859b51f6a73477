"""Ideas in the demo, one in each state: `demo.py` registers them."""

from datetime import timedelta

from django.utils import timezone

from jukwaa.meetings.actions import create_meeting_record
from jukwaa.meetings.actions.idea_answers import decline_idea, put_idea_on_agenda, record_idea_outcome
from jukwaa.meetings.actions.idea_merges import accept_idea_merge, request_idea_merge
from jukwaa.meetings.actions.ideas import suggest_idea, support_idea
from jukwaa.meetings.models import Idea, Meeting
from jukwaa.meetings.planned_meetings import find_planned_meetings
from jukwaa.records.demo_parts import Demo, Row, read_demo_data
from jukwaa.records.models import Label, Record


def suggest_demo_ideas(demo: Demo) -> None:
    demo.say("Suggesting ideas for the next meeting ...")
    said = read_demo_data("jukwaa.meetings", "ideas.toml")
    meeting = find_planned_meetings(demo.rapporteur, demo.coalition).first() or _create_meeting_for_ideas(
        demo, said["meeting"]
    )
    ideas = {row["key"]: _suggest_demo_idea(demo, row) for row in said["ideas"]}
    for row in said["ideas"]:
        _answer_demo_idea(demo, row, ideas, meeting)


def _create_meeting_for_ideas(demo: Demo, demo_row: Row) -> Meeting:
    return create_meeting_record(
        actor=demo.rapporteur,
        coalition=demo.coalition,
        title=demo_row["title"],
        published=True,
        place=demo_row["place"],
        starts_on=timezone.localdate() + timedelta(days=demo_row["days"]),
    )


def _suggest_demo_idea(demo: Demo, demo_row: Row) -> Idea:
    person, organisation = demo.speakers[demo_row["who"]]
    idea = suggest_idea(
        actor=person,
        coalition=demo.coalition,
        title=demo_row["title"],
        summary=demo_row.get("summary", ""),
        timeframe=demo_row["timeframe"],
        label=Label.CLEAR,
        organisation=organisation,
        origin=demo.records[demo_row["entry"]] if "entry" in demo_row else None,
    )
    for name in demo_row["supporters"]:
        supporter, organisation = demo.speakers[name]
        support_idea(actor=supporter, idea=idea, organisation=organisation)
    return idea


def _answer_demo_idea(demo: Demo, demo_row: Row, ideas_by_title: dict[str, Idea], meeting: Meeting) -> None:
    coordinator, idea = demo.coordinator, ideas_by_title[demo_row["key"]]
    if "agenda_item" in demo_row:
        put_idea_on_agenda(actor=coordinator, idea=idea, meeting=meeting, title=demo_row["agenda_item"])
    if "became" in demo_row:
        record = Record.objects.get(coalition=demo.coalition, title=demo_row["became"])
        record_idea_outcome(actor=coordinator, idea=idea, record=record)
    if "declined" in demo_row:
        decline_idea(actor=coordinator, idea=idea, reason=demo_row["declined"])
    if other := demo_row.get("merged_into") or demo_row.get("asks_to_merge_into"):
        request = request_idea_merge(
            actor=demo.speakers[demo_row["who"]][0], idea=idea, target_idea=ideas_by_title[other]
        )
        if "merged_into" in demo_row:
            accept_idea_merge(actor=coordinator, request=request)
