"""Take a person's name out of a record: out of its text, its versions, what hangs on it, and the index."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jukwaa.accounts.ledger import ProtectionStep
from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row, lock_rows
from jukwaa.records import index, policies
from jukwaa.records.models import Attachment, Document, Record, Source, Version
from jukwaa.records.redaction import (
    NameRedactor,
    get_text_columns,
    iter_dependent_rows,
    redact_capacity_rows,
    redact_table_row,
    redact_table_rows,
)
from jukwaa.records.removed_names import NameFinder, RecordToCheck, find_records_to_check, log_removed_names
from jukwaa.records.signals import record_redacted
from jukwaa.records.tasks import delete_files
from jukwaa.records.versions import save_record_version

NON_PERSONAL_FIELDS = {"kind", "language", "label", "state", "fingerprint", "media_type"}  # they say nothing of people
MIN_REDACTED_NAME_LENGTH = 2


@action
def redact_names_in_record(
    *, actor: Person, record: Record, names: Iterable[str], includes_files: bool = False, requires_match: bool = True
) -> int:
    """Replace the names by "[name removed]" in a record and in what belongs to it; return in how many places.

    `includes_files` deletes the files in which a name was found. Files can't be changed: without it they stay as they
    are. What was edited meanwhile meets an edit conflict. Raises PermissionDenied, and ActionRefused if nothing was
    found, unless `requires_match` is False.
    """
    current = lock_row(record.whole())
    if not policies.can_redact_record(ViewerContext(actor), current):
        raise PermissionDenied
    redactor = build_record_redactor(record, names)
    if not redactor.names or any(len(name) < MIN_REDACTED_NAME_LENGTH for name in redactor.names):
        raise ActionRefused(_("Enter the name as it is written in the record, with at least 2 letters."), "names")
    log_removed_names(current, redactor.names, includes_files=includes_files)
    count = _redact_related_records(
        actor, [current, *current.get_dependent_records()], redactor, includes_files=includes_files
    )
    if requires_match and not count:
        raise ActionRefused(_("This name is not in the record. Check how the name is written in the record."), "names")
    return count


def find_records_with_restored_names(protection_steps: Sequence[ProtectionStep]) -> list[RecordToCheck]:
    """Return the records into which an older backup brought removed names back. Writes nothing."""
    return [each for each in find_records_to_check(protection_steps) if any(_collect_restored_names(each))]


@action
def redact_record_again(record_check: RecordToCheck) -> bool:
    """Remove names that an older backup brought back; return whether there were any."""
    lock_rows(Record.objects.filter(pk=record_check.record)).get()
    has_found = False
    for names, with_files in zip(_collect_restored_names(record_check), (False, True), strict=True):
        if names:
            has_found = True
            records = _get_records_to_redact(record_check)
            _redact_related_records(None, records, build_record_redactor(records[0], names), includes_files=with_files)
    return has_found


def _collect_restored_names(record_check: RecordToCheck) -> tuple[set[str], set[str]]:
    """Return the names as the backup has them: those that were removed from texts alone, and those also with files.

    The finder looks everywhere that a redaction looks, and changes nothing.
    """
    texts, files = (
        NameFinder(step for step in record_check.steps if step.with_files == flag) for flag in (False, True)
    )
    _redact_related_records(None, _get_records_to_redact(record_check), texts, includes_files=False)
    _redact_related_records(None, _get_records_to_redact(record_check), files, includes_files=True)
    return texts.found, files.found


def _get_records_to_redact(record_check: RecordToCheck) -> list[Record]:
    whole = Record.objects.get(pk=record_check.record).whole()
    return [whole, *whole.get_dependent_records()]


def build_record_redactor(record: Record, removed_names: Iterable[str]) -> NameRedactor:
    """With the replacement in the coalition's language."""
    with translation.override(record.coalition.language):
        return NameRedactor(removed_names, _("[name removed]"))


