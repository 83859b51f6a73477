"""Words for how people took part in a meeting: in the room, or online. In reports, and in the tables of video calls."""

import re

ROOM_MODE = "room"
ONLINE_MODE = "online"
# Also as the label of a list: "Sur place : Ana, Ben".
ROOM_WORDS = (
    r"(?:present )?in the room|in person|en (?:présentiel|salle|(?:la )?sala)|dans la salle|(?:em|na) sala|sur place"
    r"|vor ort|im raum|presencial(?:es|mente)?|(?:secara )?luring|ukumbini|حضوريا"
)
ONLINE_WORDS = (
    r"on (?:the )?(?:screen|line|video|phone|call)|(?:present )?(?:online|remotely)|remote|virtual(?:ly)?"
    r"|(?:by|via|on|through) (?:link|video|phone|zoom|teams|webex|skype|google meet"
    r"|(?:the )?(?:audio|video|tele)[- ]?(?:link|call|conference|conferencing))"
    r"|en (?:ligne|visio(?:conférence)?|línea|remoto)|à (?:distance|distância)"
    r"|par (?:visio(?:conférence)?|téléphone|zoom|teams|webex)"
    r"|por (?:vídeo|video|zoom|teams|webex|teléfono|telefone|videoconferencia|videoconferência)"
    r"|(?:em|na) linha|no (?:zoom|teams)|(?:by|per|au|via) (?:tele)?phone|al teléfono|ao telefone|بالهاتف|عبر الهاتف"
    r"|(?:connect(?:ed|ée?s)|conectad[oa]s?|ligad[oa]s|dialled[ -]in|called in|logged (?:in|on)|متصلون|المتصلون)"
    r"|per (?:video|telefon|zoom|teams)|virtual(?:es|mente)?|(?:secara )?daring|mtandaoni|عن بعد|عبر الإنترنت"
)
# Alone in brackets, in a cell or as a label; beside other words they may be anything.
_SHORT_ROOM_WORDS = (
    r"(?:(?:dans|en|in) (?:la |the |der )?)?(?:meeting )?(?:room|salle|sala|saal)|on[- ]?site|in[- ](?:person|room)"
    r"|(?:en )?(?:présentiel|presencia|persona|personne)|physical(?:ly)?|face[- ]to[- ]face|f2f|em presença"
    r"|(?:presencial|pessoal)mente|في القاعة|بالحضور الشخصي|شخصيا"
)
_SHORT_ONLINE_WORDS = (
    r"(?:(?:by|via|over|on|per|par|por|en|em|au|à|al|ao|no|na|through|kwa|عبر) )?(?:the |la |le |el |o |a )?"
    r"(?:on-?line|zoom|(?:ms )?teams|google meet|webex|skype|jitsi|visio|v[ií]d[eé]o"
    r"|(?:visio|v[ií]d[eé]o)[- ]?(?:call|link|conférence|conferenc(?:e|ia)|conferência|konferenz|chamada|llamada)"
    r"|(?:tele)?phone|t[eé]l[eé]phone|telefone|teléfono|telefon|simu|remot[oa]|زووم|الفيديو|الإنترنت|الانترنت)"
    r"|conn?ectée?s?|connect[ée]|conectad[oa]s?|connected|distanciel|virtuel(?:le)?(?:ment)?|remotamente|a distancia"
    r"|dial(?:led|ed)?[- ]?in|أونلاين|اونلاين|افتراضيا|متصل(?:ة|ون|ين)?"
)
_JOINING = (
    r"(?:(?:also|aussi|también|também|plus|and|et|y|e) )?(?:(?:who|qui|que) )?(?:(?:participa\w*|participó|a participé"
    r"|ont participé|joined|joining|attended|attending|took part|was|were|شارك(?:ت|وا)?|حضر(?:ت|وا)?) )?"
)
# "online until 11", "by phone from item 3"
_TIME_TAIL = (
    r"(?: (?:from|for|until|till|after|before|since|à partir|jusqu|depuis|dès|desde|hasta|até|a partir|bis|ab)\b.*)?"
)
_WAY = rf"{_JOINING}(?:(?P<room>{ROOM_WORDS})|(?P<online>{ONLINE_WORDS})){_TIME_TAIL}"
REMARK_PATTERN = re.compile(_WAY, re.IGNORECASE)
# "Ana joined by phone from item 3", but not the organisation "Reading Online".
REMARK_BEHIND_NAME_PATTERN = re.compile(rf"(?<=\w)\s+(?-i:(?=[a-zà-ÿ\u0600-\u06ff])){_WAY}$", re.IGNORECASE)
_ROOM, _ONLINE = rf"(?:{ROOM_WORDS}|{_SHORT_ROOM_WORDS})", rf"(?:{ONLINE_WORDS}|{_SHORT_ONLINE_WORDS})"
LABEL_PATTERN = re.compile(  # "Online (via Zoom)"
    rf"{_JOINING}(?:(?P<room>{_ROOM}(?: {_ROOM})?)|(?P<online>{_ONLINE}(?: {_ONLINE})?)){_TIME_TAIL}", re.IGNORECASE
)
# Of a label or a cell these say who, or only that they came: "Participants online", "✓ (Zoom)".
_ATTENDING_PATTERN = re.compile(
    r"\b(?:present|présente?s?|presentes?|attend(?:ees?|ing|ance|ed)|attendants|participants?|participantes?|members?"
    r"|all|tou(?:te)?s|tod[oa]s|were|étaient|estuvieron|est(?:av|iver)am|membres|miembros|membros|people|persons"
    r"|personnes|personas|pessoas|those|asistentes|delegates|yes|oui|sí|sim"
    r"|(?:ال)?(?:حاضرون|مشاركون|حضور|أعضاء|حاضر|مشارك))\b",
    re.IGNORECASE,
)
# Alone in a label or a cell: "In Brussels", "Présents à Abidjan". Not how people voted: "In Favour".
_PLACE_PATTERN = re.compile(
    r"(?:[Ii]n|[Àà]|[Ee][nm])(?! (?i:fav|contra|abs|chair|advance|charge|cop)) "
    r"[^\W\d_a-zà-ÿ][^\W\d_]{2,}(?:[ -][^\W\d_]+){0,2}"
)
_PUNCTUATION_PATTERN = re.compile(r"\(\d+\)|[^\w\s'\u2019-]+|_")
_ARABIC_MARKS_PATTERN = re.compile("[\u064b-\u0652]")
MAX_LABEL_LENGTH = 60


def find_mode_of_remark(words: str) -> str:
    """How a person took part, where these words beside a name say only that: "by phone", "joined online"."""
    return _get_mode(REMARK_PATTERN.fullmatch(_ARABIC_MARKS_PATTERN.sub("", words).strip(" .*_")))


def find_mode_of_label(label: str) -> str:
    """How those took part whom a label, a heading or a cell is about: "Participants online", "Zoom", "Sur place"."""
    if len(label) > MAX_LABEL_LENGTH:
        return ""
    plain = _ATTENDING_PATTERN.sub(" ", _PUNCTUATION_PATTERN.sub(" ", _ARABIC_MARKS_PATTERN.sub("", label)))
    words = " ".join(plain.split())
    return _get_mode(LABEL_PATTERN.fullmatch(words)) or (ROOM_MODE if _PLACE_PATTERN.fullmatch(words) else "")


def _get_mode(match: re.Match[str] | None) -> str:
    return (match.lastgroup or "") if match else ""
