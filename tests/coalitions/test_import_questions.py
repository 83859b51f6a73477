"""Questions of an import: whole columns decided at once, doubtful rows in one table, duplicates before anything."""

import pytest

from jukwaa.coalitions.actions import RowAnswers, answer_questions_of_import, correct_import_row, import_ready_rows
from jukwaa.coalitions.imports.questions import find_import_questions
from jukwaa.coalitions.imports.row_display import describe_import_row
from jukwaa.coalitions.imports.row_names import OrganisationNamesInFile
from jukwaa.coalitions.models import ImportRow, Membership, Organisation
from tests.factories import OrganisationFactory

COLUMN_HEADINGS = ["Name", "Type of actor", "Country", "Joined"]
EMAIL_COLUMN_HEADINGS = ["Name", "Contact person", "E-mail"]


def list_row_states(spreadsheet_import):
    return list(spreadsheet_import.rows.order_by("number").values_list("state", flat=True))


@pytest.fixture
def answer_import_questions(coordinator):
    def answer_with_decisions(brought, decisions=None, **answers):
        rows = {row.number: row.pk for row in brought.rows.all()}
        given = {rows[int(name.removeprefix("row"))]: found for name, found in answers.items()}
        answer_questions_of_import(
            actor=coordinator, spreadsheet_import=brought, import_decisions=decisions or {}, answers_by_row=given
        )
        brought.refresh_from_db()
        return list_row_states(brought)

    return answer_with_decisions


def test_one_decision_applies_to_whole_column(import_rows, answer_import_questions):
    rows = [
        ["One", "INGO", "Kenya", "03/04/2013"],
        ["Two", "ingo", "Congo", "05/06/2014"],
        ["Three", "INGO", "Korea", ""],
    ]
    brought = import_rows(*rows, heading=COLUMN_HEADINGS)
    questions = find_import_questions(brought)
    assert [(each.column, each.key, each.options, each.numbers) for each in questions.columns] == [
        ("stakeholder_group", "ingo", (), [2, 3, 4]),
        ("since", "date-order", (), [2, 3]),
        ("country", "congo", ("CG", "CD"), [3]),
        ("country", "korea", ("KR", "KP"), [4]),
    ]
    assert [[problem.field for problem in each.problems] for each in questions.rows] == [["since"], ["since"]]

    states = answer_import_questions(
        brought,
        {
            "stakeholder_group": {"ingo": "civil-society"},
            "since": {"date-order": "day"},
            "country": {"congo": "CD", "korea": "KR"},
        },
    )

    assert states == ["waiting"] * 3
    cells = [
        [cell.value for cell in describe_import_row(row, ["country", "stakeholder_group", "since"])]
        for row in brought.rows.all()
    ]
    assert cells == [
        ["Kenya", "Civil society", "3 April 2013"],
        ["Congo - Kinshasa", "Civil society", "5 June 2014"],
        ["South Korea", "Civil society", ""],
    ]


@pytest.mark.parametrize(
    ("other_date", "suggested_order"), [("27/11/2010", "day"), ("11/27/2010", "month"), ("2010-11-27", "")]
)
def test_order_of_dates_is_suggested_by_the_column(
    import_rows, client, build_coalition_url, coordinator, other_date, suggested_order
):
    brought = import_rows(["One", "", "", "03/04/2013"], ["Two", "", "", other_date], heading=COLUMN_HEADINGS)
    client.force_login(coordinator)
    (line,) = client.get(build_coalition_url("import_questions", brought.pk)).context["column_lines"]

    assert line.control.value() == suggested_order


def test_preview_shows_what_each_value_becomes(import_rows, client, build_coalition_url, coordinator):
    brought = import_rows(["One", "ONG", "UK", "2009"], heading=COLUMN_HEADINGS)
    client.force_login(coordinator)
    page = client.get(build_coalition_url("import_preview", brought.pk)).text

    assert "United Kingdom</bdi>" in page
    assert "in the file: UK" in page
    assert "2009</bdi>" in page


