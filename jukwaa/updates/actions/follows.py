"""What a person follows, how often they hear of it, what they have seen: theirs alone, so no activity tells of it."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.updates.models import Digest, EmailTopic, Follow, MailChoice, Seen
from jukwaa.updates.models.following import VALUE_TARGET_FIELDS

type Followed = dict[str, Any]


def build_follow_target_fields(follow_target: str, followed_value: str | int) -> Followed:
    """The column that names what is followed."""
    return {follow_target if follow_target in VALUE_TARGET_FIELDS else f"{follow_target}_id": followed_value}


@atomic_with_retry
def follow_thing(*, person: Person, coalition: Coalition, what: str, value: str | int) -> Follow:
    """From now on this person hears of it, weekly unless they say otherwise. Following it again changes nothing."""
    followed, _ = Follow.objects.get_or_create(
        person=person, coalition=coalition, **build_follow_target_fields(what, value)
    )
    _get_or_create_digest(person, coalition)
    return followed


@atomic_with_retry
def unfollow_thing(*, person: Person, coalition: Coalition, what: str, followed_value: str | int) -> None:
    Follow.objects.filter(
        person=person, coalition=coalition, **build_follow_target_fields(what, followed_value)
    ).delete()


@atomic_with_retry
def set_digest_rhythm(*, person: Person, coalition: Coalition, digest_rhythm: str) -> None:
    """How often; an empty rhythm means no digest at all. What came before is not made up for."""
    MailChoice.objects.update_or_create(
        person=person, coalition=coalition, topic=EmailTopic.DIGEST, defaults={"wanted": bool(digest_rhythm)}
    )
    if not digest_rhythm:
        return
    digest = _get_or_create_digest(person, coalition)
    digest.rhythm = digest_rhythm
    digest.due_at = digest.next_after(timezone.now())
    digest.save(update_fields=["rhythm", "due_at"])


@atomic_with_retry
def mark_news_seen(*, person: Person, coalition: Coalition, until: datetime) -> None:
    """Mark everything up to this time as seen; a time earlier than the stored one changes nothing."""
    until = min(until, timezone.now())
    seen, is_first = Seen.objects.get_or_create(person=person, coalition=coalition, defaults={"until": until})
    if not is_first:
        Seen.objects.filter(pk=seen.pk, until__lt=until).update(until=until)


def _get_or_create_digest(person: Person, coalition: Coalition) -> Digest:
    now = timezone.now()
    digest = Digest(person=person, coalition=coalition)
    first = {"told_until": now, "due_at": digest.next_after(now)}
    return Digest.objects.get_or_create(person=person, coalition=coalition, defaults=first)[0]
