"""Commitments of past meetings that have no outcome yet. Many of them are one task, with one page for all."""

from datetime import UTC, timedelta

from django.db.models import Exists, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.models import Commitment, Entry
from jukwaa.records.models import State

# For two months after a meeting, its commitments are current work: each of them is a task with its own due date.
PAST_MEETING_PERIOD = timedelta(days=60)
MIN_GROUPED_COMMITMENTS = 4  # the home page shows four tasks: up to three of these leave room for another one
MAX_LISTED_COMMITMENTS = 100


def find_updatable_commitments(viewer_standing: Standing) -> QuerySet[Commitment]:
    """Return the commitments that the viewer can read and update, without those that they have declined.

    See `policies.can_set_progress`.
    """
    entries = Entry.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition)
    published = entries.filter(state=State.PUBLISHED)
    return Commitment.objects.filter(_build_updatable_condition(viewer_standing), published.exists_for("entry"))


def find_past_commitments(viewer_standing: Standing) -> QuerySet[Commitment]:
    """Return those without an outcome that were made in past meetings and are not due today or later."""
    return find_updatable_commitments(viewer_standing).filter(_build_past_condition())


def list_past_commitments(viewer_standing: Standing) -> list[Commitment]:
    """Return the oldest of them for their table."""
    return list(sort_for_table(find_past_commitments(viewer_standing))[:MAX_LISTED_COMMITMENTS])


def sort_for_table(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Return the oldest first, with all that their table shows.

    Those in progress come after the open ones: they have been updated before, and would keep the others off the page.
    """
    with_names = rows.select_related("entry__meeting", "entry__part", "owner__organisation", "owner__person")
    return with_names.order_by("-progress", "entry__meeting__order_day", "entry_id")


def exclude_grouped_commitments(rows: QuerySet[Commitment], viewer_standing: Standing) -> QuerySet[Commitment]:
    """Leave out what the one task for all past commitments includes, where there is one."""
    one_too_many = find_past_commitments(viewer_standing)[MIN_GROUPED_COMMITMENTS - 1 : MIN_GROUPED_COMMITMENTS]
    past = _build_updatable_condition(viewer_standing) & _build_past_condition()
    return rows.exclude(past & Q(Exists(one_too_many)))


def _build_past_condition() -> Q:
    """A meeting of no known date was imported, and counts as the oldest: see `Meeting.order_day`.

    What was due before it was added to the record is past too, however recent the meeting is.
    """
    today = timezone.localdate()
    is_past = Q(entry__meeting__order_day__lt=today - PAST_MEETING_PERIOD)
    is_past |= Q(due_on__lt=TruncDate("entry__created_at", tzinfo=UTC))
    return is_past & (Q(due_on=None) | Q(due_on__lt=today)) & Q(closed_on=None)


def _build_updatable_condition(viewer_standing: Standing) -> Q:
    if viewer_standing.is_rapporteur:
        return Q(entry__coalition=viewer_standing.coalition)
    own = Q(owner__person=viewer_standing.viewer.pk, owner__organisation=None)
    return Q(needs_owner=False) & (own | Q(owner__organisation__in=viewer_standing.speaks_for))
