import ctypes
import importlib
import json
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from jukwaa.core.documents.child.text_builder import FileUnreadableError

CHILD_PROCESS_NICENESS = 10
PRCTL_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, of Linux's prctl

TASK_FUNCTION_BY_NAME = {
    "pdf": ("pdf", "read"),
    "weigh-pdf": ("weigh", "pdf"),
    "weigh-packed": ("weigh", "packed"),
    "decode": ("decode", "read"),
    "probe-pdf": ("pdf", "probe"),
    "docx": ("word", "read"),
    "docx-blocks": ("blocks", "read"),
    "md-blocks": ("marked", "read"),
    "txt-blocks": ("plain", "read"),
    "returned": ("returned", "read"),
    "html": ("web", "read"),
    "odt": ("office", "read"),
    "rtf": ("rich_text", "read"),
    "eml": ("email_message", "read"),
    "odp": ("slides", "read"),
    "pptx": ("powerpoint", "read"),
    "xlsx": ("sheet", "read"),
    "ods": ("sheet", "read"),
    "cells": ("sheet", "cells"),
    "calendar": ("calendar_events", "read"),
    "picture": ("picture", "redraw"),
    "typeset": ("typeset", "typeset"),
}


def limit_process_resources(child_orders: dict[str, Any]) -> None:
    """Give up, for good, what a parser does not need. It runs behind all pages, and dies with whoever started it."""
    for what, most in (
        (resource.RLIMIT_AS, child_orders["memory"]),
        (resource.RLIMIT_CPU, child_orders["cpu"]),
        (resource.RLIMIT_NOFILE, child_orders["files"]),
        (resource.RLIMIT_FSIZE, child_orders["written"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    os.nice(CHILD_PROCESS_NICENESS)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PRCTL_SET_DEATH_SIGNAL, signal.SIGKILL)
    if hasattr(os, "unshare"):
        with suppress(OSError):  # containers may forbid it; then the network is there, and nobody uses it
            os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)


def write_protocol_message(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def run_child_task(child_task: str, path: Path, child_orders: dict[str, Any]) -> dict[str, Any]:
    module, function = TASK_FUNCTION_BY_NAME[child_task]
    try:
        reader = importlib.import_module(f"jukwaa.core.documents.child.{module}")  # each child loads one parser
        return dict(
            getattr(reader, function)(
                path, child_orders, lambda page, of: write_protocol_message({"page": page, "of": of})
            )
        )
    except FileUnreadableError as refusal:
        return {"refused": refusal.code}
    except MemoryError:
        return {"refused": "too_heavy"}
    except BaseException:  # noqa: BLE001  # a panic in a parser is none of Exception
        return {"refused": "too_heavy" if is_out_of_memory(child_orders["memory"]) else "broken"}


def is_out_of_memory(memory_limit: int) -> bool:
    """Return whether memory ran out: libraries in C report that as an unknown error."""
    with suppress(OSError, ValueError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        peak = status.partition("VmPeak:")[2].split()[0]
        return int(peak) * 1024 > memory_limit * 0.9
    return False


def main() -> None:
    task, path, orders = sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3])
    limit_process_resources(orders)
    write_protocol_message(run_child_task(task, path, orders))
    os._exit(0)  # no parser's threads or finalisers get a word after the answer


if __name__ == "__main__":
    main()
