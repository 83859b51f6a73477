"""The file kinds that Jukwaa accepts. Files of any other kind are refused."""

from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jukwaa.core.bidi import isolate_ltr_text_if_rtl
from jukwaa.core.list_formatting import join_with_separator

EMAIL_MEDIA_TYPE = "message/rfc822"
_OPEN_XML_TYPE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that Jukwaa takes."""

    key: str
    label: str | Promise
    media_type: str
    extensions: tuple[str, ...]
    is_importable: bool = False
    has_text: bool = True
    is_attachable: bool = True


FILE_KINDS: tuple[FileKind, ...] = (
    FileKind("txt", _("plain text file"), "text/plain", (".txt", ".text"), is_importable=True),
    FileKind("md", _("Markdown file"), "text/markdown", (".md", ".markdown"), is_importable=True),
    FileKind("html", _("web page"), "text/html", (".html", ".htm", ".xhtml"), is_importable=True),
    FileKind(
        "docx",
        _("Word document"),
        f"{_OPEN_XML_TYPE}wordprocessingml.document",
        (".docx",),
        is_importable=True,
    ),
    FileKind("pdf", _("PDF"), "application/pdf", (".pdf",), is_importable=True),
    FileKind("pptx", _("PowerPoint file"), f"{_OPEN_XML_TYPE}presentationml.presentation", (".pptx",)),
    FileKind(
        "odt",
        _("OpenDocument text"),
        "application/vnd.oasis.opendocument.text",
        (".odt",),
        is_importable=True,
    ),
    FileKind("rtf", _("RTF file"), "application/rtf", (".rtf",), is_importable=True, is_attachable=False),
    # An email names everybody who got it: its words are read, but the file is not kept.
    FileKind("eml", _("email"), EMAIL_MEDIA_TYPE, (".eml",), is_importable=True, is_attachable=False),
    FileKind("odp", _("OpenDocument slides"), "application/vnd.oasis.opendocument.presentation", (".odp",)),
    FileKind("xlsx", _("Excel file"), f"{_OPEN_XML_TYPE}spreadsheetml.sheet", (".xlsx",)),
    FileKind("ods", _("OpenDocument spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet", (".ods",)),
    FileKind("csv", _("CSV file"), "text/csv", (".csv", ".tsv")),
    FileKind("png", _("PNG image"), "image/png", (".png",), has_text=False),
    FileKind("jpeg", _("JPEG image"), "image/jpeg", (".jpg", ".jpeg"), has_text=False),
)

IMPORTABLE_KIND_KEYS = frozenset(kind.key for kind in FILE_KINDS if kind.is_importable)
ATTACHABLE_KIND_KEYS = frozenset(kind.key for kind in FILE_KINDS if kind.is_attachable)

PICTURE_KIND_KEYS = frozenset(kind.key for kind in FILE_KINDS if not kind.has_text)
NON_PICTURE_KIND_KEYS = ATTACHABLE_KIND_KEYS - PICTURE_KIND_KEYS

TABLE_KIND_KEYS = frozenset({"xlsx", "ods", "csv"})

PLAIN_TEXT_KIND_KEYS = frozenset({"txt", "md", "csv", "html"})
"""Kinds that are characters and nothing else."""

OUTDATED_FILE_EXTENSIONS = (".doc", ".dot", ".xls", ".ppt", ".pps", ".wpd", ".pages", ".docm", ".wps")
"""Office files that their own program can save as one of the kinds above."""


def get_file_kind(kind_key: str) -> FileKind:
    """The kind of this key, which must be one."""
    return _map_kinds_by_key()[kind_key]


def find_kind_by_media_type(media_type: str) -> FileKind | None:
    """The kind that a stored file was found to be."""
    return next((kind for kind in FILE_KINDS if kind.media_type == media_type), None)


def find_kind_by_extension(extension: str) -> FileKind | None:
    """What a name that ends so claims to be."""
    return next((kind for kind in FILE_KINDS if extension in kind.extensions), None)


def format_file_extensions(kind_keys: frozenset[str]) -> str:
    """The endings of these kinds, for a sentence: ".txt, .md, .pdf"."""
    endings = (kind.extensions[0] for kind in FILE_KINDS if kind.key in kind_keys)
    return join_with_separator(isolate_ltr_text_if_rtl(ending) for ending in endings)


@cache
def _map_kinds_by_key() -> dict[str, FileKind]:
    return {kind.key: kind for kind in FILE_KINDS}
