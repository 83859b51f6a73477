"""Where the meeting of a report took place, as its first lines say."""

import re
from itertools import pairwise

from babel.dates import get_day_names

from jukwaa.core.due_phrases import MONTH_PATTERN, WEEKDAY_PATTERN
from jukwaa.intake.meeting_dates import MONTH_NUMBERS, WEEKDAY_NUMBERS
from jukwaa.places.text_folding import fold_text

MAX_PLACE_LINES = 8
ONLINE_PLACE = "Online"
PLACE_LABEL_PATTERN = re.compile(
    r"\W*(?:place|venue|location|where|held (?:at|in)|lieu|lugar|local|mahali|ort|plaats|luogo|tempat"
    r"|\u0627\u0644\u0645\u0643\u0627\u0646)\W*[:\u2013|-]\W*(?P<place>[^\W_].{1,118})",
    re.IGNORECASE,
)
# "Date et lieu | Mardi 3 mai 2026, de 10h à 12h, Lomé, Maison Verte"
_TIME_PART = r"[^,;|\d]{0,30}\d{1,2}\s?(?:[:h.]|am\b|pm\b|uhr\b)[^,;|]{0,40}"
PLACE_BEHIND_DATE_PATTERN = re.compile(
    r"\W*(?:date|dates|fecha|data|jour|day|datum)\s?(?:et|and|y|e|und|/|&|,)\s?"
    r"(?:lieu|lugar|local|place|venue|ort|location)\s?[:|]"
    rf"[^|]{{0,60}}?\b(?:19|20)\d\d\s?[,;\u2013\u2014-]\s*(?:{_TIME_PART}[,;]\s*)?"
    rf"(?P<place>(?!{_TIME_PART}$)[^\W\d_].{{1,118}})",
    re.IGNORECASE,
)
_CITY_PATTERN = r"[^\W\d_a-z][\w.'\u2019-]+(?: (?:(?:de|da|do|del|la|es|el|al|sur) )?[^\W\d_a-z][\w.'\u2019-]+){0,3}"
_WEEKDAY_LANGUAGES = ("fr", "es", "pt", "de", "it", "nl", "sw", "id")
_WEEKDAY_NAMES = {name for code in _WEEKDAY_LANGUAGES for name in get_day_names("wide", locale=code).values()}
_WEEKDAYS = "|".join(sorted(_WEEKDAY_NAMES, key=len, reverse=True))
DAY_WORDS = {*MONTH_NUMBERS, *WEEKDAY_NUMBERS, *map(fold_text, _WEEKDAY_NAMES)}
PLACE_BEFORE_DATE_PATTERN = re.compile(
    rf"[\W_]*(?P<place>{_CITY_PATTERN}(?: \({_CITY_PATTERN}\))?(?:, {_CITY_PATTERN})?), "
    r"(?:(?:on|le|les|el|los|aos?|os|dias?|d\u00edas?|den|am) ){0,2}"
    rf"(?=(?:(?:\w+day|(?i:{_WEEKDAYS})),? )?(?:\d{{1,2}}(?:\D|$)|(?i:{MONTH_PATTERN}) \d))"
)
NO_PLACE_PATTERN = re.compile(
    rf"\b(?:{WEEKDAY_PATTERN}|{MONTH_PATTERN}|(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)$)"
    r"|\b(?:meeting|minutes|report|day|session)\b"
    r"|^(?:english|french|spanish|arabic|portuguese|espa\u00f1ol|ingl\u00e9s|franc\u00e9s|fran\u00e7ais|anglais|portugu\u00eas"
    r"|ingl\u00eas|kiswahili|zoom|teams|webex|phase|mr|mrs|ms|mme|m|sr|sra|q\d)\b",
    re.IGNORECASE,
)
PLACE_IN_TITLE_PATTERN = re.compile(
    rf"\b(?:meeting|session|assembly|workshop|conference)\b[^.]{{0,60}}?\b"
    rf"(?:in|at) (?P<place>(?!the\b){_CITY_PATTERN}(?:, {_CITY_PATTERN})?)"
)
# "at the offices of Elm Farm Trust, Leeds", "dans les locaux de la Maison Verte", "na sede da Casa Olmo, Maputo"
PREMISES_PATTERN = re.compile(
    r"(?<!\w)(?i:in|at|dans|\u00e0|au|aux|en|em|na|nas|no|nos)\s(?:(?i:the|les?|la|las|el|los|o|os|a|as|our) )?"
    r"(?P<place>"
    r"(?i:offices?|premises|headquarters|hall|library|locaux|bureaux|si\u00e8ge|sede|oficinas?|local|instalaciones"
    r"|(?:salas?|sal\u00f3n|auditorio|audit\u00f3rio|salle|saal)(?: (?:de|des) [^\W\d_]{4,})?"
    r"|instala\u00e7\u00f5es|escrit\u00f3rios?|sal\u00e3o)\s(?:of|du|des?|da|do|dos|das|del|d[\u2019'](?=\w))"
    r" ?(?:(?:the|les?|la|las|el|los|l[\u2019']) ?)?"
    rf"{_CITY_PATTERN}(?: (?:(?:[a-z]['\u2019])?[^\W\d_a-z][\w.'\u2019-]+|&|(?:des?|du|d[ao]s?|del|of) [\w'\u2019-]+))*"
    rf"(?:, (?:en |em |\u00e0 )?{_CITY_PATTERN})?)"
)
# "بمقر جمعية الدار بتونس": up to a comma, or to what the sentence says next.
ARABIC_PREMISES_PATTERN = re.compile(
    r"\b(?:ب|في )(?P<place>(?:مقر|قاعة|فندق|مكتب|دار|مدينة|مركز) [\u0621-\u064a][\u0621-\u064a ]{1,100}?)"
    r"(?=\s*(?:[،,.؛:(]|$)| (?:ال)?(?:اجتماع|جلسة|لقاء)\b| (?:برئاسة|بحضور|بمشاركة|على الساعة|يوم|وذلك)\b)"
)
_IN = r"(?:in|at|\u00e0|au|aux|en|em|no|na|di|mjini|katika|zu)"
# "Réunion régionale à Dakar", "3 a 5 de junho de 2026, em Maputo"
PLACE_IN_FOREIGN_TITLE_PATTERN = re.compile(
    r"(?:\b(?i:r\u00e9union|s\u00e9ance|rencontre|assembl\u00e9e|atelier|reuni\u00f3n|asamblea|encuentro|taller|reuni\u00e3o"
    r"|assembleia|encontro|oficina|sitzung|versammlung|riunione|mkutano|kikao|rapat|pertemuan)\b[^.,:]{0,60}?\s"
    rf"(?:\u00e0|en|em|di|a|mjini|in)|\b(?:19|20)\d\d\W{{1,3}}{_IN})\s(?P<place>{_CITY_PATTERN}(?:, {_CITY_PATTERN})?)"
)
HELD_AT_PLACE_PATTERN = re.compile(
    rf"\bheld (?:\w+ ){{0,3}}?(?:at|in) (?:the )?(?P<place>{_CITY_PATTERN}(?:, {_CITY_PATTERN})?)", re.IGNORECASE
)
# "Held on Thursday 5 March 2026 in the first floor boardroom, Elm House, Leeds, and virtually from 9.30"
HELD_ON_DAY_AT_PLACE_PATTERN = re.compile(
    r"\bheld on [^.;:]{5,60}?\b(?:19|20)\d\d,? (?:at \d[\d:.]*\s?(?:[ap]\.?m\.?|h(?:rs|ours)?)?,? )?"
    r"(?:in|at) (?:the )?(?P<place>(?!the |\d[\d:.]*\s?(?:[ap]\.?m|h\b|$))[^.;:|]{3,110}?)"
    r"(?=,? (?:and (?:virtually|online|remotely|via|by|on zoom)|from \d|at \d|starting)\b|\s?[.;,]?\s*$)",
    re.IGNORECASE,
)
# "Oak Trust meeting room, Port Elm, and by Zoom", "Siège de la Maison Verte, Lomé, et par Zoom": a room that others
# joined online. Such a sentence has only names, and words for rooms.
_ROOM_WORD = (
    r"(?:(?:board)?rooms?|(?:conference|meeting|committee|training|community|town)(?= )"
    r"|offices?|premises|headquarters|hall|library|house|building|cent(?:re|er)|floor|hotel|school|university|\d\w{0,2}"
    r"|of|the|at|in|salles?|locaux|bureaux?|siège|réunions?(?= )|conférences?|étage|hôtel|mairie|maison|de|du|des|la|le"
    r"|les|à|au|salas?|sede|oficinas?|auditorio|auditório|salón|salão|piso|andar|edificio|edifício|del|el|en|em|da|do"
    r"|dos|das|na|no|[dl]['\u2019][^\W\d_]+|[^\W\d_a-zà-öø-ÿ][\w.'\u2019-]*|\([^()]{2,40}\)|&|[-\u2013])"
)
ROOM_AND_ONLINE_PATTERN = re.compile(
    r"[\W_]*(?!(?:[\w'\u2019-]+ ){0,4}(?i:plenary|committee|group|assembly|council|board)[,:]? "
    r"(?!(?i:room|house|hall)))"
    rf"(?P<place>(?=[^\W\d_a-zà-öø-ÿ]){_ROOM_WORD}(?:,? {_ROOM_WORD}){{1,14}}?)"
    r"(?:,? (?:\+|&|(?:and|et|y|e) (?:also )?(?:(?:by|via|on|over|par|sur|por|per|through) )?)|\s?[+/]\s?)\s?"
    r"(?i:online|zoom|(?:ms )?teams|webex|google meet|jitsi|bigbluebutton|video ?(?:conference|link)"
    r"|visio(?:conférence)?|videoconferencia|videoconferência|en ligne|en línea|em linha)"
    r"(?: \([^()]{2,40}\))?(?=\W*$|\.\s)"
)
# In a sentence from the words that the meeting took place: "s'est réuni à Dakar", "realizou-se em Maputo".
TOOK_PLACE_AT_PATTERN = re.compile(rf"[^.,;]{{0,60}}?\s{_IN}\s(?:the |la |le |o |a )?(?P<place>{_CITY_PATTERN})")
# "Children's safety online" says nothing of the meeting.
ONLINE_MEETING_PATTERN = re.compile(
    r"\b(?:(?<!children )(?<!safety )(?<!safe )(?<!seguras )(?<!people )(?<!protection )(?<!rights )"
    r"online(?! (?:service|safety|platform|abuse|harm|world|risk|gam))"
    r"|remotely|virtual(?:ly)?|zoom|teams|webex|gotomeeting|video ?conference|teleconference|jitsi|bigbluebutton"
    r"|google meet|whereby|visio ?conf\u00e9rence|videoconferencia|videoconfer\u00eancia"
    # "notes from yesterday's call"
    r"|(?:yesterday['\u2019]?s|today['\u2019]?s|monthly|weekly|group|chapter|wg|committee|team|community|tech|members)"
    r" call(?! (?:for|to|upon|centers?|centres?|handlers?))"
    r"|call (?:notes|summary|minutes)|(?:notes|minutes|summary) of (?:the |our )?call"
    r"|(?:la|na|da) (?:llamada|chamada) de (?:ayer|hoy|ontem|hoje))\b",
    re.IGNORECASE,
)
# "Safe Online Trust", "Online Safety Office": names. "Online Meeting" and "Held Online" are none.
_NO_NAME_WORDS = r"(?:Held|Meeting|Call|Session|Plenary|Workshop|Assembly|Webinar|Place|Venue|Zoom|Teams|Via|By|Only)\b"
_NAME_WORD = rf"(?!{_NO_NAME_WORDS})[^\W\d_a-zà-öø-ÿ][\w'\u2019-]+"
ONLINE_NAME_PATTERN = re.compile(
    rf"\b{_NAME_WORD} Online\b(?! {_NO_NAME_WORDS})|\bOnline (?!(?:\w+ ){{1,2}}{_NO_NAME_WORDS}){_NAME_WORD}"
)
ONLINE_PLACE_PATTERN = re.compile(
    r"^(?:google meet|discord|en ligne|en l\u00ednea|em linha|visio\w*|v[i\u00ed]deo\w*|telem\u00e1tic\w*|daring)\b",
    re.IGNORECASE,
)
ALSO_ONLINE_PATTERN = re.compile(
    r"\s*(?:,|\+|/|&|\b(?:and|or|et|y|e|na|und))\s*(?:\w+ )?(?:online|zoom|teams|webex|meet|google meet"
    r"|bigbluebutton|bbb|jitsi|en ligne"
    r"|en l\u00ednea|em linha|video\w*|visio\w*|by video)\b.*$"
    r"|\s*[\u060c,]?\s*\u0648\s?(?:\u0639\u0628\u0631|\u0639\u0646 \u0628\u0639\u062f).*$",
    re.IGNORECASE,
)

