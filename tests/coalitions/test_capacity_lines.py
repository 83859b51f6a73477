"""The line below a name: the stakeholder group and the region, without saying the same twice."""

import re

import pytest
from django.urls import reverse

from jukwaa.places.regions import RegionalGroup, StakeholderGroup, has_region_distinct_from_group
from jukwaa.records.actions import add_comment
from tests.factories import CapacityFactory, DocumentFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
INTERGOVERNMENTAL_FIELDS = {"stakeholder_group": "intergovernmental", "regional_group": "igo"}


@pytest.mark.parametrize(
    ("region", "stakeholder_group", "is_region_shown"),
    [
        (RegionalGroup.IGO, StakeholderGroup.INTERGOVERNMENTAL, False),
        (RegionalGroup.IGO, StakeholderGroup.TECHNICAL_COMMUNITY, True),
        (RegionalGroup.AFRICAN, StakeholderGroup.INTERGOVERNMENTAL, True),
        (RegionalGroup.UNKNOWN, StakeholderGroup.GOVERNMENT, False),
    ],
)
def test_region_is_shown_if_not_implied_by_group(region, stakeholder_group, is_region_shown):
    assert has_region_distinct_from_group(region, stakeholder_group) == is_region_shown


def test_intergovernmental_organisation_names_its_group_once(client, coalition):
    organisation = OrganisationFactory(coalition=coalition, **INTERGOVERNMENTAL_FIELDS)
    CapacityFactory(coalition=coalition, organisation=organisation)
    page = client.get(reverse("coalitions:organisation_detail", args=["ours", organisation.pk])).text

    assert re.search(r'<p class="capacity dots">(.*?)</p>', page)[1] == ("<span>Intergovernmental organizations</span>")


def test_comment_says_once_that_its_author_is_intergovernmental(client, coalition, delegate, organisation):
    document = DocumentFactory(coalition=coalition, published=True)
    type(organisation).objects.filter(pk=organisation.pk).update(**INTERGOVERNMENTAL_FIELDS)
    organisation.refresh_from_db()
    add_comment(actor=delegate, record=document, body="We agree.", organisation=organisation)
    talk = client.get(reverse("records:talk", args=["ours", document.pk])).text

    assert talk.count("<span>Intergovernmental") == 1
