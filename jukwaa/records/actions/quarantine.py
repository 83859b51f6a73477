"""What the safeguarding lead does: out of sight at once, back again, or erased for good."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.records import index, policies
from jukwaa.records.models import Comment, Held, Record, Source, State, Version
from jukwaa.records.quarantine_store import set_held_decision
from jukwaa.records.signals import record_hidden, record_purged
from jukwaa.records.tasks import delete_files

NON_PERSONAL_FIELDS = frozenset({"kind", "language", "label", "state"})  # they say nothing of people


@action
def release_held_submission(*, actor: Person, held: Held) -> Held:
    """Found harmless: it passes when it is brought again. Raises PermissionDenied."""
    current = _lock_decidable_item(actor, held)
    if current.state != Held.State.HELD:
        return current
    set_held_decision(current, Held.State.RELEASED, actor).save()
    record_activity(actor=actor, verb="released", subject=current, coalition=current.coalition)
    return current


@action
def purge_held_submission(*, actor: Person, held: Held) -> Held:
    """Erase what was written, sent, and by whom. The row and a digest without its key stay. Raises PermissionDenied."""
    current = _lock_decidable_item(actor, held)
    if current.state == Held.State.PURGED:
        return current
    if current.file:
        delete_files.enqueue([str(current.file.name)])
    current.text = current.file_name = current.address = current.salt = ""
    current.file, current.person = "", None
    set_held_decision(current, Held.State.PURGED, actor).save()
    record_activity(actor=actor, verb="purged", subject=current, coalition=current.coalition)
    return current


def _lock_decidable_item(actor: Person, held: Held) -> Held:
    current = lock_row(held)
    if not policies.can_decide_held_submission(ViewerContext(actor), current):
        raise PermissionDenied
    return current


@action
def hold_record_in_quarantine(*, actor: Person, record: Record) -> Record:
    """Out of every page, list, search and file at once, with what belongs to it, for everybody but the lead."""
    current = _lock_record_for_safeguarding_lead(actor, record)
    if current.state == State.HELD:
        return current
    _quarantine_record_row(actor, current)
    for part in current.get_dependent_records().exclude(state=State.HELD):
        _quarantine_record_row(actor, lock_row(part), quarantined_record=current)
    return current


def _quarantine_record_row(actor: Person, record: Record, *, quarantined_record: Record | None = None) -> None:
    record.state, record.held_with_id = State.HELD, quarantined_record.pk if quarantined_record else None
    record.save(update_fields=["state", "held_with"])
    index.remove_record_from_index(record)
    record_hidden.send(Record, record=record)
    record_activity(actor=actor, verb="held", subject=record, coalition=record.coalition)


@action
def release_record_from_quarantine(*, actor: Person, record: Record) -> Record:
    """Back to where it was, with what was held along with it: withdrawn, published, or a draft to be submitted again.

    Raises PermissionDenied, also for what was held along with a record that is held still.
    """
    current = _lock_record_for_safeguarding_lead(actor, record)
    if current.state != State.HELD:
        return current
    if current.held_with and current.held_with.state == State.HELD:
        raise PermissionDenied(
            _("Release “%(title)s” first. This record was quarantined with it, and will be released with it.")
            % {"title": current.held_with.title}
        )
    _release_record_row(actor, current)
    for part in current.get_dependent_records().filter(state=State.HELD, held_with=current.pk):
        _release_record_row(actor, lock_row(part))
    return current


def _release_record_row(actor: Person, record: Record) -> None:
    was_published = State.PUBLISHED if record.published_at else State.DRAFT
    record.state = State.WITHDRAWN if record.withdrawn_at else was_published
    record.held_with = None
    record.save(update_fields=["state", "held_with"])
    index.reindex_record(record)
    record_activity(actor=actor, verb="released", subject=record, coalition=record.coalition)


@action
def purge_record_versions(*, actor: Person, record: Record, version_numbers: Collection[int]) -> int:
    """Erase earlier versions for good; returns how many went.

    The activities that brought them stay, and the chain verifies: the digests were keyed by salts that are gone too.
    The version that stands now is not among them: change the record first, or hold and purge it whole.
    """
    current = _lock_record_for_safeguarding_lead(actor, record)
    if current.version in version_numbers:
        raise PermissionDenied(
            _("You cannot delete only the current version. Change the record first, or quarantine the whole record.")
        )
    gone, _rows = Version.objects.filter(record=current.pk, number__in=version_numbers).delete()
    if gone:
        record_activity(actor=actor, verb="purged-versions", subject=current, coalition=current.coalition)
    return gone


@action
def purge_record(*, actor: Person, record: Record) -> Record:
    """Erase a held record whole: words, versions, files, what was said about it, and where it is quoted.

    So is all that belongs to it, even what was written or held alone. Raises PermissionDenied and ActionRefused.
    """
    current = _lock_record_for_safeguarding_lead(actor, record)
    if current.state != State.HELD:
        raise ActionRefused(_("Quarantine this record first. Only a record in quarantine can be deleted permanently."))
    _purge_record_row(actor, current)
    for part in current.get_dependent_records():
        _purge_record_row(actor, lock_row(part))
    return current


def _purge_record_row(actor: Person, record: Record) -> None:
    files = [str(attachment.file.name) for attachment in record.attachments.all()] + _clear_text_fields(record)
    record.erase_texts()
    record.title, record.state = _("deleted permanently"), State.HELD
    record.save()
    for rows in (record.versions, record.attachments, record.comments):
        rows.all().delete()
    Source.objects.filter(models.Q(document=record.pk) | models.Q(record=record.pk)).update(
        quote="", start=None, end=None
    )
    index.remove_record_from_index(record)
    delete_files.enqueue(files)
    record_purged.send(Record, record=record)
    record_activity(actor=actor, verb="purged", subject=record, coalition=record.coalition)


def _clear_text_fields(record: Record) -> list[str]:
    """Empty every field that holds words of people; returns the names of files that lose their row."""
    files: list[str] = []
    for field in record._meta.concrete_fields:  # noqa: SLF001 - public by Django's word
        if isinstance(field, models.FileField):
            files += [name] if (name := getattr(record, field.attname).name) else []
        if isinstance(field, models.TextField | models.CharField | models.FileField) and not (
            field.choices or field.name in NON_PERSONAL_FIELDS or field.name == "withdrawn_because"
        ):
            setattr(record, field.attname, "")
    if record.withdrawn_because:
        record.withdrawn_because = _("deleted permanently")  # a withdrawn record has a reason, says the database
    return files


@action
def purge_record_comment(*, actor: Person, comment: Comment) -> Comment:
    """Erase what a comment says and said. It stands there as hidden. Raises PermissionDenied."""
    current = lock_row(comment)
    if not policies.can_quarantine_record(ViewerContext(actor), current.record) or not current.hidden_at:
        raise PermissionDenied(_("Hide the comment before you delete its text."))
    current.versions.all().delete()
    current.body = ""
    current.save(update_fields=["body"])
    record_activity(actor=actor, verb="purged", subject=current, coalition=current.record.coalition)
    return current


def _lock_record_for_safeguarding_lead(actor: Person, record: Record) -> Record:
    if not policies.can_quarantine_record(ViewerContext(actor), record):
        raise PermissionDenied
    return lock_row(record.whole())
