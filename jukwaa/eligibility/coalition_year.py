"""What the conditions of a year are checked against: what the record of a coalition shows. Knows no Django."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class RecordShare:
    """How many of `total` have what a check asks for."""

    number: int
    total: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down. 0 of nothing."""
        return self.number * 100 // self.total if self.total else 0


class PageStatus(StrEnum):
    """What is known of a page that everyone should be able to open."""

    NO_ADDRESS = "no-address"
    NOT_CHECKED = "not-checked"
    RESPONDED = "responded"
    DID_NOT_RESPOND = "did-not-respond"


@dataclass(frozen=True)
class MeetingsAttended:
    """Coordination meetings of the year that are over: attended, not attended, and not logged."""

    yes: int = 0
    no: int = 0
    open: int = 0


@dataclass(frozen=True, kw_only=True)
class CoalitionYear:
    """A coalition in one year. None stands for what the record does not show, such as the state of an earlier year."""

    year: int
    today: date
    is_form_open: bool | None = None
    public_records: RecordShare | None = None
    public_dissent: RecordShare = RecordShare(0, 0)  # of decisions with recorded dissent
    stakeholder_groups: int | None = None
    members_without_group: int = 0
    meetings: int = 0
    public_minutes: RecordShare = RecordShare(0, 0)  # of meetings held
    session_reports: RecordShare = RecordShare(0, 0)  # of sessions at a forum in the year before
    last_post: date | None = None
    list_page: PageStatus | None = None
    list_archive: PageStatus | None = None
    public_archive_until: date | None = None  # the last post that everyone can read here; None without an open archive
    coordination: MeetingsAttended = MeetingsAttended()
    last_coordination: date | None = None
    is_report_sent: bool | None = None  # the annual report of the year before; None where none is kept here

    @property
    def is_over(self) -> bool:
        return self.year < self.today.year

    @property
    def last_day(self) -> date:
        """The day on which the year is looked at: today, or its last day."""
        return min(self.today, date(self.year, 12, 31))
