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

from jukwaa.coalitions.caching import cache_file_for_visitors, cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.outgoing import Document, to_docx, to_html, to_pdf, to_text
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.uploads import build_download_headers
from jukwaa.meetings.actions.report import (
    edit_report_paragraph,
    publish_meeting_report,
    restore_report_paragraph,
    unpublish_meeting_report,
)
from jukwaa.meetings.forms import MeetingRelatedForm
from jukwaa.meetings.models import Entry, Meeting, Report
from jukwaa.meetings.public_names import will_everyone_read_meeting
from jukwaa.meetings.report import (
    REPORT_FORMATS_BY_NAME,
    ComposedReport,
    EditedParagraph,
    ReportFormat,
    build_report_document,
    build_report_file_name,
    compose_meeting_report,
    get_report_deadline,
)
from jukwaa.meetings.views.common import get_meeting_or_404, require_can_manage_minutes

REPORT_PARAGRAPH_TEMPLATE = "meetings/paragraph_edit.html"
WORD_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Ending: how it is made, and what a browser is told that it is.
REPORT_FILE_FORMATS: dict[str, tuple[Callable[[Document], bytes], str]] = {
    "txt": (lambda document: to_text(document).encode(), "text/plain; charset=utf-8"),
    "docx": (to_docx, WORD_CONTENT_TYPE),
    "pdf": (lambda document: to_pdf(document).pdf, "application/pdf"),
}


class ReportParagraphForm(MeetingRelatedForm):
    SCREENED_FIELDS = PUBLIC_FIELDS = ("text",)

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Paragraph"),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        help_text=gettext_lazy(
            "If you leave this field empty, the paragraph will not be in the report. The record itself will not change."
        ),
    )

    def will_be_public(self, field_name: str) -> bool:
        return field_name in self.changed_data and will_everyone_read_meeting(self.meeting)


def _get_report_or_404(request: Request | MemberRequest, coalition: Coalition, pk: int) -> tuple[Meeting, Report]:
    """Return the meeting and its report. Raises Http404 for an unpublished one unless the viewer keeps the minutes."""
    meeting = get_meeting_or_404(request, coalition, pk)
    report = getattr(meeting, "report", None) or Report(meeting=meeting, version=0)
    if report.published_at is None and not request.standing.is_rapporteur:
        raise Http404
    return meeting, report


@login_not_required
@require_GET
@cache_for_visitors
def report_detail(request: Request, coalition: Coalition, pk: int, shape: str = "own") -> HttpResponse:
    meeting, report = _get_report_or_404(request, coalition, pk)
    composed, chosen = compose_meeting_report(meeting, report.edits), _get_report_format_or_404(shape)
    deadline = None if report.published_at else get_report_deadline(meeting)
    context = {
        "tab": "report",
        "meeting": meeting,
        "report": report,
        "shape": chosen,
        "shapes": REPORT_FORMATS_BY_NAME.values(),
        "formats": REPORT_FILE_FORMATS,
        "deadline": deadline,
        "is_overdue": deadline is not None and deadline < timezone.localdate(),
        "document": to_html(build_report_document(composed, chosen)),
        "unconfirmed": composed.material.unconfirmed_commitments if request.standing.is_rapporteur else [],
        "moved_on": [paragraph for paragraph in composed.paragraphs if paragraph.is_outdated],
    }
    return render_page(request, "meetings/report_detail.html", context)


@login_not_required
@require_GET
@cache_file_for_visitors
def report_file(request: Request, coalition: Coalition, pk: int, shape: str, ending: str) -> HttpResponse:
    """The report to take along; the same bytes for the same report."""
    if ending not in REPORT_FILE_FORMATS:
        raise Http404
    meeting, report = _get_report_or_404(request, coalition, pk)
    make, media_type = REPORT_FILE_FORMATS[ending]
    chosen, is_draft = _get_report_format_or_404(shape), report.published_at is None
    body = make(build_report_document(compose_meeting_report(meeting, report.edits), chosen, is_draft=is_draft))
    name = build_report_file_name(meeting, chosen, ending, is_draft=is_draft)
    return HttpResponse(body, headers=build_download_headers(name, media_type))


