"""The link in a letter: short, not to be guessed, and nothing in the database that opens it."""

import json
from datetime import timedelta

import pytest
from cryptography.fernet import InvalidToken
from django.db import connection
from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.regions.actions.letter_follow_up import delete_expired_prospect_data, mark_prospect_reminded
from jukwaa.regions.actions.prospects import mark_letter_sent
from jukwaa.regions.answer_links import (
    ANSWER_LINK_VALIDITY,
    _build_token_cipher,
    build_answer_link,
    find_answer_link_target,
)
from jukwaa.regions.letters import REMINDER, build_invitation_letter
from jukwaa.regions.models import AnswerLink
from tests.regions.outreach_steps import add_prospect, get_answer_path, get_day_in


def get_answer_token(prospect) -> str:
    return build_answer_link(prospect).rstrip("/").rpartition("/")[2]


def test_link_is_short_and_safe_for_mail_programs(coalition, member):
    Coalition.objects.filter(pk=coalition.pk).update(slug="dynamic-coalition-on-cop")
    coalition.refresh_from_db()
    prospect = add_prospect(member, coalition)

    assert len(get_answer_path(prospect)) < 60
    assert len(get_answer_token(prospect)) == 22
    assert get_answer_token(prospect).isalnum()
    assert build_answer_link(prospect) in build_invitation_letter(prospect).body.splitlines()


def test_links_are_unique_and_reminder_repeats_link(coalition, member):
    first, second = add_prospect(member, coalition), add_prospect(member, coalition, "Another helpline")
    assert get_answer_token(first) != get_answer_token(second)

    for what in ("letter", REMINDER):
        assert build_answer_link(first) in build_invitation_letter(first, what).body


def test_other_secret_key_makes_other_links(coalition, member, settings):
    prospect = add_prospect(member, coalition)
    before = get_answer_token(prospect)
    settings.SECRET_KEY = "another"

    assert get_answer_token(prospect) != before
    assert find_answer_link_target(before, coalition).prospect == prospect


def test_database_does_not_contain_link(coalition, member):
    prospect = add_prospect(member, coalition)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM regions_answerlink")
        kept = str(cursor.fetchall())

    assert get_answer_token(prospect) not in kept
    assert "helpline" not in kept


def test_data_after_erasure_is_useless_without_letter(coalition, member):
    prospect = add_prospect(member, coalition)
    token = get_answer_token(prospect)
    prospect.erase()
    row = AnswerLink.objects.get()

    assert row.prospect is None
    assert len(json.loads(_build_token_cipher(token).decrypt(row.sealed))) == 2
    with pytest.raises(InvalidToken):
        _build_token_cipher("another letter").decrypt(row.sealed)


def test_link_expires_after_last_letter_and_is_deleted(coalition, member):
    prospect = add_prospect(member, coalition)
    token = get_answer_token(prospect)
    for deed in (
        lambda: mark_letter_sent(actor=member, prospect=prospect),
        lambda: mark_prospect_reminded(prospect=prospect, today=get_day_in(0)),
    ):
        AnswerLink.objects.update(ends_on=get_day_in(5))
        deed()
        assert AnswerLink.objects.get().ends_on == timezone.localdate() + ANSWER_LINK_VALIDITY
    AnswerLink.objects.update(ends_on=get_day_in(-1))
    assert find_answer_link_target(token, coalition) is None
    delete_expired_prospect_data(today=timezone.localdate() - timedelta(days=1))
    assert AnswerLink.objects.exists()
    delete_expired_prospect_data(today=timezone.localdate())
    assert not AnswerLink.objects.exists()
