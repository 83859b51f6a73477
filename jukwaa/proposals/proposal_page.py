"""What the pages of a proposal show: each field with its text, its limit and its count, and what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import datetime
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from jukwaa.core.rule_checks import RuleLevel, RuleOutcome, RuleReport, RuleResult
from jukwaa.core.text_counts import measure_text_length
from jukwaa.proposals.call import CallField, CallFieldType, CallForProposals
from jukwaa.proposals.call_catalogue import get_call_catalogue
from jukwaa.proposals.call_labels import LENGTH_UNIT_LABELS
from jukwaa.proposals.call_page import (
    DisplayedCallDeadline,
    DisplayedCallField,
    describe_call_deadline,
    describe_form_sections,
    translate_check_message,
)
from jukwaa.proposals.checks import PRIVATE_CHECK_NAMES
from jukwaa.proposals.models import Proposal
from jukwaa.proposals.proposal_values import CheckedProposal as Subject
from jukwaa.proposals.subject import (
    build_checked_proposal,
    evaluate_call_rules,
    find_call_for_proposal,
    format_stored_answer,
    is_list_call_field,
    split_answer_lines,
)

RULE_OUTCOME_LABELS: Mapping[RuleOutcome, Promise] = {
    RuleOutcome.MET: pgettext_lazy("rule", "Met"),
    RuleOutcome.NOT_MET: pgettext_lazy("rule", "Not met"),
    RuleOutcome.UNKNOWN: gettext_lazy("Cannot be determined"),
}
RULE_OUTCOME_ORDER = (RuleOutcome.NOT_MET, RuleOutcome.UNKNOWN, RuleOutcome.MET)
RULE_OUTCOME_STYLES = {RuleOutcome.MET: "good", RuleOutcome.NOT_MET: "waits", RuleOutcome.UNKNOWN: ""}
COUNTED_LENGTH_UNITS = ("characters", "words")


def format_field_answer_length(call_field: CallField, text: str) -> str:
    """Return how long an answer is, as the call counts it; a range where it is not known how the form counts.

    Of people, lines are counted: each is checked as one person, whatever was typed in it.
    """
    if not text.strip():
        return ""
    if call_field.type is CallFieldType.PEOPLE:
        number = len(split_answer_lines(text))
        return ngettext("%(n)s line", "%(n)s lines", number) % {"n": number}
    if is_list_call_field(call_field):
        return _("%(n)s %(unit)s") % {"n": len(split_answer_lines(text)), "unit": str(LENGTH_UNIT_LABELS["options"])}
    if call_field.unit not in COUNTED_LENGTH_UNITS:
        return ""
    length, unit = (
        measure_text_length(text, call_field.unit, call_field.counted),
        str(LENGTH_UNIT_LABELS[call_field.unit]),
    )
    if length.is_exact:
        return _("%(n)s %(unit)s") % {"n": length.least, "unit": unit}
    return _("%(least)s to %(most)s %(unit)s") % {"least": length.least, "most": length.most, "unit": unit}


@dataclass(frozen=True)
class RuleCheckRow:
    """A rule as the check page shows it: in the words of the call where it has some."""

    result: RuleResult

    @property
    def text(self) -> str:
        return self.result.rule.text

    @property
    def message(self) -> str:
        return translate_check_message(self.result.verdict.message)

    @property
    def outcome(self) -> Promise:
        return RULE_OUTCOME_LABELS[self.result.verdict.outcome]

    @property
    def style_class(self) -> str:
        return RULE_OUTCOME_STYLES[self.result.verdict.outcome]

    @property
    def field(self) -> str:
        return self.result.verdict.field

    @property
    def is_private(self) -> bool:
        """Whether it is about gender or age: its verdict is for the team and the check page only."""
        return self.result.rule.check in PRIVATE_CHECK_NAMES


@dataclass(frozen=True)
class DisplayedAnswer:
    """A field of the form with its answer. `problems` are the rules about it that are not met, but for private ones."""

    shown: DisplayedCallField
    text: str
    count: str
    is_late: bool
    problems: list[RuleCheckRow]
    comments: int = 0

    @property
    def field(self) -> CallField:
        return self.shown.field

    @property
    def is_missing(self) -> bool:
        return not self.text and any(row.result.rule.check == "filled" for row in self.problems)


@dataclass(frozen=True)
class AnswerSection:
    title: str
    rows: list[DisplayedAnswer]


@dataclass(frozen=True)
class ProposalPage:
    proposal: Proposal
    call: CallForProposals
    before: CallForProposals | None
    at: datetime
    comments: Mapping[str, int] = dataclass_field(default_factory=dict)  # how many, by the names of fields

    @cached_property
    def subject(self) -> Subject:
        return build_checked_proposal(self.call, self.proposal, self.at)

    @cached_property
    def report(self) -> RuleReport:
        return evaluate_call_rules(self.call, self.subject)

    @property
    def deadline(self) -> DisplayedCallDeadline | None:
        return describe_call_deadline(self.call, self.call.deadline) if self.call.deadline else None

    @cached_property
    def sections(self) -> list[AnswerSection]:
        """Return the fields in the form's own order, under its headings."""
        found = describe_form_sections(self.call, self.before)
        return [AnswerSection(each.title, list(map(self._build_displayed_answer, each.fields))) for each in found]

    def _build_displayed_answer(self, displayed_field: DisplayedCallField) -> DisplayedAnswer:
        field = displayed_field.field
        text = format_stored_answer(self.proposal.answers.get(field.name))
        failed = [
            row
            for row in self.binding_checks
            if row.field == field.name and row.result.verdict.outcome is not RuleOutcome.MET and not row.is_private
        ]
        count = format_field_answer_length(field, text)
        is_late = field.name in self.proposal.late_fields
        return DisplayedAnswer(displayed_field, text, count, is_late, failed, self.comments.get(field.name, 0))

    def find_answer(self, field_name: str) -> DisplayedAnswer | None:
        return next((row for section in self.sections for row in section.rows if row.field.name == field_name), None)

    @property
    def missing_answers(self) -> list[DisplayedAnswer]:
        """Return the fields that have to be filled in and are empty."""
        return [row for section in self.sections for row in section.rows if row.is_missing]

    @cached_property
    def binding_checks(self) -> list[RuleCheckRow]:
        return [RuleCheckRow(result) for result in self.report.binding]

    @property
    def preferred_checks(self) -> list[RuleCheckRow]:
        return [RuleCheckRow(result) for result in self.report.results if result.rule.level is RuleLevel.LIKED]

    @property
    def met_check_count(self) -> int:
        return sum(result.is_met for result in self.report.binding)


def sort_open_checks_first(check_rows: Iterable[RuleCheckRow]) -> list[RuleCheckRow]:
    """Return the rules that are not met, then those that cannot be determined, then the others, each in file order."""
    return sorted(check_rows, key=lambda row: RULE_OUTCOME_ORDER.index(row.result.verdict.outcome))


def build_proposal_page(
    proposal: Proposal, now: datetime, comment_counts: Mapping[str, int] | None = None
) -> ProposalPage:
    """Return what is shown of a proposal: as of now, or of the moment when it was submitted."""
    entries = get_call_catalogue(proposal.coalition)
    call = proposal.known_call = find_call_for_proposal(proposal.coalition, entries, proposal)
    earlier = entries.get(proposal.earlier_call or call.follows)
    at = proposal.submission.at if proposal.is_submitted else now
    return ProposalPage(proposal, call, earlier.call if earlier else None, at, comment_counts or {})
