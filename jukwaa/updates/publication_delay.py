"""The waiting period between a publication and the first notification about it."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

# Whoever published by mistake, or what shows a child after all, is noticed soon if at all. A page is taken back at once
# and for good; a mail and a feed reader's copy are not. What is withdrawn within this time leaves nothing behind there.
WAITING_PERIOD = timedelta(minutes=30)


def get_publication_delay_cutoff(now: datetime | None = None) -> datetime:
    """What was published at this time or before has waited long enough."""
    return (now or timezone.now()) - WAITING_PERIOD


def build_delayed_publication_q(now: datetime | None = None) -> Q:
    """Of activities: publications that nobody is told of yet."""
    return Q(verb="published", at__gt=get_publication_delay_cutoff(now))
