"""A reply to the email with draft minutes corrects them; after their approval it proposes an erratum."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.meetings import policies
from jukwaa.meetings.actions.corrections import MAX_LENGTH, submit_corrections_by_email
from jukwaa.meetings.circulation import MINUTES, find_circulated, get_corrections_path
from jukwaa.meetings.correction_emails import drop_quoted
from jukwaa.meetings.forms import rewrite
from jukwaa.meetings.models import Minutes
from jukwaa.meetings.rule import NamesSomebody
from jukwaa.records.models import State
from jukwaa.updates import tokens
from jukwaa.updates.incoming.replies import Question, ReplyHandler, reply_handlers
from jukwaa.updates.letters import capacity_by_mail


@reply_handlers.register(MINUTES)
class MinutesReply(ReplyHandler[Minutes]):
    """What its writer wrote themselves: the minutes that it quotes are left out."""

    refused_subject = _("Your correction was not submitted")
    max_length = MAX_LENGTH
    wrong_length_template = "meetings/email/no_correction.txt"

    @classmethod
    def find_question(cls, pk: int) -> Question[Minutes] | None:
        rows = Minutes.objects.filter(pk=pk, meeting__state=State.PUBLISHED, circulated_at__isnull=False)
        minutes = rows.select_related("meeting__coalition").first()
        return Question(minutes, minutes.meeting) if minutes else None

    def may_answer(self) -> bool:
        return policies.can_correct_minutes(ViewerContext(self.person), self.question.asked_by.meeting)

    def take(self) -> None:
        """Words that could identify somebody are looked for in what its writer wrote, not in the minutes."""
        self.came = replace(self.came, text=drop_quoted(self.came.text, self._find_sent()))
        super().take()

    def act(self) -> None:
        minutes, text = self.question.asked_by, self.came.text
        page = tokens.absolute(get_corrections_path(minutes.meeting))
        choice = capacity_by_mail(self.person, minutes.meeting.coalition)
        try:
            corrections = submit_corrections_by_email(
                actor=self.person, minutes=minutes, text=text, token=self.get_token(), organisation=choice.organisation
            )
        except (ActionRefused, NamesSomebody) as error:
            why = rewrite(error) if isinstance(error, NamesSomebody) else str(error)
            self.refuse("meetings/email/correction_not_submitted.txt", why=why, page=page)
            return
        self.answer(
            _("Your correction has been submitted"),
            "meetings/email/corrections_submitted.txt",
            corrections=corrections,
            meeting=minutes.meeting,
            page=page,
        )

    def _find_sent(self) -> Iterator[str]:
        """The emails that hold these minutes, as they were sent to this person, and the entries as they are now."""
        minutes = self.question.asked_by
        sent = Message.objects.filter(key__startswith=f"{MINUTES}:{minutes.pk}:", to=self.address.address)
        yield from sent.values_list("body", flat=True)
        yield from (entry.text for entry in find_circulated(minutes.meeting))
