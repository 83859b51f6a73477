"""Emails to secretariat+NAME@: filed with the proposal, held, or left out."""

from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone

from jukwaa.accounts.rate_limits import count_attempt
from jukwaa.coalitions.models import Role
from jukwaa.mail.mail_intake import EmailRejectedError
from jukwaa.mail.models import Message
from jukwaa.proposals import correspondence_inbound
from jukwaa.proposals.actions import (
    confirm_message_deadline,
    file_message_with_proposal,
    join_proposal_team,
    send_correspondence_draft,
    write_correspondence_draft,
)
from jukwaa.proposals.correspondence_models import (
    CorrespondenceDeadline,
    CorrespondenceFile,
    CorrespondenceMessage,
)
from jukwaa.proposals.models import Proposal
from jukwaa.proposals.tasks import check_file
from jukwaa.records.models import Held, State
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.incoming import process_email
from jukwaa.updates.incoming.inbound_email import InboundEmail
from tests.factories import PersonFactory, RoleFactory
from tests.proposals.correspondence import (
    COALITION_ADDRESS,
    FORWARDED_EMAIL_TEXT,
    MAIL_AUTHORITY,
    SECRETARIAT_ADDRESS,
    add_secretariat_address,
    receive_email,
)
from tests.proposals.kinds import ProposalFactory
from tests.updates.emails import list_written_emails

REFERENCE_TAG = "[ours-{}]"


@pytest.fixture(autouse=True)
def set_mail_authority(settings):
    settings.MAIL_AUTHORITY = MAIL_AUTHORITY


@pytest.fixture
def proposal(mailing_coalition, coordinator):
    add_secretariat_address(mailing_coalition)
    return ProposalFactory(coalition=mailing_coalition, author=coordinator, published=True, label="TLP:GREEN")


def list_stored_messages():
    return list(CorrespondenceMessage.objects.order_by("pk").values_list("kind", "held_because", "proposal"))


def test_secretariat_message_is_filed_by_subject_tag(proposal):
    message = receive_email(Subject=f"Fwd: Speakers {REFERENCE_TAG.format(proposal.pk).upper()}")

    assert list_stored_messages() == [("received", "", proposal.pk)]
    assert (message.sender, message.text, message.is_dated) == (SECRETARIAT_ADDRESS, "Please confirm.", False)


def test_message_without_tag_is_filed_with_coalition(proposal):
    receive_email(Subject="Speakers")

    assert list_stored_messages() == [("received", "", None)]


def test_message_with_two_tags_is_unclear(proposal, coordinator):
    other = ProposalFactory(coalition=proposal.coalition, published=True)
    receive_email(Subject=f"{REFERENCE_TAG.format(proposal.pk)} and {REFERENCE_TAG.format(other.pk)}")

    assert list_stored_messages() == [("received", "", None)]


def test_tag_of_another_coalition_is_ignored(proposal, other_coalition):
    other = ProposalFactory(coalition=other_coalition, published=True)
    receive_email(Subject=REFERENCE_TAG.format(other.pk))

    assert list_stored_messages() == [("received", "", None)]


def test_reply_is_filed_with_its_thread_after_move(proposal, coordinator):
    other = ProposalFactory(coalition=proposal.coalition, published=True, label="TLP:GREEN")
    first = receive_email(Subject=REFERENCE_TAG.format(proposal.pk))
    file_message_with_proposal(actor=coordinator, message=first, proposal=other)
    reply = receive_email(
        "And the chair?",
        message_id="<two@forum.example>",
        Subject=f"Re: {REFERENCE_TAG.format(proposal.pk)}",
        References="<none@forum.example> <one@forum.example>",
    )

    assert (reply.proposal_id, reply.answers_id) == (other.pk, first.pk)


@pytest.mark.parametrize("record_state", [State.WITHDRAWN, State.HELD])
def test_message_for_withdrawn_proposal_is_stored(proposal, record_state):
    closed = (
        {"withdrawn_at": timezone.now(), "withdrawn_because": "No time."} if record_state == State.WITHDRAWN else {}
    )
    Proposal.objects.filter(pk=proposal.pk).update(state=record_state, **closed)
    receive_email(Subject=REFERENCE_TAG.format(proposal.pk))

    assert list_stored_messages() == [("received", "", proposal.pk if record_state == State.WITHDRAWN else None)]


