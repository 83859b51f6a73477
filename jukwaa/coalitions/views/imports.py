"""Import members, and people on the mailing list, from a spreadsheet: file, columns, questions, preview, result."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, Count, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions import actions, policies
from jukwaa.coalitions.actions.import_undo import plan_import_undo
from jukwaa.coalitions.forms.import_questions import MAX_SHOWN_ROW_NUMBERS, ImportQuestionsForm
from jukwaa.coalitions.forms.imports import ImportColumnsForm, ImportFileForm, ImportRowForm
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.imports.fields import get_row_fields
from jukwaa.coalitions.imports.known_refusals import find_refusals_to_record
from jukwaa.coalitions.imports.questions import find_import_questions
from jukwaa.coalitions.imports.row_display import (
    describe_import_row,
    find_contacts_without_name,
    get_group_heading,
    get_shown_fields,
    group_displayed_fields,
    is_imported_as_written,
)
from jukwaa.coalitions.imports.sheets_of_upload import find_next_sheet
from jukwaa.coalitions.models import Coalition, Import, ImportRow
from jukwaa.coalitions.views.common import handle_directory_form, require_permission
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.refusals import ActionRefused

ROWS_PER_PAGE = 50
MAX_COLUMN_QUESTIONS = 40  # on a page: more of them mean that a column was chosen wrongly
RowState = ImportRow.State


@require_http_methods(["GET", "POST"])
def import_start(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_permission(policies.can_import_members(request.standing, coalition))
    kind = Import.Kind.PEOPLE if request.GET.get("of") == Import.Kind.PEOPLE else None  # never members by default
    files = request.FILES if request.method == "POST" else None
    form = ImportFileForm(get_form_data(request), files, initial={"kind": kind})
    return form_view(
        request,
        form,
        template="coalitions/import_start.html",
        context=lambda: {
            "before": Import.objects.visible_to(request.user).of(coalition).defer("table")[:10],
        },
        action=lambda: _create_import_from_form(request, form),
        redirect_to=lambda brought: brought,
    )


def _create_import_from_form(request: MemberRequest, form: ImportFileForm) -> Import:
    sent = form.cleaned_data
    first, *others = form.tables
    return actions.create_import(
        actor=request.user,
        coalition=request.coalition,
        import_kind=sent["kind"],
        file_name=sent["file"].name or "",
        imported_table=first,
        further_sheets=others,
    )


def _get_import_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Import:
    found = get_object_or_404(Import.objects.visible_to(request.user).filter(coalition=coalition), pk=pk)
    if found.is_expired:
        raise PermissionDenied(_("Upload the file again. The contents of this import were removed after 90 days."))
    return found


@require_http_methods(["GET", "POST"])
def import_map_columns(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    brought = _get_import_or_404(request, coalition, pk)
    form = ImportColumnsForm(get_form_data(request), spreadsheet_import=brought)
    options = [form[name] for name in form.OPTIONS if name in form.fields]
    standing = form["standing"] if "standing" in form.fields else None
    return form_view(
        request,
        form,
        template="coalitions/import_map.html",
        context=lambda: {
            "brought": brought,
            "columns": list(form.get_columns()),
            "options": options,
            "standing_field": standing,
        },
        action=lambda: _map_columns_from_form(request, brought, form),
        redirect_to=_redirect_to_next_step,
    )


def _map_columns_from_form(request: MemberRequest, spreadsheet_import: Import, form: ImportColumnsForm) -> Import:
    if form.leads_to_mailing_list():
        return actions.change_import_to_mailing_list(
            actor=request.user,
            spreadsheet_import=spreadsheet_import,
            rows_under_18=form.cleaned_data["rows_under_18"],
        )
    return actions.map_import_columns(
        actor=request.user,
        spreadsheet_import=spreadsheet_import,
        column_mapping=form.mapping(),
        all_are_adults=bool(form.cleaned_data.get("all_adults")),
        rows_under_18=form.cleaned_data.get("rows_under_18", ()),
        contacts_can_represent=bool(form.cleaned_data.get("contacts_represent")),
        standing=form.get_standing(),
    )


def _redirect_to_next_step(spreadsheet_import: Import) -> HttpResponse:
    """The columns, if they have to be matched again; the questions, as long as there are any; then the preview."""
    if spreadsheet_import.state == Import.State.COLUMNS:
        return redirect(spreadsheet_import)
    if spreadsheet_import.rows.filter(state=RowState.QUARANTINE).exists():
        return redirect("coalitions:import_questions", spreadsheet_import.coalition.slug, spreadsheet_import.pk)
    return _redirect_to_preview(spreadsheet_import)


def _redirect_to_preview(spreadsheet_import: Import) -> HttpResponse:
    return redirect("coalitions:import_preview", spreadsheet_import.coalition.slug, spreadsheet_import.pk)


@require_http_methods(["GET", "POST"])
def import_answer_questions(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """What words of whole columns mean, and all rows that need an answer, in one form."""
    brought = _get_import_or_404(request, coalition, pk)
    questions = find_import_questions(brought)
    page = Paginator(questions.rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    form = ImportQuestionsForm(
        get_form_data(request),
        spreadsheet_import=brought,
        column_questions=questions.columns[:MAX_COLUMN_QUESTIONS],
        row_questions=list(page.object_list),
        answered=questions.answered[:MAX_COLUMN_QUESTIONS],
    )
    return form_view(
        request,
        form,
        template="coalitions/import_questions.html",
        context=lambda: {
            "brought": brought,
            "page": page,
            "number": _count_rows_by_state(brought),
            "column_lines": list(form.get_column_lines()),
            "row_lines": list(form.get_row_lines()),
            "answered_lines": list(form.get_answered_lines()),
            "more_columns": max(len(questions.columns) - MAX_COLUMN_QUESTIONS, 0),
        },
        action=lambda: actions.answer_questions_of_import(
            actor=request.user,
            spreadsheet_import=brought,
            import_decisions=form.get_decisions(),
            answers_by_row=form.get_answers(),
        ),
        success_message=_describe_open_questions,
        redirect_to=_redirect_to_preview if request.GET.get("then") == "preview" else _redirect_to_next_step,
    )


def _describe_open_questions(spreadsheet_import: Import) -> str:
    left = spreadsheet_import.rows.filter(state=RowState.QUARANTINE).count()
    if not left:
        return _("Answers saved. There are no more questions.")
    return ngettext(
        "Answers saved. %(n)s row still needs an answer.", "Answers saved. %(n)s rows still need an answer.", left
    ) % {"n": left}


@require_GET
def import_preview(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Every row as it would be imported."""
    brought = _get_import_or_404(request, coalition, pk)
    context = _build_import_context(request, brought, brought.rows.all())
    context["notice_about_names"] = _describe_contacts_without_name(find_contacts_without_name(brought))
    return render_page(request, "coalitions/import_preview.html", context)


