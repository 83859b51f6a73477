"""Observers of the coalition, and whoever is none: for the tests of their invitations."""

from datetime import date, timedelta

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from tests.factories import AffiliationFactory, MembershipFactory

OBSERVER_NAME, OBSERVER_ADDRESS = "Global Observatory", "observer@example.org"


def create_observer(
    coalition: Coalition, name: str = OBSERVER_NAME, *, email: str = OBSERVER_ADDRESS, may_speak: bool = True, **more
) -> Person:
    """Return somebody of an organisation that has been an observer since 2019."""
    membership = {"standing": "observer", "starts_on": date(2019, 1, 1), **more}
    organisation = MembershipFactory(coalition=coalition, organisation__name=name, **membership).organisation
    return AffiliationFactory(
        organisation=organisation, may_speak=may_speak, person__name=f"From {name}", person__email=email
    ).person


def create_former_observer(coalition: Coalition) -> Person:
    return create_observer(coalition, "Former House", ends_on=timezone.localdate() - timedelta(days=30))
