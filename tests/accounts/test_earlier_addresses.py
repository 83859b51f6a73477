"""Earlier email addresses find the same person, allow no sign-in and are covered by erasure."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from jukwaa.accounts.actions import redeem_sign_in_code, request_sign_in
from jukwaa.accounts.address_change import change_address_as_operator
from jukwaa.accounts.earlier_addresses import find_people_by_address, find_person_by_address, store_earlier_address
from jukwaa.accounts.erased_identities import block_identity_in_coalition, is_blocked_address, unblock_returned_person
from jukwaa.accounts.erasure import erase_person, preview_erasure
from jukwaa.accounts.identity import compute_address_digest
from jukwaa.accounts.minors import get_or_create_adult_contact
from jukwaa.accounts.models import EarlierAddress, Person
from jukwaa.coalitions.actions import PersonFacts, add_person
from jukwaa.coalitions.actions.mailing_list import add_many_to_mailing_list
from jukwaa.core.personal_data import personal_data_registry
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.actions import queue_email
from jukwaa.mail.models import Message
from jukwaa.updates.models import PendingMail
from tests.accounts.downloads import download_personal_data
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

OLD, NEW = "amina@old.example", "amina@new.example"

# What becomes of an earlier address when it is changed, for each table with addresses of people.
ADDRESS_COLUMNS = {
    "moved to the new address": {"mail.Message.to", "mail.ReplyAddress.address", "updates.PendingMail.address"},
    "about the old address itself, and gone within days": {
        "accounts.SignInRequest.email",
        "accounts.AddressChange.address",
    },
    "written by others, who do not learn the new address": {
        "regions.Prospect.contact_address",
        "proposals.Participant.address",
        "proposals.SecretariatAddress.address",
    },
    "as it came in, for the safeguarding lead": {"records.Held.address"},
    "as it came in, filed with a proposal": {
        "proposals.CorrespondenceMessage.sender",
        "proposals.CorrespondenceFile.message__sender",
    },
    "of visitors alone: who is known is answered at the address that they have then": {"privacy.DataRequest.email"},
}


@pytest.fixture
def person_with_changed_address():
    person = PersonFactory(name="Amina Wanjirũ", email=OLD)
    change_address_as_operator(person=person, address=NEW)
    return Person.objects.get(pk=person.pk)


def sign_in_with_address(email_address):
    asked = request_sign_in(email=email_address)
    code = re.search(r"^ {4}(\d{6})$", Message.objects.get(key=f"sign-in:{asked.key}").body, re.MULTILINE)[1]
    return redeem_sign_in_code(sign_in_key=asked.key, code=code)[0]


def test_earlier_address_is_stored_only_as_digest(person_with_changed_address):
    row = EarlierAddress.objects.get()

    assert (row.person, row.digest) == (person_with_changed_address, compute_address_digest(OLD))
    assert not Person.objects.with_address(OLD).exists()


@pytest.mark.parametrize("spelled", [OLD, " AMINA@Old.example ", "amina+news@old.example", NEW])
def test_person_is_found_by_both_addresses(person_with_changed_address, spelled):
    assert find_person_by_address(spelled) == person_with_changed_address
    assert find_people_by_address([OLD, NEW, "b@old.example"]) == {
        OLD: person_with_changed_address,
        NEW: person_with_changed_address,
    }


@pytest.mark.parametrize("unknown_address", ["", "amin@old.example"])
def test_unknown_address_matches_no_account(person_with_changed_address, unknown_address):
    assert find_person_by_address(unknown_address) is None


def test_current_owner_of_address_takes_precedence(person_with_changed_address):
    successor = sign_in_with_address(OLD)

    assert (successor != person_with_changed_address, find_person_by_address(OLD), find_people_by_address([OLD])) == (
        True,
        successor,
        {OLD: successor},
    )


def test_latest_former_owner_takes_precedence(person_with_changed_address):
    successor = sign_in_with_address(OLD)
    change_address_as_operator(person=successor, address="successor@new.example")

    assert (find_person_by_address(OLD), EarlierAddress.objects.count()) == (successor, 1)


def test_resumed_address_is_no_longer_earlier_address(person_with_changed_address):
    change_address_as_operator(person=person_with_changed_address, address=OLD)

    assert [row.digest for row in EarlierAddress.objects.all()] == [compute_address_digest(NEW)]


def test_every_verified_address_is_stored():
    person = PersonFactory(email=OLD)
    EmailAddress.objects.create(user=person, email="second@old.example", verified=True)
    EmailAddress.objects.create(user=person, email="unproven@old.example", verified=False)
    change_address_as_operator(person=person, address=NEW)

    assert {row.digest for row in EarlierAddress.objects.all()} == {
        compute_address_digest(OLD),
        compute_address_digest("second@old.example"),
    }


def test_earlier_address_creates_no_duplicate_person(coalition, coordinator, person_with_changed_address):
    facts = PersonFacts(name="A. Wanjiru", email=OLD)
    added = add_person(actor=coordinator, coalition=coalition, facts=facts, role="editor")
    (entry,) = add_many_to_mailing_list(actor=coordinator, coalition=coalition, subscribers=[(OLD, "A. Wanjiru", None)])

    assert (added, entry.person, added.name, added.email) == (
        person_with_changed_address,
        person_with_changed_address,
        "Amina Wanjirũ",
        NEW,
    )
    assert get_or_create_adult_contact(name="A.", email=OLD, language="en") == person_with_changed_address


def test_form_reveals_no_more_for_earlier_address(client, coalition, coordinator, person_with_changed_address):
    client.force_login(coordinator)
    url = reverse("coalitions:person_new", args=[coalition.slug])
    words = {"name": "A person", "is_minor": "no", "role": "editor"}
    pages = [client.post(url, words | {"email": address}, follow=True) for address in (OLD, NEW)]

    assert [page.redirect_chain for page in pages] == [pages[0].redirect_chain] * 2
    assert pages[0].text.count("Amina Wanjirũ") == pages[1].text.count("Amina Wanjirũ")
    assert Person.objects.filter(email__in=[OLD, NEW]).get() == person_with_changed_address


def test_pending_email_follows_changed_address(coalition):
    person = PersonFactory(email=OLD)
    pending = PendingMail.objects.create(kind=PendingMail.Kind.APPLY, coalition=coalition, address=OLD, text="Hello")
    change_address_as_operator(person=person, address=NEW)

    pending.refresh_from_db()
    assert pending.address == NEW


def test_address_columns_match_personal_data_registry():
    declared = {
        f"{model._meta.label}.{name}" for model, given in personal_data_registry.items() for name in given.addresses
    }

    assert set().union(*ADDRESS_COLUMNS.values()) == declared


def test_erased_person_cannot_be_added_by_earlier_address(coalition, coordinator, person_with_changed_address):
    erase_person(person_with_changed_address)

    assert (is_blocked_address(OLD), is_blocked_address(NEW), EarlierAddress.objects.exists()) == (True, True, False)
    with pytest.raises(ActionRefused, match="removed from it"):
        add_person(actor=coordinator, coalition=coalition, facts=PersonFacts(name="A.", email=OLD), role="editor")


def test_erasure_keeps_address_of_current_owner(person_with_changed_address):
    successor = sign_in_with_address(OLD)
    queue_email(to=OLD, subject="News", body="To the successor.", key="1")
    erase_person(person_with_changed_address)

    assert (is_blocked_address(OLD), is_blocked_address(NEW)) == (False, True)
    assert Message.objects.get(key="1").to == successor.email == OLD


def test_erasure_finds_rows_with_earlier_address(person_with_changed_address):
    queue_email(to=OLD, subject="News", body="To Amina.", key="1", is_requested=True)
    Message.objects.filter(key="1").update(sent_at="2026-01-01T00:00Z")
    queue_email(to="b@example.org", subject="News", body=f"Write to {OLD}.", key="2")
    titles = [str(part.title) for part in preview_erasure(person_with_changed_address).emptied]
    traces = [
        (trace.model, trace.column, Message.objects.get(pk=trace.pk).key)
        for trace in preview_erasure(person_with_changed_address).traces
    ]
    erase_person(person_with_changed_address)

    assert ("Emails sent to you" in titles, traces) == (True, [(Message, "body", "2")])
    assert Message.objects.get(key="1").to == ""


def test_removed_person_cannot_be_added_by_new_address(coalition, person_with_changed_address):
    block_identity_in_coalition(person_with_changed_address, coalition.pk)
    change_address_as_operator(person=person_with_changed_address, address="third@new.example")

    blocked = [is_blocked_address(address, coalition.pk) for address in (OLD, NEW, "third@new.example")]
    assert blocked == [True] * 3
    assert unblock_returned_person(Person.objects.get(pk=person_with_changed_address.pk), coalition.pk)
    assert not any(is_blocked_address(address, coalition.pk) for address in (OLD, NEW, "third@new.example"))


def test_return_does_not_unblock_later_owner_of_address(person_with_changed_address, coalition):
    other = sign_in_with_address(OLD)
    change_address_as_operator(person=other, address="other@new.example")
    erase_person(Person.objects.get(pk=other.pk))
    store_earlier_address(person_with_changed_address, OLD)
    unblock_returned_person(person_with_changed_address)

    assert is_blocked_address(OLD)


def test_download_shows_dates_but_not_earlier_addresses(client, person_with_changed_address):
    (part,) = download_personal_data(client, person_with_changed_address)["accounts.earlieraddress"]

    assert list(part) == ["changed_at"]
