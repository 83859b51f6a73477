"""From a text to its reading: a pure function."""

from dataclasses import dataclass, field

from jukwaa.core.due_phrases import find_due_phrase
from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.language import detect_language
from jukwaa.intake.reader.model import Reading, Sentence, Suggestion
from jukwaa.intake.reader.names import parse_listed_names
from jukwaa.intake.reader.outline import Passage, parse_passages
from jukwaa.intake.reader.sentence_claims import SentenceUnit, find_claims, find_marked_owner
from jukwaa.intake.reader.speech import find_speakers, parse_speaker_label
from jukwaa.intake.reader.subjects import BODY_SORT, classify_subject

CONTINUATION_MARKS = ("…", "...")
CARRIED_KINDS = frozenset(
    {"decision", "commitment", "recommendation", "request", "proposal", "announcement", "offer", "interest"}
)


def read_report(text: str, *, language: str | None = None) -> Reading:
    """What this document seems to say, sentence by sentence. Nothing is kept, nothing is looked up."""
    code, understood = detect_language(text, language)
    passages = parse_passages(text)
    reader = _ReportReader(text, _find_speakers(passages))
    for passage in passages:
        reader.read_passage(passage, judge=understood)
    return Reading(text, code, understood, tuple(reader.sentences), tuple(reader.suggestions))


def _find_speakers(passages: list[Passage]) -> frozenset[str]:
    present: list[str] = []
    for passage in passages:
        if "attendee" in {passage.role, passage.lead} and len(passage.text) < 2000:
            present += parse_listed_names(passage.text, alone=passage.block.kind != "para")
    return find_speakers((passage.text[:80] for passage in passages), present)


@dataclass(slots=True)
class _ReportReader:
    text: str
    speakers: frozenset[str]
    sentences: list[Sentence] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    speaker: str = ""
    body: tuple[str, ...] = ()  # the collective that was last a subject in this paragraph
    lead: tuple[int, tuple[str, ...]] | None = None  # indent and kinds of the lead-in in force

    def read_passage(self, passage: Passage, *, judge: bool) -> None:
        if passage.block.gap or passage.block.kind != "para":
            self.speaker = self.speaker if passage.text.startswith(CONTINUATION_MARKS) else ""
        self.body = ()
        passage.lead_kinds = self._get_lead_kinds(passage)
        for index, span in enumerate(passage.spans):
            sentence = self._build_sentence(passage, span, first=index == 0, last=index == len(passage.spans) - 1)
            if sentence is None:
                continue
            self.sentences.append(sentence)
            if judge:
                self._judge_sentence(passage, sentence, span, first=index == 0)

    def _get_lead_kinds(self, passage: Passage) -> tuple[str, ...]:
        if self.lead is None:
            return ()
        if passage.block.kind == "bullet" and passage.block.indent > self.lead[0]:
            return self.lead[1]
        self.lead = None
        return ()

    def _build_sentence(self, passage: Passage, span: tuple[int, int], *, first: bool, last: bool) -> Sentence | None:
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

    def _judge_sentence(self, passage: Passage, sentence: Sentence, span: tuple[int, int], *, first: bool) -> None:
        words = passage.text[span[0] : span[1]]
        named, offset = parse_speaker_label(words[:200], self.speakers)
        carried = not named and bool(self.speaker)
        if named:
            self.speaker = named
        unit = SentenceUnit(passage, words, words[offset:].lstrip("….* "), self.speaker, first, carried=carried)
        claims = find_claims(unit)
        for claim in claims:
            self.suggestions.append(self._build_suggestion(sentence, claim, unit))
        if passage.leads:
            kinds = tuple(claim.kind for claim in claims if claim.kind in CARRIED_KINDS)
            bullet = passage.block.kind == "bullet"
            self.lead = (passage.block.indent if bullet else -1, kinds) if kinds else None

    def _build_suggestion(self, sentence: Sentence, claim: Claim, unit: SentenceUnit) -> Suggestion:
        actors = self._find_actors(claim, unit)
        due = claim.due or (find_due_phrase(unit.quote) if claim.kind == "commitment" else "")
        owner = actors[0] if actors and claim.kind == "commitment" else ""
        return Suggestion(claim.kind, actors, sentence.start, sentence.end, sentence.quote, claim.why, owner, due)

    def _find_actors(self, claim: Claim, unit: SentenceUnit) -> tuple[str, ...]:
        actors = claim.actors
        if claim.kind == "attendee" and not actors:
            actors = parse_listed_names(unit.quote, alone=False)
        elif claim.kind == "new_member" and ":" in unit.quote and not actors:
            actors = parse_listed_names(unit.quote.partition(":")[2], alone=False)
        elif claim.kind == "commitment" and (owner := find_marked_owner(unit.quote)):
            actors = owner
        if actors and classify_subject(actors[0]).sort == BODY_SORT:
            self.body = actors[:1]
        elif not actors and unit.body[:5].lower() == "they ":
            actors = self.body
        return actors
