"""What the cycle is built from: the call, the proposal in it, the session at the forum, the self-check, the roles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.models import Role
from jukwaa.coalitions.standing import Standing
from jukwaa.core.bidi import isolate_text_if_rtl
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.eligibility.models import AnnualReport, CoordinationMeeting
from jukwaa.eligibility.rule_sets import find_rule_set
from jukwaa.eligibility.self_check import SelfCheck, build_self_check
from jukwaa.eligibility.year_records import YearRecords
from jukwaa.meetings.models import Meeting
from jukwaa.proposals.call import CallForProposals, CallPhase, get_call_phase
from jukwaa.proposals.call_catalogue import get_call_catalogue
from jukwaa.proposals.models import ACCEPTED_OUTCOMES, Proposal, Submission
from jukwaa.records.models import State

RECENT_CALL_PERIOD = timedelta(days=540)  # a proposal of last year may have its session this year
NO_SESSION_OUTCOMES = (Submission.Outcome.DECLINED, Submission.Outcome.MERGE)
CALL_PHASE_ORDER = (CallPhase.OPEN, CallPhase.UPCOMING, CallPhase.UNKNOWN)


@dataclass
class ForumYearFacts:
    """What the record says about one call and the year of its session. Each part is read once."""

    standing: Standing
    now: datetime
    chosen: str = ""  # the name of a call, where the reader has chosen one

    @cached_property
    def calls(self) -> dict[str, CallForProposals]:
        entries = get_call_catalogue(self.standing.coalition)
        return {name: entry.call for name, entry in entries.items() if entry.call is not None}

    @cached_property
    def proposals(self) -> list[Proposal]:
        """Those that were not withdrawn, the latest first."""
        rows = Proposal.objects.visible_to(self.standing.viewer).of(self.standing.coalition)
        rows = rows.filter(state=State.PUBLISHED).select_related("submission").defer("answers", "facts")
        return list(rows.with_people_counts().order_by("-pk"))

    @cached_property
    def candidate_calls(self) -> list[CallForProposals]:
        """Calls that are open, those with a proposal first; then others with a recent proposal, then those to come."""
        by_phase: dict[CallPhase, list[CallForProposals]] = {phase: [] for phase in CallPhase}
        for call in self.calls.values():
            by_phase[get_call_phase(call, self.now)].append(call)
        recent = {each.call_name for each in self.proposals if each.created_at >= self.now - RECENT_CALL_PERIOD}
        proposed = [call for name, call in self.calls.items() if name in recent]
        is_open = _sort_calls_by_deadline(by_phase[CallPhase.OPEN])
        found = [*(call for call in is_open if call in proposed), *is_open, *proposed]
        found += [call for phase in CALL_PHASE_ORDER[1:] for call in _sort_calls_by_deadline(by_phase[phase])]
        return list({call.name: call for call in found}.values())

    @cached_property
    def call(self) -> CallForProposals | None:
        chosen = next((call for call in self.candidate_calls if call.name == self.chosen), None)
        return chosen or next(iter(self.candidate_calls), None)

    @property
    def year(self) -> int:
        return self.call.year if self.call else self.today.year

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @cached_property
    def own_proposals(self) -> list[Proposal]:
        """The proposals in this call: those accepted, others submitted, those without a session, and drafts."""
        found = [each for each in self.proposals if self.call and each.call_name == self.call.name]
        return sorted(found, key=_rank_proposal_for_year)

    @property
    def proposal(self) -> Proposal | None:
        """The one in this call that went furthest, or else the latest."""
        return next(iter(self.own_proposals), None)

    @property
    def submission(self) -> Submission | None:
        return self.proposal.submission if self.proposal and self.proposal.is_submitted else None

    @cached_property
    def session(self) -> Meeting | None:
        """The meeting at a forum in the year of the call: at the forum of the call, if there is one."""
        found = [each for each in self._records.meetings if each.forum and each.order_day.year == self.year]
        forum = self.call.forum.casefold() if self.call else ""
        return next((each for each in found if forum and forum in each.forum.casefold()), next(iter(found), None))

    @cached_property
    def self_check(self) -> SelfCheck | None:
        """The self-check of this year."""
        rules = find_rule_set(self.today.year)
        return build_self_check(self.standing, rules, self.today.year, year_records=self._records) if rules else None

    @cached_property
    def coordination_meetings(self) -> list[CoordinationMeeting]:
        """The coordination meetings of this year and those to come, the earliest first."""
        meetings = reversed(self._records.coordination_meetings)
        year = self.today.year
        return [
            each for each in meetings if each.starts_at > self.now or timezone.localdate(each.starts_at).year == year
        ]

    @property
    def annual_report(self) -> AnnualReport | None:
        """The annual report about the year of the call; None while nobody has edited, published or submitted it."""
        return self._records.annual_reports.get(self.year)

    @cached_property
    def _records(self) -> YearRecords:
        return YearRecords(self.standing, self.today.year, session_year=self.year)

    @cached_property
    def _names_by_role(self) -> Mapping[str, list[str]]:
        held: dict[str, list[str]] = {}
        roles = Role.objects.in_force().filter(coalition=self.standing.coalition).select_related("person")
        for role in roles:
            held.setdefault(role.kind, []).append(get_display_name(role.person, self.standing))
        return held

    def format_role_holders(self, *kinds: Role.Kind) -> str:
        """Return who holds the first of these roles that anybody holds, with the role."""
        for kind in kinds:
            if names := self._names_by_role.get(kind):
                return _("%(names)s (%(role)s)") % {
                    "names": join_with_separator(isolate_text_if_rtl(name) for name in sorted(names)),
                    "role": kind.label,
                }
        return _("no one yet (%(role)s)") % {"role": kinds[0].label}


def _rank_proposal_for_year(proposal: Proposal) -> int:
    if not proposal.is_submitted:
        return 3
    outcome = proposal.submission.outcome
    return 0 if outcome in ACCEPTED_OUTCOMES else 2 if outcome in NO_SESSION_OUTCOMES else 1


def _sort_calls_by_deadline(calls: list[CallForProposals]) -> list[CallForProposals]:
    return sorted(calls, key=lambda call: (call.due_on is None, call.due_on or call.year, call.title))
