"""Matching those whom an attendance file names to the directory of the coalition."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from jukwaa.accounts.erased_identities import BlockedIdentities
from jukwaa.accounts.models import Person
from jukwaa.coalitions.known_people import KnownPeople, get_person_name_key, is_short_name
from jukwaa.coalitions.models import Affiliation, Coalition, Membership, Organisation
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail import signed_links
from jukwaa.meetings.attendance_durations import (
    MIN_ATTENDANCE_SECONDS,
    SECONDS_PER_MINUTE,
    count_attendance_seconds,
)
from jukwaa.meetings.attendance_files import (
    FileParticipant,
    find_device_owner,
    is_generic_attendee_name,
    list_possible_attendee_names,
)
from jukwaa.meetings.attendee_organisations import find_organisation_without_legal_form, split_organisation_from_name
from jukwaa.meetings.listed_attendees import ListedAttendees, get_listed_name
from jukwaa.meetings.models import Attendance, Meeting, Rsvp

ATTENDANCE_FILE_PURPOSE = "attendance-file"
MATCHES_TOKEN_LIFETIME = timedelta(days=1)


@dataclass(frozen=True)
class AttendeeMatch:
    """One line of the table that is checked before it is recorded. Addresses are not part of it.

    `unlisted` is the organisation that the file names, where the directory has neither it nor the person. `listed_as`
    is the name under which the attendance list has them already, if it is another.
    """

    name: str
    rows: int
    person_id: int | None = None
    organisation_id: int | None = None
    is_device: bool = False
    country: str = ""
    unlisted: str = ""
    is_listed: bool = False
    listed_as: str = ""
    seconds: int | None = None  # in the call, if the file says so
    wants_no_name: bool = False
    role: str = ""  # "guest" or "secretariat", where the file says so
    recorded_as: str = ""  # the name in the directory, where the file has another
    mode: str = ""  # in the room or online, where the file says so
    listed_id: int | None = None  # the row of the attendance list that gets this mode, which it has not yet
    is_suggested: bool = False  # perhaps the person of that row, by the name of a device

    @property
    def is_short(self) -> bool:
        return self.seconds is not None and self.seconds < MIN_ATTENDANCE_SECONDS

    @property
    def minutes(self) -> int | None:
        return None if self.seconds is None else self.seconds // SECONDS_PER_MINUTE

    @property
    def is_preselected(self) -> bool:
        if self.is_device or self.is_short or self.wants_no_name or self.is_suggested:
            return False
        return self.listed_id is not None or ((self.is_known or bool(self.unlisted)) and not self.is_listed)

    @property
    def role_label(self) -> str:
        return str(Attendance.As(self.role).label) if self.role else ""

    @property
    def mode_label(self) -> str:
        return str(Attendance.Mode(self.mode).label) if self.mode else ""

    @property
    def is_known(self) -> bool:
        return self.person_id is not None or self.organisation_id is not None


@dataclass(frozen=True)
class AttendeeMatchResult:
    """`refused` is how many people were left out because their names are not kept in the record.

    `organisation_names` are those of the whole directory, by the number of the organisation.
    """

    found: list[AttendeeMatch]
    refused: int
    organisation_names: dict[int, str]


def match_meeting_participants(meeting: Meeting, file_participants: Sequence[FileParticipant]) -> AttendeeMatchResult:
    """Return each participant as a match; those who turn out to be the same person are one."""
    matcher = AttendeeMatcher(meeting.coalition, meeting.starts_on, meeting=meeting)
    matches = [(participant, matcher.match_participant(participant)) for participant in file_participants]
    found: dict[object, tuple[FileParticipant, AttendeeMatch]] = {}
    for number, (participant, match) in enumerate(matches):
        if match is None:
            continue
        first, _match = found.setdefault(
            ("person", match.person_id) if match.person_id else number, (participant, match)
        )
        if first is not participant:
            first.add_stays(participant)
    listed = ListedAttendees(meeting)
    # Those who are known choose their row first: a name alone may fit several.
    known_first = sorted(found.values(), key=lambda each: (each[1].is_device, not each[1].is_known))
    marked = [
        replace(
            _mark_match_if_listed(match, file_participant, listed, matcher, file_participants),
            seconds=count_attendance_seconds(file_participant.stays),
            wants_no_name=file_participant.wants_no_name,
        )
        for file_participant, match in known_first
    ]
    return AttendeeMatchResult(
        [_suggest_device_owner(match, listed, matcher) for match in marked],
        sum(match is None for _participant, match in matches),
        matcher.organisation_names,
    )


def _mark_match_if_listed(
    match: AttendeeMatch,
    file_participant: FileParticipant,
    listed: ListedAttendees,
    matcher: "AttendeeMatcher",
    file_participants: Sequence[FileParticipant],
) -> AttendeeMatch:
    if match.is_device:
        return match
    names = [
        name for name in (*matcher.get_person_names(match), *list_possible_attendee_names(file_participant)) if name
    ]
    row = listed.find(names, match.person_id, match.organisation_id)
    if row is None:
        return match
    listed_as = get_listed_name(row)
    is_same_name = get_person_name_key(listed_as) == get_person_name_key(match.name)
    is_sure = (
        match.person_id is not None
        or is_same_name
        or not (
            listed.may_be_several(names)
            or matcher.may_mean_another(names, listed_as)
            or _is_part_of_other_name(names, listed_as, file_participants)
        )
    )
    return replace(
        match,
        is_listed=True,
        listed_as="" if is_same_name else listed_as,
        listed_id=row.pk if is_sure and _lacks_mode(row, match) else None,
    )


def _is_part_of_other_name(names: Sequence[str], listed_as: str, file_participants: Sequence[FileParticipant]) -> bool:
    """Whether the file also has a longer name that one of these is a part of, and that is not the listed one."""
    return any(
        is_short_name(name, other.name)
        and not (is_short_name(listed_as, other.name) or is_short_name(other.name, listed_as))
        for other in file_participants
        for name in names
    )


def _suggest_device_owner(match: AttendeeMatch, listed: ListedAttendees, matcher: "AttendeeMatcher") -> AttendeeMatch:
    """The match as it is, or with the one person of the attendance list whose device or room it may be."""
    owner = "" if match.is_listed or match.person_id is not None else find_device_owner(match.name)
    row = listed.find_device_owner(owner, matcher.find_organisation(owner)) if owner else None
    if row is None or not _lacks_mode(row, match):
        return match
    return replace(match, is_device=False, is_suggested=True, listed_as=get_listed_name(row), listed_id=row.pk)


def _lacks_mode(row: Attendance, match: AttendeeMatch) -> bool:
    return bool(match.mode) and not row.mode and row.came_as != Attendance.As.APOLOGIES


def sign_attendee_matches(meeting: Meeting, attendee_matches: Iterable[AttendeeMatch]) -> str:
    """Return the matches signed, for the form that they are checked in: nothing of a file is stored."""
    return signed_links.make_signed_token(
        ATTENDANCE_FILE_PURPOSE, {"meeting": meeting.pk, "matches": [astuple(match) for match in attendee_matches]}
    )


def load_signed_matches(meeting: Meeting, token: str) -> list[AttendeeMatch]:
    """Return what was signed for this meeting; nothing if it was not, or not within a day."""
    payload = signed_links.read_signed_token(ATTENDANCE_FILE_PURPOSE, token, MATCHES_TOKEN_LIFETIME)
    if payload is None or payload["meeting"] != meeting.pk:
        return []
    return [AttendeeMatch(*values) for values in payload["matches"]]


class AttendeeMatcher:
    """Finds the person and the organisation that a source names. What is asked for every name is read once.

    `day` is the day of the meeting, if known. Whoever replied to the invitation to `meeting` attends as they replied.
    """

    def __init__(
        self,
        coalition: Coalition,
        day: date | None,
        *,
        meeting: Meeting | None = None,
    ) -> None:
        self._known = KnownPeople(coalition)
        self._directory = self._known.directory
        self._taken_out = BlockedIdentities.of(coalition.pk)
        affiliations = _load_affiliations(coalition, day)
        self._represented = _find_organisations_by_person(affiliations, meeting)
        self._affiliated = _find_only_affiliations(affiliations) if meeting is not None else {}
        self._is_for_meeting = meeting is not None
        self._names: dict[int, str] = {}

    @property
    def organisation_names(self) -> dict[int, str]:
        return {entry.pk: entry.name for entry in self._directory.entries}

    def match_participant(self, file_participant: FileParticipant) -> AttendeeMatch | None:
        """Return None for somebody whose name is not kept in the record."""
        if any(map(self._taken_out.has_address, file_participant.addresses)):
            return None
        readings = list_possible_attendee_names(file_participant)
        readings += [part for reading in readings for part in split_organisation_from_name(reading, self._directory)]
        name = file_participant.name
        is_device = file_participant.is_room or is_generic_attendee_name(name) or file_participant.is_bot
        try:
            person = self._find_matching_person(file_participant, [] if is_device else readings)
        except ActionRefused:
            return None
        if person is None and is_device:
            return AttendeeMatch(
                file_participant.name, file_participant.rows, is_device=True, mode=file_participant.mode
            )
        if person is None and any(map(self._taken_out.has_name, readings)):
            return None
        organisation = self._find_matching_organisation(person, readings)
        if person is not None:
            self._names[person.pk] = person.name
        is_same_name = person is None or get_person_name_key(person.name) in map(get_person_name_key, readings)
        return AttendeeMatch(
            file_participant.name,
            file_participant.rows,
            person_id=person.pk if person else None,
            organisation_id=organisation,
            country=file_participant.country,
            unlisted="" if person or organisation else file_participant.organisation,
            role=file_participant.role,
            mode=file_participant.mode,
            recorded_as="" if is_same_name or person is None else person.name,
        )

    def get_person_names(self, match: AttendeeMatch) -> list[str]:
        """Return the name of the person in the directory, if there is one."""
        return [self._names[match.person_id]] if match.person_id in self._names else []

    def find_organisation(self, name: str) -> int | None:
        """Return the number of the one organisation that a name means, with or without its legal form."""
        return self._find_named_organisation(name)

    def find_by_short_name(self, name: str) -> list[tuple[Person, Organisation]]:
        """Return whom in the directory a first name, or another part of a name, may mean."""
        return self._known.find_by_short_name(name)

    def may_mean_another(self, names: Iterable[str], full_name: str) -> bool:
        """Whether one of these names may mean a person of the directory who is not the one of the full name."""
        return any(self._known.may_mean_another(name, full_name) for name in names)

    def find_in_organisation(self, name: str, organisation: Organisation) -> Person | None:
        """Return the one person of an organisation whom a name, or a part of one, means."""
        return self._known.find_in_organisation(name, organisation.pk)

    def _find_matching_person(self, file_participant: FileParticipant, possible_names: list[str]) -> Person | None:
        for address in sorted(file_participant.addresses & self._known.by_address.keys()):
            return self._known.require_adult(self._known.by_address[address])
        found = [person for reading in possible_names if (person := self._known.find(reading)) is not None]
        if found or (person := self._find_person_of_named_organisation(possible_names)) is not None:
            return found[0] if found else person
        return self._find_person_of_shorter_name(possible_names) if self._is_for_meeting else None

    def _find_person_of_shorter_name(self, possible_names: list[str]) -> Person | None:
        """As in "Domingos Kiala" for Domingos Kiala Sebastião. A person checks the selection."""
        names = (name for name in possible_names if self._directory.find_exact_match(name) is None)
        people = (self._known.find_by_several_names(name) for name in names)
        return next((person for person in people if person is not None), None)

    def _find_person_of_named_organisation(self, possible_names: list[str]) -> Person | None:
        """As in "Noor - GYSI", or of two people of the same name the one of the organisation beside it."""
        named = (self._find_named_organisation(reading) for reading in possible_names)
        organisation = next((number for number in named if number is not None), None)
        if organisation is None:
            return None
        found = (self._known.find_in_organisation(reading, organisation) for reading in possible_names)
        return next((person for person in found if person is not None), None)

    def _find_named_organisation(self, text: str) -> int | None:
        return find_organisation_without_legal_form(text, self._directory)

    def _find_matching_organisation(self, person: Person | None, possible_names: list[str]) -> int | None:
        represented = self._represented.get(person.pk, []) if person is not None else []
        if len(represented) == 1:
            return represented[0]
        named = [number for reading in possible_names if (number := self._find_named_organisation(reading)) is not None]
        if represented:
            return next((number for number in named if number in represented), represented[0])
        if named or person is None:
            return named[0] if named else None
        return self._affiliated.get(person.pk)


class DatedAffiliation(NamedTuple):
    """Somebody's affiliation on the day, and whether the organisation was a member then."""

    person: int
    organisation: int
    is_confirmed: bool
    is_member: bool


