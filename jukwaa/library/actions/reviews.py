"""A second person reads an item: sent by its author, handed on by the safeguarding lead, decided with a reason."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.library import policies
from jukwaa.library.actions.items import require_complete_details
from jukwaa.library.actions.readers import RecordReaders, set_record_readers
from jukwaa.library.models import Item, Review
from jukwaa.records import index
from jukwaa.records.actions import publish_record
from jukwaa.records.models import Audience, Label, State
from jukwaa.records.versions import save_record_version

OUTCOMES_REQUIRING_CHANGES = (Review.Outcome.REVISE, Review.Outcome.REFUSE)


@dataclass(frozen=True)
class ReviewDecision:
    """What a second person decided. `readers` are for whom it is published, where it is restricted."""

    outcome: str
    can_be_combined: bool
    reason: str
    readers: RecordReaders | None = None


@action
def send_for_review(*, actor: Person, item: Item, consent_text: str) -> Review:
    """Its author declares that nobody can be recognised in it, with whose consent, and that it may be shared.

    Raises PermissionDenied, and ActionRefused where a second person has answered on this very text already, or where
    something is to be said first.
    """
    if not policies.can_send_for_review(ViewerContext(actor), item):
        raise PermissionDenied
    current = lock_row(item)
    if current.state == State.SAFEGUARDING:
        return Review.objects.get(item=current.pk, outcome="")
    if current.state not in (State.DRAFT, State.SUBMITTED):
        raise PermissionDenied
    require_complete_details(current)
    last = current.reviews.first()
    if last and last.outcome in OUTCOMES_REQUIRING_CHANGES and last.version == current.version:
        raise ActionRefused(_("Change the text first. The reviewer decided that it cannot be published as it is."))
    current.reviews.all().close_outdated_reviews()
    current.state = State.SAFEGUARDING
    current.save(update_fields=["state"])
    index.reindex_record(current)
    review = Review.objects.create(item=current, version=current.version, sent_by=actor, consent=consent_text)
    _record_review_activity(actor, "sent", review)
    return review


@action
def withdraw_item_review(*, actor: Person, review: Review) -> Review:
    """Its author would rather go on writing. Raises PermissionDenied."""
    current = _lock_open_review(review)
    if not policies.can_send_for_review(ViewerContext(actor), current.item):
        raise PermissionDenied
    _close_item_review(current, Review.Outcome.TAKEN_BACK, actor)
    _return_to_draft(current.item)
    _record_review_activity(actor, "took-back", current)
    return current


@action
def assign_item_reviewer(*, actor: Person, review: Review, reviewer: Person) -> Review:
    """The safeguarding lead asks somebody to read it, in place of whoever was asked before.

    Raises PermissionDenied, and ActionRefused for whoever wrote it, sent it, or does not belong here.
    """
    current = _lock_open_review(review)
    if not policies.can_assign_reviewer(ViewerContext(actor), current.item):
        raise PermissionDenied
    if reviewer.pk == current.sent_by_id or not policies.can_review_item(ViewerContext(reviewer), current.item):
        raise ActionRefused(
            _("Choose a member, or a person with a role in the coalition, who did not write or send this text."),
            "who",
        )
    if current.reviewer_id == reviewer.pk:
        return current
    _revoke_reviewer_access(current)
    _named, is_new = Audience.objects.get_or_create(record=current.item, person=reviewer)
    current.reviewer, current.assigned_by, current.accepted_at = reviewer, actor, None
    current.opened_to_reviewer = is_new
    current.save()
    _record_review_activity(actor, "assigned", current)
    return current


@action
def accept_item_review(*, actor: Person, review: Review) -> Review:
    """Whoever was asked says that they will read it. Raises PermissionDenied."""
    current = _lock_review_as_reviewer(actor, review)
    if current.accepted_at is None:
        current.accepted_at = timezone.now()
        current.save(update_fields=["accepted_at"])
        _record_review_activity(actor, "accepted", current)
    return current


@action
def decline_item_review(*, actor: Person, review: Review) -> Review:
    """Whoever was asked can't, or would rather not: it goes back to the lead. Raises PermissionDenied."""
    current = _lock_review_as_reviewer(actor, review)
    _revoke_reviewer_access(current)
    current.reviewer, current.assigned_by, current.accepted_at = None, None, None
    current.save()
    _record_review_activity(actor, "passed-on", current)
    return current


