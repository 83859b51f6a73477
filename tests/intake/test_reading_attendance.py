"""Attendance at the desk: as what somebody attended is read in the directory, unless the document or a person says."""

from datetime import date

from jukwaa.intake import actions
from jukwaa.intake.actions import SuggestionWording
from jukwaa.intake.entry_plan import build_entry_plan
from jukwaa.meetings.models import Attendance
from tests.factories import MembershipFactory, OrganisationFactory
from tests.intake.readings import create_reading

MINUTES_TEXT = "Minutes\n\nQWF and ZCDT were on the call, and so was OLS.\n\nPresent: Tidepool SF\n"
MEETING_DAY = date(2026, 6, 12)


def create_member_directory(coalition):
    for name, acronym, joined in (
        ("Quillwort Foundation", "QWF", date(2020, 1, 1)),
        ("Zibbeldon Trust", "ZCDT", date(2026, 8, 1)),
        ("Tidepool Standards Forum", "TSF", date(2020, 1, 1)),
    ):
        organisation = OrganisationFactory(coalition=coalition, name=name, acronym=acronym)
        MembershipFactory(coalition=coalition, organisation=organisation, person=None, starts_on=joined)


def add_attendance(actor, reading, *names, **wording):
    said = reading.sentences.get(number=2)
    columns = SuggestionWording(kind="attendee", text="", actors=list(names), **wording)
    return actions.add_suggestion(
        actor=actor, reading=reading, start_offset=said.start, end_offset=said.end, wording=columns
    )


def list_attendance_roles():
    return sorted(Attendance.objects.values_list("capacity__name", "came_as"))


def test_role_of_attendance_added_by_hand_follows_directory_on_day_of_meeting(coalition, rapporteur):
    create_member_directory(coalition)
    reading = create_reading(coalition, rapporteur, MINUTES_TEXT, meeting_on=MEETING_DAY)
    add_attendance(rapporteur, reading, "QWF", "ZCDT", "OLS", is_chair=True)
    [item] = build_entry_plan(reading).attendance_items

    actions.enter_reading(actor=rapporteur, reading=reading)

    assert item.attended_as == "member (QWF) and observer (ZCDT and OLS)"
    assert list_attendance_roles() == [("OLS", "observer"), ("QWF", "member"), ("ZCDT", "observer")]


def test_chosen_role_of_attendance_is_not_replaced(coalition, rapporteur):
    create_member_directory(coalition)
    reading = create_reading(coalition, rapporteur, MINUTES_TEXT, meeting_on=MEETING_DAY)
    add_attendance(rapporteur, reading, "QWF", came_as="observer")

    actions.enter_reading(actor=rapporteur, reading=reading)

    assert list_attendance_roles() == [("QWF", "observer")]


def test_correcting_suggested_name_corrects_role(coalition, rapporteur, client):
    create_member_directory(coalition)
    reading = create_reading(coalition, rapporteur, MINUTES_TEXT, meeting_on=MEETING_DAY)
    client.force_login(rapporteur)
    suggestion = reading.suggestions.get(kind="attendee")
    before = client.get(f"{reading.get_absolute_url()}?at={suggestion.sentence.number}").text
    data = {"kind": "attendee", "text": "x", "actors": "Tidepool Standards Forum", "version": 1}
    client.post(f"{reading.get_absolute_url()}suggestions/{suggestion.pk}/edit/", data)

    actions.enter_reading(actor=rapporteur, reading=reading)

    assert "Attended as: observer." in before
    assert list_attendance_roles() == [("Tidepool Standards Forum", "member")]


def test_organisation_named_twice_is_recorded_once(coalition, rapporteur):
    create_member_directory(coalition)
    reading = create_reading(coalition, rapporteur, MINUTES_TEXT, meeting_on=MEETING_DAY)
    add_attendance(rapporteur, reading, "QWF", "Quillwort Foundation")

    entered = actions.enter_reading(actor=rapporteur, reading=reading)

    assert entered.attendances == 1
    assert list_attendance_roles() == [("QWF", "member")]


def test_people_of_one_organisation_are_recorded_each(coalition, rapporteur):
    create_member_directory(coalition)
    reading = create_reading(coalition, rapporteur, MINUTES_TEXT, meeting_on=MEETING_DAY)
    add_attendance(rapporteur, reading, "Ann Ash", "Ben Birch")
    for name in reading.actors.filter(written__in=["Ann Ash", "Ben Birch"]):
        actions.match_actor_to_organisation(
            actor=rapporteur, named_actor=name, organisation=coalition.organisations.get(acronym="QWF")
        )

    actions.enter_reading(actor=rapporteur, reading=reading)

    assert list_attendance_roles() == [("Ann Ash", "member"), ("Ben Birch", "member")]


def test_likely_match_is_offered_before_adding(coalition, rapporteur, client):
    OrganisationFactory(coalition=coalition, name="Ludopine Interactive SAS")
    reading = create_reading(coalition, rapporteur, MINUTES_TEXT, meeting_on=MEETING_DAY)
    add_attendance(rapporteur, reading, "Ludopine")
    client.force_login(rapporteur)
    page = client.get(f"{reading.get_absolute_url()}add/").text
    name = reading.actors.get(written="Ludopine")

    matched = client.post(f"{reading.get_absolute_url()}names/{name.pk}/match/?from=add", {"into": "new"}, follow=True)

    assert f'formaction="{reading.get_absolute_url()}names/{name.pk}/match/?from=add"' in page
    assert matched.redirect_chain[0][0] == f"{reading.get_absolute_url()}add/?into=new"
    assert "(Ludopine Interactive SAS)" in matched.text
