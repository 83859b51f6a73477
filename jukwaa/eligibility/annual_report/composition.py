"""An annual report as sections of paragraphs: drafted from the record, with what the rapporteur made of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.core.edited_paragraphs import EditedParagraph, Edits, apply_paragraph_edit
from jukwaa.eligibility.annual_report import report_sentences
from jukwaa.eligibility.annual_report.period import ReportPeriod
from jukwaa.eligibility.annual_report.report_facts import ReportFacts

# Sections that the rapporteur writes, one message on each line. The record cannot say them.
WRITTEN_SECTION_TITLES = {"messages": gettext_lazy("Key messages"), "outlook": gettext_lazy("Outlook")}
DRAFTED_SECTIONS: dict[str, tuple[object, Callable[[ReportFacts], Iterator[str]]]] = {
    "period": (gettext_lazy("Period and coordinators"), report_sentences.describe_report_period),
    "members": (gettext_lazy("Members"), report_sentences.describe_report_members),
    "meetings": (gettext_lazy("Meetings"), report_sentences.describe_report_meetings),
    "decisions": (gettext_lazy("Decisions"), report_sentences.describe_report_decisions),
    "commitments": (gettext_lazy("Commitments"), report_sentences.describe_report_commitments),
    "outputs": (gettext_lazy("Published texts"), report_sentences.describe_report_outputs),
    "consultations": (gettext_lazy("Consultations"), report_sentences.describe_report_consultations),
    "sharing": (gettext_lazy("Practices shared and used"), report_sentences.describe_report_sharing),
    "help": (gettext_lazy("Offers and needs"), report_sentences.describe_report_help),
    "sessions": (gettext_lazy("Sessions at a forum"), report_sentences.describe_report_sessions),
    "outreach": (gettext_lazy("Outreach"), report_sentences.describe_report_outreach),
    "briefs": (gettext_lazy("Briefs for policy makers"), report_sentences.describe_report_briefs),
}

REPORT_SECTION_KEYS = frozenset({*WRITTEN_SECTION_TITLES, *DRAFTED_SECTIONS})


@dataclass(frozen=True)
class AnnualReportSection:
    key: str
    title: str
    paragraph: EditedParagraph[Person]

    @property
    def text(self) -> str:
        return "" if self.paragraph.is_left_out else self.paragraph.text.strip()

    @property
    def is_written(self) -> bool:
        return self.key in WRITTEN_SECTION_TITLES


@dataclass(frozen=True)
class ComposedReport:
    facts: ReportFacts
    language: str
    sections: Sequence[AnnualReportSection]

    @property
    def period(self) -> ReportPeriod:
        return self.facts.period

    @property
    def outdated_sections(self) -> list[AnnualReportSection]:
        return [section for section in self.sections if section.paragraph.is_outdated]

    def get_section(self, section_key: str) -> AnnualReportSection:
        """Raises LookupError for a section that no report has."""
        return {section.key: section for section in self.sections}[section_key]


def compose_report_sections(period: ReportPeriod, section_edits: Edits) -> ComposedReport:
    """Return the report as it reads now, in the language of the coalition, with sections that have no text yet."""
    facts, language = ReportFacts(period), get_report_language(period.coalition)
    with translation.override(language):
        drafted = [_draft_report_section(key, facts, section_edits) for key in DRAFTED_SECTIONS]
        written = {
            key: AnnualReportSection(
                key, str(WRITTEN_SECTION_TITLES[key]), apply_paragraph_edit(key, "", (), section_edits.get(key))
            )
            for key in WRITTEN_SECTION_TITLES
        }
    return ComposedReport(facts, language, [written["messages"], *drafted, written["outlook"]])


def _draft_report_section(section_key: str, report_facts: ReportFacts, section_edits: Edits) -> AnnualReportSection:
    title, describe = DRAFTED_SECTIONS[section_key]
    people = tuple(report_facts.coordinators) if section_key == "period" else ()
    return AnnualReportSection(
        section_key,
        str(title),
        apply_paragraph_edit(section_key, " ".join(describe(report_facts)), people, section_edits.get(section_key)),
    )


def get_report_language(coalition: Coalition) -> str:
    """Return the language of the coalition if the sentences exist in it, else English."""
    code = coalition.language.partition("-")[0]
    return code if code in dict(settings.LANGUAGES) else "en"


def get_report_title(coalition: Coalition, year: int) -> str:
    with translation.override(get_report_language(coalition)):
        return _("Annual report %(year)s") % {"year": year}
