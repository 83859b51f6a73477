"""An answer to one of our mails is a comment on what that mail was about; to that of a consultation, it is inputs."""

import hashlib
import uuid

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.core.safeguards import screen
from jukwaa.drafting.models import Call
from jukwaa.events.models import Occurrence
from jukwaa.mail.models import ReplyAddress
from jukwaa.records.actions import add_comment
from jukwaa.records.actions.comments import CLOSED
from jukwaa.records.forms.comments import LONGEST
from jukwaa.records.models import Record
from jukwaa.updates.actions import end_mail
from jukwaa.updates.incoming.answers import answer, ask_to_confirm, in_language_of
from jukwaa.updates.incoming.attached import keep_files
from jukwaa.updates.incoming.came import Came
from jukwaa.updates.incoming.door import kept_at_the_door
from jukwaa.updates.incoming.inputs import consultation_of, take_inputs
from jukwaa.updates.incoming.pledges import take_pledge
from jukwaa.updates.incoming.positions import PREFIX, take_position_by_mail
from jukwaa.updates.incoming.routes import Route
from jukwaa.updates.incoming.signatures import sign_by_mail, signing_for
from jukwaa.updates.incoming.trust import is_trusted
from jukwaa.updates.letters import answering
from jukwaa.updates.models import PendingMail, Topic
from jukwaa.updates.telling.events import PREFIX as TAKE_PART
from jukwaa.updates.telling.events import occurrence_told

ENDING = {"unsubscribe", "stop", "désabonner", "désinscription", "baja", "إلغاء الاشتراك"}


def take_reply(came: Came, route: Route) -> None:
    """Whoever has the address of a thread may answer in it, if they may comment today; if in doubt they confirm it."""
    reply = route.reply
    if reply is None or _answers_what_was_asked(came, reply):
        return
    record = _record(reply)
    if record is None:
        return
    person: Person | None = Person.objects.with_address(reply.address).first()
    if kept_at_the_door(came, record.coalition):
        return
    with in_language_of(came, record.coalition.language):
        if person is None or record.state in CLOSED or (choice := answering(person, record)) is None:
            _refuse(came, reply)
        elif _ends_mail(came):
            _end_mail(came, reply, record, person)
        elif not came.text or len(came.text) > LONGEST:
            _refuse_text(came, reply)
        elif is_trusted(came, reply.address) and not screen(came.text):
            body = came.text
            token = _token(came, reply)
            add_comment(actor=person, record=record, body=body, organisation=choice.organisation, token=token)
            keep_files(came, person=person, record=record)
        else:
            _hold(came, reply, record, person)


def _answers_what_was_asked(came: Came, reply: ReplyAddress) -> bool:
    """Whether the mail that it answers asked for something that is no comment: then it was taken, or refused."""
    about = _asked_about(reply)
    if about is not None and _ends_mail(came):
        _end_asking(came, reply, about)
    elif (call := _number(reply, PREFIX)) is not None:
        take_position_by_mail(came, reply, call)
    elif (consultation := consultation_of(reply)) is not None:
        take_inputs(came, reply, consultation, _token(came, reply))
    elif (party := signing_for(reply)) is not None:
        sign_by_mail(came, reply, party)
    elif (occurrence := _asked_to_take_part(reply)) is not None:
        take_pledge(came, reply, occurrence, _token(came, reply))
    else:
        return False
    return True


def _asked_about(reply: ReplyAddress) -> Record | None:
    """What somebody was asked for inputs, a position, a signature or a pledge on."""
    if asking := consultation_of(reply) or _call(reply):
        return asking.text
    if party := signing_for(reply):
        return party.work
    occurrence = _asked_to_take_part(reply)
    return occurrence.event if occurrence else None


def _record(reply: ReplyAddress) -> Record | None:
    pk = _number(reply, "record")
    return Record.objects.select_related("coalition").filter(pk=pk).first() if pk is not None else None


def _call(reply: ReplyAddress) -> Call | None:
    return Call.objects.select_related("text__coalition").filter(pk=_number(reply, PREFIX) or 0).first()


def _asked_to_take_part(reply: ReplyAddress) -> Occurrence | None:
    return occurrence_told(_number(reply, TAKE_PART) or 0)


def _number(reply: ReplyAddress, wanted: str) -> int | None:
    """Of what the address leads to, if it is of this sort."""
    kind, _colon, pk = reply.subject.partition(":")
    return int(pk) if kind == wanted and pk.isdigit() else None


def _token(came: Came, reply: ReplyAddress) -> uuid.UUID:
    """The same mail is the same comment, whichever way it comes a second time."""
    return uuid.UUID(hashlib.sha256(f"{reply.token} {came.message_id}".encode() + came.raw).hexdigest()[:32])


def _ends_mail(came: Came) -> bool:
    words = (came.text.splitlines() or [""])[0].strip(" .!").casefold()
    return words in ENDING or came.subject.strip().casefold() in ENDING


def _end_asking(came: Came, reply: ReplyAddress, text: Record) -> None:
    """Whoever is asked for something and does not want to be: neither asked nor reminded."""
    person: Person | None = Person.objects.with_address(reply.address).first()
    if person is not None:
        with in_language_of(came, text.coalition.language):
            _end_mail(came, reply, text, person, (Topic.CONCERNS, Topic.REMINDERS))


def _end_mail(
    came: Came, reply: ReplyAddress, record: Record, person: Person, topics: tuple[Topic, ...] = (Topic.COMMENTS,)
) -> None:
    """Believed from whoever writes from the address itself: the worst that comes of it is silence."""
    if came.sender != reply.address:
        return
    for topic in topics:
        end_mail(person=person, coalition=record.coalition, topic=topic)
    subject = _("No more mails of this kind")
    answer(came, to=reply.address, subject=subject, template="ended", coalition=record.coalition)


def _hold(came: Came, reply: ReplyAddress, record: Record, person: Person) -> None:
    pending = PendingMail.objects.create(
        kind=PendingMail.Kind.COMMENT,
        coalition=record.coalition,
        address=reply.address,
        person=person,
        record=record,
        text=came.text,
        language=came.language,
    )
    ask_to_confirm(came, pending, subject=_("Did you write this comment?"))


def _refuse(came: Came, reply: ReplyAddress) -> None:
    """Says nothing about the record: whoever asks may no longer be allowed to see it."""
    if came.sender == reply.address:
        answer(came, to=came.sender, subject=_("Your answer was not posted"), template="refused")


def _refuse_text(came: Came, reply: ReplyAddress) -> None:
    if came.sender == reply.address:
        subject = _("Your answer was not posted")
        answer(came, to=came.sender, subject=subject, template="no_text", is_long=bool(came.text), longest=LONGEST)
