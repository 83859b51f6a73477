"""Emails of a coalition have its name as their sender, and times in its zone unless the reader chose another."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from jukwaa.core.dates import format_moment
from jukwaa.mail.models import Message
from jukwaa.mail.tasks import build_outgoing_email
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, render_notification_text, send_notification

NAMES = ["Our Coalition", "Coalición, de “niñas”", 'A "quoted" one\r\nBcc: x@example.org', "ائتلاف"]


@pytest.mark.parametrize("name", NAMES)
def test_sender_has_name_of_coalition_and_address_of_site(mailing_coalition, member, settings, name):
    settings.DEFAULT_FROM_EMAIL = "The site <site@example.org>"
    mailing_coalition.name = name
    mailing_coalition.save()
    text = EmailText("A subject", "A text.", "/")
    news = NotificationEmail(
        coalition=mailing_coalition, people=[member], topic=EmailTopic.CONCERNS, write=lambda: text
    )
    send_notification(news, key="news")
    sent = build_outgoing_email(Message.objects.get())
    read = message_from_bytes(sent.message().as_bytes(), policy=default)
    [sender] = read["From"].addresses

    assert (sender.display_name, sender.addr_spec) == (name.replace("\r\n", ""), "site@example.org")
    assert (sent.from_email, read["Bcc"]) == ("The site <site@example.org>", None)


ZONES = [("UTC", "15:00 (UTC+1)"), ("Asia/Jakarta", "21:00 (UTC+7)"), ("Europe/Paris", "15:00 (UTC+1)")]


@pytest.mark.parametrize(("own_zone", "written"), ZONES)
def test_times_are_in_zone_of_coalition_unless_reader_chose_one(mailing_coalition, member, own_zone, written):
    mailing_coalition.time_zone, member.time_zone = "Europe/Paris", own_zone
    moment = datetime(2027, 1, 14, 14, tzinfo=UTC)
    news = NotificationEmail(
        coalition=mailing_coalition,
        people=[member],
        topic=EmailTopic.CONCERNS,
        write=lambda: EmailText("A subject", format_moment(moment), "/"),
    )

    assert render_notification_text(news, member).body == f"14 January 2027, {written}"
