"""The mark "under 18" on people of a coalition. Its history is in `accounts.models.MinorStatusChange`."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts import minors
from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition, Membership, Role
from jukwaa.coalitions.other_coalitions import belongs_to_other_coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused


@action
def mark_under_18(
    *, actor: Person, coalition: Coalition, person: Person, adult_contact: Person, reason: str, means: str = ""
) -> Person:
    """Mark somebody as under 18 and hide them at once. `means` says how the adult contact has agreed, if they have.

    The activity says only that the person was changed. Raises PermissionDenied and ActionRefused.
    """
    viewer = ViewerContext(actor)
    if not policies.can_mark_under_18(viewer, Membership(coalition=coalition, person=person)):
        raise PermissionDenied
    if not reason.strip():
        raise ActionRefused(_("Explain how you know that this person is under 18."), "reason")
    if person.is_minor:
        return person
    refuse_roles_in_other_coalitions(coalition, person)
    _require_safeguarding_lead(viewer, coalition, person)
    marked = minors.mark_as_minor(actor=actor, person=person, adult_contact=adult_contact, reason=reason, means=means)
    record_activity(actor=actor, verb="changed", subject=marked, coalition=coalition)
    return marked


@action
def remove_under_18_mark(*, actor: Person, coalition: Coalition, person: Person, reason: str) -> Person:
    """Remove the mark, for somebody who has come of age or was marked by mistake. Raises as `mark_under_18`."""
    if not policies.can_remove_under_18_mark(ViewerContext(actor), Membership(coalition=coalition, person=person)):
        raise PermissionDenied
    if not reason.strip():
        raise ActionRefused(_("Explain how you know that this person is 18 or older."), "reason")
    if not person.is_minor:
        return person
    changed = minors.unmark_as_minor(actor=actor, person=person, reason=reason)
    record_activity(actor=actor, verb="changed", subject=changed, coalition=coalition)
    return changed


@action
def withdraw_guardian_consent(*, actor: Person, person: Person) -> Person:
    """Hide from the public what somebody under 18 writes, since their adult contact no longer agrees."""
    if not policies.can_withdraw_guardian_consent(ViewerContext(actor), person):
        raise PermissionDenied
    return minors.answer_as_guardian(guardian=actor, person=person, is_consent_given=False)


def _require_safeguarding_lead(viewer: ViewerContext, coalition: Coalition, person: Person) -> None:
    """Raise ActionRefused for whoever answered that they are 18, or belongs to others as well: their email moves.

    A coordinator can become the lead without anybody else, which is not enough where others are concerned.
    """
    is_shared = belongs_to_other_coalition(coalition, person)
    if not viewer.standing(coalition).is_safeguarding_lead and (is_shared or person.adult_confirmed_at is not None):
        raise ActionRefused(_("Ask the safeguarding lead of your coalition to change the “under 18” mark."))
    if is_shared and policies.was_ever_coordinator(viewer, coalition):
        raise ActionRefused(
            _(
                "Ask a safeguarding lead who has never been a coordinator of your coalition. This person also belongs "
                "to another coalition."
            )
        )


def refuse_roles_in_other_coalitions(coalition: Coalition, person: Person) -> None:
    """Raise ActionRefused if marking somebody would end a role that another coalition gave them."""
    if Role.objects.in_force().filter(person=person).exclude(coalition=coalition).exists():
        raise ActionRefused(_("Ask the safeguarding lead of the other coalition. This person has a role there."))
