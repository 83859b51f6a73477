"""Organisations that work together: one offers, one needs, two agree on joint work; and who speaks for each."""

import pytest

from jukwaa.cooperation.actions import matches
from jukwaa.cooperation.models import MatchSide
from tests.cooperation.charter_steps import create_spokesperson
from tests.factories import AffiliationFactory, MembershipFactory, NeedFactory, OfferFactory, OrganisationFactory


def create_member_organisation(coalition, organisation_name, **facts):
    organisation = OrganisationFactory(coalition=coalition, name=organisation_name, **facts)
    MembershipFactory(coalition=coalition, organisation=organisation)
    return organisation


@pytest.fixture
def giving_organisation(coalition):
    return create_member_organisation(coalition, "A university", country="KE")


@pytest.fixture
def needing_organisation(coalition):
    return create_member_organisation(coalition, "A ministry on an island", country="FJ")


@pytest.fixture
def person_who_gives(giving_organisation):
    return AffiliationFactory(organisation=giving_organisation, may_speak=True, person__name="Who gives").person


@pytest.fixture
def person_who_needs(needing_organisation):
    return AffiliationFactory(organisation=needing_organisation, may_speak=True, person__name="Who needs").person


@pytest.fixture
def offer(coalition, giving_organisation, person_who_gives):
    return OfferFactory(
        coalition=coalition,
        organisation=giving_organisation,
        title="We train teachers",
        published=True,
        author=person_who_gives,
    )


@pytest.fixture
def need(coalition, needing_organisation, person_who_needs):
    return NeedFactory(
        coalition=coalition,
        organisation=needing_organisation,
        title="Teachers need training",
        published=True,
        author=person_who_needs,
    )


@pytest.fixture
def helpline(coalition):
    """Somebody who speaks for it, and what they speak for."""
    return create_spokesperson(coalition, "A helpline", organisation__stakeholder_group="civil-society")


@pytest.fixture
def provider(coalition):
    return create_spokesperson(coalition, "A provider", organisation__stakeholder_group="private-sector")


@pytest.fixture
def match(offer, need, person_who_needs):
    return matches.propose_match(actor=person_who_needs, offer=offer, need=need)


@pytest.fixture
def introduced_match(match, person_who_gives):
    return matches.give_match_consent(actor=person_who_gives, match=match, match_side=MatchSide.OFFER)
