"""How long what was published waits before anybody is told of it."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

# Whoever published by mistake, or what shows a child after all, is noticed soon if at all. A page is taken back at once
# and for good; a mail and a feed reader's copy are not. What is withdrawn within this time leaves nothing behind there.
WAIT = timedelta(minutes=30)


def settled_until(now: datetime | None = None) -> datetime:
    """What was published at this time or before has waited long enough."""
    return (now or timezone.now()) - WAIT


def still_waits(now: datetime | None = None) -> Q:
    """Of activities: publications that nobody is told of yet."""
    return Q(verb="published", at__gt=settled_until(now))
