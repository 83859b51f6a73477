"""A cue: a pattern of English that speaks for one kind, with a sentence that has it and one that only looks so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from jukwaa.intake.reader.lexicon import NEGATION_PATTERN
from jukwaa.intake.reader.subjects import (
    ACRONYM_SORT,
    ACTING_SORTS,
    BODY_SORT,
    IT_SORT,
    NO_SORT,
    NO_SUBJECT,
    PERSON_SORT,
    THING_SORT,
    Subject,
    classify_subject,
    find_subject,
)

WEAK, FAIR, STRONG = 1, 2, 3
VERB_GROUPS = ("v", "w", "x", "y")  # names of the groups at which a predicate starts
ACTING_OR_NO_SORTS = ACTING_SORTS | {NO_SORT}
BODY_SORTS = frozenset({BODY_SORT, ACRONYM_SORT, NO_SORT})
PEOPLE_SORTS = frozenset({PERSON_SORT, ACRONYM_SORT})
ALL_SORTS = ACTING_SORTS | {NO_SORT, IT_SORT, THING_SORT}
# A pattern may say {adv} for adverbs between auxiliary and verb, and {be} for forms of "to be".
PATTERN_MACROS = {
    "{adv}": (
        r"(?:(?:[a-z]+ly|also|then|all|now|already|again|further|later|both|thus|therefore|subsequently|"
        r"once) ){0,2}"
    ),
    "{be}": r"(?:is|are|was|were|be|been|being|has been|have been|had been|will be|would be)",
    "{was}": r"(?:was|were|is|are|has been|have been|had been)",
    "{np}": r"(?:[\w’'/&.-]+ ){1,8}?",
}
AGENT_PATTERN = re.compile(
    r"\bby (?P<agent>(?:the |an? )?[\w’'/&.+-]+(?: (?:of |the |and |for )*[\w’'/&.+-]+){0,7}?)(?=[,.;:!?)]|"
    r"$| (?:who|which|that|in|on|at|as|to|with|during|for|from|by|will|before|after|until|and (?:was|were|"
    r"to))\b)"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """`words`: one of them must be there, so that most patterns are never tried. `v` in the pattern marks the verb."""

    kind: str
    name: str
    why: str
    words: tuple[str, ...]
    pattern: str
    example: str
    counter: str
    subject: frozenset[str] = ALL_SORTS
    strength: int = FAIR
    actor: str = "subject"  # or "agent" (by whom), "object" (group `who`), "none"
    quoted: bool = False  # whether it may stand inside "X said that ..."
    negated: bool = False  # whether "not" before the verb leaves it standing
    question: bool = True  # whether it may stand in a question
    regex: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        pattern = self.pattern
        for name, expansion in PATTERN_MACROS.items():
            pattern = pattern.replace(name, expansion)
        object.__setattr__(self, "regex", re.compile(pattern, re.IGNORECASE))


# "The reports", "to invite", "was supported": a noun, an infinitive, a passive; none of them has the subject before it.
NOUN_BEFORE_PATTERN = re.compile(
    r"\b(?:the|an?|of|in|on|for|with|from|their|its|our|his|her|these|those|this|at|any|no|each|new|into|"
    r"as|between|The|A|An|This|Their|In|On|For) $"
)
INFINITIVE_PATTERN = re.compile(
    r"\b(?<!like )(?<!wish )(?<!want )(?<!wanted )to $|\b(?:which|that) (?:was|were|is|are) $", re.IGNORECASE
)
PASSIVE_PATTERN = re.compile(
    r"\b(?:be|been|being|is|are|was|were|am|gets?|got) (?:not |also |[a-z]+ly )*$", re.IGNORECASE
)
PARTICIPLE_PATTERN = re.compile(
    r"(?:[a-z-]+ed|done|made|sent|put|set|given|written|taken|held|built|found|sought|chosen|brought)\b", re.IGNORECASE
)
CONDITION_PATTERN = re.compile(
    r"\b(?:if|unless|whether|once|until|when|before|after|in case|as soon as|how|why|where|what|whatever|"
    r"since) (?:[\w’'/-]+ ){1,6}$",
    re.IGNORECASE,
)
SETTLED_KINDS = frozenset({"decision", "commitment", "request", "proposal", "report"})
AUXILIARY_VERB_PATTERN = re.compile(
    r"(?:it|is|are|was|were|be|been|am|has|have|had|will|would|shall|should|must|ought|to|need|needs)\b|"
    r"[’']",
    re.IGNORECASE,
)
LOOKBACK_CHARACTERS = 40
MAX_MATCHES = 12  # a sentence in which a cue stands oftener is none that a person wrote


def _is_not_verb(body: str, place: int) -> bool:
    before = body[max(0, place - LOOKBACK_CHARACTERS) : place]
    if AUXILIARY_VERB_PATTERN.match(body, place):
        return False
    if NOUN_BEFORE_PATTERN.search(before):
        return True
    if body[place : place + 3].lower() != "to " and INFINITIVE_PATTERN.search(before):
        return True
    return bool(PARTICIPLE_PATTERN.match(body, place) and PASSIVE_PATTERN.search(before))


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue that was found, where, and who it says did it."""

    cue: Cue
    place: int
    actors: tuple[str, ...] = ()
    they: bool = False


