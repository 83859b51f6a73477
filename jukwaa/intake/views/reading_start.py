"""Bringing a document to the desk."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.refusals import ActionRefused
from jukwaa.intake import actions
from jukwaa.intake.actions import ReadingStartResult
from jukwaa.intake.forms import NewReadingForm
from jukwaa.intake.refusals import describe_existing_reading
from jukwaa.records.models import Document

READING_FORM_TEMPLATE = "intake/reading_form.html"
SAFEGUARD_NOTICE_TEMPLATES = ["records/safeguard_notice.html", "intake/safeguard_notice.html"]


@require_http_methods(["GET", "POST"])
def reading_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    if not request.standing.is_rapporteur:
        raise PermissionDenied(_("Only the rapporteur, an editor or a coordinator can import reports."))
    is_post = request.method == "POST"
    form = NewReadingForm(
        get_form_data(request),
        request.FILES if is_post else None,
        request=request,
        coalition=coalition,
        initial=None if is_post else _get_initial_from_document(request, coalition),
    )
    return form_view(
        request,
        form,
        template=READING_FORM_TEMPLATE,
        context={"safeguard_notice": SAFEGUARD_NOTICE_TEMPLATES},
        action=lambda: _start_reading_from_form(request, coalition, form),
        redirect_to=lambda started: _redirect_to_reading(request, started),
    )


def _get_initial_from_document(request: MemberRequest, coalition: Coalition) -> dict[str, str]:
    """`?document=` brings one of the archive: the same text is found again, so its reading is of that document."""
    pk = request.GET.get("document", "")
    if not (pk.isdecimal() and len(pk) < 18):  # noqa: PLR2004 - of an id
        return {}
    document = get_object_or_404(Document.objects.visible_to(request.user).of(coalition), pk=pk)
    return {"text": document.text, "title": document.title, "label": document.label}


def _start_reading_from_form(request: MemberRequest, coalition: Coalition, form: NewReadingForm) -> ReadingStartResult:
    """Read at once, or, if it is too long to wait for, in the background."""
    upload = form.upload
    if form.is_large and upload is not None:
        reading = actions.start_background_reading(
            actor=request.user, coalition=coalition, reading_details=form.get_reading_details(), reading_upload=upload
        )
        return ReadingStartResult(reading, found=False)
    if form.extracted is None:
        raise ActionRefused(
            _("We found no text in the file. Choose another file, or paste the text."), form.document_field_name
        )
    try:
        return actions.start_reading(
            actor=request.user,
            coalition=coalition,
            reading_details=form.get_reading_details(),
            extracted_text=form.extracted,
            reading_upload=upload,
        )
    except ActionRefused as refusal:
        raise ActionRefused(str(refusal), form.document_field_name) from refusal


def _redirect_to_reading(request: MemberRequest, start_result: ReadingStartResult) -> HttpResponse:
    if start_result.found:
        messages.info(request, describe_existing_reading(start_result.reading))
    return redirect(start_result.reading)
