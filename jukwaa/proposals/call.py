"""A call for proposals as its file describes it, and the rules that follow from it. No Django here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from jukwaa.core.rule_checks import Rule, RuleLevel
from jukwaa.core.text_counts import UNKNOWN_COUNT_METHOD

NOT_STATED_TIME_ZONE = "not stated"
ONE_MINUTE = timedelta(minutes=1)
EARLIEST_ZONE, LATEST_ZONE = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))


class CallFieldType(StrEnum):
    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    PEOPLE = "people"
    FILE = "file"
    LINK = "link"
    EMAIL = "email"
    COUNTRY = "country"


class CallFieldRequirement(StrEnum):
    MUST = "must"
    LIKED = "liked"
    OPTIONAL = "optional"
    NOT_KNOWN = "not known"


# In which units a limit of each type can be given.
LENGTH_UNITS_BY_FIELD_TYPE: Mapping[CallFieldType, tuple[str, ...]] = {
    CallFieldType.LINE: ("characters", "words"),
    CallFieldType.TEXT: ("characters", "words"),
    CallFieldType.CHOICE: (),
    CallFieldType.CHOICES: ("options",),
    CallFieldType.PEOPLE: ("items",),
    CallFieldType.FILE: ("pages",),
    CallFieldType.LINK: (),
    CallFieldType.EMAIL: (),
    CallFieldType.COUNTRY: (),
}


@dataclass(frozen=True)
class CallField:
    """One field of the form. Without `max`, and not `unlimited`, its limit is not known."""

    name: str
    label: str
    type: CallFieldType
    section: str = ""
    mark: CallFieldRequirement = CallFieldRequirement.NOT_KNOWN
    is_new: bool = False
    unit: str = ""
    min: int | None = None
    max: int | None = None
    counted: str = UNKNOWN_COUNT_METHOD
    unlimited: bool = False
    options: tuple[str, ...] = ()
    write_in: bool = False
    role: str = ""
    formats: tuple[str, ...] = ()  # asked for these only; empty is all
    note: str = ""
    source: str = ""

    @property
    def is_limit_unknown(self) -> bool:
        return (
            bool(LENGTH_UNITS_BY_FIELD_TYPE[self.type]) and not self.options and self.max is None and not self.unlimited
        )

    @property
    def length_limit(self) -> dict[str, Any]:
        """Return what limits this field, as parameters of a check."""
        found = {"min": self.min, "max": self.max}
        return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True)
class CallDeadline:
    """When proposals are due, as printed. A `zone` is an IANA name, UTC, UTC-11 or the like, or “not stated”."""

    day: date
    hour: time | None
    zone: str
    source: str = ""
    read_on: date | None = None
    note: str = ""

    @property
    def is_exact(self) -> bool:
        return self.hour is not None and self.zone != NOT_STATED_TIME_ZONE

    @property
    def earliest(self) -> datetime:
        """The first moment that can be meant, in UTC: for those who want to be safe."""
        zone = EARLIEST_ZONE if self.zone == NOT_STATED_TIME_ZONE else parse_time_zone(self.zone)
        return datetime.combine(self.day, self.hour or time(), zone).astimezone(UTC)

    @property
    def latest(self) -> datetime:
        zone = LATEST_ZONE if self.zone == NOT_STATED_TIME_ZONE else parse_time_zone(self.zone)
        last = datetime.combine(self.day, self.hour or time(23, 59), zone)
        return last.astimezone(UTC)


def parse_time_zone(time_zone_name: str) -> ZoneInfo | timezone:
    """Return the zone of an IANA name, UTC, or UTC with hours. Raises ValueError or LookupError."""
    if time_zone_name.startswith(("UTC+", "UTC-")):
        hours, _colon, minutes = time_zone_name[4:].partition(":")
        offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return timezone(offset if time_zone_name[3] == "+" else -offset)
    return ZoneInfo(time_zone_name)


class CallDateKind(StrEnum):
    OPENS = "opens"
    SCREENING = "screening"
    SCORES = "scores"
    SYNTHESIS = "synthesis"
    SELECTION = "selection"
    RESULTS = "results"
    CONFIRMATION = "speaker confirmation"
    FREEZE = "freeze"
    REPORT = "report"
    SESSION = "session"


@dataclass(frozen=True)
class CallMilestone:
    kind: CallDateKind
    day: date
    last_day: date | None = None
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class ReviewCriterion:
    title: str
    note: str = ""
    formats: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class CallNote:
    text: str
    source: str = ""


@dataclass(frozen=True)
class CallForProposals:
    """`deadlines` stand in the order in which they were announced: the last one holds."""

    name: str
    title: str
    forum: str
    edition: str
    year: int
    kind: str
    language: str = "en"
    summary: str = ""
    follows: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
    deadlines: tuple[CallDeadline, ...] = ()
    dates: tuple[CallMilestone, ...] = ()
    categories: tuple[str, ...] = ()
    categories_source: str = ""
    themes: tuple[str, ...] = ()
    themes_source: str = ""
    fields: tuple[CallField, ...] = ()
    rules: tuple[Rule, ...] = ()
    criteria: tuple[ReviewCriterion, ...] = ()
    new: tuple[CallNote, ...] = ()
    notes: tuple[CallNote, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def deadline(self) -> CallDeadline | None:
        return self.deadlines[-1] if self.deadlines else None

    @property
    def form_url(self) -> str:
        """Return the address of the forum's own form, if the file gives it."""
        return self._find_source_address("form")

    @property
    def page_url(self) -> str:
        """Return the address of the call on the forum's website, if the file gives it."""
        return self._find_source_address("call")

    def _find_source_address(self, source_name: str) -> str:
        address = self.sources.get(source_name, "")
        return address if address.startswith(("https://", "http://")) else ""

    @property
    def due_on(self) -> date | None:
        """Return the day of the deadline; where its zone is not stated, the earliest day that it can be."""
        return min(self.deadline.day, self.deadline.earliest.date()) if self.deadline else None

    @property
    def opens_on(self) -> date | None:
        return next((each.day for each in self.dates if each.kind is CallDateKind.OPENS), None)

    def has_milestone_of_kind(self, date_kind: CallDateKind) -> bool:
        return any(each.kind is date_kind for each in self.dates)

    def find_field(self, field_name: str) -> CallField | None:
        return next((each for each in self.fields if each.name == field_name), None)

    @property
    def all_rules(self) -> tuple[Rule, ...]:
        """Return the rules of the form, of the deadline, and those that the call states, in this order."""
        return (*get_field_rules(self), *get_deadline_rules(self), *self.rules)


