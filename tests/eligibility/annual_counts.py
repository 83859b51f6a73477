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

    def count_rows(self, statistic_key: str) -> int:
        return sum(1 for _row in ROW_ITERATORS_BY_STATISTIC[statistic_key](self))

    def count_rows_by(self, statistic_key: str, group_field: str) -> Counter[str]:
        counted: Counter[str] = Counter()
        for row in ROW_ITERATORS_BY_STATISTIC[statistic_key](self):
            owner = row.capacity if isinstance(row, Attendance) else row.organisation
            counted[{"group": owner.stakeholder_group, "region": owner.regional_group}[group_field]] += 1
        return counted

    def is_attendance_shown(self, attendance: Attendance) -> bool:
        is_under_the_rule = any(part.chatham for part in Part.objects.filter(meeting=attendance.meeting))
        person = attendance.capacity.person
        return not (is_under_the_rule or (person is not None and person.is_minor))

    def is_open_record(self, record: Any) -> bool:
        ours = record.coalition_id == self.coalition.pk
        return ours and record.state == "published" and record.label in ("TLP:CLEAR", "TLP:GREEN")

    def is_day_in_year(self, checked_day: date | None) -> bool:
        return checked_day is not None and self.first <= checked_day <= self.last

    def is_moment_in_year(self, checked_moment: datetime | None) -> bool:
        return (
            checked_moment is not None
            and checked_moment.astimezone(ZoneInfo(self.coalition.time_zone)).year == self.year
        )

    # The rows that are counted.

    def iter_memberships(self) -> Iterator[Membership]:
        for row in Membership.objects.all():
            if row.coalition_id == self.coalition.pk and row.standing in ("active", "left"):
                yield row

    def is_seat_in_year(self, seat: Membership | Role) -> bool:
        begun = seat.starts_on is None or seat.starts_on <= self.last
        return begun and (seat.ends_on is None or seat.ends_on >= self.last)

    def iter_member_organisations(self) -> Iterator[Membership]:
        return (row for row in self.iter_memberships() if row.organisation_id and self.is_seat_in_year(row))

    def iter_joined_organisations(self) -> Iterator[Membership]:
        return (row for row in self.iter_memberships() if row.organisation_id and self.is_day_in_year(row.starts_on))

    def iter_departed_organisations(self) -> Iterator[Membership]:
        return (row for row in self.iter_memberships() if row.organisation_id and self.is_day_in_year(row.ends_on))

    def iter_individual_members(self) -> Iterator[Membership]:
        return (row for row in self.iter_memberships() if row.person_id and self.is_seat_in_year(row))

    def iter_joined_individuals(self) -> Iterator[Membership]:
        return (row for row in self.iter_memberships() if row.person_id and self.is_day_in_year(row.starts_on))

    def iter_departed_individuals(self) -> Iterator[Membership]:
        return (row for row in self.iter_memberships() if row.person_id and self.is_day_in_year(row.ends_on))

    def iter_coordinators(self) -> Iterator[int]:
        found = set()
        for row in Role.objects.all():
            begun = row.starts_on is None or row.starts_on <= self.last
            lasting = row.ends_on is None or row.ends_on >= self.first
            if row.coalition_id == self.coalition.pk and row.kind == "coordinator" and begun and lasting:
                found.add(row.person_id)
        return iter(found)

    def iter_held_meetings(self) -> Iterator[Meeting]:
        for row in Meeting.objects.all():
            if self.is_open_record(row) and row.is_held and self.is_day_in_year(row.starts_on):
                yield row

    def iter_forum_sessions(self) -> Iterator[Meeting]:
        return (row for row in self.iter_held_meetings() if row.forum)

    def iter_session_reports(self) -> Iterator[Meeting]:
        return (row for row in self.iter_forum_sessions() if hasattr(row, "report") and row.report.published_at)

    def iter_submissions(self) -> Iterator[Submission]:
        return (
            row
            for row in Submission.objects.all()
            if self.is_open_record(row.proposal) and self.is_moment_in_year(row.at)
        )

    def iter_accepted_submissions(self) -> Iterator[Submission]:
        for row in Submission.objects.all():
            is_accepted = row.outcome in ("accepted", "conditions")
            if is_accepted and self.is_open_record(row.proposal) and self.is_day_in_year(row.outcome_on):
                yield row

    def iter_attendances(self) -> Iterator[Attendance]:
        meetings = {row.pk for row in self.iter_held_meetings()}
        return (row for row in Attendance.objects.all() if row.meeting_id in meetings and self.is_attendance_shown(row))

    def iter_entries_of_kind(self, entry_kind: str) -> Iterator[Entry]:
        for row in Entry.objects.all():
            if (
                row.kind == entry_kind
                and self.is_open_record(row)
                and self.is_open_record(row.meeting)
                and not row.meeting.is_cancelled
            ):
                yield row

    def iter_decisions(self) -> Iterator[Entry]:
        return (row for row in self.iter_entries_of_kind("decision") if self.is_day_in_year(row.meeting.starts_on))

    def iter_decisions_with_dissent(self) -> Iterator[Entry]:
        return (row for row in self.iter_decisions() if self.is_disputed(row))

    def iter_decisions_of_unknown_method(self) -> Iterator[Entry]:
        for row in self.iter_decisions():
            decision = getattr(row, "decision", None)
            if (decision is None or not decision.method) and not self.is_disputed(row):
                yield row

    def is_disputed(self, row: Entry) -> bool:
        decision = getattr(row, "decision", None)
        return bool(list(row.dissents.all()) or (decision and (decision.votes_against or decision.abstentions)))

    def iter_made_commitments(self) -> Iterator[Entry]:
        return (row for row in self.iter_entries_of_kind("commitment") if self.is_day_in_year(row.meeting.starts_on))

    def iter_kept_commitments(self) -> Iterator[Entry]:
        for row in self.iter_entries_of_kind("commitment"):
            promise = getattr(row, "commitment", None)
            if promise is not None and promise.progress == "kept" and self.is_day_in_year(promise.closed_on):
                yield row

    def iter_open_commitments(self) -> Iterator[Entry]:
        for row in self.iter_entries_of_kind("commitment"):
            promise = getattr(row, "commitment", None)
            closed_on = promise.closed_on if promise is not None else None
            if (row.meeting.starts_on or self.first) <= self.last and (closed_on is None or closed_on > self.last):
                yield row

    def iter_editions(self) -> Iterator[Edition]:
        return (
            row for row in Edition.objects.all() if self.is_open_record(row.text) and self.is_moment_in_year(row.at)
        )

    def iter_outputs(self) -> Iterator[Edition]:
        return (row for row in self.iter_editions() if row.text.form not in ("brief", "decision"))

    def iter_briefs(self) -> Iterator[Edition]:
        return (row for row in self.iter_editions() if row.text.form == "brief")

    def iter_dissenting_positions(self) -> Iterator[Position]:
        calls = {row.call_id for row in self.iter_outputs()}
        for row in Position.objects.all():
            if row.call_id in calls and row.stands and row.stance in ("object", "reservation"):
                yield row

    def iter_outputs_with_dissent(self) -> Iterator[Edition]:
        decisions_with_dissent = {row.call_id for row in self.iter_dissenting_positions()}
        return (row for row in self.iter_outputs() if row.call_id in decisions_with_dissent)

    def iter_consultations(self) -> Iterator[Consultation]:
        return (
            row
            for row in Consultation.objects.all()
            if self.is_open_record(row.text) and self.is_moment_in_year(row.opens_at)
        )

    def iter_inputs(self) -> Iterator[Input]:
        asked = {row.pk for row in self.iter_consultations()}
        for row in Input.objects.all():
            if row.consultation_id in asked and row.hidden_at is None and row.disposition != "withdrawn":
                yield row

    def iter_answered_inputs(self) -> Iterator[Input]:
        return (row for row in self.iter_inputs() if row.disposition)

    def iter_deliveries(self) -> Iterator[Delivery]:
        return (
            row
            for row in Delivery.objects.all()
            if self.is_open_record(row.edition.text) and self.is_day_in_year(row.on)
        )

    def iter_items(self) -> Iterator[Item]:
        texts = {row.item_id for row in Edition.objects.all()}
        for row in Item.objects.all():
            if self.is_open_record(row) and self.is_moment_in_year(row.published_at) and row.pk not in texts:
                yield row

    def iter_item_uses(self) -> Iterator[Use]:
        for row in Use.objects.all():
            is_withheld = row.author.is_minor and row.author.guardian_agreed_at is None
            if self.is_open_record(row.item) and row.year == self.year and not is_withheld:
                yield row

    def iter_used_items(self) -> Iterator[int]:
        return iter({row.item_id for row in self.iter_item_uses()})

    def iter_published_help(self, model: type[Offer | Need]) -> Iterator[Any]:
        return (
            row for row in model.objects.all() if self.is_open_record(row) and self.is_moment_in_year(row.published_at)
        )

    def iter_agreed_matches(self) -> Iterator[Match]:
        for row in Match.objects.all():
            agreed = any(step.state == "agreed" and self.is_moment_in_year(step.at) for step in row.steps.all())
            lasts = row.state in ("agreed", "under-way", "done")
            if agreed and lasts and self.is_open_record(row.need) and self.is_open_anywhere(row.offer):
                yield row

    def is_open_anywhere(self, record: Any) -> bool:
        return record.state == "published" and record.label in ("TLP:CLEAR", "TLP:GREEN")

    def iter_outreach_plans(self) -> Iterator[Outreach]:
        return (row for row in Outreach.objects.all() if self.is_open_record(row) and self.is_day_in_year(row.on))

    def iter_done_milestones(self) -> Iterator[Milestone]:
        return (
            row
            for row in Milestone.objects.all()
            if self.is_open_record(row.outreach) and self.is_day_in_year(row.done_on)
        )


