"""Whether tests run what is left out of `make test` to save time: all combinations, and more examples."""

import os

IS_DEEP_RUN = os.environ.get("TEST_DEEP") == "1"


def get_example_count(number: int) -> int:
    """Return how many examples a property is tried with: a third of them, unless all are asked for."""
    return number if IS_DEEP_RUN else -(-number // 3)
