"""Preparing for a place and a day: the plan, what is to be learned, what is to be done, who hosts what.

A refusal is a sentence for whoever asked, and names the field of the form that it belongs to.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import AreaOfWork, Coalition, Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.places.countries import get_regional_group
from jukwaa.places.regions import RegionalGroup
from jukwaa.records import index
from jukwaa.records.actions import begin_record, change_record, link_records
from jukwaa.records.actions.links import copy_record_sources, get_or_create_link
from jukwaa.records.models import Label, Link, Record
from jukwaa.records.policies import can_read
from jukwaa.regions import policies
from jukwaa.regions.milestone_templates import schedule_plan_milestones
from jukwaa.regions.models import OUTREACH_PLAN_KIND, Hosting, Milestone, Outreach, Question
from jukwaa.regions.models.outreach import UNANSWERED_PROSPECT_RETENTION

MAX_PROSPECT_RETENTION = timedelta(days=365)  # after the day: whoever has not answered by then won't


@action
def create_outreach(
    *,
    actor: Person,
    coalition: Coalition,
    details: dict[str, Any],
    areas_of_work: Iterable[AreaOfWork] = (),
    origin_record: Record | None = None,
    token: UUID | None = None,
) -> Outreach:
    """Begin a plan, with milestones counted back from its day. The same form sent twice begins one.

    `details` are values of the model's fields; `origin_record` is a record that asks for it.
    Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_invite_prospects(ViewerContext(actor), coalition):
        raise PermissionDenied(_("Only members aged 18 or over can start an outreach plan."))
    if token is not None and (there := Outreach.objects.visible_to(actor).filter(token=token).first()):
        return there
    values: dict[str, Any] = {"language": coalition.language, "label": Label.GREEN, **details}
    values["forget_on"] = values.get("forget_on") or values["on"] + UNANSWERED_PROSPECT_RETENTION
    values["country"], values["region"] = _resolve_country_and_region(
        values.get("country", ""), values.get("region", "")
    )
    if values["on"] < timezone.localdate():
        raise ActionRefused(_("This date has passed. Choose today or a later date."), "on")
    _check_plan_dates(values["on"], values["forget_on"])
    plan = Outreach(coalition=coalition, kind=OUTREACH_PLAN_KIND, token=token, **values)
    plan.countries = [plan.country] if plan.country else []
    begin_record(actor=actor, record=plan, is_published=True)
    plan.areas.set(areas_of_work)
    days = schedule_plan_milestones(plan.on, timezone.localdate(), plan.language)
    Milestone.objects.bulk_create(Milestone(outreach=plan, title=title, due_on=day) for title, day in days)
    if origin_record is not None:
        get_or_create_link(plan, origin_record, Link.Relation.BEGAN_AS)
        copy_record_sources(plan, origin_record)
    index.reindex_record(plan)
    return plan


@action
def change_outreach(
    *,
    actor: Person,
    plan: Outreach,
    changed_fields: dict[str, Any],
    from_version: int,
    areas_of_work: Iterable[AreaOfWork] = (),
) -> Outreach:
    """Milestones stay on their days: each has a day of its own by now.

    Raises PermissionDenied, ActionRefused, and EditConflict.
    """
    if not policies.can_edit_outreach(ViewerContext(actor), plan):
        raise PermissionDenied
    _require_open_plan(plan)
    values = {name: changed_fields.get(name, getattr(plan, name)) for name in ("country", "region", "on", "forget_on")}
    values["country"], values["region"] = _resolve_country_and_region(values["country"], values["region"])
    if values["on"] != plan.on and values["on"] < timezone.localdate():
        raise ActionRefused(_("This date has passed. Choose today or a later date."), "on")
    if (values["on"], values["forget_on"]) != (plan.on, plan.forget_on):
        _check_plan_dates(values["on"], values["forget_on"])
    changed_fields = {**changed_fields, "country": values["country"], "region": values["region"]}
    changed_fields["countries"] = [values["country"]] if values["country"] else []
    event = changed_fields.pop("at_event", plan.at_event)
    changed = change_record(
        actor=actor, record=plan, changes=changed_fields, from_version=from_version, is_trusted=True
    )
    if changed.at_event_id != (event.pk if event else None):
        changed.at_event = event
        changed.save(update_fields=["at_event"])
        record_activity(actor=actor, verb="changed-event", subject=changed, coalition=changed.coalition)
    changed.areas.set(areas_of_work)
    return changed


