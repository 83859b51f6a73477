"""Email about ideas: one to ideas+NAME@ suggests an idea, and a reply to an email about an idea supports it."""

import hashlib
import re
import uuid
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.accounts.age import is_missing_name
from jukwaa.accounts.minors import needs_age_answer
from jukwaa.accounts.models import Person
from jukwaa.accounts.rate_limits import RateLimit, TooManyAttemptsError, count_attempt
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.documents.text_cleaning import clean_text
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.safeguards import screen_text_for_signs
from jukwaa.meetings.actions.ideas import suggest_idea, support_idea
from jukwaa.meetings.forms_ideas import MAX_IDEA_TEXT_LENGTH, MAX_IDEA_TITLE_LENGTH
from jukwaa.meetings.idea_replies import parse_idea_reply
from jukwaa.meetings.models import Idea
from jukwaa.meetings.policies import can_suggest_idea, can_support_idea
from jukwaa.records.actions import add_comment
from jukwaa.records.forms.comments import MAX_COMMENT_LENGTH as LONGEST_COMMENT
from jukwaa.records.models import State
from jukwaa.updates import email_links
from jukwaa.updates.incoming.automatic_replies import (
    EXPLANATION_RATE_LIMIT,
    override_sender_language,
    send_automatic_answer,
)
from jukwaa.updates.incoming.inbound_email import InboundEmail
from jukwaa.updates.incoming.replies import ReplyHandler, ReplyQuestion
from jukwaa.updates.incoming.sender_trust import is_trusted_sender
from jukwaa.updates.notification_emails import get_default_email_capacity

IDEA_EMAIL_RATE_LIMIT = RateLimit("mail-ideas", 20, timedelta(days=1))
REPLY_SUBJECT_PREFIX_PATTERN = re.compile(r"^(?:(?:re|fwd?|tr|rv|aw|wg)\s*:\s*)+", re.IGNORECASE)


def handle_idea_email(inbound_email: InboundEmail, coalition: Coalition) -> None:
    """Publish an idea that is certainly from a member; keep it as their draft where its sender may be somebody else.

    Nothing of the email stands in the answer: From may be forged.
    """
    person = Person.objects.with_address(inbound_email.sender).first()
    with override_sender_language(inbound_email, coalition.language):
        if person is None or not _may_suggest_idea(inbound_email, person, coalition):
            _send_idea_refusal(inbound_email, coalition, refusal_code="sender")
            return
        title, summary = _parse_idea_email(inbound_email)
        if not title:
            _send_idea_refusal(inbound_email, coalition, refusal_code="empty")
        elif len(title) > MAX_IDEA_TITLE_LENGTH or len(summary) > MAX_IDEA_TEXT_LENGTH:
            _send_idea_refusal(inbound_email, coalition, refusal_code="long")
        elif _is_rate_exceeded(inbound_email):
            _send_idea_refusal(inbound_email, coalition, refusal_code="often", rate_limit=EXPLANATION_RATE_LIMIT)
        else:
            _send_idea_confirmation(
                inbound_email, _create_idea_from_email(inbound_email, coalition, person, title, summary)
            )


def _may_suggest_idea(inbound_email: InboundEmail, person: Person, coalition: Coalition) -> bool:
    return (
        can_suggest_idea(ViewerContext(person), coalition)
        and not person.is_minor
        and is_trusted_sender(inbound_email, inbound_email.sender)
    )


def _parse_idea_email(inbound_email: InboundEmail) -> tuple[str, str]:
    """Return the idea and its details: the subject and the text, or the first line where there is no subject."""
    subject, text = (
        REPLY_SUBJECT_PREFIX_PATTERN.sub("", clean_text(inbound_email.subject)[0]).strip(),
        clean_text(inbound_email.text)[0].strip(),
    )
    if subject:
        return subject, text
    first, _line, rest = text.partition("\n")
    return first.strip(), rest.strip()


def _create_idea_from_email(
    inbound_email: InboundEmail, coalition: Coalition, person: Person, title: str, summary: str
) -> Idea:
    """Create the idea: as a draft if the sender is not authenticated or a person could be identified."""
    is_certain = (
        inbound_email.is_authenticated_sender
        and not needs_age_answer(person)
        and not is_missing_name(person)
        and not screen_text_for_signs(f"{title}\n{summary}")
    )
    identity = inbound_email.message_id.encode() or inbound_email.raw
    return suggest_idea(
        actor=person,
        coalition=coalition,
        title=title,
        summary=summary,
        language=inbound_email.language or coalition.language,
        organisation=get_default_email_capacity(person, coalition).organisation,
        published=is_certain,
        token=uuid.UUID(hashlib.sha256(f"idea {inbound_email.sender} ".encode() + identity).hexdigest()[:32]),
    )


