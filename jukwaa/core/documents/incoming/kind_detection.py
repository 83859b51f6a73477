"""What a file is, by what is in it; and whether it is safe to open."""

import re
from dataclasses import asdict
from pathlib import PurePath

import puremagic

from jukwaa.core.documents.incoming import file_kinds, pdf_checks
from jukwaa.core.documents.incoming.file_kinds import FileKind
from jukwaa.core.documents.incoming.office_kinds import find_office_kind
from jukwaa.core.documents.limits import BYTES_PER_MEGABYTE, DEFAULT_FILE_LIMITS, FileLimits
from jukwaa.core.documents.refusals import FileRefused
from jukwaa.core.documents.sandbox import run_document_child
from jukwaa.core.documents.text_cleaning import decode_text_bytes

_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_HTML_TAG_PATTERN = re.compile(r"<(?:!doctype|[a-z][a-z0-9]*)[^<>]*>", re.IGNORECASE)
_WEB_PAGE_PATTERN = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL
)
_EMAIL_HEADERS_PATTERN = re.compile(r"(?:[\w-]{2,60}:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2}")
SMALL_FILE_BYTES = 64 * 1024  # bytes; what is larger is weighed and decoded in a process of its own
_SAMPLE_BYTES = 64 * 1024
_MAX_STRAY_CONTROL_CHARACTERS = 2
_CONTROL_CHARACTER_PATTERN = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def detect_file_kind(
    data: bytes,
    name: str,
    *,
    allowed_kinds: frozenset[str] = file_kinds.ATTACHABLE_KIND_KEYS,
    file_limits: FileLimits = DEFAULT_FILE_LIMITS,
) -> FileKind:
    """The kind of this file, if it is one of the allowed, is what its name says, and is safe to open.

    Raises FileRefused. A name without an ending is judged by the content alone.
    """
    check_file_size(len(data), file_limits)
    claimed = _get_claimed_kind(name, allowed_kinds)
    try:
        found = _detect_kind_key(data, file_limits, allowed_kinds)
    except FileRefused as refusal:
        if claimed and refusal.code == "broken_zip":  # a Word file is a ZIP archive too, which nobody knows it by
            raise FileRefused("broken_document") from refusal
        raise
    if found == "text":
        found = _detect_text_kind(data, claimed)
    if claimed and claimed.key != found:
        raise FileRefused("not_what_it_says", **{"says": claimed.label, "is": file_kinds.get_file_kind(found).label})
    kind = file_kinds.get_file_kind(found)
    check_file_kind(kind, allowed_kinds)
    return kind


def check_file_kind(file_kind: FileKind, allowed_kinds: frozenset[str]) -> None:
    """Refuse a kind that is not one of the allowed."""
    if (
        file_kind.key in file_kinds.PICTURE_KIND_KEYS - allowed_kinds
        and allowed_kinds >= file_kinds.NON_PICTURE_KIND_KEYS
    ):
        raise FileRefused("no_pictures", taken=file_kinds.format_file_extensions(allowed_kinds))
    if file_kind.key not in allowed_kinds and not file_kind.is_attachable:
        raise FileRefused(
            "no_such_kind",
            extension=file_kind.extensions[0],
            taken=file_kinds.format_file_extensions(allowed_kinds),
        )
    if file_kind.key not in allowed_kinds:
        raise FileRefused(
            "not_for_readings", kind=file_kind.label, taken=file_kinds.format_file_extensions(allowed_kinds)
        )


