"""An annual report as sections of paragraphs: drafted from the record, with what the rapporteur made of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.core.edited_paragraphs import Edits, Paragraph, apply_edit
from jukwaa.eligibility.annual_report import prose
from jukwaa.eligibility.annual_report.facts import Facts
from jukwaa.eligibility.annual_report.period import Period

# Sections that the rapporteur writes, one message on each line. The record cannot say them.
WRITTEN = {"messages": gettext_lazy("Key messages"), "outlook": gettext_lazy("Outlook")}
DRAFTED: dict[str, tuple[object, Callable[[Facts], Iterator[str]]]] = {
    "period": (gettext_lazy("Period and coordinators"), prose.describe_period),
    "members": (gettext_lazy("Members"), prose.describe_members),
    "meetings": (gettext_lazy("Meetings"), prose.describe_meetings),
    "decisions": (gettext_lazy("Decisions"), prose.describe_decisions),
    "commitments": (gettext_lazy("Commitments"), prose.describe_commitments),
    "outputs": (gettext_lazy("Published texts"), prose.describe_outputs),
    "consultations": (gettext_lazy("Consultations"), prose.describe_consultations),
    "sharing": (gettext_lazy("Practices shared and used"), prose.describe_sharing),
    "help": (gettext_lazy("Offers and needs"), prose.describe_help),
    "sessions": (gettext_lazy("Sessions at a forum"), prose.describe_sessions),
    "outreach": (gettext_lazy("Outreach"), prose.describe_outreach),
    "briefs": (gettext_lazy("Briefs for policy makers"), prose.describe_briefs),
}

SECTIONS = frozenset({*WRITTEN, *DRAFTED})


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    paragraph: Paragraph[Person]

    @property
    def text(self) -> str:
        return "" if self.paragraph.is_left_out else self.paragraph.text.strip()

    @property
    def is_written(self) -> bool:
        return self.key in WRITTEN


@dataclass(frozen=True)
class Composed:
    facts: Facts
    language: str
    sections: Sequence[Section]

    @property
    def period(self) -> Period:
        return self.facts.period

    @property
    def moved_on(self) -> list[Section]:
        return [section for section in self.sections if section.paragraph.has_moved_on]

    def get_section(self, key: str) -> Section:
        """Raises LookupError for a section that no report has."""
        return {section.key: section for section in self.sections}[key]


def compose(period: Period, edits: Edits) -> Composed:
    """Return the report as it reads now, in the language of the coalition, with sections that have no text yet."""
    facts, language = Facts(period), get_language_of(period.coalition)
    with translation.override(language):
        drafted = [_draft(key, facts, edits) for key in DRAFTED]
        written = {key: Section(key, str(WRITTEN[key]), apply_edit(key, "", (), edits.get(key))) for key in WRITTEN}
    return Composed(facts, language, [written["messages"], *drafted, written["outlook"]])


def _draft(key: str, facts: Facts, edits: Edits) -> Section:
    title, describe = DRAFTED[key]
    people = tuple(facts.coordinators) if key == "period" else ()
    return Section(key, str(title), apply_edit(key, " ".join(describe(facts)), people, edits.get(key)))


def get_language_of(coalition: Coalition) -> str:
    """Return the language of the coalition if the sentences exist in it, else English."""
    code = coalition.language.partition("-")[0]
    return code if code in dict(settings.LANGUAGES) else "en"


def get_title(coalition: Coalition, year: int) -> str:
    with translation.override(get_language_of(coalition)):
        return _("Annual report %(year)s") % {"year": year}
