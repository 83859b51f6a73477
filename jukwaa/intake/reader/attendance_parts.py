"""Attendance told in one line or paragraph: "Present: Ana, Ben; on screen: Dina; regrets: Theo"."""

import re

from jukwaa.core.attendance_modes import ONLINE_WORDS, ROOM_WORDS
from jukwaa.intake.reader.attendance_status import STATUS_WORDS, is_status_word
from jukwaa.intake.reader.roles import ABSENT_ROLE, get_heading_role

# "Participait par téléphone", "Joined remotely", "Conectadas", "Participaram à distância"
_TOOK_PART = (
    r"(?:(?:(?:also|aussi|también|também) )?(?:participa(?:it|ient|ba|ban|va|vam|ron|ram|nts?|ntes?|ting|ted)?"
    r"|participó|participou|ont participé|a participé|joined|joining|attended|attending|connect(?:ed|ing)|connectée?s"
    r"|conectad[oa]s?|شارك(?:ت|وا)?|حضر(?:ت|وا)?) )?"
)
WAY_OF_ATTENDING_PATTERN = re.compile(
    rf"(?:(?:and|et|y|e) )?{_TOOK_PART}(?:{ROOM_WORDS}|{ONLINE_WORDS})\s*$", re.IGNORECASE
)
ABSENT_LABEL_PATTERN = re.compile(
    r"\W*(?:(?:missing|absent|absentees?|apolog(?:y|ies)|regrets|excused|not present|unable to attend)\b[^:,]{0,40}"
    r"|(?:invited|expected|registered),? (?:but |and )?(?:did not|didn[’']t|not|no) [\w ()]{2,30}"
    r"|(?:did not|didn[’']t|could not) (?:join|attend|come)[^:,]{0,20}|sent (?:their |his |her )?(?:regrets|apologies)"
    r"|sorry|(?:not heard|no (?:news|answer|reply)) from|(?:absente?s?|excusée?s?|ausentes?|justificaram|justificou"
    r"|faltaram|faltou|udhuru|izin|tidak hadir|berhalangan"
    r"|waliotoa udhuru|hawakuhudhuria|waliokosekana|wasiohudhuria)\b[^:,]{0,30}"
    r"|(?:(?:had |have |has )?(?:announced|notified) (?:their|his|her) absence|sent word of absence"
    r"|(?:ont|a|avaient|avait) (?:prévenu|informé|averti|signalé|annoncé|fait part) (?:de )?(?:leur|son|sa) absence"
    r"|(?:avis|inform|anunci)(?:aron|ó|aram|ou) (?:de )?(?:que no|que não|su |a sua |da sua |a )?(?:asistirían|ausencia"
    r"|ausência|viriam)|empêchée?s|indisponibles?|impedid[oa]s|أبلغوا (?:عن|ب)غيابهم)\b[^:,]{0,20}"
    r"|not here|(?:entschuldigt|unentschuldigt|abwesend(?:e[rn]?)?|nicht anwesend|verhindert|es fehl(?:t|te|en|ten)"
    r"|ohne (?:nachricht|entschuldigung)|disculpas|desculpas|(?:se )?excus(?:as?|an)|no p(?:ueden?|udo|udieron)"
    r"|não p(?:odem?|ôde|uderam)|can(?:not|[’']t) (?:attend|come|join|make it))\b[^:,]{0,20})"
    r"\s?(?:\([^()]{0,12}\)\s?)?:",
    re.IGNORECASE,
)
PART_LABEL_PATTERN = re.compile(r"(?:^|[;.|\n]|(?<=\))\s)\s*(?P<label>[^\W\d_][^:;.|\n]{1,40}?)\s?:(?=\s)")
# "Guest for item 3", "Invitée pour le point 3"
GUEST_OF_ITEM_PATTERN = re.compile(
    r"(?:invited )?(?:guests?|observers?|invitée?s?|invitad[oa]s?|convidad[oa]s?|gäste?|gast)"
    r" (?:for|at|pour|para|für|zu) (?:(?:the|le|les|el|los|o|os) )?(?:agenda )?"
    r"(?:items?|points?|puntos?|pontos?|topics?|topp?s?)\b.{0,16}$",
    re.IGNORECASE,
)
# An office of this meeting, and nobody's office in an organisation.
_CHAIR = (
    r"(?:(?:acting |vice-?|co-?)?chair(?:person|man|woman)?|présidence|présidente?(?: de (?:la )?séance)?|preside"
    r"|presidencia|presidência|vorsitz|leitung|mwenyekiti|الرئيس|رئيس الجلسة|رئيسة الجلسة)"
)
_MINUTE_TAKER = (
    r"(?:minutes?(?: secretary|[- ]?takers?)|note[- ]?takers?|secrét(?:aire|ariat) de séance|prise de notes"
    r"|secretari[oa] de actas|toma de (?:actas|notas)|secretári[oa] da (?:reunião|mesa)|protokollführ(?:ung|er(?:in)?))"
)
MINUTE_TAKER_LABEL_PATTERN = re.compile(rf"{_MINUTE_TAKER}$", re.IGNORECASE)
_HOST = (
    r"(?:host|facilitat(?:or|eur|rice)|moderator|modérat(?:eur|rice)|animat(?:eur|rice)|(?:facilit|moder)adora?"
    r"|anfitri(?:ón|ona|ão|ã)|الميسرة?|المضيفة?)"
)
CHAIR_START_PATTERN = re.compile(rf"\W{{0,4}}(?:{_CHAIR}|{_HOST})\s?:", re.IGNORECASE)
CHAIR_BEFORE_PATTERN = re.compile(rf"(?:^|[.;]\s)\W{{0,4}}{_CHAIR}\s?:", re.IGNORECASE)
NEXT_OFFICE_PATTERN = re.compile(
    rf"[\s—–;,.-]{{1,8}}(?P<label>{_MINUTE_TAKER}|(?-i:SECRETAR(?:Y|IAT)|Secretar(?:y|iat)|Minutes|MINUTES|Notes|NOTES"
    r"|Secrétariat|Secrétaire|Secretariado|Secretari[oa]|Secretaría|Secretári[oa]"
    r"|Protokoll|Actas?|Ata|Katibu|أمين السر|المقرر))"
    r"\s?:(?=\s)",
    re.IGNORECASE,
)
# "Ana Lopes (Elm Farm) Secretariado: Ben Okoro": the line ended before the label, in a cell or a box.
STATUS_LABEL_INSIDE_PATTERN = re.compile(rf"\s(?P<label>{STATUS_WORDS})\s?:(?=\s)", re.IGNORECASE)
WRITER_PATTERN = re.compile(r"(?:me|myself|moi|yo|eu|ich)\b(?:\s?\([^)]*\))?[\s,;]*", re.IGNORECASE)
# "Speakers and delegates who agreed to be named", "Délégués", "Associates without vote"
_PEOPLE = (
    r"(?:speakers?|delegates?|delegations?|participants?|members?(?: present)?|associates?|people|persons?"
    r"|intervenante?s?|déléguée?s?|participante?s?|orateurs?|oradores|oradoras|delegad[oa]s?|participantes|intervinientes"
    r"|ponentes|asociad[oa]s|associad[oa]s|associée?s|membres(?: présents)?|delegierte|teilnehmende|redner(?:innen)?)"
)
NAMED_PEOPLE_LABEL_PATTERN = re.compile(
    rf"\W*(?:{_PEOPLE}(?:(?:,| and| et| y| e| und) {_PEOPLE})*"
    r"(?:,? (?:who|that) (?:have )?(?:agreed|consented|wished|asked|accepted) to be (?:named|listed|mentioned)"
    r"|(?: qui ont|,? ayant) (?:accepté|souhaité|consenti à|consenti)"
    r" (?:d[’']être |à être |être )(?:nommé|cité|mentionné)e?s"
    r"|,? que (?:aceptaron|consintieron(?: en)?|pidieron) ser (?:nombrad|citad|mencionad)[oa]s"
    r"|,? que (?:aceitaram|consentiram(?: em)?|pediram para) ser (?:nomead|citad|mencionad)[oa]s"
    r"|,? (?:without (?:a )?vote|without voting rights|sans (?:droit de )?vote|sin (?:derecho a )?voto"
    r"|sem (?:direito a )?voto))"
    r"|delegates|delegations|déléguée?s|delegad[oa]s|delegierte)\s*$",
    re.IGNORECASE,
)
MAX_LABEL_LENGTH = 40
MAX_OFFICES_LENGTH = 200
MIN_PARTS = 2


