"""The demo has a call that is open, a proposal in progress, and correspondence about it."""

from django.utils import timezone

from jukwaa.proposals.balance_page import BalancePage
from jukwaa.proposals.call import CallPhase, get_call_phase
from jukwaa.proposals.call_catalogue import get_call_catalogue
from jukwaa.proposals.correspondence_demo import add_demo_correspondence
from jukwaa.proposals.correspondence_models import (
    CorrespondenceDeadline,
    CorrespondenceDraft,
    CorrespondenceMessage,
)
from jukwaa.proposals.demo import add_demo_call, add_demo_participants, add_demo_proposal, add_promised_proposal
from jukwaa.proposals.models import Participant, Proposal
from jukwaa.proposals.proposal_page import build_proposal_page
from jukwaa.proposals.subject import check_proposal_rules
from jukwaa.records.demo_parts import Demo, read_demo_data
from jukwaa.records.models import Link, Source
from tests.factories import DocumentFactory, EntryFactory


def test_demo_has_open_call_with_extended_deadline(coalition, coordinator):
    add_demo_call(Demo(coalition, {"coordinator": coordinator}, {}, print))
    call = get_call_catalogue(coalition)["forum-of-the-demo-coming-year-workshop"].call

    assert get_call_phase(call, timezone.now()) is CallPhase.OPEN
    assert len(call.deadlines) == 2


def test_demo_has_proposal_in_progress(coalition, coordinator):
    demo = Demo(coalition, {"coordinator": coordinator}, {}, print)
    add_demo_call(demo)
    add_demo_proposal(demo)
    proposal = Proposal.objects.get()
    report = check_proposal_rules(get_call_catalogue(coalition)[proposal.call_name].call, proposal, timezone.now())
    outcomes = {result.rule.name: result.verdict.outcome for result in report.results}

    assert {outcomes["title:limit"], outcomes["description:limit"], outcomes["theme:filled"]} == {"met"}
    assert {outcomes["accessibility:filled"], outcomes["rapporteur:filled"]} == {"not-met"}
    assert not report.is_green


def test_demo_has_participants_of_every_status(coalition, coordinator):
    demo = Demo(coalition, {"coordinator": coordinator}, {}, print)
    for part in (add_demo_call, add_demo_proposal, add_demo_participants):
        part(demo)
    people = Participant.objects.order_by("pk")

    assert [row.status for row in people] == ["provisional", "declined", "invited"]
    assert all("made up for the demo" in row.organisation for row in people)
    assert {row.person.email.partition("@")[2] for row in people} == {"demo.example"}


def test_demo_links_proposal_of_2009_to_source_sentence(coalition, coordinator):
    said = read_demo_data("jukwaa.proposals", "promised.toml")["commitment"].strip()
    promise = EntryFactory(coalition=coalition, kind="commitment", text=said, published=True)
    document = DocumentFactory(coalition=coalition, published=True, text=said)
    source = Source.objects.create(record=promise, document=document, start=0, end=len(said), quote=said)
    add_promised_proposal(Demo(coalition, {"coordinator": coordinator}, {}, print))
    proposal = Proposal.objects.get()

    assert Link.objects.get(from_record=proposal).to_record_id == promise.pk
    assert proposal.sources.get().quote == source.quote
    assert (proposal.call_name, proposal.answers, proposal.is_submitted) == ("igf-2010-workshop", {}, False)
    assert "Vilnius" in proposal.summary
    assert "not recorded whether the proposal was submitted" in " ".join(proposal.summary.split())


def test_demo_correspondence_is_marked_as_fictional(coalition, coordinator, rapporteur):
    demo = Demo(coalition, {"coordinator": coordinator, "rapporteur": rapporteur}, {}, print)
    add_demo_call(demo)
    add_demo_proposal(demo)
    add_demo_correspondence(demo)
    messages = CorrespondenceMessage.objects.all()

    assert [message.held_because for message in messages.order_by("pk")] == ["", "", "stranger"]
    assert all("This is a demo message." in each.text for each in (*messages, CorrespondenceDraft.objects.get()))
    assert all(message.sender.endswith(".example") for message in messages)
    assert CorrespondenceDeadline.objects.get().state == "suggested"
    assert CorrespondenceDraft.objects.get().reviewer == rapporteur


def test_demo_has_missing_groups_with_candidate_links(coalition, coordinator):
    demo = Demo(coalition, {"coordinator": coordinator}, {}, print)
    for part in (add_demo_call, add_demo_proposal, add_demo_participants):
        part(demo)
    regions = BalancePage(build_proposal_page(Proposal.objects.get(), timezone.now())).tables[0]

    assert len([row for row in regions.rows if row.query]) == 4
