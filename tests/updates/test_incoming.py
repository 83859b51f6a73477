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
from jukwaa.updates.activity_notifications import notify_untold_activities
from jukwaa.updates.incoming import comments, process_email
from jukwaa.updates.models import MailChoice, PendingMail
from tests.deep import examples
from tests.factories import AffiliationFactory
from tests.updates.mails import MACHINE, at, deliver, link_in, raw, written


@pytest.fixture
def thread(document, member, rapporteur):
    """The address by which a member answers a comment."""
    add_comment(actor=rapporteur, record=document, body="It could be shorter.")
    notify_untold_activities()
    address = Message.objects.get(to=member.email).reply_to
    Message.objects.all().delete()
    return address


def said():
    return list(Comment.objects.order_by("pk").values_list("author__email", "capacity__name", "body"))[1:]


def test_email_reply_becomes_comment(thread, member):
    deliver("I agree.\n\n> It could be shorter.", to=thread, sender=member.email)

    assert said() == [(member.email, "A member", "I agree.")]
    assert written() == []


def test_email_reply_has_capacity_of_sender(document, delegate, organisation, rapporteur):
    add_comment(actor=delegate, record=document, body="We use it.", organisation=organisation)
    add_comment(actor=rapporteur, record=document, body="How?")
    notify_untold_activities()
    message = Message.objects.get(to=delegate.email)
    assert f"To comment on behalf of {organisation.name}, reply" in message.body
    deliver("In schools.", to=message.reply_to, sender=delegate.email)

    assert said()[-1] == (delegate.email, organisation.name, "In schools.")


def test_duplicate_email_is_processed_once(thread, member):
    for _ in range(3):
        deliver(to=thread, sender=member.email)

    assert len(said()) == 1


def test_application_that_is_delivered_twice_is_asked_about_once(released):
    for _ in range(2):
        deliver("We would like to help.", to=at("join+ours"), sender="new@example.org")

    assert PendingMail.objects.count() == 1


def test_a_forged_answer_is_said_by_nobody_until_the_writer_confirms_it(client, thread, member):
    deliver("I hate this.", to=thread, sender="other@example.net")

    assert said() == []
    assert written() == [(member.email, "Did you write this comment?")]
    path = link_in(Message.objects.get(), "/mail/confirm/")
    assert "I hate this." in client.get(path).content.decode()
    assert said() == []
    assert client.post(path).status_code == 200
    assert said() == [(member.email, "A member", "I hate this.")]
    assert [client.post(path).status_code, client.get(path).status_code, len(said())] == [410, 410, 1]


def test_where_the_mail_server_checks_senders_only_what_passed_is_believed(thread, member, settings):
    settings.MAIL_AUTHORITY = "mx.example.org"
    deliver(to=thread, sender=member.email)
    forged = "mx.example.net; dmarc=pass"
    deliver(to=thread, sender=member.email, message_id="<two@example.org>", Authentication_Results=forged)
    assert (said(), PendingMail.objects.count()) == ([], 2)

    passed = "mx.example.org; dmarc=pass header.from=example.org"
    deliver(to=thread, sender=member.email, message_id="<three@example.org>", Authentication_Results=passed)
    assert said() == [(member.email, "A member", "I agree.")]


def test_former_member_cannot_reply(thread, member):
    Membership.objects.filter(person=member).update(standing="left")
    Document.objects.update(label="TLP:GREEN")
    Authorship.objects.all().delete()
    deliver(to=thread, sender=member.email)

    assert said() == []
    assert written() == [(member.email, "Your reply was not posted")]
    assert "guidance" not in Message.objects.get().body


def test_reply_to_withdrawn_record_is_refused(thread, document, member, coordinator):
    withdraw_record(actor=coordinator, record=document, reason="It was wrong.")
    deliver(to=thread, sender=member.email)

    assert said() == []


def test_words_by_which_somebody_could_be_found_are_looked_at_once_more(client, thread, member):
    deliver("Ask them: child.name@example.com, +44 20 7946 0958.", to=thread, sender=member.email)

    assert (said(), PendingMail.objects.count()) == ([], 1)
    assert "<mark>" in client.get(link_in(Message.objects.get(), "/mail/confirm/")).content.decode()


