"""What the views share: finding what the viewer may see."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.prepared import QueryParameter, execute_prepared
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings.chatham_house_rule import NamesFoundError
from jukwaa.meetings.forms_live import describe_found_names
from jukwaa.meetings.invitations import build_last_invitation_time
from jukwaa.meetings.models import Attendance, Decision, Entry, Meeting, TimePoll
from jukwaa.records.models import Authorship, Link


def get_meeting_or_404(request: Request | MemberRequest, coalition: Coalition, pk: int) -> Meeting:
    """Return the meeting with what its page needs. Raises Http404."""
    found = execute_prepared(_query_meeting_for_page, request.user, coalition, QueryParameter(pk))
    if not found:
        raise Http404
    meeting = found[0]
    meeting.quorum_rule = getattr(meeting.coalition, "quorum_rule", None)  # type: ignore[attr-defined]  # for its page
    meeting.coalition = coalition
    request.standing.wrote[pk] = meeting.own  # type: ignore[attr-defined]  # annotated
    return meeting


def _query_meeting_for_page(viewer: Viewer, coalition: Coalition, pk: int) -> QuerySet[Meeting]:
    meetings = Meeting.objects.visible_to(viewer).of(coalition).filter(pk=pk)
    entries = Entry.objects.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    counted = entries.annotate(number=Count("pk")).values("number")
    return (
        meetings.select_related("report", "series", "minutes", "agenda", "imported_event__calendar")
        .select_related("coalition__quorum_rule")
        .annotate_for_page(viewer)
        .annotate(
            entry_count=Coalesce(Subquery(counted), 0),
            has_attendances=Exists(Attendance.with_apologies.filter(meeting=OuterRef("pk"))),
            has_polls=Exists(TimePoll.objects.filter(meeting=OuterRef("pk"))),
            is_from_record=Exists(Link.objects.filter(from_record=OuterRef("pk"), relation=Link.Relation.BEGAN_AS)),
            invited_at=build_last_invitation_time(),
        )
    )


def limit_cache_to_meeting_phase(response: HttpResponse, *meetings: Meeting) -> HttpResponse:
    """Say for how long the page holds: until one of the meetings begins or ends."""
    now = timezone.now()
    turns = (at for meeting in meetings for at in meeting.get_phase_changes() if at > now)
    if first := min(turns, default=None):
        seconds = max(int((first - now).total_seconds()), 1)
        patch_cache_control(response, private=True, no_cache=True, max_age=seconds)
    return response


def get_entry_or_404(request: Request | MemberRequest, coalition: Coalition, pk: int) -> Entry:
    """Return the entry if its meeting may be read too. Raises Http404."""
    found = execute_prepared(_query_entry_for_page, request.user, coalition, QueryParameter(pk))
    if not found:
        raise Http404
    entry = found[0]
    request.standing.wrote[pk] = entry.own  # type: ignore[attr-defined]  # annotated
    entry.coalition = entry.meeting.coalition = coalition
    return entry


def _query_entry_for_page(viewer: Viewer, coalition: Coalition, pk: int) -> QuerySet[Entry]:
    meetings = Meeting.objects.visible_to(viewer)
    entries = Entry.objects.visible_to(viewer).of(coalition).filter(meetings.exists_for("meeting"), pk=pk)
    shown = ("owner__organisation", "owner__person", "proposed_organisation__merged_into", "responsible")
    commitment = [f"commitment__{name}" for name in (*shown, "evidence_record", "evidence_file")]
    entries = entries.select_related("meeting__minutes", "part", "taken_up_by__person", "decision", *commitment)
    own = Authorship.objects.filter(record=OuterRef("pk"), person=viewer.pk)
    replaced = Decision.objects.filter(superseded_by=OuterRef("pk"))
    return entries.annotate(own=Exists(own), replaces_others=Exists(replaced))


def require_can_manage_minutes(request: MemberRequest) -> None:
    """Raise PermissionDenied unless the viewer keeps the minutes here."""
    if not request.standing.is_rapporteur:
        raise PermissionDenied(_("Only the rapporteur, editors and coordinators can change the minutes."))


def get_organisation_names(coalition: Coalition) -> list[str]:
    """Return the names of the directory, for autocompletion."""
    return list(Organisation.objects.of(coalition).values_list("name", flat=True))


def wrap_names_found_error[**P, R](wrapped_action: Callable[P, R], field_name: str | None = None) -> Callable[P, R]:
    """Return the action wrapped so that NamesFoundError becomes ActionRefused with a sentence."""

    def run_action(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return wrapped_action(*args, **kwargs)
        except NamesFoundError as error:
            raise ActionRefused(describe_found_names(error.names), field_name) from error

    return run_action
