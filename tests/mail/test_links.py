from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from jukwaa.mail import signed_links
from jukwaa.mail.actions import delete_expired_mail_data
from jukwaa.mail.models import UsedToken

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def test_a_token_says_what_was_put_into_it_for_its_purpose_alone():
    token = signed_links.make_token("apply", {"person": 3, "next": "/ours/"})

    assert signed_links.read_token("apply", token, HOUR) == {"person": 3, "next": "/ours/"}
    assert signed_links.read_token("leave", token, HOUR) is None
    assert signed_links.read_token("apply", token + "x", HOUR) is None
    assert signed_links.read_token("apply", "", HOUR) is None
    assert signed_links.read_token("apply", token, timedelta(seconds=-1)) is None


def test_a_token_works_once_and_only_if_the_deed_was_done():
    token, other = (signed_links.make_token("apply", {}) for _ in range(2))

    with transaction.atomic():
        assert signed_links.use_token(token, max_age=HOUR)
        transaction.set_rollback(True)

    assert not signed_links.was_token_used(token)
    assert [signed_links.use_token(token, max_age=HOUR) for _ in range(2)] == [True, False]
    assert signed_links.was_token_used(token)
    assert signed_links.use_token(other, max_age=HOUR)


def test_used_tokens_are_forgotten_when_they_have_run_out_anyway():
    signed_links.use_token("a", max_age=HOUR)
    signed_links.use_token("b", max_age=HOUR)
    UsedToken.objects.filter(digest=signed_links._digest_token("a")).update(forget_after=timezone.now() - HOUR)

    delete_expired_mail_data()

    assert [signed_links.was_token_used(token) for token in "ab"] == [False, True]
