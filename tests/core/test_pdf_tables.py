"""Tables on the pages of a PDF arrive as rows; columns of text and lists do not."""

import pytest

from jukwaa.core.documents.child.lines import PageLine
from jukwaa.core.documents.child.pdf_tables import join_table_rows
from jukwaa.core.documents.incoming import extract_text
from jukwaa.intake.reader import read_report
from tests.core.documents import build_pdf_file

TABLE = """= Tasks
#table(columns: (6cm, 4cm, 5cm), stroke: none,
  {head},
  [Layout in French], [Ana], [3 July],
  [Second reading], [Ben], [before 26 June],
  [List of the pilot schools of the region of the northern lakes and of the hills], [Dina], [30 June],
  [Quote], [], [next meeting],
)

The group met again in the afternoon.
"""


@pytest.mark.parametrize(
    "head",
    [
        "[*What*], [*Who*], [*By when*]",
        "[Quoi], [Qui], [Pour quand]",
        "[Qué], [Quién], [Cuándo]",
        "[Was], [Wer], [Bis wann]",
    ],
)
def test_table_becomes_rows(head):
    text = extract_text(build_pdf_file(TABLE.format(head=head)), "a.pdf").text
    cells = head.replace("*", "").replace("[", "").replace("]", "").split(", ")

    assert text.split("\n\n")[1:] == [
        "\n".join(
            (
                " | ".join(cells),
                "Layout in French | Ana | 3 July",
                "Second reading | Ben | before 26 June",
                "List of the pilot schools of the region of the northern lakes and of the hills | Dina | 30 June",
                "Quote |  | next meeting",
            )
        ),
        "The group met again in the afternoon.",
    ]


def test_tasks_of_a_table_in_a_pdf_are_suggested():
    text = extract_text(build_pdf_file(TABLE.format(head="[What], [Who], [By when]")), "a.pdf").text
    made = [one for one in read_report(text).suggestions if one.kind == "commitment"]

    assert [(one.words, one.owner, one.due) for one in made][:2] == [
        ("Layout in French", "Ana", "3 July"),
        ("Second reading", "Ben", "before 26 June"),
    ]


SENTENCE = (
    "The members of the group said that the lines had to be open at night and that the costs were high this year. "
)


@pytest.mark.parametrize(
    "markup",
    [
        "#set page(columns: 3)\n#set par(justify: true)\n" + SENTENCE * 12,
        "#set page(columns: 2)\n" + SENTENCE * 12,
        "#set par(justify: true)\n" + SENTENCE * 6,
        "- Ana sends the list\n- Ben books the hall\n- Dina writes to the hosts\n",
        "Ana #h(4cm) Ben #h(4cm) Dina\n\nThe three signed the report.\n",  # one line of signatures
    ],
)
def test_running_text_has_no_rows(markup):
    assert "|" not in extract_text(build_pdf_file(markup), "a.pdf").text


SPACED_TABLE = """= Minutes
#set par(leading: 3pt)
#set text(size: 9pt)
#table(columns: (2.4cm, 2cm, 8cm, 3.5cm), stroke: none, row-gutter: 6pt,
  [*Item*], [*Lead*], [*Discussion*], [*Action*],
  [1 Welcome\\ Part one], [Ana], [Ana welcomed the members and thanked them\\ for the work of the year.], [],
  [2 Fees], [Ben], [Motion on the fee.\\ Moved: Ana #h(5mm) Seconded: Ben #h(5mm) Lost], [Write to the\\ town],
  [3 Help\\ Lines], [], [The lines are open at night,\\ so we need a quote.], [Ask for a\\ quote],
)
"""


def test_rows_with_wider_space_between_them_keep_the_lines_of_their_cells():
    rows = [line for line in extract_text(build_pdf_file(SPACED_TABLE), "a.pdf").text.split("\n") if "|" in line]

    assert rows == [
        "Item | Lead | Discussion | Action",
        "1 Welcome Part one | Ana | Ana welcomed the members and thanked them for the work of the year. |",
        "2 Fees | Ben | Motion on the fee. Moved: Ana Seconded: Ben Lost | Write to the town",
        "3 Help Lines |  | The lines are open at night, so we need a quote. | Ask for a quote",
    ]


def test_numbered_rows_follow_their_head():
    table = TABLE.format(head="[What], [Who], [By when]").replace("[Layout", "[1.#h(3pt)Layout")
    text = extract_text(build_pdf_file(table.replace("[Second", "[2.#h(3pt)Second")), "a.pdf").text

    assert "What | Who | By when\n1. Layout in French | Ana | 3 July\n2. Second reading" in text


def build_line(base, *words):
    cells = tuple((left, left + len(word) * 4.5, word) for left, word in zip((50, 250, 400), words, strict=False))
    return PageLine(" ".join(words), 50, 500, base, 10, False, 20, cells)


def test_rows_in_groups_stay_rows():
    rows = [
        ("Action", "Who", "By"),
        ("Send list", "Ana", "3 May"),
        ("Book hall", "Ben", "4 May"),
        ("Write report", "Dina", "5 May"),
        ("Call bank", "Eva", "before June"),
    ]
    lines = [build_line(base, *row) for base, row in zip((700, 680, 666, 642, 628), rows, strict=True)]

    assert [line.text for line in join_table_rows(lines)] == [" | ".join(row) for row in rows]


def test_lines_of_one_row_with_wider_space_between_rows_are_joined():
    rows = [
        ("Action", "Who", "By"),
        ("Send list", "Ana", "3 May"),
        ("Write to the mayors", "Ben Okoro", "4 May or"),
        ("and to the hosts", "and Dina", "before"),
        ("Call bank", "Eva", "6 May"),
    ]
    lines = [build_line(base, *row) for base, row in zip((700, 676, 652, 638, 614), rows, strict=True)]

    assert "Write to the mayors and to the hosts | Ben Okoro and Dina | 4 May or before" in [
        line.text for line in join_table_rows(lines)
    ]
