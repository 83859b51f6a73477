"""Secret addresses of feeds: made, replaced, ended. They are a person's own, so no activity tells of it."""

from django.db import transaction
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.exchange.models import FeedKey, new_token


@transaction.atomic
def make_feed_key(*, person: Person) -> FeedKey:
    """A new secret. The addresses with the old one lead nowhere from now on."""
    fresh = {"token": new_token(), "made_at": timezone.now()}
    return FeedKey.objects.update_or_create(person=person, defaults=fresh)[0]


@transaction.atomic
def end_feed_key(*, person: Person) -> None:
    FeedKey.objects.filter(person=person).delete()
