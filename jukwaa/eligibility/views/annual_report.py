"""Annual reports: drafts for members, published ones for everyone, edited by those who keep the minutes."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Min
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import cache_file_for_visitors, cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.outgoing import Document, to_docx, to_epub, to_html, to_pdf
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor
from jukwaa.core.uploads import build_download_headers
from jukwaa.eligibility import policies
from jukwaa.eligibility.annual_report import actions
from jukwaa.eligibility.annual_report.all_statistics import STATISTICS_BY_KEY
from jukwaa.eligibility.annual_report.composition import (
    REPORT_SECTION_KEYS,
    ComposedReport,
    compose_report_sections,
    get_report_title,
)
from jukwaa.eligibility.annual_report.due_reports import DueReport, find_due_reports
from jukwaa.eligibility.annual_report.forms import ReportSectionForm, ReportSubmissionForm
from jukwaa.eligibility.annual_report.meeting_statistics import find_fulfilled_commitments
from jukwaa.eligibility.annual_report.models import FIRST_REPORT_YEAR
from jukwaa.eligibility.annual_report.period import ReportPeriod
from jukwaa.eligibility.annual_report.records_page import build_records_page
from jukwaa.eligibility.annual_report.report_document import build_annual_report_file_name, build_report_document
from jukwaa.eligibility.annual_report.report_facts import MAX_LISTED_RECORDS
from jukwaa.eligibility.models import AnnualReport
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.owner_withholding import find_unconfirmed_commitments
from jukwaa.records.models import State
from jukwaa.updates.email_links import build_absolute_url

# Ending: how it is made, and what a browser is told that it is.
ANNUAL_REPORT_FILE_FORMATS: dict[str, tuple[Callable[[Document], bytes], str]] = {
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (lambda document: to_pdf(document).pdf, "application/pdf"),
    "epub": (to_epub, "application/epub+zip"),
}


def get_report_or_404(request: Request | MemberRequest, coalition: Coalition, year: int) -> AnnualReport:
    """Return the report of a year, or one that nobody has saved yet: reading it writes nothing."""
    if not FIRST_REPORT_YEAR <= year <= timezone.localdate().year:
        raise Http404
    found = AnnualReport.objects.filter(coalition=coalition, year=year).first()
    report = found or AnnualReport(coalition=coalition, year=year, version=0)
    report.coalition = coalition
    if not policies.can_read_annual_report(request.standing, report):
        raise Http404
    return report


def get_editable_report_or_404(request: MemberRequest, coalition: Coalition, year: int) -> AnnualReport:
    report = get_report_or_404(request, coalition, year)
    if not policies.can_edit_annual_report(request.standing, coalition):
        raise PermissionDenied(_("Only rapporteurs, editors and coordinators can edit the annual report."))
    return report


def compose_annual_report(report: AnnualReport) -> ComposedReport:
    return compose_report_sections(ReportPeriod.of_year(report.coalition, report.year), report.edits)


@login_not_required
@require_GET
@cache_for_visitors
def annual_report_list(request: Request, coalition: Coalition) -> HttpResponse:
    """The years with a published report; for members all years since the first meeting."""
    reports = {report.year: report for report in AnnualReport.objects.filter(coalition=coalition)}
    years = sorted((year for year, report in reports.items() if report.published_at), reverse=True)
    due: list[DueReport] = []
    if request.standing.is_inside:
        dated = Meeting.objects.of(coalition).filter(state=State.PUBLISHED, starts_on__isnull=False)
        first = dated.aggregate(first=Min("starts_on"))["first"]
        this_year = timezone.localdate().year
        earliest = min([first.year if first else this_year, *reports])
        years = list(range(this_year, max(earliest, FIRST_REPORT_YEAR) - 1, -1))
        submitted = {year for year, report in reports.items() if report.sent_on}
        due = find_due_reports(coalition, timezone.now(), submitted)
    context = {
        "rows": [(year, reports.get(year)) for year in years],
        "due": [(each, reports.get(each.year)) for each in due],
    }
    return render_page(request, "eligibility/annual_list.html", context)


@login_not_required
@require_GET
@cache_for_visitors
def annual_report_detail(request: Request, coalition: Coalition, year: int) -> HttpResponse:
    report = get_report_or_404(request, coalition, year)
    composed = compose_annual_report(report)
    can_edit = policies.can_edit_annual_report(request.standing, coalition)
    document = build_report_document(composed, report, max_dissents=MAX_LISTED_RECORDS)
    context = {
        "report": report,
        "composed": composed,
        "direction_of_text": document.direction,
        "can_edit": can_edit,
        "unconfirmed": find_unconfirmed_commitments(request.user, find_fulfilled_commitments(composed.period))
        if can_edit and composed.facts.has_any("commitments-kept")
        else [],
        "document": to_html(document),
    }
    return render_page(request, "eligibility/annual_detail.html", context)


@login_not_required
@require_GET
@cache_file_for_visitors
def annual_report_file(request: Request, coalition: Coalition, year: int, ending: str) -> HttpResponse:
    """The report as a file; the same bytes for the same report."""
    if ending not in ANNUAL_REPORT_FILE_FORMATS:
        raise Http404
    report = get_report_or_404(request, coalition, year)
    composed = compose_annual_report(report)
    make, media_type = ANNUAL_REPORT_FILE_FORMATS[ending]
    body = make(build_report_document(composed, report, site_url=build_absolute_url("")))
    return HttpResponse(
        body, headers=build_download_headers(build_annual_report_file_name(composed, report, ending), media_type)
    )


@login_not_required
@require_GET
@cache_for_visitors
def annual_report_records(request: Request, coalition: Coalition, year: int, key: str) -> HttpResponse:
    """The records behind a number, or behind the part of it that `by` and `value` name."""
    report = get_report_or_404(request, coalition, year)
    if key not in STATISTICS_BY_KEY:
        raise Http404
    period = ReportPeriod.of_year(coalition, year)
    by, value = request.GET.get("by", ""), request.GET.get("value", "")
    records = build_records_page(request.standing, STATISTICS_BY_KEY[key], period, by, value, PageCursor.of(request))
    if records is None:
        raise Http404
    context = {"report": report, "records": records, "page": records.page}
    return render_page(request, "eligibility/annual_records.html", context)


@require_GET
def annual_report_edit(request: MemberRequest, coalition: Coalition, year: int) -> HttpResponse:
    report = get_editable_report_or_404(request, coalition, year)
    context = {"report": report, "composed": compose_annual_report(report)}
    return render_page(request, "eligibility/annual_edit.html", context)


@require_http_methods(["GET", "POST"])
def section_edit(request: MemberRequest, coalition: Coalition, year: int, key: str) -> HttpResponse:
    report = get_editable_report_or_404(request, coalition, year)
    if key not in REPORT_SECTION_KEYS:
        raise Http404
    composed = compose_annual_report(report)
    form = ReportSectionForm(get_form_data(request), initial=ReportSectionForm.get_initial(composed, key, report))
    return form_view(
        request,
        form,
        template="eligibility/annual_section.html",
        context={
            "report": report,
            "section": composed.get_section(key),
            "content_language": composed.language,
        },
        action=lambda: actions.edit_report_section(
            actor=request.user, coalition=coalition, year=year, section_key=key, **form.cleaned_data
        ),
        current_values=lambda conflict: ReportSectionForm.get_initial(
            compose_annual_report(conflict.current), key, conflict.current
        ),
        success_message=_("Text saved. It will no longer be updated from the record, except for its numbers."),
        redirect_to=_get_edit_url(report),
    )


@require_POST
def section_restore(request: MemberRequest, coalition: Coalition, year: int, key: str) -> HttpResponse:
    report = get_editable_report_or_404(request, coalition, year)
    return form_view(
        request,
        action=lambda: actions.restore_report_section(actor=request.user, coalition=coalition, year=year, key=key),
        success_message=_("Text restored. It will be updated from the record again."),
        redirect_to=_get_edit_url(report),
    )


@require_POST
def annual_report_publish(request: MemberRequest, coalition: Coalition, year: int) -> HttpResponse:
    report = get_editable_report_or_404(request, coalition, year)
    return form_view(
        request,
        action=lambda: actions.publish_annual_report(actor=request.user, coalition=coalition, year=year),
        success_message=_("Report published. Everyone can read it."),
        redirect_to=report,
    )


@require_POST
def annual_report_unpublish(request: MemberRequest, coalition: Coalition, year: int) -> HttpResponse:
    report = get_editable_report_or_404(request, coalition, year)
    return form_view(
        request,
        action=lambda: actions.unpublish_annual_report(actor=request.user, coalition=coalition, year=year),
        success_message=_("Report unpublished. Only members can read it."),
        redirect_to=report,
    )


@require_http_methods(["GET", "POST"])
def submission_edit(request: MemberRequest, coalition: Coalition, year: int) -> HttpResponse:
    report = get_editable_report_or_404(request, coalition, year)
    form = ReportSubmissionForm(get_form_data(request), initial=ReportSubmissionForm.get_initial(report))
    return form_view(
        request,
        form,
        template="eligibility/annual_submission.html",
        context={"report": report, "title": get_report_title(coalition, year)},
        action=lambda: actions.record_report_submission(
            actor=request.user, coalition=coalition, year=year, **form.cleaned_data
        ),
        current_values=lambda conflict: ReportSubmissionForm.get_initial(conflict.current),
        success_message=_("Submission saved."),
        redirect_to=report,
    )


def _get_edit_url(report: AnnualReport) -> str:
    return reverse("eligibility:annual_edit", args=[report.coalition.slug, report.year])
