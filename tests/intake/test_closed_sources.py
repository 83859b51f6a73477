"""Documents that stay closed: after other actions than the one that closed them, and when coordinators change."""

from datetime import date

import pytest
from django.urls import reverse

from jukwaa.core.refusals import ActionRefused
from jukwaa.intake import actions, source_readers
from jukwaa.intake.forms.reading_start import extract_pasted_text
from jukwaa.intake.models import Drive, DriveEntry, Reading
from jukwaa.intake.text_hashes import compute_text_fingerprint
from jukwaa.records.actions import begin_record
from jukwaa.records.models import Audience, Document
from tests.factories import DocumentFactory, MeetingFactory, PersonFactory, RoleFactory
from tests.intake.readings import REPORT_TEXT, create_reading
from tests.intake.test_reading_entries import accept_all_suggestions
from tests.intake.test_source_readers import PRIVATE_TEXT, build_readers_url

LONG_AGO = date(2026, 1, 1)


@pytest.fixture
def drive_document(coalition, rapporteur):
    """A document with the text of a report that the rapporteur imported for members, with a drive."""
    text = extract_pasted_text(REPORT_TEXT).text
    document = DocumentFactory(
        coalition=coalition,
        label="TLP:GREEN",
        published=True,
        author=rapporteur,
        text=text,
        fingerprint=compute_text_fingerprint(text),
    )
    drive = Drive.objects.create(coalition=coalition, by=rapporteur, name="Drive.zip", digest="1" * 64, state="done")
    DriveEntry.objects.create(drive=drive, path="a.txt", outcome=DriveEntry.Outcome.READ, document=document)
    return document


@pytest.fixture
def red_document(coalition, rapporteur):
    """The document of a report for coordinators that was added to the record."""
    reading = create_reading(coalition, rapporteur, label="TLP:RED", meeting_on=date(2026, 11, 5))
    accept_all_suggestions(reading, rapporteur)
    actions.enter_reading(actor=rapporteur, reading=reading)
    return Document.objects.get()


def start_pasted_reading(coalition, actor, **about):
    return actions.start_reading(
        actor=actor,
        coalition=coalition,
        reading_details=actions.ReadingDetails(**about),
        extracted_text=extract_pasted_text(REPORT_TEXT),
    ).reading


def list_audience_people(document):
    return set(document.audience.values_list("person", flat=True))


@pytest.mark.parametrize("is_chosen", [True, False])
@pytest.mark.parametrize("persona", ["rapporteur", "coordinator"])
def test_drive_labels_do_not_widen_readers_of_chatham_house_source(
    request, coalition, rapporteur, drive_document, persona, is_chosen
):
    reading = start_pasted_reading(coalition, rapporteur, label="TLP:GREEN")
    assert reading.document == drive_document
    actions.create_reading_part(actor=rapporteur, reading=reading, title="Closed", first=6, last=6, chatham=True)
    accept_all_suggestions(reading, rapporteur)
    actions.enter_reading(actor=rapporteur, reading=reading)
    actor = request.getfixturevalue(persona)
    Audience.objects.get_or_create(record=drive_document, person=actor)
    changed = [
        actions.change_drive_labels(
            actor=actor,
            drive=Drive.objects.get(),
            document_ids=[drive_document.pk] if is_chosen else None,
            tlp_label=label,
        )
        for label in ("TLP:CLEAR", "TLP:GREEN", "TLP:RED")
    ]

    drive_document.refresh_from_db()
    assert (changed, drive_document.label) == ([0, 0, 0], "TLP:RED")


def test_drive_labels_of_rapporteur_do_not_open_documents_closed_by_coordinator(
    client, rapporteur, coordinator, drive_document
):
    actions.change_document_readers(actor=coordinator, document=drive_document, tlp_label="TLP:RED", from_version=1)
    drive = Drive.objects.get()
    asked = {"drive": drive, "document_ids": None, "tlp_label": "TLP:CLEAR"}
    offered = {}
    for person in (rapporteur, coordinator):
        client.force_login(person)
        offered[person] = client.get(drive.get_absolute_url()).context["changeable"]

    assert offered == {rapporteur: set(), coordinator: {drive_document.pk}}
    assert actions.change_drive_labels(actor=rapporteur, **asked) == 0
    assert actions.change_drive_labels(actor=coordinator, **asked) == 1


def test_drive_labels_of_rapporteur_do_not_change_sources_of_reports(
    coalition, rapporteur, coordinator, drive_document
):
    start_pasted_reading(coalition, rapporteur, label="TLP:GREEN")
    asked = {"drive": Drive.objects.get(), "document_ids": [drive_document.pk], "tlp_label": "TLP:CLEAR"}

    assert actions.change_drive_labels(actor=rapporteur, **asked) == 0
    assert actions.change_drive_labels(actor=coordinator, **asked) == 1


