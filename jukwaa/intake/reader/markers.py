"""Marks such as "ACTION 14-1:", and whom the words after them name as responsible."""

import re

from jukwaa.intake.reader.lexicon import (
    COLLECTIVE_NOUNS,
    FINITE_VERB_PATTERN,
    NO_OWNER_WORDS,
    NON_NAME_WORDS,
    OFFICER_NOUNS,
    PEOPLE_NOUNS,
    ROLE_NOUNS,
    SAYING_VERBS,
    TASK_VERBS,
)
from jukwaa.intake.reader.names import NAME_CONNECTOR_WORDS
from jukwaa.intake.reader.subjects import (
    ACTING_SUBJECT_SORTS,
    BODY_SORT,
    CAPITAL_START_PATTERN,
    classify_grammatical_subject,
)

# "14-1", "no. 3", "TC-14", "A9/1"
_REFERENCE = r"(?:[ -]*(?:no\.? ?)?#?(?:[A-Z]{1,5}[- ]|[A-Z]{1,3}(?=\d[\d./-]*\b))?\d[\w./-]*)?"
_ACTION_LABEL = (
    r"(?:new |open )?(?:action(?:[ -]?(?:items?|points?|required|needed))?|a\.?i\.?|ap|to[ -]?do|task"
    r"|follow[ -]?up|next steps?)"
)
_DECISION_LABEL = r"(?:final |group |board |key )?(?:decisions?|decided|resolved|resolution|agreed|agreement|consensus)"
# "To do" in capitals as one word, at the beginning and without a sign; before "list" or other capitals it is no mark.
_LOUD_LABEL = (
    r"(?-i:(?<=TO[D]O)|(?<=TO-DO)) "
    r"(?!(?:lists?|items?|actions?|tasks?|for|by|before|until|this|next)\b)(?=[^\n]{0,200}(?-i:[a-z]))"
)
# The lines that follow such a line are new ones, however long it is.
LABEL_START_PATTERN = re.compile(
    rf"[\W_]*(?:\d{{1,3}}\s?[-–.)]\s?)?(?:(?:{_ACTION_LABEL}|{_DECISION_LABEL}){_REFERENCE}"
    rf"(?: ?[\[(][^\])\n]{{1,40}}[\])])?(?: (?:on|for) [\w’' -]{{1,30}})?"
    rf"(?:,[\w ]{{1,20}})?[\]*_]*\s?(?::|[-–—] |\]|=>| @)|to-?do{_LOUD_LABEL}"
    rf"|(?:decision|resolution) [A-Z]{{0,3}}\d[\w./-]*\s*$)",
    re.IGNORECASE,
)
# A line that is only a mark speaks for what follows.
BARE_LABEL_LINE_PATTERN = re.compile(
    rf"\W*(?:(?P<commitment>{_ACTION_LABEL})|(?P<decision>{_DECISION_LABEL}))"
    rf"(?:{_REFERENCE}|(?: [A-Z]{{0,3}}\d[\w./-]*)?)\W*$",
    re.IGNORECASE,
)
_ACTION_MARK_PATTERN = re.compile(
    rf"^.{{0,400}}?(?:^|(?<=[\s(\[]))(?:{_ACTION_LABEL})(?i:{_REFERENCE})"
    r"(?: ?[\[(](?P<inside>[^\])\n]{1,40})[\])])?"
    r"(?:,? (?:on|for|by) (?P<on>(?-i:@?[\w])[\w’'@,/& -]{0,38}?))?"
    rf"(?:{_LOUD_LABEL}|"
    r"(?:(?<=\(action)|(?<=\(ai)|(?<=\(todo))\)|\]\s?[:–—-]?|\s?(?::|[-–—](?=\s)|=>|\.(?= (?-i:[A-Z])))|(?= @)"
    r"|(?= (?-i:[A-Z]{2,4})\b)|(?<=[\])])(?=\s))\s*",
    re.IGNORECASE | re.DOTALL,
)
# "ACTION on TC Officers to add": in capitals, so that no sentence looks like it.
_NAMED_ACTION_LABEL = rf"(?:(?:ACTION|TO-?DO|AP|AI)(?: ITEM)?{_REFERENCE}|[Aa]ction(?= [^:]{{2,30}}:))"
# A full stop belongs to initials and titles, and stands inside of accounts: "J. Lind", "Dr. Lind", "@lind.org".
_TITLE = r"(?:Drs?|Dra|Mrs?|Ms|Prof|Cllr|Sra?|Srta|Mmes?|Mlle|Rev|Hon|St|Jr|Eng|[^\W\d_a-z])\."
_NAME_WORD = rf"(?:{_TITLE}|@?[^\W\d_a-zß-öø-ÿ](?:[\w’'-]|\.(?=\w))*)"
_NAME = (
    rf"(?:@[\w-]+|{_NAME_WORD}"
    rf"(?:(?: (?:of|for|and the|the|de|da|van|von|der|den|la|le|al|bin|el)){{0,2}} {_NAME_WORD}){{0,4}}"
    r"(?: ?\([^()]{1,30}\)(?=\s?[:,&/]| and ))?)"
)
_NAME_JOINT = r"(?:\s?,\s?(?:and )?|\s?/\s?|\s?&\s?|\s?\+\s?| and | or | (?:y|e|et|und|og|och|en) (?=[^\W\d_a-z]))"
NAMES_PATTERN = rf"{_NAME}(?:{_NAME_JOINT}{_NAME}){{0,6}}"
NAMED_MARK_PATTERN = re.compile(
    rf"[\W_]*{_NAMED_ACTION_LABEL} (?:(?:on|for) )?(?:the )?(?![A-Z]{{1,3}}\d+[/.-]\d|[A-Z]\d{{1,3}}:)"
    rf"(?P<who>{NAMES_PATTERN}|[a-z][\w-]{{1,20}}(?: (?:and )?[a-z][\w-]{{1,20}}){{0,2}})"
    r"(?::\s|\s(?=to [a-z]))"
)
LEADING_NAMES_PATTERN = re.compile(
    rf"^\W*(?:[\[(](?P<bracket>{NAMES_PATTERN})[\])]:?|"
    rf"(?:for )?(?P<who>{NAMES_PATTERN})(?: \([^)]{{1,30}}\)| (?:and|&|\+) (?:any |all |the )?others?"
    rf"| w/ ?{NAMES_PATTERN}| & co\.?)?"
    rf"(?:\s?:|\s?[-–—]{{1,2}}|\s?(?:→|[-=]>)))\s"
)
# "Ana send the forms": the word after the verb shows that it is one.
BARE_VERB_PATTERN = re.compile(
    rf"^[^\w@]*(?P<who>{NAMES_PATTERN}) (?P<verb>[a-z]+)(?: up| out)? "
    r"(?:the|an?|all|our|his|her|their|this|these|new|some|[A-Z]\w+[’']s|\d+(?= [a-z]))\b"
)
LEADING_GROUP_PATTERN = re.compile(r"^[^\w@]*(?P<who>\w[\w ]{1,40}?)\s?(?::|\s(?:[-–—]|→|[-=]>)|[-–—](?= [A-Z])) ")
SUBJECT_OF_TASK_PATTERN = re.compile(
    r"^[^\w@]*(?P<who>(?:the |all |each |every |both )?@?\w[\w@.’'/&+,() -]{0,70}?),? "
    r"(?P<verb>to(?! (?:the|an?|our|their|this|that)\b)|will|shall|should|would|must|needs? to"
    r"|(?:is|are|was|were) (?:asked |requested |invited |due )?to|"
    r"ha(?:s|ve) to|(?:(?:ha(?:s|ve|d) )?(?:agreed|offered|volunteered|promised)(?: in \w+)?"
    r"|asked|undertook|responsible|tasked|assigned|"
    r"(?:is|are) (?:going|planning|responsible|assigned|tasked|set|due|supposed|expected)) to"
    r"|(?:is |are )?responsible for|took (?:an|the) action(?: item)? to|can|please)"
    r" (?:also |then |please |now )?(?:\d\) )?(?!be\b)(?-i:[a-z])",
    re.IGNORECASE,
)
LABELLED_OWNER_PATTERN = re.compile(
    r"(?i:\b(?:(?:owners?|resp(?:onsible(?: (?:person|party))?|onsables?|onsáve(?:l|is))?|assignees?|encargad[oa]|"
    r"assigned|lead|leads|action|by whom|who|pic|pilotes?|a cargo(?: de)?|qui|quién|quem|المسؤول|المكلف)\.?\s?[:=]|"
    rf"(?:assigned to|action(?:ed)? by|owned by|led by|owner)\s?:?)\s*)"
    rf"(?P<who>(?i:tou(?:s|te?s)|tod[oa]s) (?:l[ea]s|los|[oa]s) [a-zà-ÿ]+(?: (?:d[aoue]s?|del) (?:l[ao] )?\w+)?"
    rf"|{NAMES_PATTERN})"
)
TRAILING_NAMES_PATTERN = re.compile(
    rf"(?:[(\[](?:(?i:owner|action|responsible|lead|by)[: ]+)?(?P<inside>{NAMES_PATTERN}|all|everyone)"
    rf"(?:\s?[,;:–—-][^)\]]{{0,80}}| and others)?[)\]](?:\s?\([^()]{{1,40}}\))?"
    rf"|\s(?:--|[-–—>]{{1,2}}|=>|→|\|)\s(?P<dash>{NAMES_PATTERN}|all|everyone)"
    rf"(?:\s\([^()]{{1,80}}\)(?=\s[-–—]\s))?"
    rf"(?:(?:\s[-–—(|,]|,(?= (?:by|before|until|due|end|on|no later)\b)).{{0,40}})?|\s(?P<at>@[\w-]+))\W*$"
)
TRAILING_GROUP_PATTERN = re.compile(
    r"(?:\s(?:[-–—]{1,2}|=>|→|\|)\s(?P<dash>\w[\w-]*(?: \w[\w-]*){1,3})|\((?P<inside>\w[\w-]*(?: \w[\w-]*){0,3})\))\W*$"
)
STATUS_LABEL_PATTERN = re.compile(
    r"^\W*(?:(?:new|open|closed|done|ongoing|pending|carried over|priority|urgent)\s?:|[\[(]_?(?:(?:high |top )?"
    r"priority|high"
    r"|medium|low|urgent|important|p[0-4])_?[\])]:?)\s*",
    re.IGNORECASE,
)
VOTE_RESULT_PATTERN = re.compile(
    r"\W*(?:motion )?(?:carried|passed)(?: unanimously)?\W*$|"
    r"\W*(?:passe[sd]|carrie[sd]|approved|adopted|failed|fails) (?:unanimously|\d+ ?[-–:] ?\d+)\b",
    re.IGNORECASE,
)
BRACKETED_WORDS_WITHOUT_NAME = frozenset(
    {"action", "actions", "ai", "todo", "new", "open", "done", "closed", "pending", "proposal", "others"}
)
OWNER_SEPARATOR_PATTERN = re.compile(
    r"\s?,\s?(?:and )?|\s?/\s?|\s?&\s?|\s?\+\s?|\s+(?=@)| (?:and|or) (?=@|[^\W\d_a-z]|the )"
    r"|(?<=[a-zà-ÿ.]) (?:y|e|et|und|og|och|en) (?=[^\W\d_a-z])"
)
MAX_GROUP_NAME_WORDS = 4
GROUP_CONNECTOR_WORDS = frozenset({"and", "the", "for", "&", "or", "another", "others", *NAME_CONNECTOR_WORDS})
PROPER_GROUP_PATTERN = re.compile(r"[A-Z][\w-]+ (?-i:[A-Z])[\w-]+ \w+")
CLAUSE_START_WORDS = frozenset({"that", "which", "who", "we", "they", "our", "if", "when"})
EVERYONE_PATTERN = re.compile(r"(?:tou(?:s|te?s)|tod[oa]s) (?:l[ea]s|los|[oa]s) ", re.IGNORECASE)
QUANTIFIER_PATTERN = re.compile(r"^(?:all|every|each|both|the|an?) (?=\w)", re.IGNORECASE)
AGENTS_PATTERN = re.compile(r"[a-z-]{3,}(?:ers|ors|ists|ees|leads|reps|heads|folks)")  # "Multisig keyholders"
GROUP_NOUNS = ROLE_NOUNS | COLLECTIVE_NOUNS | PEOPLE_NOUNS
NOBODY_WORDS = frozenset({"someone", "somebody", "anyone", "they", "he", "she", "we", "i", "you", "one"})
PLURAL_OWNER_WORDS = frozenset({"all", "everyone", "everybody", "all members", "members", "group", "both"})
_HANDLE_JOINT = r"(?:\s?[,;&+/،]\s?|\s)(?:(?:and|et|y|e|und|dan|و)\s)?"
LEADING_HANDLES_PATTERN = re.compile(rf"^[^\w@]*(?P<who>@[\w-]+(?:{_HANDLE_JOINT}@[\w-]+)*)\s?:?\s")


