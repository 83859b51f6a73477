"""A call of the demo that is open, by a forum that is made up, and a proposal in progress."""

from dataclasses import replace
from datetime import date, time, timedelta
from importlib.resources import files

from django.utils import timezone

from jukwaa.proposals.actions import digest, save_answer, save_call, start_proposal
from jukwaa.proposals.call import Call, DateKind, Deadline, Milestone
from jukwaa.proposals.call_reader import parse_call
from jukwaa.proposals.call_writer import write_call
from jukwaa.proposals.correspondence_demo import add_correspondence
from jukwaa.records.demo_parts import Demo, demo_parts, read_demo_data

SOURCE = "call"
LAST_HOUR, ZONE = time(23, 59), "UTC-11"


@demo_parts.register(125)
def add_call(demo: Demo) -> None:
    demo.say("Adding a call for proposals ...")
    save_call(actor=demo.coordinator, coalition=demo.coalition, text=write_call(_build_call(timezone.localdate())))


def _build_call(today: date) -> Call:
    """Return the call with days around today: its deadline has been moved once."""
    text = files("jukwaa.proposals").joinpath("data/demo/call.toml").read_text(encoding="utf-8")
    first, second = (today + timedelta(days=days) for days in (30, 45))
    deadlines = (
        Deadline(first, LAST_HOUR, ZONE, SOURCE, today - timedelta(days=20)),
        Deadline(second, LAST_HOUR, ZONE, SOURCE, today - timedelta(days=2), "The deadline has been moved."),
    )
    days = {DateKind.OPENS: -20, DateKind.RESULTS: 90, DateKind.CONFIRMATION: 100, DateKind.FREEZE: 120}
    dates = tuple(Milestone(kind, today + timedelta(days=number), source=SOURCE) for kind, number in days.items())
    return replace(parse_call(text), year=second.year, deadlines=deadlines, dates=dates)


@demo_parts.register(126)
def write_proposal(demo: Demo) -> None:
    """A proposal with gaps: its words are made up, and it names nobody."""
    demo.say("Writing a proposal ...")
    said = read_demo_data("jukwaa.proposals", "proposal.toml")
    proposal = start_proposal(
        actor=demo.coordinator, coalition=demo.coalition, call_name=said["call"], title=said["title"]
    )
    for field, answer in said["answers"].items():
        save_answer(actor=demo.coordinator, proposal=proposal, field=field, answer=answer.strip(), seen=digest(None))


demo_parts.register(129)(add_correspondence)
