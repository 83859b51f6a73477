"""Deadlines as offices write them: in columns, in headings, behind signs, in four languages, and what is none."""

import pytest

from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.deadlines import find_deadline

NOTES_TEXT = (
    "# Call of 19 May 2026\n\nPresent: Ana Lopes, Ben Okoro, Dina Haddad\n\n"
    "The group talked about the fence and the map of the garden.\n\n{}\n"
)
FOREIGN_TEXTS = {
    "fr": "# Compte rendu du 19 mai 2026\n\nPrésents : Ana Lopes, Ben Okoro\n\n"
    "Le conseil a parlé des cotisations avec les personnes présentes à la réunion.\n\n## Actions\n\n- {}\n",
    "es": "# Acta del 19 de mayo de 2026\n\nAsistentes: Ana Lopes, Ben Okoro\n\n"
    "La junta habló de las cuotas y del mapa con las personas presentes.\n\n## Tareas\n\n- {}\n",
    "pt": "# Ata de 19 de maio de 2026\n\nPresentes: Ana Lopes, Ben Okoro\n\n"
    "A diretoria falou das quotas com as pessoas presentes na reunião.\n\n## Tarefas\n\n- {}\n",
}


def list_commitments(text):
    return [(s.owner, s.due) for s in read_report(text).suggestions if s.kind == "commitment"]


def build_table(*rows):
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return NOTES_TEXT.format("\n".join(["## Website", "", lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]))


@pytest.mark.parametrize(
    "head",
    [
        *("When", "Time line", "Timelines", "Target", "ETA", "Completion", "Expected completion", "Delivery date"),
        *("Required by", "Date for completion", "Planned for", "Scheduled date", "Closure date", "Date/Deadline"),
        *("Action due", "Finish", "End", "Timing", "Quarter", "Month", "Week", "Schedule", "Date"),
        *("Date cible", "Délai de réalisation", "Date de fin", "À faire pour le", "Calendrier", "Date prévisionnelle"),
        *("Fecha tope", "Fecha de cierre", "Fecha máxima", "Fecha compromiso", "Límite", "Fecha estimada"),
        *("Data-limite", "Data de conclusão", "Data alvo", "Previsão de conclusão", "Até", "Cronograma", "Prazo¹"),
    ],
)
def test_column_of_deadlines_in_table_of_actions(head):
    text = build_table(("Action", "Owner", head), ("Book the hall", "Ana", "3 June 2026"))
    assert list_commitments(text) == [("Ana", "3 June 2026")]


@pytest.mark.parametrize("head", ["Time", "Raised on", "Start date", "Milestone", "Priority", "Last updated", "Notes"])
def test_other_column_of_table_of_actions_is_no_deadline(head):
    text = build_table(("Action", "Owner", head), ("Book the hall", "Ana", "3 June 2026"))
    assert list_commitments(text) == [("Ana", "")]


@pytest.mark.parametrize(
    "head",
    [
        *("Compromissos", "Description of action", "Work item", "Recommendation", "Providências", "Ações a realizar"),
        *("Descrição", "Asunto", "Acciones a tomar", "Actions à prendre", "Livrable", "Entregable", "Demandas"),
    ],
)
def test_column_of_tasks_beside_owner_and_deadline(head):
    text = build_table((head, "Owner", "Due"), ("Book the hall", "Ana", "3 June 2026"))
    assert list_commitments(text) == [("Ana", "3 June 2026")]


@pytest.mark.parametrize(
    "head", ["Delegated to", "Coordinator", "Référent", "En charge", "Asignado a", "Executor", "Team", "Volunteers"]
)
def test_column_of_owners_beside_task_and_deadline(head):
    text = build_table(("Action", head, "Due"), ("Book the hall", "Ana", "3 June 2026"))
    assert list_commitments(text) == [("Ana", "3 June 2026")]


def test_week_beside_date_is_no_deadline():
    text = build_table(("Week", "Action", "Owner", "Date"), ("Week 2", "Book the hall", "Ana", "1-7 June"))
    assert list_commitments(text) == [("Ana", "1-7 June")]


@pytest.mark.parametrize(
    "cell",
    [
        *("Ongoing", "Continuous", "Permanente", "En continu", "As needed", "No deadline", "See above", "High", "3"),
        *("Done", "Completed 3 May", "TBC", "Rolling", "Sin plazo"),
    ],
)
def test_cell_without_day_is_no_deadline(cell):
    text = build_table(("Action", "Owner", "Due"), ("Book the hall", "Ana", cell))
    assert list_commitments(text) == [("Ana", "")]


@pytest.mark.parametrize(
    "cell",
    [
        *("By Sunday (2026-05-24)", "After meeting", "Q3", "w/c 3 June", "3–10 June", "Jun-26", "EOD Friday", "AGM"),
        *("Week 23", "Two weeks", "Fin juin", "Próxima reunião", "Urgent", "3 June (extended)", "2026/06/03"),
    ],
)
def test_cell_with_day_or_event_is_deadline(cell):
    text = build_table(("Action", "Owner", "Due"), ("Book the hall", "Ana", cell))
    assert list_commitments(text) == [("Ana", cell)]


