"""What kind of office file a ZIP is, once all that it unpacks to was weighed."""

from contextlib import suppress
from zipfile import ZipFile

from jukwaa.core.documents.incoming import archives, external_references, file_kinds
from jukwaa.core.documents.limits import FileLimits
from jukwaa.core.documents.refusals import FileRefused

_OPEN_DOCUMENT_KEY = "opendocument"
_OPEN_DOCUMENT_KINDS = ("odt", "odp", "ods")
_MAX_MEDIA_TYPE_BYTES = 200
_SCRIPT_FOLDER_PREFIXES = ("Basic/", "Scripts/")  # of an OpenDocument file
_OFFICE_KIND_MARKERS = (
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
    ("xl/workbook.xml", "xlsx"),
    ("content.xml", _OPEN_DOCUMENT_KEY),
)


def find_office_kind(file_data: bytes, file_limits: FileLimits) -> str | None:
    """Return the key of its kind, None if it is no office file. Raises FileRefused for what is not safe to open."""
    names = archives.check_office_file(file_data, archive_limits=file_limits)
    if any(name.endswith("vbaProject.bin") or name.startswith(_SCRIPT_FOLDER_PREFIXES) for name in names):
        raise FileRefused("macros")
    with archives.open_checked_archive(file_data, archive_limits=file_limits) as archive:
        found = find_packed_office_kind(archive)
        if found is not None and external_references.has_external_references(archive):
            raise FileRefused("fetches")
    return found


def find_packed_office_kind(zip_archive: ZipFile) -> str | None:
    """Return the key of the office kind that an open archive is, by the names of its parts; None for any other ZIP."""
    names = frozenset(zip_archive.namelist())
    found = next((key for marker, key in _OFFICE_KIND_MARKERS if marker in names), None)
    return _find_open_document_kind(zip_archive) if found == _OPEN_DOCUMENT_KEY else found


def _find_open_document_kind(zip_archive: ZipFile) -> str | None:
    """Texts, slides and sheets look the same from outside."""
    with suppress(KeyError):
        with zip_archive.open("mimetype") as part:
            media_type = part.read(_MAX_MEDIA_TYPE_BYTES).strip()
        return next(
            (key for key in _OPEN_DOCUMENT_KINDS if file_kinds.get_file_kind(key).media_type.encode() == media_type),
            None,
        )
    return None
