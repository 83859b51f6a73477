"""Corrections of minutes: members submit them, those who keep the minutes decide; after the approval, errata."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Organisation, Role
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.drafting.models import Input
from jukwaa.meetings import policies
from jukwaa.meetings.actions.entries import change_entry
from jukwaa.meetings.actions.meetings import require_can_write_minutes
from jukwaa.meetings.chatham_house_rule import ForbiddenNames
from jukwaa.meetings.correction_replies import find_proposed_corrections
from jukwaa.meetings.models import (
    CORRECTION_DISPOSITIONS,
    Correction,
    Entry,
    Erratum,
    Meeting,
    Minutes,
    are_minutes_approved,
)

MAX_CORRECTION_LENGTH = 5000  # of one correction


@action
def submit_correction(
    *,
    actor: Person,
    minutes: Minutes,
    body: str,
    token: UUID,
    entry: Entry | None = None,
    organisation: Organisation | None = None,
    came: str = Input.Came.WEB,
) -> Correction:
    """Submit a correction of minutes that have been circulated; of approved ones it is a proposal for an erratum.

    Sent twice with one token, it is kept once.
    Raises PermissionDenied and ActionRefused, and NamesFoundError if it names
    somebody and is about an entry under the Chatham House Rule.
    """
    meeting = minutes.meeting
    if not policies.can_correct_minutes(ViewerContext(actor), meeting):
        raise PermissionDenied(_("Only members of the coalition can submit corrections to its minutes."))
    if organisation is not None and organisation.pk not in Standing(actor, meeting.coalition).speaks_for:
        raise PermissionDenied(
            _("Only confirmed representatives of an organisation can submit corrections on its behalf.")
        )
    current = lock_row(minutes)
    if current.is_draft and current.circulated_at is None:
        raise ActionRefused(_("These minutes have not been sent for correction yet."))
    if (known := Correction.objects.filter(token=token).first()) is not None:
        return known
    if entry is not None and entry.is_chatham:
        ForbiddenNames(meeting).refuse_names_in_texts(body)
    correction = Correction.objects.create(
        minutes=current,
        entry=entry,
        entry_version=entry.version if entry else None,
        body=body.strip(),
        author=actor,
        capacity=create_capacity(coalition=meeting.coalition, person=actor, organisation=organisation),
        came=came,
        token=token,
        is_late=not current.is_draft,
    )
    record_activity(actor=actor, verb="submitted", subject=correction, coalition=meeting.coalition)
    return correction


@action
def submit_corrections_by_email(
    *, actor: Person, minutes: Minutes, text: str, token: UUID, organisation: Organisation | None = None
) -> list[Correction]:
    """Submit each correction of a reply, or none; those that begin with the number of an entry are about that entry.

    Raises PermissionDenied, ActionRefused, and NamesFoundError.
    """
    return [
        submit_correction(
            actor=actor,
            minutes=minutes,
            body=found.body,
            entry=found.entry,
            organisation=organisation,
            token=UUID(hashlib.sha256(f"{token} {number}".encode()).hexdigest()[:32]),
            came=Input.Came.MAIL,
        )
        for number, found in enumerate(find_proposed_corrections(minutes.meeting, text))
    ]


@dataclass(frozen=True)
class CorrectionDecision:
    """What is decided on a correction. `text` is how the entry or the erratum reads then; empty leaves it as it is."""

    disposition: str
    reason: str
    text: str = ""
    from_version: int = 0  # of the entry


@action
def decide_correction(*, actor: Person, correction: Correction, ruling: CorrectionDecision) -> Correction:
    """Decide on a correction, once, and tell its author. An accepted one changes the entry, or adds an erratum.

    Raises PermissionDenied, ActionRefused, EditConflict of the entry, and NamesFoundError under the Chatham House Rule.
    """
    meeting = correction.minutes.meeting
    if not policies.can_manage_minutes(ViewerContext(actor), meeting.coalition):
        raise PermissionDenied
    minutes = lock_row(correction.minutes)
    current = lock_row(correction)
    if not current.is_open:
        raise ActionRefused(
            _(
                "Someone else has already decided on this correction. You can "
                "read their decision in the list of corrections."
            )
        )
    _require_complete_decision(ruling)
    if ruling.disposition != Input.Answer.NOT_ACCEPTED:
        _apply_accepted_correction(actor, current, ruling)
        Minutes.objects.filter(pk=minutes.pk).update(allows_silence=minutes.allows_silence)  # this change was asked for
    current.disposition, current.reason = ruling.disposition, ruling.reason.strip()
    current.decided_by, current.decided_at = actor, timezone.now()
    current.save(update_fields=["disposition", "reason", "decided_by", "decided_at"])
    record_activity(actor=actor, verb="decided", subject=current, coalition=meeting.coalition)
    return current


def _require_complete_decision(correction_decision: CorrectionDecision) -> None:
    if correction_decision.disposition not in CORRECTION_DISPOSITIONS:
        raise ActionRefused(_("Choose a decision on the correction."), "disposition")
    if not correction_decision.reason.strip():
        raise ActionRefused(_("Enter a reason. We will send it to the author."), "reason")


def _apply_accepted_correction(actor: Person, correction: Correction, correction_decision: CorrectionDecision) -> None:
    """Change the entry of a draft; of approved minutes, the words stay and an erratum is added."""
    entry, text = correction.entry, correction_decision.text.strip()
    meeting = correction.minutes.meeting
    if are_minutes_approved(meeting):
        add_erratum_to_minutes(actor=actor, meeting=meeting, text=text, entry=entry, correction=correction)
    elif entry is not None and text and text != get_entry_text_as_written(entry):
        change_entry(actor=actor, entry=entry, changes={"text": text}, from_version=correction_decision.from_version)


def get_entry_text_as_written(entry: Entry) -> str:
    """Return the text of an entry as those who keep the minutes read it."""
    commitment = entry.commitment_if_any
    return commitment.written_text if commitment else entry.text


@action
def add_erratum_to_minutes(
    *, actor: Person, meeting: Meeting, text: str, entry: Entry | None = None, correction: Correction | None = None
) -> Erratum:
    """Add a visible erratum to approved minutes, at an entry or at all of them. The same again adds nothing.

    Raises PermissionDenied, ActionRefused before the approval, and NamesFoundError under the Chatham House Rule.
    """
    require_can_write_minutes(actor, meeting)
    if not are_minutes_approved(meeting):
        raise ActionRefused(_("These minutes have not been approved yet. Edit the entry instead."))
    if not text.strip():
        raise ActionRefused(_("Enter the text of the erratum."), "text")
    if entry is not None and entry.is_chatham:
        ForbiddenNames(meeting).refuse_names_in_texts(text)
    known = Erratum.objects.filter(meeting=meeting, entry=entry, text=text.strip()).first()
    if known is not None:
        return known
    erratum = Erratum.objects.create(
        meeting=meeting,
        entry=entry,
        text=text.strip(),
        person=actor,
        role=_get_minutes_role(Standing(actor, meeting.coalition)),
        correction=correction,
    )
    record_activity(actor=actor, verb="added-erratum", subject=meeting, coalition=meeting.coalition)
    return erratum


def _get_minutes_role(viewer_standing: Standing) -> str:
    """Return the role in which somebody keeps the minutes."""
    roles = (Role.Kind.RAPPORTEUR, Role.Kind.COORDINATOR, Role.Kind.EDITOR)
    return next((role for role in roles if role in viewer_standing.roles), Role.Kind.RAPPORTEUR)