def test_message_from_stranger_is_held_and_acknowledged_once(proposal):
    receive_email(sender="stranger@example.net", Subject=REFERENCE_TAG.format(proposal.pk))
    receive_email("Again", sender="stranger@example.net", message_id="<two@example.net>")

    assert list_stored_messages() == [("received", "stranger", proposal.pk), ("received", "stranger", None)]
    assert list_written_emails() == [("stranger@example.net", "Your message has been received")]
    assert "Please confirm" not in Message.objects.get().body


@pytest.mark.parametrize("claimed_sender", ["secretariat", "coordinator"])
def test_message_with_forged_sender_is_held_without_reply(proposal, coordinator, claimed_sender):
    receive_email(
        sender=SECRETARIAT_ADDRESS if claimed_sender == "secretariat" else coordinator.email, is_authenticated=False
    )

    assert [held for _kind, held, _proposal in list_stored_messages()] == ["unproven"]
    assert list_written_emails() == []


def test_forged_sender_is_not_shown_as_member(proposal, coordinator, member):
    receive_email(sender=coordinator.email, is_authenticated=False)
    receive_email("I agree.", sender=member.email, is_authenticated=False, message_id="<two@example.org>")
    receive_email("And I.", sender=member.email, message_id="<three@example.org>")
    found = CorrespondenceMessage.objects.order_by("pk").values_list("person", "held_because")

    assert list(found) == [(None, "unproven"), (None, "unproven"), (member.pk, "stranger")]


def test_former_member_gets_no_email_about_messages(proposal, coordinator, member):
    join_proposal_team(actor=member, proposal=proposal)
    member.memberships.update(ends_on=timezone.localdate() - timedelta(days=1), standing="ended")
    receive_email(Subject=REFERENCE_TAG.format(proposal.pk))
    send_pending_activity_notifications()

    assert [to for to, _subject in list_written_emails()] == [coordinator.email]


def test_messages_from_strangers_are_limited(proposal):
    for number in range(12):
        receive_email(f"Text {number}", sender="stranger@example.net", message_id=f"<{number}@example.net>")

    assert len(list_stored_messages()) == 10


@pytest.mark.parametrize(
    ("sender", "is_authenticated", "is_file_kept"),
    [(SECRETARIAT_ADDRESS, True, True), (SECRETARIAT_ADDRESS, False, False), ("stranger@example.net", True, False)],
)
def test_files_from_strangers_are_checked_up_to_limit(proposal, sender, is_authenticated, is_file_kept):
    for _file in range(correspondence_inbound.SENDER_EMAIL_RATE.amount):
        count_attempt(correspondence_inbound.SENDER_EMAIL_RATE, sender)
    facts = {"sender": sender, "subject": "", "text": "", "language": "", "sent_at": timezone.now()}
    came = InboundEmail(raw=b"", is_authenticated_sender=is_authenticated, **facts)

    assert correspondence_inbound.should_keep_email_files(came) is is_file_kept


def test_duplicate_message_is_filed_once(proposal):
    for message_id in ("<one@forum.example>", "<one@forum.example>", "<changed-on-the-way@relay.example>"):
        receive_email(message_id=message_id, Date="Mon, 04 May 2026 10:00:00 +0000")

    assert len(list_stored_messages()) == 1


def test_member_outside_team_is_treated_as_stranger(proposal, member):
    receive_email(sender=member.email, Subject=REFERENCE_TAG.format(proposal.pk))
    assert [held for _kind, held, _proposal in list_stored_messages()] == ["stranger"]

    join_proposal_team(actor=member, proposal=proposal)
    receive_email(
        "A note", sender=member.email, message_id="<two@example.org>", Subject=REFERENCE_TAG.format(proposal.pk)
    )
    assert list_stored_messages()[1] == ("note", "", proposal.pk)


@pytest.mark.parametrize("role_kind", Role.Kind)
def test_email_from_role_holder_is_filed_as_note(proposal, member, role_kind):
    RoleFactory(coalition=proposal.coalition, person=member, kind=role_kind)
    receive_email(sender=member.email)

    known = role_kind in {"coordinator", "chair", "rapporteur", "editor"}
    assert list_stored_messages() == [("note", "", None) if known else ("received", "stranger", None)]


