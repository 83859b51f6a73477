"""Merging ideas: a member asks, and the author of the other idea or a coordinator decides."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row, lock_rows
from jukwaa.meetings import policies
from jukwaa.meetings.actions.ideas import require_open_idea, update_support_counts
from jukwaa.meetings.models import Idea, MergeRequest, Support
from jukwaa.records.models import Label


@action
def request_idea_merge(*, actor: Person, idea: Idea, target_idea: Idea) -> MergeRequest:
    """Ask to merge an idea into another one. Asking twice finds the first request.

    Raises PermissionDenied and ActionRefused.
    """
    viewer = ViewerContext(actor)
    if not (policies.can_support_idea(viewer, idea) and policies.can_support_idea(viewer, target_idea)):
        raise PermissionDenied(_("Only members can ask to merge ideas."))
    first, second = _lock_both_idea_rows(idea, target_idea)
    _require_can_merge(first, second)
    request, is_new = MergeRequest.objects.get_or_create(
        idea=first, into=second, closed_at=None, defaults={"person": actor}
    )
    if is_new:
        record_activity(actor=actor, verb="requested", subject=request, coalition=first.coalition)
    return request


def _lock_both_idea_rows(idea: Idea, target_idea: Idea) -> tuple[Idea, Idea]:
    both = {each.pk: each for each in lock_rows(Idea.objects.filter(pk__in=[idea.pk, target_idea.pk]).order_by("pk"))}
    return both[idea.pk], both[target_idea.pk]


def _require_can_merge(idea: Idea, target_idea: Idea) -> None:
    """Raise ActionRefused for ideas that can't be merged."""
    if idea.pk == target_idea.pk or idea.coalition_id != target_idea.coalition_id:
        raise ActionRefused(_("Choose another idea of this coalition."), "into")
    require_open_idea(idea)
    require_open_idea(target_idea)
    if idea.label != Label.CLEAR == target_idea.label:
        raise ActionRefused(
            _(
                "Everyone can read the other idea, but only members can read this "
                "one. Merge the other idea into this one instead."
            ),
            "into",
        )


@action
def accept_idea_merge(*, actor: Person, request: MergeRequest) -> Idea:
    """Merge the idea: it points to the other one, which its authors and supporters support from now on.

    Returns the idea that stays. Accepting twice changes nothing. Raises PermissionDenied and ActionRefused.
    """
    idea, into = _lock_both_idea_rows(request.idea, request.into)
    current = _lock_merge_request(actor, request)
    if current.is_accepted:
        return into
    if current.closed_at is not None:
        raise ActionRefused(_("This request has already been accepted or declined."))
    _require_can_merge(idea, into)
    _merge_idea_supports(idea, into)
    idea.set_answer(merged_into=into)
    Idea.objects.filter(merged_into=idea).update(merged_into=into)
    MergeRequest.objects.filter(pk=current.pk).update(is_accepted=True)
    MergeRequest.objects.filter(Q(idea=idea) | Q(into=idea), closed_at=None).update(closed_at=timezone.now())
    record_activity(actor=actor, verb="merged", subject=idea, coalition=idea.coalition)
    return into


def _merge_idea_supports(idea: Idea, target_idea: Idea) -> None:
    """Add the supporters of the merged idea to the other one. Who supports both keeps their capacity there."""
    known = set(target_idea.supports.values_list("person", flat=True))
    rows = [row for row in idea.supports.all() if row.person_id not in known]
    Support.objects.bulk_create(
        Support(idea=target_idea, person_id=row.person_id, capacity_id=row.capacity_id, at=row.at) for row in rows
    )
    update_support_counts(target_idea)


@action
def decline_idea_merge(*, actor: Person, request: MergeRequest) -> MergeRequest:
    """Both ideas stay as they are. Declining what is closed changes nothing. Raises PermissionDenied."""
    current = _lock_merge_request(actor, request)
    if current.closed_at is None:
        current.closed_at = timezone.now()
        current.save(update_fields=["closed_at"])
        record_activity(actor=actor, verb="declined", subject=current, coalition=current.idea.coalition)
    return current


def _lock_merge_request(actor: Person, request: MergeRequest) -> MergeRequest:
    """Lock a request that is to be decided."""
    if not policies.can_decide_merge(ViewerContext(actor), request):
        raise PermissionDenied(_("Only the author of the other idea or a coordinator can decide on this request."))
    return lock_row(request)
