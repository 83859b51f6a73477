"""Nobody reports on a meeting that has not taken place: days to come in decisions and deadlines are not its day."""

from datetime import date

import pytest

from jukwaa.intake.meeting_facts import find_meeting_facts

EMAIL = """From: Rosa Canul
Date: Sat, 07 Nov 2026 09:12:44 -0600
Subject: RE: resumen de la llamada de hoy

{correction}

El vie., 6 nov. 2026 a las 10:58, Rosa Canul (<rosa@line.example>) escribió:

> Resumen de la llamada de hoy viernes 6 de noviembre (14h a 15h10 UTC).
>
> Lo que acordamos:
> 1) hacemos la prueba desde el 1 de febrero de 2027
"""


FRENCH_MINUTES = """# PV – Comité

Dakar (siège) et en ligne. Jeudi 24 septembre 2026, 9 h 30 – 13 h GMT. Prises de notes : Ana, qui s’excuse pour son
français et remercie Ben de la relecture.

D5 : adoptée sans changement, applicable au 1er janvier 2027.
"""


@pytest.mark.parametrize(
    ("text", "file_name", "expected_day"),
    [
        (
            FRENCH_MINUTES,
            "PV comité sept26.odt",
            date(2026, 9, 24),
        ),
        (
            "Minutes\n\nAna opened. We met on Tuesday 3 March 2026 at 14:00.\n\nIt takes effect on 1 June 2099.\n",
            "",
            date(2026, 3, 3),
        ),
        (
            "Acta\n\nSede: Casa Grande. Lunes 2 de marzo de 2026, 10:00.\n\nVale desde el 1 de enero de 2099.\n",
            "",
            date(2026, 3, 2),
        ),
        (
            "Ata\n\nNo centro. Segunda-feira, 2 de março de 2026, 10h.\n\nO prazo começa a 1 de janeiro de 2099.\n",
            "",
            date(2026, 3, 2),
        ),
        (
            "Notes\n\nThe pilot starts on 15 February 2099.\n\nAna sends the list.\n",
            "notes 2026-02-03.docx",
            date(2026, 2, 3),
        ),
        (EMAIL.format(correction="la prueba empieza el 15 de febrero de 2027, no el 1."), "RE.eml", date(2026, 11, 6)),
        (EMAIL.format(correction="Gracias."), "RE.eml", date(2026, 11, 6)),
        # No day at all, rather than one that says when something begins.
        ("Notes\n\nDiscussion\n\nAna spoke.\n\nBen spoke.\n\nThe pilot starts on 15 February 2099.\n", "", None),
    ],
)
def test_day_to_come_is_not_day_of_meeting(text, file_name, expected_day):
    assert find_meeting_facts(text, file_name).day == expected_day


@pytest.mark.parametrize(
    "text", ["Agenda\nDate: 14 May 2099\n\n1. Opening\n", "Assembly, Friday 14 May 2099, 15:00\n\nAgenda\n"]
)
def test_announced_day_is_kept_where_no_other_is_written(text):
    assert find_meeting_facts(text).day == date(2099, 5, 14)


@pytest.mark.parametrize(
    ("subject", "words", "expected_day"),
    [
        ("resumen", "Esto es lo de la llamada de hoy.", date(2026, 11, 7)),
        ("notes", "Here are the notes of today's call.", date(2026, 11, 7)),
        ("CR de la réunion d’hier", "Voici le compte rendu.", date(2026, 11, 6)),
        ("ata", "Segue a ata da reunião de ontem.", date(2026, 11, 6)),
        ("notes", "Yesterday's meeting was long.", date(2026, 11, 6)),
        ("notes", "I write this today, the call was long.", None),
        ("notes", "Ana called yesterday about the fee.", None),
        ("acta", "Hoy mando el acta de la llamada.", None),
        ("CR", "Hier j’ai relu le texte de la séance.", None),
    ],
)
def test_day_of_meeting_is_counted_from_its_email(subject, words, expected_day):
    text = f"From: Rosa Canul\nDate: Sat, 07 Nov 2026 09:12:44 -0600\nSubject: {subject}\n\n{words}\n"

    assert find_meeting_facts(text, "mail.eml").day == expected_day


def test_day_is_counted_from_the_email_that_says_so():
    text = "From: Rosa Canul\nDate: Mon, 09 Nov 2026 09:12:44 -0600\nSubject: RE: resumen\n\nGracias a todas.\n\n"
    text += "El vie., 6 nov. 2026 a las 10:58, Ana Lopes (<ana@line.example>) escribió:\n\n> la llamada de ayer\n"

    assert find_meeting_facts(text, "mail.eml").day == date(2026, 11, 5)