def is_task_with_leading_owner(phrase: str) -> bool:
    """Whether a line reads "Ana: book the room"."""
    match = LEADING_NAMES_PATTERN.match(phrase)
    verb = re.match(r"\w+", phrase[match.end() :]) if match else None
    return verb is not None and verb[0].lower() in TASK_VERBS


def is_item_with_leading_label(phrase: str) -> bool:
    """Whether a line begins with a mark and goes on, or gives a vote: it is no heading, however it is set."""
    if NAMED_MARK_PATTERN.match(phrase) or VOTE_RESULT_PATTERN.match(phrase):
        return True
    match = LABEL_START_PATTERN.match(phrase)
    return match is not None and len(re.findall(r"\w+", phrase[match.end() :])) > 1


def get_kind_of_label_only_line(phrase: str) -> str:
    """The kind that a line speaks for which is only a mark: "Decision 5/CP.3", "ACTION:"; else nothing."""
    match = BARE_LABEL_LINE_PATTERN.match(phrase) if len(phrase) <= 60 else None
    if match is None or (match["commitment"] or match["decision"] or "").islower():
        return ""
    if not phrase.rstrip(" *_").endswith((":", "]")) and not re.search(r"\d", phrase):
        return ""
    return "commitment" if match["commitment"] else "decision"


