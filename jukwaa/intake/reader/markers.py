"""Marks such as "ACTION 14-1:", and whom the words after them name as responsible."""

import re

from jukwaa.core.due_phrases import DATE_PATTERN, FOREIGN_DATE, MONTH_PATTERN, TIME_SPAN, find_due_phrase
from jukwaa.intake.reader.lexicon import (
    COLLECTIVE_NOUNS,
    DETERMINERS,
    FINITE_VERB_PATTERN,
    NO_OWNER_WORDS,
    NON_NAME_WORDS,
    OFFICER_NOUNS,
    PEOPLE_NOUNS,
    ROLE_NOUNS,
    SAYING_VERBS,
    TASK_VERBS,
)
from jukwaa.intake.reader.names import NAME_CONNECTORS
from jukwaa.intake.reader.subjects import ACTING_SORTS, BODY_SORT, CAPITAL_PATTERN, classify_subject

_REFERENCE = r"(?:[ -]*(?:no\.? ?)?#?(?:[A-Z]{1,5}[- ])?\d[\w./-]*)?"
_ACTION = r"(?:new |open )?(?:action(?:[ -]?(?:items?|points?))?|a\.?i\.?|ap|to[ -]?do|task|follow[ -]?up|next steps?)"
_DECISION = r"(?:final |group |board |key )?(?:decisions?|decided|resolved|resolution|agreed|agreement|consensus)"
# The lines that follow such a line are new ones, however long it is.
MARK_START_PATTERN = re.compile(
    rf"[\W_]*(?:\d{{1,3}}\s?[-–.)]\s?)?(?:(?:{_ACTION}|{_DECISION}){_REFERENCE}"
    rf"(?: ?[\[(][^\])\n]{{1,40}}[\])])?(?: (?:on|for) [\w’' -]{{1,30}})?"
    rf"(?:,[\w ]{{1,20}})?[\]*_]*\s?(?::|[-–—] |\]|=>| @)|(?:decision|resolution) [A-Z]{{0,3}}\d[\w./-]*\s*$)",
    re.IGNORECASE,
)
# A line that is only a mark speaks for what follows.
BARE_MARK_PATTERN = re.compile(
    rf"\W*(?:(?P<commitment>{_ACTION})|(?P<decision>{_DECISION}))(?:{_REFERENCE}|(?: [A-Z]{{0,3}}\d[\w./-]*)?)\W*$",
    re.IGNORECASE,
)
_ACTION_MARK_PATTERN = re.compile(
    rf"^.{{0,400}}?(?:^|(?<=[\s(\[]))(?:{_ACTION})(?i:{_REFERENCE})"
    r"(?: ?[\[(](?P<inside>[^\])\n]{1,40})[\])])?"
    r"(?:,? (?:on|for|by) (?P<on>(?-i:@?[\w])[\w’'@,/& -]{0,38}?))?"
    r"(?:\]\s?[:–—-]?|\s?(?::|[-–—](?=\s)|=>|\.(?= (?-i:[A-Z])))|(?= @)|(?= (?-i:[A-Z]{2,4})\b)|(?<=[\])])(?=\s))\s*",
    re.IGNORECASE | re.DOTALL,
)
# "ACTION on TC Officers to add": in capitals, so that no sentence looks like it.
_NAMED_MARK = rf"(?:(?:ACTION|TO-?DO|AP|AI)(?: ITEM)?{_REFERENCE}|[Aa]ction(?= [^:]{{2,30}}:))"
# A full stop belongs to initials and titles, and stands inside of accounts: "J. Lind", "Dr. Lind", "@lind.org".
_TITLE = r"(?:Drs?|Mrs?|Ms|Prof|Cllr|Sra?|Rev|Hon|St|Jr|Eng|[^\W\d_a-z])\."
_WORD = rf"(?:{_TITLE}|@?[^\W\d_a-z](?:[\w’'-]|\.(?=\w))*)"
_ONE = (
    rf"(?:@[\w-]+|{_WORD}(?:(?: (?:of|for|and the|the|de|da|van|von|der|den|la|le|al|bin|el)){{0,2}} {_WORD}){{0,4}}"
    r"(?: ?\([^()]{1,30}\)(?=\s?[:,&/]| and ))?)"
)
_JOINT = r"(?:\s?,\s?(?:and )?|\s?/\s?|\s?&\s?|\s?\+\s?| and | or | (?:y|e|et|und|og|och|en) (?=[^\W\d_a-z]))"
NAMES = rf"{_ONE}(?:{_JOINT}{_ONE}){{0,6}}"
NAMED_MARK_PATTERN = re.compile(
    rf"[\W_]*{_NAMED_MARK} (?:(?:on|for) )?(?:the )?"
    rf"(?P<who>{NAMES}|[a-z][\w-]{{1,20}}(?: (?:and )?[a-z][\w-]{{1,20}}){{0,2}})"
    r"(?::\s|\s(?=to [a-z]))"
)
BEFORE_MARK_PATTERN = re.compile(rf"\W*(?P<who>@[\w-]+|{_WORD}(?: {_WORD})?) (?:ACTION|TO-?DO|[Aa]ction):\s")
SHORT_MARK_PATTERN = re.compile(
    r"\W*(?:ACTION|TO-?DO|AP|AI)\((?P<who>[a-z][\w-]{1,20})\):\s"
)  # "ACTION(ana): send the forms"
LEADING_NAMES_PATTERN = re.compile(
    rf"^\W*(?:[\[(](?P<bracket>{NAMES})[\])]:?|"
    rf"(?:for )?(?P<who>{NAMES})(?: \([^)]{{1,30}}\))?(?:\s?:|\s?[-–—]{{1,2}}|\s?(?:→|[-=]>)))\s"
)
# "Ana send the forms": the word after the verb shows that it is one.
BARE_VERB_PATTERN = re.compile(
    rf"^[^\w@]*(?P<who>{NAMES}) (?P<verb>[a-z]+)(?: up| out)? "
    r"(?:the|an?|all|our|his|her|their|this|these|new|some|[A-Z]\w+[’']s|\d+(?= [a-z]))\b"
)
NICK_PATTERN = re.compile(r"^[^\w@]*(?P<who>[a-z][\w-]{1,20}) to (?!the\b|an?\b|be\b)(?P<verb>[a-z]+)")
LEADING_HANDLES_PATTERN = re.compile(r"^[^\w@]*(?P<who>@[\w-]+(?:(?:,| &| and|/) ?@[\w-]+)*):?\s")
LEADING_GROUP_PATTERN = re.compile(r"^[^\w@]*(?P<who>\w[\w ]{1,40}?)\s?(?::|\s(?:[-–—]|→|[-=]>)|[-–—](?= [A-Z])) ")
LEADING_INITIALS_PATTERN = re.compile(r"^[^\w@]*(?P<who>[A-Z]{2,4}) ?[-–—]+ (?=[a-z])")
TASK_PATTERN = re.compile(
    r"^[^\w@]*(?P<who>(?:the |all |each |every |both )?@?\w[\w@.’'/&+,() -]{0,70}?),? "
    r"(?P<verb>to|will|shall|should|would|must|needs? to|(?:is|are|was|were) (?:asked |requested |invited |due )?to|"
    r"ha(?:s|ve) to|(?:(?:ha(?:s|ve) )?(?:agreed|offered|volunteered)|asked|undertook|responsible|tasked|assigned|"
    r"(?:is|are) (?:going|planning|responsible|assigned|tasked|set|due|supposed|expected)) to"
    r"|(?:is |are )?responsible for"
    r"|took (?:an|the) action(?: item)? to|can|please)"
    r" (?:also |then |please |now )?(?:\d\) )?(?!be\b)(?-i:[a-z])",
    re.IGNORECASE,
)
LABELLED_OWNER_PATTERN = re.compile(
    r"(?i:\b(?:(?:owners?|responsible(?: (?:person|party))?|assignees?|"
    r"assigned|lead|leads|action|by whom|who|pic)\s?[:=]|"
    rf"(?:assigned to|action(?:ed)? by|owned by|led by|owner)\s?:?)\s*)(?P<who>{NAMES})"
)
TRAILING_NAMES_PATTERN = re.compile(
    rf"(?:[(\[](?:(?i:owner|action|responsible|lead|by)[: ]+)?(?P<inside>{NAMES}|all|everyone)"
    rf"(?:\s?[,;:–—-][^)\]]{{0,80}}| and others)?[)\]](?:\s?\([^()]{{1,40}}\))?"
    rf"|\s(?:--|[-–—>]{{1,2}}|=>|→|\|)\s(?P<dash>{NAMES}|all|everyone)(?:\s[-–—(|,].{{0,40}})?|\s(?P<at>@[\w-]+))\W*$"
)
BRACKETED_HANDLE_PATTERN = re.compile(r"[(\[](@[\w-]+)[)\]](?!\()")
TRAILING_GROUP_PATTERN = re.compile(
    r"(?:\s(?:[-–—]{1,2}|=>|→|\|)\s(?P<dash>[\w-]+(?: [\w-]+){1,3})|\((?P<inside>[\w-]+(?: [\w-]+){0,3})\))\W*$"
)
TRAILING_DATE_PATTERN = re.compile(
    rf"(?:[(\[,;:–—|📅⏰-]|\b(?:due|eta))[\s:]*(?:by |due:? |before |eta:? )?"
    rf"(?P<due>(?:\d{{1,2}}(?:[:.]\d\d)? ?[ap]m )?"
    rf"(?:{TIME_SPAN}|{DATE_PATTERN}|{FOREIGN_DATE}|\d{{1,2}}/\d{{1,2}})(?: week \d{{1,2}})?(?<=[\w]))[\])]?"
    r"(?:\s?\([^()]{1,60}\))?\W*$",
    re.IGNORECASE,
)
# "Ana to send the forms Monday", but not "prepare the agenda for Monday".
TRAILING_WEEKDAY_PATTERN = re.compile(
    r"(?P<before>\w+) (?P<due>(?:\d{1,2} ?[ap]m )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)\W*$", re.IGNORECASE
)
# "(Tuesday, since Monday is a holiday)"
BRACKETED_DATE_PATTERN = re.compile(rf"[(\[](?P<due>{DATE_PATTERN}), [^()\[\]]{{3,80}}[)\]]\W*$", re.IGNORECASE)
DATED_PATTERN = re.compile(r"\d|week|month|meeting|day| de |^(?:mid|early|late)\b", re.IGNORECASE)
NO_DEADLINE_WORDS = frozenset({"for", "from", "of", "last", "every", "each", "the", "since", "and", "or", "to", "at"})
STATUS_LABEL_PATTERN = re.compile(r"^\W*(?:new|open|closed|done|ongoing|pending|carried over)\s?:\s*", re.IGNORECASE)
VOTE_PATTERN = re.compile(
    r"\W*(?:motion )?(?:carried|passed)(?: unanimously)?\W*$|"
    r"\W*(?:passe[sd]|carrie[sd]|approved|adopted|failed|fails) (?:unanimously|\d+ ?[-–:] ?\d+)\b",
    re.IGNORECASE,
)
# "[AL]", "[name=Ana] & [name=Ben]" before a task.
BRACKETED_NAMES_PATTERN = re.compile(
    r"^[^\w\[]*(?P<who>(?:\[(?:name=)?@?[\w. -]{2,30}\](?:\s?(?:&|,|/|and)\s?)?)+)", re.IGNORECASE
)
LEADING_DATE_PATTERN = re.compile(r"^\W*(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?)[\])]?\s?[:–—-]?\s+")
NO_NAME_BRACKETS = frozenset(
    {"action", "actions", "ai", "todo", "new", "open", "done", "closed", "pending", "proposal", "others"}
)
MONTH_NAME_PATTERN = re.compile(MONTH_PATTERN, re.IGNORECASE)
JOINT_PATTERN = re.compile(
    r"\s?,\s?(?:and )?|\s?/\s?|\s?&\s?|\s?\+\s?| and (?=@|[^\W\d_a-z]|the )"
    r"|(?<=[a-zà-ÿ.]) (?:y|e|et|und|og|och|en) (?=[^\W\d_a-z])"
)
MAX_GROUP_WORDS = 4
CONNECTORS = frozenset({"and", "the", "for", "&", "or", *NAME_CONNECTORS})
PROPER_GROUP_PATTERN = re.compile(r"[A-Z][\w-]+ (?-i:[A-Z])[\w-]+ \w+")
CLAUSE_WORDS = frozenset({"that", "which", "who", "we", "they", "our", "if", "when"})
QUANTIFIER_PATTERN = re.compile(r"^(?:all|every|each|both|the) (?=\w)", re.IGNORECASE)
AGENTS_PATTERN = re.compile(r"[a-z-]{3,}(?:ers|ors|ists|ees|leads|reps|heads|folks)")  # "Multisig keyholders"
GROUP_NOUNS = ROLE_NOUNS | COLLECTIVE_NOUNS | PEOPLE_NOUNS
PLURAL_OWNERS = frozenset({"all", "everyone", "everybody", "all members", "members", "group", "both"})


