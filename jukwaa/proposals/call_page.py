"""What the pages of calls show: deadlines in the reader's time, limits in words, what is new, what is not known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.core.dates import MINUS_SIGN, format_long_date
from jukwaa.core.rule_checks import Rule, RuleLevel, RuleMessage
from jukwaa.meetings.time_formatting import MeetingTimeLine, format_local_time, format_time_zone, get_reader_time_zone
from jukwaa.meetings.times import get_local_times
from jukwaa.proposals.call import (
    NOT_STATED_TIME_ZONE,
    CallDateKind,
    CallDeadline,
    CallField,
    CallFieldType,
    CallForProposals,
    CallMilestone,
    CallNote,
    CallPhase,
    get_call_phase,
)
from jukwaa.proposals.call_catalogue import CallCatalogueEntry
from jukwaa.proposals.call_comparison import describe_call_changes
from jukwaa.proposals.call_labels import (
    CALL_DATE_LABELS,
    CALL_PHASE_LABELS,
    FIELD_REQUIREMENT_LABELS,
    FIELD_TYPE_LABELS,
    LENGTH_UNIT_LABELS,
    RULE_STAGE_LABELS,
)

UTC = "UTC"


def translate_check_message(message: RuleMessage) -> str:
    """Return a message of the pure modules in the language of the page, with the name of a unit in it."""
    unit = message.values.get("unit")
    named = {"unit": LENGTH_UNIT_LABELS[str(unit)]} if unit in LENGTH_UNIT_LABELS else {}
    return _(message.text) % {**message.values, **named}


@dataclass(frozen=True)
class DisplayedCallDeadline:
    """A deadline as it was printed, and in the reader's time. Where it is not exact, `safe_until` is the earliest."""

    printed: str
    lines: list[MeetingTimeLine]
    safe_until: str
    note: str
    source: str
    has_passed: bool


def describe_call_deadline(call: CallForProposals, call_deadline: CallDeadline) -> DisplayedCallDeadline:
    lines = _build_deadline_time_lines(call_deadline.earliest)
    exact = call_deadline.is_exact
    source = call.sources.get(call_deadline.source, "")
    return DisplayedCallDeadline(
        _format_call_deadline(call_deadline),
        lines if exact else [],
        "" if exact else lines[0].text,
        call_deadline.note,
        source,
        call_deadline.latest <= timezone.now(),
    )


def _format_call_deadline(call_deadline: CallDeadline) -> str:
    zone = (
        _("time zone not stated")
        if call_deadline.zone == NOT_STATED_TIME_ZONE
        else call_deadline.zone.replace("-", MINUS_SIGN)
    )
    values = {"day": format_long_date(call_deadline.day), "zone": zone}
    if call_deadline.hour is None:
        return _("%(day)s (time not stated, %(zone)s)") % values
    return _("%(day)s, %(time)s (%(zone)s)") % {**values, "time": time_format(call_deadline.hour, "H:i")}


def _build_deadline_time_lines(checked_at: datetime) -> list[MeetingTimeLine]:
    reader = get_reader_time_zone()
    return [
        MeetingTimeLine(
            _("Your time") if local.zone != UTC else UTC, format_local_time(local), format_time_zone(local), local
        )
        for local in get_local_times(checked_at, None, (reader, UTC))
    ]


@dataclass(frozen=True)
class DisplayedCallField:
    field: CallField
    type: Promise
    mark: Promise
    limit: str
    is_limit_unknown: bool
    is_new: bool


@dataclass(frozen=True)
class CallFormSection:
    title: str
    fields: list[DisplayedCallField]


def describe_form_sections(call: CallForProposals, previous_call: CallForProposals | None) -> list[CallFormSection]:
    """Return the fields in the form's own order, under its headings."""
    earlier = {field.name for field in previous_call.fields} if previous_call else None
    shown = [_describe_call_field(field, earlier) for field in call.fields]
    return [CallFormSection(title, list(rows)) for title, rows in groupby(shown, lambda row: row.field.section)]


def _describe_call_field(call_field: CallField, earlier_field_names: set[str] | None) -> DisplayedCallField:
    is_new = call_field.is_new or (earlier_field_names is not None and call_field.name not in earlier_field_names)
    limit = describe_field_limit(call_field)
    return DisplayedCallField(
        call_field,
        FIELD_TYPE_LABELS[call_field.type],
        FIELD_REQUIREMENT_LABELS[call_field.mark],
        limit,
        call_field.is_limit_unknown,
        is_new,
    )


def describe_field_limit(call_field: CallField) -> str:
    if not call_field.length_limit:
        return _("No limit") if call_field.unlimited else ""
    if call_field.type is CallFieldType.PEOPLE:
        return _describe_limit_of_people(call_field.min, call_field.max)
    unit = str(LENGTH_UNIT_LABELS[call_field.unit])
    values = {"min": call_field.min, "max": call_field.max, "unit": unit}
    if call_field.min is None:
        return _("at most %(max)s %(unit)s") % values
    if call_field.max is None:
        return _("at least %(min)s %(unit)s") % values
    return _("%(min)s to %(max)s %(unit)s") % values


