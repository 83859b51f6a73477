"""Answers in people's own words: likely answers are offered, and all others can be left empty with one press."""

import pytest

from jukwaa.coalitions.actions import answer_questions_of_import
from jukwaa.coalitions.imports.fields import guess_column_mapping
from jukwaa.coalitions.imports.questions import find_import_questions

COLUMN_HEADINGS = ["Organisation", "Country", "How would you describe yourselves?"]
DESCRIPTIONS = [
    "NGO for digital literacy",
    "government (a directorate of the ministry)",
    "non-governmental organisation of parents",
    "standards people",
    "we make games",
    "drummers",
    "trade association of 140 developers",
    "part government, part private sector",
]


def import_descriptions(import_rows, descriptions):
    rows = [[f"Member {place}", "", text] for place, text in enumerate(descriptions)]
    return import_rows(*rows, heading=COLUMN_HEADINGS)


def test_group_within_a_description_is_suggested(import_rows):
    questions = find_import_questions(import_descriptions(import_rows, DESCRIPTIONS)).columns

    assert {each.text: (each.options, each.suggestion) for each in questions if each.text} == {
        "NGO for digital literacy": (("civil-society",), "civil-society"),
        "government (a directorate of the ministry)": (("government",), "government"),
        "non-governmental organisation of parents": (("civil-society",), "civil-society"),
        "standards people": ((), ""),
        "we make games": ((), ""),
        "drummers": ((), ""),
        "trade association of 140 developers": (("private-sector",), "private-sector"),
        "part government, part private sector": (("government", "private-sector"), ""),
    }


@pytest.mark.parametrize(
    ("written", "options", "suggestion"),
    [
        ("Scotland (UK)", ("GB",), "GB"),
        ("Canada / Québec", ("CA",), "CA"),
        ("Togo (seat) - 9 member states", ("TG",), "TG"),
        ("Burkina Faso; Niger", ("BF", "NE"), ""),
        ("Suva", (), ""),
        ("Jo-Anne in the US", (), ""),
    ],
)
def test_country_within_a_text_is_suggested(import_rows, written, options, suggestion):
    brought = import_rows(["Quillwort", written, ""], heading=COLUMN_HEADINGS)
    (question,) = find_import_questions(brought).columns

    assert (question.options, question.suggestion) == (options, suggestion)


def test_one_answer_leaves_remaining_descriptions_empty(import_rows, client, build_coalition_url, coordinator):
    brought = import_descriptions(import_rows, DESCRIPTIONS)
    client.force_login(coordinator)
    url = build_coalition_url("import_questions", brought.pk)
    lines = [line.control for line in client.get(url).context["column_lines"]]
    assert lines[0].label == "Other answers in “Stakeholder group”"
    assert [label for _value, label in lines[0].field.choices] == [
        "Answer one by one",
        "Leave empty unless an answer is chosen below",
    ]

    client.post(url, {line.html_name: line.value() or "" for line in lines} | {lines[0].html_name: "-"})

    brought.refresh_from_db()
    assert {row.state for row in brought.rows.all()} == {"waiting"}
    assert brought.decisions["stakeholder_group"]["ngo for digital literacy"] == "civil-society"
    answered = client.get(url).context["answered_lines"]
    assert "Other answers in “Stakeholder group”" in [line.control.label for line in answered]


def test_few_descriptions_are_asked_one_by_one(import_rows, coordinator):
    brought = import_descriptions(import_rows, DESCRIPTIONS[3:6])
    assert len(find_import_questions(brought).columns) == 3

    decisions = {"stakeholder_group": {"drummers": "civil-society"}}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row={}
    )
    assert sorted(row.state for row in brought.rows.all()) == ["quarantine", "quarantine", "waiting"]


def test_spanish_contact_heading_is_known():
    assert guess_column_mapping(["Entidad", "Persona de enlace", "Correo"], "members") == ["name", "contact", "email"]


def test_spanish_abbreviations_are_known(import_rows):
    heading = ["Entidad", "Tipo de entidad", "Persona de enlace", "Teléfono"]
    row = import_rows(["Papalote", "A.C.", "Xóchitl Arzate", "s/d"], heading=heading).rows.get()

    assert (row.state, row.cells.get("phone")) == ("waiting", None)