ROW_ITERATORS_BY_STATISTIC: dict[str, Callable[[PlainCounts], Iterator[Any]]] = {
    "coordinators": PlainCounts.iter_coordinators,
    "members": PlainCounts.iter_member_organisations,
    "joined": PlainCounts.iter_joined_organisations,
    "left": PlainCounts.iter_departed_organisations,
    "individuals": PlainCounts.iter_individual_members,
    "individuals-joined": PlainCounts.iter_joined_individuals,
    "individuals-left": PlainCounts.iter_departed_individuals,
    "meetings": PlainCounts.iter_held_meetings,
    "attendances": PlainCounts.iter_attendances,
    "decisions": PlainCounts.iter_decisions,
    "decisions-with-dissent": PlainCounts.iter_decisions_with_dissent,
    "decisions-of-unknown-method": PlainCounts.iter_decisions_of_unknown_method,
    "commitments": PlainCounts.iter_made_commitments,
    "commitments-kept": PlainCounts.iter_kept_commitments,
    "commitments-open": PlainCounts.iter_open_commitments,
    "sessions": PlainCounts.iter_forum_sessions,
    "session-reports": PlainCounts.iter_session_reports,
    "proposals-submitted": PlainCounts.iter_submissions,
    "proposals-accepted": PlainCounts.iter_accepted_submissions,
    "outputs": PlainCounts.iter_outputs,
    "outputs-with-dissent": PlainCounts.iter_outputs_with_dissent,
    "statements": PlainCounts.iter_dissenting_positions,
    "consultations": PlainCounts.iter_consultations,
    "inputs": PlainCounts.iter_inputs,
    "inputs-answered": PlainCounts.iter_answered_inputs,
    "briefs": PlainCounts.iter_briefs,
    "deliveries": PlainCounts.iter_deliveries,
    "items": PlainCounts.iter_items,
    "uses": PlainCounts.iter_item_uses,
    "items-used": PlainCounts.iter_used_items,
    "offers": lambda counts: counts.iter_published_help(Offer),
    "needs": lambda counts: counts.iter_published_help(Need),
    "matches": PlainCounts.iter_agreed_matches,
    "outreach": PlainCounts.iter_outreach_plans,
    "milestones": PlainCounts.iter_done_milestones,
}
