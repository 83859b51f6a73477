"""`jukwaa emails` lists the emails whose delivery is unsure, and resends or discards them once somebody has decided."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from jukwaa.mail import actions
from jukwaa.mail.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def email_with_unknown_delivery():
    message = actions.queue_email(to="a@example.org", subject="A meeting", body="On Monday.", key="1")
    Message.objects.update(claimed_at=timezone.now() - timedelta(hours=1))
    return message


def run_emails_command(capsys, *args):
    call_command("emails", *args)
    return capsys.readouterr().out


def test_emails_with_unknown_delivery_are_listed_with_message_id(email_with_unknown_delivery, capsys):
    actions.queue_email(to="b@example.org", subject="Another", body="B", key="2")

    first, _rest = run_emails_command(capsys, "--unsure").split("\n", 1)
    assert (first.split("\t")[0], *first.split("\t")[2:]) == (
        str(email_with_unknown_delivery.pk),
        "a@example.org",
        email_with_unknown_delivery.message_id,
        "A meeting",
    )
    assert "Another" not in _rest


def test_command_lists_nothing_if_all_deliveries_are_known(capsys):
    assert run_emails_command(capsys, "--unsure") == "The delivery of every email is known.\n"


def test_resent_email_is_sent_once_with_known_delivery(email_with_unknown_delivery, capsys, mailoutbox):
    assert (
        run_emails_command(capsys, f"--resend={email_with_unknown_delivery.pk}")
        == f"Email {email_with_unknown_delivery.pk} will be sent to a@example.org.\n"
    )
    actions.send_waiting_emails()
    actions.send_waiting_emails()

    assert [message.subject for message in mailoutbox] == ["A meeting"]
    assert not Message.objects.with_unknown_delivery().exists()


def test_discarded_email_is_never_sent(email_with_unknown_delivery, capsys, mailoutbox):
    assert (
        run_emails_command(capsys, f"--discard={email_with_unknown_delivery.pk}")
        == f"Email {email_with_unknown_delivery.pk} will not be sent again.\n"
    )
    actions.send_waiting_emails()

    assert (len(mailoutbox), Message.objects.with_unknown_delivery().count()) == (0, 0)
    assert Message.objects.get().error == "An operator decided not to send it again."


def test_resent_email_still_accepts_replies_after_discard(email_with_unknown_delivery, capsys, mailoutbox):
    Message.objects.update(reply_to="reply+a@example.org")
    run_emails_command(capsys, f"--discard={email_with_unknown_delivery.pk}")
    run_emails_command(capsys, f"--resend={email_with_unknown_delivery.pk}")
    actions.send_waiting_emails()

    assert [message.reply_to for message in mailoutbox] == [["reply+a@example.org"]]


@pytest.mark.parametrize("command_option", ["--resend", "--discard"])
@pytest.mark.parametrize(
    ("email_fields", "expected_sentence"),
    [
        ({"claimed_at": timezone.now}, "is not unsure: it is waiting, being sent now, or was given up."),
        ({"sent_at": timezone.now, "claimed_at": timezone.now}, "There is nothing to decide."),
    ],
)
def test_email_with_known_delivery_is_refused_with_explanation(
    email_with_unknown_delivery, command_option, email_fields, expected_sentence
):
    Message.objects.update(**{name: now() for name, now in email_fields.items()})
    before = Message.objects.values().get()

    with pytest.raises(CommandError, match=expected_sentence):
        call_command("emails", f"{command_option}={email_with_unknown_delivery.pk}")
    assert Message.objects.values().get() == before


def test_email_without_text_cannot_be_resent(email_with_unknown_delivery):
    Message.objects.update(body="")

    with pytest.raises(CommandError, match="its text is no longer kept"):
        call_command("emails", f"--resend={email_with_unknown_delivery.pk}")


@pytest.mark.parametrize("args", [["--resend=7"], ["--discard=7"]])
def test_unknown_email_is_explained(args):
    with pytest.raises(CommandError, match=r"There is no email 7\. To list those to decide about"):
        call_command("emails", *args)


@pytest.mark.parametrize("args", [[], ["--unsure", "--resend=1"], ["--resend=x"]])
def test_resend_and_discard_exclude_each_other(args):
    with pytest.raises(CommandError):
        call_command("emails", *args)
