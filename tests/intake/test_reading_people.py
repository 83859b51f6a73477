"""People of the directory in an imported report: matched where they are sure, offered where they are likely."""

from datetime import date

import pytest
from django.urls import reverse

from jukwaa.accounts import minors
from jukwaa.intake import actions
from jukwaa.intake.entry_plan import build_entry_plan
from jukwaa.meetings.actions import record_attendance
from jukwaa.meetings.models import Attendance, Meeting
from tests.conftest import create_seated_person
from tests.factories import AffiliationFactory, MeetingFactory, MembershipFactory, OrganisationFactory, PersonFactory
from tests.intake.readings import create_reading
from tests.intake.test_reading_attendance import add_attendance

MEETING_DAY = date(2025, 2, 12)
TEXT = """Minutes

The call was short and nobody disagreed.

Attendance

| Name | Organisation | Present |
| --- | --- | --- |
| Lotte Verhaan | | x |
| Amina Walderi (SNA) | SafeNet Africa | x |
| Rhona Pell | Sandbridge (observer) | x |
| Joerg | COPI | x |
| Catalina | | x |
"""


@pytest.fixture
def organisations(coalition):
    """By acronym; the last one observes."""
    created = {}
    for acronym, name, person in (
        ("CORA", "Childrens Online Rights Alliance (CORA)", "Lotte Verhaan"),
        ("SNA", "Safe Net Africa (SNA)", "Amina Walderi"),
        ("COPI", "Child Online Protection Institute (COPI)", "Jörg Saltmüller"),
        ("RIC", "Red Infancia Conectada", "Catalina Requemo"),
        ("Sandbridge", "Sandbridge Social Platform", "Rhona Pell"),
    ):
        created[acronym] = OrganisationFactory(coalition=coalition, name=name)
        AffiliationFactory(person__name=person, organisation=created[acronym])
        standing = "observer" if acronym == "Sandbridge" else "active"
        MembershipFactory(coalition=coalition, organisation=created[acronym], standing=standing)
    return created


@pytest.fixture
def reading(coalition, rapporteur, organisations):
    return create_reading(coalition, rapporteur, TEXT, meeting_on=MEETING_DAY)


def accept_attendance(actor, reading):
    actions.accept_remaining_suggestions(actor=actor, reading=reading, suggestion_kind="attendee")


def list_attendees(meeting):
    return {
        row.capacity.person.name if row.capacity.person else row.capacity.name: (
            row.capacity.organisation.name if row.capacity.organisation else "",
            row.came_as,
        )
        for row in meeting.attendances.all()
    }


def test_people_of_the_directory_attend_for_their_organisation(reading, rapporteur, organisations):
    accept_attendance(rapporteur, reading)
    meeting = actions.enter_reading(actor=rapporteur, reading=reading).meeting

    assert list_attendees(meeting) == {
        "Lotte Verhaan": (organisations["CORA"].name, "member"),
        "Amina Walderi": (organisations["SNA"].name, "member"),
        "Rhona Pell": (organisations["Sandbridge"].name, "observer"),
        "Jörg Saltmüller": (organisations["COPI"].name, "member"),
        "Catalina": ("", "observer"),
    }


def test_role_is_that_of_the_day_of_the_meeting(coalition, rapporteur):
    organisation = MembershipFactory(coalition=coalition, starts_on=date(2026, 1, 1)).organisation
    AffiliationFactory(person__name="Lotte Verhaan", organisation=organisation)
    reading = create_reading(coalition, rapporteur, TEXT, meeting_on=MEETING_DAY)
    accept_attendance(rapporteur, reading)

    meeting = actions.enter_reading(actor=rapporteur, reading=reading).meeting

    assert list_attendees(meeting)["Lotte Verhaan"] == (organisation.name, "observer")


def test_member_in_their_own_right_is_a_member(coalition, rapporteur):
    create_seated_person(coalition, "Lotte Verhaan")
    reading = create_reading(coalition, rapporteur, TEXT, meeting_on=MEETING_DAY)
    accept_attendance(rapporteur, reading)
    meeting = actions.enter_reading(actor=rapporteur, reading=reading).meeting

    assert list_attendees(meeting)["Lotte Verhaan"] == ("", "member")


def test_two_people_of_one_name_are_not_matched(coalition, rapporteur, organisations):
    AffiliationFactory(person__name="Lotte Verhaan", organisation=organisations["RIC"])
    reading = create_reading(coalition, rapporteur, TEXT, meeting_on=MEETING_DAY)

    assert reading.actors.get(written="Lotte Verhaan").organisation is None


def test_name_beside_another_organisation_attends_for_that_one(coalition, rapporteur, organisations):
    text = TEXT.replace("| Lotte Verhaan | |", "| Lotte Verhaan | COPI |")
    reading = create_reading(coalition, rapporteur, text, meeting_on=MEETING_DAY)

    assert reading.actors.get(written="Lotte Verhaan").organisation == organisations["COPI"]


def test_organisation_of_uniquely_matching_first_name_is_offered(client, reading, rapporteur, organisations):
    accept_attendance(rapporteur, reading)
    client.force_login(rapporteur)
    name = reading.actors.get(written="Catalina")
    page = client.get(f"{reading.get_absolute_url()}add/").text

    assert (name.organisation, name.likely) == (None, organisations["RIC"])
    assert "Match with Catalina Requemo (Red Infancia Conectada)" in page


