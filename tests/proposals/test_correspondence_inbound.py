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
from jukwaa.updates.activity_notifications import notify_untold_activities
from jukwaa.updates.incoming import process_email
from jukwaa.updates.incoming.inbound_email import InboundEmail
from tests.factories import PersonFactory, RoleFactory
from tests.proposals.correspondence import ADDRESS, AUTHORITY, FORWARDED, SECRETARIAT, add_secretariat_address, receive
from tests.proposals.kinds import ProposalFactory
from tests.updates.mails import list_written_emails

TAG = "[ours-{}]"


@pytest.fixture(autouse=True)
def authority(settings):
    settings.MAIL_AUTHORITY = AUTHORITY


@pytest.fixture
def proposal(released, coordinator):
    add_secretariat_address(released)
    return ProposalFactory(coalition=released, author=coordinator, published=True, label="TLP:GREEN")


def kept():
    return list(CorrespondenceMessage.objects.order_by("pk").values_list("kind", "held_because", "proposal"))


def test_secretariat_message_is_filed_by_subject_tag(proposal):
    message = receive(Subject=f"Fwd: Speakers {TAG.format(proposal.pk).upper()}")

    assert kept() == [("received", "", proposal.pk)]
    assert (message.sender, message.text, message.is_dated) == (SECRETARIAT, "Please confirm.", False)


def test_message_without_tag_is_filed_with_coalition(proposal):
    receive(Subject="Speakers")

    assert kept() == [("received", "", None)]


def test_message_with_two_tags_is_unclear(proposal, coordinator):
    other = ProposalFactory(coalition=proposal.coalition, published=True)
    receive(Subject=f"{TAG.format(proposal.pk)} and {TAG.format(other.pk)}")

    assert kept() == [("received", "", None)]


def test_tag_of_another_coalition_is_ignored(proposal, other_coalition):
    other = ProposalFactory(coalition=other_coalition, published=True)
    receive(Subject=TAG.format(other.pk))

    assert kept() == [("received", "", None)]


def test_reply_is_filed_with_its_thread_after_move(proposal, coordinator):
    other = ProposalFactory(coalition=proposal.coalition, published=True, label="TLP:GREEN")
    first = receive(Subject=TAG.format(proposal.pk))
    file_message_with_proposal(actor=coordinator, message=first, proposal=other)
    reply = receive(
        "And the chair?",
        message_id="<two@forum.example>",
        Subject=f"Re: {TAG.format(proposal.pk)}",
        References="<none@forum.example> <one@forum.example>",
    )

    assert (reply.proposal_id, reply.answers_id) == (other.pk, first.pk)


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.HELD])
def test_message_for_closed_proposal_is_kept(proposal, state):
    closed = {"withdrawn_at": timezone.now(), "withdrawn_because": "No time."} if state == State.WITHDRAWN else {}
    Proposal.objects.filter(pk=proposal.pk).update(state=state, **closed)
    receive(Subject=TAG.format(proposal.pk))

    assert kept() == [("received", "", proposal.pk if state == State.WITHDRAWN else None)]


def test_message_from_stranger_is_held_and_acknowledged_once(proposal):
    receive(sender="stranger@example.net", Subject=TAG.format(proposal.pk))
    receive("Again", sender="stranger@example.net", message_id="<two@example.net>")

    assert kept() == [("received", "stranger", proposal.pk), ("received", "stranger", None)]
    assert list_written_emails() == [("stranger@example.net", "Your message has been received")]
    assert "Please confirm" not in Message.objects.get().body


@pytest.mark.parametrize("who", ["secretariat", "coordinator"])
def test_message_with_forged_sender_is_held_without_reply(proposal, coordinator, who):
    receive(sender=SECRETARIAT if who == "secretariat" else coordinator.email, proven=False)

    assert [held for _kind, held, _proposal in kept()] == ["unproven"]
    assert list_written_emails() == []


def test_forged_sender_is_not_shown_as_member(proposal, coordinator, member):
    receive(sender=coordinator.email, proven=False)
    receive("I agree.", sender=member.email, proven=False, message_id="<two@example.org>")
    receive("And I.", sender=member.email, message_id="<three@example.org>")
    found = CorrespondenceMessage.objects.order_by("pk").values_list("person", "held_because")

    assert list(found) == [(None, "unproven"), (None, "unproven"), (member.pk, "stranger")]


def test_former_member_gets_no_email_about_messages(proposal, coordinator, member):
    join_proposal_team(actor=member, proposal=proposal)
    member.memberships.update(ends_on=timezone.localdate() - timedelta(days=1), standing="ended")
    receive(Subject=TAG.format(proposal.pk))
    notify_untold_activities()

    assert [to for to, _subject in list_written_emails()] == [coordinator.email]


