"""What mail a person gets. It concerns nobody else, so no activity tells of it."""

from collections.abc import Collection, Iterable

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.updates.models import EmailTopic, MailChoice


@atomic_with_retry
def set_wanted_topics(*, person: Person, coalition: Coalition, wanted_topics: Collection[str]) -> None:
    """Set which topics a person gets email about; all others end."""
    for topic in EmailTopic:
        MailChoice.objects.update_or_create(
            person=person, coalition=coalition, topic=topic, defaults={"wanted": topic in wanted_topics}
        )


@atomic_with_retry
def stop_emails_of_topic(*, person: Person, coalition: Coalition, topic: str) -> None:
    """Stop email about this topic. Stopping it again changes nothing."""
    MailChoice.objects.update_or_create(person=person, coalition=coalition, topic=topic, defaults={"wanted": False})


@atomic_with_retry
def stop_emails_of_all_topics(*, person: Person, coalitions: Iterable[Coalition]) -> None:
    """Stop email about every topic; only requested sign-in codes and links are sent."""
    for coalition in coalitions:
        set_wanted_topics(person=person, coalition=coalition, wanted_topics=())