def is_named_task(words: str) -> bool:
    """Whether a line reads "Ana: book the room"."""
    match = LEADING_NAMES_PATTERN.match(words)
    verb = re.match(r"\w+", words[match.end() :]) if match else None
    return verb is not None and verb[0].lower() in TASK_VERBS


def is_marked_item(words: str) -> bool:
    """Whether a line begins with a mark and goes on, or gives a vote: it is no heading, however it is set."""
    if NAMED_MARK_PATTERN.match(words) or VOTE_PATTERN.match(words):
        return True
    match = MARK_START_PATTERN.match(words)
    return match is not None and len(re.findall(r"\w+", words[match.end() :])) > 1


def get_bare_mark_kind(words: str) -> str:
    """The kind that a line speaks for which is only a mark: "Decision 5/CP.3", "ACTION:"; else nothing."""
    match = BARE_MARK_PATTERN.match(words) if len(words) <= 60 else None
    if match is None or (match["commitment"] or match["decision"] or "").islower():
        return ""
    if not words.rstrip(" *_").endswith((":", "]")) and not re.search(r"\d", words):
        return ""
    return "commitment" if match["commitment"] else "decision"


def find_owners(words: str, *, is_list_entry: bool) -> tuple[str, ...]:
    """Return who is responsible in a marked sentence, or an entry of a list of actions; nobody where it is unclear.

    Looked for right after the mark, before the first verb, and at the end.
    """
    if before_mark := BEFORE_MARK_PATTERN.match(words):
        return split_owners(re.sub(r"[’']s$", "", before_mark["who"]))
    after_mark = NAMED_MARK_PATTERN.match(words) or SHORT_MARK_PATTERN.match(words)
    if after_mark and (owners := split_owners(after_mark["who"]) or _split_nicks(after_mark)):
        return owners
    mark = _ACTION_MARK_PATTERN.match(words)
    if mark is None and not is_list_entry:
        return ()
    rest = STATUS_LABEL_PATTERN.sub("", words[mark.end() :] if mark else words)
    for named in (mark["inside"], mark["on"]) if mark else ():
        if named and (owners := split_owners(named)):
            return owners
    if owners := _find_owners_in_task(rest) or _find_nick(rest, is_marked=mark is not None):
        return owners
    only = rest.strip(" .;:)]*_") if mark else ""  # "Action: Ana"
    return split_owners(only) if re.fullmatch(NAMES, only) and len(only.split()) <= MAX_GROUP_WORDS else ()


