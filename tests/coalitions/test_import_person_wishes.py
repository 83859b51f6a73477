"""Departures in the position or name of a person, and wishes not to be invited or published."""

import pytest

from jukwaa.coalitions.imports.contact_remarks import find_contact_remarks
from jukwaa.coalitions.imports.departure_wording import says_left_post
from jukwaa.coalitions.imports.directory_consent import NOT_LISTED, asks_not_to_be_published
from jukwaa.coalitions.imports.questions import find_import_questions

MEMBER_HEADINGS = ["Organisation", "Contact person", "Position", "E-mail", "Notes"]


@pytest.mark.parametrize(
    "text",
    [
        *("(left) Animateur", "Intern (until Aug)", "Director (ex)", "Director (former)", "Cyprien Gnahoré – LEFT"),
        *("Animatrice (partie)", "Animateur (parti en juin)", "Chargé de projet (ancien)", "Stagiaire jusqu'en août"),
        *("Formador (saiu)", "Formadora (saiu em maio)", "Estagiário até agosto", "Diretor (antigo)"),
        *("Directora (salió)", "Pasante hasta agosto", "Directora (ya no está)", "Leiter (ehemalig)", "مدير (سابق)"),
        *("Trainer – left in June", "Director until 31 March 2024", "Director (former, 2024)", "EX - Director"),
    ],
)
def test_position_that_somebody_left_is_recognised(text):
    assert says_left_post(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Director", "Exhibitions lead", "Adviser (ex-ECPAT)", "Former minister", "Ana Paz (former ITU)", "Left Bank"),
        *("Responsable parties prenantes", "Chair until 2199", "Chair until further notice", "Ana-Mere Tukidia"),
        *("Head (parental rights)", "Diretora até nova decisão", "Partie civile", ""),
    ],
)
def test_other_positions_are_not_departures(text):
    assert not says_left_post(text)


@pytest.mark.parametrize("kind", ["members", "people"])
@pytest.mark.parametrize(
    ("position", "note"),
    [
        *(("(left) Intern (until Aug)", ""), ("Animateur (parti)", "")),
        *(
            ("Jornalista", note)
            for note in ("não convidar para reuniões", "do not invite", "ne pas inviter", "No invitar!")
        ),
    ],
)
def test_departure_and_refused_invitation_are_asked_about(import_rows, kind, position, note):
    if kind == "members":
        brought = import_rows(["Quillwort", "Ana Paz", position, "a@q.example", note], heading=MEMBER_HEADINGS)
    else:
        heading = ["Full name", "Job Title", "Email", "Notes"]
        brought = import_rows(["Ana Paz", position, "a@q.example", note], heading=heading, kind="people")

    (row,) = find_import_questions(brought).rows
    assert [problem.text for problem in row.problems] == ["person-opted-out" if note else "person-left"]


def test_departure_in_name_is_asked_about(import_rows):
    brought = import_rows(["Quillwort", "Ana Paz – LEFT", "", "a@q.example", ""], heading=MEMBER_HEADINGS)

    (row,) = find_import_questions(brought).rows
    assert [problem.text for problem in row.problems] == ["person-left"]


@pytest.mark.parametrize(
    "text",
    [
        *("não publicar", "no photo / no name", "Ne pas publier.", "no publicar", "do not publish!", "sem foto"),
        *("pas de photo", "sin foto", "not for publication", "nicht veröffentlichen", "عدم النشر"),
    ],
)
def test_wish_not_to_be_published_is_recognised(text):
    assert asks_not_to_be_published(text)


@pytest.mark.parametrize(
    "text",
    ["Do not publish street address or phone", "photo attached", "no problem", "publicar", "ne pas publier le logo"],
)
def test_other_remarks_are_not_about_the_name(text):
    assert not asks_not_to_be_published(text)


def test_preview_quotes_wish_not_to_be_published(import_rows):
    brought = import_rows(["Quillwort", "Ana Paz", "", "a@q.example", "não publicar"], heading=MEMBER_HEADINGS)
    remarks = find_contact_remarks(
        [MEMBER_HEADINGS, ["Quillwort", "Ana Paz", "", "a@q.example", "não publicar"]],
        [1, 2],
        ["name", "contact", "position", "email", ""],
        (),
    )

    assert remarks == {NOT_LISTED: {"2": 4}}
    assert brought.rows.get().state == "waiting"
