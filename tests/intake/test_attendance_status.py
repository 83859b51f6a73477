"""Attendance lists that say who was an observer, a guest or of the secretariat, and that join two people."""

import pytest

from jukwaa.intake.guesses import build_suggestion_guesses
from jukwaa.intake.meeting_chairs import mark_chair_among_attendees
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.attendance_status import ATTENDANCE_STATUSES, find_attendance_statuses
from jukwaa.intake.reader.names import parse_listed_names

OPENINGS = {
    "pt": "# Ata do pomar\n\nA reunião tratou das árvores, da água e das escadas da aldeia com muita calma.\n\n",
    "es": "# Acta del huerto\n\nLa reunión habló de los árboles, del agua y de las escaleras del pueblo.\n\n",
    "fr": "# Compte rendu du verger\n\nLa réunion a parlé des arbres, de l’eau et des échelles du village.\n\n",
    "en": "# Minutes of the orchard\n\nWe talked about the trees, the water and the ladders of the village.\n\n",
    "sw": "# Muhtasari wa bustani\n\nTulizungumza kuhusu miti, maji na ngazi za kijiji chetu siku nzima.\n\n",
}
EN_ATTENDANCE = {"Ana Lopes": "", "Ben Okoro": "guest", "Dina Haddad": "secretariat"}


def list_attendance(language, line):
    """The names of those who came, and as what the report says they did."""
    read = mark_chair_among_attendees(read_report(f"{OPENINGS[language]}{line}\n", language=language))
    return {
        name: guess.came_as
        for guess in build_suggestion_guesses(read, set())
        if guess.made.kind == "attendee"
        for name in guess.made.actors
    }


def test_observer_at_the_end_of_a_list_is_the_last_person():
    line = "In the room: Ana Lopes (chaired, Eva is ill), Ben Okoro, me, and Dina Haddad from Elm Farm as observer."

    assert list_attendance("en", line) == {"Ana Lopes": "", "Ben Okoro": "", "Dina Haddad": "observer"}


@pytest.mark.parametrize("status", ATTENDANCE_STATUSES, ids=lambda status: status.name)
def test_each_status_is_found_beside_name(status):
    names = ["Ana Lopes", "Ben Okoro", "Dina Haddad", "Theo Lind"]
    [found] = [name for name in names if name in status.example]
    [other] = [name for name in names if name in status.counter]

    assert (status.regex.search(status.example) is not None, status.regex.search(status.counter)) == (True, None)
    assert find_attendance_statuses(status.example, [found]) == {found: status.name}
    assert find_attendance_statuses(status.counter, [other]) == {}


@pytest.mark.parametrize(
    ("language", "line", "attendance"),
    [
        (
            "pt",
            "Presentes: Ana Lopes (Horta Viva); Bia Nunes (Pomar), observadora Secretariado: Rui Sá, Eva Reis (acta)",
            {"Ana Lopes": "", "Bia Nunes": "observer", "Rui Sá": "secretariat", "Eva Reis": "secretariat"},
        ),
        (
            "es",
            "Asistentes: Eva, Ana Ruiz Gil (Huerto); Leo Paz y Rosa Coila Vera (Vega); Iria Sanz (secretariado)",
            {"Eva": "", "Ana Ruiz Gil": "", "Leo Paz": "", "Rosa Coila Vera": "", "Iria Sanz": "secretariat"},
        ),
        (
            "fr",
            "Présents : Léa Roy (Verger), Max Petit et Zoé Blanc (Prairie), Ugo Noir (invité)",
            {"Léa Roy": "", "Max Petit": "", "Zoé Blanc": "", "Ugo Noir": "guest"},
        ),
        (
            "pt",
            "Presentes: Ana Lopes (por vídeo), Rui Sá (convidado), Eva Reis, observadora",
            {"Ana Lopes": "", "Rui Sá": "guest", "Eva Reis": "observer"},
        ),
        (
            "sw",
            (
                "WALIOHUDHURIA\nAmina Ali (Bustani)\nonline: Juma Said (Shamba), Neema Musa (Mto - mgeni)\n"
                "Zawadi Ally (sekretarieti, alitoka saa 5)\nUDHURU: Hamisi Omar (Mlima)\n"
            ),
            {"Amina Ali": "", "Juma Said": "", "Neema Musa": "guest", "Zawadi Ally": "secretariat"},
        ),
        ("en", "Present: Ana Lopes; Ben Okoro (Oak, guest) Secretariat: Dina Haddad", EN_ATTENDANCE),
        ("pt", "Justificaram a ausência: Ana Lopes (Horta), Rui Sá (Pomar)", {}),
        ("fr", "Le groupe s’est réuni sous la présidence de Mme Léa Roy (Verger).", {"Léa Roy": ""}),
    ],
)
def test_attendance_of_list_or_sentence(language, line, attendance):
    assert list_attendance(language, line) == attendance


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("José Ortega y Gasset; Ana Lopes (Elm Farm)", ("José Ortega y Gasset", "Ana Lopes")),
        ("Ana Lopes, Lake Trust; Ben Okoro, Oak Farm", ("Ana Lopes", "Ben Okoro")),
        ("Ana Lopes and Ben Okoro (Elm Farm); Dina Haddad (Oak Farm)", ("Ana Lopes", "Ben Okoro", "Dina Haddad")),
        ("Ministry of Health and Social Care Board (Oak)", ("Ministry of Health and Social Care Board",)),
        ("Ana Lopes (Elm), presidenta de la red; Eva Paz (Oak)", ("Ana Lopes", "Eva Paz")),
    ],
)
def test_only_two_people_are_divided(phrase, names):
    assert parse_listed_names(phrase, has_own_line=True) == names


def test_bracket_broken_over_two_lines_stays_in_its_list():
    text = (
        "# Notes\n\nThe members talked about the orchard and the ladders, and agreed to meet again in the village hall"
        " of the valley soon.\nOn the call: Ana Lopes (Elm), Ben Okoro (Oak\nFarm), Dina Haddad (joined 13:25), Theo"
        " Lind (secretariat). Apologies from Eva.\n"
    )

    made = [s for s in read_report(text, language="en").suggestions if s.kind == "attendee"]

    assert [name for s in made for name in s.actors] == ["Ana Lopes", "Ben Okoro", "Dina Haddad", "Theo Lind"]


def test_first_name_in_list_means_the_chair_with_that_name():
    read = mark_chair_among_attendees(
        read_report(
            f"Acta\n\nModera: Ana Ruiz Gil\n\n{OPENINGS['es']}Asistentes: Ana, Leo Paz, Eva Sol\n", language="es"
        )
    )

    assert [(s.actors, s.is_chair) for s in read.suggestions if s.kind == "attendee"] == [
        (("Ana Ruiz Gil",), True),
        (("Leo Paz", "Eva Sol"), False),
    ]
