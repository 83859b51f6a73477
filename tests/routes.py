"""Every route there is, and what each is walked with."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

# Signing in and out would end a walk. By name: a charter is signed as well, and a reviewer is assigned.
ROUTES_ENDING_WALK = {
    "account_logout",
    *(f"accounts:{name}" for name in ("sign_out", "sign_out_everywhere", "passkey_begin_sign_in", "passkey_sign_in")),
}


@dataclass(frozen=True)
class Route:
    name: str
    pattern: URLPattern
    arguments: frozenset[str]

    @property
    def integer_parameters(self) -> frozenset[str]:
        converters = self.pattern.pattern.converters
        return frozenset(name for name, converter in converters.items() if isinstance(converter, IntConverter))

    @property
    def is_public(self) -> bool:
        return not getattr(self.pattern.callback, "login_required", True)


def list_routes(
    resolver: URLResolver | None = None, namespace: str = "", outer_arguments: frozenset[str] = frozenset()
) -> Iterator[Route]:
    resolver = resolver or get_resolver()
    for pattern in resolver.url_patterns:
        arguments = (
            outer_arguments | frozenset(pattern.pattern.converters) | frozenset(pattern.pattern.regex.groupindex)
        )
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from list_routes(pattern, inner, arguments)
        else:
            yield Route(f"{namespace}{pattern.name}", pattern, arguments)


def list_route_patterns_and_names(
    resolver: URLResolver | None = None, path_prefix: str = "", namespace: str = ""
) -> list[list[str]]:
    """Return the route and the name of each page, in the order in which they are resolved."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        route = path_prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found += list_route_patterns_and_names(pattern, route, inner)
        else:
            found.append([route, f"{namespace}{pattern.name}"])
    return found
