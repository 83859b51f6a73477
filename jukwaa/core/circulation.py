"""What a document says of who may read it: "Not for circulation outside the steering group", "Vertraulich"."""

import re

MAX_LINE_LENGTH = 200
MAX_LABEL_WORDS = 7
MAX_PIECE_WORDS = 14
MAX_QUOTE_LENGTH = 120
MAX_SEARCHED_CHARACTERS = 4000  # at the beginning, and as many at the end
_SPREADING = r"(?:circulat|distribut|publicat|publish|releas|quot|cit|shar|forward|disseminat|disclos)\w*"
LIMIT_PATTERN = re.compile(
    rf"\bnot (?:intended )?(?:for|to be) (?:(?:further|wider|public|general|external|onward|any) )*{_SPREADING}"
    r"|\bdo not (?:circulate|distribute|share|forward|publish|cite|quote|copy|disseminate)\b(?! (?:your|the) screen)"
    r"|\bfor (?:internal|official|members|committee)(?: use| circulation| distribution| purposes)? only\b"
    r"|\b(?:internal use|members|committee members|eyes) only\b"
    r"|\b(?:internal|restricted) (?:distribution|circulation)\b"
    r"|\bfor (?:consultation|comments?|review|discussion|use) (?:of|by|among|with) (?:the |our )?members\b"
    r"|\bdraft for (?:the |our )?members\b"
    r"|\btlp ?: ?(?:amber|red|green)\b"
    r"|\bnur für\b|\bnur zum? (?:internen|dienstlichen)\b|\bnicht weiter(?:geben|leiten)\b"
    r"|\bnicht (?:zur|für die) (?:weitergabe|veröffentlichung|weiterleitung)\b"
    r"|\bno (?:difundir|distribuir|divulgar|circular|publicar|compartir|reenviar)\b|\bprohibida su \w+"
    r"|\b(?:para|de) (?:uso|circulación) (?:intern[oa]|exclusiv[oa])\b|\buso interno\b"
    r"|\bne pas (?:diffuser|distribuer|publier|transmettre|partager)\b"
    r"|\bdiffusion (?:restreinte|interdite|limitée)\b|\busage (?:strictement )?interne\b"
    r"|\bnão (?:divulgar|distribuir|publicar|partilhar|compartilhar)\b"
    r"|للاستخدام الداخلي|غير مخصص للنشر",
    re.IGNORECASE,
)
# One word is such a marking where it stands as a label, not inside of a sentence.
LABEL_PATTERN = re.compile(
    r"(?:^|[-\u2013\u2014|:/(\[·•] ?)(?:strictly |private and |streng |estrictamente |strictement )?"
    r"(?:(?:confidential|confidentiel|confidencial|vertraulich|embargoed|سري)\b(?! \w+ing\b)"
    r"|internal\b(?= *(?:$|[-\u2013\u2014|:;,.)\]]|draft\b|document\b|paper\b|note\b|version\b)))",
    re.IGNORECASE,
)
# A marking by which not even all members may read it.
FEWER_THAN_MEMBERS_PATTERN = re.compile(
    r"confiden[tcz]|vertraulich|embargo|سري|\btlp ?: ?(?:amber|red)\b|\beyes only\b|\brestricted\b|\brestreinte\b"
    r"|\b(?:committee|board|steering|secretariat|coordinators?|chairs?)\b|\bofficial\b",
    re.IGNORECASE,
)
ANSWER_SEPARATOR_PATTERN = re.compile(r"\s+[-\u2013\u2014|·•]\s+|\s*\|\s*|(?<=[.!])\s+|[()\[\]]")
TRIMMED_NAME_CHARACTERS = " .,:;!-\u2013\u2014"
MARKUP_PATTERN = re.compile(r"[*_#`>~]+")


def find_circulation_limit(text: str, margins: str = "") -> str:
    """The words that say so, of the margins of the pages, the beginning or the end; nothing if there are none.

    Prose that only speaks of confidential matters says nothing about the document.
    """
    shown = (
        [text]
        if len(text) <= 2 * MAX_SEARCHED_CHARACTERS
        else [text[:MAX_SEARCHED_CHARACTERS], text[-MAX_SEARCHED_CHARACTERS:]]
    )
    for line in "\n".join([margins, *shown]).splitlines():
        words = " ".join(MARKUP_PATTERN.sub("", line).split())
        if len(words) <= MAX_LINE_LENGTH and (found := _find_limit_in_line(words)):
            return found[:MAX_QUOTE_LENGTH]
    return ""


def excludes_members(circulation_limit: str) -> bool:
    """Whether a marking, as `find_circulation_limit` returns it, keeps a document from some of the members."""
    return FEWER_THAN_MEMBERS_PATTERN.search(circulation_limit) is not None


def _find_limit_in_line(words: str) -> str:
    for piece in ANSWER_SEPARATOR_PATTERN.split(words):
        if len(piece.split()) > MAX_PIECE_WORDS:
            continue
        if LIMIT_PATTERN.search(piece) and not re.match(
            r"\W*(?:we|they|it|he|she|there|please note that)\b", piece, re.IGNORECASE
        ):
            return piece.strip(TRIMMED_NAME_CHARACTERS)
    if LABEL_PATTERN.search(words) and len(words.split()) <= MAX_LABEL_WORDS:
        return words.strip(TRIMMED_NAME_CHARACTERS)
    return ""
