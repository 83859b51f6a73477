"""Replies to our emails about texts: inputs in a consultation, and positions on a call."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.capacities import CapacityChoice
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.safeguards import screen_text_for_signs
from jukwaa.drafting.actions import ConsultationClosedError, PositionContent, take_call_position
from jukwaa.drafting.actions.inputs import MAX_INPUT_LENGTH
from jukwaa.drafting.actions.inputs_by_email import EmailInputs, answer_consultation_by_email
from jukwaa.drafting.models import Call, Clause, Consultation
from jukwaa.drafting.notifications.calls import get_call_address, get_call_or_none
from jukwaa.drafting.notifications.consultations import get_email_input_capacity
from jukwaa.drafting.positions import find_invited_individuals, find_invited_members
from jukwaa.drafting.stance_parsing import ParsedStance, parse_stance_of_email
from jukwaa.updates import email_links
from jukwaa.updates.incoming.replies import PageReplyHandler, ReplyHandler, ReplyQuestion, reply_handler_registry


@reply_handler_registry.register("consultation")
class InputReplyHandler(ReplyHandler[Consultation]):
    """Taken apart into inputs. What was not understood is kept and shown."""

    refused_subject = gettext_lazy("Your input was not saved")
    max_length = MAX_INPUT_LENGTH
    wrong_length_template = "drafting/email/no_input.txt"
    held_subject = gettext_lazy("Did you send this input?")
    held_template = "drafting/held_input.html"

    @classmethod
    def find_question(cls, pk: int) -> ReplyQuestion[Consultation] | None:
        rows = Consultation.objects.select_related("text__coalition", "text__owner", "revision")
        found = rows.filter(pk=pk).first()
        return ReplyQuestion(found, found.text, is_closed=found.is_over) if found else None

    def may_answer(self) -> bool:
        return self._get_reply_capacity() is not None

    def apply_reply(self) -> None:
        """The answer says what each line was taken for, and shows what could not be brought to any place."""
        consultation = self.question.asked_by
        try:
            understood = self._save_reply_inputs()
        except ConsultationClosedError:
            self.refuse("drafting/email/input_closed.txt", consultation=consultation)
            return
        subject = _("Check the input that we received from you")
        self.answer(subject, "drafting/email/inputs.txt", consultation=consultation, understood=understood)

    def confirm(self) -> None:
        if self.question.is_closed:
            super().confirm()
        else:
            self._save_reply_inputs()

    def _get_reply_capacity(self) -> CapacityChoice | None:
        return get_email_input_capacity(self.person, self.question.asked_by)

    def _save_reply_inputs(self) -> EmailInputs:
        choice = self._get_reply_capacity()
        if choice is None:
            raise PermissionDenied(_("You no longer have permission to do this. Nothing was changed."))
        return answer_consultation_by_email(
            person=self.person,
            consultation=self.question.asked_by,
            organisation=choice.organisation,
            body=self.came.text,
            token=self.get_token(),
            language=self.came.language,
        )


@reply_handler_registry.register("call")
class PositionReplyHandler(PageReplyHandler[Call]):
    """The position of the one organisation that its writer may speak for."""

    page_subject = gettext_lazy("Your position was not recorded. Respond on the website")
    page_template = "drafting/email/position_not_taken.txt"

    @classmethod
    def find_question(cls, pk: int) -> ReplyQuestion[Call] | None:
        """Of a call that was restarted too: its writer is led to the page of the next."""
        call = get_call_or_none(pk)
        is_restarted = call is not None and call.outcome == Call.Outcome.RESTARTED
        return ReplyQuestion(call, call.text, is_closed=call.is_over and not is_restarted) if call else None

    def decide(self) -> None:
        call, said = self.question.asked_by, parse_stance_of_email(self.came.text)
        if said is None:
            raise ActionRefused(_("We could not find a position in your email."))
        organisation = None if self._can_respond_alone(call) else self.get_organisation(find_invited_members(call))
        position = take_call_position(
            actor=self.person, call=call, organisation=organisation, stand=_build_position_content(call, said)
        )
        self.answer(
            _("Your position has been recorded"),
            "drafting/email/position_taken.txt",
            organisation=organisation,
            stance=position.get_stance_display(),
            page=email_links.build_absolute_url(self.get_page()),
        )

    def _can_respond_alone(self, call: Call) -> bool:
        """A member in their own right, unless they represent an organisation that is asked as well."""
        own = Standing(self.person, self.question.coalition).speaks_for
        if (
            find_invited_members(call).filter(pk__in=own).exists()
            or not find_invited_individuals(call).filter(pk=self.person.pk).exists()
        ):
            return False
        if screen_text_for_signs(self.came.text):
            raise ActionRefused(_("Your email may contain details that identify someone."))
        return True

    def get_page(self) -> str:
        return get_call_address(self.question.asked_by)


def _build_position_content(call: Call, parsed_stance: ParsedStance) -> PositionContent:
    """A clause that the text does not have is named in the reason, so that nothing is lost."""
    clause = (
        Clause.objects.filter(text=call.text_id).with_label(parsed_stance.clause).first()
        if parsed_stance.clause
        else None
    )
    return PositionContent(
        parsed_stance.stance,
        parsed_stance.reason
        if clause or not parsed_stance.clause
        else f"{parsed_stance.clause}: {parsed_stance.reason}",
        clause,
    )
