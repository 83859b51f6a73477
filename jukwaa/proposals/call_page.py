"""What the pages of calls show: deadlines in the reader's time, limits in words, what is new, what is not known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jukwaa.core.dates import MINUS, written
from jukwaa.core.rule_checks import Level, Message, Rule
from jukwaa.meetings.time_text import TimeLine, format_local_time, format_zone, get_reader_zone
from jukwaa.meetings.times import get_local_times
from jukwaa.proposals.call import (
    NOT_STATED,
    Call,
    DateKind,
    Deadline,
    Field,
    FieldType,
    Milestone,
    Note,
    Phase,
    get_phase,
)
from jukwaa.proposals.call_labels import DATES, MARKS, PHASES, STAGES, TYPES, UNIT_NAMES
from jukwaa.proposals.catalogue import Entry
from jukwaa.proposals.changes import compare_calls

UTC = "UTC"


def translate(message: Message) -> str:
    """Return a message of the pure modules in the language of the page, with the name of a unit in it."""
    unit = message.values.get("unit")
    named = {"unit": UNIT_NAMES[str(unit)]} if unit in UNIT_NAMES else {}
    return _(message.text) % {**message.values, **named}


@dataclass(frozen=True)
class DeadlineText:
    """A deadline as it was printed, and in the reader's time. Where it is not exact, `safe_until` is the earliest."""

    printed: str
    lines: list[TimeLine]
    safe_until: str
    note: str
    source: str


def describe_deadline(call: Call, deadline: Deadline) -> DeadlineText:
    lines = _get_lines(deadline.earliest)
    exact = deadline.is_exact
    source = call.sources.get(deadline.source, "")
    return DeadlineText(_print(deadline), lines if exact else [], "" if exact else lines[0].text, deadline.note, source)


def _print(deadline: Deadline) -> str:
    zone = _("time zone not stated") if deadline.zone == NOT_STATED else deadline.zone.replace("-", MINUS)
    values = {"day": written(deadline.day), "zone": zone}
    if deadline.hour is None:
        return _("%(day)s (time not stated, %(zone)s)") % values
    return _("%(day)s, %(time)s (%(zone)s)") % {**values, "time": time_format(deadline.hour, "H:i")}


def _get_lines(at: datetime) -> list[TimeLine]:
    reader = get_reader_zone()
    return [
        TimeLine(_("Your time") if local.zone != UTC else UTC, format_local_time(local), format_zone(local), local)
        for local in get_local_times(at, None, (reader, UTC))
    ]


@dataclass(frozen=True)
class FieldText:
    field: Field
    type: Promise
    mark: Promise
    limit: str
    is_limit_unknown: bool
    is_new: bool


@dataclass(frozen=True)
class Section:
    title: str
    fields: list[FieldText]


def describe_sections(call: Call, before: Call | None) -> list[Section]:
    """Return the fields in the form's own order, under its headings."""
    earlier = {field.name for field in before.fields} if before else None
    shown = [_describe_field(field, earlier) for field in call.fields]
    return [Section(title, list(rows)) for title, rows in groupby(shown, lambda row: row.field.section)]


def _describe_field(field: Field, earlier: set[str] | None) -> FieldText:
    is_new = field.is_new or (earlier is not None and field.name not in earlier)
    limit = describe_limit(field)
    return FieldText(field, TYPES[field.type], MARKS[field.mark], limit, field.is_limit_unknown, is_new)


def describe_limit(field: Field) -> str:
    if not field.limit:
        return _("No limit") if field.unlimited else ""
    unit = _("people") if field.type is FieldType.PEOPLE else str(UNIT_NAMES[field.unit])
    values = {"min": field.min, "max": field.max, "unit": unit}
    if field.min is None:
        return _("at most %(max)s %(unit)s") % values
    if field.max is None:
        return _("at least %(min)s %(unit)s") % values
    return _("%(min)s to %(max)s %(unit)s") % values


