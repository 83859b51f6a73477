"""The link in a letter: short, not to be guessed, and nothing in the database that opens it."""

import json
from datetime import timedelta

import pytest
from cryptography.fernet import InvalidToken
from django.db import connection
from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.regions.actions.letter_follow_up import delete_expired_data, mark_reminded
from jukwaa.regions.actions.prospects import mark_letter_sent
from jukwaa.regions.answer_links import LINK_LIFETIME, _build_cipher, build_answer_link, find_link_target
from jukwaa.regions.letters import REMINDER, written
from jukwaa.regions.models import AnswerLink
from tests.regions.reaching import answer_page, in_days, noted


def token_of(prospect) -> str:
    return build_answer_link(prospect).rstrip("/").rpartition("/")[2]


def test_a_mail_program_has_no_reason_to_cut_it(coalition, member):
    Coalition.objects.filter(pk=coalition.pk).update(slug="dynamic-coalition-on-cop")
    coalition.refresh_from_db()
    prospect = noted(member, coalition)

    assert len(answer_page(prospect)) < 60
    assert len(token_of(prospect)) == 22
    assert token_of(prospect).isalnum()
    assert build_answer_link(prospect) in written(prospect).body.splitlines()


def test_no_two_links_are_alike_and_the_reminder_holds_the_same(coalition, member):
    first, second = noted(member, coalition), noted(member, coalition, "Another helpline")
    assert token_of(first) != token_of(second)

    for what in ("letter", REMINDER):
        assert build_answer_link(first) in written(first, what).body


def test_the_server_with_another_key_makes_other_links(coalition, member, settings):
    prospect = noted(member, coalition)
    before = token_of(prospect)
    settings.SECRET_KEY = "another"

    assert token_of(prospect) != before
    assert find_link_target(before, coalition).prospect == prospect


def test_the_database_does_not_hold_the_link(coalition, member):
    prospect = noted(member, coalition)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM regions_answerlink")
        kept = str(cursor.fetchall())

    assert token_of(prospect) not in kept
    assert "helpline" not in kept


def test_what_is_kept_after_erasing_says_nothing_without_the_letter(coalition, member):
    prospect = noted(member, coalition)
    token = token_of(prospect)
    prospect.erase()
    row = AnswerLink.objects.get()

    assert row.prospect is None
    assert len(json.loads(_build_cipher(token).decrypt(row.sealed))) == 2
    with pytest.raises(InvalidToken):
        _build_cipher("another letter").decrypt(row.sealed)


def test_a_link_lasts_from_the_day_of_its_last_letter_and_is_then_forgotten(coalition, member):
    prospect = noted(member, coalition)
    token = token_of(prospect)
    for deed in (
        lambda: mark_letter_sent(actor=member, prospect=prospect),
        lambda: mark_reminded(prospect=prospect, today=in_days(0)),
    ):
        AnswerLink.objects.update(ends_on=in_days(5))
        deed()
        assert AnswerLink.objects.get().ends_on == timezone.localdate() + LINK_LIFETIME
    AnswerLink.objects.update(ends_on=in_days(-1))
    assert find_link_target(token, coalition) is None
    delete_expired_data(today=timezone.localdate() - timedelta(days=1))
    assert AnswerLink.objects.exists()
    delete_expired_data(today=timezone.localdate())
    assert not AnswerLink.objects.exists()
