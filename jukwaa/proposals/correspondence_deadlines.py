"""Days until which a message asks for something: they are suggested, and a person confirms them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from jukwaa.core.date_parsing import find_days_in_text
from jukwaa.core.due_phrases import DUE_PHRASE_REGEX

SENTENCE_PATTERN = re.compile(r"(?<=[.!?؟])\s+|\n\s*\n|\n(?=\s*[-*•])")
# English is read by `DUE`; these are the words of the other languages of the site, and of the calls themselves.
DEADLINE_CUE_PATTERN = re.compile(
    r"\b(?:deadline|due|no later than|at the latest|"
    r"date limite|au plus tard|avant le|d'ici (?:le|au)|jusqu'au|"
    r"fecha límite|plazo|a más tardar|antes del|hasta el)\b|الموعد النهائي|في موعد أقصاه|قبل يوم|حتى يوم",
    re.IGNORECASE,
)
STRONG_DEADLINE_CUE_PATTERN = re.compile(
    r"\b(?:deadline|due|by|before|until|no later than|not later than|within)\b", re.IGNORECASE
)
DAY_SPAN_PATTERN = re.compile(
    r"\bwithin (?:the next )?(?P<n>\d{1,2}|one|two|three|four|six) (?P<unit>day|week)s?\b(?! ago)", re.IGNORECASE
)
NUMBERS_BY_WORD = {"one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
MAX_QUOTE_LENGTH, MAX_DEADLINES, MAX_SENTENCES, MAX_SENTENCE_LENGTH = 300, 5, 400, 1500


@dataclass(frozen=True)
class FoundMessageDeadline:
    """`words` is the sentence in which the day was found."""

    day: date
    words: str


def find_deadlines_in_text(text: str, sent_on: date) -> list[FoundMessageDeadline]:
    """Return at most five days, each once. A day without a year is the next one after the message was sent."""
    found: dict[date, str] = {}
    for sentence in SENTENCE_PATTERN.split(text, MAX_SENTENCES)[:MAX_SENTENCES]:
        words = " ".join(sentence.split())[:MAX_SENTENCE_LENGTH]
        for day in _find_days_in_sentence(words, sent_on):
            found.setdefault(day, words[:MAX_QUOTE_LENGTH])
    return [FoundMessageDeadline(day, words) for day, words in sorted(found.items())[:MAX_DEADLINES]]


def _find_days_in_sentence(sentence: str, sent_on: date) -> Iterator[date]:
    if match := DAY_SPAN_PATTERN.search(sentence):
        days = int(NUMBERS_BY_WORD.get(match["n"].lower(), 0) or match["n"])
        yield sent_on + timedelta(days=days * (7 if match["unit"].lower() == "week" else 1))
    if cue := DEADLINE_CUE_PATTERN.search(sentence):
        yield from find_days_in_text(sentence[cue.start() :], sent_on)[:1] or find_days_in_text(sentence, sent_on)[:1]
        return
    for match in DUE_PHRASE_REGEX.finditer(sentence):  # "by 15 May"; "on 15 May" alone is no deadline
        if STRONG_DEADLINE_CUE_PATTERN.match(match.group()):
            yield from find_days_in_text(match.group(), sent_on)[:1]
