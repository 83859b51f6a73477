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
    r"|off the record|ne (?:le |la )?(?:notez|notons) pas|hors procès-verbal|(?:que )?no conste en (?:el )?acta"
    r"|não (?:consta|registr\w+) em ata|nicht (?:ins|im|fürs) Protokoll"
    r"|(?:do not|don[’']?t) (?:keep|put|write|include|leave|quote)(?: (?:it|this|that|down|me)){0,2} in (?:the )?"
    r"(?:notes|minutes|record|report)|not for the (?:notes|record)|(?:à )?ne pas (?:noter|mettre au compte[- ]rendu"
    r"|inscrire|consigner)|hors (?:pv|compte[- ]rendu)|no (?:lo |la )?(?:anot(?:ar|en|es)|apunt(?:ar|en|es))\b"
    r"|fuera de acta"
    r"|não (?:anot(?:ar|em|es)|(?:pôr|escrever|guardar|ponham) n[ao]s? (?:ata|notas))|fora da ata"
    r"|nicht (?:protokollieren|notieren|mitschreiben))",
    re.IGNORECASE,
)
BRACKETED_PATTERN = re.compile(r"[(\[][^()\[\]]{1,120}[)\]]")


def is_off_record(phrase: str) -> bool:
    """Whether a person asks that what was just said is not recorded."""
    return OFF_RECORD_PATTERN.search(phrase) is not None


def has_private_remark(phrase: str) -> bool:
    """Whether a person asks in brackets that these very words are not recorded: "Call me at home (off the record)"."""
    remarks = BRACKETED_PATTERN.findall(phrase)
    return (
        bool(remarks)
        and any(map(is_off_record, remarks))
        and re.search(r"\w", BRACKETED_PATTERN.sub("", phrase)) is not None
    )


def remove_disclaimed_claims(claims: list[Claim], phrase: str) -> list[Claim]:
    """The claims without those that the sentence itself says it is none of."""
    dropped = set()
    if NOT_ACTION_PATTERN.search(phrase):
        dropped |= {"commitment"}
    is_planned = any(claim.kind == "next_meeting" for claim in claims) and UNCONFIRMED_PATTERN.search(phrase)
    if is_planned or NOT_DECISION_PATTERN.search(phrase):
        dropped |= {"decision"}
    return [claim for claim in claims if claim.kind not in dropped]
