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
from jukwaa.coalitions.models import Affiliation, Capacity, Membership, Organisation
from jukwaa.coalitions.models.people import MembershipQuerySet
from jukwaa.coalitions.names import shown
from jukwaa.coalitions.standing import Standing
from jukwaa.library.schema import kinds
from jukwaa.places.countries import COUNTRIES, country_name
from jukwaa.places.folding import plain
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.records.models import Record
from jukwaa.regions.marks import mark_of_address, marks_met, names_of
from jukwaa.regions.models import NeverAgain, Prospect, Voice
from jukwaa.regions.models.observations import OBSERVATION
from jukwaa.regions.near import find_attendances, find_authorships, group_records
from jukwaa.regions.policies import can_steer

MOST = 100  # on a page; filters narrow them
TOLD = 2  # records of each sort
UNKNOWN = (RegionalGroup.UNKNOWN, StakeholderGroup.UNKNOWN)

type Key = tuple[str, int]


@dataclass(frozen=True)
class Wanted:
    """What is looked for; empty means everything. `is_new` leaves out who has taken part before."""

    region: str = ""
    stakeholder_group: str = ""
    area: int | None = None
    language: str = ""
    is_new: bool = False


@dataclass(frozen=True)
class Reason:
    """How somebody is known, and the record or page that shows it."""

    text: str | Promise
    title: str
    url: str
    language: str = ""


@dataclass
class Candidate:
    """An organisation, a member of their own, or an organisation that accepted a letter, with people of it."""

    name: str
    url: str
    groups: list[str]
    organisation: Organisation | None = None
    person: Person | None = None
    prospect: Prospect | None = None
    contact: str = ""  # of a letter, for those who may write to it
    people: list[Person] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    has_taken_part: bool = False  # written, attended or responded, as far as the viewer may know


