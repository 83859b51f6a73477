"""Writing the minutes, entry by entry, and saying how a commitment stands."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import invalid, page
from jukwaa.core.overtaken import overtaken
from jukwaa.meetings import actions, policies
from jukwaa.meetings.entry import EntryPage
from jukwaa.meetings.forms import EntryEditForm, EntryForm, ProgressForm, RaiseForm, ReasonForm
from jukwaa.meetings.models import Commitment, Entry, EntryKind, Meeting
from jukwaa.meetings.views.common import keeping_minutes, names_of, visible_entry, visible_meeting
from jukwaa.meetings.views.meetings import FORM, QUESTION, form_context
from jukwaa.records.actions import Stale
from jukwaa.records.doors import at_the_door
from jukwaa.records.models import Held, State
from jukwaa.records.policies import can_change


@require_http_methods(["GET", "POST"])
def entry_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, coalition, pk)
    keeping_minutes(request)
    form = EntryForm(request.POST or None, meeting=meeting)
    if answer := at_the_door(request, coalition, Held.Door.FORM, text=form.people_text):
        return answer
    context = form_context(meeting, form, _("Add to the minutes"), _("Add it"))
    context["organisations"] = names_of(coalition)
    if request.method == "GET":
        return page(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    entry = _write(request, meeting, form)
    messages.success(request, _("It stands in the minutes."))
    return redirect(entry)


def _write(request: MemberRequest, meeting: Meeting, form: EntryForm) -> Entry:
    voices = [form.voice("speaker"), form.voice("second_speaker")]
    said = {name: form.cleaned_data[name] for name in ("kind", "text", "part", "due_on", "due_text")}
    return actions.record_entry(
        actor=request.user,
        meeting=meeting,
        speakers=[voice for voice in voices if voice],
        owner=form.voice("owner"),
        **said,
    )


@require_http_methods(["GET", "POST"])
def entry_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    entry = visible_entry(request, coalition, pk)
    if not can_change(request.user, entry):
        raise PermissionDenied(_("The minutes are kept by the rapporteur and the coordinator."))
    initial = EntryEditForm.initial_of(entry, request.standing)
    form = EntryEditForm(request.POST or None, entry=entry, initial=initial)
    if answer := at_the_door(request, coalition, Held.Door.FORM, text=form.people_text):
        return answer
    heading = _("Change this commitment") if entry.kind == EntryKind.COMMITMENT else _("Change this entry")
    context = form_context(entry, form, heading, _("Save"))
    context["organisations"] = names_of(coalition) if "owner" in form.fields else []
    if request.method == "GET":
        return page(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    version = form.cleaned_data["version"]
    try:
        actions.change_entry(actor=request.user, entry=entry, changes=form.changes(), from_version=version)
    except Stale:
        now = EntryEditForm.initial_of(visible_entry(request, coalition, pk), request.standing)
        return overtaken(request, FORM, form, now, context)
    messages.success(request, _("Saved. The version before is kept in the history."))
    return redirect(entry)


@require_http_methods(["GET", "POST"])
def entry_withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    entry = visible_entry(request, coalition, pk)
    if not policies.can_withdraw_entry(request.user, entry):
        raise PermissionDenied(_("An entry is taken out by whoever wrote it, or by those who keep the minutes."))
    form = ReasonForm(request.POST or None, meeting=entry.meeting, under_the_rule=entry.is_chatham)
    context = form_context(entry, form, _("Take this entry out of the minutes?"), _("Take it out"))
    if request.method == "GET":
        return page(request, QUESTION, context)
    if not form.is_valid():
        return invalid(request, QUESTION, context)
    actions.withdraw_entry(actor=request.user, entry=entry, reason=form.cleaned_data["reason"])
    messages.success(request, _("The entry is taken out of the minutes."))
    return redirect(entry.meeting)


@require_POST
def entry_progress(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    entry = visible_entry(request, coalition, pk)
    commitment = Commitment.objects.filter(entry=entry).first()
    if commitment is None or not policies.can_set_progress(request.user, commitment):
        raise PermissionDenied(_("How it stands is said by whoever promised it, or by those who keep the minutes."))
    form = ProgressForm(request.POST, meeting=entry.meeting, under_the_rule=entry.is_chatham)
    if not form.is_valid():
        shown = EntryPage(entry, request.standing)
        context = {"here": "meetings", "entry": entry, "shown": shown, "progress_form": form}
        return invalid(request, "meetings/entry_detail.html", context)
    actions.set_progress(actor=request.user, commitment=commitment, **form.cleaned_data)
    messages.success(request, _("Thank you. The record says how it stands."))
    return redirect(entry)


@require_http_methods(["GET", "POST"])
def entry_raise(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    entry = visible_entry(request, coalition, pk)
    keeping_minutes(request)
    form = RaiseForm(
        request.POST or None,
        meeting=entry.meeting,
        meetings=later_meetings(request, entry),
        under_the_rule=entry.is_chatham,
        initial={"text": entry.text},
    )
    context = form_context(entry, form, _("Raise it in a later meeting"), _("Raise it"))
    context["lead"] = _("It becomes a decision or a commitment there, and keeps the way back to where it began.")
    if request.method == "GET":
        return page(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    said = form.cleaned_data
    raised = actions.raise_entry(
        actor=request.user, entry=entry, meeting=said["into"], kind=said["kind"], text=said["text"]
    )
    messages.success(request, _("It stands in the minutes of that meeting, with the way back to this entry."))
    return redirect(raised)


def later_meetings(request: MemberRequest, entry: Entry) -> QuerySet[Meeting]:
    """Those after the entry's own; all others where its day, or theirs, is not known."""
    others = Meeting.objects.visible_to(request.user).of(entry.coalition).exclude(pk=entry.meeting_id)
    others = others.exclude(state=State.WITHDRAWN).order_by("starts_on", "pk")
    day = entry.meeting.starts_on
    return others.filter(Q(starts_on__gte=day) | Q(starts_on__isnull=True)) if day else others