def find_owners(phrase: str, *, is_list_entry: bool) -> tuple[str, ...]:
    """Return who is responsible in a marked sentence, or an entry of a list of actions; nobody where it is unclear.

    Looked for right after the mark, before the first verb, and at the end.
    """
    after_mark = NAMED_MARK_PATTERN.match(phrase)
    if after_mark and (owners := split_owner_names(after_mark["who"])):
        return owners
    mark = _ACTION_MARK_PATTERN.match(phrase)
    if mark is None and not is_list_entry:
        return ()
    rest = STATUS_LABEL_PATTERN.sub("", phrase[mark.end() :] if mark else phrase)
    for named in (mark["inside"], mark["on"]) if mark else ():
        if named and (owners := split_owner_names(named)):
            return owners
    if owners := _find_owners_in_task(rest):
        return owners
    only = rest.strip(" .;:)]*_") if mark else ""  # "Action: Ana"
    return (
        split_owner_names(only)
        if re.fullmatch(NAMES_PATTERN, only) and len(only.split()) <= MAX_GROUP_NAME_WORDS
        else ()
    )


def _find_owners_in_task(text_after_mark: str) -> tuple[str, ...]:
    """The owners by the first of these ways to write them that names somebody."""
    finders = (
        _find_owners_before_task,
        _find_task_subjects,
        _find_group_owners_before_task,
        _find_owners_after_task,
        _find_owners_before_bare_verb,
    )
    for find in finders:
        if owners := find(text_after_mark):
            return owners
    return ()