# "en présentiel à Lomé"
IN_PERSON_PATTERN = re.compile(
    r"^(?:en pr\u00e9sentiel|presencial(?:mente)?|in person|luring|tatap muka),?(?: (?:\u00e0|en|em|in|at|di))? (?=\w)",
    re.IGNORECASE,
)


# "First meeting of the sub-group", above "Tbilisi, 26 March 2026"
MEETING_TITLE_PATTERN = re.compile(
    r"(?!.*\b(?:next|last|previous|prochaine|derni\u00e8re|pr\u00f3xima|\u00faltima)\b)"
    r"(?:.*\W)?(?:meeting|session|sitting|workshop|assembly|conference|r\u00e9union|s\u00e9ance|rencontre|assembl\u00e9e|atelier"
    r"|reuni\u00f3n|sesi\u00f3n|asamblea|encuentro|taller|reuni\u00e3o|sess\u00e3o|assembleia|encontro|sitzung|versammlung)\b",
    re.IGNORECASE,
)
PATTERNS_OF_WHOLE_LINES = (ROOM_AND_ONLINE_PATTERN, PLACE_BEFORE_DATE_PATTERN)
# "Call - Tuesday 16 June 2026, 11:00, Zoom"
DAY_AND_HOUR_PATTERN = re.compile(r"\b20\d\d\W{1,3}(?:at )?\d{1,2}[:.h]\d\d\b")
MAX_TITLE_WORDS = 20
MAX_PLACE_AND_DATE_WORDS = 8


