"""Replies to an email that holds several reminders: they begin with the number of the one that they are about."""

import re

from jukwaa.updates.combined_reminders import REMINDER_KEY_PREFIX
from jukwaa.updates.models import CombinedReminder, CombinedReminders

MAX_PK_LENGTH = len(str(2**63))
LEADING_LINE_NUMBER_PATTERN = re.compile(r"\s*#?(\d{1,3})(?:[.:)]|\s*[-\u2013]|\s|$)\s*")


def find_combined_email(question_code: str) -> CombinedReminders | None:
    """Return the email that "reminders:7" stands for; None where it is something else, or no longer there."""
    word, _colon, pk = question_code.partition(":")
    if word != REMINDER_KEY_PREFIX or not pk.isdecimal() or len(pk) >= MAX_PK_LENGTH:
        return None
    return CombinedReminders.objects.select_related("person", "coalition").filter(pk=int(pk)).first()


def parse_answered_reminder(combined_reminders: CombinedReminders, text: str) -> tuple[CombinedReminder | None, str]:
    """Return the reminder whose number a reply begins with, and the rest of the reply; None if it names none."""
    match = LEADING_LINE_NUMBER_PATTERN.match(text)
    if match is None:
        return None, text
    answerable = combined_reminders.reminders.exclude(subject="")
    return answerable.filter(number=int(match.group(1))).first(), text[match.end() :]
