"""Everybody who attended, judged on one page."""

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
from jukwaa.intake.actions import AttendanceTableResult
from jukwaa.intake.attendance_table import MAX_TABLE_ROWS, build_attendance_table
from jukwaa.intake.forms import AttendanceTableForm
from jukwaa.intake.models import Reading
from jukwaa.intake.source_readers import describe_closure
from jukwaa.intake.views.shortcuts import get_reading_or_404


@require_http_methods(["GET", "POST"])
def reading_attendance(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    reading = get_reading_or_404(request, coalition, pk)
    if reading.document is None:
        return redirect(reading)
    table = build_attendance_table(reading)
    form = AttendanceTableForm(get_form_data(request), table=table)
    return form_view(
        request,
        form,
        template="intake/attendance_table.html",
        context={
            "reading": reading,
            "table": table,
            "max_rows": MAX_TABLE_ROWS,
            "closure": describe_closure(reading),
        },
        action=lambda: actions.save_attendance_table(
            actor=request.user,
            reading=reading,
            rows=form.list_row_decisions(),
            missing_people=form.missing_people,
            new_meeting=form.get_new_meeting(),
        ),
        success_message=_format_result,
        redirect_to=lambda saved: (
            _show_conflicts(request, reading, form, saved)
            or redirect("intake:reading_entries", reading.coalition.slug, reading.pk)
        ),
    )


def _format_result(result: AttendanceTableResult) -> str:
    accepted = _("Attendance accepted: %(n)s.") % {"n": result.accepted}
    return f"{accepted} {_('Rejected: %(n)s.') % {'n': result.rejected}}" if result.rejected else accepted


def _show_conflicts(
    request: MemberRequest, reading: Reading, form: AttendanceTableForm, result: AttendanceTableResult
) -> HttpResponse | None:
    """Go back to the table where another person changed parts of it meanwhile: these were not saved."""
    sentences = {
        _("Check these rows. Another person has changed them, so they were not saved: %(names)s."): result.conflicts,
        _(
            "Check these details of the meeting. Another person has changed them, so yours were not saved: %(names)s."
        ): form.list_kept_details(),
    }
    for sentence, conflicts in sentences.items():
        if conflicts:
            names = format_list_in_sentence(list(dict.fromkeys(conflicts)))
            messages.warning(request, sentence % {"names": names}, extra_tags="wrong")
    if not any(sentences.values()):
        return None
    return redirect(reverse("intake:reading_attendance", args=[reading.coalition.slug, reading.pk]))
