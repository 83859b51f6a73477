"""Files of an item that are here already: the same bytes, or nearly the same text, on a record that one may read."""

from dataclasses import dataclass

from django.db.models import Q

from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.documents.likeness import nearly_the_same
from jukwaa.library.models import Item
from jukwaa.records.models import Attachment, Record
from jukwaa.records.models.attachments import files_on

COMPARED = 2_000  # texts of files, the latest of the coalition; the same bytes are found however long they are here
MOST = 5


@dataclass(frozen=True)
class Alike:
    """`name` is that of the item's own file, `record` where the other one hangs."""

    name: str
    record: Record
    is_same: bool


def alike(viewer: Viewer, item: Item) -> list[Alike]:
    """At most two queries beside that for its files. Nothing tells of a file on a record that one may not read."""
    own = files_on(item)
    if not own:
        return []
    readable = Record.objects.visible_to(viewer).of(item.coalition).exclude(pk=item.pk)
    texts = Attachment.objects.filter(record__coalition=item.coalition, signature__isnull=False).order_by("-pk")
    others = Attachment.objects.filter(
        Q(fingerprint__in=[file.fingerprint for file in own]) | Q(pk__in=texts.values("pk")[:COMPARED]),
        readable.exists_for("record"),
    )
    found: dict[tuple[str, int], bool] = {}
    for record, fingerprint, signature in others.order_by("pk").values_list("record", "fingerprint", "signature"):
        for file in own:
            is_same = fingerprint == file.fingerprint
            if is_same or _alike(file.signature, signature):
                found[file.name, record] = is_same or found.get((file.name, record), False)
    return _with_records(item, dict(list(found.items())[:MOST]))


def _alike(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and nearly_the_same(one, other)


def _with_records(item: Item, found: dict[tuple[str, int], bool]) -> list[Alike]:
    records = Record.objects.in_bulk([record for _name, record in found]) if found else {}
    for record in records.values():
        record.coalition = item.coalition
    return [Alike(name, records[record], is_same) for (name, record), is_same in found.items()]
