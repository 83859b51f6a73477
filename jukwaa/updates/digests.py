"""The digest: once a week or once a day, what is new of what somebody follows, in one mail.

It is read from the record at the moment of sending, so that nothing stands in it that its reader may not read then. The
mail, what it names and the next day on which one is due are written in one transaction: whoever is killed leaves
nothing, and nothing is sent twice. After an outage one mail tells of the whole time.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Least
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from jukwaa.core.transactions import atomic_with_retry, lock_rows
from jukwaa.mail.headers import one_click_unsubscribe
from jukwaa.updates import tokens
from jukwaa.updates.following import Group, Span, news_for
from jukwaa.updates.letters import address_of, keep, language_of
from jukwaa.updates.models import Digest, MailChoice, Topic
from jukwaa.updates.waiting import settled_until

logger = logging.getLogger("jukwaa.updates")

BATCH = 200
WORD = "digest"  # a key of a mail is this word, the digest's number, and since when it tells
SHOWN = 12  # lines of a group; the page has the others


def send_digests(now: datetime) -> int:
    """Send those that are due. A coalition whose mail nobody has let go yet sends none; what is new waits."""
    due = Digest.objects.due(now).filter(coalition__mail_released_at__isnull=False)
    return sum(_tried(pk, now) for pk in list(due.values_list("pk", flat=True)[:BATCH]))


def _tried(pk: int, now: datetime) -> bool:
    """One that fails does not keep others back."""
    try:
        return _send(pk, now)
    except Exception:
        logger.exception("Digest %s could not be written; it is tried again at the next tick", pk)
        return False


@atomic_with_retry
def _send(pk: int, now: datetime) -> bool:
    """Whether there was anything to tell."""
    digest = lock_rows(Digest.objects.filter(pk=pk, due_at__lte=now)).first()
    if digest is None:
        return False  # another worker was faster
    span = Span(digest.told_until, settled_until(now))
    person, coalition = digest.person, digest.coalition
    wanted = bool(address_of(person)) and bool(MailChoice.objects.wanting([person], coalition, Topic.DIGEST))
    with translation.override(language_of(person)):
        groups = news_for(person, coalition, span) if wanted else []
        if groups:
            _write(digest, groups)
    digest.told_until, digest.due_at = max(span.since, span.until), digest.next_after(now)
    digest.save(update_fields=["told_until", "due_at"])
    return bool(groups)


def write_anew(keys: Iterable[str]) -> None:
    """Of those dropped before they left, written under these keys: due at once, telling of the same time."""
    for word, _colon, rest in (key.partition(":") for key in keys):
        pk, _colon, since = rest.partition(":")
        if word == WORD:
            since_then = Least(F("told_until"), Value(datetime.fromisoformat(since), DateTimeField()))
            Digest.objects.filter(pk=pk).update(told_until=since_then, due_at=timezone.now())


def _write(digest: Digest, groups: list[Group]) -> None:
    person, coalition = digest.person, digest.coalition
    records = [line.record for group in groups for line in group.lines]
    number = len(records)
    subject = ngettext("1 update on what you follow", "%(number)s updates on what you follow", number) % {
        "number": number
    }
    ends = tokens.link(
        tokens.UNSUBSCRIBE, "updates:unsubscribe", person=person.pk, coalition=coalition.pk, topic=str(Topic.DIGEST)
    )
    context = {
        "coalition": coalition,
        "groups": [(group, group.lines[:SHOWN], max(len(group.lines) - SHOWN, 0)) for group in groups],
        "site": tokens.absolute(""),
        "new": tokens.absolute(reverse("updates:new", args=[coalition.slug])),
        "choices": tokens.absolute(reverse("updates:following", args=[coalition.slug])),
        "ends": ends,
    }
    keep(
        coalition=coalition,
        person=person,
        names=records,
        to=address_of(person),
        key=f"{WORD}:{digest.pk}:{digest.told_until.isoformat()}",
        subject=f"[{coalition.name[:60]}] {subject}",
        body=render_to_string("updates/email/digest.txt", context).strip() + "\n",
        headers=one_click_unsubscribe(ends),
        held=False,
    )
