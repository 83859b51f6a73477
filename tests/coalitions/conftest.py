"""What the tests of pages share."""

import pytest
from django.urls import reverse


@pytest.fixture
def at(coalition):
    """The address of a page of our coalition."""
    return lambda name, *args: reverse(f"coalitions:{name}", args=[coalition.slug, *args])
