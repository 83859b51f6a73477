"""Files of an item that are here already: the same bytes, or nearly the same text, on a record that one may read."""

from dataclasses import dataclass

from django.db.models import Q

from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.documents.similarity import is_nearly_identical
from jukwaa.library.models import Item
from jukwaa.records.models import Attachment, Record
from jukwaa.records.models.attachments import get_record_attachments

MAX_COMPARED_FILE_TEXTS = (
    2_000  # texts of files, the latest of the coalition; the same bytes are found however long they are here
)
MAX_LISTED_DUPLICATES = 5


@dataclass(frozen=True)
class DuplicateFile:
    """`name` is that of the item's own file, `record` where the other one hangs."""

    name: str
    record: Record
    is_same: bool


def find_duplicate_files(viewer: Viewer, item: Item) -> list[DuplicateFile]:
    """At most two queries beside that for its files. Nothing tells of a file on a record that one may not read."""
    own = get_record_attachments(item)
    if not own:
        return []
    readable = Record.objects.visible_to(viewer).of(item.coalition).exclude(pk=item.pk)
    texts = Attachment.objects.filter(record__coalition=item.coalition, signature__isnull=False).order_by("-pk")
    others = Attachment.objects.filter(
        Q(fingerprint__in=[file.fingerprint for file in own]) | Q(pk__in=texts.values("pk")[:MAX_COMPARED_FILE_TEXTS]),
        readable.exists_for("record"),
    )
    found: dict[tuple[str, int], bool] = {}
    for record, fingerprint, signature in others.order_by("pk").values_list("record", "fingerprint", "signature"):
        for file in own:
            is_same = fingerprint == file.fingerprint
            if is_same or _are_hashes_similar(file.signature, signature):
                found[file.name, record] = is_same or found.get((file.name, record), False)
    return _build_duplicate_files(item, dict(list(found.items())[:MAX_LISTED_DUPLICATES]))


def _are_hashes_similar(first_hash: int | None, second_hash: int | None) -> bool:
    return first_hash is not None and second_hash is not None and is_nearly_identical(first_hash, second_hash)


def _build_duplicate_files(item: Item, similarity_by_pair: dict[tuple[str, int], bool]) -> list[DuplicateFile]:
    records = Record.objects.in_bulk([record for _name, record in similarity_by_pair]) if similarity_by_pair else {}
    for record in records.values():
        record.coalition = item.coalition
    return [DuplicateFile(name, records[record], is_same) for (name, record), is_same in similarity_by_pair.items()]
