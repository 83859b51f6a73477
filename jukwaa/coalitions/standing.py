"""What a viewer is in a coalition today: read once a request."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Protocol

from django.db.models import QuerySet
from django.utils import timezone

from jukwaa.coalitions.entitlements import (
    annotate_person_entitlements,
    get_entitlements,
    load_entitlements_from_row,
)
from jukwaa.coalitions.models import Affiliation, Coalition, Membership, Organisation, Role
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.prepared import QueryParameter, execute_prepared


def _build_coalition_query(slug: str, viewer: Viewer) -> QuerySet[Coalition]:
    rows = Coalition.objects.filter(slug=slug)
    return annotate_person_entitlements(rows, viewer) if viewer.is_authenticated else rows


class HasCoalition(Protocol):
    @property
    def coalition(self) -> Coalition: ...

    @property
    def coalition_id(self) -> int: ...


@dataclass
class ViewerContext:
    """Who asks a policy, and what was read to answer. Made for one request, email or check, and never kept longer."""

    viewer: Viewer

    @cached_property
    def wrote(self) -> dict[int, bool]:
        """Which records the viewer is an author of, by number, as far as was asked."""
        return {}

    @cached_property
    def _standings(self) -> dict[int, "Standing"]:
        return {}

    def standing(self, coalition_or_row: Coalition | HasCoalition) -> "Standing":
        """Return the viewer's standing in the coalition of a thing, or in a coalition."""
        pk = coalition_or_row.pk if isinstance(coalition_or_row, Coalition) else coalition_or_row.coalition_id
        if pk not in self._standings:
            self._standings[pk] = Standing(
                self.viewer, coalition_or_row if isinstance(coalition_or_row, Coalition) else coalition_or_row.coalition
            )
        return self._standings[pk]

    def is_person(self, pk: int | None) -> bool:
        return self.viewer.is_authenticated and self.viewer.pk == pk


@dataclass
class Standing(ViewerContext):
    """Seats, roles and organisations of one viewer in one coalition. Costs a query for each that is asked for."""

    coalition: Coalition
    moment: datetime = field(default_factory=timezone.now)  # of what opens and closes

    @classmethod
    def under(cls, slug: str, viewer: Viewer) -> "Standing | None":
        """Of the viewer in the coalition of this name, read in one query with all that they may read by."""
        found = execute_prepared(_build_coalition_query, QueryParameter(slug), viewer)
        if not found:
            return None
        coalition = found[0]
        if not viewer.is_authenticated:
            return cls.known(coalition, viewer, frozenset(), has_seat=False)
        entitlements = load_entitlements_from_row(viewer, coalition)
        roles = frozenset(kind for kind in Role.Kind if coalition.pk in entitlements.coalitions_by_role([kind]))
        return cls.known(coalition, viewer, roles, has_seat=coalition.pk in entitlements.seats[0])

    @classmethod
    def known(cls, coalition: Coalition, viewer: Viewer, roles: frozenset[str], *, has_seat: bool) -> "Standing":
        """What was read already."""
        standing = cls(viewer, coalition)
        standing.roles, standing.has_seat = roles, has_seat
        return standing

    @cached_property
    def _standings(self) -> dict[int, "Standing"]:
        return {self.coalition.pk: self}

    @cached_property
    def has_seat(self) -> bool:
        return Membership.objects.seats_of(self.viewer).filter(coalition=self.coalition).exists()

    @cached_property
    def roles(self) -> frozenset[str]:
        held = Role.objects.held_by(self.viewer).filter(coalition=self.coalition)
        return frozenset(held.values_list("kind", flat=True))

    @cached_property
    def affiliations(self) -> list[Affiliation]:
        """Those of this person that are confirmed, in this coalition's directory, with their organisations."""
        if not self.viewer.is_authenticated or get_entitlements(self.viewer).organisations == frozenset():
            return []
        own = Affiliation.objects.confirmed().filter(person=self.viewer, organisation__coalition=self.coalition)
        return list(own.select_related("organisation"))

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
    def is_chair(self) -> bool:
        return Role.Kind.CHAIR in self.roles

    @property
    def is_rapporteur(self) -> bool:
        return bool(self.roles & {Role.Kind.RAPPORTEUR, Role.Kind.EDITOR, Role.Kind.COORDINATOR})

    @property
    def is_safeguarding_lead(self) -> bool:
        return Role.Kind.SAFEGUARDING_LEAD in self.roles
