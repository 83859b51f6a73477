"""Logs of meetings on IRC, with a line for each message: "11:31 <ana> ACTION: ben to send the list".

Every line is a sentence of its own, and only those that a command or a mark begins say something for the record.
"""

import re
from dataclasses import dataclass, field, replace

from jukwaa.intake.reader.apologies import APOLOGIES_REASON, APOLOGIES_STATUS
from jukwaa.intake.reader.deadlines import find_deadline
from jukwaa.intake.reader.entry_text import TICKED_STATUS
from jukwaa.intake.reader.markers import find_owners
from jukwaa.intake.reader.model import Reading, Sentence, Suggestion
from jukwaa.intake.reader.names import is_full_name
from jukwaa.intake.reader.phrases import DATE_OR_TIME_PATTERN
from jukwaa.intake.reader.spoken_transcripts import (
    HEDGE_PATTERN,
    PROMISE_PATTERN,
    is_spoken_task,
    is_spoken_transcript,
    read_transcript,
)
from jukwaa.intake.reader.translation_marker import gettext_noop as _

_TIME = r"\[?(?:\d{4}-\d\d-\d\d[T ])?(?:\d{1,2}:)?\d\d(?::\d\d){0,2}(?:\.\d+)?Z?\]?"
_NICK = r"[\w.|\[\]{}^`\\-]{1,30}"
MESSAGE_PATTERN = re.compile(rf"^[ \t]*{_TIME}[ \t]+<[@+ ]?(?P<nick>{_NICK})>[ \t]*(?P<words>[^\r\n]*)", re.MULTILINE)
EVENT_PATTERN = re.compile(rf"^[ \t]*{_TIME}[ \t]+(?:\*{{1,3}}|-!-|--[>!|<]|<--)[ \t]", re.MULTILINE)
MIN_MESSAGES = 6
MIN_PEOPLE = 2
MIN_SHARE_OF_MESSAGES = 0.7  # of the lines with words
BOT_PATTERN = re.compile(r"rrsagent|zakim|trackbot|\w*bot\d?|services|chanserv|nickserv", re.IGNORECASE)
PRESENT_PATTERN = re.compile(r"#?present\s?(?:\+:?|:)\s*(?P<names>.*)", re.IGNORECASE)
REGRETS_PATTERN = re.compile(r"#?regrets\s?(?:\+:?|:)\s*(?P<names>.*)", re.IGNORECASE)
CHAIR_PATTERN = re.compile(r"#?chairs?\s?(?:\+:?|:|(?<=#chair)\s)\s*(?P<names>\S.*)", re.IGNORECASE)
TOPIC_PATTERN = re.compile(r"(?:(?:sub)?topic\s?:|#(?:sub)?topic)\s*(?P<words>\S.*)", re.IGNORECASE)
DECISION_PATTERN = re.compile(
    r"(?:(?:RESOLVED|RESOLUTION|AGREED|DECISION|DECIDED)\s?:|#(?:agreed|accepted|decision|resolved))\s*(?P<words>\S.*)",
    re.IGNORECASE,
)
PROPOSAL_PATTERN = re.compile(r"(?:PROPOS(?:AL|ED|ED RESOLUTION)\s?:|#propos\w+)\s*(?P<words>\S.*)", re.IGNORECASE)
ACTION_PATTERN = re.compile(
    r"(?:ACTION(?: ITEM)?(?:[- ]?(?P<number>\d+))?\s?(?::|(?<=\d)\s)|#action)\s*(?P<words>\S.*)", re.IGNORECASE
)
CLOSED_ACTION_PATTERN = re.compile(r"close\s+(?:action[- ])?(?P<number>\d+)", re.IGNORECASE)
WITHDRAWN_PATTERN = re.compile(r"\W*(?:(?:proposal )?withdrawn|i withdraw\b.*)\W*", re.IGNORECASE)
NEXT_MEETING_PATTERN = re.compile(r"\W*(?:the )?next (?:call|meeting|session|telecon)\b", re.IGNORECASE)
DUE_TAIL_PATTERN = re.compile(r"\s*[-–—,;(\[]+\s*due:?\s.*$", re.IGNORECASE)
OWNERS_PATTERN = re.compile(
    rf"(?P<who>@?{_NICK}(?:(?:\s?[,/&+]\s?(?:and )?|\sand\s)@?{_NICK}){{0,4}})"
    r"(?:\s+to\s+|\s?:\s+|\s[-–—]\s)(?P<task>\S.*)"
)
NAME_SEPARATOR_PATTERN = re.compile(r"\s?[,/&+]\s?(?:and )?|\sand\s")
# "ana", "Ana Lopes (Elm)", "ana [Elm Trust]", "ana (Ana Lopes, Elm)"
PERSON_PATTERN = re.compile(
    rf"\s*(?P<name>{_NICK}|[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){{0,4}})\s*"
    r"(?:[(\[](?P<note>[^()\[\]]*)[)\]])?\s*"
)
OUTER_COMMA_PATTERN = re.compile(r"[,;](?![^()\[\]]*[)\]])")
MIN_SHARED_LETTERS = 3


