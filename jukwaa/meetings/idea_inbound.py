"""Email about ideas: one to ideas+NAME@ suggests an idea, and a reply to an email about an idea supports it."""

import hashlib
import re
import uuid
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.accounts.limits import Rate, TooManyTries, count
from jukwaa.accounts.minors import needs_answer
from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.documents.clean import clean_text
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.safeguards import screen
from jukwaa.meetings.actions.ideas import suggest_idea, support_idea
from jukwaa.meetings.forms_ideas import LONGEST, LONGEST_TITLE
from jukwaa.meetings.idea_replies import read_reply
from jukwaa.meetings.models import Idea
from jukwaa.meetings.policies import can_suggest_idea, can_support_idea
from jukwaa.records.actions import add_comment
from jukwaa.records.forms.comments import LONGEST as LONGEST_COMMENT
from jukwaa.records.models import State
from jukwaa.updates import tokens
from jukwaa.updates.incoming.answers import EXPLAINED, answer, in_language_of
from jukwaa.updates.incoming.came import Came
from jukwaa.updates.incoming.replies import Question, ReplyHandler
from jukwaa.updates.incoming.trust import is_trusted
from jukwaa.updates.letters import capacity_by_mail

SUGGESTED = Rate("mail-ideas", 20, timedelta(days=1))
REPLY_MARKS = re.compile(r"^(?:(?:re|fwd?|tr|rv|aw|wg)\s*:\s*)+", re.IGNORECASE)


def take_idea(came: Came, coalition: Coalition) -> None:
    """Publish an idea that is certainly from a member; keep it as their draft where its sender may be somebody else.

    Nothing of the email stands in the answer: From may be forged.
    """
    person = Person.objects.with_address(came.sender).first()
    with in_language_of(came, coalition.language):
        if person is None or not _may_suggest(came, person, coalition):
            _explain(came, coalition, why="sender")
            return
        title, summary = _read(came)
        if not title:
            _explain(came, coalition, why="empty")
        elif len(title) > LONGEST_TITLE or len(summary) > LONGEST:
            _explain(came, coalition, why="long")
        elif _is_too_much(came):
            _explain(came, coalition, why="often", rate=EXPLAINED)
        else:
            _answer(came, _suggest(came, coalition, person, title, summary))


def _may_suggest(came: Came, person: Person, coalition: Coalition) -> bool:
    return can_suggest_idea(ViewerContext(person), coalition) and not person.is_minor and is_trusted(came, came.sender)


def _read(came: Came) -> tuple[str, str]:
    """Return the idea and its details: the subject and the text, or the first line where there is no subject."""
    subject, text = REPLY_MARKS.sub("", clean_text(came.subject)[0]).strip(), clean_text(came.text)[0].strip()
    if subject:
        return subject, text
    first, _line, rest = text.partition("\n")
    return first.strip(), rest.strip()


def _suggest(came: Came, coalition: Coalition, person: Person, title: str, summary: str) -> Idea:
    """A draft where our mail server did not vouch for the sender, and where words may tell who somebody is."""
    is_certain = came.is_vouched_for and not needs_answer(person) and not screen(f"{title}\n{summary}")
    identity = came.message_id.encode() or came.raw
    return suggest_idea(
        actor=person,
        coalition=coalition,
        title=title,
        summary=summary,
        language=came.language or coalition.language,
        organisation=capacity_by_mail(person, coalition).organisation,
        published=is_certain,
        token=uuid.UUID(hashlib.sha256(f"idea {came.sender} ".encode() + identity).hexdigest()[:32]),
    )


def _is_too_much(came: Came) -> bool:
    """Whoever forges From shall not fill somebody's list of drafts."""
    try:
        count(SUGGESTED, came.sender)
    except TooManyTries:
        return True
    return False


def _answer(came: Came, idea: Idea) -> None:
    is_draft = idea.state == State.DRAFT
    answer(
        came,
        to=came.sender,
        subject=_("Publish your idea") if is_draft else _("Your idea has been published"),
        template="meetings/email/idea_received.txt",
        coalition=idea.coalition,
        is_draft=is_draft,
        has_files=any(file.name and not file.is_embedded for file in came.files),
        page=tokens.absolute(reverse("meetings:idea_detail", args=[idea.coalition.slug, idea.pk])),
    )


def _explain(came: Came, coalition: Coalition, *, why: str, rate: Rate | None = None) -> None:
    answer(
        came,
        to=came.sender,
        subject=_("Your idea was not saved"),
        template="meetings/email/idea_not_saved.txt",
        coalition=coalition,
        why=why,
        longest_title=LONGEST_TITLE,
        longest=LONGEST,
        page=tokens.absolute(reverse("meetings:idea_new", args=[coalition.slug])),
        apply=tokens.absolute(reverse("coalitions:apply", args=[coalition.slug])),
        **({"rate": rate} if rate else {}),
    )


class IdeaReplyHandler(ReplyHandler[Idea]):
    """Supports the idea, or comments on it. A reply that says neither is explained, and nothing is done."""

    refused_subject = gettext_lazy("We could not use your reply")

    @classmethod
    def find_question(cls, pk: int) -> Question[Idea] | None:
        """Of a merged idea, the one that it was merged into."""
        idea = Idea.objects.select_related("coalition", "merged_into__coalition").filter(pk=pk).first()
        if idea is None:
            return None
        idea = idea.merged_into or idea
        return Question(idea, idea)

    def may_answer(self) -> bool:
        return super().may_answer() and can_support_idea(ViewerContext(self.person), self.question.asked_by)

    def act(self) -> None:
        reply = read_reply(self.came.text)
        try:
            if reply.is_support:
                self._support()
            elif 0 < len(reply.comment) <= LONGEST_COMMENT:
                self._comment(reply.comment)
            else:
                self._write_back(_("We did not understand your reply"), "not_understood")
        except (ActionRefused, PermissionDenied) as refusal:
            self._write_back(_("We could not use your reply"), "refused", sentence=str(refusal))

    def _support(self) -> None:
        idea = self.question.asked_by
        choice = capacity_by_mail(self.person, idea.coalition)
        support_idea(actor=self.person, idea=idea, organisation=choice.organisation)
        self._write_back(_("Your support has been recorded"), "supported", organisation=choice.organisation)

    def _comment(self, body: str) -> None:
        idea = self.question.asked_by
        organisation = capacity_by_mail(self.person, idea.coalition).organisation
        add_comment(actor=self.person, record=idea, body=body, organisation=organisation, token=self.get_token())
        self._write_back(_("Your comment has been posted"), "commented")

    def _write_back(self, subject: str, result: str, **context: object) -> None:
        idea = self.question.asked_by
        page = tokens.absolute(reverse("meetings:idea_detail", args=[idea.coalition.slug, idea.pk]))
        template = "meetings/email/idea_reply_answered.txt"
        self.answer(subject, template, idea=idea, result=result, page=page, **context)
