import email
import re
from datetime import timedelta
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jukwaa.core.retention import remove_overdue_rows
from jukwaa.mail import actions, headers
from jukwaa.mail.models import Message
from jukwaa.mail.tasks import MAX_DELIVERY_ATTEMPTS, build_outgoing_email, send_message
from jukwaa.mail.transport import parse_mail_url
from tests.mail.backends import KilledAfterSendingBackend, KilledError

pytestmark = pytest.mark.django_db


def queue_test_email(**changes):
    fields = {"to": "a@example.org", "subject": "A meeting", "body": "On Monday.", "key": "k1", **changes}
    return actions.queue_email(**fields)


def send_through_backend(settings, mail_backend):
    settings.MAILERS = {"default": {"BACKEND": f"tests.mail.backends.{mail_backend}"}}


def test_subject_in_email_file_preserves_spaces_between_words(settings, tmp_path):
    settings.MAILERS = {"default": {"BACKEND": "jukwaa.mail.backends.EmlFileBackend", "OPTIONS": {"folder": tmp_path}}}
    subject = "[Larkspur Coalition for Children Online] Review the report “CR plénière 12 juin 2026 (corrigé)”"

    build_outgoing_email(queue_test_email(subject=subject)).send()

    written = next(tmp_path.glob("*.eml")).read_bytes()
    assert email.message_from_bytes(written, policy=default)["Subject"] == subject