def _describe_limit_of_people(fewest: int | None, most: int | None) -> str:
    if fewest is None:
        return ngettext("at most %(max)s person", "at most %(max)s people", most or 0) % {"max": most}
    if most is None:
        return ngettext("at least %(min)s person", "at least %(min)s people", fewest) % {"min": fewest}
    return ngettext("%(min)s to %(max)s person", "%(min)s to %(max)s people", most) % {"min": fewest, "max": most}


@dataclass(frozen=True)
class CallRuleGroup:
    title: Promise
    rules: list[Rule]


def group_call_rules(call: CallForProposals, rule_level: RuleLevel) -> list[CallRuleGroup]:
    """Return the rules of a level by the stage at which they are checked."""
    found = (
        (RULE_STAGE_LABELS[stage], [each for each in call.rules if (each.stage, each.level) == (stage, rule_level)])
        for stage in RULE_STAGE_LABELS
    )
    return [CallRuleGroup(title, rules) for title, rules in found if rules]


@dataclass(frozen=True)
class DisplayedCallDate:
    label: Promise
    milestone: CallMilestone


def describe_call_dates(call: CallForProposals) -> list[DisplayedCallDate]:
    return [DisplayedCallDate(CALL_DATE_LABELS[each.kind], each) for each in call.dates]


def list_unknown_call_facts(call: CallForProposals) -> Iterator[str]:
    """Return what the file says is not known, and what it leaves out."""
    yield from call.unknown
    if call.deadline is None:
        yield _("The deadline")
    if not call.has_milestone_of_kind(CallDateKind.CONFIRMATION):
        yield _("The date by which speakers have to be confirmed")
    if not call.has_milestone_of_kind(CallDateKind.FREEZE):
        yield _("The date after which a proposal can no longer be changed")
    if any(field.is_limit_unknown for field in call.fields):
        yield _("Limits for the fields marked below")


def list_call_changes(call: CallForProposals, previous_call: CallForProposals | None) -> list[str]:
    """Return what is different from the call before. What the call itself says is new is shown beside it."""
    return (
        [translate_check_message(message) for message in describe_call_changes(call, previous_call)]
        if previous_call
        else []
    )


@dataclass(frozen=True)
class CallPage:
    """All that the page of a call shows."""

    call: CallForProposals
    before: CallForProposals | None
    now: datetime

    @property
    def phase(self) -> Promise:
        return CALL_PHASE_LABELS[get_call_phase(self.call, self.now)]

    @property
    def is_past(self) -> bool:
        return get_call_phase(self.call, self.now) is CallPhase.PAST

    @property
    def deadline(self) -> DisplayedCallDeadline | None:
        return describe_call_deadline(self.call, self.call.deadline) if self.call.deadline else None

    @property
    def earlier_deadlines(self) -> list[DisplayedCallDeadline]:
        return [describe_call_deadline(self.call, each) for each in self.call.deadlines[:-1]]

    @property
    def dates(self) -> list[DisplayedCallDate]:
        return describe_call_dates(self.call)

    @property
    def sections(self) -> list[CallFormSection]:
        return describe_form_sections(self.call, self.before)

    @property
    def rules(self) -> list[CallRuleGroup]:
        return group_call_rules(self.call, RuleLevel.MUST)

    @property
    def preferred_rules(self) -> list[CallRuleGroup]:
        return group_call_rules(self.call, RuleLevel.LIKED)

    @property
    def changes_since_previous_call(self) -> list[str]:
        return list_call_changes(self.call, self.before)

    @property
    def stated_changes(self) -> tuple[CallNote, ...]:
        return self.call.new

    @property
    def unknown_facts(self) -> list[str]:
        return list(list_unknown_call_facts(self.call))

    @property
    def sources(self) -> list[str]:
        return list(dict.fromkeys(self.call.sources.values()))


def build_call_page(
    catalogue_entries: dict[str, CallCatalogueEntry], call: CallForProposals, now: datetime
) -> CallPage:
    before = catalogue_entries.get(call.follows) if call.follows != call.name else None
    return CallPage(call, before.call if before else None, now)


@dataclass(frozen=True)
class CallListRow:
    entry: CallCatalogueEntry
    call: CallForProposals
    deadline: DisplayedCallDeadline | None


@dataclass(frozen=True)
class CallGroup:
    phase: CallPhase
    title: Promise
    rows: list[CallListRow]


def group_calls_by_phase(catalogue_entries: dict[str, CallCatalogueEntry], now: datetime) -> list[CallGroup]:
    """Return the calls that can be read: open, upcoming, without a known deadline, past; the next deadline first."""
    rows = [
        CallListRow(
            entry, entry.call, describe_call_deadline(entry.call, entry.call.deadline) if entry.call.deadline else None
        )
        for entry in catalogue_entries.values()
        if entry.call
    ]
    groups = [
        CallGroup(phase, CALL_PHASE_LABELS[phase], [r for r in rows if get_call_phase(r.call, now) is phase])
        for phase in CallPhase
    ]
    for group in groups:
        is_past = group.phase is CallPhase.PAST
        group.rows.sort(key=lambda row: (row.call.year, row.call.title), reverse=is_past)
    return [group for group in groups if group.rows]
