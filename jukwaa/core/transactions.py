"""Transactions and row locks, in the one way that all apps use them.

The outermost transaction is run a second time where PostgreSQL ended it because of others: a deadlock or a
serialization failure. SQLite needs none of that: a transaction takes the only lock when it begins, and has waited for
its whole timeout when it reports that the database is locked.
"""

import logging
import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.db import OperationalError, models, transaction

from jukwaa.core.argument_snapshot import ArgumentSnapshot
from jukwaa.core.storage import remove_files_on_failure

logger = logging.getLogger("jukwaa.transactions")

DEADLOCK, SERIALIZATION_FAILURE = "40P01", "40001"  # SQLSTATE, PostgreSQL's appendix A
RETRY_PAUSE_SECONDS = (
    0.1  # seconds: the others take the rows they waited for, else the second run may collide with them again
)


def lock_rows[Q: models.QuerySet[Any]](locked_rows: Q) -> Q:
    """Return the queryset with its rows locked until the transaction ends, and no row that is joined to them.

    Give more than one row an order, so that two transactions never wait for each other. Rows that refer to a locked
    one can still be added (`no_key`). The parts of an inherited model are locked together.
    """
    features = transaction.get_connection(locked_rows.db).features
    if not features.has_select_for_update_of:
        return locked_rows.select_for_update()
    parents = (link.name for link in locked_rows.model._meta.parents.values() if link is not None)  # noqa: SLF001 - public by Django's word
    return locked_rows.select_for_update(of=("self", *parents), no_key=features.has_select_for_no_key_update)


def lock_row[M: models.Model](locked_row: M) -> M:
    """Return the row as it is in the database now, locked until the transaction ends. Raises DoesNotExist."""
    rows = cast("models.QuerySet[M]", locked_row._meta.model._default_manager.filter(pk=locked_row.pk))  # noqa: SLF001 - as above
    return lock_rows(rows).get()


def atomic_with_retry[**P, R](wrapped_function: Callable[P, R]) -> Callable[P, R]:
    """Run the function in a transaction, and the outermost transaction a second time after a conflict with others.

    Before the second run, models and files among the arguments are as they were before the first one. Files that were
    stored by a transaction that failed, for whatever reason, are removed. Inside another transaction it is a savepoint.
    """

    @wraps(wrapped_function)
    def run_with_retry(*args: P.args, **kwargs: P.kwargs) -> R:
        if transaction.get_connection().in_atomic_block:
            return run_transaction_once(threading.Event(), *args, **kwargs)
        before, is_committed = ArgumentSnapshot(args, kwargs), threading.Event()
        try:
            return run_transaction_once(is_committed, *args, **kwargs)
        except OperationalError as error:
            if is_committed.is_set() or not is_retryable_conflict(error):
                raise
            logger.info("%s runs again after a conflict with other writers: %s", wrapped_function.__qualname__, error)
        before.restore()
        time.sleep(RETRY_PAUSE_SECONDS)
        return run_transaction_once(threading.Event(), *args, **kwargs)

    def run_transaction_once(commit_event: threading.Event, *args: P.args, **kwargs: P.kwargs) -> R:
        """What fails after the commit, in a hook (`on_commit`), takes nothing back."""
        with remove_files_on_failure(cancel_event=commit_event), transaction.atomic():
            transaction.on_commit(commit_event.set)
            return wrapped_function(*args, **kwargs)

    return run_with_retry


def is_retryable_conflict(error: OperationalError) -> bool:
    """Whether the database ended the transaction because of others, so that it may succeed the next time."""
    return getattr(error.__cause__, "sqlstate", None) in {DEADLOCK, SERIALIZATION_FAILURE}
