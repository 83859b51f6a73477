"""One thing on the desk, which each part of Jukwaa makes in its own module."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

LIMIT = 20


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing to do. `due` None means whenever it suits."""

    due: date | None
    deed: str
    why: str
    url: str
    is_urgent: bool = False  # stands before all that has a day

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()

    @property
    def is_soon(self) -> bool:
        return self.due is not None and (self.due - timezone.localdate()).days <= 1
