"""What the pages of joint work show: who takes part, what was promised beside what happened, and what came of it."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation import policies
from jukwaa.cooperation.actions.work_charters import (
    build_named_party,
    get_amendment_reason,
    render_current_charter_text,
)
from jukwaa.cooperation.charter_text import render_charter_text
from jukwaa.cooperation.charters import get_charter_form
from jukwaa.cooperation.charts import describe_indicator_progress, render_line_chart
from jukwaa.cooperation.models import (
    JOINT_WORK_KIND,
    Charter,
    Deliverable,
    DeliverableReport,
    Figure,
    JointWork,
    Outcome,
    Party,
    Signature,
)
from jukwaa.cooperation.overdue import OverdueParty, find_overdue_reports, find_overdue_signatures
from jukwaa.cooperation.prefetching import load_with_children
from jukwaa.core.keyset_pagination import KeysetPage, PageCursor, get_page
from jukwaa.records.models import NEWEST_RECORD_FIRST, Link, Record, State
from jukwaa.records.provenance import LinkedRecord, get_cached_linked_records

WorkStage = JointWork.Stage


def get_work_list(
    viewer: Viewer, coalition: Coalition, page_cursor: PageCursor, work_stage: str = ""
) -> KeysetPage[JointWork]:
    """What is open to its readers, the newest first, with the number of its parties."""
    # The kind is named, since the index of records has the order of each.
    rows = JointWork.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED, kind=JOINT_WORK_KIND)
    if work_stage in WorkStage.values:
        rows = rows.filter(stage=work_stage)
    signed = Exists(Signature.objects.filter(party=OuterRef("pk")))
    parties = Party.objects.filter(signed, work=OuterRef("pk"), left_at__isnull=True).order_by()
    there = Subquery(parties.values("work").annotate(n=Count("pk")).values("n"))
    return get_page(rows.annotate(takes_part=Coalesce(there, 0)), NEWEST_RECORD_FIRST, page_cursor)


@dataclass
class PartyStatus:
    """A party, as its page shows it: `signed` is when it signed what is in force, or what is being signed."""

    party: Party
    signed: Signature | None
    signed_open: Signature | None
    is_only_named: bool = False  # it need not sign, and never has: it stands there by the word of others


@dataclass
class DeliverableStatus:
    """A deliverable with all that was reported on it, the latest first."""

    deliverable: Deliverable
    reports: list[DeliverableReport]
    may_report: bool
    proof: Record | None = None

    @property
    def latest(self) -> DeliverableReport | None:
        return self.reports[0] if self.reports else None

    @property
    def is_rescheduled(self) -> bool:
        return self.deliverable.promised_for != self.deliverable.first_promised_for

    @property
    def is_late(self) -> bool:
        """Delivered after the day that was promised first."""
        done = self.deliverable.delivered_on
        return done is not None and done > self.deliverable.first_promised_for


@dataclass
class OutcomeStatus:
    """An outcome with its figures, the earliest first."""

    outcome: Outcome
    figures: list[Figure] = field(default_factory=list)

    @property
    def latest(self) -> Figure | None:
        return self.figures[-1] if self.figures else None

    @property
    def picture(self) -> SafeString:
        title = _("%(what)s: figures over time, as in the table below.") % {"what": self.outcome.what}
        rows = [(figure.on, figure.value) for figure in self.figures]
        own = self.outcome
        return render_line_chart(
            rows, title=title, indicator_name=f"o{own.pk}", baseline_value=own.baseline, target_value=own.target
        )

    @property
    def way(self) -> str:
        latest = self.latest
        return describe_indicator_progress(self.outcome.baseline, self.outcome.target, latest.value if latest else None)


@dataclass
class WorkPage:
    """All of a work, read once for a page, as far as this viewer is told."""

    work: JointWork
    standing: Standing

    @cached_property
    def _signatures_by_party(self) -> list[tuple[Party, list[Signature]]]:
        return load_with_children(self.work.parties.order_by("pk", "signatures__at"), "signatures", Signature)

    @property
    def parties(self) -> list[Party]:
        return [party for party, _signatures in self._signatures_by_party]

    @cached_property
    def own_parties(self) -> list[Party]:
        """Those that the viewer speaks for."""
        speaks_for = self.standing.speaks_for
        return [each for each in self.parties if each.left_at is None and each.organisation_id in speaks_for]

    @cached_property
    def may_shape(self) -> bool:
        return policies.is_work_editor(self.standing, self.work, self.own_parties)

    @cached_property
    def sees_all_parties(self) -> bool:
        """Who was asked, and who has not answered."""
        return policies.are_overdue_parties_shown(self.standing, self.work, self.own_parties) or self.may_shape

    @cached_property
    def charters(self) -> list[Charter]:
        rows = list(self.work.charters.order_by("-number"))
        for charter in rows:
            charter.work = self.work
        return rows

    @cached_property
    def in_force(self) -> Charter | None:
        return next((each for each in self.charters if each.in_force_since is not None), None)

    @property
    def amended_on(self) -> date | None:
        """When what is in force took the place of another text."""
        earlier = [each for each in self.charters if each.in_force_since is not None]
        return earlier[0].in_force_since.date() if len(earlier) > 1 and earlier[0].in_force_since else None

    @cached_property
    def open_charter(self) -> Charter | None:
        return next((each for each in self.charters if each.in_force_since is None and each.dropped_at is None), None)

    @cached_property
    def signatures(self) -> list[Signature]:
        found = [signature for _party, signatures in self._signatures_by_party for signature in signatures]
        return sorted(found, key=lambda signature: signature.at)

    def get_charter_signatures(self, charter: Charter | None) -> list[Signature]:
        return [each for each in self.signatures if charter is not None and each.charter_id == charter.pk]

    def load_charter_signers(self) -> None:
        """Who signed for each, which those inside are told."""
        people = Person.objects.in_bulk({each.person_id for each in self.signatures})
        for each in self.signatures:
            each.person = people[each.person_id]

    @property
    def listed_parties(self) -> list[PartyStatus]:
        """The parties by name. The world is told those that signed what is in force; insiders, who is asked."""
        force = {each.party_id: each for each in self.get_charter_signatures(self.in_force)}
        asked = {each.party_id: each for each in self.get_charter_signatures(self.open_charter)}
        all_ = [
            PartyStatus(party, force.get(party.pk), asked.get(party.pk), not party.must_sign and not signatures)
            for party, signatures in self._signatures_by_party
        ]
        return [each for each in all_ if self.sees_all_parties or self._is_party_public(each.party)]

    def _is_party_public(self, party: Party) -> bool:
        """It has signed something that came into force, or is named in what did, and has not taken its name off."""
        signed = {each.party_id for each in self.signatures if self._was_in_force(each.charter_id)}
        return party.pk in signed or (self.in_force is not None and not party.must_sign and party.left_at is None)

    @property
    def signed_party_names(self) -> list[str]:
        """Those that signed what is in force, and so name the others."""
        return [each.party.capacity.name for each in self.listed_parties if each.signed is not None]

    def find_unconfirmed_in(self, charter: Charter) -> list[Party]:
        """Those that a text in force names, and that have not confirmed it."""
        proposed = charter.proposed_at
        if charter.in_force_since is None or proposed is None:
            return []
        signed = {each.party_id for each in self.get_charter_signatures(charter)}
        there = [each for each in self.parties if each.joined_at <= proposed and each.pk not in signed]
        return [each for each in there if each.left_at is None or each.left_at > proposed]

    def find_signable_charter(self, party: Party) -> Charter | None:
        """The text that is being signed; else, for a party that was only named in it, what is in force."""
        if self.open_charter is not None and self.open_charter.is_being_signed:
            return self.open_charter
        signed = {each.party_id for each in self.get_charter_signatures(self.in_force)}
        return None if party.pk in signed else self.in_force

    def _was_in_force(self, charter: int) -> bool:
        return any(each.pk == charter and each.in_force_since is not None for each in self.charters)

    @property
    def unnamed_party_groups(self) -> list[str]:
        """Of what is still agreed on, the groups of those that are asked: the world sees groups, and no names."""
        shown = {each.party.pk for each in self.listed_parties}
        hidden = [each for each in self.parties if each.pk not in shown and each.left_at is None]
        return [str(each.capacity.get_stakeholder_group_display()) for each in hidden]

    def why(self, charter: Charter) -> str:
        """Why it was written anew. The world is told of what is in force: a reason may name who would not sign."""
        if self.sees_all_parties:
            return charter.why_changed
        return get_amendment_reason(charter, self.charters) if charter.in_force_since is not None else ""

    def text(self, charter: Charter) -> str:
        """The exact text; while it is agreed on, the world reads it without names."""
        if charter.in_force_since is not None or self.sees_all_parties:
            there = [each for each in self.parties if each.left_at is None]
            return charter.text or render_current_charter_text(charter, there)
        return self._render_charter_without_names(charter)

    @property
    def open_text(self) -> str:
        """What is agreed on at the moment, for the page of a work that has not begun."""
        return self.text(self.open_charter) if self.open_charter is not None else ""

    def _render_charter_without_names(self, charter: Charter) -> str:
        there = [each for each in self.parties if each.left_at is None]
        blind = [replace(build_named_party(each), name=_("an organisation"), part="") for each in there]
        before = [each for each in self.charters if each.in_force_since is not None and each.number < charter.number]
        return render_charter_text(
            title=self.work.title,
            form=get_charter_form(charter.form),
            answers_by_question=charter.answers,
            parties=blind,
            language=self.work.language,
            part_number=len(before),
        )

    @cached_property
    def _reports_by_deliverable(self) -> list[tuple[Deliverable, list[DeliverableReport]]]:
        """Nothing is promised before a charter is in force."""
        if self.in_force is None:
            return []
        known = {party.pk: party for party in self.parties}
        order = ("promised_for", "pk", "-reports__at", "-reports__pk")
        rows = load_with_children(self.work.deliverables.order_by(*order), "reports", DeliverableReport)
        for deliverable, _reports in rows:
            deliverable.work = self.work
            deliverable.party = known.get(deliverable.party_id or 0)
        return rows

    @property
    def deliverables(self) -> list[Deliverable]:
        return [deliverable for deliverable, _reports in self._reports_by_deliverable]

    @cached_property
    def deliverable_statuses(self) -> list[DeliverableStatus]:
        running, proofs = self.is_running, {record.pk: record for record in self.products}
        found = []
        for each, reports in self._reports_by_deliverable:
            may_report = running and policies.is_deliverable_reporter(self.standing, each, self.own_parties)
            proof = proofs.get(reports[0].evidence_id or 0) if reports else None
            found.append(DeliverableStatus(each, reports, may_report, proof))
        return found

    @property
    def is_running(self) -> bool:
        return self.work.stage == WorkStage.UNDER_WAY and self.work.is_open_to_change

    @cached_property
    def changes(self) -> list[OutcomeStatus]:
        if self.in_force is None:
            return []
        rows = load_with_children(self.work.outcomes.order_by("pk", "figures__on", "figures__pk"), "figures", Figure)
        return [OutcomeStatus(outcome, [each for each in figures if each.stands]) for outcome, figures in rows]

    @cached_property
    def overdue_party_rows(self) -> list[OverdueParty]:
        """For those who are told all."""
        if not policies.are_overdue_parties_shown(self.standing, self.work, self.own_parties):
            return []
        today, found = timezone.localdate(), []
        if self.open_charter is not None:
            signed = [each.party_id for each in self.get_charter_signatures(self.open_charter)]
            found += find_overdue_signatures(self.open_charter, self.parties, signed, today)
        if self.is_running:
            found += find_overdue_reports(self.deliverables, self.parties, today)
        return found

    @property
    def products(self) -> list[Record]:
        """What came of it, as far as this viewer may read that."""
        came = [tie.record for tie in get_cached_linked_records(self.work, self.standing) if self._is_product_link(tie)]
        return [record for record in came if record.state == State.PUBLISHED]

    @property
    def linked_records(self) -> list[LinkedRecord]:
        """Other records that it is linked with, such as the entry of minutes that it began as."""
        return [tie for tie in get_cached_linked_records(self.work, self.standing) if not self._is_product_link(tie)]

    def _is_product_link(self, linked_record: LinkedRecord) -> bool:
        return linked_record.relation == Link.Relation.FULFILS and not linked_record.points