@require_GET
def report_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    require_can_manage_minutes(request)
    meeting, report = _get_report_or_404(request, coalition, pk)
    composed = compose_meeting_report(meeting, report.edits)
    context = {
        "tab": "report",
        "meeting": meeting,
        "report": report,
        "composed": composed,
        "unconfirmed": composed.material.unconfirmed_commitments,
    }
    return render_page(request, "meetings/report_edit.html", context)


@require_http_methods(["GET", "POST"])
def paragraph_edit(request: MemberRequest, coalition: Coalition, pk: int, key: str) -> HttpResponse:
    require_can_manage_minutes(request)
    meeting, report = _get_report_or_404(request, coalition, pk)
    paragraph = _get_report_paragraph_or_404(compose_meeting_report(meeting, report.edits), key)
    form = ReportParagraphForm(
        get_form_data(request), meeting=meeting, initial={"text": paragraph.text, "version": report.version}
    )
    return form_view(
        request,
        form,
        template=REPORT_PARAGRAPH_TEMPLATE,
        context={
            "meeting": meeting,
            "paragraph": paragraph,
            "content_language": meeting.language,
        },
        action=lambda: _edit_paragraph_from_form(request, meeting, key, form),
        current_values=lambda conflict: {
            "text": _get_report_paragraph_or_404(compose_meeting_report(meeting, conflict.current.edits), key).text,
            "version": conflict.current.version,
        },
        success_message=_("Paragraph saved. It will no longer be updated from the record."),
        redirect_to=reverse("meetings:report_edit", args=[coalition.slug, pk]),
    )


def _edit_paragraph_from_form(
    request: MemberRequest, meeting: Meeting, paragraph_key: str, form: ReportParagraphForm
) -> Report:
    said = form.cleaned_data
    return edit_report_paragraph(
        actor=request.user, meeting=meeting, key=paragraph_key, text=said["text"], from_version=said["version"]
    )


@require_POST
def paragraph_restore(request: MemberRequest, coalition: Coalition, pk: int, key: str) -> HttpResponse:
    require_can_manage_minutes(request)
    meeting, report = _get_report_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: restore_report_paragraph(
            actor=request.user, meeting=meeting, paragraph_key=key, from_version=report.version
        ),
        success_message=_("Paragraph restored. It will be updated from the record again."),
        redirect_to=reverse("meetings:report_edit", args=[coalition.slug, pk]),
    )


@require_POST
def report_publish(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    return form_view(
        request,
        action=lambda: publish_meeting_report(actor=request.user, meeting=get_meeting_or_404(request, coalition, pk)),
        success_message=_("Report published. Everyone who can read the meeting page can read the report."),
        redirect_to=reverse("meetings:report_detail", args=[coalition.slug, pk]),
    )


@require_POST
def report_unpublish(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    return form_view(
        request,
        action=lambda: unpublish_meeting_report(actor=request.user, meeting=get_meeting_or_404(request, coalition, pk)),
        success_message=_("Report unpublished. Only the rapporteur, editors and coordinators can read it."),
        redirect_to=reverse("meetings:report_detail", args=[coalition.slug, pk]),
    )


def _get_report_format_or_404(format_name: str) -> ReportFormat:
    if format_name not in REPORT_FORMATS_BY_NAME:
        raise Http404
    return REPORT_FORMATS_BY_NAME[format_name]


def _get_report_paragraph_or_404(composed_report: ComposedReport, paragraph_key: str) -> EditedParagraph[Entry]:
    if (paragraph := composed_report.get_paragraph(paragraph_key)) is None:
        raise Http404
    return paragraph
