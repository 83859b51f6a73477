"""What lines around a task say of it: known people before "to", names at its end, and details on lines of their own."""

import re
from collections.abc import Iterable, Iterator

from jukwaa.core.due_phrases import DUE_LIMIT_REGEX, find_due_phrase
from jukwaa.intake.reader.courtesy_titles import list_titled_short_names
from jukwaa.intake.reader.deadlines import MAX_BARE_LENGTH, find_deadline, is_deadline_only, split_owner_and_deadline
from jukwaa.intake.reader.lexicon import NON_NAME_WORDS, TASK_VERBS
from jukwaa.intake.reader.markers import LABEL_START_PATTERN, NAMES_PATTERN, OWNER_SEPARATOR_PATTERN, split_owner_names

KNOWN_OWNER_TASK_PATTERN = re.compile(
    r"^[^\w@]*(?:[^:]{2,60}?(?::| [-–—]) )?(?P<who>@?\w[^:;.!?()]{0,60}?)(?: \([^)]{1,20}\))? "
    r"(?:to (?!be\b|the\b|a\b|an\b)(?=[a-z]{2})|will (?!be\b|have\b|not\b|need\b)(?=[a-z]{2}))"
)
# "Nobody has prices yet, Ana to ask the town"
CLAUSE_TASK_PATTERN = re.compile(rf"(?:[,;.]|\s[-–—])\s(?:so |and )?(?P<who>{NAMES_PATTERN}) to (?P<verb>[a-z]+)\b")
KNOWN_LEADING_OWNER_PATTERN = re.compile(r"^[^\w@]*(?P<who>@?\w[^:;!?()\[\]]{0,60}?)[\])]?(?:\s?:|\s?[-–—]{1,2}|,) ")
# "Ana, Ben - draft the agenda"
KNOWN_LEADING_OWNERS_PATTERN = re.compile(
    rf"^[^\w@]*(?P<who>{NAMES_PATTERN})[\])]?(?:\s?:|\s?[-–—]{{1,2}}|\s?(?:→|[-=]>)) "
)
KNOWN_END_PATTERN = re.compile(r"\s(?:[-–—]{1,2}|→|[-=]>|\|)\s|\s[(\[]|[;:]\s")  # "Send the forms - ana"
NAME_END_PATTERN = re.compile(rf"{KNOWN_END_PATTERN.pattern}|,\s|\s/\s")
ASKING_PATTERN = re.compile(r"\b(?:ask|want|like|invit|allow|help|thank|between|with)\w*\b[^.;]*$", re.IGNORECASE)
AND_SEPARATOR_PATTERN = re.compile(r"\s+and\s+|\s+و(?=[\u0600-\u06ff])")  # in Arabic a part of the next word
KNOWN_OWNER_VERB_PATTERN = re.compile(r"^[^\w@]*(?P<who>@?[\w.’'-]+(?: [\w’'-]+){0,2}?) (?P<verb>[a-zà-ÿ]+)\b")
FOREIGN_INFINITIVE_PATTERN = re.compile(r"[a-zà-ÿ]{2,}(?:ar|er|ir|re|arse|erse|irse)")  # "Ana enviar la lista"
TRAILING_OWNER_PATTERN = re.compile(
    rf"\s(?:\[(?P<inside>{NAMES_PATTERN})\]|\((?P<round>{NAMES_PATTERN})\)"
    rf"|(?P<at>@[\w-]+)|(?:→|->|=>) ?(?P<arrow>{NAMES_PATTERN}))\W*$"
)
NAMED_TASK_PATTERN = re.compile(
    rf"^\W*(?P<who>(?:{NAMES_PATTERN})|All [a-z]+(?: [a-z]+)?) to (?:also |then |please )?(?P<verb>[a-z]+)\b"
)
_TASK_DETAIL_PATTERN = (
    r"(?:(?P<owner>(?:task )?owners?|responsible(?: person| party)?|assigned(?: to)?|assignees?|who|lead|by whom"
    r"|action by|respons[aá](?:bles?|ve(?:l|is))|encargad[oa]|a cargo(?: de)?|pilotes?|qui|quién|quem|pic"
    r"|penanggung jawab|المسؤول)"
    r"|(?P<due>due(?: date| by)?|deadline|ddl|by when|target(?: date)?|when|time ?(?:lines?|scales?|frames?)|timing|eta"
    r"|completion(?: date)?|(?:needed|complete|finish) by|delivery date"
    r"|by(?= ?:)|échéances?|délai|date (?:limite|butoir|cible|prévue)|plazo|prazo(?: final)?"
    r"|fecha(?: límite| de entrega| tope| prevista)?|data[ -](?:limite|de entrega|prevista)"
    r"|(?:pour )?quand|cuándo|quando|tenggat(?: waktu)?|batas waktu|الموعد(?: النهائي)?)"
    r"|(?P<status>status|progress|statut|état|estado|situação|الحالة))"
)
TASK_DETAIL_VALUE_PATTERN = re.compile(
    rf"{_TASK_DETAIL_PATTERN}\s?[:=]\s*(?P<value>\S.{{0,80}}?)"
    r"(?=\s*[|;,]\s*(?:owner|support(?:ed by)?|back-?up|co-?lead|with|due"
    r"|deadline|ddl|eta|status|priority|respons\w+|échéance|délai|plazo|prazo|fecha|estado|tenggat)"
    r"\b[^|;,]{0,12}[:=]|\W*$)",
    re.IGNORECASE,
)
# "Ana will take care of this by Friday", in the sentence after a task.
TAKES_CARE_PATTERN = re.compile(
    rf"(?P<who>{NAMES_PATTERN}) (?:will|to|is going to|has offered to|agreed to) "
    r"(?:take care of|handle|do|look after|take on|lead on|own|drive|see to) (?:this|it|that|these)\b"
)
# "It will be posted by Friday", in the sentence after a task
PRONOUN_DUE_PATTERN = re.compile(
    r"\W*(?:It|This|That|These|They) (?:will|shall|should|must|needs? to|ha(?:s|ve) to|(?:is|are) to|(?:is|are)) "
    r"(?:also |then )?(?:be )?(?:due|done|ready|sent|put|made|written|[a-z]{3,}ed)\b",
)
OWNER_MARK_PATTERN = re.compile(
    rf"\W*(?:(?:action|owner)(?: by)?(?:\s?: ?(?P<who>(?-i:{NAMES_PATTERN}))| (?P<initials>(?-i:[A-Z]{{2,4}})))"
    rf"|(?:assigned to|action(?:ed)? by|owned by|led by) (?P<named>(?-i:{NAMES_PATTERN})))\W*$",
    re.IGNORECASE,
)
TASK_LABEL_PATTERN = re.compile(
    r"\b(?:what|task|action|quoi|qué|o quê)\s?:\s\w", re.IGNORECASE
)  # the task is told here
DOUBTFUL_DUE_PATTERN = re.compile(r"(?:target|by|when|tim\w+.*|completion|quand|cuándo|quando)$", re.IGNORECASE)
INDONESIAN_TASK_PATTERN = re.compile(rf"^[^\w@]*(?P<who>{NAMES_PATTERN}) akan (?!ada\b|di[a-z])[a-z]")
MAX_DETAIL_LENGTH = 200
NO_DETAIL_VALUE_PATTERN = re.compile(r"(?:tb[acd]|n/?a|none|nil|unassigned|-+)\W*$", re.IGNORECASE)