@dataclass(slots=True)
class ChatLogReader:
    """Collects the sentences and suggestions of a log, line by line."""

    text: str
    topic: str = ""
    sentences: list[Sentence] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    names_by_nick: dict[str, str] = field(default_factory=dict)
    chairs: list[str] = field(default_factory=list)
    actions_by_number: dict[str, int] = field(default_factory=dict)

    def read_message(self, message: re.Match[str]) -> None:
        """Add the words of a line, and what they say for the record, unless a program wrote them."""
        words = message["words"].strip()
        if not words:
            return
        start = message.start("words")
        sentence = Sentence(start, start + len(words), words, "para", self.topic, len(self.sentences) + 1)
        self.sentences.append(sentence)
        if not BOT_PATTERN.fullmatch(message["nick"]):
            self._read_words(message["nick"], words, sentence)

    def _read_words(self, nick: str, words: str, sentence: Sentence) -> None:
        if match := PRESENT_PATTERN.fullmatch(words):
            self._add_people(nick, match["names"], sentence)
        elif match := REGRETS_PATTERN.fullmatch(words):
            self._add_regrets(nick, match["names"], sentence)
        elif match := CHAIR_PATTERN.fullmatch(words):
            self.chairs += [name for name, _group, _nick in _parse_people(match["names"])]
        elif match := ACTION_PATTERN.fullmatch(words):
            self._add_action(match, sentence)
        elif match := CLOSED_ACTION_PATTERN.match(words):
            self._close_action(match["number"])
        elif WITHDRAWN_PATTERN.fullmatch(words):
            self._drop_last_proposal()
        elif not self._add_labelled_words(words, sentence):
            self._add_promise(nick, words, sentence)

    def _add_labelled_words(self, words: str, sentence: Sentence) -> bool:
        """Add a topic, a proposal, a decision or the next meeting, if the line begins with such a label."""
        if match := TOPIC_PATTERN.fullmatch(words):
            self.topic = match["words"].strip()
            self._add("topic", sentence, _("the sentence names a topic that is then discussed"), words=self.topic)
        elif match := DECISION_PATTERN.fullmatch(words):
            self._drop_proposals(match["words"])
            self._add("decision", sentence, _("the sentence is marked as a decision"), words=match["words"])
        elif match := PROPOSAL_PATTERN.fullmatch(words):
            why = _("the sentence says that something was proposed or suggested")
            self._add("proposal", sentence, why, words=match["words"])
        elif NEXT_MEETING_PATTERN.match(words) and DATE_OR_TIME_PATTERN.search(words):
            self._add("next_meeting", sentence, _("the sentence says when or where the next meeting is"))
        else:
            return False
        return True

    def _add_promise(self, nick: str, words: str, sentence: Sentence) -> None:
        promise = PROMISE_PATTERN.match(words)
        if promise and is_spoken_task(promise["verb"]) and not HEDGE_PATTERN.search(words):
            why = _("the sentence says that someone will do something")
            self._add("commitment", sentence, why, actors=(nick,), due=find_deadline(words))

    def _add(
        self,
        kind: str,
        sentence: Sentence,
        why: str,
        *,
        words: str = "",
        actors: tuple[str, ...] = (),
        due: str = "",
        group: str = "",
        status: str = "",
    ) -> None:
        place = (sentence.start, sentence.end, sentence.quote)
        owner = actors[0] if actors and kind == "commitment" else ""
        self.suggestions.append(Suggestion(kind, actors, *place, why, owner, due, words.strip(), status, group))

    def _add_people(self, nick: str, listed: str, sentence: Sentence) -> None:
        why = _("the sentence is in a list of participants")
        for name, group, written_nick in _parse_people(listed or nick):
            known = {each for made in self.suggestions if made.kind == "attendee" for each in made.actors}
            if name not in known:
                self._add("attendee", sentence, why, actors=(name,), group=group)
            for handle in (written_nick, nick):
                if handle == written_nick or _is_handle_of(handle, name):
                    self.names_by_nick.setdefault(handle.lower(), name)

    def _add_regrets(self, nick: str, listed: str, sentence: Sentence) -> None:
        for name, group, _nick in _parse_people(listed or nick):
            self._add("attendee", sentence, APOLOGIES_REASON, actors=(name,), group=group, status=APOLOGIES_STATUS)

    def _add_action(self, match: re.Match[str], sentence: Sentence) -> None:
        words = match["words"].strip()
        owned = OWNERS_PATTERN.fullmatch(words)
        owners = tuple(name.strip("@") for name in NAME_SEPARATOR_PATTERN.split(owned["who"])) if owned else ()
        owners = owners or find_owners(f"ACTION: {words}", is_list_entry=True)
        task = DUE_TAIL_PATTERN.sub("", owned["task"] if owned else words)
        why = _("the sentence is marked as an action")
        due = find_deadline(words)
        self._add("commitment", sentence, why, words=task, actors=owners, due=due)
        if match["number"]:
            self.actions_by_number[match["number"]] = len(self.suggestions) - 1

    def _close_action(self, number: str) -> None:
        place = self.actions_by_number.get(number)
        if place is not None:
            self.suggestions[place] = replace(self.suggestions[place], status=TICKED_STATUS)

    def _drop_proposals(self, words: str) -> None:
        """What was resolved is no proposal any more. The places of actions stay as they are."""
        for place, made in enumerate(self.suggestions):
            if made.kind == "proposal" and made.words.lower() == words.strip().lower():
                self.suggestions[place] = replace(made, kind="")

    def _drop_last_proposal(self) -> None:
        for place in range(len(self.suggestions) - 1, -1, -1):
            if self.suggestions[place].kind == "proposal":
                self.suggestions[place] = replace(self.suggestions[place], kind="")
                return

    def list_suggestions(self) -> tuple[Suggestion, ...]:
        """All suggestions, with the names of people for their nicks, and the chair marked."""
        kept = [made for made in self.suggestions if made.kind]
        named = [
            replace(
                made,
                actors=tuple(dict.fromkeys(self._get_name(name) for name in made.actors)),
                owner=self._get_name(made.owner),
            )
            for made in kept
        ]
        chairs = {self._get_name(name) for name in self.chairs}
        chairs |= {chair for name in self.chairs if (chair := self._find_first_name(name))}
        return tuple(
            replace(made, is_chair=made.kind == "attendee" and not made.status and made.actors[0] in chairs)
            for made in named
        )

    def _get_name(self, nick: str) -> str:
        return self.names_by_nick.get(nick.lower(), nick)

    def _find_first_name(self, name: str) -> str:
        present = {each for each in self.names_by_nick.values() if each.split()[0].lower() == name.lower()}
        return present.pop() if len(present) == 1 else ""


