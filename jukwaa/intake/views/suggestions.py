"""One URL for each decision. Each leads to the sentence that waits next."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.list_formatting import format_list_in_sentence
from jukwaa.intake import actions
from jukwaa.intake.actions import SuggestionWording, get_suggestion_wording
from jukwaa.intake.desk import build_desk_url, find_next_undecided_sentence
from jukwaa.intake.forms import SuggestionMergeForm, SuggestionWordingForm, fill_in_attendance
from jukwaa.intake.models import Actor, Decision, DeskKind, Reading, Suggestion
from jukwaa.intake.views.shortcuts import (
    get_int_param,
    get_reading_or_404,
    get_suggestion_or_404,
    parse_numbers,
    show_attendance_form,
    show_next_sentence,
    show_refusal,
    show_sentence,
)
from jukwaa.records.models import Document

MAX_NEARBY_SENTENCES = 15  # sentences before and after, in which one looks for the same thing said again


@require_POST
def suggestion_accept(request: MemberRequest, coalition: Coalition, pk: int, suggestion: int) -> HttpResponse:
    return _decide_suggestion_of_request(
        request, get_suggestion_or_404(request, coalition, pk, suggestion), actions.accept_suggestion
    )


@require_POST
def suggestion_refuse(request: MemberRequest, coalition: Coalition, pk: int, suggestion: int) -> HttpResponse:
    return _decide_suggestion_of_request(
        request, get_suggestion_or_404(request, coalition, pk, suggestion), actions.refuse_suggestion
    )


@require_POST
def suggestion_again(request: MemberRequest, coalition: Coalition, pk: int, suggestion: int) -> HttpResponse:
    """Take a decision back, and stay at its sentence."""
    return _decide_suggestion_of_request(
        request, get_suggestion_or_404(request, coalition, pk, suggestion), actions.reopen_suggestion
    )


@require_POST
def suggestion_kind(request: MemberRequest, coalition: Coalition, pk: int, suggestion: int, kind: str) -> HttpResponse:
    """Keep it, as another kind."""
    if kind not in DeskKind.values:
        raise Http404
    return _decide_suggestion_of_request(
        request,
        get_suggestion_or_404(request, coalition, pk, suggestion),
        partial(actions.change_suggestion_kind, suggestion_kind=kind),
    )


def _decide_suggestion_of_request(
    request: MemberRequest, found_suggestion: Suggestion, decide_suggestion: Callable[..., object]
) -> HttpResponse:
    return form_view(
        request,
        action=lambda: decide_suggestion(
            actor=request.user, suggestion=found_suggestion, from_version=_get_shown_version(request)
        ),
        on_refusal=lambda refusal: show_refusal(
            request, found_suggestion.reading, found_suggestion.sentence.number, refusal
        ),
        redirect_to=lambda _decide_suggestion: show_next_sentence(
            request, found_suggestion.reading, found_suggestion.sentence.number
        ),
    )


@require_POST
def similar_add(request: MemberRequest, coalition: Coalition, pk: int, suggestion: int) -> HttpResponse:
    """Add the sentences that are similar to that of this suggestion."""
    example = get_suggestion_or_404(request, coalition, pk, suggestion)
    return _decide_similar_sentences(
        request,
        example,
        actions.add_similar_sentences,
        lambda count: ngettext("Added %(n)s entry: %(kind)s.", "Added %(n)s entries: %(kind)s.", count),
    )


@require_POST
def similar_reject(request: MemberRequest, coalition: Coalition, pk: int, suggestion: int) -> HttpResponse:
    example = get_suggestion_or_404(request, coalition, pk, suggestion)
    return _decide_similar_sentences(
        request,
        example,
        actions.reject_similar_suggestions,
        lambda count: ngettext("Rejected %(n)s suggestion: %(kind)s.", "Rejected %(n)s suggestions: %(kind)s.", count),
    )


def _decide_similar_sentences(
    request: MemberRequest, example: Suggestion, decide: Callable[..., int], describe: Callable[[int], str]
) -> HttpResponse:
    number = example.sentence.number
    shown = parse_numbers(request.POST.get("sentences", ""))
    return form_view(
        request,
        action=lambda: decide(
            actor=request.user,
            example=example,
            from_version=_get_shown_version(request),
            sentence_numbers=shown,
        ),
        on_refusal=lambda refusal: show_refusal(request, example.reading, number, refusal),
        success_message=lambda count: describe(count) % {"n": count, "kind": example.get_kind_display()},
        redirect_to=lambda _count: _get_url_after_similar(request, example.reading, number),
    )


def _get_url_after_similar(request: MemberRequest, reading: Reading, number: int) -> str:
    """The last check, if the similar sentences were offered there; else the next sentence to review."""
    if examples := parse_numbers(request.POST.get("similar", "")):
        url = reverse("intake:reading_enter", args=[reading.coalition.slug, reading.pk])
        return f"{url}?similar={','.join(map(str, examples))}"
    return build_desk_url(reading, find_next_undecided_sentence(reading, number) or number)


@require_http_methods(["GET", "POST"])
def suggestion_edit(request: MemberRequest, coalition: Coalition, pk: int, suggestion: int) -> HttpResponse:
    found = get_suggestion_or_404(request, coalition, pk, suggestion)
    initial = {**_get_current_values(found), "version": get_int_param(request, "version") or found.version}
    form = SuggestionWordingForm(get_form_data(request), initial=initial)
    return form_view(
        request,
        form,
        template="intake/suggestion_form.html",
        context={
            **_build_suggestion_form_context(found),
            "number": found.sentence.number,
            "report_names": _find_report_names(found.reading),
        },
        action=lambda: actions.edit_suggestion(
            actor=request.user,
            suggestion=found,
            wording=form.get_suggestion_wording(),
            from_version=form.cleaned_data["version"] or 0,
        ),
        current_values=lambda conflict: _get_current_values(conflict.current),
        redirect_to=lambda _edited: _redirect_to_next_suggestion(found.reading, found.sentence.number),
    )


@require_http_methods(["GET", "POST"])
def suggestion_merge(request: MemberRequest, coalition: Coalition, pk: int, suggestion: int) -> HttpResponse:
    found = get_suggestion_or_404(request, coalition, pk, suggestion)
    initial = {"version": get_int_param(request, "version") or found.version}
    form = SuggestionMergeForm(get_form_data(request), other_suggestions=_find_merge_candidates(found), initial=initial)
    return form_view(
        request,
        form,
        template="intake/suggestion_merge.html",
        context=_build_suggestion_form_context(found),
        action=lambda: actions.merge_suggestion(
            actor=request.user,
            suggestion=found,
            target_suggestion=form.cleaned_data["into"],
            from_version=form.cleaned_data["version"] or 0,
        ),
        current_values=lambda conflict: {"into": conflict.current.merged_into, "version": conflict.current.version},
        redirect_to=lambda _merged: _redirect_to_next_suggestion(found.reading, found.sentence.number),
    )


def _get_current_values(found_suggestion: Suggestion) -> dict[str, Any]:
    return {
        **SuggestionWordingForm.get_initial(get_suggestion_wording(found_suggestion)),
        "version": found_suggestion.version,
    }


def _build_suggestion_form_context(found_suggestion: Suggestion) -> dict[str, Any]:
    """Return what a form about a suggestion shows beside its fields."""
    return {
        "suggestion": found_suggestion,
        "reading": found_suggestion.reading,
        "quote": _load_document_text(found_suggestion.reading)[found_suggestion.start : found_suggestion.end],
        "cancel": build_desk_url(found_suggestion.reading, found_suggestion.sentence.number),
    }


def _find_report_names(reading: Reading) -> QuerySet[Actor, str]:
    """The names in a report, to offer as those responsible."""
    return reading.actors.filter(is_group=False).values_list("written", flat=True)


@require_POST
def suggestion_keep(request: MemberRequest, coalition: Coalition, pk: int, number: int, kind: str) -> HttpResponse:
    """Keep a sentence that the machine missed, and stay at it: the next press can be an undo."""
    if kind not in DeskKind.values or kind == DeskKind.NEW_MEMBER:
        raise Http404
    reading = get_reading_or_404(request, coalition, pk)
    sentence = get_object_or_404(reading.sentences, number=number)
    sentence.reading = reading
    keep: Callable[..., object] = (
        actions.accept_sentence_as_attendance
        if kind == DeskKind.ATTENDEE
        else partial(actions.accept_sentence_as_suggestion, suggestion_kind=kind)
    )
    return form_view(
        request,
        action=lambda: keep(actor=request.user, sentence=sentence),
        on_refusal=lambda refusal: show_refusal(request, reading, number, refusal),
        redirect_to=lambda kept: (
            show_sentence(request, reading, suggestion_index=number, previous_number=number)
            if kept
            else show_attendance_form(request, reading, number)
        ),
    )


@require_http_methods(["GET", "POST"])
def suggestion_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Keep what the machine missed: from words that were selected, or from a sentence."""
    reading = get_reading_or_404(request, coalition, pk)
    start, end, number = _parse_text_span(request, reading)
    text = _load_document_text(reading)
    quote = text[start:end]
    wording = SuggestionWording(kind=request.GET.get("kind", ""), text=" ".join(quote.split()))
    other_names: list[str] = []
    if request.method == "GET":
        wording, other_names = fill_in_attendance(
            wording, quote, text, reading.suggestions.filter(sentence__number=number)
        )
    form = SuggestionWordingForm(get_form_data(request), initial=SuggestionWordingForm.get_initial(wording))
    context = {
        "reading": reading,
        "quote": quote,
        "start": start,
        "end": end,
        "number": number,
        "report_names": _find_report_names(reading),
        "other_names": format_list_in_sentence(other_names),
        "cancel": build_desk_url(reading, number),
    }
    return form_view(
        request,
        form,
        template="intake/suggestion_form.html",
        context=context,
        action=lambda: actions.add_suggestion(
            actor=request.user,
            reading=reading,
            start_offset=start,
            end_offset=end,
            wording=form.get_suggestion_wording(),
        ),
        success_message=lambda added: (
            (
                _("Sentence %(number)s already has this entry.")
                if added.is_repeated
                else _("Entry added from sentence %(number)s.")
            )
            % {"number": number}
        ),
        redirect_to=build_desk_url(reading, number),
    )


