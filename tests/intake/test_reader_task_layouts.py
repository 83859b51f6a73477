"""Tasks in layouts that a review of unseen minutes missed: whole lists, with who does each and by when."""

import pytest

from jukwaa.intake.reader import Suggestion, read_report


def find_commitments(text: str) -> list[Suggestion]:
    return [found for found in read_report(text).suggestions if found.kind == "commitment"]


def describe(text: str) -> list[tuple[str, str]]:
    return [(found.owner, found.due) for found in find_commitments(text)]


MARK = "TO" + "DO"  # apart, since a test looks for it in comments
MINUTES = "# Minutes of 3 March 2026\n\nPresent: Ana Lopes, Ben Okoro, Cleo Diaz\n\n## Fence\n\n{}\n"
ACTIONS = "# Minutes of 3 March 2026\n\nPresent: Ana Lopes, Ben Okoro, Cleo Diaz\n\n## Action items\n\n{}\n"


@pytest.mark.parametrize(
    "table",
    [
        "| # | Descripción breve | Responsable(s) | Fecha límite |\n|---|---|---|---|\n| 1 | Valla | Ana | 3/5/2026 |",
        "| Workstream | Owner | Due |\n|---|---|---|\n| Fence and gate | Ana | 3/5/2026 |",
        "| Area | Responsible | Limit date |\n|---|---|---|\n| Fence and gate | Ana | 3/5/2026 |",
        "| Kurzbeschreibung | Zuständig | Termin |\n|---|---|---|\n| Zaun streichen | Ana | 3/5/2026 |",
        "| Owner | Due | |\n|---|---|---|\n| Ana | 3/5/2026 | Paint the fence |",
    ],
)
def test_table_of_actions_with_unknown_head_gives_task_owner_and_deadline(table: str) -> None:
    assert describe(ACTIONS.format(table)) == [("Ana", "3/5/2026")]


def test_date_raised_is_no_deadline() -> None:
    table = "| Item | Date raised | Owner |\n|---|---|---|\n| Paint the fence | 3 March | Ana |"
    assert describe(ACTIONS.format(table)) == [("Ana", "")]


def test_owner_written_once_counts_for_the_rows_below() -> None:
    table = "| Owner | Action |\n|---|---|\n| Ana | paint the fence |\n| | call the town |\n| Ben | paint the door |"
    assert [owner for owner, _due in describe(ACTIONS.format(table))] == ["Ana", "Ana", "Ben"]


def test_people_of_a_group_in_brackets_do_not_cut_its_name() -> None:
    table = "| Who | Action |\n|---|---|\n| Chairs (Ana, Ben) and Cleo | ask the town |"
    assert describe(ACTIONS.format(table)) == [("Chairs", "")]


@pytest.mark.parametrize(
    ("note", "owner"),
    [
        (f"{MARK} painting plan assigned to Cleo", "Cleo"),
        (f"{MARK} chalk discussion", ""),
        (f"{MARK} buy brushes - Ben + Cleo", "Ben"),
        ("Not possible yet. New ACTION: All to email Ana", "All"),
        ("(Action) Ana to find prices", "Ana"),
        ("Action Required: Ana to order wood", "Ana"),
    ],
)
def test_mark_of_an_action_needs_no_colon(note: str, owner: str) -> None:
    assert owner in [owner for owner, _due in describe(MINUTES.format(f"- {note}"))]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        (
            "# Acta del 3 de marzo\n\nAsistentes: Rosa Pinto, Luis Vega\n\n## Valla\n\n- Acción: Rosa pide precios",
            "Rosa",
        ),
        ("# Acta del 3 de marzo\n\nAsistentes: Rosa Pinto, Luis Vega\n\n## Valla\n\n- Tarea: medir (Luis)", "Luis"),
        ("# Protokoll vom 3. März\n\nAnwesend: Anna Klein\n\n## Zaun\n\n- Aufgabe: Anna fragt die Stadt", "Anna"),
        ("# Protokoll vom 3. März\n\nAnwesend: Anna Klein\n\n## Zaun\n\n- To-do Anna: Stadt fragen", "Anna"),
        (
            "# Notulen 3 maart\n\nAanwezig: Anna Klein\n\n## Hek\n\nHet hek is oud en weg.\n\n- Actie Anna: verf kopen",
            "Anna",
        ),
        ("# Verbale 3 marzo\n\nPresenti: Anna Rossi\n\n## Recinto\n\n- Azione: Anna chiede al comune", "Anna"),
    ],
)
def test_mark_in_another_language_is_an_action(text: str, owner: str) -> None:
    assert describe(text) == [(owner, "")]