def is_way_of_attending(label: str) -> bool:
    """Whether a label says how those after it took part: "Online", "Sur place", "Por Zoom"."""
    words = label.strip(" *_")
    return any(
        pattern.match(words)
        for pattern in (WAY_OF_ATTENDING_PATTERN, GUEST_OF_ITEM_PATTERN, MINUTE_TAKER_LABEL_PATTERN)
    )


def find_next_office(phrase: str) -> tuple[int, int] | None:
    """Where the chair ends and another label begins in "Chair: Ana Lopes   Minute secretary: Ben Okoro"."""
    opening = CHAIR_START_PATTERN.match(phrase)
    found = NEXT_OFFICE_PATTERN.search(phrase[:MAX_OFFICES_LENGTH], opening.end()) if opening else None
    return (found.start(), found.start("label")) if found else None


def is_office_beside_chair(phrase: str, paragraph: str) -> bool:
    """Whether a label such as "Secretary:" names a person other than the chair of the meeting."""
    before, _phrase, _after = paragraph.partition(phrase)
    return NEXT_OFFICE_PATTERN.match(f" {phrase}") is not None and CHAIR_BEFORE_PATTERN.search(before) is not None


def is_named_people_label(label: str) -> bool:
    """Whether a label is about those who are named in a record of an assembly."""
    return NAMED_PEOPLE_LABEL_PATTERN.match(label.strip(" *_")) is not None


