"""Who owns a commitment: proposed, confirmed, declined, handed over or taken over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions import activities
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.capacities import create_capacity, create_capacity_from_source
from jukwaa.coalitions.models import Capacity, Organisation
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.meetings import policies
from jukwaa.meetings.actions.speaker_capacities import SpeakerCapacities, Voice, resolve_merged_organisation
from jukwaa.meetings.chatham_house_rule import ForbiddenNames
from jukwaa.meetings.commitment_ownership import find_owner_by_name
from jukwaa.meetings.models import Commitment, CommitmentChange, Meeting
from jukwaa.meetings.owner_withholding import has_any_public_source, withhold_owner_names, withhold_proposed_owner
from jukwaa.records.actions import change_record
from jukwaa.records.models import Document, State

CommitmentChangeEvent = CommitmentChange.Event


@dataclass(frozen=True)
class CommitmentOwnership:
    """An owner whose name may be public, or one who has to confirm first; neither where nobody is named."""

    confirmed: Capacity | None = None
    proposal: Voice | None = None
    person: Person | None = None  # who is proposed as an owner on their own

    def apply_to_commitment(self, commitment: Commitment) -> int | None:
        """Propose the owner in a commitment that is saved later. Return the number of one who need not confirm."""
        name, organisation = self.proposal or ("", None)
        commitment.proposed_name, commitment.proposed_organisation = name, organisation
        commitment.owner, commitment.needs_owner = self.confirmed, False
        commitment.responsible = self.person
        return self.confirmed.pk if self.confirmed else None


def build_commitment_ownership(
    actor: Person,
    meeting: Meeting,
    owner_voice: Voice | None,
    documents: Sequence[Document],
    speaker_capacities: SpeakerCapacities | None = None,
) -> CommitmentOwnership:
    """Decide whether an owner has to confirm: not where a public document names them, or if the actor represents them.

    A name that is no organisation's may be a person's: see `find_owner_by_name`.

    Raises ActionRefused for a name that is not kept in the record.
    """
    if owner_voice is None:
        return CommitmentOwnership()
    speaker_capacities = speaker_capacities or SpeakerCapacities(meeting)
    name, organisation = owner_voice[0], resolve_merged_organisation(owner_voice[1], meeting)
    own = organisation is not None and organisation.pk in Standing(actor, meeting.coalition).speaks_for
    if own or (documents and has_any_public_source(documents)):
        return CommitmentOwnership(confirmed=speaker_capacities.get_or_create_capacity(owner_voice))
    speaker_capacities.require_recordable_name(name)
    person = find_owner_by_name(name, meeting.coalition) if organisation is None else None
    if person == actor:
        return CommitmentOwnership(
            confirmed=create_capacity(coalition=meeting.coalition, person=person, organisation=None)
        )
    return CommitmentOwnership(proposal=(name, organisation), person=person)


def is_proposed_owner(commitment: Commitment, owner_voice: Voice) -> bool:
    """Whether a speaker is the proposed owner."""
    name, organisation = owner_voice
    same = organisation is not None and organisation == commitment.proposed_organisation
    return same or name.casefold() == commitment.proposed_name.casefold()


def record_commitment_change(
    commitment: Commitment, *, actor: Person, event: str, activity_verb: str | None = None, **details: Any
) -> CommitmentChange:
    """Write one line of the history of a commitment, and its activity unless a change of the record has written it."""
    change = CommitmentChange.objects.create(commitment=commitment, person=actor, event=event, **details)
    if activity_verb:
        entry = commitment.entry
        activities.record_activity(actor=actor, verb=activity_verb, subject=entry, coalition=entry.coalition)
    return change


@action
def confirm_commitment_owner(*, actor: Person, commitment: Commitment, note: str = "") -> Commitment:
    """Accept a commitment for the owner who was proposed: from now on it is public under their name.

    Confirming again changes nothing. Raises PermissionDenied.
    """
    current = lock_commitment_row(commitment)
    if not policies.can_confirm_owner(ViewerContext(actor), current):
        raise PermissionDenied
    if not current.proposed_name:
        return current
    entry = current.entry
    if (person := current.proposed_person) is not None:
        owner = create_capacity(coalition=entry.coalition, person=person, organisation=None)
    else:
        owner = SpeakerCapacities(entry.meeting).get_or_create_capacity((current.proposed_name, current.proposed))
    changes: dict[str, Any] = {"owner_id": owner.pk}
    confirmed_fellows: list[Commitment] = []
    if current.withheld_text:
        fellows = list(find_fellow_commitments(current))
        if all(fellow.owner_id for fellow in fellows) and _is_text_withheld_for_owners(current, fellows):
            changes |= {"text": current.withheld_text, "title": current.withheld_title}
            current.withheld_text = current.withheld_title = ""
            confirmed_fellows = fellows
    change_record(
        actor=actor,
        record=entry,
        changes=changes,
        from_version=entry.version,
        activity_verb="confirmed-owner",
        is_trusted=True,
    )
    if current.owner_spoke and current.owner_id is None:
        entry.speakers.add(owner)
    current.owner, current.proposed_name, current.proposed_organisation = owner, "", None
    current.needs_owner = current.owner_spoke = False
    current.responsible = None
    current.save()
    record_commitment_change(current, actor=actor, event=CommitmentChangeEvent.CONFIRMED, owner=owner, note=note)
    _restore_texts(actor, confirmed_fellows, changes)
    return current


def find_fellow_commitments(commitment: Commitment) -> QuerySet[Commitment]:
    """Find commitments of other owners in the same words, of which the public does not read all yet."""
    alike = Commitment.objects.filter(entry__meeting=commitment.entry.meeting_id).exclude(entry=commitment.entry_id)
    alike = alike.filter(withheld_text=commitment.withheld_text) if commitment.withheld_text else alike.none()
    named = alike.exclude(entry__state=State.WITHDRAWN).exclude(owner=None, proposed_name="", needs_owner=False)
    return named.select_related("entry__meeting", "owner__organisation", "proposed_organisation__merged_into")


def _restore_texts(actor: Person, commitments: Sequence[Commitment], changes: dict[str, Any]) -> None:
    """Show in these commitments, too, what the public could not read before the last owner confirmed theirs."""
    for commitment in commitments:
        entry = commitment.entry
        texts = {name: changes[name] for name in ("text", "title")}
        change_record(actor=actor, record=entry, changes=texts, from_version=entry.version, is_trusted=True)
        Commitment.objects.filter(pk=commitment.pk).update(withheld_text="", withheld_title="")


def _is_text_withheld_for_proposed_owner(commitment: Commitment) -> bool:
    return _is_text_withheld_for_owners(commitment, ())


def _is_text_withheld_for_owners(commitment: Commitment, fellows: Sequence[Commitment]) -> bool:
    """Whether the text as written names the proposed owner and these owners, and nobody else who has not confirmed."""
    entry = commitment.entry
    owners = [(each.owner.name, each.owner.organisation) for each in fellows if each.owner]
    owners.append((commitment.proposed_name, commitment.proposed))
    languages = (entry.language, "en")  # earlier versions wrote "a member" in languages that the interface lacks
    return entry.text in {withhold_owner_names(commitment.withheld_text, owners, each) for each in languages}


@action
def decline_commitment_ownership(*, actor: Person, commitment: Commitment, note: str = "") -> Commitment:
    """Say that a commitment is not theirs, for its owner or the one who was proposed. Coordinators are notified.

    The name of an owner who was never public stays so. Raises PermissionDenied.
    """
    current = lock_commitment_row(commitment)
    if not policies.can_decline_owner(ViewerContext(actor), current):
        raise PermissionDenied
    name = current.proposed_name or (current.owner.name if current.owner and current.owner.organisation_id else "")
    was_handed_over = bool(current.proposed_name) and current.owner_id is not None
    note = check_owner_note(current, note)
    current.proposed_name, current.proposed_organisation = "", None
    current.needs_owner, current.owner_spoke = not was_handed_over, False
    current.responsible = current.responsible if current.owner_id else None
    current.save()
    record_commitment_change(
        current,
        actor=actor,
        event=CommitmentChangeEvent.DECLINED,
        before=name,
        note=note,
        activity_verb="declined-owner",
    )
    return current


@action
def propose_commitment_owner(
    *, actor: Person, commitment: Commitment, owner_voice: Voice, owner_note: str = ""
) -> Commitment:
    """Ask another organisation to take a commitment on. The owner of today stays the owner until it accepts.

    Raises PermissionDenied, and ActionRefused if it is the owner already.
    """
    current = lock_commitment_row(commitment)
    if not policies.can_propose_owner(ViewerContext(actor), current):
        raise PermissionDenied
    name, organisation = owner_voice[0], resolve_merged_organisation(owner_voice[1], current.entry.meeting)
    if current.owner and organisation and current.owner.organisation_id == organisation.pk:
        raise ActionRefused(_("Choose another organisation. This one is the owner already."), "organisation")
    SpeakerCapacities(current.entry.meeting).require_recordable_name(name)
    owner_note = check_owner_note(current, owner_note)
    current.proposed_name, current.proposed_organisation = name, organisation
    current.needs_owner = current.owner_spoke = False
    current.responsible = current.responsible if current.owner_id else None
    if current.owner_id is None and not _is_text_withheld_for_proposed_owner(current):
        current.withheld_text = current.withheld_title = ""  # it names an owner who has declined
    current.save()
    record_commitment_change(
        current,
        actor=actor,
        event=CommitmentChangeEvent.PROPOSED,
        after=name,
        note=owner_note,
        activity_verb="proposed-owner",
    )
    return current


@action
def take_over_commitment(
    *, actor: Person, commitment: Commitment, organisation: Organisation | None, owner_note: str = ""
) -> Commitment:
    """Become the owner of a commitment that has none, or whose owner has declined it or left.

    Raises PermissionDenied.
    """
    current = lock_commitment_row(commitment)
    if not policies.can_take_over(ViewerContext(actor), current):
        raise PermissionDenied
    entry = current.entry
    standing = Standing(actor, entry.coalition)
    if organisation is not None and organisation.pk not in standing.speaks_for:
        raise PermissionDenied
    if organisation is not None:
        owner = create_capacity_from_source(
            coalition=entry.coalition, person_name=organisation.name, organisation=organisation
        )
    else:
        owner = create_capacity(coalition=entry.coalition, person=actor, organisation=None)
    owner_note = check_owner_note(current, owner_note)
    change_record(
        actor=actor,
        record=entry,
        changes={"owner_id": owner.pk},
        from_version=entry.version,
        activity_verb="took-over",
        is_trusted=True,
    )
    current.owner, current.proposed_name, current.proposed_organisation = owner, "", None
    current.needs_owner, current.responsible = False, None
    current.save()
    record_commitment_change(current, actor=actor, event=CommitmentChangeEvent.TAKEN_OVER, owner=owner, note=owner_note)
    return current


def lock_commitment_row(commitment: Commitment) -> Commitment:
    """Return the commitment as it is now, with its entry. Raises ActionRefused if that is not open to changes."""
    entry = lock_row(commitment.entry)
    current = lock_row(commitment)
    current.entry = entry
    if entry.state in {State.WITHDRAWN, State.HELD}:
        raise ActionRefused(_("This commitment has been withdrawn. It can no longer be changed."))
    return current


def check_owner_note(commitment: Commitment, owner_note: str) -> str:
    """Return what may be kept of a note: no name of an owner who has not confirmed.

    Raises NamesFoundError under the Chatham House Rule.
    """
    if commitment.entry.is_chatham:
        ForbiddenNames(commitment.entry.meeting).refuse_names_in_texts(owner_note)
    return withhold_proposed_owner(commitment, owner_note, commitment.entry.language)
