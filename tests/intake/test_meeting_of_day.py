"""A second report of one day: the meeting that the record has for that day is proposed, whatever it is called."""

from datetime import date

import pytest
from django.urls import reverse

from jukwaa.core.refusals import ActionRefused
from jukwaa.intake import actions
from jukwaa.meetings.models import Meeting
from tests.factories import MeetingFactory
from tests.intake.readings import create_reading
from tests.intake.test_reading_entries import accept_all_suggestions

FRENCH_MINUTES_TEXT = "Plénière du 12 juin 2026\n\nHelpline One offered to provide training to the other members.\n"
MEETING_DAY = date(2026, 6, 12)


def create_meeting(coalition, meeting_title="16e plénière", **about) -> Meeting:
    return MeetingFactory(coalition=coalition, published=True, title=meeting_title, starts_on=MEETING_DAY, **about)


def test_report_without_meeting_is_tied_to_meeting_of_its_day(client, coalition, rapporteur):
    meeting = create_meeting(coalition)
    client.force_login(rapporteur)

    client.post(
        reverse("intake:reading_new", args=[coalition.slug]), {"text": FRENCH_MINUTES_TEXT, "label": "TLP:CLEAR"}
    )

    reading = meeting.readings.get()
    assert (reading.meeting_title, reading.title) == ("", "Plénière du 12 juin 2026")


@pytest.mark.parametrize("meeting_facts", [{"meeting_title": "Another"}, {"meeting_on": "11 June 2026"}])
def test_meeting_chosen_by_person_is_not_replaced(client, coalition, rapporteur, meeting_facts):
    meeting = create_meeting(coalition)
    client.force_login(rapporteur)

    client.post(
        reverse("intake:reading_new", args=[coalition.slug]),
        {"text": FRENCH_MINUTES_TEXT, "label": "TLP:CLEAR", **meeting_facts},
    )

    assert not meeting.readings.exists()


def test_meeting_of_same_day_with_other_name_is_proposed_before_adding(client, coalition, rapporteur):
    reading = accept_all_suggestions(
        create_reading(coalition, rapporteur, FRENCH_MINUTES_TEXT, meeting_title="CR juin"), rapporteur
    )
    meeting = create_meeting(coalition)
    client.force_login(rapporteur)

    page = client.get(f"{reading.get_absolute_url()}add/")

    assert (page.context["into"], "Create a new meeting" in page.text) == (meeting, True)
    with pytest.raises(ActionRefused, match="“16e plénière”, which is already in the record"):
        actions.enter_reading(actor=rapporteur, reading=reading)
    assert actions.enter_reading(actor=rapporteur, reading=reading, target_meeting=meeting).meeting == meeting


def test_none_of_several_meetings_of_same_day_is_preselected(client, coalition, rapporteur):
    reading = accept_all_suggestions(
        create_reading(coalition, rapporteur, FRENCH_MINUTES_TEXT, meeting_title="CR juin"), rapporteur
    )
    meetings = [create_meeting(coalition, meeting_title=title) for title in ("WG1", "WG2")]
    client.force_login(rapporteur)

    page = client.get(f"{reading.get_absolute_url()}add/")

    assert (page.context["namesakes"], page.context["into"]) == (meetings, None)


def test_meeting_of_same_name_is_preselected_before_others_of_the_day(client, coalition, rapporteur):
    reading = accept_all_suggestions(
        create_reading(coalition, rapporteur, FRENCH_MINUTES_TEXT, meeting_title="CR juin"), rapporteur
    )
    create_meeting(coalition, meeting_title="WG1")
    namesake = create_meeting(coalition, meeting_title="cr Juin")
    client.force_login(rapporteur)

    assert client.get(f"{reading.get_absolute_url()}add/").context["into"] == namesake
