"""How much a run tries: `make test` takes samples, `.ci/run` (TEST_DEEP=ci) larger ones, `make test-deep` (1) all."""

import os

IS_DEEP_RUN = os.environ.get("TEST_DEEP") == "1"
IS_QUICK_RUN = not os.environ.get("TEST_DEEP")


def get_example_count(number: int) -> int:
    """Return how many examples a property is tried with: a third of them, unless all are asked for."""
    return number if IS_DEEP_RUN else -(-number // 3)
