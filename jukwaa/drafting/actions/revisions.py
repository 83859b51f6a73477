"""Naming a revision: what readers see, comment on and agree to. What hangs on its clauses is followed at once."""

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, note
from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting.actions.clauses import open_for
from jukwaa.drafting.actions.evidence import keep_what_it_rests_on
from jukwaa.drafting.crediting import credit_accepted
from jukwaa.drafting.following import follow_inputs
from jukwaa.drafting.models import Placement, Revision, Text
from jukwaa.records import index


class NothingNew(ActionRefused):
    """The text reads as its latest revision. The message is a sentence for whoever wanted to name it."""


@action
def name_revision(*, actor: Person, text: Text, name: str = "", note_on_it: str = "") -> Revision:
    """Give how the text reads now a number, a name and a date. Raises PermissionDenied and NothingNew."""
    current = open_for(actor, text, counts=False)
    latest = current.latest_revision()
    if not Placement.objects.now(current).exists():
        raise NothingNew(_("Write at least one clause first."))
    if latest is not None and latest.step == current.step:
        raise NothingNew(_("Change the text first. It is still the same as the latest revision."))
    revision = Revision.objects.create(
        text=current, number=latest.number + 1 if latest else 1, step=current.step, name=name, note=note_on_it, by=actor
    )
    keep_what_it_rests_on(revision)
    index.refresh(current)
    follow_inputs(current, revision, latest.step if latest else 0)
    credit_accepted(current, revision)
    note(actor=actor, verb="named", subject=revision, coalition=current.coalition)
    return revision


def name_revision_once(*, actor: Person, text: Text, name: str, note_on_it: str) -> Revision:
    """Name a revision as `name_revision` does, but return the latest if this person has just named it so.

    It is for forms, which may be sent twice. Raises PermissionDenied and NothingNew.
    """
    try:
        return name_revision(actor=actor, text=text, name=name, note_on_it=note_on_it)
    except NothingNew:
        latest = text.latest_revision()
        if latest is None or (latest.by_id, latest.name, latest.note) != (actor.pk, name, note_on_it):
            raise
        return latest