class CallPhase(StrEnum):
    OPEN = "open"
    UPCOMING = "upcoming"
    UNKNOWN = "unknown"  # of this year or later, and without a known deadline
    PAST = "past"


def get_call_phase(call: CallForProposals, now: datetime) -> CallPhase:
    if call.deadline is None:
        return CallPhase.PAST if call.year < now.year else CallPhase.UNKNOWN
    if call.deadline.latest + ONE_MINUTE <= now:
        return CallPhase.PAST
    if call.opens_on is not None and call.opens_on > now.date():
        return CallPhase.UPCOMING
    return CallPhase.OPEN


def get_field_rules(call: CallForProposals) -> list[Rule]:
    """Return what each field asks for by itself: to be filled in, and to keep its limits."""
    found = []
    for each in call.fields:
        about: dict[str, Any] = {"field": each.name, "label": each.label}
        if each.type is CallFieldType.PEOPLE:
            about["role"] = each.role
        if each.mark in (CallFieldRequirement.MUST, CallFieldRequirement.LIKED):
            level = RuleLevel.MUST if each.mark is CallFieldRequirement.MUST else RuleLevel.LIKED
            only = {"formats": each.formats} if each.formats else {}
            found.append(Rule(f"{each.name}:filled", "filled", "", {**about, **only}, level, source=each.source))
        if each.length_limit:
            limit = {**about, **each.length_limit, "unit": each.unit, "counted": each.counted}
            found.append(Rule(f"{each.name}:limit", "limit", "", limit, source=each.source))
    return found


def get_deadline_rules(call: CallForProposals) -> list[Rule]:
    if call.deadline is None:
        return []
    at = {"earliest": call.deadline.earliest, "latest": call.deadline.latest}
    return [Rule("deadline", "deadline", "", at, source=call.deadline.source)]
