"""Reading the directory: which organisations and people a viewer finds in it."""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, TextField
from django.db.models.functions import Cast, Lower

from jukwaa.accounts.models import Person
from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.models import (
    Affiliation,
    Capacity,
    Coalition,
    ListEntry,
    Membership,
    Organisation,
    OrganisationName,
    Role,
)
from jukwaa.coalitions.models.organisation import OrganisationQuerySet
from jukwaa.coalitions.models.people import AffiliationQuerySet, MembershipQuerySet, Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.totals import CappedTotal
from jukwaa.core.dates import get_utc_date
from jukwaa.core.db import build_in_force_q
from jukwaa.core.keyset_pagination import KeysetPage, PageCursor, build_keyset_page, filter_page_rows, get_page
from jukwaa.core.prepared import execute_prepared
from jukwaa.places.countries import COUNTRIES_BY_CODE

ORGANISATION_NAME_ORDER = (Lower("name"), "pk")


@dataclass(frozen=True, kw_only=True)
class DirectoryFilters:
    """What a visitor of the directory asks for; empty means all."""

    who: str = ""  # members, observers
    q: str = ""
    country: str = ""
    group: str = ""
    stakeholders: str = ""
    area: int | None = None
    language: str = ""


def get_visible_organisations(viewer_standing: Standing) -> OrganisationQuerySet:
    """Return the organisations that this viewer may see; applicants are never public.

    The world: those that are or were members, observers, and those that spoke or are named in the record. Members:
    those that are known to the coalition as well. Coordinators: all. Everybody: their own.
    """
    rows: OrganisationQuerySet = Organisation.objects.filter(coalition=viewer_standing.coalition)
    if viewer_standing.is_coordinator:
        return rows
    memberships = Membership.objects.filter(organisation=OuterRef("pk"))
    found = Q(Exists(memberships.listed())) | Q(Exists(Capacity.objects.filter(organisation=OuterRef("pk"))))
    if viewer_standing.viewer.is_authenticated:
        own = Affiliation.objects.in_force().filter(organisation=OuterRef("pk"), person=viewer_standing.viewer)
        found |= Q(Exists(own))
    return rows.filter(found | ~Q(Exists(memberships)) if viewer_standing.is_inside else found)


def get_organisation_page(
    viewer_standing: Standing, directory_filters: DirectoryFilters, page_cursor: PageCursor
) -> KeysetPage[Organisation]:
    """Each with its standing of today, its areas fetched with it, by name."""
    if directory_filters == DirectoryFilters():
        return build_keyset_page(
            execute_prepared(
                _build_organisation_page_query, *_get_query_arguments(viewer_standing), *page_cursor.opened
            ),
            page_cursor,
        )
    return get_page(find_organisations(viewer_standing, directory_filters), ORGANISATION_NAME_ORDER, page_cursor)


def count_organisations(viewer_standing: Standing, directory_filters: DirectoryFilters) -> CappedTotal:
    unnarrowed = get_visible_organisations(viewer_standing).filter(merged_into__isnull=True)
    return CappedTotal.of(
        unnarrowed
        if directory_filters == DirectoryFilters()
        else find_organisations(viewer_standing, directory_filters)
    )


def _get_query_arguments(viewer_standing: Standing) -> tuple[Coalition, Viewer, frozenset[str], bool]:
    """What a query that is compiled once has of a standing: no more than `visible` goes by."""
    return (
        viewer_standing.coalition,
        viewer_standing.viewer,
        viewer_standing.roles & {Role.Kind.COORDINATOR},
        viewer_standing.is_inside,
    )


def _build_organisation_page_query(
    coalition: Coalition,
    viewer: Viewer,
    roles: frozenset[str],
    is_inside: bool,  # noqa: FBT001 - part of the standing
    before_id: int | None,
    after_id: int | None,
) -> QuerySet[Organisation]:
    rows = find_organisations(Standing.known(coalition, viewer, roles, has_seat=is_inside), DirectoryFilters())
    return filter_page_rows(rows, ORGANISATION_NAME_ORDER, before_id, after_id)


def find_organisations(viewer_standing: Standing, directory_filters: DirectoryFilters) -> QuerySet[Organisation]:
    """Each with its standing of today, its areas fetched with it."""
    rows = filter_organisations(viewer_standing, directory_filters).with_standing()
    if directory_filters.who == "members":
        rows = rows.filter(Q(is_member=True))
    if directory_filters.who == "observers":
        rows = rows.filter(Q(is_member=False), Q(observes=True) | Q(has_taken_part=True))
    return rows.prefetch_related("areas")


