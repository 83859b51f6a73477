"""What the desk adds to the reader's suggestions: how somebody came, who chaired, and whom a name means."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_noop as _

from jukwaa.intake import reader
from jukwaa.intake.other_chairs import chairs_something_else
from jukwaa.intake.reader.apologies import APOLOGIES_STATUS
from jukwaa.intake.reader.attendance_modes import find_attendance_modes
from jukwaa.intake.reader.attendance_status import (
    GUEST_STATUS,
    ONE_ITEM_STATUS,
    find_attendance_statuses,
    find_guests_named_elsewhere,
    find_status_of_words,
)
from jukwaa.meetings.models import Attendance, Commitment

GROUP_NAME_PATTERN = re.compile(
    r"(?:the |all |other |most |some |its |every )*(?:(?-i:[A-Z]{2,6}\d{0,2}) )?"
    r"(?:members?|participants?|attendees|groups?|delegates|delegations|everybody|everyone|coalition|dynamic coalition"
    r"|session|meeting|workshop|panel|panellists|audience|they|we)\b(?! for\b)"
    r"|(?:the )?(?:wgs?|working groups?)$",
    re.IGNORECASE,
)
NEW_MEMBER_PATTERN = re.compile(r"\W*new\b", re.IGNORECASE)
# "The chair of the Coalition ECPAT International proposed": a name, with capitals, right after the office.
NAME_WORD_PATTERN = r"[A-Z][\w&'\u2019-]*"
NAME_PATTERN = rf"(?P<name>{NAME_WORD_PATTERN}(?: (?:of|the|and|for|on|{NAME_WORD_PATTERN}))*)"
CHAIR_NAME_PATTERN = re.compile(
    rf"\b[Cc]hair(?:person|man|woman)?(?: of the (?:[Dd]ynamic )?[Cc]oalition)?,? {NAME_PATTERN}"
)
CHAIRED_BY_PATTERN = re.compile(rf"\b(?:chaired|moderated|facilitated) by (?:the )?{NAME_PATTERN}")
CHAIR_LABEL_PATTERN = re.compile(
    r"[\W_]*(?:acting )?chair(?:person|man|woman)?[\W_]*(?::|[-\u2013\u2014] )", re.IGNORECASE
)
# In this order: "not done" is not done.
PROGRESS_PATTERNS = (
    (
        Commitment.Progress.OPEN,
        (
            r"not (?:done|started|yet|complete)|open|pending|to do|overdue|offen|überfällig|en retard"
            r"|no (?:progress|answer|reply|response|news)|late\b|carried$"
            r"|transita|por (?:fazer|hacer)|não (?:feit[oa]|iniciad[oa])|pendente|pendiente|em atraso"
            r"|à faire|haijafanyika|carr(?:y|ied) (?:over|forward)|on hold|reporté"
            r"|pas commencé|aplazad|adiad|no iniciad|لم يبدأ|مؤجل"
        ),
    ),
    (
        Commitment.Progress.DROPPED,
        (
            r"(?:closed\W+)?(?:dropped|cancell?ed|withdrawn|superseded)|no longer|not needed|abandonné|annulé|cancelad"
            r"|(?:se deja )?sin efecto|sans suite|ملغى"
        ),
    ),
    (
        Commitment.Progress.KEPT,
        (
            r"done|completed?|closed|finished|resolved|delivered|achieved|✓|✔|✅|yes$|100 ?%"
            r"|hech[oa]|cumplid[oa]|fait(?:e|s)?\b|terminée?|feit[oa]|concluíd[oa]|realizad[oa]|entregue|completad[oa]|réalisée?|erledigt|fertig"
            r"|imefanyika|imekamilika|تم"
        ),
    ),
    (
        Commitment.Progress.IN_HAND,
        (
            r"in (?:progress|hand)|ongoing|on-?going|started|under ?way|part(?:ly|ially)|draft"
            r"|in arbeit|en cours|en curso|em (?:andamento|curso|execução)|inaendelea|قيد التنفيذ"
        ),
    ),
)
STILL_PATTERN = re.compile(r"(?:still|toujours|encore|sigue|a[úu]n|todavía|ainda|(?:immer )?noch)\s", re.IGNORECASE)
STATUS_NOTE_PATTERN = re.compile(r"(?i:closed|done|completed?)\s?\((?P<note>[^()]+)\)")  # "Closed (dropped)"
STATUS_PART_PATTERN = re.compile(r"[,;]\s|\s[-\u2013\u2014]\s")
TRAFFIC_LIGHT_PATTERN = re.compile(
    r"^(?:[RAG]|red|amber|yellow|green|[🔴🟠🟡🟢])\s*[:\u2013\u2014-]\s*(?=\w)", re.IGNORECASE
)
MAX_ATTENDEE_NAME_LENGTH = 250
MAX_OWNERS = 4  # of one action in a report; more are a group
ROLES_BY_STATUS = {
    GUEST_STATUS: Attendance.As.GUEST,
    ONE_ITEM_STATUS: Attendance.As.GUEST,
    "secretariat": Attendance.As.SECRETARIAT,
}


@dataclass(frozen=True, slots=True)
class SuggestionGuess:
    """A suggestion on its way to the desk."""

    made: reader.Suggestion
    came_as: str = ""
    mode: str = ""
    is_chair: bool = False


def parse_commitment_progress(status: str) -> str:
    """The progress that the status of an action means, as a table writes it; nothing where that is unclear.

    Its first words count, else its last part where that is nothing but a status: "4 of 4 - closed".
    """
    plain = STILL_PATTERN.sub("", TRAFFIC_LIGHT_PATTERN.sub("", status.strip(" *_.~"), count=1), count=1)
    last = STATUS_PART_PATTERN.split(plain)[-1]
    patterns = [(name, re.compile(words, re.IGNORECASE)) for name, words in PROGRESS_PATTERNS]
    begun = (name for name, words in patterns if words.match(plain))
    ended = (name for name, words in patterns if last != plain and words.fullmatch(last))
    note = STATUS_NOTE_PATTERN.match(plain)
    if note and parse_commitment_progress(note["note"]) == Commitment.Progress.DROPPED:
        return Commitment.Progress.DROPPED
    return next(begun, "") or next(ended, "")


def is_group_name(attendee_name: str) -> bool:
    """People, but nobody that is named: such names are never matched to an organisation."""
    return GROUP_NAME_PATTERN.match(attendee_name.strip()) is not None


def strip_office_from_name(attendee_name: str) -> str:
    """“chair of the Coalition ECPAT International” is ECPAT International."""
    match = CHAIR_NAME_PATTERN.match(attendee_name)
    return match["name"] if match else attendee_name


def build_suggestion_guesses(parsed_report: reader.Reading, member_names: set[str]) -> Iterator[SuggestionGuess]:
    """The reader's suggestions, and one for the chair whom a sentence names. `member_names`: of that day."""
    modes = find_attendance_modes(parsed_report)
    guests = find_guests_named_elsewhere(parsed_report)
    listed: dict[int, list[str]] = defaultdict(list)  # all whom one line names, although it is several suggestions
    for made in parsed_report.suggestions:
        listed[made.start] += made.actors if made.kind == "attendee" else ()
    for made in parsed_report.suggestions:
        named = replace(
            made, actors=tuple(strip_office_from_name(name)[:MAX_ATTENDEE_NAME_LENGTH] for name in made.actors)
        )
        if named.kind == "attendee":
            yield from _build_attendance_guesses(named, listed[made.start], member_names, guests, modes)
        else:
            came_as = Attendance.As.NEW_MEMBER if named.kind == "new_member" else ""
            yield from (SuggestionGuess(each, came_as=came_as) for each in _split_by_owner(named))
    if not any(made.is_chair or CHAIR_LABEL_PATTERN.match(made.quote) for made in parsed_report.suggestions):
        yield from _build_chair_guesses(parsed_report)


