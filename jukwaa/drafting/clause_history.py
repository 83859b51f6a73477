"""The trace of a clause: back to where it began, and forward to what came of it, as far as its reader may see."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.safestring import SafeString

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.standing import Standing
from jukwaa.core.diff import compare_words, render_changes
from jukwaa.drafting.models import (
    Clause,
    Disposition,
    Edition,
    Evidence,
    Input,
    Lineage,
    Placement,
    Revision,
    Text,
)
from jukwaa.drafting.quote_withholding import (
    QuoteWithholding,
    annotate_may_be_withheld,
    build_restricted_quote_condition,
)
from jukwaa.drafting.unreadable_sources import get_withheld_notice, withhold_quotes_in_history
from jukwaa.library.models import Item, Use
from jukwaa.records.models import Link, Record
from jukwaa.records.provenance import LinkedRecord, SourceView, get_source_views_by_record, load_linked_records

MAX_INPUTS_SHOWN = 50
MAX_HISTORY_ROWS = 50  # of what is shown in a list
ORIGIN_RELATIONS = (Link.Relation.BEGAN_AS, Link.Relation.ADAPTED_FROM)


@dataclass(frozen=True)
class ClauseTraceStep:
    """A revision in which the clause first stood, was worded anew, moved to another kind, or was taken out."""

    revision: Revision
    placement: Placement | None  # None where it was taken out
    before: str
    hands: list[Person | Capacity]

    @property
    def is_first(self) -> bool:
        return not self.before

    @property
    def difference(self) -> SafeString:
        assert self.placement is not None  # noqa: S101 - for the type alone: asked where it stands
        return render_changes(compare_words(self.before, self.placement.wording.body))


@dataclass(frozen=True)
class RelatedClause:
    """A clause that this one came of, or that came of it, with what it said last in a revision that was named."""

    how: str
    clause: Clause
    body: str
    is_origin: bool
    is_ours: bool  # of the same text


@dataclass
class ClauseTrace:
    text: Text
    number: int
    standing: Standing

    @cached_property
    def revisions(self) -> list[Revision]:
        return list(Revision.objects.filter(text=self.text.pk).order_by("number"))

    @cached_property
    def is_named(self) -> bool:
        """Whether it stood in a revision that was named: what is in the making has no trace yet."""
        return self.latest is not None

    @cached_property
    def placements(self) -> list[Placement]:
        rows = Placement.objects.filter(text=self.text.pk, clause__number=self.number)
        return withhold_quotes_in_history(self.text, rows.select_related("wording", "by", "clause").order_by("since"))

    @property
    def clause(self) -> Clause:
        return self.placements[0].clause

    def _get_placement_at_step(self, step_number: int) -> Placement | None:
        standing = (
            row
            for row in self.placements
            if row.since <= step_number and (row.until is None or row.until > step_number)
        )
        return next(standing, None)

    @cached_property
    def latest(self) -> Placement | None:
        """As it stood in the latest revision that holds it, not as it read in between."""
        return next(
            (found for one in reversed(self.revisions) if (found := self._get_placement_at_step(one.step))), None
        )

    @cached_property
    def steps(self) -> list[ClauseTraceStep]:
        """The first comes first."""
        found: list[ClauseTraceStep] = []
        before: Placement | None = None
        since = 0
        for revision in self.revisions:
            now = self._get_placement_at_step(revision.step)
            if (now and now.wording_id) != (before and before.wording_id):
                hands = self._get_editors_between_steps(since, revision.step)
                found.append(ClauseTraceStep(revision, now, before.wording.body if before else "", hands))
            before, since = now, revision.step
        return found

    def _get_editors_between_steps(self, after_step: int, until_step: int) -> list[Person | Capacity]:
        """Who worded it between two revisions, each once: in the capacity in which they draft, if that is known."""
        people = [row.by for row in self.placements if after_step < row.since <= until_step and row.by is not None]
        return [self.capacities.get(person.pk, person) for person in dict.fromkeys(people)]

    @cached_property
    def capacities(self) -> dict[int, Capacity]:
        rows = list(self.text.authorships.select_related("capacity__person"))
        self.standing.wrote[self.text.pk] = self.standing.viewer.pk in {row.person_id for row in rows}
        return {row.person_id: row.capacity for row in rows if row.capacity is not None}

    @cached_property
    def _related_clauses(self) -> list[RelatedClause]:
        """What stands in no revision that was named, or in a text that is closed to the viewer, is left out."""
        rows = Lineage.objects.filter(Q(clause=self.clause.pk) | Q(origin=self.clause.pk))
        rows = rows.annotate(
            clause_said=self._build_last_body_subquery("clause"), origin_said=self._build_last_body_subquery("origin")
        )
        rows = rows.annotate(
            clause_doubtful=build_restricted_quote_condition("clause"),
            origin_doubtful=build_restricted_quote_condition("origin"),
        )
        found = []
        for row in rows.select_related("clause__text", "origin__text").order_by("pk")[:MAX_HISTORY_ROWS]:
            is_origin = row.clause_id == self.clause.pk
            other, body = (row.origin, row.origin_said) if is_origin else (row.clause, row.clause_said)
            if row.origin_doubtful if is_origin else row.clause_doubtful:
                body = get_withheld_notice() if body and other.pk in QuoteWithholding(other.text).clauses else body
            if body is not None:
                found.append(RelatedClause(row.how, other, body, is_origin, other.text_id == self.text.pk))
        return found

    def _build_last_body_subquery(self, wanted_body: str) -> Subquery:
        """What a clause said last in a revision that was named, if the viewer may read its text."""
        readable = Text.objects.visible_to(self.standing.viewer).filter(pk=OuterRef("text"))
        until = Coalesce(OuterRef("until"), F("step") + 1)  # it stands there still
        named = Revision.objects.filter(text=OuterRef("text"), step__gte=OuterRef("since"), step__lt=until)
        said = Placement.objects.filter(Exists(readable), Exists(named), clause=OuterRef(wanted_body))
        return Subquery(said.order_by("-since").values("wording__body")[:1])

    @property
    def origins(self) -> list[RelatedClause]:
        """The clauses that it came of: those that were joined to it, too."""
        return [kin for kin in self._related_clauses if kin.is_origin]

    @property
    def later_clauses(self) -> list[RelatedClause]:
        return [kin for kin in self._related_clauses if not kin.is_origin]

    @cached_property
    def inputs(self) -> list[Input]:
        """What was said about it, each with its latest answer: not what was hidden or taken back."""
        about = Q(clause=self.clause.pk) | Q(now_at=self.clause.pk)
        answer = Disposition.objects.filter(input=OuterRef("pk")).order_by("-pk").values("reason")[:1]
        rows = Input.objects.filter(about, text=self.text.pk, hidden_at__isnull=True).annotate(why=Subquery(answer))
        rows = rows.readable_by(self.standing.viewer).exclude(disposition=Input.Answer.WITHDRAWN)
        rows = rows.select_related("capacity__person", "credited_in")
        found = annotate_may_be_withheld(rows)[: MAX_INPUTS_SHOWN + 1]
        return list(map(QuoteWithholding(self.text).withhold_in_input, found))

    @property
    def has_more_inputs(self) -> bool:
        return len(self.inputs) > MAX_INPUTS_SHOWN

    @cached_property
    def evidence(self) -> list[Evidence]:
        """The records on which it rests, those that the viewer may read, each once."""
        readable = Record.objects.visible_to(self.standing.viewer).filter(pk=OuterRef("record"))
        rows = Evidence.objects.filter(Exists(readable), clause=self.clause.pk).select_related("record")[
            :MAX_HISTORY_ROWS
        ]
        found = list({row.record_id: row for row in rows}.values())
        for row in found:
            row.record.coalition = self.text.coalition
        return found


@dataclass
class TextOrigins:
    """Where a text as a whole began, and where it has gone: what its clauses have in common."""

    text: Text
    standing: Standing

    @cached_property
    def linked_records(self) -> list[LinkedRecord]:
        return load_linked_records(self.text, self.standing.viewer)

    @cached_property
    def origin_links(self) -> list[tuple[LinkedRecord, list[SourceView]]]:
        """What it began as or was adapted from, each with the sentences of the documents that this was made from."""
        back = [tie for tie in self.linked_records if tie.points and tie.relation in ORIGIN_RELATIONS]
        found = get_source_views_by_record([tie.record.pk for tie in back], self.standing.viewer) if back else {}
        return [(tie, found.get(tie.record.pk, [])) for tie in back]

    @property
    def later_links(self) -> list[LinkedRecord]:
        """What began as it, or was adapted from it: the item of the library is among them."""
        return [tie for tie in self.linked_records if not tie.points]

    @cached_property
    def editions(self) -> list[Edition]:
        return list(Edition.objects.filter(text=self.text.pk).order_by("major", "minor"))

    @cached_property
    def uses(self) -> list[Use]:
        """How the item of the library was used, and what was made of it."""
        viewer = self.standing.viewer
        items = {edition.item_id for edition in self.editions if edition.item_id}
        if not items:
            return []
        open_to = Item.objects.visible_to(viewer).filter(pk=OuterRef("adaptation"))
        rows = Use.objects.visible_to(viewer).filter(item__in=items).annotate(adaptation_is_open=Exists(open_to))
        return list(rows.select_related("capacity__person", "adaptation").order_by("-year", "-pk")[:MAX_HISTORY_ROWS])

    @cached_property
    def adapted_texts(self) -> list[tuple[Text, int]]:
        """Other texts with clauses that were adapted from clauses of this one, and how many."""
        rows = Text.objects.visible_to(self.standing.viewer).filter(
            clauses__origins__origin__text=self.text.pk, clauses__origins__how=Lineage.How.ADAPTED
        )
        found = list(
            rows.exclude(pk=self.text.pk).annotate(n=Count("clauses", distinct=True)).order_by("pk")[:MAX_HISTORY_ROWS]
        )
        for text in found:
            text.coalition = self.text.coalition
        return [(text, int(text.n)) for text in found]  # type: ignore[attr-defined]  # annotated
