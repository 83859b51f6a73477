"""A reply to one of our emails: a comment, inputs, a position, a signature or a pledge, as the email asked for.

Each email has a reply address of its own, which belongs to one person for 180 days. A reply by anybody else, or a late
one, is held until that person confirms it; what was asked once and is closed now is kept for the coordinators.
"""

import hashlib
import uuid

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.cooperation.models import Party
from jukwaa.drafting.models import Call, Consultation
from jukwaa.events.models import Occurrence
from jukwaa.mail.models import ReplyAddress
from jukwaa.records.actions import add_comment
from jukwaa.records.actions.comments import CLOSED
from jukwaa.records.forms.comments import LONGEST
from jukwaa.records.models import Record
from jukwaa.records.policies import can_read
from jukwaa.updates.actions import end_mail
from jukwaa.updates.actions.confirming import register_reply_handler
from jukwaa.updates.incoming.answers import answer, ask_to_confirm, in_language_of
from jukwaa.updates.incoming.attached import keep_files
from jukwaa.updates.incoming.came import Came
from jukwaa.updates.incoming.inputs import take_inputs
from jukwaa.updates.incoming.late import keep_late_reply
from jukwaa.updates.incoming.owners import get_owner, needs_confirmation
from jukwaa.updates.incoming.pledges import take_pledge
from jukwaa.updates.incoming.positions import take_position_by_mail
from jukwaa.updates.incoming.questions import Question, find_question
from jukwaa.updates.incoming.routes import Route
from jukwaa.updates.incoming.signatures import sign_by_mail
from jukwaa.updates.incoming.trust import is_trusted
from jukwaa.updates.letters import answering
from jukwaa.updates.models import PendingMail, Topic

ENDING = {"unsubscribe", "stop", "désabonner", "désinscription", "baja", "إلغاء الاشتراك"}


def take_reply(came: Came, route: Route) -> None:
    if route.reply is not None:
        _take(came, route.reply, route.question)


@register_reply_handler
def take_confirmed_reply(pending: PendingMail) -> None:
    """Do what a held reply asked for, now that its owner has confirmed it; the result goes to them by email."""
    reply = pending.reply
    if reply is None:
        return
    came = Came(
        raw=f"pending-mail:{pending.pk}".encode(),
        message_id="",
        thread="",
        sender=pending.address,
        sender_name="",
        recipients=(),
        named=(),
        list_post="",
        subject=pending.subject,
        text=pending.text,
        quoted="",
        screened_texts=(),
        files=(),
        language=pending.language,
        sent_at=pending.came_at,
        is_vouched_for=True,
        is_from_a_machine=False,
        is_confirmed=True,
    )
    _take(came, reply, find_question(reply))


def _take(came: Came, reply: ReplyAddress, question: Question | None) -> None:
    person = get_owner(reply)
    with in_language_of(came, question.coalition.language if question else "en"):
        if person is None or question is None:
            _refuse(came, reply)
        elif _ends_mail(came):
            _end_mail(came, reply, question, person)
        elif isinstance(question.asked_by, Record):
            _take_comment(came, reply, question.asked_by, person)
        elif question.is_closed:
            _take_late(came, reply, question, person)
        else:
            _take_answer(came, reply, question, person)


def _take_comment(came: Came, reply: ReplyAddress, record: Record, person: Person) -> None:
    """Its owner must be allowed to comment today."""
    if record.state in CLOSED or (choice := answering(person, record)) is None:
        _refuse(came, reply)
    elif not came.text or len(came.text) > LONGEST:
        _refuse_text(came, reply)
    elif needs_confirmation(came, reply):
        _hold_comment(came, reply, record, person)
    else:
        token = _token(came, reply)
        add_comment(actor=person, record=record, body=came.text, organisation=choice.organisation, token=token)
        keep_files(came, person=person, record=record)


def _take_answer(came: Came, reply: ReplyAddress, question: Question, person: Person) -> None:
    """Inputs are held by their own handler, which knows how."""
    asked_by = question.asked_by
    if isinstance(asked_by, Consultation):
        take_inputs(came, reply, asked_by, _token(came, reply))
    elif _is_by_somebody_else(came, reply):
        _hold_reply(came, reply, question, person)
    elif isinstance(asked_by, Call):
        take_position_by_mail(came, reply, asked_by)
    elif isinstance(asked_by, Party):
        sign_by_mail(came, reply, asked_by)
    elif isinstance(asked_by, Occurrence):
        take_pledge(came, reply, asked_by, _token(came, reply))


def _take_late(came: Came, reply: ReplyAddress, question: Question, person: Person) -> None:
    if person.is_minor or not can_read(ViewerContext(person), question.record):
        _refuse(came, reply)
    elif _is_by_somebody_else(came, reply) or not is_trusted(came, reply.address):
        _hold_reply(came, reply, question, person)
    else:
        keep_late_reply(came, person=person, record=question.record)


def _is_by_somebody_else(came: Came, reply: ReplyAddress) -> bool:
    """Or may be: the address has expired."""
    return not came.is_confirmed and (came.sender != reply.address or reply.has_expired)


def _token(came: Came, reply: ReplyAddress) -> uuid.UUID:
    """The same mail is the same comment, whichever way it comes a second time."""
    return uuid.UUID(hashlib.sha256(f"{reply.digest} {came.message_id}".encode() + came.raw).hexdigest()[:32])


def _ends_mail(came: Came) -> bool:
    words = (came.text.splitlines() or [""])[0].strip(" .!").casefold()
    return words in ENDING or came.subject.strip().casefold() in ENDING


def _end_mail(came: Came, reply: ReplyAddress, question: Question, person: Person) -> None:
    """Believed from whoever writes from the address itself: the worst that comes of it is silence.

    Whoever is asked for something, and does not want to be, is neither asked nor reminded.
    """
    if came.sender != reply.address:
        return
    is_comment = isinstance(question.asked_by, Record)
    for topic in [Topic.COMMENTS] if is_comment else [Topic.CONCERNS, Topic.REMINDERS]:
        end_mail(person=person, coalition=question.coalition, topic=topic)
    subject = _("No more mails of this kind")
    answer(came, to=reply.address, subject=subject, template="ended", coalition=question.coalition)


def _hold_comment(came: Came, reply: ReplyAddress, record: Record, person: Person) -> None:
    pending = PendingMail.objects.create(
        kind=PendingMail.Kind.COMMENT,
        coalition=record.coalition,
        address=reply.address,
        person=person,
        record=record,
        reply=reply,
        text=came.text,
        language=came.language,
    )
    ask_to_confirm(came, pending, subject=_("Did you write this comment?"))


def _hold_reply(came: Came, reply: ReplyAddress, question: Question, person: Person) -> None:
    pending = PendingMail.objects.create(
        kind=PendingMail.Kind.REPLY,
        coalition=question.coalition,
        address=reply.address,
        person=person,
        record=question.record,
        reply=reply,
        subject=came.subject,
        text=came.text,
        language=came.language,
    )
    ask_to_confirm(came, pending, subject=_("Did you write this reply?"))


def _refuse(came: Came, reply: ReplyAddress) -> None:
    """Says nothing about the record: whoever asks may no longer be allowed to see it."""
    if came.sender == reply.address:
        answer(came, to=came.sender, subject=_("Your answer was not posted"), template="refused")


def _refuse_text(came: Came, reply: ReplyAddress) -> None:
    if came.sender == reply.address:
        subject = _("Your answer was not posted")
        answer(came, to=came.sender, subject=subject, template="no_text", is_long=bool(came.text), longest=LONGEST)
