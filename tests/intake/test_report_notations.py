"""Notations of real reports, invented here: tables with a row per agenda item, attendance in one line, rough notes."""

import pytest

from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.columns import classify_column_heading


def find_items(text, suggestion_kind):
    return [s.words or s.quote for s in read_report(text).suggestions if s.kind == suggestion_kind]


def find_tasks(text):
    return [
        (s.words or s.quote, s.actors, s.due, s.status) for s in read_report(text).suggestions if s.kind == "commitment"
    ]


def find_attendees(text):
    return [name for s in read_report(text).suggestions if s.kind == "attendee" for name in s.actors]


AGENDA_TABLE = """# Orchard network

{head}
1.1 Welcome | Ben welcomed all. | Agenda adopted | –
1.2 | Two slips of the pen. | Notes of 3 March approved | AL to post the notes / by tomorrow
2 Ladders | Long exchange on wood and steel. | (deferred to April) | All members → suggest ladders, before end of March
3 Fence |  | {nothing} | BO + AL: ask for prices, 27 Feb; TB: call the painter
"""


@pytest.mark.parametrize(
    ("head", "nothing"),
    [
        ("Item | Discussion | Decision | Action / who / when", "no decision"),
        ("Agenda item | Discussion | Decisions | Action (who, when)", "None"),
        ("Point | Discussion | Décision | Action / qui / quand", "Néant"),
        ("Tema | Discusión | Decisión | Acción / quién / cuándo", "sin acuerdo"),
        ("Assunto | Discussão | Decisão | Ação, quem e quando", "nenhuma"),
        ("Item | Discussion | Decision | Action", "n/a"),
    ],
)
def test_row_of_an_agenda_table_has_a_decision_and_tasks(head, nothing):
    text = AGENDA_TABLE.format(head=head, nothing=nothing)

    assert find_items(text, "decision") == ["Agenda adopted", "Notes of 3 March approved"]
    assert [(words, actors) for words, actors, _due, _status in find_tasks(text)] == [
        ("AL to post the notes / by tomorrow", ("AL",)),
        ("All members → suggest ladders, before end of March", ("All members",)),
        ("BO + AL: ask for prices, 27 Feb", ("BO", "AL")),
        ("TB: call the painter", ("TB",)),
    ]


def test_owner_and_deadline_may_share_a_column():
    text = (
        "Item | Decision | Action | Who / when\nFence | – | Ask for prices | Ana Lopes, 3 May\nGate | Keep it | – | –"
    )

    assert find_tasks(text) == [("Ask for prices", ("Ana Lopes",), "3 May", "")]
    assert find_items(text, "decision") == ["Keep it"]


def test_decision_with_an_owner_beside_it_makes_no_task_of_its_title():
    text = "Item | Decision | Who | When\nLadders | Buy two ladders | Ana Lopes | 3 May\nGate | Keep it | – | –"

    assert find_tasks(text) == []
    assert find_items(text, "decision") == ["Buy two ladders", "Keep it"]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Action / who / when", "task"),
        ("Actions (qui, quand)", "task"),
        ("Who and when", "assigned"),
        ("Action by", "who"),
        ("Commitment / Task", "what"),
        ("Items and news", ""),
    ],
)
def test_combined_heading_of_a_column(heading, column):
    assert classify_column_heading(heading) == column


@pytest.mark.parametrize(
    "line",
    [
        "Present: Ana Lopes, Ben Okoro; on screen: Dina Said; Regrets: Theo Berg",
        "Present: Ana Lopes, Ben Okoro\nOn screen: Dina Said\nInvited, did not join (2): Theo Berg, Lia Moss",
        "Étaient présents : Ana Lopes, Ben Okoro ; en ligne : Dina Said. Excusés : Theo Berg.",
        "Presentes: Ana Lopes, Ben Okoro; en línea: Dina Said; Ausentes: Theo Berg",
        (
            "In the room | Ana Lopes (chair) Ben Okoro (QWF)\nOn the screen | Dina Said (ZCD)\n"
            "Sent their regrets | Theo Berg"
        ),
        "Attendees (5): Ana Lopes, Ben Okoro, Dina Said, iPhone (2), Scribbler AI Notetaker",
    ],
)
def test_attendance_leaves_out_the_absent_and_machines(line):
    assert find_attendees(f"# Call of 3 May\n\n{line}\n\nWe talked.") == ["Ana Lopes", "Ben Okoro", "Dina Said"]
