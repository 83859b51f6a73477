"""The mark "under 18" and the answer of the adult contact."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from jukwaa.accounts import minors
from jukwaa.accounts.models import MinorStatusChange, Person
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.actions import send_waiting_emails
from tests.factories import PersonFactory

StatusStep = MinorStatusChange.Step


@pytest.fixture
def guardian(db):
    return PersonFactory(name="Guardian", email="guardian@example.org")


@pytest.fixture
def child(guardian):
    person = PersonFactory(name="Zuri Canary", name_is_public=True)
    return minors.mark_as_minor(actor=guardian, person=person, adult_contact=guardian, reason="Their teacher told us.")


def list_status_changes(person):
    return list(MinorStatusChange.objects.filter(person=person).values_list("step", "actor", "means"))


def get_last_email():
    send_waiting_emails()
    return mail.outbox[-1]


def get_link_path(email_message):
    return re.search(r"https?://[^/\s]+(/account/guardian/\S+)", email_message.body)[1]


def test_marking_minor_hides_name_and_asks_adult_contact(child, guardian):
    child.refresh_from_db()

    assert (child.is_minor, child.name_is_public, child.adult_contact, child.guardian_agreed_at) == (
        True,
        False,
        guardian,
        None,
    )
    assert child.adult_confirmed_at is None
    assert list_status_changes(child) == [("marked", guardian.pk, "")]
    message = get_last_email()
    assert (message.to, message.subject) == (
        ["guardian@example.org"],
        "Do you agree that everyone can read what Zuri Canary writes?",
    )


def test_repeated_marking_of_minor_changes_nothing(child, guardian):
    minors.mark_as_minor(actor=guardian, person=child, adult_contact=PersonFactory(), reason="Again.")

    child.refresh_from_db()
    assert (child.adult_contact, len(list_status_changes(child))) == (guardian, 1)


def test_opening_consent_link_records_nothing(client, child):
    page = client.get(get_link_path(get_last_email()))

    child.refresh_from_db()
    assert (page.status_code, child.guardian_agreed_at, len(list_status_changes(child))) == (200, None, 1)
    assert "Yes, I agree" in page.text


def test_adult_contact_consents_and_withdraws_by_same_link(client, child, guardian):
    link = get_link_path(get_last_email())

    assert "Your consent has been recorded." in client.post(f"{link}agree/", follow=True).text
    child.refresh_from_db()
    assert minors.has_public_consent(child)
    assert get_last_email().subject == "You agreed that everyone can read what Zuri Canary writes"

    client.post(f"{link}decline/")
    child.refresh_from_db()
    assert not minors.has_public_consent(child)
    assert list_status_changes(child)[1:] == [("agreed", guardian.pk, "link"), ("withdrawn", guardian.pk, "link")]
    assert get_last_email().subject == "What Zuri Canary writes is hidden from the public"


def test_repeated_answer_is_recorded_once(client, child):
    link = get_link_path(get_last_email())
    for answer in ("decline", "decline", "agree", "agree"):
        client.post(f"{link}{answer}/")

    assert [step for step, _actor, _means in list_status_changes(child)] == ["marked", "declined", "agreed"]


def test_link_is_invalid_after_mark_removal_or_contact_change(client, child, guardian, rf):
    link = get_link_path(get_last_email())
    Person.objects.filter(pk=child.pk).update(adult_contact=PersonFactory())
    assert client.post(f"{link}agree/").status_code == 410
    Person.objects.filter(pk=child.pk).update(adult_contact=guardian)
    minors.unmark_as_minor(actor=guardian, person=child, reason="Of age.")

    assert [client.get(link).status_code, client.post(f"{link}agree/").status_code] == [410, 410]
    assert client.get(reverse("accounts:guardian", args=["made-up"])).status_code == 410


def test_removing_minor_mark_keeps_name_hidden(child, guardian):
    minors.unmark_as_minor(actor=guardian, person=child, reason="Of age.")

    child.refresh_from_db()
    assert (child.is_minor, child.name_is_public, child.adult_contact) == (False, False, None)
    assert list_status_changes(child)[-1] == ("removed", guardian.pk, "")
    assert MinorStatusChange.objects.filter(person=child).last().adult_contact == guardian


def test_unsuitable_adult_contact_is_refused(child, guardian):
    person, silent = PersonFactory(), PersonFactory(email=None)
    for contact, sentence in [(person, "another person"), (child, "another person"), (silent, "email address")]:
        with pytest.raises(ActionRefused, match=sentence):
            minors.mark_as_minor(actor=guardian, person=person, adult_contact=contact, reason="Told us.")
    with pytest.raises(ActionRefused, match="another adult contact for the people under 18"):
        minors.mark_as_minor(actor=guardian, person=guardian, adult_contact=person, reason="Told us.")


def test_only_current_adult_contact_can_answer(child):
    with pytest.raises(ActionRefused, match="no longer the adult contact"):
        minors.answer_as_guardian(guardian=PersonFactory(), person=child, is_consent_given=True)


def test_minor_status_history_is_append_only(child, guardian):
    row = MinorStatusChange.objects.get(person=child)
    with pytest.raises(TypeError, match="never changed"):
        row.save()


@pytest.mark.parametrize(
    "invalid_fields",
    [
        {"step": StatusStep.MARKED},
        {"step": StatusStep.AGREED, "means": "link"},
        {"step": StatusStep.WITHDRAWN, "adult": True},
        {"step": StatusStep.REMOVED},
    ],
)
def test_database_refuses_incomplete_minor_status_change(child, guardian, invalid_fields):
    contact = guardian if invalid_fields.pop("adult", False) else None
    with pytest.raises(IntegrityError), transaction.atomic():
        MinorStatusChange.objects.create(person=child, actor=guardian, adult_contact=contact, **invalid_fields)


def test_database_refuses_consent_for_adult(guardian):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=guardian.pk).update(guardian_agreed_at="2026-01-01T00:00Z")


def test_settings_link_adult_contact_to_page(client, child, guardian):
    client.force_login(guardian)
    page = client.get(reverse("accounts:settings"))

    link = re.search(r'href="(/account/guardian/[^"]+)"', page.text)[1]
    assert client.get(link).status_code == 200
