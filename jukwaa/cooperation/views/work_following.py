"""Following joint work: a deliverable and its reports, an outcome and its figures, updates, and what came of it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.cooperation import policies
from jukwaa.cooperation.actions import work_following as actions
from jukwaa.cooperation.forms.work_following import DeliverableReportForm, FigureForm, WorkUpdateForm
from jukwaa.cooperation.models import Figure, JointWork, Outcome, Update
from jukwaa.cooperation.views.work_common import (
    WORK_FORM_TEMPLATE,
    build_work_context,
    get_deliverable_or_404,
    get_outcome_or_404,
    get_party_work_page_or_404,
    get_work_page_or_404,
    get_work_url,
)
from jukwaa.cooperation.work_page import WorkPage
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor, get_page
from jukwaa.records import index
from jukwaa.records.models import Link, State
from jukwaa.records.views.common import get_published_record_or_404


@login_not_required
@require_GET
@cache_for_visitors
def deliverable_detail(request: Request, coalition: Coalition, pk: int, deliverable: int) -> HttpResponse:
    """What was promised, and everything that was ever reported on it."""
    whole = get_work_page_or_404(request, coalition, pk)
    found = next((each for each in whole.deliverable_statuses if each.deliverable.pk == deliverable), None)
    if found is None:
        raise Http404
    return render_page(
        request, "cooperation/deliverable_detail.html", {**build_work_context(whole, "work"), "promise": found}
    )


@require_http_methods(["GET", "POST"])
def deliverable_report(request: MemberRequest, coalition: Coalition, pk: int, deliverable: int) -> HttpResponse:
    whole = get_party_work_page_or_404(request, coalition, pk)
    found = get_deliverable_or_404(whole, deliverable)
    if not policies.is_deliverable_reporter(request.standing, found, whole.own_parties):
        raise Http404
    form = DeliverableReportForm(get_form_data(request), viewer=request.user, coalition=coalition)
    context = {"title": found.what, "lead": _("What is the current status?"), "button": _("Submit report")}
    return form_view(
        request,
        form,
        template=WORK_FORM_TEMPLATE,
        context=build_work_context(whole, "work") | context,
        action=lambda: actions.report_deliverable(
            actor=request.user,
            deliverable=found,
            report_data=form.build_report_data(),
            token=form.cleaned_data["token"],
        ),
        success_message=_("Report saved. Earlier reports stay visible."),
        redirect_to=f"{get_work_url(whole.work)}#{found.anchor}",
    )


@login_not_required
@require_GET
@cache_for_visitors
def outcome_detail(request: Request, coalition: Coalition, pk: int, outcome: int) -> HttpResponse:
    """All of its figures, and those that were mended."""
    whole = get_work_page_or_404(request, coalition, pk)
    found = next((each for each in whole.changes if each.outcome.pk == outcome), None)
    if found is None:
        raise Http404
    mended = Figure.objects.filter(outcome=outcome, stands=False).order_by("on", "pk")
    context = {**build_work_context(whole, "work"), "change": found, "mended": list(mended)}
    return render_page(request, "cooperation/outcome_detail.html", context)


@require_http_methods(["GET", "POST"])
def outcome_figure_new(request: MemberRequest, coalition: Coalition, pk: int, outcome: int) -> HttpResponse:
    whole = get_party_work_page_or_404(request, coalition, pk)
    found = get_outcome_or_404(whole, outcome)
    form = FigureForm(get_form_data(request))
    lead = found.indicator or _("What is the current figure?")
    context = {"title": found.what, "lead": lead, "button": _("Add figure")}
    return form_view(
        request,
        form,
        template=WORK_FORM_TEMPLATE,
        context=build_work_context(whole, "work") | context,
        action=lambda: _add_figure_from_form(request, found, form),
        success_message=_(
            "Figure saved. It replaces any earlier figure for the same date. You can still read the earlier figure."
        ),
        redirect_to=get_work_url(whole.work, "outcome_detail", outcome),
    )


def _add_figure_from_form(request: MemberRequest, outcome: Outcome, form: FigureForm) -> Figure:
    said = form.cleaned_data
    return actions.add_outcome_figure(
        actor=request.user, outcome=outcome, on=said["on"], value=said["value"], source=said["source"]
    )


@login_not_required
@require_GET
@cache_for_visitors
def work_update_list(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """What the parties tell, the newest first."""
    whole = get_work_page_or_404(request, coalition, pk)
    rows = whole.work.updates.select_related("capacity")
    updates = get_page(rows, ("-at", "-pk"), PageCursor.of(request))
    return render_page(
        request, "cooperation/update_list.html", {**build_work_context(whole, "updates"), "page": updates}
    )


@require_http_methods(["GET", "POST"])
def work_update_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    whole = get_party_work_page_or_404(request, coalition, pk)
    for party in whole.own_parties:
        party.work = whole.work
    form = WorkUpdateForm(get_form_data(request), own_parties=whole.own_parties)
    context = {
        "title": _("What happened?"),
        "lead": _("Write a few sentences. Include what did not go well."),
        "button": _("Publish update"),
    }
    return form_view(
        request,
        form,
        template=WORK_FORM_TEMPLATE,
        context=build_work_context(whole, "work") | context,
        action=lambda: _add_update_from_form(request, whole, form),
        success_message=_("Update published."),
        redirect_to=get_work_url(whole.work, "update_list"),
    )


def _add_update_from_form(request: MemberRequest, work_page: WorkPage, form: WorkUpdateForm) -> Update:
    said = form.cleaned_data
    return actions.add_work_update(
        actor=request.user, work=work_page.work, words=said["words"], party=form.get_party(), token=said["token"]
    )


@require_http_methods(["GET", "POST"])
def work_product_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Find what came of it among the records, and link it by a button."""
    whole = get_party_work_page_or_404(request, coalition, pk)
    return form_view(
        request,
        template="cooperation/work_product.html",
        context=lambda: _build_linkable_products_context(request, whole),
        action=lambda: _link_chosen_product(request, whole.work),
        success_message=_("The result has been linked. The two pages now link to each other."),
        redirect_to=f"{get_work_url(whole.work)}#products",
    )


def _link_chosen_product(request: MemberRequest, joint_work: JointWork) -> Link:
    """`record` is the number of a record; 404 for anything else."""
    record = get_published_record_or_404(request, joint_work.coalition, request.POST.get("record", ""))
    return actions.link_work_product(actor=request.user, work=joint_work, record=record)


def _build_linkable_products_context(request: MemberRequest, work_page: WorkPage) -> dict[str, Any]:
    """Return the context of the page, with what was found for `?q=`."""
    q = request.GET.get("q", "")[:200]
    language = get_language() or "en"
    found = index.search_records(request.coalition, request.user, q, own_language=language).hits if q.strip() else []
    records = [
        hit.record for hit in found if hit.record.pk != work_page.work.pk and hit.record.state == State.PUBLISHED
    ]
    return {**build_work_context(work_page, "work"), "q": q, "found": records}
