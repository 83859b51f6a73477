"""Shortened countries, parts of years, universities, dotted acronyms, parts of totals and people in one cell."""

import pytest

from jukwaa.coalitions.imports.contact_parsing import find_people_with_addresses
from jukwaa.coalitions.imports.dates import InvalidDateError, parse_date
from jukwaa.coalitions.imports.likely_answers import find_likely_groups
from jukwaa.coalitions.imports.questions import find_import_questions
from jukwaa.coalitions.imports.row_display import describe_import_row, get_shown_fields, is_imported_as_written
from jukwaa.coalitions.imports.row_kinds import describe_extra_row, find_first_closing_row
from jukwaa.coalitions.imports.row_parsing import RowReader
from jukwaa.coalitions.imports.suggested_answers import suggest_date
from jukwaa.places.country_search import find_country

CONTACTS = "Amina Rahal binti Omar\namina@amani.example\nalt.: Faiz Nasser\nfaiz.n@amani.example"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Solomon Is.", "SB"),
        ("N. Macedonia", "MK"),
        ("Nlle-Calédonie", "NC"),
        ("Aotearoa NZ", "NZ"),
        ("Cook Is.", "CK"),
        ("S. Korea", "KR"),
        ("Virgin Is.", None),  # two of them
        ("S. Lumeria", None),
        ("New", None),
        ("Kenya Uganda", None),
        ("Islands", None),
        ("Is.", None),
        ("Rep. Dominicana", "DO"),
        ("N.Macedonia", "MK"),
        ("Central Africa", None),
        ("Central Afr.", None),
        ("central África", None),
        ("American States", None),
        ("Arab States", None),
        ("Northern M.", None),
        ("Southern Africa", None),
        ("Middle East", None),
    ],
)
def test_shortened_country_is_found_if_it_is_the_only_one(text, code):
    found = find_country(text)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("country", "is_folded"), [("Solomon Is.", False), ("Solomon Islands", True), ("SB", True), ("Aotearoa NZ", False)]
)
def test_row_with_shortened_country_is_shown(import_rows, country, is_folded):
    row = import_rows(
        ["Amani", country, "NGO", "2019", "", ""],
        heading=["Organisation", "Country", "Stakeholder group", "Since", "Contact person", "E-mail"],
    ).rows.get()
    cells = describe_import_row(row, get_shown_fields(row.source))
    assert (row.state, is_imported_as_written(row, cells)) == ("waiting", is_folded)


def test_shortened_country_is_no_word_of_a_text():
    assert find_country("Solomon Is.", accepts_codes=False) is None


@pytest.mark.parametrize("text", ["approx. mid 2024", "mid-2024", "late 2024", "début 2024", "end of 2024"])
def test_part_of_year_is_read_as_the_year_and_noted(text):
    parsed = parse_date(text)
    assert (str(parsed.partial_date), bool(parsed.note)) == ("2024", True)


@pytest.mark.parametrize("text", ["mid 24", "later 2024", "mid", "mid 2024 or 2025"])
def test_other_words_before_a_year_are_asked_about(text):
    with pytest.raises(InvalidDateError):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "suggested"), [("Feb 25", "2025-02"), ("Sept 19", "2019-09"), ("Feb 99", "1999-02"), ("Room 25", "")]
)
def test_month_with_short_year_is_suggested(text, suggested):
    with pytest.raises(InvalidDateError):
        parse_date(text)
    assert suggest_date(text, "since") == suggested


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Youth", ("civil-society",)),
        ("UN / regional", ("intergovernmental",)),
        ("University / research", ("technical-community", "civil-society")),
        ("un projet", ()),
    ],
)
def test_likely_groups_are_suggested(text, groups):
    assert find_likely_groups(text) == groups


@pytest.mark.parametrize(("text", "is_asked"), [("Academia", True), ("university", True), ("NGO", False)])
def test_group_of_universities_is_asked(text, is_asked):
    reading = RowReader({"name": "Amani", "stakeholder_group": text})
    reading.read_member_row()
    options = [problem.options for problem in reading.problems]
    assert options == ([("technical-community", "civil-society")] if is_asked else [])


