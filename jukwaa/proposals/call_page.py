"""What the pages of calls show: deadlines in the reader's time, limits in words, what is new, what is not known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jukwaa.core.dates import MINUS_SIGN, format_long_date
from jukwaa.core.rule_checks import Message, Rule, RuleLevel
from jukwaa.meetings.time_formatting import TimeLine, format_local_time, format_time_zone, get_reader_zone
from jukwaa.meetings.times import get_local_times
from jukwaa.proposals.call import (
    NOT_STATED,
    CallDeadline,
    CallField,
    CallForProposals,
    CallNote,
    CallPhase,
    DateKind,
    FieldType,
    Milestone,
    get_call_phase,
)
from jukwaa.proposals.call_catalogue import CatalogueEntry
from jukwaa.proposals.call_comparison import describe_call_changes
from jukwaa.proposals.call_labels import (
    DATE_LABELS,
    FIELD_TYPE_LABELS,
    PHASE_LABELS,
    REQUIREMENT_LABELS,
    STAGE_LABELS,
    UNIT_LABELS,
)

UTC = "UTC"


def translate_check_message(message: Message) -> str:
    """Return a message of the pure modules in the language of the page, with the name of a unit in it."""
    unit = message.values.get("unit")
    named = {"unit": UNIT_LABELS[str(unit)]} if unit in UNIT_LABELS else {}
    return _(message.text) % {**message.values, **named}


@dataclass(frozen=True)
class DisplayedDeadline:
    """A deadline as it was printed, and in the reader's time. Where it is not exact, `safe_until` is the earliest."""

    printed: str
    lines: list[TimeLine]
    safe_until: str
    note: str
    source: str


def describe_call_deadline(call: CallForProposals, deadline: CallDeadline) -> DisplayedDeadline:
    lines = _build_time_lines(deadline.earliest)
    exact = deadline.is_exact
    source = call.sources.get(deadline.source, "")
    return DisplayedDeadline(
        _format_call_deadline(deadline), lines if exact else [], "" if exact else lines[0].text, deadline.note, source
    )


def _format_call_deadline(deadline: CallDeadline) -> str:
    zone = _("time zone not stated") if deadline.zone == NOT_STATED else deadline.zone.replace("-", MINUS_SIGN)
    values = {"day": format_long_date(deadline.day), "zone": zone}
    if deadline.hour is None:
        return _("%(day)s (time not stated, %(zone)s)") % values
    return _("%(day)s, %(time)s (%(zone)s)") % {**values, "time": time_format(deadline.hour, "H:i")}


def _build_time_lines(at: datetime) -> list[TimeLine]:
    reader = get_reader_zone()
    return [
        TimeLine(_("Your time") if local.zone != UTC else UTC, format_local_time(local), format_time_zone(local), local)
        for local in get_local_times(at, None, (reader, UTC))
    ]


@dataclass(frozen=True)
class DisplayedField:
    field: CallField
    type: Promise
    mark: Promise
    limit: str
    is_limit_unknown: bool
    is_new: bool


@dataclass(frozen=True)
class FormSection:
    title: str
    fields: list[DisplayedField]


def describe_form_sections(call: CallForProposals, before: CallForProposals | None) -> list[FormSection]:
    """Return the fields in the form's own order, under its headings."""
    earlier = {field.name for field in before.fields} if before else None
    shown = [_describe_call_field(field, earlier) for field in call.fields]
    return [FormSection(title, list(rows)) for title, rows in groupby(shown, lambda row: row.field.section)]


def _describe_call_field(field: CallField, earlier: set[str] | None) -> DisplayedField:
    is_new = field.is_new or (earlier is not None and field.name not in earlier)
    limit = describe_field_limit(field)
    return DisplayedField(
        field, FIELD_TYPE_LABELS[field.type], REQUIREMENT_LABELS[field.mark], limit, field.is_limit_unknown, is_new
    )


def describe_field_limit(field: CallField) -> str:
    if not field.limit:
        return _("No limit") if field.unlimited else ""
    unit = _("people") if field.type is FieldType.PEOPLE else str(UNIT_LABELS[field.unit])
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


