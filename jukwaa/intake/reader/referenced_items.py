"""Decisions and actions that begin with their number in a register, and votes that belong to them."""

import re

from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.cue import STRONG
from jukwaa.intake.reader.cues import MAX_PATTERN_LENGTH, SENTENCE_CUE_BOOK, collect_cue_words
from jukwaa.intake.reader.deadlines import find_deadline
from jukwaa.intake.reader.item_references import (
    ACTION_REFERENCE_PATTERN,
    DECISION_REFERENCE_PATTERN,
)
from jukwaa.intake.reader.markers import find_owners, split_owner_names
from jukwaa.intake.reader.note_tails import is_next_meeting_line
from jukwaa.intake.reader.outline import HEADING_PATH_SEPARATOR
from jukwaa.intake.reader.passage import Passage, SentenceUnit
from jukwaa.intake.reader.reviewed_actions import build_reviewed_action_claim
from jukwaa.intake.reader.roles import AGENDA_ROLE, IGNORED_ROLE, REVIEW_ROLE
from jukwaa.intake.reader.section_promises import REASONS_BY_SECTION_KIND
from jukwaa.intake.reader.translation_marker import gettext_noop as _

# The words of an earlier meeting, or their outcome.
EARLIER_SECTION_PATTERN = re.compile(
    r"\b(?:arising|previous|last (?:meeting|session)|earlier|follow(?:ed)?[- ]?up|review of|status of|progress|register"
    r"|précédente?s?|suites?|anterior(?:es)?|seguimiento|vorige[nr]?|letzte[nr]?|umsetzung|annex|annexe|anhang|anexo)\b",
    re.IGNORECASE,
)
WITHDRAWN_PATTERN = re.compile(
    r"(?<!\bis )(?<!\bwas )(?<!\bare )(?<!\bwere )(?<!\best )(?<!\bsont )(?<!\bfue )(?<!\bfoi )(?<!\bqueda )"
    r"\b(?:withdrawn|deferred|postponed|rejected|not (?:adopted|carried|approved)|no decision|zurückgezogen|vertagt"
    r"|abgelehnt|retirée?|reportée?|rejetée?|retirad[oa]|aplazad[oa]|rechazad[oa]|adiad[oa]"
    r"|rejeitad[oa])\b"
    r"(?=[^\w]*$|,? (?:siehe|see|voir|ver|to|auf|à|a|until|bis) )",
    re.IGNORECASE,
)
MIN_DECISION_WORDS = 4
ORDERED_TASK_PATTERN = re.compile(
    r"\W*(?:it (?:is|was) )?(?:ordered|directed|instructed|tasked|mandated)\s?[:–—-]\s*"
    r"(?P<task>(?:that )?(?:the )?(?:hon(?:\.|ourable)? )?(?:members? (?=(?-i:[A-ZÀ-Þ])))?(?P<who>\w[^:;.]{1,80}?) "
    r"(?:to|shall|do|will) (?P<verb>[a-z]{2,}\b.{3,}))",
    re.IGNORECASE | re.DOTALL,
)
# "Se acuerda: Encargar a la señora Lopes presentar la lista", "Se instruye al señor Okoro remitir el plan"
ENTRUSTED_TASK_PATTERN = re.compile(
    r"(?:^|[:-]\s)\W*(?P<task>(?:se )?(?:encarg|instru[iy]|encomiend|encomend|comision|incumb)\w* (?:al? |ao? |à )"
    r"(?:l[ao]s? )?(?:(?:senhora?|señora?|don|doña|dona)\b\.? )?(?P<who>(?-i:[^\W\d_a-z])[\w’'-]+"
    r"(?: (?-i:[^\W\d_a-z])[\w’'-]+){0,3}) (?:de |para )?[^\W\d_]{2,}[aei]r\b.{3,})",
    re.IGNORECASE | re.DOTALL,
)

# "Action 6.2 (plan, M. Okoro) : faite, ...": how far an earlier action is
NOTED_ACTION_PATTERN = re.compile(
    r"\W*(?:[Aa]ction|AP|[Aa]cción|[Aa]ção|[Tt]âche) \d{1,3}[./-]\d{1,3} "
    r"\((?P<task>[^(),]{4,120}), (?P<who>[^()]{3,80})\)\s?:\s(?P<status>\S.{1,80})",
    re.DOTALL,
)


