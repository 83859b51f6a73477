"""Ask the worker to check the links of the self-check."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.eligibility import policies
from jukwaa.eligibility.link_checker import list_link_addresses
from jukwaa.eligibility.tasks import check_links_of


@action
def request_link_check(*, actor: Person, coalition: Coalition) -> None:
    """Let the worker ask for each address. Raises PermissionDenied, and ActionRefused if there is no address."""
    if not policies.can_read_self_check(ViewerContext(actor), coalition):
        raise PermissionDenied(_("Only coordinators can check the links."))
    if not list_link_addresses(coalition):
        raise ActionRefused(
            _("There are no links to check. Enter the addresses of the mailing list page and archive in the settings.")
        )
    check_links_of.enqueue(coalition.pk)
    record_activity(actor=actor, verb="asked-for-check", subject=coalition, coalition=coalition)
