"""By mail alone one can comment, apply and leave; a forged mail speaks for nobody, and no machine is answered."""

from contextlib import suppress

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Membership
from jukwaa.core.retention import remove_overdue_rows
from jukwaa.mail import actions as mail
from jukwaa.mail.mail_intake import EmailRejectedError
from jukwaa.mail.models import Message
from jukwaa.mail.tasks import build_outgoing_email
from jukwaa.records.actions import add_comment, withdraw_record
from jukwaa.records.models import Authorship, Comment, Document, Held
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.incoming import comments, process_email
from jukwaa.updates.models import MailChoice, PendingMail
from tests.deep import get_example_count
from tests.factories import AffiliationFactory
from tests.updates.emails import (
    AUTOMATIC_HEADERS,
    build_own_address,
    build_raw_email,
    deliver_email,
    find_link_path,
    list_written_emails,
)


@pytest.fixture
def comment_reply_thread(document, member, rapporteur):
    """The address by which a member answers a comment."""
    add_comment(actor=rapporteur, record=document, body="It could be shorter.")
    send_pending_activity_notifications()
    address = Message.objects.get(to=member.email).reply_to
    Message.objects.all().delete()
    return address


def list_reply_comments():
    return list(Comment.objects.order_by("pk").values_list("author__email", "capacity__name", "body"))[1:]


def test_email_reply_becomes_comment(comment_reply_thread, member):
    deliver_email("I agree.\n\n> It could be shorter.", to=comment_reply_thread, sender=member.email)

    assert list_reply_comments() == [(member.email, "A member", "I agree.")]
    assert list_written_emails() == []


def test_email_reply_has_capacity_of_sender(document, delegate, organisation, rapporteur):
    add_comment(actor=delegate, record=document, body="We use it.", organisation=organisation)
    add_comment(actor=rapporteur, record=document, body="How?")
    send_pending_activity_notifications()
    message = Message.objects.get(to=delegate.email)
    assert f"To comment on behalf of {organisation.name}, reply" in message.body
    deliver_email("In schools.", to=message.reply_to, sender=delegate.email)

    assert list_reply_comments()[-1] == (delegate.email, organisation.name, "In schools.")


def test_duplicate_email_is_processed_once(comment_reply_thread, member):
    for _ in range(3):
        deliver_email(to=comment_reply_thread, sender=member.email)

    assert len(list_reply_comments()) == 1


def test_duplicate_application_is_asked_about_once(mailing_coalition):
    for _ in range(2):
        deliver_email("We would like to help.", to=build_own_address("join+ours"), sender="new@example.org")

    assert PendingMail.objects.count() == 1


def test_forged_reply_is_posted_after_confirmation_only(client, comment_reply_thread, member):
    deliver_email("I hate this.", to=comment_reply_thread, sender="other@example.net")

    assert list_reply_comments() == []
    assert list_written_emails() == [(member.email, "Did you write this comment?")]
    path = find_link_path(Message.objects.get(), "/mail/confirm/")
    assert "I hate this." in client.get(path).content.decode()
    assert list_reply_comments() == []
    assert client.post(path).status_code == 200
    assert list_reply_comments() == [(member.email, "A member", "I hate this.")]
    assert [client.post(path).status_code, client.get(path).status_code, len(list_reply_comments())] == [410, 410, 1]


def test_only_authenticated_senders_are_trusted(comment_reply_thread, member, settings):
    settings.MAIL_AUTHORITY = "mx.example.org"
    deliver_email(to=comment_reply_thread, sender=member.email)
    forged = "mx.example.net; dmarc=pass"
    deliver_email(
        to=comment_reply_thread, sender=member.email, message_id="<two@example.org>", Authentication_Results=forged
    )
    assert (list_reply_comments(), PendingMail.objects.count()) == ([], 2)

    passed = "mx.example.org; dmarc=pass header.from=example.org"
    deliver_email(
        to=comment_reply_thread, sender=member.email, message_id="<three@example.org>", Authentication_Results=passed
    )
    assert list_reply_comments() == [(member.email, "A member", "I agree.")]


def test_former_member_cannot_reply(comment_reply_thread, member):
    Membership.objects.filter(person=member).update(standing="left")
    Document.objects.update(label="TLP:GREEN")
    Authorship.objects.all().delete()
    deliver_email(to=comment_reply_thread, sender=member.email)

    assert list_reply_comments() == []
    assert list_written_emails() == [(member.email, "Your reply was not posted")]
    assert "guidance" not in Message.objects.get().body


def test_reply_to_withdrawn_record_is_refused(comment_reply_thread, document, member, coordinator):
    withdraw_record(actor=coordinator, record=document, reason="It was wrong.")
    deliver_email(to=comment_reply_thread, sender=member.email)

    assert list_reply_comments() == []


