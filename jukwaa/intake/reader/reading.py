"""From a text to its reading: a pure function."""

import re
from dataclasses import dataclass, field, replace

from jukwaa.intake.reader import motions
from jukwaa.intake.reader.absent_people import find_absent_names, remove_absent_names
from jukwaa.intake.reader.assignees import (
    find_person_names_in_titles,
    mark_assignees,
    mark_task_group_titles,
)
from jukwaa.intake.reader.attendance_legend import mark_attendees_by_legend
from jukwaa.intake.reader.chat_logs import read_conversation
from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.commitment_owners import find_commitment_owners
from jukwaa.intake.reader.composed_letters import compose_letters, restore_places
from jukwaa.intake.reader.cue import STRONG
from jukwaa.intake.reader.deadlines import find_deadline
from jukwaa.intake.reader.disclaimers import has_private_remark, is_off_record, remove_disclaimed_claims
from jukwaa.intake.reader.entry_text import (
    MARK_NUMBER_PATTERN,
    TICKED_STATUS,
    build_entry_text,
    find_done_mark,
    strip_recording_time,
)
from jukwaa.intake.reader.foreign_tasks import find_staff_text
from jukwaa.intake.reader.language import detect_language, is_english_block
from jukwaa.intake.reader.lexicon import FINITE_VERB_PATTERN
from jukwaa.intake.reader.markers import (
    LABEL_START_PATTERN,
    find_owners,
    is_item_with_leading_label,
    split_owner_names,
)
from jukwaa.intake.reader.markup import is_struck_through
from jukwaa.intake.reader.model import Reading, Sentence, Suggestion
from jukwaa.intake.reader.names import parse_listed_names
from jukwaa.intake.reader.outline import parse_report_passages
from jukwaa.intake.reader.passage import Passage, SentenceUnit
from jukwaa.intake.reader.people_claims import find_labelled_people_text
from jukwaa.intake.reader.result_cells import resolve_result_cell_claims
from jukwaa.intake.reader.sentence_claims import find_list_entry_claims, find_sentence_claims
from jukwaa.intake.reader.speech import find_speaker_names, parse_speaker_label
from jukwaa.intake.reader.subjects import ACRONYM_SORT, BODY_SORT, classify_grammatical_subject
from jukwaa.intake.reader.tasks import (
    PRONOUN_DUE_PATTERN,
    TAKES_CARE_PATTERN,
    parse_known_names,
    parse_task_details,
    parse_unlabelled_task_details,
)
from jukwaa.intake.reader.told_attendance import collect_people
from jukwaa.intake.reader.translation_marker import gettext_noop as _

CONTINUATION_SIGNS = ("…", "...")
MAX_JOINED_LEAD_LENGTH = 160
BRACKETED_INITIALS_PATTERN = re.compile(r"\(([A-Z]{2,4})\)")  # "Ana Lopes (AL)"
MAX_LEAD_LIST_LENGTH = 2000
BARE_VOTE_RESULT_PATTERN = re.compile(
    r"\W*(?:all in favou?r\W*$|(?:(?:a|the) )?quorum (?:was|is|has been) \w+\W*$"
    r"|(?:minutes |agenda )?(?:agreed|approved|adopted|carried|accepted|endorsed))"
    r"(?: (?:unanimously|by consensus|w(?:/|itho)?(?:ut|o) (?:changes?|(?:any )?amendments?|objections?)))?\W*$",
    re.IGNORECASE,
)
# A lead-in to such items is none of them.
LEAD_IN_CLAIM_KINDS = frozenset({"decision", "commitment", "recommendation", "proposal"})
CARRIED_CLAIM_KINDS = frozenset(
    {"decision", "commitment", "recommendation", "request", "proposal", "announcement", "offer", "interest"}
)


def read_report(text: str, *, language: str | None = None, is_beginning: bool = True) -> Reading:
    """What this document seems to say, sentence by sentence. Nothing is kept, nothing is looked up.

    `is_beginning` is false for a later part of a document, which does not begin with its title.

    In a document of another language the blocks that are in English are read, and the document counts as understood.
    """
    composed, places = compose_letters(text)
    reading = _read_composed_text(composed, language, is_beginning=is_beginning)
    return restore_places(reading, text, places) if places else reading


