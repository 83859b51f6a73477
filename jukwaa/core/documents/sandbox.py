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

from jukwaa.core.documents.limits import LIMITS, FileLimits
from jukwaa.core.documents.refusals import REFUSAL_SENTENCES, FileRefused
from jukwaa.core.documents.slots import reading_slot, typesetting_slot

type Progress = Callable[[int, int], None]

_PROJECT_ROOT = Path(__file__).resolve().parents[3]
_MAX_PROGRESS_LINE_BYTES = 1_000_000
_BYTES_PER_CHARACTER = 6


def run_document_child(
    task: str,
    data: bytes | Path,
    *,
    limits: FileLimits = LIMITS,
    options: dict[str, Any] | None = None,
    on_progress: Progress | None = None,
) -> dict[str, Any]:
    """Return what the child says about this file. Raises FileRefused when it refuses, crashes, hangs or grows too big.

    What is typeset is ours, and needs no slot for reading: only what visitors ask for is bounded.
    """
    slot = typesetting_slot() if task == "typeset" else reading_slot()
    with slot, tempfile.TemporaryDirectory(prefix="jukwaa-") as folder:
        path = data if isinstance(data, Path) else Path(folder, "file")
        if isinstance(data, bytes):
            path.write_bytes(data)
        process = _start_child_process(task, path.resolve(), Path(folder), limits, options or {})
        late = threading.Event()
        clock = threading.Timer(limits.wall_seconds, _stop_child_process, [process, late])
        clock.start()
        try:
            answer = _read_child_messages(process, limits, on_progress)
        finally:
            clock.cancel()
            _stop_child_process(process)
            process.communicate()
        return _check_child_answer(answer, process.returncode, slow=late.is_set())


def _start_child_process(
    task: str, path: Path, folder: Path, limits: FileLimits, options: dict[str, Any]
) -> subprocess.Popen[bytes]:
    orders = {
        "memory": limits.memory,
        "cpu": limits.cpu_seconds,
        "files": limits.open_files,
        "written": limits.written,
        "characters": limits.text_characters,
        "unpacked": limits.unpacked,
        **options,
    }
    return subprocess.Popen(  # noqa: S603  # our own module; the file's name is not part of the call
        [sys.executable, "-P", "-B", "-m", "jukwaa.core.documents.child", task, str(path), json.dumps(orders)],
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
    process: subprocess.Popen[bytes], limits: FileLimits, on_progress: Progress | None
) -> dict[str, Any] | None:
    stdout = process.stdout
    if stdout is None:  # it is a pipe; this is for the type checker
        return None
    longest = _MAX_PROGRESS_LINE_BYTES + _BYTES_PER_CHARACTER * limits.text_characters
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


def _check_child_answer(answer: dict[str, Any] | None, status: int, *, slow: bool) -> dict[str, Any]:
    if answer is None:
        raise FileRefused("too_slow" if slow or status == -signal.SIGXCPU else "broken")
    if "refused" in answer:
        code = answer["refused"]
        facts = {name: int(value) for name, value in answer.get("facts", {}).items()}
        raise FileRefused(code, **facts) if code in REFUSAL_SENTENCES else FileRefused("broken")
    return answer


def _stop_child_process(process: subprocess.Popen[bytes], late: threading.Event | None = None) -> None:
    if late:
        late.set()
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
