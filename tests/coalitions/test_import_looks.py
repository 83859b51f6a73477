"""Rows that are struck through or coloured, and what a sheet is called: no former member becomes a member unasked."""

import io
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from jukwaa.coalitions.actions import (
    RowAnswers,
    answer_questions_of_import,
    create_import,
    import_ready_rows,
    map_import_columns,
)
from jukwaa.coalitions.forms.imports import score_sheet_rows
from jukwaa.coalitions.imports.file_notes import describe_other_sheets
from jukwaa.coalitions.imports.questions import find_import_questions
from jukwaa.coalitions.imports.sheet_standing import suggest_sheet_standing
from jukwaa.coalitions.models import Import, Membership, Organisation
from jukwaa.core.documents.incoming import ImportedTable, read_table_file

COLUMN_HEADINGS = ["Organisation", "Country", "Member since", "Remarks"]
ROWS = [
    ["Quillwort", "Kenya", "2017", ""],
    ["Thistledown", "Ghana", "2018", "left in 2021"],
    ["Harebell", "Fiji", "2019", ""],
    ["Sorrel", "Chile", "2026", "to be decided in January"],
    ["Bryony", "Peru", "2020", ""],
    ["Tansy", "Nepal", "2020", ""],
    ["Yarrow", "Japan", "2020", ""],
    ["Vervain", "India", "2020", ""],
]
COLOURS = {0: "#BDD7EE", 1: "#F4B0B0", 3: "#F8CBAD"}
LEGEND = [("blue = steering group", "#BDD7EE"), ("red = left", "#F4B0B0"), ("orange = application", "#F8CBAD")]


