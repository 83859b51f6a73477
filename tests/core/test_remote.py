"""Fetching from an address that somebody typed, tried on a server on this machine."""

import datetime as dt
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from urllib.parse import unquote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from jukwaa.core import remote_files
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.remote_files import check_url_responds, fetch_remote_file, is_public_address

SERVER_URL = "127.0.0.1"
PRIVATE_ADDRESS_REFUSAL = "This address leads to a private network. Enter an address on the public internet."


class LocalServerHandler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path, _mark, target = self.path.partition("?to=")
        if path == "/moved":
            self.send_response(302)
            self.send_header("Location", unquote(target) or "/moved")
            self.end_headers()
            return
        self.send_response(404 if path == "/missing" else 200)
        if path == "/long":
            self.send_header("Content-Length", str(50 * 1024 * 1024))
        self.end_headers()
        try:
            for _number in range(50 if path in ("/endless", "/long") else 1):
                self.wfile.write(b"BEGIN:VCALENDAR\n" if path == "/file" else b"x" * 1024 * 1024)
            if path == "/slow":
                self.server.released.wait(20)  # type: ignore[attr-defined]
        except OSError:
            pass  # the client has read enough

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server_certificate(tmp_path_factory):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, SERVER_URL)])
    now = dt.datetime.now(dt.UTC)
    names = [x509.IPAddress(ip_address(SERVER_URL)), x509.IPAddress(ip_address("127.0.0.2")), x509.DNSName("localhost")]
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - dt.timedelta(days=1))
    builder = builder.not_valid_after(now + dt.timedelta(days=1))
    signed = builder.add_extension(x509.SubjectAlternativeName(names), critical=False).sign(key, hashes.SHA256())
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    no_password = serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, no_password)
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def local_server_url(server_certificate) -> Iterator[str]:
    """An https server on all addresses of the loopback network."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), LocalServerHandler)
    server.released = threading.Event()  # type: ignore[attr-defined]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(server_certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)  # seconds until it sees its end
    thread.start()
    yield f"https://{SERVER_URL}:{server.server_port}"
    server.released.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


@pytest.fixture
def fetch_from_local_server(server_certificate):
    """Fetch as usual, except that this one address is taken for a public one."""
    context = ssl.create_default_context(cafile=server_certificate)

    def fetch_file_here(url: str, max_size: int = 1024 * 1024) -> bytes:
        return fetch_remote_file(
            url, max_size=max_size, is_allowed=lambda address: str(address) == SERVER_URL, context=context
        )

    return fetch_file_here


def get_fetch_refusal(call) -> str:
    with pytest.raises(ActionRefused) as refused:
        call()
    return str(refused.value)


def test_file_is_fetched_after_redirect(local_server_url, fetch_from_local_server):
    assert fetch_from_local_server(f"{local_server_url}/file") == b"BEGIN:VCALENDAR\n"
    assert fetch_from_local_server(f"{local_server_url}/moved?to=/file") == b"BEGIN:VCALENDAR\n"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.7", "169.254.169.254", "192.168.1.1"])
def test_private_addresses_and_names_are_refused(local_server_url, host):
    port = local_server_url.rpartition(":")[2]

    assert (
        get_fetch_refusal(lambda: fetch_remote_file(f"https://{host}:{port}/file", max_size=1024))
        == PRIVATE_ADDRESS_REFUSAL
    )


@pytest.mark.parametrize("host", ["127.0.0.2", "10.0.0.7", "[::ffff:10.0.0.7]"])
def test_redirect_to_private_address_is_refused(local_server_url, fetch_from_local_server, host):
    port = local_server_url.rpartition(":")[2]

    assert (
        get_fetch_refusal(lambda: fetch_from_local_server(f"{local_server_url}/moved?to=https://{host}:{port}/file"))
        == PRIVATE_ADDRESS_REFUSAL
    )


def test_redirect_to_other_protocol_is_refused(local_server_url, fetch_from_local_server):
    assert "https://" in get_fetch_refusal(
        lambda: fetch_from_local_server(f"{local_server_url}/moved?to=http://{SERVER_URL}/file")
    )
    assert "https://" in get_fetch_refusal(
        lambda: fetch_from_local_server(f"{local_server_url}/moved?to=file:///etc/passwd")
    )


@pytest.mark.parametrize("redirect_target", ["https://[", "//[x/", "https://example.org:port/"])
def test_redirect_to_invalid_address_is_refused(local_server_url, fetch_from_local_server, redirect_target):
    assert "starts with https://" in get_fetch_refusal(
        lambda: fetch_from_local_server(f"{local_server_url}/moved?to={redirect_target}")
    )


@pytest.mark.parametrize("redirect_target", ["https://exa%7Fmple.org/", f"https://{SERVER_URL}/a%7Fb"])
def test_redirect_with_control_character_is_refused(local_server_url, fetch_from_local_server, redirect_target):
    assert "could not be reached" in get_fetch_refusal(
        lambda: fetch_from_local_server(f"{local_server_url}/moved?to={redirect_target}")
    )


def test_redirect_loop_is_refused(local_server_url, fetch_from_local_server):
    assert "redirects too many times" in get_fetch_refusal(lambda: fetch_from_local_server(f"{local_server_url}/moved"))


@pytest.mark.parametrize("url_path", ["/long", "/endless"])
def test_large_file_is_refused_before_download(local_server_url, fetch_from_local_server, url_path):
    assert (
        get_fetch_refusal(lambda: fetch_from_local_server(f"{local_server_url}{url_path}"))
        == "Enter the address of a smaller file. The file at this address is larger than 1 MB."
    )


def test_slow_server_times_out(local_server_url, fetch_from_local_server, monkeypatch):
    monkeypatch.setattr(remote_files, "FETCH_TIMEOUT_SECONDS", 0.5)

    refused = get_fetch_refusal(lambda: fetch_from_local_server(f"{local_server_url}/slow", 2 * 1024 * 1024))

    assert refused == "The server did not respond in time. Try again later."


def test_fetch_errors_are_one_sentence(local_server_url, fetch_from_local_server, server_certificate):
    assert "error 404" in get_fetch_refusal(lambda: fetch_from_local_server(f"{local_server_url}/missing"))
    assert "could not be reached" in get_fetch_refusal(lambda: fetch_from_local_server(f"https://{SERVER_URL}:1/"))
    untrusting = lambda: fetch_remote_file(f"{local_server_url}/file", max_size=9, is_allowed=lambda _address: True)  # noqa: E731
    assert "certificate" in get_fetch_refusal(untrusting)


@pytest.mark.parametrize(
    "url", ["http://example.org/", "ftp://example.org", "https://", "https://me:secret@example.org/", "https://[", "x"]
)
def test_unsupported_addresses_are_refused(url):
    assert "starts with https://" in get_fetch_refusal(lambda: fetch_remote_file(url, max_size=1))


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("0.0.0.0", False),
        ("100.64.0.1", False),
        ("172.16.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_public_addresses_are_recognised(address, is_public):
    assert is_public_address(ip_address(address)) is is_public


def test_response_check_does_not_read_content(local_server_url, server_certificate):
    context = ssl.create_default_context(cafile=server_certificate)

    def check_server_response(url_path: str) -> None:
        check_url_responds(
            f"{local_server_url}{url_path}", is_allowed=lambda address: str(address) == SERVER_URL, context=context
        )

    for path in ("/file", "/long", "/endless", "/moved?to=/file"):
        check_server_response(path)
    with pytest.raises(ActionRefused, match="error 404"):
        check_server_response("/missing")
    with pytest.raises(ActionRefused, match=PRIVATE_ADDRESS_REFUSAL):
        check_url_responds(f"{local_server_url}/file", context=context)
