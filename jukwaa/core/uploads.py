"""Stored files on their way back to people, and the names that they came with."""

import re
import unicodedata
from pathlib import PurePath
from urllib.parse import quote

from jukwaa.core.documents.text_cleaning import clean_text

MAX_NAME_BYTES = 200
"""Of a name's UTF-8; file systems end at 255, and a counter or an ending may still be added."""

_FORBIDDEN_FILE_NAME_CHARACTERS = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_NON_ASCII_SAFE_CHARACTERS = re.compile(r"[^A-Za-z0-9._ ()+@=,~-]")
_RESERVED_NAME_PATTERN = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_UNQUOTED_HEADER_CHARACTERS = "!#$&+-.^_`|~"


def clean_filename(file_name: str, *, fallback_name: str = "file") -> str:
    """A name without folders, hidden characters, or what a system would take for something else. Never empty."""
    file_name = clean_text(file_name)[0].replace("\\", "/").rsplit("/", 1)[-1]
    file_name = _FORBIDDEN_FILE_NAME_CHARACTERS.sub("_", " ".join(file_name.split())).strip(". ")
    if not file_name or not file_name.strip("_"):
        return fallback_name
    if _RESERVED_NAME_PATTERN.match(file_name):
        file_name = f"_{file_name}"
    return _shorten_file_name(file_name)


def build_download_headers(file_name: str, media_type: str) -> dict[str, str]:
    """Headers under which a browser saves a file, and runs nothing in it whatever it holds."""
    return {
        "Content-Type": media_type,
        "Content-Disposition": build_content_disposition(file_name),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def build_content_disposition(file_name: str) -> str:
    """After RFC 6266: the name in ASCII for old programs, and whole, as RFC 5987 writes it, for all others."""
    file_name = clean_filename(file_name)
    plain = _NON_ASCII_SAFE_CHARACTERS.sub(
        "_", unicodedata.normalize("NFKD", file_name).encode("ascii", "ignore").decode()
    )
    if plain.strip("_. ") == PurePath(file_name).suffix.strip("_. "):  # nothing of it was ASCII but its ending
        plain = f"file{plain.lstrip('_ ')}"
    if plain == file_name:
        return f'attachment; filename="{plain}"'
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe=_UNQUOTED_HEADER_CHARACTERS)}"


def _shorten_file_name(file_name: str) -> str:
    """The name, cut before its ending so that no character is cut in two."""
    if len(file_name.encode()) <= MAX_NAME_BYTES:
        return file_name
    suffix = PurePath(file_name).suffix
    suffix = suffix if len(suffix.encode()) <= MAX_NAME_BYTES // 4 else ""
    stem = file_name.removesuffix(suffix).encode()[: MAX_NAME_BYTES - len(suffix.encode())]
    return stem.decode(errors="ignore").rstrip(". ") + suffix
