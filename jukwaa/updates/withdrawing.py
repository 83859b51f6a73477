"""What was withdrawn or held: mail about it that has not left never does, and who may hold a copy all the same."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from jukwaa.coalitions.models import Activity
from jukwaa.mail import actions as mail
from jukwaa.records.kinds import all_kinds
from jukwaa.records.models import Label, Record
from jukwaa.updates.combining import remind_again
from jukwaa.updates.digests import write_anew
from jukwaa.updates.models import Letter
from jukwaa.updates.waiting import WAIT

OUT_OF_SIGHT = ("withdrew", "held")


def drop_mail(record: Record, **_signal: Any) -> None:
    """Of a record that is out of sight from now on. A digest that named it is written anew without it."""
    letters = _letters(record).filter(message__sent_at=None, message__claimed_at=None)
    keys = list(letters.filter(message__given_up_at=None).values_list("message__key", flat=True))
    mail.drop(letters.values_list("pk", flat=True))
    write_anew(keys)
    remind_again(keys)


def letters_that_left(record: Record) -> list[Letter]:
    """Mails about it, or that named it, which are out of our hands; those of which nobody knows among them."""
    left = _letters(record).exclude(message__sent_at=None, message__claimed_at=None)
    return list(left.select_related("person", "message").order_by("-message__created_at"))


def _letters(record: Record) -> Any:
    about = Letter.objects.filter(record=record.pk).values("pk")
    naming = Letter.objects.filter(names=record.pk).values("pk")
    return Letter.objects.filter(Q(pk__in=about) | Q(pk__in=naming))


@dataclass(frozen=True)
class Span:
    """A time in which it stood open to the world. `until` None is today."""

    since: datetime
    until: datetime | None

    @property
    def reached_feeds(self) -> bool:
        """Feeds show a record once it has waited; a harvester asks the feeds."""
        return self.until is None or self.until - self.since > WAIT


def spans_in_the_open(record: Record) -> list[Span]:
    """When it was published and taken out of sight again, as the activities say."""
    kinds = [kind.name for kind in all_kinds()]
    noted = Activity.objects.filter(coalition=record.coalition_id, object_id=record.pk, kind__in=kinds)
    spans: list[Span] = []
    for verb, at in noted.filter(verb__in=["published", *OUT_OF_SIGHT]).order_by("pk").values_list("verb", "at"):
        if verb == "published":
            spans.append(Span(at, None))
        elif spans and spans[-1].until is None:
            spans[-1] = Span(spans[-1].since, at)
    return spans


def was_for_the_world(record: Record) -> bool:
    return record.label == Label.CLEAR