def collect_known_names(attendee_names: Iterable[str]) -> frozenset[str]:
    """The names, and their first words, in small letters: how minutes call those present."""
    listed = list(attendee_names)
    known = {name.lower() for full in listed for name in (full, *list_titled_short_names(full))}
    known |= {name.split()[0] for name in known} | {short for name in known for short in _iter_short_names(name)}
    return frozenset(name for name in known if len(name) > 1 and name not in NON_NAME_WORDS | TASK_VERBS)


def _iter_short_names(full_name: str) -> Iterator[str]:
    """Yield "A. Lopes" and "A. Lopes Silva", for Ana Lopes Silva."""
    first, *others = full_name.split()
    for count in range(1, len(others) + 1):
        yield f"{first[0]}. {' '.join(others[:count])}"


def find_known_owners(phrase: str, known_people: frozenset[str], *, is_task: bool = False) -> tuple[str, ...]:
    """Those present whom a task names before "to", "will" or a colon; nobody if others are named there too.

    With `is_task`, only "to" and "will" count.
    """
    rest = phrase[mark.end() :] if (mark := LABEL_START_PATTERN.match(phrase)) else phrase
    if is_task:
        match = KNOWN_OWNER_TASK_PATTERN.match(rest)
        return parse_known_names(match["who"], known_people) if match else ()
    return _find_known_owners_at_start(rest, known_people) or find_known_owners_at_end(rest, known_people)


