"""What a new coalition still needs: each feature registers its steps in its `setup_steps.py`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from jukwaa.coalitions.models import Coalition
from jukwaa.core.registry import Registry


@dataclass(frozen=True, kw_only=True)
class SetupStep:
    """One thing to do. `result` says what is there already; it is empty until it is done."""

    title: str
    explanation: str
    url: str
    result: str = ""

    @property
    def is_done(self) -> bool:
        return bool(self.result)


# By their order on the page.
setup_step_registry: Registry[int, Callable[[Coalition], SetupStep]] = Registry("steps of setting up a coalition")


def get_step_url(url_name: str, coalition: Coalition) -> str:
    return reverse(url_name, args=[coalition.slug])
