"""What the search finds beside records: apps register it, such as the posts of the mailing list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from jukwaa.coalitions.standing import Standing
from jukwaa.core.registry import Registry


@dataclass(frozen=True)
class OtherResult:
    title: str
    url: str
    day: date | None = None


@dataclass(frozen=True)
class OtherResults:
    """The first that were found, and the page that searches all of them."""

    heading: str | Promise
    results: list[OtherResult]
    all_url: str
    all_label: str | Promise


# Each returns what this viewer may read of what the words of a search are about.
other_result_registry: Registry[str, Callable[[Standing, str], OtherResults | None]] = Registry("other search results")


def find_other_results(viewer_standing: Standing, query_text: str) -> list[OtherResults]:
    found = (find(viewer_standing, query_text) for find in other_result_registry.values())
    return [results for results in found if results is not None and results.results]