def test_copy_of_email_to_secretariat_is_filed_as_sent(proposal, coordinator):
    message = receive_email(sender=coordinator.email, Cc=SECRETARIAT_ADDRESS)

    assert (message.kind, message.recipient, message.person) == ("sent", SECRETARIAT_ADDRESS, coordinator)


def test_forwarded_email_keeps_its_original_sender_and_date(proposal, coordinator):
    message = receive_email(FORWARDED_EMAIL_TEXT, sender=coordinator.email, Subject="Fwd: Your session")

    assert message.kind == "forwarded"
    assert message.original_sender == "The Office <office@forum.example>"
    assert message.original_date == "Mon, 4 May 2026 at 10:04"
    assert (message.text, message.quoted) == (
        "Please see below.",
        "Please confirm the speakers no later than 15 May 2099.",
    )
    assert list(message.deadlines.values_list("day", "state")) == [(date(2099, 5, 15), "suggested")]


@pytest.mark.parametrize("sender", [SECRETARIAT_ADDRESS, "stranger@example.net"])
def test_forwarded_text_is_parsed_only_in_team_emails(proposal, monkeypatch, sender):
    monkeypatch.setattr(correspondence_inbound, "find_forwarded_email", None)
    message = receive_email(FORWARDED_EMAIL_TEXT, sender=sender, Subject="Fwd: Your session")

    assert (message.kind, message.original_sender) == ("received", "")


def test_email_forwarded_as_attachment_keeps_original_sender(proposal, coordinator):
    original = EmailMessage()
    original["From"], original["Date"] = "The Office <office@forum.example>", "Mon, 04 May 2026 10:04:00 +0000"
    original.set_content("Please confirm by 15 May 2099.")
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = coordinator.email, COALITION_ADDRESS, "Your session"
    outer["Authentication-Results"] = f"{MAIL_AUTHORITY}; dmarc=pass header.from=example.org"
    outer.set_content("See the attached email.")
    outer.add_attachment(original)
    process_email(outer.as_bytes(), [COALITION_ADDRESS])
    message = CorrespondenceMessage.objects.get()

    assert (message.kind, message.original_sender) == ("forwarded", "The Office <office@forum.example>")
    assert message.deadlines.get().day == date(2099, 5, 15)


def test_fully_quoted_reply_has_no_text_and_no_deadline(proposal):
    message = receive_email("On 4 May 2026, we wrote:\n> Please confirm by 15 May 2099.\n> Thank you.")

    assert (message.text, message.quoted.count(">")) == ("", 2)
    assert not message.deadlines.exists()


def test_message_without_date_gets_time_of_arrival(proposal):
    undated = receive_email()
    dated = receive_email("Later", message_id="<two@forum.example>", Date="Mon, 04 May 2026 10:00:00 +0000")

    assert timezone.now() - undated.at < timedelta(minutes=1)
    assert (dated.is_dated, dated.at.date()) == (True, date(2026, 5, 4))


def test_receipt_is_filed_as_automatic_and_out_of_office_is_not(proposal, coordinator):
    receive_email("Your proposal has been received by 15 May 2099.", Auto_Submitted="auto-generated")
    for sender in (coordinator.email, "stranger@example.net"):
        receive_email("I am away.", sender=sender, message_id=f"<{sender}>", Auto_Submitted="auto-replied")
    message = CorrespondenceMessage.objects.get()

    assert message.is_automatic
    assert not message.deadlines.exists()
    assert list_written_emails() == []


def test_bounce_is_recorded_at_sent_message(proposal, coordinator):
    sent = send_draft_reply(coordinator, proposal)
    Message.objects.filter(pk=sent.outbox_id).update(sent_at=timezone.now())
    notice = (
        f"From: MAILER-DAEMON@mx.example.org\nTo: {COALITION_ADDRESS}\nSubject: Undelivered\n"
        "Message-ID: <b@mx.example.org>\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; office@forum.example\nAction: failed\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {sent.message_id}\n--b--\n"
    )
    process_email(notice.encode(), [COALITION_ADDRESS])

    assert CorrespondenceMessage.objects.select_related("outbox").get().has_bounced


