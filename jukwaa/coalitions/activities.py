"""Writing: one transaction, exactly one activity, and the coalition's revision moved as the last statement."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import wraps

from django.db import IntegrityError, models

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Capacity, Coalition
from jukwaa.core.arguments import ArgumentState
from jukwaa.core.transactions import atomic_with_retry

_touched: ContextVar[set[int] | None] = ContextVar("touched", default=None)


def action[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Run as one transaction; actions that it calls join it.

    The revision of each coalition that was written to moves when the outermost action is done: as late as
    possible, since on PostgreSQL the row stays locked until the commit.

    A form that came twice at the same moment carries one token: whoever comes second asks again, and finds what the
    first has written. After a deadlock the outermost action is run a second time (`atomic_with_retry`).
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if kwargs.get("token") is None:
            return run_once(*args, **kwargs)
        before = ArgumentState(args, kwargs)
        try:
            return run_once(*args, **kwargs)
        except IntegrityError:
            before.restore()
            return run_once(*args, **kwargs)

    @atomic_with_retry
    @wraps(function)
    def run_once(*args: P.args, **kwargs: P.kwargs) -> R:
        if _touched.get() is not None:
            return function(*args, **kwargs)
        touched: set[int] = set()
        before = _touched.set(touched)
        try:
            result = function(*args, **kwargs)
            Coalition.objects.all().bump(touched)
            return result
        finally:
            _touched.reset(before)

    return run


def move_revisions(pks: Iterable[int]) -> None:
    """Move the revision of these coalitions: with the outermost action where one is under way, else now."""
    touched = _touched.get()
    if touched is None:
        Coalition.objects.all().bump(pks)
    else:
        touched.update(pks)


def note(
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
    _touch(coalition)
    return Activity.objects.create(
        coalition=coalition,
        actor=actor,
        capacity=capacity,
        verb=verb,
        kind=kind or _kind_of(subject),
        object_id=subject.pk,
        digest=digest,
    )


def note_each(*, actor: Person, verb: str, subjects: Iterable[models.Model], coalition: Coalition) -> None:
    """As `note`, for rows that were written together: an activity for each of them."""
    _touch(coalition)
    Activity.objects.bulk_create(
        Activity(coalition=coalition, actor=actor, verb=verb, kind=_kind_of(subject), object_id=subject.pk)
        for subject in subjects
    )


def _touch(coalition: Coalition) -> None:
    touched = _touched.get()
    if touched is None:
        raise RuntimeError("An activity is written inside an action, so that both stand or fall together.")
    touched.add(coalition.pk)


def _kind_of(subject: models.Model) -> str:
    return getattr(subject, "kind", "") or subject._meta.model_name or ""  # noqa: SLF001 - public by Django's word
