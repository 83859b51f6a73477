"""Names alone above tasks, in minutes that do not say who was there: a name is known by what the minutes tell of it."""

import re
from itertools import pairwise, takewhile

from jukwaa.intake.reader.lexicon import (
    COLLECTIVE_NOUNS,
    NON_NAME_WORDS,
    PEOPLE_NOUNS,
    ROLE_NOUNS,
    TASK_VERBS,
)
from jukwaa.intake.reader.names import PERSON_NAME_PATTERN
from jukwaa.intake.reader.passage import Passage
from jukwaa.intake.reader.phrases import TASK_START_PATTERN
from jukwaa.intake.reader.roles import get_heading_role

MAX_TITLE_WORDS = 3
NO_PERSON_WORDS = COLLECTIVE_NOUNS | NON_NAME_WORDS | PEOPLE_NOUNS | ROLE_NOUNS | TASK_VERBS
_TOLD = (
    r"(?:said|says|reported|presented|asked|suggested|noted|mentioned|agreed|offered|volunteered|explained|thanked"
    r"|proposed|shared|told|welcomed|opened|joined|raised|summari[sz]ed|confirmed|pointed out|introduced"
    r"|invited|outlined|demonstrated|described|showed|gave|led|highlighted|recommended|clarified|commented|added|wants"
    rf"|(?:will|to) (?:{'|'.join(sorted(TASK_VERBS))}))"
)


def find_person_names_in_titles(passages: list[Passage], text: str) -> frozenset[str]:
    """The names, in small letters, of two such titles or more, if the minutes tell what half of these people said."""
    titles = {
        title
        for place, (passage, after) in enumerate(pairwise(passages))
        if (title := passage.text.strip(" *_:–—-"))
        and may_be_person_title(passage, title)
        and after.block.kind == "bullet"
        if _are_mostly_tasks(_collect_bullets_below(passages, place))
    }
    told = [
        title
        for title in titles
        if re.search(rf"\b{re.escape(title.split()[0])}\b(?: [^\W\d_a-z][\w’'-]+)? (?:also )?{_TOLD}\b", text)
    ]
    is_told = len(titles) > 1 and len(told) * 2 >= len(titles)
    return frozenset(map(str.lower, titles)) if is_told else frozenset()


def may_be_person_title(passage: Passage, words: str) -> bool:
    """Whether a title above tasks may name a person: "Ana:", but not "Budget team"."""
    title = words.strip(" *_:–—-")
    tokens = title.split()
    return (
        (passage.block.kind == "heading" or "commitment" in {passage.role, passage.lead})
        and len(tokens) <= MAX_TITLE_WORDS
        and PERSON_NAME_PATTERN.match(title) is not None
        and not get_heading_role(title)
        and not NO_PERSON_WORDS & {token.lower() for token in tokens}
    )


def _collect_bullets_below(passages: list[Passage], place: int) -> list[Passage]:
    block = passages[place].block
    least = block.indent if block.kind == "bullet" else -1
    return list(
        takewhile(lambda item: item.block.kind == "bullet" and item.block.indent > least, passages[place + 1 :])
    )


def _are_mostly_tasks(items: list[Passage]) -> bool:
    return bool(items) and sum(TASK_START_PATTERN.match(item.text) is not None for item in items) * 2 >= len(items)
