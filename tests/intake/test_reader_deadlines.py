"""Deadlines, and who is named beside them, in the many ways in which lists and tables of actions note them."""

import pytest

from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.columns import classify_column_heading

LIST_TEXT = "# Call of 19 May 2026\n\n## Present\n\n- Ana Lopes\n- Ben Okoro\n\n## Actions\n\n- {}\n"


def list_commitments_of_text(text):
    made = [s for s in read_report(text).suggestions if s.kind == "commitment"]
    return [" | ".join((s.words or s.quote, s.owner, s.due, s.status)).rstrip(" |") for s in made]


def list_commitments_of_table(head, *rows):
    rule = "|".join("---" for _cell in head.split("|"))
    lines = "\n".join(f"| {line} |" for line in (head, rule, *rows))
    return list_commitments_of_text(f"# Call\n\n## Notes\n\n{lines}\n")


@pytest.mark.parametrize(
    ("entry", "due"),
    [
        ("Ana to send the list next Friday (May 30th)", "next Friday (May 30th)"),
        ("Ana to send the list for next weekend", "next weekend"),
        ("Ana to send the list by next weekend", "by next weekend"),
        ("Ana to send the list in two weeks", "in two weeks"),
        ("Ana to send the list in the next 2 weeks", "in the next 2 weeks"),
        ("Ana to send the list within a fortnight", "within a fortnight"),
        ("Ana to send the list end of next week", "end of next week"),
        ("Ana to send the list by EOD Friday", "by EOD Friday"),
        ("Ana to send the list by COB Friday", "by COB Friday"),
        ("Ana to send the list no later than 3 May", "no later than 3 May"),
        ("Ana to send the list w/c 3 May", "w/c 3 May"),
        ("Ana to send the list mid-May", "mid-May"),
        ("Ana to send the list by end-May", "by end-May"),
        ("Ana to send the list (end May)", "end May"),
        ("Ana to send the list in Q3", "in Q3"),
        ("Ana to send the list by the second half of June", "by the second half of June"),
        ("Ana to send the list two weeks before the AGM", "two weeks before the AGM"),
        ("Ana to send the list before the next call", "before the next call"),
        ("Ana to send the list at the next meeting", "at the next meeting"),
        ("Ana to send the list {3 May}", "3 May"),
        ("By 3 May: Ana to send the list", "By 3 May"),
        ("Ana, 3 May: send the list", "3 May"),
        ("Ana (3 May): send the list", "3 May"),
        ("Ana - 3 May - send the list", "3 May"),
        ("Ana: send the list, DDL 3 May", "3 May"),
        ("Ana: send the list. DDL: 3 May", "3 May"),
        ("Ana: send the list. Timeline: 2 weeks", "2 weeks"),
        ("Send the list (Ana, 3 May)", "3 May"),
        ("Send the list (3 May, Ana)", "3 May"),
        ("Send the list (Ana and Ben by 3 May)", "by 3 May"),
        ("Send the list / Ana / 3 May", "3 May"),
        ("Send the list; Ana; 3 May", "3 May"),
        ("Send the list → Ana → 3 May", "3 May"),
        ("Send the list - Resp: Ana - Deadline: 3 May", "Deadline: 3 May"),
        ("Ana: enviar la lista la próxima semana", "la próxima semana"),
        ("Ana: enviar la lista a finales de mes", "a finales de mes"),
        ("Ana: enviar la lista lo antes posible", "lo antes posible"),
        ("Enviar la lista. Responsable: Ana. Plazo: 3 de mayo", "Plazo: 3 de mayo"),
        ("Ana : envoyer la liste la semaine prochaine", "la semaine prochaine"),
        ("Ana : envoyer la liste dans deux semaines", "dans deux semaines"),
        ("Envoyer la liste. Responsable : Ana. Délai : fin mai", "Délai : fin mai"),
        ("Ana: enviar a lista até o fim do mês", "até o fim do mês"),
        ("Enviar a lista. Responsável: Ana. Prazo: 3 de maio", "Prazo: 3 de maio"),
        ("Ana by Friday: send the list", "by Friday"),
        ("For 3 May: Ana to send the list", "3 May"),
        ("Ana to send the list within five working days", "within five working days"),
        ("Ana (as editor) to send the list by 3 May", "by 3 May"),
        ("Budget: Ana to send the list by 3 May", "by 3 May"),
        ("Send the list - Ana by 3 May", "by 3 May"),
        ("Send the list <br> Owner: Ana <br> Due: 3 May", "Due: 3 May"),
        ("Ana: Liste senden bis 15.05.", "bis 15.05"),
        ("Ana: Liste senden bis Freitag", "bis Freitag"),
        ("3 May - Ana to send the list", ""),  # the day may be that on which it was asked for
        ("Ana to send the list (TBC)", ""),
        ("Ana to send the list of the mid-May event", ""),
        ("Ana to read section 9.2 - part of it", ""),
        ("Ana to send the list of the second half of March", ""),
    ],
)
def test_owner_and_deadline_of_an_entry_are_found(entry, due):
    [suggestion] = [s for s in read_report(LIST_TEXT.format(entry)).suggestions if s.kind == "commitment"]

    assert (suggestion.owner, suggestion.due) == ("Ana", due)