def filter_organisations(viewer_standing: Standing, directory_filters: DirectoryFilters) -> OrganisationQuerySet:
    """Those that the viewer may see and that match, whatever their standing."""
    rows = get_visible_organisations(viewer_standing).filter(merged_into__isnull=True)
    wanted = {
        "country": directory_filters.country,
        "regional_group": directory_filters.group,
        "stakeholder_group": directory_filters.stakeholders,
        "areas": directory_filters.area,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if directory_filters.language:
        rows = rows.alias(tags=Cast("languages", TextField())).filter(tags__contains=f'"{directory_filters.language}"')
    if directory_filters.q:
        named = OrganisationName.objects.filter(organisation=OuterRef("pk"), name__icontains=directory_filters.q)
        rows = rows.filter(
            Q(name__icontains=directory_filters.q) | Q(acronym__icontains=directory_filters.q) | Exists(named)
        )
    return rows


def get_filter_choices(coalition: Coalition) -> dict[str, list[str]]:
    """The countries and languages that the directory holds, read anew only when something was written."""
    return get_or_build_cached(coalition, "directory", lambda: _load_filter_choices(coalition))


def _load_filter_choices(coalition: Coalition) -> dict[str, list[str]]:
    rows = list(Organisation.objects.of(coalition).order_by().values_list("country", "languages").distinct())
    countries = {country for country, _tags in rows} & COUNTRIES_BY_CODE.keys()
    languages = {tag for _country, tags in rows for tag in tags}
    return {"countries": sorted(countries), "languages": sorted(languages)}


def get_visible_people(viewer_standing: Standing) -> QuerySet[Person]:
    """Return the people of the coalition whom this viewer may see; nobody who has left it.

    The world: adults who chose to show their name and belong here today. Members: the adults who belong here today.
    Coordinators: everybody who is known here today, also who is under 18, applies, or is on the list alone. The
    safeguarding lead: everybody who ever was. Everybody: themselves.
    """
    rows = Person.objects.filter(erased_at__isnull=True)
    if viewer_standing.is_safeguarding_lead:
        return rows.filter(build_ever_known_person_condition(viewer_standing.coalition))
    if viewer_standing.is_coordinator:
        return rows.filter(build_known_person_condition(viewer_standing.coalition))
    found = build_belonging_condition(viewer_standing.coalition)
    allowed = Q(is_minor=False) if viewer_standing.is_inside else Q(is_minor=False, name_is_public=True)
    if viewer_standing.viewer.is_authenticated:
        allowed |= Q(pk=viewer_standing.viewer.pk) | Q(adult_contact=viewer_standing.viewer.pk)
        found |= Q(pk=viewer_standing.viewer.pk) & build_ever_known_person_condition(viewer_standing.coalition)
    return rows.filter(found, allowed)


def get_visible_adult_memberships(viewer_standing: Standing) -> MembershipQuerySet:
    """Return the memberships of today of adults on their own, of those among `get_visible_people`.

    All of them belong to the coalition, so everybody inside it may see them, and nothing else has to be asked.
    """
    rows = Membership.objects.active().filter(
        coalition=viewer_standing.coalition, person__is_minor=False, person__erased_at=None
    )
    return rows if viewer_standing.is_inside else rows.filter(person__name_is_public=True)


def build_belonging_condition(coalition: Coalition) -> Q:
    """Who belongs to the coalition today: what somebody says of themselves counts only once it was confirmed."""
    affiliations = _build_person_subquery(Affiliation, organisation__coalition=coalition).filter(
        confirmed_on__isnull=False
    )
    roles, memberships = (
        _build_person_subquery(Role, coalition=coalition),
        _build_person_subquery(Membership, coalition=coalition),
    )
    return _build_exists_condition(affiliations.in_force(), memberships.active(), roles.in_force())


def build_known_person_condition(coalition: Coalition) -> Q:
    """Also what is not confirmed, waits or is to come; and who is named in the record and never was more here."""
    today = get_utc_date()
    ended = Q(ends_on__lt=today)
    applied = Q(standing=Membership.Standing.APPLIED)
    named = Exists(Capacity.objects.filter(person=OuterRef("pk"), coalition=coalition))
    return (
        build_belonging_condition(coalition)
        | _build_exists_condition(
            _build_person_subquery(Affiliation, organisation__coalition=coalition).in_force(),
            _build_person_subquery(Role, coalition=coalition).exclude(ended),
            build_list_entry_subquery(coalition),
            _build_person_subquery(Membership, coalition=coalition).filter(applied),
            Membership.objects.filter(applied, applicant=OuterRef("pk"), coalition=coalition),
        )
        | Q(named) & ~build_ever_belonged_condition(coalition)
    )


def build_list_entry_subquery(coalition: Coalition) -> QuerySet[ListEntry]:
    return ListEntry.objects.filter(person=OuterRef("pk"), coalition=coalition, ends_on__isnull=True)


def build_ever_belonged_condition(coalition: Coalition) -> Q:
    """Who belongs to the coalition, or did; the list counts as well."""
    return _build_exists_condition(
        _build_person_subquery(Affiliation, organisation__coalition=coalition).filter(confirmed_on__isnull=False),
        _build_person_subquery(Membership, coalition=coalition).ever_belonged(),
        _build_person_subquery(Role, coalition=coalition),
        _build_person_subquery(ListEntry, coalition=coalition),
    )


def build_ever_known_person_condition(coalition: Coalition) -> Q:
    """Whoever the coalition knows, or knew, in whatever way."""
    return build_ever_belonged_condition(coalition) | _build_exists_condition(
        _build_person_subquery(Affiliation, organisation__coalition=coalition),
        _build_person_subquery(Membership, coalition=coalition),
        Membership.objects.filter(applicant=OuterRef("pk"), coalition=coalition),
        _build_person_subquery(Capacity, coalition=coalition),
    )


def _build_person_subquery(related_model: Any, **filters: Coalition) -> Any:
    """Rows of the person of a query around it."""
    return related_model.objects.filter(person=OuterRef("pk"), **filters)


def _build_exists_condition(*rows: QuerySet[Any]) -> Q:
    return reduce(or_, (Q(Exists(each)) for each in rows))


if TYPE_CHECKING:

    class PersonWithTies(Person):
        """A person, and what they are here today."""

        roles_now: list[Role]
        affiliations_now: list[Affiliation]
        memberships_now: list[Membership]

        class Meta:
            abstract = True


def prefetch_current_participations(
    people: QuerySet[Person], coalition: Coalition, day: date | None = None
) -> QuerySet["PersonWithTies"]:
    """Each with `roles_now`, `affiliations_now` and `memberships_now`, for three queries a page."""
    affiliations = Affiliation.objects.in_force(day).filter(organisation__coalition=coalition)
    memberships = Membership.objects.active(day).filter(coalition=coalition)

    def build_directory_prefetch(name: str, queryset: QuerySet[Any], relation_name: str) -> Prefetch[Any]:
        return Prefetch(name, queryset=queryset, to_attr=relation_name)

    return people.prefetch_related(  # type: ignore[return-value]  # what the three lines below put on each
        build_directory_prefetch("roles", Role.objects.in_force(day).filter(coalition=coalition), "roles_now"),
        build_directory_prefetch("affiliations", affiliations.select_related("organisation"), "affiliations_now"),
        build_directory_prefetch("memberships", memberships, "memberships_now"),
    )


def get_visible_affiliations(viewer_standing: Standing, *, include_ended: bool = False) -> AffiliationQuerySet:
    """Which affiliations this viewer reads, in the coalition's whole directory: those in force, and all of their own.

    What nobody has confirmed is read by the person, by whoever speaks for the organisation, and by coordinators, who
    correct what has ended as well (`ended`).
    """
    rows: AffiliationQuerySet = Affiliation.objects.filter(
        organisation__coalition=viewer_standing.coalition, person__erased_at__isnull=True
    )
    viewer = viewer_standing.viewer
    if not (include_ended and viewer_standing.is_coordinator):
        own = Q(person=viewer.pk) if viewer.is_authenticated else Q()
        rows = rows.filter(build_in_force_q(get_utc_date()) | own)
    if viewer_standing.is_coordinator or viewer_standing.is_safeguarding_lead:
        return rows
    confirmed = Q(confirmed_on__isnull=False, person__is_minor=False)
    if not viewer_standing.is_inside:
        confirmed &= Q(person__name_is_public=True)
    if not viewer.is_authenticated:
        return rows.filter(confirmed)
    speaks = Affiliation.objects.confirmed().filter(person=viewer, may_speak=True)
    spoken_for = Q(organisation__in=speaks.values("organisation"))
    return rows.filter(confirmed | spoken_for | Q(person=viewer) | Q(person__adult_contact=viewer))
