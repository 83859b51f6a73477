"""Email that comes in about proposals: replies to invitations, and correspondence with the secretariat."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.accounts.minors import needs_age_answer
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.headers import LABELS_READABLE_BY_EMAIL
from jukwaa.meetings.invitation_replies import find_rsvp_answer
from jukwaa.meetings.models import Rsvp
from jukwaa.proposals.actions import answer_invitation
from jukwaa.proposals.correspondence_inbound import handle_secretariat_email, should_keep_email_files
from jukwaa.proposals.correspondence_models import SECRETARIAT_ROLE_ADDRESS_NAME
from jukwaa.proposals.invitations import PARTICIPANT_REPLY_PREFIX, build_invitation_path
from jukwaa.proposals.models import Participant
from jukwaa.records.models import State
from jukwaa.updates import email_links
from jukwaa.updates.incoming.addresses import AddressHandler, address_handler_registry
from jukwaa.updates.incoming.replies import PageReplyHandler, ReplyQuestion, reply_handler_registry

ParticipantStatus = Participant.Status
# “Provisionally”, in words that a meeting does not know.
PROVISIONAL_ANSWER_PHRASES = ("i intend", "j'ai l'intention", "j’ai l’intention", "tengo la intención", "أنوي")  # noqa: RUF001 - as phones type it
PARTICIPANT_STATUS_BY_RSVP_ANSWER = {
    Rsvp.Answer.YES: ParticipantStatus.CONFIRMED,
    Rsvp.Answer.MAYBE: ParticipantStatus.PROVISIONAL,
    Rsvp.Answer.NO: ParticipantStatus.DECLINED,
}


@reply_handler_registry.register(PARTICIPANT_REPLY_PREFIX)
class ParticipantReplyHandler(PageReplyHandler[Participant]):
    """What the owner of the reply address answers. They need no account, and may not be able to read the proposal."""

    page_subject = gettext_lazy("We could not record your answer")
    page_template = "proposals/email/answer_not_taken.txt"

    @classmethod
    def find_question(cls, pk: int) -> ReplyQuestion[Participant] | None:
        rows = Participant.objects.filter(pk=pk, invited_at__isnull=False, proposal__state=State.PUBLISHED)
        rows = rows.filter(
            proposal__label__in=LABELS_READABLE_BY_EMAIL
        )  # it may have been narrowed after the invitation
        participant = rows.select_related("person", "proposal__coalition", "proposal__submission").first()
        return ReplyQuestion(participant, participant.proposal) if participant else None

    def may_answer(self) -> bool:
        return not self.person.is_minor and self.question.asked_by.person_id == self.person.pk

    def must_state_age(self) -> bool:
        """The page of the invitation asks for it, in the one case in which it is needed."""
        return False

    def decide(self) -> None:
        answer = _parse_invitation_answer(self.came.text)
        if answer is None:
            raise ActionRefused(_("We could not tell from your email whether you will take part."))
        if answer != ParticipantStatus.DECLINED and needs_age_answer(self.person):
            raise ActionRefused(_("Before we can record your answer, you need to confirm that you are 18 or older."))
        participant = answer_invitation(
            actor=self.person, participant=self.question.asked_by, participant_answer=answer.value
        )
        self.answer(
            _("Your answer has been recorded"),
            "proposals/email/answer_taken.txt",
            title=participant.proposal.title,
            answer=participant.get_status_display(),
            page=email_links.build_absolute_url(self.get_page()),
        )

    def get_page(self) -> str:
        return build_invitation_path(self.question.asked_by)


def _parse_invitation_answer(text: str) -> ParticipantStatus | None:
    if text.strip().casefold().startswith(PROVISIONAL_ANSWER_PHRASES):
        return ParticipantStatus.PROVISIONAL
    found = find_rsvp_answer(text)
    return PARTICIPANT_STATUS_BY_RSVP_ANSWER.get(found) if found else None


address_handler_registry.register(SECRETARIAT_ROLE_ADDRESS_NAME)(
    AddressHandler(
        take=handle_secretariat_email,
        explanation="proposals/email/explained_secretariat.txt",
        keeps_files=should_keep_email_files,
        accepts_automatic=True,
    )
)
