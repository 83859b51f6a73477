"""The demo, as `make demo` builds it."""

import pytest
from django.db import transaction

from jukwaa.home.demo import build_demo_coalition


@pytest.fixture(scope="package")
def demo_coalition(django_db_setup, django_db_blocker):
    """Built once for this folder, whose tests only read it: one worker gets them all, see `ModuleScheduling`."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_demo_coalition(write_line=lambda _sentence: None)
        transaction.set_rollback(True)
