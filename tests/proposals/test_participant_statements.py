"""Private statements of participants: used by checks, counted, never shown and erased."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.core.retention import remove_overdue_rows
from jukwaa.proposals import actions
from jukwaa.proposals.call_catalogue import get_call_catalogue
from jukwaa.proposals.models import PrivateStatement, Proposal
from jukwaa.proposals.subject import build_checked_proposal, check_proposal_rules
from tests.proposals.speakers import add_speaker, invite_speaker, start_session


@pytest.fixture
def proposal(mailing_coalition, coordinator):
    return start_session(coordinator, mailing_coalition)


@pytest.fixture
def invited_participant(coordinator, proposal):
    return invite_speaker(coordinator, proposal)


def test_checks_use_private_statements(coordinator, proposal, invited_participant):
    call = get_call_catalogue(proposal.coalition)[proposal.call_name].call
    other = add_speaker(coordinator, proposal, name="Ben", address="")

    def get_outcome_by_rule():
        report = check_proposal_rules(call, Proposal.objects.get(), timezone.now())
        return {result.rule.name: result.verdict.outcome.value for result in report.results}

    before = get_outcome_by_rule()
    answer_with_statements(invited_participant, "confirmed", gender="woman", sessions=2)
    actions.copy_names_to_form(actor=coordinator, proposal=proposal)
    after = get_outcome_by_rule()
    actions.record_participant_answer(actor=coordinator, participant=other, participant_answer="declined")

    assert [before[name] for name in ("speakers:filled", "confirmed", "gender", "sessions")] == [
        *("not-met", "unknown", "unknown", "unknown"),
    ]
    assert [after[name] for name in ("speakers:filled", "confirmed", "gender", "sessions")] == [
        *("met", "met", "unknown", "not-met"),
    ]
    assert get_outcome_by_rule()["gender"] == "unknown"  # too few have stated theirs
    for name in ("Cleo", "Dana"):
        PrivateStatement.objects.create(
            participant=add_speaker(coordinator, proposal, name=name, address=""), gender="woman"
        )
    assert get_outcome_by_rule()["gender"] == "not-met"


def answer_with_statements(participant, invitation_answer="confirmed", **statements):
    return actions.answer_invitation(
        actor=participant.person,
        participant=participant,
        participant_answer=invitation_answer,
        is_adult=True,
        participant_statements=actions.ParticipantStatements(**statements),
    )


def test_prefer_not_to_say_counts_as_unknown_in_checks(proposal, invited_participant):
    answer_with_statements(
        invited_participant,
        gender="withheld",
        age_band="withheld",
        stakeholder_group="withheld",
        regional_group="withheld",
    )
    call = get_call_catalogue(proposal.coalition)[proposal.call_name].call
    somebody = build_checked_proposal(call, proposal, timezone.now()).participants[0]

    assert (somebody.gender, somebody.age_band, somebody.stakeholder_group, somebody.regional_group) == ("", "", "", "")
    assert PrivateStatement.objects.get().gender == "withheld"


@pytest.mark.parametrize("outcome", ["accepted", "waiting"])
def test_recording_outcome_erases_gender_and_age(coordinator, proposal, invited_participant, outcome):
    answer_with_statements(invited_participant, gender="woman", age_band="55")
    actions.submit_proposal(actor=coordinator, proposal=proposal)
    actions.record_proposal_outcome(
        actor=coordinator, proposal=Proposal.objects.get(), outcome=outcome, outcome_on=timezone.localdate()
    )

    assert not PrivateStatement.objects.exists()


def test_gender_and_age_are_erased_after_year_without_outcome(invited_participant):
    answer_with_statements(invited_participant, gender="woman")
    counts = []
    for days in (364, 366):
        remove_overdue_rows(timezone.now() + timedelta(days=days))
        counts.append(PrivateStatement.objects.count())

    assert counts == [1, 0]


def test_team_page_hides_gender_and_age_of_individuals(client, coordinator, proposal, invited_participant):
    answer_with_statements(invited_participant, gender="other", age_band="55")
    client.force_login(coordinator)
    names = ("participant_list", "proposal_checks", "proposal_balance")
    urls = [reverse(f"proposals:{name}", args=["ours", proposal.pk]) for name in names]
    urls.append(reverse("proposals:participant_detail", args=["ours", proposal.pk, invited_participant.pk]))
    pages = [client.get(url).text for url in urls]

    assert not [page for page in pages if "Another gender" in page or "55 or older" in page]
