"""Mail as it comes in, and what was written."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

from django.conf import settings
from django.utils import timezone

from jukwaa.mail.models import Message
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.incoming import process_email
from jukwaa.updates.publication_delay import WAITING_PERIOD

AUTOMATIC_HEADERS = {"Auto-Submitted": "auto-replied"}


def build_raw_email(
    text="I agree.",
    *,
    sender="A person <person@example.org>",
    to="",
    message_id="<one@example.org>",
    files=(),
    **headers,
):
    """`files` are pairs of name and bytes; a name that begins with "cid:" is of a picture within the text."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = to or f"ours@{settings.MAIL_DOMAIN}"
    mail["Subject"] = headers.pop("Subject", "A subject")
    mail["Message-ID"] = message_id
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    for name, data in files:
        picture = {"maintype": "image", "subtype": "png", "cid": "<1@example.org>", "disposition": "inline"}
        kind = picture if name.startswith("cid:") else {}
        mail.add_attachment(data, **({"maintype": "application", "subtype": "octet-stream"} | kind), filename=name)
    return mail.as_bytes()


def deliver_email(text="I agree.", *, to, **kwargs):
    """One mail to one of our addresses."""
    process_email(build_raw_email(text, to=to, **kwargs), [to])


def send_notifications_after_delay():
    """Once what was published has waited."""
    send_pending_activity_notifications(timezone.now() + WAITING_PERIOD)


def build_own_address(local_part):
    return f"{local_part}@{settings.MAIL_DOMAIN}"


def list_written_emails():
    """(to, subject) of each mail, in the order in which they were queued."""
    return list(Message.objects.order_by("pk").values_list("to", "subject"))


def find_link_path(email_message: Message, link_part: str) -> str:
    """The path of the link in a mail that has this in it."""
    found = next(word for word in email_message.body.split() if word.startswith("http") and link_part in word)
    return found.removeprefix(settings.SITE_URL)


def freeze_time_on_day(frozen_day):
    """A time in the morning of this day."""
    return datetime.combine(frozen_day, datetime.min.time(), UTC) + timedelta(hours=6)
