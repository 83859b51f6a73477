"""Errors in the log: where they happened and of which type, and nothing that anybody wrote.

The message of an exception is left out, since it may hold a value: what a person typed, a name, a token. So are the
path and the query of a request; the pattern of its route says as much.
"""

import errno
import logging
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from django.http import HttpRequest

logger = logging.getLogger("jukwaa.errors")

MAX_LOGGED_CAUSES = 5

type ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class TracebackFormatter(logging.Formatter):
    """Tracebacks without messages and values."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the name is logging's
        return "" if ei[1] is None else format_traceback(ei[1])


def format_traceback(error: BaseException) -> str:
    """Return file, line and function of each frame, and the type of the error and of each error that caused it."""
    parts = []
    for each in _iterate_error_causes(error):
        frames = traceback.extract_tb(each.__traceback__)
        lines = [f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}' for frame in frames]
        parts.append("\n".join(["Traceback (most recent call last):", *lines, _describe_error_type(each)]))
    return "\n\nThis led to another exception:\n\n".join(reversed(parts))


def _iterate_error_causes(error: BaseException) -> Iterator[BaseException]:
    """The error, and what led to it, the last first."""
    current: BaseException | None = error
    for _ in range(MAX_LOGGED_CAUSES):
        if current is None:
            return
        yield current
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def _describe_error_type(error: BaseException) -> str:
    """The type, with the code that a database or the system gave: it tells a full disk from a locked database."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    if code is None and isinstance(error, OSError) and error.errno:
        code = errno.errorcode.get(error.errno)
    return f"{kind} ({code})" if code else kind


def log_server_error(sender: Any, request: HttpRequest | None = None, **_signal: Any) -> None:
    """Log the exception that is being handled. Receives `got_request_exception`, which comes with each status 500."""
    del sender
    logger.error("500: %s %s, person %s", *_describe_logged_request(request), exc_info=True)  # noqa: LOG014 - the signal is sent by the handler of the exception


def _describe_logged_request(request: HttpRequest | None) -> tuple[str, str, str]:
    """The method, the pattern of the route, and the number of the person if it is known already."""
    if request is None:
        return "?", "?", "unknown"
    route = f"/{request.resolver_match.route}" if request.resolver_match else "no route"
    person = getattr(request, "_cached_user", None)  # asking for the user might need the database that is away
    return request.method or "?", route, str(getattr(person, "pk", None) or "unknown")
