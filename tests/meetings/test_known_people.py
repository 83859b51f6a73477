"""Names that are typed into an attendance or minutes, matched against the people of the coalition."""

import pytest
from django.urls import reverse

from jukwaa.accounts import minors
from jukwaa.accounts.erased_identities import block_identity_in_coalition
from jukwaa.accounts.models import Person
from jukwaa.coalitions.known_people import is_person_named_in_text
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings.actions import record_attendance
from jukwaa.meetings.models import Attendance
from jukwaa.meetings.report.report_data import ReportData
from jukwaa.meetings.report.report_sentences import describe_attendance_rows
from tests.conftest import create_seated_person
from tests.factories import MeetingFactory, PersonFactory


@pytest.fixture
def meeting(coalition):
    return MeetingFactory(coalition=coalition, published=True)


@pytest.fixture
def child(coalition):
    person = create_seated_person(coalition, "Zuri Canary")
    return minors.mark_as_minor(actor=person, person=person, adult_contact=PersonFactory(), reason="Told us.")


@pytest.fixture
def post_attendance_form(client, coalition, meeting, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:attendance_new", args=[coalition.slug, meeting.pk])
    return lambda name, **more: client.post(url, {"name": name, "came_as": "observer", **more}, follow=True)


def describe_reported_attendance(meeting):
    data = ReportData(meeting)
    return " ".join(describe_attendance_rows(data.attendances, data.written_names))


@pytest.mark.parametrize("typed_name", ["Zuri Canary", "zuri  CANARY", "Canary, Zuri", "Ms Zuri Canary (student)"])
def test_name_of_minor_is_not_recorded(post_attendance_form, child, typed_name):
    page = post_attendance_form(typed_name)

    assert page.status_code == 422
    assert not Attendance.objects.exists()
    assert "Enter the organisation or the role instead." in page.text
    assert "can&#x27;t be recorded here." in page.text
    assert "under 18" not in page.text.partition("<main")[2]


@pytest.mark.parametrize("typed_name", ["Zuri", "Canary Islands", "Zuri Mbeki", "A canary for Zuri"])
def test_part_of_minors_name_is_recorded(post_attendance_form, child, typed_name):
    post_attendance_form(typed_name)

    assert Attendance.objects.get().capacity.name == typed_name


def test_removed_name_asks_for_confirmation_once(post_attendance_form, coalition):
    block_identity_in_coalition(PersonFactory(name="Zuri Canary"), coalition.pk)
    asked = post_attendance_form("CANARY, Zuri")

    assert asked.status_code == 422
    assert "A person with this name has asked to be removed from the record." in asked.text
    assert "Say who came" not in asked.text
    assert not Attendance.objects.exists()
    mark = asked.context["form"]["known_namesake"].value()
    assert post_attendance_form("Canary, Zuri Mbeki", known_namesake=mark).status_code == 200
    post_attendance_form("CANARY, Zuri", known_namesake=mark)
    assert Attendance.objects.filter(capacity__name="CANARY, Zuri").count() == 1


@pytest.mark.parametrize("attendee_name", ["Jordan", "Georgia"])
def test_name_equal_to_country_is_recorded_as_country(post_attendance_form, coalition, attendee_name):
    person = create_seated_person(coalition, attendee_name)
    minors.mark_as_minor(actor=person, person=person, adult_contact=PersonFactory(), reason="Told us.")
    post_attendance_form(attendee_name)

    capacity = Attendance.objects.get().capacity
    assert (capacity.name, capacity.person) == (attendee_name, None)


def test_name_equal_to_organisation_is_recorded_as_organisation(post_attendance_form, coalition, organisation):
    person = create_seated_person(coalition, organisation.name)
    minors.mark_as_minor(actor=person, person=person, adult_contact=PersonFactory(), reason="Told us.")
    post_attendance_form("", organisation=organisation.name)

    assert Attendance.objects.get().capacity.organisation == organisation


def test_known_adult_is_named_according_to_their_settings(post_attendance_form, client, coalition, meeting):
    known = create_seated_person(coalition, "Amina Known")
    post_attendance_form("amina known")
    capacity = Attendance.objects.get().capacity
    assert capacity.person == known
    client.logout()
    assert "Amina" not in client.get(meeting.get_absolute_url()).text
    assert "Amina" not in describe_reported_attendance(meeting)

    Person.objects.filter(pk=known.pk).update(name_is_public=True)
    assert "Amina Known" in describe_reported_attendance(meeting)


def test_representative_is_named_to_members_only(
    post_attendance_form, client, coalition, meeting, organisation, member
):
    create_seated_person(coalition, "Amina Known")
    page = post_attendance_form("amina known", organisation=organisation.name)
    assert f"Amina Known ({organisation.name}) has been added to the attendance list." in page.text
    assert "The public sees only the organisation." in page.text

    urls = [meeting.get_absolute_url(), reverse("meetings:attendance_list", args=[coalition.slug, meeting.pk])]
    client.force_login(member)
    assert all("Amina Known" in client.get(url).text for url in urls)
    client.logout()
    assert not any("Amina Known" in client.get(url).text for url in urls)


def test_ambiguous_name_is_recorded_as_typed(post_attendance_form, coalition):
    for _number in range(2):
        create_seated_person(coalition, "Amina Known")
    post_attendance_form("Amina Known")

    assert Attendance.objects.get().capacity.person is None


def test_people_of_other_coalitions_are_not_matched(post_attendance_form, other_coalition):
    person = create_seated_person(other_coalition, "Zuri Elsewhere")
    minors.mark_as_minor(actor=person, person=person, adult_contact=PersonFactory(), reason="Told us.")
    post_attendance_form("Zuri Elsewhere")

    assert Attendance.objects.get().capacity.name == "Zuri Elsewhere"


def test_person_marked_as_minor_is_removed_from_attendance(
    client, post_attendance_form, coalition, meeting, coordinator
):
    person = create_seated_person(coalition, "Zuri Canary")
    Person.objects.filter(pk=person.pk).update(name_is_public=True)
    post_attendance_form("Zuri Canary")
    assert "Zuri Canary" in client.get(meeting.get_absolute_url()).text
    minors.mark_as_minor(actor=person, person=person, adult_contact=PersonFactory(), reason="Told us.")

    for url in (meeting.get_absolute_url(), reverse("meetings:attendance_list", args=[coalition.slug, meeting.pk])):
        page = client.get(url).text
        assert "Zuri" not in page
        assert "a participant under 18" not in page
    assert describe_reported_attendance(meeting) == ""
    with pytest.raises(ActionRefused, match="can't be recorded here"):
        record_attendance(
            actor=coordinator, meeting=meeting, name="", came_as="observer", person=Person.objects.get(pk=person.pk)
        )


def test_speakers_and_owners_are_matched(client, coalition, meeting, rapporteur, child):
    client.force_login(rapporteur)
    url = reverse("meetings:entry_new", args=[coalition.slug, meeting.pk])
    page = client.post(url, {"kind": "report", "text": "It was said.", "speaker": "Zuri Canary"})

    assert page.status_code == 422
    assert "Zuri Canary” can&#x27;t be recorded here." in page.text
    assert not meeting.entries.exists()


@pytest.mark.parametrize(
    ("text", "name_words", "is_match"),
    [
        ("Rosa Young", ("rosa", "young"), True),
        ("Young, Rosa", ("rosa", "young"), True),
        ("Rosa Young and others", ("rosa", "young"), True),
        ("Young people of Santa Rosa", ("rosa", "young"), False),
        ("Hope", ("hope",), True),
        ("Hope for Children", ("hope",), False),
        ("", (), False),
        ("Anything", (), False),
    ],
)
def test_name_is_matched_as_whole_words(text, name_words, is_match):
    assert is_person_named_in_text(text, name_words) is is_match
