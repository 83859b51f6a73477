"""Who may do what with members, people and roles. When it may be done is the action's affair."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition, Membership, Organisation
from jukwaa.coalitions.standing import Standing


def coordinates(person: Person, coalition: Coalition) -> bool:
    return Standing(person, coalition).is_coordinator


def represents(person: Person, organisation: Organisation) -> bool:
    return Affiliation.objects.confirmed().filter(person=person, organisation=organisation, may_speak=True).exists()


def answers_for(person: Person, organisation: Organisation) -> bool:
    return represents(person, organisation) or coordinates(person, organisation.coalition)


def can_apply(person: Person, coalition: Coalition) -> bool:  # noqa: ARG001 - membership is open: to whoever has an account
    return person.is_active and person.erased_at is None


def can_answer_application(person: Person, membership: Membership) -> bool:
    return coordinates(person, membership.coalition)


def can_withdraw_application(person: Person, membership: Membership) -> bool:
    return person.pk in {membership.applicant_id, membership.person_id}


def can_end_membership(person: Person, membership: Membership) -> bool:
    if membership.organisation is not None:
        return answers_for(person, membership.organisation)
    return person.pk == membership.person_id or coordinates(person, membership.coalition)


def can_date_membership(person: Person, membership: Membership) -> bool:
    return coordinates(person, membership.coalition)


def can_add_membership(person: Person, coalition: Coalition) -> bool:
    return coordinates(person, coalition)


def can_say_affiliation(person: Person, organisation: Organisation) -> bool:  # noqa: ARG001 - it opens nothing until confirmed
    return person.is_active and person.erased_at is None


def can_add_affiliation(person: Person, organisation: Organisation) -> bool:
    return answers_for(person, organisation)


def can_confirm_affiliation(person: Person, affiliation: Affiliation) -> bool:
    """Nobody vouches for themselves, but a coordinator."""
    of_another = person.pk != affiliation.person_id and represents(person, affiliation.organisation)
    return of_another or coordinates(person, affiliation.organisation.coalition)


def can_change_affiliation(person: Person, affiliation: Affiliation) -> bool:
    return coordinates(person, affiliation.organisation.coalition)


def can_end_affiliation(person: Person, affiliation: Affiliation) -> bool:
    return person.pk == affiliation.person_id or answers_for(person, affiliation.organisation)


def can_add_organisation(person: Person, coalition: Coalition) -> bool:
    return coordinates(person, coalition)


def can_change_organisation(person: Person, organisation: Organisation) -> bool:
    return answers_for(person, organisation)


def can_merge_organisations(person: Person, coalition: Coalition) -> bool:
    return coordinates(person, coalition)


def can_add_person(person: Person, coalition: Coalition) -> bool:
    return coordinates(person, coalition)


def can_change_person(person: Person, coalition: Coalition, whom: Person) -> bool:
    """Whoever has signed in is called as they say themselves."""
    return whom.last_login is None and coordinates(person, coalition)


def can_take_out(person: Person, coalition: Coalition, whom: Person) -> bool:
    return person.pk == whom.pk or coordinates(person, coalition)


def can_change_roles(person: Person, coalition: Coalition) -> bool:
    return coordinates(person, coalition)


def can_change_settings(person: Person, coalition: Coalition) -> bool:
    return coordinates(person, coalition)


def can_keep_list(person: Person, coalition: Coalition) -> bool:
    return coordinates(person, coalition)


def can_import(person: Person, coalition: Coalition) -> bool:
    return coordinates(person, coalition)