def _split_nicks(mark: re.Match[str]) -> tuple[str, ...]:
    """The small names after a mark in capitals: "ACTION ana and ben: send the forms"."""
    names = re.split(r"\s?[,/&+]\s?| and ", mark["who"])
    nobody = NON_NAME_WORDS | DETERMINERS | NOBODY | ROLE_NOUNS
    shouted = re.match(r"[\W_]*(?:ACTION|TO-?DO|AP)\b", mark.group())
    named = all(name.isidentifier() and name.islower() and name not in nobody and not is_nobody(name) for name in names)
    return tuple(names) if shouted and named else ()


def _find_nick(rest: str, *, is_marked: bool) -> tuple[str, ...]:
    """One word in small letters, as chats call people: "ACTION: ben to draft". Without a mark it must be no plural."""
    match = NICK_PATTERN.match(rest)
    nobody = NON_NAME_WORDS | DETERMINERS | NOBODY | ROLE_NOUNS
    if match is None or match["who"] in nobody or is_nobody(match["who"]):
        return ()
    is_clear = match["verb"] in TASK_VERBS and not match["who"].endswith(("s", "ing", "ion", "ment"))
    return (match["who"],) if is_marked or is_clear else ()


def _find_owners_in_task(rest: str) -> tuple[str, ...]:
    """The owners by the first of these ways to write them that names somebody."""
    rest = LEADING_DATE_PATTERN.sub("", rest)
    finders = (_find_before_task, _find_subject_of_task, _find_group_before_task, _find_after_task, _find_bare_subject)
    for find in finders:
        if owners := find(rest):
            return owners
    return ()


