"""The numbers of an annual report, counted a second time: row by row in plain Python, without a query of the report."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from jukwaa.coalitions.models import Coalition, Membership, Role
from jukwaa.cooperation.models import Match, Need, Offer
from jukwaa.drafting.models import Consultation, Edition, Input, Position
from jukwaa.library.models import Item, Use
from jukwaa.meetings.models import Attendance, Entry, Meeting, Part
from jukwaa.proposals.models import Submission
from jukwaa.regions.models import Delivery, Milestone, Outreach


class PlainCounts:
    def __init__(self, coalition: Coalition, year: int, today: date) -> None:
        self.coalition, self.year = coalition, year
        self.first, self.last = date(year, 1, 1), min(date(year, 12, 31), today)

    def count(self, key: str) -> int:
        return sum(1 for _row in ROWS[key](self))

    def count_by(self, key: str, by: str) -> Counter[str]:
        counted: Counter[str] = Counter()
        for row in ROWS[key](self):
            owner = row.capacity if isinstance(row, Attendance) else row.organisation
            counted[{"group": owner.stakeholder_group, "region": owner.regional_group}[by]] += 1
        return counted

    def is_shown(self, attendance: Attendance) -> bool:
        is_under_the_rule = any(part.chatham for part in Part.objects.filter(meeting=attendance.meeting))
        person = attendance.capacity.person
        return not (is_under_the_rule or (person is not None and person.is_minor))

    def is_open(self, record: Any) -> bool:
        ours = record.coalition_id == self.coalition.pk
        return ours and record.state == "published" and record.label in ("TLP:CLEAR", "TLP:GREEN")

    def has_day(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def has_moment(self, at: datetime | None) -> bool:
        return at is not None and at.astimezone(ZoneInfo(self.coalition.time_zone)).year == self.year

    # The rows that are counted.

    def memberships(self) -> Iterator[Membership]:
        for row in Membership.objects.all():
            if row.coalition_id == self.coalition.pk and row.standing in ("active", "left"):
                yield row

    def is_member(self, row: Membership | Role) -> bool:
        begun = row.starts_on is None or row.starts_on <= self.last
        return begun and (row.ends_on is None or row.ends_on >= self.last)

    def members(self) -> Iterator[Membership]:
        return (row for row in self.memberships() if row.organisation_id and self.is_member(row))

    def joined(self) -> Iterator[Membership]:
        return (row for row in self.memberships() if row.organisation_id and self.has_day(row.starts_on))

    def left(self) -> Iterator[Membership]:
        return (row for row in self.memberships() if row.organisation_id and self.has_day(row.ends_on))

    def individuals(self) -> Iterator[Membership]:
        return (row for row in self.memberships() if row.person_id and self.is_member(row))

    def individuals_joined(self) -> Iterator[Membership]:
        return (row for row in self.memberships() if row.person_id and self.has_day(row.starts_on))

    def individuals_left(self) -> Iterator[Membership]:
        return (row for row in self.memberships() if row.person_id and self.has_day(row.ends_on))

    def coordinators(self) -> Iterator[int]:
        found = set()
        for row in Role.objects.all():
            begun = row.starts_on is None or row.starts_on <= self.last
            lasting = row.ends_on is None or row.ends_on >= self.first
            if row.coalition_id == self.coalition.pk and row.kind == "coordinator" and begun and lasting:
                found.add(row.person_id)
        return iter(found)

    def meetings(self) -> Iterator[Meeting]:
        for row in Meeting.objects.all():
            if self.is_open(row) and row.is_held and self.has_day(row.starts_on):
                yield row

    def sessions(self) -> Iterator[Meeting]:
        return (row for row in self.meetings() if row.forum)

    def session_reports(self) -> Iterator[Meeting]:
        return (row for row in self.sessions() if hasattr(row, "report") and row.report.published_at)

    def submitted(self) -> Iterator[Submission]:
        return (row for row in Submission.objects.all() if self.is_open(row.proposal) and self.has_moment(row.at))

    def accepted(self) -> Iterator[Submission]:
        for row in Submission.objects.all():
            is_accepted = row.outcome in ("accepted", "conditions")
            if is_accepted and self.is_open(row.proposal) and self.has_day(row.outcome_on):
                yield row

    def attendances(self) -> Iterator[Attendance]:
        meetings = {row.pk for row in self.meetings()}
        return (row for row in Attendance.objects.all() if row.meeting_id in meetings and self.is_shown(row))

    def entries(self, kind: str) -> Iterator[Entry]:
        for row in Entry.objects.all():
            if row.kind == kind and self.is_open(row) and self.is_open(row.meeting) and not row.meeting.is_cancelled:
                yield row

    def decisions(self) -> Iterator[Entry]:
        return (row for row in self.entries("decision") if self.has_day(row.meeting.starts_on))

    def decisions_with_dissent(self) -> Iterator[Entry]:
        return (row for row in self.decisions() if list(row.dissents.all()))

    def commitments_made(self) -> Iterator[Entry]:
        return (row for row in self.entries("commitment") if self.has_day(row.meeting.starts_on))

    def kept(self) -> Iterator[Entry]:
        for row in self.entries("commitment"):
            promise = getattr(row, "commitment", None)
            if promise is not None and promise.progress == "kept" and self.has_day(promise.closed_on):
                yield row

    def open(self) -> Iterator[Entry]:
        for row in self.entries("commitment"):
            promise = getattr(row, "commitment", None)
            closed_on = promise.closed_on if promise is not None else None
            if (row.meeting.starts_on or self.first) <= self.last and (closed_on is None or closed_on > self.last):
                yield row

    def editions(self) -> Iterator[Edition]:
        return (row for row in Edition.objects.all() if self.is_open(row.text) and self.has_moment(row.at))

    def outputs(self) -> Iterator[Edition]:
        return (row for row in self.editions() if row.text.form not in ("brief", "decision"))

    def briefs(self) -> Iterator[Edition]:
        return (row for row in self.editions() if row.text.form == "brief")

    def statements(self) -> Iterator[Position]:
        calls = {row.call_id for row in self.outputs()}
        for row in Position.objects.all():
            if row.call_id in calls and row.stands and row.stance in ("object", "reservation"):
                yield row

    def outputs_with_dissent(self) -> Iterator[Edition]:
        decisions_with_dissent = {row.call_id for row in self.statements()}
        return (row for row in self.outputs() if row.call_id in decisions_with_dissent)

    def consultations(self) -> Iterator[Consultation]:
        return (row for row in Consultation.objects.all() if self.is_open(row.text) and self.has_moment(row.opens_at))

    def inputs(self) -> Iterator[Input]:
        asked = {row.pk for row in self.consultations()}
        for row in Input.objects.all():
            if row.consultation_id in asked and row.hidden_at is None and row.disposition != "withdrawn":
                yield row

    def answered(self) -> Iterator[Input]:
        return (row for row in self.inputs() if row.disposition)

    def deliveries(self) -> Iterator[Delivery]:
        return (row for row in Delivery.objects.all() if self.is_open(row.edition.text) and self.has_day(row.on))

    def items(self) -> Iterator[Item]:
        texts = {row.item_id for row in Edition.objects.all()}
        for row in Item.objects.all():
            if self.is_open(row) and self.has_moment(row.published_at) and row.pk not in texts:
                yield row

    def uses(self) -> Iterator[Use]:
        for row in Use.objects.all():
            is_withheld = row.author.is_minor and row.author.guardian_agreed_at is None
            if self.is_open(row.item) and row.year == self.year and not is_withheld:
                yield row

    def used(self) -> Iterator[int]:
        return iter({row.item_id for row in self.uses()})

    def published(self, model: type[Offer | Need]) -> Iterator[Any]:
        return (row for row in model.objects.all() if self.is_open(row) and self.has_moment(row.published_at))

    def matches(self) -> Iterator[Match]:
        for row in Match.objects.all():
            agreed = any(step.state == "agreed" and self.has_moment(step.at) for step in row.steps.all())
            lasts = row.state in ("agreed", "under-way", "done")
            if agreed and lasts and self.is_open(row.need) and self.is_open_anywhere(row.offer):
                yield row

    def is_open_anywhere(self, record: Any) -> bool:
        return record.state == "published" and record.label in ("TLP:CLEAR", "TLP:GREEN")

    def outreach(self) -> Iterator[Outreach]:
        return (row for row in Outreach.objects.all() if self.is_open(row) and self.has_day(row.on))

    def milestones(self) -> Iterator[Milestone]:
        return (row for row in Milestone.objects.all() if self.is_open(row.outreach) and self.has_day(row.done_on))


ROWS: dict[str, Callable[[PlainCounts], Iterator[Any]]] = {
    "coordinators": PlainCounts.coordinators,
    "members": PlainCounts.members,
    "joined": PlainCounts.joined,
    "left": PlainCounts.left,
    "individuals": PlainCounts.individuals,
    "individuals-joined": PlainCounts.individuals_joined,
    "individuals-left": PlainCounts.individuals_left,
    "meetings": PlainCounts.meetings,
    "attendances": PlainCounts.attendances,
    "decisions": PlainCounts.decisions,
    "decisions-with-dissent": PlainCounts.decisions_with_dissent,
    "commitments": PlainCounts.commitments_made,
    "commitments-kept": PlainCounts.kept,
    "commitments-open": PlainCounts.open,
    "sessions": PlainCounts.sessions,
    "session-reports": PlainCounts.session_reports,
    "proposals-submitted": PlainCounts.submitted,
    "proposals-accepted": PlainCounts.accepted,
    "outputs": PlainCounts.outputs,
    "outputs-with-dissent": PlainCounts.outputs_with_dissent,
    "statements": PlainCounts.statements,
    "consultations": PlainCounts.consultations,
    "inputs": PlainCounts.inputs,
    "inputs-answered": PlainCounts.answered,
    "briefs": PlainCounts.briefs,
    "deliveries": PlainCounts.deliveries,
    "items": PlainCounts.items,
    "uses": PlainCounts.uses,
    "items-used": PlainCounts.used,
    "offers": lambda counts: counts.published(Offer),
    "needs": lambda counts: counts.published(Need),
    "matches": PlainCounts.matches,
    "outreach": PlainCounts.outreach,
    "milestones": PlainCounts.milestones,
}
