import csv
import io
from datetime import date

import pytest
from django.utils import timezone
from python_calamine import load_workbook

from jukwaa.coalitions.capacities import create_capacity_from_source
from jukwaa.coalitions.directory_export import escape_formula
from jukwaa.coalitions.models import ListEntry
from tests.factories import AffiliationFactory, MembershipFactory, OrganisationFactory, PersonFactory


@pytest.fixture
def exported_directory(coalition, organisation):
    organisation.name, organisation.country, organisation.languages = "A member", "KE", ["en", "sw"]
    organisation.save()
    guest = OrganisationFactory(coalition=coalition, name="=cmd|'/c calc'!A1", regional_group="african")
    create_capacity_from_source(coalition=coalition, person_name="A guest", organisation=guest)
    AffiliationFactory(organisation=organisation, person__name="@SUM(1)", may_speak=True, position="chair")
    AffiliationFactory(
        organisation=organisation,
        person=PersonFactory(name="A pupil", is_minor=True, adult_contact=PersonFactory()),
    )
    return coalition


def read_csv_rows(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_formula_is_exported_as_text(text):
    assert escape_formula(text) == f"'{text}"
    assert escape_formula("ECPAT International") == "ECPAT International"


def test_everyone_can_export_organisations(client, exported_directory):
    response = client.get(f"/{exported_directory.slug}/directory/organisations.csv")

    assert read_csv_rows(response) == [
        ["'=cmd|'/c calc'!A1", "", "", "African Group", "Unknown", "", "", "", "", "", "not a member"],
        ["A member", "", "Kenya", "Unknown", "Unknown", "", "en; sw", "", "2020-01-01", "", "member"],
    ]
    assert response.headers["Content-Disposition"] == 'attachment; filename="ours-directory.csv"'


def test_former_member_is_exported_as_such(client, exported_directory):
    """It is named in the record, as an observer that never belonged would be."""
    gone = MembershipFactory(
        coalition=exported_directory,
        organisation__name="Z gone",
        standing="left",
        starts_on=date(2019, 1, 1),
        ends_on=date(2020, 1, 1),
    )
    create_capacity_from_source(coalition=exported_directory, person_name="A speaker", organisation=gone.organisation)
    response = client.get(f"/{exported_directory.slug}/directory/organisations.csv")

    assert [(row[0], *row[-2:]) for row in read_csv_rows(response)][-1] == ("Z gone", "2020-01-01", "former member")


def test_last_day_of_former_member_is_exported_with_known_precision(client, coalition):
    membership = MembershipFactory(
        coalition=coalition,
        organisation__name="Z gone",
        standing="left",
        starts_on=date(2019, 1, 1),
        ends_on=date(2020, 3, 1),
        ends_precision="month",
    )
    url = f"/{coalition.slug}/directory/organisations.csv"
    assert read_csv_rows(client.get(url))[-1][-2:] == ["2020-03", "former member"]

    MembershipFactory(coalition=coalition, organisation=membership.organisation, starts_on=date(2021, 1, 1))
    assert read_csv_rows(client.get(url))[-1][-3:] == ["2021-01-01", "", "member"]


def test_people_of_former_members_represent_nobody(client, coalition, member):
    gone = MembershipFactory(
        coalition=coalition, standing="left", starts_on=date(2019, 1, 1), ends_on=date(2020, 1, 1)
    ).organisation
    observing = MembershipFactory(
        coalition=coalition, organisation=OrganisationFactory(coalition=coalition), standing="observer"
    ).organisation
    for organisation, name in ((gone, "B of former"), (observing, "C of observer")):
        AffiliationFactory(organisation=organisation, person__name=name, may_speak=True)
    client.force_login(member)
    rows = read_csv_rows(client.get(f"/{coalition.slug}/directory/people.csv"))

    assert {row[0]: row[3] for row in rows} == {"A member": "", "B of former": "", "C of observer": "yes"}


def test_coordinators_export_the_addresses_and_numbers_that_their_pages_show(
    client, coalition, organisation, coordinator, member
):
    """Of people who sign in, only of those on the mailing list; of others, all that coordinators may correct."""
    now = timezone.now()
    for name, last_login in (("B new", None), ("C signs in", now), ("D on the list", now)):
        person = PersonFactory(name=name, email=f"{name[0].lower()}@example.org", last_login=last_login)
        AffiliationFactory(organisation=organisation, person=person, phone="+254 20 1")
    ListEntry.objects.create(coalition=coalition, person=person)
    url = f"/{coalition.slug}/directory/people.csv"
    client.force_login(coordinator)
    shown = {row[0]: row[-2:] for row in read_csv_rows(client.get(url))}
    client.force_login(member)
    hidden = client.get(url).content.decode()

    assert shown["B new"] == ["b@example.org", "'+254 20 1"]
    assert shown["C signs in"] == ["", "'+254 20 1"]
    assert shown["D on the list"] == ["d@example.org", "'+254 20 1"]
    assert "@example.org" not in hidden
    assert "+254" not in hidden


def test_people_export_is_for_members_without_emails_or_minors(client, exported_directory, member, outsider):
    url = f"/{exported_directory.slug}/directory/people.csv"
    client.force_login(outsider)
    assert client.get(url).status_code == 403

    client.force_login(member)
    assert read_csv_rows(client.get(url)) == [
        ["'@SUM(1)", "A member", "chair", "yes", ""],
        ["A member", "", "", "", ""],
    ]


def test_workbook_has_people_sheet_only_for_members(client, exported_directory, member):
    def read_sheet_rows():
        content = client.get(f"/{exported_directory.slug}/directory/directory.xlsx").content
        book = load_workbook(io.BytesIO(content))
        return {name: len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names}

    assert read_sheet_rows() == {"Organisations": 3}
    client.force_login(member)
    assert read_sheet_rows() == {"Organisations": 3, "People": 3}


@pytest.mark.parametrize("count", [1, 3])
def test_export_query_count_is_constant(client, coalition, count, django_assert_num_queries):
    for _number in range(count):
        AffiliationFactory(organisation=MembershipFactory(coalition=coalition).organisation)

    with django_assert_num_queries(3):
        client.get(f"/{coalition.slug}/directory/organisations.csv")


def test_people_export_omits_minors_for_coordinators(client, exported_directory, coordinator):
    client.force_login(coordinator)
    names = [row[0] for row in read_csv_rows(client.get(f"/{exported_directory.slug}/directory/people.csv"))]

    assert names == ["'@SUM(1)", "The coordinator"]
