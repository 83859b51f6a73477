"""What the words of a report take back: "Bronwyn will see (not an action)", "let's not minute it"."""

import re

from jukwaa.intake.reader.claims import Claim

# "Next meeting: 3 June (to be confirmed)": what still has to be confirmed is not decided.
UNCONFIRMED_PATTERN = re.compile(
    r"\b(?:to be (?:confirmed|decided|agreed)|tb[cd]|à confirmer|por confirmar|a confirmar|zu bestätigen)\b",
    re.IGNORECASE,
)
_NOT = r"(?:not|no|never|pas|aucune?|n[’']est pas|no es|sin|não é|nao é|sem|kein(?:e|en)?|nicht als)"
_ARTICLE = r"(?:an? |yet an? |une? |de |el |la |un[ao]? |um[a]? |eine?n? )?"
NOT_ACTION_PATTERN = re.compile(
    rf"[(\[,;–—-]\s?(?:this is |it is |c[’']est |esto |isto )?{_NOT} {_ARTICLE}"
    r"(?:actions?|action items?|tasks?|commitments?|promises?|engagement|tâche|acción|tarea|compromiso|ação|tarefa"
    r"|aufgaben?|auftrag|zusage)\W*$",
    re.IGNORECASE,
)
NOT_DECISION_PATTERN = re.compile(
    rf"[(\[,;–—-]\s?(?:this is |it is |c[’']est |esto |isto )?{_NOT} {_ARTICLE}"
    r"(?:formal |new |further |nouvelle |nueva |nova )?"
    r"(?:decisions?|agreements?|décision|decisión|acuerdo|decisão|beschl(?:uss|uß))(?: yet)?\W*$",
    re.IGNORECASE,
)
OFF_RECORD_PATTERN = re.compile(
    r"\b(?:(?:let[’']?s|please|do|should|we (?:will|can)) ?n[o’']?t (?:minute|record|note) (?:it|that|this)\b"
    r"|let[’']?s not (?:minute|record|write down|put) (?:it|that|this)\b|(?:not|n[’']t) (?:be )?(?:for|in) the minutes"
    r"|off the record|not on (?:the )?(?:file|record)\b"
    r"|ne (?:le |la )?(?:notez|notons) pas|hors procès-verbal|(?:que )?no conste en (?:el )?acta"
    r"|não (?:consta|registr\w+) em ata|nicht (?:ins|im|fürs) Protokoll"
    r"|(?:do not|don[’']?t) (?:keep|put|write|include|leave|quote)(?: (?:it|this|that|down|me)){0,2} in (?:the )?"
    r"(?:notes|minutes|record|report)|not for the (?:notes|record)|(?:à )?ne pas (?:noter|mettre au compte[- ]rendu"
    r"|inscrire|consigner)|hors (?:pv|compte[- ]rendu)|no (?:lo |la )?(?:anot(?:ar|en|es)|apunt(?:ar|en|es))\b"
    r"|fuera de acta"
    r"|não (?:anot(?:ar|em|es)|(?:pôr|escrever|guardar|ponham) n[ao]s? (?:ata|notas))|fora da ata"
    r"|nicht (?:protokollieren|notieren|mitschreiben))",
    re.IGNORECASE,
)
# "Ben promised to come but we did not see him"
NOT_COME_PATTERN = re.compile(
    r"\b(?:promised|said|wanted|planned|was going|had agreed) (?:he would |she would |they would )?(?:to )?"
    r"(?:come|join|attend|be there|take part|participate)\b.{0,40}\b(?:but|however)\b.{0,40}"
    r"\b(?:not|n[’']t|never|absent|missing)\b",
    re.IGNORECASE | re.DOTALL,
)
_MEETING = (
    r"(?:meetings?|calls?|sessions?|réunions?|séances?|appels?|rencontres?"
    r"|reuni(?:ón|ones)|llamadas?|sesi(?:ón|ones)|encuentros?|reuni(?:ão|ões)|chamadas?|sess(?:ão|ões))"
)
# "The 11 November call is cancelled", up to the next comma
CANCELLED_MEETING_PATTERN = re.compile(
    rf"[^,;:.()]{{0,80}}\b{_MEETING}\b[^,;:.()]{{0,80}}?\b"
    r"(?:(?:is|are|was|were|been|be) (?:[a-z]+ )?(?:cancell?ed|called off|dropped|skipped)"
    r"|(?:will|does|do|shall|did) not (?:take place|be held|happen)|won[’']t (?:take place|be held|happen)"
    r"|(?:est|sont|été|sera|seront) (?:\w+ )?(?:annulé|supprimé)e?s?|n[’'](?:aura|auront|a|ont) pas (?:eu )?lieu"
    r"|ne se (?:tiendra|tient) pas|se cancel(?:a|an|ó)|(?:quedan?|están?|fue|fueron|sido|será) cancelad[ao]s?"
    r"|no (?:se (?:celebrará|hará|realizará)|tendrá lugar)|(?:foi|foram|está|estão|fica|será|é) cancelad[ao]s?"
    r"|não (?:se realiza(?:rá)?|terá lugar|vai acontecer))\b[^,;:.()]{0,80}"
    r"|(?:ألغي|ألغيت|تم إلغاء|تقرر إلغاء|لن (?:يعقد|ينعقد|تعقد))\s[^،,;:.()]{0,40}"
    r"(?:اجتماع|مكالمة|جلسة|لقاء)[^،,;:.()]{0,80}"
    r"|[^،,;:.()]{0,40}(?:اجتماع|مكالمة|جلسة|لقاء)[^،,;:.()]{0,80}\s(?:ألغي|ألغيت|ملغى|ملغاة)\b",
    re.IGNORECASE,
)
MAX_SENTENCE_LENGTH = 800
BRACKETED_PATTERN = re.compile(r"[(\[][^()\[\]]{1,120}[)\]]")