def _load_affiliations(coalition: Coalition, day: date | None) -> list[DatedAffiliation]:
    """Return the affiliations of everybody in the directory."""
    members = Membership.objects.active(day).filter(coalition=coalition, organisation=OuterRef("organisation"))
    rows = Affiliation.objects.in_force(day).filter(organisation__coalition=coalition).order_by("pk")
    found = rows.annotate(is_confirmed=Q(confirmed_on__isnull=False), is_member=Exists(members))
    return [DatedAffiliation(*row) for row in found.values_list("person", "organisation", "is_confirmed", "is_member")]


def _find_organisations_by_person(
    affiliations: Sequence[DatedAffiliation], meeting: Meeting | None
) -> dict[int, list[int | None]]:
    """Return whom each person represents: by their reply to the invitation, else by a confirmed affiliation.

    None stands for their own right. Of several organisations a member goes first.
    """
    represented: dict[int, list[int | None]] = defaultdict(list)
    for row in sorted((row for row in affiliations if row.is_confirmed), key=lambda row: not row.is_member):
        represented[row.person].append(row.organisation)
    replies = Rsvp.objects.filter(meeting=meeting).values_list("person_id", "capacity__organisation_id")
    return represented | {person: [organisation] for person, organisation in replies}


def _find_only_affiliations(affiliations: Sequence[DatedAffiliation]) -> dict[int, int]:
    """Return the one organisation of each person who has one, confirmed or not: a person checks the selection."""
    organisations: dict[int, set[int]] = defaultdict(set)
    for row in affiliations:
        organisations[row.person].add(row.organisation)
    return {person: next(iter(of_person)) for person, of_person in organisations.items() if len(of_person) == 1}