def is_attendance_label_line(text_line: str) -> bool:
    """Whether a line begins with a label such as "Present:" or "Invited, did not join (3):"."""
    label, colon, names = text_line.partition(":")
    if not colon or not names.strip() or len(label) > MAX_LABEL_LENGTH:
        return False
    if is_way_of_attending(label):
        return True
    return ABSENT_LABEL_PATTERN.match(text_line) is not None or get_heading_role(label) in {"attendee", ABSENT_ROLE}


def split_attendance_parts(phrase: str) -> list[str]:
    """The lists of those who came, without their labels; nothing where the words have one list at most."""
    found = [*PART_LABEL_PATTERN.finditer(phrase), *STATUS_LABEL_INSIDE_PATTERN.finditer(phrase)]
    labels = [
        (match.start(), match.end(), is_absent)
        for match in sorted({match.end(): match for match in found}.values(), key=re.Match.start)
        if (is_absent := _is_absent_label(match["label"])) is not None
    ]
    starts_with_list = not labels or labels[0][0] > 0
    if len(labels) + starts_with_list < MIN_PARTS:
        return []
    parts = [phrase[: labels[0][0]]] if starts_with_list else []
    ends = [*(start for start, _end, _is_absent in labels[1:]), len(phrase)]
    parts += [phrase[end:until] for (_start, end, is_absent), until in zip(labels, ends, strict=True) if not is_absent]
    return [part.strip(" ;,.|") for part in parts if part.strip(" ;,.|")]


def _is_absent_label(label: str) -> bool | None:
    """Whether those after this label were away; None where it is no label of attendance."""
    role = get_heading_role(label)
    if role == ABSENT_ROLE or ABSENT_LABEL_PATTERN.match(f"{label}:"):
        return True
    return False if role == "attendee" or is_status_word(label) or is_way_of_attending(label) else None


def remove_note_taker_from_list(phrase: str) -> str:
    """The list without its first word, where the writer says "me": nobody else knows who that is."""
    return WRITER_PATTERN.sub("", phrase.strip(), count=1) if WRITER_PATTERN.match(phrase.strip()) else phrase