def test_an_answer_without_words_or_with_too_many_is_explained(thread, member):
    deliver("> It could be shorter.", to=thread, sender=member.email)
    deliver("word " * 3000, to=thread, sender=member.email, message_id="<two@example.org>")

    assert said() == []
    assert written() == [(member.email, "Your reply was not posted")] * 2


def test_answering_unsubscribe_ends_mail_about_comments(thread, member):
    deliver("Unsubscribe", to=thread, sender=member.email)

    assert said() == []
    assert list(MailChoice.objects.values_list("person", "topic", "wanted")) == [(member.pk, "comments", False)]
    assert written() == [(member.email, "You will not receive more emails of this kind")]


def test_what_may_be_a_disclosure_gets_helplines_and_reaches_the_lead_alone(thread, member, safeguarding_lead):
    deliver("My uncle touched me and I am 12.", to=thread, sender=member.email)

    assert (said(), PendingMail.objects.count()) == ([], 0)
    assert list(Held.objects.values_list("door", "address")) == [("mail", member.email)]
    answer = Message.objects.get()
    assert (answer.to, answer.subject, "uncle" in answer.body) == (member.email, "Thank you for writing", False)
    Message.objects.all().delete()
    notify_untold_activities()
    assert [to for to, _subject in written()] == [safeguarding_lead.email]


def test_application_by_email(client, released, coordinator):
    deliver("We would like to help.", to=at("ours"), sender="New Comer <new@example.org>")
    assert Membership.objects.filter(standing="applied").count() == 0
    assert written() == [("new@example.org", "Please confirm that you want to join Our Coalition")]
    assert "We would like to help." not in Message.objects.get().body  # a forged From makes us carry nothing
    path = link_in(Message.objects.get(), "/mail/confirm/")
    assert client.get(path).status_code == 200
    assert client.post(path, {"stakeholder_group": "government"}).status_code == 200

    application = Membership.objects.get(standing="applied")
    assert (application.person.name, application.person.email, application.motivation) == (
        "New Comer",
        "new@example.org",
        "We would like to help.",
    )
    notify_untold_activities()
    assert written()[1:] == [(coordinator.email, "[Our Coalition] Please decide: New Comer would like to join")]
    deliver("Once more.", to=at("join+ours"), sender="new@example.org", message_id="<two@example.org>")
    assert written()[2:] == [("new@example.org", "You have already applied")]


def test_leaving_by_email(client, released, member, coordinator):
    deliver("Goodbye.", to=at("leave+ours"), sender=member.email)
    assert Membership.objects.get(person=member).standing == "active"
    path = link_in(Message.objects.get(), "/mail/confirm/")
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 200

    assert Membership.objects.get(person=member).standing == "left"


def test_whoever_speaks_for_one_organisation_can_end_its_membership_and_sees_which(
    client, released, organisation, delegate
):
    deliver("Goodbye.", to=at("leave+ours"), sender=delegate.email)
    path = link_in(Message.objects.get(), "/mail/confirm/")
    assert organisation.name in client.get(path).content.decode()
    client.post(path)

    assert Membership.objects.get(organisation=organisation).standing == "left"


def test_whoever_speaks_for_nobody_ends_no_membership_of_others(released, organisation):
    colleague = AffiliationFactory(organisation=organisation).person
    deliver("Goodbye.", to=at("leave+ours"), sender=colleague.email)

    assert PendingMail.objects.count() == 0
    assert written() == [(colleague.email, "No membership to end")]


def test_what_nobody_confirms_is_gone_after_two_weeks(client, released):
    deliver(to=at("ours"), sender="new@example.org")
    path = link_in(Message.objects.get(), "/mail/confirm/")
    pending = PendingMail.objects.get()
    pending.expires_at = pending.came_at
    pending.save()
    assert client.post(path, {"stakeholder_group": "other"}).status_code == 410
    remove_overdue_rows(timezone.now())

    assert PendingMail.objects.count() == 0
    assert (client.get(path).status_code, Membership.objects.filter(standing="applied").count()) == (410, 0)