def check_file_size(byte_count: int, file_limits: FileLimits) -> None:
    """Refuse what is empty or too big, before a byte of it is looked at."""
    if byte_count == 0:
        raise FileRefused("empty")
    if byte_count > file_limits.file:
        raise FileRefused(
            "too_big", size=-(-byte_count // BYTES_PER_MEGABYTE), limit=file_limits.file // BYTES_PER_MEGABYTE
        )


def _get_claimed_kind(file_name: str, allowed_kinds: frozenset[str]) -> FileKind | None:
    extension = PurePath(file_name).suffix.lower()
    if not extension:
        return None
    if extension in file_kinds.OUTDATED_FILE_EXTENSIONS:
        raise FileRefused("outdated", extension=extension)
    kind = file_kinds.find_kind_by_extension(extension)
    if kind is None:
        raise FileRefused("no_such_kind", extension=extension, taken=file_kinds.format_file_extensions(allowed_kinds))
    return kind


def _detect_kind_key(file_data: bytes, file_limits: FileLimits, allowed_kinds: frozenset[str]) -> str:
    """The key of its kind, or "text" where only the name can tell which."""
    if pdf_checks.is_pdf(file_data):
        _check_pdf_file(file_data, file_limits)
        return "pdf"
    if file_data.startswith(b"PK"):
        return _detect_packed_kind(file_data, file_limits, allowed_kinds)
    if file_data.startswith(_OLE_SIGNATURE):
        raise FileRefused("encrypted_office" if _ENCRYPTED_PACKAGE in file_data else "old_office")
    if file_data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if file_data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if file_data.startswith(b"{\\rtf"):
        return "rtf"
    if not file_data.strip(b"\x00 \t\r\n"):
        raise FileRefused("empty")
    if _looks_like_text(file_data):
        return "text"
    raise _build_unknown_refusal(file_data, allowed_kinds)


def _check_pdf_file(file_data: bytes, file_limits: FileLimits) -> None:
    """However small it is: 60 kB may unpack to 60 MB, and to more in layers."""
    weighed = run_document_child(
        "weigh-pdf", file_data, file_limits=file_limits, options={"limits": asdict(file_limits)}
    )
    if weighed["encrypted"]:  # many only wish not to be printed, and open without a password
        run_document_child("probe-pdf", file_data, file_limits=file_limits)


def _detect_packed_kind(file_data: bytes, file_limits: FileLimits, allowed_kinds: frozenset[str]) -> str:
    if len(file_data) > SMALL_FILE_BYTES:
        found = run_document_child(
            "weigh-packed", file_data, file_limits=file_limits, options={"limits": asdict(file_limits)}
        )["kind"]
    else:
        found = find_office_kind(file_data, file_limits)
    if found not in file_kinds.ATTACHABLE_KIND_KEYS:
        raise FileRefused("no_such_kind", extension=".zip", taken=file_kinds.format_file_extensions(allowed_kinds))
    return str(found)


def _looks_like_text(file_data: bytes) -> bool:
    """A few stray control characters are cleaned away later; a file full of them is no text."""
    sample = decode_text_bytes(file_data[:_SAMPLE_BYTES]).text
    return len(_CONTROL_CHARACTER_PATTERN.findall(sample)) <= _MAX_STRAY_CONTROL_CHARACTERS + len(sample) // 30


def _detect_text_kind(file_data: bytes, claimed_kind: FileKind | None) -> str:
    head = decode_text_bytes(file_data[:_SAMPLE_BYTES]).text
    if _WEB_PAGE_PATTERN.match(head):
        return "html"
    if claimed_kind is not None and claimed_kind.key == "eml" and _EMAIL_HEADERS_PATTERN.match(head):
        return "eml"
    if claimed_kind is None or claimed_kind.key not in file_kinds.PLAIN_TEXT_KIND_KEYS:
        return "txt"
    if claimed_kind.key == "html" and not _HTML_TAG_PATTERN.search(head):
        return "txt"
    return claimed_kind.key


def _build_unknown_refusal(file_data: bytes, allowed_kinds: frozenset[str]) -> FileRefused:
    """Say what it is where the library of signatures knows."""
    try:
        extension = puremagic.from_string(file_data[:_SAMPLE_BYTES])
    except (puremagic.PureError, ValueError):
        extension = ""
    taken = file_kinds.format_file_extensions(allowed_kinds)
    return (
        FileRefused("no_such_kind", extension=extension, taken=taken)
        if extension
        else FileRefused("unknown", taken=taken)
    )
