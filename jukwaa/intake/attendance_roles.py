"""As what those whom a report names attended: as the document says, else as the directory has them on that day."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from jukwaa.coalitions.known_people import get_person_name_key
from jukwaa.coalitions.models import Membership, Organisation, Role
from jukwaa.core.dates import get_utc_date
from jukwaa.core.list_formatting import format_list_in_sentence
from jukwaa.intake.models import Actor
from jukwaa.meetings.models import Attendance


class AttendanceRoles:
    """Who of these was a member on that day: three queries at most, however many are asked for.

    With `as_offered`, names that are not matched attended for the organisation that is offered for them.
    """

    def __init__(self, actors: Collection[Actor], meeting_day: date | None, *, as_offered: bool = False) -> None:
        self._as_offered = as_offered
        found = (self._find_organisation(actor) for actor in actors)
        self._members = find_member_organisations_on_day({each for each in found if each}, meeting_day)
        self._individual_members = _find_individual_member_names(actors, meeting_day)

    def _find_organisation(self, actor: Actor) -> Organisation | None:
        return actor.known_organisation or (actor.suggested_organisation if self._as_offered else None)

    def get_role(self, actor: Actor | None) -> str:
        if actor is None:
            return Attendance.As.OBSERVER
        organisation = self._find_organisation(actor)
        is_member = (
            actor.is_group
            or (organisation is not None and organisation.pk in self._members)
            or (actor.known_organisation is None and get_person_name_key(actor.written) in self._individual_members)
        )
        return Attendance.As.MEMBER if is_member else Attendance.As.OBSERVER


def find_member_organisations_on_day(organisations: Iterable[Organisation], meeting_day: date | None) -> set[int]:
    """Which of these were members on that day, as far as the membership tells."""
    asked = list(organisations)
    if not asked:
        return set()
    return set(
        Membership.objects.active(meeting_day).filter(organisation__in=asked).values_list("organisation", flat=True)
    )


def _find_individual_member_names(actors: Collection[Actor], meeting_day: date | None) -> set[str]:
    """The names of those who were members in their own right on that day, if any of these may be one of them.

    Whoever holds a role of the coalition, such as its coordinator, counts as one; roles are often entered late, so
    their first day is not looked at.
    """
    people = [actor for actor in actors if actor.means == Actor.Means.AS_WRITTEN and not actor.is_group]
    if not people:
        return set()
    seats = Membership.objects.active(meeting_day).filter(
        coalition=people[0].reading.coalition_id, person__is_minor=False
    )
    roles = Role.objects.filter(coalition=people[0].reading.coalition_id, person__is_minor=False)
    roles = roles.filter(Q(ends_on=None) | Q(ends_on__gte=meeting_day or get_utc_date()))
    names = [*seats.values_list("person__name", flat=True), *roles.values_list("person__name", flat=True)]
    return {get_person_name_key(name) for name in names if name}


def format_attendance_roles(attendance_roles: Sequence[tuple[str, str]]) -> str:
    """Return as what these names attended: once if all attended as the same, else each role with its names."""
    names: dict[str, list[str]] = {}
    for name, role in attendance_roles:
        names.setdefault(role, []).append(name)
    if len(names) == 1:
        return str(Attendance.As(next(iter(names))).label)
    # Translators: as what several organisations attended, such as: member (ECPAT and NSPCC)
    parts = [
        _("%(role)s (%(names)s)") % {"role": Attendance.As(role).label, "names": format_list_in_sentence(named)}
        for role, named in names.items()
    ]
    return format_list_in_sentence(parts)
