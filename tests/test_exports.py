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
from jukwaa.coalitions.directory_export import FORMULA_PREFIXES, render_csv, render_xlsx, write_csv
from jukwaa.coalitions.models import AreaOfWork
from jukwaa.library.models import Item
from tests.factories import AffiliationFactory, ItemFactory, MembershipFactory
from tests.routes import routes

HOSTILE = ["=cmd|'/c calc'!A1", "+1+1", "-1-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1+1"]
# Every address that answers with a table, by what is asked of it here.
TABLES = {
    "coalitions:export_csv": {},
    "coalitions:export_people_csv": {},
    "coalitions:representation_csv": {},
    "regions:coverage_csv": {},
    "regions:measure_csv": {"measure": "members"},
}
cells = st.one_of(st.text(max_size=8), st.integers(), st.sampled_from(HOSTILE))


def starts_formula(cell):
    return cell.startswith(FORMULA_PREFIXES) and not re.fullmatch(r"-\d+(\.\d+)?", cell)


def cells_of(data):
    return [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]


@pytest.fixture
def hostile(coalition, member):
    """A coalition in which every name that its members chose starts a formula."""
    for number, name in enumerate(HOSTILE):
        area = AreaOfWork.objects.create(
            coalition=coalition, scheme=AreaOfWork.Scheme.COALITION, position=number, name=name
        )
        tie = MembershipFactory(coalition=coalition, organisation__coalition=coalition, organisation__name=name)
        tie.organisation.areas.add(area)
        AffiliationFactory(organisation=tie.organisation, person__name=name, position=name)
        ItemFactory(coalition=coalition, title=name, author=member, published=True)
    return coalition


@pytest.mark.parametrize("name", TABLES)
def test_table_has_no_cell_that_starts_a_formula(client, hostile, member, name):
    client.force_login(member)
    answer = client.get(reverse(name, kwargs={"coalition": hostile.slug, **TABLES[name]}))
    found = cells_of(answer.content)

    assert answer.headers["Content-Type"].startswith("text/csv")
    assert len(found) > len(HOSTILE)
    assert [cell for cell in found if starts_formula(cell)] == []


def test_names_that_start_a_formula_are_in_the_tables_as_text(client, hostile, member):
    client.force_login(member)
    found = cells_of(client.get(reverse("coalitions:representation_csv", args=[hostile.slug])).content)

    assert {f"'{name}" for name in HOSTILE if name.strip() == name} <= set(found)


def test_every_address_that_ends_as_a_table_is_tried_here():
    found = {route.name for route in routes() if re.search(r"\.csv\b", str(route.pattern.pattern))}

    assert found == set(TABLES)


def test_tables_are_written_in_one_place():
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


@given(st.lists(st.lists(cells, min_size=1, max_size=4), max_size=4))
def test_no_row_that_is_written_starts_a_formula(rows):
    response = HttpResponse()
    write_csv(response, rows)
    for data in (response.content, render_csv([[str(cell) for cell in row] for row in rows])):
        assert [cell for cell in cells_of(data) if starts_formula(cell)] == []


def test_workbook_holds_text_where_a_formula_would_start():
    book = load_workbook(io.BytesIO(render_xlsx({"Table": [["Head"], *([name] for name in HOSTILE)]})))
    found = [row[0] for row in book.get_sheet_by_name("Table").to_python()[1:]]

    assert all(cell.startswith("'") for cell in found)
    assert len(found) == len(HOSTILE)


def test_index_of_the_archive_has_no_formula(client, hostile, member):
    client.force_login(member)
    asked = {"record": list(Item.objects.values_list("pk", flat=True))}
    answer = client.get(reverse("exchange:archive", args=[hostile.slug]), asked)
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        found = cells_of(archive.read("index.csv"))

    assert [cell for cell in found if starts_formula(cell)] == []
    assert any(cell.startswith("'=") for cell in found)
