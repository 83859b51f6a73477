"""Events: the list, one of them, announcing one, and telling more of it."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Min
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.area_labels import get_area_label
from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor, get_page
from jukwaa.events import actions, policies
from jukwaa.events.calendar_occurrences import find_clashing_items
from jukwaa.events.forms.events import AnnounceEventForm, EventForm
from jukwaa.events.models import Event, Occurrence
from jukwaa.events.recurrence import describe_recurrence_rule
from jukwaa.events.views.common import build_event_context, get_event_or_404, require_can_change_event
from jukwaa.records.models import Record, State
from jukwaa.records.views.common import get_origin_or_404

NEW_TEMPLATE, EDIT_TEMPLATE = "events/event_new.html", "events/event_edit.html"
MAX_COMING, MAX_PAST = 12, 520  # ten years of an event that takes place each week
MAX_COMING_EVENTS = 6


@login_not_required
@require_GET
@cache_for_visitors
def event_list(request: Request, coalition: Coalition) -> HttpResponse:
    """What comes next, then all events."""
    today = timezone.localdate()
    events = Event.objects.visible_to(request.user).of(coalition).filter(state=State.PUBLISHED, is_around=False)
    coming = Occurrence.objects.filter(event__in=events, ends_on__gte=today, starts_on__lte=today + timedelta(days=400))
    shown = get_page(events, ("title", "pk"), PageCursor.of(request))
    spans = Occurrence.objects.filter(event__in=[event.pk for event in shown.rows]).values("event")
    found = {row["event"]: row for row in spans.annotate(first=Min("starts_on"), last=Max("starts_on")).order_by()}
    context = {
        "page": shown,
        "events": [
            (_set_event_coalition(event, coalition), found.get(event.pk), describe_recurrence_rule(event.rule))
            for event in shown.rows
        ],
        "coming": list(coming.select_related("event").order_by("starts_on", "pk")[:MAX_COMING_EVENTS]),
        "may_announce": policies.can_announce_event(request.standing, coalition),
    }
    return render_page(request, "events/event_list.html", context)


def _set_event_coalition(event: Event, coalition: Coalition) -> Event:
    event.coalition = coalition
    return event


@login_not_required
@require_GET
@cache_for_visitors
def event_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    event = get_event_or_404(request, coalition, pk)
    today = timezone.localdate()
    rows = event.occurrences.order_by("starts_on", "pk")
    context = build_event_context(
        request,
        event,
        coming=list(rows.filter(ends_on__gte=today)[:MAX_COMING]),
        past=(past := list(rows.filter(ends_on__lt=today).reverse()[:MAX_PAST])),
        past_years=group_occurrences_by_year(past) if event.rule else [],
        again=describe_recurrence_rule(event.rule),
        areas=sorted(get_area_label(name) for name in (event.area_names or "").splitlines()),  # type: ignore[attr-defined]  # annotated
    )
    return render_page(request, "events/event_detail.html", context)


def group_occurrences_by_year(occurrences: Iterable[Occurrence]) -> list[tuple[int, list[Occurrence]]]:
    """Return the dates of each year, in the order given: a page shows a year, and its dates when it is opened."""
    return [(year, list(dates)) for year, dates in groupby(occurrences, key=lambda each: each.starts_on.year)]


@require_http_methods(["GET", "POST"])
def event_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """Also from an entry of minutes that announced it (`?from=`)."""
    if not policies.can_announce_event(request.standing, coalition):
        raise PermissionDenied(
            _(
                "Only people who represent an organisation, and rapporteurs, editors and coordinators, can "
                "announce events."
            )
        )
    began = get_origin_or_404(request, coalition)
    initial = {"title": began.title[:250], "summary": began.summary} if began else {}
    form = AnnounceEventForm(get_form_data(request), standing=request.standing, origin_record=began, initial=initial)
    context = {"began": began}
    return form_view(
        request,
        form,
        template=NEW_TEMPLATE,
        context=context,
        confirm=lambda: _show_event_clashes(request, coalition, form, context),
        action=lambda: _announce_event_from_form(request, coalition, form, began),
        success_message=_("Event announced. You can now publish a call for pledges."),
        redirect_to=lambda event: event,
    )


def _show_event_clashes(
    request: MemberRequest, coalition: Coalition, form: AnnounceEventForm, context: dict[str, Any]
) -> HttpResponse | None:
    """Show the page once more with what else takes place then; None where there is nothing, or it was seen."""
    when, token = form.when(), form.cleaned_data["token"]
    is_there = token is not None and Event.objects.visible_to(request.user).filter(token=token).exists()
    found = (
        ()
        if is_there
        else find_clashing_items(coalition, request.user, when.starts_on, when.ends_on, item_hours=when.hours)
    )
    return render_page(request, NEW_TEMPLATE, {**context, "form": form}) if form.needs_clash_warning(found) else None


def _announce_event_from_form(
    request: MemberRequest, coalition: Coalition, form: AnnounceEventForm, origin_record: Record | None
) -> Event:
    return actions.announce_event(
        actor=request.user,
        coalition=coalition,
        occurrence_details=form.when(),
        details=form.get_action_arguments(),
        organiser=form.get_organiser(),
        areas_of_work=list(form.cleaned_data["areas"]),
        origin_record=origin_record,
        token=form.cleaned_data["token"],
    )


@require_http_methods(["GET", "POST"])
def event_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    event = get_event_or_404(request, coalition, pk)
    require_can_change_event(request, event)
    form = EventForm(get_form_data(request), standing=request.standing, event=event)
    return form_view(
        request,
        form,
        template=EDIT_TEMPLATE,
        context=build_event_context(request, event),
        action=lambda: _save_event_from_form(request, event, form),
        current_values=lambda _conflict: EventForm.get_initial(get_event_or_404(request, coalition, pk)),
        success_message=_("The changes have been saved. You can find the previous version in the history."),
        redirect_to=event,
    )


def _save_event_from_form(request: MemberRequest, event: Event, form: EventForm) -> None:
    """Save the form. Raises EditConflict."""
    actions.change_event(
        actor=request.user,
        event=event,
        changed_fields=form.get_changed_fields(),
        from_version=form.cleaned_data["version"],
        areas_of_work=list(form.cleaned_data["areas"]),
    )
