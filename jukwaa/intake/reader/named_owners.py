"""Who is to do something, where only the shape of the entry says so: behind a label, or before a verb of the future."""

import re
from collections.abc import Iterable

from jukwaa.intake.reader.lexicon import TASK_VERBS
from jukwaa.intake.reader.markers import LABEL_START_PATTERN, NAMES_PATTERN, find_owners, split_owner_names
from jukwaa.intake.reader.tasks import FOREIGN_INFINITIVE_PATTERN, find_known_owners, parse_known_names

# "**Budget:** Ana to send the list"
LABELLED_TASK_PATTERN = re.compile(
    r"^[^\w@]*\w[^:.;!?]{1,60}: (?P<task>(?:[A-Z@]|all )[^:]{1,60}? (?:to|will) [a-z]{2}.*)", re.DOTALL
)
TOPIC_TASK_PATTERN = re.compile(
    rf"^[^\w@]*\w[^:.;!?@]{{1,40}}?(?:\s?:| [-–—])\s(?P<who>{NAMES_PATTERN}) (?:to|will|shall|should|must|needs to) "
    r"(?!be\b|the\b|this\b|that\b)[a-z]{2}"
)
# "Ana and Ben ask the hosts", "Ana (as lead) to send the list"
PAIR_PATTERN = re.compile(rf"^[^\w@]*(?P<who>{NAMES_PATTERN} (?:and|&) {NAMES_PATTERN}) (?P<verb>[a-z]+)\b")
ASIDE_PATTERN = re.compile(rf"^[^\w@]*(?P<who>{NAMES_PATTERN}) \([^()]{{1,40}}\) (?:to|will) [a-z]")
# "Ana enviará la lista", "Ana doit envoyer la liste", "Ana vai enviar a lista"
FOREIGN_TASK_PATTERN = re.compile(
    r"^[^\w@]*(?!(?:Se|No|Não|Il|Elle|On|Nous|Les?|La|El|Los|Las|Os?|As|Ce|Cela|Esto|Isto) )"
    rf"(?P<who>{NAMES_PATTERN}) (?:se |s[’'])?"
    r"(?:doit|doivent|va|vont|vai|vão|fica|ficou|ficam|deve|devem|debe|deben|queda|quedan|charge|chargent|occupe|occupent"
    r"|encarga|encargan|compromete|comprometen|propose|\w{3,}r(?:á|án|ão|a|ont))\b"
)
FOREIGN_LABEL_PATTERN = re.compile(rf"(?i:\b(?:à faire par|por parte de|a cargo de)) (?P<who>{NAMES_PATTERN})\s?:")
# "Book the hall - Ben by 12 May"
TASK_END_PATTERN = re.compile(
    rf"\s[-–—]\s(?P<who>{NAMES_PATTERN})(?:\s\([^()]{{1,40}}\)|,? (?:by|before|due) [^:]{{1,40}})?\W*$"
)
# "Ana Lopes et Ben Okoro relisent le texte"
NAMES_BEFORE_VERB_PATTERN = re.compile(rf"^[^\w@]*(?P<who>{NAMES_PATTERN}) (?=[a-zà-ÿ]{{2}})")
MAX_NAME_TOKENS = 4


def find_owners_by_layout(phrase: str) -> tuple[str, ...]:
    """The names in an entry of a list of actions, where no mark and no colon says that they are owners."""
    rest = phrase[mark.end() :] if (mark := LABEL_START_PATTERN.match(phrase)) else phrase
    if match := ASIDE_PATTERN.match(rest):
        return split_owner_names(match["who"])
    if mark and (match := PAIR_PATTERN.match(rest)) and match["verb"] in TASK_VERBS:
        return split_owner_names(match["who"])
    first = re.match(r"\W*(\w+)", rest)
    if (match := TASK_END_PATTERN.search(rest)) and first and first[1].lower() in TASK_VERBS:
        return split_owner_names(match["who"])
    match = LABELLED_TASK_PATTERN.match(rest)
    return find_owners(match["task"], is_list_entry=True) if match else ()


def find_owners_behind_topic(phrase: str) -> tuple[str, ...]:
    """Who does it where a topic stands first: "Fence: Ana will ask the town", "Fence – Ana to ask the town"."""
    match = TOPIC_TASK_PATTERN.match(phrase)
    return split_owner_names(match["who"]) if match else ()


def find_non_english_owners(phrase: str, known_people: Iterable[str]) -> tuple[str, ...]:
    """Who does it in an entry in French, Spanish or Portuguese: somebody present, or a name before a verb of duty."""
    if owners := find_known_owners(phrase, frozenset(known_people)):
        return owners
    match = FOREIGN_TASK_PATTERN.match(phrase) or FOREIGN_LABEL_PATTERN.search(phrase)
    if match and not FOREIGN_INFINITIVE_PATTERN.fullmatch(match["who"].lower()):  # "Comprar madera"
        return split_owner_names(match["who"])
    if (opening := NAMES_BEFORE_VERB_PATTERN.match(phrase)) and (
        names := parse_known_names(opening["who"], frozenset(known_people))
    ):
        return names
    tokens = phrase.strip(" *_").split()
    for count in range(min(MAX_NAME_TOKENS, len(tokens) - 1), 0, -1):
        if tokens[count][:1].islower() and (
            names := parse_known_names(" ".join(tokens[:count]), frozenset(known_people))
        ):
            return names
    return ()