@dataclass
class Search:
    """Finds candidates for one viewer. `left_out` are people who have been asked for this proposal already.

    Once `find` has been called, `has_more` tells whether there may be more than it returned.
    """

    standing: Standing
    wanted: Wanted
    left_out: Collection[int] = ()
    has_more: bool = False

    def find(self) -> list[Candidate]:
        """Return at most `MOST` candidates by their names."""
        found = [*self._build_organisations(), *self._build_individuals(), *self._build_prospects()]
        if self.wanted.is_new:
            found = [each for each in found if not each.has_taken_part]
        self.has_more = self.has_more or len(found) > MOST
        return sorted(found, key=lambda each: plain(each.name))[:MOST]

    def _take[Row: Model](self, rows: QuerySet[Row]) -> list[Row]:
        found = list(rows[: MOST + 1])
        self.has_more = self.has_more or len(found) > MOST
        return found

    def _build_organisations(self) -> Iterator[Candidate]:
        for each in self._organisations:
            groups = _label_groups(each.country, each.regional_group, each.stakeholder_group)
            candidate = Candidate(each.name, each.get_absolute_url(), groups, organisation=each)
            candidate.people = self._people.get(each.pk, [])
            self._add_reasons(candidate, ("organisation", each.pk))
            prospect = self._accepted.get(each.pk)
            if prospect is not None:
                candidate.reasons.append(_describe_prospect(prospect))
            yield candidate

    def _build_individuals(self) -> Iterator[Candidate]:
        for row in self._individuals:
            person = row.person
            assert person is not None  # noqa: S101 - for the type alone
            groups = _label_groups(row.country, row.regional_group, row.stakeholder_group)
            name = shown(person, self.standing)
            url = reverse("coalitions:person_detail", args=[self.standing.coalition.slug, person.pk])
            candidate = Candidate(name, url, groups, person=person, people=[person])
            self._add_reasons(candidate, ("person", person.pk))
            yield candidate

    def _build_prospects(self) -> Iterator[Candidate]:
        """Those that the directory does not show."""
        known = {each.pk for each in self._organisations}
        for each in self._prospects:
            if each.organisation_id in known:
                continue
            reason = _describe_prospect(each)
            contact = each.contact_name if can_steer(self.standing, each) else ""
            groups = _label_groups(each.country, each.region, each.stakeholder_group)
            yield Candidate(each.name, reason.url, groups, prospect=each, contact=contact, reasons=[reason])

    def _add_reasons(self, candidate: Candidate, key: Key) -> None:
        """Add how they are known: what they did, and else that the directory has them."""
        done = [*self._list_reasons(key)]
        candidate.has_taken_part = bool(done)
        candidate.reasons = done or [Reason(_("Listed in the directory:"), candidate.name, candidate.url)]

    @cached_property
    def _organisations(self) -> list[Organisation]:
        sought = directory.Sought(
            group=self.wanted.region,
            stakeholders=self.wanted.stakeholder_group,
            area=self.wanted.area,
            language=self.wanted.language,
        )
        rows = directory.organisations(self.standing, sought).prefetch_related(None)
        if self._marks:
            rows = rows.prefetch_related("names")
        taken = self._take(rows.order_by(Lower("name"), "pk"))
        found = [row for row in taken if not self._is_marked(row.name, row)]
        for each in found:
            each.coalition = self.standing.coalition
        return found

    @cached_property
    def _individuals(self) -> list[Membership]:
        """Members of their own, as the directory shows them. They do not say which languages they speak."""
        if self.wanted.language:
            return []
        people = directory.people(self.standing).filter(is_minor=False).exclude(pk__in=self.left_out)
        rows = Membership.objects.active().filter(coalition=self.standing.coalition, person__in=people.values("pk"))
        rows = _filter_groups(rows, self.wanted)
        if self.wanted.area:
            rows = rows.filter(areas=self.wanted.area)
        found = self._take(rows.select_related("person").order_by(Lower("person__name"), "pk"))
        return [row for row in found if row.person and not self._is_address_marked(row.person.email)]

    @cached_property
    def _people(self) -> dict[int, list[Person]]:
        """Return the adults of each organisation, as the directory shows them to this viewer."""
        rows: Iterable[Affiliation] = (
            directory.affiliations(self.standing)
            .confirmed()
            .filter(organisation__in=[each.pk for each in self._organisations], person__is_minor=False)
            .exclude(person__in=self.left_out)
            .select_related("person")
            .order_by("person__name", "pk")
        )
        found: dict[int, list[Person]] = {}
        for row in rows:
            if not self._is_address_marked(row.person.email):
                found.setdefault(row.organisation_id, []).append(row.person)
        return found

    @cached_property
    def _prospects(self) -> list[Prospect]:
        """Return those that accepted a letter, as far as the viewer may know of it."""
        wanted = self.wanted
        rows = Prospect.objects.visible_to(self.standing.viewer).of(self.standing.coalition)
        rows = rows.filter(state=Prospect.State.YES).select_related("organisation")
        if wanted.region:
            countries = [code for code, country in COUNTRIES.items() if country.group == wanted.region]
            rows = rows.filter(Q(country__in=countries) | Q(country="", region=wanted.region))
        wishes = {
            "stakeholder_group": wanted.stakeholder_group,
            "area": wanted.area,
            "language": wanted.language,
        }
        rows = rows.filter(**{name: value for name, value in wishes.items() if value})
        found = self._take(rows)
        for each in found:
            each.coalition = self.standing.coalition
        return [row for row in found if not self._is_prospect_marked(row)]

    @cached_property
    def _accepted(self) -> dict[int, Prospect]:
        return {row.organisation_id: row for row in self._prospects if row.organisation_id}

    @cached_property
    def _marks(self) -> frozenset[str]:
        """Return the digests of those who asked not to be contacted."""
        rows = NeverAgain.objects.filter(coalition=self.standing.coalition)
        return frozenset(rows.values_list("digest", flat=True))

    def _is_marked(self, name: str, organisation: Organisation | None, country: str = "") -> bool:
        if not self._marks:
            return False
        country = country or (organisation.country if organisation else "")
        return not self._marks.isdisjoint(marks_met(names_of(name, organisation), country))

    def _is_address_marked(self, address: str | None) -> bool:
        return bool(self._marks and address) and mark_of_address(address or "") in self._marks

    def _is_prospect_marked(self, row: Prospect) -> bool:
        return self._is_marked(row.name, row.organisation, row.country) or self._is_address_marked(row.contact_address)

    def _list_reasons(self, key: Key) -> Iterator[Reason]:
        for record in self._wrote.get(key, [])[:TOLD]:
            yield _describe_record(record, self.standing, _describe_writing(record.kind))
        for record in self._voiced.get(key, [])[:TOLD]:
            yield _describe_record(record, self.standing, _("Responded to the regional observation:"))
        for record in self._attended.get(key, [])[:TOLD]:
            yield _describe_record(record, self.standing, _("Attended the meeting:"))

    @cached_property
    def _whose(self) -> Q:
        organisations = [each.pk for each in self._organisations]
        people = [row.person_id for row in self._individuals]
        alone = Q(capacity__organisation__isnull=True, capacity__person__in=people)
        return Q(capacity__organisation__in=organisations) | alone

    @cached_property
    def _wrote(self) -> dict[Key, list[Record]]:
        rows = find_authorships(self.standing, self._whose)
        return group_records((_get_key(row.capacity), row.record) for row in rows if row.capacity)

    @cached_property
    def _attended(self) -> dict[Key, list[Record]]:
        rows = find_attendances(self.standing, self._whose)
        return group_records((_get_key(row.capacity), row.meeting) for row in rows)

    @cached_property
    def _voiced(self) -> dict[Key, list[Record]]:
        rows = Voice.objects.visible_to(self.standing.viewer).filter(self._whose, stands=True)
        rows = rows.filter(item__coalition=self.standing.coalition).order_by("-item")
        return group_records((_get_key(row.capacity), row.item) for row in rows.select_related("item", "capacity"))


def _get_key(capacity: Capacity) -> Key:
    if capacity.organisation_id:
        return "organisation", capacity.organisation_id
    return "person", capacity.person_id or 0


def _label_groups(country: str, region: str, stakeholder_group: str) -> list[str]:
    """Return the country and the groups as pages show them, without what is not known."""
    named = [country_name(country, get_language() or "en")] if country in COUNTRIES else []
    groups = [RegionalGroup(region or RegionalGroup.UNKNOWN), StakeholderGroup(stakeholder_group)]
    return [*named, *(str(group.label) for group in groups if group not in UNKNOWN)]


def _describe_record(record: Record, standing: Standing, text: str | Promise) -> Reason:
    record.coalition = standing.coalition
    return Reason(text, record.title, record.get_absolute_url(), record.language)


def _describe_writing(kind: str) -> Promise:
    if kind == OBSERVATION:
        return _("Shared the regional observation:")
    return _("Shared in the library:") if kind in {each.name for each in kinds()} else _("Author of:")


def _describe_prospect(prospect: Prospect) -> Reason:
    url = reverse("regions:prospect_detail", args=[prospect.coalition.slug, prospect.pk])
    return Reason(_("Accepted an invitation letter from the coalition:"), prospect.name, url)


def _filter_groups(rows: MembershipQuerySet, wanted: Wanted) -> MembershipQuerySet:
    groups = {"regional_group": wanted.region, "stakeholder_group": wanted.stakeholder_group}
    return rows.filter(**{name: value for name, value in groups.items() if value})
