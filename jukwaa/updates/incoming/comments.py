"""A reply to an email about a record is posted there as a comment."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from jukwaa.records.actions import add_comment
from jukwaa.records.actions.comments import STATES_REFUSING_COMMENTS
from jukwaa.records.forms.comments import MAX_COMMENT_LENGTH
from jukwaa.records.models import Record
from jukwaa.updates.incoming.attachments import store_email_attachments
from jukwaa.updates.incoming.replies import ReplyHandler, ReplyQuestion, reply_handler_registry
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import get_email_comment_capacity


@reply_handler_registry.register("record")
class CommentReply(ReplyHandler[Record]):
    ended_topics = (EmailTopic.COMMENTS,)
    max_length = MAX_COMMENT_LENGTH
    wrong_length_template = "updates/email/no_text.txt"
    held_subject = _("Did you write this comment?")
    held_template = "updates/held_comment.html"

    @classmethod
    def find_question(cls, pk: int) -> ReplyQuestion[Record] | None:
        record = Record.objects.select_related("coalition").filter(pk=pk).first()
        return ReplyQuestion(record, record) if record else None

    def may_answer(self) -> bool:
        return (
            self.question.record.state not in STATES_REFUSING_COMMENTS
            and get_email_comment_capacity(self.person, self.question.record) is not None
        )

    def apply_reply(self) -> None:
        self._post_reply_as_comment()
        store_email_attachments(self.came, person=self.person, record=self.question.record)

    def confirm(self) -> None:
        self._post_reply_as_comment()

    def _post_reply_as_comment(self) -> None:
        record = self.question.record
        choice = get_email_comment_capacity(self.person, record)
        if choice is None:
            raise PermissionDenied
        add_comment(
            actor=self.person,
            record=record,
            body=self.came.text,
            organisation=choice.organisation,
            token=self.get_token(),
        )
