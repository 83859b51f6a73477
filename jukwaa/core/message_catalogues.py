"""Find the translation catalogues, and compile them with Babel, so that gettext need not be installed."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings

LOCALE_FOLDER = Path(__file__).resolve().parent.parent / "locale"


def find_message_catalogues() -> Iterator[tuple[str, Path]]:
    """The language and the file of each catalogue that comes with Jukwaa."""
    for path in sorted(LOCALE_FOLDER.glob("*/LC_MESSAGES/django.po")):
        yield path.parent.parent.name, path


def read_message_catalogue(language: str, path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def compile_message_catalogues(*, data_folder: Path | None = None) -> list[Path]:
    """Compile what is newer than its compiled form: beside its source or, where that is read-only, in the data folder.

    The files that were written come back. Two processes may do this at once: a file appears whole.
    """
    return [
        path
        for language, source in find_message_catalogues()
        if (path := _compile_message_catalogue(language, source, data_folder))
    ]


def _compile_message_catalogue(language: str, source_path: Path, data_folder: Path | None) -> Path | None:
    beside = source_path.with_suffix(".mo")
    elsewhere = (data_folder or settings.DATA_FOLDER) / "locale" / language / "LC_MESSAGES" / "django.mo"
    target = beside if os.access(source_path.parent, os.W_OK) else elsewhere
    if any(_is_catalogue_current(path, source_path) for path in (beside, target)):
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        write_mo(file, read_message_catalogue(language, source_path))
    Path(file.name).chmod(0o644)
    return Path(file.name).replace(target)


def _is_catalogue_current(compiled_path: Path, source_path: Path) -> bool:
    return compiled_path.exists() and compiled_path.stat().st_mtime >= source_path.stat().st_mtime
