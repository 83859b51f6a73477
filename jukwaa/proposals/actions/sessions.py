"""Import the accepted sessions of a call, or remove them."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.proposals import policies
from jukwaa.proposals.call_catalogue import get_call_catalogue
from jukwaa.proposals.models import SessionList
from jukwaa.proposals.session_import import ParsedSessions


@action
def import_session_list(
    *, actor: Person, coalition: Coalition, call_name: str, parsed_sessions: ParsedSessions
) -> SessionList:
    """Save the sessions that were read, in place of those imported before. Importing the same again changes nothing.

    Raises PermissionDenied and ActionRefused.
    """
    _require_can_import_sessions(actor, coalition)
    if call_name not in get_call_catalogue(coalition):
        raise ActionRefused(_("This call for proposals is no longer available. Choose another one."))
    rows, problems = [session.to_json() for session in parsed_sessions.sessions], list(parsed_sessions.problems)
    there = SessionList.objects.filter(coalition=coalition, call_name=call_name).first()
    if there is not None and (there.rows, there.problems) == (rows, problems):
        return there
    values = {"rows": rows, "problems": problems, "by": actor, "at": timezone.now()}
    saved, _created = SessionList.objects.update_or_create(coalition=coalition, call_name=call_name, defaults=values)
    record_activity(actor=actor, verb="imported-sessions", subject=saved, coalition=coalition)
    return saved


@action
def remove_session_list(*, actor: Person, coalition: Coalition, call_name: str) -> None:
    """Remove the list of a call. Removing it twice changes nothing. Raises PermissionDenied."""
    _require_can_import_sessions(actor, coalition)
    found: Sequence[SessionList] = list(SessionList.objects.filter(coalition=coalition, call_name=call_name))
    for each in found:
        record_activity(actor=actor, verb="removed-sessions", subject=each, coalition=coalition)
        each.delete()


def _require_can_import_sessions(actor: Person, coalition: Coalition) -> None:
    if not policies.can_import_sessions(ViewerContext(actor), coalition):
        raise PermissionDenied(_("Only coordinators, chairs and rapporteurs can import sessions."))