def test_group_of_universities_is_asked_once(import_rows):
    brought = import_rows(["Amani", "Academia"], ["Baraka", "Academia"], heading=["Organisation", "Stakeholder group"])
    (question,) = find_import_questions(brought).columns
    assert (question.numbers, question.suggestion) == ([2, 3], "")


@pytest.mark.parametrize(
    ("status", "until"),
    [("withdrew Feb 2026", "Feb 2026"), ("LEFT (email 4.12.25)", "4.12.25"), ("member since 2019", None)],
)
def test_last_day_is_read_in_the_status(status, until):
    assert RowReader({"name": "Amani", "standing": status}).cells.get("until") == until


@pytest.mark.parametrize(
    ("row", "is_total"),
    [
        (["of which NGO / Youth", "13"], True),
        (["dont observateurs", "4"], True),
        (["dont ONG", "4"], True),
        (["dont 4 observateurs", "4"], True),
        (["Dos quais: membros", "4"], True),
        (["of which NGO / Youth", "Kenya"], False),
        (["Don't Click", "2019"], False),
        (["Don\u2019t Click", "2019"], False),
        (["Dont Panic", "2019"], False),
        (["Dos Quais", "2019"], False),
        (["Thereof Foundation", ""], False),
    ],
)
def test_part_of_a_total_is_no_member(row, is_total):
    assert bool(describe_extra_row(row, ["Organisation", "Since"], ["name", "since"])) is is_total


def test_rows_below_parts_of_a_total_are_remarks():
    rows = [["Amani", "2019"], ["Total", "39"], ["of which NGOs", "13"], ["Governments pay nothing", ""]]
    assert find_first_closing_row(rows, ["name", "since"]) == 3


def test_dotted_acronym_is_the_same_organisation(import_rows):
    brought = import_rows(["Amani Media Commission", "AMC"], ["A.M.C.", ""], heading=["Organisation", "Acronym"])
    problem = brought.rows.get(number=3).problems[0]
    assert (problem["kind"], problem["suggestion"]) == ("repeated", "row-2")


def test_people_in_one_cell_keep_their_own_addresses():
    reading = RowReader({"name": "Amani", "email": CONTACTS})
    reading.read_member_row()
    (problem,) = reading.problems
    assert (problem.field, problem.options, problem.suggestion) == (
        "email",
        ("Amina Rahal binti Omar <amina@amani.example>", "Faiz Nasser <faiz.n@amani.example>"),
        "Amina Rahal binti Omar <amina@amani.example>",
    )
    contact = RowReader({"name": "Amani", "email": problem.suggestion}).read_member_row().contact
    assert (contact.name, contact.email) == ("Amina Rahal binti Omar", "amina@amani.example")


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lopes <a@amani.example>; Dr. Ben de Souza <b@amani.example>",
        "Ana Lopes (a@amani.example), Ben O'Neill (b@amani.example)",
        "Contact: Ana Lopes a@amani.example\nDeputy: Ben Doe b@amani.example",
    ],
)
def test_people_with_addresses_are_offered_together(text):
    assert len(find_people_with_addresses(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "a@amani.example; info@amani.example",
        "Ana Lopes a@amani.example, b@amani.example",
        "Ana Lopes <a@amani.example> (no emails please); Ben Doe <b@amani.example>",
        "Ana Lopes <a@amani.example>; Ben Doe <b@amani.example> (no emails please)",
        "Please write to a@amani.example and then to b@amani.example",
        "Ana Lopes a@amani.example On Mondays write to: Ben Doe b@amani.example",
    ],
)
def test_addresses_without_names_are_asked_about_alone(text):
    reading = RowReader({"name": "Amani", "email": text})
    reading.read_member_row()
    assert [["<" in option for option in problem.options] for problem in reading.problems] == [[False, False]]


def test_row_that_will_be_skipped_has_no_other_question(import_rows):
    heading = ["Organisation", "Country", "E-mail", "Remarks"]
    brought = import_rows(
        ["Amani", "Utopia", "nobody", "asked to be removed, delete our data"], ["Baraka", "Kenya"], heading=heading
    )
    questions = find_import_questions(brought)
    assert [(question.kind, question.suggestion) for question in questions.columns] == [("look", "skip")]
    assert [problem.kind for row in questions.rows for problem in row.problems] == ["look"]
