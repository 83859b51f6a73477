"""Who is to do something, where only the shape of the entry says so: behind a label, or before a verb of the future."""

import re
from collections.abc import Iterable

from jukwaa.intake.reader.markers import NAMES_PATTERN, split_owner_names
from jukwaa.intake.reader.tasks import FOREIGN_INFINITIVE_PATTERN, find_known_owners, parse_known_names

TOPIC_TASK_PATTERN = re.compile(
    rf"^[^\w@]*\w[^:.;!?@]{{1,40}}?(?:\s?:| [-–—])\s(?P<who>{NAMES_PATTERN}) (?:to|will|shall|should|must|needs to) "
    r"(?!be\b|the\b|this\b|that\b)[a-z]{2}"
)
# "Ana enviará la lista", "Ana doit envoyer la liste", "Ana vai enviar a lista"
FOREIGN_TASK_PATTERN = re.compile(
    r"^[^\w@]*(?!(?:Se|No|Não|Il|Elle|On|Nous|Les?|La|El|Los|Las|Os?|As|Ce|Cela|Esto|Isto) )"
    rf"(?P<who>{NAMES_PATTERN}) (?:se |s[’'])?"
    r"(?:doit|doivent|va|vont|vai|vão|fica|ficou|ficam|deve|devem|debe|deben|queda|quedan|charge|chargent|occupe|occupent"
    r"|encarga|encargan|compromete|comprometen|propose|\w{3,}r(?:á|án|ão|a|ont))\b"
)
# "Book the hall - Ben by 12 May"
TASK_END_PATTERN = re.compile(
    rf"\s[-–—]\s(?P<who>{NAMES_PATTERN})(?:\s\([^()]{{1,40}}\)|,? (?:by|before|due) [^:]{{1,40}})?\W*$"
)
# "Ana Lopes et Ben Okoro relisent le texte"
NAMES_BEFORE_VERB_PATTERN = re.compile(rf"^[^\w@]*(?P<who>{NAMES_PATTERN}) (?=[a-zà-ÿ]{{2}})")
MAX_NAME_TOKENS = 4


def find_owners_behind_topic(phrase: str) -> tuple[str, ...]:
    """Who does it where a topic stands first: "Fence: Ana will ask the town", "Fence – Ana to ask the town"."""
    match = TOPIC_TASK_PATTERN.match(phrase)
    return split_owner_names(match["who"]) if match else ()


def find_non_english_owners(phrase: str, known_people: Iterable[str]) -> tuple[str, ...]:
    """Who does it in an entry in French, Spanish or Portuguese: somebody present, or a name before a verb of duty."""
    if owners := find_known_owners(phrase, frozenset(known_people)):
        return owners
    match = FOREIGN_TASK_PATTERN.match(phrase)
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
