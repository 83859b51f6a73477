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
def test_member_pages_are_shown_with_former_country(client, coalition, page):
    MembershipFactory(coalition=coalition, organisation__country="YU")

    assert client.get(reverse(page, args=[coalition.slug])).status_code == 200
