"""The page of a series, and changing or cancelling a meeting of it together with the later ones."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor
from jukwaa.meetings import actions
from jukwaa.meetings.forms_schedule import CancelMeetingForm
from jukwaa.meetings.forms_series import MeetingSeriesForm
from jukwaa.meetings.models import Meeting, Series
from jukwaa.meetings.series import find_this_and_later_meetings, get_series_page
from jukwaa.meetings.views.common import get_meeting_or_404, limit_cache_to_meeting_phase, require_can_manage_minutes
from jukwaa.meetings.views.meetings import build_meeting_form_context

SERIES_FORM_TEMPLATE = "meetings/series_form.html"


@login_not_required
@require_GET
@cache_for_visitors
def series_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """Raises Http404 for whoever may read none of its meetings."""
    series = get_object_or_404(Series, coalition=coalition, pk=pk)
    series.coalition = coalition
    listed = get_series_page(request.user, series, PageCursor.of(request))
    if not listed.rows:
        raise Http404
    context = {"series": series, "page": listed}
    return limit_cache_to_meeting_phase(render_page(request, "meetings/series_detail.html", context), *listed.rows)


def _get_series_meeting(request: MemberRequest, coalition: Coalition, pk: int) -> Meeting:
    """Return the meeting. Raises Http404 for one that is in no series."""
    meeting = get_meeting_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    if meeting.series_id is None:
        raise Http404
    return meeting


@require_http_methods(["GET", "POST"])
def series_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = _get_series_meeting(request, coalition, pk)
    form = MeetingSeriesForm(get_form_data(request), initial=MeetingSeriesForm.get_initial(meeting))
    context = build_meeting_form_context(meeting, _("Change this and later meetings"), _("Save"))
    return form_view(
        request,
        form,
        template=SERIES_FORM_TEMPLATE,
        context=lambda: {
            **context,
            "lead": _("Your changes will apply to each of these meetings. We will send members one email."),
            "meetings": _list_affected_meetings(request, meeting),
        },
        action=lambda: actions.change_meeting_series(
            actor=request.user,
            meeting=meeting,
            changes=form.get_changes(),
            from_version=form.cleaned_data["version"],
        ),
        current_values=lambda _conflict: MeetingSeriesForm.get_initial(get_meeting_or_404(request, coalition, pk)),
        success_message=lambda count: (
            ngettext("%(count)s meeting has been changed.", "%(count)s meetings have been changed.", count)
            % {"count": count}
            if count
            else _("You made no changes, so nothing has been saved.")
        ),
        redirect_to=meeting,
    )


@require_http_methods(["GET", "POST"])
def series_cancel(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = _get_series_meeting(request, coalition, pk)
    form = CancelMeetingForm(get_form_data(request))
    context = build_meeting_form_context(meeting, _("Cancel this and later meetings?"), _("Cancel the meetings"))
    return form_view(
        request,
        form,
        template=SERIES_FORM_TEMPLATE,
        context=lambda: {
            **context,
            "lead": _("We will send members one email. The meetings will be shown as cancelled."),
            "keep": _("Keep the meetings"),
            "meetings": [each for each in _list_affected_meetings(request, meeting) if each.state == "published"],
        },
        action=lambda: actions.cancel_meeting_series(
            actor=request.user, meeting=meeting, reason=form.cleaned_data["reason"]
        ),
        success_message=lambda count: (
            ngettext("%(count)s meeting has been cancelled.", "%(count)s meetings have been cancelled.", count)
            % {"count": count}
        ),
        redirect_to=meeting,
    )


def _list_affected_meetings(request: MemberRequest, meeting: Meeting) -> list[Meeting]:
    return list(find_this_and_later_meetings(request.user, meeting).order_by("order_day", "pk"))
