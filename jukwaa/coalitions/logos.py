"""Logos of organisations: what a person uploads is drawn anew as a small PNG, and nothing else of the file is kept."""

import hashlib
import struct
from dataclasses import dataclass

from jukwaa.core.documents.incoming import detect_file_kind
from jukwaa.core.documents.incoming.file_kinds import PICTURE_KIND_KEYS
from jukwaa.core.documents.incoming.pictures import redraw_as_icon

MAX_LOGO_SIDE_PIXELS = 256  # pixels: twice what a page shows
MAX_LOGO_BYTES = 5 * 1024 * 1024  # of the file as it is uploaded
_PNG_SIZE_OFFSET = 16  # of width and height in the header of a PNG


@dataclass(frozen=True)
class LogoImage:
    """A PNG, its size in pixels, and a fingerprint that tells it from earlier logos."""

    png: bytes
    width: int
    height: int
    fingerprint: str


def draw_logo_png(image_data: bytes, organisation_name: str) -> LogoImage:
    """Return the logo in this file. It takes time: call it outside of a transaction. Raises FileRefused."""
    kind = detect_file_kind(image_data, organisation_name, allowed_kinds=PICTURE_KIND_KEYS)
    png = redraw_as_icon(image_data, kind, max_pixels=MAX_LOGO_SIDE_PIXELS)
    width, height = struct.unpack_from(">II", png, _PNG_SIZE_OFFSET)
    return LogoImage(png, width, height, hashlib.sha256(png).hexdigest()[:16])