def find_owners_in_clause(phrase: str, known_people: frozenset[str]) -> tuple[str, ...]:
    """Those present whom a later clause names before a task, or who "will" do it in Indonesian."""
    if (will := INDONESIAN_TASK_PATTERN.match(phrase)) is not None:
        return parse_known_names(will["who"], known_people)
    match = CLAUSE_TASK_PATTERN.search(phrase) if " to " in phrase else None
    is_task = match is not None and is_task_verb(match["verb"]) and not ASKING_PATTERN.search(phrase, 0, match.start())
    return parse_known_names(match["who"], known_people) if match and is_task else ()


def _find_known_owners_at_start(rest: str, known_people: frozenset[str]) -> tuple[str, ...]:
    patterns = (KNOWN_OWNER_TASK_PATTERN, KNOWN_LEADING_OWNERS_PATTERN, KNOWN_LEADING_OWNER_PATTERN)
    for opening in filter(None, (pattern.match(rest) for pattern in patterns)):
        if known := parse_known_names(opening["who"], known_people):
            return known
        if opening.re is KNOWN_LEADING_OWNERS_PATTERN and "," in opening["who"]:
            return ()  # one of them was not there
    match = KNOWN_OWNER_VERB_PATTERN.match(rest)
    is_task = match is not None and (is_task_verb(match["verb"]) or FOREIGN_INFINITIVE_PATTERN.fullmatch(match["verb"]))
    return (match["who"],) if match and is_task and match["who"].lower() in known_people else ()


def is_task_verb(word: str) -> bool:
    """Whether it is "send" or "sends"."""
    return word in TASK_VERBS or word.removesuffix("s") in TASK_VERBS or word.removesuffix("es") in TASK_VERBS


def find_known_owners_at_end(rest: str, known_people: frozenset[str]) -> tuple[str, ...]:
    """Names behind a sign at the end, or before the deadline there: "the fence - Ana", "the fence, Ana, 3 May"."""
    parts = KNOWN_END_PATTERN.split(rest)
    if len(parts) > 1 and (names := parse_known_names(parts[-1], known_people)):
        return names
    parts = NAME_END_PATTERN.split(rest)
    if len(parts) > 2 and is_deadline_only(parts[-1]):
        parts.pop()
    is_list = (
        len(parts) > 1
        and parts[-2].rsplit(maxsplit=1)[-1:]
        and parse_known_names(parts[-2].rsplit(maxsplit=1)[-1], known_people)
    )
    return parse_known_names(parts[-1], known_people) if len(parts) > 1 and not is_list else ()


