"""The doors of this app's pages: what may be a disclosure or abuse material gets a fixed answer, and goes no further.

Where it is kept aside is known to an app above, which puts its keeper here when it is ready.
"""

from typing import Literal, Protocol

from django.http import HttpRequest, HttpResponse

from jukwaa.coalitions.models import Coalition

type Door = Literal["application", "import"]


class Keeper(Protocol):
    """Gives the answer to send at once, or None to go on."""

    def __call__(
        self,
        request: HttpRequest,
        coalition: Coalition,
        door: Door,
        *,
        text: str = "",
        name: str = "",
        data: bytes = b"",
    ) -> HttpResponse | None: ...


_keepers: list[Keeper] = []


def keep_doors(keeper: Keeper) -> None:
    _keepers[:] = [keeper]


def at_the_door(
    request: HttpRequest, coalition: Coalition, door: Door, *, text: str = "", name: str = "", data: bytes = b""
) -> HttpResponse | None:
    """Call it before storing or showing anything. Without a keeper nothing passes: IndexError."""
    return _keepers[0](request, coalition, door, text=text, name=name, data=data)
