"""Owners in entries of a list of actions that no sign sets off: "Ana starts a list", "Book it: Ana"."""

import re

from jukwaa.core.due_phrases import DATE_PATTERN, TIME_SPAN_PATTERN
from jukwaa.core.patterns import compile_when_used
from jukwaa.intake.reader.lexicon import TASK_VERBS
from jukwaa.intake.reader.markers import (
    LABEL_START_PATTERN,
    NAMES_PATTERN,
    find_owners,
    is_owner_name,
    split_owner_names,
)
from jukwaa.intake.reader.tasks import is_task_verb

# "Someone from the web team to update the page": one of a group, who is still to be found.
ONE_OF_GROUP_PATTERN = compile_when_used(
    r"^[^\w@]*(?P<who>(?:(?:some|any)(?:one|body)|one|(?:an? )?(?:volunteers?|members?|representatives?)) "
    r"(?:from|of|in) (?:the )?[\w’'& -]{2,40}?) (?:to|will|should|shall) [a-z]",
    re.IGNORECASE,
)
NUMBERED_GROUP_PATTERN = compile_when_used(
    r"^[^\w@]*(?:the )?(?P<who>(?:working|task|study|steering|drafting|sub-?) ?"
    r"(?:groups?|force|part(?:y|ies)|teams?|committees?)(?: [A-Z\d][\w-]*)?) (?:to|will|shall) [a-z]",
    re.IGNORECASE,
)
PRESENT_VERB_PATTERN = compile_when_used(
    rf"^[^\w@]*(?P<who>{NAMES_PATTERN}) (?P<verb>[a-z]+s)(?: up| out| with| for| to)? "
    r"(?:the|an?|all|our|his|her|their|this|these|new|some|[A-Z]\w+)\b"
)
UNLIKELY_PRESENT_VERBS = frozenset({"needs", "wants", "works", "helps", "covers", "supports", "has", "is", "was"})
LEADER_PATTERN = compile_when_used(
    rf"[(,;–—]\s?(?P<who>{NAMES_PATTERN})(?: to| will| as|,)? (?:take the )?"
    r"(?:leads?|leading|co-?ordinates?|organi[sz]es?|owns?)\b"
)
# "Book the hall: Ana, by 3 June"
COLON_END_PATTERN = compile_when_used(
    rf"[^:\d]:\s(?P<who>{NAMES_PATTERN})"
    rf"(?:,? \(?(?i:(?:by|before|due|until) )?(?i:{TIME_SPAN_PATTERN}|{DATE_PATTERN})\)?)?\W*$"
)
_TASK_PARTICIPLES = "|".join(f"{verb.removesuffix('e')}(?:{verb[-1]})?ing" for verb in sorted(TASK_VERBS))
# Who stands first, set off by a word or a sign.
OPENING_PATTERNS = (
    compile_when_used(
        rf"^[^\w@]*(?P<who>{NAMES_PATTERN}) (?:kindly|gladly|happily|also|then) "
        r"(?:offered|agreed|volunteered|will|to)\b"
    ),
    compile_when_used(
        rf"^[^\w@]*(?P<who>{NAMES_PATTERN})(?: is| are|[’']s) (?:still |also |now |already )?(?:{_TASK_PARTICIPLES})\b"
    ),
    compile_when_used(rf"^[^\w@]*(?P<who>{NAMES_PATTERN})\s?(?:>>|⇒|➡️?|==>|–>)\s"),
    compile_when_used(rf"^[^\w@]*For (?P<who>{NAMES_PATTERN})\s?:\s"),
    compile_when_used(
        rf"^[^\w@]*(?:[Pp]lease )?[Cc](?:an|ould) (?P<who>{NAMES_PATTERN}|everyone|everybody|all) "
        r"(?:please )?[a-z]{3,}"
    ),
    compile_when_used(
        rf"^[^\w@]*(?P<who>{NAMES_PATTERN}[’']s (?:team|group|office|class|committee|colleagues?)) "
        r"(?:will|to|should) [a-z]"
    ),
    compile_when_used(
        rf"^[^\w@]*\w[^:.;]{{2,40}}: (?P<who>{NAMES_PATTERN})"
        r" \((?:(?:to |will )?leads?|owner|responsible|co-?ordinator|convenor)\)"
    ),
)
LAST_ARROW_PATTERN = compile_when_used(rf"(?:>>|⇒|➡️?|==>|–>)\s?(?P<who>{NAMES_PATTERN})\W*$")
# "Book the hall by 3 June, Ana"
AFTER_DATE_PATTERN = compile_when_used(
    rf"\b(?i:by|before|due|until) (?i:{TIME_SPAN_PATTERN}|{DATE_PATTERN}),? [(\[]?(?P<who>{NAMES_PATTERN})\W*$"
)
# "Book the hall, Ana, due in two weeks"
BEFORE_DATE_PATTERN = compile_when_used(
    rf"[^,:]{{5,}}, (?P<who>{NAMES_PATTERN}), (?i:due|by|before|until|within|deadline)\b[^,]{{3,40}}$"
)
CLOSING_PATTERNS = (COLON_END_PATTERN, LAST_ARROW_PATTERN, AFTER_DATE_PATTERN, BEFORE_DATE_PATTERN)
MAX_CLOSING_MARK = 120  # letters
LAST_HANDLES_PATTERN = compile_when_used(
    rf"\s(?P<who>@[\w-]+(?:,? (?:and |& )?@[\w-]+)*)\s+\(?(?:due:? |by )?(?:{TIME_SPAN_PATTERN}|{DATE_PATTERN})\W*$",
    re.IGNORECASE,
)


