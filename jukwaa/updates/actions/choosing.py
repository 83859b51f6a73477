"""What mail a person gets. It concerns nobody else, so no activity tells of it."""

from collections.abc import Collection, Iterable

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.updates.models import MailChoice, Topic


@atomic_with_retry
def choose(*, person: Person, coalition: Coalition, wanted: Collection[str]) -> None:
    """Keep these topics, and end the others."""
    for topic in Topic:
        MailChoice.objects.update_or_create(
            person=person, coalition=coalition, topic=topic, defaults={"wanted": topic in wanted}
        )


@atomic_with_retry
def end_mail(*, person: Person, coalition: Coalition, topic: str) -> None:
    """No more mail of this topic. Ending it again changes nothing."""
    MailChoice.objects.update_or_create(person=person, coalition=coalition, topic=topic, defaults={"wanted": False})


@atomic_with_retry
def nothing_but_sign_in(*, person: Person, coalitions: Iterable[Coalition]) -> None:
    """What is left are codes and links that the person asks for."""
    for coalition in coalitions:
        choose(person=person, coalition=coalition, wanted=())
