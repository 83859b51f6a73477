"""Static files, compressed before the first request, so that a script crosses a slow line in a third of its bytes."""

import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from whitenoise.compress import Compressor
from whitenoise.middleware import WhiteNoiseMiddleware


class CompressedStaticMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # whitenoise ships no types
    """WhiteNoise, with each static file of the apps also as gzip.

    WhiteNoise chooses by `Accept-Encoding` between a file and the `.gz` beside it. The installed package may be
    read-only, and an operator should need no `collectstatic`; so the files are copied into a folder of this process.
    """

    def add_files_from_finders(self) -> None:
        self.add_files(str(collect_compressed_files()), prefix=self.static_prefix)


@cache
def collect_compressed_files() -> Path:
    """Return a folder with every static file of the apps and its compressed form, written once in each process."""
    folder = tempfile.TemporaryDirectory(prefix="jukwaa-static-")
    _temporary_static_folders.append(folder)
    compressor = Compressor(use_brotli=False, quiet=True)
    for name, source in _find_static_files():
        target = Path(folder.name) / name
        if target.exists():  # the first app wins, as for Django's finders
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)  # with its time of change, from which WhiteNoise makes the ETag
        if compressor.should_compress(target.name):
            compressor.compress(str(target))
    return Path(folder.name)


_temporary_static_folders: list[tempfile.TemporaryDirectory[str]] = []  # each goes when the process ends


def _find_static_files() -> Iterator[tuple[str, str]]:
    for finder in finders.get_finders():
        for path, storage in finder.list(None):
            prefix = getattr(storage, "prefix", None) or ""
            yield f"{prefix}/{path}".strip("/"), storage.path(path)
