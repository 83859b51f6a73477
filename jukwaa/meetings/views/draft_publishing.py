"""Publishing several drafts of meetings at once."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.views.public_names import confirm_public_names
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.meetings.actions.draft_publishing import publish_draft_meetings
from jukwaa.meetings.actions.series import publish_meeting_series
from jukwaa.meetings.draft_meetings import find_draft_meetings
from jukwaa.meetings.forms_drafts import DraftPublishingForm
from jukwaa.meetings.invitation_audience import InvitationAudience
from jukwaa.meetings.invitation_emails import count_invited_members
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.participants import count_members_wanting
from jukwaa.meetings.public_names import find_names_opened_by_publication
from jukwaa.meetings.views.audience import AUDIENCE_TEMPLATE, build_audience_form, confirm_audience
from jukwaa.meetings.views.common import get_meeting_or_404, require_can_manage_minutes
from jukwaa.meetings.views.meetings import build_meeting_form_context
from jukwaa.records.models import State
from jukwaa.updates.models import EmailTopic

DRAFTS_TEMPLATE = "meetings/drafts_publish.html"


@require_http_methods(["GET", "POST"])
def drafts_publish(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_can_manage_minutes(request)
    form = DraftPublishingForm(
        get_form_data(request),
        drafts=find_draft_meetings(request.user, coalition),
        everyone_number=count_members_wanting(coalition, EmailTopic.CONCERNS),
    )
    return form_view(
        request,
        form,
        template=DRAFTS_TEMPLATE,
        confirm=lambda: confirm_public_names(
            request,
            find_names_opened_by_publication(request.user, form.get_selected_drafts()),
            template=DRAFTS_TEMPLATE,
            context={"form": form},
        ),
        action=lambda: publish_draft_meetings(
            actor=request.user,
            meetings=form.get_selected_drafts(),
            audience=InvitationAudience(Meeting.Invites(form.cleaned_data["invites"])),
        ),
        success_message=lambda count: (
            ngettext("%(count)s meeting has been published.", "%(count)s meetings have been published.", count)
            % {"count": count}
        ),
        redirect_to=reverse("meetings:meeting_list", args=[coalition.slug]),
    )


@require_http_methods(["GET", "POST"])
def series_publish(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Publish this meeting with the other drafts of its series, and choose who is invited to all of them."""
    meeting = get_meeting_or_404(request, coalition, pk)
    require_can_manage_minutes(request)
    if meeting.series_id is None:
        raise Http404
    drafts = Meeting.objects.visible_to(request.user).filter(series=meeting.series_id, state=State.DRAFT)
    meetings = list(drafts.select_related("coalition").order_by("order_day", "pk"))
    planned = [each for each in meetings if not (each.is_held or each.is_cancelled)]
    form = build_audience_form(request, planned[0], can_wait=True) if planned else None
    context = build_meeting_form_context(meeting, _("Publish the whole series?"), _("Publish the whole series"))
    if planned:
        context["lead"] = _(
            "Invitations are emailed 30 minutes after publication. People receive one invitation for the series."
        )
    context["meetings"] = meetings
    return form_view(
        request,
        form,
        template=AUDIENCE_TEMPLATE,
        context=context,
        confirm=lambda: (
            (confirm_audience(request, form, context) if form else None)
            or confirm_public_names(
                request,
                find_names_opened_by_publication(request.user, meetings),
                template=AUDIENCE_TEMPLATE,
                context=context | ({"form": form, "seen": form.cleaned_data.get("seen")} if form else {}),
            )
        ),
        action=lambda: publish_meeting_series(
            actor=request.user, meeting=meeting, audience=form.get_audience() if form else None
        ),
        success_message=lambda count: _describe_series_publication(count, planned),
        redirect_to=meeting,
    )


def _describe_series_publication(count: int, planned_meetings: list[Meeting]) -> str:
    published = ngettext("%(count)s meeting has been published.", "%(count)s meetings have been published.", count)
    if not planned_meetings:
        return published % {"count": count}
    first = Meeting.objects.select_related("coalition").get(pk=planned_meetings[0].pk)
    if first.invites == Meeting.Invites.NOBODY:
        return f"{published % {'count': count}} {_('Nobody has been invited yet.')}"
    number = count_invited_members(first)
    if number is None:
        invited = _("In 30 minutes, we will email an invitation to the members who can read the meeting page.")
    else:
        invited = ngettext(
            "In 30 minutes, we will email an invitation to %(n)s member.",
            "In 30 minutes, we will email an invitation to %(n)s members.",
            number,
        ) % {"n": number}
    return f"{published % {'count': count}} {invited}"
