"""Matching those whom an attendance file names to the directory of the coalition."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import timedelta

from jukwaa.accounts.erased_identities import BlockedIdentities
from jukwaa.accounts.models import Person
from jukwaa.coalitions.known_people import KnownPeople, get_known_people
from jukwaa.coalitions.models import Affiliation, Membership
from jukwaa.coalitions.organisation_matching import OrganisationDirectory
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail import signed_links
from jukwaa.meetings.attendance_files import FileParticipant, is_generic_name, list_possible_names
from jukwaa.meetings.models import Meeting, Rsvp

ATTENDANCE_FILE_PURPOSE = "attendance-file"
MATCHES_TOKEN_LIFETIME = timedelta(days=1)


@dataclass(frozen=True)
class AttendeeMatch:
    """One line of the table that is checked before it is recorded. Addresses are not part of it.

    `unlisted` is the organisation that the file names, where the directory has neither it nor the person.
    """

    name: str
    rows: int
    person_id: int | None = None
    organisation_id: int | None = None
    is_device: bool = False
    country: str = ""
    unlisted: str = ""

    @property
    def is_known(self) -> bool:
        return self.person_id is not None or self.organisation_id is not None


@dataclass(frozen=True)
class MatchResult:
    """`refused` is how many people were left out because their names are not kept in the record."""

    found: list[AttendeeMatch]
    refused: int


def match_meeting_participants(meeting: Meeting, participants: Sequence[FileParticipant]) -> MatchResult:
    """Return each participant as a match; those who turn out to be the same person are one."""
    matcher = _AttendeeMatcher(meeting, participants)
    matches = [matcher.match(participant) for participant in participants]
    found: dict[object, AttendeeMatch] = {}
    for number, match in enumerate(matches):
        if match is not None:
            found.setdefault(("person", match.person_id) if match.person_id else number, match)
    return MatchResult(
        sorted(found.values(), key=lambda match: (match.is_device, not match.is_known)), matches.count(None)
    )


def sign_attendee_matches(meeting: Meeting, matches: Iterable[AttendeeMatch]) -> str:
    """Return the matches signed, for the form that they are checked in: nothing of a file is stored."""
    return signed_links.make_signed_token(
        ATTENDANCE_FILE_PURPOSE, {"meeting": meeting.pk, "matches": [astuple(match) for match in matches]}
    )


def load_signed_matches(meeting: Meeting, token: str) -> list[AttendeeMatch]:
    """Return what was signed for this meeting; nothing if it was not, or not within a day."""
    payload = signed_links.read_signed_token(ATTENDANCE_FILE_PURPOSE, token, MATCHES_TOKEN_LIFETIME)
    if payload is None or payload["meeting"] != meeting.pk:
        return []
    return [AttendeeMatch(*values) for values in payload["matches"]]


class _AttendeeMatcher:
    """What is asked for every participant, read once."""

    def __init__(self, meeting: Meeting, participants: Sequence[FileParticipant]) -> None:
        coalition = meeting.coalition
        self._known = KnownPeople(coalition)
        self._directory = OrganisationDirectory.of(coalition)
        self._taken_out = BlockedIdentities.of(coalition.pk)
        addresses = {address for participant in participants for address in participant.addresses}
        self._by_address = {person.email: person for person in get_known_people(coalition).filter(email__in=addresses)}
        self._represented = _find_represented_organisations(meeting)

    def match(self, participant: FileParticipant) -> AttendeeMatch | None:
        """Return None for somebody whose name is not kept in the record."""
        if any(map(self._taken_out.has_address, participant.addresses)):
            return None
        readings = list_possible_names(participant)
        is_device = is_generic_name(participant.name)
        try:
            person = self._find_matching_person(participant, [] if is_device else readings)
        except ActionRefused:
            return None
        if person is None and is_device:
            return AttendeeMatch(participant.name, participant.rows, is_device=True)
        if person is None and any(map(self._taken_out.has_name, readings)):
            return None
        organisation = self._find_matching_organisation(person, readings)
        return AttendeeMatch(
            participant.name,
            participant.rows,
            person_id=person.pk if person else None,
            organisation_id=organisation,
            country=participant.country,
            unlisted="" if person or organisation else participant.organisation,
        )

    def _find_matching_person(self, participant: FileParticipant, readings: list[str]) -> Person | None:
        for address in sorted(participant.addresses & self._by_address.keys()):
            return self._known.require_adult(self._by_address[address])
        found = (self._known.find(reading) for reading in readings)
        return next((person for person in found if person is not None), None)

    def _find_matching_organisation(self, person: Person | None, readings: list[str]) -> int | None:
        if person is not None and person.pk in self._represented:
            return self._represented[person.pk]
        found = (self._directory.find_exact(reading) for reading in readings)
        return next((number for number in found if number is not None), None)


def _find_represented_organisations(meeting: Meeting) -> dict[int, int | None]:
    """Return whom each person represents: by their reply to the invitation, else by a confirmed affiliation.

    None stands for their own right. Of several organisations a member goes first.
    """
    coalition = meeting.coalition
    members = set(Membership.objects.active().filter(coalition=coalition).values_list("organisation_id", flat=True))
    confirmed = Affiliation.objects.confirmed().filter(organisation__coalition=coalition).order_by("pk")
    rows = confirmed.values_list("person_id", "organisation_id")
    represented: dict[int, int | None] = {}
    for person, organisation in sorted(rows, key=lambda row: row[1] not in members):
        represented.setdefault(person, organisation)
    replies = Rsvp.objects.filter(meeting=meeting).values_list("person_id", "capacity__organisation_id")
    return represented | dict(replies)
