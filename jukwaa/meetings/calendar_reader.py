"""Reading meetings from a calendar file that somebody brings, or from the address of one."""

import re
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.core.documents.limits import BYTES_PER_MEGABYTE, FileLimits
from jukwaa.core.documents.refusals import FileRefused
from jukwaa.core.documents.sandbox import run_document_child
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.remote_files import fetch_remote_file

MAX_CALENDAR_FILE_SIZE = 5 * BYTES_PER_MEGABYTE
CALENDAR_PARSER_LIMITS = FileLimits(file=MAX_CALENDAR_FILE_SIZE, cpu_seconds=20, wall_seconds=40.0)
MAX_CALENDAR_EVENTS = 300  # meetings in one calendar
MAX_AGE = timedelta(days=20 * 365)
WEB_LINK_PATTERN = re.compile(r"https?://[^\s<>()\"']+", re.IGNORECASE)  # also in brackets, as "<https://...>"
MAX_TITLE_LENGTH, MAX_PLACE_LENGTH, MAX_LINK_LENGTH, MAX_ZONE_LENGTH = (
    250,
    120,
    400,
    64,
)  # characters, as the fields of a meeting


@dataclass(frozen=True)
class CalendarEvent:
    """One event of a calendar, or one occurrence of a recurring one. `day` and `hour` are local to `zone`."""

    uid: str
    occurrence: str
    title: str
    day: str
    hour: str
    fold: int
    zone: str
    minutes: int | None
    place: str
    is_cancelled: bool
    is_private: bool = False
    is_tentative: bool = False
    is_reminder: bool = False  # lasts all day and leaves its people free, such as an anniversary
    call_link: str = ""
    last_day: str = ""  # of an event of several days

    @property
    def event_key(self) -> str:
        """What identifies it from one import to the next; a digest, since a UID may hold an email address."""
        return sha256(f"{self.uid}\n{self.occurrence}".encode()).hexdigest()

    @property
    def starts_on(self) -> date:
        return date.fromisoformat(self.day)

    @property
    def ends_on(self) -> date | None:
        return date.fromisoformat(self.last_day) if self.last_day else None

    def has_passed(self, today: date) -> bool:
        return (self.ends_on or self.starts_on) < today

    @property
    def day_count(self) -> int:
        return (self.ends_on - self.starts_on).days + 1 if self.ends_on else 1

    def to_json_values(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class CalendarContent:
    """`skipped` is how many events could not be used."""

    title: str
    events: list[CalendarEvent]
    skipped: int


def get_last_import_day() -> date:
    """Return the last day of next year: a calendar of the coming year is imported whole, an endless series is not."""
    return date(timezone.localdate().year + 1, 12, 31)


def fetch_calendar(address: str) -> CalendarContent:
    """Raises ActionRefused with a sentence for the person who entered the address."""
    return read_calendar(fetch_remote_file(address, max_size=MAX_CALENDAR_FILE_SIZE))


def read_calendar(calendar_bytes: bytes) -> CalendarContent:
    """Raises ActionRefused. The file is parsed in a process of its own."""
    check_calendar_file_size(len(calendar_bytes))
    if not calendar_bytes.strip():
        raise FileRefused("empty")
    since, until = timezone.localdate() - MAX_AGE, get_last_import_day()
    options = {"since": f"{since}", "until": f"{until}", "events": MAX_CALENDAR_EVENTS}
    try:
        answer = run_document_child("calendar", calendar_bytes, file_limits=CALENDAR_PARSER_LIMITS, options=options)
    except FileRefused as refusal:
        if refusal.code == "many_events":
            raise FileRefused("many_events", limit=MAX_CALENDAR_EVENTS) from refusal
        raise
    events = [CalendarEvent(**row) for row in answer["events"]]
    if not events:
        raise ActionRefused(_("Choose another calendar. This one has no meetings."))
    return CalendarContent(str(answer["title"]), events, int(answer["skipped"]))


def check_calendar_file_size(file_size: int) -> None:
    """Raise ActionRefused for a file that is too large, before it is read."""
    if file_size > MAX_CALENDAR_FILE_SIZE:
        sentence = _("This calendar is larger than %(limit)s MB. Export a shorter period.")
        raise ActionRefused(sentence % {"limit": MAX_CALENDAR_FILE_SIZE // BYTES_PER_MEGABYTE})
