"""Limits on tries that hold across all workers: each is a row, counted up by one conditional statement.

(allauth's own limits take a lock in the cache and don't say when one may try again.)
"""

from dataclasses import dataclass
from datetime import timedelta

from allauth.core.internal.httpkit import get_client_ip
from allauth.core.internal.ratelimit import truncate_ip
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from jukwaa.accounts.models import Limit
from jukwaa.core.refusals import ActionRefused


@dataclass(frozen=True)
class Rate:
    name: str
    amount: int
    span: timedelta


ASK_FROM_HERE = Rate("ask-here", 20, timedelta(minutes=10))
ASK_FOR_ADDRESS = Rate("ask-address", 5, timedelta(minutes=15))
ASK_FOR_ADDRESS_DAILY = Rate("ask-address-daily", 30, timedelta(days=1))
TRY_FROM_HERE = Rate("try-here", 30, timedelta(minutes=10))
TRY_FOR_ADDRESS = Rate("try-address", 20, timedelta(hours=1))


class TooManyTries(ActionRefused):
    """Carries when one may try again, as a sentence and in seconds."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = max(1, int(wait.total_seconds()))
        minutes = -(-self.seconds // 60)
        sentence = ngettext(
            "There were too many tries in a short time. Try again in a minute.",
            "There were too many tries in a short time. Try again in %(minutes)d minutes.",
            minutes,
        )
        super().__init__(sentence % {"minutes": minutes})


def count(rate: Rate, subject: str) -> None:
    """One more try. Raises TooManyTries once the amount is used up, until the span has passed."""
    now = timezone.now()
    key = salted_hmac("jukwaa.accounts.limits", f"{rate.name}:{subject.lower()}", algorithm="sha256").hexdigest()
    mine = Limit.objects.filter(key=key)
    if mine.filter(ends_at__gt=now, count__lt=rate.amount).update(count=F("count") + 1):
        return
    fresh = {"count": 1, "ends_at": now + rate.span}
    if mine.filter(ends_at__lte=now).update(**fresh):
        return
    limit, created = Limit.objects.get_or_create(key=key, defaults=fresh)
    if created or mine.filter(ends_at__gt=now, count__lt=rate.amount).update(count=F("count") + 1):
        return
    raise TooManyTries(limit.ends_at - now)


def here(request: HttpRequest) -> str:
    """Where the request comes from: an address, or for IPv6 the network of one household."""
    return str(truncate_ip(get_client_ip(request) or "unknown"))
