"""Replies to our emails about texts: inputs in a consultation, and positions on a call."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.capacities import Choice
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.safeguards import screen
from jukwaa.drafting.actions import ConsultationClosed, Stand, take_position
from jukwaa.drafting.actions.inputs import MOST
from jukwaa.drafting.actions.inputs_by_email import Understood, answer_consultation
from jukwaa.drafting.models import Call, Clause, Consultation
from jukwaa.drafting.notifications.calls import address_of, call_called
from jukwaa.drafting.notifications.consultations import capacity_of_input
from jukwaa.drafting.positions import members_asked, people_asked
from jukwaa.drafting.stances import Said, stance_in
from jukwaa.updates import tokens
from jukwaa.updates.incoming.replies import PageReplyHandler, Question, ReplyHandler, reply_handlers


@reply_handlers.register("consultation")
class InputReply(ReplyHandler[Consultation]):
    """Taken apart into inputs. What was not understood is kept and shown."""

    refused_subject = gettext_lazy("Your input was not saved")
    max_length = MOST
    wrong_length_template = "drafting/email/no_input.txt"
    held_subject = gettext_lazy("Did you send this input?")
    held_template = "drafting/held_input.html"

    @classmethod
    def find_question(cls, pk: int) -> Question[Consultation] | None:
        rows = Consultation.objects.select_related("text__coalition", "text__owner", "revision")
        found = rows.filter(pk=pk).first()
        return Question(found, found.text, is_closed=found.is_over) if found else None

    def may_answer(self) -> bool:
        return self._find_capacity() is not None

    def act(self) -> None:
        """The answer says what each line was taken for, and shows what could not be brought to any place."""
        consultation = self.question.asked_by
        try:
            understood = self._give()
        except ConsultationClosed:
            self.refuse("drafting/email/input_closed.txt", consultation=consultation)
            return
        subject = _("Input received: please check it")
        self.answer(subject, "drafting/email/inputs.txt", consultation=consultation, understood=understood)

    def confirm(self) -> None:
        if self.question.is_closed:
            super().confirm()
        else:
            self._give()

    def _find_capacity(self) -> Choice | None:
        return capacity_of_input(self.person, self.question.asked_by)

    def _give(self) -> Understood:
        choice = self._find_capacity()
        if choice is None:
            raise PermissionDenied(_("You no longer have permission to do this. Nothing was changed."))
        return answer_consultation(
            person=self.person,
            consultation=self.question.asked_by,
            organisation=choice.organisation,
            body=self.came.text,
            token=self.get_token(),
            language=self.came.language,
        )


@reply_handlers.register("call")
class PositionReply(PageReplyHandler[Call]):
    """The position of the one organisation that its writer may speak for."""

    page_subject = gettext_lazy("Your position was not recorded: please respond on the website")
    page_template = "drafting/email/position_not_taken.txt"

    @classmethod
    def find_question(cls, pk: int) -> Question[Call] | None:
        """Of a call that was restarted too: its writer is led to the page of the next."""
        call = call_called(pk)
        is_restarted = call is not None and call.outcome == Call.Outcome.RESTARTED
        return Question(call, call.text, is_closed=call.is_over and not is_restarted) if call else None

    def decide(self) -> None:
        call, said = self.question.asked_by, stance_in(self.came.text)
        if said is None:
            raise ActionRefused(_("We could not find a position in your email."))
        organisation = None if self._responds_alone(call) else self.get_organisation(members_asked(call))
        position = take_position(actor=self.person, call=call, organisation=organisation, stand=_stand(call, said))
        self.answer(
            _("Your position has been recorded"),
            "drafting/email/position_taken.txt",
            organisation=organisation,
            stance=position.get_stance_display(),
            page=tokens.absolute(self.get_page()),
        )

    def _responds_alone(self, call: Call) -> bool:
        """A member in their own right, unless they represent an organisation that is asked as well."""
        own = Standing(self.person, self.question.coalition).speaks_for
        if members_asked(call).filter(pk__in=own).exists() or not people_asked(call).filter(pk=self.person.pk).exists():
            return False
        if screen(self.came.text):
            raise ActionRefused(_("Your email may contain details that identify someone."))
        return True

    def get_page(self) -> str:
        return address_of(self.question.asked_by)


def _stand(call: Call, said: Said) -> Stand:
    """A clause that the text does not have is named in the reason, so that nothing is lost."""
    clause = Clause.objects.filter(text=call.text_id, number=said.clause).first() if said.clause else None
    return Stand(said.stance, said.reason if clause or not said.clause else f"{said.clause}: {said.reason}", clause)
