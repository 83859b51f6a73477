"""Following joint work: reports on what was promised, figures of what is to change, updates, and what came of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.cooperation import policies
from jukwaa.cooperation.actions.work import refuse_ended_work
from jukwaa.cooperation.models import (
    Deliverable,
    DeliverableReport,
    Figure,
    JointWork,
    Outcome,
    Party,
    Update,
)
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.records import index
from jukwaa.records.actions import link_records
from jukwaa.records.models import Link, Record
from jukwaa.records.policies import can_read

DeliverableState = Deliverable.State


@dataclass(frozen=True)
class ReportData:
    """How a deliverable stands. `day` is when it was delivered, or when it is expected now."""

    state: str
    words: str = ""
    day: date | None = None
    evidence: Record | None = None


@action
def report_deliverable(
    *, actor: Person, deliverable: Deliverable, report_data: ReportData, token: UUID | None = None
) -> DeliverableReport:
    """Say how it stands; what was said before stays. The same form sent twice is one report.

    Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_report_deliverable(ViewerContext(actor), deliverable):
        raise PermissionDenied(_("Only people who represent the responsible party can report on this deliverable."))
    work = _lock_running_work(deliverable.work)
    if token is not None and (there := DeliverableReport.objects.filter(token=token).first()):
        return there
    current = lock_row(deliverable)
    _refuse_incomplete_report(report_data)
    if report_data.evidence is not None and not can_read(ViewerContext(actor), report_data.evidence):
        raise PermissionDenied
    capacity = create_capacity(
        coalition=work.coalition, person=actor, organisation=_get_reporting_organisation(actor, work, deliverable)
    )
    expected = report_data.day if report_data.state != DeliverableState.DELIVERED else None
    report = DeliverableReport.objects.create(
        deliverable=current,
        state=report_data.state,
        words=report_data.words,
        expected_on=expected,
        evidence=report_data.evidence,
        person=actor,
        capacity=capacity,
        token=token,
    )
    current.state, current.expected_on = report_data.state, expected
    current.delivered_on = (
        (report_data.day or timezone.localdate()) if report_data.state == DeliverableState.DELIVERED else None
    )
    current.save(update_fields=["state", "expected_on", "delivered_on"])
    if report_data.evidence is not None and report_data.state == DeliverableState.DELIVERED:
        link_records(actor=actor, source_record=report_data.evidence, to_record=work, relation=Link.Relation.FULFILS)
    record_activity(actor=actor, verb="reported", subject=report, coalition=work.coalition, capacity=capacity)
    return report


@action
def add_outcome_figure(*, actor: Person, outcome: Outcome, on: date, value: Decimal, source: str) -> Figure:
    """What the indicator showed on a day. Another figure of that day takes its place, and the first stays readable.

    Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_add_updates(ViewerContext(actor), outcome.work):
        raise PermissionDenied(_("Only people who represent a party can add figures."))
    work = _lock_running_work(outcome.work)
    if on > timezone.localdate():
        raise ActionRefused(_("Enter today's date or an earlier one."), "on")
    now = Figure.objects.filter(outcome=outcome, on=on, stands=True).first()
    if now is not None and (now.value, now.source) == (value, source):
        return now
    if now is not None:
        now.stands = False
        now.save(update_fields=["stands"])
    figure = Figure.objects.create(outcome=outcome, on=on, value=value, source=source, person=actor)
    record_activity(actor=actor, verb="gave", subject=figure, coalition=work.coalition)
    return figure


@action
def add_work_update(*, actor: Person, work: JointWork, words: str, party: Party, token: UUID | None = None) -> Update:
    """Tell what happened, for a party. The same form sent twice is one update.

    Raises PermissionDenied and ActionRefused.
    """
    if party.work_id != work.pk or not policies.can_add_updates_for_party(ViewerContext(actor), party):
        raise PermissionDenied(_("Only people who represent a party can add updates."))
    current = _lock_running_work(work)
    if token is not None and (there := Update.objects.filter(token=token).first()):
        return there
    capacity = create_capacity(coalition=current.coalition, person=actor, organisation=party.organisation)
    update = Update.objects.create(work=current, words=words, person=actor, capacity=capacity, token=token)
    index.reindex_record(current)
    record_activity(actor=actor, verb="told", subject=update, coalition=current.coalition, capacity=capacity)
    return update


@action
def link_work_product(*, actor: Person, work: JointWork, record: Record) -> Link:
    """Say that a record came of the work. Raises PermissionDenied and ActionRefused."""
    if not policies.can_add_updates(ViewerContext(actor), work) or not can_read(ViewerContext(actor), record):
        raise PermissionDenied(_("Only people who represent a party can link results."))
    current = lock_row(work)
    current.coalition = work.coalition
    if current.charter_in_force() is None:
        raise ActionRefused(build_not_in_force_message())
    if record.pk == work.pk:
        raise ActionRefused(_("This is the joint work itself. Choose another record."))
    return link_records(actor=actor, source_record=record, to_record=current, relation=Link.Relation.FULFILS)


def build_not_in_force_message() -> str:
    return _("Not all required parties have signed yet. You can report once the charter is in force.")


def _lock_running_work(joint_work: JointWork) -> JointWork:
    """The work, held until the transaction ends, if its charter is in force and it is not over.

    Raises ActionRefused.
    """
    current = lock_row(joint_work)
    current.coalition = joint_work.coalition
    if current.charter_in_force() is None:
        raise ActionRefused(build_not_in_force_message())
    refuse_ended_work(current)
    return current


def _refuse_incomplete_report(report_data: ReportData) -> None:
    today = timezone.localdate()
    if report_data.state in (DeliverableState.DELAYED, DeliverableState.DROPPED) and not report_data.words.strip():
        raise ActionRefused(_("Enter a reason, so that the other parties understand why."), "words")
    if report_data.state == DeliverableState.DELAYED and report_data.day is None:
        raise ActionRefused(_("Enter the new expected date."), "day")
    if report_data.state == DeliverableState.DELAYED and report_data.day is not None and report_data.day < today:
        raise ActionRefused(_("This date has passed. Enter a new expected date."), "day")
    if report_data.state == DeliverableState.DELIVERED and report_data.day is not None and report_data.day > today:
        raise ActionRefused(_("Enter today's date or an earlier one as the delivery date."), "day")


def _get_reporting_organisation(actor: Person, joint_work: JointWork, deliverable: Deliverable) -> Organisation | None:
    own = policies.get_own_parties(ViewerContext(actor), joint_work)
    party = next((each for each in own if each.pk == deliverable.party_id), own[0] if own else None)
    return party.organisation if party else None
