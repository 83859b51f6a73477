"""Who may do what with a record. When it may be done is the action's affair."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Role
from jukwaa.coalitions.standing import Standing
from jukwaa.records.models import Authorship, Comment, Record


def _roles(person: Person, record: Record) -> frozenset[str]:
    return Standing(person, record.coalition).roles


def is_author(person: Person, record: Record) -> bool:
    return Authorship.objects.filter(record_id=record.pk, person=person).exists()


def can_change(person: Person, record: Record) -> bool:
    return is_author(person, record) or bool(
        _roles(person, record) & {Role.Kind.COORDINATOR, Role.Kind.RAPPORTEUR, Role.Kind.EDITOR}
    )


def can_publish(person: Person, record: Record) -> bool:
    return bool(_roles(person, record) & {Role.Kind.COORDINATOR, Role.Kind.RAPPORTEUR, Role.Kind.EDITOR})


def can_withdraw(person: Person, record: Record) -> bool:
    roles = _roles(person, record) & {Role.Kind.COORDINATOR, Role.Kind.SAFEGUARDING_LEAD}
    return bool(roles) or is_author(person, record)


def can_hold(person: Person, record: Record) -> bool:
    return Role.Kind.SAFEGUARDING_LEAD in _roles(person, record)


def can_comment(person: Person, record: Record) -> bool:
    return Standing(person, record.coalition).has_seat


def can_edit_comment(person: Person, comment: Comment) -> bool:
    return comment.author_id == person.pk


def can_hide_comment(person: Person, comment: Comment) -> bool:
    return Role.Kind.COORDINATOR in _roles(person, comment.record)
