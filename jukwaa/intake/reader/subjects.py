"""Who stands before a verb, and of what sort: a body, somebody, a thing, or nobody."""

import re
from dataclasses import dataclass

from jukwaa.intake.reader.lexicon import (
    AUXILIARY_WORDS,
    COLLECTIVE_NOUNS,
    DETERMINERS,
    NON_NAME_WORDS,
    PEOPLE_NOUNS,
    PRONOUNS,
    ROLE_NOUNS,
)

BODY_SORT, PERSON_SORT, ACRONYM_SORT, IT_SORT, NO_SORT, THING_SORT = (
    "body",
    "somebody",
    "acronym",
    "it",
    "none",
    "thing",
)
ACTING_SORTS = frozenset({BODY_SORT, PERSON_SORT, ACRONYM_SORT})
LOOKBACK_CHARACTERS = 220
SHORT_ACRONYM = 4
WORD_PATTERN = re.compile(r"[\w’'/&.@+-]*\w[\w’'/&@+-]*")
CLAUSE_BOUNDARY_PATTERN = re.compile(
    r"[;:.!?–—(]\s|\s[-–—]\s|,\s|\b(?:and|or|but|that|which|who|whom|whose|where|when|while|whereas|"
    r"because|since|so|if|as|than|then|until|"
    r"after|before|although|though|whether|how|what|why|nor|yet)\b\s"
)
CAPITAL_PATTERN = re.compile(r"(?:@|[A-Z\d]|[^\W\d_a-z])")
NAME_PATTERN = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof)\.? )?@?[A-Z][\w’'.&/+-]*(?: (?:of|for|the|and|de|van|von|der|den|la|le|du|"
    r"da|dos|bin|al|&|on)){0,2}"
    r"(?:[ ][A-Z(][\w’'.&/+)-]*){0,6}"
)
NOUN_ENDINGS = (
    *("ing", "ings", "tion", "tions", "ions", "sion", "ment", "ments", "ness"),
    *("ity", "ities", "ance", "ence", "ers", "ies", "ages", "ives"),
)
ACRONYM_PATTERN = re.compile(r"[A-Z][A-Z\d&/-]{1,9}s?$")
PREPOSITION_PATTERN = re.compile(r"\b(?:of|from|for|at|in|on|with|to|by|within)\b")
QUANTITY_PATTERN = re.compile(
    r"(?:an? |the )?(?:large |great |small |vast |wide )?(?:number|majority|couple|range|handful|variety|"
    r"lot|most|some|many|several|all|both|each|one|two|three|none) of (?=\w)",
    re.IGNORECASE,
)
# "The chair of the coalition Harbour School", "the representative from Lake Trust": the name says who.
REPRESENTATIVE_PATTERN = re.compile(
    r"(?:[Tt]he |[Aa] )?(?:(?:co-)?chair|president|coordinator|secretary|host|convenor) of the "
    r"(?:[Cc]oalition|[Bb]oard|[Cc]ommittee|[Gg]roup|[Cc]ouncil|"
    r"[Nn]etwork|[Ff]orum|[Aa]ssociation),? (?P<name>[A-Z][\w’'.&-]*(?: (?:of |for |the |and )?[A-Z][\w’'.&-]*){0,5})$"
)
VERB_LIKE_PATTERN = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|should|could|can|may|must|did|does|do|said|\w{3,}ed)\b"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The words before a verb, their sort, and the actors they name."""

    words: str
    sort: str
    actors: tuple[str, ...] = ()
    plural_pronoun: bool = False


NO_SUBJECT = Subject("", NO_SORT)


def find_subject(body: str, verb: int) -> Subject:
    """The subject of the verb that starts at this place."""
    left = body[max(0, verb - LOOKBACK_CHARACTERS) : verb].rstrip()
    left = _strip_auxiliaries(left)
    if not left:
        return NO_SUBJECT
    clause, lead = _split_last_clause(left)
    if not clause:
        if re.search(r"\b(?:which|who|that|what|as|how|if|whether|when|where)$", left):
            return Subject(clause, THING_SORT)
        return _find_elided_subject(left)
    words = _prepend_listed_names(lead, clause)
    return classify_subject(words)