def is_off_record(phrase: str) -> bool:
    """Whether a person asks that what was just said is not recorded."""
    return OFF_RECORD_PATTERN.search(phrase) is not None


def has_private_remark(phrase: str) -> bool:
    """Whether a person asks that these very words are not recorded: "Call me at home (off the record)".

    It may be asked in brackets, or before a colon.
    """
    label, colon, told = phrase[:MAX_SENTENCE_LENGTH].partition(":")
    if colon and is_off_record(label) and re.search(r"\w", told):
        return True
    remarks = BRACKETED_PATTERN.findall(phrase)
    return (
        bool(remarks)
        and any(map(is_off_record, remarks))
        and re.search(r"\w", BRACKETED_PATTERN.sub("", phrase)) is not None
    )


def remove_cancelled_meetings(phrase: str) -> str:
    """The words without the clauses that say that a meeting will not take place."""
    return CANCELLED_MEETING_PATTERN.sub("", phrase) if len(phrase) <= MAX_SENTENCE_LENGTH else phrase


def _is_cancelled_meeting(phrase: str) -> bool:
    """Whether a sentence names no day but that of a meeting that is cancelled."""
    rest = remove_cancelled_meetings(phrase)
    return rest != phrase and re.search(r"\d", rest) is None


def remove_disclaimed_claims(claims: list[Claim], phrase: str) -> list[Claim]:
    """The claims without those that the sentence itself says it is none of."""
    dropped = set()
    if NOT_ACTION_PATTERN.search(phrase):
        dropped |= {"commitment"}
    is_planned = any(claim.kind == "next_meeting" for claim in claims) and UNCONFIRMED_PATTERN.search(phrase)
    if is_planned or NOT_DECISION_PATTERN.search(phrase):
        dropped |= {"decision"}
    if any(claim.kind == "next_meeting" for claim in claims) and _is_cancelled_meeting(phrase):
        dropped |= {"next_meeting"}
    if NOT_COME_PATTERN.search(phrase):
        dropped |= {"commitment", "offer"}
    return [claim for claim in claims if claim.kind not in dropped]