class CueBook:
    """All cues, by the words that open them."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self.cues = list(cues)
        self.by_word: dict[str, list[int]] = {}
        for number, cue in enumerate(self.cues):
            for word in cue.words:
                self.by_word.setdefault(word, []).append(number)

    def hits(self, body: str, words: frozenset[str], speech_from: int | None) -> list[CueHit]:
        """The cues that this sentence has, in their order. From `speech_from` on it tells what somebody said."""
        tried = sorted({number for word in words & self.by_word.keys() for number in self.by_word[word]})
        return [hit for number in tried if (hit := find_cue(self.cues[number], body, speech_from)) is not None]


def find_cue(cue: Cue, body: str, speech_from: int | None = None) -> CueHit | None:
    """Where this cue stands in the sentence, if it does."""
    if not cue.question and body.endswith("?"):
        return None
    for match in islice(cue.regex.finditer(body), MAX_MATCHES):
        groups = match.groupdict()
        place = next((match.start(name) for name in VERB_GROUPS if groups.get(name) is not None), match.start())
        if speech_from is not None and place >= speech_from and not cue.quoted:
            return None
        if any(groups.get(name) for name in VERB_GROUPS) and _is_not_verb(body, place):
            continue
        if cue.kind in SETTLED_KINDS and CONDITION_PATTERN.search(body, max(0, place - 70), place):
            continue
        if not cue.negated and NEGATION_PATTERN.search(body, max(0, place - 18), place):
            continue
        subject = find_subject(body, place)
        if subject.sort not in cue.subject:
            continue
        return CueHit(cue, place, *_find_actors(cue, body, match, subject))
    return None


def _find_actors(cue: Cue, body: str, match: re.Match[str], subject: Subject) -> tuple[tuple[str, ...], bool]:
    if cue.actor == "none":
        return (), False
    if cue.actor == "object":
        groups = match.groupdict()
        words = groups.get("who") or groups.get("who2")
        found = classify_subject(words) if words else NO_SUBJECT
        return found.actors if found.sort in ACTING_SORTS else (), False
    if cue.actor == "agent" or (subject.sort not in ACTING_SORTS and cue.subject == ALL_SORTS):
        agent = AGENT_PATTERN.search(body, match.start())
        found = classify_subject(agent["agent"]) if agent else NO_SUBJECT
        return found.actors if found.sort in ACTING_SORTS else (), False
    return (subject.actors if subject.sort in ACTING_SORTS else ()), subject.plural_pronoun
