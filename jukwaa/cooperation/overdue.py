"""Who was asked and has not answered: the parties and the coordinator see it, and nobody else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jukwaa.cooperation.models import Charter, Deliverable, JointWork, Party, Signature

CHARTER_SIGNING_PERIOD = timedelta(days=7)
OPEN_DELIVERABLE_STATES = (Deliverable.State.PROMISED, Deliverable.State.UNDER_WAY, Deliverable.State.DELAYED)


@dataclass(frozen=True)
class OverdueParty:
    """A party that is waited for: to sign, or to say how something stands. `since` is the day from which it is due."""

    party: Party
    since: date
    deliverable: Deliverable | None = None


def find_overdue_signatures(
    charter: Charter, parties: Iterable[Party], signed_party_ids: Iterable[int], today: date
) -> list[OverdueParty]:
    """A week after the text was proposed."""
    proposed: datetime | None = charter.proposed_at
    if not charter.is_being_signed or proposed is None or proposed.date() + CHARTER_SIGNING_PERIOD > today:
        return []
    done = set(signed_party_ids)
    awaited = [party for party in parties if party.must_sign and party.left_at is None and party.pk not in done]
    return [OverdueParty(party, proposed.date()) for party in awaited]


def find_overdue_reports(
    deliverables: Iterable[Deliverable], parties: Sequence[Party], today: date
) -> list[OverdueParty]:
    """The day that was promised, or the later one that was expected, is over, and nobody said what became of it."""
    there = [party for party in parties if party.left_at is None]
    found = []
    for deliverable in deliverables:
        due = deliverable.expected_on or deliverable.promised_for
        if deliverable.state not in OPEN_DELIVERABLE_STATES or due >= today:
            continue
        own = [party for party in there if party.pk == deliverable.party_id]
        found += [OverdueParty(party, due, deliverable) for party in own or there]
    return found


def find_overdue_parties(joint_work: JointWork, today: date) -> list[OverdueParty]:
    """Find the overdue parties of a work, for reminders."""
    parties = list(joint_work.parties.select_related("capacity", "organisation"))
    charter = joint_work.charters.filter(in_force_since__isnull=True, dropped_at__isnull=True).first()
    found: list[OverdueParty] = []
    if charter is not None:
        signed = Signature.objects.filter(charter=charter).values_list("party", flat=True)
        found += find_overdue_signatures(charter, parties, signed, today)
    if joint_work.stage == JointWork.Stage.UNDER_WAY:
        found += find_overdue_reports(joint_work.deliverables.all(), parties, today)
    return found
