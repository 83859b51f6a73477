"""The session report: read by those who may read the meeting, edited by those who keep the minutes."""

from collections.abc import Callable

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.outgoing import Document, to_docx, to_html, to_pdf, to_text
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.forms import Form
from jukwaa.core.http import page
from jukwaa.core.uploads import download_headers
from jukwaa.meetings.actions.report import (
    edit_paragraph,
    publish_report,
    report_of,
    restore_paragraph,
    unpublish_report,
)
from jukwaa.meetings.models import Entry, Meeting, Report
from jukwaa.meetings.report import SHAPES, Composed, Paragraph, Shape, compose, document_of, file_name, get_deadline
from jukwaa.meetings.views.common import keeping_minutes, visible_meeting
from jukwaa.meetings.withholding import find_unconfirmed

PARAGRAPH = "meetings/paragraph_edit.html"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Ending: how it is made, and what a browser is told that it is.
FORMATS: dict[str, tuple[Callable[[Document], bytes], str]] = {
    "txt": (lambda document: to_text(document).encode(), "text/plain; charset=utf-8"),
    "docx": (to_docx, WORD),
    "pdf": (lambda document: to_pdf(document).pdf, "application/pdf"),
}


class ParagraphForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Paragraph"),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        help_text=gettext_lazy(
            "If you leave this empty, the paragraph will not be in the report. The record is not changed."
        ),
    )


def _report(request: Request | MemberRequest, coalition: Coalition, pk: int) -> tuple[Meeting, Report]:
    """What is not published yet is there for those who keep the minutes alone."""
    meeting = visible_meeting(request, coalition, pk)
    report = report_of(meeting)
    if report.published_at is None and not request.standing.is_rapporteur:
        raise Http404
    return meeting, report


@login_not_required
@require_GET
@kept_for_visitors
def report_detail(request: Request, coalition: Coalition, pk: int, shape: str = "own") -> HttpResponse:
    meeting, report = _report(request, coalition, pk)
    composed, chosen = compose(meeting, report.edits), _shape(shape)
    deadline = None if report.published_at else get_deadline(meeting)
    context = {
        "tab": "report",
        "meeting": meeting,
        "report": report,
        "shape": chosen,
        "shapes": SHAPES.values(),
        "formats": FORMATS,
        "deadline": deadline,
        "is_overdue": deadline is not None and deadline < timezone.localdate(),
        "document": to_html(document_of(composed, chosen)),
        "unconfirmed": _find_unconfirmed(request, meeting) if request.standing.is_rapporteur else [],
        "moved_on": [paragraph for paragraph in composed.paragraphs if paragraph.has_moved_on],
    }
    return page(request, "meetings/report_detail.html", context)


def _find_unconfirmed(request: Request | MemberRequest, meeting: Meeting) -> list[Entry]:
    return find_unconfirmed(request.user, meeting=meeting, label=meeting.label)


@login_not_required
@require_GET
@kept_for_visitors
def report_file(request: Request, coalition: Coalition, pk: int, shape: str, ending: str) -> HttpResponse:
    """The report to take along; the same bytes for the same report."""
    if ending not in FORMATS:
        raise Http404
    meeting, report = _report(request, coalition, pk)
    make, media_type = FORMATS[ending]
    chosen, is_draft = _shape(shape), report.published_at is None
    body = make(document_of(compose(meeting, report.edits), chosen, is_draft=is_draft))
    name = file_name(meeting, chosen, ending, is_draft=is_draft)
    return HttpResponse(body, headers=download_headers(name, media_type))


@require_GET
def report_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    keeping_minutes(request)
    meeting, report = _report(request, coalition, pk)
    unconfirmed = _find_unconfirmed(request, meeting)
    context = {"tab": "report", "meeting": meeting, "report": report, "unconfirmed": unconfirmed}
    return page(request, "meetings/report_edit.html", context | {"composed": compose(meeting, report.edits)})


@require_http_methods(["GET", "POST"])
def paragraph_edit(request: MemberRequest, coalition: Coalition, pk: int, key: str) -> HttpResponse:
    keeping_minutes(request)
    meeting, report = _report(request, coalition, pk)
    paragraph = _paragraph(compose(meeting, report.edits), key)
    form = ParagraphForm(form_data(request), initial={"text": paragraph.text, "version": report.version})
    return form_view(
        request,
        form,
        template=PARAGRAPH,
        context={
            "meeting": meeting,
            "paragraph": paragraph,
            "content_language": meeting.language,
        },
        action=lambda: _edit_paragraph(request, meeting, key, form),
        current_values=lambda conflict: {
            "text": _paragraph(compose(meeting, conflict.current.edits), key).text,
            "version": conflict.current.version,
        },
        success=_("Paragraph saved. It will no longer be updated from the record."),
        redirect_to=reverse("meetings:report_edit", args=[coalition.slug, pk]),
    )


def _edit_paragraph(request: MemberRequest, meeting: Meeting, key: str, form: ParagraphForm) -> Report:
    said = form.cleaned_data
    return edit_paragraph(actor=request.user, meeting=meeting, key=key, text=said["text"], from_version=said["version"])


@require_POST
def paragraph_restore(request: MemberRequest, coalition: Coalition, pk: int, key: str) -> HttpResponse:
    keeping_minutes(request)
    meeting, report = _report(request, coalition, pk)
    return form_view(
        request,
        action=lambda: restore_paragraph(actor=request.user, meeting=meeting, key=key, from_version=report.version),
        success=_("Paragraph restored. It is drafted from the record again."),
        redirect_to=reverse("meetings:report_edit", args=[coalition.slug, pk]),
    )


@require_POST
def report_publish(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    return form_view(
        request,
        action=lambda: publish_report(actor=request.user, meeting=visible_meeting(request, coalition, pk)),
        success=_("Report published. Everyone who can read the meeting can read it."),
        redirect_to=reverse("meetings:report_detail", args=[coalition.slug, pk]),
    )


@require_POST
def report_unpublish(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    return form_view(
        request,
        action=lambda: unpublish_report(actor=request.user, meeting=visible_meeting(request, coalition, pk)),
        success=_("Report unpublished. Only the rapporteur, editors and coordinators can read it."),
        redirect_to=reverse("meetings:report_detail", args=[coalition.slug, pk]),
    )


def _shape(name: str) -> Shape:
    if name not in SHAPES:
        raise Http404
    return SHAPES[name]


def _paragraph(composed: Composed, key: str) -> Paragraph[Entry]:
    if (paragraph := composed.paragraph(key)) is None:
        raise Http404
    return paragraph