def _find_before_task(rest: str) -> tuple[str, ...]:
    if (match := BRACKETED_NAMES_PATTERN.match(rest)) and (owners := _parse_brackets(match["who"])):
        return owners
    if match := LABELLED_OWNER_PATTERN.search(rest) or LEADING_HANDLES_PATTERN.match(rest):
        return split_owners(match["who"])
    match = LEADING_NAMES_PATTERN.match(rest)
    return split_owners(match["bracket"] or match["who"]) if match else ()


def _find_group_before_task(rest: str) -> tuple[str, ...]:
    """Initials or a body before a stroke or a colon: "AL- call the host", "Board members: vote"."""
    if (match := LEADING_INITIALS_PATTERN.match(rest)) and is_owner_name(match["who"]):
        return (match["who"],)
    match = LEADING_GROUP_PATTERN.match(rest)
    return (match["who"],) if match and _is_group(match["who"]) else ()


def _find_bare_subject(rest: str) -> tuple[str, ...]:
    match = BARE_VERB_PATTERN.match(rest)
    return split_owners(match["who"]) if match and match["verb"] in TASK_VERBS else ()


def _find_after_task(rest: str) -> tuple[str, ...]:
    match = TRAILING_NAMES_PATTERN.search(rest)
    if match and (owners := split_owners(match["inside"] or match["dash"] or match["at"])):
        return owners
    match = TRAILING_GROUP_PATTERN.search(rest)
    last = match["dash"] or match["inside"] if match else ""
    is_body = bool(last) and last.rsplit(maxsplit=1)[-1].lower() in COLLECTIVE_NOUNS and is_owner_name(last)
    is_body = is_body or last.lower() in OFFICER_NOUNS
    if is_body:
        return (last,)
    handles = BRACKETED_HANDLE_PATTERN.findall(rest)
    return (handles[0],) if len(handles) == 1 else ()


