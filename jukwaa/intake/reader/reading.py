"""From a text to its reading: a pure function."""

from dataclasses import dataclass, field

from jukwaa.core.due_words import due_in
from jukwaa.intake.reader.judge import Unit, judged, marked_owner
from jukwaa.intake.reader.language import language_of
from jukwaa.intake.reader.model import Reading, Sentence, Suggestion
from jukwaa.intake.reader.names import listed_names
from jukwaa.intake.reader.outline import Passage, passages_of
from jukwaa.intake.reader.settle import Claim
from jukwaa.intake.reader.speech import label_of, speakers_in
from jukwaa.intake.reader.subjects import BODY, classify

CONTINUED = ("…", "...")
CARRIED_KINDS = frozenset(
    {"decision", "commitment", "recommendation", "request", "proposal", "announcement", "offer", "interest"}
)


def read(text: str, *, language: str | None = None) -> Reading:
    """What this document seems to say, sentence by sentence. Nothing is kept, nothing is looked up."""
    code, understood = language_of(text, language)
    passages = passages_of(text)
    reader = _Reader(text, _speakers(passages))
    for passage in passages:
        reader.take(passage, judge=understood)
    return Reading(text, code, understood, tuple(reader.sentences), tuple(reader.suggestions))


def _speakers(passages: list[Passage]) -> frozenset[str]:
    present: list[str] = []
    for passage in passages:
        if "attendee" in {passage.role, passage.lead} and len(passage.text) < 2000:
            present += listed_names(passage.text, alone=passage.block.kind != "para")
    return speakers_in((passage.text[:80] for passage in passages), present)


@dataclass(slots=True)
class _Reader:
    text: str
    speakers: frozenset[str]
    sentences: list[Sentence] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    speaker: str = ""
    body: tuple[str, ...] = ()  # the collective that was last a subject in this paragraph
    lead: tuple[int, tuple[str, ...]] | None = None  # indent and kinds of the lead-in in force

    def take(self, passage: Passage, *, judge: bool) -> None:
        if passage.block.gap or passage.block.kind != "para":
            self.speaker = self.speaker if passage.text.startswith(CONTINUED) else ""
        self.body = ()
        passage.lead_kinds = self._led(passage)
        for index, span in enumerate(passage.spans):
            sentence = self._sentence(passage, span, first=index == 0, last=index == len(passage.spans) - 1)
            if sentence is None:
                continue
            self.sentences.append(sentence)
            if judge:
                self._judge(passage, sentence, span, first=index == 0)

    def _led(self, passage: Passage) -> tuple[str, ...]:
        if self.lead is None:
            return ()
        if passage.block.kind == "bullet" and passage.block.indent > self.lead[0]:
            return self.lead[1]
        self.lead = None
        return ()

    def _sentence(self, passage: Passage, span: tuple[int, int], *, first: bool, last: bool) -> Sentence | None:
        words = passage.words
        if span[0] >= span[1]:
            return None
        start = passage.block.start if first else words.place(span[0])
        end = passage.block.end if last else words.place(span[1] - 1) + 1
        quote = self.text[start:end]
        start += len(quote) - len(quote.lstrip())
        end -= len(quote) - len(quote.rstrip())
        if start >= end:
            return None
        return Sentence(start, end, self.text[start:end], passage.unit, passage.section, len(self.sentences) + 1)

    def _judge(self, passage: Passage, sentence: Sentence, span: tuple[int, int], *, first: bool) -> None:
        words = passage.text[span[0] : span[1]]
        named, offset = label_of(words[:200], self.speakers)
        carried = not named and bool(self.speaker)
        if named:
            self.speaker = named
        unit = Unit(passage, words, words[offset:].lstrip("….* "), self.speaker, first, carried=carried)
        claims = judged(unit)
        for claim in claims:
            self.suggestions.append(self._suggestion(sentence, claim, unit))
        if passage.leads:
            kinds = tuple(claim.kind for claim in claims if claim.kind in CARRIED_KINDS)
            bullet = passage.block.kind == "bullet"
            self.lead = (passage.block.indent if bullet else -1, kinds) if kinds else None

    def _suggestion(self, sentence: Sentence, claim: Claim, unit: Unit) -> Suggestion:
        actors = self._actors(claim, unit)
        due = claim.due or (due_in(unit.quote) if claim.kind == "commitment" else "")
        owner = actors[0] if actors and claim.kind == "commitment" else ""
        return Suggestion(claim.kind, actors, sentence.start, sentence.end, sentence.quote, claim.why, owner, due)

    def _actors(self, claim: Claim, unit: Unit) -> tuple[str, ...]:
        actors = claim.actors
        if claim.kind == "attendee" and not actors:
            actors = listed_names(unit.quote, alone=False)
        elif claim.kind == "new_member" and ":" in unit.quote and not actors:
            actors = listed_names(unit.quote.partition(":")[2], alone=False)
        elif claim.kind == "commitment" and (owner := marked_owner(unit.quote)):
            actors = owner
        if actors and classify(actors[0]).sort == BODY:
            self.body = actors[:1]
        elif not actors and unit.body[:5].lower() == "they ":
            actors = self.body
        return actors