def _resolve_country_and_region(country: str, region: str) -> tuple[str, str]:
    """A country of the region says it more exactly: the plan is for the country then. Raises ActionRefused."""
    if country and region:
        if get_regional_group(country) not in (region, RegionalGroup.UNKNOWN):
            raise ActionRefused(
                _(
                    "This country is in another regional group. Choose a country in this group, or leave the group "
                    "empty."
                ),
                "country",
            )
        return country, ""
    if not country and not region:
        raise ActionRefused(_("Choose a country or a regional group."), "country")
    return country, region


def _check_plan_dates(milestone_date: date, forget_date: date) -> None:
    if forget_date < max(milestone_date, timezone.localdate()):
        raise ActionRefused(_("Choose the target date or a later date. The date must not be in the past."), "forget_on")
    if forget_date > max(milestone_date, timezone.localdate()) + MAX_PROSPECT_RETENTION:
        raise ActionRefused(
            _(
                "Choose a date no later than 1 year after the target date. We do not keep unanswered invitations for"
                " longer."
            ),
            "forget_on",
        )


def _require_open_plan(plan: Outreach) -> None:
    if not plan.is_open_to_change:
        raise ActionRefused(_("This record has been withdrawn and can no longer be changed."))


def _lock_editable_plan(actor: Person, plan: Outreach) -> Outreach:
    """The plan, held until the transaction ends, if the actor may shape it.

    Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_edit_outreach(ViewerContext(actor), plan):
        raise PermissionDenied(_("Only the author, rapporteurs, editors and coordinators can change this plan."))
    current = lock_row(plan)
    current.coalition = plan.coalition
    _require_open_plan(current)
    return current


def _reindex_plan_and_record_activity(actor: Person, plan: Outreach, activity_verb: str, outreach_subject: Any) -> None:
    index.reindex_record(plan)
    record_activity(actor=actor, verb=activity_verb, subject=outreach_subject, coalition=plan.coalition)


@action
def add_outreach_question(*, actor: Person, plan: Outreach, words: str, token: UUID | None = None) -> Question:
    """What is to be learned by then. Raises PermissionDenied and ActionRefused."""
    current = _lock_editable_plan(actor, plan)
    if token is not None and (there := Question.objects.filter(token=token).first()):
        return there
    question = Question.objects.create(outreach=current, words=words, token=token)
    _reindex_plan_and_record_activity(actor, current, "asked", question)
    return question


@action
def link_question_answer(*, actor: Person, linked_question: Question, record: Record) -> Question:
    """A record answers it; another one takes its place. Raises PermissionDenied and ActionRefused."""
    current = _lock_editable_plan(actor, linked_question.outreach)
    if not can_read(ViewerContext(actor), record):
        raise PermissionDenied
    if record.pk == current.pk:
        raise ActionRefused(_("You cannot link a plan to itself. Choose another record."), "record")
    linked_question.answer_id = record.pk
    linked_question.save(update_fields=["answer"])
    record_activity(actor=actor, verb="answered", subject=linked_question, coalition=current.coalition)
    return linked_question


@action
def add_outreach_milestone(
    *,
    actor: Person,
    plan: Outreach,
    title: str,
    due_on: date,
    organisation: Organisation | None = None,
    token: UUID | None = None,
) -> Milestone:
    """Raises PermissionDenied and ActionRefused."""
    current = _lock_editable_plan(actor, plan)
    if token is not None and (there := Milestone.objects.filter(token=token).first()):
        return there
    row = Milestone.objects.create(outreach=current, title=title, due_on=due_on, organisation=organisation, token=token)
    _reindex_plan_and_record_activity(actor, current, "added", row)
    return row


@action
def change_outreach_milestone(
    *, actor: Person, milestone: Milestone, title: str, due_on: date, organisation: Organisation | None
) -> Milestone:
    """Raises PermissionDenied and ActionRefused."""
    current = _lock_editable_plan(actor, milestone.outreach)
    milestone.title, milestone.due_on, milestone.organisation = title, due_on, organisation
    milestone.moves += 1
    milestone.save(update_fields=["title", "due_on", "organisation", "moves"])
    _reindex_plan_and_record_activity(actor, current, "changed", milestone)
    return milestone


@action
def finish_outreach_milestone(*, actor: Person, milestone: Milestone) -> Milestone:
    """It is done. Pressed twice, the first day stays. Raises PermissionDenied and ActionRefused."""
    current = _lock_editable_plan(actor, milestone.outreach)
    if milestone.done_on is None:
        milestone.done_on = timezone.localdate()
        milestone.save(update_fields=["done_on"])
        record_activity(actor=actor, verb="finished", subject=milestone, coalition=current.coalition)
    return milestone


@action
def add_hosting_offer(
    *, actor: Person, plan: Outreach, what: str, organisation: Organisation, token: UUID | None = None
) -> Hosting:
    """What an organisation will host, as it says or as others heard. Raises PermissionDenied and ActionRefused."""
    current = lock_row(plan)
    current.coalition = plan.coalition
    _require_open_plan(current)
    hosting = Hosting(outreach=current, what=what, organisation=organisation, by=actor, token=token)
    own = policies.can_confirm_hosting(ViewerContext(actor), hosting)
    if not own and not policies.can_edit_outreach(ViewerContext(actor), current):
        raise PermissionDenied(
            _("Only people who represent the organisation, or who can change the plan, can add a hosting offer.")
        )
    if token is not None and (there := Hosting.objects.filter(token=token).first()):
        return there
    hosting.confirmed_on = timezone.localdate() if own else None
    hosting.save()
    _reindex_plan_and_record_activity(actor, current, "offered", hosting)
    return hosting


@action
def confirm_hosting_offer(*, actor: Person, hosting: Hosting) -> Hosting:
    """It will. Said twice, the first day stays. Raises PermissionDenied."""
    if not policies.can_confirm_hosting(ViewerContext(actor), hosting):
        raise PermissionDenied(_("Only people who represent the hosting organisation can confirm its offer."))
    if hosting.confirmed_on is None:
        hosting.confirmed_on = timezone.localdate()
        hosting.save(update_fields=["confirmed_on"])
        record_activity(actor=actor, verb="confirmed", subject=hosting, coalition=hosting.outreach.coalition)
    return hosting


@action
def remove_outreach_row(*, actor: Person, outreach_row: Question | Milestone | Hosting) -> None:
    """Raises PermissionDenied and ActionRefused."""
    plan = outreach_row.outreach
    own = isinstance(outreach_row, Hosting) and policies.can_confirm_hosting(ViewerContext(actor), outreach_row)
    if not own:
        _lock_editable_plan(actor, plan)
    record_activity(actor=actor, verb="took-off", subject=outreach_row, coalition=plan.coalition)
    outreach_row.delete()
    index.reindex_record(plan)


@action
def link_issue_to_plan(*, actor: Person, plan: Outreach, record: Record) -> Link:
    """A record that tells of an issue of the region. Raises PermissionDenied and ActionRefused."""
    current = _lock_editable_plan(actor, plan)
    if not can_read(ViewerContext(actor), record):
        raise PermissionDenied
    if record.pk == current.pk:
        raise ActionRefused(_("You cannot link a plan to itself. Choose another record."), "record")
    return link_records(actor=actor, source_record=current, to_record=record, relation=Link.Relation.CITES)
