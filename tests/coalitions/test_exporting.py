import csv
import io

import pytest
from python_calamine import load_workbook

from jukwaa.coalitions.capacities import create_capacity_from_source
from jukwaa.coalitions.directory_export import escape_formula
from tests.factories import AffiliationFactory, MembershipFactory, OrganisationFactory, PersonFactory


@pytest.fixture
def directory(coalition, organisation):
    organisation.name, organisation.country, organisation.languages = "A member", "KE", ["en", "sw"]
    organisation.save()
    guest = OrganisationFactory(coalition=coalition, name="=cmd|'/c calc'!A1", regional_group="african")
    create_capacity_from_source(coalition=coalition, name="A guest", organisation=guest)
    AffiliationFactory(organisation=organisation, person__name="@SUM(1)", may_speak=True, position="chair")
    AffiliationFactory(
        organisation=organisation,
        person=PersonFactory(name="A pupil", is_minor=True, adult_contact=PersonFactory()),
    )
    return coalition


def rows_of(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_run_is_text(text):
    assert escape_formula(text) == f"'{text}"
    assert escape_formula("ECPAT International") == "ECPAT International"


def test_everybody_takes_the_organisations_along(client, directory):
    response = client.get(f"/{directory.slug}/directory/organisations.csv")

    assert rows_of(response) == [
        ["'=cmd|'/c calc'!A1", "", "", "African Group", "Unknown", "", "", "", "", "observer"],
        ["A member", "", "Kenya", "Unknown", "Unknown", "", "en; sw", "", "2020-01-01", "member"],
    ]
    assert response.headers["Content-Disposition"] == 'attachment; filename="ours-directory.csv"'


def test_people_are_for_members_and_without_addresses_and_who_is_under_18(client, directory, member, outsider):
    url = f"/{directory.slug}/directory/people.csv"
    client.force_login(outsider)
    assert client.get(url).status_code == 403

    client.force_login(member)
    assert rows_of(client.get(url)) == [
        ["'@SUM(1)", "A member", "chair", "yes", ""],
        ["A member", "", "", "", ""],
    ]


def test_the_workbook_has_people_only_for_members(client, directory, member):
    def sheets():
        content = client.get(f"/{directory.slug}/directory/directory.xlsx").content
        book = load_workbook(io.BytesIO(content))
        return {name: len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names}

    assert sheets() == {"Organisations": 3}
    client.force_login(member)
    assert sheets() == {"Organisations": 3, "People": 3}


@pytest.mark.parametrize("count", [1, 3])
def test_a_file_costs_the_same_queries_however_long_it_is(client, coalition, count, django_assert_num_queries):
    for _number in range(count):
        AffiliationFactory(organisation=MembershipFactory(coalition=coalition).organisation)

    with django_assert_num_queries(3):
        client.get(f"/{coalition.slug}/directory/organisations.csv")


def test_file_of_people_names_nobody_under_18_to_coordinators_either(client, directory, coordinator):
    client.force_login(coordinator)
    names = [row[0] for row in rows_of(client.get(f"/{directory.slug}/directory/people.csv"))]

    assert names == ["'@SUM(1)", "The coordinator"]
