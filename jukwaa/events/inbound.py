"""A reply to the email that asks organisations to take part in an event is a pledge."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.models import Organisation
from jukwaa.core.refusals import ActionRefused
from jukwaa.events.actions import pledge
from jukwaa.events.models import Occurrence
from jukwaa.events.notifications import PLEDGE_REPLY_PREFIX, find_published_occurrence
from jukwaa.events.pledge_parser import parse_pledge_email
from jukwaa.updates import email_links
from jukwaa.updates.incoming.replies import PageReplyHandler, ReplyQuestion, reply_handler_registry


@reply_handler_registry.register(PLEDGE_REPLY_PREFIX)
class PledgeReplyHandler(PageReplyHandler[Occurrence]):
    """The pledge of the one organisation that its writer may speak for."""

    page_subject = gettext_lazy("Your pledge was not recorded")
    page_template = "events/email/pledge_not_taken.txt"

    @classmethod
    def find_question(cls, pk: int) -> ReplyQuestion[Occurrence] | None:
        """A cancelled one takes nothing, not even late."""
        found = find_published_occurrence(pk)
        if found is None:
            return None
        is_closed = found.called_at is not None and found.cancelled_at is None and not found.is_open_for_pledges
        return ReplyQuestion(found, found.event, is_closed=is_closed)

    def decide(self) -> None:
        occurrence, promise = self.question.asked_by, parse_pledge_email(self.came.text)
        if promise is None:
            raise ActionRefused(_("Your email does not say what your organisation will do."))
        organisation = self.get_organisation(Organisation.objects.filter(merged_into=None))
        pledge(
            actor=self.person,
            occurrence=occurrence,
            organisation=organisation,
            promise=promise,
            token=self.get_token(),
        )
        self.answer(
            _("Your pledge has been recorded"),
            "events/email/pledge_taken.txt",
            organisation=organisation,
            activity=promise.activity,
            page=email_links.build_absolute_url(occurrence.get_absolute_url()),
        )

    def get_page(self) -> str:
        occurrence = self.question.asked_by
        event = occurrence.event
        return reverse("events:pledge_new", args=[event.coalition.slug, event.pk, occurrence.pk])
