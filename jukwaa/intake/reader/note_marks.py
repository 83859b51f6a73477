"""Short marks of rough notes: "AP LB: book the room", "DEC no fee", "-> Ana, Ben: first outline"."""

import re
from collections.abc import Iterable

from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.cue import STRONG
from jukwaa.intake.reader.deadlines import find_deadline
from jukwaa.intake.reader.entry_text import TICKED_STATUS
from jukwaa.intake.reader.foreign_tasks import build_non_english_promise_claims
from jukwaa.intake.reader.item_references import RESOLVING_PATTERN
from jukwaa.intake.reader.markers import NAMES_PATTERN, find_leading_handles, find_owners, split_owner_names
from jukwaa.intake.reader.phrases import BRACKETED_REMARK_PATTERN, TASK_START_PATTERN
from jukwaa.intake.reader.translation_marker import gettext_noop as _

_LINE_START = r"[\s!*•·_-]{0,12}"
_ARROW = r"(?:→|⇒|➔|➜|[-=]{1,2}>)\s*(?=[^\W_])"
TASK_MARK_PATTERN = re.compile(rf"{_LINE_START}(?:AP|AI)\b\s+(?=[^\W\d_]|@)")
# "AI ☐ Ana: book the room", "AP [x] Ben: send the list"
BOXED_TASK_PATTERN = re.compile(
    rf"{_LINE_START}(?:AP|AI|ACTION(?: ITEM)?|[Aa]ction(?: item)?|TO-?DO|[Tt]o-?do|[Tt]ask|[Tt]âche|[Aa]cción|[Tt]area"
    r"|[Aa]ção|[Tt]arefa)\s?:?\s*(?P<box>[☐☑☒✓✔✅□◻⬜🗹]\ufe0f?|\[ ?[xX✓✔]? ?\])\s*(?=\S)"
)
EMPTY_BOX_PATTERN = re.compile(r"[☐□◻⬜\[]\W*")
NOBODY_BEFORE_TASK_PATTERN = re.compile(r"(?:[?…_. -]{1,10}|tb[acd]|nn|n\.n\.)\s?:\s*", re.IGNORECASE)
DECISION_MARK_PATTERN = re.compile(rf"{_LINE_START}DEC\b\s?[:.–—-]?\s+(?=[^\W\d_])")
NUMBERED_DECISION_PATTERN = re.compile(
    rf"{_LINE_START}(?:DECISION|DÉCISION|DECISIÓN|DECISÃO|RESOLUTION|RÉSOLUTION|Decision|Décision|Decisión|Decisão)\s"
    r"(?:[Nn][o°º]\.?\s?)?[A-Z]{0,3}\d[\w/-]*(?:\.\d{1,3}){0,2}\s?[.:–—]\s+(?=[^\W\d_a-z])"
)
# "→ Décidé : le kit est validé", "Acordado: ...": never somebody's name.
DECIDED_MARK_PATTERN = re.compile(
    rf"{_LINE_START}(?:{_ARROW})?(?:[Dd]écidé|DÉCIDÉ|[Cc]onvenu|CONVENU|[Aa]dopté|ADOPTÉ|[Dd]ecidido|DECIDIDO|[Aa]cordado"
    r"|ACORDADO|[Aa]probado|APROBADO|[Dd]eliberado|[Bb]eschlossen|BESCHLOSSEN|[Vv]ereinbart|[Dd]eciso|[Bb]esloten"
    r"|[Dd]iputuskan|[Dd]isepakati|[Ii]meamuliwa|تقرر|قُرر|(?<=[→⇒➔➜>] )(?:[Dd]ecided|[Aa]greed|DECIDED|AGREED"
    r"|[Dd]écision|[Dd]ecisi[óo]n|[Dd]ecisão|[Bb]eschluss|[Dd]ecision))\s?:\s+(?=\S)"
)
# "Conclusion A1 : la semaine aura lieu en novembre"; without a number only where the words decide something, or where
# the report concludes several items so. A result may be one of the work: "Résultat : 40 femmes ont été formées".
CONCLUSION_MARK_PATTERN = re.compile(
    rf"{_LINE_START}(?:CONCLUSIONS?|Conclusions?|Conclusión|CONCLUSIÓN|Conclusão|CONCLUSÃO|Schlussfolgerung|Conclusione"
    r"|OUTCOME|Outcome|(?P<result>RÉSULTAT|Résultat|Resultado|RESULTADO|Ergebnis|ERGEBNIS|النتيجة)|Hitimisho|الخلاصة)"
    r"(?P<number>\s(?:[Nn][o°º]\.?\s?)?[A-Z]{0,2}[-.]?\d{1,3}(?:[./]\d{1,3})?)?\s?[:–—]\s+(?=\w)"
)
# "=> OK pour tous : la radio d'abord" behind the discussion; "cible = parents (décision)".
AGREED_BY_ALL_PATTERN = re.compile(
    r"(?:→|⇒|➔|➜|[-=]{1,2}>)\s*(?:OK (?:pour|for|para) (?:tous|toutes|all|everyone|todos|todas)|tou(?:te)?s d[’']accord"
    r"|all (?:agreed?|ok)|todos de acuerdo|todos de acordo)\s?:\s+(?=\w)",
    re.IGNORECASE,
)
CLOSING_DECISION_PATTERN = re.compile(
    r"(?<=\w)\s*[(\[](?:décision|décidé|decision|decided|decisión|decidido|decisão)[)\]]\W*$", re.IGNORECASE
)
# What only a statement has: "Budget (decision)" says that an item of an agenda is there to be decided.
STATEMENT_PATTERN = re.compile(
    r"=|→|⇒|➔|➜|->|\b(?:is|are|will|shall|stays?|remains?|gets?|goes|go|becomes?|est|sont|sera|seront"
    r"|restent?|es|son|será|serán|queda|quedan|sigue|siguen|é|são|serão|fica|ficam|continua)\b",
    re.IGNORECASE,
)
NOTHING_DECIDED_PATTERN = re.compile(
    r"\W*(?:none|nothing|no decision|rien|aucune?|néant|nada|ningun[oa]|nenhuma?|nichts|keine?)"
    r"(?: (?:de plus|else|more|new|más|mais|decision|décision|decisión|decisão|beschluss|formel\w*)){0,2}\W*$"
    r"|\W*(?:pas d[e’']|sans|no|sin|não houve|sem|kein|لا يوجد) ?"
    r"(?:consensus|accord|suite|décision|agreement|decision|conclusion|outcome|consenso|acuerdo|decisión|acordo|decisão"
    r"|conclusi[óo]n|conclusão|konsens|ergebnis|اتفاق|قرار|توافق)\b",
    re.IGNORECASE,
)
PROMISE_PATTERN = re.compile(r"(?:will|shall|wird|werden)\b", re.IGNORECASE)
MIN_REPEATED_CONCLUSIONS = 2
MIN_AGREED_WORDS = 3
ARROW_PATTERN = re.compile(rf"[\s!*•·_]{{0,12}}{_ARROW}")
INNER_ARROW_PATTERN = re.compile(r"\s*(?:→|⇒|➔|➜|[-=]{1,2}>)\s*")
# "DEC pilot yes" behind the discussion on the same line.
INNER_DECISION_PATTERN = re.compile(r"(?:[.;?!)]|\s[-–—])\s+DEC\b\s?[:.–—-]?\s+(?=[^\W\d_])")
# Before the task, with a mark or space between: "LB + RA  cut the text", "me - ask the school".
NAMES_BEFORE_TASK_PATTERN = re.compile(
    rf"(?P<who>(?:{NAMES_PATTERN})|me|moi|yo|eu)(?:\s?\([^()]{{1,40}}\))?(?:\s?[:–—]\s?|\s+-\s+|\s{{2,}})(?=\S)"
)
INITIALS_BEFORE_TASK_PATTERN = re.compile(r"(?P<who>[A-Z]{2,4}(?:\s?[+&/,]\s?[A-Z]{2,4}){0,5}) (?=[a-z])")
CONTACT_LINE_PATTERN = re.compile(
    r"\W*(?:(?:mobile|mob|cell|tel|phone|telephone|téléphone|tél|teléfono|telefone|móvil|fax|whatsapp|e-?mail|[mtp])"
    r"\b\.?\s?:?\s*)?(?:\+?[\d(][\d\s().*/-]{6,20}|[\w.+-]+@[\w-]+\.[\w.-]+)(?:\s*\([^()]{1,60}\))?"
    r"(?:\s*[|,;/·]\s*(?:\+?[\d(][\d\s().*/-]{6,20}|[\w.+-]+@[\w-]+\.[\w.-]+|https?:\S+|www\.\S+))*\W*$",
    re.IGNORECASE,
)
DATE_ONLY_PATTERN = re.compile(r"\W*\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\W*$")
MAX_DECISION_LENGTH = 600
WRITER_WORDS = frozenset({"me", "moi", "yo", "eu"})


