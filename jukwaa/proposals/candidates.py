"""Whom the coalition knows where a proposal has a gap: organisations and people, each with how they are known.

In alphabetical order, and never by how much they have done. Only what the viewer may read, and people only as the
directory shows them to this viewer. Nobody under 18 is among them, and nobody who asked not to be contacted. Gender and
age are never looked at.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions import directory
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.models import Affiliation, Membership, Organisation
from jukwaa.coalitions.models.people import MembershipQuerySet
from jukwaa.coalitions.standing import Standing
from jukwaa.library.schema import kinds
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_country_name
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.places.text_folding import fold_text
from jukwaa.records.models import Record
from jukwaa.regions.candidates import (
    filter_newest_records_per_organisation,
    find_candidate_attendances,
    find_candidate_authorships,
    group_records_by_key,
)
from jukwaa.regions.models import NeverAgain, Prospect, Voice
from jukwaa.regions.models.observations import OBSERVATION_KIND
from jukwaa.regions.policies import can_manage_prospect
from jukwaa.regions.suppression import build_address_digest, build_lookup_digests, get_known_names

CANDIDATES_PER_PAGE = 20
MAX_CANDIDATE_REASONS = 2  # records of each sort
# What somebody has done, in the order of the page; what they wrote is called by the kind of the record.
CONTRIBUTION_LABELS = {
    "wrote": None,
    "answered": _("Responded to the regional observation:"),
    "attended": _("Attended the meeting:"),
}
CONTRIBUTOR_FIELDS = ("capacity__organisation", "capacity__person")
REASON_FIELDS = ("kind", "title", "language")  # of a record, what the page shows
UNKNOWN_GROUP_VALUES = (RegionalGroup.UNKNOWN, StakeholderGroup.UNKNOWN)

type CandidateKind = Literal["organisation", "person", "prospect", "do-not-contact"]
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


class CandidateKey(NamedTuple):
    """The name of a candidate, and the row that it is: an organisation, a membership or a letter.

    `subject` is the organisation, the person, or the organisation that a letter went to, if the directory has it.
    """

    name: str
    kind: CandidateKind
    pk: int
    subject: int | None


@dataclass
class CandidateSearch:
    """Finds candidates for one viewer. `left_out` are people who have been asked for this proposal already.

    The names of all candidates are read and sorted, and the rest for those on the page alone.
    """

    standing: Standing
    wanted: CandidateFilter
    left_out: Collection[int] | QuerySet[Any] = ()
    page_number: str = ""

    def find_candidates(self) -> list[InvitationCandidate]:
        """Return the candidates of the page by their names."""
        found = [
            *self._build_organisation_candidates(),
            *self._build_individual_candidates(),
            *self._build_prospect_candidates(),
        ]
        return sorted(found, key=lambda each: fold_text(each.name))

    @cached_property
    def candidate_page(self) -> Page[CandidateKey]:
        return Paginator(self._candidate_keys, CANDIDATES_PER_PAGE).get_page(self.page_number)

    @cached_property
    def _candidate_keys(self) -> list[CandidateKey]:
        """Return all candidates by name. A letter to an organisation of the directory belongs to that organisation."""
        rows = [key._replace(name=fold_text(key.name)) for key in self._named_rows if key.kind != "do-not-contact"]
        known = {key.pk for key in rows if key.kind == "organisation"}
        left_out = self._contributors if self.wanted.is_new else set()
        return sorted(
            key
            for key in rows
            if (key.kind, key.subject) not in left_out and not (key.kind == "prospect" and key.subject in known)
        )

    @cached_property
    def _named_rows(self) -> list[CandidateKey]:
        """Return the names of all candidates, and beside them the digests of those who asked not to be contacted."""
        named: tuple[tuple[CandidateKind, QuerySet[Any], str, str], ...] = (
            ("organisation", self._organisation_rows, "name", "pk"),
            ("person", self._membership_rows, "person__name", "person"),
            ("prospect", self._prospect_rows, "name", "organisation"),
            ("do-not-contact", NeverAgain.objects.filter(coalition=self.standing.coalition), "digest", "pk"),
        )
        queries = [
            rows.order_by().annotate(candidate_kind=Value(kind)).values_list(name, "candidate_kind", "pk", subject)
            for kind, rows, name, subject in named
        ]
        rows = queries[0].union(*queries[1:], all=True).order_by()
        return [CandidateKey(name or "", kind, pk, subject) for name, kind, pk, subject in rows]

    def _get_page_ids(self, candidate_kind: CandidateKind) -> list[int]:
        return [key.pk for key in self.candidate_page if key.kind == candidate_kind]

    @property
    def _contributors(self) -> set[ContributorKey]:
        """Everybody who has taken part before, as far as the viewer may know."""
        queries = [
            rows.order_by().values_list(*CONTRIBUTOR_FIELDS)
            for _kind, rows, _record in self._list_contributions(Q(capacity__isnull=False))
        ]
        pairs = queries[0].union(*queries[1:]).order_by()
        return {_build_contributor_key(organisation, person) for organisation, person in pairs}

    def _build_organisation_candidates(self) -> Iterator[InvitationCandidate]:
        for each in self._candidate_organisations:
            groups = _list_candidate_group_labels(each.country, each.regional_group, each.stakeholder_group)
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
            groups = _list_candidate_group_labels(row.country, row.regional_group, row.stakeholder_group)
            name = get_display_name(person, self.standing)
            url = reverse("coalitions:person_detail", args=[self.standing.coalition.slug, person.pk])
            candidate = InvitationCandidate(name, url, groups, person=person, people=[person])
            self._add_candidate_reasons(candidate, ("person", person.pk))
            yield candidate

    def _build_prospect_candidates(self) -> Iterator[InvitationCandidate]:
        """Those that the directory does not show."""
        wanted = set(self._get_page_ids("prospect"))
        for each in self._candidate_prospects:
            if each.pk not in wanted:
                continue
            reason = _build_prospect_reason(each)
            contact = each.contact_name if can_manage_prospect(self.standing, each) else ""
            groups = _list_candidate_group_labels(each.country, each.region, each.stakeholder_group)
            yield InvitationCandidate(each.name, reason.url, groups, prospect=each, contact=contact, reasons=[reason])

    def _add_candidate_reasons(
        self, invitation_candidate: InvitationCandidate, contributor_key: ContributorKey
    ) -> None:
        """Add how they are known: what they did, and else that the directory has them."""
        done = [*self._list_candidate_reasons(contributor_key)]
        invitation_candidate.reasons = done or [
            CandidateReason(_("Listed in the directory:"), invitation_candidate.name, invitation_candidate.url)
        ]

    @property
    def _organisation_rows(self) -> QuerySet[Organisation]:
        sought = directory.DirectoryFilters(
            group=self.wanted.region,
            stakeholders=self.wanted.stakeholder_group,
            area=self.wanted.area,
            language=self.wanted.language,
        )
        return directory.filter_organisations(self.standing, sought)

    @cached_property
    def _candidate_organisations(self) -> list[Organisation]:
        rows = Organisation.objects.filter(pk__in=self._get_page_ids("organisation")).with_membership()
        if self._do_not_contact_digests:
            rows = rows.prefetch_related("names")
        found = [row for row in rows if not self._is_do_not_contact(row.name, row)]
        for each in found:
            each.coalition = self.standing.coalition
        return found

    @property
    def _membership_rows(self) -> MembershipQuerySet:
        """Members of their own, as the directory shows them. They do not say which languages they speak."""
        rows = directory.get_visible_adult_memberships(self.standing)
        if self.wanted.language:
            return rows.none()
        rows = _filter_memberships_by_groups(rows.exclude(person__in=self.left_out), self.wanted)
        return rows.filter(areas=self.wanted.area) if self.wanted.area else rows

    @cached_property
    def _candidate_memberships(self) -> list[Membership]:
        rows = Membership.objects.filter(pk__in=self._get_page_ids("person")).select_related("person")
        return [row for row in rows if row.person and not self._is_address_blocked(row.person.email)]

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

    @property
    def _prospect_rows(self) -> QuerySet[Prospect]:
        """Return those that accepted a letter, as far as the viewer may know of it."""
        wanted = self.wanted
        rows = Prospect.objects.visible_to(self.standing.viewer).of(self.standing.coalition)
        rows = rows.filter(state=Prospect.State.YES)
        if wanted.region:
            countries = [code for code, country in COUNTRIES_BY_CODE.items() if country.group == wanted.region]
            rows = rows.filter(Q(country__in=countries) | Q(country="", region=wanted.region))
        wishes = {
            "stakeholder_group": wanted.stakeholder_group,
            "area": wanted.area,
            "language": wanted.language,
        }
        return rows.filter(**{name: value for name, value in wishes.items() if value})

    @cached_property
    def _candidate_prospects(self) -> list[Prospect]:
        """Return those of the page, and those of its organisations."""
        here = set(self._get_page_ids("organisation"))
        letters = [key.pk for key in self._named_rows if key.kind == "prospect" and key.subject in here]
        wanted = [*self._get_page_ids("prospect"), *letters]
        found = Prospect.objects.filter(pk__in=wanted).select_related("organisation")
        for each in found:
            each.coalition = self.standing.coalition
        return [row for row in found if not self._is_prospect_blocked(row)]

    @cached_property
    def _prospects_by_organisation(self) -> dict[int, Prospect]:
        return {row.organisation_id: row for row in self._candidate_prospects if row.organisation_id}

    @cached_property
    def _do_not_contact_digests(self) -> frozenset[str]:
        """Return the digests of those who asked not to be contacted."""
        return frozenset(key.name for key in self._named_rows if key.kind == "do-not-contact")

    def _is_do_not_contact(self, participant_name: str, organisation: Organisation | None, country: str = "") -> bool:
        if not self._do_not_contact_digests:
            return False
        country = country or (organisation.country if organisation else "")
        return not self._do_not_contact_digests.isdisjoint(
            build_lookup_digests(get_known_names(participant_name, organisation), country)
        )

    def _is_address_blocked(self, address: str | None) -> bool:
        return (
            bool(self._do_not_contact_digests and address)
            and build_address_digest(address or "") in self._do_not_contact_digests
        )

    def _is_prospect_blocked(self, prospect: Prospect) -> bool:
        return self._is_do_not_contact(
            prospect.name, prospect.organisation, prospect.country
        ) or self._is_address_blocked(prospect.contact_address)

    def _list_candidate_reasons(self, contributor_key: ContributorKey) -> Iterator[CandidateReason]:
        for kind, label in CONTRIBUTION_LABELS.items():
            for record in self._contributed_records.get((kind, *contributor_key), []):
                yield _build_record_reason(record, self.standing, label or _get_contribution_label(record.kind))

    @cached_property
    def _contributor_filter(self) -> Q:
        organisations = [each.pk for each in self._candidate_organisations]
        people = [row.person_id for row in self._candidate_memberships]
        alone = Q(capacity__organisation__isnull=True, capacity__person__in=people)
        return Q(capacity__organisation__in=organisations) | alone

    @cached_property
    def _contributed_records(self) -> dict[tuple[str, str, int], list[Record]]:
        """Return the newest records of each sort, by the sort and the contributor."""
        queries = [
            filter_newest_records_per_organisation(rows, record, MAX_CANDIDATE_REASONS)
            .order_by()
            .annotate(contribution=Value(kind))
            .values_list("contribution", *CONTRIBUTOR_FIELDS, record, *(f"{record}__{name}" for name in REASON_FIELDS))
            for kind, rows, record in self._list_contributions(self._contributor_filter)
        ]
        found = sorted(queries[0].union(*queries[1:]).order_by(), key=lambda row: -row[3])
        return group_records_by_key(
            (
                (kind, *_build_contributor_key(organisation, person)),
                Record(pk=pk, **dict(zip(REASON_FIELDS, values, strict=True))),
            )
            for kind, organisation, person, pk, *values in found
        )

    def _list_contributions(self, contributor_condition: Q) -> tuple[tuple[str, QuerySet[Any], str], ...]:
        """Return what somebody can have done, with the column of its record."""
        voices = Voice.objects.visible_to(self.standing.viewer).filter(contributor_condition, stands=True)
        return (
            ("wrote", find_candidate_authorships(self.standing, contributor_condition), "record"),
            ("answered", voices.filter(item__coalition=self.standing.coalition), "item"),
            ("attended", find_candidate_attendances(self.standing, contributor_condition), "meeting"),
        )


def _build_contributor_key(organisation: int | None, person: int | None) -> ContributorKey:
    return ("organisation", organisation) if organisation else ("person", person or 0)


def _list_candidate_group_labels(country: str, regional_group: str, stakeholder_group: str) -> list[str]:
    """Return the country and the groups as pages show them, without what is not known."""
    named = [get_country_name(country, get_language() or "en")] if country in COUNTRIES_BY_CODE else []
    groups = [RegionalGroup(regional_group or RegionalGroup.UNKNOWN), StakeholderGroup(stakeholder_group)]
    return [*named, *(str(group.label) for group in groups if group not in UNKNOWN_GROUP_VALUES)]


def _build_record_reason(record: Record, viewer_standing: Standing, text: str | Promise) -> CandidateReason:
    record.coalition = viewer_standing.coalition
    return CandidateReason(text, record.title, record.get_absolute_url(), record.language)


def _get_contribution_label(record_kind: str) -> Promise:
    if record_kind == OBSERVATION_KIND:
        return _("Shared the regional observation:")
    return _("Shared in the library:") if record_kind in {each.name for each in kinds()} else _("Author of:")


def _build_prospect_reason(prospect: Prospect) -> CandidateReason:
    url = reverse("regions:prospect_detail", args=[prospect.coalition.slug, prospect.pk])
    return CandidateReason(_("Accepted an invitation letter from the coalition:"), prospect.name, url)


def _filter_memberships_by_groups(
    memberships: MembershipQuerySet, candidate_filter: CandidateFilter
) -> MembershipQuerySet:
    groups = {"regional_group": candidate_filter.region, "stakeholder_group": candidate_filter.stakeholder_group}
    return memberships.filter(**{name: value for name, value in groups.items() if value})
