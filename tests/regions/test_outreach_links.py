"""The link in a letter: short, not to be guessed, and nothing in the database that opens it."""

import json
from datetime import timedelta

import pytest
from cryptography.fernet import InvalidToken
from django.db import connection
from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.regions.actions.prospects import say_sent
from jukwaa.regions.actions.waiting import forget, remind
from jukwaa.regions.letters import REMINDER, written
from jukwaa.regions.links import LASTS, _seal, link_of, meant_by
from jukwaa.regions.models import AnswerLink
from tests.regions.reaching import answer_page, in_days, noted


def token_of(prospect) -> str:
    return link_of(prospect).rstrip("/").rpartition("/")[2]


def test_a_mail_program_has_no_reason_to_cut_it(coalition, member):
    Coalition.objects.filter(pk=coalition.pk).update(slug="dynamic-coalition-on-cop")
    coalition.refresh_from_db()
    prospect = noted(member, coalition)

    assert len(answer_page(prospect)) < 60
    assert len(token_of(prospect)) == 22
    assert token_of(prospect).isalnum()
    assert link_of(prospect) in written(prospect).body.splitlines()


def test_no_two_links_are_alike_and_the_reminder_holds_the_same(coalition, member):
    first, second = noted(member, coalition), noted(member, coalition, "Another helpline")
    assert token_of(first) != token_of(second)

    for what in ("letter", REMINDER):
        assert link_of(first) in written(first, what).body


def test_the_server_with_another_key_makes_other_links(coalition, member, settings):
    prospect = noted(member, coalition)
    before = token_of(prospect)
    settings.SECRET_KEY = "another"

    assert token_of(prospect) != before
    assert meant_by(before, coalition).prospect == prospect


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
    assert len(json.loads(_seal(token).decrypt(row.sealed))) == 2
    with pytest.raises(InvalidToken):
        _seal("another letter").decrypt(row.sealed)


def test_a_link_lasts_from_the_day_of_its_last_letter_and_is_then_forgotten(coalition, member):
    prospect = noted(member, coalition)
    token = token_of(prospect)
    for deed in (
        lambda: say_sent(actor=member, prospect=prospect),
        lambda: remind(prospect=prospect, today=in_days(0)),
    ):
        AnswerLink.objects.update(ends_on=in_days(5))
        deed()
        assert AnswerLink.objects.get().ends_on == timezone.localdate() + LASTS
    AnswerLink.objects.update(ends_on=in_days(-1))
    assert meant_by(token, coalition) is None
    forget(today=timezone.localdate() - timedelta(days=1))
    assert AnswerLink.objects.exists()
    forget(today=timezone.localdate())
    assert not AnswerLink.objects.exists()
