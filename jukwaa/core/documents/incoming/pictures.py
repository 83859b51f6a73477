"""Pictures that people bring: drawn anew in a process of its own, so that nothing else of the file is kept."""

import base64

from jukwaa.core.documents.incoming.file_kinds import FileKind
from jukwaa.core.documents.limits import LIMITS, FileLimits
from jukwaa.core.documents.refusals import FileRefused
from jukwaa.core.documents.sandbox import run_document_child


def redraw_picture(data: bytes, kind: FileKind, *, limits: FileLimits = LIMITS) -> bytes:
    """The picture without its metadata, in the format that it came in. Raises FileRefused."""
    return _redraw_picture_file(data, {"picture": kind.key}, limits)


def redraw_as_icon(data: bytes, kind: FileKind, *, max_pixels: int, limits: FileLimits = LIMITS) -> bytes:
    """The picture without its metadata as PNG, with at most `max_pixels` pixels on a side. Raises FileRefused."""
    return _redraw_picture_file(data, {"picture": kind.key, "max_side": max_pixels, "as_png": True}, limits)


def _redraw_picture_file(data: bytes, options: dict[str, object], limits: FileLimits) -> bytes:
    try:
        answer = run_document_child("picture", data, limits=limits, options=options)
    except FileRefused as refused:
        raise FileRefused("picture_broken" if refused.code == "broken" else refused.code) from refused
    return base64.b64decode(str(answer["picture"]))
