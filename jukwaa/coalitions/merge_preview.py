"""What a merge would move, and what gives way, said before it is done."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions.merging import FIELDS_FILLED_IF_EMPTY, FIELDS_FILLED_IF_UNKNOWN
from jukwaa.coalitions.models import (
    Affiliation,
    Capacity,
    Coalition,
    KeptApart,
    ListEntry,
    Membership,
    Organisation,
    OrganisationName,
    Role,
)
from jukwaa.core.foreign_key_moves import find_referencing_rows
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_country_name


@dataclass(frozen=True)
class MovedRowCount:
    what: str
    number: int


def count_moved_rows(organisation: Organisation) -> list[MovedRowCount]:
    """How many rows of which sort, of every app: those we know by name, and all others together."""
    named = {
        # Translators: headings of rows of a table with numbers: what a merge of two organisations will move.
        OrganisationName: _("other and former names"),
        Affiliation: _("people"),
        Membership: _("memberships and applications"),
        Capacity: _("contributions and mentions"),
        Organisation: _("organisations merged earlier"),
        Organisation.areas.through: _("areas of work"),
    }
    counts = dict.fromkeys(named.values(), 0)
    others = 0
    for model, _name, rows in find_referencing_rows(organisation):
        if model is KeptApart:
            continue
        if label := named.get(model):
            counts[label] += rows.count()
        else:
            others += rows.count()
    moves = [MovedRowCount(what, number) for what, number in counts.items() if number]
    return [*moves, MovedRowCount(_("records that mention the organisation"), others)] if others else moves


def count_moved_rows_of_person(coalition: Coalition, person: Person) -> list[MovedRowCount]:
    """How many rows of which sort in this coalition: what else the person has is nobody else's business."""
    of_coalition = {"coalition": coalition, "person": person}
    applied = Membership.objects.filter(Q(person=person) | Q(applicant=person), coalition=coalition)
    rows: dict[str, QuerySet[Any]] = {
        # Translators: headings of rows of a table with numbers: what a merge of two people will move.
        _("affiliations"): Affiliation.objects.filter(organisation__coalition=coalition, person=person),
        _("roles"): Role.objects.filter(**of_coalition),
        _("memberships and applications"): applied,
        _("contributions and mentions"): Capacity.objects.filter(**of_coalition),
        _("mailing list entries"): ListEntry.objects.filter(**of_coalition),
    }
    counts = {label: found.count() for label, found in rows.items()}
    return [MovedRowCount(label, number) for label, number in counts.items() if number]


@dataclass(frozen=True)
class DiscardedValue:
    """A fact that both rows state and that differs: the one that stays is believed."""

    label: str
    stays: str
    goes: str


def find_discarded_values(
    surviving_organisation: Organisation, merged_organisation: Organisation
) -> list[DiscardedValue]:
    """All but names: those stay findable."""
    found = []
    for name in (*FIELDS_FILLED_IF_EMPTY, *FIELDS_FILLED_IF_UNKNOWN):
        stays, goes = getattr(surviving_organisation, name), getattr(merged_organisation, name)
        if name != "acronym" and stays != goes and {"", "unknown"}.isdisjoint({stays, goes}):
            label = capfirst(str(Organisation._meta.get_field(name).verbose_name))  # type: ignore[union-attr]  # noqa: SLF001 - a column; public by Django's word
            found.append(
                DiscardedValue(
                    label,
                    _format_discarded_value(surviving_organisation, name),
                    _format_discarded_value(merged_organisation, name),
                )
            )
    return found


def _format_discarded_value(organisation: Organisation, field_name: str) -> str:
    if field_name == "country":
        code = organisation.country
        return get_country_name(code, get_language() or "en") if code in COUNTRIES_BY_CODE else code
    display = getattr(organisation, f"get_{field_name}_display", None)
    return str(display() if display else getattr(organisation, field_name))
