"""Whether tests run what is left out of `make test` to save time: all combinations, and more examples."""

import os

DEEP = os.environ.get("TEST_DEEP") == "1"


def examples(number: int) -> int:
    """Return how many examples a property is tried with: a third of them, unless all are asked for."""
    return number if DEEP else -(-number // 3)