@action
def decide_item_review(*, actor: Person, review: Review, decision: ReviewDecision) -> Review:
    """Publish it, publish it for fewer, or give it back to its author with the reason. Raises PermissionDenied."""
    current = _lock_review_as_reviewer(actor, review)
    if current.accepted_at is None:
        raise PermissionDenied(_("Accept the review before you enter a decision."))
    if decision.outcome not in {"publish", "revise", "restrict", "refuse"}:
        raise ValueError(decision.outcome)
    if decision.outcome == Review.Outcome.PUBLISH and decision.can_be_combined:
        raise ActionRefused(
            _(
                "Choose another decision. A text cannot be published as it is if people who live in the area could"
                " identify someone."
            )
        )
    current.can_be_combined, current.reason = decision.can_be_combined, decision.reason
    _revoke_reviewer_access(current)
    if decision.outcome == Review.Outcome.RESTRICT:
        _restrict_item_readers(current, decision.readers)
    _close_item_review(current, Review.Outcome(decision.outcome), actor)
    if decision.outcome in (Review.Outcome.PUBLISH, Review.Outcome.RESTRICT):
        publish_record(actor=actor, record=current.item, is_trusted=True)
    else:
        _return_to_draft(current.item)
    _record_review_activity(actor, "decided", current)
    return current


def get_narrower_labels(label: str) -> list[Label]:
    """The labels under which fewer may read than under this one."""
    labels = list(Label)
    return labels[labels.index(Label(label)) + 1 :]


def _restrict_item_readers(review: Review, readers: RecordReaders | None) -> None:
    """As a version of its own, since who may read it is part of what it says."""
    item = review.item
    if readers is None or readers.label not in get_narrower_labels(item.label):
        raise ActionRefused(_("Choose a smaller group of readers than the current one."))
    item.label, item.version = readers.label, item.version + 1
    item.save(update_fields=["label", "version"])
    save_record_version(item, author=review.reviewer)
    set_record_readers(actor=review.sent_by, record=item, readers=readers)
    review.label = readers.label


def _lock_open_review(review: Review) -> Review:
    """The review as it is now, with its item, both locked. Raises PermissionDenied if nobody waits for it any more."""
    item = lock_row(review.item)
    current = lock_row(review)
    current.item = item
    if not current.is_open or item.state != State.SAFEGUARDING:
        raise PermissionDenied(_("This review is closed. A decision was made, or the text has changed."))
    return current


def _lock_review_as_reviewer(actor: Person, review: Review) -> Review:
    current = _lock_open_review(review)
    if current.reviewer_id != actor.pk or not policies.can_review_item(ViewerContext(actor), current.item):
        raise PermissionDenied
    return current


def _revoke_reviewer_access(review: Review) -> None:
    """Whoever was named for the review alone reads it no longer, unless it is published for them."""
    if review.opened_to_reviewer:
        Audience.objects.filter(record=review.item_id, person=review.reviewer_id).delete()
        review.opened_to_reviewer = False


def _close_item_review(review: Review, outcome: Review.Outcome, actor: Person) -> None:
    review.outcome, review.decided_by, review.decided_at = outcome, actor, timezone.now()
    review.save()


def _return_to_draft(item: Item) -> None:
    item.state = State.DRAFT
    item.save(update_fields=["state"])
    index.reindex_record(item)


def _record_review_activity(actor: Person, activity_verb: str, review: Review) -> None:
    more: dict[str, Any] = {"subject": review, "coalition": review.item.coalition}
    record_activity(actor=actor, verb=activity_verb, **more)