def find_lines_below_meeting_titles(text_lines: list[str]) -> list[str]:
    """The lines of only a place and a date right below the title of the meeting, which beat those of a letterhead."""
    return [
        line
        for title, line in pairwise(text_lines[:MAX_PLACE_LINES])
        if len(title.split()) <= MAX_TITLE_WORDS
        and MEETING_TITLE_PATTERN.match(title)
        and len(line.split()) <= MAX_PLACE_AND_DATE_WORDS
        and PLACE_BEFORE_DATE_PATTERN.match(line)
    ]


def find_meeting_place(text_lines: list[str], sentences_on_meeting: list[str]) -> str:
    """Return the place that a label, the first lines, or a sentence about when the meeting took place gives."""
    for line in text_lines:
        if match := PLACE_LABEL_PATTERN.match(line) or PLACE_BEHIND_DATE_PATTERN.match(line):
            return _clean_labelled_place(match["place"])
    patterns = (
        ROOM_AND_ONLINE_PATTERN,
        PLACE_BEFORE_DATE_PATTERN,
        PREMISES_PATTERN,
        ARABIC_PREMISES_PATTERN,
        PLACE_IN_TITLE_PATTERN,
        HELD_AT_PLACE_PATTERN,
        PLACE_IN_FOREIGN_TITLE_PATTERN,
    )
    for pattern in patterns:
        for line in [*find_lines_below_meeting_titles(text_lines), *text_lines[:MAX_PLACE_LINES]]:
            match = pattern.match(line) if pattern in PATTERNS_OF_WHOLE_LINES else pattern.search(line)
            if match and _is_place(match["place"]):
                return match["place"].rstrip(" ,.;")
    told = (
        PREMISES_PATTERN.search(sentence) or TOOK_PLACE_AT_PATTERN.match(sentence) for sentence in sentences_on_meeting
    )
    if place := next((match["place"] for match in told if match and _is_place(match["place"])), ""):
        return place
    dated = [line for line in text_lines if DAY_AND_HOUR_PATTERN.search(line) and len(line.split()) <= MAX_TITLE_WORDS]
    return ONLINE_PLACE if any(map(_says_online, [*text_lines[:6], *dated])) else ""


