"""Pages that everybody may open: meetings, entries with their trace, and what was agreed."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor
from jukwaa.meetings import meeting_lists, policies
from jukwaa.meetings.attendance import count_meeting_attendance, find_meeting_attendances
from jukwaa.meetings.decisions import DecisionPage
from jukwaa.meetings.entry_page import EntryPage
from jukwaa.meetings.forms_commitments import CommitmentProgressForm
from jukwaa.meetings.invitation_responses import OtherReplies
from jukwaa.meetings.invitations import MeetingAttendees
from jukwaa.meetings.meeting_page import MeetingPage
from jukwaa.meetings.models import BINDING_ENTRY_KINDS, Commitment, Entry, EntryKind, Meeting, Rsvp
from jukwaa.meetings.observers import is_invited_observer
from jukwaa.meetings.participants import is_invited_member
from jukwaa.meetings.polls import find_latest_poll, format_closing_time
from jukwaa.meetings.views.commitments import list_allowed_responses
from jukwaa.meetings.views.common import get_entry_or_404, get_meeting_or_404, limit_cache_to_meeting_phase
from jukwaa.records.models import State
from jukwaa.records.policies import can_change_record, can_withdraw_record

ENTRIES_PER_PAGE = 100  # attendees
COMMITMENT_POLICIES_BY_ACTION = {
    "confirm": policies.can_confirm_owner,
    "decline": policies.can_decline_owner,
    "hand_over": policies.can_propose_owner,
    "take_over": policies.can_take_over,
}


@login_not_required
@require_GET
@cache_for_visitors
def meeting_list(request: Request, coalition: Coalition) -> HttpResponse:
    listed = meeting_lists.get_meeting_page(request.user, coalition, PageCursor.of(request))
    upcoming = meeting_lists.list_upcoming_meetings(request.user, coalition) if listed.is_first else []
    shown_above = {meeting.pk for meeting in upcoming}
    context = {
        "page": listed,
        "has_drafts": any(meeting.state == State.DRAFT for meeting in listed.rows),
        "upcoming": upcoming,
        "others": [meeting for meeting in listed.rows if meeting.pk not in shown_above],
    }
    return limit_cache_to_meeting_phase(render_page(request, "meetings/meeting_list.html", context), *upcoming)


@login_not_required
@require_GET
@cache_for_visitors
def meeting_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_meeting_or_404(request, coalition, pk)
    context = {
        "meeting": meeting,
        "shown": MeetingPage(
            meeting, request.standing, request.GET.get("page", ""), _parse_number_or_zero(request.GET.get("entry"))
        ),
        "may_withdraw": can_withdraw_record(request.standing, meeting),
        **build_attendee_context(request, meeting),
        **build_poll_context(request, meeting),
    }
    return limit_cache_to_meeting_phase(render_page(request, "meetings/meeting_detail.html", context), meeting)


def build_attendee_context(request: Request, meeting: Meeting) -> dict[str, Any]:
    """Return who will attend a meeting that is not over, for members, and the viewer's own reply."""
    if meeting.is_held or meeting.is_cancelled:
        return {}
    if not request.standing.is_inside:
        return _build_observer_context(request, meeting)
    is_for_keeper = request.standing.is_rapporteur and meeting.state == State.PUBLISHED
    is_whole = request.GET.get("attendees") == "all"
    attendees = MeetingAttendees(meeting, is_whole=is_whole, names_others=is_for_keeper)
    own_reply = attendees.get_reply_of_person(request.user.pk)
    may_reply = meeting.state == State.PUBLISHED and request.standing.has_seat
    return {
        "attendees": attendees,
        "other_replies": OtherReplies(attendees, request.standing) if is_for_keeper else None,
        "may_reply": may_reply and (own_reply is not None or is_invited_member(request.user.pk, meeting)),
        "own_reply": own_reply,
    }


def _build_observer_context(request: Request, meeting: Meeting) -> dict[str, Any]:
    """Return an invited observer's own reply. Who else will attend is for members."""
    if not request.user.is_authenticated or not is_invited_observer(request.user, meeting):
        return {}
    reply = Rsvp.objects.filter(meeting=meeting, person=request.user).first()
    return {"is_invited_observer": True, "own_reply": reply}


