"""A reply to the email with the agenda is the update of its writer."""

from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.standing import ViewerContext
from jukwaa.meetings import policies
from jukwaa.meetings.actions.member_updates import send_member_update
from jukwaa.meetings.agenda_emails import MEMBER_UPDATE_REPLY_PREFIX, get_agenda_path
from jukwaa.meetings.models import MAX_UPDATE_LENGTH, Meeting
from jukwaa.records.models import State
from jukwaa.updates import email_links
from jukwaa.updates.incoming.replies import ReplyHandler, ReplyQuestion, reply_handler_registry
from jukwaa.updates.notification_emails import get_default_email_capacity


@reply_handler_registry.register(MEMBER_UPDATE_REPLY_PREFIX)
class UpdateReplyHandler(ReplyHandler[Meeting]):
    """Two lines, which become part of the first agenda item. A second reply replaces the first."""

    refused_subject = _("Your update was not added")
    max_length = MAX_UPDATE_LENGTH
    wrong_length_template = "meetings/email/update_wrong_length.txt"

    @classmethod
    def find_question(cls, pk: int) -> ReplyQuestion[Meeting] | None:
        meetings = Meeting.objects.select_related("coalition").filter(state=State.PUBLISHED)
        meeting = meetings.filter(pk=pk).first()
        return ReplyQuestion(meeting, meeting, is_closed=not meeting.is_planned) if meeting else None

    def may_answer(self) -> bool:
        return policies.can_send_update(ViewerContext(self.person), self.question.asked_by)

    def apply_reply(self) -> None:
        meeting = self.question.asked_by
        choice = get_default_email_capacity(self.person, meeting.coalition)
        update = send_member_update(
            actor=self.person, meeting=meeting, text=self.came.text, organisation=choice.organisation
        )
        self.answer(
            _("Your update has been added to the agenda"),
            "meetings/email/update_added.txt",
            title=meeting.title,
            update=update.text,
            organisation=choice.organisation,
            page=email_links.build_absolute_url(get_agenda_path(meeting)),
        )
