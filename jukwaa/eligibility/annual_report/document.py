"""An annual report as a document: for its page, Word, PDF and EPUB alike."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from jukwaa.coalitions.names import shown
from jukwaa.core.dates import written, written_shortly
from jukwaa.core.documents.outgoing import Block, Bullets, Document, Heading, Inline, Paragraph, Quote, Run, Table
from jukwaa.core.documents.outgoing.bars import bar_of
from jukwaa.core.row_urls import reverse_row
from jukwaa.eligibility.annual_report.catalogue import STATISTICS
from jukwaa.eligibility.annual_report.compose import Composed, Section
from jukwaa.eligibility.annual_report.facts import NAMED, Part
from jukwaa.eligibility.annual_report.models import AnnualReport
from jukwaa.eligibility.annual_report.numbers_in_text import split_numbers
from jukwaa.eligibility.annual_report.of_texts import describe_consultation, describe_edition
from jukwaa.eligibility.annual_report.period import Period
from jukwaa.eligibility.annual_report.statistic import Listed
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.report.prose import position, when
from jukwaa.places.languages import direction
from jukwaa.records.models import Label


def build_document(composed: Composed, report: AnnualReport, site: str = "") -> Document:
    """Return the report. `site` begins the links of a file; those of a page begin with nothing.

    A draft says so in its first line, and is for members.
    """
    coalition, period = composed.period.coalition, composed.period
    is_draft = report.published_at is None
    with translation.override(composed.language):
        facts: list[tuple[str, Inline]] = [
            (_("Period"), _("%(first)s to %(last)s") % {"first": written(period.first), "last": written(period.last)}),
            (_("Forum"), [Run(coalition.forum, apart=True)] if coalition.forum else ""),
            (_("Drafted from the record on"), written(period.today)),
        ]
        if report.sent_on:
            sent = [Run(written(report.sent_on), link=report.sent_to)]
            facts.append((_("Submitted to the forum on"), sent))
        return Document(
            title=_("Annual report %(year)s") % {"year": period.year},
            blocks=list(_Writer(composed, site).write()),
            language=composed.language,
            direction=direction(composed.language),
            label=Label.GREEN if is_draft else Label.CLEAR,
            meta=[(term, value) for term, value in facts if value],
            masthead=_draft_of(coalition.name) if is_draft else coalition.name,
            masthead_note=coalition.forum,
        )


def _draft_of(coalition: str) -> str:
    return _("Draft of a report, not published: %(coalition)s") % {"coalition": coalition}


def name_file(composed: Composed, report: AnnualReport, ending: str) -> str:
    facts = {"coalition": composed.period.coalition.name, "year": composed.period.year, "ending": ending}
    with translation.override(composed.language):
        if report.published_at is None:
            return _("%(coalition)s, draft of the annual report %(year)s.%(ending)s") % facts
        return _("%(coalition)s, annual report %(year)s.%(ending)s") % facts


def get_records_url(period: Period, key: str) -> str:
    """Return the address of the records behind a number."""
    return reverse("eligibility:annual_records", args=[period.coalition.slug, period.year, key])


@dataclass
class _Writer:
    composed: Composed
    site: str

    def __post_init__(self) -> None:
        self.facts = self.composed.facts
        self.slug = self.composed.period.coalition.slug

    def link(self, key: str, by: str = "", value: str = "") -> str:
        query = f"?{urlencode({'by': by, 'value': value})}" if by else ""
        return f"{self.site}{get_records_url(self.composed.period, key)}{query}"

    def write(self) -> Iterator[Block]:
        for section in self.composed.sections:
            more = list(self._list_records(section.key))
            if section.text or more:
                yield Heading(1, section.title)
                yield from self._write_text(section)
                yield from more
        yield from self._write_sources()

    def _write_text(self, section: Section) -> Iterator[Block]:
        lines = [line.strip() for line in section.text.splitlines() if line.strip()]
        if section.is_written and lines:
            yield Bullets([self._with_numbers(line.lstrip("-•* ")) for line in lines])
        else:
            yield from (Paragraph(self._with_numbers(line)) for line in lines)

    def _with_numbers(self, line: str) -> list[Run]:
        return list(split_numbers(line, STATISTICS, self.facts.numbers, self.link))

    def _list_records(self, key: str) -> Iterator[Block]:
        lists: dict[str, Callable[[], Iterator[Block]]] = {
            "members": self._members,
            "meetings": self._meetings,
            "decisions": self._decisions,
            "commitments": lambda: self._records(self.facts.kept, "commitments-kept", _("Commitments kept:")),
            "outputs": self._outputs,
            "consultations": self._consultations,
            "sharing": self._sharing,
            "help": self._help,
            "sessions": lambda: self._records(self.facts.sessions, "sessions"),
            "outreach": lambda: self._records(self.facts.outreach, "outreach"),
            "briefs": lambda: self._listed("briefs", (describe_edition(row, self.slug) for row in self.facts.briefs)),
        }
        return lists[key]() if key in lists else iter(())

    # Lists of records that everyone can read.

    def _records(self, rows: Iterable[Any], key: str, lead: str = "") -> Iterator[Block]:
        describe = STATISTICS[key].listing.describe
        found = [each for each in (describe(row, self.slug) for row in rows) if each]
        yield from self._listed(key, found, lead)

    def _listed(self, key: str, rows: Iterable[Listed], lead: str = "") -> Iterator[Block]:
        rows = list(rows)
        if not rows:
            return
        if lead:
            yield Paragraph(lead)
        more: list[Inline] = [[Run(_("See the whole list"), link=self.link(key))]] if len(rows) > NAMED else []
        yield Bullets([*(self._name(row) for row in rows[:NAMED]), *more])

    def _name(self, row: Listed) -> list[Run]:
        named = [Run(row.title, link=f"{self.site}{row.url}", language=row.language, apart=True)]
        return [*named, Run(f" ({row.detail})")] if row.detail else named

    def _members(self) -> Iterator[Block]:
        headers = [_("Members"), _("Joined"), pgettext("members", "Left")]
        captions = {"group": _("Members by stakeholder group"), "region": _("Members by regional group")}
        for by, caption in captions.items():
            parts = self.facts.get_member_parts(by)
            if parts:
                yield self._chart(caption, headers, ["members", "joined", "left"], by, parts)

    def _meetings(self) -> Iterator[Block]:
        yield from self._table_of_meetings(self.facts.meetings)
        captions = {"group": _("Attendance by stakeholder group"), "region": _("Attendance by regional group")}
        for by, caption in captions.items():
            parts = self.facts.get_attendance_parts(by)
            if len(parts) > 1:
                yield self._chart(caption, [_("Attendance")], ["attendances"], by, parts)

    def _table_of_meetings(self, meetings: list[Meeting]) -> Iterator[Block]:
        if not meetings:
            return
        rows: list[list[Inline]] = []
        for meeting in meetings[:NAMED]:
            url = f"{self.site}{reverse_row('meetings:meeting_detail', self.slug, meeting.pk)}"
            attended = getattr(meeting, "attended", None)
            count = STATISTICS["attendances"].write(attended or 0)
            number: Inline = [Run(count, link=url)] if attended else _("not recorded")
            rows.append([[Run(meeting.title, link=url, language=meeting.language, apart=True)], when(meeting), number])
        yield Table([_("Meeting"), _("Date"), _("Attendance")], rows, caption=_("Public meetings"), row_headers=True)
        if len(meetings) > NAMED:
            yield Paragraph([Run(_("See the whole list"), link=self.link("meetings"))])

    def _chart(self, caption: str, headers: list[str], keys: list[str], by: str, parts: list[Part]) -> Table:
        """Numbers with a bar for the first of them."""
        largest = max(part.numbers[keys[0]] for part in parts)
        rows: list[list[Inline]] = []
        for part in parts:
            numbers = [self._number(part, key, by) for key in keys]
            name = part.name or _("Small groups, counted together")
            rows.append([name, *numbers, bar_of(part.numbers[keys[0]], largest or 1)])
        name = _("Stakeholder group") if by == "group" else _("Regional group")
        return Table([name, *headers, _("Bar chart")], rows, caption=caption, row_headers=True)

    def _number(self, part: Part, key: str, by: str) -> Inline:
        number = part.numbers[key]
        return [Run(str(number), link=self.link(key, by, part.value))] if number else "0"

    def _decisions(self) -> Iterator[Block]:
        yield from self._records(self.facts.decisions, "decisions")
        if self.facts.dissents:
            yield Heading(2, _("Dissent on decisions"))
            yield Bullets([[Run(position(dissent))] for dissent in self.facts.dissents])

    def _outputs(self) -> Iterator[Block]:
        for edition in self.facts.outputs[:NAMED]:
            row = describe_edition(edition, self.slug)
            about = [*self._name(row), Run(f", {written_shortly(edition.at.date())}")]
            yield Bullets([about])
            for statement in self.facts.statements.get(edition.call_id or 0, ()):
                facts = {"who": shown(statement.capacity, None), "stance": statement.get_stance_display()}
                yield Quote(statement.reason, _("%(who)s: %(stance)s") % facts)
        if len(self.facts.outputs) > NAMED:
            yield Paragraph([Run(_("See the whole list"), link=self.link("outputs"))])

    def _consultations(self) -> Iterator[Block]:
        rows = []
        for asked in self.facts.consultations:
            row = describe_consultation(asked, self.slug)
            numbers = {"inputs": asked.received or 0, "answered": asked.answered or 0}
            detail = ngettext(
                "%(inputs)s input, %(answered)s answered", "%(inputs)s inputs, %(answered)s answered", numbers["inputs"]
            )
            rows.append(replace(row, detail=detail % numbers))
        yield from self._listed("consultations", rows)

    def _sharing(self) -> Iterator[Block]:
        yield from self._records(self.facts.items, "items", _("Items shared in the library:"))
        yield from self._records(self.facts.used, "items-used", _("Items that were used:"))

    def _help(self) -> Iterator[Block]:
        yield from self._records(self.facts.offers, "offers", _("Offers of help:"))
        yield from self._records(self.facts.needs, "needs", _("Needs for help:"))

    # How the numbers came about.

    def _write_sources(self) -> Iterator[Block]:
        yield Heading(1, _("How the numbers were counted"))
        yield Paragraph(
            _(
                "Each number links to the records that were counted. Records that only members can read are counted,"
                " but not named. Records for a narrower audience are not counted. Small numbers of people are not"
                " shown."
            )
        )
        rows: list[list[Inline]] = [
            [str(statistic.title), [Run(statistic.write(self.facts.numbers[key]), link=self.link(key))]]
            for key, statistic in STATISTICS.items()
            if self.facts.numbers[key]
        ]
        if rows:
            yield Table([_("What was counted"), _("Number")], rows, caption=_("All numbers"), row_headers=True)
