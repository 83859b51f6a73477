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


def add_rows_of_work(joint_work: JointWork, canary: str, capacity: Capacity) -> None:
    """A charter in force that the author's organisation signed, an amendment that is signed, and what was told."""
    now, today = timezone.now(), timezone.localdate()
    own = Affiliation.objects.get(person=capacity.person).organisation
    told = {"person": capacity.person, "capacity": capacity}
    party = Party.objects.create(work=joint_work, organisation=own, capacity=capacity, part=f"Staff for {canary}")
    text = f"What {canary} is agreed on"
    written = {
        "form": "short",
        "answers": {"why": f"Why {canary}"},
        "text": text,
        "digest": "0" * 64,
        "proposed_at": now,
    }
    charter = Charter.objects.create(work=joint_work, in_force_since=now, **written)
    Charter.objects.create(work=joint_work, number=2, why_changed=f"More of {canary}", **written)
    Signature.objects.create(charter=charter, party=party, digest=charter.digest, **told)
    days = {"promised_for": today, "first_promised_for": today}
    deliverable = Deliverable.objects.create(work=joint_work, party=party, what=f"A guide to {canary}", **days)
    DeliverableReport.objects.create(deliverable=deliverable, state="under-way", words=f"{canary} is written", **told)
    outcome = Outcome.objects.create(work=joint_work, what=f"Less {canary}", indicator=f"Count {canary}", baseline=0)
    Figure.objects.create(outcome=outcome, on=today, value=Decimal(3), source=f"{canary} says", person=capacity.person)
    Update.objects.create(work=joint_work, words=f"We met about {canary}", **told)
