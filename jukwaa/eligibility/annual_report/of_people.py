"""Numbers of an annual report: members, with those who joined and left, and coordinators."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Role
from jukwaa.coalitions.names import public_name
from jukwaa.coalitions.representation.counting import memberships_begun
from jukwaa.core.db import in_force
from jukwaa.core.row_urls import reverse_row
from jukwaa.eligibility.annual_report.period import Period
from jukwaa.eligibility.annual_report.statistic import Listed, Listing, Rows, Statistic

BY = {"group": "organisation__stakeholder_group", "region": "organisation__regional_group"}


def find_members(period: Period) -> Rows:
    return memberships_begun(period.coalition).filter(in_force(period.last), organisation__isnull=False)


def find_joined(period: Period) -> Rows:
    return memberships_begun(period.coalition).filter(period.days("starts_on"), organisation__isnull=False)


def find_left(period: Period) -> Rows:
    return memberships_begun(period.coalition).filter(period.days("ends_on"), organisation__isnull=False)


def find_people(period: Period) -> Rows:
    """Return members in their own right. They are told apart by nothing, so that nobody is found by it."""
    return memberships_begun(period.coalition).filter(in_force(period.last), person__isnull=False)


def find_people_joined(period: Period) -> Rows:
    return memberships_begun(period.coalition).filter(period.days("starts_on"), person__isnull=False)


def find_people_left(period: Period) -> Rows:
    return memberships_begun(period.coalition).filter(period.days("ends_on"), person__isnull=False)


def find_coordinators(period: Period) -> Rows:
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=period.last)
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=period.first)
    held = Role.objects.filter(begun, lasting, coalition=period.coalition, kind=Role.Kind.COORDINATOR)
    return Person.objects.filter(Exists(held.filter(person=OuterRef("pk"))))


def _describe_organisation(membership: Any, slug: str) -> Listed:
    organisation = membership.organisation
    return Listed(organisation.name, reverse_row("coalitions:organisation_detail", slug, organisation.pk))


def _describe_member(membership: Any, slug: str) -> Listed | None:
    return _describe_person(membership.person, slug)


def _describe_person(person: Person, _slug: str) -> Listed | None:
    """Return those who chose to be named to everyone: nobody under 18, and nobody who has left."""
    name = public_name(person, None)
    return Listed(name) if name else None


def _describe_nobody(_membership: Any, _slug: str) -> None:
    """Whoever has left is counted, and no more."""


PEOPLE = Listing(describe=_describe_member, record="", related=("person",), names_people=True)
NOBODY = Listing(describe=_describe_nobody, record="", names_people=True)
ORGANISATIONS = Listing(describe=_describe_organisation, record="", related=("organisation",))

STATISTICS = (
    Statistic(
        key="coordinators",
        title=_("Coordinators"),
        find=find_coordinators,
        listing=Listing(describe=_describe_person, record="", names_people=True),
    ),
    Statistic(
        key="members",
        title=_("Member organisations at the end of the period"),
        find=find_members,
        listing=ORGANISATIONS,
        by=BY,
    ),
    Statistic(key="joined", title=_("Organisations that joined"), find=find_joined, listing=ORGANISATIONS, by=BY),
    Statistic(key="left", title=_("Organisations that left"), find=find_left, listing=ORGANISATIONS, by=BY),
    Statistic(
        key="individuals",
        title=_("Individual members at the end of the period"),
        find=find_people,
        listing=PEOPLE,
        is_of_people=True,
    ),
    Statistic(
        key="individuals-joined",
        title=_("Individual members who joined"),
        find=find_people_joined,
        listing=PEOPLE,
        is_of_people=True,
    ),
    Statistic(
        key="individuals-left",
        title=_("Individual members who left"),
        find=find_people_left,
        listing=NOBODY,
        is_of_people=True,
    ),
)
