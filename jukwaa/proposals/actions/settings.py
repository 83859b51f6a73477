"""Decide who can submit the proposals of a coalition, and by which keywords its theme is found."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import EditConflict
from jukwaa.core.transactions import lock_rows
from jukwaa.proposals import policies
from jukwaa.proposals.actions.proposals import hash_json_value
from jukwaa.proposals.models import ProposalSettings


@action
def save_proposal_settings(
    *, actor: Person, coalition: Coalition, submitters: str, keywords: str, seen: str = ""
) -> ProposalSettings:
    """Save who can submit, and the keywords. The same again changes nothing.

    `seen` is `get_fingerprint` of what the writer started from. Raises PermissionDenied and EditConflict.
    """
    if not policies.can_change_settings(ViewerContext(actor), coalition):
        raise PermissionDenied(_("Only coordinators can change the settings for proposals."))
    current = lock_rows(ProposalSettings.objects.filter(coalition=coalition)).first()
    current = current or ProposalSettings(coalition=coalition)
    before = hash_proposal_settings(current)
    if seen and seen != before:
        raise EditConflict(current)
    current.submitters, current.keywords = submitters, keywords
    if current.pk and hash_proposal_settings(current) == before:
        return current
    try:
        with transaction.atomic():
            current.save()
    except IntegrityError as error:  # somebody else saved the first settings at the same moment
        raise EditConflict(ProposalSettings.objects.get(coalition=coalition)) from error
    record_activity(actor=actor, verb="saved-settings", subject=current, coalition=coalition)
    return current


def hash_proposal_settings(proposal_settings: ProposalSettings) -> str:
    return hash_json_value([getattr(proposal_settings, name) for name in ProposalSettings.FIELDS])