def test_identifying_words_in_comment_reply_need_confirmation(client, comment_reply_thread, member):
    deliver_email("Ask them: child.name@example.com, +44 20 7946 0958.", to=comment_reply_thread, sender=member.email)

    assert (list_reply_comments(), PendingMail.objects.count()) == ([], 1)
    assert "<mark>" in client.get(find_link_path(Message.objects.get(), "/mail/confirm/")).content.decode()


def test_empty_or_overlong_comment_reply_is_explained(comment_reply_thread, member):
    deliver_email("> It could be shorter.", to=comment_reply_thread, sender=member.email)
    deliver_email("word " * 3000, to=comment_reply_thread, sender=member.email, message_id="<two@example.org>")

    assert list_reply_comments() == []
    assert list_written_emails() == [(member.email, "Your reply was not posted")] * 2


def test_unsubscribe_reply_ends_comment_emails(comment_reply_thread, member):
    deliver_email("Unsubscribe", to=comment_reply_thread, sender=member.email)

    assert list_reply_comments() == []
    assert list(MailChoice.objects.values_list("person", "topic", "wanted")) == [(member.pk, "comments", False)]
    assert list_written_emails() == [(member.email, "You will not receive any more emails of this kind")]


def test_disclosure_by_email_gets_helplines_and_reaches_lead_only(comment_reply_thread, member, safeguarding_lead):
    deliver_email("My uncle touched me and I am 12.", to=comment_reply_thread, sender=member.email)

    assert (list_reply_comments(), PendingMail.objects.count()) == ([], 0)
    assert list(Held.objects.values_list("door", "address")) == [("mail", member.email)]
    answer = Message.objects.get()
    assert (answer.to, answer.subject, "uncle" in answer.body) == (member.email, "Thank you for writing", False)
    Message.objects.all().delete()
    send_pending_activity_notifications()
    assert [to for to, _subject in list_written_emails()] == [safeguarding_lead.email]


def test_application_by_email_is_received(client, mailing_coalition, coordinator):
    deliver_email("We would like to help.", to=build_own_address("ours"), sender="New Comer <new@example.org>")
    assert Membership.objects.filter(standing="applied").count() == 0
    assert list_written_emails() == [("new@example.org", "Please confirm that you want to join Our Coalition")]
    assert "We would like to help." not in Message.objects.get().body  # a forged From makes us carry nothing
    path = find_link_path(Message.objects.get(), "/mail/confirm/")
    assert client.get(path).status_code == 200
    assert client.post(path, {"stakeholder_group": "government"}).status_code == 200

    application = Membership.objects.get(standing="applied")
    assert (application.person.name, application.person.email, application.motivation) == (
        "New Comer",
        "new@example.org",
        "We would like to help.",
    )
    send_pending_activity_notifications()
    assert list_written_emails()[1:] == [
        (coordinator.email, "[Our Coalition] Please decide: New Comer would like to join")
    ]
    deliver_email(
        "Once more.", to=build_own_address("join+ours"), sender="new@example.org", message_id="<two@example.org>"
    )
    assert list_written_emails()[2:] == [("new@example.org", "You have already applied")]


def test_member_can_leave_by_email(client, mailing_coalition, member, coordinator):
    deliver_email("Goodbye.", to=build_own_address("leave+ours"), sender=member.email)
    assert Membership.objects.get(person=member).standing == "active"
    path = find_link_path(Message.objects.get(), "/mail/confirm/")
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 200

    assert Membership.objects.get(person=member).standing == "left"


def test_representative_can_end_membership_by_email(client, mailing_coalition, organisation, delegate):
    deliver_email("Goodbye.", to=build_own_address("leave+ours"), sender=delegate.email)
    path = find_link_path(Message.objects.get(), "/mail/confirm/")
    assert organisation.name in client.get(path).content.decode()
    client.post(path)

    assert Membership.objects.get(organisation=organisation).standing == "left"


def test_unauthorised_person_cannot_end_membership_by_email(mailing_coalition, organisation):
    colleague = AffiliationFactory(organisation=organisation).person
    deliver_email("Goodbye.", to=build_own_address("leave+ours"), sender=colleague.email)

    assert PendingMail.objects.count() == 0
    assert list_written_emails() == [(colleague.email, "No membership to end")]


def test_unconfirmed_mail_is_deleted_after_two_weeks(client, mailing_coalition):
    deliver_email(to=build_own_address("ours"), sender="new@example.org")
    path = find_link_path(Message.objects.get(), "/mail/confirm/")
    pending = PendingMail.objects.get()
    pending.expires_at = pending.came_at
    pending.save()
    assert client.post(path, {"stakeholder_group": "other"}).status_code == 410
    remove_overdue_rows(timezone.now())

    assert PendingMail.objects.count() == 0
    assert (client.get(path).status_code, Membership.objects.filter(standing="applied").count()) == (410, 0)


