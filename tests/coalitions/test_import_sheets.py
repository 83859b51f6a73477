"""Several sheets of a workbook are imported one after the other, without another upload."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jukwaa.coalitions.actions import answer_questions_of_import, import_ready_rows, map_import_columns
from jukwaa.coalitions.forms.imports import ImportColumnsForm
from jukwaa.coalitions.imports.sheets_of_upload import find_next_sheet
from jukwaa.coalitions.models import Import, Organisation
from tests.coalitions.test_import_choices import build_two_sheet_workbook, send_import_form

HEADINGS = ["Organisation", "Country", "Type", "Contact person", "E-mail"]


def build_list(*names, headings=HEADINGS):
    rows = [[name, "Kenya", "NGO", "", f"office@{name.lower()}.example"] for name in names]
    return [headings, *(row[: len(headings)] for row in rows)]


@pytest.mark.parametrize(
    ("sheets", "selected"),
    [
        ({"Members": build_list("Amani", "Baraka"), "Observers": build_list("Cheche")}, ["Members", "Observers"]),
        ({"Africa": build_list("Amani"), "Asia": build_list("Seruni"), "Europe": build_list("Lumen")}, None),
        ({"Members": build_list("Amani"), "old list": build_list("Dada")}, ["Members"]),
        ({"Members": build_list("Amani"), "Waiting list": build_list("Dada")}, ["Members"]),
        ({"Members": build_list("Amani"), "Applications 2026": build_list("Dada")}, ["Members"]),
        ({"Members": build_list("Amani"), "Former members": build_list("Dada")}, ["Members"]),
        ({"Observers + applications": build_list("Amani"), "Members": build_list("Dada")}, None),
        ({"2026": build_list("Amani", "Baraka"), "2024": build_list("amani", "Baraka", "Cheche")}, ["2026"]),
        ({"List 2024": build_list("Amani"), "List 2026": build_list("Amani", "Dada")}, ["List 2026"]),
        (
            {"Members": build_list("Amani"), "Fees": [["Organisation", "Country", "EUR"], ["Dada", "Kenya", "9"]]},
            ["Members"],
        ),
        ({"Members": build_list("Amani"), "People": [["Name", "E-mail"], ["Ana", "a@example.org"]]}, ["Members"]),
        (
            {"old": build_list("Amani"), "Waiting list": build_list("Dada")},
            ["old"],
        ),  # one of them, if there is no better
    ],
)
def test_lists_of_members_are_selected(sheets, selected):
    form = send_import_form(build_two_sheet_workbook(**sheets))
    assert (form.is_valid(), form.errors) == (False, {})
    assert form["sheet"].value() == ([*sheets] if selected is None else selected)


@pytest.fixture
def upload_workbook(client, coordinator, coalition, build_coalition_url):
    def upload(*sheets, **rows_by_sheet):
        client.force_login(coordinator)
        file = SimpleUploadedFile("members.xlsx", build_two_sheet_workbook(**rows_by_sheet))
        response = client.post(
            build_coalition_url("import_start"), {"kind": "members", "file": file, "sheet": [*sheets]}
        )
        return list(Import.objects.order_by("pk")), response

    return upload


def test_each_selected_sheet_becomes_an_import(upload_workbook):
    (first, second), response = upload_workbook(
        "Members", "Observers", Members=build_list("Amani"), Observers=build_list("Baraka"), Fees=build_list("Cheche")
    )
    assert response.url == first.get_absolute_url()
    assert [(each.sheet, each.decisions) for each in (first, second)] == [
        ("Members", {}),
        ("Observers", {"rows": {"standing": "observer"}}),
    ]
    assert [each.notes for each in (first, second)] == [["Sheets not imported: Fees."]] * 2


def test_sheet_with_headings_alone_is_named(upload_workbook):
    sheets = {"Africa": build_list("Amani"), "Asia": build_list(), "Europe": build_list("Lumen")}
    imports, response = upload_workbook("Africa", "Asia", "Europe", **sheets)
    assert (imports, response.status_code) == ([], 422)
    assert response.context["form"].errors == {
        "sheet": ["Deselect this sheet, which has no rows below its column headings: Asia"]
    }
    imports, _response = upload_workbook("Africa", "Europe", **sheets)
    assert [each.sheet for each in imports] == ["Africa", "Europe"]


def test_result_page_leads_to_next_sheet(client, upload_workbook, build_coalition_url, coordinator):
    (first, second), _response = upload_workbook(
        "Members", "Observers", Members=build_list("Amani"), Observers=build_list("Baraka")
    )
    map_import_columns(actor=coordinator, spreadsheet_import=first, column_mapping=first.mapping, all_are_adults=True)
    page = client.post(build_coalition_url("import_enter", first.pk), follow=True).content.decode()
    assert f'<a class="button" href="{second.get_absolute_url()}">Next sheet: <bdi>Observers</bdi></a>' in page

    map_import_columns(actor=coordinator, spreadsheet_import=second, column_mapping=second.mapping, all_are_adults=True)
    page = client.post(build_coalition_url("import_enter", second.pk), follow=True).content.decode()
    assert "Next sheet" not in page


def test_deleting_a_sheet_leads_to_the_next_one(client, upload_workbook, build_coalition_url):
    (first, second), _response = upload_workbook(
        "Members", "Observers", Members=build_list("Amani"), Observers=build_list("Baraka")
    )
    response = client.post(build_coalition_url("import_delete", first.pk))
    assert response.url == second.get_absolute_url()
    assert find_next_sheet(second) is None


def test_other_uploads_of_the_file_are_not_next(upload_workbook):
    upload_workbook(Members=build_list("Amani"))
    (first, second), _response = upload_workbook(Members=build_list("Amani"))
    assert [find_next_sheet(first), find_next_sheet(second)] == [None, None]


def test_columns_of_earlier_sheet_are_suggested(upload_workbook, coordinator):
    headings = ["Organisation", "Country", "Kindred", "Contact person", "Post box"]
    (first, second), _response = upload_workbook(
        *("Members", "Observers"),
        Members=build_list("Amani", headings=headings),
        Observers=build_list("Baraka", headings=["Organisation", "Nation", "Kindred", "Contact person", "E-mail"]),
    )
    map_import_columns(
        actor=coordinator,
        spreadsheet_import=first,
        column_mapping=["name", "country", "stakeholder_group", "", "email"],
        all_are_adults=True,
    )
    form = ImportColumnsForm(spreadsheet_import=second)
    assert [form[f"column{at}"].initial for at in range(5)] == ["name", "country", "stakeholder_group", "", "email"]
    assert [column.control.label for column in form.get_columns() if not column.is_recognised] == []


def test_answers_count_for_the_same_words_in_next_sheet(upload_workbook, coordinator):
    members, observers = build_list("Amani", "Baraka"), build_list("Cheche", "Dada")
    for rows in (members, observers):
        rows[1][1] = "Utopia"
    observers[2][1] = "Arcadia"
    (first, second), _response = upload_workbook("Members", "Observers", Members=members, Observers=observers)
    map_import_columns(actor=coordinator, spreadsheet_import=first, column_mapping=first.mapping, all_are_adults=True)
    answer_questions_of_import(
        actor=coordinator,
        spreadsheet_import=first,
        import_decisions={"country": {"utopia": "KE"}, "rows": {"similar": "new"}, "since": {"date-order": "day"}},
        answers_by_row={},
    )
    second = map_import_columns(
        actor=coordinator,
        spreadsheet_import=second,
        column_mapping=second.mapping,
        all_are_adults=True,
        standing="observer",
    )
    assert second.decisions == {"country": {"utopia": "KE"}, "rows": {"standing": "observer"}}
    assert [row.state for row in second.rows.all()] == ["waiting", "quarantine"]


def test_membership_status_is_asked_in_each_sheet(upload_workbook, coordinator):
    """What "ok" means among the members says nothing about a list of observers."""
    lists = {
        sheet: [
            [*HEADINGS, "Status"],
            *([name, "Kenya", "NGO", "", f"office@{name.lower()}.example", "ok"] for name in names),
        ]
        for sheet, names in (("Members", ("Amani", "Baraka")), ("Observers", ("Cheche", "Dada")))
    }
    (first, second), _response = upload_workbook("Members", "Observers", **lists)
    map_import_columns(actor=coordinator, spreadsheet_import=first, column_mapping=first.mapping, all_are_adults=True)
    answer_questions_of_import(
        actor=coordinator,
        spreadsheet_import=first,
        import_decisions={"standing": {"ok": "member"}},
        answers_by_row={},
    )
    assert {row.state for row in first.rows.all()} == {"waiting"}
    second = map_import_columns(
        actor=coordinator,
        spreadsheet_import=second,
        column_mapping=second.mapping,
        all_are_adults=True,
        standing="observer",
    )
    assert second.decisions == {"rows": {"standing": "observer"}}
    assert {row.state for row in second.rows.all()} == {"quarantine"}


def test_undo_of_a_sheet_keeps_the_others(upload_workbook, coordinator, client, build_coalition_url, coalition):
    imports, _response = upload_workbook(
        "Members", "Observers", Members=build_list("Amani"), Observers=build_list("Baraka")
    )
    for each in imports:
        map_import_columns(actor=coordinator, spreadsheet_import=each, column_mapping=each.mapping, all_are_adults=True)
        import_ready_rows(actor=coordinator, spreadsheet_import=each)
    client.post(build_coalition_url("import_undo", imports[0].pk))
    assert list(
        Organisation.objects.of(coalition).filter(name__in=["Amani", "Baraka"]).values_list("name", flat=True)
    ) == ["Baraka"]
