"""Notes of another meeting in a report: moved to an import of their own, and back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view
from jukwaa.intake import actions
from jukwaa.intake.desk import build_desk_url
from jukwaa.intake.views.shortcuts import get_reading_or_404
from jukwaa.records.models import Document


@require_http_methods(["GET", "POST"])
def reading_split(request: MemberRequest, coalition: Coalition, pk: int, number: int) -> HttpResponse:
    reading = get_reading_or_404(request, coalition, pk)
    url = build_desk_url(reading, max(number - 1, 1))

    def build_context() -> dict[str, object]:
        sentence = get_object_or_404(reading.sentences, number=number)
        text = Document.objects.filter(readings=reading).values_list("text", flat=True).first() or ""
        last = reading.sentences.latest("number").number
        quote = text[sentence.start : sentence.end]
        return {"reading": reading, "number": number, "last": last, "quote": quote, "cancel": url}

    return form_view(
        request,
        template="intake/reading_split.html",
        context=build_context,
        action=lambda: actions.split_reading(actor=request.user, reading=reading, number=number),
        success_message=_("Notes moved to another report import."),
        redirect_to=url,
    )


@require_POST
def reading_rejoin(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    reading = get_reading_or_404(request, coalition, pk)
    first = reading.moved_notes[-1]["first"] if reading.moved_notes else None
    return form_view(
        request,
        action=lambda: actions.rejoin_reading(actor=request.user, reading=reading),
        success_message=_("Notes moved back to this report import."),
        redirect_to=build_desk_url(reading, first),
    )
