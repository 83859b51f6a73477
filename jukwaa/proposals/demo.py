"""A call of the demo that is open, by a forum that is made up, and a proposal in progress with its people."""

from dataclasses import replace
from datetime import date, time, timedelta
from importlib.resources import files

from django.utils import timezone

from jukwaa.meetings.models import Entry, EntryKind
from jukwaa.proposals.actions import (
    ParticipantFacts,
    ParticipantStatements,
    answer_invitation,
    hash_json_value,
    invite_participant,
    save_call_file,
    save_proposal_answer,
    start_proposal,
)
from jukwaa.proposals.call import CallDateKind, CallDeadline, CallForProposals, CallMilestone
from jukwaa.proposals.call_parser import parse_call_toml
from jukwaa.proposals.call_writer import format_call_as_toml
from jukwaa.proposals.correspondence_demo import add_demo_correspondence
from jukwaa.proposals.models import Proposal
from jukwaa.records.demo_parts import (
    Demo,
    Row,
    build_demo_address,
    demo_part_registry,
    mark_part_as_factual,
    read_demo_data,
)

DEMO_CALL_SOURCE = "call"
DEADLINE_HOUR, DEADLINE_ZONE = time(23, 59), "UTC-11"


@demo_part_registry.register(125)
def add_demo_call(demo: Demo) -> None:
    demo.say("Adding a call for proposals ...")
    save_call_file(
        actor=demo.coordinator,
        coalition=demo.coalition,
        text=format_call_as_toml(_build_demo_call(timezone.localdate())),
    )


def _build_demo_call(today: date) -> CallForProposals:
    """Return the call with days around today: its deadline has been moved once."""
    text = files("jukwaa.proposals").joinpath("data/demo/call.toml").read_text(encoding="utf-8")
    first, second = (today + timedelta(days=days) for days in (30, 45))
    deadlines = (
        CallDeadline(first, DEADLINE_HOUR, DEADLINE_ZONE, DEMO_CALL_SOURCE, today - timedelta(days=20)),
        CallDeadline(
            second,
            DEADLINE_HOUR,
            DEADLINE_ZONE,
            DEMO_CALL_SOURCE,
            today - timedelta(days=2),
            "The deadline has been moved.",
        ),
    )
    days = {CallDateKind.OPENS: -20, CallDateKind.RESULTS: 90, CallDateKind.CONFIRMATION: 100, CallDateKind.FREEZE: 120}
    dates = tuple(
        CallMilestone(kind, today + timedelta(days=number), source=DEMO_CALL_SOURCE) for kind, number in days.items()
    )
    return replace(parse_call_toml(text), year=second.year, deadlines=deadlines, dates=dates)


@demo_part_registry.register(126)
def add_demo_proposal(demo: Demo) -> None:
    """A proposal with gaps: its words are made up, and it names nobody."""
    demo.say("Writing a proposal ...")
    said = read_demo_data("jukwaa.proposals", "proposal.toml")
    proposal = start_proposal(
        actor=demo.coordinator, coalition=demo.coalition, call_name=said["call"], title=said["title"]
    )
    for field, answer in said["answers"].items():
        save_proposal_answer(
            actor=demo.coordinator, proposal=proposal, field=field, answer=answer.strip(), seen=hash_json_value(None)
        )


@demo_part_registry.register(127)
def add_demo_participants(demo: Demo) -> None:
    """One is provisionally confirmed, one has declined, one has not answered: all of them are made up."""
    demo.say("Inviting people to a session ...")
    proposal = Proposal.objects.of(demo.coalition).in_progress().latest("pk")
    for row in read_demo_data("jukwaa.proposals", "people.toml")["person"]:
        _add_demo_participant(demo, proposal, row)


def _add_demo_participant(demo: Demo, proposal: Proposal, demo_row: Row) -> None:
    facts = ParticipantFacts(
        roles=tuple(demo_row["roles"]),
        name=demo_row["name"],
        address=build_demo_address(demo_row["address"]),
        organisation=demo_row["organisation"],
        message=demo_row["message"],
    )
    invited = invite_participant(actor=demo.coordinator, proposal=proposal, participant_facts=facts)
    if "answer" in demo_row and invited.person is not None:
        answer_invitation(
            actor=invited.person,
            participant=invited,
            participant_answer=demo_row["answer"],
            reason=demo_row.get("reason", ""),
            participant_statements=ParticipantStatements(**demo_row.get("statements", {})),
            is_adult=True,
        )


@demo_part_registry.register(131)
@mark_part_as_factual
def add_promised_proposal(demo: Demo) -> None:
    """The proposal that was promised in 2009, from the sentence of its report. Its fields stay empty."""
    demo.say("Tracing the proposal that was promised in 2009 ...")
    said = read_demo_data("jukwaa.proposals", "promised.toml")
    promised = Entry.objects.filter(
        coalition=demo.coalition, kind=EntryKind.COMMITMENT, text=said["commitment"].strip()
    )
    entry = promised.order_by("meeting__order_day", "pk").first()
    start_proposal(
        actor=demo.coordinator,
        coalition=demo.coalition,
        call_name=said["call"],
        title=said["title"],
        summary=said["summary"].strip(),
        origin=entry,
    )


demo_part_registry.register(129)(add_demo_correspondence)
