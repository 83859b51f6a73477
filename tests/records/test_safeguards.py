"""At the door, and behind it: a fixed answer for whoever writes, one reader, and erasing for good."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from jukwaa.coalitions.models import Activity
from jukwaa.core.refusals import ActionRefused
from jukwaa.records import index
from jukwaa.records.actions import (
    add_comment,
    add_record_source,
    attach_file_to_record,
    begin_record,
    change_record,
    hold_record_in_quarantine,
    publish_record,
    purge_held_submission,
    purge_record,
    purge_record_versions,
    release_held_submission,
    release_record_from_quarantine,
    withdraw_record,
)
from jukwaa.records.models import Comment, Document, Held, Passage, Record, Source, State, Version
from jukwaa.records.quarantine_store import has_held_items_without_lead, quarantine_if_suspect
from jukwaa.records.tasks import delete_files
from jukwaa.records.versions import compute_salted_digest as version_digest
from tests.factories import DocumentFactory, EntryFactory, PersonFactory

DISCLOSURE_TEXT = "My uncle touches me."


@pytest.fixture
def document(coalition):
    return DocumentFactory(coalition=coalition, title="A report", published=True)


@pytest.fixture
def held_document(coalition, member):
    return quarantine_if_suspect(
        coalition=coalition, door=Held.Door.MAIL, text=DISCLOSURE_TEXT, person=member, address="a@example.org"
    )


def test_disclosure_gets_fixed_answer_and_is_not_saved(client, coalition, document, member):
    coalition.country = "KE"
    coalition.save()
    client.force_login(member)
    answer = client.post(f"/ours/records/{document.pk}/comments/", {"body": DISCLOSURE_TEXT}, follow=True)

    assert "Your message was not posted" in answer.text
    assert DISCLOSURE_TEXT not in answer.text
    assert Comment.objects.count() == 0
    assert list(Held.objects.values_list("door", "why", "text", "person")) == [
        ("comment", "disclosure", DISCLOSURE_TEXT, member.pk)
    ]


def test_activity_log_hides_sender_of_disclosure(client, document, member, safeguarding_lead):
    client.force_login(member)
    client.post(f"/ours/records/{document.pk}/comments/", {"body": DISCLOSURE_TEXT})

    held = Held.objects.get()
    assert list(Activity.objects.values_list("actor", "verb", "kind", "object_id")) == [(None, "held", "held", held.pk)]


def test_disclosure_sent_twice_is_quarantined_once(client, document, member):
    client.force_login(member)
    for _press in range(2):
        client.post(f"/ours/records/{document.pk}/comments/", {"body": DISCLOSURE_TEXT})

    assert Held.objects.count() == 1


def test_disclosure_in_edit_is_quarantined(client, document, member):
    comment = add_comment(actor=member, record=document, body="Well said.")
    client.force_login(member)
    client.post(f"/ours/records/comments/{comment.pk}/edit/", {"body": DISCLOSURE_TEXT, "version": 1})

    comment.refresh_from_db()
    assert (comment.body, Held.objects.count()) == ("Well said.", 1)


def test_file_with_suspicious_name_is_quarantined_unopened(client, document, rapporteur):
    client.force_login(rapporteur)
    url = f"/ours/records/{document.pk}/files/add/"
    answer = client.post(url, {"file": ContentFile(b"\x89PNG nothing", name="cp_links.png")})

    held = Held.objects.get()
    assert answer.headers["Location"] == "/ours/records/not-accepted/"
    assert (held.why, held.file_name, document.attachments.count()) == ("material", "cp_links.png", 0)
    assert "cp" not in held.file.name


def test_coordinators_are_notified_of_missing_safeguarding_lead(coalition, held_document, client, coordinator):
    assert list(Activity.objects.values_list("verb", flat=True)) == ["held-without-lead"]
    assert has_held_items_without_lead(coalition)
    client.force_login(coordinator)
    assert client.get("/ours/records/quarantine/").status_code == 404


@pytest.mark.parametrize("route_name", ["held_list", "held_detail", "held_purge"])
def test_quarantine_is_visible_to_safeguarding_lead_only(
    client, held_document, route_name, member, coordinator, rapporteur, outsider, safeguarding_lead
):
    url = reverse(f"records:{route_name}", args=["ours"] if route_name == "held_list" else ["ours", held_document.pk])

    statuses = {}
    for person in (member, coordinator, rapporteur, outsider, safeguarding_lead):
        client.force_login(person)
        statuses[person.name] = client.get(url).status_code
    assert statuses == {
        "A member": 404,
        "The coordinator": 404,
        "The rapporteur": 404,
        "An outsider": 404,
        "The safeguarding lead": 200,
    }


def test_quarantine_is_decided_by_safeguarding_lead_only(client, held_document, coordinator, safeguarding_lead):
    for action in (purge_held_submission, release_held_submission):
        with pytest.raises(PermissionDenied):
            action(actor=coordinator, held=held_document)
    client.force_login(coordinator)
    assert client.post(f"/ours/records/quarantine/{held_document.pk}/release/").status_code == 404


def test_quarantined_text_is_shown_after_warning(client, held_document, safeguarding_lead):
    client.force_login(safeguarding_lead)
    url = f"/ours/records/quarantine/{held_document.pk}/"
    addresses = (url, f"{url}?read=1", "/ours/records/quarantine/")
    before, after, listed = (client.get(address).text for address in addresses)

    assert (DISCLOSURE_TEXT in before, DISCLOSURE_TEXT in after, DISCLOSURE_TEXT in listed) == (False, True, False)
    assert "This text may be distressing." in before


def test_purge_erases_text_file_and_sender_but_not_the_row(client, coalition, member, safeguarding_lead):
    held = quarantine_if_suspect(
        coalition=coalition, door=Held.Door.MAIL, text=DISCLOSURE_TEXT, file_name="a.txt", data=b"a file", person=member
    )
    name, digest = held.file.name, held.digest
    client.force_login(safeguarding_lead)
    client.post(f"/ours/records/quarantine/{held.pk}/delete/")
    delete_files.call([name])

    held.refresh_from_db()
    assert (held.text, held.file.name, held.file_name, held.person, held.salt, held.digest, held.state) == (
        *("", "", "", None, "", digest, "purged"),
    )
    assert not default_storage.exists(name)
    assert list(Activity.objects.values_list("actor", "verb").order_by("pk")) == [
        (None, "held"),
        (safeguarding_lead.pk, "purged"),
    ]


def test_released_text_is_not_quarantined_again(client, coalition, held_document, document, member, safeguarding_lead):
    client.force_login(safeguarding_lead)
    client.post(f"/ours/records/quarantine/{held_document.pk}/release/")
    client.force_login(member)
    client.post(f"/ours/records/{document.pk}/comments/", {"body": DISCLOSURE_TEXT})

    assert (Comment.objects.get().body, Held.objects.count()) == (DISCLOSURE_TEXT, 1)


def test_author_must_confirm_identifying_words(client, document, member):
    client.force_login(member)
    url = f"/ours/records/{document.pk}/comments/"
    first = client.post(url, {"body": "Write to amina@example.org."})
    seen = first.text.split('name="screened" value="')[1].split('"')[0]
    assert (first.status_code, Comment.objects.count()) == (422, 0)
    assert "Write to <mark>amina@example.org</mark>." in first.text
    assert "Post without changes" in first.text

    client.post(url, {"body": "Write to amina@example.org.", "screened": seen})
    assert Comment.objects.get().body == "Write to amina@example.org."


def test_forms_warn_against_reporting_abuse(client, coalition, document, rapporteur):
    coalition.country = "KE"
    coalition.save()
    client.force_login(rapporteur)

    for url in (document.get_absolute_url(), f"/ours/records/{document.pk}/files/add/"):
        text = client.get(url).text
        assert "Do not report abuse here" in text
        assert "/help/?country=KE" in text


def test_quarantined_record_is_visible_to_safeguarding_lead_only(
    client, coalition, coordinator, safeguarding_lead, member
):
    author = PersonFactory()
    record = DocumentFactory(coalition=coalition, published=True, author=author)
    index.reindex_record(record)
    assert Passage.objects.filter(record=record).exists()
    client.force_login(safeguarding_lead)
    client.post(f"/ours/records/{record.pk}/quarantine/")

    assert not Passage.objects.filter(record=record).exists()
    seen = [Record.objects.visible_to(who).filter(pk=record.pk).exists() for who in (author, member, coordinator)]
    assert (seen, client.get(record.get_absolute_url()).status_code) == ([False] * 3, 200)

    client.post(f"/ours/records/{record.pk}/release/")
    record.refresh_from_db()
    assert record.state == State.PUBLISHED


def test_quarantined_record_cannot_be_published(document, coordinator, safeguarding_lead):
    hold_record_in_quarantine(actor=safeguarding_lead, record=document)

    with pytest.raises(PermissionDenied):
        publish_record(actor=coordinator, record=document)
    document.refresh_from_db()
    assert document.state == State.HELD


def test_release_restores_previous_state(coalition, coordinator, safeguarding_lead):
    record = DocumentFactory(coalition=coalition, published=True)
    withdraw_record(actor=coordinator, record=record, reason="A reason.")
    hold_record_in_quarantine(actor=safeguarding_lead, record=record)

    assert release_record_from_quarantine(actor=safeguarding_lead, record=record).state == State.WITHDRAWN


@pytest.mark.parametrize("route_name", ["quarantine", "delete"])
def test_records_are_quarantined_and_erased_by_safeguarding_lead_only(
    client, document, member, coordinator, outsider, route_name
):
    for person in (member, coordinator, outsider):
        client.force_login(person)
        url = f"/ours/records/{document.pk}/{route_name}/"
        assert (client.get(url).status_code, client.post(url).status_code) == (403, 403)


def test_record_is_withdrawn_with_reason_by_authorised_people(client, document, member, coordinator):
    url = f"/ours/records/{document.pk}/withdraw/"
    client.force_login(member)
    assert client.get(url).status_code == 403
    client.force_login(coordinator)
    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "It was the wrong file."})

    client.logout()
    assert client.get(document.get_absolute_url()).status_code == 404
    client.force_login(coordinator)
    assert "It was the wrong file." in client.get(document.get_absolute_url()).text


@pytest.fixture
def record(coalition, rapporteur):
    first = begin_record(
        actor=rapporteur,
        record=Document(coalition=coalition, kind="document", title="One", text="Words.", fingerprint="f"),
        is_published=True,
    )
    return change_record(actor=rapporteur, record=first, changes={"title": "Two"}, from_version=1)


def test_activity_of_erased_version_remains_without_digest_key(record, safeguarding_lead, client):
    client.force_login(safeguarding_lead)
    client.post(f"/ours/records/{record.pk}/history/1/delete/")

    assert list(record.versions.values_list("number", flat=True)) == [2]
    assert list(Activity.objects.order_by("pk").values_list("verb", flat=True)) == [
        "published",
        "changed",
        "purged-versions",
    ]
    kept = record.versions.get()
    assert Activity.objects.get(verb="changed").digest == version_digest(kept.content, kept.salt)


def test_current_version_cannot_be_erased_alone(record, safeguarding_lead, rapporteur):
    with pytest.raises(PermissionDenied):
        purge_record_versions(actor=safeguarding_lead, record=record, version_numbers=[2])
    with pytest.raises(PermissionDenied):
        purge_record_versions(actor=rapporteur, record=record, version_numbers=[1])
    assert purge_record_versions(actor=safeguarding_lead, record=record, version_numbers=[7]) == 0


def test_purged_record_has_no_text(record, rapporteur, safeguarding_lead, member):
    attachment = attach_file_to_record(actor=rapporteur, record=record, file_name="notes.txt", data=b"More words.")
    add_comment(actor=member, record=record, body="Words about it.")
    entry = EntryFactory(coalition=record.coalition, published=True)
    add_record_source(record=entry, document=record, start_offset=0, end_offset=6)
    with pytest.raises(ActionRefused):
        purge_record(actor=safeguarding_lead, record=record)
    hold_record_in_quarantine(actor=safeguarding_lead, record=record)
    purge_record(actor=safeguarding_lead, record=record)
    [queued] = DBTaskResult.objects.filter(task_path=delete_files.module_path)
    assert queued.args_kwargs["args"] == [[attachment.file.name]]
    delete_files.call(*queued.args_kwargs["args"])

    record.refresh_from_db()
    assert (record.title, record.text, record.fingerprint, record.state) == ("deleted permanently", "", "", State.HELD)
    assert (Version.objects.count(), Comment.objects.count(), record.attachments.count()) == (0, 0, 0)
    assert list(Source.objects.values_list("quote", "start")) == [("", None)]
    assert not default_storage.exists(attachment.file.name)
    assert not Passage.objects.filter(record=record).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_quarantine_page_query_count_is_constant(
    client, coalition, safeguarding_lead, django_assert_num_queries, count
):
    for number in range(count):
        quarantine_if_suspect(coalition=coalition, door=Held.Door.MAIL, text=f"{DISCLOSURE_TEXT} {number}")
        DocumentFactory(coalition=coalition, state=State.HELD)
    client.force_login(safeguarding_lead)

    with django_assert_num_queries(7):
        text = client.get("/ours/records/quarantine/").text

    assert text.count("Possible disclosure of harm to a child") == count
