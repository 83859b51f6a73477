"""One process tree: the web server and the worker, started together and stopped together."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

PATIENCE = 15  # seconds that a process has to end before it is killed
SETTLED = 30  # seconds after which a restart counts as a success and the pause begins anew


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
        self.process = subprocess.Popen(self.command, env=os.environ)  # noqa: S603 - our own command
        self.started = time.monotonic()

    def tend(self) -> None:
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            sys.stderr.write(f"The {self.name} ended ({self.process.returncode}); it is started again.\n")
            self.process = None
            self.pause = 1 if now - self.started > SETTLED else min(self.pause * 2, 60)
            self.due = now + self.pause
        if self.process is None and now >= self.due:
            self.start()

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()


@dataclass
class Supervisor:
    children: list[Child]
    stopping: bool = field(default=False)

    def run(self) -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._stop)
        try:
            while not self.stopping:
                for child in self.children:
                    child.tend()
                time.sleep(0.3)
        finally:
            for child in self.children:
                child.stop()

    def _stop(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature is signal's
        self.stopping = True


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
        "--blocking-threads=4",
        "--respawn-failed-workers",
        "--no-ws",
        "--log-level=warning",
        "jukwaa.config.wsgi:application",
    ]


def worker_command() -> list[str]:
    return [sys.executable, "-m", "jukwaa", "worker"]