def _parse_brackets(words: str) -> tuple[str, ...]:
    names = re.findall(r"\[(?:name=)?(@?[\w. -]+)\]", words, re.IGNORECASE)
    if any(name.lower() in NO_NAME_BRACKETS for name in names):
        return ()
    return tuple(dict.fromkeys(name.strip() for name in names if not name[0].isdigit() and is_owner_name(name)))


def _find_subject_of_task(rest: str) -> tuple[str, ...]:
    match = TASK_PATTERN.match(rest)
    if match is None or _is_task_start(match["who"]):
        return ()
    return split_owners(match["who"])


def _is_task_start(words: str) -> bool:
    """Whether this is no name before "to": "Announce to members", "Send the form to hosts": a verb and its object."""
    tokens = words.replace(",", " ").split()
    if len(tokens) == 1:
        return tokens[0].lower() in TASK_VERBS
    last = tokens[-1].lower()
    named = all(token[:1].isupper() or token.lower() in CONNECTORS or not token[:1].isalpha() for token in tokens)
    acting = AGENTS_PATTERN.fullmatch(last) is not None and len(tokens) > 1 and tokens[0][:1].isupper()
    acting = acting or last in ROLE_NOUNS | COLLECTIVE_NOUNS | PLURAL_OWNERS or last.removesuffix("s") in ROLE_NOUNS
    return tokens[0].lower() in TASK_VERBS or not (named or acting)


