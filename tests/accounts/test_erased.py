"""Removed people are not added or emailed again until they return themselves."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.actions import redeem_sign_in_code, request_sign_in, update_settings
from jukwaa.accounts.address_change import request_address_change
from jukwaa.accounts.deletions import DELETION_DELAY, process_due_deletions
from jukwaa.accounts.erased_identities import (
    BlockedIdentities,
    block_identity_in_coalition,
    is_blocked_address,
    is_blocked_name,
    unblock_returned_person,
)
from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.identity import compute_address_digest, compute_name_digest
from jukwaa.accounts.models import ErasedIdentity, Person
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.actions import queue_email
from jukwaa.mail.models import SUPPRESSED_EMAIL_ERROR, Message
from jukwaa.updates.letters import get_held_mail_scope
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

EMAIL_ADDRESS = "amina@example.org"
EMAIL_ARGUMENTS = {"to": EMAIL_ADDRESS, "subject": "News", "body": "There is a guidance."}


@pytest.fixture
def person_to_erase():
    return PersonFactory(name="Amina Wanjirũ", email=EMAIL_ADDRESS)


def sign_in_with_address(email_address):
    asked = request_sign_in(email=email_address)
    code = re.search(r"^ {4}(\d{6})$", Message.objects.get(key=f"sign-in:{asked.key}").body, re.MULTILINE)[1]
    return redeem_sign_in_code(sign_in_key=asked.key, code=code)[0]


@pytest.mark.parametrize(
    "spelled", [EMAIL_ADDRESS, " AMINA@Example.org ", "amina+news@example.org", "Ámina@example.org"]
)
def test_address_is_recognised_in_any_spelling(person_to_erase, spelled):
    erase_person(person_to_erase)

    assert (is_blocked_address(spelled), is_blocked_address(spelled, 7)) == (True, True)


def test_another_address_is_not_recognised(person_to_erase):
    erase_person(person_to_erase)

    assert [is_blocked_address(other) for other in ("", "amin@example.org", "amina@example.com")] == [False] * 3


def test_removal_from_one_coalition_does_not_affect_another(person_to_erase, coalition, other_coalition):
    block_identity_in_coalition(person_to_erase, coalition.pk)

    assert is_blocked_address(EMAIL_ADDRESS, coalition.pk)
    assert not is_blocked_address(EMAIL_ADDRESS, other_coalition.pk)
    assert not is_blocked_address(EMAIL_ADDRESS)


def test_name_is_recognised_only_in_its_coalition(person_to_erase, coalition, other_coalition):
    block_identity_in_coalition(person_to_erase, coalition.pk)

    assert is_blocked_name("WANJIRU, amina", coalition.pk)
    assert not is_blocked_name("Amina Wanjirũ", other_coalition.pk)
    assert not is_blocked_name("", coalition.pk)


def test_bulk_lookup_matches_single_lookup(person_to_erase, coalition):
    block_identity_in_coalition(person_to_erase, coalition.pk)
    taken_out = BlockedIdentities.of(coalition.pk)

    assert (taken_out.has_address("amina+x@example.org"), taken_out.has_name("wanjiru amina")) == (True, True)
    assert (taken_out.has_address("b@example.org"), taken_out.has_name("Amina"), taken_out.has_address("")) == (
        *(False,) * 3,
    )


def test_rows_contain_only_digests(person_to_erase, coalition):
    block_identity_in_coalition(person_to_erase, coalition.pk)
    row = ErasedIdentity.objects.get()

    assert (row.address, row.name) == (
        compute_address_digest(EMAIL_ADDRESS),
        compute_name_digest(person_to_erase.name, coalition.pk),
    )
    assert (len(row.address), len(row.name), len(row.account)) == (64, 64, 64)


def test_digests_survive_secret_key_rotation(person_to_erase, settings):
    erase_person(person_to_erase)
    settings.SECRET_KEY = "another"
    assert is_blocked_address(EMAIL_ADDRESS)

    settings.ERASURES_KEY = "another"
    assert not is_blocked_address(EMAIL_ADDRESS)


def test_repeated_removal_is_recorded_once(person_to_erase, coalition):
    for _time in range(2):
        block_identity_in_coalition(person_to_erase, coalition.pk)

    assert ErasedIdentity.objects.count() == 1


def test_person_is_recognised_by_both_addresses(person_to_erase):
    person_to_erase.emailaddress_set.create(email="wanjiru@example.org", verified=True)
    erase_person(person_to_erase)

    assert (is_blocked_address(EMAIL_ADDRESS), is_blocked_address("wanjiru@example.org")) == (True, True)


def test_person_without_address_or_name_leaves_only_account_digest(coalition):
    erase_person(PersonFactory(name="", email=None))

    assert list(ErasedIdentity.objects.values_list("address", "name")) == [("", "")]
    assert not is_blocked_address("")


def test_erased_person_can_sign_in_with_new_account(person_to_erase):
    erase_person(person_to_erase)
    back = sign_in_with_address(EMAIL_ADDRESS)

    assert (back.pk != person_to_erase.pk, back.email, is_blocked_address(EMAIL_ADDRESS)) == (
        True,
        EMAIL_ADDRESS,
        False,
    )


def test_sign_in_does_not_restore_coalition_access(person_to_erase, coalition):
    block_identity_in_coalition(person_to_erase, coalition.pk)
    sign_in_with_address(EMAIL_ADDRESS)

    assert is_blocked_address(EMAIL_ADDRESS, coalition.pk)
    assert unblock_returned_person(person_to_erase, coalition.pk)
    assert not is_blocked_address(EMAIL_ADDRESS, coalition.pk)
    assert not unblock_returned_person(person_to_erase, coalition.pk)


def test_returned_person_can_be_removed_again(person_to_erase, coalition):
    block_identity_in_coalition(person_to_erase, coalition.pk)
    unblock_returned_person(person_to_erase, coalition.pk)
    block_identity_in_coalition(person_to_erase, coalition.pk)

    assert (is_blocked_address(EMAIL_ADDRESS, coalition.pk), ErasedIdentity.objects.count()) == (True, 1)


def test_erased_person_gets_no_email_and_address_is_not_stored(person_to_erase):
    erase_person(person_to_erase)
    message = queue_email(**EMAIL_ARGUMENTS, key="1")

    assert (message.to, message.subject, message.body, message.error) == ("", "", "", SUPPRESSED_EMAIL_ERROR)
    assert list(Message.objects.waiting()) == []
    assert queue_email(**EMAIL_ARGUMENTS, key="1") == message


def test_email_requested_by_recipient_is_sent(person_to_erase):
    erase_person(person_to_erase)

    assert queue_email(**EMAIL_ARGUMENTS, key="1", is_requested=True).to == EMAIL_ADDRESS


def test_removed_person_gets_no_email_about_coalition(person_to_erase, coalition, other_coalition):
    block_identity_in_coalition(person_to_erase, coalition.pk)

    sent = [
        queue_email(**EMAIL_ARGUMENTS, key=scope, sender_scope=scope).to
        for scope in (get_held_mail_scope(coalition), get_held_mail_scope(other_coalition), "")
    ]
    assert sent == ["", EMAIL_ADDRESS, EMAIL_ADDRESS]


def test_last_email_of_deleted_account_is_sent(client, person_to_erase):
    client.force_login(person_to_erase)
    client.post(reverse("accounts:delete"))
    link = re.search(r"https?://[^/\s]+(/\S+)", Message.objects.get(to=EMAIL_ADDRESS).body)[1]
    client.post(link)
    process_due_deletions(timezone.now() + DELETION_DELAY)

    assert not Person.objects.filter(email=EMAIL_ADDRESS).exists()
    assert (
        "a code that stops others from adding you again."
        in Message.objects.get(to=EMAIL_ADDRESS, empty_when_over=True).body
    )


@pytest.mark.parametrize("block_person", [block_identity_in_coalition, None])
def test_unconfirmed_new_address_is_not_recognised(coalition, person_to_erase, block_person):
    stranger = PersonFactory(email="stranger@example.org")
    request_address_change(person=stranger, address=EMAIL_ADDRESS)
    queue_email(key="to-amina", **EMAIL_ARGUMENTS)
    if block_person:
        block_person(stranger, coalition.pk)
    else:
        erase_person(stranger)

    assert not is_blocked_address(EMAIL_ADDRESS, coalition.pk)
    assert Message.objects.get(key="to-amina").body == EMAIL_ARGUMENTS["body"]


def test_stale_settings_form_does_not_restore_erased_name(person_to_erase):
    stale = Person.objects.get(pk=person_to_erase.pk)
    erase_person(person_to_erase)

    with pytest.raises(ActionRefused):
        update_settings(person=stale, changes={"name": "Amina", "name_is_public": True})
    assert Person.objects.get(pk=person_to_erase.pk).name == ""
