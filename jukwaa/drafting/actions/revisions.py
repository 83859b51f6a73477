"""Naming a revision: what readers see, comment on and agree to. What hangs on its clauses is followed at once."""

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting.actions.clauses import lock_text_for_edit
from jukwaa.drafting.actions.evidence import save_revision_evidence
from jukwaa.drafting.crediting import credit_accepted_inputs
from jukwaa.drafting.input_tracking import relocate_inputs_in_revision
from jukwaa.drafting.models import Placement, Revision, Text
from jukwaa.records import index


class NothingChangedError(ActionRefused):
    """The text reads as its latest revision. The message is a sentence for whoever wanted to name it."""


@action
def create_named_revision(*, actor: Person, text: Text, revision_name: str = "", revision_note: str = "") -> Revision:
    """Give how the text reads now a number, a name and a date. Raises PermissionDenied and NothingNew."""
    current = lock_text_for_edit(actor, text, counts_as_edit=False)
    latest = current.get_latest_revision()
    if not Placement.objects.now(current).exists():
        raise NothingChangedError(_("Write at least one clause first."))
    if latest is not None and latest.step == current.step:
        raise NothingChangedError(_("Change the text first. It is still the same as the latest revision."))
    revision = Revision.objects.create(
        text=current,
        number=latest.number + 1 if latest else 1,
        step=current.step,
        name=revision_name,
        note=revision_note,
        by=actor,
    )
    save_revision_evidence(revision)
    index.reindex_record(current)
    relocate_inputs_in_revision(current, revision, latest.step if latest else 0)
    credit_accepted_inputs(current, revision)
    record_activity(actor=actor, verb="named", subject=revision, coalition=current.coalition)
    return revision


def create_named_revision_once(*, actor: Person, text: Text, revision_name: str, revision_note: str) -> Revision:
    """Name a revision as `create_named_revision` does, but return the latest if this person has just named it so.

    It is for forms, which may be sent twice. Raises PermissionDenied and NothingNew.
    """
    try:
        return create_named_revision(actor=actor, text=text, revision_name=revision_name, revision_note=revision_note)
    except NothingChangedError:
        latest = text.get_latest_revision()
        if latest is None or (latest.by_id, latest.name, latest.note) != (actor.pk, revision_name, revision_note):
            raise
        return latest
