"""One process tree: the web server and the worker, started together and stopped together.

`python -m jukwaa.config.supervisor --host ... --port ... --workers ...` knows nothing of Django: a process that only
waits need not hold all of Jukwaa in memory.
"""

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

PATIENCE = 15  # seconds that a process has to end before it is killed
SETTLED = 30  # seconds after which a restart counts as a success and the pause begins anew
# Memory goes back to the system when it is free: few arenas, and large blocks mapped by themselves. Of glibc.
MEMORY = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072"}
LARGEST = 320  # MB of a web process, what it maps of the database included; granian then starts a fresh one
SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, of Linux's prctl


@dataclass
class Child:
    """A process that is started again when it dies, after a pause that doubles up to a minute."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    pause: float = 1
    started: float = 0
    due: float = 0

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            self.command,
            env=os.environ | MEMORY,
            process_group=0,
            preexec_fn=dies_with_us(),  # noqa: PLW1509 - there are no threads here
        )
        self.started = time.monotonic()

    def tend(self) -> None:
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            status = self.process.returncode
            self.sweep(self.process)
            self.process = None
            if status == 0 and now - self.started > SETTLED / 10:  # it had grown large, and made room for a fresh one
                self.pause = 0
            else:
                sys.stderr.write(f"The {self.name} ended ({status}); it is started again.\n")
                self.pause = 1 if now - self.started > SETTLED else min(max(self.pause, 0.5) * 2, 60)
            self.due = now + self.pause
        if self.process is None and now >= self.due:
            self.start()

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        self.sweep(self.process)

    @staticmethod
    def sweep(process: subprocess.Popen[bytes]) -> None:
        """Kill what is left of it, be it processes that it started itself and could not stop."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


@dataclass
class Supervisor:
    children: list[Child]
    tell: Callable[[], bool]  # says once that the place is open; True when it was said
    stopping: bool = field(default=False)
    told: bool = field(default=False)

    def run(self) -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._stop)
        try:
            while not self.stopping:
                for child in self.children:
                    child.tend()
                self.told = self.told or self.tell()
                time.sleep(0.3)
        finally:
            for child in self.children:
                child.stop()

    def _stop(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature is signal's
        self.stopping = True


def dies_with_us() -> Callable[[], None] | None:
    """For a child to call before it begins: it is told to stop when we are gone, even if we were killed.

    Linux alone knows that. Elsewhere a supervisor that was killed leaves its children behind.
    """
    if sys.platform != "linux":
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def bind() -> None:
        prctl(SET_DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != parent:  # we died in between
            os._exit(1)

    return bind


def web_command(*, host: str, port: int, workers: int) -> list[str]:
    """Granian over WSGI: over ASGI the same page costs 2.2 times the CPU."""
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface=wsgi",
        f"--host={host}",
        f"--port={port}",
        f"--workers={workers}",
        "--blocking-threads=8",
        "--respawn-failed-workers",
        f"--workers-max-rss={LARGEST}",
        "--no-ws",
        "--log-level=warning",
        "jukwaa.config.wsgi:application",
    ]


def herald(host: str, port: int) -> Callable[[], bool]:
    """Prints the address once the web server listens there, unless somebody else did before."""
    was_taken = _listens(host, port)

    def tell() -> bool:
        if was_taken or not _listens(host, port):
            return was_taken
        name = f"[{host}]" if ":" in host else host
        sys.stdout.write(f"Jukwaa listens on http://{name}:{port}/ and stops with Ctrl+C.\n")
        sys.stdout.flush()
        return True

    return tell


def _listens(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def worker_command() -> list[str]:
    return [sys.executable, "-m", "jukwaa", "worker"]


def supervisor_command(*, host: str, port: int, workers: int) -> list[str]:
    options = [f"--host={host}", f"--port={port}", f"--workers={workers}"]
    return [sys.executable, "-m", "jukwaa.config.supervisor", *options]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    options = parser.parse_args()
    web = Child("web server", web_command(host=options.host, port=options.port, workers=options.workers))
    Supervisor([web, Child("worker", worker_command())], herald(options.host, options.port)).run()


if __name__ == "__main__":
    main()
