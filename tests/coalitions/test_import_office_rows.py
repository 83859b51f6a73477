"""Rows of a mailing list that name a desk, a department or a position are asked about."""

import pytest

from jukwaa.coalitions.actions import answer_questions_of_import, import_ready_rows
from jukwaa.coalitions.imports.questions import find_import_questions
from jukwaa.coalitions.models import ListEntry

HEADINGS = ["Email", "First name", "Last name"]


@pytest.mark.parametrize(
    ("address", "first_name", "last_name"),
    [
        ("newsroom@harbour.example", "News", "desk"),
        ("press@harbour.example", "Press Office", ""),
        ("legal@harbour.example", "Legal", "Department"),
        ("info@harbour.example", "Info", ""),
        ("equipe@harbour.example", "Équipe", "numérique"),
        ("director@harbour.example", "", "Director"),
        ("robert@harbour.example", "Robert", "Service"),
    ],
)
def test_office_is_asked_about(import_rows, coordinator, address, first_name, last_name):
    brought = import_rows([address, first_name, last_name], heading=HEADINGS, kind="people")
    (question,) = find_import_questions(brought).columns
    assert (question.key, question.numbers, question.suggestion) == ("person-office", [2], "")

    decisions = {"rows": {"person-office": "keep"}}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row={}
    )
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    assert ListEntry.objects.get().person.email == address


@pytest.mark.parametrize(
    ("address", "first_name", "last_name"),
    [
        ("ana@harbour.example", "Ana", "Paz"),
        ("info@harbour.example", "Ana", "Paz"),
        ("office@harbour.example", "", ""),
        ("general@harbour.example", "Ana", "General"),
        ("post@harbour.example", "Post", "Malone"),
    ],
)
def test_person_with_an_office_address_is_not_asked_about(import_rows, address, first_name, last_name):
    brought = import_rows([address, first_name, last_name], heading=HEADINGS, kind="people")

    assert brought.rows.get().state == "waiting"
