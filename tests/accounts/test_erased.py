"""Who was taken out is not entered or written to again, until they come back by themselves."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.actions import ask_to_sign_in, change_settings, try_code
from jukwaa.accounts.address import ask_to_change_address
from jukwaa.accounts.deletions import WAIT, do_due
from jukwaa.accounts.erased import (
    TakenOut,
    has_name_of_taken_out,
    note_return,
    note_taken_out,
    was_taken_out,
)
from jukwaa.accounts.erasing import erase
from jukwaa.accounts.identity import address_digest, name_digest
from jukwaa.accounts.models import ErasedIdentity, Person
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.actions import queue
from jukwaa.mail.models import SUPPRESSED, Message
from jukwaa.updates.letters import scope_of
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

ADDRESS = "amina@example.org"
LETTER = {"to": ADDRESS, "subject": "News", "body": "There is a guidance."}


@pytest.fixture
def amina():
    return PersonFactory(name="Amina Wanjirũ", email=ADDRESS)


def sign_in(address):
    asked = ask_to_sign_in(email=address)
    code = re.search(r"^ {4}(\d{6})$", Message.objects.get(key=f"sign-in:{asked.key}").body, re.MULTILINE)[1]
    return try_code(key=asked.key, code=code)[0]


@pytest.mark.parametrize("spelled", [ADDRESS, " AMINA@Example.org ", "amina+news@example.org", "Ámina@example.org"])
def test_address_is_recognised_however_it_is_written(amina, spelled):
    erase(amina)

    assert (was_taken_out(spelled), was_taken_out(spelled, 7)) == (True, True)


def test_another_address_is_not_recognised(amina):
    erase(amina)

    assert [was_taken_out(other) for other in ("", "amin@example.org", "amina@example.com")] == [False] * 3


def test_taken_out_of_one_coalition_is_not_taken_out_of_another(amina, coalition, other_coalition):
    note_taken_out(amina, coalition.pk)

    assert was_taken_out(ADDRESS, coalition.pk)
    assert not was_taken_out(ADDRESS, other_coalition.pk)
    assert not was_taken_out(ADDRESS)


def test_name_is_recognised_in_its_coalition_alone(amina, coalition, other_coalition):
    note_taken_out(amina, coalition.pk)

    assert has_name_of_taken_out("WANJIRU, amina", coalition.pk)
    assert not has_name_of_taken_out("Amina Wanjirũ", other_coalition.pk)
    assert not has_name_of_taken_out("", coalition.pk)


def test_table_of_people_is_compared_as_one_by_one(amina, coalition):
    note_taken_out(amina, coalition.pk)
    taken_out = TakenOut.of(coalition.pk)

    assert (taken_out.has_address("amina+x@example.org"), taken_out.has_name("wanjiru amina")) == (True, True)
    assert (taken_out.has_address("b@example.org"), taken_out.has_name("Amina"), taken_out.has_address("")) == (
        *(False,) * 3,
    )


def test_rows_hold_digests_and_nothing_else(amina, coalition):
    note_taken_out(amina, coalition.pk)
    row = ErasedIdentity.objects.get()

    assert (row.address, row.name) == (address_digest(ADDRESS), name_digest(amina.name, coalition.pk))
    assert (len(row.address), len(row.name), len(row.account)) == (64, 64, 64)


def test_digests_hold_when_the_key_that_signs_is_replaced(amina, settings):
    erase(amina)
    settings.SECRET_KEY = "another"
    assert was_taken_out(ADDRESS)

    settings.ERASURES_KEY = "another"
    assert not was_taken_out(ADDRESS)


def test_taking_out_twice_is_noted_once(amina, coalition):
    for _time in range(2):
        note_taken_out(amina, coalition.pk)

    assert ErasedIdentity.objects.count() == 1


def test_person_with_two_addresses_is_recognised_by_both(amina):
    amina.emailaddress_set.create(email="wanjiru@example.org", verified=True)
    erase(amina)

    assert (was_taken_out(ADDRESS), was_taken_out("wanjiru@example.org")) == (True, True)


def test_person_without_address_or_name_leaves_an_account_digest_alone(coalition):
    erase(PersonFactory(name="", email=None))

    assert list(ErasedIdentity.objects.values_list("address", "name")) == [("", "")]
    assert not was_taken_out("")


def test_signing_in_by_oneself_brings_back_with_a_new_account(amina):
    erase(amina)
    back = sign_in(ADDRESS)

    assert (back.pk != amina.pk, back.email, was_taken_out(ADDRESS)) == (True, ADDRESS, False)


def test_signing_in_does_not_bring_back_into_a_coalition(amina, coalition):
    note_taken_out(amina, coalition.pk)
    sign_in(ADDRESS)

    assert was_taken_out(ADDRESS, coalition.pk)
    assert note_return(amina, coalition.pk)
    assert not was_taken_out(ADDRESS, coalition.pk)
    assert not note_return(amina, coalition.pk)


def test_who_came_back_can_be_taken_out_again(amina, coalition):
    note_taken_out(amina, coalition.pk)
    note_return(amina, coalition.pk)
    note_taken_out(amina, coalition.pk)

    assert (was_taken_out(ADDRESS, coalition.pk), ErasedIdentity.objects.count()) == (True, 1)


def test_no_email_is_sent_to_an_erased_person_and_no_address_kept(amina):
    erase(amina)
    message = queue(**LETTER, key="1")

    assert (message.to, message.subject, message.body, message.error) == ("", "", "", SUPPRESSED)
    assert list(Message.objects.waiting()) == []
    assert queue(**LETTER, key="1") == message


def test_email_that_the_recipient_requested_is_sent(amina):
    erase(amina)

    assert queue(**LETTER, key="1", requested=True).to == ADDRESS


def test_no_email_about_the_coalition_that_somebody_was_taken_out_of(amina, coalition, other_coalition):
    note_taken_out(amina, coalition.pk)

    sent = [
        queue(**LETTER, key=scope, scope=scope).to for scope in (scope_of(coalition), scope_of(other_coalition), "")
    ]
    assert sent == ["", ADDRESS, ADDRESS]


def test_last_email_of_a_deleted_account_is_sent(client, amina):
    client.force_login(amina)
    client.post(reverse("accounts:delete"))
    link = re.search(r"https?://[^/\s]+(/\S+)", Message.objects.get(to=ADDRESS).body)[1]
    client.post(link)
    do_due(timezone.now() + WAIT)

    assert not Person.objects.filter(email=ADDRESS).exists()
    assert "Nobody can add you there again." in Message.objects.get(to=ADDRESS, empty_when_over=True).body


@pytest.mark.parametrize("leaves", [note_taken_out, None])
def test_an_address_that_was_only_asked_for_is_somebody_elses(coalition, amina, leaves):
    stranger = PersonFactory(email="stranger@example.org")
    ask_to_change_address(person=stranger, address=ADDRESS)
    queue(key="to-amina", **LETTER)
    if leaves:
        leaves(stranger, coalition.pk)
    else:
        erase(stranger)

    assert not was_taken_out(ADDRESS, coalition.pk)
    assert Message.objects.get(key="to-amina").body == LETTER["body"]


def test_settings_that_were_open_during_the_erasure_bring_no_name_back(amina):
    stale = Person.objects.get(pk=amina.pk)
    erase(amina)

    with pytest.raises(ActionRefused):
        change_settings(person=stale, changes={"name": "Amina", "name_is_public": True})
    assert Person.objects.get(pk=amina.pk).name == ""
