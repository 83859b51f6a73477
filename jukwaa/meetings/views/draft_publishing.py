"""Publishing several drafts of meetings at once."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.views.public_names import confirm_public_names
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.meetings.actions.draft_publishing import publish_draft_meetings
from jukwaa.meetings.draft_meetings import find_draft_meetings
from jukwaa.meetings.forms_drafts import DraftPublishingForm
from jukwaa.meetings.invitation_audience import InvitationAudience
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.participants import count_members_wanting
from jukwaa.meetings.public_names import find_names_opened_by_publication
from jukwaa.meetings.views.common import require_can_manage_minutes
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
