"""A reply to the email with draft minutes corrects them; after their approval it proposes an erratum."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.meetings import policies
from jukwaa.meetings.actions.corrections import MAX_CORRECTION_LENGTH, submit_corrections_by_email
from jukwaa.meetings.chatham_house_rule import NamesFoundError
from jukwaa.meetings.circulation import MINUTES_REPLY_PREFIX, get_corrections_path, list_circulated_entries
from jukwaa.meetings.correction_replies import remove_quoted_lines
from jukwaa.meetings.forms import get_names_found_error
from jukwaa.meetings.invitations import get_capacity_choices
from jukwaa.meetings.models import Minutes
from jukwaa.records.models import State
from jukwaa.updates import email_links
from jukwaa.updates.incoming.replies import ReplyHandler, ReplyQuestion, reply_handler_registry
from jukwaa.updates.notification_emails import get_default_email_capacity


@reply_handler_registry.register(MINUTES_REPLY_PREFIX)
class MinutesReplyHandler(ReplyHandler[Minutes]):
    """What its writer wrote themselves: the minutes that it quotes are left out."""

    refused_subject = _("Your correction was not submitted")
    max_length = MAX_CORRECTION_LENGTH
    wrong_length_template = "meetings/email/no_correction.txt"

    @classmethod
    def find_question(cls, pk: int) -> ReplyQuestion[Minutes] | None:
        rows = Minutes.objects.filter(pk=pk, meeting__state=State.PUBLISHED, circulated_at__isnull=False)
        minutes = rows.select_related("meeting__coalition").first()
        return ReplyQuestion(minutes, minutes.meeting) if minutes else None

    def may_answer(self) -> bool:
        return policies.can_correct_minutes(ViewerContext(self.person), self.question.asked_by.meeting)

    def take(self) -> None:
        """Words that could identify somebody are looked for in what its writer wrote, not in the minutes."""
        self.came = replace(self.came, text=remove_quoted_lines(self.came.text, self._find_sent_texts()))
        super().take()

    def apply_reply(self) -> None:
        minutes, text = self.question.asked_by, self.came.text
        page = email_links.build_absolute_url(get_corrections_path(minutes.meeting))
        choice = get_default_email_capacity(self.person, minutes.meeting.coalition)
        represented = [one.organisation for one in get_capacity_choices(self.person, minutes.meeting.coalition)]
        organisation = choice.organisation if choice.organisation in represented else None
        try:
            corrections = submit_corrections_by_email(
                actor=self.person, minutes=minutes, text=text, token=self.get_token(), organisation=organisation
            )
        except (ActionRefused, NamesFoundError) as error:
            why = get_names_found_error(error) if isinstance(error, NamesFoundError) else str(error)
            self.refuse("meetings/email/correction_not_submitted.txt", why=why, page=page)
            return
        self.answer(
            _("Your correction has been submitted"),
            "meetings/email/corrections_submitted.txt",
            corrections=corrections,
            meeting=minutes.meeting,
            page=page,
        )

    def _find_sent_texts(self) -> Iterator[str]:
        """Yield the emails with these minutes that this person was sent, and the entries as they are now."""
        minutes = self.question.asked_by
        sent = Message.objects.filter(key__startswith=f"{MINUTES_REPLY_PREFIX}:{minutes.pk}:", to=self.address.address)
        yield from sent.values_list("body", flat=True)
        yield from (entry.text for entry in list_circulated_entries(minutes.meeting))