# "[NEW] Ana to order wood", as standards groups list their actions
TAG_PATTERN = compile_when_used(
    r"^\W*[\[(](?:new|pending|open|done|ongoing|on-going|in progress|closed|completed?|dropped|overdue)[\])]:?\s",
    re.IGNORECASE,
)
# "[Action: All board members] Review the plan"
BRACKETED_MARK_PATTERN = compile_when_used(
    r"^[^\w\[]*\[(?:action|ai|to-?do|task)(?: items?)?\s?[:–-]\s?(?P<who>[^\[\]\d]{2,60})\]", re.IGNORECASE
)
# "Make new boxes. (Action Ana)"
CLOSING_MARK_PATTERN = compile_when_used(
    rf"[(\[](?:Action|ACTION|Acción|Ação|Actie|Tarea|Tarefa)s?(?: ?:| by| par| on)? (?P<who>{NAMES_PATTERN})[.)\]]+\W*$"
)
# "ACTION: Ana by 3 June", "Action: Ana orders the wood"
MARKED_NAME_PATTERN = compile_when_used(
    rf"[\W_]*(?P<who>{NAMES_PATTERN}),? \(?(?i:by|before|due) (?i:{TIME_SPAN_PATTERN}|{DATE_PATTERN})\W*$"
)
ADDRESSED_MARK_PATTERN = compile_when_used(
    r"(?i:action|task)\S* (?:on|for) (?P<who>[\w’'& -]{2,30}?)[*_\s]*:"
)  # "Action on other members: ..."
MARKED_VERB_PATTERN = compile_when_used(rf"[\W_]*(?P<who>{NAMES_PATTERN}) (?P<verb>[a-z]+s)\s")


def find_owners_after_label(phrase: str) -> tuple[str, ...]:
    """Who is named behind a mark, or a tag such as "[NEW]", without a word that makes it a sentence."""
    if tag := TAG_PATTERN.match(phrase):
        return find_owners(phrase[tag.end() :], is_list_entry=True)
    if bracketed := BRACKETED_MARK_PATTERN.match(phrase):
        return tuple(filter(is_owner_name, split_owner_names(bracketed["who"].strip())))
    mark = LABEL_START_PATTERN.match(phrase)
    if mark is None:
        return find_owners_in_closing_mark(phrase)
    if addressed := ADDRESSED_MARK_PATTERN.search(mark.group()):
        return split_owner_names(addressed["who"])
    rest = phrase[mark.end() :]
    named = MARKED_NAME_PATTERN.match(rest) or MARKED_VERB_PATTERN.match(rest)
    if named is None or ("verb" in named.groupdict() and not is_task_verb(named["verb"])):
        return ()
    return tuple(filter(is_owner_name, split_owner_names(named["who"])))


def find_owners_in_closing_mark(phrase: str) -> tuple[str, ...]:
    """Who is named behind the task, in brackets that say that it is one."""
    match = CLOSING_MARK_PATTERN.search(phrase[-MAX_CLOSING_MARK:])
    return tuple(filter(is_owner_name, split_owner_names(match["who"]))) if match else ()


def find_owners_by_wording(phrase: str) -> tuple[str, ...]:
    """Who does what an entry of a list of actions says, by its words alone."""
    if match := ONE_OF_GROUP_PATTERN.match(phrase) or NUMBERED_GROUP_PATTERN.match(phrase):
        return (match["who"],)
    if match := next(filter(None, (pattern.match(phrase) for pattern in OPENING_PATTERNS)), None):
        is_group = match["who"].islower() or re.search(r"[’']s \w+$", match["who"])
        return (match["who"],) if is_group else tuple(filter(is_owner_name, split_owner_names(match["who"])))
    match = PRESENT_VERB_PATTERN.match(phrase)
    if match and is_task_verb(match["verb"]) and match["verb"] not in UNLIKELY_PRESENT_VERBS:
        return tuple(filter(is_owner_name, split_owner_names(match["who"])))
    if match := LEADER_PATTERN.search(phrase):
        return tuple(filter(is_owner_name, split_owner_names(match["who"])))
    first = re.match(r"\W*(\w+)", phrase)
    is_task = first is not None and first[1].lower() in TASK_VERBS
    for pattern in CLOSING_PATTERNS if is_task else ():
        if match := pattern.search(phrase):
            return tuple(filter(is_owner_name, split_owner_names(match["who"])))
    return ()


def find_handles_before_date(phrase: str) -> tuple[str, ...]:
    """The accounts before a date at the end: "Update the FAQ @ana @ben 2026-06-03"."""
    match = LAST_HANDLES_PATTERN.search(phrase)
    return tuple(re.findall(r"@[\w-]+", match["who"])) if match else ()
