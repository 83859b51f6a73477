"""Who may do what with a record. When it may be done is the action's affair."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Role
from jukwaa.coalitions.standing import Standing
from jukwaa.records.models import Authorship, Comment, Held, Record


def _roles(person: Person, record: Record) -> frozenset[str]:
    return Standing(person, record.coalition).roles


def is_author(person: Person, record: Record) -> bool:
    return Authorship.objects.filter(record_id=record.pk, person=person).exists()


def wrote(standing: Standing, record: Record) -> bool:
    """Asked by several parts of a page, and read once."""
    viewer = standing.viewer
    if record.pk not in standing.wrote:
        standing.wrote[record.pk] = viewer.is_authenticated and is_author(viewer, record)
    return standing.wrote[record.pk]


def can_read(person: Person, record: Record) -> bool:
    return Record.objects.visible_to(person).filter(pk=record.pk).exists()


def can_change(person: Person, record: Record) -> bool:
    return changes(Standing(person, record.coalition), record)


def changes(standing: Standing, record: Record) -> bool:
    """As `can_change`, for a page that knows already how its viewer stands."""
    return wrote(standing, record) or standing.is_rapporteur


def can_publish(person: Person, record: Record) -> bool:
    return bool(_roles(person, record) & {Role.Kind.COORDINATOR, Role.Kind.RAPPORTEUR, Role.Kind.EDITOR})


def can_withdraw(person: Person, record: Record) -> bool:
    return withdraws(Standing(person, record.coalition), record)


def withdraws(standing: Standing, record: Record) -> bool:
    """As `can_withdraw`, for a page that knows already how its viewer stands."""
    return standing.is_coordinator or standing.is_safeguarding_lead or wrote(standing, record)


def can_hold(person: Person, record: Record) -> bool:
    return Role.Kind.SAFEGUARDING_LEAD in _roles(person, record) and can_read(person, record)


def can_decide_held(person: Person, held: Held) -> bool:
    return Standing(person, held.coalition).is_safeguarding_lead


def can_comment(person: Person, record: Record) -> bool:
    seated = Standing(person, record.coalition).has_seat or is_author(person, record)
    return seated and can_read(person, record)


def can_edit_comment(person: Person, comment: Comment) -> bool:
    return comment.author_id == person.pk and can_read(person, comment.record)


def can_hide_comment(person: Person, comment: Comment) -> bool:
    hiding = _roles(person, comment.record) & {Role.Kind.COORDINATOR, Role.Kind.SAFEGUARDING_LEAD}
    return bool(hiding) and can_read(person, comment.record)
