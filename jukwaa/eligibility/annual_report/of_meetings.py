"""Numbers of an annual report: meetings with attendance, decisions, commitments, and sessions at a forum."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.eligibility.annual_report.period import Period
from jukwaa.eligibility.annual_report.statistic import Listing, Rows, Statistic, describe_record, grouped, open_records
from jukwaa.meetings.models import Attendance, Commitment, Dissent, Entry, EntryKind, Meeting, Report

BY = {"group": "capacity__stakeholder_group", "region": "capacity__regional_group"}


def find_meetings(period: Period) -> QuerySet[Meeting]:
    """Return the meetings that were held. One whose day is not known counts when its month or year is over."""
    found = Meeting.objects.of(period.coalition).filter(open_records(), period.days("order_day"), cancelled_at=None)
    if period.is_over:
        return found
    month = Q(precision=Meeting.Precision.MONTH, order_day__gte=period.last.replace(day=1))
    not_over = Q(pk__in=Meeting.objects.upcoming(timezone.now()).values("pk")) | month
    return found.exclude(not_over | Q(precision=Meeting.Precision.YEAR))


def find_attendances(period: Period) -> Rows:
    """Return who came, without those under 18. Of meetings under the Chatham House Rule nobody is counted."""
    shown = Attendance.objects.named_in_public().without_minors()
    return shown.filter(Exists(find_meetings(period).filter(pk=OuterRef("meeting"))))


def find_entries(period: Period, kind: EntryKind) -> QuerySet[Entry]:
    return _entries(period, kind).filter(period.days("meeting__order_day"))


def _entries(period: Period, kind: EntryKind) -> QuerySet[Entry]:
    entries = Entry.objects.of(period.coalition).filter(open_records(), open_records("meeting"), kind=kind)
    return entries.filter(meeting__cancelled_at=None)


def find_decisions(period: Period) -> QuerySet[Entry]:
    return find_entries(period, EntryKind.DECISION)


def find_decisions_with_dissent(period: Period) -> QuerySet[Entry]:
    return find_decisions(period).filter(Exists(Dissent.objects.filter(entry=OuterRef("pk"))))


def find_commitments(period: Period) -> QuerySet[Entry]:
    return find_entries(period, EntryKind.COMMITMENT)


def find_kept(period: Period) -> QuerySet[Entry]:
    """Return commitments that were kept in the period, whenever they were made."""
    kept = Q(commitment__progress=Commitment.Progress.KEPT)
    return _entries(period, EntryKind.COMMITMENT).filter(kept, period.days("commitment__closed_on"))


def find_open(period: Period) -> QuerySet[Entry]:
    """Return commitments that were open at the end of the period, whenever they were made and due."""
    not_closed = Q(commitment__isnull=True) | Q(commitment__closed_on__isnull=True)
    made = Q(meeting__order_day__lte=period.last)
    return _entries(period, EntryKind.COMMITMENT).filter(made, not_closed | Q(commitment__closed_on__gt=period.last))


def find_sessions(period: Period) -> QuerySet[Meeting]:
    return find_meetings(period).exclude(forum="")


def find_reports(period: Period) -> QuerySet[Meeting]:
    published = Report.objects.filter(meeting=OuterRef("pk"), published_at__isnull=False)
    return find_sessions(period).filter(Exists(published))


MEETINGS = Listing(describe=describe_record("meetings:meeting_detail"))
ENTRIES = Listing(describe=describe_record("meetings:entry_detail"))

STATISTICS = (
    Statistic(key="meetings", title=_("Meetings held"), find=find_meetings, listing=MEETINGS),
    Statistic(
        key="attendances",
        title=_("Attendance"),
        find=find_attendances,
        listing=Listing(describe=describe_record("meetings:meeting_detail"), behind=grouped(Meeting, "meeting")),
        by=BY,
        is_of_people=True,
    ),
    Statistic(key="decisions", title=_("Decisions"), find=find_decisions, listing=ENTRIES),
    Statistic(
        key="decisions-with-dissent",
        title=_("Decisions with recorded dissent"),
        find=find_decisions_with_dissent,
        listing=ENTRIES,
    ),
    Statistic(key="commitments", title=_("Commitments made"), find=find_commitments, listing=ENTRIES),
    Statistic(key="commitments-kept", title=_("Commitments kept"), find=find_kept, listing=ENTRIES),
    Statistic(key="commitments-open", title=_("Open commitments"), find=find_open, listing=ENTRIES),
    Statistic(key="sessions", title=_("Sessions at a forum"), find=find_sessions, listing=MEETINGS),
    Statistic(
        key="session-reports",
        title=_("Sessions with a published report"),
        find=find_reports,
        listing=Listing(describe=describe_record("meetings:report_detail")),
    ),
)
