"""Sending the agenda, and the updates that members send back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.capacities import build_capacity_choices
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.meetings import policies
from jukwaa.meetings.actions import agenda_sending as actions
from jukwaa.meetings.actions.meeting_copies import copy_meeting
from jukwaa.meetings.actions.member_updates import remove_member_update, send_member_update
from jukwaa.meetings.agenda_emails import build_agenda_notification
from jukwaa.meetings.forms_agenda import AgendaSendForm, MeetingCopyForm, MemberUpdateForm
from jukwaa.meetings.invitation_emails import count_invited_members
from jukwaa.meetings.models import Meeting, MemberUpdate
from jukwaa.meetings.views.agenda import (
    AGENDA_FORM_TEMPLATE,
    build_agenda_context,
    get_agenda_url,
    get_editable_meeting,
)
from jukwaa.meetings.views.common import get_meeting_or_404
from jukwaa.updates import email_links
from jukwaa.updates.notification_emails import render_notification_text


@require_POST
def agenda_ready(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_editable_meeting(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.set_agenda_ready(actor=request.user, meeting=meeting, is_ready=True),
        success_message=lambda agenda: (
            _("The agenda is ready. We will send it to the members soon.")
            if agenda.is_due()
            else _("The agenda is ready. We will send it to the members 7 days before the meeting.")
        ),
        redirect_to=get_agenda_url(meeting),
    )


@require_POST
def agenda_unready(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_editable_meeting(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.set_agenda_ready(actor=request.user, meeting=meeting, is_ready=False),
        success_message=_("The agenda is a draft again. We will not send it until you mark it as ready."),
        redirect_to=get_agenda_url(meeting),
    )


@require_http_methods(["GET", "POST"])
def agenda_send(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_editable_meeting(request, coalition, pk)
    prefetch_related_objects([meeting], "parts")
    has_updates_item = any(part.holds_updates for part in meeting.parts.all())
    was_sent = getattr(meeting, "agenda", None) is not None and meeting.agenda.sent_at is not None
    form = AgendaSendForm(
        get_form_data(request), has_updates_item=has_updates_item, initial={"adds_updates": not was_sent}
    )

    def build_context() -> dict[str, Any]:
        news = build_agenda_notification(meeting, is_agenda_changed=False)
        text = render_notification_text(news, request.user)
        return {
            "meeting": meeting,
            "lead": _describe_agenda_recipients(meeting, has_updates_item=has_updates_item),
            "obstacle": actions.get_agenda_sending_obstacle(meeting),
            "text": text,
            "link": email_links.build_absolute_url(text.path),
            "back": get_agenda_url(meeting),
        }

    return form_view(
        request,
        form,
        template="meetings/agenda_send.html",
        context=build_context,
        action=lambda: actions.send_meeting_agenda(
            actor=request.user, meeting=meeting, adds_updates=form.cleaned_data.get("adds_updates", False)
        ),
        success_message=_("The agenda is being sent to the members.")
        if coalition.mail_released_at
        else _("The emails with the agenda will be sent once a coordinator approves them."),
        redirect_to=get_agenda_url(meeting),
    )


def _describe_agenda_recipients(meeting: Meeting, *, has_updates_item: bool) -> str:
    number = count_invited_members(meeting)
    sentence = (
        _("We will email a link to the members who can read the meeting page.")
        if number is None
        else ngettext(
            "We will email the agenda and its papers to %(n)s member.",
            "We will email the agenda and its papers to %(n)s members.",
            number,
        )
        % {"n": number}
    )
    if not has_updates_item:
        return sentence
    updates = _(
        "“Updates from members” is on the agenda, so members can reply to the email with an update on their work. To"
        " leave this out, remove that item from the agenda first."
    )
    return f"{sentence} {updates}"


@require_http_methods(["GET", "POST"])
def meeting_copy(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_editable_meeting(request, coalition, pk)
    form = MeetingCopyForm(get_form_data(request), initial={"title": meeting.title})
    heading, lead = _("Copy this meeting"), _("The new meeting will be a draft until you publish it.")
    context = build_agenda_context(meeting, heading, _("Create meeting")) | {"lead": lead}
    return form_view(
        request,
        form,
        template=AGENDA_FORM_TEMPLATE,
        context=context | {"back": meeting.get_absolute_url()},
        action=lambda: copy_meeting(
            actor=request.user,
            meeting=meeting,
            title=form.cleaned_data["title"],
            starts_on=form.cleaned_data["starts_on"],
            copies_standing_items_only=form.cleaned_data["items"] == "standing",
        ),
        success_message=_("The meeting has been created as a draft. Check its date and agenda, then publish it."),
        redirect_to=get_agenda_url,
    )


@require_http_methods(["GET", "POST"])
def update_send(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    meeting = get_meeting_or_404(request, coalition, pk)
    if not policies.can_send_update(request.standing, meeting):
        raise PermissionDenied(_("Only adult members of the coalition can send an update."))
    own = MemberUpdate.objects.filter(meeting=meeting, author=request.user).select_related("capacity").first()
    choices = build_capacity_choices(request.standing)
    form = MemberUpdateForm(
        get_form_data(request), capacity_choices=choices, initial=MemberUpdateForm.get_initial(own, choices)
    )
    lead = _(
        "Your update will be part of the first agenda item. Members can read it immediately. Everyone else who can "
        "read the meeting page can read it together with the minutes."
    )
    return form_view(
        request,
        form,
        template=AGENDA_FORM_TEMPLATE,
        context=build_agenda_context(meeting, _("Send an update on your work"), _("Send update")) | {"lead": lead},
        action=lambda: send_member_update(
            actor=request.user, meeting=meeting, text=form.cleaned_data["text"], organisation=form.organisation
        ),
        success_message=_("Your update has been added to the agenda. You can change it until the meeting starts."),
        redirect_to=f"{get_agenda_url(meeting)}#updates",
    )


@require_http_methods(["GET", "POST"])
def update_remove(request: MemberRequest, coalition: Coalition, pk: int, update: int) -> HttpResponse:
    meeting = get_meeting_or_404(request, coalition, pk)
    found = get_object_or_404(MemberUpdate.objects.select_related("capacity"), meeting=meeting, pk=update)
    found.meeting = meeting
    if not policies.can_remove_update(request.standing, found):
        raise PermissionDenied(_("Only the author, the rapporteur, editors and coordinators can remove an update."))
    context = build_agenda_context(meeting, _("Remove this update?"), _("Remove update")) | {"subject": meeting}
    return form_view(
        request,
        template="meetings/agenda_question.html",
        context=context | {"lead": found.text, "stops": True},
        action=lambda: remove_member_update(actor=request.user, member_update=found),
        success_message=_("The update has been removed."),
        redirect_to=f"{get_agenda_url(meeting)}#updates",
    )
