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
from tests.drafting.consensus import get_moment_days_from_now
from tests.meetings.silence_steps import (
    DECISION_WORDING,
    declare_silence_outcome,
    end_silence_call,
    get_action_refusal_text,
    propose_silence_call,
    take_silence_position,
)


@pytest.fixture
def silence_call(mailing_coalition, coordinator, meeting):
    return propose_silence_call(coordinator, meeting)


@pytest.fixture
def members_only_call(mailing_coalition, coordinator, meeting):
    """On a decision that began as a record for members, with a meeting that everyone can read."""
    origin = actions.record_entry(actor=coordinator, meeting=meeting, kind="report", text="For members alone.")
    Record.objects.filter(pk=origin.pk).update(label="TLP:GREEN")
    origin.refresh_from_db()
    call = propose_silence_call(coordinator, meeting, origin=origin)
    assert (meeting.label, call.text.label) == ("TLP:CLEAR", "TLP:GREEN")
    return call


def edit_call_text(coordinator, call, clause_body):
    clause = Clause.objects.get(text=call.text_id)
    digest = Placement.objects.now(call.text).get(clause=clause).wording.digest
    clause.text = call.text
    drafting.write_clause_body(actor=coordinator, clause=clause, clause_body=clause_body, from_digest=digest)


def test_decision_from_members_record_is_for_members(client, coordinator, members_only_call):
    declare_silence_outcome(coordinator, end_silence_call(members_only_call), "consensus")

    assert Entry.objects.get(kind="decision").label == "TLP:GREEN"
    assert DECISION_WORDING not in client.get(reverse("meetings:decision_list", args=["ours"])).text


def test_minutes_approval_does_not_open_members_only_decision(coordinator, meeting, members_only_call):
    Minutes.objects.create(meeting=meeting)
    declare_silence_outcome(coordinator, end_silence_call(members_only_call), "consensus")
    actions.approve_minutes(actor=coordinator, meeting=meeting)

    assert Entry.objects.get(kind="decision").label == "TLP:GREEN"


def test_decision_in_draft_minutes_is_published_with_minutes(coordinator, meeting, mailing_coalition):
    Minutes.objects.create(meeting=meeting)
    origin = actions.record_entry(actor=coordinator, meeting=meeting, kind="report", text="To be opened.")
    call = propose_silence_call(coordinator, meeting, origin=origin)
    declare_silence_outcome(coordinator, end_silence_call(call), "consensus")
    actions.approve_minutes(actor=coordinator, meeting=meeting)

    assert Entry.objects.get(kind="decision").label == "TLP:CLEAR"


def test_decision_for_members_is_not_on_public_agenda(coordinator, coalition, member, members_only_call):
    actions.create_meeting_record(
        actor=coordinator,
        coalition=coalition,
        title="The next one",
        published=True,
        starts_on=timezone.localdate() + timedelta(days=30),
    )
    take_silence_position(member, members_only_call, None, "procedure", "We should discuss this.")
    declare_silence_outcome(coordinator, members_only_call, "to-meeting")

    assert Idea.objects.get().label == "TLP:GREEN"
    assert not Part.objects.filter(title=DECISION_WORDING).exists()


def test_title_type_and_readers_of_decision_are_fixed(client, silence_call, coordinator):
    client.force_login(coordinator)
    url = reverse("drafting:text_edit", args=["ours", silence_call.text_id])
    fields = client.get(url).context["form"].fields
    client.post(url, {"title": "Another", "form": "statement", "label": "TLP:GREEN", "language": "en", "version": 1})

    assert not {"title", "form", "label", "organisations", "persons"} & fields.keys()
    text = Text.objects.get(pk=silence_call.text_id)
    assert (text.title, text.form, text.label) == (DECISION_WORDING, "decision", "TLP:CLEAR")
    for changes in ({"title": "Another"}, {"form": "statement"}, {"label": "TLP:GREEN"}):
        edit = {"actor": coordinator, "text": text, "changed_fields": changes, "from_version": text.version}
        assert "You cannot change" in get_action_refusal_text(drafting.change_text, **edit)


def test_decision_has_title_of_adopted_text(silence_call, coordinator):
    edit_call_text(coordinator, silence_call, "Within six weeks.")
    new = drafting.restart_consensus_call(
        actor=coordinator, call=silence_call, reason="Six weeks, as proposed.", closes_at=get_moment_days_from_now(14)
    )
    assert Text.objects.get(pk=silence_call.text_id).title == "Within six weeks."
    declare_silence_outcome(coordinator, end_silence_call(new), "consensus")

    assert Entry.objects.get(kind="decision").title == "Within six weeks."
