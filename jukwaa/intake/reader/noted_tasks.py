"""Tasks noted in passing, in a list of anything: "hall > todo Ben", "Fix the fence -> @ana"."""

import re

from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.cue import FAIR
from jukwaa.intake.reader.deadlines import find_deadline, find_owners_beside_deadline
from jukwaa.intake.reader.lexicon import FINITE_VERB_PATTERN, OFFICER_NOUNS, TASK_VERBS
from jukwaa.intake.reader.markers import (
    NAMES_PATTERN,
    PLURAL_OWNER_WORDS,
    find_owners,
    is_group_name,
    is_owner_name,
    split_owner_names,
)
from jukwaa.intake.reader.passage import SentenceUnit
from jukwaa.intake.reader.phrases import IMPERATIVE_VERB_PATTERN, NO_TASK_PATTERN, SPEECH_PATTERN, TASK_START_PATTERN
from jukwaa.intake.reader.tasks import (
    find_known_owners,
    find_known_owners_at_end,
    find_owners_before_infinitive,
    find_trailing_owners,
    parse_known_names,
)
from jukwaa.intake.reader.translation_marker import gettext_noop as _

ARROW_PATTERN = r"(?:→|➡️?|⇒|[-=–]{1,2}(?:>|&gt;))"
PART_SEPARATOR_PATTERN = re.compile(r"(?:[:–—|/;→)\]*]|\s-)\s+|,\s|\b(?:to|will) (?=[a-z])")
DONE_PATTERN = re.compile(r"(?:>|->|→|[-–—])\s*(?:done|asked|sent|ok)\b|\b(?:DONE|ASKED|SENT)\b", re.IGNORECASE)
ARROW_NAMES_PATTERN = re.compile(rf"{ARROW_PATTERN}[\s*_\[(]*(?P<who>{NAMES_PATTERN})[\s*_\])]*\W*$")
# "Réserver la salle → Ana": an infinitive of French, Spanish or Portuguese begins a task.
FOREIGN_INFINITIVE_PATTERN = re.compile(
    r"\W*[^\W\d_]{2,}(?:er|ir|re|ar|oir)(?:[- ]?(?:se|los?|las?))?\s", re.IGNORECASE
)


# "Check the prices - ana", "someone to check the prices (ana)"; "Present the prices (Ana)" is an item of an agenda.
TASK_PART_PATTERN = re.compile(
    r"\W*(?:(?:someone|somebody|anyone|need|still|also|try)\b[^.;:]{0,40}? )?"
    rf"to (?:{'|'.join(sorted(TASK_VERBS))}|do)\b",
    re.IGNORECASE,
)
TALK_START_PATTERN = re.compile(
    r"\W*(?:discuss|present|review|introduce|open|close|report|update|consider|talk|explain|study|process|support|help|plan)\b"
    r"|.*\b(?:said|says|asked|reported|want|wants|like|likes|need|needed|able|tried|happy|plans?|due|how|what|where)\b",
    re.IGNORECASE,
)


def find_owners_of_noted_task(quote: str, people: frozenset[str]) -> tuple[str, ...] | None:
    """Who is to do what this line notes, perhaps nobody; None where it notes no task."""
    match = ARROW_NAMES_PATTERN.search(quote)
    if match is None or not re.search(r"\w", quote[: match.start()]):
        return None
    if names := parse_known_names(match["who"], people):
        return names
    is_task = FOREIGN_INFINITIVE_PATTERN.match(quote) is not None
    return tuple(filter(is_owner_name, split_owner_names(match["who"]))) or None if is_task else None


def find_owners_of_dated_note(quote: str, people: frozenset[str]) -> tuple[str, ...]:
    """Those present, or accounts, named with a task and a deadline: "Print the map (Ana, 3 May)"; else nobody."""
    if "?" in quote or SPEECH_PATTERN.match(quote) or FINITE_VERB_PATTERN.search(quote) or DONE_PATTERN.search(quote):
        return ()
    due = find_deadline(quote)
    if not due or not any(map(TASK_START_PATTERN.match, PART_SEPARATOR_PATTERN.split(quote))):
        return ()
    return (
        _keep_known_owners(find_known_owners(quote, people), people)
        or _keep_known_owners(find_owners(quote, is_list_entry=True), people)
        or _keep_known_owners(find_owners_beside_deadline(quote, due), people)
    )


def _keep_known_owners(owners: tuple[str, ...], people: frozenset[str]) -> tuple[str, ...]:
    known = people | PLURAL_OWNER_WORDS | OFFICER_NOUNS
    is_known = all(name.startswith("@") or name.lower() in known or is_group_name(name) for name in owners)
    return owners if is_known else ()


def build_noted_task_claims(unit: SentenceUnit) -> list[Claim]:
    """A bullet that begins with a task: "Send the forms", unless it is the title of an issue or advice to readers."""
    noted = find_owners_of_noted_task(unit.quote, unit.people)
    owners = (
        noted
        or find_owners_of_dated_note(unit.quote, unit.people)
        or find_trailing_owners(unit.body)
        or find_owners_before_infinitive(unit.quote)
    )
    is_task = TASK_START_PATTERN.match(unit.body) or TASK_PART_PATTERN.match(unit.body)
    is_told = TALK_START_PATTERN.match(unit.body) or FINITE_VERB_PATTERN.search(unit.body)
    if not owners and is_task and not is_told:
        owners = find_known_owners_at_end(unit.quote, unit.people)
    begins = IMPERATIVE_VERB_PATTERN.match(unit.body) and not NO_TASK_PATTERN.search(unit.body)
    if not (owners or noted is not None or begins) or unit.body.endswith("?"):
        return []
    return [Claim("commitment", FAIR, _("the sentence notes what has to be done"), owners)]
