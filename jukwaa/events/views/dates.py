"""The dates of an event: one of them with all that happens at it, a new one, moving it, calling it off; its hosts."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.events import actions
from jukwaa.events.calendar_occurrences import find_clashing_items
from jukwaa.events.forms.dates import (
    CancelOccurrenceForm,
    MoveOccurrenceForm,
    NewOccurrenceForm,
    OccurrenceForm,
    get_occurrence_initial,
)
from jukwaa.events.forms.events import HostForm
from jukwaa.events.models import Event, Host, Occurrence
from jukwaa.events.views.common import (
    build_event_context,
    get_event_or_404,
    get_occurrence_or_404,
    require_can_change_event,
)
from jukwaa.records.views.common import CONFIRMATION_TEMPLATE

NEW_TEMPLATE, EDIT_TEMPLATE, HOSTS_TEMPLATE = "events/date_new.html", "events/date_edit.html", "events/host_list.html"


@require_http_methods(["GET", "POST"])
def occurrence_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    event = get_event_or_404(request, coalition, pk)
    require_can_change_event(request, event)
    form = NewOccurrenceForm(get_form_data(request))
    return form_view(
        request,
        form,
        template=NEW_TEMPLATE,
        context=build_event_context(request, event),
        confirm=lambda: _show_new_occurrence_clashes(request, event, form),
        action=lambda: actions.add_event_occurrence(
            actor=request.user, event=event, occurrence_details=form.when(), token=form.cleaned_data["token"]
        ),
        success_message=_("Date added."),
        redirect_to=lambda made: _set_occurrence_event(made, event),
    )


def _show_new_occurrence_clashes(request: MemberRequest, event: Event, form: NewOccurrenceForm) -> HttpResponse | None:
    """A form that was sent twice is not asked about again: its date is there already."""
    token = form.cleaned_data["token"]
    is_there = token is not None and event.occurrences.filter(token=token).exists()
    return None if is_there else _show_date_clashes(request, NEW_TEMPLATE, form, build_event_context(request, event))


def _set_occurrence_event(occurrence: Occurrence, event: Any) -> Occurrence:
    occurrence.event = event
    return occurrence


def _show_date_clashes(
    request: MemberRequest,
    template: str,
    form: OccurrenceForm,
    context: dict[str, Any],
    occurrence: Occurrence | None = None,
) -> HttpResponse | None:
    """Show the page once more with what else takes place then; None where there is nothing, or it was seen."""
    own = f"occurrence-{occurrence.pk}" if occurrence is not None else ""
    when = form.when()
    found = find_clashing_items(
        request.coalition, request.user, when.starts_on, when.ends_on, item_hours=when.hours, excluded_uid=own
    )
    return render_page(request, template, context | {"form": form}) if form.needs_clash_warning(found) else None


@require_http_methods(["GET", "POST"])
def occurrence_edit(request: MemberRequest, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    """Another day or place for this one time."""
    found = get_occurrence_or_404(request, coalition, pk, occurrence)
    require_can_change_event(request, found.event)
    form = MoveOccurrenceForm(get_form_data(request), initial=get_occurrence_initial(found))
    context = build_event_context(request, found.event, occurrence=found)
    return form_view(
        request,
        form,
        template=EDIT_TEMPLATE,
        context=context,
        confirm=lambda: _show_date_clashes(request, EDIT_TEMPLATE, form, context, found),
        action=lambda: actions.move_event_occurrence(
            actor=request.user,
            occurrence=found,
            occurrence_details=form.when(),
            from_version=form.cleaned_data["version"],
        ),
        current_values=lambda conflict: get_occurrence_initial(conflict.current),
        success_message=_("Date saved. Calendars that subscribe to these dates update automatically."),
        redirect_to=lambda moved: _set_occurrence_event(moved, found.event),
    )


@require_http_methods(["GET", "POST"])
def occurrence_cancel(request: MemberRequest, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    found = get_occurrence_or_404(request, coalition, pk, occurrence)
    require_can_change_event(request, found.event)
    form = CancelOccurrenceForm(get_form_data(request))
    question = {
        "title": _("Cancel the event on this date"),
        "object": found.event.title,
        "sentences": [
            _(
                "The date will stay in the calendar, marked as cancelled, with your reason. Pledges will be kept. We"
                " will email organisations that have pledged."
            )
        ],
        "button": _("Cancel the event on this date"),
        "stop": True,
        "back": found.get_absolute_url(),
    }
    return form_view(
        request,
        form,
        template=CONFIRMATION_TEMPLATE,
        context=question,
        action=lambda: actions.cancel_event_occurrence(
            actor=request.user, occurrence=found, reason=form.cleaned_data["reason"]
        ),
        success_message=_(
            "Date cancelled. It stays in the calendar, marked as cancelled. We will email organisations "
            "that have pledged."
        ),
        redirect_to=found,
    )


@require_http_methods(["GET", "POST"])
def occurrence_host_list(request: MemberRequest, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    """For those who change it: who hosts it where."""
    found = get_occurrence_or_404(request, coalition, pk, occurrence)
    require_can_change_event(request, found.event)
    form = HostForm(get_form_data(request))
    return form_view(
        request,
        form,
        template=HOSTS_TEMPLATE,
        context=build_event_context(request, found.event, occurrence=found, hosts=list(found.hosts.all())),
        action=lambda: actions.add_occurrence_host(actor=request.user, occurrence=found, **form.get_host_fields()),
        success_message=_("Host added."),
        redirect_to=reverse("events:host_list", args=[coalition.slug, pk, occurrence]),
    )


@require_POST
def host_remove(request: MemberRequest, coalition: Coalition, pk: int, occurrence: int, host: int) -> HttpResponse:
    found = get_occurrence_or_404(request, coalition, pk, occurrence)
    require_can_change_event(request, found.event)
    there = get_object_or_404(Host, occurrence=found.pk, pk=host)
    there.occurrence = found
    return form_view(
        request,
        action=lambda: actions.remove_occurrence_host(actor=request.user, host=there),
        success_message=_("Host removed."),
        redirect_to=reverse("events:host_list", args=[coalition.slug, pk, occurrence]),
    )
