"""Who may do what where organisations work together. When it may be done is the action's affair."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.cooperation.models import Enquiry, Match, Need, Offer, Side
from jukwaa.records.policies import can_change, can_read


def can_offer(person: Person, organisation: Organisation) -> bool:
    """Offer or ask for help in its name."""
    return organisation.pk in Standing(person, organisation.coalition).speaks_for


def can_write_down(person: Person, coalition: Coalition) -> bool:
    """What a source says that somebody offers or needs."""
    return Standing(person, coalition).is_rapporteur


def answers_for(standing: Standing, given: Offer | Need) -> bool:
    """Speaks for whose it is."""
    return given.organisation_id is not None and given.organisation_id in standing.speaks_for


def changes_help(standing: Standing, given: Offer | Need) -> bool:
    return answers_for(standing, given) or (standing.viewer.is_authenticated and can_change(standing, given))


def keeps_true(standing: Standing, given: Offer | Need) -> bool:
    """Say that it is still true, or no longer: whose it is; for what nobody of the directory answers, a coordinator."""
    return answers_for(standing, given) or (given.organisation_id is None and standing.is_coordinator)


def sides_of(standing: Standing, match: Match) -> list[Side]:
    """For which sides of it this viewer speaks."""
    return [side for side in Side if answers_for(standing, match.side(side))]


def can_match(person: Person, offer: Offer, need: Need) -> bool:
    """Bring both together: who speaks for either, or a coordinator; and reads both."""
    standing = Standing(person, need.coalition)
    speaks = answers_for(standing, offer) or answers_for(standing, need) or standing.is_coordinator
    return speaks and can_read(ViewerContext(person), offer) and can_read(ViewerContext(person), need)


def can_consent(person: Person, match: Match, side: Side) -> bool:
    """Nobody consents for others: no role does."""
    return side in sides_of(Standing(person, match.need.coalition), match)


def can_move(person: Person, match: Match) -> bool:
    """Say how it stands: either side; a coordinator may say that nothing comes of what waits."""
    standing = Standing(person, match.need.coalition)
    return bool(sides_of(standing, match)) or standing.is_coordinator


def sees_contacts(standing: Standing, match: Match) -> bool:
    """Both sides, and only while the consent of both stands."""
    return both_consent(match) and bool(sides_of(standing, match))


def both_consent(match: Match) -> bool:
    standing = {consent.side for consent in match.consents.all() if consent.withdrawn_at is None}
    return standing == set(Side.values)


def can_enquire(person: Person, need: Need) -> bool:
    """Whoever speaks for the organisation that needs it."""
    return answers_for(Standing(person, need.coalition), need)


def can_answer(person: Person, enquiry: Enquiry) -> bool:
    """Whoever speaks for the organisation that is asked."""
    return enquiry.organisation_id in Standing(person, enquiry.need.coalition).speaks_for


def can_shelve(person: Person, enquiry: Enquiry) -> bool:
    """Make an item of the library of an answer that may be shared: who asked, and who answered."""
    speaks_for = Standing(person, enquiry.need.coalition).speaks_for
    return enquiry.organisation_id in speaks_for or enquiry.need.organisation_id in speaks_for
