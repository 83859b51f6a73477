"""Pictures that people bring: drawn anew in a process of its own, so that nothing else of the file is kept."""

import base64

from jukwaa.core.documents.incoming.kinds import FileKind
from jukwaa.core.documents.limits import LIMITS, Limits
from jukwaa.core.documents.refusals import Refused
from jukwaa.core.documents.sandbox import run_child


def redrawn(data: bytes, kind: FileKind, *, limits: Limits = LIMITS) -> bytes:
    """The picture without its metadata, in the format that it came in. Raises Refused."""
    try:
        answer = run_child("picture", data, limits=limits, options={"picture": kind.key})
    except Refused as refused:
        raise Refused("picture_broken" if refused.code == "broken" else refused.code) from refused
    return base64.b64decode(str(answer["picture"]))
