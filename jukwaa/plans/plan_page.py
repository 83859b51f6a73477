"""What the pages and papers of a plan show to one of its team."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef

from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation.help_lists import TAKEN_UP_MATCH_STATES
from jukwaa.cooperation.models import Match
from jukwaa.library.schema import Capability, CapabilityState, get_framework_or_placeholder, localize_schema_text
from jukwaa.plans import policies
from jukwaa.plans.models import Assessment, Baseline, Plan, TeamMember, Tie
from jukwaa.plans.progress import POINT_WIDTH, ProgressPoint, build_progress_points
from jukwaa.records.models import Record


@dataclass
class CapabilityEntry:
    """One capability of the framework, as the plan sees it."""

    capability: Capability
    state: CapabilityState
    said: Assessment | None = None
    ties: list[Tie] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)  # that show it, as far as this reader may read them

    @property
    def unreadable_evidence_count(self) -> int:
        """How many more show it, or did: fewer read them, or they were withdrawn."""
        return len(self.said.records) - len(self.records) if self.said else 0

    @property
    def number(self) -> str:
        return self.capability.value.rpartition("/")[2]

    @property
    def has_open_next_step(self) -> bool:
        """There is something still to do."""
        return self.said is not None and bool(self.said.next_step) and self.state.meaning != "done"

    @property
    def due_on(self) -> date | None:
        return self.said.due_on if self.said else None


@dataclass
class PlanPage:
    plan: Plan
    standing: Standing

    @property
    def role(self) -> str:
        return str(getattr(self.plan, "role", ""))

    @property
    def may_write(self) -> bool:
        return policies.is_writing_role(self.role) and self.plan.closed_at is None

    @property
    def may_lead_plan(self) -> bool:
        return self.role == TeamMember.Role.LEADS and self.plan.closed_at is None

    @property
    def may_delete_plan(self) -> bool:
        leads = self.role == TeamMember.Role.LEADS
        return leads and (self.plan.is_long_closed or not self.assessments)

    @cached_property
    def assessments(self) -> list[Assessment]:
        """All that was ever said, each capability's newest first: what stands, its history, and progress."""
        return list(Assessment.objects.filter(plan=self.plan).select_related("by"))

    @cached_property
    def _current_assessments(self) -> list[Assessment]:
        return [each for each in self.assessments if each.replaced_at is None]

    def former(self, capability_entry: CapabilityEntry) -> list[tuple[CapabilityState, Assessment, list[Record]]]:
        """What was said of it before, with the records that showed it."""
        over, value = self.plan.over, capability_entry.capability.value
        before = [each for each in self.assessments if each.capability == value and each.replaced_at is not None]
        return [(over.state(each.state), each, self.get_evidence_records(each)) for each in before]

    @cached_property
    def record_ties(self) -> list[Tie]:
        """Those to records that this reader may read, each with its record; a need, with how it stands."""
        readable = Record.objects.visible_to(self.standing.viewer).of(self.plan.coalition)
        rows = Tie.objects.filter(readable.exists_for("record"), plan=self.plan).select_related("record__need")
        taken = Match.objects.filter(need=OuterRef("record"), state__in=TAKEN_UP_MATCH_STATES)
        ties: list[Tie] = list(rows.annotate(is_taken=Exists(taken)).defer("record__need__terms"))
        for tie in ties:
            tie.record.coalition = self.plan.coalition
        return ties

    def get_evidence_records(self, assessment: Assessment | None) -> list[Record]:
        """The records that show it, as far as this reader may read them."""
        known = {tie.record_id: tie.record for tie in self.record_ties}
        return [known[number] for number in assessment.records if number in known] if assessment else []

    @property
    def events(self) -> list[Tie]:
        return [tie for tie in self.record_ties if tie.part == Tie.Part.EVENT]

    @cached_property
    def groups(self) -> list[tuple[str, list[CapabilityEntry]]]:
        said = {each.capability: each for each in self._current_assessments}
        return [
            (
                localize_schema_text(named),
                [self._build_capability_entry(each, said.get(each.value)) for each in members],
            )
            for named, members in self.plan.over.groups
        ]

    def _build_capability_entry(self, capability: Capability, assessment: Assessment | None) -> CapabilityEntry:
        over = self.plan.over
        state = over.state(assessment.state) if assessment else over.get_state_by_meaning("unknown")
        own = [tie for tie in self.record_ties if tie.capability == capability.value]
        ties = [tie for tie in own if tie.part != Tie.Part.SHOWS]
        return CapabilityEntry(capability, state, assessment, ties, self.get_evidence_records(assessment))

    @cached_property
    def parts(self) -> list[CapabilityEntry]:
        return [part for _named, parts in self.groups for part in parts]

    def part(self, capability_number: str) -> CapabilityEntry | None:
        return next((part for part in self.parts if part.number == capability_number), None)

    def beside(self, capability_entry: CapabilityEntry) -> tuple[CapabilityEntry | None, CapabilityEntry | None]:
        """The one before it and the one after it, so that a team works through all of them in a row."""
        at = self.parts.index(capability_entry)
        return self.parts[at - 1] if at else None, next(iter(self.parts[at + 1 :]), None)

    @cached_property
    def counts(self) -> list[tuple[CapabilityState, int]]:
        """How many capabilities stand how, in the framework's own order."""
        counted = Counter(part.state.value for part in self.parts)
        return [(state, counted[state.value]) for state in self.plan.over.states]

    @cached_property
    def steps(self) -> list[CapabilityEntry]:
        """What is to be done next, by day; what has none comes last."""
        ahead = [part for part in self.parts if part.has_open_next_step]
        return sorted(ahead, key=lambda part: (part.due_on is None, part.due_on or date.max))

    @cached_property
    def unmatched_assessments(self) -> list[tuple[str, Assessment]]:
        """What stood in an edition of before and has no counterpart in this one: under its name."""
        own = {part.capability.value for part in self.parts}
        return [
            (_get_capability_label(each.capability), each)
            for each in self._current_assessments
            if each.capability not in own
        ]

    @cached_property
    def baselines(self) -> list[Baseline]:
        return list(self.plan.baselines.all())

    @cached_property
    def progress(self) -> list[ProgressPoint]:
        return build_progress_points(self.plan, self.baselines, self.assessments)

    @property
    def width(self) -> int:
        """Of the picture of it."""
        return POINT_WIDTH * len(self.progress) + 8

    @cached_property
    def team(self) -> list[TeamMember]:
        return list(self.plan.team.with_access().select_related("person"))


def _get_capability_label(capability_value: str) -> str:
    """Of a capability of any edition, else its value."""
    framework = get_framework_or_placeholder(capability_value.rpartition("/")[0])
    label = next(
        (str(part.label) for part in framework.capabilities if part.value == capability_value), capability_value
    )
    return f"{framework.with_edition}: {label}"
