"""Who can read the source of a report: what is preselected, what its text speaks for, and who changes it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.core.circulation import excludes_members
from jukwaa.core.refusals import ActionRefused
from jukwaa.intake import actions
from jukwaa.intake.models import Reading
from jukwaa.intake.source_readers import describe_closure, describe_personal_details, suggest_source_label
from jukwaa.meetings.models import Entry
from jukwaa.records.models import Document
from tests.factories import AffiliationFactory, DocumentFactory, MeetingFactory, OrganisationFactory, PersonFactory
from tests.intake.readings import REPORT_TEXT, create_reading
from tests.intake.test_reading_entries import accept_all_suggestions

PRIVATE_TEXT = f"{REPORT_TEXT}\nMy mobile number: +47 912 34 567. Beatriz, 17, also joined.\n"


@pytest.fixture
def enter_report(coalition, rapporteur):
    """Import this text for these readers, accept everything, and add it to the record; returns the document."""

    def enter_report_into_record(text=REPORT_TEXT, label="TLP:GREEN", **about):
        reading = create_reading(coalition, rapporteur, text, label=label, **about)
        accept_all_suggestions(reading, rapporteur)
        actions.enter_reading(actor=rapporteur, reading=reading)
        return Document.objects.get(readings=reading)

    return enter_report_into_record


def build_readers_url(document):
    return reverse("intake:document_readers", args=["ours", document.pk])


@pytest.mark.parametrize("route", ["reading_new", "folder_new"])
def test_member_readers_are_preselected_and_coordinators_offered(client, coalition, rapporteur, route):
    client.force_login(rapporteur)
    field = client.get(reverse(f"intake:{route}", args=[coalition.slug])).context["form"]["label"]

    assert field.value() == "TLP:GREEN"
    assert [str(name) for _label, name in field.field.choices] == [
        "Only the coordinators",
        "Members, including future members",
        "Everyone",
    ]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("We met.", "TLP:CLEAR"),
        ("For members only\n\nWe met.", "TLP:GREEN"),
        ("Not for publication\n\nWe met.", "TLP:GREEN"),
        ("Confidential\n\nWe met.", "TLP:RED"),
        ("Not for circulation outside the steering group\n\nWe met.", "TLP:RED"),
        ("TLP:AMBER\n\nWe met.", "TLP:RED"),
        ("Call me on +47 912 34 567.", "TLP:RED"),
        ("Beatriz, 17, also joined.", "TLP:RED"),
        ("First names only: some of us are under 18, don't publish this list.", "TLP:RED"),
        ("Two of the youth panellists were minors.", "TLP:RED"),
        ("Einige von uns sind unter 18.", "TLP:RED"),
        ("Some of the users under 18 lie about their age. Most of them are children.", "TLP:CLEAR"),
        ("Many platforms are under 18 months old, and all of us agreed.", "TLP:CLEAR"),
        ("Write to the office: office@example.org.", "TLP:CLEAR"),
        ("From: Aino <aino.lehtovirta@example.org>\nWe met.", "TLP:RED"),
    ],
)
def test_source_label_is_suggested_by_marking_in_text(text, label):
    assert suggest_source_label(text) == label


def test_remark_off_the_record_keeps_source_for_coordinators(coalition, rapporteur):
    text = f"{REPORT_TEXT}\nDo not put this in the minutes: the row about travel.\n"
    assert suggest_source_label(text) == "TLP:RED"
    reading = create_reading(coalition, rapporteur, text)
    assert {"circulation": "Do not put this in the minutes: the row about travel."} in reading.notes


def test_members_only_markings_do_not_exclude_members():
    assert [excludes_members(words) for words in ("For members only", "No difundir", "Vertraulich")] == [
        False,
        False,
        True,
    ]
    assert describe_personal_details(PRIVATE_TEXT) == "a telephone number and the exact age of a child"


@pytest.mark.parametrize("label", ["TLP:CLEAR", "TLP:GREEN"])
def test_report_with_personal_details_is_for_coordinators_until_decided(client, coalition, rapporteur, label):
    client.force_login(rapporteur)
    url = reverse("intake:reading_new", args=[coalition.slug])
    page = client.post(url, {"text": PRIVATE_TEXT, "label": label}, follow=True).text
    reading = Reading.objects.get()

    assert (reading.label, reading.document.label) == ("TLP:RED", "TLP:RED")
    assert (
        "This document seems to contain a telephone number and the exact age of a child. Check who can read it." in page
    )
    assert "<b>Only the coordinators and the person who imported it</b>" in page
    assert build_readers_url(reading.document) in page

    page = client.post(build_readers_url(reading.document), {"label": "TLP:GREEN", "version": 1}, follow=True).text
    reading.refresh_from_db()
    assert (reading.label, reading.document.label) == ("TLP:GREEN", "TLP:GREEN")
    assert "<b>Members, including future members</b>" in page


def test_only_importer_changes_readers_before_report_is_in_record(client, coalition, rapporteur, coordinator):
    document = create_reading(coalition, rapporteur, label="TLP:GREEN").document
    client.force_login(coordinator)

    assert client.post(build_readers_url(document), {"label": "TLP:CLEAR", "version": 1}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.change_document_readers(actor=coordinator, document=document, tlp_label="TLP:CLEAR", from_version=1)


def test_source_for_coordinators_is_hidden_from_members_and_its_meeting_is_not(
    client, coalition, rapporteur, coordinator, member, enter_report
):
    document = enter_report(PRIVATE_TEXT, meeting_on=date(2026, 11, 5))
    meeting = Reading.objects.get().meeting
    statuses = {}
    for person in (member, coordinator, rapporteur):
        client.force_login(person)
        urls = [document.get_absolute_url(), meeting.get_absolute_url()]
        statuses[person] = [client.get(url).status_code for url in urls]

    assert document.label == "TLP:RED"
    assert meeting.label == "TLP:GREEN"
    assert statuses == {member: [404, 200], coordinator: [200, 200], rapporteur: [200, 200]}
    client.force_login(member)
    assert "912 34 567" not in client.get(meeting.get_absolute_url()).text
    assert "912 34 567" not in client.get("/ours/search/?q=mobile").text


def test_source_for_members_remains_for_members_in_public_meeting(client, coalition, rapporteur, enter_report):
    meeting = MeetingFactory(coalition=coalition, published=True, starts_on=date(2026, 11, 5))
    reading = create_reading(coalition, rapporteur, label="TLP:GREEN", meeting=meeting, meeting_title="")
    accept_all_suggestions(reading, rapporteur)
    client.force_login(rapporteur)
    before = client.get(f"{reading.get_absolute_url()}add/").text
    client.post(f"{reading.get_absolute_url()}add/")
    client.logout()

    assert "Everyone can read this meeting, so everyone will be able to read what you add to it." in before
    assert "Who can read the document itself: Members, including future members." in before
    assert client.get(meeting.get_absolute_url()).status_code == 200
    assert client.get(reading.document.get_absolute_url()).status_code == 404


def test_coordinator_changes_readers_of_document_afterwards(client, coordinator, member, enter_report):
    document = enter_report()
    client.force_login(coordinator)
    assert build_readers_url(document) in client.get(document.get_absolute_url()).text
    for label, seen in (("TLP:RED", 404), ("TLP:GREEN", 200), ("TLP:CLEAR", 200)):
        client.force_login(coordinator)
        version = Document.objects.get(pk=document.pk).version
        sent = {"label": label, "version": version}
        assert client.post(build_readers_url(document), sent).url == document.get_absolute_url()
        client.force_login(member)
        assert client.get(document.get_absolute_url()).status_code == seen
    assert not document.audience.exists()


def test_only_coordinators_widen_readers_of_imported_document(client, rapporteur, member, enter_report):
    document = enter_report()
    for person in (rapporteur, member):
        client.force_login(person)
        page = client.get(document.get_absolute_url()).text
        assert build_readers_url(document) not in page
        assert "Make this document public" not in page
        sent = {"label": "TLP:CLEAR", "version": document.version}
        assert client.post(build_readers_url(document), sent).status_code == 403
        assert client.post(reverse("intake:document_open", args=["ours", document.pk]), sent).status_code == 403

    document.refresh_from_db()
    assert document.label == "TLP:GREEN"


def test_stale_readers_form_shows_conflict_and_changes_nothing(client, coordinator, enter_report):
    document = enter_report()
    client.force_login(coordinator)
    response = client.post(build_readers_url(document), {"label": "TLP:CLEAR", "version": document.version + 1})

    document.refresh_from_db()
    assert (response.status_code, document.label) == (409, "TLP:GREEN")


def test_readers_of_chatham_house_source_cannot_be_widened(coalition, rapporteur, coordinator):
    reading = create_reading(coalition, rapporteur, label="TLP:GREEN")
    actions.create_reading_part(actor=rapporteur, reading=reading, title="Closed", first=6, last=6, chatham=True)
    accept_all_suggestions(reading, rapporteur)
    actions.enter_reading(actor=rapporteur, reading=reading)
    document = Document.objects.get()
    assert (document.label, list(document.audience.values_list("person", flat=True))) == ("TLP:RED", [rapporteur.pk])

    with pytest.raises(ActionRefused, match="Chatham House Rule"):
        actions.change_document_readers(
            actor=coordinator, document=document, tlp_label="TLP:GREEN", from_version=document.version
        )


def test_readers_of_document_for_named_people_cannot_be_widened(coalition, coordinator):
    document = DocumentFactory(coalition=coalition, label="TLP:RED", published=True, author=coordinator)

    with pytest.raises(ActionRefused, match="Only the people it names"):
        actions.change_document_readers(actor=coordinator, document=document, tlp_label="TLP:GREEN", from_version=1)


def test_names_that_are_not_public_are_counted_where_readers_are_chosen(client, coalition, rapporteur):
    organisation = OrganisationFactory(coalition=coalition)
    for name, is_public in (("Ada Obiakor", False), ("Ben Otienoro", False), ("Cleo Publique", True)):
        AffiliationFactory(organisation=organisation, person=PersonFactory(name=name, name_is_public=is_public))
    text = f"{REPORT_TEXT}\nPresent: Ms Ada Obiakor, OTIENORO Ben and Cleo Publique.\n"
    reading = create_reading(coalition, rapporteur, text, label="TLP:CLEAR")
    client.force_login(rapporteur)
    sentence = "This document names 2 people of the directory whose names are not public."

    assert sentence in client.get(build_readers_url(reading.document)).text
    assert sentence in client.get(f"{reading.get_absolute_url()}add/").text
    Document.objects.update(label="TLP:GREEN")
    assert sentence not in client.get(f"{reading.get_absolute_url()}add/").text


def test_comment_form_names_coordinators_as_readers(client, coordinator, enter_report):
    document = enter_report(PRIVATE_TEXT)
    client.force_login(coordinator)
    page = client.get(document.get_absolute_url()).text

    assert "Only the coordinators and the author of this record will read this." in page
    assert "The people named in this record will read this." not in page


def test_names_in_entries_for_everyone_are_listed_before_they_are_added(client, coalition, rapporteur):
    organisation = OrganisationFactory(coalition=coalition)
    AffiliationFactory(organisation=organisation, person=PersonFactory(name="Ada Obiakor", name_is_public=False))
    text = f"{REPORT_TEXT}\nIt was agreed that Ms Ada Obiakor will write the letter.\n"
    reading = create_reading(coalition, rapporteur, text, label="TLP:CLEAR")
    accept_all_suggestions(reading, rapporteur)
    client.force_login(rapporteur)
    url, heading = f"{reading.get_absolute_url()}add/", "These names are not public yet."
    page = client.get(url)
    assert heading in page.text
    assert "<b><bdi>Ada Obiakor</bdi></b>" in page.text
    assert heading in client.post(url).text
    assert not Entry.objects.exists()
    assert client.post(url, {"names_seen": page.context["names_seen"]}).status_code == 302
    assert Entry.objects.filter(text__contains="Ada Obiakor").exists()


def test_names_in_entries_for_members_are_not_listed(client, coalition, rapporteur):
    organisation = OrganisationFactory(coalition=coalition)
    AffiliationFactory(organisation=organisation, person=PersonFactory(name="Ada Obiakor", name_is_public=False))
    text = f"{REPORT_TEXT}\nIt was agreed that Ms Ada Obiakor will write the letter.\n"
    reading = create_reading(coalition, rapporteur, text, label="TLP:GREEN")
    accept_all_suggestions(reading, rapporteur)
    client.force_login(rapporteur)
    assert client.post(f"{reading.get_absolute_url()}add/").status_code == 302


def test_thread_with_addresses_of_people_is_kept_for_coordinators_and_says_so(client, coalition, rapporteur):
    addresses = "From: Aino <aino.lehtovirta@example.org>\nTo: nelia@example.org, secretariat@example.org\n"
    reading = create_reading(coalition, rapporteur, f"{addresses}\n{REPORT_TEXT}", label="TLP:GREEN")
    client.force_login(rapporteur)
    page = client.get(reading.get_absolute_url()).text

    assert reading.label == "TLP:RED"
    assert "This document seems to contain 2 personal email addresses. Check who can read it." in page


def test_names_in_title_and_due_date_of_a_new_public_meeting_are_listed(client, coalition, rapporteur):
    organisation = OrganisationFactory(coalition=coalition)
    for name in ("Ada Obiakor", "Ben Otieno"):
        AffiliationFactory(organisation=organisation, person=PersonFactory(name=name, name_is_public=False))
    reading = create_reading(coalition, rapporteur, label="TLP:CLEAR", meeting_title="Talk with Ada Obiakor")
    accept_all_suggestions(reading, rapporteur)
    reading.suggestions.update(due_text="when Ben Otieno is back")
    client.force_login(rapporteur)
    url = f"{reading.get_absolute_url()}add/"
    page = client.get(url)

    assert "<b><bdi>Ada Obiakor</bdi></b>" in page.text
    assert reverse("intake:reading_meeting", args=[coalition.slug, reading.pk]) in page.text
    assert "<b><bdi>Ben Otieno</bdi></b>" in page.text
    assert client.post(url).status_code == 200
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", ""),
        (PRIVATE_TEXT, "it seems to contain a telephone number and the exact age of a child."),
        ("Do not put this in the minutes: the fees.", "its text says “Do not put this in the minutes: the fees”."),
    ],
)
def test_steps_of_review_say_why_a_document_is_closed(client, coalition, rapporteur, text, reason):
    reading = create_reading(coalition, rapporteur, f"Minutes\n\nThe fees stay.\n\n{text}\n")
    client.force_login(rapporteur)
    for step in ("attendance", "entries", "add"):
        page = client.get(f"{reading.get_absolute_url()}{step}/").text
        assert ("This document is for coordinators only, because" in page) == bool(reason)
        assert reason in page


def test_document_that_a_person_closed_gives_no_reason(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, "Minutes\n\nThe fees stay.\n", label="TLP:RED")

    assert describe_closure(reading) == "This document is for coordinators only."