def _is_rate_exceeded(inbound_email: InboundEmail) -> bool:
    """Return whether this sender has sent too many ideas, which protects against forged senders."""
    try:
        count_attempt(IDEA_EMAIL_RATE_LIMIT, inbound_email.sender)
    except TooManyAttemptsError:
        return True
    return False


def _send_idea_confirmation(inbound_email: InboundEmail, idea: Idea) -> None:
    is_draft = idea.state == State.DRAFT
    send_automatic_answer(
        inbound_email,
        to_address=inbound_email.sender,
        subject=_("Publish your idea") if is_draft else _("Your idea has been published"),
        template="meetings/email/idea_received.txt",
        coalition=idea.coalition,
        is_draft=is_draft,
        has_files=any(file.name and not file.is_embedded for file in inbound_email.files),
        page=email_links.build_absolute_url(reverse("meetings:idea_detail", args=[idea.coalition.slug, idea.pk])),
    )


def _send_idea_refusal(
    inbound_email: InboundEmail, coalition: Coalition, *, refusal_code: str, rate_limit: RateLimit | None = None
) -> None:
    send_automatic_answer(
        inbound_email,
        to_address=inbound_email.sender,
        subject=_("Your idea was not saved"),
        template="meetings/email/idea_not_saved.txt",
        coalition=coalition,
        why=refusal_code,
        longest_title=MAX_IDEA_TITLE_LENGTH,
        longest=MAX_IDEA_TEXT_LENGTH,
        page=email_links.build_absolute_url(reverse("meetings:idea_new", args=[coalition.slug])),
        apply=email_links.build_absolute_url(reverse("coalitions:apply", args=[coalition.slug])),
        **({"rate": rate_limit} if rate_limit else {}),
    )


class IdeaReplyHandler(ReplyHandler[Idea]):
    """Supports the idea, or comments on it. A reply that says neither is explained, and nothing is done."""

    refused_subject = gettext_lazy("We could not use your reply")

    @classmethod
    def find_question(cls, pk: int) -> ReplyQuestion[Idea] | None:
        """Of a merged idea, the one that it was merged into."""
        idea = Idea.objects.select_related("coalition", "merged_into__coalition").filter(pk=pk).first()
        if idea is None:
            return None
        idea = idea.merged_into or idea
        return ReplyQuestion(idea, idea)

    def may_answer(self) -> bool:
        return super().may_answer() and can_support_idea(ViewerContext(self.person), self.question.asked_by)

    def apply_reply(self) -> None:
        reply = parse_idea_reply(self.came.text)
        try:
            if reply.is_support:
                self._record_idea_support()
            elif 0 < len(reply.comment) <= LONGEST_COMMENT:
                self._add_idea_comment(reply.comment)
            else:
                self._send_reply_result(_("We did not understand your reply"), "not_understood")
        except (ActionRefused, PermissionDenied) as refusal:
            self._send_reply_result(_("We could not use your reply"), "refused", sentence=str(refusal))

    def _record_idea_support(self) -> None:
        idea = self.question.asked_by
        choice = get_default_email_capacity(self.person, idea.coalition)
        support_idea(actor=self.person, idea=idea, organisation=choice.organisation)
        self._send_reply_result(_("Your support has been recorded"), "supported", organisation=choice.organisation)

    def _add_idea_comment(self, body: str) -> None:
        idea = self.question.asked_by
        organisation = get_default_email_capacity(self.person, idea.coalition).organisation
        add_comment(actor=self.person, record=idea, body=body, organisation=organisation, token=self.get_token())
        self._send_reply_result(_("Your comment has been posted"), "commented")

    def _send_reply_result(self, subject: str, reply_result: str, **context: object) -> None:
        idea = self.question.asked_by
        page = email_links.build_absolute_url(reverse("meetings:idea_detail", args=[idea.coalition.slug, idea.pk]))
        template = "meetings/email/idea_reply_answered.txt"
        self.answer(subject, template, idea=idea, result=reply_result, page=page, **context)
