"""Who attended, as the suggestions of a report name them: a row for each name, to be decided on one page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jukwaa.core.db import JSONArrayLength
from jukwaa.intake.attendance_roles import AttendanceRoles
from jukwaa.intake.matching import set_suggested_people
from jukwaa.intake.meeting_details import find_earliest_next_meeting
from jukwaa.intake.meeting_places import is_online_place
from jukwaa.intake.models import ATTENDANCE_SUGGESTION_KINDS, Actor, Decision, DeskKind, Reading, Suggestion
from jukwaa.intake.models.suggestions import ACCEPTING_DECISIONS
from jukwaa.meetings.models import Attendance

MAX_TABLE_ROWS = 300
KEEP_AS_WRITTEN, NEW_ORGANISATION = "written", "new"  # matches of a name; else the number of the organisation
LIKELY_PREFIX = "likely-"
NOT_ATTENDED = "absent"  # the same as a row that is not ticked
DOCUMENT_ORDER = ("sentence__number", "start", "pk")
OPEN_ATTENDANCE = Q(
    kind__in=ATTENDANCE_SUGGESTION_KINDS,
    decision__in=[Decision.WAITING, *ACCEPTING_DECISIONS],
    entered_at__isnull=True,
)


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """A name in a suggestion about attendance. `role`: as what the suggestion and the directory have it."""

    suggestion: Suggestion
    position: int
    name: str
    actor: Actor | None
    role: str
    is_first_of_name: bool  # what a name means is chosen once

    @property
    def key(self) -> str:
        return f"{self.suggestion.pk}-{self.position}"

    @property
    def version(self) -> str:
        """What the page showed: the version of the suggestion, and what the name meant."""
        return f"{self.suggestion.version}:{get_match(self.actor)}"

    @property
    def match_choices(self) -> list[tuple[str, str]]:
        """Whom the name may mean, the likely one first; nothing where there is no choice."""
        actor = self.actor
        if actor is None or not self.is_first_of_name or get_match(actor) in {"", KEEP_AS_WRITTEN}:
            return []
        organisation = actor.known_organisation or actor.suggested_organisation
        if organisation is None:
            found = (NEW_ORGANISATION, _("a new organisation, %(name)s") % {"name": actor.new_name})
        else:
            found = (str(organisation.pk), actor.offer or organisation.name)
        return [found, (KEEP_AS_WRITTEN, _("the name as written, without a match"))]

    @property
    def role_choices(self) -> list[tuple[str, str]]:
        roles = [(each.value, str(each.label)) for each in Attendance.As]
        roles.append((NOT_ATTENDED, pgettext("person at a meeting", "did not attend")))
        if self.suggestion.kind == DeskKind.NEW_MEMBER:
            return roles
        role = Attendance.As(self.role).label
        # Translators: as what a person attended a meeting, such as: As in the directory (member)
        return [("", _("As in the directory (%(role)s)") % {"role": role}), *roles]


@dataclass(frozen=True, slots=True)
class AttendanceTable:
    """The rows of the page. Those beyond the limit are decided sentence by sentence."""

    reading: Reading
    rows: list[AttendanceRow] = field(default_factory=list)
    is_shortened: bool = False
    next_meeting: date | None = None  # as the report suggests

    @property
    def chair(self) -> str:
        """The key of the first row that chaired."""
        return next((row.key for row in self.rows if row.suggestion.is_chair), "")

    @property
    def other_mode(self) -> str:
        """The way of attending of people for whom the report gives none: online, if nobody was in a room."""
        meeting = self.reading.meeting
        is_online = is_online_place(meeting.place if meeting is not None else self.reading.meeting_place)
        has_room = any(row.suggestion.mode == Attendance.Mode.ROOM for row in self.rows)
        return Attendance.Mode.ONLINE if is_online and not has_room else ""


def get_match(actor: Actor | None) -> str:
    """What a name means at present, as the table writes it; nothing for a group."""
    if actor is None or actor.is_group:
        return ""
    if actor.means == Actor.Means.NEW:
        return NEW_ORGANISATION
    if organisation := actor.known_organisation:
        return str(organisation.pk)
    likely = actor.suggested_organisation
    return f"{LIKELY_PREFIX}{likely.pk}" if likely else KEEP_AS_WRITTEN


def build_attendance_count() -> Coalesce:
    """How many names the table has, for a query that counts suggestions."""
    return Coalesce(Sum(JSONArrayLength("actors"), filter=OPEN_ATTENDANCE), 0)


def build_attendance_table(reading: Reading) -> AttendanceTable:
    """A few queries, however many names there are: people who wait or were kept, and are not in the record."""
    next_meetings = Q(kind=DeskKind.NEXT_MEETING) & ~Q(decision=Decision.REFUSED)
    found = reading.suggestions.filter(next_meetings | (OPEN_ATTENDANCE & ~Q(actors=[]))).select_related("sentence")
    ordered = list(found.order_by(*DOCUMENT_ORDER))
    suggestions = [each for each in ordered if each.kind != DeskKind.NEXT_MEETING]
    sentences = [each.text for each in ordered if each.kind == DeskKind.NEXT_MEETING]
    shown: list[Suggestion] = []
    length = 0
    for suggestion in suggestions:
        length += len(suggestion.actors)
        if length > MAX_TABLE_ROWS:
            break
        shown.append(suggestion)
    actors = _load_actors(reading, {name for suggestion in shown for name in suggestion.actors})
    roles = AttendanceRoles(list(actors.values()), reading.meeting_day, as_offered=True)
    return AttendanceTable(
        reading,
        _build_rows(shown, actors, roles),
        is_shortened=len(shown) < len(suggestions),
        next_meeting=find_earliest_next_meeting(sentences, reading.meeting_day),
    )


def _build_rows(
    suggestions: Iterable[Suggestion], actors: dict[str, Actor], roles: AttendanceRoles
) -> list[AttendanceRow]:
    rows: list[AttendanceRow] = []
    seen: set[str] = set()
    for suggestion in suggestions:
        for position, name in enumerate(suggestion.actors):
            actor = actors.get(name)
            rows.append(AttendanceRow(suggestion, position, name, actor, roles.get_role(actor), name not in seen))
            seen.add(name)
    return rows


def _load_actors(reading: Reading, names: set[str]) -> dict[str, Actor]:
    found = reading.actors.select_related("organisation__merged_into", "likely__merged_into")
    actors = [actor for actor in found if actor.written in names]
    for actor in actors:
        actor.reading = reading
    set_suggested_people(reading.coalition, actors)
    return {actor.written: actor for actor in actors}
