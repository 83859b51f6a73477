"""A reply to one of our emails: each feature says in its `inbound.py` what becomes of the replies to its emails.

Each email has a reply address of its own, which belongs to one person for 180 days. Its subject names the handler, and
what the email asked: "call:7", "charter:3:12". A reply by anybody else, or to an expired address, is held until that
person confirms it; what was asked once and is closed now is kept for the coordinators.
"""

import hashlib
import uuid
from abc import ABC, abstractmethod
from collections.abc import Collection
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.accounts.age import is_missing_name
from jukwaa.accounts.minors import needs_age_answer
from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.registry import Registry
from jukwaa.core.safeguards import screen_text_for_signs
from jukwaa.mail.models import ReplyAddress
from jukwaa.records.models import Record
from jukwaa.records.policies import can_read
from jukwaa.updates import email_links
from jukwaa.updates.actions import stop_emails_of_topic
from jukwaa.updates.incoming.automatic_replies import (
    override_sender_language,
    send_automatic_answer,
    send_confirmation_link,
)
from jukwaa.updates.incoming.combined_replies import find_combined_email, parse_answered_reminder
from jukwaa.updates.incoming.inbound_email import InboundEmail
from jukwaa.updates.incoming.late import store_late_reply
from jukwaa.updates.incoming.reply_owners import get_reply_owner, is_sent_by_owner, needs_confirmation
from jukwaa.updates.incoming.sender_trust import is_trusted_sender
from jukwaa.updates.models import CombinedReminders, EmailTopic, PendingMail

UNSUBSCRIBE_WORDS = {"unsubscribe", "stop", "désabonner", "désinscription", "baja", "إلغاء الاشتراك"}
MAX_PK_LENGTH = len(str(2**63))
type Words = str | Promise


@dataclass(frozen=True)
class ReplyQuestion[Asked]:
    """What an email asked: `asked_by` is what the handler knows it by, such as a call; an answer is about `record`."""

    asked_by: Asked
    record: Record
    is_closed: bool = False

    @property
    def coalition(self) -> Coalition:
        return self.record.coalition