def _find_owners_before_task(text_after_mark: str) -> tuple[str, ...]:
    if match := LABELLED_OWNER_PATTERN.search(text_after_mark):
        return split_owner_names(match["who"])
    names = LEADING_NAMES_PATTERN.match(text_after_mark)
    handles = find_leading_handles(text_after_mark)[0]
    return handles or (split_owner_names(names["bracket"] or names["who"]) if names else ())


def _find_group_owners_before_task(text_after_mark: str) -> tuple[str, ...]:
    """A body before a stroke or a colon: "Board members: vote"."""
    match = LEADING_GROUP_PATTERN.match(text_after_mark)
    return (match["who"],) if match and is_group_name(match["who"]) else ()


def _find_owners_before_bare_verb(text_after_mark: str) -> tuple[str, ...]:
    match = BARE_VERB_PATTERN.match(text_after_mark)
    return split_owner_names(match["who"]) if match and match["verb"] in TASK_VERBS else ()


def _find_owners_after_task(text_after_mark: str) -> tuple[str, ...]:
    match = TRAILING_NAMES_PATTERN.search(text_after_mark)
    if match and (owners := split_owner_names(match["inside"] or match["dash"] or match["at"])):
        return owners
    match = TRAILING_GROUP_PATTERN.search(text_after_mark)
    last = match["dash"] or match["inside"] if match else ""
    is_body = bool(last) and last.rsplit(maxsplit=1)[-1].lower() in COLLECTIVE_NOUNS and is_owner_name(last)
    if is_body or last.lower() in OFFICER_NOUNS:
        return (last,)
    return ()