def is_chat_log(text: str) -> bool:
    """Whether nearly every line is a message on IRC of several people."""
    messages = list(MESSAGE_PATTERN.finditer(text))
    if len(messages) < MIN_MESSAGES or len({message["nick"] for message in messages}) < MIN_PEOPLE:
        return False
    events = sum(1 for _match in EVENT_PATTERN.finditer(text))
    lines = sum(1 for line in text.splitlines() if line.strip())
    return len(messages) + events >= lines * MIN_SHARE_OF_MESSAGES


def read_conversation(text: str, language: str) -> Reading | None:
    """The reading of a log or of a transcript of a call; None for any other text."""
    if is_chat_log(text):
        return read_chat_log(text, language)
    return read_transcript(text, language) if is_spoken_transcript(text) else None


def read_chat_log(text: str, language: str) -> Reading:
    """What a log says: who was there, topics, what was resolved, who does what, and the next meeting."""
    reader = ChatLogReader(text)
    for message in MESSAGE_PATTERN.finditer(text):
        reader.read_message(message)
    return Reading(
        text, language, understood=True, sentences=tuple(reader.sentences), suggestions=reader.list_suggestions()
    )


def strip_chat_marks(text: str) -> str:
    """The messages of a log without times, nicks and programs; any other text as it is."""
    if not is_chat_log(text):
        return text
    messages = (each for each in MESSAGE_PATTERN.finditer(text) if not BOT_PATTERN.fullmatch(each["nick"]))
    return "\n".join(message["words"] for message in messages)


def _parse_people(listed: str) -> list[tuple[str, str, str]]:
    """The name, the organisation and the nick of each person in a list; remarks such as "sorry, power cut" are none."""
    people = []
    for entry in OUTER_COMMA_PATTERN.split(listed.replace(" and ", ", ")):
        match = PERSON_PATTERN.fullmatch(entry)
        if match is None:
            continue
        written, note = match["name"], (match["note"] or "").strip()
        first, _comma, rest = note.partition(",")
        name, group = (first.strip(), rest.strip()) if is_full_name(first.strip()) and rest else (written, note)
        people.append((name, group, written))
    return people


def _is_handle_of(nick: str, name: str) -> bool:
    """Whether a nick begins like a word of the name: "dev_k" and "Devansh"."""
    letters = re.match(r"[^\W\d_]*", nick.lower())
    begun = letters[0] if letters else ""
    return len(begun) >= MIN_SHARED_LETTERS and any(part.startswith(begun) for part in name.lower().split())
