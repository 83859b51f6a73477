"""The people of a meeting that is a session of a forum: who takes part in which role, as another feature knows them.

They are invited with the members, also where they are no members: then to this one meeting.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from jukwaa.accounts.models import Person
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.core.registry import Registry
from jukwaa.meetings.attendance_files import FileParticipant
from jukwaa.meetings.models import Meeting


@dataclass(frozen=True)
class SessionPerson:
    """Somebody who has confirmed. `person` is None for somebody whom only a name tells; `name` is that name."""

    roles: tuple[str | Promise, ...]
    person: Person | None = None
    name: str = ""
    organisation: str = ""

    @property
    def is_minor(self) -> bool:
        return self.person is not None and self.person.is_minor

    def get_display_name(self, viewer_standing: Standing) -> str:
        return get_display_name(self.person, viewer_standing) if self.person else self.name


@dataclass(frozen=True)
class SessionPeopleSource:
    """`find` returns the people of a meeting, `is_shown_to` whether a reader may know who they are.

    `wants_email` says whether a person without a seat accepts emails about the session.
    """

    find: Callable[[Meeting], Iterable[SessionPerson]]
    is_shown_to: Callable[[Meeting, Standing], bool]
    wants_email: Callable[[Person, Coalition], bool]


session_people_sources: Registry[str, SessionPeopleSource] = Registry("people of meetings")


def find_session_people(meeting: Meeting) -> list[SessionPerson]:
    return [each for source in session_people_sources.values() for each in source.find(meeting)]


def list_shown_session_people(meeting: Meeting, viewer_standing: Standing) -> list[SessionPerson]:
    """Return whom the page of the meeting names to this reader: nobody under 18."""
    sources = [source for source in session_people_sources.values() if source.is_shown_to(meeting, viewer_standing)]
    return [each for source in sources for each in source.find(meeting) if not each.is_minor]


def find_session_roles(meeting: Meeting) -> dict[int, tuple[str | Promise, ...]]:
    """Return the roles of each person."""
    return {each.person.pk: each.roles for each in find_session_people(meeting) if each.person}


def list_expected_attendees(meeting: Meeting, viewer_standing: Standing) -> list[FileParticipant]:
    """Return the people of the session, to be checked and recorded as attendees."""
    return [
        FileParticipant(
            each.person.name if each.person else each.name,
            {each.person.email} if each.person and each.person.email else set(),
            organisation=each.organisation,
            rows=1,
        )
        for each in list_shown_session_people(meeting, viewer_standing)
    ]
