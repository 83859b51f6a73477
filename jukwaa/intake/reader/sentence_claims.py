"""Weighs one sentence: what its cues say, what its place promises, and who is meant."""

import re
from dataclasses import replace

from jukwaa.core.due_phrases import DUE_LIMIT_REGEX
from jukwaa.intake.reader.arrow_tails import build_arrow_tail_claims
from jukwaa.intake.reader.claims import Claim, resolve_sentence_claims
from jukwaa.intake.reader.cue import FAIR, STRONG, WEAK, CueHit
from jukwaa.intake.reader.cues import MAX_PATTERN_LENGTH, SENTENCE_CUE_BOOK, collect_cue_words
from jukwaa.intake.reader.deadlines import find_deadline
from jukwaa.intake.reader.foreign_owners import is_task_mark_with_name
from jukwaa.intake.reader.foreign_results import (
    build_non_english_entry_claim,
    find_non_english_claims,
    has_meeting_time,
)
from jukwaa.intake.reader.lexicon import FINITE_VERB_PATTERN
from jukwaa.intake.reader.markers import (
    find_owners,
    get_kind_of_label_only_line,
    is_item_with_leading_label,
    is_nobody_name,
    is_task_with_leading_owner,
)
from jukwaa.intake.reader.names import ATTENDANCE_LABEL_PATTERN, is_name_like
from jukwaa.intake.reader.note_marks import build_labelled_note_claims, is_contact_line
from jukwaa.intake.reader.note_tails import begins_with_day, names_day_of_meeting
from jukwaa.intake.reader.noted_tasks import build_noted_task_claims
from jukwaa.intake.reader.outline import AGENDA_ROLE, DATE_LINE_PATTERN, HEADING_PATH_SEPARATOR, is_title_like
from jukwaa.intake.reader.passage import Passage, SentenceUnit
from jukwaa.intake.reader.people_claims import MAX_LABEL_LENGTH, build_attendee_name_claims, build_listed_people_claims
from jukwaa.intake.reader.phrases import (
    BRACKETED_REMARK_PATTERN,
    DATE_OR_TIME_PATTERN,
    EMPTY_LABEL_PATTERN,
    FULL_DATE_PATTERN,
    IMPERATIVE_VERB_PATTERN,
    LINK_PATTERN,
    LINKED_TASK_PATTERN,
    METADATA_PATTERN,
    NO_CONTENT_PATTERN,
    PROCEDURE_PATTERN,
    SPEECH_PATTERN,
    TASK_START_PATTERN,
    URL_PATTERN,
    is_closing_line,
    is_opening_line,
)
from jukwaa.intake.reader.placeholders import is_placeholder
from jukwaa.intake.reader.referenced_items import build_referenced_item_claims
from jukwaa.intake.reader.roles import (
    ABSENT_ROLE,
    ACTION_LIST_PATTERN,
    CONCLUSION_ROLE,
    IGNORED_ROLE,
    REVIEW_ROLE,
    get_heading_role,
    is_section_title,
)
from jukwaa.intake.reader.row_claims import HEADING_ROLES_OF_ROWS, build_table_row_claims
from jukwaa.intake.reader.section_promises import (
    HEADING_ROLES_PROMISING_CLAIMS,
    REASONS_BY_SECTION_KIND,
    STRENGTHS_BY_SECTION_KIND,
)
from jukwaa.intake.reader.sentences import mask_quotations
from jukwaa.intake.reader.speech import PROPOSING_VERBS, ReportedSpeech, find_reported_speech, is_report_of_past_action
from jukwaa.intake.reader.subjects import ACTING_SUBJECT_SORTS
from jukwaa.intake.reader.tasks import find_known_owners, find_owners_in_clause
from jukwaa.intake.reader.translation_marker import gettext_noop as _

