"""What the views of the desk share: the reading that one may see, and the way back to the next sentence."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import render_page
from jukwaa.core.refusals import ActionRefused
from jukwaa.intake.actions import SimilarSentences, find_joint_decision, find_similar_sentences, is_example
from jukwaa.intake.desk import (
    MAIN_SUGGESTION_KINDS,
    OTHER_SUGGESTION_KINDS,
    DeskPage,
    build_desk_page,
    build_desk_url,
    build_sentence_count_annotation,
    find_next_undecided_sentence,
)
from jukwaa.intake.models import DeskKind, Reading, Suggestion

MAX_NUMBERS = 500
DESK_PAGE_TEMPLATE = "intake/reading_detail.html"


def get_reading_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Reading:
    """404 for what one may not see. The text of the document stays where it is until a page needs it."""
    readings = Reading.objects.visible_to(request.user).of(coalition).annotate(length=build_sentence_count_annotation())
    reading = get_object_or_404(readings.select_related("document", "meeting").defer("document__text"), pk=pk)
    reading.coalition = coalition
    return reading


def get_suggestion_or_404(request: MemberRequest, coalition: Coalition, pk: int, suggestion: int) -> Suggestion:
    reading = get_reading_or_404(request, coalition, pk)
    found = get_object_or_404(reading.suggestions.select_related("sentence"), pk=suggestion)
    found.reading = reading
    return found


def get_int_param(request: MemberRequest, name: str) -> int | None:
    """A whole number from the address or the form; whatever else stands there is nothing."""
    value = request.POST.get(name) or request.GET.get(name) or ""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 9 else None  # noqa: PLR2004 - nine digits


def build_desk_context(desk_page: DeskPage, request: MemberRequest) -> dict[str, Any]:
    return {
        "desk": desk_page,
        "reading": desk_page.reading,
        "at_hand": MAIN_SUGGESTION_KINDS,
        "others": OTHER_SUGGESTION_KINDS,
        "decided_together": (
            find_joint_decision(request.user, desk_page.reading) if desk_page.decided_count > 1 else None
        ),
        "similar": _find_similar_sentences(request, desk_page),
        "may_enter": request.standing.is_rapporteur,
        "base": reverse("intake:reading_detail", args=[desk_page.reading.coalition.slug, desk_page.reading.pk]),
    }


def _find_similar_sentences(request: MemberRequest, desk_page: DeskPage) -> SimilarSentences | None:
    """What can be done at once with sentences that are similar to the one that was just decided."""
    if desk_page.was is None or desk_page.reading.state not in {Reading.State.OPEN, Reading.State.ENTERED}:
        return None
    rows = desk_page.get_rows_by_number(desk_page.was)
    shown = [line.suggestion for row in rows for line in row.lines]
    decided = shown if rows else desk_page.reading.suggestions.filter(sentence__number=desk_page.was)
    examples = [each for each in decided if each.decided_at and is_example(each, request.user)]
    if not examples:
        return None
    example = max(examples, key=lambda each: (each.decided_at or desk_page.reading.started_at, each.pk))
    return find_similar_sentences(desk_page.reading, example, desk_page.was)


def show_next_sentence(request: MemberRequest, reading: Reading, sentence_number: int) -> HttpResponse:
    """After a decision: the sentence that waits next. htmx gets the rows that changed, browsers the page."""
    return show_sentence(
        request,
        reading,
        suggestion_index=find_next_undecided_sentence(reading, sentence_number) or sentence_number,
        previous_number=sentence_number,
    )


def show_sentence(
    request: MemberRequest, reading: Reading, *, suggestion_index: int, previous_number: int | None
) -> HttpResponse:
    """The desk at a sentence: a redirect, or for htmx only the rows that look different now, and the bar."""
    url = build_desk_url(reading, suggestion_index, previous_number)
    if not request.htmx:
        return HttpResponseRedirect(url)
    desk = build_desk_page(reading, sentence_number=suggestion_index, previous_number=previous_number)
    rows = desk.get_rows_by_number(previous_number, suggestion_index)
    if previous_number is not None and len(desk.get_rows_by_number(previous_number)) == 0:
        return HttpResponseClientRedirect(url)
    return render_page(
        request,
        f"{DESK_PAGE_TEMPLATE}#changed",
        {**build_desk_context(desk, request), "changed": rows, "swapped": True},
    )


def show_attendance_form(request: MemberRequest, reading: Reading, sentence_number: int) -> HttpResponse:
    """The form for attendance from a sentence, where a person has to say who came."""
    url = reverse("intake:suggestion_new", args=[reading.coalition.slug, reading.pk])
    url = f"{url}?sentence={sentence_number}&kind={DeskKind.ATTENDEE}"
    return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)


def show_refusal(
    request: MemberRequest, reading: Reading, sentence_number: int, refusal: ActionRefused
) -> HttpResponse:
    """A decision that could not be stored: say so beside its sentence, and show how things stand."""
    messages.error(request, str(refusal), extra_tags="wrong")
    url = build_desk_url(reading, sentence_number)
    return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)


def parse_numbers(text: str) -> list[int]:
    """Return the first of the numbers in what an address or a form says, each once."""
    return list(dict.fromkeys(int(each) for each in re.findall(r"[0-9]{1,8}", text)))[:MAX_NUMBERS]
