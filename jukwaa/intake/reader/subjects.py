"""Who stands before a verb, and of what sort: a body, somebody, a thing, or nobody."""

import re
from dataclasses import dataclass, replace

from jukwaa.intake.reader.lexicon import (
    AUXILIARY_VERB_WORDS,
    COLLECTIVE_NOUNS,
    DETERMINERS,
    NON_NAME_WORDS,
    PEOPLE_NOUNS,
    PERSONAL_PRONOUNS,
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
ACTING_SUBJECT_SORTS = frozenset({BODY_SORT, PERSON_SORT, ACRONYM_SORT})
SUBJECT_LOOKBACK_CHARACTERS = 220
MAX_SHORT_ACRONYM_LENGTH = 4
SUBJECT_WORD_PATTERN = re.compile(r"[\w’'/&.@+-]*\w[\w’'/&@+-]*")
CLAUSE_BOUNDARY_PATTERN = re.compile(
    r"[;:.!?–—(]\s|\s[-–—]\s|,\s|\b(?:and|or|but|that|which|who|whom|whose|where|when|while|whereas|"
    r"because|since|so|if|as|than|then|until|"
    r"after|before|although|though|whether|how|what|why|nor|yet)\b\s"
)
CAPITAL_START_PATTERN = re.compile(r"(?:@|[A-Z\d]|[^\W\d_a-z])")
NAME_PATTERN = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof)\.? )?@?[A-Z][\w’'.&/+-]*(?: (?:of|for|the|and|de|van|von|der|den|la|le|du|"
    r"da|dos|bin|al|&|on)){0,2}"
    r"(?:[ ][A-Z(][\w’'.&/+)-]*){0,6}"
)
COMMON_NOUN_ENDINGS = (
    *("ing", "ings", "tion", "tions", "ions", "sion", "ment", "ments", "ness"),
    *("ity", "ities", "ance", "ence", "ers", "ies", "ages", "ives"),
)
ACRONYM_PATTERN = re.compile(r"[A-Z][A-Z\d&/-]{1,9}s?$")
PREPOSITION_PATTERN = re.compile(r"\b(?:of|from|for|at|in|on|with|to|by|within)\b")
QUANTITY_PHRASE_PATTERN = re.compile(
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
class GrammaticalSubject:
    """The words before a verb, their sort, and the actors they name."""

    words: str
    sort: str
    actors: tuple[str, ...] = ()
    plural_pronoun: bool = False
    introduced: bool = False  # behind words such as "After some debate", without a comma


# "After a round of comments the sub-group agreed", without a comma
INTRODUCTION_PATTERN = re.compile(
    r"(?:After|Following|On|At|Upon|In|With|During|Having|Based on|In line with|For) [^,;:]{3,100} "
    r"(?P<subject>(?:the|all) [^,;:]{3,60})$"
)
NO_GRAMMATICAL_SUBJECT = GrammaticalSubject("", NO_SORT)


def find_grammatical_subject(sentence_text: str, verb_start: int) -> GrammaticalSubject:
    """The subject of the verb that starts at this place."""
    left = sentence_text[max(0, verb_start - SUBJECT_LOOKBACK_CHARACTERS) : verb_start].rstrip()
    left = _strip_auxiliaries(left)
    if not left:
        return NO_GRAMMATICAL_SUBJECT
    clause, lead = _split_last_clause(left)
    if not clause:
        if re.search(r"\b(?:which|who|that|what|as|how|if|whether|when|where)$", left):
            return GrammaticalSubject(clause, THING_SORT)
        return _find_elided_subject(left)
    if (opening := INTRODUCTION_PATTERN.match(clause)) and (
        body := classify_grammatical_subject(opening["subject"])
    ).sort == BODY_SORT:
        return replace(body, introduced=True)
    words = _prepend_listed_names(lead, clause)
    return classify_grammatical_subject(words)


def _strip_auxiliaries(text_before_verb: str) -> str:
    while text_before_verb:
        match = re.search(r"(?:^|[\s,])([\w’'-]+),?$", text_before_verb)
        if match is None:
            return text_before_verb
        word = match[1].lower()
        if word not in AUXILIARY_VERB_WORDS and not (
            word.endswith("ly")
            and len(word) > 4
            and word not in {"family", "italy", "assembly", "july", "supply", "reply", "ally", "monthly"}
        ):
            return text_before_verb
        text_before_verb = text_before_verb[: match.start(1)].rstrip()
    return text_before_verb


def _split_last_clause(text_before_verb: str) -> tuple[str, str]:
    """The last clause of these words, and what stands before it."""
    if text_before_verb.endswith(")") and (opening := text_before_verb.rfind("(")) > 0:
        text_before_verb = text_before_verb[:opening].rstrip()
    if (
        text_before_verb.endswith(",")
        and (start := text_before_verb.rfind(",", 0, -1)) > 0
        and len(text_before_verb) - start < 120
    ):
        return _split_last_clause(text_before_verb[:start])  # "the chair, speaking for the board, proposed"
    cut = 0
    for match in CLAUSE_BOUNDARY_PATTERN.finditer(text_before_verb + " "):
        if match.group().strip() in {"and", "or"} and not _is_conjunction_between_clauses(
            text_before_verb, cut, match.start(), match.end()
        ):
            continue
        cut = match.end()
    return text_before_verb[cut:].strip(" ,"), text_before_verb[:cut]


def _is_conjunction_between_clauses(
    text_before_verb: str, start_offset: int, conjunction_start: int, end_offset: int
) -> bool:
    before, after = text_before_verb[start_offset:conjunction_start], text_before_verb[end_offset:]
    return (
        not before.strip()
        or not after.strip()
        or bool(VERB_LIKE_PATTERN.search(before))
        or bool(VERB_LIKE_PATTERN.search(after))
    )


def _find_elided_subject(text_before_verb: str) -> GrammaticalSubject:
    """Second verbs share the first subject: "The chair thanked the host and proposed ..."."""
    if not re.search(r"(?:,|\band|\bbut|\bor|\bthen)$", text_before_verb):
        return NO_GRAMMATICAL_SUBJECT
    if (relative := _find_antecedent_of_which(text_before_verb)) is not None:
        return relative
    for match in VERB_LIKE_PATTERN.finditer(text_before_verb):
        words = _strip_auxiliaries(text_before_verb[: match.start()].rstrip())
        clause, lead = _split_last_clause(words)
        if clause:
            return classify_grammatical_subject(_prepend_listed_names(lead, clause))
    return NO_GRAMMATICAL_SUBJECT


def _find_antecedent_of_which(text_before_verb: str) -> GrammaticalSubject | None:
    """In "... from Harbour School, who was new and presented ..." the school presented."""
    last = None
    for match in re.finditer(r",? \b(?:who|which) (?=\w)", text_before_verb):
        last = match
    if last is None or not VERB_LIKE_PATTERN.search(text_before_verb, last.end()):
        return None
    name = re.search(
        r"(?:[A-Z][\w’'&.-]* ?(?:of |for |the |and )?)+$", text_before_verb[max(0, last.start() - 80) : last.start()]
    )
    return classify_grammatical_subject(name.group()) if name else GrammaticalSubject("", THING_SORT)


def _prepend_listed_names(text_before_clause: str, clause_text: str) -> str:
    """Names before a comma belong to it: "KENYA, MALI and PERU proposed"."""
    first = re.sub(r"^(?:the|and|or) ", "", clause_text)
    if not CAPITAL_START_PATTERN.match(first):
        return clause_text
    words = clause_text
    while match := re.search(
        r"(?:^|(?<=[,;] )|(?<=, the )|(?<=^the )|"
        r"(?<=and ))((?:[Tt]he )?[A-Z][\w’'/&. -]{1,40}),\s(?:and\s)?$",
        text_before_clause,
    ):
        piece = match[1]
        if piece.split()[0].lower() in NON_NAME_WORDS - {"the"} or VERB_LIKE_PATTERN.search(piece):
            break
        words = f"{piece}, {words}"
        text_before_clause = text_before_clause[: match.start(1)]
    return words


def classify_grammatical_subject(phrase: str) -> GrammaticalSubject:
    """Of what sort this noun phrase is."""
    phrase = phrase.strip(" ,\"'“”‘’")
    tokens = SUBJECT_WORD_PATTERN.findall(phrase)
    while tokens and tokens[0].lower() in {"and", "but", "or", "so"}:
        tokens = tokens[1:]
        phrase = phrase.split(None, 1)[1] if " " in phrase else ""
    if not tokens or len(tokens) > 22:
        return GrammaticalSubject(phrase, THING_SORT if tokens else NO_SORT)
    if len(tokens) == 1 and tokens[0].lower() in {"it", "there", "this", "that"}:
        return GrammaticalSubject(phrase, IT_SORT)
    last = re.split(r"[’']", tokens[-1].lower())[0]
    if last in PERSONAL_PRONOUNS | {"we"}:
        return GrammaticalSubject(phrase, BODY_SORT if last in {"we", "they"} else PERSON_SORT, (), last == "they")
    return _classify_noun_phrase(phrase, tokens)


def _classify_noun_phrase(phrase: str, word_tokens: list[str]) -> GrammaticalSubject:
    if (match := QUANTITY_PHRASE_PATTERN.match(phrase)) is not None:
        return classify_grammatical_subject(phrase[match.end() :])
    head = phrase
    if (match := PREPOSITION_PATTERN.search(phrase)) and not CAPITAL_START_PATTERN.match(phrase[match.end() + 1 :]):
        head = phrase[: match.start()]
    elif match:
        head = phrase[: match.start()] if phrase[: match.start()].strip() else phrase
    heads = [token.lower() for token in SUBJECT_WORD_PATTERN.findall(head)] or [token.lower() for token in word_tokens]
    last = heads[-1].removesuffix("'s").removesuffix("’s")
    if last in COLLECTIVE_NOUNS or (last.endswith("s") and last[:-1] in COLLECTIVE_NOUNS):
        return GrammaticalSubject(phrase, BODY_SORT, extract_actor_names(phrase))
    if last in PEOPLE_NOUNS:
        return GrammaticalSubject(phrase, PERSON_SORT, extract_actor_names(phrase) if len(heads) > 1 else ())
    if last in ROLE_NOUNS or last.removesuffix("s") in ROLE_NOUNS or set(heads[:3]) & ROLE_NOUNS:
        return GrammaticalSubject(phrase, PERSON_SORT, extract_actor_names(phrase))
    return _classify_capitalised_phrase(phrase, word_tokens)


def _classify_capitalised_phrase(phrase: str, word_tokens: list[str]) -> GrammaticalSubject:
    rest = [token for token in word_tokens if token.lower() not in DETERMINERS | {"and", "or", "of", "for", "the"}]
    if not rest or len(rest) > 14:
        return GrammaticalSubject(phrase, THING_SORT)
    capitals = [token for token in rest if CAPITAL_START_PATTERN.match(token) and not token[0].isdigit()]
    first = rest[0].lower()
    if (
        len(capitals) * 3 < len(rest) * 2
        or (
            first in NON_NAME_WORDS
            and len(rest) == 1
            and not (rest[0].isupper() and len(rest[0]) <= MAX_SHORT_ACRONYM_LENGTH)
        )
        or not CAPITAL_START_PATTERN.match(rest[-1])
    ):
        return GrammaticalSubject(phrase, THING_SORT)
    if len(rest) == 1 and _is_common_noun(rest[0]):
        return GrammaticalSubject(phrase, THING_SORT)
    if all(ACRONYM_PATTERN.match(token) for token in rest):
        return GrammaticalSubject(phrase, ACRONYM_SORT, extract_actor_names(phrase))
    return GrammaticalSubject(phrase, PERSON_SORT, extract_actor_names(phrase))


def _is_common_noun(word: str) -> bool:
    """A lone first word that is hardly a name: "Changes will", "Funding would", "Registration is"."""
    return word[1:].islower() and word.lower().endswith(COMMON_NOUN_ENDINGS)


def extract_actor_names(phrase: str) -> tuple[str, ...]:
    """The names in a noun phrase, as written; articles are left out before capitals."""
    if (match := REPRESENTATIVE_PATTERN.match(phrase)) is not None:
        return (match["name"],)
    if re.search(r"\b(?:of|from|for)\b", phrase) and not re.search(r",", phrase):
        pieces = [phrase] if " and " not in phrase else _split_names_at_and(phrase)
    else:
        pieces = re.split(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s+(?=[A-Z@])", phrase)
    found = []
    for piece in pieces:
        name = _trim_actor_name(piece)
        if name and name.lower() not in PERSONAL_PRONOUNS | {"we", "it"}:
            found.append(name)
    return tuple(dict.fromkeys(found))


def _split_names_at_and(phrase: str) -> list[str]:
    head, _, tail = phrase.partition(" and ")
    return [head, tail] if CAPITAL_START_PATTERN.match(tail.removeprefix("the ")) and " of " not in head else [phrase]


def _trim_actor_name(name_piece: str) -> str:
    name = name_piece.strip(" ,.;:\"“”'-–—")
    name = re.sub(r"^(?:(?:[Tt]he|[Aa]n?)\s+)(?=\S)", "", name)
    return name if len(name) < 90 else ""
