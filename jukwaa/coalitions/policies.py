"""Who may do what with members, people and roles. When it may be done is the action's affair."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition, Membership, Organisation, Role
from jukwaa.coalitions.other_coalitions import belongs_to_other_coalition, was_marked_by_coalition
from jukwaa.coalitions.standing import ViewerContext


def can_represent_organisation(viewer: ViewerContext, organisation: Organisation) -> bool:
    return organisation.pk in viewer.standing(organisation).speaks_for


def represents_or_coordinates(viewer: ViewerContext, organisation: Organisation) -> bool:
    return can_represent_organisation(viewer, organisation) or viewer.standing(organisation).is_coordinator


def has_account(viewer: ViewerContext) -> bool:
    person = viewer.viewer
    return person.is_authenticated and person.is_active and person.erased_at is None


def can_apply_for_membership(viewer: ViewerContext, coalition: Coalition) -> bool:  # noqa: ARG001 - membership is open: to whoever has an account
    return has_account(viewer)


def can_answer_application(viewer: ViewerContext, membership: Membership) -> bool:
    return viewer.standing(membership).is_coordinator


def can_withdraw_application(viewer: ViewerContext, membership: Membership) -> bool:
    return viewer.is_person(membership.applicant_id) or viewer.is_person(membership.person_id)


def can_end_membership(viewer: ViewerContext, membership: Membership) -> bool:
    if membership.organisation is not None:
        return represents_or_coordinates(viewer, membership.organisation)
    return viewer.is_person(membership.person_id) or viewer.standing(membership).is_coordinator


def can_change_membership_dates(viewer: ViewerContext, membership: Membership) -> bool:
    return viewer.standing(membership).is_coordinator


def can_add_membership(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_claim_affiliation(viewer: ViewerContext, organisation: Organisation) -> bool:  # noqa: ARG001 - it opens nothing until confirmed
    return has_account(viewer)


def can_add_affiliation(viewer: ViewerContext, organisation: Organisation) -> bool:
    return represents_or_coordinates(viewer, organisation)


def can_confirm_affiliation(viewer: ViewerContext, affiliation: Affiliation) -> bool:
    """Nobody vouches for themselves, but a coordinator."""
    of_another = not viewer.is_person(affiliation.person_id) and can_represent_organisation(
        viewer, affiliation.organisation
    )
    return of_another or viewer.standing(affiliation.organisation).is_coordinator


def can_change_affiliation(viewer: ViewerContext, affiliation: Affiliation) -> bool:
    return viewer.standing(affiliation.organisation).is_coordinator


def can_end_affiliation(viewer: ViewerContext, affiliation: Affiliation) -> bool:
    return viewer.is_person(affiliation.person_id) or represents_or_coordinates(viewer, affiliation.organisation)


def can_add_organisation(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_change_organisation(viewer: ViewerContext, organisation: Organisation) -> bool:
    return represents_or_coordinates(viewer, organisation)


def can_merge_organisations(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_merge_people(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_add_person(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_change_person(viewer: ViewerContext, membership: Membership) -> bool:
    """Whoever has signed in is called as they say themselves."""
    never_signed_in = membership.person is not None and membership.person.last_login is None
    return never_signed_in and viewer.standing(membership).is_coordinator


def can_mark_under_18(viewer: ViewerContext, membership: Membership) -> bool:
    standing = viewer.standing(membership)
    return standing.is_coordinator or standing.is_safeguarding_lead


def was_ever_coordinator(viewer: ViewerContext, coalition: Coalition) -> bool:
    """Whether they could have given themselves any role here."""
    held = Role.objects.filter(coalition=coalition, person=viewer.viewer.pk, kind=Role.Kind.COORDINATOR)
    return held.exists()


def can_remove_under_18_mark(viewer: ViewerContext, membership: Membership) -> bool:
    """Not the lead of a coalition that had no part in it."""
    person = membership.person
    if person is None or viewer.is_person(person.pk) or not viewer.standing(membership).is_safeguarding_lead:
        return False
    return was_marked_by_coalition(membership.coalition, person) or not belongs_to_other_coalition(
        membership.coalition, person, counts_current_only=True
    )


def can_withdraw_guardian_consent(viewer: ViewerContext, person: Person) -> bool:
    return viewer.is_person(person.adult_contact_id)


def can_remove_person(viewer: ViewerContext, membership: Membership) -> bool:
    return viewer.is_person(membership.person_id) or viewer.standing(membership).is_coordinator


def can_change_roles(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_change_settings(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_manage_mailing_list(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_import_members(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator
