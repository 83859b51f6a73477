"""What a merge would move, said before it is done."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from jukwaa.coalitions.actions.merging import what_points_to
from jukwaa.coalitions.models import Affiliation, Capacity, KeptApart, Membership, Organisation, OrganisationName


@dataclass(frozen=True)
class Move:
    what: str
    number: int


def what_moves(organisation: Organisation) -> list[Move]:
    """How many rows of which sort, of every app: those we know by name, and all others together."""
    named = {
        OrganisationName: _("names of before"),
        Affiliation: _("people"),
        Membership: _("memberships and applications"),
        Capacity: _("times it spoke or was named here"),
        Organisation: _("rows merged into it before"),
        Organisation.areas.through: _("areas of work"),
    }
    counts = dict.fromkeys(named.values(), 0)
    others = 0
    for model, _name, rows in what_points_to(organisation):
        if model is KeptApart:
            continue
        if label := named.get(model):
            counts[label] += rows.count()
        else:
            others += rows.count()
    moves = [Move(what, number) for what, number in counts.items() if number]
    return [*moves, Move(_("entries of the record that name it"), others)] if others else moves
