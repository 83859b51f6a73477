"""What features bring to the top of a coalition's home page: each registers a function in its `home_parts.py`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.registry import Registry


@dataclass(frozen=True)
class HomePart:
    """A template with its context. `changes_at` is when it will read otherwise although nobody has written anything."""

    template: str
    context: Mapping[str, object] = field(default_factory=dict)
    changes_at: datetime | None = None


# The key is the place on the page.
home_part_registry: Registry[int, Callable[[Viewer, Coalition], Iterable[HomePart]]] = Registry(
    "parts of the home page"
)


def build_home_parts(viewer: Viewer, coalition: Coalition) -> list[HomePart]:
    return [part for _place, build in sorted(home_part_registry.items()) for part in build(viewer, coalition)]
