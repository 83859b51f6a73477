"""Pages that everybody may open: meetings, entries with their trace, and what was agreed."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import page
from jukwaa.core.keyset import Place
from jukwaa.meetings import lists, policies
from jukwaa.meetings.attendance import count_attendance, find_attendances
from jukwaa.meetings.decisions import DecisionPage
from jukwaa.meetings.detail import MeetingPage
from jukwaa.meetings.entry import EntryPage
from jukwaa.meetings.forms_commitments import ProgressForm
from jukwaa.meetings.invitations import Attendees
from jukwaa.meetings.models import BINDING, Commitment, Entry, EntryKind, Meeting
from jukwaa.meetings.polls import find_latest_poll, format_end
from jukwaa.meetings.views.commitments import find_responses
from jukwaa.meetings.views.common import hold_until_next_phase, visible_entry, visible_meeting
from jukwaa.records.models import State
from jukwaa.records.policies import can_change, can_withdraw

ON_A_PAGE = 100  # attendees
COMMITMENT_DEEDS = {
    "confirm": policies.can_confirm_owner,
    "decline": policies.can_decline_owner,
    "hand_over": policies.can_propose_owner,
    "take_over": policies.can_take_over,
}


@login_not_required
@require_GET
@kept_for_visitors
def meeting_list(request: Request, coalition: Coalition) -> HttpResponse:
    listed = lists.meetings(request.user, coalition, Place.of(request))
    upcoming = lists.find_upcoming(request.user, coalition) if listed.is_first else []
    shown_above = {meeting.pk for meeting in upcoming}
    context = {
        "page": listed,
        "upcoming": upcoming,
        "others": [meeting for meeting in listed.rows if meeting.pk not in shown_above],
    }
    return hold_until_next_phase(page(request, "meetings/meeting_list.html", context), *upcoming)


@login_not_required
@require_GET
@kept_for_visitors
def meeting_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, coalition, pk)
    context = {
        "meeting": meeting,
        "shown": MeetingPage(meeting, request.standing, request.GET.get("page", ""), _number(request.GET.get("entry"))),
        "may_withdraw": can_withdraw(request.standing, meeting),
        **get_attendees(request, meeting),
        **get_poll(request, meeting),
    }
    return hold_until_next_phase(page(request, "meetings/meeting_detail.html", context), meeting)


def get_attendees(request: Request, meeting: Meeting) -> dict[str, Any]:
    """Who will attend a meeting that is not over, for members, and their own reply."""
    if meeting.is_held or meeting.is_cancelled or not request.standing.is_inside:
        return {}
    attendees = Attendees(meeting)
    return {
        "attendees": attendees,
        "may_reply": meeting.state == State.PUBLISHED and request.standing.has_seat,
        "own_reply": attendees.get_reply(request.user.pk),
    }


def get_poll(request: Request, meeting: Meeting) -> dict[str, Any]:
    """The poll for the time of a meeting, for members, until a time has been chosen."""
    if not request.standing.is_inside or meeting.state != State.PUBLISHED or not meeting.is_planned:
        return {}
    poll = find_latest_poll(meeting) if meeting.has_polls else None  # type: ignore[attr-defined]  # annotated
    context = {"may_open_poll": request.standing.is_rapporteur and (poll is None or poll.is_decided)}
    return context if poll is None or poll.is_decided else {**context, "poll": poll, "poll_end": format_end(poll)}


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < 19 else 0  # noqa: PLR2004 - longer than any number of a row


@login_not_required
@require_GET
@kept_for_visitors
def attendance_list(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """Everyone who came, a hundred on a page."""
    meeting = visible_meeting(request, coalition, pk)
    is_counted = meeting.has_chatham and not request.standing.is_rapporteur
    rows = find_attendances(meeting, under_the_rule_too=request.standing.is_rapporteur)
    listed = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"meeting": meeting, "page": listed, "rows": list(listed)}
    context["counts"] = count_attendance(meeting) if is_counted else None
    return page(request, "meetings/attendance_list.html", context)


@login_not_required
@require_GET
@kept_for_visitors
def entry_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    entry = visible_entry(request, coalition, pk)
    context = {"entry": entry, "shown": EntryPage(entry, request.standing), **deeds(request, entry)}
    if entry.kind == EntryKind.DECISION:
        context["decision"] = DecisionPage(entry, request.user)
        context["may_keep_register"] = policies.can_keep_register(request.standing, entry)
    return page(request, "meetings/entry_detail.html", context)


def deeds(request: Request, entry: Entry) -> dict[str, Any]:
    """What this viewer may do with an entry, and the form in which they say how a commitment stands."""
    if not request.user.is_authenticated:
        return {}
    may: dict[str, Any] = {
        "may_change": not entry.is_settled and can_change(request.standing, entry),
        "may_withdraw": not entry.is_settled and policies.can_withdraw_entry(request.standing, entry),
    }
    may["responses"] = find_responses(request, entry)
    commitment = EntryPage(entry, request.standing).commitment
    if commitment is None:
        return may
    may |= {f"may_{name}": can(request.standing, commitment) for name, can in COMMITMENT_DEEDS.items()}
    if not policies.can_set_progress(request.standing, commitment):
        return may
    initial = ProgressForm.initial_of(commitment)
    return {**may, "progress_form": ProgressForm(initial=initial, meeting=entry.meeting, standing=request.standing)}


@login_not_required
@require_GET
@kept_for_visitors
def agreed(request: Request, coalition: Coalition) -> HttpResponse:
    filters = chosen(request)
    context = {
        "page": lists.agreed(request.user, coalition, filters, Place.of(request)),
        "chosen": filters,
        "kinds": [EntryKind(kind) for kind in BINDING],
        "states": list(Commitment.Progress),
    }
    return page(request, "meetings/agreed.html", context)


def chosen(request: Request) -> dict[str, str]:
    """The filters in the address that mean something; others are as good as none."""
    filters = {name: request.GET.get(name, "").strip()[:100] for name in ("kind", "state", "owner")}
    if filters["kind"] not in BINDING:
        filters["kind"] = ""
    if filters["state"] not in Commitment.Progress.values:
        filters["state"] = ""
    return filters
