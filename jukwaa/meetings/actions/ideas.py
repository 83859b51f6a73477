"""Ideas: suggesting one, supporting it, and taking the support back."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Capacity, Coalition, Organisation
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.meetings import policies
from jukwaa.meetings.chatham_house_rule import ForbiddenNames
from jukwaa.meetings.models import IDEA_RECORD_KIND, Entry, Idea, Support
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.records.actions import begin_record, change_record, publish_record
from jukwaa.records.actions.links import link_record_to_origin
from jukwaa.records.models import Label, Record, State
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES
from jukwaa.records.policies import can_change_record, is_author


@action
def suggest_idea(
    *,
    actor: Person,
    coalition: Coalition,
    title: str,
    summary: str = "",
    timeframe: str = Idea.Timeframe.NEXT_MEETING,
    label: str = Label.GREEN,
    language: str = "",
    organisation: Organisation | None = None,
    origin: Record | None = None,
    published: bool = True,
    token: UUID | None = None,
) -> Idea:
    """Suggest an idea, as a member; one that is not published is a draft which its author alone sees.

    `origin` is the record that it began as, such as the sentence of minutes which invited ideas. Raises
    PermissionDenied, ActionRefused, and NamesFoundError where the origin was said under the Chatham House Rule.
    """
    if not policies.can_suggest_idea(ViewerContext(actor), coalition):
        raise PermissionDenied(_("Only members can suggest ideas."))
    if token is not None and (there := Idea.objects.visible_to(actor).filter(token=token).first()):
        return there
    _check_idea_origin(origin, label, title, summary)
    idea = Idea(
        kind=IDEA_RECORD_KIND,
        coalition=coalition,
        title=title,
        summary=summary,
        timeframe=timeframe,
        label=label,
        language=language or coalition.language,
        token=token,
    )
    capacity = get_current_capacity(actor, coalition, organisation)
    idea = begin_record(actor=actor, record=idea, capacity=capacity, is_published=published)
    if origin is not None:
        link_record_to_origin(actor=actor, record=idea, origin_record=origin)
    _add_idea_support(idea, actor, capacity)
    return idea


def _check_idea_origin(origin_record: Record | None, tlp_label: str, *texts: str) -> None:
    """Raise if the idea would tell its readers more about its origin than they may know."""
    if tlp_label not in LABELS_OPEN_TO_ROLES:
        raise ValueError("An idea is for members or for everyone.")
    if origin_record is None:
        return
    if origin_record.label not in LABELS_OPEN_TO_ROLES:
        raise ActionRefused(
            _(
                "Only some people can read the record this idea comes from. "
                "Suggest the idea without a link to that record."
            )
        )
    if tlp_label == Label.CLEAR != origin_record.label:
        raise ActionRefused(_("Only members can read the record this idea comes from. Choose “Members”."), "label")
    entry = origin_record.whole()
    if isinstance(entry, Entry) and entry.is_chatham:
        ForbiddenNames(entry.meeting).refuse_names_in_texts(*texts)


@action
def publish_idea(*, actor: Person, idea: Idea) -> Idea:
    """Publish the draft that came by email. Raises PermissionDenied."""
    viewer = ViewerContext(actor)
    if not (is_author(viewer, idea) and policies.can_suggest_idea(viewer, idea.coalition)):
        raise PermissionDenied(_("Only the author can publish this idea."))
    if idea.state not in (State.DRAFT, State.PUBLISHED):
        raise ActionRefused(_("This idea has been withdrawn and can no longer be published."))
    return publish_record(actor=actor, record=idea, is_trusted=True)


@action
def change_idea(*, actor: Person, idea: Idea, changes: dict[str, Any], from_version: int) -> Idea:
    """Save changes to the wording. Raises PermissionDenied, ActionRefused, and EditConflict."""
    if not can_change_record(ViewerContext(actor), idea):
        raise PermissionDenied(_("Only the author, the rapporteur, editors and coordinators can change an idea."))
    current = lock_row(idea)
    if not current.is_open:
        raise ActionRefused(_("This idea has been answered. It can no longer be changed."))
    return change_record(actor=actor, record=current, changes=changes, from_version=from_version)


@action
def support_idea(*, actor: Person, idea: Idea, organisation: Organisation | None = None) -> Support:
    """Support an idea, for an organisation or on one's own; supporting it again changes for whom.

    Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_support_idea(ViewerContext(actor), idea):
        raise PermissionDenied(_("Only members can support ideas."))
    current = lock_row(idea)
    require_open_idea(current)
    there = current.supports.filter(person=actor).select_related("capacity").first()
    if there is not None and there.capacity.organisation_id == (organisation.pk if organisation else None):
        return there
    support = _add_idea_support(current, actor, get_current_capacity(actor, current.coalition, organisation))
    record_activity(actor=actor, verb="supported", subject=current, coalition=current.coalition)
    return support


@action
def withdraw_idea_support(*, actor: Person, idea: Idea) -> None:
    """Withdraw one's support; without any, nothing changes. Raises PermissionDenied for authors."""
    if is_author(ViewerContext(actor), idea):
        raise PermissionDenied(_("You suggested this idea. Withdraw it if you no longer support it."))
    current = lock_row(idea)
    removed, _rows = current.supports.filter(person=actor).delete()
    if removed:
        update_support_counts(current)
        record_activity(actor=actor, verb="took-back-support", subject=current, coalition=current.coalition)


def require_open_idea(idea: Idea) -> None:
    """Raise ActionRefused for an idea that is not published, or has been answered."""
    if idea.state != State.PUBLISHED:
        raise ActionRefused(_("This idea has not been published, or it has been withdrawn."))
    if not idea.is_open:
        raise ActionRefused(_("This idea has been answered already. Read the answer on its page."))


def get_current_capacity(actor: Person, coalition: Coalition, organisation: Organisation | None) -> Capacity:
    """Return the capacity of today. Raises PermissionDenied for an organisation that has not confirmed the actor."""
    if organisation is not None and organisation not in Standing(actor, coalition).organisations:
        raise PermissionDenied(_("You can represent an organisation once it has confirmed that you belong to it."))
    return create_capacity(coalition=coalition, person=actor, organisation=organisation)


def _add_idea_support(idea: Idea, person: Person, supporter_capacity: Capacity) -> Support:
    support, _is_new = Support.objects.update_or_create(
        idea=idea, person=person, defaults={"capacity": supporter_capacity}
    )
    update_support_counts(idea)
    return support


def update_support_counts(idea: Idea) -> None:
    """Count the people, regions and stakeholder groups that support a locked idea. Part of a larger action."""
    rows = list(idea.supports.values_list("capacity__regional_group", "capacity__stakeholder_group"))
    idea.support_count = len(rows)
    idea.region_count = len({region for region, _group in rows} - {RegionalGroup.UNKNOWN})
    idea.group_count = len({group for _region, group in rows} - {StakeholderGroup.UNKNOWN})
    idea.save(update_fields=["support_count", "region_count", "group_count"])
