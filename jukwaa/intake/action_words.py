"""Whether two reports mean the same action: by its number, its words and its owner.

A number such as "4/2" or "AP 14.1" stays with an action from report to report. "14.1" alone may count the lines of an
agenda, and "D4" those of one meeting: they are weaker. Tasks that differ in one word or in a language stay apart.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import takewhile

from jukwaa.coalitions.person_titles import TITLES
from jukwaa.intake.action_numbers import ActionNumber, remove_action_number
from jukwaa.places.text_folding import fold_text

MIN_WORDS_WITH_NUMBER = 2
MIN_WORDS_ALONE = 3
MIN_LIKENESS = 0.6  # of the words of the shorter text
MIN_PLURAL_LENGTH = 4
MAX_DIFFERENCES = 2  # words of two parallel texts
MIN_STEM_LENGTH = 5
MIN_STEM_SHARE = 0.6  # of the longer word: "directory" and "directorio", not "communication" and "community"
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
# Verbs and groups that are in every list of tasks.
COMMON_TASK_WORDS = frozenset(
    {
        *("ask", "check", "circulate", "collect", "draft", "make", "organise", "organize", "prepare", "propose"),
        *("publish", "send", "share", "update", "write", "all", "new", "member", "meeting", "plenary"),
        *("demander", "envoyer", "partager", "preparer", "rediger", "reunion", "membre", "tous"),
        *("enviar", "pedir", "preparar", "redactar", "redigir", "revisar", "compartir", "miembro", "membro", "todo"),
    }
)
# Two texts that name different ones mean different tasks.
_ALTERNATIVE_WORDS = (
    frozenset({"draft", "final"}),
    frozenset({"borrador", "final"}),
    frozenset({"first", "second", "third", "fourth", "fifth", "final"}),
    frozenset(
        {"arabic", "chinese", "english", "french", "portuguese", "russian", "spanish", "swahili"}
        | {"anglais", "arabe", "espagnol", "francai", "portugai", "espanol", "france", "ingle", "portugue"}
    ),
)


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
        return _list_words(remove_action_number(self.text))

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(word for owner in self.owners for word in fold_text(owner).split())

    @cached_property
    def task_words(self) -> tuple[str, ...]:
        """The words before the owner: "Print the leaflet - Ana - half done, 4 May" is about the leaflet."""
        parts = _DASH_PATTERN.split(remove_action_number(self.text))
        task = next(
            (" ".join(parts[:at]) for at, part in enumerate(parts) if at and self.names & {*fold_text(part).split()}),
            "",
        )
        words = _list_words(task)
        return words if len(words) >= MIN_WORDS_WITH_NUMBER else self.words

    @cached_property
    def initials(self) -> str:
        return "".join(word[0] for word in self.words)

    @property
    def is_recurring(self) -> bool:
        return not RECURRING_WORDS.isdisjoint(fold_text(self.text).split())


_DASH_PATTERN = re.compile(r"\s[\u2013\u2014-]\s")


def is_continued(earlier: ReportedAction, later: ReportedAction) -> bool:
    """Whether a later report means this action of an earlier one, if they have the same owner: see `share_owner`."""
    numbers = _list_numbers(earlier, later)
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


def is_likely_continued(earlier: ReportedAction, later: ReportedAction) -> bool:
    """Whether a later report probably means this action, if both name the same owner: in other words."""
    numbers = _list_numbers(earlier, later)
    is_strong = has_same_strong_number(earlier, later)
    if len({number.parts for number in numbers}) > 1 or _are_alternatives(earlier.task_words, later.task_words):
        return False
    if not later.status and (not is_strong or earlier.is_recurring or later.is_recurring):
        return False
    if not is_strong and (earlier.is_recurring or later.is_recurring or (earlier.is_closed and not later.is_closed)):
        return False
    shared = count_shared_words(earlier, later)
    shorter = min(len(_list_content_words(each)) for each in (earlier, later))
    if min(len(earlier.task_words), len(later.task_words)) >= MIN_WORDS_WITH_NUMBER and shared:
        if len(numbers) > 1:
            return True
        if has_same_number(earlier, later) and shared >= MIN_WORDS_WITH_NUMBER:
            return True
    return shared >= max(MIN_WORDS_ALONE, MIN_LIKENESS * shorter) and not _have_other_numerals(earlier, later)


def count_shared_words(one: ReportedAction, other: ReportedAction) -> int:
    """How many words they have in common that not every task has."""
    short, full = sorted((_list_content_words(one), _list_content_words(other)), key=len)
    return sum(any(_are_same_word(word, each) for each in full) for word in short)


def has_same_number(one: ReportedAction, other: ReportedAction) -> bool:
    return one.number is not None and other.number is not None and one.number.parts == other.number.parts


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


def _list_numbers(*said: ReportedAction) -> list[ActionNumber]:
    """The numbers that tell actions apart."""
    return [each.number for each in said if each.number is not None and not each.number.is_short]


def _list_words(text: str) -> tuple[str, ...]:
    return tuple(_strip_plural(word) for word in fold_text(text).split() if word not in FUNCTION_WORDS)


def _list_content_words(said: ReportedAction) -> frozenset[str]:
    return frozenset(said.task_words) - COMMON_TASK_WORDS - said.names


def _are_same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    length = sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return length >= MIN_STEM_LENGTH and length >= MIN_STEM_SHARE * max(len(one), len(other))


def _are_alternatives(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two texts differ in one word, or in two that changed places, or name different languages or stages."""
    for group in _ALTERNATIVE_WORDS:
        mine, theirs = group & {*one}, group & {*other}
        if mine and theirs and not mine & theirs:
            return True
    same = sum(_are_same_word(*pair) for pair in zip(one, other, strict=False))
    differences = len(one) - same
    return len(one) == len(other) and 0 < differences <= MAX_DIFFERENCES and same >= differences


def _have_other_numerals(one: ReportedAction, other: ReportedAction) -> bool:
    """As "chapter 1" and "chapter 3"."""
    mine, theirs = ({word for word in said.task_words if word.isdecimal()} for said in (one, other))
    return bool(mine and theirs and not mine & theirs)


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
