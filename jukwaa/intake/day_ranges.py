"""Meetings of several days: "21 et mercredi 22 avril 2026" begins on the first."""

import re
from collections.abc import Container

from jukwaa.places.text_folding import fold_text

_DAY = r"\d{1,2}(?:st|nd|rd|th|er|\.?º)?"
_JOINT = r"(?:\s?[-\u2013/&]\s?|,?\s(?:et|e|y|and|und|na|au|à|al|ao?|to|bis)\s(?:le |el |o |the )?)"
BEFORE_MONTH_PATTERN = re.compile(
    rf"(?<![\d:./-])(?P<first>{_DAY}){_JOINT}(?:[^\W\d_]+(?:-feira)?,?\s)?(?P<last>{_DAY})"
    r"(?=\s(?:of |de |do mês de )?(?P<month>[^\W\d_]+))",
    re.IGNORECASE,
)
AFTER_MONTH_PATTERN = re.compile(
    rf"\b(?P<month>[^\W\d_]+)\s(?P<first>{_DAY}){_JOINT}(?P<last>{_DAY})(?=,?\s(?:19|20)\d\d)", re.IGNORECASE
)


def keep_first_days(text: str, month_names: Container[str]) -> str:
    """The text with the first day of each range of days in one month only. `month_names` are folded."""

    def keep_first_day(range_match: re.Match[str]) -> str:
        days = [int("".join(filter(str.isdigit, range_match[name]))) for name in ("first", "last")]
        if fold_text(range_match["month"]) not in month_names or days[0] >= days[1]:
            return range_match[0]
        before = range_match[0][: range_match.start("first") - range_match.start()]
        return before + range_match["first"]

    return AFTER_MONTH_PATTERN.sub(keep_first_day, BEFORE_MONTH_PATTERN.sub(keep_first_day, text))