def _strip_auxiliaries(left: str) -> str:
    while left:
        match = re.search(r"(?:^|[\s,])([\w’'-]+),?$", left)
        if match is None:
            return left
        word = match[1].lower()
        if word not in AUXILIARY_WORDS and not (
            word.endswith("ly")
            and len(word) > 4
            and word not in {"family", "italy", "assembly", "july", "supply", "reply", "ally", "monthly"}
        ):
            return left
        left = left[: match.start(1)].rstrip()
    return left


def _split_last_clause(left: str) -> tuple[str, str]:
    """The last clause of these words, and what stands before it."""
    if left.endswith(")") and (opening := left.rfind("(")) > 0:
        left = left[:opening].rstrip()
    if left.endswith(",") and (start := left.rfind(",", 0, -1)) > 0 and len(left) - start < 120:
        return _split_last_clause(left[:start])  # "the chair, speaking for the board, proposed"
    cut = 0
    for match in CLAUSE_BOUNDARY_PATTERN.finditer(left + " "):
        if match.group().strip() in {"and", "or"} and not _is_clause_joint(left, cut, match.start(), match.end()):
            continue
        cut = match.end()
    return left[cut:].strip(" ,"), left[:cut]


def _is_clause_joint(left: str, start: int, conjunction: int, end: int) -> bool:
    before, after = left[start:conjunction], left[end:]
    return (
        not before.strip()
        or not after.strip()
        or bool(VERB_LIKE_PATTERN.search(before))
        or bool(VERB_LIKE_PATTERN.search(after))
    )


def _find_elided_subject(left: str) -> Subject:
    """Second verbs share the first subject: "The chair thanked the host and proposed ..."."""
    if not re.search(r"(?:,|\band|\bbut|\bor|\bthen)$", left):
        return NO_SUBJECT
    if (relative := _find_antecedent(left)) is not None:
        return relative
    for match in VERB_LIKE_PATTERN.finditer(left):
        words = _strip_auxiliaries(left[: match.start()].rstrip())
        clause, lead = _split_last_clause(words)
        if clause:
            return classify_subject(_prepend_listed_names(lead, clause))
    return NO_SUBJECT


def _find_antecedent(left: str) -> Subject | None:
    """In "... from Harbour School, who was new and presented ..." the school presented."""
    last = None
    for match in re.finditer(r",? \b(?:who|which) (?=\w)", left):
        last = match
    if last is None or not VERB_LIKE_PATTERN.search(left, last.end()):
        return None
    name = re.search(r"(?:[A-Z][\w’'&.-]* ?(?:of |for |the |and )?)+$", left[max(0, last.start() - 80) : last.start()])
    return classify_subject(name.group()) if name else Subject("", THING_SORT)


def _prepend_listed_names(lead: str, clause: str) -> str:
    """Names before a comma belong to it: "KENYA, MALI and PERU proposed"."""
    first = re.sub(r"^(?:the|and|or) ", "", clause)
    if not CAPITAL_PATTERN.match(first):
        return clause
    words = clause
    while match := re.search(
        r"(?:^|(?<=[,;] )|(?<=, the )|(?<=^the )|"
        r"(?<=and ))((?:[Tt]he )?[A-Z][\w’'/&. -]{1,40}),\s(?:and\s)?$",
        lead,
    ):
        piece = match[1]
        if piece.split()[0].lower() in NON_NAME_WORDS - {"the"} or VERB_LIKE_PATTERN.search(piece):
            break
        words = f"{piece}, {words}"
        lead = lead[: match.start(1)]
    return words


def classify_subject(words: str) -> Subject:
    """Of what sort this noun phrase is."""
    words = words.strip(" ,\"'“”‘’")
    tokens = WORD_PATTERN.findall(words)
    while tokens and tokens[0].lower() in {"and", "but", "or", "so"}:
        tokens = tokens[1:]
        words = words.split(None, 1)[1] if " " in words else ""
    if not tokens or len(tokens) > 22:
        return Subject(words, THING_SORT if tokens else NO_SORT)
    if len(tokens) == 1 and tokens[0].lower() in {"it", "there", "this", "that"}:
        return Subject(words, IT_SORT)
    last = re.split(r"[’']", tokens[-1].lower())[0]
    if last in PRONOUNS | {"we"}:
        return Subject(words, BODY_SORT if last in {"we", "they"} else PERSON_SORT, (), last == "they")
    return _classify_noun_phrase(words, tokens)


