"""Capacities of one meeting: whoever was there, or spoke twice, is taken down once."""

from functools import cached_property

from django.db.models import Q

from jukwaa.coalitions.capacities import create_capacity_from_source
from jukwaa.coalitions.known_people import KnownPeople
from jukwaa.coalitions.models import Capacity, Organisation
from jukwaa.meetings.models import Meeting

# How the source writes somebody, and the organisation of the directory that is meant, if one is known.
type Voice = tuple[str, Organisation | None]


class SpeakerCapacities:
    """Finds or takes down the capacity of a speaker or an owner. Reads the meeting's capacities once.

    Refuses a name that is not kept in the record.
    """

    def __init__(self, meeting: Meeting) -> None:
        self._meeting = meeting
        here = Q(attendance__meeting=meeting) | Q(entries__meeting=meeting) | Q(commitments__entry__meeting=meeting)
        here |= Q(dissents__entry__meeting=meeting)
        known = Capacity.objects.filter(here).distinct()
        self._known = {(capacity.name, capacity.organisation_id): capacity for capacity in known}

    @cached_property
    def _known_people(self) -> KnownPeople:
        return KnownPeople(self._meeting.coalition)

    def require_recordable_name(self, attendee_name: str) -> None:
        """Raise ActionRefused for a name that is not kept in the record."""
        self._known_people.find(attendee_name)

    def get_or_create_capacity(self, voice: Voice) -> Capacity:
        name, organisation = voice
        organisation = resolve_merged_organisation(organisation, self._meeting)
        key = (name, organisation.pk if organisation else None)
        if key not in self._known:
            self.require_recordable_name(name)
            self._known[key] = create_capacity_from_source(
                coalition=self._meeting.coalition, person_name=name, organisation=organisation
            )
        return self._known[key]


def resolve_merged_organisation(organisation: Organisation | None, meeting: Meeting) -> Organisation | None:
    """Return the organisation, or the one that it was merged into. Raises ValueError for another coalition's."""
    if organisation is None:
        return None
    if organisation.coalition_id != meeting.coalition_id:
        raise ValueError("An organisation speaks in its own coalition.")
    return organisation.merged_into if organisation.merged_into_id else organisation