def _describe_contacts_without_name(row_numbers: list[int]) -> str:
    """Of all pages. Nothing if each contact person has a name."""
    shown, number = ", ".join(map(str, row_numbers[:MAX_SHOWN_ROW_NUMBERS])), len(row_numbers)
    if number > MAX_SHOWN_ROW_NUMBERS:
        sentence = _("Contact people without a name: rows %(numbers)s and %(more)s more.")
        return sentence % {"numbers": shown, "more": number - MAX_SHOWN_ROW_NUMBERS}
    sentence = ngettext(
        "Contact person without a name: row %(numbers)s.", "Contact people without a name: rows %(numbers)s.", number
    )
    return sentence % {"numbers": shown} if number else ""


@require_GET
def import_detail(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """What came of the table, and the rows that are left."""
    brought = _get_import_or_404(request, coalition, pk)
    left = brought.rows.exclude(state=RowState.ENTERED)
    return render_page(request, "coalitions/import_detail.html", _build_import_context(request, brought, left))


def _count_rows_by_state(spreadsheet_import: Import) -> dict[str, int]:
    counts = dict(spreadsheet_import.rows.order_by().values_list("state").annotate(n=Count("pk")))
    return {state.name.lower(): counts.get(state.value, 0) for state in RowState}


def _sort_rows_to_check_first(import_rows: QuerySet[ImportRow]) -> QuerySet[ImportRow]:
    """Rows that need an answer, then those with notes or about a known member, last those that may be as written."""
    as_written = Q(state=RowState.WAITING, notes=[], organisation=None, person=None)
    rank = Case(When(state=RowState.QUARANTINE, then=0), When(as_written, then=2), default=1)
    return import_rows.select_related("organisation", "person").order_by(rank, "number")


def _build_import_context(
    request: HttpRequest, spreadsheet_import: Import, import_rows: QuerySet[ImportRow]
) -> dict[str, Any]:
    shown = Paginator(_sort_rows_to_check_first(import_rows), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    fields = get_shown_fields(spreadsheet_import)
    labels = get_row_fields(spreadsheet_import.of)
    groups = group_displayed_fields(fields[1:])
    headings = [get_group_heading(group, labels) for group in groups]
    lines: dict[str, list[Any]] = {"to_check": [], "skipped": [], "as_written": []}
    for row in shown:
        row.source = spreadsheet_import
        cells = {cell.field: cell for cell in describe_import_row(row, fields)} if row.cells else {}
        columns = [[cells[field] for field in group if field in cells] for group in groups]
        group = "as_written" if is_imported_as_written(row, cells.values()) else "to_check"
        group = "skipped" if row.state == RowState.LEFT_OUT else group
        lines[group].append((row, cells.get(fields[0]), list(zip(headings, columns, strict=True))))
    return {
        "brought": spreadsheet_import,
        "number": _count_rows_by_state(spreadsheet_import),
        "page": shown,
        "lines": lines,
        "headings": headings,
        "refusals": find_refusals_to_record(spreadsheet_import),
        "emails_people": "email" in fields,
        "next_sheet": find_next_sheet(spreadsheet_import) if spreadsheet_import.state == Import.State.ENTERED else None,
        "can_undo": spreadsheet_import.state == Import.State.ENTERED and spreadsheet_import.changes.exists(),
    }


@require_POST
def import_enter_rows(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    brought = _get_import_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.import_ready_rows(
            actor=request.user, spreadsheet_import=brought, unrecorded=_get_unrecorded_people(request)
        ),
        redirect_to=lambda result: _redirect_to_result(request, brought, result),
    )


def _get_unrecorded_people(request: HttpRequest) -> set[int]:
    """The people whose refusal of emails was shown selected, and is not selected any more."""
    offered, recorded = (request.POST.getlist(name) for name in ("offered", "recorded"))
    return {int(pk) for pk in {*offered}.difference(recorded) if pk.isdecimal() and len(pk) < 19}  # noqa: PLR2004 - digits of a row's number


def _redirect_to_result(
    request: MemberRequest, spreadsheet_import: Import, result: actions.ImportResult
) -> HttpResponse:
    if result.refusals:
        sentence = ngettext(
            "Recorded that %(n)s person in the directory does not want emails.",
            "Recorded that %(n)s people in the directory do not want emails.",
            result.refusals,
        )
        messages.success(request, sentence % {"n": result.refusals})
    if result.entered:
        sentence = ngettext("%(n)s row imported.", "%(n)s rows imported.", result.entered) % {"n": result.entered}
        if result.combined:
            sentence += " " + ngettext(
                "%(n)s row was combined with another row.",
                "%(n)s rows were combined with other rows.",
                result.combined,
            ) % {"n": result.combined}
        if result.unstored_addresses:
            sentence += " " + ngettext(
                "%(n)s address was not stored. The person keeps the address on record.",
                "%(n)s addresses were not stored. The people keep the addresses on record.",
                result.unstored_addresses,
            ) % {"n": result.unstored_addresses}
        messages.success(request, sentence)
    elif not result.refusals:
        messages.info(request, _("There are no more rows to import."))
    return redirect("coalitions:import_detail", spreadsheet_import.coalition.slug, spreadsheet_import.pk)


@require_http_methods(["GET", "POST"])
def import_undo(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """What undoing the import would remove, or why it can't be undone any more."""
    brought = _get_import_or_404(request, coalition, pk)
    return form_view(
        request,
        template="coalitions/import_undo.html",
        context=lambda: {"brought": brought, "plan": plan_import_undo(brought)},
        action=lambda: actions.undo_import(actor=request.user, spreadsheet_import=brought),
        success_message=_("Import undone. You can correct the rows and import them again."),
        redirect_to=redirect("coalitions:import_preview", coalition.slug, brought.pk).url,
        on_refusal=lambda _refusal: redirect("coalitions:import_undo", coalition.slug, brought.pk),
    )


@require_POST
def import_delete(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    brought = _get_import_or_404(request, coalition, pk)
    next_sheet = find_next_sheet(brought)
    return form_view(
        request,
        action=lambda: actions.delete_import(actor=request.user, spreadsheet_import=brought),
        success_message=_("Import deleted. Its contents are no longer stored here."),
        redirect_to=next_sheet or redirect("coalitions:import_start", coalition.slug).url,
    )


def _get_row_or_404(request: MemberRequest, coalition: Coalition, pk: int, row_number: int) -> ImportRow:
    rows = ImportRow.objects.filter(source=_get_import_or_404(request, coalition, pk)).select_related(
        "source__coalition"
    )
    return get_object_or_404(rows, pk=row_number)


@require_http_methods(["GET", "POST"])
def import_row_correct(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    """Correct a row. If it can't be imported even now, the form says why, and what was typed is kept."""
    found = _get_row_or_404(request, coalition, pk, row)
    form = ImportRowForm(get_form_data(request), import_row=found)
    return handle_directory_form(
        request,
        form,
        title=_("Row %(number)s") % {"number": found.number},
        lead_text=found.reason if request.method == "GET" else "",
        button_label=_("Save row"),
        return_url=_get_row_url(request, found),
        action=lambda: _correct_row_from_form(request, found, form),
        success_message=_("Row saved. It is now ready to be imported."),
        redirect_to=_get_row_url(request, found),
    )


def _get_row_url(request: MemberRequest, import_row: ImportRow) -> str:
    """The row on the page of the list from which it was opened."""
    page = request.GET.get("page", "")
    return (
        f"{import_row.source.get_absolute_url()}{f'?page={page}' if page.isdecimal() else ''}#row-{import_row.number}"
    )


def _correct_row_from_form(request: MemberRequest, import_row: ImportRow, form: ImportRowForm) -> None:
    cells = {**form.cleaned_data}
    same_as = cells.pop("same_as", None)
    corrected = actions.correct_import_row(
        actor=request.user, import_row=import_row, cells_by_field=cells, earlier_row_number=same_as
    )
    if corrected.state == RowState.QUARANTINE:
        raise ActionRefused(corrected.reason)


@require_POST
def import_row_skip(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    found = _get_row_or_404(request, coalition, pk, row)
    return form_view(
        request,
        action=lambda: actions.skip_import_row(actor=request.user, import_row=found),
        success_message=_("Row %(number)s will not be imported.") % {"number": found.number},
        redirect_to=_get_row_url(request, found),
    )
