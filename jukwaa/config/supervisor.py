"""One process tree: the web server and the worker, started together and stopped together.

`python -m jukwaa.config.supervisor --host ... --port ... --workers ...` loads Jukwaa once, and forks all processes from
itself: they share what was loaded. It has no threads and no connection to the database, or forking would not be safe.
"""

import argparse
import ctypes
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.context import ForkProcess
from pathlib import Path
from types import FrameType

from django.core.management import call_command

from jukwaa.config.preload import preload_application
from jukwaa.config.web_server import run_web_server

STOP_TIMEOUT_SECONDS = 15  # seconds that a process has to end before it is killed
STABLE_UPTIME_SECONDS = 30  # seconds after which a restart counts as a success and the pause is reset
# Memory goes back to the system when it is free: few arenas, and large blocks mapped by themselves. Of glibc.
MALLOC_SETTINGS = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072"}
PRCTL_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, of Linux's prctl
WORKER_NICENESS = 5  # behind pages, but not far: they wait for it while it holds the lock of the database
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@dataclass
class ChildProcess:
    """A process that is started again when it dies, after a pause that doubles up to a minute."""

    name: str
    run: Callable[[], None]
    process: ForkProcess | None = None
    pause: float = 1
    started: float = 0
    due: float = 0

    def start(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)  # or it would take a signal as we do, and go on
        self.process = multiprocessing.get_context("fork").Process(
            target=self._run_in_child, args=[build_parent_death_hook()]
        )
        self.process.start()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
        self.started = time.monotonic()

    def _run_in_child(self, bind_socket: Callable[[], None] | None) -> None:
        """In the new process: become the leader of its group, with signals as they were, and a name of its own."""
        os.setpgid(0, 0)
        for name in STOP_SIGNALS:
            signal.signal(name, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
        if bind_socket is not None:
            bind_socket()
        with suppress(OSError):  # Linux alone has it
            Path("/proc/self/comm").write_text(f"jukwaa-{self.name.split()[0]}", encoding="ascii")
        self.run()

    def restart_if_dead(self) -> None:
        now = time.monotonic()
        if self.process is not None and self.process.exitcode is not None:
            status = self.process.exitcode
            self.kill_process_group(self.process)
            self.process = None
            if (
                status == 0 and now - self.started > STABLE_UPTIME_SECONDS / 10
            ):  # it had grown large, and made room for a fresh one
                self.pause = 0
            else:
                sys.stderr.write(f"The {self.name} stopped ({status}) and will be restarted.\n")
                self.pause = 1 if now - self.started > STABLE_UPTIME_SECONDS else min(max(self.pause, 0.5) * 2, 60)
            self.due = now + self.pause
        if self.process is None and now >= self.due:
            self.start()

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        self.process.join(STOP_TIMEOUT_SECONDS)
        self.kill_process_group(self.process)

    @staticmethod
    def kill_process_group(child_process: ForkProcess) -> None:
        """Kill what is left of it, be it processes that it started itself and could not stop."""
        if child_process.pid is not None:
            with suppress(ProcessLookupError):
                os.killpg(child_process.pid, signal.SIGKILL)


@dataclass
class ProcessSupervisor:
    children: list[ChildProcess]
    tell: Callable[[], bool]  # says once that the place is open; True when it was said
    stopping: bool = field(default=False)
    told: bool = field(default=False)

    def run(self) -> None:
        for name in STOP_SIGNALS:
            signal.signal(name, self._handle_stop_signal)
        try:
            while not self.stopping:
                for child in self.children:
                    child.restart_if_dead()
                self.told = self.told or self.tell()
                time.sleep(0.3)
        finally:
            for child in self.children:
                child.stop()

    def _handle_stop_signal(self, signal_number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature is signal's
        self.stopping = True


def build_parent_death_hook() -> Callable[[], None] | None:
    """For a child to call before it begins: it is told to stop when we are gone, even if we were killed.

    Linux alone knows that. Elsewhere a supervisor that was killed leaves its children behind.
    """
    if sys.platform != "linux":
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def stop_when_parent_dies() -> None:
        prctl(PRCTL_SET_DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != parent:  # we died in between
            os._exit(1)

    return stop_when_parent_dies


def build_start_message_printer(host: str, port: int) -> Callable[[], bool]:
    """Prints the address once the web server listens there, unless somebody else did before."""
    was_taken = _is_server_listening(host, port)

    def print_once_listening() -> bool:
        if was_taken or not _is_server_listening(host, port):
            return was_taken
        name = f"[{host}]" if ":" in host else host
        sys.stdout.write(f"Jukwaa is running at http://{name}:{port}/. To stop it, press Ctrl+C.\n")
        sys.stdout.flush()
        return True

    return print_once_listening


def _is_server_listening(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def run_worker() -> None:
    os.nice(WORKER_NICENESS)
    call_command("worker")


def build_supervisor_command(*, host: str, port: int, worker_count: int) -> list[str]:
    options = [f"--host={host}", f"--port={port}", f"--workers={worker_count}"]
    return [sys.executable, "-m", "jukwaa.config.supervisor", *options]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    options = parser.parse_args()
    tell = build_start_message_printer(options.host, options.port)
    preload_application()
    serve = partial(run_web_server, host=options.host, port=options.port, worker_count=options.workers)
    ProcessSupervisor([ChildProcess("web server", serve), ChildProcess("worker", run_worker)], tell).run()


if __name__ == "__main__":
    main()
