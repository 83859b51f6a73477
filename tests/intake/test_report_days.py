"""The days of reports in several languages: of the meeting, and of what is due after it."""

from datetime import date

import pytest

from jukwaa.intake.actions import choose_meeting_of_reading
from jukwaa.intake.due_dates import find_due_day
from jukwaa.intake.meeting_facts import find_meeting_facts
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.deadlines import find_deadline
from tests.intake.readings import create_reading

PADDING = "Les échanges ont porté sur les vergers, les échelles et les haies de la vallée.\n\n" * 3


@pytest.mark.parametrize(
    ("text", "expected_day"),
    [
        (
            (
                "# Compte rendu\n\nLe comité des vergers s’est réuni à Lomé, dans les locaux du marché couvert de la"
                " vieille ville, au premier étage, à côté de la bibliothèque, les lundi 4 et mardi 5 mai 2026.\n\n"
                f"{PADDING}Le comité a décidé de tenir sa prochaine réunion à Accra les 9 et 10 juin 2026.\n"
            ),
            date(2026, 5, 4),
        ),
        ("Acta\n\nLa junta se reunió en Lima los días 4 y 5 de mayo de 2026.\n", date(2026, 5, 4)),
        (
            (
                "Acta número tres correspondiente a la sesión celebrada por la Junta del Huerto, a las nueve horas del"
                " cuatro de mayo de dos mil veintiséis, en la sala del mercado.\n\nAna entregará el mapa a más tardar"
                " el 20 de mayo de 2026.\n"
            ),
            date(2026, 5, 4),
        ),
        (
            "Acta\n\nLima, 4 de mayo de 2026\n\nActa de la sesión celebrada el 6 de abril de 2026: aprobada.\n",
            date(2026, 5, 4),
        ),
        ("Ata\n\nBeira, 4 e 5 de Maio de 2026\n", date(2026, 5, 4)),
        ("Minutes\n\nThe board met in Accra on 4-5 May 2026.\n", date(2026, 5, 4)),
        ("Minutes\n\nMay 4\u20135, 2026, online\n", date(2026, 5, 4)),
        ("Muhtasari\nJumatatu 4 Mei 2026, saa 4 asubuhi\n", date(2026, 5, 4)),
        ("Minutes\n\nOur next meeting will be held in Accra on 4 May 2026.\n", None),
        ("Notes\n\n10:00 5 May 2026\n", date(2026, 5, 5)),
    ],
)
def test_meeting_day_is_where_the_report_says_it_took_place(text, expected_day):
    assert find_meeting_facts(text).day == expected_day


def test_day_in_title_of_printed_emails_counts_before_their_own_day():
    text = (
        "https://mail.example.org/mail/u/0/?ik=7 1/2 29/11/26, 11:02 Mail - Notes - orchard call 5 May\n\n"
        "# Notes - orchard call 5 May\n\n2 messages\n\n"
        "Ana Lopes <ana@example.org> Wed, 6 May 2026 at 10:22 To: all@example.org\n\nHi all, quick notes.\n"
    )

    assert find_meeting_facts(text, "Mail - Notes - orchard call 5 May.pdf").day == date(2026, 5, 5)


@pytest.mark.parametrize(
    "line",
    [
        "sous la présidence de Mme Ana Lopes (Vergers)",
        "Reunião presidida por Ana Lopes",
        "bajo la presidencia de Ana Lopes",
        "Mwenyekiti: Ana Lopes",
        "Presidiu à sessão a Senhora Ana Lopes, directora",
    ],
)
def test_chair_is_found_in_several_languages(line):
    assert find_meeting_facts(f"Notes\n\n{line}\n").chair == "Ana Lopes"


@pytest.mark.parametrize(
    ("sentence", "due_text", "due_day"),
    [
        ("Ana enverra la liste avant la fin du mois de mai", "avant la fin du mois de mai", date(2026, 5, 31)),
        ("Ana enverra la liste avant la fin du mois", "avant la fin du mois", date(2026, 4, 30)),
        ("Ana enviará la lista antes de fin de mes de mayo", "antes de fin de mes de mayo", date(2026, 5, 31)),
        ("Ana envia a lista até ao fim do mês de Maio", "fim do mês de Maio", date(2026, 5, 31)),
        ("Ana to send it by the end of the month of May", "by the end of the month of May", date(2026, 5, 31)),
        ("Ana enverra la liste pour le 15 mai.", "pour le 15 mai", date(2026, 5, 15)),
        ("Ana enverra, sous quinzaine, la liste", "sous quinzaine", date(2026, 5, 6)),
        ("A Ana envia a lista no prazo de trinta dias", "no prazo de trinta dias", date(2026, 5, 21)),
        ("A Ana envia a lista até ao final do ano", "final do ano", date(2026, 12, 31)),
        ("A Ana envia a lista até 13/11/2026.", "até 13/11/2026", date(2026, 11, 13)),
        ("A Ana envia a lista com a maior brevidade", "com a maior brevidade", None),
        ("Ana: kutuma orodha, kabla ya 1 Mei", "kabla ya 1 Mei", date(2026, 5, 1)),
        ("Ana: kutuma orodha, mwisho wa Agosti", "mwisho wa Agosti", date(2026, 8, 31)),
    ],
)
def test_deadline_names_its_own_month(sentence, due_text, due_day):
    found = find_deadline(sentence)

    assert (found, find_due_day(found, date(2026, 4, 21))) == (due_text, due_day)


def test_deadlines_without_year_follow_the_corrected_day_of_the_meeting(coalition, rapporteur):
    text = f"Compte rendu du 3 novembre 2025\n\n{PADDING}Mme Lopes enverra la liste pour le 15 mai.\n"
    reading = create_reading(coalition, rapporteur, text)
    assert reading.suggestions.get(kind="commitment").due_on == date(2026, 5, 15)

    choose_meeting_of_reading(
        actor=rapporteur, reading=reading, meeting=None, meeting_details={"meeting_on": date(2025, 4, 21)}
    )

    assert reading.suggestions.get(kind="commitment").due_on == date(2025, 5, 15)


def test_report_suggests_deadline_of_its_language():
    text = "# Muhtasari\n\nTulizungumza kuhusu bustani na miti yote ya kijiji chetu.\n\n"
    text += "NANI ATAFANYA NINI\n- Ana: kutuma orodha, kabla ya 1 Mei\n"

    [task] = [s for s in read_report(text, language="sw").suggestions if s.kind == "commitment"]

    assert (task.owner, task.due) == ("Ana", "kabla ya 1 Mei")


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        (
            "ACUERDO 3.2.- Encargar a Ana Paz el mapa, a más tardar el veintinueve de mayo de dos mil veintiséis.",
            "a más tardar el veintinueve de mayo de dos mil veintiséis",
        ),
        ("ACUERDO 3.2.- Encargar a la señora Paz presentar el mapa.", ""),
        ("Article 4.1: Ana sends the map", ""),
        ("Ana 3.2.- enviar el mapa", "3.2"),
        ("Ana envía el mapa antes del dos de junio", "antes del dos de junio"),
    ],
)
def test_number_of_an_agreement_is_no_deadline(sentence, due):
    assert find_deadline(sentence) == due