def group_call_rules(call: CallForProposals, level: RuleLevel) -> list[RuleGroup]:
    """Return the rules of a level by the stage at which they are checked."""
    found = (
        (STAGE_LABELS[stage], [each for each in call.rules if (each.stage, each.level) == (stage, level)])
        for stage in STAGE_LABELS
    )
    return [RuleGroup(title, rules) for title, rules in found if rules]


@dataclass(frozen=True)
class DisplayedDate:
    label: Promise
    milestone: Milestone


def describe_call_dates(call: CallForProposals) -> list[DisplayedDate]:
    return [DisplayedDate(DATE_LABELS[each.kind], each) for each in call.dates]


def list_unknown_facts(call: CallForProposals) -> Iterator[str]:
    """Return what the file says is not known, and what it leaves out."""
    yield from call.unknown
    if call.deadline is None:
        yield _("The deadline")
    if not call.has_milestone_of_kind(DateKind.CONFIRMATION):
        yield _("The date by which speakers have to be confirmed")
    if not call.has_milestone_of_kind(DateKind.FREEZE):
        yield _("The date after which a proposal can no longer be changed")
    if any(field.is_limit_unknown for field in call.fields):
        yield _("Limits of the fields that are marked below")


def list_call_changes(call: CallForProposals, before: CallForProposals | None) -> list[str]:
    """Return what is different from the call before. What the call itself says is new is shown beside it."""
    return [translate_check_message(message) for message in describe_call_changes(call, before)] if before else []


@dataclass(frozen=True)
class CallPage:
    """All that the page of a call shows."""

    call: CallForProposals
    before: CallForProposals | None
    now: datetime

    @property
    def phase(self) -> Promise:
        return PHASE_LABELS[get_call_phase(self.call, self.now)]

    @property
    def is_past(self) -> bool:
        return get_call_phase(self.call, self.now) is CallPhase.PAST

    @property
    def deadline(self) -> DisplayedDeadline | None:
        return describe_call_deadline(self.call, self.call.deadline) if self.call.deadline else None

    @property
    def earlier_deadlines(self) -> list[DisplayedDeadline]:
        return [describe_call_deadline(self.call, each) for each in self.call.deadlines[:-1]]

    @property
    def dates(self) -> list[DisplayedDate]:
        return describe_call_dates(self.call)

    @property
    def sections(self) -> list[FormSection]:
        return describe_form_sections(self.call, self.before)

    @property
    def rules(self) -> list[RuleGroup]:
        return group_call_rules(self.call, RuleLevel.MUST)

    @property
    def liked(self) -> list[RuleGroup]:
        return group_call_rules(self.call, RuleLevel.LIKED)

    @property
    def new(self) -> list[str]:
        return list_call_changes(self.call, self.before)

    @property
    def stated_new(self) -> tuple[CallNote, ...]:
        return self.call.new

    @property
    def unknown(self) -> list[str]:
        return list(list_unknown_facts(self.call))

    @property
    def sources(self) -> list[str]:
        return list(dict.fromkeys(self.call.sources.values()))


def build_call_page(entries: dict[str, CatalogueEntry], call: CallForProposals, now: datetime) -> CallPage:
    before = entries.get(call.follows) if call.follows != call.name else None
    return CallPage(call, before.call if before else None, now)


@dataclass(frozen=True)
class CallRow:
    entry: CatalogueEntry
    call: CallForProposals
    deadline: DisplayedDeadline | None


@dataclass(frozen=True)
class CallGroup:
    phase: CallPhase
    title: Promise
    rows: list[CallRow]


def group_calls_by_phase(entries: dict[str, CatalogueEntry], now: datetime) -> list[CallGroup]:
    """Return the calls that can be read: open, upcoming, without a known deadline, past; the next deadline first."""
    rows = [
        CallRow(
            entry, entry.call, describe_call_deadline(entry.call, entry.call.deadline) if entry.call.deadline else None
        )
        for entry in entries.values()
        if entry.call
    ]
    groups = [
        CallGroup(phase, PHASE_LABELS[phase], [r for r in rows if get_call_phase(r.call, now) is phase])
        for phase in CallPhase
    ]
    for group in groups:
        is_past = group.phase is CallPhase.PAST
        group.rows.sort(key=lambda row: (row.call.year, row.call.title), reverse=is_past)
    return [group for group in groups if group.rows]
