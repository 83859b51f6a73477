"""Messages about narrowed proposals, messages that are moved, and what stays of names in them."""

import pytest
from django.utils import timezone

from jukwaa.mail.models import Message
from jukwaa.proposals.actions import (
    file_correspondence_message,
    file_message_with_proposal,
    join_proposal_team,
    request_draft_review,
    send_correspondence_draft,
    share_message_with_members,
)
from jukwaa.proposals.correspondence_models import CorrespondenceDeadline, CorrespondenceFile, CorrespondenceMessage
from jukwaa.proposals.models import Proposal
from jukwaa.records.actions import hold_record_in_quarantine, purge_record, redact_names_in_record
from jukwaa.records.redaction import NameRedactor
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests.proposals.correspondence import add_secretariat_address
from tests.proposals.kinds import ProposalFactory
from tests.proposals.test_correspondence_pages import (
    TODAY,
    add_message,
    add_message_draft,
    build_url,
    list_status_codes,
)


@pytest.fixture
def proposal(mailing_coalition, coordinator):
    add_secretariat_address(mailing_coalition)
    return ProposalFactory(coalition=mailing_coalition, author=coordinator, published=True, label="TLP:GREEN")


def test_team_approves_held_message_about_restricted_proposal(client, mailing_coalition, coordinator, member, delegate):
    proposal = ProposalFactory(coalition=mailing_coalition, author=member, published=True, label="TLP:RED")
    facts = {"kind": "received", "subject": "Subject 1", "proposal": proposal, "held_because": "stranger"}
    message = file_correspondence_message(coalition=mailing_coalition, email_digest="1", message_values=facts)
    assert list_status_codes(client, [coordinator, delegate, member], message.get_absolute_url()) == [404, 404, 200]
    send_pending_activity_notifications()
    assert list(Message.objects.values_list("to", flat=True)) == [member.email]

    assert "Subject 1" in client.get(build_url("correspondence")).text
    assert build_url("message_remove", message.pk) not in client.get(message.get_absolute_url()).text
    client.post(build_url("message_approve", message.pk))
    assert CorrespondenceMessage.objects.get().held_because == ""


def test_moved_message_is_no_longer_shared(proposal, coordinator):
    other = ProposalFactory(coalition=proposal.coalition, published=True, label="TLP:GREEN")
    message = share_message_with_members(actor=coordinator, message=add_message(proposal.coalition, proposal))
    stays = file_message_with_proposal(actor=coordinator, message=message, proposal=proposal)
    assert stays.shared_at

    for place in (other, None):
        share_message_with_members(actor=coordinator, message=message)
        assert file_message_with_proposal(actor=coordinator, message=message, proposal=place).shared_at is None


def test_team_cannot_read_original_message_if_it_belongs_to_other_proposal(client, proposal, coordinator, member):
    """The message that it answers may have been moved to another proposal."""
    join_proposal_team(actor=member, proposal=proposal)
    elsewhere = add_message(proposal.coalition, None, 7, sender="other@forum.example")
    message = add_message(proposal.coalition, proposal, answers=elsewhere)
    draft = add_message_draft(coordinator, proposal, answers=elsewhere)
    request_draft_review(actor=coordinator, message_draft=draft, reviewer=member)
    pages = [build_url(name, draft.pk) for name in ("draft_detail", "draft_edit", "draft_review")]
    pages.append(message.get_absolute_url())

    client.force_login(member)
    assert not any("Subject 7" in client.get(each).text for each in pages)
    assert elsewhere.sender not in client.get(build_url("draft_new", query_string=f"?proposal={proposal.pk}")).text
    client.force_login(coordinator)
    assert all("Subject 7" in client.get(each).text for each in pages if each != pages[2])
    assert elsewhere.sender in client.get(build_url("draft_new", query_string=f"?proposal={proposal.pk}")).text


REDACTED_NAME = "Maria Testova"


@pytest.fixture
def sent_message(proposal, coordinator):
    """A sent message that contains a person's name."""
    draft = add_message_draft(coordinator, proposal, text=f"{REDACTED_NAME} will speak.")
    return send_correspondence_draft(actor=coordinator, message_draft=draft, version=1)


def test_redaction_of_proposal_redacts_its_messages(proposal, coordinator, sent_message):
    said = ("subject", "text", "quoted", "sender_name", "original_sender")
    message = add_message(proposal.coalition, proposal, **dict.fromkeys(said, f"By {REDACTED_NAME.upper()}"))
    elsewhere = add_message(proposal.coalition, None, 2, text=REDACTED_NAME)
    CorrespondenceDeadline.objects.create(
        message=message, day=TODAY(), words=f"{REDACTED_NAME} must answer.", task=REDACTED_NAME
    )
    CorrespondenceFile.objects.create(message=message, name=f"{REDACTED_NAME}.pdf", refusal="Too large.")
    Proposal.objects.filter(pk=proposal.pk).update(answers={"description": REDACTED_NAME})
    redact_names_in_record(actor=coordinator, record=Proposal.objects.get(pk=proposal.pk), names=[REDACTED_NAME])
    rows = [*CorrespondenceMessage.objects.exclude(pk=elsewhere.pk), *CorrespondenceDeadline.objects.all()]
    kept = [vars(row) for row in (*rows, *CorrespondenceFile.objects.all(), *Message.objects.all())]

    assert not NameRedactor([REDACTED_NAME]).matches([str(row) for row in kept])
    assert {getattr(CorrespondenceMessage.objects.get(pk=message.pk), name) for name in said} == {"By [name removed]"}
    assert CorrespondenceMessage.objects.get(pk=elsewhere.pk).text == REDACTED_NAME


def test_purging_proposal_deletes_text_of_sent_messages(proposal, safeguarding_lead, sent_message):
    Message.objects.filter(pk=sent_message.outbox_id).update(sent_at=timezone.now())
    hold_record_in_quarantine(actor=safeguarding_lead, record=proposal)
    purge_record(actor=safeguarding_lead, record=Proposal.objects.get())

    assert Message.objects.get(pk=sent_message.outbox_id).body == ""