def test_email_is_queued_in_transaction_of_its_data():
    with transaction.atomic():
        queue_test_email()
        transaction.set_rollback(True)

    assert (Message.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_email_with_same_key_is_sent_once():
    first, second = queue_test_email(), queue_test_email(subject="Again")

    send_message.func(first.pk)
    send_message.func(first.pk)

    assert first == second
    assert [(m.subject, m.to, m.body) for m in mail.outbox] == [("A meeting", ["a@example.org"], "On Monday.")]
    assert DBTaskResult.objects.count() == 1


def test_emails_are_written_completely_into_new_folder(settings, tmp_path):
    folder = tmp_path / "data" / "out"
    settings.MAILERS = {"default": parse_mail_url("file:", tmp_path / "data")}
    send_message.func(queue_test_email().pk)
    written = list(folder.iterdir())

    assert [path.suffix for path in written] == [".eml"]
    assert email.message_from_bytes(written[0].read_bytes())["Subject"] == "A meeting"


def test_killed_sender_does_not_send_twice(settings):
    message = queue_test_email()
    send_through_backend(settings, "KilledAfterSendingBackend")

    with pytest.raises(KilledError):
        send_message.func(message.pk)
    send_message.func(message.pk)
    actions.send_waiting_emails()
    Message.objects.update(claimed_at=timezone.now() - timedelta(hours=1))
    actions.send_waiting_emails()

    assert KilledAfterSendingBackend.taken == ["A meeting"]
    assert list(Message.objects.with_unknown_delivery()) == [message]


def test_operator_can_resend_email_with_unknown_delivery(settings):
    message = queue_test_email()
    Message.objects.update(claimed_at=timezone.now() - timedelta(hours=1))

    actions.resend_email(message)
    actions.send_waiting_emails()

    assert [m.subject for m in mail.outbox] == ["A meeting"]
    assert not Message.objects.with_unknown_delivery().exists()


def test_connection_lost_after_sending_leaves_delivery_unknown(settings):
    message = queue_test_email()
    send_through_backend(settings, "ConnectionLostBackend")

    send_message.func(message.pk)

    message.refresh_from_db()
    assert (message.sent_at, message.claimed_at is None, message.error) == (None, False, "the line broke")


def test_unreachable_server_is_retried_and_finally_given_up(settings):
    message = queue_test_email()
    send_through_backend(settings, "UnreachableBackend")
    pauses = []

    for _attempt in range(MAX_DELIVERY_ATTEMPTS):
        assert actions.send_waiting_emails() == 1
        message.refresh_from_db()
        pauses.append(round((message.next_try_at - timezone.now()) / timedelta(minutes=1)))
        Message.objects.update(next_try_at=timezone.now())

    assert pauses[:-1] == [2, 4, 8, 16, 32, 64, 128, 256, 512, 720, 720]
    assert message.given_up_at is not None
    assert message.error == "nobody listens"
    assert actions.send_waiting_emails() == 0


def test_unknown_mailbox_is_given_up_immediately(settings):
    message = queue_test_email()
    send_through_backend(settings, "UnknownMailboxBackend")

    send_message.func(message.pk)

    message.refresh_from_db()
    assert message.given_up_at is not None
    assert message.error == "550 b'no such mailbox'"


def test_held_email_is_not_sent_before_approval():
    ours = queue_test_email(held=True, sender_scope="coalition:1")
    queue_test_email(key="k2", held=True, sender_scope="coalition:2", subject="Theirs")

    send_message.func(ours.pk)
    actions.send_waiting_emails()
    assert mail.outbox == []
    assert list(Message.objects.held_in_scope("coalition:1")) == [ours]

    assert actions.release_held_emails(sender_scope="coalition:1") == 1
    assert actions.release_held_emails(sender_scope="coalition:1") == 0
    actions.send_waiting_emails()

    assert [m.subject for m in mail.outbox] == ["A meeting"]
    assert (
        actions.discard_held_emails(
            sender_scope="coalition:2", message_ids=Message.objects.values_list("pk", flat=True)
        )
        == 1
    )


def test_urgent_email_is_sent_first():
    queue_test_email(is_sent_immediately=True)

    assert DBTaskResult.objects.get().priority == actions.URGENT_EMAIL_PRIORITY


def test_automatic_and_unsubscribe_headers_are_set():
    url = f"https://jukwaa.example.org/mail/off/{'x' * 150}/"
    message = queue_test_email(
        headers=headers.build_unsubscribe_headers(url, address="off@example.org"), in_reply_to="<first@example.org>"
    )
    sent = email.message_from_bytes(build_outgoing_email(message).message().as_bytes(), policy=default)

    assert {name: sent[name] for name in sent if name not in {"Date", "Content-Type", "Content-Transfer-Encoding"}} == {
        "Subject": "A meeting",
        "From": "jukwaa@localhost",
        "To": "a@example.org",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "In-Reply-To": "<first@example.org>",
        "References": "<first@example.org>",
        "List-Unsubscribe": f"<{url}>, <mailto:off@example.org>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Message-ID": message.message_id,
        "MIME-Version": "1.0",
    }
    assert re.fullmatch(r"<[\w.]+@localhost>", message.message_id)


@pytest.mark.parametrize("header_name", ["Bcc", "from", "X-Odd\nBcc"])
def test_caller_headers_cannot_add_recipient_or_forge_sender(header_name):
    with pytest.raises(ValueError, match="can't have this header"):
        queue_test_email(headers={header_name: "b@example.org"})


def test_subject_cannot_inject_header():
    message = queue_test_email(subject="A meeting\nBcc: b@example.org")

    assert message.subject == "A meeting Bcc: b@example.org"


def test_email_reaches_real_server_completely(settings):
    class EnvelopeRecordingHandler(Sink):
        async def handle_DATA(self, server, session, envelope):
            self.mail = (envelope.rcpt_tos, envelope.content)
            return "250 OK"

    server = Controller(keep := EnvelopeRecordingHandler(), hostname="127.0.0.1", port=8171)
    server.start()
    try:
        settings.MAILERS = {"default": parse_mail_url("smtp://127.0.0.1:8171", settings.MAIL_FOLDER)}
        message = queue_test_email(body="Bonjour à tous, " + "mot " * 400, html="<p>Bonjour à tous</p>")
        send_message.func(message.pk)
    finally:
        server.stop()

    recipients, content = keep.mail
    received = email.message_from_bytes(content, policy=default)
    assert (recipients, received["Message-ID"]) == (["a@example.org"], message.message_id)
    assert received.get_body(("plain",)).get_content().strip() == message.body.strip()
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_email_is_written_to_files_without_server(settings, tmp_path):
    settings.MAILERS = {"default": parse_mail_url("file:", tmp_path)}

    send_message.func(queue_test_email().pk)

    [path] = (tmp_path / "out").iterdir()
    assert path.suffix == ".eml"
    assert email.message_from_bytes(path.read_bytes())["Subject"] == "A meeting"


def test_mail_server_url_is_parsed_and_errors_are_explained(tmp_path):
    options = parse_mail_url("smtp://us%40er:p%2Fw@mail.example.org:587/?tls=true", tmp_path)["OPTIONS"]

    assert options == {
        "host": "mail.example.org",
        "port": 587,
        "username": "us@er",
        "password": "p/w",
        "use_ssl": False,
        "use_tls": True,
        "timeout": 30,
    }
    assert parse_mail_url("smtps://mail.example.org", tmp_path)["OPTIONS"]["port"] == 465
    assert parse_mail_url("file:/var/mail", tmp_path)["OPTIONS"]["folder"].as_posix() == "/var/mail"
    for wrong in ("mail.example.org", "http://x.example.org", "smtp:///", "smtp://x.example.org/?ssl=1"):
        with pytest.raises(ImproperlyConfigured, match="Write smtp://"):
            parse_mail_url(wrong, tmp_path)


def test_sent_emails_are_emptied_after_a_month_and_not_resent(settings):
    old, given_up, young, waiting = (queue_test_email(key=key, html="<p>On Monday.</p>") for key in "abcd")
    send_message.func(old.pk)
    send_message.func(young.pk)
    long_ago = timezone.now() - timedelta(days=settings.MAIL_DAYS, minutes=1)
    Message.objects.filter(pk=old.pk).update(next_try_at=long_ago)
    Message.objects.filter(pk=given_up.pk).update(given_up_at=long_ago, next_try_at=long_ago)

    assert (remove_overdue_rows(timezone.now()), remove_overdue_rows(timezone.now())) == (2, 0)
    kept = Message.objects.order_by("pk").values_list("body", "html", "subject", "message_id")
    words = ("On Monday.", "<p>On Monday.</p>")
    assert [row[:2] for row in kept] == [("", ""), ("", ""), words, words]
    assert [row[2:] for row in kept] == [
        *[("", message.message_id) for message in (old, given_up)],
        *[("A meeting", message.message_id) for message in (young, waiting)],
    ]
    assert list(Message.objects.order_by("pk").values_list("to", flat=True))[:2] == ["", ""]
    assert queue_test_email(key="a") == old
    actions.resend_email(given_up)
    actions.send_waiting_emails()
    assert [m.body for m in mail.outbox] == ["On Monday."] * 3