def build_coloured_workbook():
    """Thistledown is red and struck through, Sorrel is orange, Quillwort is blue; a legend says what that means."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Members")
        sheet.write("A1", "Master list, do not sort")
        for column, (text, colour) in enumerate(LEGEND, start=1):
            sheet.write(1, column, text, book.add_format({"bg_color": colour}))
        sheet.write_row("A4", COLUMN_HEADINGS)
        for place, row in enumerate(ROWS):
            look = {"font_strikeout": place == 1} | ({"bg_color": COLOURS[place]} if place in COLOURS else {})
            sheet.write_row(place + 4, 0, row, book.add_format(look))
        observers = book.add_worksheet("Observers")
        observers.write_row("A1", ["Organisation", "Country", "Observer from"])
        observers.write_row("A2", ["Meadowsweet", "Ireland", "2022"])
        observers.write_row("A3", ["Foxglove", "Norway", "2023"])
        observers.write("A5", "7 observers")
    return stream.getvalue()


def test_person_who_is_struck_through_beside_another_is_left_out():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet, struck, bold = (
            book.add_worksheet(),
            book.add_format({"font_strikeout": True}),
            book.add_format({"bold": 1}),
        )
        sheet.write_row("B2", ["Organisation", "Contact"])
        sheet.write_row("B3", ["Quillwort", "Cleo Ray"])
        sheet.write("B4", "Harebell")
        sheet.write_rich_string("C4", struck, "Ana Lopes", "\nBen Roe")
        sheet.write("B5", "Sorrel")
        sheet.write_rich_string("C5", bold, "Dan ", "Poe")

    table = read_table_file(stream.getvalue(), "members.xlsx", score_rows=score_sheet_rows)

    assert [row[1] for row in table.rows] == ["Contact", "Cleo Ray", "Ben Roe", "Dan Poe"]


@pytest.fixture
def import_sheet(coalition, coordinator):
    def import_named_sheet(sheet):
        table = read_table_file(
            build_coloured_workbook(), "members.xlsx", score_rows=score_sheet_rows, sheet_name=sheet
        )
        brought = create_import(
            actor=coordinator,
            coalition=coalition,
            import_kind="members",
            file_name="members.xlsx",
            imported_table=table,
        )
        standing = brought.decisions.get("rows", {}).get("standing", "")
        return map_import_columns(
            actor=coordinator, spreadsheet_import=brought, column_mapping=brought.mapping, standing=standing
        )

    return import_named_sheet


def list_membership_standings():
    rows = Membership.objects.exclude(organisation=None).order_by("organisation__name")
    return list(rows.values_list("organisation__name", "standing"))


def test_strikethrough_and_coloured_rows_are_recognised():
    looks = read_table_file(build_coloured_workbook(), "members.xlsx", sheet_name="Members").looks

    assert looks.struck == (6,)
    assert looks.colours == {"blue": [5], "red": [6], "orange": [8]}
    assert looks.legend == ((2, 1, "blue"), (2, 2, "red"), (2, 3, "orange"))


def test_strikethrough_rows_and_applications_are_asked_about(import_sheet):
    brought = import_sheet("Members")

    assert brought.notes[1:4] == [
        "Text above the column headings: “Master list, do not sort”.",
        "Row 6 is struck through in the spreadsheet.",
        (
            "Colours are not imported. Rows with a different background colour: blue (“blue = steering group”): 5; red"
            " (“red = left”): 6; orange (“orange = application”): 8."
        ),
    ]
    assert {row.number: row.reason for row in brought.rows.exclude(reason="")} == {
        6: "This row is struck through in the spreadsheet. Choose whether to import it, and how. The row also says:"
        " “left in 2021”.",
        8: "This row has a different background colour: orange (“orange = application”). Choose whether to import it,"
        " and how. The row also says: “to be decided in January”.",
    }
    questions = find_import_questions(brought)
    assert [(each.kind, each.key, each.numbers) for each in questions.columns] == [
        ("look", "struck", [6]),
        ("look", "colour-orange", [8]),
    ]
    assert brought.rows.get(number=5).notes == [
        "Background in the spreadsheet: blue (“blue = steering group”).",
    ]


@pytest.mark.parametrize(
    ("struck", "expected"),
    [
        ("skip", None),
        ("member", "active"),
        ("observer", "observer"),
        ("known", ""),
    ],
)
def test_answer_about_strikethrough_rows_applies_to_all(import_sheet, coordinator, struck, expected):
    brought = import_sheet("Members")
    decisions = {"rows": {"struck": struck, "colour-orange": "known"}}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row={}
    )
    brought.refresh_from_db()
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    standings = dict(list_membership_standings())
    there = Organisation.objects.filter(name="Thistledown").exists()
    assert (standings.get("Thistledown", "") if there else None) == expected
    assert Organisation.objects.filter(name="Sorrel").exists()
    assert "Sorrel" not in standings


def test_last_day_in_the_remark_can_be_corrected_in_the_row(import_sheet, coordinator):
    brought = import_sheet("Members")
    row = brought.rows.get(number=6)

    def answer(**answers):
        answer_questions_of_import(
            actor=coordinator,
            spreadsheet_import=brought,
            import_decisions={},
            answers_by_row={row.pk: RowAnswers(**answers)},
        )
        row.refresh_from_db()
        return row.reason

    assert answer(look="left") == ""
    assert answer(cells={"until": "2022"}) == ""
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    membership = Membership.objects.get(organisation__name="Thistledown")
    assert (membership.standing, str(membership.since), membership.ends_on) == ("left", "2018", date(2022, 1, 1))


def test_questions_page_asks_about_strikethrough_rows(import_sheet, client, build_coalition_url, coordinator):
    brought = import_sheet("Members")
    client.force_login(coordinator)
    url = build_coalition_url("import_questions", brought.pk)
    shown = client.get(url)
    lines = sorted(shown.context["column_lines"], key=lambda line: line.control.label)
    assert [line.control.label for line in lines] == [
        "Rows that are struck through in the spreadsheet",
        "Rows with this background in the spreadsheet: orange (“orange = application”)",
    ]
    assert [label for _value, label in lines[0].control.field.choices] == [
        "Answer row by row",
        "Do not import",
        "Import as a member",
        "Import as a former member",
        "Import as an observer",
        "Import without a membership",
    ]

    client.post(url, {lines[0].control.name: "skip", lines[1].control.name: "known"})

    brought.refresh_from_db()
    assert brought.decisions == {"rows": {"struck": "skip", "colour-orange": "known"}}
    assert {row.number: row.state for row in brought.rows.filter(number__in=[6, 8])} == {6: "left-out", 8: "waiting"}
    changed = client.get(url)
    (line,) = (each for each in changed.context["answered_lines"] if "orange" in each.control.label)
    assert line.control.value() == "known"


def test_alternating_row_colours_are_ignored(coalition, coordinator):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Members")
        sheet.write_row("A1", COLUMN_HEADINGS)
        stripe = book.add_format({"bg_color": "#DDEBF7"})
        for place, row in enumerate(ROWS):
            sheet.write_row(place + 1, 0, row, stripe if place % 2 else None)
    table = read_table_file(stream.getvalue(), "members.xlsx")
    brought = create_import(
        actor=coordinator, coalition=coalition, import_kind="members", file_name="members.xlsx", imported_table=table
    )

    assert brought.row_looks == {}


def test_observer_sheet_is_imported_as_observers(import_sheet, coordinator):
    brought = import_sheet("Observers")

    assert brought.decisions == {"rows": {"standing": "observer"}}
    assert [(row.number, row.state) for row in brought.rows.all()] == [(2, "waiting"), (3, "waiting"), (5, "left-out")]
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    assert list_membership_standings() == [("Foxglove", "observer"), ("Meadowsweet", "observer")]
    years = Membership.objects.observers_in_force().order_by("starts_on").values_list("starts_on__year", flat=True)
    assert list(years) == [2022, 2023]


def test_status_of_the_sheet_is_chosen_with_the_columns(client, build_coalition_url, coalition, coordinator):
    client.force_login(coordinator)
    file = SimpleUploadedFile("members.xlsx", build_coloured_workbook())
    url = client.post(build_coalition_url("import_start"), {"kind": "members", "file": file, "sheet": "Observers"}).url
    page = client.get(url)
    form = page.context["form"]
    assert form["standing"].value() == "observer"
    assert (
        "We have chosen this status from the name or the headings of the list. Check that it is correct." in page.text
    )
    columns = {field.name: field.value() for field in form if field.name.startswith("column")}

    client.post(url, columns | {"standing": "left"})

    brought = Import.objects.get()
    assert brought.decisions == {"rows": {"standing": "left"}}
    assert brought.rows.get(number=2).reason == (
        "Enter the last day under “Member until”. The row says that the member has left, but not when."
    )


@pytest.mark.parametrize(
    ("sheet", "titles", "headings", "expected"),
    [
        ("Observers", [], [], "observer"),
        ("Feuil1", ["Liste des observateurs"], [], "observer"),
        ("Sheet1", [], ["Organisation", "Observer from"], "observer"),
        ("left + old", [], [], "left"),
        ("Anciens membres", [], [], "left"),
        ("Members and observers", [], [], ""),
        ("Members 26", ["red = left"], ["Observer"], ""),
        ("Sheet1", ["Please write to us if an observer becomes a member"], ["Organisation"], ""),
    ],
)
def test_status_is_suggested_by_name_title_or_heading(sheet, titles, headings, expected):
    assert suggest_sheet_standing(sheet, titles, headings) == expected


def test_notes_name_other_and_imported_sheets(import_sheet, coordinator):
    first = import_sheet("Members")
    import_ready_rows(actor=coordinator, spreadsheet_import=first)
    second = import_sheet("Observers")

    assert first.notes[-1:] == ["Sheets not imported: Observers."]
    assert second.notes[-1:] == ["Sheets already imported: Members."]


def test_notes_name_hidden_sheets(coalition):
    table = ImportedTable([["Name"]], ("Old",), sheet="Members", hidden_sheets=("Old",))

    assert [*describe_other_sheets(coalition, table, "members.xlsx")] == ["Sheets not imported: Old."]
    chosen = ImportedTable([["Name"]], ("Members",), sheet="Old", hidden_sheets=("Old",))
    assert next(describe_other_sheets(coalition, chosen, "members.xlsx")) == "This sheet is hidden in the spreadsheet."


def test_repeated_list_shows_date_of_earlier_import(coalition, coordinator):
    def import_table(name, rows):
        table = ImportedTable([COLUMN_HEADINGS, *rows])
        return create_import(
            actor=coordinator, coalition=coalition, import_kind="members", file_name=name, imported_table=table
        )

    first = import_table("members.csv", ROWS)
    map_import_columns(actor=coordinator, spreadsheet_import=first, column_mapping=first.mapping)
    assert import_table("copy.csv", ROWS).notes == []
    import_ready_rows(actor=coordinator, spreadsheet_import=first)
    first.at = first.at.replace(year=2009, month=11, day=27)
    first.save(update_fields=["at"])

    assert import_table("copy.csv", ROWS).notes == [
        (
            "This list has already been imported: “members.csv”, 27 November 2009. Check whether you need to import it"
            " again."
        )
    ]
    assert import_table("members.csv", ROWS[1:]).notes == []
