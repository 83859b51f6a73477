from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from jukwaa.mail import signed_links
from jukwaa.mail.actions import delete_expired_mail_data
from jukwaa.mail.models import UsedToken

pytestmark = pytest.mark.django_db

ONE_HOUR = timedelta(hours=1)


def test_token_returns_payload_for_its_purpose_only():
    token = signed_links.make_signed_token("apply", {"person": 3, "next": "/ours/"})

    assert signed_links.read_signed_token("apply", token, ONE_HOUR) == {"person": 3, "next": "/ours/"}
    assert signed_links.read_signed_token("leave", token, ONE_HOUR) is None
    assert signed_links.read_signed_token("apply", token + "x", ONE_HOUR) is None
    assert signed_links.read_signed_token("apply", "", ONE_HOUR) is None
    assert signed_links.read_signed_token("apply", token, timedelta(seconds=-1)) is None


def test_token_is_used_up_only_by_committed_transaction():
    token, other = (signed_links.make_signed_token("apply", {}) for _ in range(2))

    with transaction.atomic():
        assert signed_links.use_signed_token_once(token, max_age=ONE_HOUR)
        transaction.set_rollback(True)

    assert not signed_links.was_token_used(token)
    assert [signed_links.use_signed_token_once(token, max_age=ONE_HOUR) for _ in range(2)] == [True, False]
    assert signed_links.was_token_used(token)
    assert signed_links.use_signed_token_once(other, max_age=ONE_HOUR)


def test_used_tokens_are_deleted_after_expiry():
    signed_links.use_signed_token_once("a", max_age=ONE_HOUR)
    signed_links.use_signed_token_once("b", max_age=ONE_HOUR)
    UsedToken.objects.filter(digest=signed_links._digest_signed_token("a")).update(
        forget_after=timezone.now() - ONE_HOUR
    )

    delete_expired_mail_data()

    assert [signed_links.was_token_used(token) for token in "ab"] == [False, True]
