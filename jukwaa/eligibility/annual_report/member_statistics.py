"""Numbers of an annual report: members, with those who joined and left, and coordinators."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.display_names import get_public_name
from jukwaa.coalitions.models import Role
from jukwaa.coalitions.representation.statistics import get_begun_memberships
from jukwaa.core.db import build_in_force_q
from jukwaa.core.row_urls import reverse_row_url
from jukwaa.eligibility.annual_report.period import ReportPeriod
from jukwaa.eligibility.annual_report.statistic import ListedRecord, Rows, Statistic, StatisticListing

MEMBER_FIELDS_BY_GROUPING = {"group": "organisation__stakeholder_group", "region": "organisation__regional_group"}


IS_ORGANISATION, IS_PERSON = Q(organisation__isnull=False), Q(person__isnull=False)


def find_memberships(period: ReportPeriod) -> Rows:
    """Return all that have begun: of organisations, and of people, who are told apart by nothing."""
    return get_begun_memberships(period.coalition)


def find_coordinators_in_period(period: ReportPeriod) -> Rows:
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=period.last_day)
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=period.first_day)
    held = Role.objects.filter(begun, lasting, coalition=period.coalition, kind=Role.Kind.COORDINATOR)
    return Person.objects.filter(Exists(held.filter(person=OuterRef("pk"))))


def _describe_member_organisation(membership: Any, coalition_slug: str) -> ListedRecord:
    organisation = membership.organisation
    return ListedRecord(
        organisation.name, reverse_row_url("coalitions:organisation_detail", coalition_slug, organisation.pk)
    )


def _describe_listed_member(membership: Any, coalition_slug: str) -> ListedRecord | None:
    return _describe_listed_person(membership.person, coalition_slug)


def _describe_listed_person(person: Person, _coalition_slug: str) -> ListedRecord | None:
    """Return those who chose to be named to everyone: nobody under 18, and nobody who has left."""
    name = get_public_name(person, None)
    return ListedRecord(name) if name else None


def _omit_individual_member(_membership: Any, _coalition_slug: str) -> None:
    """Whoever has left is counted, and no more."""


PERSON_LISTING = StatisticListing(describe=_describe_listed_member, record="", related=("person",), names_people=True)
HIDDEN_MEMBER_LISTING = StatisticListing(describe=_omit_individual_member, record="", names_people=True)
ORGANISATION_LISTING = StatisticListing(describe=_describe_member_organisation, record="", related=("organisation",))

MEMBER_STATISTICS = (
    Statistic(
        key="coordinators",
        title=_("Coordinators"),
        find_rows=find_coordinators_in_period,
        listing=StatisticListing(describe=_describe_listed_person, record="", names_people=True),
    ),
    Statistic(
        key="members",
        title=_("Member organisations at the end of the period"),
        find_rows=find_memberships,
        condition=lambda period: IS_ORGANISATION & build_in_force_q(period.last_day),
        listing=ORGANISATION_LISTING,
        by=MEMBER_FIELDS_BY_GROUPING,
    ),
    Statistic(
        key="joined",
        title=_("Organisations that joined"),
        find_rows=find_memberships,
        condition=lambda period: IS_ORGANISATION & period.build_day_condition("starts_on"),
        listing=ORGANISATION_LISTING,
        by=MEMBER_FIELDS_BY_GROUPING,
    ),
    Statistic(
        key="left",
        title=_("Organisations that left"),
        find_rows=find_memberships,
        condition=lambda period: IS_ORGANISATION & period.build_day_condition("ends_on"),
        listing=ORGANISATION_LISTING,
        by=MEMBER_FIELDS_BY_GROUPING,
    ),
    Statistic(
        key="individuals",
        title=_("Individual members at the end of the period"),
        find_rows=find_memberships,
        condition=lambda period: IS_PERSON & build_in_force_q(period.last_day),
        listing=PERSON_LISTING,
        is_of_people=True,
    ),
    Statistic(
        key="individuals-joined",
        title=_("Individual members who joined"),
        find_rows=find_memberships,
        condition=lambda period: IS_PERSON & period.build_day_condition("starts_on"),
        listing=PERSON_LISTING,
        is_of_people=True,
    ),
    Statistic(
        key="individuals-left",
        title=_("Individual members who left"),
        find_rows=find_memberships,
        condition=lambda period: IS_PERSON & period.build_day_condition("ends_on"),
        listing=HIDDEN_MEMBER_LISTING,
        is_of_people=True,
    ),
)
