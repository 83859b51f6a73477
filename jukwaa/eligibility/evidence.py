"""What the record shows about the conditions of a year, and the records behind each of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
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
    filter_past_meetings,
    find_last_contact,
)
from jukwaa.eligibility.evidence_links import EvidenceLink, build_page_links, get_page_status
from jukwaa.eligibility.models import AnnualReport, LinkCheck
from jukwaa.eligibility.year_records import YearRecords
from jukwaa.meetings.models import Decision, Entry, EntryKind, Meeting
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


def gather_year_evidence(
    viewer_standing: Standing,
    year: int,
    year_records: YearRecords | None = None,
    answer_addresses: Iterable[str] = (),
) -> YearEvidence:
    """Return what the viewer can see of the record. What is only known for today stays open for earlier years.

    `year_records` are of this year and the one before, where they are read for another part of the page as well.
    `answer_addresses` are the links to evidence that people have entered.
    """
    coalition, today = viewer_standing.coalition, timezone.localdate()
    is_now = year == today.year
    records = year_records or YearRecords(viewer_standing, year, session_year=year)
    meetings = [meeting for meeting in records.meetings if meeting.is_held]
    held = [meeting for meeting in meetings if meeting.order_day.year == year]
    sessions = [meeting for meeting in meetings if meeting.order_day.year == year - 1 and meeting.forum]
    dissent = list(_find_dissent_of_year(viewer_standing, year))
    public_records, groups = _get_record_and_member_counts(coalition) if is_now else (None, {})
    addresses = {coalition.list_page, coalition.list_archive, *answer_addresses} - {""}
    checks = {check.address: check for check in LinkCheck.objects.of(coalition).filter(address__in=addresses)}
    coordination = filter_past_meetings(records.coordination_meetings, year)
    last_post, last_public, last_message = _find_last_message_days(coalition, year)
    annual = records.annual_reports.get(year - 1)
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
        session_reports=_count_published_reports(sessions),
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


def _count_published_reports(sessions: list[Meeting]) -> RecordShare:
    published = [report for each in sessions if (report := getattr(each, "report", None)) and report.published_at]
    return RecordShare(len(published), len(sessions))


def _find_dissent_of_year(viewer_standing: Standing, year: int) -> QuerySet[Entry]:
    """Decisions of the year with recorded dissent, and whether the public reads them."""
    decisions = Entry.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition)
    decisions = decisions.filter(Decision.build_dissent_condition(), kind=EntryKind.DECISION)
    days = (date(year, 1, 1), date(year, 12, 31))
    meetings = Meeting.objects.of(viewer_standing.coalition).filter(state=State.PUBLISHED, order_day__range=days)
    decisions = decisions.filter(state=State.PUBLISHED, meeting__in=meetings.values("pk"))
    return decisions.annotate(is_public=Q(label=Label.CLEAR, meeting__label=Label.CLEAR)).order_by("-pk")


def _get_record_and_member_counts(coalition: Coalition) -> tuple[RecordShare, dict[str, int]]:
    """Of today, counted once for everybody until something changes."""
    return get_or_build_cached(coalition, "eligibility", lambda: _count_records_and_members(coalition))


def _count_records_and_members(coalition: Coalition) -> tuple[RecordShare, dict[str, int]]:
    """Count the published records, for any reader, and the active members by stakeholder group, in one query."""
    published = Record.objects.of(coalition).filter(state=State.PUBLISHED).order_by()
    by_label = published.annotate(what=Value("records")).values_list("what", "label").annotate(number=Count("pk"))
    members = Membership.objects.active().filter(coalition=coalition).order_by()
    group = Coalesce("organisation__stakeholder_group", "stakeholder_group")
    by_group = members.annotate(what=Value("members")).values_list("what", group).annotate(number=Count("pk"))
    counts: dict[str, dict[str, int]] = {"records": {}, "members": {}}
    for what, value, number in by_label.union(by_group, all=True):
        counts[what][value] = number
    records = counts["records"]
    return RecordShare(records.get(Label.CLEAR, 0), sum(records.values())), counts["members"]


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
