"""Silence procedures whose meeting, text or readers change before the outcome is declared."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.drafting import actions as drafting
from jukwaa.drafting.models import Clause, Placement, Text
from jukwaa.meetings import actions
from jukwaa.meetings.models import Entry, Idea, Minutes, Part
from jukwaa.records.models import Record
from tests.drafting.consensus import days_from_now
from tests.meetings.silence import WORDING, declare_result, end_call, get_refusal, propose_text, respond


@pytest.fixture
def call(released, coordinator, meeting):
    return propose_text(coordinator, meeting)


@pytest.fixture
def members_call(released, coordinator, meeting):
    """On a decision that began as a record for members, with a meeting that everyone can read."""
    origin = actions.record_entry(actor=coordinator, meeting=meeting, kind="report", text="For members alone.")
    Record.objects.filter(pk=origin.pk).update(label="TLP:GREEN")
    origin.refresh_from_db()
    call = propose_text(coordinator, meeting, origin=origin)
    assert (meeting.label, call.text.label) == ("TLP:CLEAR", "TLP:GREEN")
    return call


def edit_text(coordinator, call, body):
    clause = Clause.objects.get(text=call.text_id)
    digest = Placement.objects.now(call.text).get(clause=clause).wording.digest
    clause.text = call.text
    drafting.write_clause_body(actor=coordinator, clause=clause, body=body, from_digest=digest)


def test_decision_from_members_record_is_for_members(client, coordinator, members_call):
    declare_result(coordinator, end_call(members_call), "consensus")

    assert Entry.objects.get(kind="decision").label == "TLP:GREEN"
    assert WORDING not in client.get(reverse("meetings:decision_list", args=["ours"])).text


def test_approval_keeps_decision_for_members(coordinator, meeting, members_call):
    Minutes.objects.create(meeting=meeting)
    declare_result(coordinator, end_call(members_call), "consensus")
    actions.approve_minutes(actor=coordinator, meeting=meeting)

    assert Entry.objects.get(kind="decision").label == "TLP:GREEN"


def test_decision_from_draft_minutes_opens_with_them(coordinator, meeting, released):
    Minutes.objects.create(meeting=meeting)
    origin = actions.record_entry(actor=coordinator, meeting=meeting, kind="report", text="To be opened.")
    call = propose_text(coordinator, meeting, origin=origin)
    declare_result(coordinator, end_call(call), "consensus")
    actions.approve_minutes(actor=coordinator, meeting=meeting)

    assert Entry.objects.get(kind="decision").label == "TLP:CLEAR"


def test_decision_for_members_is_not_on_public_agenda(coordinator, coalition, member, members_call):
    actions.create_meeting_record(
        actor=coordinator,
        coalition=coalition,
        title="The next one",
        published=True,
        starts_on=timezone.localdate() + timedelta(days=30),
    )
    respond(member, members_call, None, "procedure", "We should discuss this.")
    declare_result(coordinator, members_call, "to-meeting")

    assert Idea.objects.get().label == "TLP:GREEN"
    assert not Part.objects.filter(title=WORDING).exists()


def test_title_type_and_readers_of_decision_are_fixed(client, call, coordinator):
    client.force_login(coordinator)
    url = reverse("drafting:text_edit", args=["ours", call.text_id])
    fields = client.get(url).context["form"].fields
    client.post(url, {"title": "Another", "form": "statement", "label": "TLP:GREEN", "language": "en", "version": 1})

    assert not {"title", "form", "label", "organisations", "persons"} & fields.keys()
    text = Text.objects.get(pk=call.text_id)
    assert (text.title, text.form, text.label) == (WORDING, "decision", "TLP:CLEAR")
    for changes in ({"title": "Another"}, {"form": "statement"}, {"label": "TLP:GREEN"}):
        edit = {"actor": coordinator, "text": text, "changed_fields": changes, "from_version": text.version}
        assert "You cannot change" in get_refusal(drafting.change_text, **edit)


def test_decision_has_title_of_adopted_text(call, coordinator):
    edit_text(coordinator, call, "Within six weeks.")
    new = drafting.restart_call(
        actor=coordinator, call=call, reason="Six weeks, as proposed.", closes_at=days_from_now(14)
    )
    assert Text.objects.get(pk=call.text_id).title == "Within six weeks."
    declare_result(coordinator, end_call(new), "consensus")

    assert Entry.objects.get(kind="decision").title == "Within six weeks."
