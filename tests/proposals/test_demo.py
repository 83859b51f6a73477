"""The demo has a call that is open, and a proposal in progress."""

from django.utils import timezone

from jukwaa.proposals.balance_page import BalancePage
from jukwaa.proposals.call import Phase, get_phase
from jukwaa.proposals.catalogue import get_entries
from jukwaa.proposals.demo import add_call, invite_people, write_proposal
from jukwaa.proposals.models import Participant, Proposal
from jukwaa.proposals.proposal_page import build_page
from jukwaa.proposals.subject import check_proposal
from jukwaa.records.demo_parts import Demo


def test_demo_has_an_open_call_whose_deadline_was_moved(coalition, coordinator):
    add_call(Demo(coalition, {"coordinator": coordinator}, {}, print))
    call = get_entries(coalition)["forum-of-the-demo-coming-year-workshop"].call

    assert get_phase(call, timezone.now()) is Phase.OPEN
    assert len(call.deadlines) == 2


def test_demo_has_a_proposal_in_progress(coalition, coordinator):
    demo = Demo(coalition, {"coordinator": coordinator}, {}, print)
    add_call(demo)
    write_proposal(demo)
    proposal = Proposal.objects.get()
    report = check_proposal(get_entries(coalition)[proposal.call_name].call, proposal, timezone.now())
    outcomes = {result.rule.name: result.verdict.outcome for result in report.results}

    assert {outcomes["title:limit"], outcomes["description:limit"], outcomes["theme:filled"]} == {"met"}
    assert {outcomes["accessibility:filled"], outcomes["rapporteur:filled"]} == {"not-met"}
    assert not report.is_green


def test_demo_has_people_who_confirmed_declined_and_did_not_answer(coalition, coordinator):
    demo = Demo(coalition, {"coordinator": coordinator}, {}, print)
    for part in (add_call, write_proposal, invite_people):
        part(demo)
    people = Participant.objects.order_by("pk")

    assert [row.status for row in people] == ["provisional", "declined", "invited"]
    assert all("made up for the demo" in row.organisation for row in people)
    assert {row.person.email.partition("@")[2] for row in people} == {"demo.example"}


def test_demo_has_gaps_that_candidates_can_fill(coalition, coordinator):
    demo = Demo(coalition, {"coordinator": coordinator}, {}, print)
    for part in (add_call, write_proposal, invite_people):
        part(demo)
    regions = BalancePage(build_page(Proposal.objects.get(), timezone.now())).tables[0]

    assert len([row for row in regions.rows if row.query]) == 4
