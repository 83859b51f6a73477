"""Motions and what became of them: "MOTION: That … Moved: Ana Seconded: Ben CARRIED" is one decision."""

import re
from dataclasses import dataclass, replace

from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.cue import STRONG
from jukwaa.intake.reader.translation_marker import gettext_noop as _

CARRIED, LOST = "carried", "lost"
MAX_MOTION_DISTANCE = 8  # sentences between a motion and its result
_NOUN = (
    r"(?:(?:vote on )?(?:the )?(?:following )?motion|proposed resolution|draft resolution|r[ée]solution|proposal"
    r"|moci[óo]n|moção|resoluci[óo]n|resolução|proposition|propuesta|proposta|projet de résolution|اقتراح|مقترح)"
)
_NUMBER = r"(?: (?:no\.? ?|n\.?º ?|n° ?)?#?[\d./-]+)?"
# "Moved (AL/BO) That", "Moved by Ana Lopes, seconded by Ben Okoro, that", "It was moved and seconded that"
_MOVED_THAT = r"(?:it was )?(?:moved|proposed)\b(?=[\s(:])[^.;]{0,12}(?:[^;]{0,90}?[\s:)])?(?=that\b)"
MOTION_LABEL_PATTERN = re.compile(
    rf"\W*(?:{_NOUN}{_NUMBER}\s?(?:[:–—]| - |(?=to\b|that\b))\s*|moved(?:\s?[:–—-])?\s*(?=to\b|that\b)|{_MOVED_THAT}"
    r"|(?=(?-i:[A-Z])[\w.’' -]{1,40} (?:moved|motioned|made a motion) (?:to|that)\b)|(?=(?-i:That) .{1,300}\bbe\b))",
    re.IGNORECASE,
)
MOTION_IN_CELL_PATTERN = re.compile(
    rf"(?:^|(?<=[.!?;\n)]))\s*(?:(?-i:MOTION|Motion|MOCI[ÓO]N|Moci[óo]n|MOÇÃO|Moção|PROPOSITION|Proposition)"
    rf"{_NUMBER}\s?:\s*|{_MOVED_THAT})",
    re.IGNORECASE,
)
_MOVER = (
    r"(?:moved|seconded|proposed|mover|seconder|proposer|proposée? par|propos(?:ant|eur)|appuyée? par|secondée? par"
    r"|mocionante|proponente|propuest[ao] por|secundad[ao] por|secunda(?:nte)?|apoyad[ao] por|propost[ao] por"
    r"|apoiad[ao] por)"
)
# "Moved: Ana Lopes", "Moved (AL/BO)", "Appuyée par B. Okoro"; "Proposed to write" and "Moved that" are something else.
MOVER_PATTERN = re.compile(
    rf"\W*{_MOVER}(?: by)?\s?[:(–—-]?\s*(?!(?-i:[Tt]hat|to|the|a|an)\b)(?=(?-i:[^\W\d_a-z]))", re.IGNORECASE
)
# Behind a sign or in capitals: "That the text proposed by Elm be adopted" goes on.
MOVER_INSIDE_PATTERN = re.compile(
    rf"(?:(?<=[.;:,(–—-]\s)|(?<=[(\n])|(?<=\s)(?=(?-i:[A-ZÀ-Ý]))){_MOVER}(?: by| :|:| \()"
    rf"|(?<=[.;\n]\s){_MOVER} (?=(?-i:[A-ZÀ-Ý]))",
    re.IGNORECASE,
)
_LOST_WORDS = (
    r"(?:carried (?:over|forward)"
    r"|not (?:carried|passed|approved|adopted|agreed|accepted)|lost|defeated|fail(?:s|ed)|rejected|withdrawn|deferred"
    r"|postponed|lapsed|laid on the table|rejetée?|retirée?|ajournée?|reportée?|non adoptée?|rechazad[oa]|retirad[oa]"
    r"|aplazad[oa]|no (?:aprobad|aceptad)[oa]|rejeitad[oa]|adiad[oa]|não aprovad[oa]|(?:رفض|رُفض|مرفوض|سُحب)\w*)"
)
_CARRIED_WORDS = (
    r"(?:carried(?! (?:over|forward))|passed(?! away)"
    r"|approved|adopted|accepted|unanimous|all in favou?r|agreed(?=\W*$)|adoptée?|approuvée?|acceptée?"
    r"|aprobad[oa]|aceptad[oa]|adoptad[oa]|aprovad[oa]|aceit[oa]|(?:اعتمد|أُقر|أقر|تمت الموافقة|قُبل)\w*)"
)
_RESULT_SUBJECT = (
    r"(?:(?:the )?(?:motion|vote|resolution|proposal)s?\b|result|outcome|decision|la motion|la moción|la propuesta"
    r"|a moção|a proposta|résultat|resultado|vote|voto|votação|votación)"
)
_HELPING_VERB = (
    r"(?:(?:is|was|were|has been|est|a été|es|fue|foi|é|queda)\s+)?(?:then |duly |unanimously |por unanimidad )*"
)
# Behind a result without "The motion was": "Approved minutes: those of May" and "Lost the key" are about other things.
_TAIL_OF_RESULT = (
    r"(?=\W*$|\s?[,;.(–—-]|\s(?:unanim|by\b|without\b|with\b|par\b|por\b|à\b|sans\b|sin\b|sem\b|con\b|com\b|nem\b"
    r"|as (?:\w+ed|read|written)\b|on a\b|in (?:full|principle)\b|(?:after|following) (?:an?|the|some|long)\b"
    r"|for (?:lack|want)\b|all (?:in favou?r|agreed)"
    r"|to\b|until\b|till\b|hasta\b|para\b|بال"
    r"|(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s?"
    r"(?:[-–:/]|to\b|for\b|in favou?r|yes\b|yeas?\b|ayes?\b|against\b|no\b|pour\b|votos?\b|voix\b|votes?\b)))"
)
# At the beginning of a sentence, behind the names of those who moved it, or behind a sign at the end of the motion.
RESULT_PATTERN = re.compile(
    rf"\W*(?P<subject>(?:{_RESULT_SUBJECT}[\s:–—-]*)+)?{_HELPING_VERB}"
    rf"(?:(?P<lost>{_LOST_WORDS})|{_CARRIED_WORDS})\b"
    rf"(?(subject)(?!\s(?:and|of|the|an?)\b)|{_TAIL_OF_RESULT}).{{0,60}}$",
    re.IGNORECASE,
)
ANY_RESULT_PATTERN = re.compile(rf"(?<!\w)(?:(?P<lost>{_LOST_WORDS})|{_CARRIED_WORDS})(?!\w)", re.IGNORECASE)
CLOSING_RESULT_PATTERN = re.compile(
    rf"[.;:–—,(-]\s*(?:{_RESULT_SUBJECT}[\s:–—-]*)*{_HELPING_VERB}"
    rf"(?:(?P<lost>{_LOST_WORDS})|{_CARRIED_WORDS})\b[^.;]{{0,60}}\W*$",
    re.IGNORECASE,
)
_MOVER_WORD_PATTERN = re.compile(rf"\b{_MOVER}\b", re.IGNORECASE)
# "Moved by Ana for the finance group" names the mover; "to" and "that" begin the motion.
_ON_BEHALF_PATTERN = re.compile(
    r"\b(?:for|from|of|on behalf of|au nom d[eu]s?|en nombre del?|em nome d[aeo]s?)"
    r"(?: (?!(?:to|that|will|shall)\b)[\w’'-]+){1,6}(?=\W*(?:[,;.]|$))"
)
_LONG_WORD_PATTERN = re.compile(r"[^\W\d_]{4,}(?<!unanimously)")  # longer than "and", "by" and "van"
CLAUSE_START_PATTERN = re.compile(r"(?:that|que|qu[’'])\b", re.IGNORECASE)  # says all without "Motion:"
MIN_MOTION_WORDS = 3