def _split_by_owner(made: reader.Suggestion) -> Iterator[reader.Suggestion]:
    """A commitment of several owners is one for each of them, with the same words. Others stay as they are."""
    if made.kind != "commitment" or made.owner not in made.actors[:1]:
        yield made
        return
    owners, text = choose_owners(made.actors, made.words or made.quote)
    if len(owners) > 1:
        yield from (replace(made, actors=(owner,), owner=owner) for owner in owners)
    else:
        yield replace(made, words=text) if text != made.quote else made


def choose_owners(names: Sequence[str], text: str) -> tuple[list[str], str]:
    """Those of the named who get a commitment each, and its text.

    Of many, and where a group is among them, only the first is the owner. The text then names the others too.
    """
    owners = list(dict.fromkeys(names))
    if len(owners) <= MAX_OWNERS and not any(is_group_name(name) for name in owners):
        return owners, text
    missing = [name for name in owners[1:] if name not in text]
    return owners[:1], f"{text} (+ {', '.join(missing)})" if text and missing else text


def _build_attendance_guesses(
    made_suggestion: reader.Suggestion,
    listed_names: Sequence[str],
    member_names: set[str],
    guests: Collection[str],
    modes: dict[str, str],
) -> Iterator[SuggestionGuess]:
    """One line may name members and others: a suggestion for each. How the others came is left to the directory."""
    if made_suggestion.status == APOLOGIES_STATUS:
        yield SuggestionGuess(made_suggestion, came_as=Attendance.As.APOLOGIES)
        return
    came: dict[tuple[str, str], list[str]] = {}
    statuses = find_attendance_statuses(" ".join(made_suggestion.quote.split()), listed_names)
    if status := find_status_of_words(made_suggestion.group):  # "Secretariat | Ana Lopes"
        statuses |= dict.fromkeys(made_suggestion.actors, status)
    for name in made_suggestion.actors:
        role = _guess_attendance_role(name, made_suggestion.quote)
        status = statuses.get(name) or (GUEST_STATUS if name in guests else "")
        if status and not (status == ONE_ITEM_STATUS and name in member_names):
            role = ROLES_BY_STATUS.get(status, Attendance.As.OBSERVER)
        came.setdefault((role, modes.get(name, "")), []).append(name)
    is_chair = made_suggestion.is_chair or CHAIR_LABEL_PATTERN.match(made_suggestion.quote) is not None
    for (role, mode), names in came.items() or [(("", ""), [])]:
        yield SuggestionGuess(
            replace(made_suggestion, actors=tuple(names)), role, mode, is_chair=is_chair and len(names) == 1
        )


def _guess_attendance_role(attendee_name: str, text_line: str) -> str:
    """Nothing where the directory says it, by the memberships on the day of the meeting."""
    if NEW_MEMBER_PATTERN.match(text_line):
        return Attendance.As.NEW_ATTENDEE
    return Attendance.As.MEMBER if is_group_name(attendee_name) else ""


def _build_chair_guesses(parsed_report: reader.Reading) -> Iterator[SuggestionGuess]:
    """The first sentence that names the chair is enough."""
    if not parsed_report.understood:
        return
    for sentence in parsed_report.sentences:
        by = (
            match
            for match in CHAIRED_BY_PATTERN.finditer(sentence.quote)
            if not chairs_something_else(match.string, match.start())
        )
        match = CHAIR_NAME_PATTERN.search(sentence.quote) or next(by, None)
        if match:
            name = match["name"].strip()[:MAX_ATTENDEE_NAME_LENGTH]
            made = reader.Suggestion(
                kind="attendee",
                actors=(name,),
                start=sentence.start,
                end=sentence.end,
                quote=sentence.quote,
                why=_("the sentence names the chair of the meeting"),
            )
            yield SuggestionGuess(made, came_as=Attendance.As.MEMBER, is_chair=True)
            return
