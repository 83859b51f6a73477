"""Pictures that people bring: drawn anew in a process of its own, so that nothing else of the file is kept."""

import base64

from jukwaa.core.documents.incoming.file_kinds import FileKind
from jukwaa.core.documents.limits import DEFAULT_FILE_LIMITS, FileLimits
from jukwaa.core.documents.refusals import FileRefused
from jukwaa.core.documents.sandbox import run_document_child


def redraw_picture(file_data: bytes, file_kind: FileKind, *, file_limits: FileLimits = DEFAULT_FILE_LIMITS) -> bytes:
    """The picture without its metadata, in the format that it came in. Raises FileRefused."""
    return _redraw_picture_file(file_data, {"picture": file_kind.key}, file_limits)


def redraw_full_size_picture(
    file_data: bytes, file_kind: FileKind, *, file_limits: FileLimits = DEFAULT_FILE_LIMITS
) -> bytes:
    """The picture without its metadata, with all its pixels, in the format that it came in. Raises FileRefused."""
    return _redraw_picture_file(file_data, {"picture": file_kind.key, "is_full_size": True}, file_limits)


def redraw_as_icon(
    file_data: bytes, file_kind: FileKind, *, max_pixels: int, file_limits: FileLimits = DEFAULT_FILE_LIMITS
) -> bytes:
    """The picture without its metadata as PNG, with at most `max_pixels` pixels on a side. Raises FileRefused."""
    return _redraw_picture_file(
        file_data, {"picture": file_kind.key, "max_side": max_pixels, "as_png": True}, file_limits
    )


def _redraw_picture_file(file_data: bytes, redraw_options: dict[str, object], file_limits: FileLimits) -> bytes:
    try:
        answer = run_document_child("picture", file_data, file_limits=file_limits, options=redraw_options)
    except FileRefused as refused:
        raise FileRefused("picture_broken" if refused.code == "broken" else refused.code) from refused
    return base64.b64decode(str(answer["picture"]))
