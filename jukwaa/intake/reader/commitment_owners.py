"""Who is to do what a sentence or an entry of a list says: ways to name a person, in the order in which they count."""

import re
from collections.abc import Iterable

from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.deadlines import find_deadline, find_owners_beside_deadline
from jukwaa.intake.reader.foreign_owners import find_arabic_entry_owners
from jukwaa.intake.reader.markers import (
    LABEL_START_PATTERN,
    NAMES_PATTERN,
    find_owners,
    is_owner_name,
    split_owner_names,
)
from jukwaa.intake.reader.note_tails import (
    find_owners_behind_colon,
    find_owners_between_strokes,
    find_owners_in_bracketed_mark,
    find_owners_in_closing_sentence,
)
from jukwaa.intake.reader.noted_tasks import find_owners_of_dated_note
from jukwaa.intake.reader.passage import SentenceUnit
from jukwaa.intake.reader.tasks import FOREIGN_INFINITIVE_PATTERN, find_known_owners, parse_known_names

DOUBTFUL_NAME_PATTERN = re.compile(r"(?<=\w)\s?\?(?=\s?:\s|\s?[+&/,]\s?[^\W\d_a-z])")  # "Ana + Ben?: book the hall"
SIGNS_PATTERN = re.compile(r"^[^\w@(\[\"“']+")
NEXT_LABEL_PATTERN = re.compile(r" (?:Due|Deadline|Status|Owner|ETA)$")  # "Owner: Ben <br> Due: 12 May"
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


def find_commitment_owners(claim: Claim, unit: SentenceUnit) -> tuple[str, ...]:
    """Return who does it; nobody where the text names nobody."""
    in_list = unit.passage.block.kind == "bullet" and "commitment" in {unit.passage.lead, unit.passage.role}
    listed = in_list or unit.passage.block.checkbox or unit.quote.startswith("[")
    actors = (
        (find_arabic_entry_owners(unit.quote) if listed else ())
        or _find_known_owners(unit, listed=listed)
        or _find_owners_behind_topic(unit, listed=listed)
        or find_owners(DOUBTFUL_NAME_PATTERN.sub("", unit.quote) if listed else unit.quote, is_list_entry=listed)
        or claim.actors
        or (() if listed else find_owners_of_dated_note(unit.quote, unit.people))
    )
    rest = unit.passage.text.partition(unit.quote)[2].lstrip() if listed and unit.first else ""
    if not actors and rest.startswith(("(", "[")):  # "Send the form. (Ana)"
        actors = find_owners(f"{unit.quote} {rest}", is_list_entry=True)
    actors = tuple(NEXT_LABEL_PATTERN.sub("", SIGNS_PATTERN.sub("", name)) for name in actors)
    actors = _keep_owner_names(actors, unit)
    if not actors and listed:
        actors = find_owners_beside_deadline(unit.quote, find_deadline(unit.quote))
    if unit.passage.assignees and not _are_known(actors, unit):
        actors = ()  # "Roof: ask for prices", below "Ana"
    actors = _keep_owner_names(actors, unit) or find_owners_in_bracketed_mark(unit.quote)
    actors = actors or find_owners_in_closing_sentence(unit.quote, unit.passage.text, unit.people)
    actors = actors or (find_owners_behind_colon(unit.quote) if listed else ())
    return actors or unit.passage.assignees or unit.passage.titled_people or tuple(filter(None, (unit.speaker,)))


def _keep_owner_names(names: tuple[str, ...], unit: SentenceUnit) -> tuple[str, ...]:
    """The names that may be of people: "Thu Hà", if she was there, although "Thu" may be a day."""
    return tuple(name for name in names if name and (name.lower() in unit.people or is_owner_name(name)))


def _find_owners_behind_topic(unit: SentenceUnit, *, listed: bool) -> tuple[str, ...]:
    """The name before the task, if what stands first is a topic and nobody who was there."""
    if not listed or LABEL_START_PATTERN.match(unit.quote):
        return ()
    topic = re.split(r"\s?:| [-–—]", unit.quote, maxsplit=1)[0].strip(" *_[]()•-")
    is_person = topic.isupper() or any(map(unit.people.__contains__, re.split(r"\W+", topic.lower())))
    return () if is_person else find_owners_behind_topic(unit.quote)


def _are_known(names: tuple[str, ...], unit: SentenceUnit) -> bool:
    """Whether these are people who were there, accounts or initials, and not what a label before a colon names."""
    is_label = len(names) == 1 and unit.quote.lstrip("*_ ").startswith(f"{names[0]}:")
    return not is_label or names[0].isupper() or names[0].startswith("@") or names[0].lower() in unit.people


def _find_known_owners(unit: SentenceUnit, *, listed: bool) -> tuple[str, ...]:
    """Those present whom the entry names."""
    if not listed and not LABEL_START_PATTERN.match(unit.quote):
        return ()
    return find_owners_between_strokes(unit.quote, unit.people) or find_known_owners(unit.quote, unit.people)


def find_owners_behind_topic(phrase: str) -> tuple[str, ...]:
    """Who does it where a topic stands first: "Fence: Ana will ask the town", "Fence – Ana to ask the town"."""
    match = TOPIC_TASK_PATTERN.match(phrase)
    return split_owner_names(match["who"]) if match else ()


def find_non_english_owners(phrase: str, known_people: Iterable[str]) -> tuple[str, ...]:
    """Who does it, in French, Spanish or Portuguese: a person who was present, or a name before a verb of duty."""
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