def test_first_name_of_minor_is_not_offered(coalition, rapporteur, organisations):
    child = AffiliationFactory(person__name="Zuri Canary", organisation=organisations["RIC"]).person
    minors.mark_as_minor(actor=child, person=child, adult_contact=PersonFactory(), reason="Told us.")
    reading = create_reading(coalition, rapporteur, TEXT.replace("Catalina", "Zuri"), meeting_on=MEETING_DAY)

    assert reading.actors.get(written="Zuri").suggested_organisation is None


@pytest.mark.parametrize("number", ["9" * 40, "x", "\u0663"])
def test_invalid_name_ids_match_no_names(client, coalition, reading, rapporteur, number):
    client.force_login(rapporteur)
    before = set(reading.actors.values_list("written", "organisation"))
    response = client.post(reverse("intake:actors_match", args=[coalition.slug, reading.pk]), {"name": number})

    assert response.status_code == 302
    assert set(reading.actors.values_list("written", "organisation")) == before


def test_all_offered_names_are_matched_by_one_button(client, coalition, reading, rapporteur, organisations):
    add_attendance(rapporteur, reading, "Sandbridge Platform", "Nobody Known")
    accept_attendance(rapporteur, reading)
    client.force_login(rapporteur)
    page = client.get(f"{reading.get_absolute_url()}add/?into=new")
    offered = [actor.pk for actor in page.context["plan"].offered]
    url = reverse("intake:actors_match", args=[coalition.slug, reading.pk])
    matched = client.post(url, {"name": offered, "into": "new"}, follow=True)

    assert "Match all 2 names as suggested" in page.text
    assert matched.redirect_chain[0][0] == f"{reading.get_absolute_url()}add/?into=new"
    assert "2 names matched." in matched.text
    assert reading.actors.get(written="Catalina").organisation == organisations["RIC"]
    assert reading.actors.get(written="Sandbridge Platform").organisation == organisations["Sandbridge"]
    assert reading.actors.get(written="Nobody Known").is_open


def test_report_of_a_meeting_with_attendees_lists_nobody_twice(client, coalition, rapporteur, organisations):
    meeting = MeetingFactory(
        coalition=coalition,
        published=True,
        starts_on=MEETING_DAY,
        order_day=MEETING_DAY,
        precision=Meeting.Precision.DAY,
    )
    for name in ("Lotte Verhaan", "Catalina Requemo"):
        person = organisations["CORA" if name.startswith("L") else "RIC"].affiliations.get().person
        record_attendance(
            actor=rapporteur,
            meeting=meeting,
            name=name,
            person=person,
            organisation=person.affiliations.get().organisation,
            came_as="member",
        )
    reading = create_reading(coalition, rapporteur, TEXT, meeting=meeting)
    accept_attendance(rapporteur, reading)
    client.force_login(rapporteur)
    page = client.get(f"{reading.get_absolute_url()}add/").text
    listed = [
        voice.name for item in build_entry_plan(reading).attendance_items for voice in item.voices if voice.listed
    ]
    actions.enter_reading(actor=rapporteur, reading=reading)

    assert listed == ["Lotte Verhaan", "Catalina"]
    assert page.count("already on the attendance list") == 2
    assert meeting.attendances.count() == 5
    assert Attendance.objects.count() == 5


def test_unknown_name_has_no_preselected_meaning(client, coalition, reading, rapporteur):
    add_attendance(rapporteur, reading, "Nobody Known")
    form = get_actor_name_page(client, coalition, reading, rapporteur, "Nobody Known").context["form"]

    assert (form["means"].value(), "person" in form.fields) == (None, False)


def test_person_of_the_directory_is_chosen_for_a_first_name(client, coalition, reading, rapporteur, organisations):
    AffiliationFactory(person__name="Jörg Adler", organisation=organisations["SNA"])
    text = "Minutes\n\nThe call was short and nobody disagreed.\n\nPresent: Joerg\n"
    reading = create_reading(coalition, rapporteur, text, meeting_on=MEETING_DAY, meeting_title="Another call")
    page = get_actor_name_page(client, coalition, reading, rapporteur, "Joerg")
    form = page.context["form"]
    choices = {label: value for value, label in form.fields["person"].choices}
    none = client.post(page.request["PATH_INFO"], {"means": "person"})
    client.post(
        page.request["PATH_INFO"],
        {"means": "person", "person": choices["Jörg Saltmüller, Child Online Protection Institute (COPI)"]},
    )
    accept_attendance(rapporteur, reading)
    meeting = actions.enter_reading(actor=rapporteur, reading=reading).meeting

    assert form["means"].value() is None
    assert sorted(choices) == [
        "Jörg Adler, Safe Net Africa (SNA)",
        "Jörg Saltmüller, Child Online Protection Institute (COPI)",
    ]
    assert (none.status_code, "Choose a person." in none.text) == (422, True)
    assert list_attendees(meeting) == {"Jörg Saltmüller": (organisations["COPI"].name, "member")}


@pytest.mark.parametrize(
    "typed", ["COPI", "child online protection institute", "Child Online Protection Institute (COPI)"]
)
def test_acronym_and_name_without_brackets_are_accepted(client, coalition, reading, rapporteur, organisations, typed):
    add_attendance(rapporteur, reading, "Nobody Known")
    page = get_actor_name_page(client, coalition, reading, rapporteur, "Nobody Known")
    client.post(page.request["PATH_INFO"], {"means": "matched", "organisation": typed})

    assert reading.actors.get(written="Nobody Known").organisation == organisations["COPI"]


def get_actor_name_page(client, coalition, reading, actor, written):
    client.force_login(actor)
    name = reading.actors.get(written=written)
    return client.get(reverse("intake:actor_detail", args=[coalition.slug, reading.pk, name.pk]))
