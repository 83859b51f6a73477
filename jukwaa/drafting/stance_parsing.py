"""What position an answer takes: pure, from the words of a mail. What is not understood is none."""

import re
from dataclasses import dataclass

from jukwaa.drafting.mail_parsing import CLAUSE_NUMBER_PATTERN, CLAUSE_WORDS_PATTERN
from jukwaa.drafting.models import Position

PositionStance = Position.Stance

# How each begins, longest first, in the languages of the interface.
PHRASES_BY_STANCE = {
    PositionStance.AWAITING: (
        *("awaiting instructions", "awaiting instruction", "awaiting", "en attente d'instructions", "en attente"),
        *("a la espera de instrucciones", "en espera de instrucciones", "a la espera", "en espera"),
        *("بانتظار التعليمات", "في انتظار التعليمات", "بانتظار تعليمات", "في انتظار تعليمات"),
    ),
    PositionStance.ASIDE: (
        *("we stand aside", "stand aside", "standing aside", "stands aside", "nous nous abstenons", "abstention"),
        *("nos abstenemos", "abstención", "abstencion", "نمتنع", "امتناع"),
    ),
    PositionStance.RESERVATION: (
        *("support with a reservation", "support with reservations", "support with reservation", "reservation"),
        *("soutien avec réserve", "soutien avec reserve", "réserve", "reserve"),
        *("apoyo con reservas", "apoyo con reserva", "reserva", "نؤيد مع تحفظ", "تأييد مع تحفظ", "تحفظ"),
    ),
    PositionStance.PROCEDURE: (
        *("object to the procedure", "object to deciding in writing", "discuss at a meeting", "meeting"),
        *("réunion", "reunion", "reunión", "اجتماع"),
    ),
    PositionStance.AMENDMENT: (
        *("we propose an amendment", "propose an amendment", "amendment", "amend", "amendement"),
        *("enmienda", "تعديل"),
    ),
    PositionStance.OBJECT: (
        *("we object", "i object", "objection", "objects", "object", "nous nous opposons", "opposition"),
        *("nos oponemos", "objeción", "objecion", "نعترض", "اعتراض"),
    ),
    PositionStance.SUPPORT: (
        *("we support", "i support", "supports", "support", "nous soutenons", "soutien"),
        *("apoyamos", "apoyo", "نؤيد", "تأييد"),
    ),
}
_STANCE_PHRASE_PAIRS = sorted(
    ((word, stance) for stance, words in PHRASES_BY_STANCE.items() for word in words), key=lambda row: -len(row[0])
)
_CLAUSE_REFERENCE_PATTERN = re.compile(
    rf"^(?:{CLAUSE_WORDS_PATTERN})?\s*({CLAUSE_NUMBER_PATTERN})\s*[:,.)\-\u2013]\s*", re.IGNORECASE
)
_SEPARATOR_PATTERN = re.compile(r"^[\s:,.;!\-\u2013\u060c]+")
_REASON_WORDS_PATTERN = re.compile(r"^(?:because|since|car|parce que|porque|لأن)\b[\s:,]*", re.IGNORECASE)
STANCES_WITH_REASON = (
    PositionStance.OBJECT,
    PositionStance.RESERVATION,
    PositionStance.AMENDMENT,
    PositionStance.PROCEDURE,
)
_WORD_CHARACTER_PATTERN = re.compile(r"\w")


@dataclass(frozen=True)
class ParsedStance:
    stance: str
    reason: str = ""
    clause: str = ""  # as it was typed


def parse_stance_of_email(text: str) -> ParsedStance | None:
    """The position that the first line begins with, and as reason what follows; None where there is none.

    An objection or a reservation without a reason is no position yet. Of support, only what stands alone, or is parted
    from what follows, is one: "support is needed in clause 2" is none.
    """
    words = text.replace("\u2019", "'").strip()
    low = words.casefold()
    found = next(((word, stance) for word, stance in _STANCE_PHRASE_PAIRS if _starts_with_phrase(word, low)), None)
    if found is None:
        return None
    word, stance = found
    rest = words[len(word) :]
    if rest and not _SEPARATOR_PATTERN.match(rest):
        return None
    parted = (
        not rest.strip()
        or rest.lstrip(" \t\u00a0")[0] in ":,.;!-\u2013\u060c\n"
        or bool(_REASON_WORDS_PATTERN.match(rest.lstrip()))
    )
    if not parted:
        return None
    reason = _REASON_WORDS_PATTERN.sub("", _SEPARATOR_PATTERN.sub("", rest)).strip()
    number = _CLAUSE_REFERENCE_PATTERN.match(reason)
    clause = number[1].upper() if number else ""
    reason = reason[number.end() :].strip() if number else reason
    reason = _REASON_WORDS_PATTERN.sub("", reason).strip()
    if stance in STANCES_WITH_REASON and not reason:
        return None
    return ParsedStance(stance, reason, clause)


def _starts_with_phrase(phrase: str, text: str) -> bool:
    return text.startswith(phrase) and not _WORD_CHARACTER_PATTERN.match(text[len(phrase) : len(phrase) + 1])