def _read_composed_text(text: str, language: str | None, *, is_beginning: bool) -> Reading:
    code, understood = detect_language(text, language)
    if (conversation := read_conversation(text, code)) is not None:
        return conversation
    passages = parse_report_passages(text, is_beginning=is_beginning)
    mark_attendees_by_legend(passages, text)
    mark_task_group_titles(passages)
    present = _find_attendee_names(passages)
    reader = _ReportReader(text, find_speaker_names((passage.text[:80] for passage in passages), present))
    reader.people = collect_people(present, passages)
    reader.absent = find_absent_names(passages)
    titled = reader.people | find_person_names_in_titles(passages, text)
    mark_assignees(passages, titled)
    for passage in passages:
        reader.judging = understood or is_english_block(passage.text)
        reader.read_passage(passage)
    understood = understood or bool(reader.suggestions)
    return Reading(text, code, understood, tuple(reader.sentences), tuple(reader.suggestions))


def _find_attendee_names(passages: list[Passage]) -> list[str]:
    present: list[str] = []
    for passage in passages:
        if len(passage.text) > MAX_LEAD_LIST_LENGTH or is_item_with_leading_label(passage.text):
            continue
        if listed := find_labelled_people_text(passage.text):
            present += BRACKETED_INITIALS_PATTERN.findall(listed)
            present += parse_listed_names(listed, has_own_line=False)
        elif staff := find_staff_text(passage.text):
            present += parse_listed_names(staff, has_own_line=False)
        elif "attendee" in {passage.role, passage.lead}:
            present += BRACKETED_INITIALS_PATTERN.findall(passage.text)
            present += parse_listed_names(passage.text, has_own_line=passage.block.kind != "para")
    return present


def _is_claim_inherited_by_items(claim: Claim) -> bool:
    """Whether the items below a lead-in are what it is; "Send the following:" says nothing of who does it."""
    if claim.kind == "commitment" and claim.strength < STRONG and not claim.actors:
        return False
    return claim.kind in CARRIED_CLAIM_KINDS


@dataclass(frozen=True, slots=True)
class ActiveLeadIn:
    """A lead-in such as "The coalition agreed:", and what its items are."""

    indent: int
    kinds: tuple[str, ...]
    words: str
    actors: tuple[str, ...] = ()  # who does what the items say, if they do not say it themselves


