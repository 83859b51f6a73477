"""What the people of a proposal state about themselves: read by checks, counted, shown of nobody, and erased."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.standing import Standing
from jukwaa.core.retention import remove_overdue
from jukwaa.proposals import actions
from jukwaa.proposals.catalogue import get_entries
from jukwaa.proposals.models import PrivateStatement, Proposal
from jukwaa.proposals.people_page import build_people_page
from jukwaa.proposals.statements import count_statements
from jukwaa.proposals.subject import build_subject, check_proposal
from tests.proposals.people import add, invite, start


@pytest.fixture
def proposal(released, coordinator):
    return start(coordinator, released)


@pytest.fixture
def invited(coordinator, proposal):
    return invite(coordinator, proposal)


def test_checks_read_what_people_state(coordinator, proposal, invited):
    call = get_entries(proposal.coalition)[proposal.call_name].call
    other = add(coordinator, proposal, name="Ben", address="")

    def outcomes():
        report = check_proposal(call, Proposal.objects.get(), timezone.now())
        return {result.rule.name: result.verdict.outcome.value for result in report.results}

    before = outcomes()
    state(invited, "confirmed", gender="woman", sessions=2)
    actions.copy_names(actor=coordinator, proposal=proposal)
    after = outcomes()
    actions.record_answer(actor=coordinator, participant=other, answer="declined")

    assert [before[name] for name in ("speakers:filled", "confirmed", "gender", "sessions")] == [
        *("not-met", "unknown", "unknown", "unknown"),
    ]
    assert [after[name] for name in ("speakers:filled", "confirmed", "gender", "sessions")] == [
        *("met", "met", "unknown", "not-met"),
    ]
    assert outcomes()["gender"] == "not-met"


def state(participant, answer="confirmed", **statements):
    return actions.answer_invitation(
        actor=participant.person,
        participant=participant,
        answer=answer,
        is_adult=True,
        statements=actions.Statements(**statements),
    )


def test_prefer_not_to_say_is_an_answer_and_no_statement_for_checks(proposal, invited):
    state(invited, gender="withheld", age_band="withheld", stakeholder_group="withheld", regional_group="withheld")
    call = get_entries(proposal.coalition)[proposal.call_name].call
    somebody = build_subject(call, proposal, timezone.now()).participants[0]

    assert (somebody.gender, somebody.age_band, somebody.stakeholder_group, somebody.regional_group) == ("", "", "", "")
    assert PrivateStatement.objects.get().gender == "withheld"


@pytest.mark.parametrize("outcome", ["accepted", "waiting"])
def test_outcome_erases_gender_and_age(coordinator, proposal, invited, outcome):
    state(invited, gender="woman", age_band="55")
    actions.submit_proposal(actor=coordinator, proposal=proposal)
    actions.record_outcome(
        actor=coordinator, proposal=Proposal.objects.get(), outcome=outcome, outcome_on=timezone.localdate()
    )

    assert not PrivateStatement.objects.exists()


def test_gender_and_age_are_erased_after_a_year_without_outcome(invited):
    state(invited, gender="woman")
    counts = []
    for days in (364, 366):
        remove_overdue(timezone.now() + timedelta(days=days))
        counts.append(PrivateStatement.objects.count())

    assert counts == [1, 0]


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([], None),
        (["woman"] * 10, None),
        (["woman"] * 5 + ["man"] * 4, None),
        (["woman"] * 5 + ["man"] * 5 + [""], None),
        (["woman"] * 5 + ["man"] * 5, {"woman": 5, "man": 5}),
        (["woman"] * 6 + [""] * 5, {"woman": 6, "": 5}),
    ],
)
def test_numbers_are_shown_only_where_they_identify_nobody(statements, expected):
    assert count_statements(statements) == expected


def test_page_of_the_team_says_nothing_about_gender_and_age_of_one_person(client, coordinator, proposal, invited):
    state(invited, gender="other", age_band="55")
    client.force_login(coordinator)
    pages = [
        client.get(reverse(f"proposals:{name}", args=["ours", proposal.pk, *more])).text
        for name, more in (("participant_list", []), ("participant_detail", [invited.pk]), ("proposal_checks", []))
    ]

    assert "No numbers are shown, because they could identify somebody." in pages[0]
    assert not [page for page in pages if "Another gender" in page or "55 or older" in page]
    shown = build_people_page(proposal, Standing(coordinator, proposal.coalition), timezone.now())
    assert shown.private_counts == []
