"""Key findings: those of a year, the page of one, and writing, changing and publishing them."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings.actions.findings import add_key_finding, change_key_finding, publish_key_findings
from jukwaa.meetings.chatham_house_rule import NamesFoundError
from jukwaa.meetings.findings import (
    FindingSourceGroup,
    build_shown_findings,
    find_finding_years,
    find_key_findings,
    find_source_groups,
)
from jukwaa.meetings.forms import get_names_found_error
from jukwaa.meetings.forms_findings import KeyFindingForm
from jukwaa.meetings.models import KeyFinding
from jukwaa.meetings.models.findings import FIRST_YEAR, LAST_YEAR
from jukwaa.meetings.views.common import require_can_manage_minutes
from jukwaa.records.models import Record, State

FINDING_FORM_TEMPLATE = "meetings/finding_form.html"


@login_not_required
@require_GET
@cache_for_visitors
def finding_list(request: Request, coalition: Coalition, year: int | None = None) -> HttpResponse:
    """The findings of a year: without one, of the latest year that has some."""
    years = find_finding_years(request.user, coalition)
    year = _validate_finding_year(year or next(iter(years), timezone.localdate().year))
    shown = list(build_shown_findings(request.user, find_key_findings(request.user, coalition, year)))
    context = {
        "year": year,
        "years": [each for each in years if each != year],
        "findings": shown,
        "has_drafts": any(row.finding.state == State.DRAFT for row in shown),
    }
    return render_page(request, "meetings/finding_list.html", context)


def _validate_finding_year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return year


def get_finding_or_404(request: Request | MemberRequest, coalition: Coalition, pk: int) -> KeyFinding:
    finding = get_object_or_404(KeyFinding.objects.visible_to(request.user).of(coalition), pk=pk)
    finding.coalition = coalition
    return finding


@login_not_required
@require_GET
@cache_for_visitors
def finding_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    finding = get_finding_or_404(request, coalition, pk)
    [shown] = build_shown_findings(request.user, [finding])
    return render_page(request, "meetings/finding_detail.html", {"finding": finding, "sources": shown.sources})


@require_http_methods(["GET", "POST"])
def finding_new(request: MemberRequest, coalition: Coalition, year: int) -> HttpResponse:
    require_can_manage_minutes(request)
    groups = find_source_groups(request.user, coalition, _validate_finding_year(year))
    form = KeyFindingForm(get_form_data(request), source_groups=groups)
    return form_view(
        request,
        form,
        template=FINDING_FORM_TEMPLATE,
        context={
            "year": year,
            "heading": _("Add a key finding"),
            "has_sources": bool(groups),
            "back": reverse("meetings:finding_year", args=[coalition.slug, year]),
        },
        action=lambda: _add_finding_from_form(request, coalition, year, form),
        success_message=_("Draft saved. Publish the key findings of the year when they are ready."),
        redirect_to=reverse("meetings:finding_year", args=[coalition.slug, year]),
    )


def _add_finding_from_form(request: MemberRequest, coalition: Coalition, year: int, form: KeyFindingForm) -> KeyFinding:
    try:
        return add_key_finding(
            actor=request.user, coalition=coalition, year=year, sources=form.get_sources(), **form.get_values()
        )
    except NamesFoundError as error:
        raise ActionRefused(get_names_found_error(error), "title") from error


@require_http_methods(["GET", "POST"])
def finding_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    finding = get_finding_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    [shown] = build_shown_findings(request.user, [finding])
    groups = find_source_groups(request.user, coalition, finding.year)
    initial = KeyFindingForm.get_initial(finding, shown.sources)
    form = KeyFindingForm(
        get_form_data(request), source_groups=_add_current_sources(groups, shown.sources), initial=initial
    )
    return form_view(
        request,
        form,
        template=FINDING_FORM_TEMPLATE,
        context={
            "year": finding.year,
            "heading": _("Edit the key finding"),
            "has_sources": True,
            "back": finding.get_absolute_url(),
        },
        action=lambda: _change_finding_from_form(request, finding, form),
        current_values=lambda _conflict: KeyFindingForm.get_initial(
            get_finding_or_404(request, coalition, pk), shown.sources
        ),
        success_message=_("Changes saved. The previous version is in the history."),
        redirect_to=finding,
    )


def _add_current_sources(
    source_groups: list[FindingSourceGroup], source_records: list[Record]
) -> list[FindingSourceGroup]:
    """Add the current sources of the finding that are no longer offered for its year."""
    offered = {record.pk for group in source_groups for record in group.records}
    others = [record for record in source_records if record.pk not in offered]
    return [*source_groups, FindingSourceGroup("others", _("Other records"), others)] if others else source_groups


def _change_finding_from_form(request: MemberRequest, finding: KeyFinding, form: KeyFindingForm) -> KeyFinding:
    try:
        return change_key_finding(
            actor=request.user,
            finding=finding,
            changes=form.get_values(),
            source_records=form.get_sources(),
            from_version=form.cleaned_data["version"],
        )
    except NamesFoundError as error:
        raise ActionRefused(get_names_found_error(error), "title") from error


@require_POST
def finding_publish(request: MemberRequest, coalition: Coalition, year: int) -> HttpResponse:
    require_can_manage_minutes(request)
    return form_view(
        request,
        action=lambda: publish_key_findings(actor=request.user, coalition=coalition, year=year),
        success_message=lambda count: (
            ngettext("%(n)s key finding has been published.", "%(n)s key findings have been published.", count)
            % {"n": count}
        ),
        redirect_to=reverse("meetings:finding_year", args=[coalition.slug, year]),
        makes_public=True,
    )
