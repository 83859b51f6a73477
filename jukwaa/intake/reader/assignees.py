"""People who stand as titles above their tasks: "Ana", and below it a list of what Ana does."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile

from jukwaa.intake.reader.lexicon import (
    NO_OWNER_WORDS,
    TASK_VERBS,
)
from jukwaa.intake.reader.markers import (
    NAMES_PATTERN,
    OWNER_SEPARATOR_PATTERN,
    PLURAL_OWNER_WORDS,
    find_owners,
    split_owner_names,
)
from jukwaa.intake.reader.outline import is_title_like, may_be_person_title
from jukwaa.intake.reader.passage import Passage
from jukwaa.intake.reader.phrases import TASK_START_PATTERN
from jukwaa.intake.reader.roles import ABSENT_ROLE
from jukwaa.intake.reader.subjects import COMMON_NOUN_ENDINGS
from jukwaa.intake.reader.tasks import AND_SEPARATOR_PATTERN

MAX_TITLE_LENGTH = 60
MAX_NAME_WORDS = 2
LEADING_TO_PATTERN = re.compile(rf"(?P<who>{NAMES_PATTERN}) (?:to|will|agreed to|has to|is to)")
HANDLE_PATTERN = re.compile(r"@[\w-]+")
MIN_UNTOLD_TITLES = 3
_TOLD = (
    r"(?:said|says|reported|presented|asked|suggested|noted|mentioned|agreed|offered|volunteered|explained|thanked"
    r"|proposed|shared|told|welcomed|opened|joined|raised|summari[sz]ed|confirmed|pointed out|introduced"
    r"|invited|outlined|demonstrated|described|showed|gave|led|highlighted|recommended|clarified|commented|added|wants"
    rf"|(?:will|to) (?:{'|'.join(sorted(TASK_VERBS))}))"
)
MAX_GROUP_TITLE_WORDS = 4


def mark_assignees(passages: list[Passage], people: frozenset[str]) -> None:
    """Note for each task below such a title who does it. Only people who were there, accounts and groups are titles."""
    owners: tuple[str, ...] = ()
    indent, task_indent = -1, -1
    for place, (passage, after) in enumerate(pairwise([*passages, None])):
        if passage is None:
            return
        block = passage.block
        is_title = "commitment" in {passage.role, passage.lead} or _is_above_tasks(passages, place)
        if is_title and (named := _parse_names_in_title(passage.text, people)):
            indent = block.indent if block.kind == "bullet" else -1
            if after is not None and after.block.kind == "bullet" and after.block.indent > indent:
                owners, task_indent, passage.is_assignee = named, after.block.indent, True
                continue
        if block.kind != "bullet" or block.indent <= indent:
            owners = ()
        elif owners and block.indent <= task_indent:
            passage.assignees, passage.lead = owners, "commitment"
        elif owners:
            passage.titled_people = owners


def _is_above_tasks(passages: list[Passage], place: int) -> bool:
    """Whether a line is above boxes to tick, or bullets that are mostly tasks."""
    title = passages[place]
    if title.block.kind != "para" or len(title.text) > MAX_TITLE_LENGTH or title.role in {"attendee", ABSENT_ROLE}:
        return False
    items = _collect_outermost_list_items(passages, place)
    begun = sum(item.block.checkbox or TASK_START_PATTERN.match(item.text) is not None for item in items)
    return bool(items) and begun * 3 >= len(items) * 2


def _collect_outermost_list_items(passages: list[Passage], place: int) -> list[Passage]:
    """The outermost items of the list below a line. Only that list is gone through: a document has 200,000 lines."""
    below = takewhile(
        lambda passage: passage.block.kind == "bullet", (passages[at] for at in range(place + 1, len(passages)))
    )
    return [passage for passage in below if passage.top]


def _parse_names_in_title(words: str, people: Iterable[str]) -> tuple[str, ...]:
    """The names in a line that holds nothing else, if they are of people who were there, accounts or all of them."""
    title = words.strip(" *_:").rstrip(" :-–—")
    if lead := LEADING_TO_PATTERN.fullmatch(title):
        return split_owner_names(lead["who"])
    if len(title) > MAX_TITLE_LENGTH:
        return ()
    if title.lower() in PLURAL_OWNER_WORDS:
        return (title,)
    names = [
        name.strip() for piece in OWNER_SEPARATOR_PATTERN.split(title) for name in AND_SEPARATOR_PATTERN.split(piece)
    ]
    known = all(name.lower() in people or HANDLE_PATTERN.fullmatch(name) for name in names)
    return tuple(names) if known else ()


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
    return frozenset(map(str.lower, titles)) if is_told or _are_only_names(titles, text) else frozenset()


def _are_only_names(titles: set[str], text: str) -> bool:
    """Whether these single words name people as far as one can tell: the text has none of them in small letters."""
    return len(titles) >= MIN_UNTOLD_TITLES and all(
        title.isalpha()
        and title.istitle()
        and title.lower() not in NO_OWNER_WORDS
        and not title.lower().endswith(COMMON_NOUN_ENDINGS)
        and re.search(rf"\b{title.lower()}\b", text) is None
        for title in titles
    )


def _collect_bullets_below(passages: list[Passage], place: int) -> list[Passage]:
    block = passages[place].block
    least = block.indent if block.kind == "bullet" else -1
    return list(
        takewhile(lambda item: item.block.kind == "bullet" and item.block.indent > least, passages[place + 1 :])
    )


def _are_mostly_tasks(items: list[Passage]) -> bool:
    return bool(items) and sum(TASK_START_PATTERN.match(item.text) is not None for item in items) * 2 >= len(items)


def mark_task_group_titles(passages: list[Passage]) -> None:
    """Note which entries only group tasks: "Fence", and below it "Ana: ask the town"."""
    for place, passage in enumerate(passages):
        block = passage.block
        if block.kind != "bullet" or "commitment" not in {passage.role, passage.lead} or not passage.holds:
            continue
        is_group = is_title_like(passage.text) and len(passage.text.split()) <= MAX_GROUP_TITLE_WORDS
        if not is_group or TASK_START_PATTERN.match(passage.text) or find_owners(passage.text, is_list_entry=True):
            continue
        below = list(_collect_deeper_entries(passages[place + 1 :], block.indent))
        if all(find_owners(item.text, is_list_entry=True) for item in below):
            passage.is_assignee = True
        elif _are_mostly_tasks(below):
            passage.is_assignee = True
            for item in below:
                item.is_grouped_task = TASK_START_PATTERN.match(item.text) is not None


def _collect_deeper_entries(passages: list[Passage], indent: int) -> Iterator[Passage]:
    return takewhile(lambda item: item.block.kind == "bullet" and item.block.indent > indent, passages)
