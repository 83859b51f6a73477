"""Whether two reports mean the same action: by its number, its words and its owner.

Two different actions must never become one, so every doubt counts against it. A number such as "4/2" or "AP 14.1" stays
with an action from report to report. "14.1" alone may count the lines of an agenda: it is weaker.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from jukwaa.coalitions.person_titles import TITLES
from jukwaa.places.text_folding import fold_text

MIN_WORDS_WITH_NUMBER = 2
MIN_WORDS_ALONE = 3
MIN_PLURAL_LENGTH = 4
# "4/2", "14-1", "AP 14.1", "Action 3.2:". Three parts are a date, and so is a year with a month.
NUMBER_PATTERN = re.compile(
    r"^(?:\d{1,3}\s*[|\t])?[^\w|]*"
    r"(?P<label>(?:action|task|actie|acción|ação|tâche)?(?:\s?(?:point|item|no\.?|n°))?|ap|ai|a|t)"
    r"[\s#:.\u2013-]{0,3}(?P<first>\d{1,3}|20\d\d)(?P<sign>[/.\u2013-])(?P<second>\d{1,3})(?P<letter>[a-z]?)"
    r"(?![\w/.\u2013-]*\d)(?=[\s|:;,.)\]\u2013-]|$)",
    re.IGNORECASE,
)
# What is done after every meeting, or again and again, in the same words.
RECURRING_WORDS = frozenset(
    {
        *("minutes", "notes", "agenda", "invitation", "invitations", "doodle", "recording", "attendance", "next"),
        *("every", "daily", "weekly", "monthly", "quarterly", "annual", "again"),
        *("compte", "rendu", "verbal", "ordre", "prochain", "prochaine", "mensuel", "trimestriel", "annuel", "chaque"),
        *("acta", "orden", "proximo", "proxima", "mensual", "trimestral", "anual", "cada", "ata", "pauta"),
        *("محضر", "جدول", "المقبل", "القادم"),
    }
)
FUNCTION_WORDS = frozenset(
    {
        *("a", "an", "and", "as", "at", "be", "by", "for", "from", "if", "in", "into", "is", "it", "its", "of", "on"),
        *("or", "our", "that", "the", "their", "them", "this", "to", "up", "will", "with"),
        *("au", "aux", "avec", "ce", "ces", "d", "dans", "de", "des", "du", "elle", "en", "et", "il", "l", "la", "le"),
        *("les", "leur", "ou", "par", "pour", "que", "qui", "sa", "se", "ses", "son", "sur", "un", "une"),
        *("al", "con", "del", "e", "el", "los", "las", "lo", "o", "para", "por", "su", "sus", "una", "y"),
        *("da", "das", "do", "dos", "em", "na", "no", "com", "os"),
        *("action", "task", "todo", "carried", "forward"),
    }
)


@dataclass(frozen=True)
class ActionNumber:
    """`is_strong` of one that can hardly number anything but actions."""

    parts: tuple[str, str]
    is_strong: bool


def parse_action_number(quote: str) -> ActionNumber | None:
    """Return the number at the beginning of a sentence or a row, if it has two parts."""
    match = NUMBER_PATTERN.match(quote)
    if match is None:
        return None
    first, second = match["first"].lstrip("0"), match["second"].lstrip("0") + match["letter"].casefold()
    return ActionNumber((first, second), bool(match["label"]) or match["sign"] != ".") if first and second else None


@dataclass(frozen=True)
class ReportedAction:
    """What one report says about an action. `status` is empty where it gives none, or calls the action new."""

    text: str
    number: ActionNumber | None = None
    owners: frozenset[str] = frozenset()
    status: str = ""
    is_closed: bool = False
    due: date | None = None

    @cached_property
    def words(self) -> tuple[str, ...]:
        text = NUMBER_PATTERN.sub("", self.text)
        return tuple(_strip_plural(word) for word in fold_text(text).split() if word not in FUNCTION_WORDS)

    @cached_property
    def initials(self) -> str:
        return "".join(word[0] for word in self.words)

    @property
    def is_recurring(self) -> bool:
        return not RECURRING_WORDS.isdisjoint(fold_text(self.text).split())


def is_continued(earlier: ReportedAction, later: ReportedAction) -> bool:
    """Whether a later report means this action of an earlier one, if they have the same owner: see `share_owner`."""
    numbers = [said.number for said in (earlier, later) if said.number is not None]
    if len({number.parts for number in numbers}) > 1:
        return False
    is_recurring = earlier.is_recurring or later.is_recurring
    is_followed_up = bool(later.status) or (later.due is not None and later.due == earlier.due)
    if has_same_strong_number(earlier, later) and (is_followed_up or not is_recurring):
        return _include_words(earlier, later)
    is_reopened = earlier.is_closed and not later.is_closed
    if is_reopened or is_recurring or not is_followed_up:
        return False
    if len(numbers) > 1:
        return _include_words(earlier, later)
    return earlier.words == later.words and len(later.words) >= MIN_WORDS_ALONE


def has_same_strong_number(one: ReportedAction, other: ReportedAction) -> bool:
    numbers = (one.number, other.number)
    is_strong = any(number is not None and number.is_strong for number in numbers)
    return is_strong and None not in numbers and len({number.parts for number in numbers if number}) == 1


def share_owner(owners: Collection[str], others: Collection[str]) -> bool:
    """Whether two sets of names have one owner in common, or one of them names nobody."""
    return not owners or not others or any(_are_same_name(name, other) for name in owners for other in others)


def is_exact_owner(owners: Collection[str], others: Collection[str]) -> bool:
    return bool({fold_text(name) for name in owners} & {fold_text(name) for name in others})


def _are_same_name(name: str, other: str) -> bool:
    """Whether one is the other in short: "Anil" and "Anil Rao", "S. Rao" and "Sita Rao"."""
    short, full = sorted((_split_name(name), _split_name(other)), key=len)
    left = list(full)
    for part in sorted(short, key=len, reverse=True):
        found = next(
            (each for each in left if part == each or _is_initial(part, each) or _is_initial(each, part)), None
        )
        if found is None:
            return False
        left.remove(found)
    return any(len(part) > 1 and part in full for part in short)


def _split_name(name: str) -> Sequence[str]:
    words = fold_text(name).split()
    is_titled = len(words) > 1 and len(words[0]) > 1 and words[0] in TITLES
    return words[1:] if is_titled else words


def _is_initial(part: str, word: str) -> bool:
    return len(part) == 1 and word.startswith(part)


def _include_words(one: ReportedAction, other: ReportedAction) -> bool:
    """Whether one says all that the other says: "Costed note" and "Costed note on the hotline"."""
    if one.words == other.words:
        return True
    short, full = sorted((one, other), key=lambda said: len(said.words))
    words = set(full.words)
    return len(short.words) >= MIN_WORDS_WITH_NUMBER and all(
        word in words or (1 < len(word) < MIN_PLURAL_LENGTH and word in full.initials) for word in short.words
    )


def _strip_plural(word: str) -> str:
    return word[:-1] if len(word) >= MIN_PLURAL_LENGTH and word.endswith("s") and not word.endswith("ss") else word
