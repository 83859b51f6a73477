"""The head of minutes as committees write it: two labels on a line, how people attended, the place, the page's edge."""

import pytest

from jukwaa.intake.initials import spell_out_initials
from jukwaa.intake.meeting_chairs import mark_chair_among_attendees, name_chair_as_owner
from jukwaa.intake.meeting_facts import find_meeting_facts
from jukwaa.intake.meeting_titles import suggest_meeting_title
from jukwaa.intake.reader import read_report
from jukwaa.intake.repeated_attendees import merge_repeated_attendees

NOTES_TEXT = "# Board meeting of 4 June 2026\n\n{}\n\n## Fees\n\nThe board talked about the fee.\n"
FOREIGN_TEXTS = {
    "en": NOTES_TEXT,
    "fr": "# Réunion du 4 juin 2026\n\n{}\n\nLe conseil a parlé des cotisations avec les personnes présentes.\n",
    "es": "# Reunión del 4 de junio de 2026\n\n{}\n\nLa junta habló de las cuotas con las personas presentes.\n",
    "pt": "# Reunião de 4 de junho de 2026\n\n{}\n\nA comissão falou das quotas com as pessoas presentes.\n",
}


def read_as_imported(text):
    merged = merge_repeated_attendees(spell_out_initials(read_report(text)))
    return name_chair_as_owner(mark_chair_among_attendees(merged)).suggestions


def list_attendees(text):
    return [name for made in read_as_imported(text) if made.kind == "attendee" for name in made.actors]


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("en", "CHAIR: Ana Lopes MINUTE SECRETARY: Ben Okoro (by Teams)", ["Ana Lopes", "Ben Okoro"]),
        ("en", "Chair: Ana Lopes   Secretary: Ben Okoro", ["Ana Lopes", "Ben Okoro"]),
        ("en", "BY TEAMS: A Lopes (Elm; left 11.15), Q H Lê (Oak; arrived 10.20).", ["A Lopes", "Q H Lê"]),
        ("en", "On Zoom: P Lind (Ash Trust; left 11.15)", ["P Lind"]),
        ("en", "Guest for item 3: C Bevan, auditor (Bevan & Moss).", ["C Bevan"]),
        ("fr", "Présidence : Mme Ana Lopes — Secrétariat : M. Ben Okoro", ["Mme Ana Lopes", "M. Ben Okoro"]),
        ("fr", "En visio : Théo Lind (Frêne ; parti à 11 h 15)", ["Théo Lind"]),
        ("fr", "Invitée pour le point 3 : Carla Bevan, commissaire aux comptes", ["Carla Bevan"]),
        ("es", "Por videoconferencia: Teo Lind (Fresno; salió 11:15)", ["Teo Lind"]),
        ("pt", "Na sala: Ana Lopes (Olmo), Dina Haddad (Carvalho)", ["Ana Lopes", "Dina Haddad"]),
        ("pt", "Presidência: Ana Lopes — Secretariado: Bento Okoro", ["Ana Lopes", "Bento Okoro"]),
    ],
)
def test_people_behind_labels_of_committees(language, line, names):
    assert list_attendees(FOREIGN_TEXTS[language].format(line)) == names


@pytest.mark.parametrize(
    "line",
    [
        "Guest rules for item 3: no recording of the talk.",
        "Chair: the seat is free. Minutes: see the next page.",
        "Secretary: the post is advertised.",
        "By Teams: Monday, 3 May",
    ],
)
def test_labels_without_people(line):
    assert list_attendees(NOTES_TEXT.format(line)) == []


def test_initial_and_family_name_is_the_person_named_in_full():
    text = NOTES_TEXT.format(
        "CHAIR: Dr Ana Lopes MINUTE SECRETARY: Ben Okoro\n\nPresent: A Lopes (Elm), C Haddad (Oak), B Lind (Ash)\n\n"
        "| Action | By whom | When |\n|---|---|---|\n| Write to Acme | Chair | 3 July |\n| Send a list | CH | 4 July |"
    )
    made = read_as_imported(text)

    assert [each.actors for each in made if each.is_chair] == [("Dr Ana Lopes",)]
    assert list_attendees(text) == ["Dr Ana Lopes", "Ben Okoro", "C Haddad", "B Lind"]
    assert [each.owner for each in made if each.kind == "commitment"] == ["Dr Ana Lopes", "C Haddad"]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (
            "MINUTES of the meeting held Wednesday 17 June 2026 at the offices of Elm Farm Trust, Leeds, and by Teams.",
            "offices of Elm Farm Trust, Leeds",
        ),
        (
            "Réunion du 4 juin 2026 dans les locaux du Vice-rectorat, Nouméa, et en visioconférence.",
            "locaux du Vice-rectorat, Nouméa",
        ),
        ("Acta del 4 de junio de 2026, en la sede de Casa Olmo, Quito, y por Zoom", "sede de Casa Olmo, Quito"),
        ("Ata de 4 de junho de 2026, na sede da Casa Olmo, Maputo.", "sede da Casa Olmo, Maputo"),
        ("Minutes of 4 June 2026 on Zoom, with thanks to the office of the mayor", "Online"),
    ],
)
def test_premises_are_the_place_although_others_are_online(line, place):
    assert find_meeting_facts(f"# Elm board\n\n{line}\n\n8. Next meeting: online\n").place == place


@pytest.mark.parametrize(
    "edge",
    ["ELM minutes 4/6/26 – DRAFT Page 1", "---------- Forwarded message ---------", "Acta – Página 1 de 3"],
)
def test_edge_of_page_is_no_title(edge):
    assert suggest_meeting_title(f"{edge}\n\n# Elm Coalition – Audit Committee\n\nText.\n", "x.pdf") == (
        "Elm Coalition – Audit Committee"
    )


@pytest.mark.parametrize(
    ("line", "chair"),
    [
        ("CHAIR: Dr Ana Lopes MINUTE SECRETARY: Ben Okoro", "Dr Ana Lopes"),
        ("Chair: Ana Lopes Minute taker: Ben Okoro", "Ana Lopes"),
        ("Réunion du 4 juin 2026 à Dakar. Présidence : Mme Ana Lopes — Secrétariat : M. Okoro", "Mme Ana Lopes"),
    ],
)
def test_chair_ends_before_the_next_label(line, chair):
    assert find_meeting_facts(f"# Elm board\n\n{line}\n").chair == chair


def test_deadline_in_a_row_is_not_the_day_of_the_meeting():
    text = (
        "# Elm board\n\nMinutes of the meeting of the board of the coalition of the growers of elms, 4 June 2026"
        " in the large hall of the house of the growers of the north.\n\nItem | Talk | Action\n"
        "1 Site | It is slow. | Ask for a quote, AL, 15 July 2026\n"
    )
    assert str(find_meeting_facts(text).day) == "2026-06-04"