def starts_with_note_mark(text_line: str) -> bool:
    """Whether a line begins with such a mark, and so does not go on with the line before."""
    patterns = (
        *(TASK_MARK_PATTERN, BOXED_TASK_PATTERN, DECISION_MARK_PATTERN, DECIDED_MARK_PATTERN, ARROW_PATTERN),
        NUMBERED_DECISION_PATTERN,
    )
    return any(pattern.match(text_line) for pattern in patterns)


def is_numbered_decision(paragraph: str) -> bool:
    """Whether a paragraph is one decision, as in "DECISION 2026/6. The fee stays. It is paid in May."."""
    return len(paragraph) <= MAX_DECISION_LENGTH and NUMBERED_DECISION_PATTERN.match(paragraph) is not None


def repeats_conclusions(phrases: Iterable[str]) -> bool:
    """Whether the report concludes several items with such a label, so that it alone marks what was decided."""
    return sum(CONCLUSION_MARK_PATTERN.match(phrase) is not None for phrase in phrases) >= MIN_REPEATED_CONCLUSIONS


def is_contact_line(phrase: str) -> bool:
    """Whether these words are a telephone number or an address, and nothing else."""
    return CONTACT_LINE_PATTERN.match(phrase) is not None and not DATE_ONLY_PATTERN.match(phrase)


