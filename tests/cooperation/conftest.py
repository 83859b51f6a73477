"""Organisations that work together: one offers, one needs, two agree on joint work; and who speaks for each."""

import pytest

from jukwaa.cooperation.actions import matches
from jukwaa.cooperation.models import Side
from tests.cooperation.agreeing import create_spokesperson
from tests.factories import AffiliationFactory, MembershipFactory, NeedFactory, OfferFactory, OrganisationFactory


def create_member_organisation(coalition, name, **facts):
    organisation = OrganisationFactory(coalition=coalition, name=name, **facts)
    MembershipFactory(coalition=coalition, organisation=organisation)
    return organisation


@pytest.fixture
def giver(coalition):
    return create_member_organisation(coalition, "A university", country="KE")


@pytest.fixture
def taker(coalition):
    return create_member_organisation(coalition, "A ministry on an island", country="FJ")


@pytest.fixture
def who_gives(giver):
    return AffiliationFactory(organisation=giver, may_speak=True, person__name="Who gives").person


@pytest.fixture
def who_needs(taker):
    return AffiliationFactory(organisation=taker, may_speak=True, person__name="Who needs").person


@pytest.fixture
def offer(coalition, giver, who_gives):
    return OfferFactory(
        coalition=coalition, organisation=giver, title="We train teachers", published=True, author=who_gives
    )


@pytest.fixture
def need(coalition, taker, who_needs):
    return NeedFactory(
        coalition=coalition, organisation=taker, title="Teachers need training", published=True, author=who_needs
    )


@pytest.fixture
def helpline(coalition):
    """Somebody who speaks for it, and what they speak for."""
    return create_spokesperson(coalition, "A helpline", organisation__stakeholder_group="civil-society")


@pytest.fixture
def provider(coalition):
    return create_spokesperson(coalition, "A provider", organisation__stakeholder_group="private-sector")


@pytest.fixture
def match(offer, need, who_needs):
    return matches.propose_match(actor=who_needs, offer=offer, need=need)


@pytest.fixture
def introduced(match, who_gives):
    return matches.give_consent(actor=who_gives, match=match, match_side=Side.OFFER)
