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
from jukwaa.mail.tasks import MAX_ATTEMPTS, build_outgoing_email, send_message
from jukwaa.mail.transport import parse_mail_url
from tests.mail.backends import Killed, KilledAfterSending

pytestmark = pytest.mark.django_db


def queued(**changes):
    fields = {"to": "a@example.org", "subject": "A meeting", "body": "On Monday.", "key": "k1", **changes}
    return actions.queue_email(**fields)


def through(settings, backend):
    settings.MAILERS = {"default": {"BACKEND": f"tests.mail.backends.{backend}"}}


def test_email_is_queued_in_transaction_of_its_data():
    with transaction.atomic():
        queued()
        transaction.set_rollback(True)

    assert (Message.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_email_with_same_key_is_sent_once():
    first, second = queued(), queued(subject="Again")

    send_message.func(first.pk)
    send_message.func(first.pk)

    assert first == second
    assert [(m.subject, m.to, m.body) for m in mail.outbox] == [("A meeting", ["a@example.org"], "On Monday.")]
    assert DBTaskResult.objects.count() == 1


def test_emails_are_written_whole_into_a_folder_that_is_made_for_them(settings, tmp_path):
    folder = tmp_path / "data" / "out"
    settings.MAILERS = {"default": parse_mail_url("file:", tmp_path / "data")}
    send_message.func(queued().pk)
    written = list(folder.iterdir())

    assert [path.suffix for path in written] == [".eml"]
    assert email.message_from_bytes(written[0].read_bytes())["Subject"] == "A meeting"


def test_killed_sender_does_not_send_twice(settings):
    message = queued()
    through(settings, "KilledAfterSending")

    with pytest.raises(Killed):
        send_message.func(message.pk)
    send_message.func(message.pk)
    actions.send_waiting_emails()
    Message.objects.update(claimed_at=timezone.now() - timedelta(hours=1))
    actions.send_waiting_emails()

    assert KilledAfterSending.taken == ["A meeting"]
    assert list(Message.objects.unsure()) == [message]


def test_operator_can_resend_email_with_unknown_delivery(settings):
    message = queued()
    Message.objects.update(claimed_at=timezone.now() - timedelta(hours=1))

    actions.resend_email(message)
    actions.send_waiting_emails()

    assert [m.subject for m in mail.outbox] == ["A meeting"]
    assert not Message.objects.unsure().exists()


def test_a_line_that_breaks_while_the_server_has_the_mail_leaves_it_unsure(settings):
    message = queued()
    through(settings, "LineBreaks")

    send_message.func(message.pk)

    message.refresh_from_db()
    assert (message.sent_at, message.claimed_at is None, message.error) == (None, False, "the line broke")


def test_a_server_that_is_away_is_tried_again_later_and_later_and_in_the_end_given_up(settings):
    message = queued()
    through(settings, "Unreachable")
    pauses = []

    for _attempt in range(MAX_ATTEMPTS):
        assert actions.send_waiting_emails() == 1
        message.refresh_from_db()
        pauses.append(round((message.next_try_at - timezone.now()) / timedelta(minutes=1)))
        Message.objects.update(next_try_at=timezone.now())

    assert pauses[:-1] == [2, 4, 8, 16, 32, 64, 128, 256, 512, 720, 720]
    assert message.given_up_at is not None
    assert message.error == "nobody listens"
    assert actions.send_waiting_emails() == 0


def test_unknown_mailbox_is_given_up_at_once(settings):
    message = queued()
    through(settings, "NoSuchMailbox")

    send_message.func(message.pk)

    message.refresh_from_db()
    assert message.given_up_at is not None
    assert message.error == "550 b'no such mailbox'"


def test_held_email_is_not_sent_before_approval():
    ours = queued(held=True, scope="coalition:1")
    queued(key="k2", held=True, scope="coalition:2", subject="Theirs")

    send_message.func(ours.pk)
    actions.send_waiting_emails()
    assert mail.outbox == []
    assert list(Message.objects.held_for("coalition:1")) == [ours]

    assert actions.release_held_emails(scope="coalition:1") == 1
    assert actions.release_held_emails(scope="coalition:1") == 0
    actions.send_waiting_emails()

    assert [m.subject for m in mail.outbox] == ["A meeting"]
    assert actions.discard_held_emails(scope="coalition:2", pks=Message.objects.values_list("pk", flat=True)) == 1


def test_what_somebody_waits_for_before_the_screen_goes_first():
    queued(at_once=True)

    assert DBTaskResult.objects.get().priority == actions.URGENT_PRIORITY


def test_headers_say_that_a_machine_wrote_and_how_to_be_left_in_peace():
    url = f"https://jukwaa.example.org/mail/off/{'x' * 150}/"
    message = queued(
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


@pytest.mark.parametrize("name", ["Bcc", "from", "X-Odd\nBcc"])
def test_no_header_of_a_caller_can_add_a_recipient_or_forge_the_sender(name):
    with pytest.raises(ValueError, match="can't have this header"):
        queued(headers={name: "b@example.org"})


def test_a_subject_can_not_break_out_of_its_line():
    message = queued(subject="A meeting\nBcc: b@example.org")

    assert message.subject == "A meeting Bcc: b@example.org"


def test_a_mail_reaches_a_real_server_whole(settings):
    class Keep(Sink):
        async def handle_DATA(self, server, session, envelope):
            self.mail = (envelope.rcpt_tos, envelope.content)
            return "250 OK"

    server = Controller(keep := Keep(), hostname="127.0.0.1", port=8171)
    server.start()
    try:
        settings.MAILERS = {"default": parse_mail_url("smtp://127.0.0.1:8171", settings.MAIL_FOLDER)}
        message = queued(body="Bonjour à tous, " + "mot " * 400, html="<p>Bonjour à tous</p>")
        send_message.func(message.pk)
    finally:
        server.stop()

    recipients, content = keep.mail
    received = email.message_from_bytes(content, policy=default)
    assert (recipients, received["Message-ID"]) == (["a@example.org"], message.message_id)
    assert received.get_body(("plain",)).get_content().strip() == message.body.strip()
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_without_a_server_mail_goes_to_files(settings, tmp_path):
    settings.MAILERS = {"default": parse_mail_url("file:", tmp_path)}

    send_message.func(queued().pk)

    [path] = (tmp_path / "out").iterdir()
    assert path.suffix == ".eml"
    assert email.message_from_bytes(path.read_bytes())["Subject"] == "A meeting"


def test_the_address_of_a_mail_server_is_read_whole_and_mistakes_are_said(tmp_path):
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


def test_the_words_of_mail_that_left_a_month_ago_are_emptied_and_it_is_not_sent_again(settings):
    old, given_up, young, waiting = (queued(key=key, html="<p>On Monday.</p>") for key in "abcd")
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
    assert queued(key="a") == old
    actions.resend_email(given_up)
    actions.send_waiting_emails()
    assert [m.body for m in mail.outbox] == ["On Monday."] * 3
