"""The allow-list. What is not in this table is not taken."""

from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jukwaa.core.lists import in_a_row

_OPEN_XML = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that Jukwaa takes."""

    key: str
    label: str | Promise
    media_type: str
    extensions: tuple[str, ...]
    for_readings: bool = False
    has_text: bool = True


KINDS: tuple[FileKind, ...] = (
    FileKind("txt", _("plain text file"), "text/plain", (".txt", ".text"), for_readings=True),
    FileKind("md", _("Markdown file"), "text/markdown", (".md", ".markdown"), for_readings=True),
    FileKind("html", _("web page"), "text/html", (".html", ".htm", ".xhtml"), for_readings=True),
    FileKind(
        "docx",
        _("Word document"),
        f"{_OPEN_XML}wordprocessingml.document",
        (".docx",),
        for_readings=True,
    ),
    FileKind("pdf", _("PDF"), "application/pdf", (".pdf",), for_readings=True),
    FileKind("pptx", _("PowerPoint file"), f"{_OPEN_XML}presentationml.presentation", (".pptx",)),
    FileKind("odt", _("OpenDocument text"), "application/vnd.oasis.opendocument.text", (".odt",)),
    FileKind("odp", _("OpenDocument slides"), "application/vnd.oasis.opendocument.presentation", (".odp",)),
    FileKind("xlsx", _("Excel file"), f"{_OPEN_XML}spreadsheetml.sheet", (".xlsx",)),
    FileKind("csv", _("CSV file"), "text/csv", (".csv", ".tsv")),
    FileKind("png", _("PNG image"), "image/png", (".png",), has_text=False),
    FileKind("jpeg", _("JPEG image"), "image/jpeg", (".jpg", ".jpeg"), has_text=False),
)

READABLE = frozenset(kind.key for kind in KINDS if kind.for_readings)
ATTACHABLE = frozenset(kind.key for kind in KINDS)

PICTURES = frozenset(kind.key for kind in KINDS if not kind.has_text)
WITHOUT_PICTURES = ATTACHABLE - PICTURES

PLAIN = frozenset({"txt", "md", "csv", "html"})
"""Kinds that are characters and nothing else."""

OUTDATED = (".doc", ".dot", ".rtf", ".xls", ".ppt", ".pps", ".wpd", ".ods", ".pages", ".docm", ".wps")
"""Office files that their own program can save as one of the kinds above."""


def kind(key: str) -> FileKind:
    """The kind of this key, which must be one."""
    return _by_key()[key]


def kind_of_media_type(media_type: str) -> FileKind | None:
    """The kind that a stored file was found to be."""
    return next((kind for kind in KINDS if kind.media_type == media_type), None)


def kind_of_extension(extension: str) -> FileKind | None:
    """What a name that ends so claims to be."""
    return next((kind for kind in KINDS if extension in kind.extensions), None)


def extensions(keys: frozenset[str]) -> str:
    """The endings of these kinds, for a sentence: ".txt, .md, .pdf"."""
    return in_a_row(kind.extensions[0] for kind in KINDS if kind.key in keys)


@cache
def _by_key() -> dict[str, FileKind]:
    return {kind.key: kind for kind in KINDS}
