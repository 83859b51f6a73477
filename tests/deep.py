"""Whether tests run what is left out of `make test` to save time: all combinations instead of a chosen few."""

import os

DEEP = os.environ.get("TEST_DEEP") == "1"