def test_messages_from_strangers_are_limited(proposal):
    for number in range(12):
        receive(f"Text {number}", sender="stranger@example.net", message_id=f"<{number}@example.net>")

    assert len(kept()) == 10


@pytest.mark.parametrize(
    ("sender", "proven", "kept"),
    [(SECRETARIAT, True, True), (SECRETARIAT, False, False), ("stranger@example.net", True, False)],
)
def test_files_from_strangers_are_checked_up_to_limit(proposal, sender, proven, kept):
    for _file in range(correspondence_inbound.SENDER_EMAIL_RATE.amount):
        count_attempt(correspondence_inbound.SENDER_EMAIL_RATE, sender)
    facts = {"sender": sender, "subject": "", "text": "", "language": "", "sent_at": timezone.now()}
    came = InboundEmail(raw=b"", is_authenticated_sender=proven, **facts)

    assert correspondence_inbound.should_keep_files(came) is kept


def test_duplicate_message_is_filed_once(proposal):
    for message_id in ("<one@forum.example>", "<one@forum.example>", "<changed-on-the-way@relay.example>"):
        receive(message_id=message_id, Date="Mon, 04 May 2026 10:00:00 +0000")

    assert len(kept()) == 1


def test_member_outside_team_is_treated_as_stranger(proposal, member):
    receive(sender=member.email, Subject=TAG.format(proposal.pk))
    assert [held for _kind, held, _proposal in kept()] == ["stranger"]

    join_proposal_team(actor=member, proposal=proposal)
    receive("A note", sender=member.email, message_id="<two@example.org>", Subject=TAG.format(proposal.pk))
    assert kept()[1] == ("note", "", proposal.pk)


@pytest.mark.parametrize("kind", Role.Kind)
def test_email_from_role_holder_is_filed_as_note(proposal, member, kind):
    RoleFactory(coalition=proposal.coalition, person=member, kind=kind)
    receive(sender=member.email)

    known = kind in {"coordinator", "chair", "rapporteur", "editor"}
    assert kept() == [("note", "", None) if known else ("received", "stranger", None)]


def test_copy_of_email_to_secretariat_is_filed_as_sent(proposal, coordinator):
    message = receive(sender=coordinator.email, Cc=SECRETARIAT)

    assert (message.kind, message.recipient, message.person) == ("sent", SECRETARIAT, coordinator)


def test_forwarded_email_keeps_its_original_sender_and_date(proposal, coordinator):
    message = receive(FORWARDED, sender=coordinator.email, Subject="Fwd: Your session")

    assert message.kind == "forwarded"
    assert message.original_sender == "The Office <office@forum.example>"
    assert message.original_date == "Mon, 4 May 2026 at 10:04"
    assert (message.text, message.quoted) == (
        "Please see below.",
        "Please confirm the speakers no later than 15 May 2099.",
    )
    assert list(message.deadlines.values_list("day", "state")) == [(date(2099, 5, 15), "suggested")]


@pytest.mark.parametrize("sender", [SECRETARIAT, "stranger@example.net"])
def test_forwarded_text_is_parsed_only_in_team_emails(proposal, monkeypatch, sender):
    monkeypatch.setattr(correspondence_inbound, "find_forwarded_email", None)
    message = receive(FORWARDED, sender=sender, Subject="Fwd: Your session")

    assert (message.kind, message.original_sender) == ("received", "")


def test_email_forwarded_as_attachment_keeps_original_sender(proposal, coordinator):
    original = EmailMessage()
    original["From"], original["Date"] = "The Office <office@forum.example>", "Mon, 04 May 2026 10:04:00 +0000"
    original.set_content("Please confirm by 15 May 2099.")
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = coordinator.email, ADDRESS, "Your session"
    outer["Authentication-Results"] = f"{AUTHORITY}; dmarc=pass header.from=example.org"
    outer.set_content("See the attached email.")
    outer.add_attachment(original)
    process_email(outer.as_bytes(), [ADDRESS])
    message = CorrespondenceMessage.objects.get()

    assert (message.kind, message.original_sender) == ("forwarded", "The Office <office@forum.example>")
    assert message.deadlines.get().day == date(2099, 5, 15)


def test_fully_quoted_reply_has_no_text_and_no_deadline(proposal):
    message = receive("On 4 May 2026, we wrote:\n> Please confirm by 15 May 2099.\n> Thank you.")

    assert (message.text, message.quoted.count(">")) == ("", 2)
    assert not message.deadlines.exists()


