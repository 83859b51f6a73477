"""Members of the coalition, in countries."""

from datetime import date

import pytest

from jukwaa.coalitions.models import Organisation
from tests.factories import MembershipFactory


@pytest.fixture
def create_member_in(coalition):
    def create_one_member(
        country: str, region: str, group: str = "civil-society", name: str = "", **dates
    ) -> Organisation:
        return MembershipFactory(
            coalition=coalition,
            organisation__country=country,
            organisation__regional_group=region,
            organisation__stakeholder_group=group,
            **({"organisation__name": name} if name else {}),
            **dates,
        ).organisation

    return create_one_member


@pytest.fixture
def kenyan_member(create_member_in):
    return create_member_in("KE", "african", "government", starts_on=date(2009, 11, 17))
