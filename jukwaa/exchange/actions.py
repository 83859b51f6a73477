"""Secret addresses of feeds: made, replaced, ended. They are a person's own, so no activity tells of it."""

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.exchange.models import FeedKey, new_token


@atomic_with_retry
def create_feed_key(*, person: Person) -> FeedKey:
    """A new secret. The addresses with the old one lead nowhere from now on."""
    fresh = {"token": new_token(), "made_at": timezone.now()}
    return FeedKey.objects.update_or_create(person=person, defaults=fresh)[0]


@atomic_with_retry
def delete_feed_key(*, person: Person) -> None:
    FeedKey.objects.filter(person=person).delete()
