"""The register of decisions: the list for everybody, and its forms for those who keep the minutes."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor
from jukwaa.meetings import actions, policies
from jukwaa.meetings.decisions import find_possible_successors, get_decision_page, parse_decision_filters
from jukwaa.meetings.forms_decisions import DecisionForm, DissentForm
from jukwaa.meetings.models import Decision, Dissent, Entry, EntryKind
from jukwaa.meetings.silence_procedures import find_open_silence_procedure_calls
from jukwaa.meetings.views.common import get_entry_or_404, get_organisation_names
from jukwaa.meetings.views.meetings import MEETING_FORM_TEMPLATE, MEETING_QUESTION_TEMPLATE, build_meeting_form_context


@login_not_required
@require_GET
@cache_for_visitors
def decision_list(request: Request, coalition: Coalition) -> HttpResponse:
    filters = parse_decision_filters(request.GET)
    context = {
        "page": get_decision_page(request.user, coalition, filters, PageCursor.of(request)),
        "chosen": filters,
        "statuses": list(Decision.Status),
        "methods": list(Decision.Method),
        "procedures": find_open_silence_procedure_calls(request.user, coalition),
    }
    return render_page(request, "meetings/decision_list.html", context)


@require_http_methods(["GET", "POST"])
def decision_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    entry = _get_decision_or_404(request, coalition, pk)
    row = Decision.objects.filter(entry=entry).first()
    form = DecisionForm(
        get_form_data(request),
        possible_successors=_find_successor_choices(request, entry, row),
        initial=DecisionForm.get_initial(row),
    )
    return form_view(
        request,
        form,
        template=MEETING_FORM_TEMPLATE,
        context=build_meeting_form_context(entry, _("Update the register of decisions"), _("Save"))
        | {"lead": entry.text},
        action=lambda: _update_decision_from_form(request, entry, form),
        current_values=lambda conflict: DecisionForm.get_initial(conflict.current),
        success_message=_("The register of decisions has been updated."),
        redirect_to=entry,
    )


def _update_decision_from_form(request: MemberRequest, entry: Entry, form: DecisionForm) -> Decision:
    particulars = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    return actions.update_decision_status(
        actor=request.user, entry=entry, from_version=form.cleaned_data["version"], **particulars
    )


def _find_successor_choices(request: MemberRequest, entry: Entry, decision_row: Decision | None) -> QuerySet[Entry]:
    return find_possible_successors(request.user, entry, decision_row.superseded_by_id if decision_row else None)


@require_http_methods(["GET", "POST"])
def dissent_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    entry = _get_decision_or_404(request, coalition, pk)
    form = DissentForm(get_form_data(request), meeting=entry.meeting, initial={"kind": Dissent.Kind.STOOD_ASIDE})
    context = build_meeting_form_context(entry, _("Record who stood aside or objected"), _("Save"))
    return form_view(
        request,
        form,
        template=MEETING_FORM_TEMPLATE,
        context=lambda: context | {"lead": entry.text, "organisations": get_organisation_names(coalition)},
        action=lambda: _record_dissent_from_form(request, entry, form),
        success_message=_("The statement has been recorded with the decision."),
        redirect_to=entry,
    )


def _record_dissent_from_form(request: MemberRequest, entry: Entry, form: DissentForm) -> Dissent:
    return actions.record_decision_dissent(
        actor=request.user,
        entry=entry,
        voice=form.get_voice_of_field("dissenter") or ("", None),
        dissent_kind=form.cleaned_data["kind"],
        dissent_statement=form.cleaned_data["statement"],
    )


@require_http_methods(["GET", "POST"])
def dissent_remove(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    entry = _get_decision_or_404(request, coalition, pk)
    dissent = get_object_or_404(Dissent, entry=entry, pk=row)
    heading = _("Remove the statement by %(who)s?") % {"who": get_display_name(dissent.capacity, request.standing)}
    return form_view(
        request,
        template=MEETING_QUESTION_TEMPLATE,
        context=build_meeting_form_context(entry, heading, _("Remove")),
        action=lambda: actions.remove_decision_dissent(actor=request.user, dissent=dissent),
        success_message=_("The statement has been removed."),
        redirect_to=entry,
    )


def _get_decision_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Entry:
    """Return the entry of a decision. Raises Http404, and PermissionDenied unless the viewer keeps the minutes."""
    entry = get_entry_or_404(request, coalition, pk)
    if entry.kind != EntryKind.DECISION or not policies.can_edit_decision_register(request.standing, entry):
        raise PermissionDenied(_("Only the rapporteur, editors and coordinators can update the register of decisions."))
    return entry
