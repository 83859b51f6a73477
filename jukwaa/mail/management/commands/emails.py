"""`jukwaa emails`: list the emails whose delivery is unsure, and decide about each."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jukwaa.mail import actions
from jukwaa.mail.models import Message


class Command(BaseCommand):
    help = "List emails whose delivery is unsure, and resend or discard them."

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group(required=True)
        choice.add_argument("--unsure", action="store_true", help="list the emails whose delivery is unsure")
        choice.add_argument("--resend", type=int, metavar="ID", help="send this email again")
        choice.add_argument("--discard", type=int, metavar="ID", help="never send this email again")

    def handle(self, *_args: Any, resend: int | None, discard: int | None, **_options: Any) -> None:
        if resend is not None:
            self._resend_message(_get_message_or_error(resend))
        elif discard is not None:
            self._discard_message(_get_message_or_error(discard))
        else:
            self._list_emails_with_unknown_delivery()

    def _list_emails_with_unknown_delivery(self) -> None:
        messages = list(Message.objects.with_unknown_delivery())
        if not messages:
            self.stdout.write("The delivery of every email is known.")
            return
        for message in messages:
            claimed = f"{message.claimed_at:%Y-%m-%d %H:%M}" if message.claimed_at else ""
            self.stdout.write(f"{message.pk}\t{claimed}\t{message.to}\t{message.message_id}\t{message.subject}")
        self.stdout.write(
            "Search the log of your mail server for the Message-ID. If the email was delivered, run:"
            " jukwaa emails --discard ID. If it was not, run: jukwaa emails --resend ID."
        )

    def _resend_message(self, message: Message) -> None:
        if not actions.resend_email(message):
            raise CommandError(_explain_message_refusal(message))
        self.stdout.write(f"Email {message.pk} will be sent to {message.to}.")

    def _discard_message(self, message: Message) -> None:
        if not actions.discard_email_with_unknown_delivery(message):
            raise CommandError(_explain_message_refusal(message))
        self.stdout.write(f"Email {message.pk} will not be sent again.")


def _get_message_or_error(pk: int) -> Message:
    found = Message.objects.filter(pk=pk).first()
    if found is None:
        raise CommandError(f"There is no email {pk}. To list those to decide about, run: jukwaa emails --unsure")
    return found


def _explain_message_refusal(message: Message) -> str:
    if message.sent_at:
        return f"Email {message.pk} was delivered on {message.sent_at:%Y-%m-%d}. There is nothing to decide."
    if not message.body:
        return f"Email {message.pk} can't be sent: its text is no longer kept."
    return f"The delivery of email {message.pk} is not unsure: it is waiting, being sent now, or was given up."
