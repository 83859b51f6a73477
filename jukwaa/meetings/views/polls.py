"""A poll for the time of a meeting: opening it, answering it signed in or by the link in the email, and choosing."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.accounts.models import Person
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.events.calendar_occurrences import find_clashing_items
from jukwaa.meetings import actions, policies
from jukwaa.meetings.forms_polls import TimePollAnswerForm, TimePollForm
from jukwaa.meetings.models import Meeting, TimeOption, TimePoll
from jukwaa.meetings.polls import (
    TimePollPage,
    find_latest_poll,
    find_poll_invitation_by_token,
    format_closing_time,
    get_poll_answers_of_person,
)
from jukwaa.meetings.time_formatting import build_meeting_time_lines
from jukwaa.meetings.times import get_local_day
from jukwaa.meetings.views.common import get_meeting_or_404
from jukwaa.meetings.views.invitations import OVER_TEMPLATE, mask_address
from jukwaa.meetings.views.meetings import MEETING_QUESTION_TEMPLATE, build_meeting_form_context

POLL_TEMPLATE, ANSWER_TEMPLATE = "meetings/poll_detail.html", "meetings/poll_answer.html"
NEW_TEMPLATE, CHOOSE_TEMPLATE = "meetings/poll_form.html", "meetings/poll_choose.html"


def _get_meeting_for_members(request: MemberRequest, coalition: Coalition, pk: int) -> Meeting:
    """Return the meeting. Raises Http404 for people who are not members."""
    meeting = get_meeting_or_404(request, coalition, pk)
    if not request.standing.is_inside:
        raise Http404
    return meeting


def _get_preparable_meeting_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Meeting:
    meeting = get_meeting_or_404(request, coalition, pk)
    if not policies.can_manage_minutes(request.standing, coalition):
        raise PermissionDenied(_("Only the rapporteur, editors and coordinators can prepare this meeting."))
    return meeting


@require_http_methods(["GET", "POST"])
def poll_detail(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The latest poll of a meeting, with a form for those who can answer."""
    meeting = _get_meeting_for_members(request, coalition, pk)
    poll = find_latest_poll(meeting)
    if poll is None:
        raise Http404
    context = _get_poll_context(poll)
    if not policies.can_answer_poll(request.standing, poll) or not poll.is_open:
        if request.method == "POST":
            raise PermissionDenied(
                _("This poll is closed.") if not poll.is_open else _("Only members can answer this poll.")
            )
        return render_page(request, POLL_TEMPLATE, context)
    return _handle_poll_answer(request, request.user, poll, context, POLL_TEMPLATE)


@login_not_required
@require_http_methods(["GET", "POST"])
def poll_answer(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    """The page of the link in the email. Email scanners open it; only its button records answers."""
    found = find_poll_invitation_by_token(coalition, token)
    if found is None:
        return render_page(request, OVER_TEMPLATE, status=410)
    person, poll = found
    if not policies.can_answer_poll(ViewerContext(person), poll):
        raise PermissionDenied(_("Only members of the coalition can answer this poll."))
    reader = person.adult_contact if person.is_minor and person.adult_contact else person
    with timezone.override(person.zone):
        context = {**_get_poll_context(poll), "sent_to": mask_address(reader.email or "")}
        return _handle_poll_answer(request, person, poll, context, ANSWER_TEMPLATE)


def _get_poll_context(poll: TimePoll) -> dict[str, Any]:
    shown = TimePollPage(poll)
    return {
        "meeting": poll.meeting,
        "poll": poll,
        "shown": shown,
        "chosen": next((row for row in shown.offered_time_rows if row.option.pk == poll.chosen_id), None),
        "end": format_closing_time(poll),
    }


def _handle_poll_answer(
    request: Request | MemberRequest, person: Person, poll: TimePoll, context: dict[str, Any], template: str
) -> HttpResponse:
    own = get_poll_answers_of_person(poll, person)
    form = TimePollAnswerForm(
        get_form_data(request),
        offered_time_rows=context["shown"].offered_time_rows,
        initial=TimePollAnswerForm.get_initial(own),
    )
    return form_view(
        request,
        form,
        template=template,
        context={**context, "has_answered": bool(own)},
        action=lambda: actions.answer_time_poll(actor=person, poll=poll, answers_by_option=form.get_answers()),
        success_message=_("Your answers have been recorded. You can change them until the poll closes."),
        redirect_to=request.get_full_path(),
    )


@require_http_methods(["GET", "POST"])
def poll_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = _get_preparable_meeting_or_404(request, coalition, pk)
    form = TimePollForm(get_form_data(request), initial=TimePollForm.get_initial(meeting))
    return form_view(
        request,
        form,
        template=NEW_TEMPLATE,
        context={**build_meeting_form_context(meeting, _("Find a time for the meeting"), _("Open the poll"))},
        action=lambda: actions.open_time_poll(
            actor=request.user,
            meeting=meeting,
            offered=form.get_offered_times(),
            **{name: form.cleaned_data[name] for name in ("time_zone", "duration", "closes_on")},
        ),
        success_message=_("The poll is open. We will email all members."),
        redirect_to=reverse("meetings:poll_detail", args=[coalition.slug, meeting.pk]),
    )


@require_http_methods(["GET", "POST"])
def poll_choose(request: MemberRequest, coalition: Coalition, pk: int, option: int) -> HttpResponse:
    """Asks once more, with what else takes place then."""
    meeting = _get_preparable_meeting_or_404(request, coalition, pk)
    chosen = get_object_or_404(TimeOption.objects.select_related("poll"), poll__meeting=meeting, pk=option)
    chosen.poll.meeting = meeting
    context = build_meeting_form_context(meeting, _("Choose this time?"), _("Choose this time"))
    context["back"] = reverse("meetings:poll_detail", args=[coalition.slug, meeting.pk])
    return form_view(
        request,
        template=CHOOSE_TEMPLATE,
        context=lambda: {
            **context,
            "lines": build_meeting_time_lines(chosen),
            "clashes": _find_option_clashes(request, chosen),
        },
        action=lambda: actions.choose_meeting_time(actor=request.user, time_option=chosen),
        success_message=_("The time has been set. We will email all members."),
        redirect_to=meeting,
    )


def _find_option_clashes(request: MemberRequest, time_option: TimeOption) -> Any:
    hours = time_option.starts_at, time_option.ends_at
    last = get_local_day(time_option.ends_at - timedelta(minutes=1), time_option.time_zone)
    own = f"meeting-{time_option.poll.meeting_id}"
    return find_clashing_items(
        time_option.poll.coalition, request.user, time_option.starts_on, last, item_hours=hours, excluded_uid=own
    )


@require_http_methods(["GET", "POST"])
def poll_close(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = _get_preparable_meeting_or_404(request, coalition, pk)
    poll = find_latest_poll(meeting)
    if poll is None:
        raise Http404
    back = reverse("meetings:poll_detail", args=[coalition.slug, meeting.pk])
    context = build_meeting_form_context(meeting, _("Close the poll without choosing a time?"), _("Close the poll"))
    lead = _("Members will no longer be able to answer. The time of the meeting will not be changed.")
    return form_view(
        request,
        template=MEETING_QUESTION_TEMPLATE,
        context={**context, "lead": lead, "back": back},
        action=lambda: actions.close_time_poll(actor=request.user, poll=poll),
        success_message=_("The poll has been closed."),
        redirect_to=back,
    )
