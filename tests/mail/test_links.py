from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from jukwaa.mail import links
from jukwaa.mail.actions import forget_old
from jukwaa.mail.models import UsedToken

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def test_a_token_says_what_was_put_into_it_for_its_purpose_alone():
    token = links.make_token("apply", {"person": 3, "next": "/ours/"})

    assert links.read_token("apply", token, HOUR) == {"person": 3, "next": "/ours/"}
    assert links.read_token("leave", token, HOUR) is None
    assert links.read_token("apply", token + "x", HOUR) is None
    assert links.read_token("apply", "", HOUR) is None
    assert links.read_token("apply", token, timedelta(seconds=-1)) is None


def test_a_token_works_once_and_only_if_the_deed_was_done():
    token, other = (links.make_token("apply", {}) for _ in range(2))

    with transaction.atomic():
        assert links.use_token(token, max_age=HOUR)
        transaction.set_rollback(True)

    assert not links.was_used(token)
    assert [links.use_token(token, max_age=HOUR) for _ in range(2)] == [True, False]
    assert links.was_used(token)
    assert links.use_token(other, max_age=HOUR)


def test_used_tokens_are_forgotten_when_they_have_run_out_anyway():
    links.use_token("a", max_age=HOUR)
    links.use_token("b", max_age=HOUR)
    UsedToken.objects.filter(digest=links._digest("a")).update(forget_after=timezone.now() - HOUR)

    forget_old()

    assert [links.was_used(token) for token in "ab"] == [False, True]