PRONOUN_PATTERN = re.compile(r"\W*(?:that )?(?:he|she|they)\b", re.IGNORECASE)
THIRD_PERSON_PATTERN = re.compile(r"\b(?:he|she|(?<=. )they)(?: (?:\w+ )?(?:will|shall)|[’']ll)\b", re.IGNORECASE)
WHEREAS_PATTERN = re.compile(r"\W*whereas\b", re.IGNORECASE)
# Below a task, a part of it with a deadline of its own: "offers from hosts - by Monday".
PARTIAL_TASK_PATTERN = re.compile(rf"\w\W{{1,3}}(?<=[-–—(\[] |.[(\[])(?:{DUE_LIMIT_REGEX.pattern})\W*$", re.IGNORECASE)
# "No members will ..."
NOBODY_PATTERN = re.compile(r"\W*(?:no (?:[a-z]+ )?[a-z]+s|nobody|no one|none)\b", re.IGNORECASE)
MEET_AGAIN_PATTERN = re.compile(r"\b(?:next|again|no|fortnight|weeks?)\b", re.IGNORECASE)
MAX_WORDS_OF_ASSENT = 3
# "Decisão 1", "DELIBERAÇÃO N.º 4"
LABEL_NUMBER_PATTERN = re.compile(r"\s+(?:n[.°º\u00ba o]{0,3}\s?|#)?\d[\w./-]*\W*$", re.IGNORECASE)
LISTED_CLAIM_KINDS = frozenset({"attendee", "decision", "commitment", "next_meeting"})
ISSUE_TITLE_CUE_NAME = "issue-number"
MARKER_CUE_NAMES = frozenset({"marker", ISSUE_TITLE_CUE_NAME, "label"})


def find_sentence_claims(unit: SentenceUnit) -> list[Claim]:
    """What this sentence claims to be."""
    passage = unit.passage
    governing = passage.lead or passage.role
    if (claims := _build_claims_by_layout(unit, governing)) is not None:
        return claims
    if governing in {"attendee", ABSENT_ROLE}:
        governing = ""
    body = mask_quotations(unit.body[:MAX_PATTERN_LENGTH])
    speech = find_reported_speech(body)
    hits = SENTENCE_CUE_BOOK.find_cue_hits(body, collect_cue_words(body), speech.start if speech else None)
    if governing == "commitment" and TASK_START_PATTERN.match(unit.body):
        hits = [hit for hit in hits if hit.cue.name != ISSUE_TITLE_CUE_NAME]  # "Ask the town (Ana) - #27"
    claims = [_build_claim(hit, unit) for hit in hits if not _has_no_real_actor(hit)]
    claims = [
        claim for claim in _adjust_claims_for_reported_speech(claims, unit, speech) if _is_full_statement(claim, unit)
    ]
    owners = find_known_owners(unit.body, unit.people, is_task=True) or find_owners_in_clause(unit.body, unit.people)
    if owners:
        claims.append(Claim("commitment", STRONG, _("the sentence gives a name and then a task"), owners))
    if governing == IGNORED_ROLE:
        return resolve_sentence_claims([claim for claim in claims if claim.strength == STRONG])
    claims += _build_section_claims(unit, governing, claims)
    if governing == "commitment" and passage.block.kind == "bullet" and not unit.first:
        claims = [claim for claim in claims if claim.kind != "commitment" or claim.actors]  # one action, one entry
    return resolve_sentence_claims(claims)


def find_list_entry_claims(unit: SentenceUnit) -> list[Claim]:
    """What this entry is by its heading, label or table alone, in a language without cues."""
    passage = unit.passage
    governing = passage.lead or passage.role
    if (claims := _build_claims_by_layout(unit, governing)) is not None:
        return [claim for claim in claims if claim.kind in LISTED_CLAIM_KINDS]
    if passage.block.checkbox and not governing and len(unit.quote.split()) > MAX_WORDS_OF_ASSENT:
        governing = "commitment"
    label, colon, words = unit.quote.partition(":")
    marked, phrase = "", unit.body
    if colon and words.strip() and len(label) <= MAX_LABEL_LENGTH and governing != IGNORED_ROLE:
        is_addressed = is_task_mark_with_name(label)
        marked = "commitment" if is_addressed else get_heading_role(LABEL_NUMBER_PATTERN.sub("", label))
        governing = marked or governing
        if marked == "commitment" and not is_addressed:
            phrase = words.strip()
    listed = passage.block.kind == "bullet" or bool(colon) or governing == "next_meeting"
    governing = "decision" if governing == CONCLUSION_ROLE and passage.block.kind == "bullet" else governing
    if claims := find_non_english_claims(unit, is_free=governing not in HEADING_ROLES_OF_ROWS):
        return claims
    if governing not in LISTED_CLAIM_KINDS or governing == "attendee" or not listed or passage.leads:
        return []
    if not unit.first and not (marked == "decision" and label.isupper()):  # "Poca gente. DECISIÓN: una vez al mes"
        return []
    if governing == "next_meeting" and not (_has_date_or_time(unit.quote) and has_meeting_time(unit.quote)):
        return []
    return [build_non_english_entry_claim(unit, governing, phrase)]


