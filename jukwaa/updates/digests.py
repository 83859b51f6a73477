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
from jukwaa.mail.headers import build_unsubscribe_headers
from jukwaa.updates import email_links
from jukwaa.updates.follow_news import NewsGroup, NewsTimeSpan, find_followed_news
from jukwaa.updates.letters import get_mail_address, get_mail_language
from jukwaa.updates.models import Digest, EmailTopic, MailChoice
from jukwaa.updates.notification_emails import queue_notification_letter
from jukwaa.updates.publication_delay import get_publication_delay_cutoff

logger = logging.getLogger("jukwaa.updates")

DIGESTS_PER_BATCH = 200
DIGEST_KEY_PREFIX = "digest"  # a key of a mail is this word, the digest's number, and since when it tells
MAX_RECORDS_PER_DIGEST = 12  # lines of a group; the page has the others


def send_due_digests(now: datetime) -> int:
    """Send those that are due. A coalition whose mail nobody has let go yet sends none; what is new waits."""
    due = Digest.objects.due(now).filter(coalition__mail_released_at__isnull=False)
    return sum(_send_digest_safely(pk, now) for pk in list(due.values_list("pk", flat=True)[:DIGESTS_PER_BATCH]))


def _send_digest_safely(pk: int, now: datetime) -> bool:
    """One that fails does not keep others back."""
    try:
        return _send_due_digest(pk, now)
    except Exception:
        logger.exception("Digest %s could not be written; it is tried again at the next tick", pk)
        return False


@atomic_with_retry
def _send_due_digest(pk: int, now: datetime) -> bool:
    """Whether there was anything to tell."""
    digest = lock_rows(Digest.objects.filter(pk=pk, due_at__lte=now)).first()
    if digest is None:
        return False  # another worker was faster
    span = NewsTimeSpan(digest.told_until, get_publication_delay_cutoff(now))
    person, coalition = digest.person, digest.coalition
    wanted = bool(get_mail_address(person)) and bool(
        MailChoice.objects.find_wanting_person_ids([person], coalition, EmailTopic.DIGEST)
    )
    with translation.override(get_mail_language(person, coalition)):
        groups = find_followed_news(person, coalition, span) if wanted else []
        if groups:
            _queue_digest_email(digest, groups)
    digest.told_until, digest.due_at = max(span.since, span.until), digest.next_after(now)
    digest.save(update_fields=["told_until", "due_at"])
    return bool(groups)


def reset_dropped_digests(email_keys: Iterable[str]) -> None:
    """Of those dropped before they left, written under these keys: due at once, telling of the same time."""
    for word, _colon, rest in (key.partition(":") for key in email_keys):
        pk, _colon, since = rest.partition(":")
        if word == DIGEST_KEY_PREFIX:
            since_then = Least(F("told_until"), Value(datetime.fromisoformat(since), DateTimeField()))
            Digest.objects.filter(pk=pk).update(told_until=since_then, due_at=timezone.now())


def _queue_digest_email(digest: Digest, news_groups: list[NewsGroup]) -> None:
    person, coalition = digest.person, digest.coalition
    records = [line.record for group in news_groups for line in group.lines]
    number = len(records)
    subject = ngettext("1 update on what you follow", "%(number)s updates on what you follow", number) % {
        "number": number
    }
    ends = email_links.build_email_link(
        email_links.UNSUBSCRIBE_PURPOSE,
        "updates:unsubscribe",
        person=person.pk,
        coalition=coalition.pk,
        topic=str(EmailTopic.DIGEST),
    )
    context = {
        "coalition": coalition,
        "groups": [
            (group, group.lines[:MAX_RECORDS_PER_DIGEST], max(len(group.lines) - MAX_RECORDS_PER_DIGEST, 0))
            for group in news_groups
        ],
        "site": email_links.build_absolute_url(""),
        "new": email_links.build_absolute_url(reverse("updates:new", args=[coalition.slug])),
        "choices": email_links.build_absolute_url(reverse("updates:following", args=[coalition.slug])),
        "ends": ends,
    }
    queue_notification_letter(
        coalition=coalition,
        person=person,
        names=records,
        to=get_mail_address(person),
        key=f"{DIGEST_KEY_PREFIX}:{digest.pk}:{digest.told_until.isoformat()}",
        subject=f"[{coalition.name[:60]}] {subject}",
        body=render_to_string("updates/email/digest.txt", context).strip() + "\n",
        headers=build_unsubscribe_headers(ends),
        held=False,
    )
