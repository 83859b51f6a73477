"""The people of a proposal once its outcome is known, and what is forgotten then."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.core.refusals import ActionRefused
from jukwaa.proposals import actions
from jukwaa.proposals.actions.participant_deletion import RETENTION_AFTER_OUTCOME, delete_expired_participants
from jukwaa.proposals.models import Participant, Proposal, Submission
from jukwaa.records.actions import withdraw_record
from tests.proposals.speakers import (
    CALL_NAME,
    CALL_TOML,
    SPEAKER_EMAIL,
    add_speaker,
    invite_speaker,
    start_session,
)

ParticipantStatus = Participant.Status


@pytest.fixture
def proposal(mailing_coalition, coordinator):
    return start_session(coordinator, mailing_coalition)


def build_proposal_url(route_name, *args):
    return reverse(f"proposals:{route_name}", args=["ours", *args])


def build_form_data(**given):
    values = {"name": "Asha Speaker", "email": SPEAKER_EMAIL, "roles": ["speaker"], "is_adult": "on", "invites": "on"}
    return {name: value for name, value in (values | given).items() if value is not None}


@pytest.mark.parametrize("outcome", ["declined", "merge", "waiting"])
def test_participants_cannot_be_changed_after_outcome(client, coordinator, proposal, outcome):
    row = invite_speaker(coordinator, proposal)
    actions.submit_proposal(actor=coordinator, proposal=proposal)
    replacement = add_speaker(coordinator, proposal, name="Ben", address="")
    record_outcome_on(coordinator, proposal, outcome=outcome)
    client.force_login(coordinator)
    page = client.get(build_proposal_url("participant_list", proposal.pk)).text

    assert replacement.pk
    assert "can no longer be changed" in page
    assert "Add or invite a person" not in page
    for call in (actions.remind_participant, actions.remove_participant, actions.mark_problem_handled):
        with pytest.raises(ActionRefused, match="outcome"):
            call(actor=coordinator, participant=row)


def record_outcome_on(coordinator, proposal, outcome_day=None, outcome="accepted"):
    actions.record_proposal_outcome(
        actor=coordinator,
        proposal=Proposal.objects.get(),
        outcome=outcome,
        outcome_on=outcome_day or timezone.localdate(),
        outcome_note="Their words",
    )


@pytest.mark.parametrize("outcome", ["accepted", "conditions"])
def test_participants_of_accepted_proposal_can_be_replaced(client, coordinator, proposal, outcome):
    row = invite_speaker(coordinator, proposal)
    actions.submit_proposal(actor=coordinator, proposal=proposal)
    snapshot = Submission.objects.get().snapshot
    record_outcome_on(coordinator, proposal, outcome=outcome)
    client.force_login(coordinator)
    page = client.get(build_proposal_url("participant_list", proposal.pk)).text
    client.post(build_proposal_url("participant_remove", proposal.pk, row.pk))
    client.post(
        build_proposal_url("participant_new", proposal.pk), build_form_data(name="Ben Speaker", email="ben@example.org")
    )
    replacement = Participant.objects.get()
    detail = client.get(build_proposal_url("participant_detail", proposal.pk, replacement.pk)).text

    assert "Add or invite a person" in page
    assert "The proposal has been accepted. You can still change the list of people." in page
    assert (replacement.person.name, replacement.status) == ("Ben Speaker", "invited")
    assert "Remove from the proposal" in detail
    assert Submission.objects.get().snapshot == snapshot


def test_participants_of_withdrawn_proposal_cannot_be_removed(client, coordinator, proposal):
    row = invite_speaker(coordinator, proposal)
    actions.submit_proposal(actor=coordinator, proposal=proposal)
    record_outcome_on(coordinator, proposal)
    withdraw_record(actor=coordinator, record=Proposal.objects.get().record_ptr, reason="Another session")
    client.force_login(coordinator)

    assert (
        "Remove from the proposal" not in client.get(build_proposal_url("participant_detail", proposal.pk, row.pk)).text
    )
    with pytest.raises(ActionRefused, match="withdrawn"):
        actions.remove_participant(actor=coordinator, participant=row)


@pytest.mark.parametrize(("outcome_day", "is_shown"), [("2099-03-28", False), ("2020-03-28", True)])
def test_frozen_participants_notice_is_shown_after_last_day_for_changes(
    client, coalition, coordinator, proposal, outcome_day, is_shown
):
    row = invite_speaker(coordinator, proposal)
    frozen = CALL_TOML.replace(
        "[[field]]", f'[[date]]\nkind = "freeze"\nday = {outcome_day}\nsource = "call"\n\n[[field]]', 1
    )
    actions.save_call_file(actor=coordinator, coalition=coalition, text=frozen, edited_call_name=CALL_NAME, version=1)
    actions.submit_proposal(actor=coordinator, proposal=proposal)
    record_outcome_on(coordinator, proposal)
    client.force_login(coordinator)
    names = (("participant_list",), ("participant_new",), ("participant_detail", row.pk))
    pages = [client.get(build_proposal_url(name, proposal.pk, *more)).text for name, *more in names]
    added = add_speaker(coordinator, proposal, name="Ben", address="")

    assert all(("The last day for changes was 28 March 2020." in page) is is_shown for page in pages)
    assert added.pk


def test_late_replacement_is_not_erased_immediately(coordinator, proposal):
    actions.submit_proposal(actor=coordinator, proposal=proposal)
    record_outcome_on(coordinator, proposal, timezone.localdate() - RETENTION_AFTER_OUTCOME - timedelta(days=10))
    invite_speaker(coordinator, proposal)
    now = timezone.now()

    assert [delete_expired_participants(now + timedelta(days=days)) for days in (1, 89, 91)] == [0, 0, 1]


def test_unconfirmed_participant_is_erased_90_days_after_outcome(coordinator, member, proposal):
    invite_speaker(coordinator, proposal)
    kept = add_speaker(coordinator, proposal, person=member)
    actions.record_participant_answer(actor=coordinator, participant=kept, participant_answer="confirmed")
    actions.submit_proposal(actor=coordinator, proposal=proposal)
    record_outcome_on(coordinator, proposal)
    now = timezone.now()
    counts = [delete_expired_participants(now + RETENTION_AFTER_OUTCOME + timedelta(days=days)) for days in (0, 1, 2)]

    assert counts == [0, 1, 0]
    assert list(Participant.objects.values_list("person", flat=True)) == [member.pk]
    assert not Person.objects.filter(email=SPEAKER_EMAIL).exists()


def test_unconfirmed_participant_is_erased_after_one_year(coordinator, proposal):
    invite_speaker(coordinator, proposal)
    counts = [delete_expired_participants(timezone.now() + timedelta(days=days)) for days in (364, 366)]

    assert counts == [0, 1]
    assert not Person.objects.filter(email=SPEAKER_EMAIL).exists()
