"""Bringing a document to the desk."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import invalid, page
from jukwaa.intake import actions
from jukwaa.intake.actions import Refused, Started
from jukwaa.intake.forms import NewReadingForm
from jukwaa.intake.models import Reading
from jukwaa.records.doors import at_the_door
from jukwaa.records.models import Document, Held

TEMPLATE = "intake/reading_form.html"
NOTICE = ["records/safeguard_notice.html", "intake/safeguard_notice.html"]


@require_http_methods(["GET", "POST"])
def reading_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    if not request.standing.is_rapporteur:
        raise PermissionDenied(_("Reports are read in by the rapporteur, an editor or a coordinator. Ask one of them."))
    if request.method == "POST":
        return _start(request, coalition)
    form = NewReadingForm(request=request, coalition=coalition, initial=_of_document(request, coalition))
    return page(request, TEMPLATE, {"here": "readings", "form": form, "safeguard_notice": NOTICE})


def _of_document(request: MemberRequest, coalition: Coalition) -> dict[str, str]:
    """`?document=` brings one of the archive: the same text is found again, so its reading is of that document."""
    pk = request.GET.get("document", "")
    if not (pk.isdecimal() and len(pk) < 18):  # noqa: PLR2004 - of an id
        return {}
    document = get_object_or_404(Document.objects.visible_to(request.user).of(coalition), pk=pk)
    return {"text": document.text, "title": document.title, "label": document.label}


def _start(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    form = NewReadingForm(request.POST, request.FILES, request=request, coalition=coalition)
    context = {"here": "readings", "form": form, "safeguard_notice": NOTICE, "had_file": bool(request.FILES)}
    valid = form.is_valid()
    if answer := _answer_at_the_door(request, coalition, form):
        return answer
    if not valid:
        return invalid(request, TEMPLATE, context)
    if form.is_large and form.upload is not None:
        reading = actions.start_large_reading(
            actor=request.user, coalition=coalition, about=form.about(), upload=form.upload
        )
        return redirect(reading)
    try:
        started = _read(request, coalition, form)
    except Refused as refusal:
        form.add_error("file" if form.upload else "text", str(refusal))
        return invalid(request, TEMPLATE, context)
    if started.found:
        messages.info(request, _found(started.reading))
    return redirect(started.reading)


def _read(request: MemberRequest, coalition: Coalition, form: NewReadingForm) -> Started:
    if form.extracted is None:
        raise Refused(_("There is no text to read. Choose the file again, or paste its text."))
    return actions.start_reading(
        actor=request.user,
        coalition=coalition,
        about=form.about(),
        extracted=form.extracted,
        upload=form.upload,
    )


def _answer_at_the_door(request: MemberRequest, coalition: Coalition, form: NewReadingForm) -> HttpResponse | None:
    """Before anything is stored or shown again."""
    text = form.extracted.text if form.extracted else request.POST.get("text", "")
    name, data = (form.upload.name, form.upload.data) if form.upload else ("", b"")
    return at_the_door(request, coalition, Held.Door.READING, text=text, name=name, data=data)


def _found(reading: Reading) -> str:
    if reading.state == Reading.State.ENTERED:
        return _("This document was read before, and is in the record. Nothing of it was changed.")
    if reading.state == Reading.State.GIVEN_UP:
        return _("This document was brought before, and its reading was given up. You can take it up again.")
    return _("This document was brought before. Here is its reading; nothing of it was changed.")
