"""A reply to an email about a record is posted there as a comment."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from jukwaa.records.actions import add_comment
from jukwaa.records.actions.comments import CLOSED
from jukwaa.records.forms.comments import LONGEST
from jukwaa.records.models import Record
from jukwaa.updates.incoming.attached import keep_files
from jukwaa.updates.incoming.replies import Question, ReplyHandler, reply_handlers
from jukwaa.updates.letters import answering
from jukwaa.updates.models import Topic


@reply_handlers.register("record")
class CommentReply(ReplyHandler[Record]):
    ended_topics = (Topic.COMMENTS,)
    max_length = LONGEST
    wrong_length_template = "updates/email/no_text.txt"
    held_subject = _("Did you write this comment?")
    held_template = "updates/held_comment.html"

    @classmethod
    def find_question(cls, pk: int) -> Question[Record] | None:
        record = Record.objects.select_related("coalition").filter(pk=pk).first()
        return Question(record, record) if record else None

    def may_answer(self) -> bool:
        return self.question.record.state not in CLOSED and answering(self.person, self.question.record) is not None

    def act(self) -> None:
        self._comment()
        keep_files(self.came, person=self.person, record=self.question.record)

    def confirm(self) -> None:
        self._comment()

    def _comment(self) -> None:
        record = self.question.record
        choice = answering(self.person, record)
        if choice is None:
            raise PermissionDenied
        add_comment(
            actor=self.person,
            record=record,
            body=self.came.text,
            organisation=choice.organisation,
            token=self.get_token(),
        )