def _build_claims_by_layout(unit: SentenceUnit, heading_role: str) -> list[Claim] | None:
    """What it is as a heading, a lead-in, a row or an entry of a list; None where it is a sentence like any other."""
    passage = unit.passage
    is_remark = not unit.first and BRACKETED_REMARK_PATTERN.fullmatch(unit.quote)
    if (
        passage.says_nothing
        or is_placeholder(unit.quote)
        or is_contact_line(unit.quote)
        or is_remark
        or _has_no_content(unit.quote, heading_role)
        or is_opening_line(unit.quote, unit.people)
    ):
        return []
    if passage.unit in {"title", "heading"} and not is_item_with_leading_label(passage.text):
        return _build_heading_claims(passage)
    if passage.leads and (is_section_title(passage.text) or get_kind_of_label_only_line(passage.text)):
        return []  # "Action items:" speaks for what follows, not for itself
    if passage.block.kind == "row":
        return build_table_row_claims(passage, heading_role)
    claims = build_referenced_item_claims(unit)
    if claims is None:
        claims = build_arrow_tail_claims(unit)
    if claims is None:
        claims = build_labelled_note_claims(unit.quote, uses_conclusions=passage.uses_conclusions)
    return build_listed_people_claims(unit, heading_role) if claims is None else claims


def _has_no_content(quote: str, heading_role: str) -> bool:
    if heading_role == "next_meeting" and re.match(r"\W*dates?\b.*\d", quote, re.IGNORECASE):
        return False  # "Date: 2 July", where the next meeting stands
    is_task = heading_role == "commitment" and URL_PATTERN.search(quote) and LINKED_TASK_PATTERN.match(quote)
    nothing = (not is_task and NO_CONTENT_PATTERN.match(quote)) or METADATA_PATTERN.search(quote)
    return bool(nothing) or is_closing_line(quote) or sum(map(str.isalpha, quote)) < 3


def _is_full_statement(claim: Claim, unit: SentenceUnit) -> bool:
    """Whether it is more than somebody's assent ("RG: Agreed."), or a meeting of people without a date."""
    if claim.kind == "commitment" and not claim.actors and THIRD_PERSON_PATTERN.search(unit.body, 0, claim.place + 8):
        return False
    if claim.kind == "commitment" and NOBODY_PATTERN.match(unit.body):
        return False
    if claim.kind == "decision" and WHEREAS_PATTERN.match(unit.quote):
        return False
    if claim.kind == "decision" and unit.speaker:
        return len(unit.body.split()) > MAX_WORDS_OF_ASSENT
    if claim.kind == "next_meeting":
        return bool(_has_date_or_time(unit.quote) or MEET_AGAIN_PATTERN.search(unit.quote))
    return True


def _has_date_or_time(phrase: str) -> bool:
    return DATE_OR_TIME_PATTERN.search(URL_PATTERN.sub("", phrase)) is not None


def _has_no_real_actor(hit: CueHit) -> bool:
    """Whether what looks like somebody who will do something is none: "Hard to say", "Consensus to go on"."""
    if hit.cue.kind != "commitment" or hit.cue.name in MARKER_CUE_NAMES:
        return False
    return bool(hit.actors) and all(map(is_nobody_name, hit.actors))


def _build_claim(hit: CueHit, unit: SentenceUnit) -> Claim:
    actors = hit.actors
    if not actors and unit.speaker and not hit.they and hit.cue.actor != "agent":
        actors = (unit.speaker,)
    return Claim(hit.cue.kind, hit.cue.strength, hit.cue.why, actors, hit.place, hit.cue.name in MARKER_CUE_NAMES)


def _build_heading_claims(passage: Passage) -> list[Claim]:
    words = passage.text
    label = ATTENDANCE_LABEL_PATTERN.match(words)
    is_people = label is not None and get_heading_role(words[: label.end()]) == "attendee"
    if label and is_people and (named := build_attendee_name_claims(words[label.end() :])):
        return named
    if passage.role == "next_meeting" and FULL_DATE_PATTERN.search(words):
        return [Claim("next_meeting", STRONG, REASONS_BY_SECTION_KIND["next_meeting"])]
    plain_title = not passage.role and passage.unit == "heading" and not DATE_LINE_PATTERN.match(words)
    if (
        plain_title
        and " | " not in words  # the head of a table
        and passage.section.count(" > ")
        and is_title_like(words.rstrip(":"))
        and not PROCEDURE_PATTERN.match(words)
    ):
        return [Claim("topic", WEAK, _("the sentence is a heading in the discussion"))]
    return []


