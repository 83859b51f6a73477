"""Who is named behind an arrow at the end of a sentence: "Draft the charter. → Ana and Ben, end of October"."""

import re

from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.cue import STRONG
from jukwaa.intake.reader.deadlines import is_deadline_cell
from jukwaa.intake.reader.markers import NAMES_PATTERN, is_owner_name, split_owner_names
from jukwaa.intake.reader.passage import SentenceUnit
from jukwaa.intake.reader.tasks import parse_known_names
from jukwaa.intake.reader.translation_marker import gettext_noop as _

TAIL_PATTERN = re.compile(
    rf"(?:→|⇒|➔|➜|[-=]{{1,2}}>)\s*(?P<who>{NAMES_PATTERN})(?:\s?\([^()]{{1,60}}\))?"
    r"(?:\s?[,;:]\s(?P<due>[^→⇒➔➜<>|.;:!?]{2,40}))?\.?\s*$"
)
TASK_PATTERN = re.compile(r"\w[^\W\d_]*\W+\w")  # two words or more
SENTENCE_ENDS = (".", "!", "…", ".)")


def is_arrow_tail(phrase: str, start: int) -> bool:
    """Whether the rest of these words is an arrow and a name, which belong to the sentence before."""
    return TAIL_PATTERN.match(phrase, start) is not None


def build_arrow_tail_claims(unit: SentenceUnit) -> list[Claim] | None:
    """The task before the arrow; none where the names behind it may be of something else, as in "Paris → Lyon"."""
    tail = TAIL_PATTERN.search(unit.quote)
    if tail is None or (tail["due"] and not is_deadline_cell(tail["due"])):
        return None
    task = unit.quote[: tail.start()].strip(" *_•-")
    names = split_owner_names(tail["who"])
    is_told = bool(tail["due"]) and task.endswith(SENTENCE_ENDS) and all(map(is_owner_name, names))
    owners = parse_known_names(tail["who"], unit.people) or (names if is_told else ())
    if not owners or not TASK_PATTERN.search(task):
        return None
    due = (tail["due"] or "").strip()
    return [Claim("commitment", STRONG, _("the sentence notes what has to be done"), owners, due=due, words=task)]
