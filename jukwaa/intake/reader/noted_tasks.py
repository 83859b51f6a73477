"""Tasks noted in passing, in a list of anything: "hall > todo Ben", "Fix the fence -> @ana"."""

import re

from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.cue import FAIR
from jukwaa.intake.reader.lexicon import TASK_VERBS
from jukwaa.intake.reader.markers import NAMES_PATTERN, is_owner_name, split_owner_names
from jukwaa.intake.reader.passage import SentenceUnit
from jukwaa.intake.reader.phrases import IMPERATIVE_VERB_PATTERN, NO_TASK_PATTERN
from jukwaa.intake.reader.tasks import find_owners_before_infinitive, find_trailing_owners, parse_known_names
from jukwaa.intake.reader.translation_marker import gettext_noop as _

ARROW_PATTERN = r"(?:→|➡️?|⇒|[-=–]{1,2}(?:>|&gt;))"
# "todo" is also Spanish and Portuguese: it counts at the beginning, or behind a sign, before a name or a task.
TODO_PATTERN = re.compile(
    r"(?:^[^\w]*|[>(\[:;→]\s*|\s[-–—]\s)(?:[Tt]o-?do|TO-?DO)\b\s?:?\s?[(\[]?(?P<rest>[^()\[\]\n]+)"
)
TODO_OWNER_PATTERN = re.compile(rf"\s*(?P<who>{NAMES_PATTERN})(?=\W*$|\s?[:;.,–—>(-]|\s?\)| to [a-z])")
DONE_PATTERN = re.compile(r"(?:>|->|→|[-–—])\s*(?:done|asked|sent|ok)\b|\b(?:DONE|ASKED|SENT)\b", re.IGNORECASE)
ARROW_HANDLES_PATTERN = re.compile(rf"{ARROW_PATTERN}[\s*_\[]*(?P<who>@[\w-]+)")
ARROW_NAMES_PATTERN = re.compile(rf"{ARROW_PATTERN}[\s*_\[(]*(?P<who>{NAMES_PATTERN})[\s*_\])]*\W*$")
# "Réserver la salle → Ana": an infinitive of French, Spanish or Portuguese begins a task.
FOREIGN_INFINITIVE_PATTERN = re.compile(
    r"\W*[^\W\d_]{2,}(?:er|ir|re|ar|oir)(?:[- ]?(?:se|los?|las?))?\s", re.IGNORECASE
)


def find_owners_of_noted_task(quote: str, people: frozenset[str]) -> tuple[str, ...] | None:
    """Who is to do what this line notes, perhaps nobody; None where it notes no task."""
    if match := TODO_PATTERN.search(quote):
        return None if DONE_PATTERN.search(quote, match.start("rest")) else _find_owners_after_todo(match["rest"])
    if match := ARROW_HANDLES_PATTERN.search(quote):
        return (match["who"],)
    match = ARROW_NAMES_PATTERN.search(quote)
    if match is None or not re.search(r"\w", quote[: match.start()]):
        return None
    if names := parse_known_names(match["who"], people):
        return names
    is_task = FOREIGN_INFINITIVE_PATTERN.match(quote) is not None
    return tuple(filter(is_owner_name, split_owner_names(match["who"]))) or None if is_task else None


def _find_owners_after_todo(words: str) -> tuple[str, ...] | None:
    owner = TODO_OWNER_PATTERN.match(words)
    if owner and not _begins_with_task_verb(owner["who"]) and (names := split_owner_names(owner["who"])):
        return names
    return () if _begins_with_task_verb(words) else None


def _begins_with_task_verb(words: str) -> bool:
    first = re.match(r"\W*(\w+)", words)
    return first is not None and first[1].lower() in TASK_VERBS


def build_noted_task_claims(unit: SentenceUnit) -> list[Claim]:
    """A bullet that begins with a task: "Send the forms", unless it is the title of an issue or advice to readers."""
    noted = find_owners_of_noted_task(unit.quote, unit.people)
    owners = noted or find_trailing_owners(unit.body) or find_owners_before_infinitive(unit.quote)
    begins = IMPERATIVE_VERB_PATTERN.match(unit.body) and not NO_TASK_PATTERN.search(unit.body)
    if not (owners or noted is not None or begins) or unit.body.endswith("?"):
        return []
    return [Claim("commitment", FAIR, _("the sentence notes what has to be done"), owners)]