def _redact_related_records(
    actor: Person | None, records: list[Record], redactor: NameRedactor, *, includes_files: bool
) -> int:
    """In the first of the records, and in those that belong to it."""
    texts = {each.pk: each.text for each in records if isinstance(each, Document)}  # what points into them moves along
    files = sum(_redact_record_files(each, redactor) for each in records) if includes_files else 0
    hanging = [redact_table_rows(rows, redactor) for rows in iter_dependent_rows(records)]
    named = _redact_record_capacities(records, redactor)
    own = {each.pk: _redact_record_row(each, redactor) for each in records}
    count = files + named + sum(number for number, _changed in hanging) + sum(own.values())
    if not count:
        return 0
    changed = [row for _number, rows in hanging for row in rows]
    for record in (records[0], *(each for each in records[1:] if own[each.pk])):
        text = texts.get(record.pk, "")
        _move_source_offsets(record, redactor, text)
        record_redacted.send(Record, record=record, redactor=redactor, text=text, changed=changed)
        _save_redacted_version(actor, record)
    return count


def _redact_record_row(record: Record, redactor: NameRedactor) -> int:
    """In the row of a record and in its versions."""
    columns = [field for field in get_text_columns(type(record)) if field.name not in NON_PERSONAL_FIELDS]
    return redact_table_row(record, redactor, columns) + _redact_record_versions(record, redactor)


def _redact_record_capacities(records: list[Record], redactor: NameRedactor) -> int:
    kinds = {type(record) for record in records}
    pks = [record.pk for record in records]
    own = [kind._default_manager.filter(pk__in=pks) for kind in kinds]  # noqa: SLF001 - public by Django's word
    return sum(redact_capacity_rows(rows, redactor) for rows in (*own, *iter_dependent_rows(records)))


def _save_redacted_version(actor: Person | None, record: Record) -> None:
    """So that nobody saves a text on top of it in which the name stands."""
    record = type(record)._default_manager.get(pk=record.pk)  # noqa: SLF001 - public by Django's word
    record.version += 1
    record.redacted_at = timezone.now()
    record.save(update_fields=["version", "redacted_at"])
    digest = save_record_version(record, author=actor)
    index.reindex_record(record, is_rebuild=record.HANGS_MANY)
    record_activity(actor=actor, verb="redacted", subject=record, coalition=record.coalition, digest=digest)


def _redact_record_versions(record: Record, redactor: NameRedactor) -> int:
    """Their digests fit no more, so their salts go: an activity vouches for what nobody can read again."""
    count = 0
    for version in Version.objects.filter(record=record.pk):
        if number := redactor.count(version.content):
            version.content, version.salt = redactor.redact_names(version.content), ""
            version.save(update_fields=["content", "salt"])
            count += number
    return count


def _redact_record_files(record: Record, redactor: NameRedactor) -> int:
    """Delete the files in which a name stands."""
    gone = [file for file in Attachment.objects.filter(record=record.pk) if is_named_in_file(file, redactor)]
    names = [str(file.file.name) for file in gone]
    Attachment.objects.filter(pk__in=[file.pk for file in gone]).delete()
    if isinstance(record, Document) and record.file and redactor.matches(f"{record.text}\n{record.file_name}"):
        names.append(str(record.file.name))
        record.file, record.file_name, record.media_type = "", "", ""
        record.save(update_fields=["file", "file_name", "media_type"])
    if names:
        delete_files.enqueue(names)
    return len(names)


def is_named_in_file(file: Attachment, redactor: NameRedactor) -> bool:
    return redactor.matches(file.text) or redactor.matches(file.name)


def _move_source_offsets(record: Record, redactor: NameRedactor, text: str) -> None:
    """What others quote of a document: the same words without the name, where they stand now."""
    for source in Source.objects.filter(document=record.pk).order_by("-start") if text else ():
        source.quote = redactor.redact_names(source.quote)
        if source.start is not None and source.end is not None:
            source.start, source.end = (
                redactor.move(source.start, text),
                redactor.move(source.end, text, is_span_end=True),
            )
        source.save(update_fields=["quote", "start", "end"])
