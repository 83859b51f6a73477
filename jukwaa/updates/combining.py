"""Reminders of all features in one email for each person and day.

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
from jukwaa.coalitions.capacities import Choice
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.mail import actions as mail
from jukwaa.mail.headers import one_click_unsubscribe
from jukwaa.updates import tokens
from jukwaa.updates.letters import (
    News,
    Text,
    address_of,
    find_readers,
    is_held,
    keep,
    key_for,
    language_of,
    send_letter,
    send_news,
    write_letter,
)
from jukwaa.updates.models import CombinedReminder, CombinedReminders, Topic

logger = logging.getLogger("jukwaa.clock")

WORD = "reminders"  # a key of an email, and what its reply address is about, are this word and its number
BATCH = 500


@dataclass(frozen=True)
class Due:
    """A reminder to one person, and the key under which it is sent once."""

    key: str
    news: News
    person: Person


@dataclass(frozen=True)
class Line:
    """A reminder as the combined email shows it. `reply` is what an answer to it is about, if one is taken."""

    number: int
    due: Due
    text: Text
    reply: str
    choice: Choice | None

    @property
    def link(self) -> str:
        return tokens.absolute(self.text.path)

    @property
    def how_to_answer(self) -> str:
        answer = self.due.news.answer
        return answer.template if answer and self.choice else ""


def send_reminders(reminders: Iterable[tuple[str, News]]) -> int:
    """Send what has not been sent yet; return how many emails were written."""
    alone: list[tuple[str, News]] = []
    together: list[Due] = []
    for key, news in reminders:
        if news.topic != Topic.REMINDERS or news.to_list or is_held(news.coalition):
            alone.append((key, news))
        else:
            together += [Due(key_for(news, key, person), news, person) for person in find_readers(news)]
    groups = _group(_unsent(together))
    for group in groups:
        _send(group)
    return len(groups) + sum(send_news(news, key=key) for key, news in alone)


def remind_again(keys: Iterable[str]) -> None:
    """Of emails that were dropped before they left: what they held and is still due is sent with the next ones."""
    numbers = [pk for word, _colon, pk in (key.partition(":") for key in keys) if word == WORD and pk.isdecimal()]
    CombinedReminders.objects.filter(pk__in=numbers).delete()


def _unsent(found: Sequence[Due]) -> Iterator[Due]:
    """Each once, without those that were sent before, alone or with others."""
    by_key = {due.key: due for due in found}
    keys = list(by_key)
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        sent = mail.find_queued(batch)
        sent |= {*CombinedReminder.objects.filter(key__in=batch).values_list("key", flat=True)}
        yield from (by_key[key] for key in batch if key not in sent)


def _group(found: Iterable[Due]) -> list[list[Due]]:
    """By coalition and person."""
    groups: dict[tuple[int, int], list[Due]] = {}
    for due in found:
        groups.setdefault((due.news.coalition.pk, due.person.pk), []).append(due)
    return list(groups.values())


def _send(group: list[Due]) -> None:
    if len(group) == 1:
        send_letter(group[0].news, group[0].person, key=group[0].key)
        return
    try:
        _send_combined(group)
    except IntegrityError:
        unsent = list(_unsent(group))
        if len(unsent) == len(group):
            raise
        logger.info("Another worker has sent some of these reminders; %s are left", len(unsent))
        if unsent:
            _send(unsent)


@atomic_with_retry
def _send_combined(group: list[Due]) -> None:
    person, coalition = group[0].person, group[0].news.coalition
    with translation.override(language_of(person)):
        lines = [Line(number, due, *write_letter(due.news, person)) for number, due in enumerate(group, start=1)]
        email = _remember(lines)
        count = len(lines)
        subject = ngettext("%(count)s reminder", "%(count)s reminders", count) % {"count": count}
        ends = tokens.link(
            tokens.UNSUBSCRIBE,
            "updates:unsubscribe",
            person=person.pk,
            coalition=coalition.pk,
            topic=str(Topic.REMINDERS),
        )
        replies = [line for line in lines if line.reply]
        context = {"coalition": coalition, "lines": lines, "replies": replies, "ends": ends}
        context["choices"] = tokens.absolute(reverse("updates:mail_settings"))
        keep(
            coalition=coalition,
            person=person,
            names=[due.news.record for due in group if due.news.record],
            to=address_of(person),
            key=f"{WORD}:{email.pk}",
            subject=f"[{coalition.name[:60]}] {subject}",
            body=render_to_string("updates/email/reminders.txt", context).strip() + "\n",
            reply=_reply_thread(email, replies),
            headers=one_click_unsubscribe(ends),
            held=False,
        )


def _remember(lines: Sequence[Line]) -> CombinedReminders:
    due = lines[0].due
    email = CombinedReminders.objects.create(person=due.person, coalition=due.news.coalition)
    CombinedReminder.objects.bulk_create(
        CombinedReminder(email=email, number=line.number, key=line.due.key, subject=line.reply) for line in lines
    )
    return email


def _reply_thread(email: CombinedReminders, replies: Sequence[Line]) -> mail.ReplyThread | None:
    """A reply says by its number what it is about, unless there is only one that it can be about."""
    if not replies:
        return None
    subject = replies[0].reply if len(replies) == 1 else f"{WORD}:{email.pk}"
    return mail.ReplyThread(subject, owner=f"person:{email.person_id}")