class ReplyHandler[Asked](ABC):
    """Takes one reply. A subclass is registered under the word with which the subjects of its reply addresses begin.

    It says what was asked (`find_question`), who may answer, and what a reply does that can be believed (`act`).
    """

    ended_topics: Collection[EmailTopic] = (
        EmailTopic.CONCERNS,
        EmailTopic.REMINDERS,
    )  # by "unsubscribe"; they are not asked again
    refused_subject: Words = gettext_lazy("Your reply was not posted")
    max_length: int | None = None  # of the text; without it, any text is looked at
    wrong_length_template = ""
    held_subject: Words = gettext_lazy("Did you write this reply?")
    held_template = "updates/held_reply.html"  # how the email and the page ask that, in the partials of a template

    def __init__(
        self, inbound_email: InboundEmail, address: ReplyAddress, reply_question: ReplyQuestion[Asked], person: Person
    ) -> None:
        self.came, self.address, self.question, self.person = inbound_email, address, reply_question, person

    @classmethod
    @abstractmethod
    def find_question(cls, pk: int) -> ReplyQuestion[Asked] | None:
        """Return what a reply address with this number is about; None where it is no longer there."""

    @abstractmethod
    def apply_reply(self) -> None:
        """Do what the reply says: it is by the owner of the address, and its question is open."""

    def may_answer(self) -> bool:
        """Whether the owner may today."""
        return not self.person.is_minor and can_read(ViewerContext(self.person), self.question.record)

    def must_state_age(self) -> bool:
        """Whether the owner has to give a name, or answer if they are 18 or older, on a page first."""
        return needs_age_answer(self.person) or is_missing_name(self.person)

    def needs_confirmation(self) -> bool:
        return needs_confirmation(self.came, self.address)

    def take(self) -> None:
        if _is_unsubscribe_request(self.came):
            self._unsubscribe_owner()
        elif self.question.is_closed:
            self._store_late_reply()
        elif not self.may_answer():
            self.refuse("updates/email/refused.txt")
        elif self.must_state_age():
            self.refuse("updates/email/age_first.txt", link=email_links.build_absolute_url(reverse("accounts:age")))
        elif self.max_length and not 0 < len(self.came.text) <= self.max_length:
            self.refuse(self.wrong_length_template, is_long=bool(self.came.text), longest=self.max_length)
        elif self.needs_confirmation():
            self.hold()
        else:
            self.apply_reply()

    def confirm(self) -> None:
        """Do what a held reply asked for, now that its owner has confirmed it; they learn the result by email.

        May raise ActionRefused and PermissionDenied, with a sentence for the page.
        """
        if self.must_state_age():
            page = email_links.build_absolute_url(reverse("accounts:age"))
            raise ActionRefused(
                _("Answer the questions on this page first, then confirm your reply: %(page)s") % {"page": page}
            )
        with override_sender_language(self.came, self.question.coalition.language):
            self.take()

    def _store_late_reply(self) -> None:
        if not ReplyHandler.may_answer(self):
            self.answer(ReplyHandler.refused_subject, "updates/email/refused.txt")
        elif not is_sent_by_owner(self.came, self.address) or not is_trusted_sender(self.came, self.address.address):
            self.hold()
        else:
            store_late_reply(self.came, person=self.person, record=self.question.record)

    def _unsubscribe_owner(self) -> None:
        """Believed from whoever writes from the address itself: the worst that comes of it is silence."""
        if self.came.sender != self.address.address:
            return
        for topic in self.ended_topics:
            stop_emails_of_topic(person=self.person, coalition=self.question.coalition, topic=topic)
        self.answer(
            _("You will not receive any more emails of this kind"),
            "updates/email/ended.txt",
            coalition=self.question.coalition,
        )

    def hold(self) -> None:
        """Hold the reply until the owner of the address confirms it by a link."""
        pending = PendingMail.objects.create(
            kind=PendingMail.Kind.REPLY,
            question=self.address.subject,
            coalition=self.question.coalition,
            address=self.address.address,
            person=self.person,
            record=self.question.record,
            reply=self.address,
            subject=self.came.subject,
            text=self.came.text,
            language=self.came.language,
        )
        send_confirmation_link(
            self.came, pending, email_subject=str(self.held_subject), question_wording=self.held_template
        )

    def refuse(self, template: str, **context: Any) -> None:
        """Says nothing about the record: its owner may no longer be allowed to see it."""
        self.answer(self.refused_subject, template, **context)

    def answer(self, subject: Words, template: str, **context: Any) -> None:
        """Write back, if the reply came from the address itself."""
        if self.came.sender == self.address.address:
            send_automatic_answer(
                self.came, to_address=self.came.sender, subject=str(subject), template=template, **context
            )

    def get_token(self) -> uuid.UUID:
        """The same email does the same, whichever way it comes a second time."""
        identity = f"{self.address.digest} {self.came.message_id}".encode() + self.came.raw
        return uuid.UUID(hashlib.sha256(identity).hexdigest()[:32])


class PageReplyHandler[Asked](ReplyHandler[Asked]):
    """For what an organisation decides. In doubt nothing is done: the writer is led to the page where they can do it.

    Nothing of what they wrote is lost, since they have their email.
    """

    page_subject: Words
    page_template: str

    @abstractmethod
    def decide(self) -> None:
        """Do what the reply says, or raise ActionRefused with a sentence that says why not."""

    @abstractmethod
    def get_page(self) -> str:
        """Return the path of the page where the writer can do the same."""

    def needs_confirmation(self) -> bool:
        """What only our mail server or the words make doubtful is led to the page instead."""
        return not is_sent_by_owner(self.came, self.address)

    def apply_reply(self) -> None:
        try:
            with transaction.atomic():
                self._require_trusted_sender()
                self.decide()
        except (ActionRefused, EditConflict, PermissionDenied) as refusal:
            page = email_links.build_absolute_url(self.get_page())
            self.answer(self.page_subject, self.page_template, why=str(refusal), page=page)

    def _require_trusted_sender(self) -> None:
        if not is_trusted_sender(self.came, self.came.sender):
            raise ActionRefused(_("We could not confirm that this email is from you."))

    def get_organisation(self, organisations: Any) -> Organisation:
        """Return the one of these for which the writer may speak, if the words identify nobody."""
        own = Standing(self.person, self.question.coalition).speaks_for
        found: list[Organisation] = list(organisations.filter(pk__in=own)[:2])
        if len(found) != 1:
            raise ActionRefused(_("Your reply does not say which organisation you represent."))
        if screen_text_for_signs(self.came.text):
            raise ActionRefused(_("Some words may identify someone."))
        return found[0]