def find_place_behind_day(opening_lines: list[str]) -> str:
    """Return the place of a title such as "Minutes of the meeting held on 5 March 2026 in Elm House"."""
    matches = filter(None, map(HELD_ON_DAY_AT_PLACE_PATTERN.search, opening_lines))
    places = (match["place"].rstrip(" ,.;") for match in matches if _is_place(match["place"]))
    return next((place for place in places if not ONLINE_MEETING_PATTERN.fullmatch(place)), "")


def is_online_place(place: str) -> bool:
    """Whether a meeting with this place had no room: "Online", "Zoom", "Microsoft Teams"."""
    return bool(place.strip()) and _clean_labelled_place(place) == ONLINE_PLACE


def _is_place(words: str) -> bool:
    return fold_text(words).partition(" ")[0] not in DAY_WORDS and not NO_PLACE_PATTERN.search(words)


def _says_online(words: str) -> bool:
    """Whether these words say that people met online; the name of an organisation does not: "Safe Online Trust"."""
    return ONLINE_MEETING_PATTERN.search(words if words.isupper() else ONLINE_NAME_PATTERN.sub("", words)) is not None


def _clean_labelled_place(written: str) -> str:
    """What stands behind "Place:"; a room that others joined online is a place."""
    written = IN_PERSON_PATTERN.sub("", written)
    place = ALSO_ONLINE_PATTERN.sub("", re.split(r"\s[|(\[]|, \[", written)[0]).strip(" ,.;|")
    is_online = not place or _says_online(place) or ONLINE_PLACE_PATTERN.search(place)
    return ONLINE_PLACE if is_online else place
