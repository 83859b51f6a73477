"""What removing a name from a record would change, before it is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice

from jukwaa.records.actions.redaction import build_record_redactor, is_named_in_file
from jukwaa.records.models import Attachment, Document, Record, Version
from jukwaa.records.redaction import NameRedactor, get_text_columns, iter_dependent_rows

MAX_PREVIEW_EXCERPTS = 20


@dataclass(frozen=True)
class RedactionPreview:
    """Only for those who may read the record. `excerpts` are of the record as it reads now."""

    excerpts: list[tuple[str, str, str]]
    in_record: int
    in_versions: int
    beside: int  # in comments and all else that hangs on the record
    in_files: int
    files: list[str]

    @property
    def is_empty(self) -> bool:
        return not (self.in_record or self.in_versions or self.beside or self.in_files)


def build_redaction_preview(record: Record, person_names: Iterable[str]) -> RedactionPreview:
    whole = record.whole()
    records = [whole, *whole.get_dependent_records()]
    redactor = build_record_redactor(record, person_names)
    texts = [str(getattr(each, field.attname) or "") for each in records for field in get_text_columns(type(each))]
    found = chain.from_iterable(map(redactor.excerpts, texts))
    files = _find_files_with_names(records, redactor)
    versions = Version.objects.filter(record__in=[each.pk for each in records]).values_list("content", flat=True)
    return RedactionPreview(
        excerpts=list(islice(found, MAX_PREVIEW_EXCERPTS)),
        in_record=sum(map(redactor.count, texts)),
        in_versions=sum(map(redactor.count, versions)),
        beside=_count_names_in_related_rows(records, redactor),
        in_files=len(files),
        files=files,
    )


def _count_names_in_related_rows(records: list[Record], redactor: NameRedactor) -> int:
    rows = (row for table in iter_dependent_rows(records) if get_text_columns(table.model) for row in table)
    return sum(redactor.count(getattr(row, field.attname)) for row in rows for field in get_text_columns(type(row)))


def _find_files_with_names(records: list[Record], redactor: NameRedactor) -> list[str]:
    attached = Attachment.objects.filter(record__in=[each.pk for each in records])
    documents = [each for each in records if isinstance(each, Document) and each.file]
    return [
        *(each.file_name for each in documents if redactor.matches(f"{each.text}\n{each.file_name}")),
        *(file.name for file in attached if is_named_in_file(file, redactor)),
    ]