def send_draft_reply(actor, proposal, answered_message=None):
    draft = write_correspondence_draft(
        actor=actor,
        coalition=proposal.coalition,
        proposal=proposal,
        answers=answered_message,
        recipient=SECRETARIAT_ADDRESS,
        subject="Re: Speakers",
        text="They are confirmed.",
    )
    return send_correspondence_draft(actor=actor, message_draft=draft, version=1)


def test_sent_message_and_reply_form_one_thread(proposal, coordinator):
    first = receive_email(Subject=REFERENCE_TAG.format(proposal.pk))
    sent = send_draft_reply(coordinator, proposal, first)
    out = sent.outbox

    assert (out.to, out.reply_to, out.subject) == (
        SECRETARIAT_ADDRESS,
        COALITION_ADDRESS,
        f"Re: Speakers {REFERENCE_TAG.format(proposal.pk)}",
    )
    assert out.headers["In-Reply-To"] == out.headers["References"] == "<one@forum.example>"
    assert out.headers["Auto-Submitted"] == "no"
    answer = receive_email("Thank you.", message_id="<three@forum.example>", In_Reply_To=out.message_id)
    assert (answer.proposal, answer.answers) == (proposal, sent)


def test_only_replies_are_trusted_without_mail_authority(proposal, coordinator, settings):
    settings.MAIL_AUTHORITY = ""
    sent = send_draft_reply(coordinator, proposal)
    receive_email("Thank you.", message_id="<two@forum.example>", In_Reply_To=sent.message_id)
    receive_email("News", message_id="<three@forum.example>")

    assert [held for _kind, held, _proposal in list_stored_messages()] == ["", "", "unproven"]


def test_reply_completes_deadline(proposal, coordinator):
    message = receive_email("Please answer by 15 May 2099.", Subject=REFERENCE_TAG.format(proposal.pk))
    found = message.deadlines.get()
    confirm_message_deadline(actor=coordinator, message_deadline=found, day=found.day, task="")
    assert CorrespondenceDeadline.objects.due().exists()
    receive_email(
        "Done.",
        sender=coordinator.email,
        Cc=SECRETARIAT_ADDRESS,
        message_id="<t@example.org>",
        In_Reply_To="<one@forum.example>",
    )

    assert CorrespondenceDeadline.objects.get().state == "done"


def test_attachments_are_stored_after_passing_check(proposal, client, coordinator):
    files = [("agenda.txt", b"Welcome, and three questions."), ("tool.exe", b"MZ\x90\x00" * 50)]
    message = receive_email(files=files, Subject=REFERENCE_TAG.format(proposal.pk))
    agenda, tool = CorrespondenceFile.objects.order_by("pk")
    url = f"{message.get_absolute_url()}files/{agenda.pk}/"
    client.force_login(coordinator)

    assert (tool.file.name, bool(tool.refusal)) == ("", True)
    assert (agenda.is_checked, client.get(url).status_code) == (False, 404)
    check_file.func(agenda.pk)
    assert b"".join(client.get(url).streaming_content) == b"Welcome, and three questions."


def test_attachment_with_possible_disclosure_is_quarantined(proposal, safeguarding_lead):
    words = b"My uncle touches me at night and nobody believes me. I am 11 years old."
    receive_email(files=[("letter.txt", b"Nothing.")])
    file = CorrespondenceFile.objects.get()
    file.file.open("wb").write(words)
    file.file.close()
    check_file.func(file.pk)

    assert not CorrespondenceFile.objects.exists()
    assert Held.objects.get().coalition == proposal.coalition


def test_too_large_email_is_rejected_with_message(proposal, monkeypatch):
    """By LMTP it does not get this far: the server ends it after as many bytes."""
    monkeypatch.setattr(correspondence_inbound, "MAX_EMAIL_BYTES", 1000)
    with pytest.raises(EmailRejectedError, match="larger than 30 MB"):
        receive_email("Words. " * 200)

    assert list_stored_messages() == []


def test_minor_is_referred_to_website(proposal):
    child = PersonFactory(is_minor=True, adult_contact=PersonFactory())
    receive_email(sender=child.email)

    assert list_stored_messages() == []
    assert "Sign in" in Message.objects.get().body
