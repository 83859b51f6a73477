"""What a report suggests as the name and the place of its meeting."""

import pytest

from jukwaa.intake.meeting_facts import find_meeting_facts
from jukwaa.intake.meeting_titles import clean_file_name, is_section_title, suggest_meeting_title
from tests.intake.readings import create_reading


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "Agenda",
            "Ordem do dia",
            "Orden del día",
            "Ordre du jour",
            "Minutes",
            "Tagesordnung",
            "Ajenda",
            "جدول الأعمال",
        ),
        *("1. Saludo de la presidenta", "II. ABERTURA E QUÓRUM", "Item 3 - Budget", "Welcome and introductions"),
        *("Date: 4 May 2026", "Chair | Ana Lopes", "4 May 2026", "https://example.org/notes", "Attendees:", "Présents"),
        *("Approval of the minutes of the last meeting", "Adoption du procès-verbal de la dernière réunion"),
    ],
)
def test_section_headings_are_no_titles(heading):
    assert is_section_title(heading)


@pytest.mark.parametrize(
    "title",
    [
        *("Steering Committee – 14th meeting: Minutes", "Minutes: orchard committee", "Orchard call | 4 May 2026"),
        *("Ata da assembleia geral", "Reunión regional", "CR du groupe de travail", "Mkutano wa baraza", "Board 2026"),
    ],
)
def test_titles_of_meetings_are_no_section_headings(title):
    assert not is_section_title(title)


@pytest.mark.parametrize(
    ("text", "file_name", "title"),
    [
        (
            "Comité do Pomar – Acta da 1.ª reunião\n\n# Ordem do dia\n\n1. Contas\n",
            "x.docx",
            "Comité do Pomar – Acta da 1.ª reunião",
        ),
        ("Reunión regional – notas\n\n## 1. Saludo de la presidenta\n\nHola.\n", "r.html", "Reunión regional – notas"),
        ("# Orchard Coalition\nMinutes of the steering group\n\nWe met.\n", "", "Minutes of the steering group"),
        ("# Orchard working group\n\n## Meeting 2026-05-04\n\nWe met.\n", "", "Orchard working group"),
        ("# Agenda\n\n1. Accounts\n\n## Actions\n", "3a_orchard board_may v2.docx", "orchard board may"),
        ("## Attendees\n\n- Ana\n\n## Orchard call 4 May 2026\n\nWe met.\n", "", "Orchard call 4 May 2026"),
        ("---\ntitle: Orchard board meeting\n---\n\n## Agenda\n\n- Accounts\n", "n.md", "Orchard board meeting"),
        ("## Agenda\n\n- Accounts\n", "17.md", ""),
    ],
)
def test_title_is_the_best_name_that_the_report_has(text, file_name, title):
    assert suggest_meeting_title(text, file_name) == title


@pytest.mark.parametrize(
    ("file_name", "words"),
    [
        ("folder/3a_orchard_minutes_draft2.docx", "orchard minutes"),
        ("Ata do pomar (2).odt", "Ata do pomar"),
        ("notes_2.txt", "notes 2"),
        ("v2.md", "v2"),
    ],
)
def test_file_name_is_read_as_words_without_marks_of_a_copy(file_name, words):
    assert clean_file_name(file_name) == words


def test_section_heading_on_the_first_line_is_not_the_name_of_the_meeting(coalition, rapporteur):
    reading = create_reading(
        coalition,
        rapporteur,
        "Agenda\n\n# Orchard board meeting\n\nThe members agreed to plant a tree.\n",
        meeting_title="",
    )

    assert (reading.title, reading.meeting_title) == ("Agenda", "Orchard board meeting")


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Le comité s’est réuni à Lomé, dans les locaux du marché, les 4 et 5 mai 2026.", "Lomé"),
        ("A assembleia realizou-se em Beira no dia 4 de Maio de 2026.", "Beira"),
        ("La junta se reunió en Ciudad de México los días 4 y 5 de mayo de 2026.", "Ciudad de México"),
        ("The board met in Accra on 4 May 2026.", "Accra"),
        ("València, jueves 14 y viernes 15 de mayo de 2026. Sede central", "València"),
        ("Lomé, le mardi 5 mai 2026", "Lomé"),
        ("Réunion régionale à Dakar, 4 mai 2026", "Dakar"),
        ("Rapat tahunan di Jakarta, 4 Mei 2026", "Jakarta"),
        ("4-5 May 2026, in Dar es Salaam", "Dar es Salaam"),
        ("Mahali: ofisi ya Pwani, Dar es Salaam + Meet", "ofisi ya Pwani, Dar es Salaam"),
        ("Local | Online (Teams)", "Online"),
        ("Lieu : en ligne", "Online"),
        ("Place: Elm Hall, Accra, and online (Webex)", "Elm Hall, Accra"),
        ("Fecha y hora: 27 de agosto de 2026, 15:00 h Lugar: Sala Roble, Lima / enlace Zoom", "Sala Roble, Lima"),
        ("Data | 22/05/2026 | Local | Recife (sede) e Google Meet | Pauta | Contas", "Recife"),
        ("HELD ON MONDAY, MAY 4, 2026 AT 10:00 A.M. IN CONFERENCE ROOM B AND VIA ZOOM", "CONFERENCE ROOM B"),
        (
            "Acta de la sesión celebrada el 4 de mayo de 2026, en la sala de sesiones de la Fundación Olmo, en Lima",
            "sala de sesiones de la Fundación Olmo, en Lima",
        ),
        ("Mardi 5 mai 2026 · BigBlueButton, salle « verger »", "Online"),
        ("Quick notes from yesterday's call", "Online"),
        ("Notas de la llamada de ayer", "Online"),
        ("Call notes: harvest", "Online"),
        ("Lieu : en présentiel à Lomé (Maison Verte) et en ligne", "Lomé"),
        ("المكان: مقر الجمعية، الرباط، وعبر زوم", "مقر الجمعية، الرباط"),
        ("Reunião na sede da Associação Pomar, em Maputo", "sede da Associação Pomar, em Maputo"),
        ("Funding of the community call centre", ""),
        ("Members call for a shared calendar", ""),
        ("The committee bought a place | Ana", ""),
        ("Reunião em Maio de 2026", ""),
        ("Réunion en Français, 4 mai 2026", ""),
        ("Mittwoch, den 16.05.2018", ""),
        ("Coalition for children’s safety online, 4 May 2026", ""),
    ],
)
def test_place_is_read_beside_the_day_or_in_the_title(line, place):
    assert find_meeting_facts(f"# Report\n\n{line}\n\nWe talked.\n").place == place


