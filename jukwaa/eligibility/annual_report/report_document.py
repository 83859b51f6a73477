"""An annual report as a document: for its page, Word, PDF and EPUB alike."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.written_names import WrittenNames
from jukwaa.core.dates import format_long_date, format_short_date
from jukwaa.core.documents.outgoing import (
    Block,
    BulletList,
    Document,
    DocumentQuote,
    DocumentTable,
    Heading,
    Inline,
    InlineRun,
    Paragraph,
)
from jukwaa.core.documents.outgoing.bars import draw_text_bar
from jukwaa.core.row_urls import reverse_row_url
from jukwaa.eligibility.annual_report.all_statistics import STATISTICS_BY_KEY
from jukwaa.eligibility.annual_report.composition import AnnualReportSection, ComposedReport
from jukwaa.eligibility.annual_report.models import AnnualReport
from jukwaa.eligibility.annual_report.number_markers import split_into_text_runs
from jukwaa.eligibility.annual_report.period import ReportPeriod
from jukwaa.eligibility.annual_report.report_facts import MAX_LISTED_RECORDS, GroupNumbers
from jukwaa.eligibility.annual_report.statistic import ListedRecord
from jukwaa.eligibility.annual_report.text_statistics import describe_listed_consultation, describe_listed_edition
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.report.report_sentences import describe_dissent
from jukwaa.meetings.time_formatting import format_meeting_date
from jukwaa.places.languages import get_text_direction
from jukwaa.records.models import Label


def build_report_document(
    composed_report: ComposedReport, report: AnnualReport, *, site_url: str = "", max_dissents: int | None = None
) -> Document:
    """Return the report. `site_url` begins the links of a file; those of a page begin with nothing.

    Files print all statements of dissent; the page shows the first `max_dissents` (decision 37).

    A draft says so in its first line, and is for members.
    """
    coalition, period = composed_report.period.coalition, composed_report.period
    is_draft = report.published_at is None
    with translation.override(composed_report.language):
        facts: list[tuple[str, Inline]] = [
            (
                _("Period"),
                _("%(first)s to %(last)s")
                % {"first": format_long_date(period.first_day), "last": format_long_date(period.last_day)},
            ),
            (_("Forum"), [InlineRun(coalition.forum, apart=True)] if coalition.forum else ""),
            (_("Date drafted from the record"), format_long_date(period.today)),
        ]
        if report.sent_on:
            sent = [InlineRun(format_long_date(report.sent_on), link=report.sent_to)]
            facts.append((_("Date submitted to the forum"), sent))
        return Document(
            title=_("Annual report %(year)s") % {"year": period.year},
            blocks=list(_ReportWriter(composed_report, site_url, max_dissents).write_report()),
            language=composed_report.language,
            direction=get_text_direction(composed_report.language),
            label=Label.GREEN if is_draft else Label.CLEAR,
            meta=[(term, value) for term, value in facts if value],
            masthead=_get_draft_notice(coalition.name) if is_draft else coalition.name,
            masthead_note=coalition.forum,
        )


def _get_draft_notice(coalition: str) -> str:
    return _("Draft of a report, not published: %(coalition)s") % {"coalition": coalition}


def build_annual_report_file_name(composed_report: ComposedReport, report: AnnualReport, file_extension: str) -> str:
    facts = {
        "coalition": composed_report.period.coalition.name,
        "year": composed_report.period.year,
        "ending": file_extension,
    }
    with translation.override(composed_report.language):
        if report.published_at is None:
            return _("%(coalition)s, draft of the annual report %(year)s.%(ending)s") % facts
        return _("%(coalition)s, annual report %(year)s.%(ending)s") % facts


def get_records_url(period: ReportPeriod, statistic_key: str) -> str:
    """Return the address of the records behind a number."""
    return reverse("eligibility:annual_records", args=[period.coalition.slug, period.year, statistic_key])


@dataclass
class _ReportWriter:
    composed: ComposedReport
    site: str
    max_dissents: int | None

    def __post_init__(self) -> None:
        self.facts = self.composed.facts
        self.slug = self.composed.period.coalition.slug
        self.written_names = WrittenNames(self.composed.period.coalition.pk)

    def build_records_url(self, statistic_key: str, grouping_key: str = "", group_value: str = "") -> str:
        query = f"?{urlencode({'by': grouping_key, 'value': group_value})}" if grouping_key else ""
        return f"{self.site}{get_records_url(self.composed.period, statistic_key)}{query}"

    def write_report(self) -> Iterator[Block]:
        for section in self.composed.sections:
            more = list(self._list_statistic_records(section.key))
            if section.text or more:
                yield Heading(1, section.title)
                yield from self._write_section_text(section)
                yield from more
        yield from self._write_source_blocks()

    def _write_section_text(self, report_section: AnnualReportSection) -> Iterator[Block]:
        lines = [line.strip() for line in report_section.text.splitlines() if line.strip()]
        if report_section.is_written and lines:
            yield BulletList([self._replace_marked_numbers(line.lstrip("-•* ")) for line in lines])
        else:
            yield from (Paragraph(self._replace_marked_numbers(line)) for line in lines)

    def _replace_marked_numbers(self, text_line: str) -> list[InlineRun]:
        return list(
            split_into_text_runs(text_line, STATISTICS_BY_KEY, self.facts.values_by_key, self.build_records_url)
        )

    def _list_statistic_records(self, statistic_key: str) -> Iterator[Block]:
        lists: dict[str, Callable[[], Iterator[Block]]] = {
            "members": self._build_member_blocks,
            "meetings": self._build_meeting_blocks,
            "decisions": self._build_decision_blocks,
            "commitments": lambda: self._build_record_list(
                self.facts.kept_commitments, "commitments-kept", _("Commitments kept:")
            ),
            "outputs": self._build_output_blocks,
            "consultations": self._build_consultation_blocks,
            "sharing": self._build_sharing_blocks,
            "help": self._build_help_blocks,
            "sessions": lambda: self._build_record_list(self.facts.forum_sessions, "sessions"),
            "outreach": lambda: self._build_record_list(self.facts.outreach_plans, "outreach"),
            "briefs": lambda: self._build_record_bullets(
                "briefs", (describe_listed_edition(row, self.slug) for row in self.facts.published_briefs)
            ),
        }
        return lists[statistic_key]() if statistic_key in lists else iter(())

    # Lists of records that everyone can read.

    def _build_record_list(
        self, statistic_rows: Iterable[Any], statistic_key: str, lead_text: str = ""
    ) -> Iterator[Block]:
        describe = STATISTICS_BY_KEY[statistic_key].listing.describe
        found = [each for each in (describe(row, self.slug) for row in statistic_rows) if each]
        yield from self._build_record_bullets(statistic_key, found, lead_text)

    def _build_record_bullets(
        self, statistic_key: str, listed_records: Iterable[ListedRecord], lead_text: str = ""
    ) -> Iterator[Block]:
        listed_records = list(listed_records)
        if not listed_records:
            return
        if lead_text:
            yield Paragraph(lead_text)
        more: list[Inline] = (
            [[InlineRun(_("See all records in this list"), link=self.build_records_url(statistic_key))]]
            if len(listed_records) > MAX_LISTED_RECORDS
            else []
        )
        yield BulletList([*(self._build_title_runs(row) for row in listed_records[:MAX_LISTED_RECORDS]), *more])

    def _build_title_runs(self, listed_record: ListedRecord) -> list[InlineRun]:
        named = [
            InlineRun(
                listed_record.title, link=f"{self.site}{listed_record.url}", language=listed_record.language, apart=True
            )
        ]
        return [*named, InlineRun(f" ({listed_record.detail})")] if listed_record.detail else named

    def _build_member_blocks(self) -> Iterator[Block]:
        headers = [_("Members"), _("Joined"), pgettext("members", "Left")]
        captions = {"group": _("Members by stakeholder group"), "region": _("Members by regional group")}
        for by, caption in captions.items():
            parts = self.facts.get_member_parts(by)
            if parts:
                yield self._build_bar_chart(caption, headers, ["members", "joined", "left"], by, parts)

    def _build_meeting_blocks(self) -> Iterator[Block]:
        yield from self._build_meetings_table(self.facts.meetings)
        captions = {"group": _("Attendance by stakeholder group"), "region": _("Attendance by regional group")}
        for by, caption in captions.items():
            parts = self.facts.get_attendance_parts(by)
            if len(parts) > 1:
                yield self._build_bar_chart(caption, [_("Attendance")], ["attendances"], by, parts)

    def _build_meetings_table(self, meetings: list[Meeting]) -> Iterator[Block]:
        if not meetings:
            return
        rows: list[list[Inline]] = []
        for meeting in meetings[:MAX_LISTED_RECORDS]:
            url = f"{self.site}{reverse_row_url('meetings:meeting_detail', self.slug, meeting.pk)}"
            attended = getattr(meeting, "attended", None)
            count = STATISTICS_BY_KEY["attendances"].format_value(attended or 0)
            number: Inline = [InlineRun(count, link=url)] if attended else _("not recorded")
            rows.append(
                [
                    [InlineRun(meeting.title, link=url, language=meeting.language, apart=True)],
                    format_meeting_date(meeting),
                    number,
                ]
            )
        yield DocumentTable(
            [_("Meeting"), _("Date"), _("Attendance")], rows, caption=_("Public meetings"), row_headers=True
        )
        if len(meetings) > MAX_LISTED_RECORDS:
            yield Paragraph([InlineRun(_("See all records in this list"), link=self.build_records_url("meetings"))])

    def _build_bar_chart(
        self,
        chart_caption: str,
        column_headers: list[str],
        statistic_keys: list[str],
        grouping_key: str,
        numbers_by_group: list[GroupNumbers],
    ) -> DocumentTable:
        """Numbers with a bar for the first of them."""
        largest = max(part.numbers[statistic_keys[0]] for part in numbers_by_group)
        rows: list[list[Inline]] = []
        for part in numbers_by_group:
            numbers = [self._build_number_cell(part, key, grouping_key) for key in statistic_keys]
            name = part.name or _("Small groups, counted together")
            rows.append([name, *numbers, draw_text_bar(part.numbers[statistic_keys[0]], largest or 1)])
        name = _("Stakeholder group") if grouping_key == "group" else _("Regional group")
        return DocumentTable([name, *column_headers, _("Bar chart")], rows, caption=chart_caption, row_headers=True)

    def _build_number_cell(self, group_numbers: GroupNumbers, statistic_key: str, grouping_key: str) -> Inline:
        number = group_numbers.numbers[statistic_key]
        return (
            [InlineRun(str(number), link=self.build_records_url(statistic_key, grouping_key, group_numbers.value))]
            if number
            else "0"
        )

    def _build_decision_blocks(self) -> Iterator[Block]:
        yield from self._build_record_list(self.facts.decisions, "decisions")
        limit = self.max_dissents
        dissents = self.facts.list_dissents(None if limit is None else limit + 1)
        if not dissents:
            return
        yield Heading(2, _("Dissent on decisions"))
        sentences = [describe_dissent(dissent, self.written_names) for dissent in dissents[:limit]]
        yield BulletList([[InlineRun(sentence)] for sentence in sentences])
        if limit is not None and len(dissents) > limit:
            yield Paragraph(
                [
                    InlineRun(
                        _("See all decisions with recorded dissent"),
                        link=self.build_records_url("decisions-with-dissent"),
                    )
                ]
            )
            yield Paragraph(_("The Word, PDF and EPUB files of this report contain all statements of dissent."))

    def _build_output_blocks(self) -> Iterator[Block]:
        for edition in self.facts.published_outputs[:MAX_LISTED_RECORDS]:
            row = describe_listed_edition(edition, self.slug)
            about = [*self._build_title_runs(row), InlineRun(f", {format_short_date(edition.at.date())}")]
            yield BulletList([about])
            for statement in self.facts.positions_by_call.get(edition.call_id or 0, ()):
                who = get_display_name(statement.capacity, None, self.written_names)
                facts = {"who": who, "stance": statement.get_stance_display()}
                yield DocumentQuote(statement.reason, _("%(who)s: %(stance)s") % facts)
        if len(self.facts.published_outputs) > MAX_LISTED_RECORDS:
            yield Paragraph([InlineRun(_("See all records in this list"), link=self.build_records_url("outputs"))])

    def _build_consultation_blocks(self) -> Iterator[Block]:
        rows = []
        for asked in self.facts.consultations:
            row = describe_listed_consultation(asked, self.slug)
            numbers = {"inputs": asked.received or 0, "answered": asked.answered or 0}
            detail = ngettext(
                "%(inputs)s input, %(answered)s answered", "%(inputs)s inputs, %(answered)s answered", numbers["inputs"]
            )
            rows.append(replace(row, detail=detail % numbers))
        yield from self._build_record_bullets("consultations", rows)

    def _build_sharing_blocks(self) -> Iterator[Block]:
        yield from self._build_record_list(self.facts.shared_items, "items", _("Items shared in the library:"))
        yield from self._build_record_list(self.facts.used_items, "items-used", _("Items that were used:"))

    def _build_help_blocks(self) -> Iterator[Block]:
        yield from self._build_record_list(self.facts.published_offers, "offers", _("Offers of help:"))
        yield from self._build_record_list(self.facts.published_needs, "needs", _("Published needs:"))

    # How the numbers came about.

    def _write_source_blocks(self) -> Iterator[Block]:
        yield Heading(1, _("How the numbers were counted"))
        yield Paragraph(
            _(
                "Each number links to the records that were counted. Records that only members can read are counted,"
                " but not named. Records for a narrower audience are not counted. Small numbers of people are not"
                " shown."
            )
        )
        rows: list[list[Inline]] = [
            [
                str(statistic.title),
                [InlineRun(statistic.format_value(self.facts.values_by_key[key]), link=self.build_records_url(key))],
            ]
            for key, statistic in STATISTICS_BY_KEY.items()
            if self.facts.values_by_key[key]
        ]
        if rows:
            yield DocumentTable(
                [_("What was counted"), pgettext("how many", "Number")],
                rows,
                caption=_("All numbers"),
                row_headers=True,
            )
