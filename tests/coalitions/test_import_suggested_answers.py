"""Answers that are chosen already on the page of questions: examples, and texts for which nothing is suggested."""

import pytest

from jukwaa.coalitions.imports.questions import find_import_questions
from jukwaa.coalitions.imports.suggested_answers import suggest_address, suggest_date, suggest_standing
from jukwaa.coalitions.models import ImportRow
from tests.factories import OrganisationFactory

HEADINGS = ["Organisation", "Country", "Contact person", "E-mail", "Status", "Remarks"]


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("founding (Nov 2023)", "2023-11"),
        ("membre fondateur (12 mars 2021)", "2021-03-12"),
        ("Fondateur 2021", "2021"),
        ("obs. since 2025", "2025"),
        ("founding member", "-"),
        ("COPIL 9/12/2025", ""),
        ("2019 or 2021", ""),
        ("12 members", ""),
        ("1/2/2021 - 2023", ""),
        ("left 2020", ""),
        ("left the group in March 2021", ""),
        ("member until 2020", ""),
        ("applied 12 March 2023", ""),
        ("expires 2027", ""),
        ("not since 2019", ""),
        ("before 2010", ""),
        ("salió en 2020", ""),
        ("member no. 12 (2019)", ""),
        ("2019?", ""),
    ],
)
def test_date_is_suggested_if_a_text_has_one(text, suggested):
    assert suggest_date(text) == suggested


@pytest.mark.parametrize(
    ("text", "suggested"),
    [("left in March 2020", ""), ("left 2020", "2020"), ("member since 2020", ""), ("founding (Nov 2023)", "")],
)
def test_last_day_is_suggested_beside_words_for_leaving_alone(text, suggested):
    assert suggest_date(text, "until") == suggested


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("OBS", "observer"),
        ("full", "member"),
        ("pending", "known"),
        ("?", ""),
        ("ex", ""),
        ("maybe", ""),
        ("member?", ""),
    ],
)
def test_status_is_suggested_for_short_forms_alone(text, suggested):
    assert suggest_standing(text) == suggested


@pytest.mark.parametrize(
    ("name", "addresses", "suggested"),
    [
        ("Ada Obi", ["ada@quillwort.example", "office@quillwort.example"], "ada@quillwort.example"),
        ("Prof. Ada Obi", ["aobi@sorrel.example", "tim@sorrel.example"], "aobi@sorrel.example"),
        ("Ada Obi", ["zora@sorrel.example", "tim@sorrel.example"], ""),
        ("Ada Obi", ["ada@sorrel.example", "a.ada@post.example"], ""),
        ("Ada Obi", ["obi@sorrel.example", "tim@sorrel.example"], "obi@sorrel.example"),
        ("Ada Obi", ["adaobi2@sorrel.example", "tim@sorrel.example"], "adaobi2@sorrel.example"),
        ("Ada Obi", ["nevada@sorrel.example", "tim@sorrel.example"], ""),
        ("Ada Obi", ["adamu@sorrel.example", "tim@sorrel.example"], ""),
        ("", ["info@sorrel.example", "office@sorrel.example"], ""),
    ],
)
def test_address_with_the_name_of_the_person_is_suggested(name, addresses, suggested):
    assert suggest_address(ImportRow(cells={"contact": name}), addresses) == suggested


def test_unknown_status_is_asked_with_the_remark_and_never_left_empty(
    import_rows, client, coordinator, build_coalition_url
):
    brought = import_rows(
        ["Quillwort", "Kenya", "", "", "member", ""],
        ["Sorrel", "Chile", "", "", "?", "no reply since May"],
        heading=HEADINGS,
    )
    client.force_login(coordinator)
    (line,) = client.get(build_coalition_url("import_questions", brought.pk)).context["column_lines"]

    assert line.control.label == "“?” in “Membership status (member, left or observer)”"
    assert line.quotes == ["row 3 (Sorrel): The row also says: “no reply since May”."]
    assert [value for value, _label in line.control.field.choices] == ["", "member", "left", "observer", "known"]


