"""Check whether a server can listen on an address, before any other work is done."""

import socket

MAX_PORT_NUMBER = 65535
ADDRESS_UNUSABLE_EXIT_STATUS = 2  # the exit code where nothing was begun: a wrong setting, an address that is taken


def find_listen_error(host: str, port: int) -> str:
    """Return why nothing can listen there, as a sentence; empty if something can."""
    if not 0 < port <= MAX_PORT_NUMBER:
        return f"{port} is not a port number. Choose a number from 1 to {MAX_PORT_NUMBER} with --port."
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        return f"{host} is not an address of this machine. Choose another with --host."
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError:
            return f"This user is not allowed to listen on port {port}. Choose a number above 1023 with --port."
        except OSError as error:
            return f"Jukwaa cannot listen on {host}, port {port} ({error.strerror}). Choose another with --port."
    return ""
