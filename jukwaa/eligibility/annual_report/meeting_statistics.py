"""Numbers of an annual report: meetings with attendance, decisions, commitments, and sessions at a forum."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.eligibility.annual_report.period import ReportPeriod
from jukwaa.eligibility.annual_report.statistic import (
    Rows,
    Statistic,
    StatisticListing,
    build_grouping_by_reference,
    build_member_readable_record_q,
    build_record_describer,
)
from jukwaa.meetings.models import (
    Attendance,
    Commitment,
    Decision,
    Entry,
    EntryKind,
    EntryQuerySet,
    Meeting,
    Report,
)

ATTENDANCE_FIELDS_BY_GROUPING = {"group": "capacity__stakeholder_group", "region": "capacity__regional_group"}
IS_SESSION = ~Q(forum="")


def find_meetings_in_period(period: ReportPeriod) -> QuerySet[Meeting]:
    """Return the meetings that were held. One whose day is not known counts when its month or year is over."""
    found = Meeting.objects.of(period.coalition).filter(
        build_member_readable_record_q(), period.build_day_condition("order_day"), cancelled_at=None
    )
    if period.is_over:
        return found
    month = Q(precision=Meeting.Precision.MONTH, order_day__gte=period.last_day.replace(day=1))
    not_over = Q(pk__in=Meeting.objects.upcoming(timezone.now()).values("pk")) | month
    return found.exclude(not_over | Q(precision=Meeting.Precision.YEAR))


def find_counted_attendances() -> Rows:
    """Return who attended, without people under 18. Of meetings under the Chatham House Rule nobody is counted."""
    return Attendance.objects.named_in_public().without_minors()


def find_attendances_in_period(period: ReportPeriod) -> Rows:
    return find_counted_attendances().filter(meeting__in=find_meetings_in_period(period).values("pk"))


def find_entries(period: ReportPeriod, entry_kind: EntryKind) -> EntryQuerySet:
    """Return the entries of meetings that were not cancelled, of any year."""
    entries = Entry.objects.of(period.coalition).filter(
        build_member_readable_record_q(), build_member_readable_record_q("meeting"), kind=entry_kind
    )
    return entries.filter(meeting__cancelled_at=None)


def find_decisions_in_period(period: ReportPeriod) -> EntryQuerySet:
    return find_entries(period, EntryKind.DECISION).filter(build_meeting_condition(period))


def build_meeting_condition(period: ReportPeriod) -> Q:
    return period.build_day_condition("meeting__order_day")


def build_dissent_condition(_period: ReportPeriod) -> Q:
    return Decision.build_dissent_condition()


def build_unknown_method_condition(_period: ReportPeriod) -> Q:
    """Return the condition that the record of a decision does not say how it was made, as most imported minutes."""
    return Decision.build_unknown_method_condition() & ~Decision.build_dissent_condition()


def find_commitments(period: ReportPeriod) -> EntryQuerySet:
    return find_entries(period, EntryKind.COMMITMENT)


def find_fulfilled_commitments(period: ReportPeriod) -> EntryQuerySet:
    return find_commitments(period).filter(build_fulfilled_condition(period))


def build_fulfilled_condition(period: ReportPeriod) -> Q:
    """Return the condition that a commitment was kept in the period, whenever it was made."""
    kept = Q(commitment__progress=Commitment.Progress.KEPT)
    return kept & period.build_day_condition("commitment__closed_on")


def build_open_condition(period: ReportPeriod) -> Q:
    """Return the condition that a commitment was open at the end of the period, whenever it was made and due."""
    not_closed = Q(commitment__isnull=True) | Q(commitment__closed_on__isnull=True)
    made = Q(meeting__order_day__lte=period.last_day)
    return made & (not_closed | Q(commitment__closed_on__gt=period.last_day))


def find_sessions_in_period(period: ReportPeriod) -> QuerySet[Meeting]:
    return find_meetings_in_period(period).filter(IS_SESSION)


def build_session_report_condition(_period: ReportPeriod) -> Q:
    published = Report.objects.filter(meeting=OuterRef("pk"), published_at__isnull=False)
    return IS_SESSION & Q(Exists(published))


MEETING_LISTING = StatisticListing(describe=build_record_describer("meetings:meeting_detail"))
ENTRY_LISTING = StatisticListing(describe=build_record_describer("meetings:entry_detail"))

MEETING_STATISTICS = (
    Statistic(key="meetings", title=_("Meetings held"), find_rows=find_meetings_in_period, listing=MEETING_LISTING),
    Statistic(
        key="attendances",
        title=_("Attendance"),
        find_rows=find_attendances_in_period,
        listing=StatisticListing(
            describe=build_record_describer("meetings:meeting_detail"),
            behind=build_grouping_by_reference(Meeting, "meeting"),
        ),
        by=ATTENDANCE_FIELDS_BY_GROUPING,
        is_of_people=True,
    ),
    Statistic(key="decisions", title=_("Decisions"), find_rows=find_decisions_in_period, listing=ENTRY_LISTING),
    Statistic(
        key="decisions-with-dissent",
        title=_("Decisions with recorded dissent"),
        find_rows=find_decisions_in_period,
        condition=build_dissent_condition,
        listing=ENTRY_LISTING,
    ),
    Statistic(
        key="decisions-of-unknown-method",
        title=_("Decisions whose method or vote is not recorded"),
        find_rows=find_decisions_in_period,
        condition=build_unknown_method_condition,
        listing=ENTRY_LISTING,
    ),
    Statistic(
        key="commitments",
        title=_("Commitments made"),
        find_rows=find_commitments,
        condition=build_meeting_condition,
        listing=ENTRY_LISTING,
    ),
    Statistic(
        key="commitments-kept",
        title=_("Commitments kept"),
        find_rows=find_commitments,
        condition=build_fulfilled_condition,
        listing=ENTRY_LISTING,
    ),
    Statistic(
        key="commitments-open",
        title=_("Open commitments"),
        find_rows=find_commitments,
        condition=build_open_condition,
        listing=ENTRY_LISTING,
    ),
    Statistic(
        key="sessions",
        title=_("Sessions at a forum"),
        find_rows=find_meetings_in_period,
        condition=lambda _period: IS_SESSION,
        listing=MEETING_LISTING,
    ),
    Statistic(
        key="session-reports",
        title=_("Sessions with a published report"),
        find_rows=find_meetings_in_period,
        condition=build_session_report_condition,
        listing=StatisticListing(describe=build_record_describer("meetings:report_detail")),
    ),
)
