"""What the sentences of a report become in the record, decided on one page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.list_formatting import format_list_in_sentence
from jukwaa.intake import actions
from jukwaa.intake.actions import EntryTableResult, find_similar_of_examples
from jukwaa.intake.entry_table import EntryTable, build_entry_table, get_page_of_sentence
from jukwaa.intake.forms import EntryTableForm
from jukwaa.intake.models import Reading
from jukwaa.intake.source_readers import describe_closure
from jukwaa.intake.views.shortcuts import get_int_param, get_reading_or_404

ONLY_SUGGESTED = "suggested"


@require_http_methods(["GET", "POST"])
def reading_entries(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    reading = get_reading_or_404(request, coalition, pk)
    if reading.document is None:
        return redirect(reading)
    only_suggested = request.GET.get("show") == ONLY_SUGGESTED
    page = get_int_param(request, "page") or get_page_of_sentence(get_int_param(request, "at") or 1)
    table = build_entry_table(reading, page, only_suggested=only_suggested)
    form = EntryTableForm(get_form_data(request), table=table)
    return form_view(
        request,
        form,
        template="intake/entry_table.html",
        context={
            "reading": reading,
            "table": table,
            "only_suggested": only_suggested,
            "closure": describe_closure(reading),
            "may_enter": request.standing.is_rapporteur,
            "report_names": reading.actors.filter(is_group=False).values_list("written", flat=True),
        },
        action=lambda: actions.save_entry_table(actor=request.user, reading=reading, rows=form.list_row_decisions()),
        success_message=_format_result,
        redirect_to=lambda saved: _redirect_after_saving(request, reading, table, saved),
    )


def _format_result(result: EntryTableResult) -> str:
    counts = [
        (_("Accepted: %(n)s."), result.accepted),
        (_("Added: %(n)s."), result.added),
        (_("Rejected: %(n)s."), result.rejected),
    ]
    said = [sentence % {"n": count} for sentence, count in counts if count]
    is_complete = not (result.conflicts or result.unread)
    return " ".join(said) or (_("Saved. Nothing has changed.") if is_complete else "")


def _redirect_after_saving(
    request: MemberRequest, reading: Reading, table: EntryTable, result: EntryTableResult
) -> HttpResponse:
    """The next page of the table, or the last check; the same page for rows that were not saved."""
    table_url = reverse("intake:reading_entries", args=[reading.coalition.slug, reading.pk])
    show = f"&show={ONLY_SUGGESTED}" if request.GET.get("show") == ONLY_SUGGESTED else ""
    if result.unread:
        sentence = _("No names were found in these sentences: %(numbers)s. Add the people in the attendance table.")
        messages.warning(request, sentence % {"numbers": _list_numbers(result.unread)}, extra_tags="wrong")
    if result.conflicts:
        sentence = _("Check these sentences. Another person has changed them, so they were not saved: %(numbers)s.")
        messages.warning(request, sentence % {"numbers": _list_numbers(result.conflicts)}, extra_tags="wrong")
        return redirect(f"{table_url}?page={table.page}{show}")
    if table.next_page:
        return redirect(f"{table_url}?page={table.next_page}{show}")
    if not request.standing.is_rapporteur:
        return redirect(reading)
    examples = find_similar_of_examples(reading, request.user, result.examples)
    url = reverse("intake:reading_enter", args=[reading.coalition.slug, reading.pk])
    return redirect(f"{url}?similar={','.join(str(each.example.pk) for each in examples)}" if examples else url)


def _list_numbers(sentence_numbers: list[int]) -> str:
    return format_list_in_sentence([str(number) for number in dict.fromkeys(sentence_numbers)])