def parse_known_names(phrase: str, known_people: frozenset[str]) -> tuple[str, ...]:
    """The names in these words, if all of them are of people who were there."""
    named = phrase.strip(" .,)]*_")
    pieces = [
        name.strip() for piece in OWNER_SEPARATOR_PATTERN.split(named) for name in AND_SEPARATOR_PATTERN.split(piece)
    ]
    return tuple(pieces) if all(piece.lower() in known_people for piece in pieces) else ()


def find_owners_before_infinitive(phrase: str) -> tuple[str, ...]:
    """Those who are named before "to" and a verb at the start of a note: "Ana and Ben to print the list"."""
    match = NAMED_TASK_PATTERN.match(phrase)
    if match is None or match["verb"] not in TASK_VERBS:
        return ()
    return split_owner_names(match["who"])


def find_trailing_owners(phrase: str) -> tuple[str, ...]:
    """The names in brackets or after an arrow at the end of a task: "Add a link [Ana]"."""
    first = re.match(r"\W*(\w+)", phrase)
    match = TRAILING_OWNER_PATTERN.search(phrase)
    if first is None or match is None or first[1].lower() not in TASK_VERBS:
        return ()
    return split_owner_names(match["inside"] or match["round"] or match["at"] or match["arrow"])


def parse_unlabelled_task_details(phrase: str, known_people: frozenset[str]) -> dict[str, str]:
    """The same on a line that holds only people who were there, or a deadline, or both: "Ana and Ben", "by Friday"."""
    if attendee_names := parse_known_names(phrase, known_people):
        return {"owner": ", ".join(attendee_names), "due": "", "status": ""}
    if is_deadline_only(phrase):
        return {"owner": "", "due": find_deadline(phrase) or phrase.strip(" *_.()[]"), "status": ""}
    owner, due = split_owner_and_deadline(phrase) if len(phrase) <= MAX_BARE_LENGTH else ("", "")
    if due and (attendee_names := parse_known_names(owner, known_people)):
        return {"owner": ", ".join(attendee_names), "due": due, "status": ""}
    return {}


def _has_task_after_name(value: str) -> bool:
    """Whether the task stands behind the name: "Owner: Ana. Send the forms"."""
    parts = re.split(r"\. | [-–—] ", value, maxsplit=1)
    return len(parts) > 1 and re.split(r"\W+", parts[1].lower(), maxsplit=1)[0] in TASK_VERBS


def parse_task_details(phrase: str) -> dict[str, str]:
    """Owner, deadline and status on a line that says nothing else: "Owner: Ana | Due: 3 May"; else nothing."""
    if mark := OWNER_MARK_PATTERN.match(phrase):
        return {"owner": mark["who"] or mark["initials"] or mark["named"], "due": "", "status": ""}
    if care := TAKES_CARE_PATTERN.match(phrase):
        return {"owner": care["who"], "due": find_due_phrase(phrase), "status": ""}
    if PRONOUN_DUE_PATTERN.match(phrase) and DUE_LIMIT_REGEX.search(phrase):
        return {"owner": "", "due": find_due_phrase(phrase), "status": ""}
    if TASK_LABEL_PATTERN.search(phrase):
        return {}
    match = TASK_DETAIL_VALUE_PATTERN.match(phrase.lstrip(" *_-•([")) if len(phrase) <= MAX_DETAIL_LENGTH else None
    if match is None or _has_task_after_name(match["value"]):
        return {}
    found = dict.fromkeys(("owner", "due", "status"), "")
    for match in TASK_DETAIL_VALUE_PATTERN.finditer(phrase):
        name = next(name for name in found if match[name])
        value = match["value"].strip(" *_.")
        is_doubtful = name == "due" and DOUBTFUL_DUE_PATTERN.match(match[name])
        if is_doubtful and not (find_due_phrase(f"by {value}") or is_deadline_only(value)):
            continue  # "Target: below 700 MB"
        found[name] = found[name] or ("" if NO_DETAIL_VALUE_PATTERN.match(value) else value)
    return found
