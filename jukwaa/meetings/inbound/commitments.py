"""A reply to an email about a commitment: done, a new date, yes, or not us."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.dates import format_long_date
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings import policies
from jukwaa.meetings.actions import (
    change_commitment_due_date,
    confirm_commitment_owner,
    decline_commitment_ownership,
    set_commitment_progress,
)
from jukwaa.meetings.commitment_replies import CommitmentReply, CommitmentReplyVerb, parse_commitment_reply
from jukwaa.meetings.models import Commitment
from jukwaa.updates import email_links
from jukwaa.updates.incoming.replies import PageReplyHandler, ReplyQuestion, reply_handler_registry

COMMITMENT_REPLY_PREFIX = "commitment"


@reply_handler_registry.register(COMMITMENT_REPLY_PREFIX)
class CommitmentReplyHandler(PageReplyHandler[Commitment]):
    """Takes the first line of a reply. What is not understood changes nothing, and is answered."""

    page_subject = gettext_lazy("Your reply has not changed the commitment")
    page_template = "meetings/email/commitment_reply_not_understood.txt"

    @classmethod
    def find_question(cls, pk: int) -> ReplyQuestion[Commitment] | None:
        rows = Commitment.objects.select_related("entry__coalition", "entry__meeting", "entry__part")
        commitment = (
            rows.select_related("owner", "proposed_organisation__merged_into", "responsible").filter(pk=pk).first()
        )
        return ReplyQuestion(commitment, commitment.entry) if commitment else None

    def may_answer(self) -> bool:
        context, commitment = ViewerContext(self.person), self.question.asked_by
        speaks = policies.can_set_progress(context, commitment) or policies.can_confirm_owner(context, commitment)
        return speaks and super().may_answer()

    def decide(self) -> None:
        reply = parse_commitment_reply(self.came.text, timezone.localdate())
        if reply is None:
            raise ActionRefused(_("We could not understand your reply, so nothing has been changed."))
        said = self._apply_commitment_reply(reply)
        page = email_links.build_absolute_url(self.get_page())
        title = self.question.asked_by.written_title
        self.answer(
            _("Commitment updated"), "meetings/email/commitment_reply_taken.txt", said=said, title=title, page=page
        )

    def _apply_commitment_reply(self, commitment_reply: CommitmentReply) -> str:
        """Do what was asked, and return a sentence that confirms it."""
        person, commitment = self.person, self.question.asked_by
        if commitment_reply.verb == CommitmentReplyVerb.DECLINE:
            decline_commitment_ownership(actor=person, commitment=commitment)
            return _("You have declined this commitment. We will notify the coordinators.")
        if commitment_reply.verb == CommitmentReplyVerb.CONFIRM:
            self._require_proposed_ownership()
            owner = confirm_commitment_owner(actor=person, commitment=commitment).owner
            if owner is not None and owner.organisation_id is None:
                return _("Commitment confirmed. Everyone who can read the commitment can now see its owner.")
            return _(
                "You have confirmed this commitment. Everyone who can read the commitment can now see your"
                " organisation as its owner."
            )
        if commitment_reply.day is not None:
            change_commitment_due_date(actor=person, commitment=commitment, due_on=commitment_reply.day)
            return _("The due date is now %(day)s.") % {"day": format_long_date(commitment_reply.day)}
        set_commitment_progress(actor=person, commitment=commitment, progress=Commitment.Progress.KEPT)
        return _("The commitment has been marked as done.")

    def _require_proposed_ownership(self) -> None:
        if not self.question.asked_by.proposed_name:
            raise ActionRefused(_("This commitment does not need to be confirmed."))

    def get_page(self) -> str:
        return self.question.record.get_absolute_url()