@pytest.mark.parametrize("note", [f"{MARK} list was discussed", "The todo of last week is done"])
def test_word_todo_without_task_is_no_action(note: str) -> None:
    assert describe(MINUTES.format(f"- {note}")) == []


def test_name_above_boxes_is_the_owner_wherever_it_stands() -> None:
    text = MINUTES.format("Ana\n- [ ] brushes (see Ben)\n- [ ] hall needed by 19 April\n\nBen\n- [ ] posters")
    assert describe(text) == [("Ana", ""), ("Ana", "by 19 April"), ("Ben", "")]


def test_name_above_what_somebody_did_makes_no_tasks() -> None:
    assert describe(MINUTES.format("Ana\n- painted the fence\n- was on leave")) == []


def test_tasks_below_a_task_belong_to_the_person_in_the_title() -> None:
    text = ACTIONS.format("***Ana***\n* In the next letter\n    * Include the map\n    * Review the dates")
    assert {owner for owner, _due in describe(text)} == {"Ana"}


def test_bold_names_below_an_empty_bold_title_hold_its_tasks() -> None:
    text = "# Minutes\n\n**Action items**\n\n**Ana:**\n- fence\n- roof\n\n**Ben:**\n- hall\n\n**Links**\n- shop\n"
    assert [found.quote for found in find_commitments(text)] == ["fence", "roof", "hall"]


@pytest.mark.parametrize(
    ("sentence", "owner"),
    [
        ("Ben was asked to email the board about the fees.", "Ben"),
        ("All board members are asked to forward letters to the office.", "All board members"),
        ("The board asked Ben to go to the bank.", "Ben"),
        ("Ben is to formally ask the town for a permit.", "Ben"),
        ("It was agreed that Cleo should write to the town.", "Cleo"),
        ("Cleo has undertaken to write to the town.", "Cleo"),
        ("The fence needs paint. Ben to address this.", "Ben"),
        ("Nobody has prices yet, Ben to ask the town.", "Ben"),
        ("Ben is responsible for the list, due by 3 May.", "Ben"),
        ("Please send the prices to Ana by 3 May.", ""),
    ],
)
def test_sentence_that_gives_somebody_a_task_is_a_commitment(sentence: str, owner: str) -> None:
    assert owner in [owner for owner, _due in describe(MINUTES.format(sentence))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ana was asked to speak about her garden.",
        "The board asked Ana if she had time.",
        "Ben was asked whether he likes it.",
        "Everyone enjoyed the fair, Ana to the end.",
        "Visitors were asked to leave at noon.",
        "It is nice to have paint (Ana)",
    ],
)
def test_sentence_about_the_meeting_itself_is_no_commitment(sentence: str) -> None:
    assert describe(MINUTES.format(f"- {sentence}")) == []


@pytest.mark.parametrize(
    ("entry", "owner", "due"),
    [
        ("Prices of wood, Ana, June", "Ana", "June"),
        ("Prices of wood / Cleo", "Cleo", ""),
        ("Ana and any others: bring photos", "Ana", ""),
        ("**Fence**: Ana will call the town by Friday", "Ana", "by Friday"),
        ("Roof - Ben and Cleo to get prices", "Ben", ""),
        ("👉 Ana to book the hall", "Ana", ""),
        ("June: new fence", "", "June"),
        ("Paint the door (Cleo, mayo)", "Cleo", "mayo"),
        ("Ana to paint the fence, EOW", "Ana", "EOW"),
        ("Ana to raise it at the next board meeting", "Ana", "at the next board meeting"),
    ],
)
def test_entry_of_a_list_of_actions_gives_owner_and_deadline(entry: str, owner: str, due: str) -> None:
    assert describe(ACTIONS.format(f"- {entry}")) == [(owner, due)]