@pytest.mark.parametrize(
    ("entry", "due"),
    [
        ("Send the list @ana due:2026-05-03", "2026-05-03"),
        ("Send the list @ana 📅 2026-05-03", "2026-05-03"),
        ("[ ] send the list @ana @due(2026-05-03)", "2026-05-03"),
    ],
)
def test_owner_and_deadline_of_a_task_file_are_found(entry, due):
    [suggestion] = [s for s in read_report(LIST_TEXT.format(entry)).suggestions if s.kind == "commitment"]

    assert (suggestion.owner, suggestion.due) == ("@ana", due)


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("by 25 Oct", "by 25 Oct"),
        ("25 Oct", "25 Oct"),
        ("📅 3 May", "3 May"),
        ("Deadline: next meeting", "next meeting"),
        ("DDL: 3 May", "3 May"),
        ("end of May", "end of May"),
        ("Friday", "Friday"),
        ("in two weeks", "in two weeks"),
        ("pour le 3 mai", "pour le 3 mai"),
        ("hasta el 5 de junio", "hasta el 5 de junio"),
        ("para la próxima semana", "para la próxima semana"),
        ("Até 25/10", "Até 25/10"),
        ("Plazo: 3 de mayo", "3 de mayo"),
        ("الموعد النهائي: 3 مايو 2026", "3 مايو 2026"),
        ("Next steps", ""),
    ],
)
def test_deadline_on_the_line_below_belongs_to_the_task(line, due):
    [suggestion] = [
        s
        for s in read_report(LIST_TEXT.format(f"Ana - Send the list\n    - {line}")).suggestions
        if s.kind == "commitment"
    ]

    assert (suggestion.owner, suggestion.due) == ("Ana", due)


@pytest.mark.parametrize(
    "line", ["Ana, by 3 May", "Ana - by 3 May", "Ana (by 3 May)", "Responsable: Ana; plazo: 3 May"]
)
def test_owner_and_deadline_on_the_line_below_belong_to_the_task(line):
    [suggestion] = [
        s for s in read_report(LIST_TEXT.format(f"Send the list\n    - {line}")).suggestions if s.kind == "commitment"
    ]

    assert (suggestion.owner, suggestion.due.removeprefix("by ")) == ("Ana", "3 May")


def test_column_of_deadline_or_status_is_decided_for_each_cell():
    rows = [
        ("Send | Ana | Feb 8", "Send | Ana | Feb 8"),
        ("Call | Ana | Next Meeting", "Call | Ana | Next Meeting"),
        ("Read | Ben | ASAP", "Read | Ben | ASAP"),
        ("Walk | Ana | Feb 10-11", "Walk | Ana | Feb 10-11"),
        ("Paint | Ben | TBC", "Paint | Ben"),
        ("Fix | Ben | Ongoing", "Fix | Ben |  | Ongoing"),
        ("Dig | Ana | Done 3 May", "Dig | Ana |  | Done 3 May"),
    ]

    assert list_commitments_of_table("Task | Owner | Deadline / Status", *(row for row, _entry in rows)) == [
        entry for _row, entry in rows
    ]