def test_later_chatham_part_removes_coordinators_from_document_readers(client, coalition, rapporteur, coordinator):
    reading = create_reading(coalition, rapporteur, label="TLP:RED")
    accept_all_suggestions(reading, rapporteur)
    for suggestion in reading.suggestions.filter(sentence__number=6):
        actions.reopen_suggestion(actor=rapporteur, suggestion=suggestion, from_version=suggestion.version)
    actions.enter_reading(actor=rapporteur, reading=reading)
    document = Document.objects.get()
    assert list_audience_people(document) == {coordinator.pk}
    reading.refresh_from_db()
    actions.create_reading_part(actor=rapporteur, reading=reading, title="Closed", first=6, last=6, chatham=True)
    accept_all_suggestions(reading, rapporteur)
    actions.enter_reading(actor=rapporteur, reading=reading)

    assert list_audience_people(document) == {rapporteur.pk}
    client.force_login(coordinator)
    assert client.get(document.get_absolute_url()).status_code == 404


def test_coordinators_read_unentered_report_with_personal_details(client, coalition, rapporteur, coordinator, member):
    url = reverse("intake:reading_new", args=[coalition.slug])
    client.force_login(rapporteur)
    client.post(url, {"text": PRIVATE_TEXT, "label": "TLP:GREEN"})
    reading = Reading.objects.get()
    editor = RoleFactory(coalition=coalition, kind="editor").person
    statuses = {}
    for person in (rapporteur, coordinator, editor, member):
        client.force_login(person)
        pages = (reading, reading.document)
        statuses[person] = [client.get(page.get_absolute_url()).status_code for page in pages]
    client.force_login(coordinator)
    again = client.post(url, {"text": PRIVATE_TEXT, "label": "TLP:GREEN"})

    assert reading.document.label == "TLP:RED"
    assert statuses == {rapporteur: [200, 200], coordinator: [200, 200], editor: [404, 404], member: [404, 404]}
    assert again.url == reading.get_absolute_url()
    assert Document.objects.count() == 1


def test_coordinators_read_unentered_report_restricted_by_importer(client, coalition, rapporteur, coordinator):
    document = create_reading(coalition, rapporteur, label="TLP:GREEN").document
    client.force_login(rapporteur)
    client.post(build_readers_url(document), {"label": "TLP:RED", "version": 1})

    assert list_audience_people(document) == {coordinator.pk}
    assert Reading.objects.visible_to(coordinator).count() == 1


def test_readers_of_closed_document_change_with_coordinators(client, coordinator, red_document):
    successor = RoleFactory(coalition=red_document.coalition, kind="coordinator").person
    coordinator.roles.update(starts_on=None, ends_on=LONG_AGO)
    revision = red_document.coalition.revision

    assert source_readers.refresh_coordinator_readers() == 1
    assert source_readers.refresh_coordinator_readers() == 0
    red_document.coalition.refresh_from_db()
    assert red_document.coalition.revision == revision + 1
    assert list_audience_people(red_document) == {successor.pk}
    client.force_login(coordinator)
    assert client.get(red_document.get_absolute_url()).status_code == 404
    client.force_login(successor)
    assert client.get(build_readers_url(red_document)).status_code == 200


def test_closed_document_gains_new_coordinator_and_loses_former_one(coordinator, red_document):
    second = RoleFactory(coalition=red_document.coalition, kind="coordinator")
    RoleFactory(kind="coordinator")  # of another coalition
    counts = [source_readers.refresh_coordinator_readers()]
    named = [list_audience_people(red_document)]
    second.ends_on = LONG_AGO
    second.save()
    counts.append(source_readers.refresh_coordinator_readers())
    named.append(list_audience_people(red_document))

    assert (counts, named) == ([1, 1], [{coordinator.pk, second.person_id}, {coordinator.pk}])


def test_named_readers_of_document_do_not_change_with_coordinators(coalition, rapporteur, coordinator):
    named = PersonFactory()
    text = extract_pasted_text(REPORT_TEXT).text
    for fingerprint in (compute_text_fingerprint(text), "of another text"):
        document = DocumentFactory(
            coalition=coalition,
            label="TLP:RED",
            published=True,
            author=rapporteur,
            text=text,
            fingerprint=fingerprint,
        )
        Audience.objects.create(record=document, person=named)
    start_pasted_reading(coalition, rapporteur, label="TLP:GREEN")
    drive = Drive.objects.create(coalition=coalition, by=rapporteur, name="Drive.zip", digest="1" * 64, state="done")
    DriveEntry.objects.create(drive=drive, path="a.txt", outcome=DriveEntry.Outcome.DUPLICATE, document=document)

    assert source_readers.refresh_coordinator_readers() == 0
    assert set(Audience.objects.values_list("person", flat=True)) == {named.pk}


