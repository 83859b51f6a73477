"""Names in attendance files with an organisation beside them, and names that lack a part."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.meetings.attendance_files import FileParticipant, find_participants_in_rows
from jukwaa.meetings.attendance_matching import match_meeting_participants
from tests.factories import AffiliationFactory, OrganisationFactory

HEADINGS = ["Name", "Duration"]


@pytest.fixture
def baobab(coalition):
    return OrganisationFactory(coalition=coalition, name="Fundação Baobá Digital", acronym="FBD")


@pytest.fixture
def antillenet(coalition):
    return OrganisationFactory(coalition=coalition, name="Antillenet Ltd", acronym="ANL")


def match_name(meeting, name):
    (match,) = match_meeting_participants(meeting, find_participants_in_rows([HEADINGS, [name, "10"]])).found
    return match


@pytest.mark.parametrize(
    "name",
    [
        "Celeste Machavane FBD",
        "Machavane Celeste FBD",
        "FBD Celeste Machavane",
        "Celeste Machavane Fundação Baobá Digital",
        "Celeste Machavane | FBD",
        "Celeste M. FBD",
        "Celeste Machavane – FBD (she/her)",
    ],
)
def test_person_with_organisation_at_end_of_name_is_matched(meeting, baobab, name):
    person = AffiliationFactory(organisation=baobab, person__name="Celeste Machavane").person
    match = match_name(meeting, name)

    assert (match.person_id, match.organisation_id, match.is_preselected) == (person.pk, baobab.pk, True)


@pytest.mark.parametrize("name", ["Zita Novela FBD", "Zita Novela Fundação Baobá Digital", "Zita / FBD"])
def test_unknown_person_is_offered_with_organisation_at_end_of_name(meeting, baobab, name):
    match = match_name(meeting, name)

    assert (match.person_id, match.organisation_id) == (None, baobab.pk)


@pytest.mark.parametrize("name", ["Zita Fbd", "ZITA NOVELA FBD", "Zita Novela FBDX"])
def test_part_of_name_is_not_an_organisation(meeting, baobab, name):
    assert not match_name(meeting, name).is_known


@pytest.mark.parametrize("name", ["Chesney DC / Antillenet", "Chesney DC (ANL)", "Chesney D. C., Antillenet Ltd"])
def test_initials_beside_organisation_mean_one_of_its_people(meeting, antillenet, name):
    person = AffiliationFactory(organisation=antillenet, person__name="Chesney Downes-Clarke").person
    AffiliationFactory(organisation=antillenet, person__name="Chesney Moss")

    assert match_name(meeting, name).person_id == person.pk


def test_role_in_brackets_is_kept(meeting, organisation):
    person = AffiliationFactory(organisation=organisation, person__name="Ossouka, Nadège").person
    match = match_name(meeting, "Nadège Ossouka (secrétariat)")

    assert (match.person_id, match.role) == (person.pk, "secretariat")


@pytest.mark.parametrize(
    ("name", "is_matched"),
    [
        ("Domingos Kiala", True),
        ("Kiala Domingos", True),
        ("D. Kiala Sebastião", True),
        ("Domingos", False),
        ("D. Kiala", False),
        ("Domingos Kiala Neto", False),
    ],
)
def test_name_without_some_parts_means_the_only_person(meeting, organisation, name, is_matched):
    person = AffiliationFactory(organisation=organisation, person__name="Domingos Kiala Sebastião").person
    match = match_name(meeting, name)

    assert match.person_id == (person.pk if is_matched else None)
    assert match.recorded_as == (person.name if is_matched else "")


@pytest.mark.parametrize(
    ("stored_name", "name", "is_matched"),
    [
        ("رنا (Rana) Al-Qasrawi", "رنا القصراوي", True),
        ("Laith Abu-Tarboush", "ليث أبو طربوش", True),
        ("Maryam Al-Hanshiya", "مريم الحنشية", True),
        ("Khalid Al-Qasrawi", "رنا القصراوي", False),
        ("Rana Al-Qasrawi", "رنا", False),
    ],
)
def test_name_in_arabic_letters_means_the_person(meeting, organisation, stored_name, name, is_matched):
    person = AffiliationFactory(organisation=organisation, person__name=stored_name).person
    match = match_name(meeting, name)

    assert (match.person_id, match.recorded_as) == ((person.pk, stored_name) if is_matched else (None, ""))


def test_name_without_some_parts_that_several_people_have_means_nobody(meeting, organisation):
    for name in ("Domingos Kiala Sebastião", "Domingos Kiala Neto"):
        AffiliationFactory(organisation=organisation, person__name=name)

    assert match_name(meeting, "Domingos Kiala").person_id is None


def test_address_means_the_person_whatever_the_name(meeting, organisation):
    AffiliationFactory(organisation=organisation, person__name="Domingos Kiala Sebastião")
    other = AffiliationFactory(organisation=organisation, person__name="Ana Paz", person__email="a@paz.example").person
    participant = FileParticipant("Domingos Kiala", {"a@paz.example"})
    (match,) = match_meeting_participants(meeting, [participant]).found

    assert (match.person_id, match.recorded_as) == (other.pk, "Ana Paz")


def test_page_says_whom_a_shorter_name_means(client, coalition, meeting, rapporteur, organisation):
    AffiliationFactory(organisation=organisation, person__name="Domingos Kiala Sebastião")
    client.force_login(rapporteur)
    url = reverse("meetings:attendance_import", args=[coalition.slug, meeting.pk])
    page = client.post(url, {"file": SimpleUploadedFile("call.csv", b"Name,Duration\nDomingos Kiala,10\n")})

    assert "in the directory as <bdi>Domingos Kiala Sebastião</bdi>" in page.text
