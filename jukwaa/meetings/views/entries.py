"""Writing the minutes, entry by entry, and saying how a commitment stands."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.meetings import actions, policies
from jukwaa.meetings.entry_page import EntryPage
from jukwaa.meetings.forms import EntryEditForm, EntryForm, RaiseEntryForm, WithdrawalReasonForm
from jukwaa.meetings.forms_commitments import CommitmentProgressForm
from jukwaa.meetings.models import Commitment, Entry, EntryKind, Meeting
from jukwaa.meetings.views.common import (
    get_entry_or_404,
    get_meeting_or_404,
    get_organisation_names,
    require_can_manage_minutes,
)
from jukwaa.meetings.views.meetings import MEETING_FORM_TEMPLATE, MEETING_QUESTION_TEMPLATE, build_meeting_form_context
from jukwaa.records.models import State
from jukwaa.records.policies import can_change_record


@require_http_methods(["GET", "POST"])
def entry_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_meeting_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    form = EntryForm(get_form_data(request), meeting=meeting)
    return form_view(
        request,
        form,
        template=MEETING_FORM_TEMPLATE,
        context=lambda: (
            build_meeting_form_context(meeting, _("Add an entry to the minutes"), _("Add entry"))
            | {"organisations": get_organisation_names(coalition)}
        ),
        action=lambda: _record_entry_from_form(request, meeting, form),
        success_message=_("The entry has been added to the minutes."),
        redirect_to=lambda entry: entry,
    )


def _record_entry_from_form(request: MemberRequest, meeting: Meeting, form: EntryForm) -> Entry:
    voices = [form.get_voice_of_field("speaker"), form.get_voice_of_field("second_speaker")]
    said = {name: form.cleaned_data[name] for name in ("kind", "text", "part", "due_on", "due_text")}
    return actions.record_entry(
        actor=request.user,
        meeting=meeting,
        speakers=[voice for voice in voices if voice],
        owner=form.get_voice_of_field("owner"),
        **said,
    )


@require_http_methods(["GET", "POST"])
def entry_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    entry = get_entry_or_404(request, coalition, pk)
    if not can_change_record(request.standing, entry):
        raise PermissionDenied(_("Only the rapporteur, editors and coordinators can change the minutes."))
    form = EntryEditForm(
        get_form_data(request),
        entry=entry,
        viewer_standing=request.standing,
        initial=EntryEditForm.get_initial(entry, request.standing),
    )
    heading = _("Edit this commitment") if entry.kind == EntryKind.COMMITMENT else _("Edit this entry")
    names = get_organisation_names(coalition) if "owner" in form.fields else []
    return form_view(
        request,
        form,
        template=MEETING_FORM_TEMPLATE,
        context=build_meeting_form_context(entry, heading, _("Save")) | {"organisations": names},
        action=lambda: actions.change_entry(
            actor=request.user, entry=entry, changes=form.get_changes(), from_version=form.cleaned_data["version"]
        ),
        current_values=lambda _conflict: EntryEditForm.get_initial(
            get_entry_or_404(request, coalition, pk), request.standing
        ),
        success_message=_("Changes saved. The previous version is in the history."),
        redirect_to=entry,
    )


@require_http_methods(["GET", "POST"])
def entry_withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    entry = get_entry_or_404(request, coalition, pk)
    if not policies.can_withdraw_entry(request.standing, entry):
        raise PermissionDenied(
            _("Only the author, the rapporteur, editors, coordinators and the safeguarding lead can remove this entry.")
        )
    form = WithdrawalReasonForm(get_form_data(request), meeting=entry.meeting, is_under_rule=entry.is_chatham)
    return form_view(
        request,
        form,
        template=MEETING_QUESTION_TEMPLATE,
        context=build_meeting_form_context(entry, _("Remove this entry from the minutes?"), _("Remove entry")),
        action=lambda: actions.withdraw_entry(actor=request.user, entry=entry, reason=form.cleaned_data["reason"]),
        success_message=_("The entry has been removed from the minutes."),
        redirect_to=entry.meeting,
    )


@require_POST
def entry_progress(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    entry = get_entry_or_404(request, coalition, pk)
    commitment = Commitment.objects.filter(entry=entry).first()
    if commitment is None or not policies.can_set_progress(request.standing, commitment):
        raise PermissionDenied(
            _("Only the owner, the rapporteur, editors and coordinators can update this commitment.")
        )
    form = CommitmentProgressForm(
        request.POST, meeting=entry.meeting, is_under_rule=entry.is_chatham, viewer_standing=request.standing
    )
    return form_view(
        request,
        form,
        template="meetings/entry_detail.html",
        context=lambda: {
            "entry": entry,
            "shown": EntryPage(entry, request.standing),
            "progress_form": form,
        },
        action=lambda: actions.set_commitment_progress(actor=request.user, commitment=commitment, **form.cleaned_data),
        success_message=_("Status updated."),
        redirect_to=entry,
    )


@require_http_methods(["GET", "POST"])
def entry_raise(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    entry = get_entry_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    form = RaiseEntryForm(
        get_form_data(request),
        meeting=entry.meeting,
        meetings=find_later_meetings(request, entry),
        is_under_rule=entry.is_chatham,
        initial={"text": entry.text},
    )
    lead = _("We will add a decision or a commitment to the minutes of the later meeting, with a link to this entry.")
    return form_view(
        request,
        form,
        template=MEETING_FORM_TEMPLATE,
        context=build_meeting_form_context(entry, _("Record this entry in a later meeting"), _("Add entry"))
        | {"lead": lead},
        action=lambda: _raise_entry_from_form(request, entry, form),
        success_message=_(
            "The new entry has been added to the minutes of the later meeting. It links to the earlier entry."
        ),
        redirect_to=lambda raised: raised,
    )


def _raise_entry_from_form(request: MemberRequest, entry: Entry, form: RaiseEntryForm) -> Entry:
    said = form.cleaned_data
    return actions.raise_entry_at_meeting(
        actor=request.user, entry=entry, meeting=said["into"], entry_kind=said["kind"], text=said["text"]
    )


def find_later_meetings(request: MemberRequest, entry: Entry) -> QuerySet[Meeting]:
    """Return the meetings after that of the entry; all others where a day is not known."""
    others = Meeting.objects.visible_to(request.user).of(entry.coalition).exclude(pk=entry.meeting_id)
    others = others.exclude(state=State.WITHDRAWN).order_by("starts_on", "pk")
    day = entry.meeting.starts_on
    return others.filter(Q(starts_on__gte=day) | Q(starts_on__isnull=True)) if day else others