def test_message_without_date_gets_time_of_arrival(proposal):
    undated = receive()
    dated = receive("Later", message_id="<two@forum.example>", Date="Mon, 04 May 2026 10:00:00 +0000")

    assert timezone.now() - undated.at < timedelta(minutes=1)
    assert (dated.is_dated, dated.at.date()) == (True, date(2026, 5, 4))


def test_receipt_is_filed_as_automatic_and_out_of_office_is_not(proposal, coordinator):
    receive("Your proposal has been received by 15 May 2099.", Auto_Submitted="auto-generated")
    for sender in (coordinator.email, "stranger@example.net"):
        receive("I am away.", sender=sender, message_id=f"<{sender}>", Auto_Submitted="auto-replied")
    message = CorrespondenceMessage.objects.get()

    assert message.is_automatic
    assert not message.deadlines.exists()
    assert list_written_emails() == []


def test_bounce_marks_sent_message(proposal, coordinator):
    sent = send_reply(coordinator, proposal)
    Message.objects.filter(pk=sent.outbox_id).update(sent_at=timezone.now())
    notice = (
        f"From: MAILER-DAEMON@mx.example.org\nTo: {ADDRESS}\nSubject: Undelivered\nMessage-ID: <b@mx.example.org>\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; office@forum.example\nAction: failed\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {sent.message_id}\n--b--\n"
    )
    process_email(notice.encode(), [ADDRESS])

    assert CorrespondenceMessage.objects.select_related("outbox").get().has_bounced


def send_reply(actor, proposal, answers=None):
    draft = write_correspondence_draft(
        actor=actor,
        coalition=proposal.coalition,
        proposal=proposal,
        answers=answers,
        recipient=SECRETARIAT,
        subject="Re: Speakers",
        text="They are confirmed.",
    )
    return send_correspondence_draft(actor=actor, draft=draft, version=1)


def test_sent_message_and_reply_form_one_thread(proposal, coordinator):
    first = receive(Subject=TAG.format(proposal.pk))
    sent = send_reply(coordinator, proposal, first)
    out = sent.outbox

    assert (out.to, out.reply_to, out.subject) == (SECRETARIAT, ADDRESS, f"Re: Speakers {TAG.format(proposal.pk)}")
    assert out.headers["In-Reply-To"] == out.headers["References"] == "<one@forum.example>"
    assert out.headers["Auto-Submitted"] == "no"
    answer = receive("Thank you.", message_id="<three@forum.example>", In_Reply_To=out.message_id)
    assert (answer.proposal, answer.answers) == (proposal, sent)


def test_without_authority_only_replies_are_trusted(proposal, coordinator, settings):
    settings.MAIL_AUTHORITY = ""
    sent = send_reply(coordinator, proposal)
    receive("Thank you.", message_id="<two@forum.example>", In_Reply_To=sent.message_id)
    receive("News", message_id="<three@forum.example>")

    assert [held for _kind, held, _proposal in kept()] == ["", "", "unproven"]


def test_reply_completes_deadline(proposal, coordinator):
    message = receive("Please answer by 15 May 2099.", Subject=TAG.format(proposal.pk))
    found = message.deadlines.get()
    confirm_message_deadline(actor=coordinator, deadline=found, day=found.day, task="")
    assert CorrespondenceDeadline.objects.due().exists()
    receive(
        "Done.",
        sender=coordinator.email,
        Cc=SECRETARIAT,
        message_id="<t@example.org>",
        In_Reply_To="<one@forum.example>",
    )

    assert CorrespondenceDeadline.objects.get().state == "done"


def test_attachments_are_stored_after_passing_check(proposal, client, coordinator):
    files = [("agenda.txt", b"Welcome, and three questions."), ("tool.exe", b"MZ\x90\x00" * 50)]
    message = receive(files=files, Subject=TAG.format(proposal.pk))
    agenda, tool = CorrespondenceFile.objects.order_by("pk")
    url = f"{message.get_absolute_url()}files/{agenda.pk}/"
    client.force_login(coordinator)

    assert (tool.file.name, bool(tool.refusal)) == ("", True)
    assert (agenda.is_checked, client.get(url).status_code) == (False, 404)
    check_file.func(agenda.pk)
    assert b"".join(client.get(url).streaming_content) == b"Welcome, and three questions."


def test_attachment_with_possible_disclosure_is_quarantined(proposal, safeguarding_lead):
    words = b"My uncle touches me at night and nobody believes me. I am 11 years old."
    receive(files=[("letter.txt", b"Nothing.")])
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
        receive("Words. " * 200)

    assert kept() == []


def test_minor_is_referred_to_website(proposal):
    child = PersonFactory(is_minor=True, adult_contact=PersonFactory())
    receive(sender=child.email)

    assert kept() == []
    assert "Sign in" in Message.objects.get().body