def test_year_only_date_keeps_year_precision(import_rows, client, build_coalition_url, coordinator):
    brought = import_rows(["One", "", "", "2009"], ["Two", "", "", "Nov 2012"], heading=COLUMN_HEADINGS)
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    client.force_login(coordinator)

    memberships = Membership.objects.exclude(organisation=None).order_by("organisation__name")
    assert [str(membership.since) for membership in memberships] == ["2009", "November 2012"]
    page = client.get(memberships[0].organisation.get_absolute_url()).text
    assert "since 2009" in page
    assert "1 January 2009" not in page
    assert "since 2009" in client.get(build_coalition_url("directory")).text
    export = client.get(build_coalition_url("export_csv")).content.decode("utf-8-sig")
    assert [line.split(",")[8] for line in export.splitlines()[1:]] == ['"2009"', '"2012-11"']


def test_doubtful_rows_are_answered_in_one_form(import_rows, client, build_coalition_url, coordinator):
    rows = [
        ["One", "A. Wanjiru", "a@example.org; b@example.org"],
        ["", "Luc", "luc@example.org"],
        ["Three", "", "three at example"],
        ["Four", "X" * 200, ""],
    ]
    brought = import_rows(*rows, heading=EMAIL_COLUMN_HEADINGS)
    assert [row.reason for row in brought.rows.all()] == [
        "“a@example.org; b@example.org” has 2 email addresses. Choose one.",
        "Enter the name of the organisation. This row has no name.",
        "“three at example” is not an email address. Enter an address in the format name@example.org.",
        f"“{'X' * 40}…” has more than 120 characters. Shorten it.",
    ]
    one, two, three, four = brought.rows.values_list("pk", flat=True)
    client.force_login(coordinator)
    page = client.get(build_coalition_url("import_questions", brought.pk))
    assert page.status_code == 200

    sent = {
        f"row{one}-email": "b@example.org",
        f"row{two}-name": "Two",
        f"row{three}-email": "",
        f"row{four}-contact": "Still " + "X" * 200,
    }
    saved = client.post(build_coalition_url("import_questions", brought.pk), sent, follow=True)

    assert "Answers saved. 1 row still needs an answer." in saved.text
    assert list_row_states(brought) == ["waiting", "waiting", "waiting", "quarantine"]
    assert brought.rows.get(pk=one).cells["email"] == "b@example.org"
    assert brought.rows.get(pk=four).cells["contact"] == "Still " + "X" * 200  # what was typed is kept
    done = client.post(build_coalition_url("import_questions", brought.pk), {f"row{four}-skip": "on"})
    assert done.url == build_coalition_url("import_preview", brought.pk)
    assert list_row_states(brought)[3] == "left-out"


@pytest.mark.parametrize(
    ("first_name_and_address", "second_name_and_address", "is_certain"),
    [
        (("Internet Watch Foundation (IWF)", ""), ("iwf", ""), True),
        (("iwf", ""), ("Internet Watch Foundation", "IWF"), True),
        (("Internet Watch Foundation", ""), ("INTERNET WATCH FOUNDATION (IWF)", ""), True),
        (("Family Online Safety Inst.", ""), ("Family Online Safety Institute", ""), True),
        (("Internet Watch Foundation", ""), ("IWF", ""), False),
        (("Internet Watch Foundation", ""), ("Internet Watch Foundaton", ""), False),
        (("Safer Internet Centre (Kenya)", ""), ("Safer Internet Centre (Ghana)", ""), None),
        (("Child Helpline Kenya", ""), ("Child Helpline Ghana", ""), None),
    ],
)
def test_rows_about_one_organisation_are_found(first_name_and_address, second_name_and_address, is_certain):
    rows = [
        ImportRow(number=number, cells={"name": name, "acronym": acronym})
        for number, (name, acronym) in enumerate([first_name_and_address, second_name_and_address], start=2)
    ]
    names = OrganisationNamesInFile(rows)
    names.add(rows[0])
    found = names.find_earlier_row(rows[1])

    assert (found and (found.number, found.is_certain)) == (None if is_certain is None else (2, is_certain))


