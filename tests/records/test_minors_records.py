"""What somebody under 18 writes is for members, until their adult contact agrees that everyone reads it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from jukwaa.accounts import minors
from jukwaa.accounts.models import Person
from jukwaa.core.refusals import ActionRefused
from jukwaa.records.actions import add_comment, begin_record, change_record
from jukwaa.records.models import Authorship, Comment, Document, Label, Narrowed, Record
from tests.factories import DocumentFactory, PersonFactory

VISITOR = AnonymousUser()


@pytest.fixture
def guardian(db):
    return PersonFactory(name="A guardian")


@pytest.fixture
def mark_as_child(guardian):
    def mark_person_as_minor(person):
        minors.mark_as_minor(actor=guardian, person=person, adult_contact=guardian, reason="Told us.")
        person.refresh_from_db()

    return mark_person_as_minor


def answer_consent_as_guardian(guardian, person, *, guardian_agrees):
    minors.answer_as_guardian(guardian=guardian, person=person, is_consent_given=guardian_agrees)
    person.refresh_from_db()


def is_record_public(record):
    return Record.objects.visible_to(VISITOR).filter(pk=record.pk).exists()


def create_published_document(member, coalition, **more):
    record = Document(coalition=coalition, kind="document", title="Said", **more)
    return begin_record(actor=member, record=record, is_published=True)


def test_records_of_minor_are_public_only_with_consent(coalition, member, delegate, guardian, mark_as_child):
    record = create_published_document(member, coalition)
    mark_as_child(member)
    assert not is_record_public(record)
    assert Record.objects.visible_to(delegate).filter(pk=record.pk).exists()

    answer_consent_as_guardian(guardian, member, guardian_agrees=True)
    assert is_record_public(record)
    answer_consent_as_guardian(guardian, member, guardian_agrees=False)
    assert not is_record_public(record)
    minors.unmark_as_minor(actor=guardian, person=member, reason="Of age.")
    assert is_record_public(record)
    assert not Narrowed.objects.exists()


def test_consent_does_not_open_members_only_record_of_minor(coalition, member, guardian, mark_as_child):
    record = create_published_document(member, coalition, label=Label.GREEN)
    mark_as_child(member)
    answer_consent_as_guardian(guardian, member, guardian_agrees=True)

    assert not is_record_public(record)


def test_record_of_minor_with_adult_coauthor_remains_public(coalition, member, delegate, mark_as_child):
    record = create_published_document(member, coalition)
    Authorship.objects.create(record=record, person=delegate)
    mark_as_child(member)

    assert is_record_public(record)


def test_new_record_of_minor_waits_for_consent(coalition, member, guardian, mark_as_child):
    mark_as_child(member)
    record = create_published_document(member, coalition)
    assert (record.label, is_record_public(record)) == (Label.GREEN, False)

    answer_consent_as_guardian(guardian, member, guardian_agrees=True)
    assert is_record_public(record)
    assert is_record_public(create_published_document(member, coalition))


@pytest.mark.parametrize("tlp_label", [Label.CLEAR, Label.GREEN])
def test_record_of_minor_cannot_be_made_public_without_consent(coalition, member, rapporteur, mark_as_child, tlp_label):
    mark_as_child(member)
    record = create_published_document(member, coalition, label=tlp_label)
    for actor in (member, rapporteur):
        with pytest.raises(ActionRefused, match="Only members can read this record for now") as refused:
            change_record(actor=actor, record=record, changes={"label": Label.CLEAR}, from_version=record.version)
        assert "18" not in str(refused.value)


def test_guardian_consent_does_not_widen_stricter_label(coalition, member, guardian, mark_as_child):
    record = create_published_document(member, coalition)
    mark_as_child(member)
    record = Document.objects.get(pk=record.pk)
    change_record(actor=member, record=record, changes={"label": Label.RED}, from_version=record.version)
    answer_consent_as_guardian(guardian, member, guardian_agrees=True)

    record.refresh_from_db()
    assert record.label == Label.RED


def test_history_hides_who_marked_minor_or_consented(coalition, member, guardian, mark_as_child):
    record = create_published_document(member, coalition)
    mark_as_child(member)
    answer_consent_as_guardian(guardian, member, guardian_agrees=True)

    authors = record.versions.order_by("number").values_list("author", "content__label")
    assert list(authors) == [(member.pk, Label.CLEAR), (None, Label.GREEN), (None, Label.CLEAR)]


def test_comments_of_minor_are_read_by_members_author_and_contact(
    client, coalition, member, delegate, outsider, coordinator, guardian, mark_as_child
):
    record = DocumentFactory(coalition=coalition, published=True)
    add_comment(actor=member, record=record, body="A canary spoke.")
    mark_as_child(member)
    url = record.get_absolute_url()

    assert "canary" not in client.get(url).text
    for person, reads in [(outsider, False), (delegate, True), (member, True), (guardian, True), (coordinator, True)]:
        client.force_login(person)
        page = client.get(url).text
        assert ("canary" in page, Comment.objects.visible_to(person).exists()) == (reads, reads)
        assert person == coordinator or person in {member, guardian} or member.name not in page
    client.logout()
    answer_consent_as_guardian(guardian, member, guardian_agrees=True)
    page = client.get(url).text
    assert "A canary spoke." in page
    assert "a participant under 18" in page
    assert member.name not in page


def test_form_tells_minor_who_will_read_it(client, coalition, member, guardian, mark_as_child):
    url = DocumentFactory(coalition=coalition, published=True).get_absolute_url()
    client.force_login(member)
    assert "Everyone will read this, members or not." in client.get(url).text
    mark_as_child(member)
    assert "Members of the coalition will read this." in client.get(url).text
    answer_consent_as_guardian(guardian, member, guardian_agrees=True)
    assert "Everyone will read this, members or not." in client.get(url).text


def test_cached_page_is_invalidated_when_minor_is_marked(client, coalition, member, mark_as_child):
    Person.objects.filter(pk=member.pk).update(name="Zuri Canary", name_is_public=True)
    member.refresh_from_db()
    record = DocumentFactory(coalition=coalition, published=True)
    add_comment(actor=member, record=record, body="Here.")
    assert "Zuri Canary" in client.get(record.get_absolute_url()).text
    assert "Zuri Canary" in client.get(reverse("coalitions:person_list", args=[coalition.slug])).text
    mark_as_child(member)

    assert "Zuri Canary" not in client.get(record.get_absolute_url()).text
    assert "Zuri Canary" not in client.get(reverse("coalitions:person_list", args=[coalition.slug])).text
