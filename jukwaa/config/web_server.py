"""The web server: granian over WSGI. Over ASGI the same page costs 2.2 times the CPU."""

import resource
import socket
import sys
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.net import SocketSpec  # type: ignore[attr-defined]  # an alias there
from granian.server.mp import MPServer

WORKER_THREAD_COUNT = 4  # of each process
MAX_MEMORY_GROWTH_MB = 100  # MB by which a web process may grow, with its templates; granian then forks a fresh one


class SharedSocketServer(MPServer):
    """Let all web processes accept from one socket, which stays open while one of them is replaced.

    On Linux granian gives each process a socket of its own. Those who wait at it are refused when its process ends, and
    everybody is when the fresh process listens too late. On other systems granian shares one socket, as is done here.
    """

    _ssp: Any
    _shd: Any

    def _init_shared_socket(self) -> None:
        self._ssp = None
        self._shd = SocketSpec(self.bind_addr, self.bind_port, self.backlog).build()
        self._sfd = self._shd.get_fd()
        self._sso = socket.socket(fileno=self._sfd)
        self._sso.set_inheritable(True)


def load_wsgi_application() -> Any:
    from jukwaa.config.wsgi import application  # noqa: PLC0415 - settings must be named first

    return application


def _get_peak_memory_mb() -> int:
    """Return the most memory that this process has had so far, in MB, with what it shares with others."""
    unit = 1 if sys.platform == "darwin" else 1024  # Linux counts kilobytes
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit // 1024**2


def run_web_server(*, host: str, port: int, worker_count: int) -> None:
    """Serve until told to stop."""
    SharedSocketServer(
        "jukwaa.config.wsgi:application",
        address=host,
        port=port,
        workers=worker_count,
        interface=Interfaces.WSGI,
        blocking_threads=WORKER_THREAD_COUNT,
        respawn_failed_workers=True,
        workers_max_rss=_get_peak_memory_mb() + MAX_MEMORY_GROWTH_MB,
        websockets=False,
        log_level=LogLevels.error,  # its warnings at the start are about other configurations than ours
    ).serve(target_loader=load_wsgi_application, wrap_loader=False)