def _find_task_subjects(text_after_mark: str) -> tuple[str, ...]:
    match = SUBJECT_OF_TASK_PATTERN.match(text_after_mark)
    if match is None or _is_task_start(match["who"]):
        return ()
    return split_owner_names(match["who"])


def _is_task_start(phrase: str) -> bool:
    """Whether this is no name before "to": "Announce to members", "Send the form to hosts": a verb and its object."""
    tokens = phrase.replace(",", " ").split()
    if len(tokens) == 1:
        return tokens[0].lower() in TASK_VERBS
    last = tokens[-1].lower()
    named = all(
        token[:1].isupper() or token.lower() in GROUP_CONNECTOR_WORDS or not token[:1].isalpha() for token in tokens
    )
    acting = AGENTS_PATTERN.fullmatch(last) is not None and len(tokens) > 1 and tokens[0][:1].isupper()
    acting = (
        acting or last in ROLE_NOUNS | COLLECTIVE_NOUNS | PLURAL_OWNER_WORDS or last.removesuffix("s") in ROLE_NOUNS
    )
    return tokens[0].lower() in TASK_VERBS or not (named or acting)


def split_owner_names(phrase: str) -> tuple[str, ...]:
    """The names in these words, as written, if they can act; "someone" and things are nobody."""
    if phrase.strip(" .").lower() in PLURAL_OWNER_WORDS or _is_whole_group_name(phrase.strip(" .")):
        return (phrase.strip(" ."),)
    found = []
    for piece in OWNER_SEPARATOR_PATTERN.split(phrase):
        name = re.sub(
            r"\s*\(.*$| (?:and|&) (?:an)?others?\b.*$",
            "",
            re.sub(r"^(?:[Tt]he |[Aa]n? )?(?:Se(?:nh|ñ)or(?:es|as?)? )?", "", piece.strip(" .,;:()[]*_~\"“”'")),
        )
        if re.search(r"\b[^\W\d_a-z]$", name) and f"{name}." in piece:
            name = f"{name}."  # "Ana L."
        if name and _can_be_owner_name(name):
            found.append(name.removeprefix("@") if " " in name else name)  # "@Ana Lopes" is no account
    return tuple(dict.fromkeys(found))


