"""Bringing in members, and people of the list, from a table: file, columns, preview, and what is left to mend."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions import actions, policies
from jukwaa.coalitions.doors import at_the_door
from jukwaa.coalitions.forms.imports import ColumnsForm, RowForm, TableForm
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.imports.fields import FIELDS
from jukwaa.coalitions.models import Coalition, Import, ImportRow
from jukwaa.coalitions.refusals import Refused
from jukwaa.coalitions.views.common import done, form_page, press, require, typed
from jukwaa.core.http import invalid, page

ROWS = 50
EXAMPLES = 3
State = ImportRow.State


@require_http_methods(["GET", "POST"])
def import_start(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require(policies.can_import(request.user, coalition))
    posted = request.method == "POST"
    kind = request.GET.get("of") if request.GET.get("of") in Import.Kind.values else Import.Kind.MEMBERS
    form = TableForm(request.POST, request.FILES) if posted else TableForm(initial={"kind": kind})
    is_valid = form.is_valid()
    if posted and (answer := _answer_at_the_door(request, coalition, form)):
        return answer
    if is_valid:
        try:
            return redirect(_bring(request, form))
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
    before = Import.objects.visible_to(request.user).of(coalition).defer("table")[:10]
    context = {"form": form, "before": before, "here": "directory"}
    return (invalid if posted else page)(request, "coalitions/import_start.html", context)


def _answer_at_the_door(request: MemberRequest, coalition: Coalition, form: TableForm) -> HttpResponse | None:
    """The file by its name, and row after row: what one row tells would be lost among the others."""
    name = str(getattr(form.files.get("file"), "name", ""))
    rows = form.table.rows if form.table else []
    answers = [
        at_the_door(request, coalition, "import", name=name, data=form.brought),
        *[at_the_door(request, coalition, "import", text="\n".join(filter(None, row))) for row in rows],
    ]
    return next(filter(None, answers), None)


def _bring(request: MemberRequest, form: TableForm) -> Import:
    sent = form.cleaned_data
    assert form.table is not None  # noqa: S101 - for the type alone
    return actions.bring_table(
        actor=request.user,
        coalition=request.coalition,
        kind=sent["kind"],
        name=sent["file"].name or "",
        table=form.table,
    )


def _import(request: MemberRequest, coalition: Coalition, pk: int) -> Import:
    return get_object_or_404(Import.objects.visible_to(request.user).filter(coalition=coalition), pk=pk)


@require_http_methods(["GET", "POST"])
def import_map(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    brought = _import(request, coalition, pk)
    form = ColumnsForm(typed(request), brought=brought)
    if done(
        request,
        form,
        lambda: actions.map_columns(actor=request.user, brought=brought, mapping=form.mapping()),
    ):
        return redirect("coalitions:import_preview", coalition.slug, brought.pk)
    columns = [
        (form[f"column{at}"], [row[at] for row in brought.table[1:] if row[at]][:EXAMPLES])
        for at in range(len(brought.table[0]))
    ]
    context = {"form": form, "brought": brought, "columns": columns, "here": "directory"}
    return (invalid if form.errors else page)(request, "coalitions/import_map.html", context)


@require_GET
def import_preview(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Every row as it would enter."""
    brought = _import(request, coalition, pk)
    return page(request, "coalitions/import_preview.html", _context(request, brought, brought.rows.all()))


@require_GET
def import_detail(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """What came of the table, and the rows that are left."""
    brought = _import(request, coalition, pk)
    left = brought.rows.exclude(state=State.ENTERED).order_by("-state", "number")
    return page(request, "coalitions/import_detail.html", _context(request, brought, left))


def _context(request: HttpRequest, brought: Import, rows: QuerySet[ImportRow]) -> dict[str, object]:
    counts = dict(brought.rows.order_by().values_list("state").annotate(n=Count("pk")))
    number = {state.name.lower(): counts.get(state.value, 0) for state in State}
    shown = Paginator(rows.select_related("organisation", "person"), ROWS).get_page(request.GET.get("page"))
    chosen = [field for field in FIELDS[brought.of] if field in brought.mapping]
    lines = [(row, [row.get(field) for field in chosen[1:]]) for row in shown]
    return {
        "here": "directory",
        "brought": brought,
        "number": number,
        "page": shown,
        "lines": lines,
        "headings": [FIELDS[brought.of][field] for field in chosen[1:]],
        "first": chosen[0] if chosen else "",
    }


@require_POST
def import_enter(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    brought = _import(request, coalition, pk)
    came = actions.enter_rows(actor=request.user, brought=brought)
    if came.entered:
        told = ngettext("One row entered.", "%(n)s rows entered.", came.entered) % {"n": came.entered}
        messages.success(request, told)
    else:
        messages.info(request, _("Everything that could enter has entered already."))
    return redirect("coalitions:import_detail", coalition.slug, brought.pk)


def _row(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> ImportRow:
    rows = ImportRow.objects.filter(source=_import(request, coalition, pk)).select_related("source__coalition")
    return get_object_or_404(rows, pk=row)


@require_http_methods(["GET", "POST"])
def import_row(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    """Mend a row. If it can't be placed even now, the form says why, and what was typed is kept."""
    found = _row(request, coalition, pk, row)
    form = RowForm(typed(request), row=found)
    if answer := at_the_door(request, coalition, "import", text=form.people_text):
        return answer
    if done(request, form, lambda: _mend(request, found, form)):
        messages.success(request, _("The row will enter as it stands now."))
        return redirect(found.source)
    return form_page(
        request,
        form,
        title=_("Row %(number)s") % {"number": found.number},
        lead=found.reason if not form.errors else "",
        button=_("Keep it so"),
        back=found.source.get_absolute_url(),
    )


def _mend(request: MemberRequest, row: ImportRow, form: RowForm) -> None:
    mended = actions.mend_row(actor=request.user, row=row, cells=form.cleaned_data)
    if mended.state == State.QUARANTINE:
        raise Refused(mended.reason)


@require_POST
def import_row_leave(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    found = _row(request, coalition, pk, row)
    return press(
        request,
        lambda: actions.leave_row_out(actor=request.user, row=found),
        told=_("Row %(number)s is left out.") % {"number": found.number},
        to=found.source.get_absolute_url(),
    )
