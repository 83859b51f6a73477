"""Consents are kept with the text that was shown, until they are withdrawn."""

import json
import zipfile

import pytest
from django.db import IntegrityError, transaction

from jukwaa.accounts.actions import update_settings
from jukwaa.accounts.minors import answer_as_guardian, get_guardian_path, mark_as_minor, unmark_as_minor
from jukwaa.accounts.personal_data_export import build_personal_data_archive
from jukwaa.coalitions.actions import apply_as_individual, end_membership, withdraw_application
from jukwaa.core.consents import ConsentKind
from jukwaa.core.privacy_link import PRIVACY_SENTENCE
from jukwaa.privacy.actions import record_person_consent, save_privacy_notice, withdraw_person_consent
from jukwaa.privacy.models import Consent, Notice
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
NOTICE_FIELDS = {"responsible": "The secretariat", "contact": "privacy@example.org"}


def list_stored_consents(person):
    rows = Consent.objects.filter(person=person).order_by("pk")
    return [(row.kind, row.withdrawn_at is not None) for row in rows]


def test_name_consent_and_withdrawal_are_recorded(member):
    update_settings(person=member, changes={"name_is_public": True})
    update_settings(person=member, changes={"name_is_public": True, "language": "en"})
    assert list_stored_consents(member) == [("public-name", False)]
    assert Consent.objects.get().text.startswith("Show my name to everyone\n")

    update_settings(person=member, changes={"name_is_public": False})
    update_settings(person=member, changes={"name_is_public": True})

    assert list_stored_consents(member) == [("public-name", True), ("public-name", False)]


def test_marking_as_minor_permanently_withdraws_name_consent(member, coordinator):
    update_settings(person=member, changes={"name_is_public": True})
    mark_as_minor(actor=coordinator, person=member, adult_contact=coordinator, reason="Their school told us.")
    assert list_stored_consents(member) == [("public-name", True)]
    unmark_as_minor(actor=coordinator, person=member, reason="Of age.")

    member.refresh_from_db()
    assert (list_stored_consents(member), member.name_is_public) == ([("public-name", True)], False)


def test_settings_page_shows_recorded_consent_text(client, member):
    client.force_login(member)
    page = client.get("/account/settings/").text
    update_settings(person=member, changes={"name_is_public": True})

    assert [line in page for line in Consent.objects.get().text.split("\n")] == [True, True]


def test_application_records_linked_privacy_notice(coordinator, coalition):
    version = save_privacy_notice(
        actor=coordinator, coalition=coalition, notice_kind=Notice.Kind.PRIVACY, language="en", fields=NOTICE_FIELDS
    ).versions.get()
    newcomer = PersonFactory()
    membership = apply_as_individual(actor=newcomer, coalition=coalition, application_text="To help")

    consent = Consent.objects.get(person=newcomer)
    assert (consent.kind, consent.text, consent.notice_version) == ("membership", str(PRIVACY_SENTENCE), version)
    assert consent.coalition == coalition

    withdraw_application(actor=newcomer, membership=membership)
    assert list_stored_consents(newcomer) == [("membership", True)]


def test_leaving_withdraws_consent(coordinator, coalition):
    newcomer = PersonFactory()
    membership = apply_as_individual(actor=newcomer, coalition=coalition, application_text="To help")
    membership.standing = "active"
    membership.save()
    end_membership(actor=newcomer, membership=membership)

    assert list_stored_consents(newcomer) == [("membership", True)]


def test_only_one_consent_is_in_force(member, coalition):
    for where in (coalition, None):
        given = {"person": member, "kind": ConsentKind.GUARDIAN, "text": "Yes", "coalition": where}
        first = record_person_consent(**given)
        assert record_person_consent(**given) == first
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.create(**given)

    withdraw_person_consent(person=member, kind=ConsentKind.GUARDIAN)
    assert list_stored_consents(member) == [("guardian", False), ("guardian", True)]


def test_guardian_consent_is_recorded_with_page_text(client):
    guardian = PersonFactory(email="adult@example.org")
    child = PersonFactory(is_minor=True, adult_contact=guardian)
    page = client.get(get_guardian_path(child)).text
    answer_as_guardian(guardian=guardian, person=child, is_consent_given=True)

    assert Consent.objects.get().text in page
    assert list_stored_consents(child) == [("guardian", False)]
    answer_as_guardian(guardian=guardian, person=child, is_consent_given=False)
    assert list_stored_consents(child) == [("guardian", True)]


def test_download_includes_consent_history(member):
    update_settings(person=member, changes={"name_is_public": True})
    with build_personal_data_archive(member) as file, zipfile.ZipFile(file) as archive:
        rows = json.loads(archive.read("your-data.json"))["privacy.consent"]

    assert [(row["kind"], row["text"].split("\n")[0]) for row in rows] == [("public-name", "Show my name to everyone")]
