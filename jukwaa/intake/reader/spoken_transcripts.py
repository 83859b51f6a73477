"""Transcripts of calls, word by word, with a line for each speaker: "00:07:15 Ana Lopes" above what she says.

Speech says little in the words of minutes, and much that nobody would record. So only who spoke, plain agreements,
promises, tasks that a person is given, and the next meeting are suggested here.
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace

from jukwaa.core.due_phrases import DATE_PATTERN, FOREIGN_DATE, MONTH_PATTERN
from jukwaa.intake.reader.deadlines import find_deadline
from jukwaa.intake.reader.disclaimers import is_off_record
from jukwaa.intake.reader.lexicon import split_words
from jukwaa.intake.reader.markup import strip_markup
from jukwaa.intake.reader.model import Reading, Sentence, Suggestion
from jukwaa.intake.reader.phrases import DATE_OR_TIME_PATTERN
from jukwaa.intake.reader.sentences import find_sentence_spans
from jukwaa.intake.reader.tasks import is_task_verb
from jukwaa.intake.reader.translation_marker import gettext_noop as _

_TIME = r"\[?\(?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?\)?\]?"
_NAME = r"[^\W\d_][\w.’'-]*(?: [\w.’'()-]+){0,5}"
SPEAKER_LINE_PATTERN = re.compile(
    rf"^[ \t]*(?:{_TIME}[ \t]+(?P<after>{_NAME})|(?P<before>{_NAME})[ \t]+{_TIME})[ \t]*:?[ \t]*\r?$", re.MULTILINE
)
MIN_SPEAKER_LINES = 6
MIN_SPEAKERS = 2
MAX_LINES_PER_SPEAKER_LINE = 5  # more, and it is a document with times in it
UNKNOWN_SPEAKER_PATTERN = re.compile(
    r"(?:unknown|unidentified|speaker|caller|guest|participant|operator|inconnu|desconocid[oa]|unbekannt)\b",
    re.IGNORECASE,
)
BRACKETED_PATTERN = re.compile(r"\s*\(([^()]*)\)")
SPOKEN_BREAK_PATTERN = re.compile(r"(?<=[.?!])\s+(?=[^\W\d_])")
AGREED_PATTERN = re.compile(
    r"\b(?:(?:that|this|it)(?:[’']?s| is) (?:then |all )?(?:agreed|decided|settled)"
    r"|(?:let[’']?s|we) (?:take|record|minute|note) (?:it|that|this) as (?:decided|agreed|a decision)"
    r"|we(?:[’']ve| have) (?:agreed|decided) (?:that|to|on)\b)",
    re.IGNORECASE,
)
UNSETTLED_PATTERN = re.compile(
    r"\b(?:not|nothing|never|if|whether|unless|once|until|last (?:time|meeting|call)|already|yet)\b|n[’']t\b",
    re.IGNORECASE,
)
PROMISE_PATTERN = re.compile(
    r"\bI(?:[’']ll| will|[’']m going to| am going to) (?:also |then |just )?(?P<verb>[a-z]+)\b"
)
HEDGE_PATTERN = re.compile(
    r"\b(?:maybe|perhaps|might|could|try|not sure|no promises?|possibly|hopefully|if)\b|n[’']t\b", re.IGNORECASE
)
ACTION_ON_PATTERN = re.compile(r"\baction (?:is |point |item )?(?:on|for) (?P<who>[^\W\d_][\w’'-]+)", re.IGNORECASE)
GIVEN_TASK_PATTERN = re.compile(
    r"\b(?P<who>[^\W\d_][\w’'-]+),? (?:you (?:will |can )?|will |to )(?P<verb>[a-z]+)\b[^,;.?!]*", re.IGNORECASE
)
ASKED_TASK_PATTERN = re.compile(
    r"\b(?P<who>[^\W\d_][\w’'-]+),? (?:would|could|can|will) you (?:please )?(?P<verb>[a-z]+)\b", re.IGNORECASE
)
SPOKEN_TASK_VERBS = frozenset({"contact", "draft", "write", "ask", "add", "send", "call", "circulate", "invite"})
ACCEPTANCE_PATTERN = re.compile(
    r"\W*(?:yes|yep|yeah|ok(?:ay)?|sure|fine|will do|happy to|of course|oui|d[’']accord|sí|claro|sim|gerne|ja)\b",
    re.IGNORECASE,
)
NEXT_MEETING_PATTERN = re.compile(
    r"(?<!by )(?<!before )(?<!until )(?<!at )(?<!for )(?<!the )\bnext (?:call|meeting|session)\b", re.IGNORECASE
)
CHAIR_PATTERN = re.compile(r"\bI(?:[’']m| am|[’']ll be| will be) (?:the )?chair(?:ing)?\b")
_ORDINALS = split_words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth"
    " twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
)
ORDINAL_DAY_PATTERN = re.compile(
    rf"\b(?:the )?(?P<day>{'|'.join(word.replace('-', '[- ]') for word in reversed(_ORDINALS))}) of "
    rf"(?={MONTH_PATTERN})",
    re.IGNORECASE,
)
SPOKEN_DATE_PATTERN = re.compile(rf"{FOREIGN_DATE}|{DATE_PATTERN}", re.IGNORECASE)
MAX_ANSWER_WORDS = 12
MAX_SENTENCES_TO_ANSWER = 5


@dataclass(slots=True)
class AskedTask:
    """What a person was asked to do, and has not accepted yet."""

    speaker: str
    sentence: Sentence


@dataclass(slots=True)
class TranscriptReader:
    """Collects the sentences and suggestions of a transcript, turn by turn."""

    text: str
    speakers_by_first_name: dict[str, str]
    sentences: list[Sentence] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    introduced: set[str] = field(default_factory=set)
    asked: AskedTask | None = None

    def read_turn(self, speaker_label: str, start: int, end: int) -> None:
        """Add the sentences between two lines of speakers."""
        words = strip_markup(self.text, [(start, end)])
        speaker = clean_speaker_name(speaker_label)
        for first, last in _find_spoken_spans(words.text):
            begin, until = words.get_text_offset(first), words.get_text_offset(last - 1) + 1
            quote = self.text[begin:until]
            sentence = Sentence(begin, until, quote, "para", speaker, len(self.sentences) + 1)
            self.sentences.append(sentence)
            if speaker:
                self._add_attendee(speaker_label, speaker, sentence)
                self._read_sentence(speaker, sentence, words.text[first:last])

    def _add_attendee(self, speaker_label: str, speaker: str, sentence: Sentence) -> None:
        if speaker in self.introduced:
            return
        self.introduced.add(speaker)
        group = next(iter(BRACKETED_PATTERN.findall(speaker_label)), "")
        made = self._build_suggestion("attendee", (speaker,), sentence, _("the person speaks in the transcript"))
        is_chair = CHAIR_PATTERN.search(sentence.quote) is not None
        self.suggestions.append(replace(made, group=group, is_chair=is_chair))

    def _read_sentence(self, speaker: str, sentence: Sentence, spoken: str) -> None:
        phrase = _write_days_in_figures(spoken)
        if is_off_record(phrase):
            self._drop_last_suggestions()
            return
        if self._add_answer(speaker, phrase):
            return
        if AGREED_PATTERN.search(phrase) and not UNSETTLED_PATTERN.search(phrase) and not phrase.endswith("?"):
            why = _("the sentence says that the participants agreed")
            self.suggestions.append(self._build_suggestion("decision", (), sentence, why))
        elif NEXT_MEETING_PATTERN.search(phrase) and DATE_OR_TIME_PATTERN.search(phrase):
            why = _("the sentence says when or where the next meeting is")
            self.suggestions.append(self._build_suggestion("next_meeting", (), sentence, why))
        else:
            self._add_tasks(speaker, sentence, phrase)

    def _add_tasks(self, speaker: str, sentence: Sentence, phrase: str) -> None:
        why = _("the sentence gives a name and then a task")
        if asked := ASKED_TASK_PATTERN.search(phrase):
            if (name := self._find_speaker(asked["who"])) and is_spoken_task(asked["verb"]):
                self.asked = AskedTask(name, sentence)
            return
        if phrase.endswith("?") or HEDGE_PATTERN.search(phrase):
            return
        if (action := ACTION_ON_PATTERN.search(phrase)) and (name := self._find_speaker(action["who"])):
            self._drop_promise_before(name)
            self._add_task(name, sentence, phrase, why)
            return
        for given in GIVEN_TASK_PATTERN.finditer(phrase):
            if (name := self._find_speaker(given["who"])) and is_spoken_task(given["verb"]):
                self._add_task(name, sentence, given[0], why, words=given[0])
        promise = PROMISE_PATTERN.search(phrase)
        if promise and is_spoken_task(promise["verb"]):
            self._add_task(speaker, sentence, phrase, _("the sentence says that someone will do something"))

    def _add_task(self, owner: str, sentence: Sentence, phrase: str, why: str, words: str = "") -> None:
        made = self._build_suggestion("commitment", (owner,), sentence, why)
        self.suggestions.append(replace(made, owner=owner, due=find_deadline(phrase), words=words))

    def _add_answer(self, speaker: str, phrase: str) -> bool:
        """Add the deadline of a short answer to the task that it accepts; whether it was one."""
        if len(phrase.split()) > MAX_ANSWER_WORDS or not ACCEPTANCE_PATTERN.match(phrase):
            return False
        date = SPOKEN_DATE_PATTERN.search(phrase)
        due = find_deadline(phrase) or (date[0] if date else "")
        number = len(self.sentences)
        if (
            self.asked
            and self.asked.speaker == speaker
            and number - self.asked.sentence.number <= MAX_SENTENCES_TO_ANSWER
        ):
            why = _("the sentence gives a name and then a task")
            self._add_task(speaker, self.asked.sentence, "", why)
            self.suggestions[-1] = replace(self.suggestions[-1], due=due)
            self.asked = None
            return True
        for place in range(len(self.suggestions) - 1, -1, -1):
            made = self.suggestions[place]
            is_near = any(s.start == made.start for s in self.sentences[-1 - MAX_SENTENCES_TO_ANSWER :])
            if not is_near:
                return False
            if made.kind == "commitment" and made.owner == speaker and not made.due and due:
                self.suggestions[place] = replace(made, due=due)
                return True
        return False

    def _drop_last_suggestions(self) -> None:
        before = self.sentences[-2] if len(self.sentences) > 1 else None
        while before and self.suggestions and self.suggestions[-1].start == before.start:
            if self.suggestions[-1].kind == "attendee":
                return
            self.suggestions.pop()

    def _drop_promise_before(self, owner: str) -> None:
        """Remove what the owner promised in the sentence before: the action says it again."""
        last = self.suggestions[-1] if self.suggestions else None
        is_near = last is not None and len(self.sentences) > 1 and last.start == self.sentences[-2].start
        if last is not None and is_near and last.kind == "commitment" and last.owner == owner:
            self.suggestions.pop()

    def _find_speaker(self, name: str) -> str:
        return self.speakers_by_first_name.get(_fold(name), "")

    def _build_suggestion(self, kind: str, actors: tuple[str, ...], sentence: Sentence, why: str) -> Suggestion:
        return Suggestion(kind, actors, sentence.start, sentence.end, sentence.quote, why)


def is_spoken_transcript(text: str) -> bool:
    """Whether most of a text is what several speakers said, each below a line with the time and the name."""
    labels = _find_speaker_lines(text)
    names = {_get_speaker_label(match) for match in labels}
    lines = sum(1 for line in text.splitlines() if line.strip())
    return (
        len(labels) >= MIN_SPEAKER_LINES
        and len(names) >= MIN_SPEAKERS
        and lines <= len(labels) * MAX_LINES_PER_SPEAKER_LINE
    )


def read_transcript(text: str, language: str) -> Reading:
    """What a transcript says: who spoke, what was agreed, who does what, and the next meeting."""
    labels = _find_speaker_lines(text)
    names = [clean_speaker_name(_get_speaker_label(match)) for match in labels]
    reader = TranscriptReader(text, _find_first_names(names))
    reader.read_turn("", 0, labels[0].start())
    for match, after in zip(labels, [*labels[1:], None], strict=True):
        reader.read_turn(_get_speaker_label(match), match.end(), after.start() if after else len(text))
    suggestions = sorted(reader.suggestions, key=lambda made: made.start)
    return Reading(text, language, understood=True, sentences=tuple(reader.sentences), suggestions=tuple(suggestions))


def _find_speaker_lines(text: str) -> list[re.Match[str]]:
    return list(SPEAKER_LINE_PATTERN.finditer(text))


def _get_speaker_label(match: re.Match[str]) -> str:
    return (match["after"] or match["before"]).strip()


def clean_speaker_name(speaker_label: str) -> str:
    """The name without what is in brackets; nothing for an unknown speaker."""
    name = BRACKETED_PATTERN.sub("", speaker_label).strip()
    return "" if UNKNOWN_SPEAKER_PATTERN.match(name) else name


def _find_first_names(speaker_names: list[str]) -> dict[str, str]:
    """The speakers by their first names, where only one has it."""
    found: dict[str, set[str]] = {}
    for name in filter(None, speaker_names):
        parts = [part for part in name.split() if not part.endswith(".")]
        if parts:
            found.setdefault(_fold(parts[0]), set()).add(name)
    return {first: next(iter(names)) for first, names in found.items() if len(names) == 1}


def _find_spoken_spans(phrase: str) -> list[tuple[int, int]]:
    """Sentences; people who speak begin many with a small letter."""
    spans: list[tuple[int, int]] = []
    for start, end in find_sentence_spans(phrase):
        cuts = [match.span() for match in SPOKEN_BREAK_PATTERN.finditer(phrase, start, end)]
        starts, ends = [start, *(after for _before, after in cuts)], [*(before for before, _after in cuts), end]
        trimmed = ((first, first + len(phrase[first:last].rstrip())) for first, last in zip(starts, ends, strict=True))
        spans += [span for span in trimmed if span[0] < span[1]]
    return spans


def _write_days_in_figures(phrase: str) -> str:
    """The words with "10 July" for "the tenth of July"."""
    return ORDINAL_DAY_PATTERN.sub(
        lambda match: f"{_ORDINALS.index(match['day'].lower().replace(' ', '-')) + 1} ", phrase
    )


def is_spoken_task(verb: str) -> bool:
    """Whether "I will" and this verb promise a task."""
    return verb.lower() in SPOKEN_TASK_VERBS or is_task_verb(verb.lower())


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
