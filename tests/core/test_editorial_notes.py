"""Remarks in raw notes and notes of editors that must not be read by everyone."""

import pytest

from jukwaa.core.circulation import find_editorial_note, find_off_record_remark


@pytest.mark.parametrize(
    "line",
    [
        "NE PAS METTRE dans le CR : la dispute sur les per diem",
        "à ne pas reprendre dans le compte-rendu",
        "Do not put this in the minutes: the row about travel",
        "(off the record) the donor hesitates",
        "Entre nous : le budget ne tiendra pas",
        "- OFF : la présidente veut partir",
        "No poner en el acta: la disputa",
        "Não colocar na ata: a discussão",
        "لا تكتب في المحضر",
    ],
)
def test_remarks_that_are_not_for_the_minutes_are_found(line):
    assert find_off_record_remark(f"Notes\n\n{line}\nMore") == line.lstrip()


@pytest.mark.parametrize(
    "line",
    [
        "La coopération entre nous est bonne.",
        "Never speak to the press off the record without a mandate.",
        "Ne pas mettre de données personnelles dans les formulaires.",
        "The secretariat will put this in the minutes.",
        "Do not include personal data in annexes to the minutes of working groups.",
        "Turn the camera off.",
    ],
)
def test_other_sentences_are_no_remarks(line):
    assert find_off_record_remark(line) == ""


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("[À SUPPRIMER avant diffusion : vérifier la phrase 4.2 – AB]", None),
        ("Text. [DELETE BEFORE PUBLICATION: ask the regulator]", "DELETE BEFORE PUBLICATION: ask the regulator"),
        ("(NE PAS DIFFUSER)", None),
        (
            "To be removed before circulation: figures are not final",
            "To be removed before circulation: figures are not final",
        ),
        ("[Eliminar antes de publicar]", None),
        ("[يحذف قبل النشر]", None),
    ],
)
def test_notes_of_editors_are_found(line, note):
    assert find_editorial_note(f"1. Clause\n{line}\n2. Clause") == (note or line.strip("[]()"))


@pytest.mark.parametrize(
    "line",
    [
        "Platforms must remove illegal content before it spreads.",
        "Les fournisseurs suppriment les données [article 4] avant la fin du contrat.",
        "Members (in alphabetical order) must not share personal data.",
        "Helplines (confidential) and hotlines (internal) answer.",
        "Content is reviewed (by two people) before publication.",
    ],
)
def test_clauses_are_no_notes_of_editors(line):
    assert find_editorial_note(line) == ""
