"""What stays in the record when somebody leaves: attendance and commitments."""

from django.db.models import QuerySet
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.departures import Contribution, contribution_registry
from jukwaa.coalitions.models import Coalition
from jukwaa.meetings.models import (
    Attendance,
    Commitment,
    Dissent,
    Entry,
    MemberUpdate,
    Part,
    Support,
)


def _find_own_attendances(coalition: Coalition, person: Person) -> QuerySet[Attendance]:
    return Attendance.objects.filter(meeting__coalition=coalition, capacity__person=person)


contribution_registry.register(50)(
    Contribution(lambda n: ngettext("%(n)s meeting attended", "%(n)s meetings attended", n), _find_own_attendances)
)


def _find_own_entries(coalition: Coalition, person: Person) -> QuerySet[Entry]:
    return Entry.objects.filter(coalition=coalition, speakers__person=person)


contribution_registry.register(60)(
    Contribution(lambda n: ngettext("%(n)s entry in minutes", "%(n)s entries in minutes", n), _find_own_entries)
)


def _find_own_commitments(coalition: Coalition, person: Person) -> QuerySet[Commitment]:
    return Commitment.objects.filter(entry__coalition=coalition, owner__person=person)


contribution_registry.register(70)(
    Contribution(lambda n: ngettext("%(n)s commitment", "%(n)s commitments", n), _find_own_commitments)
)


def _find_own_dissents(coalition: Coalition, person: Person) -> QuerySet[Dissent]:
    return Dissent.objects.filter(entry__coalition=coalition, capacity__person=person)


contribution_registry.register(71)(
    Contribution(
        lambda n: ngettext("%(n)s objection to a decision", "%(n)s objections to decisions", n), _find_own_dissents
    )
)


def _find_own_updates(coalition: Coalition, person: Person) -> QuerySet[MemberUpdate]:
    return MemberUpdate.objects.filter(meeting__coalition=coalition, author=person)


contribution_registry.register(72)(
    Contribution(
        lambda n: ngettext("%(n)s update sent before a meeting", "%(n)s updates sent before meetings", n),
        _find_own_updates,
    )
)


def _find_presented_items(coalition: Coalition, person: Person) -> QuerySet[Part]:
    return Part.objects.filter(meeting__coalition=coalition, presenter__person=person)


contribution_registry.register(73)(
    Contribution(
        lambda n: ngettext("%(n)s agenda item presented", "%(n)s agenda items presented", n), _find_presented_items
    )
)


def _find_supported_ideas(coalition: Coalition, person: Person) -> QuerySet[Support]:
    return Support.objects.filter(idea__coalition=coalition, person=person)


contribution_registry.register(74)(
    Contribution(lambda n: ngettext("%(n)s idea supported", "%(n)s ideas supported", n), _find_supported_ideas)
)
