"""Who took part online or in the room, and tables of people with a column for each day."""

import pytest

from jukwaa.intake.meeting_facts import find_meeting_facts
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.attendance_modes import find_attendance_modes
from jukwaa.intake.reader.courtesy_titles import strip_courtesy_title


def list_attendees(text):
    return [name for made in read_report(text).suggestions if made.kind == "attendee" for name in made.actors]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Online: Ana Lopes (SJT); Ben Okoro (FCC – left after item 4); Dina Said (YKL – from 14:50)", 3),
        ("En ligne : Ana Lopes (SJT), Ben Okoro (FCC), Dina Said (YKL)", 3),
        ("Por Zoom: Ana Lopes, Ben Okoro y Dina Said", 3),
        ("En línea: Ana Lopes (SJT); Ben Okoro (FCC)", 2),
        ("Em linha: Ana Lopes, Ben Okoro", 2),
        ("Via Teams: Ana Lopes and Ben Okoro", 2),
        ("BY VIDEO LINK: Ms Ana Lopes (SJT); Mr Ben Okoro (FCC); Ms Dina Said (YKL).", 3),
        ("By video conference: Ana Lopes (SJT), Ben Okoro (FCC)", 2),
        ("Joining via video-link: Ana Lopes and Ben Okoro", 2),
        ("Per Zoom: Ana Lopes, Ben Okoro und Dina Said", 3),
        ("Daring: Ana Lopes, Ben Okoro", 2),
        ("Invitée : Ana Lopes (service scolaire de la ville)", 1),
        ("Observateur : Ana Lopes (BIER), jusqu’à la pause", 1),
    ],
)
def test_people_behind_way_of_attending_are_present(line, names):
    found = [strip_courtesy_title(name) for name in list_attendees(f"# Minutes\n\n{line}\n")]
    assert found == ["Ana Lopes", "Ben Okoro", "Dina Said"][:names]


def test_people_by_video_link_below_those_in_the_room_are_online():
    present = "# Minutes\n\nPRESENT: Ms Ana Lopes (SJT); Mr Ben Okoro (FCC).\n\n"
    text = f"{present}BY VIDEO LINK: Dra. D. Said (YKL); Mr T. Lind.\n"
    modes = find_attendance_modes(read_report(text))

    assert (modes["Dra. D. Said"], modes["Mr T. Lind"]) == ("online", "online")
    assert list(modes.values()).count("online") == 2


@pytest.mark.parametrize(
    "line",
    [
        "Online: https://calls.example/j/12345",
        "Online: the meeting was recorded",
        "En ligne : mardi 3 juin, 14 h",
        "Por Zoom: reunión del martes",
        "By video link: https://calls.example/j/12345",
        "By video link: the fees and the rooms were discussed",
        "Via Teams: link in the invitation",
    ],
)
def test_other_words_behind_way_of_attending_name_nobody(line):
    assert list_attendees(f"# Minutes\n\n{line}\n") == []


def test_room_is_the_place_although_others_are_online():
    text = "Minutes\n\nDate | Thursday 12 March 2026\nPlace | Lake House, Nairobi, room Acacia, and online (Webex)\n\n"
    text += "Online: Ana Lopes (SJT); Ben Okoro (FCC)\n"

    assert find_meeting_facts(text).place == "Lake House, Nairobi, room Acacia"


@pytest.mark.parametrize(
    "head",
    [
        "Nombre | Org. | Calidad | Día 1 | Día 2",
        "Name | Organisation | Role | Day 1 | Day 2",
        "Nom | Structure | Qualité | Jour 1 | Jour 2",
        "Nome | Org. | Qualidade | Dia 1 | Dia 2",
        "Name | Verein | Funktion | Tag 1 | Tag 2",
        "الاسم | المنظمة | الصفة | اليوم 1 | اليوم 2",
    ],
)
def test_head_of_table_of_several_days_is_nobody(head):
    rows = (
        "Ana Lopes | FVC | chair | x | x\nBen Okoro | ITM | member | x | -\nDina Said | ACS | member | - (flight) | x\n"
    )
    rows += "Eva Lund | HSM | member | - | x\nGil Mora | BER | member | - | -\n"

    assert list_attendees(f"# Minutes\n\n## Attendance\n\n{head}\n{rows}") == [
        "Ana Lopes",
        "Ben Okoro",
        "Dina Said",
        "Eva Lund",
    ]


@pytest.mark.parametrize("row", ["Ana Lopes | Org. | delegate", "Day One Trust | Kenya | member"])
def test_row_without_head_still_names_somebody(row):
    assert list_attendees(f"# Minutes\n\n## Attendance\n\n{row}\nBen Okoro | Lake Trust | member\n")[-1] == "Ben Okoro"