def _classify_noun_phrase(words: str, tokens: list[str]) -> Subject:
    if (match := QUANTITY_PATTERN.match(words)) is not None:
        return classify_subject(words[match.end() :])
    head = words
    if (match := PREPOSITION_PATTERN.search(words)) and not CAPITAL_PATTERN.match(words[match.end() + 1 :]):
        head = words[: match.start()]
    elif match:
        head = words[: match.start()] if words[: match.start()].strip() else words
    heads = [token.lower() for token in WORD_PATTERN.findall(head)] or [token.lower() for token in tokens]
    last = heads[-1].removesuffix("'s").removesuffix("’s")
    if last in COLLECTIVE_NOUNS or (last.endswith("s") and last[:-1] in COLLECTIVE_NOUNS):
        return Subject(words, BODY_SORT, extract_actors(words))
    if last in PEOPLE_NOUNS:
        return Subject(words, PERSON_SORT, extract_actors(words) if len(heads) > 1 else ())
    if last in ROLE_NOUNS or last.removesuffix("s") in ROLE_NOUNS or set(heads[:3]) & ROLE_NOUNS:
        return Subject(words, PERSON_SORT, extract_actors(words))
    return _classify_capitalised(words, tokens)


def _classify_capitalised(words: str, tokens: list[str]) -> Subject:
    rest = [token for token in tokens if token.lower() not in DETERMINERS | {"and", "or", "of", "for", "the"}]
    if not rest or len(rest) > 14:
        return Subject(words, THING_SORT)
    capitals = [token for token in rest if CAPITAL_PATTERN.match(token) and not token[0].isdigit()]
    first = rest[0].lower()
    if (
        len(capitals) * 3 < len(rest) * 2
        or (first in NON_NAME_WORDS and len(rest) == 1 and not (rest[0].isupper() and len(rest[0]) <= SHORT_ACRONYM))
        or not CAPITAL_PATTERN.match(rest[-1])
    ):
        return Subject(words, THING_SORT)
    if len(rest) == 1 and _is_common_noun(rest[0]):
        return Subject(words, THING_SORT)
    if all(ACRONYM_PATTERN.match(token) for token in rest):
        return Subject(words, ACRONYM_SORT, extract_actors(words))
    return Subject(words, PERSON_SORT, extract_actors(words))


def _is_common_noun(word: str) -> bool:
    """A lone first word that is hardly a name: "Changes will", "Funding would", "Registration is"."""
    return word[1:].islower() and word.lower().endswith(NOUN_ENDINGS)


def extract_actors(words: str) -> tuple[str, ...]:
    """The names in a noun phrase, as written; articles are left out before capitals."""
    if (match := REPRESENTATIVE_PATTERN.match(words)) is not None:
        return (match["name"],)
    if re.search(r"\b(?:of|from|for)\b", words) and not re.search(r",", words):
        pieces = [words] if " and " not in words else _split_at_and(words)
    else:
        pieces = re.split(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s+(?=[A-Z@])", words)
    found = []
    for piece in pieces:
        name = _trim_name(piece)
        if name and name.lower() not in PRONOUNS | {"we", "it"}:
            found.append(name)
    return tuple(dict.fromkeys(found))


def _split_at_and(words: str) -> list[str]:
    head, _, tail = words.partition(" and ")
    return [head, tail] if CAPITAL_PATTERN.match(tail.removeprefix("the ")) and " of " not in head else [words]


def _trim_name(piece: str) -> str:
    name = piece.strip(" ,.;:\"“”'-–—")
    name = re.sub(r"^(?:(?:[Tt]he|[Aa]n?)\s+)(?=\S)", "", name)
    return name if len(name) < 90 else ""