@dataclass(frozen=True, slots=True)
class Motion:
    """What was moved, without its label, and whether it was carried or lost; an empty result says neither."""

    text: str
    result: str = ""


def parse_motion(quote: str) -> Motion | None:
    """The motion that a sentence is, by its label; None where it is none."""
    label = MOTION_LABEL_PATTERN.match(quote)
    if label is None:
        return None
    return _split_motion(quote[label.end() :]) or Motion(quote)


def find_motion_result(quote: str) -> str | None:
    """What a sentence behind a motion says of it: its result, "" where it only names the mover; else None."""
    if MOVER_PATTERN.match(quote):
        result = _name_result(_find_result_behind(quote, 0))
        return result if result or names_mover(quote) else None
    found = RESULT_PATTERN.match(quote)
    return _name_result(found) if found else None


def build_decision_on_motion(claims: list[Claim], motion_quote: str) -> Claim:
    """The decision that a carried motion is, as one of the claims heard already says, without its label."""
    why = _("the sentence says that a body agreed or decided something")
    heard = next((claim for claim in claims if claim.kind == "decision"), Claim("decision", STRONG, why))
    return replace(heard, words=_name_decision(parse_motion(motion_quote)) or motion_quote)


def settle_claims(claims: list[Claim], motion: Motion) -> list[Claim]:
    """The claims of a sentence that holds a motion: where it also says the result, one decision or none."""
    if motion.result == CARRIED:
        return [replace(build_decision_on_motion(claims, motion.text), words=_name_decision(motion))]
    return [claim for claim in claims if not motion.result or claim.kind != "decision"]


