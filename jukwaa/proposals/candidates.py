"""Whom the coalition knows where a proposal has a gap: organisations and people, each with how they are known.

In alphabetical order, and never by how much they have done. Only what the viewer may read, and people only as the
directory shows them to this viewer. Nobody under 18 is among them, and nobody who asked not to be contacted. Gender and
age are never looked at.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions import directory
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.models import Affiliation, Capacity, Membership, Organisation
from jukwaa.coalitions.models.people import MembershipQuerySet
from jukwaa.coalitions.standing import Standing
from jukwaa.library.schema import kinds
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_country_name
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.places.text_folding import fold_text
from jukwaa.records.models import Record
from jukwaa.regions.candidates import find_candidate_attendances, find_candidate_authorships, group_records_by_key
from jukwaa.regions.models import NeverAgain, Prospect, Voice
from jukwaa.regions.models.observations import OBSERVATION_KIND
from jukwaa.regions.policies import can_manage_prospect
from jukwaa.regions.suppression import build_address_digest, build_lookup_digests, get_known_names

MAX_CANDIDATES = 100  # on a page; filters narrow them
MAX_CANDIDATE_REASONS = 2  # records of each sort
UNKNOWN_GROUPS = (RegionalGroup.UNKNOWN, StakeholderGroup.UNKNOWN)

type ContributorKey = tuple[str, int]


@dataclass(frozen=True)
class CandidateFilter:
    """What is looked for; empty means everything. `is_new` leaves out who has taken part before."""

    region: str = ""
    stakeholder_group: str = ""
    area: int | None = None
    language: str = ""
    is_new: bool = False


@dataclass(frozen=True)
class CandidateReason:
    """How somebody is known, and the record or page that shows it."""

    text: str | Promise
    title: str
    url: str
    language: str = ""


@dataclass
class InvitationCandidate:
    """An organisation, a member of their own, or an organisation that accepted a letter, with people of it."""

    name: str
    url: str
    groups: list[str]
    organisation: Organisation | None = None
    person: Person | None = None
    prospect: Prospect | None = None
    contact: str = ""  # of a letter, for those who may write to it
    people: list[Person] = field(default_factory=list)
    reasons: list[CandidateReason] = field(default_factory=list)
    has_taken_part: bool = False  # written, attended or responded, as far as the viewer may know


@dataclass
class CandidateSearch:
    """Finds candidates for one viewer. `left_out` are people who have been asked for this proposal already.

    Once `find` has been called, `has_more` tells whether there may be more than it returned.
    """

    standing: Standing
    wanted: CandidateFilter
    left_out: Collection[int] = ()
    has_more: bool = False

    def find(self) -> list[InvitationCandidate]:
        """Return at most `MOST` candidates by their names."""
        found = [
            *self._build_organisation_candidates(),
            *self._build_individual_candidates(),
            *self._build_prospect_candidates(),
        ]
        if self.wanted.is_new:
            found = [each for each in found if not each.has_taken_part]
        self.has_more = self.has_more or len(found) > MAX_CANDIDATES
        return sorted(found, key=lambda each: fold_text(each.name))[:MAX_CANDIDATES]

    def _limit_candidate_rows[Row: Model](self, rows: QuerySet[Row]) -> list[Row]:
        found = list(rows[: MAX_CANDIDATES + 1])
        self.has_more = self.has_more or len(found) > MAX_CANDIDATES
        return found

    def _build_organisation_candidates(self) -> Iterator[InvitationCandidate]:
        for each in self._candidate_organisations:
            groups = _list_group_labels(each.country, each.regional_group, each.stakeholder_group)
            candidate = InvitationCandidate(each.name, each.get_absolute_url(), groups, organisation=each)
            candidate.people = self._people_by_organisation.get(each.pk, [])
            self._add_candidate_reasons(candidate, ("organisation", each.pk))
            prospect = self._prospects_by_organisation.get(each.pk)
            if prospect is not None:
                candidate.reasons.append(_build_prospect_reason(prospect))
            yield candidate

    def _build_individual_candidates(self) -> Iterator[InvitationCandidate]:
        for row in self._candidate_memberships:
            person = row.person
            assert person is not None  # noqa: S101 - for the type alone
            groups = _list_group_labels(row.country, row.regional_group, row.stakeholder_group)
            name = get_display_name(person, self.standing)
            url = reverse("coalitions:person_detail", args=[self.standing.coalition.slug, person.pk])
            candidate = InvitationCandidate(name, url, groups, person=person, people=[person])
            self._add_candidate_reasons(candidate, ("person", person.pk))
            yield candidate

    def _build_prospect_candidates(self) -> Iterator[InvitationCandidate]:
        """Those that the directory does not show."""
        known = {each.pk for each in self._candidate_organisations}
        for each in self._candidate_prospects:
            if each.organisation_id in known:
                continue
            reason = _build_prospect_reason(each)
            contact = each.contact_name if can_manage_prospect(self.standing, each) else ""
            groups = _list_group_labels(each.country, each.region, each.stakeholder_group)
            yield InvitationCandidate(each.name, reason.url, groups, prospect=each, contact=contact, reasons=[reason])

    def _add_candidate_reasons(self, candidate: InvitationCandidate, key: ContributorKey) -> None:
        """Add how they are known: what they did, and else that the directory has them."""
        done = [*self._list_candidate_reasons(key)]
        candidate.has_taken_part = bool(done)
        candidate.reasons = done or [CandidateReason(_("Listed in the directory:"), candidate.name, candidate.url)]

    @cached_property
    def _candidate_organisations(self) -> list[Organisation]:
        sought = directory.DirectoryFilters(
            group=self.wanted.region,
            stakeholders=self.wanted.stakeholder_group,
            area=self.wanted.area,
            language=self.wanted.language,
        )
        rows = directory.find_organisations(self.standing, sought).prefetch_related(None)
        if self._do_not_contact_digests:
            rows = rows.prefetch_related("names")
        taken = self._limit_candidate_rows(rows.order_by(Lower("name"), "pk"))
        found = [row for row in taken if not self._is_do_not_contact(row.name, row)]
        for each in found:
            each.coalition = self.standing.coalition
        return found

    @cached_property
    def _candidate_memberships(self) -> list[Membership]:
        """Members of their own, as the directory shows them. They do not say which languages they speak."""
        if self.wanted.language:
            return []
        people = directory.get_visible_people(self.standing).filter(is_minor=False).exclude(pk__in=self.left_out)
        rows = Membership.objects.active().filter(coalition=self.standing.coalition, person__in=people.values("pk"))
        rows = _filter_by_groups(rows, self.wanted)
        if self.wanted.area:
            rows = rows.filter(areas=self.wanted.area)
        found = self._limit_candidate_rows(rows.select_related("person").order_by(Lower("person__name"), "pk"))
        return [row for row in found if row.person and not self._is_address_blocked(row.person.email)]

    @cached_property
    def _people_by_organisation(self) -> dict[int, list[Person]]:
        """Return the adults of each organisation, as the directory shows them to this viewer."""
        rows: Iterable[Affiliation] = (
            directory.get_visible_affiliations(self.standing)
            .confirmed()
            .filter(organisation__in=[each.pk for each in self._candidate_organisations], person__is_minor=False)
            .exclude(person__in=self.left_out)
            .select_related("person")
            .order_by("person__name", "pk")
        )
        found: dict[int, list[Person]] = {}
        for row in rows:
            if not self._is_address_blocked(row.person.email):
                found.setdefault(row.organisation_id, []).append(row.person)
        return found

    @cached_property
    def _candidate_prospects(self) -> list[Prospect]:
        """Return those that accepted a letter, as far as the viewer may know of it."""
        wanted = self.wanted
        rows = Prospect.objects.visible_to(self.standing.viewer).of(self.standing.coalition)
        rows = rows.filter(state=Prospect.State.YES).select_related("organisation")
        if wanted.region:
            countries = [code for code, country in COUNTRIES_BY_CODE.items() if country.group == wanted.region]
            rows = rows.filter(Q(country__in=countries) | Q(country="", region=wanted.region))
        wishes = {
            "stakeholder_group": wanted.stakeholder_group,
            "area": wanted.area,
            "language": wanted.language,
        }
        rows = rows.filter(**{name: value for name, value in wishes.items() if value})
        found = self._limit_candidate_rows(rows)
        for each in found:
            each.coalition = self.standing.coalition
        return [row for row in found if not self._is_prospect_blocked(row)]

    @cached_property
    def _prospects_by_organisation(self) -> dict[int, Prospect]:
        return {row.organisation_id: row for row in self._candidate_prospects if row.organisation_id}

    @cached_property
    def _do_not_contact_digests(self) -> frozenset[str]:
        """Return the digests of those who asked not to be contacted."""
        rows = NeverAgain.objects.filter(coalition=self.standing.coalition)
        return frozenset(rows.values_list("digest", flat=True))

    def _is_do_not_contact(self, name: str, organisation: Organisation | None, country: str = "") -> bool:
        if not self._do_not_contact_digests:
            return False
        country = country or (organisation.country if organisation else "")
        return not self._do_not_contact_digests.isdisjoint(
            build_lookup_digests(get_known_names(name, organisation), country)
        )

    def _is_address_blocked(self, address: str | None) -> bool:
        return (
            bool(self._do_not_contact_digests and address)
            and build_address_digest(address or "") in self._do_not_contact_digests
        )

    def _is_prospect_blocked(self, row: Prospect) -> bool:
        return self._is_do_not_contact(row.name, row.organisation, row.country) or self._is_address_blocked(
            row.contact_address
        )

    def _list_candidate_reasons(self, key: ContributorKey) -> Iterator[CandidateReason]:
        for record in self._written_records.get(key, [])[:MAX_CANDIDATE_REASONS]:
            yield _build_record_reason(record, self.standing, _get_writing_label(record.kind))
        for record in self._answered_observations.get(key, [])[:MAX_CANDIDATE_REASONS]:
            yield _build_record_reason(record, self.standing, _("Responded to the regional observation:"))
        for record in self._attended_meetings.get(key, [])[:MAX_CANDIDATE_REASONS]:
            yield _build_record_reason(record, self.standing, _("Attended the meeting:"))

    @cached_property
    def _contributor_filter(self) -> Q:
        organisations = [each.pk for each in self._candidate_organisations]
        people = [row.person_id for row in self._candidate_memberships]
        alone = Q(capacity__organisation__isnull=True, capacity__person__in=people)
        return Q(capacity__organisation__in=organisations) | alone

    @cached_property
    def _written_records(self) -> dict[ContributorKey, list[Record]]:
        rows = find_candidate_authorships(self.standing, self._contributor_filter)
        return group_records_by_key((_get_contributor_key(row.capacity), row.record) for row in rows if row.capacity)

    @cached_property
    def _attended_meetings(self) -> dict[ContributorKey, list[Record]]:
        rows = find_candidate_attendances(self.standing, self._contributor_filter)
        return group_records_by_key((_get_contributor_key(row.capacity), row.meeting) for row in rows)

    @cached_property
    def _answered_observations(self) -> dict[ContributorKey, list[Record]]:
        rows = Voice.objects.visible_to(self.standing.viewer).filter(self._contributor_filter, stands=True)
        rows = rows.filter(item__coalition=self.standing.coalition).order_by("-item")
        return group_records_by_key(
            (_get_contributor_key(row.capacity), row.item) for row in rows.select_related("item", "capacity")
        )


def _get_contributor_key(capacity: Capacity) -> ContributorKey:
    if capacity.organisation_id:
        return "organisation", capacity.organisation_id
    return "person", capacity.person_id or 0


def _list_group_labels(country: str, region: str, stakeholder_group: str) -> list[str]:
    """Return the country and the groups as pages show them, without what is not known."""
    named = [get_country_name(country, get_language() or "en")] if country in COUNTRIES_BY_CODE else []
    groups = [RegionalGroup(region or RegionalGroup.UNKNOWN), StakeholderGroup(stakeholder_group)]
    return [*named, *(str(group.label) for group in groups if group not in UNKNOWN_GROUPS)]


def _build_record_reason(record: Record, standing: Standing, text: str | Promise) -> CandidateReason:
    record.coalition = standing.coalition
    return CandidateReason(text, record.title, record.get_absolute_url(), record.language)


def _get_writing_label(kind: str) -> Promise:
    if kind == OBSERVATION_KIND:
        return _("Shared the regional observation:")
    return _("Shared in the library:") if kind in {each.name for each in kinds()} else _("Author of:")


def _build_prospect_reason(prospect: Prospect) -> CandidateReason:
    url = reverse("regions:prospect_detail", args=[prospect.coalition.slug, prospect.pk])
    return CandidateReason(_("Accepted an invitation letter from the coalition:"), prospect.name, url)


def _filter_by_groups(rows: MembershipQuerySet, wanted: CandidateFilter) -> MembershipQuerySet:
    groups = {"regional_group": wanted.region, "stakeholder_group": wanted.stakeholder_group}
    return rows.filter(**{name: value for name, value in groups.items() if value})