reply_handler_registry: Registry[str, type[ReplyHandler[Any]]] = Registry("reply handlers")


def get_reply_handler(question_code: str) -> type[ReplyHandler[Any]]:
    """Return the handler of what a reply address is about. Raises LookupError if no feature has registered one."""
    return reply_handler_registry[question_code.partition(":")[0]]


def find_question(question_code: str) -> ReplyQuestion[Any] | None:
    """Return what "call:7" stands for; None where it is no longer there."""
    pk = question_code.rpartition(":")[2]
    if question_code.partition(":")[0] not in reply_handler_registry or not pk.isdecimal() or len(pk) >= MAX_PK_LENGTH:
        return None
    return get_reply_handler(question_code).find_question(int(pk))


def process_reply(
    inbound_email: InboundEmail, address: ReplyAddress, reply_question: ReplyQuestion[Any] | None
) -> None:
    if combined := find_combined_email(address.subject):
        _process_combined_reply(inbound_email, address, combined)
        return
    person = get_reply_owner(address)
    with override_sender_language(inbound_email, reply_question.coalition.language if reply_question else "en"):
        if person is not None and reply_question is not None:
            get_reply_handler(address.subject)(inbound_email, address, reply_question, person).take()
        elif inbound_email.sender == address.address:
            subject = _("Your reply was not posted")
            send_automatic_answer(
                inbound_email, to_address=inbound_email.sender, subject=subject, template="updates/email/refused.txt"
            )


def _process_combined_reply(
    inbound_email: InboundEmail, address: ReplyAddress, combined_reminders: CombinedReminders
) -> None:
    """A reply to an email with several reminders is about the one whose number it begins with."""
    reminder, text = parse_answered_reminder(combined_reminders, inbound_email.text)
    with override_sender_language(inbound_email, combined_reminders.coalition.language):
        if reminder is not None:
            asked = copy(address)
            asked.subject = reminder.subject
            process_reply(replace(inbound_email, text=text), asked, find_question(reminder.subject))
        elif inbound_email.sender == address.address and _is_unsubscribe_request(inbound_email):
            stop_emails_of_topic(
                person=combined_reminders.person, coalition=combined_reminders.coalition, topic=EmailTopic.REMINDERS
            )
            subject = _("You will not receive any more emails of this kind")
            send_automatic_answer(
                inbound_email,
                to_address=inbound_email.sender,
                subject=subject,
                template="updates/email/ended.txt",
                coalition=combined_reminders.coalition,
            )
        elif inbound_email.sender == address.address:
            numbers = list(combined_reminders.reminders.exclude(subject="").values_list("number", flat=True))
            subject = _("Which reminder is your reply about?")
            send_automatic_answer(
                inbound_email,
                to_address=inbound_email.sender,
                subject=subject,
                template="updates/email/which_reminder.txt",
                numbers=numbers,
            )


def confirm_pending_reply(pending_mail: PendingMail) -> None:
    """Do what a held reply asked for. Raises PermissionDenied if it is no longer there, or the address not theirs."""
    asked = {
        "address": pending_mail.address,
        "owner": f"person:{pending_mail.person_id}",
        "subject": pending_mail.question,
    }
    address, question = pending_mail.reply or ReplyAddress(**asked), find_question(pending_mail.question)
    person = get_reply_owner(address)
    if person is None or question is None:
        raise PermissionDenied
    came = InboundEmail(
        raw=f"pending-mail:{pending_mail.pk}".encode(),
        sender=pending_mail.address,
        subject=pending_mail.subject,
        text=pending_mail.text,
        language=pending_mail.language,
        sent_at=pending_mail.came_at,
        is_authenticated_sender=True,
        is_confirmed=True,
    )
    get_reply_handler(pending_mail.question)(came, address, question, person).confirm()


def _is_unsubscribe_request(inbound_email: InboundEmail) -> bool:
    words = (inbound_email.text.splitlines() or [""])[0].strip(" .!").casefold()
    return words in UNSUBSCRIBE_WORDS or inbound_email.subject.strip().casefold() in UNSUBSCRIBE_WORDS
