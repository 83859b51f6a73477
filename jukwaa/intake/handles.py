"""Whom the accounts in notes mean, by those present: "@ana" is Ana Lopes, and "@sam-a" is Samuel."""

import re
from collections.abc import Iterable
from dataclasses import replace

from jukwaa.intake import reader
from jukwaa.intake.meeting_dates import MONTH_NUMBERS, WEEKDAY_NUMBERS
from jukwaa.intake.reader.courtesy_titles import strip_courtesy_title
from jukwaa.places.text_folding import fold_text

HANDLE_PATTERN = re.compile(r"@(?P<base>[^\W\d_]{2,})[\w-]*")
MENTION_PATTERN = re.compile(r"@(?P<word>[^\W\d_]{2,})")
MIN_PREFIX_LENGTH = 3
# Behind the task, where owner and deadline have fields of their own: "- @ana @ben 📅 2026-10-09", "- @ana, by Friday".
HANDLES_AT_END_PATTERN = re.compile(
    r"\s+[-\u2013\u2014]\s+(?:@[\w-]+[\s,&+/]*)+(?:[📅⏰⏳⌛🗓]\ufe0f?\s*\d{4}-\d\d-\d\d|\(?(?:by|before|due)\b[^.;]{1,30})?\W*$"
)


def spell_out_handles(parsed_report: reader.Reading) -> reader.Reading:
    """The same suggestions, where the account of one person who was present is the name of that person."""
    present = [name for made in parsed_report.suggestions if made.kind == "attendee" for name in made.actors]
    return replace(
        parsed_report, suggestions=tuple(_spell_out_in_suggestion(made, present) for made in parsed_report.suggestions)
    )


def _spell_out_in_suggestion(made: reader.Suggestion, present: list[str]) -> reader.Suggestion:
    names = {actor: find_person_by_handle(actor, present) for actor in (*made.actors, made.owner) if actor[:1] == "@"}
    known = {handle: name for handle, name in names.items() if name}
    if not known:
        return made
    text = made.words or made.quote
    shorter = HANDLES_AT_END_PATTERN.sub("", text) if len(known) == len(names) else text
    return replace(made.with_names(known), words=shorter if shorter != text else made.words)


def find_person_by_handle(handle: str, present: Iterable[str]) -> str:
    """The one person present whose first name the account is, or begins; nobody where that is unclear."""
    match = HANDLE_PATTERN.fullmatch(handle)
    if match is None:
        return ""
    base = fold_text(match["base"])
    words = {name: fold_text(strip_courtesy_title(name)).split() for name in present if fold_text(name)}
    exact = [name for name, parts in words.items() if parts[0] == base]
    whole = [name for name, parts in words.items() if _is_joined_name(base, parts)]
    begun = [name for name, parts in words.items() if len(base) >= MIN_PREFIX_LENGTH and parts[0].startswith(base)]
    found = exact or whole or begun
    full = [name for name in found if len(words[name]) > 1 or not exact]
    return found[0] if len(found) == 1 else full[0] if len(full) == 1 else ""


def _is_joined_name(base: str, name_words: list[str]) -> bool:
    """Whether an account is two words or more of a name, without the space between them: "@thuha", "@analopes"."""
    starts = range(len(name_words) - 1)
    ends = range(2, len(name_words) + 1)
    return any("".join(name_words[start:end]) == base for start in starts for end in ends if end - start > 1)


def is_mention(handle: str, names: Iterable[str]) -> bool:
    """Whether this is no account, but a mention of a person with such a name, or of a date: "@Ana", "@October"."""
    match = MENTION_PATTERN.fullmatch(handle)
    if match is None:
        return False
    word = fold_text(match["word"])
    return word in MONTH_NUMBERS or word in WEEKDAY_NUMBERS or any(word in fold_text(name).split() for name in names)