@pytest.mark.parametrize("local_part", ["ours", "leave+ours", "whatever", "reply+" + "0" * 32])
@pytest.mark.parametrize(
    "email_headers",
    [
        AUTOMATIC_HEADERS,
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"sender": "MAILER-DAEMON@example.org"},
        {"sender": "no-reply@example.org"},
        {"sender": "news-bounces@example.org"},
        {"sender": "ours@localhost"},
    ],
)
def test_automatic_email_gets_no_reply(mailing_coalition, local_part, email_headers):
    deliver_email(to=build_own_address(local_part), **email_headers)

    assert list_written_emails() == []


def test_returned_own_email_is_not_answered(document, member, rapporteur):
    add_comment(actor=rapporteur, record=document, body="Said.")
    send_pending_activity_notifications()
    message = Message.objects.get()
    process_email(build_outgoing_email(message).message().as_bytes(), [build_own_address("ours"), message.reply_to])

    assert (Message.objects.count(), Comment.objects.count()) == (1, 1)


def test_other_email_is_explained_once_a_day(mailing_coalition):
    for number in range(3):
        deliver_email(to=build_own_address("hello"), sender="someone@example.org", message_id=f"<{number}@example.org>")

    assert list_written_emails() == [("someone@example.org", "How to use these email addresses")]
    assert build_own_address("leave+ours") in Message.objects.get().body


@pytest.fixture
def coalition_with_list(mailing_coalition):
    mailing_coalition.list_address = "cos@lists.example.org"
    mailing_coalition.save()
    return mailing_coalition


EMAIL_HEADER_LINES = rb"""From: a@example.org
To: ours@localhost
Subject: =?utf-8?b?7aCA?=
Content-Type: multipart/mixed; boundary=x
--x

Date: Mon, 99 Foo 99999
Content-Type: text/plain; charset=nonsense"""
BROKEN_EMAIL_HEADERS = [
    b"From: \xff\xfe@example.org",
    b"Message-ID: <a\0b@x>",
    b"\x00\xed\xa0\x80",
    b"List-Post: <mailto:\xff>",
]
LINE_STRATEGY = st.sampled_from([*EMAIL_HEADER_LINES.splitlines(), *BROKEN_EMAIL_HEADERS, b"References: <\xff> <b@c>"])
GARBAGE_STRATEGY = st.one_of(st.binary(max_size=300), st.lists(LINE_STRATEGY, max_size=12).map(b"\n".join))
RECIPIENT_STRATEGY = st.lists(
    st.one_of(st.sampled_from(["ours@localhost", "list+ours@localhost", "leave+ours@localhost"]), st.text(max_size=20)),
    max_size=4,
)


@settings(max_examples=get_example_count(150))
@given(email_bytes=GARBAGE_STRATEGY, recipient_addresses=RECIPIENT_STRATEGY)
@example(
    email_bytes=b"From: a@example.org\nMessage-ID: <\xff\0@x>\n\n\0text\xed\xa0\x80",
    recipient_addresses=["ours@localhost"],
)
@example(
    email_bytes=b"From: =?utf-8?q?=00=ED=A0=80?= <a@example.org>\nSubject: =?utf-8?q?=00?=\n\nx",
    recipient_addresses=["ours@localhost"],
)
def test_any_email_content_is_processed_without_error(
    coalition_with_list_for_examples, email_bytes, recipient_addresses
):
    with suppress(EmailRejectedError):
        process_email(email_bytes, recipient_addresses)


@pytest.fixture
def coalition_with_list_for_examples(coalition_with_list):
    return coalition_with_list


def test_failed_processing_leaves_nothing_and_is_retried(comment_reply_thread, member, monkeypatch):
    def raise_processing_error(*args, **kwargs):
        raise OSError

    original = comments.store_email_attachments
    monkeypatch.setattr(comments, "store_email_attachments", raise_processing_error)
    with pytest.raises(OSError):
        deliver_email(to=comment_reply_thread, sender=member.email)
    assert list_reply_comments() == []
    monkeypatch.setattr(comments, "store_email_attachments", original)
    deliver_email(to=comment_reply_thread, sender=member.email)

    assert len(list_reply_comments()) == 1


def test_command_processes_mail_folder(comment_reply_thread, member, tmp_path, capsys):
    (tmp_path / "one.eml").write_bytes(build_raw_email(to=comment_reply_thread, sender=member.email))
    call_command("receive", str(tmp_path))

    assert (len(list_reply_comments()), [path.name for path in (tmp_path / "done").iterdir()]) == (1, ["one.eml"])
    assert capsys.readouterr().out == "Emails processed: 1.\n"


def test_reply_address_is_bound_to_recipient(comment_reply_thread, member, rapporteur):
    """Another member who came to know the address speaks neither as its owner nor through it."""
    deliver_email("As somebody else.", to=comment_reply_thread, sender=rapporteur.email)

    assert list_reply_comments() == []
    assert list_written_emails() == [(member.email, "Did you write this comment?")]
    assert mail.find_reply_address([comment_reply_thread]).address == member.email
    assert Person.objects.filter(email=member.email).count() == 1
