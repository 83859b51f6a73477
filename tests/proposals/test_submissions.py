"""Submitting a proposal keeps it as it is; its files follow the form; its outcome is recorded."""

import json
from datetime import date

import pytest
from lxml import html

from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings.models import Commitment
from jukwaa.proposals.actions import (
    join_proposal_team,
    record_proposal_outcome,
    save_call_file,
    save_proposal_answer,
    start_proposal,
    submit_proposal,
)
from jukwaa.proposals.models import Proposal, ProposalSettings, Submission
from jukwaa.records.models import Link
from tests.factories import CapacityFactory, CommitmentFactory
from tests.proposals.test_proposals import (
    CALL_NAME,
    CALL_TOML,
    EMPTY_HASH,
    build_proposal_url,
    save_field_answer,
)


@pytest.fixture
def proposal(coalition, coordinator):
    save_call_file(actor=coordinator, coalition=coalition, text=CALL_TOML)
    started = start_proposal(actor=coordinator, coalition=coalition, call_name=CALL_NAME, title="Session")
    return save_proposal_answer(
        actor=coordinator, proposal=started, field="description", answer="A text", seen=EMPTY_HASH
    )


@pytest.fixture
def submitted_proposal(coordinator, proposal):
    submit_proposal(actor=coordinator, proposal=proposal, reference="WS-7")
    return Proposal.objects.get()


@pytest.mark.parametrize(
    ("reader", "status_code"), [("coordinator", 200), ("rapporteur", 403), ("member", 403), ("outsider", 404)]
)
def test_only_coordinators_can_submit(client, request, proposal, reader, status_code):
    client.force_login(request.getfixturevalue(reader))

    assert client.get(build_proposal_url("proposal_submit", proposal.pk)).status_code == status_code


@pytest.mark.parametrize(
    ("call_sources", "submission_link"),
    [
        ('call = "https://example.org/call"', "https://example.org/call"),
        ('call = "https://example.org/call"\nform = "https://example.org/form"', "https://example.org/form"),
        ('call = "A letter of the forum"', None),
    ],
)
def test_submission_page_shows_three_steps_in_order(
    client, coalition, coordinator, proposal, call_sources, submission_link
):
    text = CALL_TOML.replace('call = "https://example.org/call"', call_sources)
    save_call_file(actor=coordinator, coalition=coalition, text=text, edited_call_name=CALL_NAME, version=1)
    client.force_login(coordinator)
    page = html.fromstring(client.get(build_proposal_url("proposal_submit", proposal.pk)).text)
    steps = page.xpath("//main//ol/li")
    copy = html.fromstring(client.get(build_proposal_url("proposal_copy", proposal.pk)).text)
    outward = [submission_link] if submission_link else []

    assert steps[0].xpath("a/@href") == [build_proposal_url("proposal_copy", proposal.pk)]
    assert steps[1].xpath("a/@href") == outward == copy.xpath("//main/header//a[@rel]/@href")
    assert steps[2].text.endswith("After that, nobody can change the answers on this site.")


def test_copy_link_precedes_submit_link(client, coordinator, proposal):
    client.force_login(coordinator)
    page = client.get(proposal.get_absolute_url()).text

    assert page.index(build_proposal_url("proposal_copy", proposal.pk)) < page.index(
        build_proposal_url("proposal_submit", proposal.pk)
    )


def test_submission_records_date_person_and_reference(client, coordinator, proposal):
    client.force_login(coordinator)
    page = client.post(build_proposal_url("proposal_submit", proposal.pk), {"reference": "WS-7"}, follow=True).text
    made = Submission.objects.get()

    assert all(words in page for words in ("Submission recorded.", "WS-7", str(coordinator)))
    assert (made.by, made.reference) == (coordinator, "WS-7")
    assert [field["name"] for field in made.snapshot["fields"]] == ["title", "theme", "tags", "description"]


def test_submitting_twice_creates_one_submission(coordinator, proposal, submitted_proposal):
    again = submit_proposal(actor=coordinator, proposal=proposal, reference="other")

    assert again.reference == Submission.objects.get().reference == "WS-7"


def test_submitted_text_is_unchanged_by_later_edits(client, coalition, coordinator, submitted_proposal):
    client.force_login(coordinator)
    answer = save_field_answer(client, submitted_proposal, "theme", "Skills")
    save_call_file(
        actor=coordinator,
        coalition=coalition,
        text=CALL_TOML.replace("Description", "Other"),
        edited_call_name=CALL_NAME,
        version=1,
    )

    assert "This proposal has been submitted. It can no longer be changed." in answer.text
    assert Proposal.objects.get().answers == {"title": "Session", "description": "A text"}
    assert "## Description\nA text" in client.get(build_proposal_url("proposal_text", submitted_proposal.pk)).text