def _adjust_claims_for_reported_speech(
    claims: list[Claim], unit: SentenceUnit, speech: ReportedSpeech | None
) -> list[Claim]:
    """What changes when the words are somebody's: "X said that Y should" proposes; "it was felt that" recommends."""
    if speech is None:
        return claims
    named = speech.subject.sort in ACTING_SUBJECT_SORTS
    told = []
    for claim in claims:
        inside = claim.kind == "recommendation" and claim.place >= speech.start and named
        if claim.kind == "commitment" and not claim.actors and PRONOUN_PATTERN.match(unit.body, speech.start):
            told.append(replace(claim, actors=speech.subject.actors))  # "Ana said that she would"
        elif (
            inside
            and speech.verb in {"said", "reported"}
            and is_report_of_past_action(unit.body[: claim.place], speech)
        ):
            told.append(
                Claim(
                    "report", FAIR, _("the sentence reports what someone has done"), speech.subject.actors, claim.place
                )
            )
        elif inside and speech.verb in PROPOSING_VERBS and claim.why.startswith("the sentence says what should"):
            told.append(
                Claim(
                    "proposal",
                    FAIR,
                    _("the sentence says what someone thinks should be done"),
                    speech.subject.actors,
                    claim.place,
                )
            )
        elif (
            claim.kind == "observation"
            and speech.verb in {"said", "explained", "reported", "indicated", "added"}
            and named
            and is_report_of_past_action(unit.body, speech)
        ):
            told.append(
                Claim(
                    "report", FAIR, _("the sentence reports what someone has done"), speech.subject.actors, claim.place
                )
            )
        else:
            told.append(claim)
    return told


def _build_section_claims(unit: SentenceUnit, heading_role: str, claims: list[Claim]) -> list[Claim]:
    passage = unit.passage
    bullet = passage.block.kind in {"bullet", "row"} or (unit.first and is_task_with_leading_owner(unit.quote))
    # A box without a day below "Next time" is work that is left for it.
    is_open = not heading_role or (heading_role == "next_meeting" and not _has_date_or_time(unit.quote))
    is_boxed = passage.block.checkbox or (not unit.first and unit.quote[:1] in {"☐", "⬜"})
    if is_boxed and is_open and len(unit.quote.split()) > MAX_WORDS_OF_ASSENT:
        heading_role = REVIEW_ROLE if passage.block.ticked else "commitment"
    if passage.lead_kinds and not passage.lead:
        return [
            Claim(
                kind,
                STRONG if kind in {"decision", "commitment"} else FAIR,
                REASONS_BY_SECTION_KIND.get(kind, _("the sentence follows an introduction to a list")),
            )
            for kind in passage.lead_kinds
        ]
    if heading_role == CONCLUSION_ROLE:
        heading_role = "decision" if bullet and unit.first and not claims else ""
    if heading_role == "decision" and bullet and is_task_with_leading_owner(unit.quote):
        heading_role = "commitment"
    if heading_role == REVIEW_ROLE or (
        heading_role == "decision" and ACTION_LIST_PATTERN.search(_get_section_title(passage))
    ):
        named = bullet and (find_owners(unit.quote, is_list_entry=True) or find_known_owners(unit.quote, unit.people))
        heading_role = "commitment" if named else heading_role.removeprefix(REVIEW_ROLE)
    is_free = bullet and unit.first and not claims and heading_role not in HEADING_ROLES_PROMISING_CLAIMS
    if is_free and (noted := build_noted_task_claims(unit)):
        return noted
    if heading_role in STRENGTHS_BY_SECTION_KIND and not passage.leads:
        return _build_claims_of_section_kind(unit, heading_role, claims, bullet=bullet)
    if (
        heading_role == AGENDA_ROLE
        and passage.top
        and unit.first
        and is_title_like(unit.quote)
        and not PROCEDURE_PATTERN.match(unit.quote)
    ):
        return [Claim("topic", STRONG, REASONS_BY_SECTION_KIND["topic"])] if bullet or not passage.leads else []
    if _is_topic_name(unit) and not claims:
        return [Claim("topic", WEAK, _("the sentence names a topic that is then discussed"))]
    return _build_speaker_claims(unit) if not claims else []