@pytest.mark.parametrize(
    ("opening", "meeting_title"),
    [
        ("REPUBLIC OF THE COAST\n\nMinutes of the orchard assembly\n", "Minutes of the orchard assembly"),
        ("Our orchards\n\nWe talked about trees and hedges.\n", "Our orchards"),
    ],
)
def test_letterhead_gives_way_to_the_name_of_the_meeting(coalition, rapporteur, opening, meeting_title):
    text = f"{opening}\nThe members agreed to plant a tree.\n"

    assert create_reading(coalition, rapporteur, text, meeting_title="").meeting_title == meeting_title


MAIL_HEADER = (
    "From: Ana Lopes\nDate: Fri, 18 Sep 2026 16:42:00 +1200\nSubject: Elm board (16 Sept), now in the mail\n\n"
)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("Elm coalition\nBoard meeting no. 8 - Minutes\n\nDate: 16 September 2026", "Board meeting no. 8 - Minutes"),
        ("# 4th meeting of the board\n\nPresent: Ana", "4th meeting of the board"),
        ("Compte rendu de la 11e réunion du bureau\n\nPrésents : Ana", "Compte rendu de la 11e réunion du bureau"),
        ("Minutes of the board of 16 September\n\nPresent: Ana", "Minutes of the board of 16 September"),
        ("the fees stay as in the\nMinutes of meeting no. 7\nand so on.", ""),
        ("Here are the minutes of meeting no. 8\n\nPresent: Ana", ""),
        ("Minutes of meeting no. 8 attached\n\nAna", ""),
        ("The minutes of meeting no. 7 were adopted.\n\nAna", ""),
        ("Next meeting 12 March 2027\n\nAna", ""),
        ("Zoom meeting 842 0990 1234\n\nAna", ""),
        ("Ana Lopes\nMinutes secretary, room 4\n\nElm", ""),
    ],
)
def test_heading_in_an_email_counts_before_its_subject(lines, title):
    text = f"{MAIL_HEADER}Dear all,\n\nsorry for the look.\n\n{lines}\n"

    assert suggest_meeting_title(text, "Fwd board.eml") == (title or "Elm board (16 Sept), now in the mail")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            (
                "MINISTÈRE DES ÉCOLES\n\nN° 0214/DT/md Dakar, le 15 juillet 2026\n\nCOMPTE RENDU\n\n"
                "de la deuxième réunion du Groupe de travail\n« Cartes et écoles »\n\nDate : 9 juillet 2026\n"
            ),
            "COMPTE RENDU de la deuxième réunion du Groupe de travail « Cartes et écoles »",
        ),
        (
            "ACTA DE REUNIÓN – RED OLMO\nActa N.º | 11 (undécima plenaria) | Hora | 9:30\n",
            "ACTA DE REUNIÓN – RED OLMO, Acta N.º 11",
        ),
        ("Elm Board, meeting 4\nMinutes no. | 11\n", "Elm Board, meeting 4"),
        (
            (
                "From: Ana Lopes\nDate: Wed, 17 Jun 2026 09:12:44 +0300\nSubject: Notes\n\nDear all,\n\n"
                "EXTRA PLENARY CALL - TUESDAY 16 JUNE 2026, 11:00-12:10 GMT, ZOOM\n\nPRESENT\nAna Lopes\n"
            ),
            "EXTRA PLENARY CALL",
        ),
        ("# Orchard call - 4 May 2026\n\nWe met.\n", "Orchard call - 4 May 2026"),
    ],
)
def test_title_has_number_and_no_letterhead_or_hour(text, title):
    assert suggest_meeting_title(text, "") == title


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("EXTRA CALL - TUESDAY 16 JUNE 2026, 11:00-12:10 GMT, GOOGLE MEET", "Online"),
        ("The map of 16 June 2026 shows how many children use Zoom.", ""),
    ],
)
def test_line_with_day_and_hour_says_where_it_was(line, place):
    opening = "\n\n".join(f"Line {number} of the letter." for number in range(6))

    assert find_meeting_facts(f"{opening}\n\n{line}\n").place == place