def _get_shown_version(request: MemberRequest) -> int:
    """The version that the page showed; a form that does not say is never the newest."""
    return get_int_param(request, "version") or 0


def _redirect_to_next_suggestion(reading: Reading, sentence_number: int) -> HttpResponse:
    return redirect(
        build_desk_url(
            reading, find_next_undecided_sentence(reading, sentence_number) or sentence_number, sentence_number
        )
    )


def _find_merge_candidates(suggestion: Suggestion) -> QuerySet[Suggestion]:
    number = suggestion.sentence.number
    near = suggestion.reading.suggestions.filter(
        sentence__number__gte=number - MAX_NEARBY_SENTENCES,
        sentence__number__lte=number + MAX_NEARBY_SENTENCES,
        entered_at__isnull=True,
    )
    open_ones = near.exclude(pk=suggestion.pk).exclude(decision__in=[Decision.REFUSED, Decision.MERGED])
    return open_ones.select_related("sentence")


def _load_document_text(reading: Reading) -> str:
    return Document.objects.filter(readings=reading).values_list("text", flat=True).first() or ""


def _parse_text_span(request: MemberRequest, reading: Reading) -> tuple[int, int, int]:
    """From where to where in the document, and in which sentence. Raises Http404 for what is no place in it."""
    start, end = get_int_param(request, "start"), get_int_param(request, "end")
    if start is None or end is None:
        sentence = reading.sentences.filter(number=get_int_param(request, "sentence") or 0).first()
        if sentence is None:
            raise Http404
        return sentence.start, sentence.end, sentence.number
    sentence = reading.sentences.filter(start__lte=start, end__gt=start).first()
    if sentence is None or end <= start:
        raise Http404
    return start, end, sentence.number
