"""Scheduling a meeting: its time and place, the preview of its time, cancelling it, and its calendar file."""

import copy
from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.public_names import NamingWords
from jukwaa.coalitions.views.public_names import confirm_public_names
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import choose_page_template, render_page
from jukwaa.events.calendar_occurrences import find_clashing_items
from jukwaa.meetings import actions, policies
from jukwaa.meetings.calendar_files import CALENDAR_CONTENT_TYPE, build_meeting_calendar_file, has_calendar_day
from jukwaa.meetings.forms_meeting_time import TimePreviewForm
from jukwaa.meetings.forms_schedule import (
    CancelMeetingForm,
    MeetingForm,
    NewMeetingForm,
    get_default_time_zone,
)
from jukwaa.meetings.models import Entry, Meeting, find_draft_minutes
from jukwaa.meetings.observers import are_observers_invited, has_observers
from jukwaa.meetings.public_names import find_names_in_meetings
from jukwaa.meetings.time_formatting import build_preview_time_lines
from jukwaa.meetings.views.common import get_meeting_or_404, require_can_manage_minutes
from jukwaa.meetings.views.meetings import MEETING_QUESTION_TEMPLATE, build_meeting_form_context
from jukwaa.records.models import Label, State

SCHEDULE_FORM_TEMPLATE = "meetings/schedule_form.html"
TIME_PREVIEW_TEMPLATE = "meetings/time_preview.html"


@require_http_methods(["GET", "POST"])
def meeting_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_can_manage_minutes(request)
    suggested = {name: request.GET[name][:250] for name in ("title", "starts_on", "place") if request.GET.get(name)}
    initial = {"time_zone": get_default_time_zone(coalition), **suggested}
    form = NewMeetingForm(get_form_data(request), initial=initial, offers_observers=has_observers(coalition))
    context: dict[str, object] = {
        "heading": _("Schedule a meeting"),
        "lead": _("Only you can see the meeting until you publish it."),
        "button": _("Save as draft"),
        "back": reverse("meetings:meeting_list", args=[coalition.slug]),
    }
    return form_view(
        request,
        form,
        template=SCHEDULE_FORM_TEMPLATE,
        context=context,
        confirm=lambda: _show_meeting_clashes(request, coalition, form, context),
        action=lambda: _create_meeting_from_form(request, coalition, form),
        success_message=_("Draft saved. Check the details, then publish the meeting."),
        redirect_to=lambda meeting: meeting,
    )


def _create_meeting_from_form(request: MemberRequest, coalition: Coalition, form: NewMeetingForm) -> Meeting:
    begin = actions.create_meeting_series if form.is_series else actions.create_meeting_record
    return begin(actor=request.user, coalition=coalition, **form.get_details())


@require_http_methods(["GET", "POST"])
def meeting_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_meeting_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    form = MeetingForm(
        get_form_data(request),
        meeting=meeting,
        offers_observers=has_observers(coalition),
        initial=MeetingForm.get_initial(meeting),
    )
    context = build_meeting_form_context(meeting, _("Edit the meeting"), _("Save"))
    if meeting.state == "published" and not meeting.is_held and not meeting.is_cancelled:
        context["lead"] = _(
            "If you change the time, the place or the joining link, we will email everyone who is invited."
        )
    context["series_url"] = _get_series_url("edit", meeting)
    return form_view(
        request,
        form,
        template=SCHEDULE_FORM_TEMPLATE,
        context=context,
        confirm=lambda: (
            _show_meeting_clashes(request, coalition, form, context, meeting)
            or confirm_public_names(
                request,
                _find_names_in_changes(request, meeting, form),
                template=SCHEDULE_FORM_TEMPLATE,
                context=context | {"form": form},
            )
        ),
        action=lambda: actions.change_meeting(
            actor=request.user, meeting=meeting, changes=form.get_details(), from_version=form.cleaned_data["version"]
        ),
        current_values=lambda _conflict: MeetingForm.get_initial(get_meeting_or_404(request, coalition, pk)),
        success_message=partial(_describe_saved_meeting, are_observers_invited(meeting)),
        redirect_to=meeting,
    )


