"""How a call stands: what each organisation said, who is silent, and what the silence counts as."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition, Membership, Organisation
from jukwaa.core.dates import get_utc_date
from jukwaa.drafting.models import Call, Position, Rules
from jukwaa.drafting.silence_procedure import CallVerdict, DecisionRules, PositionTally, determine_call_verdict
from jukwaa.places.regions import RegionalGroup
from jukwaa.records.models import Audience
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES
from jukwaa.updates.models import Letter

PositionStance = Position.Stance


def get_decision_rules(coalition: Coalition) -> Rules:
    """As its coordinator set them, or as they are where nobody did."""
    return Rules.objects.filter(coalition=coalition).first() or Rules(coalition=coalition)


def find_invited_members(call: Call) -> QuerySet[Organisation]:
    """The member organisations of the day, or of the day on which it closed; of a restricted text those it names."""
    seats = Membership.objects.active(_get_membership_date(call)).filter(
        coalition=call.text.coalition_id, organisation=OuterRef("pk")
    )
    members = Organisation.objects.of(call.text.coalition).filter(Exists(seats))
    if call.text.label in LABELS_OPEN_TO_ROLES:
        return members
    return members.filter(Exists(Audience.objects.filter(record=call.text_id, organisation=OuterRef("pk"))))


def find_invited_individuals(call: Call) -> QuerySet[Person]:
    """Return the members in their own right that a call asks. People under 18 are asked nothing they are named for."""
    seats = Membership.objects.active(_get_membership_date(call)).filter(
        coalition=call.text.coalition_id, person=OuterRef("pk")
    )
    people = Person.objects.filter(Exists(seats), is_minor=False)
    if call.text.label in LABELS_OPEN_TO_ROLES:
        return people
    return people.filter(Exists(Audience.objects.filter(record=call.text_id, person=OuterRef("pk"))))


def _get_membership_date(call: Call) -> date:
    return min(get_utc_date(), call.closes_at.astimezone(UTC).date())


def build_call_awaiting_person_filter(person: Person) -> Q:
    """Of an open call: that it asks this member in their own right, who has taken no position."""
    seats = Membership.objects.active().filter(coalition=OuterRef("text__coalition"), person=person.pk)
    seats = seats.filter(person__is_minor=False)
    spoke = Position.objects.filter(call=OuterRef("pk"), organisation=None, person=person.pk)
    spoke = spoke.exclude(stands=False)  # not `stands=True`: see `coalitions/task_queries.py`
    named = Audience.objects.filter(record=OuterRef("text"), person=person.pk)
    is_asked = Q(Exists(seats), ~Exists(spoke.exclude(stance=PositionStance.AWAITING)))
    return is_asked & (Q(text__label__in=LABELS_OPEN_TO_ROLES) | Q(Exists(named)))


def build_call_awaiting_organisations_filter(organisation_ids: Sequence[int]) -> Q:
    """Match open calls that ask one of these organisations (see `find_invited_members`) and have no position of it."""
    call = OuterRef(OuterRef("pk"))
    seats = Membership.objects.active().filter(
        coalition=OuterRef(OuterRef("text__coalition")), organisation=OuterRef("pk")
    )
    spoke = Position.objects.filter(call=call, organisation=OuterRef("pk")).exclude(stance=PositionStance.AWAITING)
    spoke = spoke.exclude(stands=False)
    silent = Organisation.objects.filter(
        Exists(seats), ~Exists(spoke), pk__in=organisation_ids, coalition=OuterRef("text__coalition"), merged_into=None
    )
    named = silent.filter(
        Exists(Audience.objects.filter(record=OuterRef(OuterRef("text")), organisation=OuterRef("pk")))
    )
    return Q(Exists(silent), text__label__in=LABELS_OPEN_TO_ROLES) | Q(Exists(named))


def has_joined_after_call(represented_member: Organisation | Person) -> bool:
    """Whether a member that a call asks joined after it was opened: see `Positions`."""
    return bool(represented_member.joined_later)  # type: ignore[union-attr]  # annotated


@dataclass(frozen=True)
class MemberPosition:
    """What a member says now, and what it said before: to this call, and to the one that this restarts."""

    position: Position
    before: list[Position]
    earlier: Position | None


@dataclass
class CallPositions:
    call: Call

    @cached_property
    def rows(self) -> list[Position]:
        """All that was ever said, to this call and to the one that it restarts: the latest last."""
        calls = [pk for pk in (self.call.pk, self.call.restarts_id) if pk]
        found = (
            Position.objects.filter(call__in=calls).select_related("capacity__person", "clause").order_by("at", "pk")
        )
        return list(found)

    @cached_property
    def taken_positions(self) -> list[MemberPosition]:
        return [self._build_member_position(row) for row in self.rows if row.call_id == self.call.pk and row.stands]

    def _build_member_position(self, position: Position) -> MemberPosition:
        own = [other for other in self.rows if other.member == position.member]
        before = [other for other in own if other.call_id == position.call_id and not other.stands]
        return MemberPosition(position, before, self._find_earlier_position(position.member))

    def get_earlier_position(self, organisation: int) -> Position | None:
        """What it said last to the call that this one restarts."""
        return self._find_earlier_position((organisation, None))

    def _find_earlier_position(self, member: tuple[int | None, int | None]) -> Position | None:
        earlier = [row for row in self.rows if row.call_id != self.call.pk and row.stands]
        return next((row for row in earlier if row.member == member), None)

    @cached_property
    def members(self) -> list[Organisation]:
        represented = Affiliation.objects.confirmed().filter(organisation=OuterRef("pk"), may_speak=True)
        asked = find_invited_members(self.call).annotate(has_representative=Exists(represented))
        return list(asked.annotate(joined_later=self._has_joined_after_call(organisation=OuterRef("pk"))))

    @cached_property
    def people(self) -> list[Person]:
        """The members in their own right."""
        asked = find_invited_individuals(self.call).annotate(
            joined_later=self._has_joined_after_call(person=OuterRef("pk"))
        )
        return list(asked.order_by("name", "pk"))

    def _has_joined_after_call(self, **member: OuterRef) -> Exists:
        """Return the condition that a membership is younger than the call: no email was written when it was opened."""
        opened = timezone.localdate(self.call.opens_at)
        return Exists(Membership.objects.filter(coalition=self.call.text.coalition_id, starts_on__gt=opened, **member))

    @cached_property
    def silent_organisations(self) -> list[Organisation]:
        """The organisations that were reached, and have not responded."""
        unreached = {organisation.pk for organisation in self.unreached_organisations}
        return [
            organisation for organisation in self._organisations_without_response if organisation.pk not in unreached
        ]

    @cached_property
    def people_without_response(self) -> list[Person]:
        return [person for person in self._people_without_response if person not in self.unreached_people]

    @property
    def without_response_count(self) -> int:
        return len(self.silent_organisations) + len(self.people_without_response)

    @cached_property
    def unreached_people(self) -> list[Person]:
        return [
            each
            for each in self._people_without_response
            if self._delivery_failures_by_person.get(each.pk, has_joined_after_call(each))
        ]

    @property
    def unreached_count(self) -> int:
        return len(self.unreached_organisations) + len(self.unreached_people)

    @cached_property
    def unreached_organisations(self) -> list[Organisation]:
        """Organisations of which nobody was reached: who did not receive the question is not silent."""
        return [each for each in self._organisations_without_response if not self._is_organisation_reached(each)]

    def _is_organisation_reached(self, organisation: Organisation) -> bool:
        """Whether a representative got an email, or could have got one when the call was opened."""
        if not organisation.has_representative:  # type: ignore[attr-defined]  # annotated
            return False
        if not (has_joined_after_call(organisation) or any(self._delivery_failures_by_person.values())):
            return True
        people = self._representative_ids.get(organisation.pk, set())
        return not all(
            self._delivery_failures_by_person.get(person, has_joined_after_call(organisation)) for person in people
        )

    @cached_property
    def _representative_ids(self) -> dict[int, set[int]]:
        rows = Affiliation.objects.confirmed().filter(
            organisation__in=self._organisations_without_response, may_speak=True
        )
        found: dict[int, set[int]] = {}
        for organisation, person in rows.values_list("organisation", "person"):
            found.setdefault(organisation, set()).add(person)
        return found

    @cached_property
    def _organisations_without_response(self) -> list[Organisation]:
        spoke = {said.position.organisation_id for said in self.taken_positions}
        return [organisation for organisation in self.members if organisation.pk not in spoke]

    @cached_property
    def _people_without_response(self) -> list[Person]:
        spoke = {said.position.person_id for said in self.taken_positions if said.position.organisation_id is None}
        return [person for person in self.people if person.pk not in spoke]

    @cached_property
    def _delivery_failures_by_person(self) -> dict[int, bool]:
        """Whether none of the emails about this call could be delivered, by the people to whom they were written."""
        letters = Letter.objects.filter(record=self.call.text_id, person__isnull=False)
        letters = letters.filter(message__created_at__gte=self.call.opens_at)
        failed: dict[int, bool] = {}
        rows = letters.values_list("person", "message__given_up_at", "message__bounced_at")
        for person, given_up_at, bounced_at in rows:
            failed[person] = failed.get(person, True) and bool(given_up_at or bounced_at)
        return failed

    @property
    def silent_counts_by_region(self) -> list[tuple[str | Promise, int]]:
        """How many are silent in each regional group, without their names."""
        counted = Counter(organisation.regional_group for organisation in self.silent_organisations)
        return [(group.label, counted[group]) for group in RegionalGroup if counted[group]]

    @property
    def counts(self) -> list[tuple[str, str | Promise, int]]:
        """(stance, in words, how many) of each that somebody took."""
        counted = Counter(said.position.stance for said in self.taken_positions)
        return [(stance.value, stance.label, counted[stance]) for stance in PositionStance if counted[stance]]

    def get_by_stance(self, *stances: str) -> list[Position]:
        return [said.position for said in self.taken_positions if said.position.stance in stances]

    @property
    def dissenting_positions(self) -> list[Position]:
        """What is printed with the text: objections, and reservations of those who support it."""
        return [*self.get_by_stance(PositionStance.OBJECT), *self.get_by_stance(PositionStance.RESERVATION)]

    @property
    def objections(self) -> list[Position]:
        return self.get_by_stance(PositionStance.OBJECT)

    @property
    def have_all_responded(self) -> bool:
        """To await instructions is no silence, and no answer either."""
        return (
            not self._organisations_without_response
            and not self._people_without_response
            and not self.get_by_stance(PositionStance.AWAITING)
        )

    @property
    def has_any_support(self) -> bool:
        spoken = self.get_by_stance(PositionStance.SUPPORT, PositionStance.RESERVATION)
        return bool(spoken) or bool(self.without_response_count and self.call.silence == Rules.Silence.SUPPORT)

    @property
    def position_tally(self) -> PositionTally:
        return PositionTally(
            support=len(self.get_by_stance(PositionStance.SUPPORT, PositionStance.RESERVATION)),
            silent=self.without_response_count,
            objections=self._get_stakeholder_groups(PositionStance.OBJECT),
            amendments=self._get_stakeholder_groups(PositionStance.AMENDMENT),
            to_procedure=len(self.get_by_stance(PositionStance.PROCEDURE)),
            awaiting=len(self.get_by_stance(PositionStance.AWAITING)),
            unreached=self.unreached_count,
        )

    def _get_stakeholder_groups(self, stance: str) -> tuple[str, ...]:
        return tuple(position.capacity.stakeholder_group for position in self.get_by_stance(stance))

    @property
    def verdict(self) -> CallVerdict:
        """What may be declared of a decision."""
        return determine_call_verdict(DecisionRules.from_call(self.call), self.position_tally)


def find_dissenting_positions(consensus_call: Call | None) -> Sequence[Position]:
    """The positions that stand against what was agreed, in the order in which they are printed."""
    if consensus_call is None:
        return []
    stances = [PositionStance.OBJECT, PositionStance.RESERVATION]
    rows = Position.objects.filter(call=consensus_call, stands=True, stance__in=stances)
    return sorted(
        rows.select_related("capacity__person", "clause"), key=lambda row: stances.index(PositionStance(row.stance))
    )
