"""Who may do what with joint work. When it may be done is the action's affair."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.cooperation.models import Deliverable, JointWork, Party
from jukwaa.records.policies import can_read, is_author


def begins(standing: Standing) -> bool:
    """Whoever speaks for an organisation; a rapporteur may write down what others agree on, and signs nothing."""
    return standing.is_rapporteur or bool(standing.speaks_for)


def can_begin(person: Person, coalition: Coalition) -> bool:
    return begins(Standing(person, coalition))


def own_parties(standing: Standing, work: JointWork) -> list[Party]:
    """Those that the viewer speaks for today, and that have not left."""
    if not standing.speaks_for:
        return []
    rows = work.parties.filter(organisation__in=standing.speaks_for, left_at__isnull=True)
    return list(rows.select_related("capacity"))


def shapes(standing: Standing, work: JointWork, own: list[Party] | None = None) -> bool:
    """Writes the charter, and says who takes part: whoever speaks for a party, began it, or keeps the record here.

    `own` is what `own_parties` gave, where a page has asked already; so below.
    """
    return standing.is_rapporteur or bool(_own(standing, work, own)) or _is_still_its_author(standing, work)


def _is_still_its_author(standing: Standing, work: JointWork) -> bool:
    """Whoever began it, while they may speak for somebody here, and unless that party has left."""
    if not standing.speaks_for or not is_author(standing, work):
        return False
    return not work.parties.filter(organisation__in=standing.speaks_for, left_at__isnull=False).exists()


def can_shape(person: Person, work: JointWork) -> bool:
    return can_read(ViewerContext(person), work) and shapes(Standing(person, work.coalition), work)


def can_speak_for(person: Person, party: Party) -> bool:
    """Sign for a party, or take it out: nobody does that for an organisation that has not confirmed them."""
    standing = Standing(person, party.work.coalition)
    return party.organisation_id in standing.speaks_for and can_read(ViewerContext(person), party.work)


def spoke_for(person: Person, party: Party) -> bool:
    """Once, and perhaps no longer: they know that it was asked, and may be told why they can't sign."""
    return person.affiliations.filter(organisation=party.organisation_id, may_speak=True).exists()


def can_report(person: Person, deliverable: Deliverable) -> bool:
    """Whoever speaks for the party that delivers it; for what all deliver together, or whose party left, for any."""
    standing = Standing(person, deliverable.work.coalition)
    return can_read(ViewerContext(person), deliverable.work) and reports(standing, deliverable)


def reports(standing: Standing, deliverable: Deliverable, own: list[Party] | None = None) -> bool:
    own = _own(standing, deliverable.work, own)
    party = deliverable.party
    if party is None or party.left_at is not None:
        return bool(own)
    return any(each.pk == party.pk for each in own)


def can_tell(person: Person, work: JointWork) -> bool:
    """Give figures and updates, and link what came of it: whoever speaks for a party."""
    return can_read(ViewerContext(person), work) and bool(own_parties(Standing(person, work.coalition), work))


def can_tell_for(person: Person, work: JointWork, party: Party) -> bool:
    """Give an update in the name of this party."""
    own = own_parties(Standing(person, work.coalition), work)
    return can_read(ViewerContext(person), work) and any(each.pk == party.pk for each in own)


def can_end(person: Person, work: JointWork) -> bool:
    standing = Standing(person, work.coalition)
    return can_read(ViewerContext(person), work) and (standing.is_coordinator or bool(own_parties(standing, work)))


def sees_silence(standing: Standing, work: JointWork, own: list[Party] | None = None) -> bool:
    """That somebody was asked and has not answered is seen by the parties and the coordinator, not by the world."""
    return standing.is_coordinator or bool(_own(standing, work, own))


def _own(standing: Standing, work: JointWork, own: list[Party] | None) -> list[Party]:
    return own_parties(standing, work) if own is None else own
