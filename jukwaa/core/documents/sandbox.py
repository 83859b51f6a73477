"""Work on people's files in a process of its own, with limits on memory, CPU, files and wall time."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jukwaa.core.documents.limits import DEFAULT_FILE_LIMITS, FileLimits
from jukwaa.core.documents.refusals import SENTENCE_BY_REFUSAL_CODE, FileRefused
from jukwaa.core.documents.slots import acquire_reading_slot, acquire_typesetting_slot

type Progress = Callable[[int, int], None]

_PROJECT_ROOT = Path(__file__).resolve().parents[3]
_MAX_PROGRESS_LINE_BYTES = 1_000_000
_BYTES_PER_CHARACTER = 6


def run_document_child(
    child_task: str,
    document_data: bytes | Path,
    *,
    file_limits: FileLimits = DEFAULT_FILE_LIMITS,
    options: dict[str, Any] | None = None,
    on_progress: Progress | None = None,
) -> dict[str, Any]:
    """Return what the child says about this file. Raises FileRefused when it refuses, crashes, hangs or grows too big.

    What is typeset is ours, and needs no slot for reading: only what visitors ask for is bounded.
    """
    slot = acquire_typesetting_slot() if child_task == "typeset" else acquire_reading_slot()
    with slot, tempfile.TemporaryDirectory(prefix="jukwaa-") as folder:
        path = document_data if isinstance(document_data, Path) else Path(folder, "file")
        if isinstance(document_data, bytes):
            path.write_bytes(document_data)
        process = _start_child_process(child_task, path.resolve(), Path(folder), file_limits, options or {})
        late = threading.Event()
        clock = threading.Timer(file_limits.wall_seconds, _stop_child_process, [process, late])
        clock.start()
        try:
            answer = _read_child_messages(process, file_limits, on_progress)
        finally:
            clock.cancel()
            _stop_child_process(process)
            process.communicate()
        return _check_child_answer(answer, process.returncode, is_slow=late.is_set())


def _start_child_process(
    child_task: str, path: Path, folder: Path, file_limits: FileLimits, child_options: dict[str, Any]
) -> subprocess.Popen[bytes]:
    orders = {
        "memory": file_limits.memory,
        "cpu": file_limits.cpu_seconds,
        "files": file_limits.open_files,
        "written": file_limits.written,
        "characters": file_limits.text_characters,
        "unpacked": file_limits.unpacked,
        **child_options,
    }
    return subprocess.Popen(  # noqa: S603  # our own module; the file's name is not part of the call
        [sys.executable, "-P", "-B", "-m", "jukwaa.core.documents.child", child_task, str(path), json.dumps(orders)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_build_child_environment(),
        process_group=0,  # in our session: Linux shares the processors between sessions first, whatever is nice in them
    )


def _build_child_environment() -> dict[str, str]:
    """Nothing of ours: no secrets, no settings. One arena, or glibc reserves 64 MB of address space a thread."""
    return {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(_PROJECT_ROOT),
        "PYTHONIOENCODING": "utf-8",
        "MALLOC_ARENA_MAX": "1",
        "RAYON_NUM_THREADS": "1",
        "HOME": "/nonexistent",
    }


def _read_child_messages(
    child_process: subprocess.Popen[bytes], file_limits: FileLimits, on_progress: Progress | None
) -> dict[str, Any] | None:
    stdout = child_process.stdout
    if stdout is None:  # it is a pipe; this is for the type checker
        return None
    longest = _MAX_PROGRESS_LINE_BYTES + _BYTES_PER_CHARACTER * file_limits.text_characters
    while line := stdout.readline(longest):
        try:
            message = json.loads(line)
        except ValueError:
            return None
        if "page" not in message:
            return dict(message)
        if on_progress:
            on_progress(message["page"], message["of"])
    return None


def _check_child_answer(child_answer: dict[str, Any] | None, exit_status: int, *, is_slow: bool) -> dict[str, Any]:
    if child_answer is None:
        raise FileRefused("too_slow" if is_slow or exit_status == -signal.SIGXCPU else "broken")
    if "refused" in child_answer:
        code = child_answer["refused"]
        facts = {name: int(value) for name, value in child_answer.get("facts", {}).items()}
        raise FileRefused(code, **facts) if code in SENTENCE_BY_REFUSAL_CODE else FileRefused("broken")
    return child_answer


def _stop_child_process(child_process: subprocess.Popen[bytes], timeout_event: threading.Event | None = None) -> None:
    if timeout_event:
        timeout_event.set()
    if child_process.poll() is None:
        os.killpg(child_process.pid, signal.SIGKILL)
