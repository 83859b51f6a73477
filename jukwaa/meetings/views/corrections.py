"""Corrections of minutes, what is decided on them, and errata of approved minutes."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.meetings import actions, policies
from jukwaa.meetings.circulation import get_corrections_path
from jukwaa.meetings.corrections import CorrectionPage, find_readable_corrections
from jukwaa.meetings.forms_corrections import CorrectionDecisionForm, CorrectionForm, ErratumForm
from jukwaa.meetings.invitations import get_capacity_choices
from jukwaa.meetings.models import Correction, Entry, Meeting, Minutes
from jukwaa.meetings.views.common import (
    get_entry_or_404,
    get_meeting_or_404,
    require_can_manage_minutes,
    wrap_names_found_error,
)
from jukwaa.meetings.views.meetings import build_meeting_form_context
from jukwaa.records.models import State


@require_GET
def correction_list(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    minutes = _get_minutes_or_404(request, coalition, pk)
    context = {"meeting": minutes.meeting, "shown": CorrectionPage(minutes, request.standing)}
    return render_page(request, "meetings/correction_list.html", context)


@require_http_methods(["GET", "POST"])
def correction_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Correct the minutes as a whole, or the entry that `?entry=` names."""
    minutes = _get_minutes_or_404(request, coalition, pk)
    meeting = minutes.meeting
    if not policies.can_correct_minutes(request.standing, meeting):
        raise PermissionDenied(_("Only adult members of the coalition can correct its minutes."))
    entry = _get_chosen_entry(request, coalition, meeting)
    form = CorrectionForm(
        get_form_data(request),
        meeting=meeting,
        is_under_rule=entry is not None and entry.is_chatham,
        capacity_choices=get_capacity_choices(request.user, coalition),
    )
    heading = _("Submit a correction") if minutes.is_draft else _("Propose a correction")
    return form_view(
        request,
        form,
        template="meetings/correction_form.html",
        context=_build_correction_context(meeting, entry, heading, _("Submit correction")) | {"minutes": minutes},
        action=lambda: wrap_names_found_error(actions.submit_correction, "body")(
            actor=request.user,
            minutes=minutes,
            entry=entry,
            body=form.cleaned_data["body"],
            organisation=form.get_organisation(),
            token=form.cleaned_data["token"],
        ),
        success_message=_get_correction_confirmation,
        redirect_to=get_corrections_path(meeting),
    )


def _get_correction_confirmation(correction: Correction) -> str:
    if correction.is_late:
        return _("These minutes have been approved, so we have kept your correction as a proposal for an erratum.")
    return _("Your correction has been submitted. We will email you the decision.")


@require_http_methods(["GET", "POST"])
def correction_decide(request: MemberRequest, coalition: Coalition, pk: int, correction: int) -> HttpResponse:
    minutes = _get_minutes_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    found = _get_correction_or_404(request, minutes, correction)
    initial = CorrectionDecisionForm.get_initial(found)
    form = CorrectionDecisionForm(get_form_data(request), correction=found, initial=initial)
    context = _build_correction_context(
        minutes.meeting, found.entry, _("Decide on this correction"), _("Save decision")
    )
    return form_view(
        request,
        form,
        template="meetings/correction_form.html",
        context=context | {"minutes": minutes, "correction": found, "has_left": _has_author_left(found)},
        action=lambda: wrap_names_found_error(actions.decide_correction, "text")(
            actor=request.user, correction=found, ruling=form.get_decision()
        ),
        current_values=lambda _conflict: CorrectionDecisionForm.get_initial(
            _get_correction_or_404(request, minutes, correction)
        ),
        success_message=_("Your decision has been saved."),
        redirect_to=get_corrections_path(minutes.meeting),
    )


def _has_author_left(correction: Correction) -> bool:
    """Whether the author can't be told any more: they are no member today."""
    author, meeting = ViewerContext(correction.author), correction.minutes.meeting
    return not policies.can_correct_minutes(author, meeting)


@require_http_methods(["GET", "POST"])
def erratum_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Add an erratum to approved minutes as a whole, or at the entry that `?entry=` names."""
    minutes = _get_minutes_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    meeting, entry = minutes.meeting, _get_chosen_entry(request, coalition, minutes.meeting)
    form = ErratumForm(get_form_data(request), meeting=meeting, is_under_rule=entry is not None and entry.is_chatham)
    return form_view(
        request,
        form,
        template="meetings/correction_form.html",
        context=_build_correction_context(meeting, entry, _("Add an erratum"), _("Add erratum")) | {"minutes": minutes},
        action=lambda: wrap_names_found_error(actions.add_erratum_to_minutes, "text")(
            actor=request.user, meeting=meeting, entry=entry, text=form.cleaned_data["text"]
        ),
        success_message=_("The erratum has been added."),
        redirect_to=entry or meeting,
    )


def _get_minutes_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Minutes:
    """Return the minutes of a meeting. Raises Http404, and PermissionDenied for people who are no members."""
    meeting = get_meeting_or_404(request, coalition, pk)
    minutes: Minutes | None = getattr(meeting, "minutes", None)
    if minutes is None or meeting.state != State.PUBLISHED:
        raise Http404
    if not request.standing.is_inside:
        raise PermissionDenied(_("Only members of the coalition can read and submit corrections."))
    minutes.meeting = meeting
    return minutes


def _get_chosen_entry(request: MemberRequest, coalition: Coalition, meeting: Meeting) -> Entry | None:
    number = request.GET.get("entry", "")
    if not number:
        return None
    if not (number.isascii() and number.isdecimal() and len(number) < 19):  # noqa: PLR2004 - longer than any number of a row
        raise Http404
    entry = get_entry_or_404(request, coalition, int(number))
    if entry.meeting_id != meeting.pk or entry.state != State.PUBLISHED:
        raise Http404
    return entry


def _get_correction_or_404(request: MemberRequest, minutes: Minutes, pk: int) -> Correction:
    rows = find_readable_corrections(minutes, request.standing)
    rows = rows.select_related("author", "capacity__person", "entry__part", "entry__commitment")
    correction = get_object_or_404(rows, pk=pk)
    correction.minutes = minutes
    return correction


def _build_correction_context(
    meeting: Meeting, entry: Entry | None, page_heading: str, button_label: str
) -> dict[str, Any]:
    return build_meeting_form_context(meeting, page_heading, button_label) | {
        "entry": entry,
        "back": get_corrections_path(meeting),
    }
