"""Dates as lists from many countries have them, and an unreadable one in several rows, which is asked once."""

import pytest

from jukwaa.coalitions.actions import answer_questions_of_import, import_ready_rows
from jukwaa.coalitions.imports.dates import InvalidDateError, parse_date
from jukwaa.coalitions.imports.questions import find_import_questions
from jukwaa.coalitions.models import Membership, Organisation

COLUMN_HEADINGS = ["Organisation", "Country", "Member since"]


@pytest.mark.parametrize(
    ("written_date", "partial_date"),
    [
        ("تشرين الثاني ٢٠٢٠", "2020-11"),  # Levant
        ("15 كانون الأول 2020", "2020-12-15"),
        ("ماي 2026", "2026-05"),  # Morocco
        ("غشت 2019", "2019-08"),
        ("جويلية 2018", "2018-07"),  # Tunisia, Algeria
        ("يناير ٢٠٢٣", "2023-01"),
        ("17 Agustus 2021", "2021-08-17"),
        ("3 gennaio 2020", "2020-01-03"),
        ("2021年4月", "2021-04"),
        ("2021年4月9日", "2021-04-09"),
        ("2022-08-12 (Youth Day)", "2022-08-12"),
        ("Q3 2020", "2020"),
        ("2020 T2", "2020"),
        ("9 Feb 22", "2022-02-09"),
        ("9-Feb-22", "2022-02-09"),
        ("Feb. 9, 22", "2022-02-09"),
        ("3 mars 98", "1998-03-03"),
        ("Aug-22", "2022-08"),
        ("Mar-21", "2021-03"),
        ("April '24", "2024-04"),
        ("avr. ’24", "2024-04"),
        ("2009 Nov 27", "2009-11-27"),
        ("15 Agt 2023", "2023-08-15"),
        ("3 Nopember 2020", "2020-11-03"),
        ("13/09/2564 (BE) = 2021", "2021-09-13"),
        ("13/09/2564 BE", "2021-09-13"),
        ("13/09/2021 (2564)", "2021-09-13"),
        ("พ.ศ. 2564", "2021"),
        ("2564 (2021 CE)", "2021"),
    ],
)
def test_dates_of_many_countries_are_read(written_date, partial_date):
    assert parse_date(written_date).partial_date.isoformat() == partial_date


@pytest.mark.parametrize(
    "written_date",
    [
        *("Q5 2020", "founding member", "2021年13月", "(2020)", "31/11/2020 (?)", "Aug 22", "27 November", "Aug-31"),
        *("9 Feb", "22", "13/09/2564", "2564", "12/2554 (2)", "13/09/2564 (2020)", "31 Feb 22", "2021 BE"),
    ],
)
def test_other_texts_are_no_dates(written_date):
    with pytest.raises(InvalidDateError):
        parse_date(written_date)


def test_quarter_is_noted():
    assert parse_date("Q3 2020").note == "“Q3 2020” gives only the quarter. We will record the year."


ROWS = [
    ["Quillwort", "Kenya", "founding member"],
    ["Harebell", "Ghana", "Founding Member"],
    ["Sorrel", "Chile", "31/11/2020"],
]


def test_unreadable_date_in_several_rows_is_asked_once(import_rows, coordinator):
    brought = import_rows(*ROWS, heading=COLUMN_HEADINGS)
    questions = find_import_questions(brought)
    assert [(each.column, each.kind, each.text, each.numbers) for each in questions.columns] == [
        ("since", "value", "founding member", [2, 3])
    ]
    assert [each.row.number for each in questions.rows] == [4]

    decisions = {"since": {"founding member": "2019-05-14"}}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row={}
    )
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    rows = Membership.objects.exclude(organisation=None).values_list("organisation__name", "starts_on")
    assert {name: str(day) for name, day in rows} == {"Quillwort": "2019-05-14", "Harebell": "2019-05-14"}


@pytest.mark.parametrize(("answer", "state"), [("2019", "waiting"), ("-", "waiting"), ("", "quarantine")])
def test_date_is_typed_on_the_page(import_rows, client, build_coalition_url, coordinator, answer, state):
    brought = import_rows(*ROWS[:2], heading=COLUMN_HEADINGS)
    client.force_login(coordinator)
    url = build_coalition_url("import_questions", brought.pk)
    (line,) = client.get(url).context["column_lines"]
    client.post(url, {line.control.html_name: answer})

    assert set(brought.rows.values_list("state", flat=True)) == {state}
    assert line.control.label == "Date for “founding member” in “Member since”"


def test_answer_that_is_no_date_is_refused(import_rows, client, build_coalition_url, coordinator):
    brought = import_rows(*ROWS[:2], heading=COLUMN_HEADINGS)
    client.force_login(coordinator)
    url = build_coalition_url("import_questions", brought.pk)
    (line,) = client.get(url).context["column_lines"]
    page = client.post(url, {line.control.html_name: "long ago"})

    assert "“long ago” is not a date that we can read." in page.text
    brought.refresh_from_db()
    assert brought.decisions == {}


@pytest.mark.parametrize("written", ["31/11/2020", "founding member"])
def test_hyphen_in_the_question_about_a_row_means_no_date(
    import_rows, client, build_coalition_url, coordinator, written
):
    brought = import_rows(["Sorrel", "Chile", written], heading=COLUMN_HEADINGS)
    client.force_login(coordinator)
    url = build_coalition_url("import_questions", brought.pk)
    page = client.get(url)
    ((_problem, control),) = page.context["row_lines"][0].answers
    client.post(url, {control.html_name: "-"})
    preview = client.get(build_coalition_url("import_preview", brought.pk)).text
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert "Enter a hyphen (-) if there is no date." in page.text
    assert "in the file: -" not in preview
    assert Membership.objects.get(organisation__name="Sorrel").starts_on is None


@pytest.mark.parametrize("written", ["", "long ago"])
def test_former_member_without_a_last_day_gets_no_membership(
    import_rows, client, build_coalition_url, coordinator, written
):
    """Without its last day, the membership would be a current one."""
    brought = import_rows(["Sorrel", "left", written], heading=["Organisation", "Membership status", "Member until"])
    client.force_login(coordinator)
    url = build_coalition_url("import_questions", brought.pk)
    ((_problem, control),) = client.get(url).context["row_lines"][0].answers
    client.post(url, {control.html_name: "-"})
    preview = client.get(build_coalition_url("import_preview", brought.pk)).text
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert "without a membership, because its last day as a member is unknown." in preview
    assert Organisation.objects.filter(name="Sorrel").exists()
    assert not Membership.objects.filter(organisation__name="Sorrel").exists()


def test_last_day_that_is_unknown_in_several_rows_gives_no_membership(import_rows, coordinator):
    brought = import_rows(
        *([name, "left", "long ago"] for name in ("Sorrel", "Yarrow")),
        heading=["Organisation", "Membership status", "Member until"],
    )
    decisions = {"until": {"long ago": "-"}}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row={}
    )
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    assert set(brought.rows.values_list("state", flat=True)) == {"entered"}
    assert not Membership.objects.filter(organisation__name__in=["Sorrel", "Yarrow"]).exists()


def test_number_of_5000_digits_is_no_date():
    with pytest.raises(InvalidDateError, match="is not a date that we can read"):
        parse_date("9" * 5000)
