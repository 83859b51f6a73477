"""Numbers inside the text of a report. A text holds `[meetings: 3]`; its readers see the number of today, as a link.

So a number leads to its records wherever the rapporteur moves it, and stays right when the record grows.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from jukwaa.core.documents.outgoing import InlineRun
from jukwaa.eligibility.annual_report.statistic import Statistic

NUMBER_MARKER_PATTERN = re.compile(r"\[([a-z][a-z-]*):[^\[\]\n]*\]")

type UrlBuilder = Callable[[str], str]


def format_number_marker(statistic: Statistic, statistic_value: int) -> str:
    return f"[{statistic.key}: {statistic.format_value(statistic_value)}]"


def update_marked_numbers(text: str, statistics: Mapping[str, Statistic], statistic_values: Mapping[str, int]) -> str:
    """Return the text with its numbers as they are today, for whoever edits it."""

    def replace_marked_number(number_match: re.Match[str]) -> str:
        key = number_match[1]
        return format_number_marker(statistics[key], statistic_values[key]) if key in statistics else number_match[0]

    return NUMBER_MARKER_PATTERN.sub(replace_marked_number, text)


def find_unknown_statistic_key(text: str, statistics: Mapping[str, Statistic]) -> str:
    """Return the first key in a text that is no number of a report; empty if there is none."""
    return next((key for key in NUMBER_MARKER_PATTERN.findall(text) if key not in statistics), "")


def split_into_text_runs(
    text: str, statistics: Mapping[str, Statistic], statistic_values: Mapping[str, int], build_record_url: UrlBuilder
) -> Iterator[InlineRun]:
    """Return the text as runs, its numbers as links. What only looks like a number stays as it was written."""
    end = 0
    for found in NUMBER_MARKER_PATTERN.finditer(text):
        if (key := found[1]) not in statistics:
            continue
        if found.start() > end:
            yield InlineRun(text[end : found.start()])
        yield InlineRun(statistics[key].format_value(statistic_values[key]), link=build_record_url(key))
        end = found.end()
    if end < len(text):
        yield InlineRun(text[end:])