def test_readers_of_chatham_house_source_do_not_change_with_coordinators(coalition, rapporteur, coordinator):
    reading = create_reading(coalition, rapporteur, label="TLP:RED")
    actions.create_reading_part(actor=rapporteur, reading=reading, title="Closed", first=6, last=6, chatham=True)
    accept_all_suggestions(reading, rapporteur)
    actions.enter_reading(actor=rapporteur, reading=reading)

    assert source_readers.refresh_coordinator_readers() == 0
    assert list_audience_people(Document.objects.get()) == {rapporteur.pk}


def test_document_for_named_people_does_not_enter_public_meeting(coalition, rapporteur):
    text = extract_pasted_text(REPORT_TEXT).text
    DocumentFactory(
        coalition=coalition,
        label="TLP:RED",
        published=True,
        author=rapporteur,
        text=text,
        fingerprint=compute_text_fingerprint(text),
    )
    meeting = MeetingFactory(coalition=coalition, published=True, starts_on=date(2026, 11, 5))
    reading = start_pasted_reading(coalition, rapporteur, label="TLP:GREEN", meeting=meeting)
    accept_all_suggestions(reading, rapporteur)

    with pytest.raises(ActionRefused, match="More people can see this meeting than the document"):
        actions.enter_reading(actor=rapporteur, reading=reading)
    assert not meeting.entries.exists()


def test_document_for_named_people_cannot_begin_meeting_for_members(client, coalition, rapporteur, member):
    text = extract_pasted_text(REPORT_TEXT).text
    DocumentFactory(
        coalition=coalition,
        label="TLP:RED",
        published=True,
        author=rapporteur,
        text=text,
        fingerprint=compute_text_fingerprint(text),
    )
    reading = start_pasted_reading(coalition, rapporteur, label="TLP:GREEN", meeting_title="Session")
    accept_all_suggestions(reading, rapporteur)
    client.force_login(rapporteur)
    page = client.get(f"{reading.get_absolute_url()}add/").text
    meeting = actions.enter_reading(actor=rapporteur, reading=reading).meeting

    assert "Members will be able to read the meeting" not in page
    assert meeting.label == "TLP:RED"
    client.force_login(member)
    assert client.get(meeting.get_absolute_url()).status_code == 404


def test_document_closed_by_chatham_part_is_entered_into_same_meeting_again(coalition, rapporteur):
    text = extract_pasted_text(REPORT_TEXT).text
    document = Document(
        coalition=coalition, kind="document", label="TLP:GREEN", text=text, fingerprint=compute_text_fingerprint(text)
    )
    begin_record(actor=rapporteur, record=document, is_published=True)
    meeting = MeetingFactory(coalition=coalition, published=True, starts_on=date(2026, 11, 5))
    reading = start_pasted_reading(coalition, rapporteur, label="TLP:GREEN", meeting=meeting)
    assert reading.document == document
    actions.create_reading_part(actor=rapporteur, reading=reading, title="Closed", first=6, last=6, chatham=True)
    accept_all_suggestions(reading, rapporteur)
    suggestion = reading.suggestions.filter(sentence__number=5).first()
    actions.reopen_suggestion(actor=rapporteur, suggestion=suggestion, from_version=suggestion.version)
    actions.enter_reading(actor=rapporteur, reading=reading)
    before = meeting.entries.count()
    accept_all_suggestions(reading, rapporteur)
    actions.enter_reading(actor=rapporteur, reading=reading)

    document.refresh_from_db()
    assert (document.label, meeting.entries.count() > before) == ("TLP:RED", True)


@pytest.mark.parametrize("is_in_drive", [True, False])
def test_document_for_coordinators_enters_public_meeting(
    coalition, rapporteur, coordinator, drive_document, is_in_drive
):
    if is_in_drive:
        actions.change_document_readers(actor=coordinator, document=drive_document, tlp_label="TLP:RED", from_version=1)
    else:
        drive_document.fingerprint = "of another text"
        drive_document.save()
    meeting = MeetingFactory(coalition=coalition, published=True, starts_on=date(2026, 11, 5))
    reading = start_pasted_reading(coalition, rapporteur, label="TLP:RED", meeting=meeting)
    accept_all_suggestions(reading, rapporteur)
    actions.enter_reading(actor=rapporteur, reading=reading)

    assert (reading.document == drive_document, meeting.entries.exists()) == (is_in_drive, True)
