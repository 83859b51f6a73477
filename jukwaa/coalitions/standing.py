"""What a viewer is in a coalition today: read once a request."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition, Membership, Organisation, Role
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.prepared import Open, prepared
from jukwaa.core.worded import Rule, Worded


def with_a_seat_for(viewer: Person, day: date) -> QuerySet[Coalition]:
    seats = Membership.objects.seats_of(viewer, day).filter(coalition=OuterRef("pk"))
    return Coalition.objects.filter(Exists(seats))


def _with_role(kind: Role.Kind) -> Rule[Person]:
    def rule(viewer: Person, day: date) -> QuerySet[Coalition]:
        held = Role.objects.held_by(viewer, day).filter(coalition=OuterRef("pk"), kind=kind)
        return Coalition.objects.filter(Exists(held))

    rule.__name__ = f"with_role_{kind.name.lower()}"
    return rule


WITH_ROLE = {kind: _with_role(kind) for kind in Role.Kind}


def _under(slug: str, viewer: Viewer) -> QuerySet[Coalition]:
    rows = Coalition.objects.filter(slug=slug)
    if not viewer.is_authenticated:
        return rows
    held = {kind.name: Worded(rule, viewer, ("pk",)) for kind, rule in WITH_ROLE.items()}
    return rows.annotate(seated=Worded(with_a_seat_for, viewer, ("pk",)), **held)


def _affiliations(viewer: Person, coalition: Coalition) -> QuerySet[Affiliation]:
    own = Affiliation.objects.confirmed().filter(person=viewer, organisation__coalition=coalition)
    return own.select_related("organisation")


@dataclass
class Standing:
    """Seats, roles and organisations of one viewer in one coalition. Costs a query for each that is asked for."""

    viewer: Viewer
    coalition: Coalition
    moment: datetime = field(default_factory=timezone.now)  # of what opens and closes
    wrote: dict[int, bool] = field(default_factory=dict)  # records by number, as far as a page has asked

    @classmethod
    def under(cls, slug: str, viewer: Viewer) -> "Standing | None":
        """Of the viewer in the coalition of this name, which is read with their seat and roles: one query for all."""
        found = prepared(_under, Open(slug), viewer)
        if not found:
            return None
        coalition = found[0]
        roles = frozenset(kind for kind in WITH_ROLE if getattr(coalition, kind.name, False))
        return cls.known(coalition, viewer, roles, has_seat=bool(getattr(coalition, "seated", False)))

    @classmethod
    def known(cls, coalition: Coalition, viewer: Viewer, roles: frozenset[str], *, has_seat: bool) -> "Standing":
        """What was read already."""
        standing = cls(viewer, coalition)
        standing.roles, standing.has_seat = roles, has_seat
        return standing

    @cached_property
    def has_seat(self) -> bool:
        if not self.viewer.is_authenticated:
            return False
        seated = Worded(with_a_seat_for, self.viewer, ("pk",))
        return Coalition.objects.filter(seated, pk=self.coalition.pk).exists()

    @cached_property
    def roles(self) -> frozenset[str]:
        held = Role.objects.held_by(self.viewer).filter(coalition=self.coalition)
        return frozenset(held.values_list("kind", flat=True))

    @cached_property
    def affiliations(self) -> list[Affiliation]:
        """Those of this person that are confirmed, in this coalition's directory, with their organisations."""
        if not self.viewer.is_authenticated:
            return []
        return prepared(_affiliations, self.viewer, self.coalition)

    @property
    def organisations(self) -> list[Organisation]:
        """Those that this person may say they come from."""
        return [affiliation.organisation for affiliation in self.affiliations]

    @property
    def speaks_for(self) -> list[int]:
        return [affiliation.organisation_id for affiliation in self.affiliations if affiliation.may_speak]

    @property
    def is_inside(self) -> bool:
        """Has a seat or a role here: whoever sees the names of its people."""
        return bool(self.roles) or self.has_seat

    @property
    def is_coordinator(self) -> bool:
        return Role.Kind.COORDINATOR in self.roles

    @property
    def is_rapporteur(self) -> bool:
        return bool(self.roles & {Role.Kind.RAPPORTEUR, Role.Kind.EDITOR, Role.Kind.COORDINATOR})

    @property
    def is_safeguarding_lead(self) -> bool:
        return Role.Kind.SAFEGUARDING_LEAD in self.roles
