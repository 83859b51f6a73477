"""A country that is no more: its organisations are still counted, and every page still opens."""

import pytest
from django.urls import reverse

from tests.factories import MembershipFactory


@pytest.mark.parametrize(
    "page",
    [
        "coalitions:directory",
        "coalitions:representation",
        "coalitions:representation_csv",
        "regions:coverage",
        "regions:coverage_csv",
        "coalitions:export_csv",
    ],
)
def test_the_pages_of_members_open_with_an_organisation_of_a_country_that_is_no_more(client, coalition, page):
    MembershipFactory(coalition=coalition, organisation__country="YU")

    assert client.get(reverse(page, args=[coalition.slug])).status_code == 200
