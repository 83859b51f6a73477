"""What a large file unpacks to, weighed where it delays no page: see `incoming.archives` and `incoming.pdf`."""

from pathlib import Path
from typing import Any

from django.conf import settings

from jukwaa.core.documents.child.text_builder import OnPage
from jukwaa.core.documents.incoming.office_kinds import find_office_kind
from jukwaa.core.documents.incoming.pdf_checks import check_unpacked_size, is_pdf_encrypted
from jukwaa.core.documents.limits import FileLimits
from jukwaa.core.documents.refusals import FileRefused


def pdf(path: Path, child_orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """Whether it is encrypted."""
    del on_page
    _configure_django()
    data = path.read_bytes()
    try:
        check_unpacked_size(data, file_limits=FileLimits(**child_orders["limits"]))
    except FileRefused as refused:
        return {"refused": refused.code, "facts": refused.facts}
    return {"encrypted": is_pdf_encrypted(data)}


def packed(path: Path, child_orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """The key of its kind; nothing if it is no office file."""
    del on_page
    _configure_django()
    try:
        return {"kind": find_office_kind(path.read_bytes(), FileLimits(**child_orders["limits"]))}
    except FileRefused as refused:
        return {"refused": refused.code, "facts": refused.facts}


def _configure_django() -> None:
    """A refusal has a sentence, which is looked up in no language here: whoever started us says it."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