def build_labelled_note_claims(phrase: str, *, uses_conclusions: bool) -> list[Claim] | None:
    """What a line with such a mark says; None where it has none."""
    if (text := _find_marked_decision(phrase, uses_conclusions=uses_conclusions)) is not None:
        return [Claim("decision", STRONG, _("the sentence is marked as a decision"), words=text)] if text else []
    if boxed := BOXED_TASK_PATTERN.match(phrase):
        return _build_boxed_task_claims(phrase[boxed.end() :], boxed["box"])
    decision = NUMBERED_DECISION_PATTERN.match(phrase) or DECISION_MARK_PATTERN.match(phrase)
    decision = decision or INNER_DECISION_PATTERN.search(phrase)
    if decision is not None:
        words = phrase[decision.end() :]
        return [Claim("decision", STRONG, _("the sentence is marked as a decision"), words=words)]
    mark, arrow = TASK_MARK_PATTERN.match(phrase), ARROW_PATTERN.match(phrase)
    found = mark or arrow
    if found is None:
        return None
    words = phrase[found.end() :]
    named = NAMES_BEFORE_TASK_PATTERN.match(words) or INITIALS_BEFORE_TASK_PATTERN.match(words)
    owners = _split_note_owners(named["who"]) if named else ()
    handles, task_start = find_leading_handles(words)
    owners, words = handles or owners, words[task_start:]
    if not mark and not owners:
        owners = find_owners(words, is_list_entry=True)
    if not (owners or named or TASK_START_PATTERN.match(words)):
        return None  # "AI regulation in Europe"; an arrow alone may show what follows from what
    due = find_deadline(INNER_ARROW_PATTERN.sub(" – ", words))
    return [Claim("commitment", STRONG, _("the sentence is marked as an action"), owners, due=due, words=words)]


def _build_boxed_task_claims(words: str, box: str) -> list[Claim]:
    """The task behind a label and a box, without the names before it; nothing where there is only a remark."""
    words = NOBODY_BEFORE_TASK_PATTERN.sub("", words, count=1)
    if BRACKETED_REMARK_PATTERN.fullmatch(words):
        return []
    named = NAMES_BEFORE_TASK_PATTERN.match(words)
    owners = _split_note_owners(named["who"]) if named else ()
    task = words[named.end() :] if named and owners else words
    owners = owners or find_owners(task, is_list_entry=True)
    due = find_deadline(task)
    status = "" if EMPTY_BOX_PATTERN.fullmatch(box) else TICKED_STATUS
    why = _("the sentence is marked as an action")
    return [Claim("commitment", STRONG, why, owners, due=due, words=task, status=status)]


def _find_marked_decision(phrase: str, *, uses_conclusions: bool) -> str | None:
    """What a mark or a conclusion decides; empty where that is nothing, None where it is a sentence like any other."""
    decided, concluded = DECIDED_MARK_PATTERN.match(phrase), CONCLUSION_MARK_PATTERN.match(phrase)
    mark = decided or concluded
    if agreed := AGREED_BY_ALL_PATTERN.search(phrase):
        words = phrase[agreed.end() :]
        return words if len(words.split()) >= MIN_AGREED_WORDS else ""
    closing = CLOSING_DECISION_PATTERN.search(phrase) if mark is None and not phrase.endswith("?") else None
    if closing and STATEMENT_PATTERN.search(phrase, 0, closing.start()):
        return phrase[: closing.start()]
    if mark is None:
        return None
    words = phrase[mark.end() :]
    if NOTHING_DECIDED_PATTERN.match(words):
        return ""
    if decided or mark["number"] or RESOLVING_PATTERN.search(words):
        return words
    is_promise = PROMISE_PATTERN.search(words) is not None or bool(build_non_english_promise_claims(words))
    is_told = is_promise or bool(mark["result"])
    return words if uses_conclusions and not is_told and not words.rstrip().endswith("?") else None


def _split_note_owners(names: str) -> tuple[str, ...]:
    """The names before a task; nobody where the writer says "me"."""
    return () if names in WRITER_WORDS else split_owner_names(names)
