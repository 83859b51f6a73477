"""People whom a list names and then strikes or calls absent, private remarks, and what emails put before a subject."""

import pytest

from jukwaa.intake.meeting_titles import suggest_meeting_title
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.apologies import add_apologies

TABLE = """# Call

## Who

| Name | Org | Role | Joined |
| --- | --- | --- | --- |
| Ana Lopes | OAK | lead | 08:00 |
| Dina Haddad | ASH | notes | 08:10 |
| {name} | Elm | {role} | {joined} |
"""


def list_people(text):
    return [
        (made.status, name)
        for made in add_apologies(read_report(text)).suggestions
        if made.kind == "attendee"
        for name in made.actors
    ]


@pytest.mark.parametrize(
    ("name", "role", "joined"),
    [
        ("~~Ben Okoro~~", "", ""),
        ("<s>Ben Okoro</s>", "", "08:00"),
        ("**~~Ben Okoro~~**", "member", ""),
        ("Ben Okoro", "", "*in the end could not connect*"),
        ("Ben Okoro", "", "did not attend"),
        ("Ben Okoro", "", "absent"),
        ("Ben Okoro", "absent (no message)", ""),
        ("Ben Okoro", "", "n’a pas pu se connecter"),
        ("Ben Okoro", "", "finalement n'est pas venu"),
        ("Ben Okoro", "", "no pudo conectarse"),
        ("Ben Okoro", "", "não conseguiu entrar"),
        ("Ben Okoro", "", "faltou"),
        ("Ben Okoro", "", "no-show"),
        ("Ben Okoro", "", "konnte nicht teilnehmen"),
    ],
)
def test_struck_or_absent_row_is_no_attendance(name, role, joined):
    people = list_people(TABLE.format(name=name, role=role, joined=joined))

    assert people == [("", "Ana Lopes"), ("", "Dina Haddad")]


@pytest.mark.parametrize(
    ("name", "role", "joined"),
    [
        ("Ben Okoro", "~~lead~~ member", "08:00"),
        ("Ben Okoro", "member", "could not hear well"),
        ("Ben Okoro", "absence manager", "08:00"),
        ("Ben Okoro", "", "connected late"),
    ],
)
def test_other_rows_are_attendance(name, role, joined):
    people = list_people(TABLE.format(name=name, role=role, joined=joined))

    assert people == [("", "Ana Lopes"), ("", "Dina Haddad"), ("", "Ben Okoro")]


def test_absent_person_is_not_present_by_a_shorter_list():
    text = "Attendees: Ana, Dina, Theo, Ben\n\n" + TABLE.format(name="~~Ben Okoro~~", role="", joined="")
    text += "\nSorry: Ben (see above), Eva Brand (BIRCH)\n"

    people = list_people(text)

    assert ("", "Ben") not in people
    assert {("", "Ana"), ("", "Dina"), ("", "Theo"), ("apologies", "Ben"), ("apologies", "Eva Brand")} <= set(people)


def test_namesake_of_absent_person_stays_present():
    text = "Attendees: Ana Lopes, Ben Lind, Theo Said\n\n" + TABLE.format(name="~~Ben Okoro~~", role="", joined="")

    assert ("", "Ben Lind") in list_people(text)


@pytest.mark.parametrize(
    "remark",
    [
        "(pls don't keep in notes)",
        "(please do not put this in the minutes)",
        "(off the record)",
        "(not for the notes)",
        "(ne pas noter)",
        "(à ne pas noter)",
        "(no anotar)",
        "(fuera de acta)",
        "(não anotar)",
        "(não pôr na ata)",
        "(nicht protokollieren)",
    ],
)
def test_private_remark_is_no_suggestion(remark):
    text = f"# Minutes\n\n## Actions\n\n- Ana: send the list\n- Ben: call me at home by Friday {remark}\n"

    tasks = [made.actors for made in read_report(text).suggestions if made.kind != "topic"]

    assert tasks == [("Ana",)]


@pytest.mark.parametrize("words", ["keep the notes in the folder", "note the date (of the record)", "record the call"])
def test_other_words_about_notes_stay(words):
    text = f"# Minutes\n\n## Actions\n\n- Ana: send the list\n- Ben: {words} by Friday\n"

    assert [made.actors for made in read_report(text).suggestions] == [("Ana",), ("Ben",)]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Desculpas: Ana (OAK) e Ben (Elm).", ["Ana", "Ben"]),
        ("Desculpas: Ana (OAK), Ben (Elm) e Dina (ASH).", ["Ana", "Ben", "Dina"]),
        ("Excusés : Ana (OAK) et Ben (Elm)", ["Ana", "Ben"]),
        ("Disculpas: Ana (OAK) y Ben (Elm)", ["Ana", "Ben"]),
        ("Apologies: Ana (OAK) and Ben (Elm)", ["Ana", "Ben"]),
        ("Desculpas: Ana (OAK)", ["Ana"]),
        ("Apologies: Ana Lopes (Elm and Ash)", ["Ana Lopes"]),
    ],
)
def test_both_of_two_who_sent_apologies(line, names):
    text = f"# Notes\n\nThe committee met in the hall of the school.\n\n{line}\n"

    assert list_people(text) == [("apologies", name) for name in names]


@pytest.mark.parametrize(
    ("file_name", "title"),
    [
        ("Re_ [GT8] acta resumo da chamada de terça.eml", "GT8 acta resumo da chamada de terça"),
        ("Fwd_ Re_ notes of the budget call.eml", "notes of the budget call"),
        ("RE [EXTERNAL] notes of the budget call.eml", "notes of the budget call"),
        ("TR_ compte rendu du bureau.eml", "compte rendu du bureau"),
        ("Report on fees.docx", "Report on fees"),
        ("Re-election notes.docx", "Re-election notes"),
        ("[WG6] notes of the call.md", "WG6 notes of the call"),
    ],
)
def test_title_has_no_prefix_of_an_email(file_name, title):
    assert suggest_meeting_title("some words without a title", file_name) == title
