"""Stored files on their way back to people, and the names that they came with."""

import re
import unicodedata
from pathlib import PurePath
from urllib.parse import quote

from jukwaa.core.documents.text_cleaning import clean_text

MAX_NAME_BYTES = 200
"""Of a name's UTF-8; file systems end at 255, and a counter or an ending may still be added."""

_FORBIDDEN_CHARACTERS = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_NON_ASCII_SAFE = re.compile(r"[^A-Za-z0-9._ ()+@=,~-]")
_RESERVED_NAME_PATTERN = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_UNQUOTED_CHARACTERS = "!#$&+-.^_`|~"


def clean_filename(name: str, *, fallback: str = "file") -> str:
    """A name without folders, hidden characters, or what a system would take for something else. Never empty."""
    name = clean_text(name)[0].replace("\\", "/").rsplit("/", 1)[-1]
    name = _FORBIDDEN_CHARACTERS.sub("_", " ".join(name.split())).strip(". ")
    if not name or not name.strip("_"):
        return fallback
    if _RESERVED_NAME_PATTERN.match(name):
        name = f"_{name}"
    return _shorten_file_name(name)


def build_download_headers(name: str, media_type: str) -> dict[str, str]:
    """Headers under which a browser saves a file, and runs nothing in it whatever it holds."""
    return {
        "Content-Type": media_type,
        "Content-Disposition": build_content_disposition(name),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def build_content_disposition(name: str) -> str:
    """After RFC 6266: the name in ASCII for old programs, and whole, as RFC 5987 writes it, for all others."""
    name = clean_filename(name)
    plain = _NON_ASCII_SAFE.sub("_", unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode())
    if plain.strip("_. ") == PurePath(name).suffix.strip("_. "):  # nothing of it was ASCII but its ending
        plain = f"file{plain.lstrip('_ ')}"
    if plain == name:
        return f'attachment; filename="{plain}"'
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe=_UNQUOTED_CHARACTERS)}"


def _shorten_file_name(name: str) -> str:
    """The name, cut before its ending so that no character is cut in two."""
    if len(name.encode()) <= MAX_NAME_BYTES:
        return name
    suffix = PurePath(name).suffix
    suffix = suffix if len(suffix.encode()) <= MAX_NAME_BYTES // 4 else ""
    stem = name.removesuffix(suffix).encode()[: MAX_NAME_BYTES - len(suffix.encode())]
    return stem.decode(errors="ignore").rstrip(". ") + suffix
