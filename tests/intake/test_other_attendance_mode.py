"""In the room or online, for all those of whom a report does not say it: one control of the attendance table."""

import pytest
from django.urls import reverse

from jukwaa.intake.attendance_table import build_attendance_table
from jukwaa.intake.meeting_places import is_online_place
from tests.intake.readings import create_reading
from tests.intake.test_attendance_table import build_form_data, get_url

TEXT = """# Minutes

Place: {place}

Present: Ana Lopes, Ben Okoro, Dina Haddad (by phone)

Apologies: Hope Otieno
"""


def list_modes(reading):
    kept = reading.suggestions.kept().filter(kind="attendee")
    return {name: each.mode for each in kept for name in each.actors}


def save_table(client, actor, reading, **form):
    client.force_login(actor)
    other = {"other_mode": build_attendance_table(reading).other_mode}
    client.post(get_url(reading), build_form_data(reading, form=other | form))


@pytest.mark.parametrize(
    "place", ["Online", "Zoom", "Microsoft Teams", "by Zoom", "online (link in the email)", "en ligne", "Webex"]
)
def test_place_without_a_room_is_online(place):
    assert is_online_place(place)


@pytest.mark.parametrize(
    "place",
    [
        "",
        "Nairobi",
        "Elm House and Zoom",
        "Online Safety Office, Suva",
        "Lomé, et par Zoom",
        "Safe Online Trust, Leeds",
    ],
)
def test_place_with_a_room_is_not_online(place):
    assert not is_online_place(place)


def test_everybody_present_at_an_online_meeting_is_online(coalition, rapporteur, client):
    reading = create_reading(coalition, rapporteur, TEXT.format(place="Zoom"))
    save_table(client, rapporteur, reading, missing="Eva Lund\nGil Mora, in person")

    assert list_modes(reading) == {
        "Ana Lopes": "online",
        "Ben Okoro": "online",
        "Dina Haddad": "online",
        "Hope Otieno": "",
        "Eva Lund": "online",
        "Gil Mora": "room",
    }


def test_page_has_one_control_for_all_others(coalition, rapporteur, client):
    reading = create_reading(coalition, rapporteur, TEXT.format(place="Zoom"))
    client.force_login(rapporteur)
    page = client.get(reverse("intake:reading_attendance", args=[coalition.slug, reading.pk])).content.decode()

    control = page.split('name="other_mode"')[1].split("</select>")[0]
    assert '<option value="online" selected>' in control


@pytest.mark.parametrize("place", ["Nairobi", "Nairobi and Zoom"])
def test_nothing_is_chosen_where_the_meeting_had_a_room(coalition, rapporteur, client, place):
    reading = create_reading(coalition, rapporteur, TEXT.format(place=place))
    save_table(client, rapporteur, reading)

    assert list_modes(reading) == {"Ana Lopes": "", "Ben Okoro": "", "Dina Haddad": "online", "Hope Otieno": ""}


def test_nothing_is_chosen_where_the_report_names_people_in_the_room(coalition, rapporteur):
    text = TEXT.format(place="Zoom").replace("by phone", "in the room")

    assert build_attendance_table(create_reading(coalition, rapporteur, text)).other_mode == ""


def test_mode_of_all_others_is_chosen_once(coalition, rapporteur, client):
    reading = create_reading(coalition, rapporteur, TEXT.format(place="Nairobi"))
    save_table(client, rapporteur, reading, other_mode="room")
    saved = list(reading.suggestions.order_by("pk").values())
    save_table(client, rapporteur, reading, other_mode="room")

    assert list_modes(reading) == {"Ana Lopes": "room", "Ben Okoro": "room", "Dina Haddad": "online", "Hope Otieno": ""}
    assert list(reading.suggestions.order_by("pk").values()) == saved


@pytest.mark.parametrize(
    ("line", "mode"),
    [
        ("Eva Lund (Oak Trust), chair", "room"),
        ("Eva Lund (Oak Trust), online, chair", "online"),
        ("Eva Lund (Oak Trust), chair, online", "online"),
    ],
)
def test_missing_person_may_have_chaired(coalition, rapporteur, client, line, mode):
    reading = create_reading(coalition, rapporteur, TEXT.format(place="Nairobi"))
    save_table(client, rapporteur, reading, missing=line, other_mode="room")

    chair = reading.suggestions.kept().get(is_chair=True)
    assert (chair.actors, chair.mode) == (["Eva Lund"], mode)
