"""What processes share because it was loaded before they were forked."""

import pytest

from jukwaa.coalitions.standing import Standing
from jukwaa.config import preload
from jukwaa.core import prepared
from jukwaa.home.tasks_page import get_tasks
from tests.factories import AffiliationFactory, CoalitionFactory, MembershipFactory


def create_representative(coalition):
    organisation = MembershipFactory(coalition=coalition).organisation
    return Standing(AffiliationFactory(organisation=organisation, may_speak=True).person, coalition)


@pytest.mark.django_db
def test_warm_up_compiles_query_of_tasks_for_every_representative():
    coalition = CoalitionFactory()
    create_representative(coalition)
    other_standing = create_representative(CoalitionFactory())
    prepared._compile_prepared_queryset.cache_clear()

    preload._find_tasks_of_first_representative(coalition)

    compiled = prepared._compile_prepared_queryset.cache_info().misses
    assert compiled
    get_tasks(other_standing)
    assert prepared._compile_prepared_queryset.cache_info().misses == compiled


@pytest.mark.django_db
def test_warm_up_needs_no_representative():
    preload._find_tasks_of_first_representative(CoalitionFactory())