@pytest.mark.parametrize("cell", ["AGM", "Week 23", "Two weeks", "Fin juin", "Próxima reunião", "Urgent", "15 dias"])
def test_deadline_in_column_of_deadline_or_status(cell):
    text = build_table(("Action", "Owner", "Deadline / Status"), ("Book the hall", "Ana", cell))
    assert list_commitments(text) == [("Ana", cell)]


def test_column_of_types_says_what_each_row_is():
    text = build_table(
        ("No", "Description", "Type¹"),
        ("1", "Book the hall", "Action"),
        ("2", "The fee stays at 20", "Decision"),
        ("3", "The fence is old", "Information"),
    )
    found = [(s.kind, s.words) for s in read_report(text).suggestions if s.kind in {"commitment", "decision"}]
    assert found == [("commitment", "Book the hall"), ("decision", "The fee stays at 20")]


def test_table_that_counts_types_has_no_entries():
    text = build_table(("Type", "Number"), ("Decision", "3"), ("Action", "4"))
    assert [s for s in read_report(text).suggestions if s.kind in {"commitment", "decision"}] == []


@pytest.mark.parametrize("heads", [("Topic", "Lead"), ("Item", "Lead", "Timing"), ("Topic", "Lead", "Week")])
def test_row_of_agenda_is_no_action(heads):
    cells = ("Fence repair", "Ana", "10 mins")[: len(heads)]
    assert list_commitments(build_table(heads, cells).replace("## Website", "## Agenda")) == []


@pytest.mark.parametrize(
    ("entry", "due"),
    [
        ("Ana to book the hall by end Q3", "by end Q3"),
        ("Ana to book the hall by Q3 FY26", "by Q3 FY26"),
        ("Ana to book the hall (2026-Q3)", "2026-Q3"),
        ("Ana to book the hall by H2 2026", "by H2 2026"),
        ("Ana to book the hall by year-end", "by year-end"),
        ("Ana to book the hall by the weekend", "by the weekend"),
        ("Ana to book the hall before the summer break", "before the summer break"),
        ("Ana to book the hall on or before 3 June", "on or before 3 June"),
        ("Ana to book the hall latest 3 June", "latest 3 June"),
        ("Ana to book the hall at the latest by 3 June", "at the latest by 3 June"),
        ("Ana to book the hall by close of play Friday", "by close of play Friday"),
        ("Ana to book the hall (3–10 June)", "3–10 June"),
        ("Ana to book the hall (June 3-10)", "June 3-10"),
        ("Ana to book the hall between 3 and 10 June", "10 June"),
        ("Ana to book the hall during June", "during June"),
        ("Ana to book the hall over the summer", "over the summer"),
        ("Ana to book the hall by w/e 5 June", "by w/e 5 June"),
        ("Ana to book the hall (week 23)", "week 23"),
        ("Ana to book the hall (03.06.)", "03.06"),
        ("Ana to book the hall (for next meeting)", "next meeting"),
        ("Ana to book the hall immediately", "immediately"),
        ("Ana to book the hall. Timescale: 2 weeks", "2 weeks"),
        ("Ana to book the hall. Timeframe: two weeks", "two weeks"),
        ("[Ana, 3 June] book the hall", "3 June"),
    ],
)
def test_deadline_in_entry_of_list(entry, due):
    assert list_commitments(NOTES_TEXT.format(f"## Actions\n\n- {entry}")) == [("Ana", due)]


@pytest.mark.parametrize(
    "entry",
    [
        *("Ana to write the report on 2025", "Ana to write the report on May", "Ana to write to 5-7 people"),
        *("Ana to book the hall by email", "Ana to book the hall until further notice", "Ana to book H2 tickets"),
        *("Ana to book the hall for the 3 June party", "Ana to fix week 3 of the plan", "Ana to check if we may meet"),
        *("Ana to choose between 3 and 10 hosts", "Ana to book the hall for 12 people"),
    ],
)
def test_number_or_topic_is_no_deadline(entry):
    assert list_commitments(NOTES_TEXT.format(f"## Actions\n\n- {entry}")) == [("Ana", "")]


@pytest.mark.parametrize(
    ("section", "due"),
    [
        ("## Actions by 3 June\n\n- Ana to book the hall", "by 3 June"),
        ("## Actions (due 3 June)\n\n- Ana to book the hall", "due 3 June"),
        ("## Actions before the next meeting\n\n- Ana to book the hall", "before the next meeting"),
        ("## Tasks for next week\n\n- Ana to book the hall", "for next week"),
        ("## Actions\n\n### By the AGM\n\n- Ana to book the hall", "By the AGM"),
        ("## Actions\n\n### Medium term (by end of June)\n\n- Ana to book the hall", "by end of June"),
        ("## Actions\n\nWeek of 8 June:\n\n- Ana to book the hall", "Week of 8 June"),
        ("## Actions\n\n- By 3 June:\n  - Ana to book the hall", "By 3 June"),
        ("To be done by 3 June:\n\n- Ana to book the hall", "by 3 June"),
        ("## Actions à mener avant la prochaine réunion\n\n- Ana to book the hall", "avant la prochaine réunion"),
        ("## Tareas para el 3 de junio\n\n- Ana to book the hall", "para el 3 de junio"),
        ("## Tarefas até 3 de junho\n\n- Ana to book the hall", "até 3 de junho"),
        ("## Actions by 3 June\n\n- Ana to book the hall by 1 June", "by 1 June"),
        ("## Actions by 3 June\n\n| Action | Owner |\n|---|---|\n| Book the hall | Ana |", "by 3 June"),
    ],
)
def test_deadline_of_heading_holds_for_tasks_below(section, due):
    assert list_commitments(NOTES_TEXT.format(section)) == [("Ana", due)]


