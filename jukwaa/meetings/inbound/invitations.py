"""Replies to the invitation to a meeting: in an email, or as a calendar program sends them."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings import policies
from jukwaa.meetings.actions import reply_to_invitation, reply_to_series_invitation
from jukwaa.meetings.calendar_files import get_calendar_uid
from jukwaa.meetings.guests import is_guest
from jukwaa.meetings.invitation_emails import INVITATION_REPLY_PREFIX, SERIES_REPLY_PREFIX
from jukwaa.meetings.invitation_replies import RSVP_ANSWER_BY_WORD, find_calendar_reply, find_rsvp_answer
from jukwaa.meetings.invitations import build_invitation_path, get_reply_choices
from jukwaa.meetings.models import Meeting, Rsvp
from jukwaa.records.models import State
from jukwaa.updates import email_links
from jukwaa.updates.incoming.addresses import AddressHandler, address_handler_registry
from jukwaa.updates.incoming.automatic_replies import (
    override_sender_language,
    send_automatic_answer,
    send_confirmation_link,
)
from jukwaa.updates.incoming.inbound_email import InboundEmail
from jukwaa.updates.incoming.replies import PageReplyHandler, ReplyQuestion, reply_handler_registry
from jukwaa.updates.incoming.sender_trust import is_trusted_sender
from jukwaa.updates.models import PendingMail


@reply_handler_registry.register(INVITATION_REPLY_PREFIX)
class InvitationReplyHandler(PageReplyHandler[Meeting]):
    """Whether the owner of the reply address will attend, in the capacity that is most likely theirs."""

    page_subject = gettext_lazy("Reply to the invitation on its page")
    page_template = "meetings/email/reply_not_taken.txt"

    @classmethod
    def find_question(cls, pk: int) -> ReplyQuestion[Meeting] | None:
        meeting = Meeting.objects.select_related("coalition").filter(pk=pk, state=State.PUBLISHED).first()
        return ReplyQuestion(meeting, meeting) if meeting else None

    def may_answer(self) -> bool:
        """The guests of a meeting may, whether or not they can read its record."""
        viewer = ViewerContext(self.person)
        return not self.person.is_minor and policies.can_reply_to_invitation(viewer, self.question.asked_by)

    def decide(self) -> None:
        calendar = find_calendar_reply(self.came.raw)
        chosen = calendar.answer if calendar else find_rsvp_answer(self.came.text)
        if chosen is None:
            raise ActionRefused(_("We could not tell from your email whether you will attend."))
        meeting = self.question.asked_by
        number = self.record_reply(chosen, is_for_one_event=calendar is not None)
        self.answer(
            _("Your reply has been recorded"),
            "meetings/email/reply_taken.txt",
            answer=Rsvp.Answer(chosen).label,
            meeting=meeting,
            number=number,
            page=email_links.build_absolute_url(self.get_page()),
        )

    def record_reply(self, chosen_answer: str, *, is_for_one_event: bool) -> int:  # noqa: ARG002 - a series asks about several
        """Return to how many meetings it has been recorded."""
        _record_invitation_reply(self.person, self.question.asked_by, chosen_answer)
        return 1

    def get_page(self) -> str:
        meeting = self.question.asked_by
        if is_guest(self.person.pk, meeting):
            return build_invitation_path(self.person, meeting)
        return reverse("meetings:meeting_reply", args=[meeting.coalition.slug, meeting.pk])


@reply_handler_registry.register(SERIES_REPLY_PREFIX)
class SeriesReplyHandler(InvitationReplyHandler):
    """The same for a meeting and the later ones of its series. What a calendar program sends is about one of them."""

    def record_reply(self, chosen_answer: str, *, is_for_one_event: bool) -> int:
        if is_for_one_event:
            return super().record_reply(chosen_answer, is_for_one_event=True)
        meeting = self.question.asked_by
        choice = get_reply_choices(self.person, meeting)[0]
        return reply_to_series_invitation(
            actor=self.person, meeting=meeting, answer=chosen_answer, organisation=choice.organisation
        )


def _record_invitation_reply(person: Person, meeting: Meeting, chosen_answer: str) -> Rsvp:
    choice = get_reply_choices(person, meeting)[0]
    return reply_to_invitation(actor=person, meeting=meeting, answer=chosen_answer, organisation=choice.organisation)


def handle_calendar_reply(inbound_email: InboundEmail, coalition: Coalition) -> None:
    """Record a calendar reply that comes from the attendee's own address."""
    reply = find_calendar_reply(inbound_email.raw)
    person = Person.objects.with_address(inbound_email.sender).first() if reply else None
    if (
        reply is None
        or person is None
        or reply.attendee != inbound_email.sender
        or not is_trusted_sender(inbound_email, reply.attendee)
    ):
        with override_sender_language(inbound_email, coalition.language):
            _send_reply_refusal(inbound_email, coalition)
        return
    with override_sender_language(inbound_email, coalition.language):
        try:
            with transaction.atomic():
                _record_or_ask_to_confirm(
                    inbound_email, person, _get_meeting_by_uid(coalition, reply.uid), reply.answer
                )
        except (ActionRefused, PermissionDenied, Meeting.DoesNotExist):
            _send_reply_refusal(inbound_email, coalition)


def _record_or_ask_to_confirm(
    inbound_email: InboundEmail, person: Person, meeting: Meeting, chosen_answer: str
) -> None:
    """Record the reply if our mail server authenticated the sender; otherwise ask them to confirm it by a link."""
    if inbound_email.is_authenticated_sender:
        _record_invitation_reply(person, meeting, chosen_answer)
        return
    if not policies.can_reply_to_invitation(ViewerContext(person), meeting):
        raise PermissionDenied
    pending = PendingMail.objects.create(
        kind=PendingMail.Kind.REPLY,
        question=f"{INVITATION_REPLY_PREFIX}:{meeting.pk}",
        coalition=meeting.coalition,
        address=inbound_email.sender,
        person=person,
        record=meeting,
        subject=inbound_email.subject,
        text=next(word for word, each in RSVP_ANSWER_BY_WORD.items() if each == chosen_answer),
        language=inbound_email.language,
    )
    send_confirmation_link(
        inbound_email,
        pending,
        email_subject=str(InvitationReplyHandler.held_subject),
        question_wording=InvitationReplyHandler.held_template,
    )


def _get_meeting_by_uid(coalition: Coalition, calendar_uid: str) -> Meeting:
    """Return the meeting of a calendar UID. Raises Meeting.DoesNotExist."""
    number = calendar_uid.removeprefix("meeting-").partition("@")[0]
    if not (number.isascii() and number.isdecimal() and len(number) < len(str(2**63))):
        raise Meeting.DoesNotExist
    meeting = Meeting.objects.of(coalition).get(pk=int(number))
    if get_calendar_uid(meeting) != calendar_uid:
        raise Meeting.DoesNotExist
    meeting.coalition = coalition
    return meeting


def _send_reply_refusal(inbound_email: InboundEmail, coalition: Coalition) -> None:
    send_automatic_answer(
        inbound_email,
        to_address=inbound_email.sender,
        subject=_("We could not record your reply"),
        template="meetings/email/calendar_reply_not_taken.txt",
        coalition=coalition,
        page=email_links.build_absolute_url(reverse("meetings:meeting_list", args=[coalition.slug])),
    )


address_handler_registry.register("calendar")(
    AddressHandler(take=handle_calendar_reply, explanation="meetings/email/explained_calendar.txt", is_for_members=True)
)
