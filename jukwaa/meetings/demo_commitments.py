"""Commitments of the demo in every state, and offers and requests, by the ordinary actions."""

from datetime import timedelta

from django.utils import timezone

from jukwaa.meetings import actions
from jukwaa.meetings.models import Commitment, Entry, Meeting
from jukwaa.records.demo_parts import Demo, Row, read_demo_data


def create_demo_commitments(demo: Demo) -> None:
    demo.say("Making commitments, and following them up ...")
    said = read_demo_data("jukwaa.meetings", "commitments.toml")
    call = _create_past_demo_meeting(demo, said["meeting"])
    for row in said["commitments"]:
        _update_demo_commitment(demo, _create_demo_commitment(demo, call, row), row)
    for row in said["responses"]:
        _create_demo_offer_or_request(demo, call, row)
    for text in said["meeting"]["carried_forward"]:
        _carry_demo_commitment_forward(demo, text, call)


def _create_past_demo_meeting(demo: Demo, demo_row: Row) -> Meeting:
    return actions.create_meeting_record(
        actor=demo.rapporteur,
        coalition=demo.coalition,
        title=demo_row["title"],
        summary=demo_row["summary"],
        starts_on=timezone.localdate() - timedelta(days=demo_row["days_ago"]),
        published=True,
    )


def _create_demo_commitment(demo: Demo, call: Meeting, demo_row: Row) -> Commitment:
    _person, organisation = demo.speakers[demo_row["owner"]]
    entry = actions.record_entry(
        actor=demo.rapporteur,
        meeting=call,
        kind="commitment",
        text=demo_row["text"],
        owner=(organisation.name, organisation),
        due_on=timezone.localdate() + timedelta(days=demo_row["due"]),
    )
    return Commitment.objects.get(entry=entry)


def _update_demo_commitment(demo: Demo, commitment: Commitment, demo_row: Row) -> None:
    owner, _organisation = demo.speakers[demo_row["owner"]]
    if "declined" in demo_row:
        actions.decline_commitment_ownership(actor=owner, commitment=commitment, note=demo_row["declined"])
    if not demo_row.get("confirmed"):
        return
    actions.confirm_commitment_owner(actor=owner, commitment=commitment)
    if "progress" in demo_row:
        actions.set_commitment_progress(
            actor=owner,
            commitment=commitment,
            progress=demo_row["progress"],
            note=demo_row["note"],
            evidence=demo_row.get("evidence", ""),
        )
    if "handed_to" in demo_row:
        _person, organisation = demo.speakers[demo_row["handed_to"]]
        actions.propose_commitment_owner(
            actor=owner, commitment=commitment, owner_voice=(organisation.name, organisation)
        )


def _create_demo_offer_or_request(demo: Demo, call: Meeting, demo_row: Row) -> None:
    entry = actions.record_entry(actor=demo.rapporteur, meeting=call, kind=demo_row["kind"], text=demo_row["text"])
    if "by" in demo_row:
        person, organisation = demo.speakers[demo_row["by"]]
        actions.respond_to_entry(actor=person, entry=entry, response=demo_row["response"], organisation=organisation)
    elif "response" in demo_row:
        actions.respond_to_entry(actor=demo.rapporteur, entry=entry, response=demo_row["response"])


def _carry_demo_commitment_forward(demo: Demo, text: str, call: Meeting) -> None:
    """Into the call, and into the next meeting once one is planned."""
    entry = Entry.objects.select_related("commitment").get(coalition=demo.coalition, kind="commitment", text=text)
    upcoming = Meeting.objects.of(demo.coalition).filter(starts_on__gt=timezone.localdate()).order_by("order_day")
    for meeting in [call, *upcoming[:1]]:
        actions.carry_commitment_forward(actor=demo.rapporteur, commitment=entry.commitment, meeting=meeting)
