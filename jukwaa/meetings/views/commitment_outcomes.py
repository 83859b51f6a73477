"""What became of the commitments of past meetings: one page for all of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.core.bidi import isolate_text_if_rtl
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.meetings import actions
from jukwaa.meetings.actions.commitment_outcomes import OutcomeReport
from jukwaa.meetings.forms_commitment_outcomes import CommitmentOutcomesForm, parse_submitted_pks
from jukwaa.meetings.models import Commitment
from jukwaa.meetings.past_commitments import (
    MAX_LISTED_COMMITMENTS,
    find_past_commitments,
    find_updatable_commitments,
    list_past_commitments,
    sort_for_table,
)
from jukwaa.meetings.views.common import wrap_names_found_error


@require_http_methods(["GET", "POST"])
def commitment_outcomes(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    pks = parse_submitted_pks(request.POST)[:MAX_LISTED_COMMITMENTS]
    commitments = _load_commitments(request.standing, pks) if pks else list_past_commitments(request.standing)
    form = CommitmentOutcomesForm(get_form_data(request), commitments=commitments, viewer_standing=request.standing)
    save = wrap_names_found_error(actions.set_commitment_outcomes, "note")
    return form_view(
        request,
        form,
        template="meetings/commitment_outcomes.html",
        context=lambda: {"left": _count_unlisted_commitments(request.standing, commitments)},
        action=lambda: save(actor=request.user, choices=form.get_choices(), note=form.cleaned_data["note"]),
        success_message=lambda report: _describe_report(request, report, form.count_unavailable()),
        redirect_to=reverse("meetings:commitment_outcomes", args=[coalition.slug]),
    )


def _load_commitments(viewer_standing: Standing, pks: list[int]) -> list[Commitment]:
    """Return those that the form was sent with, also if they have an outcome by now."""
    return list(sort_for_table(find_updatable_commitments(viewer_standing).filter(pk__in=pks)))


def _count_unlisted_commitments(viewer_standing: Standing, commitments: list[Commitment]) -> int:
    """Return how many more there are than one page lists."""
    is_full = len(commitments) >= MAX_LISTED_COMMITMENTS
    return find_past_commitments(viewer_standing).count() - MAX_LISTED_COMMITMENTS if is_full else 0


def _describe_report(request: MemberRequest, report: OutcomeReport, unavailable: int) -> str:
    """Tell what was not saved, and return the sentence on what was."""
    for commitment in report.conflicts:
        title = commitment.written_title if request.standing.is_inside else commitment.entry.title
        sentence = _("“%(title)s” was not saved. Another person has changed its status to “%(status)s”.")
        words = {"title": isolate_text_if_rtl(title), "status": commitment.get_progress_display()}
        messages.warning(request, sentence % words, extra_tags="wrong")
    if number := report.unavailable + unavailable:
        sentence = ngettext(
            "%(n)s commitment was not saved because you can no longer update it.",
            "%(n)s commitments were not saved because you can no longer update them.",
            number,
        )
        messages.warning(request, sentence % {"n": number}, extra_tags="wrong")
    if not report.saved:
        return ""
    return ngettext("%(n)s commitment updated.", "%(n)s commitments updated.", report.saved) % {"n": report.saved}
