"""Records in a ZIP: an index to read without a connection, the same as a table, and their files.

Where it is large it lies on the disk while it is made. Who may read what is decided at that moment.
"""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import IO
from urllib.parse import quote

from django.db.models import prefetch_related_objects
from django.db.models.fields.files import FieldFile
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from jukwaa.coalitions.directory_export import render_csv_bytes
from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.limits import BYTES_PER_MEGABYTE
from jukwaa.core.documents.outgoing import Document as Tree
from jukwaa.core.documents.outgoing import Heading, to_html
from jukwaa.core.prose import render_prose_html
from jukwaa.core.uploads import clean_filename
from jukwaa.library.exported_records import (
    ExportedRecord,
    build_fact_bullets,
    build_record_url,
    build_text_blocks,
    get_strictest_label,
)
from jukwaa.library.models import Collection
from jukwaa.records.models import Document, Record

MAX_ARCHIVED_RECORDS = 100
MAX_ARCHIVED_FILE_BYTES = (
    100 * BYTES_PER_MEGABYTE
)  # of files: what a mail or a stick still takes, and a slow line loads in an evening
MAX_FOLDER_NAME_LENGTH = 60  # old systems refuse paths of more than 260
MAX_ARCHIVE_BYTES_IN_MEMORY = 2 * BYTES_PER_MEGABYTE  # a larger one lies on the disk meanwhile
COPY_CHUNK_BYTES = 64 * 1024
# The same archive for the same records: no time of day in it. 1980 is the first year that a ZIP knows.
FIXED_ZIP_TIMESTAMP = (1980, 1, 1, 0, 0, 0)


# Of the columns of its table: the same in every language.
ARCHIVE_COLUMN_NAMES = (
    "number",
    "kind",
    "title",
    "shared_by",
    "licence",
    "made_from",
    "label",
    "address",
    "links",
    "files",
)


@dataclass(frozen=True)
class ArchivedFile:
    """A file of a record: where it lies in the archive, or why it doesn't."""

    name: str
    path: str = ""
    why_not: str = ""

    @property
    def link(self) -> str:
        return quote(self.path)


@dataclass
class ArchivedRecord:
    """A record in the index."""

    told: ExportedRecord
    number: int
    files: list[ArchivedFile] = field(default_factory=list)

    @property
    def record(self) -> Record:
        return self.told.record

    @property
    def address(self) -> str:
        return build_record_url(self.record)

    @property
    def folder(self) -> str:
        title = clean_filename(self.record.title, fallback_name=str(self.record.pk))
        return f"{self.number:03} {title[:MAX_FOLDER_NAME_LENGTH].strip('. ')}"

    @cached_property
    def body(self) -> SafeString:
        """In the language of the page; what is in another one runs in its own direction."""
        title = self.record.title
        texts = build_text_blocks(self.told, get_language() or "en")
        return to_html(
            Tree(title=title, blocks=[Heading(1, title), build_fact_bullets(self.record), *texts]), includes_head=False
        )


def build_records_archive(
    coalition: Coalition, chosen_records: list[ExportedRecord], collection: Collection | None = None
) -> IO[bytes]:
    """An open file, at its beginning; it is gone from the disk as soon as it is closed."""
    pages = [ArchivedRecord(told, number) for number, told in enumerate(chosen_records, 1)]
    prefetch_related_objects([page.record for page in pages], "attachments")
    with ExitStack() as stack:
        target = stack.enter_context(tempfile.SpooledTemporaryFile(MAX_ARCHIVE_BYTES_IN_MEMORY))
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            _write_record_files(archive, pages)
            for name, content in _render_index_files(coalition, pages, collection):
                archive.writestr(_build_zip_info(name), content, zipfile.ZIP_DEFLATED)
        target.seek(0)
        stack.pop_all()  # from here on the response closes it
    return target


def _write_record_files(zip_archive: zipfile.ZipFile, record_pages: list[ArchivedRecord]) -> None:
    """Each in the folder of its record, as long as there is room."""
    room = MAX_ARCHIVED_FILE_BYTES
    for page in record_pages:
        taken: set[str] = set()
        for name, file in _iter_record_files(page.record):
            path = f"{page.folder}/{_get_unused_file_name(clean_filename(name), taken)}"
            try:
                size = file.size
                if size > room:
                    page.files.append(
                        ArchivedFile(name, why_not=_("too large for this ZIP file: download it from the record's page"))
                    )
                    continue
                _copy_file_to_archive(zip_archive, file, path)
            except OSError:
                page.files.append(ArchivedFile(name, why_not=_("file missing")))
                continue
            room -= size
            page.files.append(ArchivedFile(name, path=path))


def _iter_record_files(record: Record) -> Iterator[tuple[str, FieldFile]]:
    if isinstance(record, Document) and record.file:
        yield record.file_name or "document", record.file
    yield from ((attachment.name, attachment.file) for attachment in record.attachments.all())


def _copy_file_to_archive(zip_archive: zipfile.ZipFile, file: FieldFile, path: str) -> None:
    """As it is: nearly all kinds of files are squeezed already."""
    with file.open("rb") as source, zip_archive.open(_build_zip_info(path), "w", force_zip64=True) as target:
        for chunk in source.chunks(COPY_CHUNK_BYTES):
            target.write(chunk)


def _get_unused_file_name(file_name: str, taken_names: set[str]) -> str:
    """A name that no other file of the folder has, in whatever case."""
    stem, dot, ending = file_name.rpartition(".")
    number, free = 2, file_name
    while free.casefold() in taken_names:
        free = f"{stem} ({number}).{ending}" if dot else f"{file_name} ({number})"
        number += 1
    taken_names.add(free.casefold())
    return free


def _build_zip_info(path: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(path, FIXED_ZIP_TIMESTAMP)


def _render_index_files(
    coalition: Coalition, record_pages: list[ArchivedRecord], collection: Collection | None
) -> Iterator[tuple[str, bytes]]:
    records = [page.record for page in record_pages]
    context = {
        "coalition": coalition,
        "collection": collection,
        "introduction": render_prose_html(collection.introduction) if collection else "",
        "pages": record_pages,
        "label": get_strictest_label([collection, *records] if collection else records),
        "language": get_language(),
        "direction": "rtl" if get_language_bidi() else "ltr",
    }
    yield "index.html", render_to_string("exchange/archive.html", context).encode()
    yield "index.csv", render_csv_bytes(_build_index_csv_rows(record_pages))
    yield "style.css", files("jukwaa.exchange").joinpath("data/archive.css").read_bytes()


def _build_index_csv_rows(record_pages: list[ArchivedRecord]) -> Iterator[list[str]]:
    yield [
        *(_("Number"), _("Type"), _("Title"), _("Shared by"), _("Licence")),
        *(_("Based on"), _("Who can read this"), _("Address"), _("Links"), _("Files")),
    ]
    yield [f"#{name}" for name in ARCHIVE_COLUMN_NAMES]
    for page in record_pages:
        record = page.record
        yield [
            str(page.number),
            str(record.kind_info.label),
            record.title,
            "; ".join(page.told.organisations),
            page.told.licence,
            "; ".join(page.told.sources),
            record.label,
            page.address,
            " ".join(page.told.links),
            "; ".join(packed.path or f"{packed.name}: {packed.why_not}" for packed in page.files),
        ]