@pytest.mark.parametrize(
    ("row", "suggested"),
    [(["Sorrel", "Chile", "Ada Obi", "ada@sorrel.example", "", ""], "member"), (["(see below)", "Chile"], "")],
)
def test_rows_without_status_are_members_if_they_have_other_cells(import_rows, row, suggested):
    row = row + [""] * (len(HEADINGS) - len(row))
    brought = import_rows(["Quillwort", "Kenya", "", "", "member", ""], row, heading=HEADINGS)
    (question,) = find_import_questions(brought).columns

    assert (question.key, question.suggestion) == ("without-status", suggested)


def test_suggested_answers_are_shown_below_the_open_questions(import_rows, client, coordinator, build_coalition_url):
    brought = import_rows(
        ["Quillwort", "Congo", "Ada Obi", "ada@quillwort.example, office@quillwort.example", "member", ""],
        ["Sorrel", "Chile", "", "", "OBS", ""],
        heading=HEADINGS,
    )
    client.force_login(coordinator)
    url = build_coalition_url("import_questions", brought.pk)
    page = client.get(url)
    first, _heading, second = page.text.partition("Suggested answers")

    assert ("“Congo”" in first, "“OBS”" in first, "“OBS”" in second) == (True, False, True)
    assert [line.control.initial for line in page.context["column_lines"]] == ["", "observer"]


@pytest.mark.parametrize(
    ("first", "later", "is_suggested"),
    [
        (
            ["Quillwort Trust", "Kenya", "", "ada@quillwort.example"],
            ["Quillwort", "Kenya", "", "tim@quillwort.example"],
            True,
        ),
        (["Sorrel Kids", "R.D.", "", ""], ["Sorrel Kids, SRL", "Rep. D.", "", ""], True),
        (
            ["Quillwort Trust", "Kenya", "", "a@quillwort.example"],
            ["Quillwort", "Chile", "", "t@quillwort.example"],
            False,
        ),
        (
            ["Quillwort Trust", "Kenya", "", "a@quillwort.example"],
            ["Quillwort Trust - Lagos", "Kenya", "", "t@quillwort.example"],
            False,
        ),
    ],
)
def test_rows_about_one_organisation_are_suggested_to_be_combined(import_rows, first, later, is_suggested):
    brought = import_rows(first, later, heading=HEADINGS[:4])
    problems = [each for each in brought.rows.get(number=3).problems if each["field"] == "name"]

    assert [each["suggestion"] for each in problems] in ([["row-2"]] if is_suggested else [[], [""]])


@pytest.mark.parametrize(
    ("first", "later", "is_asked"),
    [("Wilkin de los Santos", "W. De Los Santos", True), ("Ada Obi", "Ada O.", True), ("Ada Obi", "Tim Roe", False)],
)
def test_shortened_name_without_address_is_asked_about(import_rows, first, later, is_asked):
    brought = import_rows(
        ["Quillwort", "Kenya", first, "w@quillwort.example"], ["Quillwort", "Kenya", later, ""], heading=HEADINGS[:4]
    )
    kinds = [each["kind"] for each in brought.rows.get(number=3).problems]

    assert kinds == (["repeated", "person"] if is_asked else ["repeated"])


@pytest.mark.parametrize(
    ("name", "email", "key"),
    [
        ("Prueba Prueba", "ada@quillwort.example", "person-deleted"),
        ("Ada Obi", "test@test.example", "person-deleted"),
        ("Ada Test", "ada@test.example", ""),
        ("Esther Testa", "testa@quillwort.example", ""),
        ("", "general@quillwort.example", "person-office"),
    ],
)
def test_rows_that_look_like_a_test_or_have_no_name_are_asked_about(import_rows, name, email, key):
    others = [[f"Tim Roe{letter}", f"{letter}@sorrel.example", ""] for letter in "abcd"]
    brought = import_rows(*others, [name, email, ""], heading=["Name", "Email", "Organisation"], kind="people")

    assert [question.key for question in find_import_questions(brought).columns] == ([key] if key else [])


def test_organisation_of_a_subscriber_is_suggested_if_its_name_is_shortened(import_rows, coalition):
    OrganisationFactory(coalition=coalition, name="Quillwort Filters (Pty) Ltd")
    brought = import_rows(
        ["Tim Roe", "tim@sorrel.example", "Quillwort Filters"],
        heading=["Name", "Email", "Organisation"],
        kind="people",
    )
    (question,) = find_import_questions(brought).columns

    assert question.suggestion == "Quillwort Filters (Pty) Ltd"
