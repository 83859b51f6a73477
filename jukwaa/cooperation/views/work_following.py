"""Following joint work: a deliverable and its reports, an outcome and its figures, updates, and what came of it."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.views.common import done, go, press, typed
from jukwaa.cooperation import working
from jukwaa.cooperation.actions import work_following as actions
from jukwaa.cooperation.forms.work_following import FigureForm, ReportForm, UpdateForm
from jukwaa.cooperation.models import Figure, Outcome
from jukwaa.cooperation.views.work_common import (
    FORM,
    address_of,
    around,
    deliverable_of,
    kept_aside,
    outcome_of,
    shown,
    told_work,
    whole_work,
)
from jukwaa.cooperation.work_reading import Whole
from jukwaa.core.http import page
from jukwaa.core.keyset import Key, page_after
from jukwaa.records import index
from jukwaa.records.models import State
from jukwaa.records.views.common import published_record

NEWEST = (Key("at", datetime.fromisoformat, descending=True), Key("pk", int, descending=True))


@login_not_required
@require_GET
@kept_for_visitors
def deliverable_detail(request: Request, coalition: Coalition, pk: int, deliverable: int) -> HttpResponse:
    """What was promised, and everything that was ever reported on it."""
    whole = whole_work(request, coalition, pk)
    found = next((each for each in whole.promises if each.deliverable.pk == deliverable), None)
    if found is None:
        raise Http404
    return page(request, "cooperation/deliverable_detail.html", {**around(whole, "work"), "promise": found})


@require_http_methods(["GET", "POST"])
def deliverable_report(request: MemberRequest, coalition: Coalition, pk: int, deliverable: int) -> HttpResponse:
    whole = told_work(request, coalition, pk)
    found = deliverable_of(whole, deliverable)
    if not working.reports(request.standing, found, whole.own):
        raise Http404
    form = ReportForm(typed(request), viewer=request.user, coalition=coalition)
    if answer := kept_aside(request, coalition, form):
        return answer
    report = actions.report_deliverable
    if done(
        request,
        form,
        lambda: report(actor=request.user, deliverable=found, told=form.told(), token=form.cleaned_data["token"]),
    ):
        told = _("Noted. What was said before stays readable.")
        return go(request, told=told, to=f"{address_of(whole.work)}#{found.anchor}")
    context = {"title": found.what, "lead": _("How does it stand?"), "button": _("Report it")}
    return shown(request, FORM, {**around(whole, "work"), "form": form, **context})


@login_not_required
@require_GET
@kept_for_visitors
def outcome_detail(request: Request, coalition: Coalition, pk: int, outcome: int) -> HttpResponse:
    """All of its figures, and those that were mended."""
    whole = whole_work(request, coalition, pk)
    found = next((each for each in whole.changes if each.outcome.pk == outcome), None)
    if found is None:
        raise Http404
    mended = Figure.objects.filter(outcome=outcome, stands=False).order_by("on", "pk")
    context = {**around(whole, "work"), "change": found, "mended": list(mended)}
    return page(request, "cooperation/outcome_detail.html", context)


@require_http_methods(["GET", "POST"])
def figure_new(request: MemberRequest, coalition: Coalition, pk: int, outcome: int) -> HttpResponse:
    whole = told_work(request, coalition, pk)
    found = outcome_of(whole, outcome)
    form = FigureForm(typed(request))
    if answer := kept_aside(request, coalition, form):
        return answer
    if done(request, form, lambda: _give(request, found, form)):
        told = _("Noted. Another figure of the same day takes its place, and it stays readable.")
        return go(request, told=told, to=address_of(whole.work, "outcome_detail", outcome))
    lead = found.indicator or _("What does one see today?")
    context = {"title": found.what, "lead": lead, "button": _("Note the figure")}
    return shown(request, FORM, {**around(whole, "work"), "form": form, **context})


def _give(request: MemberRequest, outcome: Outcome, form: FigureForm) -> None:
    said = form.cleaned_data
    actions.give_figure(actor=request.user, outcome=outcome, on=said["on"], value=said["value"], source=said["source"])


@login_not_required
@require_GET
@kept_for_visitors
def update_list(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """What the parties tell, the newest first."""
    whole = whole_work(request, coalition, pk)
    rows = whole.work.updates.select_related("capacity")
    updates = page_after(rows, NEWEST, request.GET.get("after", ""))
    return page(request, "cooperation/update_list.html", {**around(whole, "updates"), "page": updates})


@require_http_methods(["GET", "POST"])
def update_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    whole = told_work(request, coalition, pk)
    for party in whole.own:
        party.work = whole.work
    form = UpdateForm(typed(request), own=whole.own)
    if answer := kept_aside(request, coalition, form):
        return answer
    if done(request, form, lambda: _tell(request, whole, form)):
        return go(request, told=_("It stands on the page."), to=address_of(whole.work, "update_list"))
    context = {
        "title": _("What happened?"),
        "lead": _("A few sentences. Also what did not go well."),
        "button": _("Tell it"),
    }
    return shown(request, FORM, {**around(whole, "work"), "form": form, **context})


def _tell(request: MemberRequest, whole: Whole, form: UpdateForm) -> None:
    said = form.cleaned_data
    actions.tell_update(
        actor=request.user, work=whole.work, words=said["words"], party=form.tells_for(), token=said["token"]
    )


@require_http_methods(["GET", "POST"])
def product_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Find what came of it among the records, and link it by a button."""
    whole = told_work(request, coalition, pk)
    if request.method == "POST":
        record = published_record(request, coalition, request.POST.get("record", ""))
        told = _("Linked: its page leads here, and this page there.")
        link = actions.link_product
        to = f"{address_of(whole.work)}#products"
        return press(request, lambda: link(actor=request.user, work=whole.work, record=record), told=told, to=to)
    q = request.GET.get("q", "")[:200]
    found = index.search(coalition, request.user, q, own_language=get_language() or "en").hits if q.strip() else []
    records = [hit.record for hit in found if hit.record.pk != pk and hit.record.state == State.PUBLISHED]
    return page(request, "cooperation/work_product.html", {**around(whole, "work"), "q": q, "found": records})
