"""Minutes that are kept in a table with a column "Action by": sentences in its cells, and not a task in each row."""

import pytest

from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.apologies import add_apologies
from jukwaa.intake.reader.line_labels import add_colon_to_capital_label

HEAD = "# Minutes of the Harbour Group, 3 June 2026\n\nNo. | Item | Action by\n"
MINUTES = (
    f"{HEAD} | PRESENT Ms. Ana Lopes – Elm Farm – Chairperson; Mr. Ben Okoro – Oak Trust\n"
    " | APOLOGIES Mr. Dario de los Reyes – Ash House\n"
    "1. | CALL TO ORDER\n1.1 | The Chairperson called the meeting to order at 9.05.\n"
    "2. | FENCE\n2.1 | Mr. Okoro presented two offers and explained the difference.\n"
    "2.2 | It was agreed that the cheaper offer would be taken. The order is to be placed by 12 June. | Mr. Okoro\n"
    "2.3 | Ms. Lopes will inform the neighbours by 20 June 2026. | Ms. Lopes\n"
)


def list_entries(text, *kinds):
    suggestions = add_apologies(read_report(text)).suggestions
    return [(made.kind, made.actors, made.words or made.quote) for made in suggestions if made.kind in kinds]


def test_items_beside_owners_are_read_as_sentences():
    assert list_entries(MINUTES, "decision", "commitment") == [
        ("decision", (), "It was agreed that the cheaper offer would be taken."),
        ("commitment", ("Mr. Okoro",), "The order is to be placed by 12 June."),
        ("commitment", ("Lopes",), "Ms. Lopes will inform the neighbours by 20 June 2026."),
    ]


def test_labels_in_capitals_name_who_came_and_who_was_away():
    names = [name for _kind, names, _words in list_entries(MINUTES, "attendee") for name in names]
    assert names == ["Ms. Ana Lopes", "Mr. Ben Okoro", "Dario de los Reyes"]


@pytest.mark.parametrize(
    "rows",
    [
        "1 | Send the list of numbers to all schools. | Ana Lopes\n2 | Book the hall for the evening in May. | \n",
        "1 | Fence | Ana Lopes\n2 | Roof | \n3 | Gate | \n",
        "1 | The list of numbers must be sent to all schools. | Ana\n2 | The hall has to be booked for May. | \n",
    ],
)
def test_items_of_a_list_of_tasks_stay_tasks(rows):
    assert len(list_entries(f"# Minutes\n\n## Actions\n\n{HEAD.splitlines()[-1]}\n{rows}", "commitment")) == (
        rows.count("\n")
    )


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("PRESENT Ana Lopes, Ben Okoro", "PRESENT: Ana Lopes, Ben Okoro"),
        ("IN ATTENDANCE Ms. Ana Lopes", "IN ATTENDANCE Ms. Ana Lopes"),
        ("EXCUSÉS M. Ben Okoro", "EXCUSÉS: M. Ben Okoro"),
        ("PRESENT: Ana Lopes", "PRESENT: Ana Lopes"),
        ("PRESENT AND FUTURE OF THE COAST", "PRESENT AND FUTURE OF THE COAST"),
        ("PRESENTATIONS by the ministries", "PRESENTATIONS by the ministries"),
    ],
)
def test_colon_is_added_behind_a_label_in_capitals_before_a_name(line, read):
    assert add_colon_to_capital_label(line) == read


RESOLVED = "# Minutes\n\nPresent: Ana Lopes, Ben Okoro\n\n"


@pytest.mark.parametrize(
    ("table", "decisions"),
    [
        (
            "Time | Item | What was said | Resolved\n9.30 | Fence | Ana showed two offers. | The first is taken.\n",
            ["The first is taken."],
        ),
        ("Issue | Who | Resolved\nThe door does not close | Ana | yes\nThe lamp is broken | Ben | 12 May 2026\n", []),
        ("Date | Issue | Resolved\n1 May | The door does not close | Yes\n2 May | The lamp | Fixed by Ana\n", []),
    ],
)
def test_sentences_in_a_column_resolved_are_decisions(table, decisions):
    assert [words for _kind, _names, words in list_entries(f"{RESOLVED}{table}", "decision")] == decisions


@pytest.mark.parametrize(
    "remark", ["All in favour.", "Quorum was confirmed.", "Agreed unanimously.", "Minutes adopted.", "Agenda approved"]
)
def test_result_that_does_not_say_what_was_decided_is_no_decision(remark):
    text = f"{RESOLVED}## Fence\n\nIt was agreed that the fence is painted. {remark}\n"
    assert [words for _kind, _names, words in list_entries(text, "decision")] == [
        "It was agreed that the fence is painted."
    ]


@pytest.mark.parametrize(
    ("status", "due"),
    [
        ("Late, now end of May", "end of May"),
        ("open, new date 3 May 2026", "3 May 2026"),
        ("late, now with Ben", ""),
        ("done 27 March", ""),
    ],
)
def test_status_that_names_a_new_date_moves_an_action(status, due):
    table = f"Ref | Action | Who | Status\n4/2 | Send the list to all schools | Ana Lopes | {status}\n"
    found = read_report(f"{RESOLVED}## Brought forward\n\n{table}").suggestions
    assert [made.due for made in found if made.kind == "commitment"] == [due]
