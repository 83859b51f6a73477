"""What hangs on joint work in the world of the walks: each holds the word of its record."""

from decimal import Decimal

from django.utils import timezone

from jukwaa.coalitions.models import Affiliation, Capacity
from jukwaa.cooperation.models import (
    Charter,
    Deliverable,
    DeliverableReport,
    Figure,
    JointWork,
    Outcome,
    Party,
    Signature,
    Update,
)


def add_rows_of_work(work: JointWork, word: str, capacity: Capacity) -> None:
    """A charter in force that the author's organisation signed, an amendment that is signed, and what was told."""
    now, today = timezone.now(), timezone.localdate()
    own = Affiliation.objects.get(person=capacity.person).organisation
    told = {"person": capacity.person, "capacity": capacity}
    party = Party.objects.create(work=work, organisation=own, capacity=capacity, part=f"Staff for {word}")
    text = f"What {word} is agreed on"
    written = {"form": "short", "answers": {"why": f"Why {word}"}, "text": text, "digest": "0" * 64, "proposed_at": now}
    charter = Charter.objects.create(work=work, in_force_since=now, **written)
    Charter.objects.create(work=work, number=2, why_changed=f"More of {word}", **written)
    Signature.objects.create(charter=charter, party=party, digest=charter.digest, **told)
    days = {"promised_for": today, "first_promised_for": today}
    deliverable = Deliverable.objects.create(work=work, party=party, what=f"A guide to {word}", **days)
    DeliverableReport.objects.create(deliverable=deliverable, state="under-way", words=f"{word} is written", **told)
    outcome = Outcome.objects.create(work=work, what=f"Less {word}", indicator=f"Count {word}", baseline=0)
    Figure.objects.create(outcome=outcome, on=today, value=Decimal(3), source=f"{word} says", person=capacity.person)
    Update.objects.create(work=work, words=f"We met about {word}", **told)
