"""The demo has a call that is open, a proposal in progress, and correspondence about it."""

from django.utils import timezone

from jukwaa.proposals.call import Phase, get_phase
from jukwaa.proposals.catalogue import get_entries
from jukwaa.proposals.correspondence_demo import add_correspondence
from jukwaa.proposals.correspondence_models import (
    CorrespondenceDeadline,
    CorrespondenceDraft,
    CorrespondenceMessage,
)
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


def test_demo_has_correspondence_marked_as_made_up(coalition, coordinator, rapporteur):
    demo = Demo(coalition, {"coordinator": coordinator, "rapporteur": rapporteur}, {}, print)
    add_call(demo)
    write_proposal(demo)
    add_correspondence(demo)
    messages = CorrespondenceMessage.objects.all()

    assert [message.held_because for message in messages.order_by("pk")] == ["", "", "stranger"]
    assert all("This is a demo message." in each.text for each in (*messages, CorrespondenceDraft.objects.get()))
    assert all(message.sender.endswith(".example") for message in messages)
    assert CorrespondenceDeadline.objects.get().state == "suggested"
    assert CorrespondenceDraft.objects.get().reviewer == rapporteur
