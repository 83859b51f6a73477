"""What a viewer is in a coalition today: read once a request."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition, Membership, Organisation, Role
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.worded import Worded


def with_a_seat_for(viewer: Person, day: date) -> QuerySet[Coalition]:
    seats = Membership.objects.seats_of(viewer, day).filter(coalition=OuterRef("pk"))
    return Coalition.objects.filter(Exists(seats))


@dataclass
class Standing:
    """Seats, roles and organisations of one viewer in one coalition. Costs a query for each that is asked for."""

    viewer: Viewer
    coalition: Coalition

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
    def organisations(self) -> list[Organisation]:
        """Those that this person may say they come from: confirmed affiliations in this coalition's directory."""
        if not self.viewer.is_authenticated:
            return []
        own = Affiliation.objects.confirmed().filter(person=self.viewer, organisation__coalition=self.coalition)
        return [affiliation.organisation for affiliation in own.select_related("organisation")]

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