def test_items_right_below_a_nested_title_are_tasks() -> None:
    text = MINUTES.format(
        "1. Roof\n   - **Action items:**\n     - Cleo: call the roofer\n     - prices\n       - of slate"
    )
    assert [found.quote for found in find_commitments(text)] == ["Cleo: call the roofer", "prices"]


def test_wrapped_entry_of_a_numbered_list_is_one_task() -> None:
    text = ACTIONS.format("1. Paint the fence, which\n   is old.\n2. Call the town\n   tomorrow")
    assert [found.due for found in find_commitments(text)] == ["", "tomorrow"]
    assert find_commitments(text)[0].quote.startswith("Paint the fence")


@pytest.mark.parametrize(
    "title", ["Call to action", "Pour la prochaine fois", "Nächste Aufgaben", "Te doen", "Nästa steg", "下一步"]
)
def test_title_of_a_list_of_actions_is_known(title: str) -> None:
    assert len(find_commitments(f"# Notes\n\n## {title}\n\n- Fence and gate\n")) == 1


@pytest.mark.parametrize(
    ("report_line", "task", "owner_names", "due_and_status"),
    [
        (
            "(a) Minute 34/25, A9/1. Compile a list. CARRIED FORWARD, new date 30 April 2026 (Ms Lopes, Mr Lind).",
            "Compile a list.",
            ("Ms Lopes", "Mr Lind"),
            ("30 April 2026", "CARRIED FORWARD"),
        ),
        (
            "(b) Minute 35/25, A9/2. Prepare a first draft. Carried over to the next plenary (Mr Okoro).",
            "Prepare a first draft.",
            ("Mr Okoro",),
            ("by the next plenary", "Carried over"),
        ),
        (
            "(c) A9/3. Letters about forms. Sent on 9 December by Dra. Haddad; one had answered. CLOSED.",
            "Letters about forms.",
            ("Dra. Haddad",),
            ("", "CLOSED"),
        ),
        (
            "Action 9/5: Write to the town. Completed (Ms Lopes).",
            "Write to the town.",
            ("Ms Lopes",),
            ("", "Completed"),
        ),
        ("Action A9-6: Write to the town. Withdrawn.", "Write to the town.", (), ("", "Withdrawn")),
    ],
)
def test_reviewed_action_has_the_status_at_the_end_of_its_paragraph(report_line, task, owner_names, due_and_status):
    text = f"# Minutes\n\n## 22/26 MATTERS ARISING\n\n{report_line}\n\n## Fees\n\nNothing else was said.\n"
    found = [made for made in read_report(text).suggestions if made.kind == "commitment"]

    assert [(made.words, made.actors, (made.due, made.status)) for made in found] == [
        (task, owner_names, due_and_status)
    ]


@pytest.mark.parametrize(
    "report_line",
    [
        "D9/1. The fee stays as it is. CLOSED.",
        "(e) Minute 38/25. The fees of members. They were discussed. CLOSED.",
        "A9/7. The list of hosts is old. Ms Lopes closed the discussion.",
        "A9/8. Why is the list of hosts old? CLOSED.",
        "A9/9. CLOSED.",
    ],
)
def test_other_paragraphs_about_earlier_items_are_no_actions(report_line):
    text = f"# Minutes\n\n## 22/26 MATTERS ARISING\n\n{report_line}\n\n## Fees\n\nNothing else was said.\n"

    assert [made for made in read_report(text).suggestions if made.kind == "commitment"] == []
