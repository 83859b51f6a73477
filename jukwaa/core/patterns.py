"""Patterns that are compiled when they are first used. Each process would take half a second for them as it starts."""

import re
from functools import partial
from typing import cast

from django.utils.functional import SimpleLazyObject

_patterns: list[re.Pattern[str]] = []


def compile_when_used(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what behaves as the compiled pattern."""
    lazy_pattern = cast("re.Pattern[str]", SimpleLazyObject(partial(re.compile, pattern, flags)))
    _patterns.append(lazy_pattern)
    return lazy_pattern


def compile_all_patterns() -> None:
    """Compile them now, for processes that will be forked."""
    for pattern in _patterns:
        bool(pattern)
