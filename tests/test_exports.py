"""No cell of any table that leaves can start a formula in the program that opens it."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook

import jukwaa
from jukwaa.coalitions.directory_export import (
    FORMULA_CELL_PREFIXES,
    render_csv_bytes,
    render_xlsx_bytes,
    write_csv_rows,
)
from jukwaa.coalitions.models import AreaOfWork
from jukwaa.library.models import Item
from tests.factories import AffiliationFactory, ItemFactory, MembershipFactory
from tests.routes import list_routes

FORMULA_NAMES = ["=cmd|'/c calc'!A1", "+1+1", "-1-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1+1"]
# Every address that answers with a table, by what is asked of it here.
TABLE_URLS = {
    "coalitions:export_csv": {},
    "coalitions:export_people_csv": {},
    "coalitions:representation_csv": {},
    "regions:coverage_csv": {},
    "regions:measure_csv": {"measure": "members"},
}
cell_strategy = st.one_of(st.text(max_size=8), st.integers(), st.sampled_from(FORMULA_NAMES))


def is_formula_cell(cell_value):
    return cell_value.startswith(FORMULA_CELL_PREFIXES) and not re.fullmatch(r"-\d+(\.\d+)?", cell_value)


def list_workbook_cells(file_content):
    return [cell for row in csv.reader(io.StringIO(file_content.decode("utf-8-sig"), newline="")) for cell in row]


@pytest.fixture
def person_with_formula_name(coalition, member):
    """A coalition in which every name that its members chose starts a formula."""
    for number, name in enumerate(FORMULA_NAMES):
        area = AreaOfWork.objects.create(
            coalition=coalition, scheme=AreaOfWork.Scheme.COALITION, position=number, name=name
        )
        tie = MembershipFactory(coalition=coalition, organisation__coalition=coalition, organisation__name=name)
        tie.organisation.areas.add(area)
        AffiliationFactory(organisation=tie.organisation, person__name=name, position=name)
        ItemFactory(coalition=coalition, title=name, author=member, published=True)
    return coalition


@pytest.mark.parametrize("table_name", TABLE_URLS)
def test_table_export_has_no_formula_cell(client, person_with_formula_name, member, table_name):
    client.force_login(member)
    answer = client.get(
        reverse(table_name, kwargs={"coalition": person_with_formula_name.slug, **TABLE_URLS[table_name]})
    )
    found = list_workbook_cells(answer.content)

    assert answer.headers["Content-Type"].startswith("text/csv")
    assert len(found) > len(FORMULA_NAMES)
    assert [cell for cell in found if is_formula_cell(cell)] == []


def test_formula_like_names_are_exported_as_text(client, person_with_formula_name, member):
    client.force_login(member)
    found = list_workbook_cells(
        client.get(reverse("coalitions:representation_csv", args=[person_with_formula_name.slug])).content
    )

    assert {f"'{name}" for name in FORMULA_NAMES if name.strip() == name} <= set(found)


def test_every_table_export_url_is_tested():
    found = {route.name for route in list_routes() if re.search(r"\.csv\b", str(route.pattern.pattern))}

    assert found == set(TABLE_URLS)


def test_csv_and_workbooks_are_written_by_one_module():
    """So lists, archives, national plans and the matrix, whose addresses end in any format, are covered by its laws."""
    package = Path(jukwaa.__file__).parent
    writers = {
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if re.search(
            r"csv\.(writer|DictWriter)|^\s*(import|from) (xlsxwriter|openpyxl)", path.read_text(), re.MULTILINE
        )
    }

    assert writers == {"coalitions/directory_export.py"}


@given(st.lists(st.lists(cell_strategy, min_size=1, max_size=4), max_size=4))
def test_written_csv_row_has_no_formula(exported_rows):
    response = HttpResponse()
    write_csv_rows(response, exported_rows)
    for data in (response.content, render_csv_bytes([[str(cell) for cell in row] for row in exported_rows])):
        assert [cell for cell in list_workbook_cells(data) if is_formula_cell(cell)] == []


def test_workbook_stores_formula_like_text_as_text():
    book = load_workbook(io.BytesIO(render_xlsx_bytes({"Table": [["Head"], *([name] for name in FORMULA_NAMES)]})))
    found = [row[0] for row in book.get_sheet_by_name("Table").to_python()[1:]]

    assert all(cell.startswith("'") for cell in found)
    assert len(found) == len(FORMULA_NAMES)


def test_archive_index_has_no_formula(client, person_with_formula_name, member):
    client.force_login(member)
    asked = {"record": list(Item.objects.values_list("pk", flat=True))}
    answer = client.get(reverse("exchange:archive", args=[person_with_formula_name.slug]), asked)
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        found = list_workbook_cells(archive.read("index.csv"))

    assert [cell for cell in found if is_formula_cell(cell)] == []
    assert any(cell.startswith("'=") for cell in found)
