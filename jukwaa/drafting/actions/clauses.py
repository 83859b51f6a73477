"""Writing: one clause at a time, each change a step, nothing ever lost.

Whoever changes a clause says what it read when they began: where somebody else was faster, both texts are shown.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.drafting import policies
from jukwaa.drafting.clause_numbering import assign_clause_numbers
from jukwaa.drafting.models import Clause, Evidence, Lineage, Placement, Rest, Text, Wording
from jukwaa.drafting.models.texts import get_next_clause_number

CLAUSE_POSITION_GAP = 1 << 20  # between neighbours, so that a clause is put between them without moving any other
# What one person writes at one clause without a pause is one change: it is saved as they go, and kept once.
EDIT_SESSION_DURATION = timedelta(minutes=10)
MAX_CLAUSE_LENGTH = 20_000
TEXT_WITHDRAWN_MESSAGE = gettext_lazy("This text has been withdrawn from the record. You can no longer change it.")
MAX_CLAUSES = 5_000


@dataclass(frozen=True)
class ClauseDraft:
    """A clause to be: as what, on which level, with which words; and the clause that it was adapted from.

    `own_number` is the number that it has in its document.
    """

    body: str
    kind: str = Placement.Kind.PARAGRAPH
    level: int = 1
    origin: Clause | None = None
    own_number: str = ""


def compute_wording_digest(clause_body: str) -> str:
    """By which a wording is known: the same words are stored once."""
    return hashlib.blake2b(clause_body.encode(), digest_size=16).hexdigest()


@action
def add_clauses(*, actor: Person, text: Text, clause_drafts: Iterable[ClauseDraft]) -> list[Clause]:
    """Put many clauses at the end at once, as one step: a template, or a file that was brought.

    Raises PermissionDenied and ActionRefused.
    """
    current = lock_text_for_edit(actor, text)
    rows = [draft for draft in clause_drafts if draft.body.strip()]
    first, last = get_next_clause_number(current), _get_last_clause_position(current)
    _refuse_too_many_clauses(first + len(rows) - 1)
    for row in rows:
        _refuse_long_clause(row.body)
    clauses = Clause.objects.bulk_create(
        Clause(text=current, number=number, own_number=own_number)
        for number, own_number in assign_clause_numbers([row.own_number for row in rows], first)
    )
    wordings = _get_or_create_wordings(current, [row.body for row in rows])
    Placement.objects.bulk_create(
        Placement(
            text=current,
            clause=clause,
            wording=wordings[row.body],
            kind=row.kind,
            level=row.level,
            position=last + CLAUSE_POSITION_GAP * at,
            since=current.step,
            by=actor,
        )
        for at, (row, clause) in enumerate(zip(rows, clauses, strict=True), 1)
    )
    Lineage.objects.bulk_create(
        Lineage(clause=clause, origin=row.origin, how=Lineage.How.ADAPTED)
        for row, clause in zip(rows, clauses, strict=True)
        if row.origin is not None
    )
    _copy_quoted_evidence(
        (clause, row.origin) for row, clause in zip(rows, clauses, strict=True) if row.origin is not None
    )
    record_activity(actor=actor, verb="composed", subject=current, coalition=current.coalition)
    return clauses


@action
def add_clause(
    *, actor: Person, text: Text, clause_draft: ClauseDraft, after_clause: Clause | None = None
) -> Placement:
    """Put a new clause after another one, or first. Raises PermissionDenied, EditConflict and ActionRefused."""
    current = lock_text_for_edit(actor, text)
    _refuse_long_clause(clause_draft.body)
    number = get_next_clause_number(current)
    _refuse_too_many_clauses(number)
    position = _get_clause_position_after(current, after_clause)
    clause = Clause.objects.create(text=current, number=number)
    placement = _create_clause_placement(actor, current, clause, clause_draft, position)
    record_activity(actor=actor, verb="added", subject=clause, coalition=current.coalition)
    return placement


@action
def write_clause_body(
    *, actor: Person, clause: Clause, clause_body: str, from_digest: str, clause_kind: str = "", heading_level: int = 0
) -> Placement:
    """Say a clause anew, and if need be as something else (a heading, an item of a list).

    Raises PermissionDenied, EditConflict where somebody else was faster, and ActionRefused.
    """
    current = lock_text_for_edit(actor, clause.text, counts_as_edit=False)
    _refuse_long_clause(clause_body)
    old = _get_current_placement(clause, from_digest)
    draft = ClauseDraft(clause_body, clause_kind or old.kind, heading_level or old.level)
    if (old.wording.body, old.kind, old.level) == (draft.body, draft.kind, draft.level):
        return old
    if _is_same_edit_session(current, old, actor):
        return _overwrite_clause_placement(old, draft)
    _increment_text_step(current)
    placement = _create_clause_placement(actor, current, clause, draft, old.position, replaced_placement=old)
    record_activity(actor=actor, verb="wrote", subject=clause, coalition=current.coalition)
    return placement


def save_clause_body(*, actor: Person, clause: Clause, body: str, from_digest: str, kind: str, level: int) -> Placement:
    """Write a clause as `write_clause` does, but return it where it reads so already: pressed twice, or saved before.

    Raises PermissionDenied, EditConflict and ActionRefused.
    """
    try:
        return write_clause_body(
            actor=actor, clause=clause, clause_body=body, from_digest=from_digest, clause_kind=kind, heading_level=level
        )
    except EditConflict as conflict:
        now: Placement | None = conflict.current
        if now is None or (now.wording.body, now.kind, now.level) != (body, kind, level):
            raise
        return now


@action
def move_clause(*, actor: Person, clause: Clause, after_clause: Clause | None) -> Placement:
    """Put a clause after another one, or first: it keeps its number. Raises PermissionDenied and EditConflict."""
    current = lock_text_for_edit(actor, clause.text)
    old = _get_current_placement(clause)
    if after_clause is not None and after_clause.pk == clause.pk:
        return old
    position = _get_clause_position_after(current, after_clause)
    old.refresh_from_db(fields=["position"])
    draft = ClauseDraft(old.wording.body, old.kind, old.level)
    placement = _create_clause_placement(actor, current, clause, draft, position, replaced_placement=old)
    record_activity(actor=actor, verb="moved", subject=clause, coalition=current.coalition)
    return placement


@action
def split_clause(
    *, actor: Person, clause: Clause, character_index: int, seen_digest: str
) -> tuple[Placement, Placement]:
    """Part a clause at this character: the first part keeps the number, the second becomes a clause after it.

    Raises PermissionDenied, EditConflict, and ActionRefused where one part would be empty.
    """
    current = lock_text_for_edit(actor, clause.text)
    old = _get_current_placement(clause, seen_digest)
    first, second = old.wording.body[:character_index].rstrip(), old.wording.body[character_index:].lstrip()
    if not first or not second:
        raise ActionRefused(_("Choose a place between two words, so that both parts contain text."))
    number = get_next_clause_number(current)
    _refuse_too_many_clauses(number)
    position = _get_clause_position_after(current, clause)
    old.refresh_from_db(fields=["position"])
    other = Clause.objects.create(text=current, number=number)
    Lineage.objects.create(clause=other, origin=clause, how=Lineage.How.SPLIT)
    _copy_quoted_evidence([(other, clause)])
    kept = _create_clause_placement(
        actor, current, clause, ClauseDraft(first, old.kind, old.level), old.position, replaced_placement=old
    )
    new = _create_clause_placement(actor, current, other, ClauseDraft(second, old.kind, old.level), position)
    record_activity(actor=actor, verb="split", subject=clause, coalition=current.coalition)
    return kept, new


@action
def merge_clauses(*, actor: Person, clause: Clause, target_clause: Clause, seen_digests: tuple[str, str]) -> Placement:
    """Join a clause to the end of another one; its number is not used again.

    `from_digests` are those of `clause` and of `into`. Raises PermissionDenied, EditConflict and ActionRefused.
    """
    if clause.pk == target_clause.pk or clause.text_id != target_clause.text_id:
        raise ActionRefused(_("Choose another clause of the same text."))
    current = lock_text_for_edit(actor, clause.text)
    gone, kept = _get_current_placement(clause, seen_digests[0]), _get_current_placement(target_clause, seen_digests[1])
    joint = "\n" if Placement.Kind.TABLE in (gone.kind, kept.kind) else " "
    body = f"{kept.wording.body}{joint}{gone.wording.body}"
    _refuse_long_clause(body)
    _end_clause_placement(current, gone)
    Lineage.objects.get_or_create(clause=target_clause, origin=clause, how=Lineage.How.MERGED)
    _copy_quoted_evidence([(target_clause, clause)])
    placement = _create_clause_placement(
        actor, current, target_clause, ClauseDraft(body, kept.kind, kept.level), kept.position, replaced_placement=kept
    )
    record_activity(actor=actor, verb="merged", subject=target_clause, coalition=current.coalition)
    return placement


@action
def remove_clause(*, actor: Person, clause: Clause, seen_digest: str) -> None:
    """Take a clause out; it stands in the revisions before, and can be put back.

    Raises PermissionDenied and EditConflict.
    """
    current = lock_text_for_edit(actor, clause.text)
    _end_clause_placement(current, _get_current_placement(clause, seen_digest))
    record_activity(actor=actor, verb="removed", subject=clause, coalition=current.coalition)


@action
def restore_clause_placement(*, actor: Person, placement: Placement) -> Placement:
    """Let a clause read, and stand, as it did: after an edit, or after it was taken out. Raises PermissionDenied."""
    current = lock_text_for_edit(actor, placement.text)
    now = Placement.objects.now(current).filter(clause=placement.clause_id).first()
    draft = ClauseDraft(placement.wording.body, placement.kind, placement.level)
    position = now.position if now else _get_free_clause_position(current, placement.position)
    back = _create_clause_placement(actor, current, placement.clause, draft, position, replaced_placement=now)
    _restore_quoted_evidence(placement.clause)
    record_activity(actor=actor, verb="put-back", subject=placement.clause, coalition=current.coalition)
    return back


def lock_text_for_edit(actor: Person, text: Text, *, counts_as_edit: bool = True) -> Text:
    """The text as it is now, held until the transaction ends, one step on."""
    if not policies.can_draft_text(ViewerContext(actor), text):
        raise PermissionDenied
    current = lock_row(text)
    if not current.is_open_to_change:
        raise PermissionDenied(TEXT_WITHDRAWN_MESSAGE)
    if counts_as_edit:
        _increment_text_step(current)
    return current


def _copy_quoted_evidence(clause_pairs: Iterable[tuple[Clause, Clause]]) -> None:
    """(clause, the one its words came from): words of a record are known as that wherever they go."""
    to = {origin.pk: clause for clause, origin in clause_pairs}
    Evidence.objects.bulk_create(
        (
            Evidence(
                clause=to[each.clause_id],
                record_id=each.record_id,
                note=each.note,
                quoted=True,
                part=each.part,
                taken_back=each.taken_back,
                by_id=each.by_id,
            )
            for each in Evidence.objects.filter(clause__in=to, quoted=True)
        ),
        ignore_conflicts=True,
    )


def _restore_quoted_evidence(clause: Clause) -> None:
    """What the clause said in an earlier revision may hold words that it quoted then."""
    quoted = Rest.objects.filter(clause=clause.pk, quoted=True).order_by()
    found = quoted.values_list("record", "part", "taken_back").distinct()
    Evidence.objects.bulk_create(
        (
            Evidence(clause=clause, record_id=record, quoted=True, part=part, taken_back=taken_back)
            for record, part, taken_back in found
        ),
        ignore_conflicts=True,
    )


def _increment_text_step(text: Text) -> None:
    text.step += 1
    text.save(update_fields=["step"])


def _get_current_placement(clause: Clause, seen_digest: str | None = None) -> Placement:
    found = Placement.objects.filter(clause=clause.pk, until__isnull=True).select_related("wording", "clause").first()
    if found is None or (seen_digest is not None and found.wording.digest != seen_digest):
        raise EditConflict(found)
    return found


def _is_same_edit_session(text: Text, old_placement: Placement, actor: Person) -> bool:
    """The same hand, a moment ago, and no revision since that holds what stood then."""
    fresh = old_placement.by_id == actor.pk and timezone.now() - old_placement.at < EDIT_SESSION_DURATION
    return fresh and not text.revisions.filter(step__gte=old_placement.since).exists()


def _overwrite_clause_placement(old_placement: Placement, clause_draft: ClauseDraft) -> Placement:
    before = old_placement.wording_id
    old_placement.wording = _get_or_create_wordings(old_placement.text, [clause_draft.body])[clause_draft.body]
    old_placement.kind, old_placement.level, old_placement.at = clause_draft.kind, clause_draft.level, timezone.now()
    old_placement.save(update_fields=["wording", "kind", "level", "at"])
    Wording.objects.filter(pk=before, placements__isnull=True, inputs__isnull=True).delete()
    return old_placement


def _create_clause_placement(
    actor: Person,
    text: Text,
    clause: Clause,
    clause_draft: ClauseDraft,
    placement_position: int,
    *,
    replaced_placement: Placement | None = None,
) -> Placement:
    if replaced_placement is not None:
        _end_clause_placement(text, replaced_placement)
    return Placement.objects.create(
        text=text,
        clause=clause,
        wording=_get_or_create_wordings(text, [clause_draft.body])[clause_draft.body],
        kind=clause_draft.kind,
        level=clause_draft.level,
        position=placement_position,
        since=text.step,
        by=actor,
    )


def _end_clause_placement(text: Text, placement: Placement) -> None:
    placement.until = text.step
    placement.save(update_fields=["until"])


def _get_or_create_wordings(text: Text, clause_bodies: list[str]) -> dict[str, Wording]:
    """Each of these by its words, stored where it was not yet."""
    digests = {body: compute_wording_digest(body) for body in clause_bodies}
    Wording.objects.bulk_create(
        (Wording(text=text, digest=digest, body=body) for body, digest in digests.items()), ignore_conflicts=True
    )
    stored = Wording.objects.filter(text=text, digest__in=set(digests.values())).in_bulk(field_name="id")
    by_digest = {wording.digest: wording for wording in stored.values()}
    return {body: by_digest[digest] for body, digest in digests.items()}


def _refuse_long_clause(clause_body: str) -> None:
    if len(clause_body) > MAX_CLAUSE_LENGTH:
        raise ActionRefused(
            _("Shorten the clause to %(most)s characters or fewer, or split it.") % {"most": MAX_CLAUSE_LENGTH}
        )


def _refuse_too_many_clauses(clause_count: int) -> None:
    if clause_count > MAX_CLAUSES:
        raise ActionRefused(
            _("Split the text into 2 or more texts. A text can have at most %(most)s clauses.") % {"most": MAX_CLAUSES}
        )


def _get_last_clause_position(text: Text) -> int:
    return Placement.objects.filter(text=text).order_by("-position").values_list("position", flat=True).first() or 0


def _get_clause_position_after(text: Text, after_clause: Clause | None) -> int:
    """A free place behind this clause, or before all others. Raises EditConflict where the clause is gone."""
    here = _get_current_placement(after_clause).position if after_clause is not None else 0
    following = Placement.objects.filter(text=text, position__gt=here).order_by("position")
    there = following.values_list("position", flat=True).first()
    if there is None:
        return here + CLAUSE_POSITION_GAP
    if there - here < 2:  # noqa: PLR2004 - nothing lies between two neighbours
        _renumber_clause_positions(text)
        return _get_clause_position_after(text, after_clause)
    return (here + there) // 2


def _get_free_clause_position(text: Text, placement_position: int) -> int:
    """The place itself, or one right behind it where another clause stands there now."""
    taken = Placement.objects.now(text).filter(position=placement_position).first()
    return placement_position if taken is None else _get_clause_position_after(text, taken.clause)


def _renumber_clause_positions(text: Text) -> None:
    """Make room between all places of the text, of every step: their order stays what it was."""
    places = Placement.objects.filter(text=text).order_by("position").values_list("position", flat=True).distinct()
    wanted = [(old, at * CLAUSE_POSITION_GAP) for at, old in enumerate(places, 1)]
    far = max(old for old, _new in wanted) + len(wanted) * CLAUSE_POSITION_GAP
    Placement.objects.filter(text=text).update(position=F("position") + far)  # none meets another on its way
    for old, new in wanted:
        Placement.objects.filter(text=text, position=old + far).update(position=new)
