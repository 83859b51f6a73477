"""Numbers inside the text of a report. A text holds `[meetings: 3]`; its readers see the number of today, as a link.

So a number leads to its records wherever the rapporteur moves it, and stays right when the record grows.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from jukwaa.core.documents.outgoing import Run
from jukwaa.eligibility.annual_report.statistic import Statistic

NUMBER_PATTERN = re.compile(r"\[([a-z][a-z-]*):[^\[\]\n]*\]")

type UrlBuilder = Callable[[str], str]


def mark(statistic: Statistic, number: int) -> str:
    return f"[{statistic.key}: {statistic.write(number)}]"


def update_marked_numbers(text: str, statistics: Mapping[str, Statistic], numbers: Mapping[str, int]) -> str:
    """Return the text with its numbers as they are today, for whoever edits it."""

    def replace_marked_number(found: re.Match[str]) -> str:
        key = found[1]
        return mark(statistics[key], numbers[key]) if key in statistics else found[0]

    return NUMBER_PATTERN.sub(replace_marked_number, text)


def find_unknown_key(text: str, statistics: Mapping[str, Statistic]) -> str:
    """Return the first key in a text that is no number of a report; empty if there is none."""
    return next((key for key in NUMBER_PATTERN.findall(text) if key not in statistics), "")


def split_into_runs(
    text: str, statistics: Mapping[str, Statistic], numbers: Mapping[str, int], link: UrlBuilder
) -> Iterator[Run]:
    """Return the text as runs, its numbers as links. What only looks like a number stays as it was written."""
    end = 0
    for found in NUMBER_PATTERN.finditer(text):
        if (key := found[1]) not in statistics:
            continue
        if found.start() > end:
            yield Run(text[end : found.start()])
        yield Run(statistics[key].write(numbers[key]), link=link(key))
        end = found.end()
    if end < len(text):
        yield Run(text[end:])
