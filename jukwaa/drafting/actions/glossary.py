"""The glossary that the texts of a coalition share."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.drafting import policies
from jukwaa.drafting.models import Term


def get_term_version_stamp(term: Term) -> int:
    """By which a writer's copy of it is known."""
    return round(term.at.timestamp() * 1_000_000)


@action
def define_glossary_term(
    *, actor: Person, coalition: Coalition, name: str, language: str, meaning: str, source: str = ""
) -> Term:
    """Raises PermissionDenied and ActionRefused. Defining a word in the same words again changes nothing."""
    if not policies.can_edit_glossary(ViewerContext(actor), coalition):
        raise PermissionDenied(_("Only members can edit the glossary. You can apply to join."))
    same = Term.objects.filter(coalition=coalition, language=language, name__iexact=name)
    term = Term(coalition=coalition, name=name, language=language, meaning=meaning, source=source, by=actor)
    if not same.exists() and _save_term_if_unique(term):
        record_activity(actor=actor, verb="defined", subject=term, coalition=coalition)
        return term
    there = same.first()
    if there is not None and (there.by_id, there.meaning, there.source) == (actor.pk, meaning, source):
        return there
    raise ActionRefused(_("Change the existing definition. This term is already in the glossary."), "name")


def _save_term_if_unique(term: Term) -> bool:
    """Return False where the glossary has the word already: of two who define it at once, one is told so."""
    try:
        with transaction.atomic():
            term.save()
    except IntegrityError:
        return False
    return True


@action
def change_glossary_term(*, actor: Person, term: Term, seen_stamp: int, name: str, meaning: str, source: str) -> Term:
    """Raises PermissionDenied, ActionRefused, and EditConflict where somebody else was faster."""
    if not policies.can_edit_glossary(ViewerContext(actor), term.coalition):
        raise PermissionDenied
    current = lock_row(term)
    if (current.name, current.meaning, current.source) == (name, meaning, source):
        return current
    if get_term_version_stamp(current) != seen_stamp:
        raise EditConflict(current)
    current.name, current.meaning, current.source = name, meaning, source
    current.by, current.at = actor, timezone.now()
    if not _save_term_if_unique(current):
        raise ActionRefused(_("Enter a different term. This one is already in the glossary."), "name")
    record_activity(actor=actor, verb="changed", subject=current, coalition=term.coalition)
    return current
