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
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.http import page
from jukwaa.events.occurring import clashes
from jukwaa.meetings import actions, policies
from jukwaa.meetings.forms_polls import AnswerForm, PollForm
from jukwaa.meetings.models import Meeting, TimeOption, TimePoll
from jukwaa.meetings.polls import PollPage, find_asked, find_latest_poll, format_end, get_own_answers
from jukwaa.meetings.time_text import get_time_lines
from jukwaa.meetings.times import get_local_day
from jukwaa.meetings.views.common import visible_meeting
from jukwaa.meetings.views.invitations import OVER, mask
from jukwaa.meetings.views.meetings import QUESTION, form_context

POLL, ANSWER = "meetings/poll_detail.html", "meetings/poll_answer.html"
NEW, CHOOSE = "meetings/poll_form.html", "meetings/poll_choose.html"


def _open_to_members(request: MemberRequest, coalition: Coalition, pk: int) -> Meeting:
    """Raises Http404 for everybody else: that there is a poll is for members alone."""
    meeting = visible_meeting(request, coalition, pk)
    if not request.standing.is_inside:
        raise Http404
    return meeting


def _prepared_by(request: MemberRequest, coalition: Coalition, pk: int) -> Meeting:
    meeting = visible_meeting(request, coalition, pk)
    if not policies.can_keep_minutes(request.standing, coalition):
        raise PermissionDenied(_("Only the rapporteur, editors and coordinators can prepare this meeting."))
    return meeting


@require_http_methods(["GET", "POST"])
def poll_detail(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The latest poll of a meeting, with a form for those who can answer."""
    meeting = _open_to_members(request, coalition, pk)
    poll = find_latest_poll(meeting)
    if poll is None:
        raise Http404
    context = _get_context(poll)
    if not policies.can_answer_poll(request.standing, poll) or not poll.is_open:
        if request.method == "POST":
            raise PermissionDenied(
                _("This poll is closed.") if not poll.is_open else _("Only members can answer this poll.")
            )
        return page(request, POLL, context)
    return _answer(request, request.user, poll, context, POLL)


@login_not_required
@require_http_methods(["GET", "POST"])
def poll_answer(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    """The page of the link in the email. Email scanners open it; only its button records answers."""
    found = find_asked(coalition, token)
    if found is None:
        return page(request, OVER, status=410)
    person, poll = found
    if not policies.can_answer_poll(ViewerContext(person), poll):
        raise PermissionDenied(_("Only members of the coalition can answer this poll."))
    reader = person.adult_contact if person.is_minor and person.adult_contact else person
    with timezone.override(person.zone):
        context = {**_get_context(poll), "sent_to": mask(reader.email or "")}
        return _answer(request, person, poll, context, ANSWER)


def _get_context(poll: TimePoll) -> dict[str, Any]:
    shown = PollPage(poll)
    return {
        "meeting": poll.meeting,
        "poll": poll,
        "shown": shown,
        "chosen": next((row for row in shown.rows if row.option.pk == poll.chosen_id), None),
        "end": format_end(poll),
    }


def _answer(
    request: Request | MemberRequest, person: Person, poll: TimePoll, context: dict[str, Any], template: str
) -> HttpResponse:
    own = get_own_answers(poll, person)
    form = AnswerForm(form_data(request), rows=context["shown"].rows, initial=AnswerForm.initial_of(own))
    return form_view(
        request,
        form,
        template=template,
        context={**context, "has_answered": bool(own)},
        action=lambda: actions.answer_poll(actor=person, poll=poll, answers=form.get_answers()),
        success=_("Your answers have been recorded. You can change them until the poll closes."),
        redirect_to=request.get_full_path(),
    )


@require_http_methods(["GET", "POST"])
def poll_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = _prepared_by(request, coalition, pk)
    form = PollForm(form_data(request), initial=PollForm.initial_of(meeting))
    return form_view(
        request,
        form,
        template=NEW,
        context={**form_context(meeting, _("Find a time for the meeting"), _("Open the poll"))},
        action=lambda: actions.open_poll(
            actor=request.user,
            meeting=meeting,
            offered=form.get_offered(),
            **{name: form.cleaned_data[name] for name in ("time_zone", "duration", "closes_on")},
        ),
        success=_("The poll is open. We will email all members."),
        redirect_to=reverse("meetings:poll_detail", args=[coalition.slug, meeting.pk]),
    )


@require_http_methods(["GET", "POST"])
def poll_choose(request: MemberRequest, coalition: Coalition, pk: int, option: int) -> HttpResponse:
    """Asks once more, with what else takes place then."""
    meeting = _prepared_by(request, coalition, pk)
    chosen = get_object_or_404(TimeOption.objects.select_related("poll"), poll__meeting=meeting, pk=option)
    chosen.poll.meeting = meeting
    context = form_context(meeting, _("Choose this time?"), _("Choose this time"))
    context["back"] = reverse("meetings:poll_detail", args=[coalition.slug, meeting.pk])
    return form_view(
        request,
        template=CHOOSE,
        context=lambda: {**context, "lines": get_time_lines(chosen), "clashes": _find_clashes(request, chosen)},
        action=lambda: actions.choose_time(actor=request.user, option=chosen),
        success=_("The time has been set. We will email all members."),
        redirect_to=meeting,
    )


def _find_clashes(request: MemberRequest, option: TimeOption) -> Any:
    hours = option.starts_at, option.ends_at
    last = get_local_day(option.ends_at - timedelta(minutes=1), option.time_zone)
    own = f"meeting-{option.poll.meeting_id}"
    return clashes(option.poll.coalition, request.user, option.starts_on, last, hours=hours, but=own)


@require_http_methods(["GET", "POST"])
def poll_close(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = _prepared_by(request, coalition, pk)
    poll = find_latest_poll(meeting)
    if poll is None:
        raise Http404
    back = reverse("meetings:poll_detail", args=[coalition.slug, meeting.pk])
    context = form_context(meeting, _("Close the poll without choosing a time?"), _("Close the poll"))
    lead = _("Members will no longer be able to answer. The time of the meeting will not be changed.")
    return form_view(
        request,
        template=QUESTION,
        context={**context, "lead": lead, "back": back},
        action=lambda: actions.close_poll(actor=request.user, poll=poll),
        success=_("The poll has been closed."),
        redirect_to=back,
    )
