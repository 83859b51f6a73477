"""Tests run in one piece of Python's stack: below so many calls of pytest, they take a fifth less CPU with it."""

import pytest
from _pytest import runner

from jukwaa.core.call_stack import call_with_large_stack


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Set up, run and tear down a test as pytest does."""
    return call_with_large_stack(runner.pytest_runtest_protocol, item, nextitem)