def _is_whole_group_name(phrase: str) -> bool:
    """Whether this names all of a group: "All exec members"."""
    tokens = phrase.lower().split()
    return (
        1 < len(tokens) <= MAX_GROUP_NAME_WORDS
        and tokens[0] in {"all", "every", "each", "other"}
        and tokens[-1] in GROUP_NOUNS
    )


def is_group_name(phrase: str) -> bool:
    """Whether this names a body or all of one: "All board members", "AWG members"."""
    named = QUANTIFIER_PATTERN.sub("", phrase)
    if phrase.lower() in PLURAL_OWNER_WORDS:
        return True
    last = named.rsplit(maxsplit=1)[-1].lower()
    is_plural_role = last.endswith("s") and last.removesuffix("s") in ROLE_NOUNS and named[:1].isupper()
    is_body = named != phrase or is_plural_role or classify_grammatical_subject(named).sort == BODY_SORT
    return is_body and is_owner_name(phrase) and not phrase.islower()


def is_owner_name(person_name: str) -> bool:
    """Whether this may be somebody: "Working with hosts" and "Reminder" may not."""
    tokens = QUANTIFIER_PATTERN.sub("", person_name).split()
    first = tokens[0].lower()
    if person_name.lower() in PLURAL_OWNER_WORDS or EVERYONE_PATTERN.match(person_name):
        return True
    if person_name.strip("[]() ").lower() in BRACKETED_WORDS_WITHOUT_NAME | NOBODY_WORDS:
        return False
    if first in NON_NAME_WORDS or is_nobody_name(person_name) or FINITE_VERB_PATTERN.search(person_name):
        return False
    if len(tokens) == 1:
        return True
    if CLAUSE_START_WORDS & {token.lower() for token in tokens[1:]}:
        return False
    plain = [token for token in tokens[1:] if token.islower() and token not in GROUP_CONNECTOR_WORDS]
    last = tokens[-1].lower().removesuffix("s")
    is_group = last in GROUP_NOUNS or f"{last}s" in GROUP_NOUNS or AGENTS_PATTERN.fullmatch(f"{last}s") is not None
    return not first.endswith("ing") and (not plain or is_group)


def is_nobody_name(person_name: str) -> bool:
    """Whether these words before a verb begin with another verb or a judgement: "Seems to", "Hard to"."""
    if PROPER_GROUP_PATTERN.match(person_name) and person_name.rsplit(maxsplit=1)[-1].lower() in COLLECTIVE_NOUNS:
        return False  # "Open Standards team"
    return person_name.split(maxsplit=1)[0].lower() in NO_OWNER_WORDS | TASK_VERBS | SAYING_VERBS


def _can_be_owner_name(person_name: str) -> bool:
    first = person_name.split(maxsplit=1)[0]
    if first.lower() in NON_NAME_WORDS or is_nobody_name(person_name) or len(person_name.split()) > 8:
        return False
    if first.startswith("@") or re.fullmatch(r"[A-Z]{1,6}\d?", first) or first.lower() in ROLE_NOUNS:
        return True
    is_acting = classify_grammatical_subject(person_name).sort in ACTING_SUBJECT_SORTS
    is_named = CAPITAL_START_PATTERN.match(person_name) is not None and not first[0].islower()
    return is_named or (is_acting and person_name.lower() not in NOBODY_WORDS)


def find_leading_handles(phrase: str) -> tuple[tuple[str, ...], int]:
    """Return the accounts at the beginning, and where the words after them begin; nothing and 0 without any."""
    match = LEADING_HANDLES_PATTERN.match(phrase)
    if match is None:
        return (), 0
    return tuple(dict.fromkeys(re.findall(r"@[\w-]+", match["who"]))), match.end()
