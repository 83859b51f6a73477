"""Combine the reminders of all features in one email for each person and day.

Somebody who is reminded of one thing gets the email of that reminder. Several go into one email, in which each has a
number; a reply begins with the number of the reminder that it is about. While a coalition's mail waits to be seen, each
reminder is an email of its own, since a coordinator decides about each.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import IntegrityError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.capacities import CapacityChoice
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.mail import actions as mail
from jukwaa.mail.headers import build_unsubscribe_headers
from jukwaa.updates import email_links
from jukwaa.updates.letters import get_mail_address, get_mail_language, is_mail_held
from jukwaa.updates.models import CombinedReminder, CombinedReminders, EmailTopic
from jukwaa.updates.notification_emails import (
    EmailText,
    NotificationEmail,
    build_email_key,
    find_notification_readers,
    queue_notification_letter,
    render_notification_for_person,
    send_notification,
    send_notification_to_person,
)

logger = logging.getLogger("jukwaa.clock")

REMINDER_KEY_PREFIX = (
    "reminders"  # a key of an email, and what its reply address is about, are this word and its number
)
REMINDERS_PER_BATCH = 500


@dataclass(frozen=True)
class DueReminder:
    """A reminder to one person, and the key under which it is sent once."""

    key: str
    news: NotificationEmail
    person: Person


@dataclass(frozen=True)
class ReminderLine:
    """A reminder as the combined email shows it. `reply` is what an answer to it is about, if one is taken."""

    number: int
    due: DueReminder
    text: EmailText
    reply: str
    choice: CapacityChoice | None

    @property
    def link(self) -> str:
        return email_links.build_absolute_url(self.text.path)

    @property
    def answer_template(self) -> str:
        answer = self.due.news.answer
        return answer.template if answer and self.choice else ""


def send_combined_or_single_reminders(keyed_reminders: Iterable[tuple[str, NotificationEmail]]) -> int:
    """Send what has not been sent yet; return how many emails were written."""
    alone: list[tuple[str, NotificationEmail]] = []
    together: list[DueReminder] = []
    for key, news in keyed_reminders:
        if news.topic != EmailTopic.REMINDERS or news.to_list or is_mail_held(news.coalition):
            alone.append((key, news))
        else:
            together += [
                DueReminder(build_email_key(news, key, person), news, person)
                for person in find_notification_readers(news)
            ]
    groups = _group_reminders_by_reader(_filter_unsent_reminders(together))
    for group in groups:
        _send_reminder_group(group)
    return len(groups) + sum(send_notification(news, key=key) for key, news in alone)


def reset_dropped_reminders(email_keys: Iterable[str]) -> None:
    """Of emails that were dropped before they left: what they held and is still due is sent with the next ones."""
    numbers = [
        pk
        for word, _colon, pk in (key.partition(":") for key in email_keys)
        if word == REMINDER_KEY_PREFIX and pk.isdecimal()
    ]
    CombinedReminders.objects.filter(pk__in=numbers).delete()


def _filter_unsent_reminders(due_reminders: Sequence[DueReminder]) -> Iterator[DueReminder]:
    """Each once, without those that were sent before, alone or with others."""
    by_key = {due.key: due for due in due_reminders}
    keys = list(by_key)
    for start in range(0, len(keys), REMINDERS_PER_BATCH):
        batch = keys[start : start + REMINDERS_PER_BATCH]
        sent = mail.find_queued_email_keys(batch)
        sent |= {*CombinedReminder.objects.filter(key__in=batch).values_list("key", flat=True)}
        yield from (by_key[key] for key in batch if key not in sent)


def _group_reminders_by_reader(due_reminders: Iterable[DueReminder]) -> list[list[DueReminder]]:
    """By coalition and person."""
    groups: dict[tuple[int, int], list[DueReminder]] = {}
    for due in due_reminders:
        groups.setdefault((due.news.coalition.pk, due.person.pk), []).append(due)
    return list(groups.values())


def _send_reminder_group(due_reminders: list[DueReminder]) -> None:
    if len(due_reminders) == 1:
        alone = due_reminders[0]
        send_notification_to_person(alone.news, alone.person, key=alone.key, is_held=False)
        return
    try:
        _send_combined_reminders(due_reminders)
    except IntegrityError:
        unsent = list(_filter_unsent_reminders(due_reminders))
        if len(unsent) == len(due_reminders):
            raise
        logger.info("Another worker has sent some of these reminders; %s are left", len(unsent))
        if unsent:
            _send_reminder_group(unsent)


@atomic_with_retry
def _send_combined_reminders(group: list[DueReminder]) -> None:
    person, coalition = group[0].person, group[0].news.coalition
    with translation.override(get_mail_language(person, coalition)):
        lines = [
            ReminderLine(number, due, *render_notification_for_person(due.news, person))
            for number, due in enumerate(group, start=1)
        ]
        email = _store_combined_email(lines)
        count = len(lines)
        subject = ngettext("%(count)s reminder", "%(count)s reminders", count) % {"count": count}
        ends = email_links.build_email_link(
            email_links.UNSUBSCRIBE_PURPOSE,
            "updates:unsubscribe",
            person=person.pk,
            coalition=coalition.pk,
            topic=str(EmailTopic.REMINDERS),
        )
        replies = [line for line in lines if line.reply]
        context = {"coalition": coalition, "lines": lines, "replies": replies, "ends": ends}
        context["choices"] = email_links.build_absolute_url(reverse("updates:mail_settings"))
        queue_notification_letter(
            coalition=coalition,
            person=person,
            names=[due.news.record for due in group if due.news.record],
            to=get_mail_address(person),
            key=f"{REMINDER_KEY_PREFIX}:{email.pk}",
            subject=f"[{coalition.name[:60]}] {subject}",
            body=render_to_string("updates/email/reminders.txt", context).strip() + "\n",
            reply=_build_reply_thread(email, replies),
            headers=build_unsubscribe_headers(ends),
            held=False,
        )


def _store_combined_email(reminder_lines: Sequence[ReminderLine]) -> CombinedReminders:
    due = reminder_lines[0].due
    email = CombinedReminders.objects.create(person=due.person, coalition=due.news.coalition)
    CombinedReminder.objects.bulk_create(
        CombinedReminder(email=email, number=line.number, key=line.due.key, subject=line.reply)
        for line in reminder_lines
    )
    return email


def _build_reply_thread(email: CombinedReminders, reminder_lines: Sequence[ReminderLine]) -> mail.ReplyThread | None:
    """A reply says by its number what it is about, unless there is only one that it can be about."""
    if not reminder_lines:
        return None
    subject = reminder_lines[0].reply if len(reminder_lines) == 1 else f"{REMINDER_KEY_PREFIX}:{email.pk}"
    return mail.ReplyThread(subject, owner=f"person:{email.person_id}")
