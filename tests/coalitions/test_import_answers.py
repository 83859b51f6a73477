"""Answers to the questions of an import, the way back to an edited row, and deleting a wrong file."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.html import escape

from jukwaa.coalitions.actions import delete_import, import_ready_rows
from jukwaa.coalitions.imports.row_display import describe_import_row
from jukwaa.coalitions.models import Import
from jukwaa.places.country_search import find_country

COLUMN_HEADINGS = ["Name", "Type of actor", "Country", "Joined"]


def list_since_dates(spreadsheet_import):
    spreadsheet_import.refresh_from_db()
    return [describe_import_row(row, ["since"])[0].value for row in spreadsheet_import.rows.all()]


@pytest.fixture
def ambiguous_date_import(import_rows, client, coordinator):
    client.force_login(coordinator)
    return import_rows(["One", "", "", "03/04/2022"], ["Two", "", "", "4/3/2022"], heading=COLUMN_HEADINGS)


def find_field_names(client, build_coalition_url, spreadsheet_import):
    """Of the order of the column, and of the second row."""
    form = client.get(build_coalition_url("import_questions", spreadsheet_import.pk)).context["form"]
    return next(name for name in form.fields if name.startswith("all-date-order")), [
        name for name in form.fields if name.endswith("-since") and name.startswith("row")
    ][1]


def test_date_order_of_one_row_can_differ(ambiguous_date_import, client, build_coalition_url):
    order, second = find_field_names(client, build_coalition_url, ambiguous_date_import)
    done = client.post(
        build_coalition_url("import_questions", ambiguous_date_import.pk), {order: "day", second: "2022-04-03"}
    )

    assert (done.url, list_since_dates(ambiguous_date_import)) == (
        build_coalition_url("import_preview", ambiguous_date_import.pk),
        ["3 April 2022", "3 April 2022"],
    )


def test_answer_for_whole_file_can_be_changed(ambiguous_date_import, client, build_coalition_url):
    order, _second = find_field_names(client, build_coalition_url, ambiguous_date_import)
    url = build_coalition_url("import_questions", ambiguous_date_import.pk)
    client.post(url, {order: "day"})
    first = list_since_dates(ambiguous_date_import)
    preview = client.get(build_coalition_url("import_preview", ambiguous_date_import.pk)).text
    page = client.get(url)
    client.post(url, {order: "month"})

    assert (first, list_since_dates(ambiguous_date_import)) == (
        ["3 April 2022", "4 March 2022"],
        ["4 March 2022", "3 April 2022"],
    )
    assert f'href="{url}">Change answers</a>' in preview
    assert [(line.control.label, line.control.value()) for line in page.context["answered_lines"]] == [
        ("Day and month in “Member since”", "day")
    ]
    client.post(url, {})  # a page that was opened before has no such field
    assert list_since_dates(ambiguous_date_import) == ["4 March 2022", "3 April 2022"]


def test_preview_keeps_typed_answers(ambiguous_date_import, client, build_coalition_url):
    order, second = find_field_names(client, build_coalition_url, ambiguous_date_import)
    url = build_coalition_url("import_questions", ambiguous_date_import.pk)
    page = client.get(url).text
    done = client.post(f"{url}?then=preview", {order: "", second: "2022-04-03"})

    assert 'formaction="?then=preview"' in page
    assert done.url == build_coalition_url("import_preview", ambiguous_date_import.pk)
    assert [row.cells["since"] for row in ambiguous_date_import.rows.all()] == ["03/04/2022", "2022-04-03"]


def test_question_names_the_organisations_of_its_rows(import_rows, client, build_coalition_url, coordinator):
    brought = import_rows(
        *(["Mbalazi Watchers", "", "Congo"], ["Ours", "", "Korea"], *[[f"No {n}", "XYZ", ""] for n in range(4)]),
        heading=COLUMN_HEADINGS,
    )
    client.force_login(coordinator)
    page = client.get(build_coalition_url("import_questions", brought.pk)).text

    for rows in ("row 2 (Mbalazi Watchers)", "row 3 (Ours)", "rows 4, 5, 6, 7"):
        assert escape(rows) in page


@pytest.mark.parametrize(
    ("text", "country_code"),
    [
        ("Polska", "PL"),
        ("Rep. of Korea", "KR"),
        ("Netherlands (The)", "NL"),
        ("The Gambia", "GM"),
        ("Suomi", "FI"),
        ("The", None),
    ],
)
def test_country_is_found_by_common_spelling(text, country_code):
    found = find_country(text)

    assert (found.code if found else None) == country_code


def test_wrong_file_is_deleted_before_anything_was_imported(
    import_rows, client, build_coalition_url, coordinator, member
):
    brought = import_rows(["One"])
    client.force_login(member)
    refused = client.post(build_coalition_url("import_delete", brought.pk))
    with pytest.raises(PermissionDenied):
        delete_import(actor=member, spreadsheet_import=brought)
    client.force_login(coordinator)
    page = client.get(build_coalition_url("import_preview", brought.pk)).text
    done = client.post(build_coalition_url("import_delete", brought.pk), follow=True)

    assert (refused.status_code, build_coalition_url("import_delete", brought.pk) in page) == (404, True)
    assert "Its contents are no longer stored here." in done.text
    assert not Import.objects.exists()


def test_imported_file_is_undone_before_it_is_deleted(import_rows, client, build_coalition_url, coordinator):
    brought = import_rows(["One"])
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)
    client.force_login(coordinator)
    refused = client.post(build_coalition_url("import_delete", brought.pk), follow=True)

    assert "Undo the import first. Some of its rows are in the directory." in refused.text
    assert Import.objects.filter(pk=brought.pk).exists()


def test_skipped_row_returns_to_its_place_in_preview(import_rows, client, build_coalition_url, coordinator):
    brought = import_rows(*[[f"Helpline {number}"] for number in range(51)])
    client.force_login(coordinator)
    page = client.get(build_coalition_url("import_preview", brought.pk), {"page": 2}).text
    row = brought.rows.get(number=52)
    skip, edit = (
        build_coalition_url("import_row_leave", brought.pk, row.pk),
        build_coalition_url("import_row", brought.pk, row.pk),
    )
    place = build_coalition_url("import_preview", brought.pk) + "?page=2#row-52"

    assert ('<tr id="row-52">' in page, f'{skip}?page=2"' in page, f'{edit}?page=2"' in page) == (True, True, True)
    assert client.post(f"{edit}?page=2", {"name": "Helpline X"}).url == place
    assert client.post(f"{skip}?page=2").url == place


def test_import_that_changed_nothing_is_deleted(import_rows, client, build_coalition_url, coordinator):
    import_ready_rows(actor=coordinator, spreadsheet_import=import_rows(["One"]))
    again = import_rows(["One"])
    import_ready_rows(actor=coordinator, spreadsheet_import=again)
    client.force_login(coordinator)

    assert "Delete import" in client.get(build_coalition_url("import_preview", again.pk)).text
    client.post(build_coalition_url("import_delete", again.pk))
    assert not Import.objects.filter(pk=again.pk).exists()