def _get_section_title(passage: Passage) -> str:
    return passage.section.rpartition(HEADING_PATH_SEPARATOR)[2]


def _build_claims_of_section_kind(
    unit: SentenceUnit, claim_kind: str, claims: list[Claim], *, bullet: bool
) -> list[Claim]:
    tells_day = claim_kind == "next_meeting" and begins_with_day(unit.quote)
    strength = STRENGTHS_BY_SECTION_KIND[claim_kind][0 if bullet or tells_day else 1]
    is_nobody_new = claim_kind == "new_member" and bullet and not is_name_like(unit.quote)
    if not strength or is_nobody_new or PROCEDURE_PATTERN.match(unit.quote):
        return []
    if unit.body.endswith("?") and not (claim_kind == "commitment" and find_owners(unit.quote, is_list_entry=True)):
        return []
    if (
        not bullet
        and (not unit.first or any(claim.strength > WEAK for claim in claims))
        and claim_kind not in {"announcement", "next_meeting"}
    ):
        return []
    names_day = _has_date_or_time(unit.quote) and names_day_of_meeting(unit.quote)
    if (claim_kind == "report" and claims) or (claim_kind == "next_meeting" and not names_day):
        return []
    speaker = (unit.speaker,) if unit.speaker and claim_kind != "decision" else ()
    if claim_kind == "commitment":
        return _build_section_action_claims(unit, strength, speaker, bullet=bullet)
    return [Claim(claim_kind, strength, REASONS_BY_SECTION_KIND[claim_kind], speaker)]


def _build_section_action_claims(
    unit: SentenceUnit, strength: int, speaker: tuple[str, ...], *, bullet: bool
) -> list[Claim]:
    """Prose under such a heading tells of actions; it is one where it says who, by when, or begins with a task."""
    is_link = LINK_PATTERN.match(unit.quote) and not TASK_START_PATTERN.match(unit.body)
    if is_link or SPEECH_PATTERN.match(unit.quote) or EMPTY_LABEL_PATTERN.match(unit.quote):
        return []
    passage = unit.passage
    owners = find_owners(unit.quote, is_list_entry=True) or (passage.assignees if unit.first else ())
    if passage.block.ticked and not passage.top and not owners and len(unit.quote.split()) <= MAX_WORDS_OF_ASSENT:
        return []  # "sw done", below the task that it is a part of
    nested = bullet and not passage.top and not passage.block.checkbox and not IMPERATIVE_VERB_PATTERN.match(unit.body)
    nested = nested and not PARTIAL_TASK_PATTERN.search(unit.quote)
    nested = nested and not (passage.is_grouped_task or (passage.is_lead_item and passage.lead == "commitment"))
    if bullet and not owners and (nested or not unit.first):
        return []  # a note on an entry of the list, or the rest of what it says
    if not bullet and not owners and not TASK_START_PATTERN.match(unit.body):
        return [Claim("commitment", WEAK, REASONS_BY_SECTION_KIND["commitment"])] if find_deadline(unit.quote) else []
    return [Claim("commitment", strength, REASONS_BY_SECTION_KIND["commitment"], owners or speaker)]


def _is_topic_name(unit: SentenceUnit) -> bool:
    passage = unit.passage
    if not unit.first or len(passage.spans) > 1 or not is_title_like(unit.quote) or PROCEDURE_PATTERN.match(unit.quote):
        return False
    quoted = unit.quote[:1] in '“"‘' and unit.quote[-1:] in '”"’'
    return quoted or (passage.holds and not passage.leads and unit.quote[:1].isupper())


def _build_speaker_claims(unit: SentenceUnit) -> list[Claim]:
    """Whoever speaks in a discussion observes something, where no cue says more."""
    if not unit.speaker or (len(unit.body.split()) < 5 and not unit.body.endswith("?")):
        return []
    if unit.body.endswith("?"):
        asked = Claim("request", FAIR, _("the sentence asks a question"), (unit.speaker,))
        return [asked] if len(unit.body.split()) > 2 else []
    if unit.carried and not FINITE_VERB_PATTERN.search(unit.body):
        return []
    return [
        Claim(
            "observation",
            WEAK,
            _("the sentence reports what someone said in the discussion"),
            () if unit.carried else (unit.speaker,),
        )
    ]
