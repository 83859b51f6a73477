"""The group that met, added to a title that says only what kind of document it is."""

import pytest

from jukwaa.intake.meeting_groups import names_only_kind
from jukwaa.intake.meeting_titles import suggest_meeting_title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# AYUDA MEMORIA\n\n## Mesa del Norte\n\nI. Temas\n", "AYUDA MEMORIA – Mesa del Norte"),
        (
            "RED HUERTO\nCOMITÉ DIRECTIVO\nACTA DE LA SESIÓN ORDINARIA N.º 04-2026\n",
            "ACTA DE LA SESIÓN ORDINARIA N.º 04-2026 – COMITÉ DIRECTIVO",
        ),
        (
            "MEMÓRIA DE REUNIÃO\n\nGrupo | GT Pomar – 3ª reunião\nData | 22/05/2026\n",
            "MEMÓRIA DE REUNIÃO – GT Pomar – 3ª reunião",
        ),
        ("# Meeting notes\n\nDate: 3 March 2026\nGroup: Orchard Schools\n", "Orchard Schools"),
        ("# ACTION NOTES\n\nMeeting | Steering Group\n", "ACTION NOTES – Steering Group"),
        ("# ACTION NOTES\n\nMeeting | 3 March 2026\n", "ACTION NOTES"),
        ("# Aide-mémoire\n\n**Commission Verger** – séance\n", "Commission Verger – séance"),
        ("NOTULEN RAPAT\nCHAPTER TIMUR\nTanggal: 8 Oktober 2026\n", "NOTULEN RAPAT – CHAPTER TIMUR"),
        ("تحالف البستان\nمجموعة عمل الشمال\nمحضر اجتماع عدد 3\n", "محضر اجتماع عدد 3 – مجموعة عمل الشمال"),
        (
            "From: Ana <ana@elm.example>\nDate: 13 Aug 2026\nSubject: call notes\nTo: <elm-tech@elm.example>\n\nHi\n",
            "call notes – elm-tech",
        ),
    ],
)
def test_title_that_is_only_a_kind_of_document_names_the_group(text, title):
    assert suggest_meeting_title(text, "x.docx") == title


def test_title_that_is_only_a_kind_of_document_gives_way_to_file_name_with_group():
    assert suggest_meeting_title("# Compte rendu\n\nPrésents : Ana\n", "CR groupe verger 3 mai.docx") == (
        "CR groupe verger 3 mai"
    )


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Minutes of the steering group",
            "Orchard call 4 May 2026",
            "Reunión regional – notas",
            "Assemblée du Verger",
        ),
        *("Third harvest meeting", "Comité de pilotage n° 14"),
    ],
)
def test_title_that_says_which_meeting_stays_alone(title):
    assert not names_only_kind(title)
    assert suggest_meeting_title(f"{title}\nSteering committee\n\nWe met.\n", "") == title


@pytest.mark.parametrize(
    "text",
    [
        "From: Ana <ana@elm.example>\nDate: 13 Aug 2026\nSubject: meeting notes\nTo: Ben <ben.o@elm.example>\n\nHi\n",
        "# Meeting notes\n\nPresent: Ana (steering group), Ben\n",
    ],
)
def test_no_person_is_taken_for_a_group(text):
    assert suggest_meeting_title(text, "") in {"meeting notes", "Meeting notes", ""}
