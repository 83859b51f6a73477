"""Replies to the email of a poll for the time of a meeting."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings import policies
from jukwaa.meetings.actions import answer_time_poll
from jukwaa.meetings.models import TimePoll, TimeVote
from jukwaa.meetings.poll_emails import POLL_REPLY_PREFIX
from jukwaa.meetings.poll_replies import parse_poll_answers
from jukwaa.meetings.polls import format_closing_time, get_poll_options
from jukwaa.meetings.time_formatting import build_meeting_time_lines
from jukwaa.updates import email_links
from jukwaa.updates.incoming.replies import PageReplyHandler, ReplyQuestion, reply_handler_registry


@reply_handler_registry.register(POLL_REPLY_PREFIX)
class PollReplyHandler(PageReplyHandler[TimePoll]):
    """Which times suit the owner of the reply address. A poll that is closed is no question for the coordinators."""

    page_subject = gettext_lazy("We could not record your answers")
    page_template = "meetings/email/poll_reply_not_taken.txt"

    @classmethod
    def find_question(cls, pk: int) -> ReplyQuestion[TimePoll] | None:
        poll = TimePoll.objects.of_live_meetings().select_related("meeting__coalition").filter(pk=pk).first()
        return ReplyQuestion(poll, poll.meeting) if poll else None

    def may_answer(self) -> bool:
        return super().may_answer() and policies.can_answer_poll(ViewerContext(self.person), self.question.asked_by)

    def decide(self) -> None:
        poll = self.question.asked_by
        options = get_poll_options(poll)
        answers = parse_poll_answers(self.came.text, [option.number for option in options])
        if answers is None:
            raise ActionRefused(_("We could not tell from your email which times suit you."))
        answer_time_poll(actor=self.person, poll=poll, answers_by_option=answers)
        self.answer(
            _("Your answers have been recorded"),
            "meetings/email/poll_reply_taken.txt",
            rows=[
                (option.number, build_meeting_time_lines(option)[0].text, TimeVote.Answer(answers[option.number]).label)
                for option in options
                if option.number in answers
            ],
            meeting=poll.meeting,
            end=format_closing_time(poll),
            page=email_links.build_absolute_url(self.get_page()),
        )

    def get_page(self) -> str:
        meeting = self.question.asked_by.meeting
        return reverse("meetings:poll_detail", args=[meeting.coalition.slug, meeting.pk])