def split_owners(words: str) -> tuple[str, ...]:
    """The names in these words, as written, if they can act; "someone" and things are nobody."""
    if words.strip(" .").lower() in PLURAL_OWNERS or _is_whole_group(words.strip(" .")):
        return (words.strip(" ."),)
    found = []
    for piece in JOINT_PATTERN.split(words):
        name = re.sub(r"\s*\(.*$", "", re.sub(r"^(?:[Tt]he|[Aa]n?) ", "", piece.strip(" .,;:()[]*_~\"“”'")))
        if re.search(r"\b[^\W\d_a-z]$", name) and f"{name}." in piece:
            name = f"{name}."  # "Ana L."
        if name and _can_act(name):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _is_whole_group(words: str) -> bool:
    """Whether this names all of a group: "All exec members"."""
    tokens = words.lower().split()
    return (
        1 < len(tokens) <= MAX_GROUP_WORDS
        and tokens[0] in {"all", "every", "each", "other"}
        and tokens[-1] in GROUP_NOUNS
    )


def _is_group(words: str) -> bool:
    """Whether this names a body or all of one: "All board members", "AWG members"."""
    named = QUANTIFIER_PATTERN.sub("", words)
    if words.lower() in PLURAL_OWNERS:
        return True
    last = named.rsplit(maxsplit=1)[-1].lower()
    is_plural_role = last.endswith("s") and last.removesuffix("s") in ROLE_NOUNS and named[:1].isupper()
    is_body = named != words or is_plural_role or classify_subject(named).sort == BODY_SORT
    return is_body and is_owner_name(words) and not words.islower()


def is_owner_name(name: str) -> bool:
    """Whether this may be somebody: "Working with hosts" and "Reminder" may not."""
    tokens = QUANTIFIER_PATTERN.sub("", name).split()
    first = tokens[0].lower()
    if name.lower() in PLURAL_OWNERS:
        return True
    if name.strip("[]() ").lower() in NO_NAME_BRACKETS | NOBODY:
        return False
    if first in NON_NAME_WORDS or is_nobody(name) or FINITE_VERB_PATTERN.search(name):
        return False
    if len(tokens) == 1:
        return True
    if CLAUSE_WORDS & {token.lower() for token in tokens[1:]}:
        return False
    plain = [token for token in tokens[1:] if token.islower() and token not in CONNECTORS]
    last = tokens[-1].lower().removesuffix("s")
    is_group = last in GROUP_NOUNS or f"{last}s" in GROUP_NOUNS or AGENTS_PATTERN.fullmatch(f"{last}s") is not None
    return not first.endswith("ing") and (not plain or is_group)


def is_nobody(name: str) -> bool:
    """Whether these words before a verb begin with another verb or a judgement: "Seems to", "Hard to"."""
    if PROPER_GROUP_PATTERN.match(name) and name.rsplit(maxsplit=1)[-1].lower() in COLLECTIVE_NOUNS:
        return False  # "Open Standards team"
    return name.split(maxsplit=1)[0].lower() in NO_OWNER_WORDS | TASK_VERBS | SAYING_VERBS


def _can_act(name: str) -> bool:
    first = name.split(maxsplit=1)[0]
    if first.lower() in NON_NAME_WORDS or is_nobody(name) or len(name.split()) > 8:
        return False
    if first.startswith("@") or re.fullmatch(r"[A-Z]{1,6}\d?", first):
        return True
    if first.lower() in ROLE_NOUNS:
        return True
    return bool(CAPITAL_PATTERN.match(name)) or (
        classify_subject(name).sort in ACTING_SORTS and name.lower() not in NOBODY
    )


NOBODY = frozenset({"someone", "somebody", "anyone", "they", "he", "she", "we", "i", "you", "one"})


def find_due(words: str) -> str:
    """By when, in the words of the sentence: "by 3 May", or a date at its end; else nothing."""
    if found := find_due_phrase(words):
        return found
    match = TRAILING_DATE_PATTERN.search(words[-80:])
    if match and (DATED_PATTERN.search(match["due"]) or MONTH_NAME_PATTERN.fullmatch(match["due"])):
        return match["due"].strip(" .,")
    if match := BRACKETED_DATE_PATTERN.search(words[-120:]):
        return match["due"]
    match = TRAILING_WEEKDAY_PATTERN.search(words[-60:])
    return match["due"] if match and match["before"].lower() not in NO_DEADLINE_WORDS else ""