@pytest.mark.parametrize("heading", ["Due / Status", "Status / ETA", "Progress/Deadline", "Estado / plazo"])
def test_deadline_or_status_heading_is_recognised(heading):
    assert classify_column_heading(heading) == "due_or_status"


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Fecha | Acción | Responsable", "3 de mayo | Enviar la lista | Ana"),
        ("Fecha | Accion | responsable", "3 de mayo | Enviar la lista | Ana"),
        ("Quién | Qué | Cuándo", "Ana | Enviar la lista | 3 de mayo"),
        ("Actividad | Responsable | Fecha límite", "Enviar la lista | Ana | 3 de mayo"),
        ("Tarea | A cargo de | Vencimiento", "Enviar la lista | Ana | 3 de mayo"),
        ("Tarefa | Responsável | Prazo", "Enviar la lista | Ana | 3 de mayo"),
        ("Encaminhamento | Quem | Data limite", "Enviar la lista | Ana | 3 de mayo"),
        ("Qui | Quoi | Quand", "Ana | Enviar la lista | 3 de mayo"),
        ("Action | Pilote | Échéance", "Enviar la lista | Ana | 3 de mayo"),
        ("Tâches | Responsables | Date butoir", "Enviar la lista | Ana | 3 de mayo"),
        ("Maßnahme | Wer | Bis wann", "Enviar la lista | Ana | 3 de mayo"),
        ("الإجراء | المسؤول | الموعد النهائي", "Enviar la lista | Ana | 3 de mayo"),
        ("المهمة | الشخص المسؤول | التاريخ", "Enviar la lista | Ana | 3 de mayo"),
        ("What | Who | DDL", "Enviar la lista | Ana | 3 de mayo"),
        ("Item | Who & when", "Enviar la lista | Ana, 3 de mayo"),
        ("Action | Owner/Due", "Enviar la lista | Ana / 3 de mayo"),
        ("Aufgabe | Verantwortlich | Frist", "Enviar la lista | Ana | 3 de mayo"),
    ],
)
def test_table_of_actions_in_many_languages_is_read(head, row):
    assert list_commitments_of_table(head, row) == ["Enviar la lista | Ana | 3 de mayo"]


def test_status_or_empty_marker_in_deadline_column_is_not_a_deadline():
    rows = ("Send | Ana | Done", "Paint | Ben | in progress", "Call | Ana | n/a", "Read | Ben | sem data")

    assert list_commitments_of_table("Action | Who | Due", *rows) == [
        "Send | Ana |  | Done",
        "Paint | Ben |  | in progress",
        "Call | Ana",
        "Read | Ben",
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "<ul><li>Ana Lopes to send the list in two weeks</li><li>Ben to paint</li></ul>",
        "- Ana Lopes to send the list in two weeks<br>- Ben to paint",
    ],
)
def test_each_entry_of_a_list_in_a_cell_is_an_action(cell):
    assert list_commitments_of_table(
        "Discussion Points | Notes | Actions: Responsible/None", f"Fees | We talked. | {cell}"
    ) == [
        "Ana Lopes to send the list in two weeks | Ana Lopes | in two weeks",
        "Ben to paint | Ben",
    ]


def test_notes_beside_actions_can_hold_a_decision():
    table = (
        "| Topic | Notes | Actions |\n|---|---|---|\n| Fees | Agenda approved | Ana to write |\n| Mail | Long talk | |"
    )

    made = [(s.kind, s.words) for s in read_report(f"# Call\n\n{table}\n").suggestions]

    assert made == [("commitment", "Ana to write"), ("decision", "Agenda approved")]


def test_table_with_separator_row_without_spaces_is_read():
    head = "Date | Action | Who | Deadline\n---|---|---|---"
    rows = "1 May | Send the list | Ana | 3 May\n1 May | Paint | Ben | ASAP"

    assert list_commitments_of_text(f"# Call\n\n## Actions\n\n{head}\n{rows}\n") == [
        "Send the list | Ana | 3 May",
        "Paint | Ben | ASAP",
    ]


def test_name_column_beside_owner_and_deadline_is_the_task():
    assert list_commitments_of_table("Name | Assigned To | Deadline", "Outline | Ana | April") == [
        "Outline | Ana | April"
    ]


def test_owner_of_row_with_link_is_account_name():
    rows = "| Set up the page - https://example.org/page | @ana | https://example.org/1 |\n| Call us | @ben | |\n"
    text = f"# Call\n\n## Actions\n\n{rows}"

    assert [s.owner for s in read_report(text).suggestions if s.kind == "commitment"] == ["@ana", "@ben"]


@pytest.mark.parametrize(
    ("heading", "cell", "entry"),
    [
        ("Actions (who, when)", "Ana to write by 3 May", "Ana to write by 3 May | Ana | by 3 May"),
        ("Action/Owner/Due", "Send letter / Ana / 3 May", "Send letter / Ana / 3 May | Ana | 3 May"),
        ("Action & owner", "Write letter (Ana)", "Write letter (Ana) | Ana"),
    ],
)
def test_owner_and_deadline_in_the_cell_of_the_action_are_found(heading, cell, entry):
    assert list_commitments_of_table(f"Topic | {heading}", f"Fees | {cell}") == [entry]
