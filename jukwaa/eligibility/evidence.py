"""What the record shows about the conditions of a year, and the records behind each of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.models import Coalition, Membership
from jukwaa.coalitions.models.coalition import ListReaders
from jukwaa.coalitions.policies import can_apply_for_membership
from jukwaa.coalitions.standing import Standing
from jukwaa.core.row_urls import reverse_row_url
from jukwaa.eligibility.coalition_year import CoalitionYear, RecordShare
from jukwaa.eligibility.coordination.coordination_evidence import (
    build_coordination_links,
    count_meetings_attended,
    find_last_contact,
    find_past_coordination_meetings,
)
from jukwaa.eligibility.evidence_links import EvidenceLink, build_page_links, get_page_status
from jukwaa.eligibility.models import AnnualReport, LinkCheck
from jukwaa.meetings.models import Decision, Entry, EntryKind, Meeting, Report
from jukwaa.places.regions import StakeholderGroup
from jukwaa.proposals.correspondence_models import CorrespondenceMessage
from jukwaa.records.models import Label, Record, State
from jukwaa.updates.models import ListPost

MAX_EVIDENCE_LINKS = 20  # records that are linked below one condition
EXCHANGED_MESSAGE_KINDS = (
    CorrespondenceMessage.Kind.RECEIVED,
    CorrespondenceMessage.Kind.SENT,
    CorrespondenceMessage.Kind.FORWARDED,
)
UNCOUNTED_GROUP_VALUES = {StakeholderGroup.OTHER.value, StakeholderGroup.UNKNOWN.value}


@dataclass(frozen=True)
class YearEvidence:
    """A subject for the checks, and links to what is behind each check, by the name of the check."""

    subject: CoalitionYear
    links: Mapping[str, list[EvidenceLink]] = field(default_factory=dict)
    checks: Mapping[str, LinkCheck] = field(default_factory=dict)  # of the links of the coalition, by address


def gather_year_evidence(viewer_standing: Standing, year: int) -> YearEvidence:
    """Return what the viewer can see of the record. What is only known for today stays open for earlier years."""
    coalition, today = viewer_standing.coalition, timezone.localdate()
    is_now = year == today.year
    meetings = _find_meetings_of_year(viewer_standing, year)
    held = [meeting for meeting in meetings if meeting.order_day.year == year]
    sessions = [meeting for meeting in meetings if meeting.order_day.year == year - 1 and meeting.forum]
    dissent = list(_find_dissent_of_year(viewer_standing, year))
    public_records, groups = _count_records_and_members(coalition) if is_now else (None, {})
    checks = {check.address: check for check in LinkCheck.objects.of(coalition)}
    coordination = find_past_coordination_meetings(coalition, year)
    last_post, last_public, last_message = _find_last_message_days(coalition, year)
    annual = AnnualReport.objects.filter(coalition=coalition, year=year - 1).first()
    subject = CoalitionYear(
        year=year,
        today=today,
        is_form_open=can_apply_for_membership(viewer_standing, coalition) if is_now else None,
        public_records=public_records,
        public_dissent=_build_record_share(dissent, "is_public"),
        stakeholder_groups=len(groups.keys() - UNCOUNTED_GROUP_VALUES) if is_now else None,
        members_without_group=groups.get(StakeholderGroup.UNKNOWN, 0),
        meetings=len(held),
        public_minutes=_build_record_share(held, "has_public_minutes"),
        session_reports=_build_record_share(sessions, "has_report"),
        last_post=last_post,
        list_page=get_page_status(coalition.list_page, checks) if is_now else None,
        list_archive=get_page_status(coalition.list_archive, checks) if is_now else None,
        public_archive_until=last_public if is_now else None,
        coordination=count_meetings_attended(coordination, year),
        last_coordination=find_last_contact(coordination, last_message),
        is_report_sent=bool(annual.sent_on) if annual else None,
    )
    links = _build_evidence_links(coalition, held, sessions, dissent)
    links |= {"annual report": _build_annual_report_links(coalition, year - 1, annual)}
    links |= build_page_links(coalition, checks, subject.public_archive_until)
    return YearEvidence(subject, links | build_coordination_links(coalition), checks)


def _build_record_share(counted_records: Iterable[object], attribute_name: str) -> RecordShare:
    having = [getattr(row, attribute_name) for row in counted_records]
    return RecordShare(sum(having), len(having))


def _find_meetings_of_year(viewer_standing: Standing, year: int) -> list[Meeting]:
    """The meetings of this year and of the one before that were held, the latest first."""
    public = Entry.objects.filter(meeting=OuterRef("pk"), state=State.PUBLISHED, label=Label.CLEAR)
    reports = Report.objects.filter(meeting=OuterRef("pk"), published_at__isnull=False)
    found = Meeting.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition)
    found = found.filter(state=State.PUBLISHED, cancelled_at=None)
    found = found.filter(order_day__gte=date(year - 1, 1, 1), order_day__lte=date(year, 12, 31))
    found = found.annotate(has_public_minutes=Exists(public) & Q(label=Label.CLEAR), has_report=Exists(reports))
    return [meeting for meeting in found.order_by("-order_day", "-pk") if meeting.is_held]


def _find_dissent_of_year(viewer_standing: Standing, year: int) -> QuerySet[Entry]:
    """Decisions of the year with recorded dissent, and whether the public reads them."""
    decisions = Entry.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition)
    decisions = decisions.filter(Decision.build_dissent_condition(), kind=EntryKind.DECISION)
    days = (date(year, 1, 1), date(year, 12, 31))
    meetings = Meeting.objects.of(viewer_standing.coalition).filter(state=State.PUBLISHED, order_day__range=days)
    decisions = decisions.filter(state=State.PUBLISHED, meeting__in=meetings.values("pk"))
    return decisions.annotate(is_public=Q(label=Label.CLEAR, meeting__label=Label.CLEAR)).order_by("-pk")


def _count_records_and_members(coalition: Coalition) -> tuple[RecordShare, dict[str, int]]:
    """Of today, counted once for everybody until something changes."""
    return get_or_build_cached(
        coalition, "eligibility", lambda: (_count_public_records(coalition), _count_members_by_group(coalition))
    )


def _count_public_records(coalition: Coalition) -> RecordShare:
    """All published records count, for any reader; only a share of them is shown."""
    published = Record.objects.of(coalition).filter(state=State.PUBLISHED)
    numbers = published.aggregate(public=Count("pk", filter=Q(label=Label.CLEAR)), total=Count("pk"))
    return RecordShare(numbers["public"], numbers["total"])


def _count_members_by_group(coalition: Coalition) -> dict[str, int]:
    """Active members by stakeholder group."""
    members = Membership.objects.active().filter(coalition=coalition)
    group = Coalesce("organisation__stakeholder_group", "stakeholder_group")
    return dict(members.order_by().values_list(group).annotate(number=Count("pk")))


def _find_last_message_days(coalition: Coalition, year: int) -> tuple[date | None, ...]:
    """Return the days of the last message on the mailing list, of the last one that everyone can read here, and of
    the last one to or from the secretariat.
    """
    dated = ListPost.objects.filter(coalition=OuterRef("pk"), posted_at__year__lte=year, is_dated=True)
    posts = dated.filter(Q(brought__isnull=True) | Q(is_open=True)).order_by("-posted_at")
    is_public = coalition.list_readers == ListReaders.PUBLIC
    public = posts.public() if is_public else posts.none()
    messages = CorrespondenceMessage.objects.filter(coalition=OuterRef("pk"), at__year__lte=year, held_because="")
    exchanged = messages.filter(kind__in=EXCHANGED_MESSAGE_KINDS).order_by("-at")
    moments = Coalition.objects.filter(pk=coalition.pk).values_list(
        Subquery(posts.values("posted_at")[:1]),
        Subquery(public.values("posted_at")[:1]),
        Subquery(exchanged.values("at")[:1]),
    )
    return tuple(timezone.localtime(at).date() if at else None for at in moments.get())


def _build_annual_report_links(coalition: Coalition, year: int, report: AnnualReport | None) -> list[EvidenceLink]:
    here = EvidenceLink(_("Annual report"), reverse("eligibility:annual_detail", args=[coalition.slug, year]))
    return [here, EvidenceLink(_("Submitted report"), report.sent_to)] if report and report.sent_to else [here]


def _build_evidence_links(
    coalition: Coalition, held_meetings: list[Meeting], sessions: list[Meeting], dissent_entries: list[Entry]
) -> dict[str, list[EvidenceLink]]:
    def build_evidence_link_list(title: Promise, url_name: str, url_fragment: str = "") -> list[EvidenceLink]:
        return [EvidenceLink(title, reverse(url_name, args=[coalition.slug]) + url_fragment)]

    meetings = build_evidence_link_list(_("Meetings"), "meetings:meeting_list")
    return {
        "application form is open": build_evidence_link_list(_("Application form"), "coalitions:apply"),
        "public records": build_evidence_link_list(_("Documents"), "records:document_list")
        + build_evidence_link_list(_("Library"), "library:item_list"),
        "dissent is public": _build_record_links(coalition, "meetings:entry_detail", dissent_entries)
        or build_evidence_link_list(_("Register of decisions"), "meetings:decision_list"),
        "stakeholder groups": build_evidence_link_list(
            _("Stakeholder groups"), "coalitions:representation", "#stakeholders"
        ),
        "meetings held": _build_record_links(coalition, "meetings:meeting_detail", held_meetings) or meetings,
        "public minutes": _build_record_links(coalition, "meetings:meeting_detail", held_meetings) or meetings,
        "session reports": _build_record_links(coalition, "meetings:report_detail", sessions) or meetings,
        "last message": build_evidence_link_list(_("Messages on the mailing list"), "intake:list_posts"),
    }


def _build_record_links(coalition: Coalition, url_name: str, evidence_records: Iterable[Record]) -> list[EvidenceLink]:
    return [EvidenceLink(*each) for each in _describe_record_rows(coalition, url_name, evidence_records)][
        :MAX_EVIDENCE_LINKS
    ]


def _describe_record_rows(
    coalition: Coalition, url_name: str, evidence_records: Iterable[Record]
) -> Iterator[tuple[str, str, str]]:
    for row in evidence_records:
        yield row.title, reverse_row_url(url_name, coalition.slug, row.pk), row.language
