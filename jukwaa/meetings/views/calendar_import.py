"""Importing meetings from a calendar file or address: the calendar, the table to check, the calendars so far."""

from collections import Counter

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.meetings.actions.calendar_import import import_calendar, stop_calendar_import
from jukwaa.meetings.calendar_import_plan import EventImportOutcome
from jukwaa.meetings.draft_meetings import find_draft_meetings
from jukwaa.meetings.forms_calendar import CalendarImportCheckForm, CalendarImportForm
from jukwaa.meetings.models import ImportedCalendar
from jukwaa.meetings.views.common import require_can_manage_minutes

IMPORT_TEMPLATE, CHECK_TEMPLATE = "meetings/calendar_import.html", "meetings/calendar_check.html"
MAX_CALENDARS = 50


@require_http_methods(["GET", "POST"])
def calendar_import(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """The page of the file or the address. What it holds comes back in a form; nothing is stored yet."""
    require_can_manage_minutes(request)
    form = CalendarImportForm(get_form_data(request), request.FILES if request.method == "POST" else None)
    calendars = ImportedCalendar.objects.filter(coalition=coalition).select_related("added_by")[:MAX_CALENDARS]
    return form_view(
        request,
        form,
        template=IMPORT_TEMPLATE,
        context={"calendars": calendars},
        action=lambda: CalendarImportCheckForm(
            {"token": form.make_token(coalition)}, coalition=coalition, viewer=request.user
        ),
        redirect_to=lambda check: render_page(
            request, CHECK_TEMPLATE, {"form": check, "skipped": form.content.skipped}
        ),
    )


@require_POST
def calendar_check(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_can_manage_minutes(request)
    form = CalendarImportCheckForm(request.POST, coalition=coalition, viewer=request.user)
    return form_view(
        request,
        form,
        template=CHECK_TEMPLATE,
        action=lambda: import_calendar(
            actor=request.user,
            coalition=coalition,
            calendar_name=form.payload["name"],
            address=form.payload["address"],
            tlp_label=form.payload["label"],
            calendar_events=form.events,
            selected_keys=form.get_selected(),
            recorded_meetings=form.get_recorded_meetings(),
        ),
        success_message=_describe_calendar_import_result,
        redirect_to=lambda counts: _get_url_after_import(request, coalition, counts),
    )


def _get_url_after_import(
    request: MemberRequest, coalition: Coalition, outcome_counts: Counter[EventImportOutcome]
) -> str:
    """Return the page that publishes drafts if new meetings are to come, else the list of meetings."""
    has_drafts = outcome_counts[EventImportOutcome.NEW] and find_draft_meetings(request.user, coalition)
    return reverse(f"meetings:{'drafts_publish' if has_drafts else 'meeting_list'}", args=[coalition.slug])


def _describe_calendar_import_result(outcome_counts: Counter[EventImportOutcome]) -> str:
    new, changed = (
        outcome_counts[EventImportOutcome.NEW],
        outcome_counts.total() - outcome_counts[EventImportOutcome.NEW],
    )
    if changed and not new:
        return ngettext("%(n)s meeting updated.", "%(n)s meetings updated.", changed) % {"n": changed}
    if not new:
        return _("No meetings were imported.")
    return ngettext("%(n)s meeting imported.", "%(n)s meetings imported.", new) % {"n": new}


@require_POST
def calendar_stop(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    require_can_manage_minutes(request)
    calendar = get_object_or_404(ImportedCalendar, coalition=coalition, pk=pk)
    return form_view(
        request,
        action=lambda: stop_calendar_import(actor=request.user, imported_calendar=calendar),
        success_message=_(
            "Updates from this calendar have stopped. The meetings imported from it are still in the record."
        ),
        redirect_to=reverse("meetings:calendar_import", args=[coalition.slug]),
    )
