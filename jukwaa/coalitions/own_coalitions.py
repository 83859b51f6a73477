"""The coalitions that a person belongs to today, and can leave."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone

from jukwaa.coalitions.models import Affiliation, Coalition, ListEntry, Membership, Role
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.db import build_in_force_q


def list_own_coalitions(viewer: Viewer) -> list[Coalition]:
    """Return those in which the viewer has a membership, an affiliation, a role or a place on the mailing list."""
    if not viewer.is_authenticated:
        return []
    in_force = build_in_force_q(timezone.localdate())
    ties = (
        Membership.objects.active().filter(person=viewer).values("coalition"),
        Affiliation.objects.in_force().filter(person=viewer).values("organisation__coalition"),
        Role.objects.held_by(viewer).values("coalition"),
        ListEntry.objects.filter(in_force, person=viewer).values("coalition"),
    )
    return list(Coalition.objects.filter(reduce(or_, (Q(pk__in=tie) for tie in ties))).order_by("name"))
