"""Agreeing on joint work: a charter is written, proposed, signed by each party, in force once all have, and amended.

Whoever signs sends along the digest of the text that they read. A text is not changed once it is proposed: it is taken
back, and goes on as a copy under the next number, for which all sign again.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.cooperation import policies
from jukwaa.cooperation.actions.work import (
    copy_answers_without_versions,
    create_next_draft,
    find_open_charter,
    lock_editable_work,
    refuse_ended_work,
    require_draft_charter,
)
from jukwaa.cooperation.charter_text import NamedParty, compute_charter_digest, render_charter_text
from jukwaa.cooperation.charters import get_charter_form
from jukwaa.cooperation.models import Charter, Deliverable, DeliverableReport, JointWork, Outcome, Party, Signature
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.places.regions import StakeholderGroup
from jukwaa.records import index

MIN_CHARTER_PARTIES = 2  # parties: one alone agrees with nobody


@action
def write_charter_answer(*, actor: Person, work: JointWork, question: str, answer: Any, from_version: int) -> Charter:
    """Answer one question of the charter that is being written.

    Somebody else may answer another question meanwhile; `from_version` matters where it is the same one. Raises
    PermissionDenied, ActionRefused, and EditConflict.
    """
    current = lock_editable_work(actor, work)
    charter = require_draft_charter(current)
    before = charter.answers.get(question, "" if isinstance(answer, str) else [])
    if before == answer:
        return charter
    if charter.version != from_version and charter.answers.get(f"{question}@", 0) > from_version:
        raise EditConflict(charter)
    charter.version += 1
    charter.answers = {**charter.answers, question: answer, f"{question}@": charter.version}
    charter.save(update_fields=["answers", "version"])
    record_activity(actor=actor, verb="answered", subject=charter, coalition=current.coalition)
    return charter


@action
def propose_charter(*, actor: Person, work: JointWork) -> Charter:
    """From now on it is one text that each party signs or not. Proposing twice changes nothing.

    Raises PermissionDenied and ActionRefused.
    """
    current = lock_editable_work(actor, work)
    if (there := find_open_charter(current)) is not None and there.is_being_signed:
        return there
    charter = require_draft_charter(current)
    parties = get_current_parties(current)
    _refuse_incomplete_charter(charter, parties)
    charter.text = render_current_charter_text(charter, parties)
    charter.digest, charter.proposed_at = compute_charter_digest(charter.text), timezone.now()
    charter.save(update_fields=["text", "digest", "proposed_at"])
    record_activity(actor=actor, verb="proposed", subject=charter, coalition=current.coalition, digest=charter.digest)
    return charter


@action
def sign_charter(*, actor: Person, party: Party, digest: str) -> Signature:
    """Confirm, for a party, the text with this digest. It is in force once all who must sign have. Twice is once.

    Raises PermissionDenied where the organisation lets somebody else speak for it by now, ActionRefused, and
    EditConflict.
    """
    if not policies.can_act_for_party(ViewerContext(actor), party):
        raise PermissionDenied(describe_missing_mandate(party))
    current = lock_row(party.work)  # of two who sign at once, the second waits here, and sees the first one's name
    current.coalition = party.work.coalition
    refuse_ended_work(current)
    found = Party.objects.select_related("organisation", "capacity").get(pk=party.pk)
    if found.left_at is not None:
        raise ActionRefused(_("%(name)s has left this joint work.") % {"name": found})
    charter = _get_unchanged_charter(current, found, digest)
    if (there := Signature.objects.filter(charter=charter, party=found).first()) is not None:
        return there
    capacity = create_capacity(coalition=current.coalition, person=actor, organisation=found.organisation)
    signature = Signature.objects.create(
        charter=charter, party=found, person=actor, capacity=capacity, digest=charter.digest
    )
    record_activity(
        actor=actor,
        verb="signed",
        subject=signature,
        coalition=current.coalition,
        capacity=capacity,
        digest=charter.digest,
    )
    if not find_unsigned_parties(charter):
        _bring_charter_into_force(joint_work=current, charter=charter, actor=actor, capacity=capacity)
    return signature


def describe_missing_mandate(party: Party) -> str:
    return _("You do not currently represent %(name)s, so you cannot sign on its behalf.") % {"name": party}


@action
def withdraw_charter_proposal(*, actor: Person, work: JointWork, reason: str) -> Charter:
    """Somebody wants it otherwise: the text that is signed is dropped, and a copy of it is written on.

    Raises PermissionDenied and ActionRefused.
    """
    current = lock_editable_work(actor, work)
    charter = find_open_charter(current)
    if charter is None:
        raise ActionRefused(_("The charter is in force. Draft an amendment to change it."))
    if charter.is_being_written:
        return charter
    if not reason.strip():
        raise ActionRefused(
            _("Describe in a sentence what needs to change, so that those who signed know why."), "reason"
        )
    draft = create_next_draft(actor, charter, reason)
    record_activity(actor=actor, verb="took-back", subject=charter, coalition=current.coalition)
    return draft


@action
def begin_charter_amendment(*, actor: Person, work: JointWork, reason: str) -> Charter:
    """Write on what is in force, which stays so until all have signed the new text. Beginning twice finds the first.

    Raises PermissionDenied and ActionRefused.
    """
    current = lock_editable_work(actor, work)
    if (there := find_open_charter(current)) is not None:
        return there
    base = current.charter_in_force()
    if base is None:
        raise ActionRefused(_("No charter is in force, so there is nothing to amend."))
    if not reason.strip():
        raise ActionRefused(_("Describe in a sentence what will change, and why."), "reason")
    highest = current.charters.order_by("-number").values_list("number", flat=True)[0]
    answers = {**copy_answers_without_versions(base.answers), **_build_deliverable_and_outcome_rows(current)}
    amendment = Charter.objects.create(
        work=current, number=highest + 1, form=base.form, answers=answers, why_changed=reason, by=actor
    )
    record_activity(actor=actor, verb="began", subject=amendment, coalition=current.coalition)
    return amendment


@action
def drop_charter_amendment(*, actor: Person, joint_work: JointWork) -> None:
    """What is in force stays as it is. Raises PermissionDenied and ActionRefused."""
    current = lock_editable_work(actor, joint_work)
    charter = find_open_charter(current)
    if charter is None:
        return
    if current.charter_in_force() is None:
        raise ActionRefused(
            _(
                "You can only withdraw an amendment, and this is the first charter. If you no longer want to work "
                "together, end the joint work."
            )
        )
    charter.dropped_at = timezone.now()
    charter.save(update_fields=["dropped_at"])
    record_activity(actor=actor, verb="dropped", subject=charter, coalition=current.coalition)


def get_current_parties(joint_work: JointWork) -> list[Party]:
    """Those that have not left."""
    return list(joint_work.parties.filter(left_at__isnull=True).select_related("capacity").order_by("pk"))


def get_amendment_reason(charter: Charter, charters: Iterable[Charter]) -> str:
    """The reason with which an amendment was begun; why a text was taken back since is for those who sign alone.

    `charters` are all of the work.
    """
    known = sorted(charters, key=lambda each: each.number)
    before = [each.number for each in known if each.in_force_since and each.number < charter.number]
    return next((each.why_changed for each in known if before and each.number > before[-1]), "")


def find_unsigned_parties(charter: Charter) -> list[Party]:
    """Those that must sign it, and have not."""
    return [party for party in find_unconfirmed_parties(charter) if party.must_sign]


def find_unconfirmed_parties(charter: Charter) -> list[Party]:
    """Those that have not signed it, also where they need not."""
    signed = Signature.objects.filter(charter=charter).values("party")
    waiting = Party.objects.filter(work=charter.work_id, left_at__isnull=True).exclude(pk__in=signed)
    rows = list(waiting.select_related("capacity", "organisation").order_by("pk"))
    for party in rows:
        party.work = charter.work
    return rows


def render_current_charter_text(charter: Charter, parties_by_name: list[Party]) -> str:
    """The text as it would be signed today."""
    work = charter.work
    ordinal = Charter.objects.filter(work=work, number__lt=charter.number, in_force_since__isnull=False).count()
    return render_charter_text(
        title=work.title,
        form=get_charter_form(charter.form),
        answers_by_question=charter.answers,
        parties=[build_named_party(party) for party in parties_by_name],
        language=work.language,
        part_number=ordinal,
    )


def build_named_party(party: Party) -> NamedParty:
    capacity = party.capacity
    groups = []
    if capacity.stakeholder_group != StakeholderGroup.UNKNOWN:
        groups.append(str(capacity.get_stakeholder_group_display()))
    if capacity.has_region:
        groups.append(str(capacity.get_regional_group_display()))
    return NamedParty(party.pk, capacity.name, groups, party.part, party.must_sign)


def find_unanswered_questions(charter: Charter) -> list[str]:
    """The names of the questions that must be answered before it is signed, and are not."""
    form = get_charter_form(charter.form)
    return [each.name for each in form.questions if each.name in form.needed and not charter.answers.get(each.name)]


def _refuse_incomplete_charter(charter: Charter, parties_by_name: list[Party]) -> None:
    if len([party for party in parties_by_name if party.must_sign]) < MIN_CHARTER_PARTIES:
        raise ActionRefused(_("At least 2 parties must sign. Add another party."))
    if missing := find_unanswered_questions(charter):
        form = get_charter_form(charter.form)
        names = " ".join(str(form.question(name).label) for name in missing)
        raise ActionRefused(_("Answer these questions first: %(questions)s") % {"questions": names})
    known = {party.pk for party in parties_by_name}
    for row in charter.answers.get("deliverables", []):
        if row.get("party") and row["party"] not in known:
            raise ActionRefused(
                _("The party responsible for “%(what)s” no longer takes part. Choose another party.") % row
            )


def _get_unchanged_charter(joint_work: JointWork, party: Party, digest: str) -> Charter:
    """The charter that is signed now, if it is the one that was read. Raises EditConflict."""
    signable = _find_signable_charter(joint_work, party)
    if signable is not None and signable.digest == digest:
        return signable
    if signable is None:
        sentence = _("You have not signed. The charter was withdrawn for changes after you opened it.")
    else:
        sentence = _("You have not signed. The charter changed after you opened it. Compare the two texts below.")
    raise EditConflict(signable, sentence=sentence)


def _find_signable_charter(joint_work: JointWork, party: Party) -> Charter | None:
    """What is proposed; else what is in force, which names the party if it was asked before that was proposed."""
    now = find_open_charter(joint_work)
    if now is not None and now.is_being_signed:
        return now
    force = joint_work.charter_in_force()
    is_named = force is not None and force.proposed_at is not None and party.joined_at <= force.proposed_at
    return force if is_named else None


@action
def _bring_charter_into_force(*, joint_work: JointWork, charter: Charter, actor: Person, capacity: Capacity) -> None:
    if charter.in_force_since is not None:
        return
    charter.in_force_since = timezone.now()
    charter.save(update_fields=["in_force_since"])
    _save_charter_deliverables(joint_work, charter)
    _save_charter_outcomes(joint_work, charter)
    if joint_work.stage == JointWork.Stage.AGREEING:
        joint_work.stage = JointWork.Stage.UNDER_WAY
        joint_work.starts_on = joint_work.starts_on or timezone.localdate()
        joint_work.save(update_fields=["stage", "starts_on"])
    index.reindex_record(joint_work)
    record_activity(actor=actor, verb="in-force", subject=charter, coalition=joint_work.coalition, capacity=capacity)


def _save_charter_deliverables(joint_work: JointWork, charter: Charter) -> None:
    """What the text promises becomes what is reported on. What an amendment leaves out is dropped, and says so."""
    kept = set()
    for row in charter.answers.get("deliverables", []):
        day = date.fromisoformat(row["on"])
        told = {"what": row["what"], "party_id": row.get("party"), "promised_for": day}
        deliverable = Deliverable.objects.filter(work=joint_work, pk=row.get("id") or 0).first()
        if deliverable is None:
            deliverable = Deliverable.objects.create(work=joint_work, first_promised_for=day, **told)
        else:
            Deliverable.objects.filter(pk=deliverable.pk).update(**told)
        kept.add(deliverable.pk)
    open_ones = Deliverable.objects.filter(work=joint_work).exclude(pk__in=kept)
    gone = open_ones.exclude(state__in=[Deliverable.State.DELIVERED, Deliverable.State.DROPPED])
    words = _("Removed by an amendment: %(why)s") % {"why": get_amendment_reason(charter, joint_work.charters.all())}
    for deliverable in gone:
        DeliverableReport.objects.create(deliverable=deliverable, state=Deliverable.State.DROPPED, words=words)
    gone.update(state=Deliverable.State.DROPPED)


def _save_charter_outcomes(joint_work: JointWork, charter: Charter) -> None:
    for row in charter.answers.get("outcomes", []):
        told = {name: row.get(name) or "" for name in ("what", "indicator", "unit")}
        told |= {name: row.get(name) for name in ("baseline", "target")}
        there = Outcome.objects.filter(work=joint_work, pk=row.get("id") or 0)
        if not there.update(**told):
            Outcome.objects.create(work=joint_work, **told)


def _build_deliverable_and_outcome_rows(joint_work: JointWork) -> dict[str, Any]:
    """What an amendment begins with: the promises that stand, with the numbers under which they are reported on."""
    standing = joint_work.deliverables.exclude(state=Deliverable.State.DROPPED)
    return {
        "deliverables": [
            {"id": row.pk, "what": row.what, "party": row.party_id, "on": row.promised_for.isoformat()}
            for row in standing
        ],
        "outcomes": [
            {
                "id": row.pk,
                **{name: getattr(row, name) for name in ("what", "indicator", "unit")},
                **{name: _format_decimal_value(getattr(row, name)) for name in ("baseline", "target")},
            }
            for row in joint_work.outcomes.all()
        ],
    }


def _format_decimal_value(decimal_value: Any) -> str | None:
    return None if decimal_value is None else f"{decimal_value.normalize():f}"
