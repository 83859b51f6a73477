"""An answer to the mail of a consultation is taken apart into inputs. What was not understood is kept and shown."""

import uuid
from typing import Any

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.drafting.actions import ConsultationClosed
from jukwaa.drafting.actions.inputs import MOST
from jukwaa.drafting.models import Consultation
from jukwaa.drafting.notifications.consultations import capacity_of_input
from jukwaa.mail.models import ReplyAddress
from jukwaa.updates.actions.answering import answer_consultation
from jukwaa.updates.incoming.answers import answer, ask_to_confirm, in_language_of
from jukwaa.updates.incoming.came import Came
from jukwaa.updates.incoming.owners import get_owner, needs_confirmation
from jukwaa.updates.models import PendingMail


def take_inputs(came: Came, reply: ReplyAddress, consultation: Consultation, token: uuid.UUID) -> None:
    """Whoever has the address of the thread may answer in it, if they are asked today; if in doubt they confirm it."""
    coalition = consultation.text.coalition
    person = get_owner(reply)
    with in_language_of(came, coalition.language):
        if person is None or capacity_of_input(person, consultation) is None:
            _say(came, reply, "refused")
        elif not came.text or len(came.text) > MOST:
            _say(came, reply, "no_input", is_long=bool(came.text))
        elif needs_confirmation(came, reply):
            _hold(came, reply, consultation, person)
        else:
            _give(came, reply, consultation, person, token)


def _give(came: Came, reply: ReplyAddress, consultation: Consultation, person: Person, token: uuid.UUID) -> None:
    """The answer says what each line was taken for, and shows what could not be brought to any place."""
    try:
        understood = answer_consultation(
            person=person, consultation=consultation, body=came.text, token=token, language=came.language
        )
    except ConsultationClosed:
        _say(came, reply, "input_closed", consultation=consultation)
        return
    subject = _("Your input is kept: please look at it once")
    answer(came, to=reply.address, subject=subject, template="inputs", consultation=consultation, understood=understood)


def _hold(came: Came, reply: ReplyAddress, consultation: Consultation, person: Person) -> None:
    pending = PendingMail.objects.create(
        kind=PendingMail.Kind.INPUT,
        coalition=consultation.text.coalition,
        address=reply.address,
        person=person,
        record=consultation.text,
        consultation=consultation,
        reply=reply,
        text=came.text,
        language=came.language,
    )
    ask_to_confirm(came, pending, subject=_("Did you write this input?"))


def _say(came: Came, reply: ReplyAddress, template: str, **context: Any) -> None:
    """Only to whoever writes from the address itself; of the text, nothing but what they sent."""
    if came.sender == reply.address:
        answer(came, to=came.sender, subject=_("Your input was not taken"), template=template, longest=MOST, **context)
