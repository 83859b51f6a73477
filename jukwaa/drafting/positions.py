"""How a call stands: what each organisation said, who is silent, and what the silence counts as."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from jukwaa.coalitions.models import Coalition, Membership, Organisation
from jukwaa.drafting.models import Call, Position, Rules
from jukwaa.places.regions import RegionalGroup
from jukwaa.records.models import Audience
from jukwaa.records.models.record import OPEN_TO_ROLES

Stance = Position.Stance


def rules_of(coalition: Coalition) -> Rules:
    """As its coordinator set them, or as they are where nobody did."""
    return Rules.objects.filter(coalition=coalition).first() or Rules(coalition=coalition)


def members_asked(call: Call) -> QuerySet[Organisation]:
    """The member organisations of the day, or of the day on which it closed; of a restricted text those it names."""
    day = min(timezone.localdate(), timezone.localdate(call.closes_at))
    seats = Membership.objects.active(day).filter(coalition=call.text.coalition_id, organisation=OuterRef("pk"))
    members = Organisation.objects.of(call.text.coalition).filter(Exists(seats))
    if call.text.label in OPEN_TO_ROLES:
        return members
    return members.filter(Exists(Audience.objects.filter(record=call.text_id, organisation=OuterRef("pk"))))


def awaiting(organisations: Sequence[int]) -> Q:
    """Of an open call: that it asks one of these organisations (see `members_asked`), which has taken no position."""
    call = OuterRef(OuterRef("pk"))
    seats = Membership.objects.active().filter(
        coalition=OuterRef(OuterRef("text__coalition")), organisation=OuterRef("pk")
    )
    spoke = Position.objects.filter(call=call, organisation=OuterRef("pk"), stands=True).exclude(stance=Stance.AWAITING)
    silent = Organisation.objects.filter(
        Exists(seats), ~Exists(spoke), pk__in=organisations, coalition=OuterRef("text__coalition"), merged_into=None
    )
    named = silent.filter(
        Exists(Audience.objects.filter(record=OuterRef(OuterRef("text")), organisation=OuterRef("pk")))
    )
    return Q(Exists(silent), text__label__in=OPEN_TO_ROLES) | Q(Exists(named))


@dataclass(frozen=True)
class Said:
    """What an organisation says now, and what it said before: to this call, and to the one that this restarts."""

    position: Position
    before: list[Position]
    earlier: Position | None


@dataclass
class Positions:
    call: Call

    @cached_property
    def rows(self) -> list[Position]:
        """All that was ever said, to this call and to the one that it restarts: the latest last."""
        calls = [pk for pk in (self.call.pk, self.call.restarts_id) if pk]
        found = Position.objects.filter(call__in=calls).select_related("capacity", "clause").order_by("at", "pk")
        return list(found)

    @cached_property
    def taken(self) -> list[Said]:
        return [self._said(row) for row in self.rows if row.call_id == self.call.pk and row.stands]

    def _said(self, row: Position) -> Said:
        own = [other for other in self.rows if other.organisation_id == row.organisation_id]
        before = [other for other in own if other.call_id == row.call_id and not other.stands]
        return Said(row, before, self.earlier_of(row.organisation_id))

    def earlier_of(self, organisation: int) -> Position | None:
        """What it said last to the call that this one restarts."""
        earlier = [row for row in self.rows if row.call_id != self.call.pk and row.stands]
        return next((row for row in earlier if row.organisation_id == organisation), None)

    @cached_property
    def members(self) -> list[Organisation]:
        return list(members_asked(self.call))

    @cached_property
    def silent(self) -> list[Organisation]:
        spoke = {said.position.organisation_id for said in self.taken}
        return [organisation for organisation in self.members if organisation.pk not in spoke]

    @property
    def silent_by_group(self) -> list[tuple[str | Promise, int]]:
        """How many are silent in each regional group, without their names."""
        counted = Counter(organisation.regional_group for organisation in self.silent)
        return [(group.label, counted[group]) for group in RegionalGroup if counted[group]]

    @property
    def counts(self) -> list[tuple[str, str | Promise, int]]:
        """(stance, in words, how many) of each that somebody took."""
        counted = Counter(said.position.stance for said in self.taken)
        return [(stance.value, stance.label, counted[stance]) for stance in Stance if counted[stance]]

    def of_stance(self, *stances: str) -> list[Position]:
        return [said.position for said in self.taken if said.position.stance in stances]

    @property
    def against(self) -> list[Position]:
        """What is printed with the text: objections, and reservations of those who support it."""
        return [*self.of_stance(Stance.OBJECT), *self.of_stance(Stance.RESERVATION)]

    @property
    def objections(self) -> list[Position]:
        return self.of_stance(Stance.OBJECT)

    @property
    def everybody_spoke(self) -> bool:
        """To await instructions is no silence, and no answer either."""
        return not self.silent and not self.of_stance(Stance.AWAITING)

    @property
    def has_support(self) -> bool:
        spoken = self.of_stance(Stance.SUPPORT, Stance.RESERVATION)
        return bool(spoken) or bool(self.silent and self.call.silence == Rules.Silence.SUPPORT)


def against_in(call: Call | None) -> Sequence[Position]:
    """The positions that stand against what was agreed, in the order in which they are printed."""
    if call is None:
        return []
    stances = [Stance.OBJECT, Stance.RESERVATION]
    rows = Position.objects.filter(call=call, stands=True, stance__in=stances)
    return sorted(rows.select_related("capacity", "clause"), key=lambda row: stances.index(Stance(row.stance)))