def _find_names_in_changes(request: MemberRequest, meeting: Meeting, form: MeetingForm) -> list[NamingWords]:
    """Return what everyone will be able to read of a published meeting, and could not read before."""
    label = form.cleaned_data.get("label", meeting.label)
    if meeting.state != State.PUBLISHED or label != Label.CLEAR:
        return []
    typed = copy.copy(meeting)
    typed.title, typed.summary = form.cleaned_data["title"], form.cleaned_data["summary"]
    if meeting.label != Label.CLEAR:
        entries = Entry.objects.filter(meeting=meeting, state=State.PUBLISHED)
        is_draft = find_draft_minutes(meeting) is not None  # its entries stay with the members
        return find_names_in_meetings(request.user, [typed], entries.none() if is_draft else entries)
    is_new = not {"title", "summary"}.isdisjoint(form.changed_data)
    return find_names_in_meetings(request.user, [typed], Entry.objects.none()) if is_new else []


def _describe_saved_meeting(was_for_observers: bool, meeting: Meeting) -> str:  # noqa: FBT001 - passed by `partial`
    is_announced = meeting.state == State.PUBLISHED and not meeting.is_held and not meeting.is_cancelled
    if is_announced and are_observers_invited(meeting) and not was_for_observers:
        return _("Changes saved. We will email the invitation to observers.")
    if is_announced and was_for_observers and not are_observers_invited(meeting):
        return _("Changes saved. We will email observers that they are no longer invited.")
    return _("Changes saved. The previous version is in the history.")


def _show_meeting_clashes(
    request: MemberRequest,
    coalition: Coalition,
    form: MeetingForm,
    context: dict[str, object],
    meeting: Meeting | None = None,
) -> HttpResponse | None:
    """Show the page once more with what else takes place then; None where there is nothing, or it was seen."""
    day, own = form.get_new_day(), f"meeting-{meeting.pk}" if meeting is not None else ""
    if day is None:
        return None
    found = find_clashing_items(
        coalition, request.user, day, form.get_last_day() or day, item_hours=form.get_moments(), excluded_uid=own
    )
    return (
        render_page(request, SCHEDULE_FORM_TEMPLATE, context | {"form": form})
        if form.needs_clash_warning(found)
        else None
    )


@require_http_methods(["GET", "POST"])
def meeting_cancel(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_meeting_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    form = CancelMeetingForm(get_form_data(request))
    context = build_meeting_form_context(meeting, _("Cancel this meeting?"), _("Cancel the meeting"))
    context |= {"keep": _("Keep the meeting"), "series_url": _get_series_url("cancel", meeting)}
    lead = _(
        "We will email everyone who is invited. The meeting will be shown as cancelled on its page and in calendars."
    )
    return form_view(
        request,
        form,
        template=MEETING_QUESTION_TEMPLATE,
        context=context | {"lead": lead},
        action=lambda: actions.cancel_meeting(actor=request.user, meeting=meeting, reason=form.cleaned_data["reason"]),
        success_message=_("The meeting has been cancelled. We will email everyone who is invited."),
        redirect_to=meeting,
    )


@require_POST
def meeting_end(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """One press: a meeting in progress ends now."""
    meeting = get_meeting_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    return form_view(
        request,
        action=lambda: actions.end_meeting(actor=request.user, meeting=meeting),
        success_message=_("The meeting has ended. You can now send the summary, and approve the minutes."),
        redirect_to=meeting,
    )


def _get_series_url(url_name: str, meeting: Meeting) -> str:
    """Return the address for doing this to the later meetings of its series too; empty where there is none to come."""
    if meeting.series_id is None or not meeting.is_planned:
        return ""
    return reverse(f"meetings:series_{url_name}", args=[meeting.coalition.slug, meeting.pk])


@require_GET
def time_preview(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """What a time is in other zones, before it is saved: in the form with htmx, or on a page of its own."""
    require_can_manage_minutes(request)
    form = TimePreviewForm(request.GET or None, initial={"time_zone": get_default_time_zone(coalition)})
    lines = build_preview_time_lines(form.build_timed_meeting()) if form.is_bound and form.is_valid() else []
    context = {"form": form, "lines": lines}
    return render_page(request, choose_page_template(request, TIME_PREVIEW_TEMPLATE, "lines"), context)


@login_not_required
@require_GET
def meeting_calendar(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """The meeting for one's calendar: with the joining link for those who may see it."""
    meeting = get_meeting_or_404(request, coalition, pk)
    if not has_calendar_day(meeting):
        raise Http404
    with_link = policies.can_see_joining_link(request.standing, meeting)
    content = build_meeting_calendar_file(meeting, with_joining_link=with_link)
    headers = {"Content-Disposition": f'attachment; filename="meeting-{meeting.pk}.ics"'}
    return HttpResponse(content, content_type=CALENDAR_CONTENT_TYPE, headers=headers)