def test_combined_rows_add_one_organisation(import_rows, answer_import_questions, coordinator):
    heading = ["Name", "Country", "Website", "Joined", "E-mail"]
    rows = [
        ["Internet Watch Foundation (IWF)", "UK", "", "2009", "one@iwf.example"],
        ["iwf", "", "iwf.example", "", "two@iwf.example"],
        ["Helpline", "Kenya", "", "", ""],
        ["HELPLINE", "Uganda", "", "", ""],
    ]
    brought = import_rows(*rows, heading=heading)
    assert list_row_states(brought) == ["waiting", "quarantine", "waiting", "quarantine"]
    assert not Organisation.objects.exists()
    (question,) = find_import_questions(brought).columns
    assert (question.column, question.key, question.numbers) == ("rows", "repeated", [3, 5])

    assert (
        answer_import_questions(brought, row5=RowAnswers(same="new"))[3] == "quarantine"
    )  # the directory has a name once
    assert answer_import_questions(brought, {"rows": {"repeated": "combine"}}, row5=RowAnswers(skip=True)) == [
        *("waiting", "waiting", "waiting", "left-out")
    ]
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert list(Organisation.objects.values_list("name", "country", "website")) == [
        ("Helpline", "KE", ""),
        ("Internet Watch Foundation", "GB", "https://iwf.example"),
    ]
    combined = Organisation.objects.get(country="GB")
    assert combined.memberships.count() == 1
    assert sorted(combined.affiliations.values_list("person__email", flat=True)) == [
        "one@iwf.example",
        "two@iwf.example",
    ]


def test_corrected_name_is_matched_again(import_rows, answer_import_questions, coordinator):
    brought = import_rows(["Helpline One"], ["helpline one"], ["Helpline Three"])
    assert answer_import_questions(brought, row3=RowAnswers(same="row-2")) == ["waiting"] * 3

    correct_import_row(
        actor=coordinator, import_row=brought.rows.get(number=3), cells_by_field={"name": "Helpline Two"}
    )
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert set(Organisation.objects.values_list("name", flat=True)) == {
        "Helpline One",
        "Helpline Two",
        "Helpline Three",
    }


def test_combined_row_imported_later_gets_the_organisation(import_rows, answer_import_questions, coordinator):
    brought = import_rows(["Helpline One"], ["helpline one", "", "Uganda"])
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    answer_import_questions(brought, row3=RowAnswers(same="row-2"))
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert Organisation.objects.get().country == "UG"
    assert set(brought.rows.values_list("state", "organisation")) == {("entered", Organisation.objects.get().pk)}


def test_other_country_makes_acronym_doubtful(import_rows, coalition):
    OrganisationFactory(coalition=coalition, name="Internet Providers of Austria", acronym="ISPA", country="AT")
    first = import_rows(["ISPA", "", "Italy", ""], heading=COLUMN_HEADINGS).rows.get()
    second = import_rows(["ISPA", "", "Austria", ""], heading=COLUMN_HEADINGS).rows.get()

    assert (first.state, first.problems[0]["kind"]) == ("quarantine", "same")
    assert (second.state, second.organisation.name) == ("waiting", "Internet Providers of Austria")


def test_only_coordinators_answer_import_questions(import_rows, client, build_coalition_url, member):
    brought = import_rows(["One", "INGO", "", ""], heading=COLUMN_HEADINGS)
    client.force_login(member)

    assert client.get(build_coalition_url("import_questions", brought.pk)).status_code == 404
    assert client.post(build_coalition_url("import_questions", brought.pk)).status_code == 404
    assert list_row_states(brought) == ["quarantine"]


@pytest.mark.parametrize("row_count", [1, 3])
def test_questions_query_count_is_constant(
    import_rows, client, build_coalition_url, coordinator, row_count, django_assert_num_queries
):
    brought = import_rows(
        *[[f"Helpline number {number}", "INGO", "", "soon"] for number in range(row_count)], heading=COLUMN_HEADINGS
    )
    client.force_login(coordinator)

    with django_assert_num_queries(6):
        client.get(build_coalition_url("import_questions", brought.pk))


@pytest.mark.parametrize("organisation_name", ["Internet Watch Foundation (IWF)", "iwf", "INTERNET WATCH FOUNDATION"])
def test_organisation_of_directory_is_found_by_brackets_and_acronym(import_rows, coalition, organisation_name):
    there = OrganisationFactory(coalition=coalition, name="Internet Watch Foundation", acronym="IWF", country="GB")
    row = import_rows([organisation_name, "", "UK", ""], heading=COLUMN_HEADINGS).rows.get()

    assert (row.state, row.organisation) == ("waiting", there)
