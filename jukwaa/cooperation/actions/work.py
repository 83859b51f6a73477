"""Joint work: begun, told of, with its parties, and ended. What is agreed on is in `work_charters`.

A refusal is a sentence for whoever asked, and names the field of the form that it belongs to.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity, create_invitee_capacity
from jukwaa.coalitions.models import AreaOfWork, Coalition, Membership, Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.cooperation import policies
from jukwaa.cooperation.charters import SHORT_CHARTER_FORM_NAME
from jukwaa.cooperation.models import JOINT_WORK_KIND, Charter, JointWork, Party
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.records import index
from jukwaa.records.actions import begin_record, change_record, link_records
from jukwaa.records.models import Audience, Label, Link, Record

WorkStage = JointWork.Stage
ENDED_WORK_STAGES = (WorkStage.ENDED, WorkStage.GIVEN_UP)


class WorkFields(TypedDict, total=False):
    summary: str
    language: str
    countries: list[str]


@dataclass(frozen=True)
class WorkSetup:
    """What a work begins with: the form of its charter, the first answers, and whom it asks to take part."""

    form: str = SHORT_CHARTER_FORM_NAME
    answers: dict[str, Any] = field(default_factory=dict)
    organisations: Sequence[Organisation] = ()
    record: Record | None = None  # what it began as: an entry of minutes, a match


@action
def begin_joint_work(
    *,
    actor: Person,
    coalition: Coalition,
    title: str,
    beginning: WorkSetup,
    organisation: Organisation | None = None,
    areas: Iterable[AreaOfWork] = (),
    label: str = Label.CLEAR,
    token: UUID | None = None,
    **named: Unpack[WorkFields],
) -> JointWork:
    """Begin joint work: its readers follow from its label how it is agreed on. The same form sent twice begins one.

    `organisation` is the party that the actor begins it for. Raises PermissionDenied and ActionRefused.
    """
    if not policies.can_begin_work(ViewerContext(actor), coalition):
        raise PermissionDenied(
            _(
                "Only people who represent an organisation, and rapporteurs, editors and coordinators, can "
                "start joint work."
            )
        )
    if token is not None and (there := JointWork.objects.visible_to(actor).filter(token=token).first()):
        return there
    capacity = create_capacity(coalition=coalition, person=actor, organisation=organisation)
    words: dict[str, Any] = {"language": coalition.language, **named}
    work = JointWork(coalition=coalition, kind=JOINT_WORK_KIND, title=title, label=label, token=token, **words)
    begin_record(actor=actor, record=work, capacity=capacity, is_published=True)
    work.areas.set(areas)
    asked = [organisation, *beginning.organisations] if organisation else beginning.organisations
    for each in {one.pk: one for one in asked}.values():
        _create_work_party(work, each)
    Charter.objects.create(work=work, form=beginning.form, answers=beginning.answers, by=actor)
    if beginning.record is not None:
        link_records(actor=actor, source_record=work, to_record=beginning.record, relation=Link.Relation.BEGAN_AS)
    return work


@action
def change_joint_work(
    *,
    actor: Person,
    work: JointWork,
    changed_fields: dict[str, Any],
    from_version: int,
    areas: Iterable[AreaOfWork] = (),
) -> JointWork:
    """Save what is said about it. Raises PermissionDenied, ActionRefused, and EditConflict."""
    if not policies.can_edit_work(ViewerContext(actor), work):
        raise PermissionDenied
    refuse_withdrawn_work(work)
    title = changed_fields.get("title", work.title)
    if title != work.title and work.charters.filter(proposed_at__isnull=False, dropped_at__isnull=True).exists():
        raise ActionRefused(
            _("The title is part of a charter that has been proposed or signed, so it cannot be changed."), "title"
        )
    changed = change_record(
        actor=actor, record=work, changes=changed_fields, from_version=from_version, is_trusted=True
    )
    changed.areas.set(areas)
    return changed


@action
def add_work_party(
    *, actor: Person, work: JointWork, organisation: Organisation, part: str = "", must_sign: bool = True
) -> Party:
    """Ask an organisation to take part. Asking twice finds the first. Raises PermissionDenied and ActionRefused."""
    current = lock_editable_work(actor, work)
    there = Party.objects.filter(work=current, organisation=organisation).select_related("capacity").first()
    if there is not None and there.left_at is None:
        return there
    if there is not None:
        raise ActionRefused(
            _("%(name)s has left this joint work. To work with the organisation again, start new joint work.")
            % {"name": there}
        )
    require_draft_charter(current)
    party = _create_work_party(current, organisation, party_role=part, signature_required=must_sign)
    record_activity(actor=actor, verb="asked", subject=party, coalition=current.coalition)
    return party


@action
def change_work_party(*, actor: Person, party: Party, party_role: str, signature_required: bool) -> Party:
    """What it brings, and whether it must sign. Raises PermissionDenied and ActionRefused."""
    current = lock_editable_work(actor, party.work)
    require_draft_charter(current)
    found = Party.objects.select_related("capacity").get(pk=party.pk)
    if (found.part, found.must_sign) == (party_role, signature_required):
        return found
    found.part, found.must_sign = party_role, signature_required
    found.save(update_fields=["part", "must_sign"])
    record_activity(actor=actor, verb="changed", subject=found, coalition=current.coalition)
    return found


@action
def remove_work_party(*, actor: Person, party: Party) -> None:
    """Ask one no longer that has signed nothing. Whoever signed once leaves, and says why. Raises as above."""
    current = lock_editable_work(actor, party.work)
    require_draft_charter(current)
    if party.signatures.exists():
        raise ActionRefused(
            _(
                "You cannot remove %(name)s, because it has signed the charter. Only its representatives can withdraw "
                "the organisation."
            )
            % {"name": party}
        )
    if party.deliverables.exists():
        raise ActionRefused(
            _("%(name)s is responsible for a deliverable. Choose another party for that deliverable first.")
            % {"name": party}
        )
    record_activity(actor=actor, verb="removed", subject=party, coalition=current.coalition)
    Audience.objects.filter(record=current.pk, organisation=party.organisation_id).delete()
    party.delete()


@action
def leave_joint_work(*, actor: Person, party: Party, reason: str) -> Party:
    """A party withdraws, and says why; what it signed and did stays. Leaving twice changes nothing.

    One that was only named takes its name off, and need not say why.

    A text that is being signed names it, so it is taken back and goes on as a copy. Raises PermissionDenied and
    ActionRefused.
    """
    if not policies.can_act_for_party(ViewerContext(actor), party):
        raise PermissionDenied(_("Only people who represent the organisation can withdraw it from this joint work."))
    current = lock_row(party.work)
    found = Party.objects.select_related("capacity").get(pk=party.pk)
    if found.left_at is not None:
        return found
    reason = reason.strip() or _get_default_leaving_reason(found)
    if not reason:
        raise ActionRefused(_("Give the reason in a sentence. It will stay on the joint work page."), "reason")
    found.left_at, found.left_because = timezone.now(), reason
    found.save(update_fields=["left_at", "left_because"])
    if (signed := find_open_charter(current)) is not None and signed.is_being_signed:
        create_next_draft(actor, signed)
    index.reindex_record(current)
    capacity = create_capacity(coalition=current.coalition, person=actor, organisation=found.organisation)
    record_activity(actor=actor, verb="left", subject=found, coalition=current.coalition, capacity=capacity)
    return found


def is_unconfirmed_party(party: Party) -> bool:
    """It need not sign, and has never signed: it stands there by the word of others."""
    return not party.must_sign and not party.signatures.exists()


def _get_default_leaving_reason(party: Party) -> str:
    """Whoever only was named owes nobody a reason."""
    return _("The organisation had not confirmed its participation.") if is_unconfirmed_party(party) else ""


@action
def end_joint_work(*, actor: Person, work: JointWork, work_stage: str, reason: str) -> JointWork:
    """It is done, or given up: say why. Ending twice changes nothing. Raises PermissionDenied and ActionRefused."""
    if not policies.can_end_work(ViewerContext(actor), work):
        raise PermissionDenied(_("Only a coordinator or people who represent a party can end joint work."))
    current = lock_row(work)
    if current.stage in ENDED_WORK_STAGES:
        return current
    if work_stage == WorkStage.ENDED and current.stage != WorkStage.UNDER_WAY:
        raise ActionRefused(_("This work has not started, so choose “Given up”."), "stage")
    if not reason.strip():
        raise ActionRefused(
            _("Describe in 1 sentence how the joint work ended. The description will stay on the page."), "reason"
        )
    current.stage, current.ended_because = work_stage, reason
    current.ends_on = timezone.localdate()
    current.save(update_fields=["stage", "ended_because", "ends_on"])
    Charter.objects.filter(work=current, in_force_since__isnull=True, dropped_at__isnull=True).update(
        dropped_at=timezone.now()
    )
    index.reindex_record(current)
    record_activity(actor=actor, verb="ended", subject=current, coalition=current.coalition)
    return current


def lock_editable_work(actor: Person, joint_work: JointWork) -> JointWork:
    """The work as it is now, held until the transaction ends, if this person may shape it and it is not over."""
    if not policies.can_edit_work(ViewerContext(actor), joint_work):
        raise PermissionDenied(
            _("Only people who represent a party, and rapporteurs, editors and coordinators, can edit this joint work.")
        )
    current = lock_row(joint_work)
    current.coalition = joint_work.coalition
    refuse_ended_work(current)
    return current


def refuse_ended_work(joint_work: JointWork) -> None:
    refuse_withdrawn_work(joint_work)
    if joint_work.stage in ENDED_WORK_STAGES:
        raise ActionRefused(_("This joint work has ended. Your text is still here. To continue, start new joint work."))


def refuse_withdrawn_work(joint_work: JointWork) -> None:
    if not joint_work.is_open_to_change:
        raise ActionRefused(_("This record has been withdrawn and can no longer be changed."))


def find_open_charter(joint_work: JointWork) -> Charter | None:
    """The one that is written or signed now."""
    return Charter.objects.filter(work=joint_work, in_force_since__isnull=True, dropped_at__isnull=True).first()


def require_draft_charter(joint_work: JointWork) -> Charter:
    """What is being signed is not changed, and what is in force is amended. Gives the charter that is written."""
    charter = find_open_charter(joint_work)
    if charter is None:
        raise ActionRefused(_("The charter is in force. Draft an amendment to change it."))
    if not charter.is_being_written:
        raise ActionRefused(
            _("The charter is being signed. To make changes, withdraw it. All parties will then need to sign again.")
        )
    charter.work = joint_work
    return charter


def create_next_draft(actor: Person, charter: Charter, refusal_message: str = "") -> Charter:
    """The charter is dropped, with the signatures that it has, and goes on as a copy under the next number."""
    charter.dropped_at = timezone.now()
    charter.save(update_fields=["dropped_at"])
    highest = Charter.objects.filter(work=charter.work_id).order_by("-number").values_list("number", flat=True)[0]
    return Charter.objects.create(
        work_id=charter.work_id,
        number=highest + 1,
        form=charter.form,
        answers=copy_answers_without_versions(charter.answers),
        why_changed=refusal_message or charter.why_changed,
        by=actor,
    )


def copy_answers_without_versions(charter_answers: dict[str, Any]) -> dict[str, Any]:
    """Without the numbers of the changes by which they came about."""
    return {name: answer for name, answer in charter_answers.items() if not name.endswith("@")}


def _create_work_party(
    joint_work: JointWork, organisation: Organisation, *, party_role: str = "", signature_required: bool = True
) -> Party:
    """What it is that day is frozen; where a work is for its parties alone, it may read it from now on."""
    _refuse_non_member(joint_work, organisation)
    capacity = create_invitee_capacity(organisation)
    party = Party.objects.create(
        work=joint_work, organisation=organisation, capacity=capacity, part=party_role, must_sign=signature_required
    )
    if joint_work.label in (Label.AMBER, Label.STRICT):
        Audience.objects.get_or_create(record_id=joint_work.pk, organisation=organisation)
    return party


def _refuse_non_member(joint_work: JointWork, organisation: Organisation) -> None:
    if joint_work.label != Label.GREEN:
        return
    if not Membership.objects.active().filter(coalition=joint_work.coalition, organisation=organisation).exists():
        raise ActionRefused(
            _(
                "Choose “Everyone” or “Only the parties”. %(name)s is not a member, so it could not read this joint"
                " work."
            )
            % {"name": organisation},
            "organisations",
        )
