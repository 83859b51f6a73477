from datetime import date

import pytest
from django.urls import reverse

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.coalitions.representation import build_representation_tables
from tests.factories import MembershipFactory, PersonFactory


@pytest.fixture
def create_member_organisation(coalition):
    def create_one_member(country="", region="unknown", group="civil-society", **dates):
        row = MembershipFactory(
            coalition=coalition,
            organisation__country=country,
            organisation__regional_group=region,
            organisation__stakeholder_group=group,
            **dates,
        )
        return row.organisation

    return create_one_member


def get_group_counts(counts):
    return {row.value: row.number for row in counts if row.number}


def test_members_are_counted_by_region_group_country_and_area(coalition, create_member_organisation):
    area = AreaOfWork.objects.create(coalition=coalition, name="Policy")
    create_member_organisation("MU", "african").areas.add(area)
    create_member_organisation("KE", "african", "government")
    create_member_organisation()
    shown = build_representation_tables(coalition)

    assert get_group_counts(shown.by_region) == {"african": 2, "unknown": 1}
    assert get_group_counts(shown.by_stakeholder) == {"civil-society": 2, "government": 1}
    assert shown.by_country == {"MU": 1, "KE": 1}
    assert (shown.without_country, get_group_counts(shown.by_area)) == (1, {area.pk: 1})


def test_only_members_of_that_day_are_counted(coalition, create_member_organisation):
    create_member_organisation(starts_on=date(2009, 11, 1))
    create_member_organisation(starts_on=date(2013, 10, 24))
    create_member_organisation(starts_on=date(2009, 11, 1), ends_on=date(2011, 1, 1), standing="left")

    assert [
        build_representation_tables(coalition, date(year, 6, 1)).organisations for year in (2008, 2010, 2012, 2014)
    ] == [
        0,
        2,
        1,
        2,
    ]
    assert [(y.year, y.number) for y in build_representation_tables(coalition, date(2014, 6, 1)).years] == [
        (2009, 2),
        (2010, 2),
        (2011, 1),
        (2012, 1),
        (2013, 2),
        (2014, 2),
    ]


def test_individual_members_are_not_counted_by_country(client, coalition):
    for _ in range(3):
        MembershipFactory(coalition=coalition, organisation=None, person=PersonFactory(), country="MU")

    page = client.get(reverse("coalitions:representation", args=["ours"])).text

    assert "fewer than 5" in page
    assert "Mauritius" not in page


def test_exported_tables_contain_no_names(client, coalition, create_member_organisation):
    create_member_organisation("MU", "african")

    rows = client.get(reverse("coalitions:representation_csv", args=["ours"])).text.splitlines()

    assert rows[0] == "counted,value,member organisations,on"
    assert [row.rsplit(",", 1)[0] for row in rows if "MU" in row or "African" in row] == [
        "regional group,African Group,1",
        "country,MU,1",
    ]


@pytest.mark.parametrize("invalid_date", ["2009-13-45", "tomorrow", "'; drop", "9999-01-01"])
def test_invalid_date_means_today(client, coalition, create_member_organisation, invalid_date):
    assert client.get(reverse("coalitions:representation", args=["ours"]), {"on": invalid_date}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_representation_page_query_count_is_constant(
    client, coalition, member, create_member_organisation, django_assert_num_queries, count
):
    for _ in range(count):
        create_member_organisation("MU", "african").areas.add(
            AreaOfWork.objects.create(coalition=coalition, name=f"Area {_}")
        )
    client.force_login(member)
    url = reverse("coalitions:representation", args=["ours"])
    client.get(url)

    with django_assert_num_queries(4):
        response = client.get(url)

    assert f'<td class="num">{count}</td>' in response.text
