"""The list of readings, and the desk itself."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import render_page
from jukwaa.intake.desk import build_desk_page
from jukwaa.intake.models import Reading
from jukwaa.intake.refusals import describe_closed_reading, describe_existing_reading
from jukwaa.intake.source_readers import describe_document_readers
from jukwaa.intake.views.shortcuts import (
    DESK_PAGE_TEMPLATE,
    build_desk_context,
    get_int_param,
    get_reading_or_404,
    show_sentence,
)
from jukwaa.records.models import State

READINGS_PER_PAGE = 20


@require_GET
def reading_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    waiting = Count("suggestions", filter=Q(suggestions__decision="waiting"))
    readings = Reading.objects.visible_to(request.user).of(coalition).filter(same_as__isnull=True)
    readings = readings.select_related("document", "meeting", "started_by").defer("document__text")
    shown = readings.annotate(waiting=waiting, suggested=Count("suggestions")).order_by("-started_at", "-pk")
    listed = Paginator(shown, READINGS_PER_PAGE).get_page(request.GET.get("page"))
    groups = {
        "unfinished": [r for r in listed if r.state in {"open", "reading", "failed"}],
        "entered": [r for r in listed if r.state == Reading.State.ENTERED],
        "given_up": [r for r in listed if r.state == Reading.State.GIVEN_UP],
    }
    may_start = request.standing.is_rapporteur
    waits = any(reading.state == Reading.State.READING for reading in groups["unfinished"])
    context = {"page": listed, "may_start": may_start, "waits": waits, **groups}
    return render_page(request, "intake/reading_list.html", context)


@require_GET
@vary_on_headers("HX-Request")
def reading_detail(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The desk; or, before there is one, how far the reading is."""
    reading = get_reading_or_404(request, coalition, pk)
    if reading.same_as is not None:
        messages.info(request, describe_existing_reading(reading.same_as))
        return redirect("intake:reading_detail", coalition.slug, reading.same_as_id)
    if reading.state in {Reading.State.READING, Reading.State.FAILED} or reading.document is None:
        waits = reading.state == Reading.State.READING
        context = {"reading": reading, "waits": waits}
        return render_page(request, "intake/reading_progress.html", context)
    at, was = get_int_param(request, "at"), get_int_param(request, "was")
    if request.htmx and at is not None:
        return show_sentence(request, reading, suggestion_index=at, previous_number=was)
    desk = build_desk_page(reading, sentence_number=at, previous_number=was)
    withdrawn = reading.document.state == State.WITHDRAWN
    is_closed = withdrawn or reading.state == Reading.State.GIVEN_UP
    context = {
        **build_desk_context(desk, request),
        "is_closed": describe_closed_reading(reading) if is_closed else "",
        "withdrawn": withdrawn,
        "source_readers": describe_document_readers(reading.document),
        "may_choose_readers": request.user.pk == reading.started_by_id and reading.document.state == State.SUBMITTED,
        "new_url": reverse("intake:suggestion_new", args=[coalition.slug, reading.pk]),
    }
    return render_page(request, DESK_PAGE_TEMPLATE, context)
