"""What a file is, by what is in it; and whether it is safe to open."""

import re
from dataclasses import asdict
from pathlib import PurePath

import puremagic

from jukwaa.core.documents.incoming import file_kinds, pdf_checks
from jukwaa.core.documents.incoming.file_kinds import FileKind
from jukwaa.core.documents.incoming.office_kinds import find_office_kind
from jukwaa.core.documents.limits import LIMITS, MEGABYTE, FileLimits
from jukwaa.core.documents.refusals import FileRefused
from jukwaa.core.documents.sandbox import run_document_child
from jukwaa.core.documents.text_cleaning import decode_text_bytes

_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_HTML_TAG_PATTERN = re.compile(r"<(?:!doctype|[a-z][a-z0-9]*)[^<>]*>", re.IGNORECASE)
_WEB_PAGE_PATTERN = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL
)
SMALL_FILE_BYTES = 64 * 1024  # bytes; what is larger is weighed and decoded in a process of its own
_SAMPLE_BYTES = 64 * 1024
_MAX_STRAY_CONTROLS = 2
_CONTROL_CHARACTER_PATTERN = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def detect_file_kind(
    data: bytes, name: str, *, allowed: frozenset[str] = file_kinds.ATTACHABLE_KINDS, limits: FileLimits = LIMITS
) -> FileKind:
    """The kind of this file, if it is one of the allowed, is what its name says, and is safe to open.

    Raises FileRefused. A name without an ending is judged by the content alone.
    """
    check_file_size(len(data), limits)
    claimed = _get_claimed_kind(name, allowed)
    try:
        found = _detect_kind_key(data, limits, allowed)
    except FileRefused as refusal:
        if claimed and refusal.code == "broken_zip":  # a Word file is a ZIP archive too, which nobody knows it by
            raise FileRefused("broken_document") from refusal
        raise
    if found == "text":
        found = _detect_text_kind(data, claimed)
    if claimed and claimed.key != found:
        raise FileRefused("not_what_it_says", **{"says": claimed.label, "is": file_kinds.get_file_kind(found).label})
    kind = file_kinds.get_file_kind(found)
    check_file_kind(kind, allowed)
    return kind


def check_file_kind(kind: FileKind, allowed_kinds: frozenset[str]) -> None:
    """Refuse a kind that is not one of the allowed."""
    if kind.key in file_kinds.PICTURE_KINDS - allowed_kinds and allowed_kinds >= file_kinds.KINDS_WITHOUT_PICTURES:
        raise FileRefused("no_pictures", taken=file_kinds.format_extensions(allowed_kinds))
    if kind.key not in allowed_kinds:
        raise FileRefused("not_for_readings", kind=kind.label, taken=file_kinds.format_extensions(allowed_kinds))


def check_file_size(size: int, limits: FileLimits) -> None:
    """Refuse what is empty or too big, before a byte of it is looked at."""
    if size == 0:
        raise FileRefused("empty")
    if size > limits.file:
        raise FileRefused("too_big", size=-(-size // MEGABYTE), limit=limits.file // MEGABYTE)


def _get_claimed_kind(name: str, allowed_kinds: frozenset[str]) -> FileKind | None:
    extension = PurePath(name).suffix.lower()
    if not extension:
        return None
    if extension in file_kinds.OUTDATED_EXTENSIONS:
        raise FileRefused("outdated", extension=extension)
    kind = file_kinds.find_kind_by_extension(extension)
    if kind is None:
        raise FileRefused("no_such_kind", extension=extension, taken=file_kinds.format_extensions(allowed_kinds))
    return kind


def _detect_kind_key(data: bytes, limits: FileLimits, allowed_kinds: frozenset[str]) -> str:
    """The key of its kind, or "text" where only the name can tell which."""
    if pdf_checks.is_pdf(data):
        _check_pdf_file(data, limits)
        return "pdf"
    if data.startswith(b"PK"):
        return _detect_packed_kind(data, limits, allowed_kinds)
    if data.startswith(_OLE_SIGNATURE):
        raise FileRefused("encrypted_office" if _ENCRYPTED_PACKAGE in data else "old_office")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"{\\rtf"):
        raise FileRefused("outdated", extension=".rtf")
    if not data.strip(b"\x00 \t\r\n"):
        raise FileRefused("empty")
    if _looks_like_text(data):
        return "text"
    raise _build_unknown_refusal(data, allowed_kinds)


def _check_pdf_file(data: bytes, limits: FileLimits) -> None:
    """However small it is: 60 kB may unpack to 60 MB, and to more in layers."""
    weighed = run_document_child("weigh-pdf", data, limits=limits, options={"limits": asdict(limits)})
    if weighed["encrypted"]:  # many only wish not to be printed, and open without a password
        run_document_child("probe-pdf", data, limits=limits)


def _detect_packed_kind(data: bytes, limits: FileLimits, allowed_kinds: frozenset[str]) -> str:
    if len(data) > SMALL_FILE_BYTES:
        found = run_document_child("weigh-packed", data, limits=limits, options={"limits": asdict(limits)})["kind"]
    else:
        found = find_office_kind(data, limits)
    if found not in file_kinds.ATTACHABLE_KINDS:
        raise FileRefused("no_such_kind", extension=".zip", taken=file_kinds.format_extensions(allowed_kinds))
    return str(found)


def _looks_like_text(data: bytes) -> bool:
    """A few stray control characters are cleaned away later; a file full of them is no text."""
    sample = decode_text_bytes(data[:_SAMPLE_BYTES]).text
    return len(_CONTROL_CHARACTER_PATTERN.findall(sample)) <= _MAX_STRAY_CONTROLS + len(sample) // 30


def _detect_text_kind(data: bytes, claimed_kind: FileKind | None) -> str:
    head = decode_text_bytes(data[:_SAMPLE_BYTES]).text
    if _WEB_PAGE_PATTERN.match(head):
        return "html"
    if claimed_kind is None or claimed_kind.key not in file_kinds.PLAIN_TEXT_KINDS:
        return "txt"
    if claimed_kind.key == "html" and not _HTML_TAG_PATTERN.search(head):
        return "txt"
    return claimed_kind.key


def _build_unknown_refusal(data: bytes, allowed_kinds: frozenset[str]) -> FileRefused:
    """Say what it is where the library of signatures knows."""
    try:
        extension = puremagic.from_string(data[:_SAMPLE_BYTES])
    except (puremagic.PureError, ValueError):
        extension = ""
    taken = file_kinds.format_extensions(allowed_kinds)
    return (
        FileRefused("no_such_kind", extension=extension, taken=taken)
        if extension
        else FileRefused("unknown", taken=taken)
    )
