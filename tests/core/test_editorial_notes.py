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
        "لا تكتب هذا في المحضر",
        "لا تسجلوا هذا الكلام في المحضر",
        "Off the record - Ana has resigned",
        "OFF THE RECORD, Ana has resigned",
        "(off-the-record) Ana has resigned",
        "Budget: off the record, the donor hesitates",
        "Ana said off the record that the donor hesitates",
        "All of this is strictly off the record.",
        "Ana said, off the record, that the donor hesitates",
        "Just for you and please not on the file: Ana may leave in January",
        "Please do not minute this",
        "Please don\u2019t put it in the minutes.",
        "Not to be included in the minutes",
        "Strike this from the minutes",
        "Please keep that off the record.",
        "Not for minutes",
        "Not for the record: the row about travel",
        "Que no conste en acta",
        "No lo pongas en el acta, por favor",
        "Que não conste em ata",
        "Entre nosotros, el donante duda",
        "Ne mettez pas ça dans le CR",
        "Cela ne doit pas figurer au PV",
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
        "Sound (off)",
        "Off we go",
        "Ana could not write the report in time.",
        "Members may not put the minutes online before approval.",
        "The secretary did not record the vote, not to mention the report.",
        "Between us, we answer calls in 12 languages.",
        "The interviews are not for recordings of children.",
        "Please do not record this call.",
        "La objeción no consta en acta.",
        "Do not keep this helpline out of the campaign.",
        "Nothing is ever off the record with a journalist.",
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
        ("Nota de redacción: consultar a las líneas de ayuda.", "Nota de redacción: consultar a las líneas de ayuda."),
        ("12. Note de rédaction : à vérifier", "12. Note de rédaction : à vérifier"),
        ("[Editor’s note: ask the helplines]", None),
        ("Drafting note: two options remain", "Drafting note: two options remain"),
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
        "Notes to editors: the coalition has 40 members.",
        "The editor's note: a form of writing for pupils.",
        "Nota: los plazos cuentan en días hábiles.",
    ],
)
def test_clauses_are_no_notes_of_editors(line):
    assert find_editorial_note(line) == ""
