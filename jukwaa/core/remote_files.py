"""Fetching a file from an address that a person typed.

Such an address may lead into the network behind the server, by itself, by its name in the DNS or by a redirect. So
each host is resolved here, only addresses of the public internet are connected to, and the connection goes to the very
address that was checked.
"""

import ssl
import threading
from collections.abc import Callable
from contextlib import closing, contextmanager, suppress
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from socket import SHUT_RDWR, SOCK_STREAM, create_connection, gaierror, getaddrinfo, socket
from typing import TYPE_CHECKING, Self
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.translation import gettext as _

from jukwaa.core.documents.limits import BYTES_PER_MEGABYTE
from jukwaa.core.refusals import ActionRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_HTTP_REDIRECTS = 3
FETCH_TIMEOUT_SECONDS = 20.0  # for everything, redirects included
OK, MOVED = 200, frozenset({301, 302, 303, 307, 308})
# Addresses of IPv6 that stand for addresses of IPv4, whatever those are.
IPV4_EMBEDDING_NETWORKS = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))

type Address = IPv4Address | IPv6Address
type Read = Callable[[HTTPResponse], bytes]


def is_public_address(address: Address) -> bool:
    """Whether it is an address of the public internet: not loopback, private, link-local, multicast or reserved."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public_address(address.ipv4_mapped)
        if address.is_site_local or any(address in network for network in IPV4_EMBEDDING_NETWORKS):
            return False
    return address.is_global and not address.is_multicast


def fetch_remote_file(
    url: str,
    *,
    max_size: int,
    is_allowed: Callable[[Address], bool] = is_public_address,
    context: ssl.SSLContext | None = None,
) -> bytes:
    """Return the file at this https address, of at most `max_size` bytes.

    Raises ActionRefused, with a sentence for the person who entered the address. `is_allowed` and `context` are there
    for tests, whose server is on this machine.
    """
    return _fetch_with_redirects(url, lambda response: _read_limited_body(response, max_size), is_allowed, context)


def check_url_responds(
    url: str, *, is_allowed: Callable[[Address], bool] = is_public_address, context: ssl.SSLContext | None = None
) -> None:
    """Ask for this https address as `fetch` does, and read nothing of its content.

    Raises ActionRefused, with a sentence that says why it does not respond.
    """
    _fetch_with_redirects(url, lambda _response: b"", is_allowed, context)


def _fetch_with_redirects(
    url: str, read_body: Read, is_allowed: Callable[[Address], bool], context: ssl.SSLContext | None
) -> bytes:
    """Return what `read_body` takes from the response, after at most `REDIRECTS` redirects."""
    context = context or ssl.create_default_context()
    with _ConnectionDeadline(FETCH_TIMEOUT_SECONDS) as deadline:
        for _number in range(MAX_HTTP_REDIRECTS + 1):
            answer = _send_http_request(_parse_https_url(url), read_body, is_allowed, context, deadline)
            if isinstance(answer, bytes):
                return answer
            url = _resolve_redirect_url(url, answer)
    raise ActionRefused(_("This address redirects too many times. Enter the final address."))


def _resolve_redirect_url(url: str, redirect_url: str) -> str:
    """Return the address that a redirect leads to; one that is no address is refused when it is split."""
    try:
        return urljoin(url, redirect_url)
    except ValueError:
        return redirect_url


def _parse_https_url(url: str) -> SplitResult:
    parts = _split_allowed_url(url)
    if parts is None or parts.scheme != "https" or parts.username is not None or not url.isascii() or " " in url:
        raise ActionRefused(_("Enter an address that starts with https:// and has no user name or password."))
    return parts


def _split_allowed_url(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        is_usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if is_usable else None


def _send_http_request(
    url_parts: SplitResult,
    read_body: Read,
    is_allowed: Callable[[Address], bool],
    context: ssl.SSLContext,
    connection_deadline: "_ConnectionDeadline",
) -> bytes | str:
    """Return the file, or the address that the server redirects to."""
    path = (url_parts.path or "/") + (f"?{url_parts.query}" if url_parts.query else "")
    with (
        _explain_network_errors(connection_deadline),
        closing(_CheckedConnection(url_parts, is_allowed, context, connection_deadline)) as connection,
    ):
        connection.request("GET", path, headers={"Accept-Encoding": "identity", "User-Agent": "Jukwaa"})
        with connection.getresponse() as response:
            return _read_http_response(response, read_body)


def _read_http_response(response: HTTPResponse, read_body: Read) -> bytes | str:
    """Return the file, or the address that the server redirects to."""
    if response.status in MOVED and (target := response.headers.get("Location")):
        return str(target)
    if response.status != OK:
        raise ActionRefused(
            _("The server answered with error %(status)s. Check the address.") % {"status": response.status}
        )
    return read_body(response)


def _read_limited_body(response: HTTPResponse, max_size: int) -> bytes:
    """At most one byte more than allowed: a server need not say how long a file is, nor tell the truth about it."""
    is_too_large = response.length is not None and response.length > max_size
    content = b"" if is_too_large else response.read(max_size + 1)
    if is_too_large or len(content) > max_size:
        limit = max_size // BYTES_PER_MEGABYTE
        raise ActionRefused(
            _("Enter the address of a smaller file. The file at this address is larger than %(limit)s MB.")
            % {"limit": limit}
        )
    return content


@contextmanager
def _explain_network_errors(connection_deadline: "_ConnectionDeadline") -> "Iterator[None]":
    """Errors of the network as one sentence each. What the server said is not repeated."""
    try:
        yield
    except ssl.SSLError as error:
        raise ActionRefused(_("Check the address. The certificate of this server is not valid.")) from error
    except gaierror as error:
        raise ActionRefused(_("No server was found at this address. Check the address.")) from error
    except (OSError, HTTPException, ValueError) as error:
        if connection_deadline.has_passed:
            raise ActionRefused(_("The server did not respond in time. Try again later.")) from error
        raise ActionRefused(_("The server could not be reached. Check the address, or try again later.")) from error


class _CheckedConnection(HTTPSConnection):
    """Connects to an address that was checked, and to no other one that the name may have a moment later."""

    def __init__(
        self,
        url_parts: SplitResult,
        is_allowed: Callable[[Address], bool],
        context: ssl.SSLContext,
        connection_deadline: "_ConnectionDeadline",
    ) -> None:
        super().__init__(str(url_parts.hostname), url_parts.port or 443, timeout=FETCH_TIMEOUT_SECONDS, context=context)
        self._tls, self._is_allowed, self._deadline = context, is_allowed, connection_deadline

    def connect(self) -> None:
        found = getaddrinfo(self.host, self.port, type=SOCK_STREAM)
        addresses = [str(row[4][0]) for row in found]
        if not all(self._is_allowed(ip_address(address)) for address in addresses):
            raise ActionRefused(_("This address leads to a private network. Enter an address on the public internet."))
        plain = create_connection((addresses[0], self.port), timeout=FETCH_TIMEOUT_SECONDS)
        self._deadline.watch_connection(plain)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)
        self._deadline.watch_connection(self.sock)


class _ConnectionDeadline:
    """Ends the connection when the time is over: the timeout of a socket starts again with each byte."""

    def __init__(self, timeout_seconds: float) -> None:
        self.has_passed = False
        self._socket: socket | None = None
        self._timer = threading.Timer(timeout_seconds, self._end_connection_at_deadline)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()

    def watch_connection(self, connected_socket: socket) -> None:
        self._socket = connected_socket
        if self.has_passed:
            self._end_connection_at_deadline()

    def _end_connection_at_deadline(self) -> None:
        self.has_passed = True
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(SHUT_RDWR)
