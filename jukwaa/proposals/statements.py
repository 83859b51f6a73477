"""Numbers of what people state about their gender and age, so that no number says something about one of them."""

from collections import Counter
from collections.abc import Iterable, Mapping

from jukwaa.coalitions.names import FEW

LEAST_ANSWERS = 2  # with one answer only, it would be known of each of them


def count_statements(statements: Iterable[str]) -> Mapping[str, int] | None:
    """Return how many people gave each answer; None if the numbers could identify somebody.

    `statements` has one value for each person, empty for those who have not answered. Every answer that anybody gave,
    and silence, is shared by at least five people, and there are two or more of them.
    """
    counts = Counter(statements)
    if len(counts) < LEAST_ANSWERS or min(counts.values(), default=0) < FEW:
        return None
    return counts
