"""The demo has a call that is open, and a proposal in progress."""

from django.utils import timezone

from jukwaa.proposals.call import Phase, get_phase
from jukwaa.proposals.catalogue import get_entries
from jukwaa.proposals.demo import add_call, write_proposal
from jukwaa.proposals.models import Proposal
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
