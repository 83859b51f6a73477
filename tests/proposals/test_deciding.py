"""Who may submit is a setting; a call for consensus can come first; an accepted proposal becomes a meeting."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jukwaa.coalitions.models import Role
from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting.models import Call, Placement, Text
from jukwaa.meetings.models import Meeting
from jukwaa.proposals.actions import (
    create_meeting_from_proposal,
    join_proposal_team,
    record_proposal_outcome,
    save_call_file,
    save_proposal_answer,
    save_proposal_settings,
    start_consensus_call,
    start_proposal,
    submit_proposal,
)
from jukwaa.proposals.models import Proposal, ProposalSettings
from jukwaa.records.models import Link
from tests.factories import RoleFactory
from tests.proposals.test_proposals import CALL_NAME, CALL_TOML, EMPTY_HASH, build_proposal_url

CALL_CLOSES_AT = timezone.now() + timedelta(days=30)


@pytest.fixture
def proposal(coalition, coordinator):
    save_call_file(actor=coordinator, coalition=coalition, text=CALL_TOML)
    started = start_proposal(actor=coordinator, coalition=coalition, call_name=CALL_NAME, title="Session")
    return save_proposal_answer(
        actor=coordinator, proposal=started, field="description", answer="One\n\nTwo", seen=EMPTY_HASH
    )


@pytest.fixture
def accepted_proposal(coordinator, proposal):
    submit_proposal(actor=coordinator, proposal=proposal)
    record_proposal_outcome(actor=coordinator, proposal=proposal, outcome="accepted", outcome_on=date(2027, 6, 1))
    return Proposal.objects.get()


@pytest.mark.parametrize(
    ("submitter_setting", "allowed_roles"),
    [
        ("chairs", {"coordinator", "chair"}),
        ("coordinators", {"coordinator"}),
        ("team", {"coordinator", "chair", "team"}),
    ],
)
def test_setting_decides_who_can_submit(
    client, coalition, coordinator, rapporteur, member, delegate, proposal, submitter_setting, allowed_roles
):
    RoleFactory(coalition=coalition, person=member, kind=Role.Kind.CHAIR)
    join_proposal_team(actor=rapporteur, proposal=proposal)
    save_proposal_settings(actor=coordinator, coalition=coalition, submitters=submitter_setting, keywords="")
    people = {"coordinator": coordinator, "chair": member, "team": rapporteur, "delegate": delegate}
    found = set()
    for name, person in people.items():
        client.force_login(person)
        if client.get(build_proposal_url("proposal_submit", proposal.pk)).status_code == 200:
            found.add(name)
            assert "Record the submission" in client.get(proposal.get_absolute_url()).text

    assert found == allowed_roles


def test_coordinator_changes_submission_settings(client, coalition, coordinator, member):
    client.force_login(member)
    assert client.get(build_proposal_url("settings_edit")).status_code == 403
    client.force_login(coordinator)
    seen = client.get(build_proposal_url("settings_edit")).context["form"].initial["seen"]
    words = {"submitters": "team", "keywords": "child safety", "seen": seen}
    assert "Settings saved." in client.post(build_proposal_url("settings_edit"), words, follow=True).text
    stale = client.post(build_proposal_url("settings_edit"), words | {"submitters": "coordinators"})

    assert stale.status_code == 409
    assert ProposalSettings.objects.get().submitters == "team"


def test_refusal_names_people_who_can_submit(client, coalition, coordinator, member, proposal):
    save_proposal_settings(actor=coordinator, coalition=coalition, submitters="team", keywords="")
    client.force_login(member)

    assert (
        "Only coordinators, chairs and the team" in client.get(build_proposal_url("proposal_submit", proposal.pk)).text
    )


def test_consensus_call_contains_fields_of_proposal(client, coordinator, proposal):
    client.force_login(coordinator)
    closes = (timezone.localdate() + timedelta(days=40)).isoformat()
    answer = client.post(build_proposal_url("proposal_consensus", proposal.pk), {"closes_on": closes}, follow=True)
    text = Text.objects.get()

    assert "Consensus call started." in answer.text
    assert text.label == proposal.label
    assert [placement.wording.body for placement in Placement.objects.now(text)] == [
        "Title of the session", "Session", "Description", "One", "Two"
    ]  # fmt: skip
    assert "open until" in client.get(proposal.get_absolute_url()).text


def test_consensus_outcome_is_marked_as_outdated_after_text_change(client, coordinator, proposal):
    call = start_consensus_call(actor=coordinator, proposal=proposal, closes_at=CALL_CLOSES_AT)
    Call.objects.filter(pk=call.pk).update(outcome="consensus", declared_at=timezone.now(), reason="All agree")
    client.force_login(coordinator)
    page = client.get(proposal.get_absolute_url()).text
    assert "consensus</a>" in page
    assert "changed since" not in page
    save_proposal_answer(actor=coordinator, proposal=proposal, field="theme", answer="Skills", seen=EMPTY_HASH)

    assert (
        "The proposal has been changed since the consensus call began." in client.get(proposal.get_absolute_url()).text
    )
    assert "has been changed since" in client.get(build_proposal_url("proposal_submit", proposal.pk)).text


def test_only_coordinators_open_one_consensus_call_at_a_time(coordinator, rapporteur, proposal):
    with pytest.raises(PermissionDenied):
        start_consensus_call(actor=rapporteur, proposal=proposal, closes_at=CALL_CLOSES_AT)
    start_consensus_call(actor=coordinator, proposal=proposal, closes_at=CALL_CLOSES_AT)
    with pytest.raises(ActionRefused, match="There is already a consensus call on this proposal"):
        start_consensus_call(actor=coordinator, proposal=proposal, closes_at=CALL_CLOSES_AT)

    assert Call.objects.count() == 1


def test_accepted_proposal_creates_one_meeting(client, coordinator, accepted_proposal):
    client.force_login(coordinator)
    assert "Create the meeting" in client.get(accepted_proposal.get_absolute_url()).text
    words = {"title": "Session at the forum", "starts_on": "2099-06-01", "place": "Room 4"}
    for _again in range(2):
        assert (
            "Meeting created."
            in client.post(build_proposal_url("proposal_meeting", accepted_proposal.pk), words, follow=True).text
        )
    meeting = Meeting.objects.get()
    link = Link.objects.get(from_record=meeting)
    page = client.get(accepted_proposal.get_absolute_url()).text

    assert (meeting.title, meeting.place, meeting.forum) == ("Session at the forum", "Room 4", "Forum 2027")
    assert (meeting.state, meeting.label) == ("published", "TLP:GREEN")
    assert (link.to_record_id, link.relation) == (accepted_proposal.pk, Link.Relation.BEGAN_AS)
    assert "Session at the forum" in page
    assert "Create the meeting" not in page
    assert (
        client.get(build_proposal_url("proposal_meeting", accepted_proposal.pk)).headers["Location"]
        == meeting.get_absolute_url()
    )


def test_meeting_can_be_created_without_date_and_room(coordinator, accepted_proposal):
    meeting = create_meeting_from_proposal(actor=coordinator, proposal=accepted_proposal, title="Session")

    assert (meeting.starts_on, meeting.precision, meeting.place) == (None, "open", "")
    assert meeting.is_planned


@pytest.mark.parametrize("outcome", ["declined", "merge", "waiting"])
def test_other_outcomes_create_no_meeting(client, coordinator, accepted_proposal, outcome):
    record_proposal_outcome(
        actor=coordinator, proposal=accepted_proposal, outcome=outcome, outcome_on=date(2027, 6, 1), outcome_note="No"
    )
    client.force_login(coordinator)
    assert "Create the meeting" not in client.get(accepted_proposal.get_absolute_url()).text
    with pytest.raises(ActionRefused):
        create_meeting_from_proposal(actor=coordinator, proposal=Proposal.objects.get(), title="Session")

    assert not Meeting.objects.exists()


def test_member_cannot_create_meeting(member, accepted_proposal):
    with pytest.raises(PermissionDenied):
        create_meeting_from_proposal(actor=member, proposal=accepted_proposal, title="Session")