def build_poll_context(request: Request, meeting: Meeting) -> dict[str, Any]:
    """Return the poll for the time of a meeting, for members, until a time has been chosen."""
    if not request.standing.is_inside or meeting.state != State.PUBLISHED or not meeting.is_planned:
        return {}
    poll = find_latest_poll(meeting) if meeting.has_polls else None  # type: ignore[attr-defined]  # annotated
    is_rapporteur = request.standing.is_rapporteur
    context = {
        "may_open_poll": is_rapporteur and (poll is None or poll.is_decided),
        "invited_at": meeting.invited_at if is_rapporteur else None,  # type: ignore[attr-defined]  # annotated
    }
    return (
        context if poll is None or poll.is_decided else {**context, "poll": poll, "poll_end": format_closing_time(poll)}
    )


def _parse_number_or_zero(digits: str | None) -> int:
    return int(digits) if digits and digits.isascii() and digits.isdecimal() and len(digits) < 19 else 0  # noqa: PLR2004 - longer than any number of a row


@login_not_required
@require_GET
@cache_for_visitors
def attendance_list(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """Everyone who came, a hundred on a page."""
    meeting = get_meeting_or_404(request, coalition, pk)
    is_counted = meeting.has_chatham and not request.standing.is_rapporteur
    rows = find_meeting_attendances(meeting, includes_chatham_house_rule=request.standing.is_rapporteur)
    listed = Paginator(rows, ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    context = {"meeting": meeting, "page": listed, "rows": list(listed)}
    context["counts"] = count_meeting_attendance(meeting) if is_counted else None
    return render_page(request, "meetings/attendance_list.html", context)


@login_not_required
@require_GET
@cache_for_visitors
def entry_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    entry = get_entry_or_404(request, coalition, pk)
    context = {"entry": entry, "shown": EntryPage(entry, request.standing), **build_entry_permissions(request, entry)}
    if entry.kind == EntryKind.DECISION:
        context["decision"] = DecisionPage(entry, request.user)
        context["may_keep_register"] = policies.can_edit_decision_register(request.standing, entry)
    return render_page(request, "meetings/entry_detail.html", context)


def build_entry_permissions(request: Request, entry: Entry) -> dict[str, Any]:
    """Return what the viewer may do with an entry, and the form for its status."""
    if not request.user.is_authenticated:
        return {}
    may: dict[str, Any] = {
        "may_change": not entry.is_settled and can_change_record(request.standing, entry),
        "may_withdraw": not entry.is_settled and policies.can_withdraw_entry(request.standing, entry),
    }
    may["responses"] = list_allowed_responses(request, entry)
    commitment = EntryPage(entry, request.standing).commitment
    if commitment is None:
        return may
    may |= {f"may_{name}": can(request.standing, commitment) for name, can in COMMITMENT_POLICIES_BY_ACTION.items()}
    if not policies.can_set_progress(request.standing, commitment):
        return may
    initial = CommitmentProgressForm.get_initial(commitment)
    return {
        **may,
        "progress_form": CommitmentProgressForm(
            initial=initial, meeting=entry.meeting, viewer_standing=request.standing
        ),
    }


@login_not_required
@require_GET
@cache_for_visitors
def agreement_list(request: Request, coalition: Coalition) -> HttpResponse:
    filters = parse_agreement_filters(request)
    context = {
        "page": meeting_lists.get_agreement_page(request.user, coalition, filters, PageCursor.of(request)),
        "chosen": filters,
        "kinds": [EntryKind(kind) for kind in BINDING_ENTRY_KINDS],
        "states": list(Commitment.Progress),
    }
    return render_page(request, "meetings/agreed.html", context)


def parse_agreement_filters(request: Request) -> dict[str, str]:
    """Return the valid filters of the query string."""
    filters = {name: request.GET.get(name, "").strip()[:100] for name in ("kind", "state", "owner")}
    if filters["kind"] not in BINDING_ENTRY_KINDS:
        filters["kind"] = ""
    if filters["state"] not in Commitment.Progress.values:
        filters["state"] = ""
    return filters