@pytest.mark.parametrize("local", ["ours", "leave+ours", "whatever", "reply+" + "0" * 32])
@pytest.mark.parametrize(
    "headers",
    [
        MACHINE,
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"sender": "MAILER-DAEMON@example.org"},
        {"sender": "no-reply@example.org"},
        {"sender": "news-bounces@example.org"},
        {"sender": "ours@localhost"},
    ],
)
def test_automatic_email_gets_no_reply(released, local, headers):
    deliver(to=at(local), **headers)

    assert written() == []


def test_our_own_mail_that_comes_back_is_not_answered(document, member, rapporteur):
    add_comment(actor=rapporteur, record=document, body="Said.")
    notify_untold_activities()
    message = Message.objects.get()
    process_email(build_outgoing_email(message).message().as_bytes(), [at("ours"), message.reply_to])

    assert (Message.objects.count(), Comment.objects.count()) == (1, 1)


def test_everything_else_is_explained_once_a_day(released):
    for number in range(3):
        deliver(to=at("hello"), sender="someone@example.org", message_id=f"<{number}@example.org>")

    assert written() == [("someone@example.org", "How to use these email addresses")]
    assert at("leave+ours") in Message.objects.get().body


@pytest.fixture
def with_list(released):
    released.list_address = "cos@lists.example.org"
    released.save()
    return released


HEADERS = rb"""From: a@example.org
To: ours@localhost
Subject: =?utf-8?b?7aCA?=
Content-Type: multipart/mixed; boundary=x
--x

Date: Mon, 99 Foo 99999
Content-Type: text/plain; charset=nonsense"""
BROKEN = [b"From: \xff\xfe@example.org", b"Message-ID: <a\0b@x>", b"\x00\xed\xa0\x80", b"List-Post: <mailto:\xff>"]
LINES = st.sampled_from([*HEADERS.splitlines(), *BROKEN, b"References: <\xff> <b@c>"])
GARBAGE = st.one_of(st.binary(max_size=300), st.lists(LINES, max_size=12).map(b"\n".join))
RECIPIENTS = st.lists(
    st.one_of(st.sampled_from(["ours@localhost", "list+ours@localhost", "leave+ours@localhost"]), st.text(max_size=20)),
    max_size=4,
)


@settings(max_examples=examples(150))
@given(data=GARBAGE, recipients=RECIPIENTS)
@example(data=b"From: a@example.org\nMessage-ID: <\xff\0@x>\n\n\0text\xed\xa0\x80", recipients=["ours@localhost"])
@example(
    data=b"From: =?utf-8?q?=00=ED=A0=80?= <a@example.org>\nSubject: =?utf-8?q?=00?=\n\nx", recipients=["ours@localhost"]
)
def test_nothing_that_stands_in_a_mail_makes_it_fail(with_list_once, data, recipients):
    with suppress(EmailRejectedError):
        process_email(data, recipients)


@pytest.fixture
def with_list_once(with_list):
    return with_list


def test_what_fails_half_way_leaves_nothing_and_is_taken_when_it_comes_again(thread, member, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError

    original = comments.store_attachments
    monkeypatch.setattr(comments, "store_attachments", fail)
    with pytest.raises(OSError):
        deliver(to=thread, sender=member.email)
    assert said() == []
    monkeypatch.setattr(comments, "store_attachments", original)
    deliver(to=thread, sender=member.email)

    assert len(said()) == 1


def test_a_folder_of_mail_is_taken_by_a_command(thread, member, tmp_path, capsys):
    (tmp_path / "one.eml").write_bytes(raw(to=thread, sender=member.email))
    call_command("receive", str(tmp_path))

    assert (len(said()), [path.name for path in (tmp_path / "done").iterdir()]) == (1, ["one.eml"])
    assert capsys.readouterr().out == "Emails processed: 1.\n"


def test_a_reply_address_is_bound_to_its_recipient(thread, member, rapporteur):
    """Another member who came to know the address speaks neither as its owner nor through it."""
    deliver("As somebody else.", to=thread, sender=rapporteur.email)

    assert said() == []
    assert written() == [(member.email, "Did you write this comment?")]
    assert mail.find_reply_address([thread]).address == member.email
    assert Person.objects.filter(email=member.email).count() == 1
