"""An observation that was published, and members from here and there."""

from jukwaa.coalitions.capacities import create_capacity
from jukwaa.records.models import Authorship
from tests.factories import AffiliationFactory, ItemFactory, MembershipFactory


def create_representative(
    coalition, country, stakeholder_group="unknown", organisation_name="An organisation", may_speak=False
):
    """Create a representative of a member organisation of this country, which states its regional group."""
    organisation = MembershipFactory(
        coalition=coalition,
        organisation__name=organisation_name,
        organisation__country=country,
        organisation__regional_group=stakeholder_group,
    ).organisation
    return AffiliationFactory(
        organisation=organisation, may_speak=may_speak, person__name=f"Of {organisation_name}"
    ).person


def create_observation(coalition, author, countries=("KE",), issue_name="Fees for removal", **more):
    details = {"issue": issue_name, "seen_since": "2024", "strength": "own-work", **more.pop("details", {})}
    more = {"title": "They pay twice", "published": True, **more}
    kind = "regional-observation"
    item = ItemFactory(coalition=coalition, kind=kind, countries=list(countries), details=details, **more)
    organisation = get_first_organisation(author)
    capacity = create_capacity(coalition=coalition, person=author, organisation=organisation)
    Authorship.objects.create(record=item, person=author, capacity=capacity)
    return item


def get_first_organisation(person):
    affiliation = person.affiliations.first()
    return affiliation and affiliation.organisation
