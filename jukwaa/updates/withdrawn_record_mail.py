"""Drop unsent emails about a withdrawn record, and list who may still have a copy."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from jukwaa.coalitions.models import Activity
from jukwaa.mail import actions as mail
from jukwaa.records.kinds import list_record_kinds
from jukwaa.records.models import Label, Record
from jukwaa.updates.combined_reminders import reset_dropped_reminders
from jukwaa.updates.digests import reset_dropped_digests
from jukwaa.updates.models import Letter
from jukwaa.updates.publication_delay import WAITING_PERIOD

RECORD_HIDING_VERBS = ("withdrew", "held")


def drop_unsent_emails(record: Record, **_signal: Any) -> None:
    """Of a record that is out of sight from now on. A digest that named it is written anew without it."""
    letters = _find_letters_about_record(record).filter(message__sent_at=None, message__claimed_at=None)
    keys = list(letters.filter(message__given_up_at=None).values_list("message__key", flat=True))
    mail.drop_unsent_emails(letters.values_list("pk", flat=True))
    reset_dropped_digests(keys)
    reset_dropped_reminders(keys)


def find_sent_letters(record: Record) -> list[Letter]:
    """Mails about it, or that named it, which are out of our hands; those of which nobody knows among them."""
    left = _find_letters_about_record(record).exclude(message__sent_at=None, message__claimed_at=None)
    return list(left.select_related("person", "message").order_by("-message__created_at"))


def _find_letters_about_record(record: Record) -> Any:
    about = Letter.objects.filter(record=record.pk).values("pk")
    naming = Letter.objects.filter(names=record.pk).values("pk")
    return Letter.objects.filter(Q(pk__in=about) | Q(pk__in=naming))


@dataclass(frozen=True)
class PublicPeriod:
    """A time in which it stood open to the world. `until` None is today."""

    since: datetime
    until: datetime | None

    @property
    def was_in_feeds(self) -> bool:
        """Feeds show a record once it has waited; a harvester asks the feeds."""
        return self.until is None or self.until - self.since > WAITING_PERIOD


def find_public_periods(record: Record) -> list[PublicPeriod]:
    """When it was published and taken out of sight again, as the activities say."""
    kinds = [kind.name for kind in list_record_kinds()]
    noted = Activity.objects.filter(coalition=record.coalition_id, object_id=record.pk, kind__in=kinds)
    spans: list[PublicPeriod] = []
    for verb, at in noted.filter(verb__in=["published", *RECORD_HIDING_VERBS]).order_by("pk").values_list("verb", "at"):
        if verb == "published":
            spans.append(PublicPeriod(at, None))
        elif spans and spans[-1].until is None:
            spans[-1] = PublicPeriod(spans[-1].since, at)
    return spans


def has_tlp_clear_label(record: Record) -> bool:
    return record.label == Label.CLEAR
