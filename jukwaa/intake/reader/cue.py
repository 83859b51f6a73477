"""A cue: a pattern of English that speaks for one kind, with a sentence that has it and one that only looks so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from jukwaa.core.due_phrases import DUE_LIMIT_REGEX
from jukwaa.core.patterns import compile_when_used
from jukwaa.intake.reader.lexicon import NEGATION_PATTERN
from jukwaa.intake.reader.subjects import (
    ACRONYM_SORT,
    ACTING_SUBJECT_SORTS,
    BODY_SORT,
    IT_SORT,
    NO_GRAMMATICAL_SUBJECT,
    NO_SORT,
    PERSON_SORT,
    THING_SORT,
    GrammaticalSubject,
    classify_grammatical_subject,
    find_grammatical_subject,
)

WEAK, FAIR, STRONG = 1, 2, 3
VERB_GROUP_NAMES = ("v", "w", "x", "y")  # names of the groups at which a predicate starts
ACTING_OR_NO_SUBJECT_SORTS = ACTING_SUBJECT_SORTS | {NO_SORT}
BODY_SUBJECT_SORTS = frozenset({BODY_SORT, ACRONYM_SORT, NO_SORT})
PEOPLE_SUBJECT_SORTS = frozenset({PERSON_SORT, ACRONYM_SORT})
ALL_SUBJECT_SORTS = ACTING_SUBJECT_SORTS | {NO_SORT, IT_SORT, THING_SORT}
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
PASSIVE_AGENT_PATTERN = re.compile(
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
    subject: frozenset[str] = ALL_SUBJECT_SORTS
    strength: int = FAIR
    actor: str = "subject"  # or "agent" (by whom), "object" (group `who`), "none"
    quoted: bool = False  # whether it may stand inside "X said that ..."
    negated: bool = False  # whether "not" before the verb leaves it standing
    question: bool = True  # whether it may stand in a question
    dated: bool = False  # whether it counts only in a sentence that says by when
    regex: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        pattern = self.pattern
        for name, expansion in PATTERN_MACROS.items():
            pattern = pattern.replace(name, expansion)
        object.__setattr__(self, "regex", re.compile(pattern, re.IGNORECASE))


# "The reports", "to invite", "was supported": a noun, an infinitive, a passive; none of them has the subject before it.
NOUN_BEFORE_VERB_PATTERN = re.compile(
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
    r"since) (?:[\w’'/-]+ ){0,6}$",
    re.IGNORECASE,
)
# "After some back and forth we agreed": what came before, and no condition.
PRELUDE_PATTERN = re.compile(
    r"\W*(?:after|following) (?:some|much|an?|long|more|further|several|the|two|three|\w+y) "
    r"(?:[\w’'/-]+ ){1,5}?(?:we|everyone|everybody|the [a-z]+) (?:all |then |finally )?$",
    re.IGNORECASE,
)
KINDS_NOT_CLAIMED_AFTER_CONDITION = frozenset({"decision", "commitment", "request", "proposal", "report"})
AUXILIARY_VERB_PATTERN = re.compile(
    r"(?:it|is|are|was|were|be|been|am|has|have|had|will|would|shall|should|must|ought|to|need|needs)\b|"
    r"[’']",
    re.IGNORECASE,
)
# By when something is to be done; "until 3 June" and "till Friday" say how long something lasts.
DATED_SENTENCE_PATTERN = compile_when_used(
    rf"(?!\b(?:until|till)\b)(?:{DUE_LIMIT_REGEX.pattern})"
    r"|\bfor (?:the |our )?next (?:\w+ )?(?:meeting|call|session)\b",
    re.IGNORECASE,
)
VERB_LOOKBACK_CHARACTERS = 40
MAX_CUE_MATCHES = 12  # a sentence in which a cue stands oftener is none that a person wrote


def _is_not_verb(sentence_text: str, verb_start: int) -> bool:
    before = sentence_text[max(0, verb_start - VERB_LOOKBACK_CHARACTERS) : verb_start]
    if AUXILIARY_VERB_PATTERN.match(sentence_text, verb_start):
        return False
    if NOUN_BEFORE_VERB_PATTERN.search(before):
        return True
    if sentence_text[verb_start : verb_start + 3].lower() != "to " and INFINITIVE_PATTERN.search(before):
        return True
    return bool(PARTICIPLE_PATTERN.match(sentence_text, verb_start) and PASSIVE_PATTERN.search(before))


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

    def find_cue_hits(self, sentence_text: str, words: frozenset[str], speech_start: int | None) -> list[CueHit]:
        """The cues that this sentence has, in their order. From `speech_start` on it tells what somebody said."""
        tried = sorted({number for word in words & self.by_word.keys() for number in self.by_word[word]})
        return [
            hit
            for number in tried
            if (hit := find_sentence_cue(self.cues[number], sentence_text, speech_start)) is not None
        ]


@lru_cache(maxsize=64)  # several cues ask the same of one sentence
def _has_deadline(sentence_text: str) -> bool:
    return DATED_SENTENCE_PATTERN.search(sentence_text) is not None


def find_sentence_cue(cue: Cue, sentence_text: str, speech_start: int | None = None) -> CueHit | None:
    """Where this cue stands in the sentence, if it does."""
    if not cue.question and sentence_text.endswith("?"):
        return None
    if cue.dated and not _has_deadline(sentence_text):
        return None
    for match in islice(cue.regex.finditer(sentence_text), MAX_CUE_MATCHES):
        groups = match.groupdict()
        place = next((match.start(name) for name in VERB_GROUP_NAMES if groups.get(name) is not None), match.start())
        if speech_start is not None and place >= speech_start and not cue.quoted:
            return None
        if any(groups.get(name) for name in VERB_GROUP_NAMES) and _is_not_verb(sentence_text, place):
            continue
        if not cue.negated and NEGATION_PATTERN.search(sentence_text, max(0, place - 18), place):
            continue
        subject = find_grammatical_subject(sentence_text, place)
        is_phrase = subject.introduced or PRELUDE_PATTERN.fullmatch(sentence_text, 0, place) is not None
        is_conditional = not is_phrase and CONDITION_PATTERN.search(sentence_text, max(0, place - 70), place)
        if is_conditional and cue.kind in KINDS_NOT_CLAIMED_AFTER_CONDITION:
            continue
        if subject.sort not in cue.subject:
            continue
        return CueHit(cue, place, *_find_cue_actors(cue, sentence_text, match, subject))
    return None


def _find_cue_actors(
    cue: Cue, sentence_text: str, cue_match: re.Match[str], grammatical_subject: GrammaticalSubject
) -> tuple[tuple[str, ...], bool]:
    if cue.actor == "none":
        return (), False
    if cue.actor == "object":
        groups = cue_match.groupdict()
        words = groups.get("who") or groups.get("who2")
        found = classify_grammatical_subject(words) if words else NO_GRAMMATICAL_SUBJECT
        return found.actors if found.sort in ACTING_SUBJECT_SORTS else (), False
    if cue.actor == "agent" or (
        grammatical_subject.sort not in ACTING_SUBJECT_SORTS and cue.subject == ALL_SUBJECT_SORTS
    ):
        agent = PASSIVE_AGENT_PATTERN.search(sentence_text, cue_match.start())
        found = classify_grammatical_subject(agent["agent"]) if agent else NO_GRAMMATICAL_SUBJECT
        return found.actors if found.sort in ACTING_SUBJECT_SORTS else (), False
    return (
        grammatical_subject.actors if grammatical_subject.sort in ACTING_SUBJECT_SORTS else ()
    ), grammatical_subject.plural_pronoun