def build_referenced_item_claims(unit: SentenceUnit) -> list[Claim] | None:
    """The decision or action that such a number marks, or the next meeting of a line "next: 3 May"; else None."""
    phrase = unit.quote[:MAX_PATTERN_LENGTH]
    if unit.first and is_next_meeting_line(unit.quote):
        return [Claim("next_meeting", STRONG, REASONS_BY_SECTION_KIND["next_meeting"])]
    is_row = unit.passage.block.kind == "row"
    noted = None if is_row else _build_noted_action_claim(phrase) or build_reviewed_action_claim(unit)
    if noted or is_row or _is_about_earlier_items(unit.passage):
        return [noted] if noted else None
    if entrusted := ENTRUSTED_TASK_PATTERN.search(phrase):
        return [_build_entrusted_task_claim(entrusted)]
    if match := DECISION_REFERENCE_PATTERN.match(phrase):
        return _build_decision_claims(unit.quote[match.end() :], match)
    if (match := ACTION_REFERENCE_PATTERN.match(phrase)) and _is_statement(words := unit.quote[match.end() :], match):
        owners = find_owners(words, is_list_entry=True)
        why = _("the sentence is marked as an action")
        return [Claim("commitment", STRONG, why, owners, due=find_deadline(words), words=words)]
    ordered = build_ordered_task_claim(phrase)
    return [ordered] if ordered else None


def _build_decision_claims(words: str, reference: re.Match[str]) -> list[Claim] | None:
    """The decision behind its number; nothing where it was withdrawn, None where the number is only mentioned."""
    if not _is_statement(words, reference):
        return [] if WITHDRAWN_PATTERN.search(words) else None
    why = _("the sentence is marked as a decision")
    return [Claim("decision", STRONG, why, _find_deciding_body(words))]


def _is_statement(words: str, reference: re.Match[str]) -> bool:
    """Whether the words behind the number are what it numbers, and not a sentence about it: "SC14/D2 was recalled"."""
    is_marked = reference["joint"] is not None or bool(reference.groupdict().get("result"))
    if not is_marked and (words[:1].islower() or len(words.split()) < MIN_DECISION_WORDS):
        return False
    return not words.rstrip().endswith("?") and WITHDRAWN_PATTERN.search(words) is None


def _is_about_earlier_items(passage: Passage) -> bool:
    title = passage.section.rpartition(HEADING_PATH_SEPARATOR)[2]
    return bool({passage.role, passage.lead} & {AGENDA_ROLE, IGNORED_ROLE, REVIEW_ROLE}) or bool(
        EARLIER_SECTION_PATTERN.search(title)
    )


def _find_deciding_body(words: str) -> tuple[str, ...]:
    phrase = words[:MAX_PATTERN_LENGTH]
    hits = SENTENCE_CUE_BOOK.find_cue_hits(phrase, collect_cue_words(phrase), None)
    return next((hit.actors for hit in hits if hit.cue.kind == "decision" and hit.actors), ())


def _build_noted_action_claim(phrase: str) -> Claim | None:
    noted = NOTED_ACTION_PATTERN.match(phrase)
    owners = split_owner_names(noted["who"]) if noted else ()
    if noted is None or not owners:
        return None
    why = _("the sentence is marked as an action")
    return Claim("commitment", STRONG, why, owners, words=noted["task"], status=noted["status"].strip())


def _build_entrusted_task_claim(match: re.Match[str]) -> Claim:
    why = _("the sentence is marked as an action")
    task = match["task"].strip()
    return Claim("commitment", STRONG, why, (match["who"],), due=find_deadline(task), words=task)


def build_ordered_task_claim(phrase: str) -> Claim | None:
    """The commitment of a sentence that begins with "Ordered:" and says who is to do what; else None."""
    match = ORDERED_TASK_PATTERN.match(phrase)
    if match is None:
        return None
    named = phrase[match.start("who") : match.end()]
    owners = find_owners(f"ACTION: {named}", is_list_entry=True)
    why = _("the sentence is marked as an action")
    return Claim("commitment", STRONG, why, owners, due=find_deadline(named), words=match["task"].strip())
