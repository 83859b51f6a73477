"""Run each action in one transaction with one activity, and increase the coalition's revision in the last statement."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import wraps

from django.db import IntegrityError, models

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Capacity, Coalition
from jukwaa.core.argument_snapshot import ArgumentSnapshot
from jukwaa.core.transactions import atomic_with_retry

_changed_coalition_ids: ContextVar[set[int] | None] = ContextVar("touched", default=None)


def action[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Run as one transaction; actions that it calls join it.

    The revision of each coalition that was written to moves when the outermost action is done: as late as
    possible, since on PostgreSQL the row stays locked until the commit.

    A form that came twice at the same moment carries one token: whoever comes second asks again, and finds what the
    first has written. After a deadlock the outermost action is run a second time (`atomic_with_retry`).
    """

    @wraps(function)
    def run_transaction(*args: P.args, **kwargs: P.kwargs) -> R:
        if kwargs.get("token") is None:
            return run_in_transaction(*args, **kwargs)
        before = ArgumentSnapshot(args, kwargs)
        try:
            return run_in_transaction(*args, **kwargs)
        except IntegrityError:
            before.restore()
            return run_in_transaction(*args, **kwargs)

    @atomic_with_retry
    @wraps(function)
    def run_in_transaction(*args: P.args, **kwargs: P.kwargs) -> R:
        if _changed_coalition_ids.get() is not None:
            return function(*args, **kwargs)
        touched: set[int] = set()
        before = _changed_coalition_ids.set(touched)
        try:
            result = function(*args, **kwargs)
            Coalition.objects.all().increment_revision(touched)
            return result
        finally:
            _changed_coalition_ids.reset(before)

    return run_transaction


def increment_coalition_revisions(coalition_ids: Iterable[int]) -> None:
    """Move the revision of these coalitions: with the outermost action where one is under way, else now."""
    touched = _changed_coalition_ids.get()
    if touched is None:
        Coalition.objects.all().increment_revision(coalition_ids)
    else:
        touched.update(coalition_ids)


def record_activity(
    *,
    actor: Person | None,
    verb: str,
    subject: models.Model,
    coalition: Coalition,
    kind: str = "",
    capacity: Capacity | None = None,
    digest: str = "",
) -> Activity:
    """Write that `actor` did `verb` to `subject`. Call it inside an `action`; never pass people's text."""
    _mark_coalition_changed(coalition)
    return Activity.objects.create(
        coalition=coalition,
        actor=actor,
        capacity=capacity,
        verb=verb,
        kind=kind or _get_subject_kind(subject),
        object_id=subject.pk,
        digest=digest,
    )


def record_activities(
    *, actor: Person, verb: str, activity_subjects: Iterable[models.Model], coalition: Coalition
) -> None:
    """As `note`, for rows that were written together: an activity for each of them."""
    _mark_coalition_changed(coalition)
    Activity.objects.bulk_create(
        Activity(coalition=coalition, actor=actor, verb=verb, kind=_get_subject_kind(subject), object_id=subject.pk)
        for subject in activity_subjects
    )


def _mark_coalition_changed(coalition: Coalition) -> None:
    touched = _changed_coalition_ids.get()
    if touched is None:
        raise RuntimeError("An activity is written inside an action, so that both stand or fall together.")
    touched.add(coalition.pk)


def _get_subject_kind(activity_subject: models.Model) -> str:
    return getattr(activity_subject, "kind", "") or activity_subject._meta.model_name or ""  # noqa: SLF001 - public by Django's word
