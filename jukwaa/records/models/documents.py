"""Documents: what records come from."""

from collections.abc import Iterator
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jukwaa.core.db import Manager
from jukwaa.records.models.record import Record, RecordQuerySet

MAX_PASSAGE_CHARACTERS = 10_000  # characters; tsvector positions end at 16,383


class DocumentQuerySet(RecordQuerySet["Document"]):
    pass


class Document(Record):
    """A text as it was written, and the file that it came in. Neither is ever changed."""

    text = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64, db_index=True)  # SHA-256 of the text
    file = models.FileField(upload_to="documents/%Y/%m/", blank=True)
    file_name = models.CharField(_("file name"), max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)

    objects = Manager.from_queryset(DocumentQuerySet)()  # type: ignore[assignment,misc]  # narrows the parent's

    VERSIONED: ClassVar[tuple[str, ...]] = (*Record.VERSIONED, "fingerprint")

    def iter_passages(self) -> Iterator[tuple[str, str]]:
        yield from super().iter_passages()
        yield from split_into_passages(self.text)


def split_into_passages(text: str) -> Iterator[tuple[str, str]]:
    """The text in passages of whole paragraphs, each with its offset as anchor (`c123`)."""
    start = 0
    while start < len(text):
        end = min(start + MAX_PASSAGE_CHARACTERS, len(text))
        if end < len(text) and (cut := text.rfind("\n", start, end)) > start:
            end = cut + 1
        yield f"c{start}", text[start:end]
        start = end