@dataclass(frozen=True)
class RuleGroup:
    title: Promise
    rules: list[Rule]


def group_rules(call: Call, level: Level) -> list[RuleGroup]:
    """Return the rules of a level by the stage at which they are checked."""
    found = (
        (STAGES[stage], [each for each in call.rules if (each.stage, each.level) == (stage, level)]) for stage in STAGES
    )
    return [RuleGroup(title, rules) for title, rules in found if rules]


@dataclass(frozen=True)
class DateText:
    label: Promise
    milestone: Milestone


def describe_dates(call: Call) -> list[DateText]:
    return [DateText(DATES[each.kind], each) for each in call.dates]


def list_unknown(call: Call) -> Iterator[str]:
    """Return what the file says is not known, and what it leaves out."""
    yield from call.unknown
    if call.deadline is None:
        yield _("The deadline")
    if not call.has_date(DateKind.CONFIRMATION):
        yield _("The date by which speakers have to be confirmed")
    if not call.has_date(DateKind.FREEZE):
        yield _("The date after which a proposal can no longer be changed")
    if any(field.is_limit_unknown for field in call.fields):
        yield _("Limits of the fields that are marked below")


def list_new(call: Call, before: Call | None) -> list[str]:
    """Return what is different from the call before. What the call itself says is new is shown beside it."""
    return [translate(message) for message in compare_calls(call, before)] if before else []


@dataclass(frozen=True)
class CallPage:
    """All that the page of a call shows."""

    call: Call
    before: Call | None
    now: datetime

    @property
    def phase(self) -> Promise:
        return PHASES[get_phase(self.call, self.now)]

    @property
    def is_past(self) -> bool:
        return get_phase(self.call, self.now) is Phase.PAST

    @property
    def deadline(self) -> DeadlineText | None:
        return describe_deadline(self.call, self.call.deadline) if self.call.deadline else None

    @property
    def earlier_deadlines(self) -> list[DeadlineText]:
        return [describe_deadline(self.call, each) for each in self.call.deadlines[:-1]]

    @property
    def dates(self) -> list[DateText]:
        return describe_dates(self.call)

    @property
    def sections(self) -> list[Section]:
        return describe_sections(self.call, self.before)

    @property
    def rules(self) -> list[RuleGroup]:
        return group_rules(self.call, Level.MUST)

    @property
    def liked(self) -> list[RuleGroup]:
        return group_rules(self.call, Level.LIKED)

    @property
    def new(self) -> list[str]:
        return list_new(self.call, self.before)

    @property
    def stated_new(self) -> tuple[Note, ...]:
        return self.call.new

    @property
    def unknown(self) -> list[str]:
        return list(list_unknown(self.call))

    @property
    def sources(self) -> list[str]:
        return list(dict.fromkeys(self.call.sources.values()))


def build_page(entries: dict[str, Entry], call: Call, now: datetime) -> CallPage:
    before = entries.get(call.follows) if call.follows != call.name else None
    return CallPage(call, before.call if before else None, now)


@dataclass(frozen=True)
class CallRow:
    entry: Entry
    call: Call
    deadline: DeadlineText | None


@dataclass(frozen=True)
class CallGroup:
    phase: Phase
    title: Promise
    rows: list[CallRow]


def group_calls(entries: dict[str, Entry], now: datetime) -> list[CallGroup]:
    """Return the calls that can be read: open, upcoming, without a known deadline, past; the next deadline first."""
    rows = [
        CallRow(entry, entry.call, describe_deadline(entry.call, entry.call.deadline) if entry.call.deadline else None)
        for entry in entries.values()
        if entry.call
    ]
    groups = [CallGroup(phase, PHASES[phase], [r for r in rows if get_phase(r.call, now) is phase]) for phase in Phase]
    for group in groups:
        is_past = group.phase is Phase.PAST
        group.rows.sort(key=lambda row: (row.call.year, row.call.title), reverse=is_past)
    return [group for group in groups if group.rows]