def _name_decision(motion: Motion | None) -> str:
    """The motion without its label, where that says all; else nothing."""
    return motion.text if motion and CLAUSE_START_PATTERN.match(motion.text) else ""


def keep_decisions(claims: list[Claim]) -> list[Claim]:
    """The decisions, without those who moved them."""
    return [replace(claim, actors=()) for claim in claims if claim.kind == "decision"]


def names_mover(quote: str) -> bool:
    """Whether a sentence only names those who moved and seconded a motion, perhaps with its result."""
    if not MOVER_PATTERN.match(quote):
        return False
    rest = ANY_RESULT_PATTERN.sub(" ", _MOVER_WORD_PATTERN.sub(" ", _ON_BEHALF_PATTERN.sub(" ", quote)))
    return not any(word.islower() for word in _LONG_WORD_PATTERN.findall(rest))


def build_motion_claims(cell: str) -> list[Claim] | None:
    """The motions in a cell that were carried, or None where there is no motion in it."""
    starts = list(MOTION_IN_CELL_PATTERN.finditer(cell))
    ends = [*(match.start() for match in starts[1:]), len(cell)]
    motions = [_split_motion(cell[match.end() : end]) for match, end in zip(starts, ends, strict=False)]
    found = [motion for motion in motions if motion is not None]
    if not found:
        return None
    why = _("the sentence says that a body agreed or decided something")
    return [Claim("decision", STRONG, why, words=motion.text) for motion in found if motion.result == CARRIED]


def _split_motion(words: str) -> Motion | None:
    """The words behind the label up to the mover or the result, and that result."""
    mover = MOVER_INSIDE_PATTERN.search(words)
    result = _find_result_behind(words, mover.end() if mover else 0)
    ends = [match.start() for match in (mover, result) if match is not None]
    text = words[: min(ends, default=len(words))].strip(" \n–—-:;,(")
    if len(text.split()) < MIN_MOTION_WORDS:
        return None
    return Motion(f"{text[:1].upper()}{text[1:]}", _name_result(result) if result else "")


def _find_result_behind(words: str, start: int) -> re.Match[str] | None:
    """A result in capitals, or behind a sign at the end; "accepted as a true record" is a part of the motion."""
    loud = (found for found in ANY_RESULT_PATTERN.finditer(words, start) if found[0].isupper())
    return next(loud, None) or CLOSING_RESULT_PATTERN.search(words, start)


def _name_result(result: re.Match[str] | None) -> str:
    if result is None:
        return ""
    return LOST if result["lost"] else CARRIED
