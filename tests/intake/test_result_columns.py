"""A column of results in minutes: decisions, and tasks with their owners."""

import pytest

from jukwaa.intake.reader import read_report
from tests.intake.test_unusual_tables import list_made

AGENDA = """{head}
1. Guide | Dina presented the chapters. Ben suggested a calendar. | {results}
2. Fees | Ana showed the accounts. | {more}
"""


@pytest.mark.parametrize(
    ("head", "results", "decision", "task", "owners"),
    [
        (
            "Agenda item | Discussion | Action points and agreements",
            "The meeting agreed to set up a working group. Ana to circulate a draft.",
            "The meeting agreed to set up a working group.",
            "Ana to circulate a draft.",
            ("Ana",),
        ),
        (
            "Agenda | Main points raised | Agreed way forward",
            "It was agreed that the fee stays. Oak Farm to send the form by 12 June.",
            "It was agreed that the fee stays.",
            "Oak Farm to send the form by 12 June.",
            ("Oak Farm",),
        ),
        (
            "Sujet | Échanges | Décisions et suites à donner",
            "Le devis de la société Orme est retenu. Ben Okoro signe le devis avant le 20 mai.",
            "Le devis de la société Orme est retenu.",
            "Ben Okoro signe le devis avant le 20 mai.",
            ("Ben Okoro",),
        ),
        (
            "Punto del orden del día | Discusión | Acuerdos y tareas",
            "Se acuerda cambiar de empresa. Dina Said enviará el pliego antes del 20 de mayo.",
            "Se acuerda cambiar de empresa.",
            "Dina Said enviará el pliego antes del 20 de mayo.",
            ("Dina Said",),
        ),
        (
            "Assunto | Discussão | Deliberações e encaminhamentos",
            "Deliberou-se mudar de fornecedor. Bento Ruiz envia o caderno até 20 de maio.",
            "Deliberou-se mudar de fornecedor.",
            "Bento Ruiz envia o caderno até 20 de maio.",
            ("Bento Ruiz",),
        ),
        (
            "TOP | Diskussion | Beschlüsse und Aufgaben",
            "Der Beirat beschließt, den Anbieter zu wechseln. Ben Okoro holt bis 20. Mai drei Angebote ein.",
            "Der Beirat beschließt, den Anbieter zu wechseln.",
            "Ben Okoro holt bis 20. Mai drei Angebote ein.",
            ("Ben Okoro",),
        ),
    ],
)
def test_column_of_results_holds_decisions_and_tasks(head, results, decision, task, owners):
    text = AGENDA.format(head=head, results=results, more="None")

    assert [made.quote for made in list_made(text, "decision")] == [decision]
    assert [(made.quote, made.actors) for made in list_made(text, "commitment")] == [(task, owners)]


def test_name_beside_a_bar_is_only_the_name():
    text = AGENDA.format(head="Agenda item | Discussion | Agreements and actions", results="None", more="None")

    assert {name for made in read_report(text).suggestions for name in made.actors} == {"Dina", "Ben"}


def test_task_without_owner_in_results_is_that_of_the_lead():
    text = "# | Item and discussion | Decision / action | Lead\n1 | Fees | Fees stay at 20 euros. | Ben\n"
    text += "2 | Web site | Update the members page by 1 June | Dina\n"

    assert [made.quote for made in list_made(text, "decision")] == ["Fees stay at 20 euros."]
    assert [made.actors for made in list_made(text, "commitment")] == [("Dina",)]


def test_matter_beside_notes_is_no_task():
    text = "Item | Notes | Who\nFinance | Ben showed the accounts. The board approved the accounts. | Ben\n"
    text += "Grants | Dina will apply to the fund by 1 July. | Dina\n"

    assert [made.quote for made in list_made(text, "decision")] == ["The board approved the accounts."]
    assert [(made.quote, made.owner) for made in list_made(text, "commitment")] == [
        ("Dina will apply to the fund by 1 July.", "Dina")
    ]


def test_two_owners_in_results_are_two():
    text = AGENDA.format(
        head="Item | Discussion | Actions and agreements", results="Ben and 'Ana to call.", more="None"
    )

    assert [made.actors for made in list_made(text, "commitment")] == [("Ben", "Ana")]