@pytest.mark.parametrize(
    "section",
    [
        "## Actions from the call before 3 June\n\n- Ana to book the hall",
        "## Actions of 3 June 2026\n\n- Ana to book the hall",
        "## Actions agreed by 3 June\n\n- Ana to book the hall",
        "## Actions\n\n### Hall before 1900\n\n- Ana to book the hall",
        "## Actions\n\n### May 2026\n\n- Ana to book the hall",
        "## Actions by Ana\n\n- Ana to book the hall",
        "## Report due by 3 June\n\nThe fence is old.\n\n## Actions\n\n- Ana to book the hall",
    ],
)
def test_day_in_other_heading_is_no_deadline(section):
    assert list_commitments(NOTES_TEXT.format(section)) == [("Ana", "")]


def test_part_of_task_with_deadline_is_an_entry():
    text = NOTES_TEXT.format(
        "## Actions\n\n- Ana to book the hall\n  - ideas for hosts - by Monday\n  - it has a stage\n  - open by May"
    )
    assert list_commitments(text) == [("Ana", ""), ("", "by Monday")]


@pytest.mark.parametrize(
    ("language", "entry", "due"),
    [
        ("fr", "Réserver la salle (Ana, fin juin)", "fin juin"),
        ("fr", "Ana : réserver la salle avant l’AG", "avant l’AG"),
        ("fr", "Ana : réserver la salle avant l'été", "avant l'été"),
        ("fr", "Ana : réserver la salle – semaine du 8 juin", "semaine du 8 juin"),
        ("fr", "Ana : réserver la salle – T3 2026", "T3 2026"),
        ("fr", "Ana : réserver la salle entre le 3 et le 10 juin", "10 juin"),
        ("fr", "Ana : réserver la salle courant juin", "courant juin"),
        ("fr", "Ana : réserver la salle sous quinzaine", "sous quinzaine"),
        ("fr", "Ana : réserver la salle dans les deux semaines", "dans les deux semaines"),
        ("es", "Ana: reservar la sala antes de la asamblea", "antes de la asamblea"),
        ("es", "Ana: reservar la sala – semana del 8 de junio", "semana del 8 de junio"),
        ("es", "Ana: reservar la sala – primera semana de septiembre", "primera semana de septiembre"),
        ("fr", "Ana : réserver la salle la deuxième semaine d'octobre", "deuxième semaine d'octobre"),
        ("pt", "Ana: reservar a sala – última semana de junho", "última semana de junho"),
        ("es", "Ana: reservar la sala para fines de junio", "para fines de junio"),
        ("es", "Ana: reservar la sala durante junio", "durante junio"),
        ("es", "Ana: reservar la sala en un plazo de dos semanas", "en un plazo de dos semanas"),
        ("es", "Ana: reservar la sala. Fecha tope: viernes 5 de junio", "Fecha tope: viernes 5 de junio"),
        ("pt", "Ana: reservar a sala antes da assembleia", "antes da assembleia"),
        ("pt", "Ana: reservar a sala até o dia 3 de junho", "até o dia 3 de junho"),
        ("pt", "Ana: reservar a sala no prazo de 15 dias", "no prazo de 15 dias"),
        ("pt", "Ana: reservar a sala em até 15 dias", "em até 15 dias"),
        ("fr", "Ana : préparer la réunion du 3 juin", ""),
        ("fr", "Ana : écrire le rapport de juin", ""),
        ("es", "Ana: escribir el informe de junio", ""),
        ("pt", "Ana: escrever o relatório de junho", ""),
    ],
)
def test_deadline_in_entry_of_other_language(language, entry, due):
    assert list_commitments(FOREIGN_TEXTS[language].format(entry)) == [("Ana", due)]


def test_everybody_is_owner_in_portuguese():
    text = FOREIGN_TEXTS["pt"].format("Reservar a sala — Responsável: Todos os membros do grupo — prazo: 03/06")
    assert list_commitments(text) == [("Todos os membros do grupo", "prazo: 03/06")]


@pytest.mark.parametrize(
    ("entry", "due"),
    [
        ("Ana to book the room – first week of September", "first week of September"),
        ("Ana to book the room for the first week of June by 3 May", "by 3 May"),
        ("Ana to book the first weekly call", ""),
    ],
)
def test_named_week_of_month_is_a_deadline(entry, due):
    assert find_deadline(entry) == due
