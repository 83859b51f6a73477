"""Numbers inside the text of a report. A text holds `[meetings: 3]`; its readers see the number of today, as a link.

So a number leads to its records wherever the rapporteur moves it, and stays right when the record grows.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from jukwaa.core.documents.outgoing import Run
from jukwaa.eligibility.annual_report.figures import Figure

NUMBER = re.compile(r"\[([a-z][a-z-]*):[^\[\]\n]*\]")

type Link = Callable[[str], str]


def mark(figure: Figure, number: int) -> str:
    return f"[{figure.key}: {figure.write(number)}]"


def find_unknown(text: str, figures: Mapping[str, Figure]) -> str:
    """Return the first key in a text that is no number of a report; empty if there is none."""
    return next((key for key in NUMBER.findall(text) if key not in figures), "")


def split_numbers(text: str, figures: Mapping[str, Figure], numbers: Mapping[str, int], link: Link) -> Iterator[Run]:
    """Return the text as runs, its numbers as links. What only looks like a number stays as it was written."""
    end = 0
    for found in NUMBER.finditer(text):
        if (key := found[1]) not in figures:
            continue
        if found.start() > end:
            yield Run(text[end : found.start()])
        yield Run(figures[key].write(numbers[key]), link=link(key))
        end = found.end()
    if end < len(text):
        yield Run(text[end:])