def test_text_over_limit_cannot_be_submitted(coordinator, proposal):
    save_proposal_answer(actor=coordinator, proposal=proposal, field="theme", answer="Skills", seen=EMPTY_HASH)
    Proposal.objects.update(answers={"title": "A title that is too long"})

    with pytest.raises(ActionRefused, match="Shorten to at most 10"):
        submit_proposal(actor=coordinator, proposal=proposal)
    assert not Submission.objects.exists()


def test_text_file_follows_form_without_truncation(client, member, proposal):
    Proposal.objects.update(answers={"description": "one two three four five", "title": "Short"})
    client.force_login(member)
    text = client.get(build_proposal_url("proposal_text", proposal.pk)).text

    assert text.index("## Title of the session") < text.index("## Theme") < text.index("## Description")
    assert "Shorten to at most 4.]\none two three four five" in text


def test_json_file_has_fields_rules_and_unknown_facts(client, member, submitted_proposal):
    client.force_login(member)
    document = json.loads(client.get(build_proposal_url("proposal_json", submitted_proposal.pk)).content)

    assert document["reference"] == "WS-7"
    assert document["not_known"] == ["How many sessions there are."]
    assert {rule["name"]: rule["outcome"] for rule in document["rules"]}["title:limit"] == "met"
    assert document["fields"][3]["answer"] == "A text"


def test_submission_fulfils_linked_commitment(client, coalition, coordinator, proposal):
    commitment = CommitmentFactory(entry__coalition=coalition, entry__published=True, entry__label="TLP:GREEN")
    client.force_login(coordinator)
    client.post(build_proposal_url("proposal_submit", proposal.pk), {"commitment": commitment.entry_id})
    link = Link.objects.get()
    commitment.refresh_from_db()

    assert commitment.progress == Commitment.Progress.KEPT
    assert commitment.evidence_record_id == proposal.pk
    assert (link.from_record_id, link.to_record_id, link.relation) == (
        proposal.pk,
        commitment.entry_id,
        Link.Relation.FULFILS,
    )


@pytest.mark.parametrize("is_own", [True, False])
def test_team_member_can_fulfil_only_own_commitments(client, coalition, member, proposal, is_own):
    ProposalSettings.objects.create(coalition=coalition, submitters=ProposalSettings.Submitters.TEAM)
    join_proposal_team(actor=member, proposal=proposal)
    owner = CapacityFactory(person=member if is_own else None, organisation=None, name="Somebody")
    facts = {"entry__coalition": coalition, "entry__published": True, "entry__label": "TLP:GREEN"}
    commitment = CommitmentFactory(owner=owner, **facts)
    client.force_login(member)
    page = client.post(build_proposal_url("proposal_submit", proposal.pk), {"commitment": commitment.entry_id})
    commitment.refresh_from_db()

    assert page.status_code == (302 if is_own else 422)
    assert (commitment.progress == Commitment.Progress.KEPT) is is_own


@pytest.mark.parametrize("outcome", Submission.Outcome.values)
def test_outcome_is_recorded_and_shown(client, coordinator, submitted_proposal, outcome):
    client.force_login(coordinator)
    words = {"outcome": outcome, "outcome_on": "2027-06-01", "outcome_note": "Their words", "reference": "WS-8"}
    page = client.post(build_proposal_url("proposal_outcome", submitted_proposal.pk), words, follow=True).text

    assert all(
        words in page for words in ("Outcome recorded.", str(Submission.Outcome(outcome).label), "Their words", "WS-8")
    )
    assert Submission.objects.get().outcome_on == date(2027, 6, 1)


def test_decline_without_comments_is_refused(coordinator, submitted_proposal):
    with pytest.raises(ActionRefused, match="Enter the comments"):
        record_proposal_outcome(
            actor=coordinator, proposal=submitted_proposal, outcome="declined", outcome_on=date(2027, 6, 1)
        )


def test_outcome_before_submission_links_to_submission(client, coordinator, proposal):
    client.force_login(coordinator)

    assert client.get(build_proposal_url("proposal_outcome", proposal.pk)).headers["Location"] == build_proposal_url(
        "proposal_submit", proposal.pk
    )
    with pytest.raises(ActionRefused):
        record_proposal_outcome(actor=coordinator, proposal=proposal, outcome="accepted", outcome_on=date(2027, 6, 1))