@dataclass(slots=True)
class _ReportReader:
    text: str
    speakers: frozenset[str]
    people: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    judging: bool = True  # the words of sentences too, not only headings, lists and tables
    sentences: list[Sentence] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    speaker: str = ""
    body: tuple[str, ...] = ()  # the collective that was last a subject in this paragraph
    lead: ActiveLeadIn | None = None
    task: int = -1  # place of the suggestion that the next details are about
    title: Sentence | None = None  # a title among actions, which may be one
    motion: Sentence | None = None  # what was moved, before its result

    def read_passage(self, passage: Passage) -> None:
        if passage.block.gap or passage.block.kind != "para":
            self.speaker = self.speaker if passage.text.startswith(CONTINUATION_SIGNS) else ""
        self.body = ()
        passage.lead_kinds = self._get_lead_in_kinds(passage)
        is_detail = passage.block.kind != "row" and self._add_details_to_last_task(passage, passage.text)
        begun = len(self.suggestions)
        for index, span in enumerate(passage.spans):
            sentence = self._build_sentence(
                passage, span, is_first_sentence=index == 0, is_last_sentence=index == len(passage.spans) - 1
            )
            if sentence is None:
                continue
            self.sentences.append(sentence)
            if not is_detail and not (index and self._add_details_to_last_task(passage, passage.text[slice(*span)])):
                self._add_sentence_suggestions(passage, sentence, span, is_first_sentence=index == 0)
                self._set_last_task(begun)
            if passage.block.kind == "heading":
                self.motion = None
                self.task, self.title = -1, sentence if passage.role == "commitment" else None

    def _set_last_task(self, first_new_suggestion: int) -> None:
        for place in range(first_new_suggestion, len(self.suggestions)):
            if self.suggestions[place].kind == "commitment":
                self.task = place

    def _add_details_to_last_task(self, passage: Passage, phrase: str) -> bool:
        """Add "Owner: Ana" and the like to the action above, which may be a title; whether this was such a line."""
        details = parse_task_details(phrase)
        if not details and not passage.top and "commitment" in {passage.role, passage.lead} and not passage.is_assignee:
            details = parse_unlabelled_task_details(phrase, self.people)
        if not details or (self.task < 0 and self.title is None) or self._is_care_for_other_matter(phrase):
            return False
        if self.task < 0 and self.title is not None:
            why = _("the sentence is under a heading or introduction about actions")
            place = (self.title.start, self.title.end, self.title.quote)
            self.suggestions.append(Suggestion("commitment", (), *place, why))
            self.task = len(self.suggestions) - 1
        action = self.suggestions[self.task]
        owners = split_owner_names(details["owner"]) or parse_known_names(details["owner"], self.people)
        self.suggestions[self.task] = replace(
            action,
            actors=action.actors or owners,
            owner=action.owner or next(iter(owners), ""),
            due=action.due or details["due"],
            status=action.status or details["status"],
        )
        return True

    def _is_care_for_other_matter(self, phrase: str) -> bool:
        """Whether "Ana will do this" is about something else than the last task, which stands further up."""
        if self.task < 0 or not (TAKES_CARE_PATTERN.match(phrase) or PRONOUN_DUE_PATTERN.match(phrase)):
            return False
        return sum(sentence.start >= self.suggestions[self.task].end for sentence in self.sentences[-3:]) > 1

    def _get_lead_in_kinds(self, passage: Passage) -> tuple[str, ...]:
        if self.lead is None:
            return ()
        if passage.block.kind == "bullet" and passage.block.indent > self.lead.indent:
            return self.lead.kinds
        if passage.block.kind == "para" and passage.text[:1].islower():
            return self.lead.kinds
        self.lead = None
        return ()

    def _build_sentence(
        self, passage: Passage, sentence_span: tuple[int, int], *, is_first_sentence: bool, is_last_sentence: bool
    ) -> Sentence | None:
        words = passage.words
        if sentence_span[0] >= sentence_span[1]:
            return None
        start = passage.block.start if is_first_sentence else words.get_text_offset(sentence_span[0])
        end = passage.block.end if is_last_sentence else words.get_text_offset(sentence_span[1] - 1) + 1
        quote = self.text[start:end]
        start += len(quote) - len(quote.lstrip())
        end -= len(quote) - len(quote.rstrip())
        if start >= end:
            return None
        return Sentence(start, end, self.text[start:end], passage.unit, passage.section, len(self.sentences) + 1)

    def _add_sentence_suggestions(
        self, passage: Passage, sentence: Sentence, sentence_span: tuple[int, int], *, is_first_sentence: bool
    ) -> None:
        words = strip_recording_time(passage.text[sentence_span[0] : sentence_span[1]])
        named, offset = parse_speaker_label(words[:200], self.speakers)
        carried = not named and bool(self.speaker)
        self.speaker = named or self.speaker
        unit = SentenceUnit(
            passage,
            words,
            words[offset:].lstrip("….* "),
            self.speaker,
            is_first_sentence,
            carried,
            self.people,
        )
        if self._is_remark_on_last_sentence(words):
            return
        claims = (
            self._resolve_agreement_claims(find_sentence_claims(unit)) if self.judging else find_list_entry_claims(unit)
        )
        claims = remove_disclaimed_claims(resolve_result_cell_claims(unit, claims), unit.quote)
        claims = [] if is_struck_through(sentence.quote) else remove_absent_names(claims, self.absent)
        leads = passage.leads and sentence_span == passage.spans[-1]
        if passage.block.kind != "row":
            sentence, claims = self._settle_motion(sentence, unit.quote, claims)
        for claim in claims:
            if claim.kind == "attendee" and not self._find_actors(claim, unit):
                continue
            if claim.kind == "decision" and BARE_VOTE_RESULT_PATTERN.match(sentence.quote) and not claim.words:
                continue  # it does not say what was agreed
            if not leads or claim.kind not in LEAD_IN_CLAIM_KINDS:
                self.suggestions.append(self._build_suggestion(sentence, claim, unit))
        if leads:
            kinds = tuple(claim.kind for claim in claims if _is_claim_inherited_by_items(claim))
            indent = passage.block.indent if passage.block.kind == "bullet" else -1
            who = find_owners(unit.quote, is_list_entry=True) if "commitment" in kinds else ()
            self.lead = ActiveLeadIn(indent, kinds, unit.body.rstrip(" :"), who) if kinds else None

    def _settle_motion(self, sentence: Sentence, quote: str, claims: list[Claim]) -> tuple[Sentence, list[Claim]]:
        """The motion that this sentence says was carried, which says more than "Carried"; else the sentence itself."""
        if motion := motions.parse_motion(quote):
            self.motion = None if motion.result else sentence
            return sentence, motions.settle_claims(claims, motion)
        result = motions.find_motion_result(quote)
        moved = self.motion
        if result is None or (moved is None and not motions.names_mover(quote)):
            return sentence, claims
        self.motion, self.speaker = None if result else moved, ""
        if moved is None or sentence.number - moved.number > motions.MAX_MOTION_DISTANCE or not result:
            return sentence, motions.keep_decisions(claims) if result == motions.CARRIED else []
        task = self.suggestions[self.task] if self.task >= 0 else None
        dropped = {"decision"} if result == motions.LOST else CARRIED_CLAIM_KINDS | {"topic", "observation"}
        self.suggestions = [
            made for made in self.suggestions if made.start != moved.start or made.kind not in dropped or made is task
        ]
        self.task = self.suggestions.index(task) if task else -1
        if result == motions.LOST:
            return sentence, []
        return moved, [motions.build_decision_on_motion(motions.keep_decisions(claims), moved.quote)]

    def _is_remark_on_last_sentence(self, words: str) -> bool:
        """Whether this says only that the sentence before is not for the record."""
        if has_private_remark(words):
            return True
        if is_off_record(words):
            self._drop_suggestions_of_last_sentence()
            return True
        return False

    def _drop_suggestions_of_last_sentence(self) -> None:
        """Remove what was suggested for the sentence before, which a person asks not to record."""
        before = self.sentences[-2] if len(self.sentences) > 1 else None
        while before and self.suggestions and self.suggestions[-1].start == before.start:
            self.suggestions.pop()
        if self.task >= len(self.suggestions):
            self.task = -1

    def _resolve_agreement_claims(self, claims: list[Claim]) -> list[Claim]:
        """What "AL agreed to do" is a commitment if AL is one of those present, and a decision if it is a body."""
        kinds = {claim.kind: claim for claim in claims if not claim.words}
        decision, promise = kinds.get("decision"), kinds.get("commitment")
        if decision is None or promise is None:
            return claims
        sorts = {classify_grammatical_subject(name).sort for name in promise.actors}
        is_same = bool(decision.actors) and decision.actors == promise.actors
        if not (is_same and sorts <= {BODY_SORT, ACRONYM_SORT}) and (sorts or decision.strength < STRONG):
            return claims
        dropped = decision if sorts == {ACRONYM_SORT} and decision.actors[0].lower() in self.speakers else promise
        return [claim for claim in claims if claim is not dropped]

    def _build_suggestion(self, sentence: Sentence, claim: Claim, unit: SentenceUnit) -> Suggestion:
        actors = self._find_actors(claim, unit)
        due = (claim.due or self._find_due_text(claim, unit)) if claim.kind == "commitment" else ""
        if claim.kind == "commitment" and "commitment" in {unit.passage.role, unit.passage.lead}:
            due = due or unit.passage.section_due
        owner = actors[0] if actors and claim.kind == "commitment" else ""
        if claim.kind == "commitment" and not owner and self.lead and claim.kind in self.lead.kinds:
            owner = next(iter(self.lead.actors), "")
        place = (sentence.start, sentence.end, sentence.quote)
        words = claim.words or self._build_text_with_lead_in(claim, unit)
        if claim.kind != "attendee":
            words = build_entry_text(claim.kind, words, sentence.quote)
        told = Suggestion(claim.kind, actors, *place, claim.why, owner, due, words)
        status = claim.status
        if claim.kind == "commitment":
            done = find_done_mark(unit.quote, is_first=unit.first)
            status = status or done or (TICKED_STATUS if unit.passage.block.ticked else "")
        return replace(told, status=status, group=claim.group, is_chair=claim.is_chair)

    def _find_due_text(self, claim: Claim, unit: SentenceUnit) -> str:
        """In the sentence, or in the rest of the same entry of a list; of a row, only in the cell that says what."""
        if claim.words:
            return find_deadline(claim.words)
        is_entry = unit.passage.block.kind == "bullet" or LABEL_START_PATTERN.match(unit.quote) is not None
        rest = MARK_NUMBER_PATTERN.sub("", unit.passage.text) if unit.first and is_entry else ""
        return find_deadline(MARK_NUMBER_PATTERN.sub("", unit.quote)) or find_deadline(rest)

    def _build_text_with_lead_in(self, claim: Claim, unit: SentenceUnit) -> str:
        """An item that goes on with the sentence of its lead-in says little without it."""
        lead = self.lead
        if lead is None or claim.kind not in lead.kinds or not unit.first or not unit.body[:1].islower():
            return ""
        return f"{lead.words} {unit.body.rstrip(' ;,')}" if len(lead.words) <= MAX_JOINED_LEAD_LENGTH else ""

    def _find_actors(self, claim: Claim, unit: SentenceUnit) -> tuple[str, ...]:
        actors = claim.actors
        if claim.kind == "attendee" and not actors:
            named = parse_listed_names(unit.quote, has_own_line=False)
            actors = tuple(name for name in named if not FINITE_VERB_PATTERN.search(name))
        elif claim.kind == "new_member" and ":" in unit.quote and not actors:
            actors = parse_listed_names(unit.quote.partition(":")[2], has_own_line=False)
        elif claim.kind == "commitment" and not claim.words:
            actors = find_commitment_owners(claim, unit)
        if actors and classify_grammatical_subject(actors[0]).sort == BODY_SORT:
            self.body = actors[:1]
        elif not actors and unit.body[:5].lower() == "they ":
            actors = self.body
        return actors
