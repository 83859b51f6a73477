"""What a pasted agenda says of its meeting: title, day, time and place, and what the organisers should still read.

Pure functions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from zoneinfo import available_timezones

from babel.core import get_global

from jukwaa.core.date_parsing import find_days_in_text
from jukwaa.meetings.agenda_clock import (
    CLOCK,
    MINUTES_PER_DAY,
    MINUTES_PER_HOUR,
    TIME_RANGE_PATTERN,
    count_minutes_between,
    parse_clock_time,
    parse_time_range,
)
from jukwaa.meetings.agenda_headings import AGENDA_WORDS
from jukwaa.meetings.agenda_lines import list_lines_beside_items, parse_agenda_lines
from jukwaa.places.text_folding import fold_text

MAX_TITLE_LENGTH, MAX_NOTES, MAX_NOTE_LENGTH = 250, 4, 300
MAX_TITLE_LINES, MAX_TITLE_WORDS = 8, 8  # where a text without a subject may have a title, and how long that is
_MEETING_WORDS, _WORDS_OF_SENTENCES, _WORDS_OF_JOINING = (
    {*AGENDA_WORDS[kind]} for kind in ("meeting_words", "words_of_sentences", "words_of_joining")
)
NO_HOURS = 2  # the distance in lines from a day whose hours are not given
_LABEL_PATTERN = re.compile(r"^(?P<label>[^:<>]{2,15}?)\s*:\s*(?P<value>.+)$")
_SUBJECT_LABELS = ("subject", "objet", "asunto", "assunto", "betreff", "\u0627\u0644\u0645\u0648\u0636\u0648\u0639")
_OTHER_HEADERS = (
    *("from", "sent", "to", "cc", "bcc", "de", "para", "envoye", "von", "gesendet", "an"),
    *("enviado", "enviado el", "enviada em", "reply to", "\u0645\u0646", "\u0627\u0644\u0649"),
)
_SENT_LABELS = ("sent", "envoye", "gesendet", "enviado", "enviado el", "enviada em", "enviado em")
_DATE_LABELS = ("date", "fecha", "data", "datum", "\u0627\u0644\u062a\u0627\u0631\u064a\u062e")
_TITLE_LABEL_PATTERN = re.compile(
    r"^(?:title|meeting|titre|r\u00e9union|t\u00edtulo|reuni\u00f3n|reuni\u00e3o|\u0627\u0644\u0627\u062c\u062a\u0645\u0627\u0639)\s*:\s*",
    re.IGNORECASE,
)
_SUBJECT_PREFIX_PATTERN = re.compile(r"^(?:(?:re|rv|aw|wg|fw|fwd|tr|enc|res)\s*:\s*|\[[^\]]*\]\s*)+", re.IGNORECASE)
_QUOTE_PATTERN = re.compile(r"^\s*(?:>|[-_]{3,}\s*\w)")
_MONTHS = "|".join(sorted({name[:length] for name in AGENDA_WORDS["months"] for length in (len(name), 3)}, key=len))
_WEEKDAYS = "|".join(
    sorted({name[:n] for name in AGENDA_WORDS["weekdays"] for n in (len(name), 4, 3)}, key=len, reverse=True)
)
# From where a part of a title is a date: "on Tues 8 Dec", "du 10/12", "10 Dec", "2pm"
_DATE_TAIL_PATTERN = re.compile(
    rf"(?:^|\s+)(?:(?:on|of|for|du|del|de|le|el|am|vom)\s)?(?:\b(?:{_WEEKDAYS})\b\.?\s|\d{{1,2}}(?:st|nd|rd|th)?[./\s]\s?"
    rf"(?:de\s)?(?:\d|{_MONTHS})|(?:{CLOCK})\s?(?:UTC|GMT|[ap]m)\b).*$",
    re.IGNORECASE,
)
_TITLES_OF_AGENDAS = "|".join(map(re.escape, [*AGENDA_WORDS["titles"], "orden del d\u00eda"]))
_AGENDA_PATTERN = re.compile(
    rf"\b(?:(?:draft|provisional|convocatoria y|convocation et)\s+)?(?:{_TITLES_OF_AGENDAS})"
    r"(?:\s+(?:provisoire|provisional|provis[o\u00f3]ria))?"
    r"(?:\s+(?:for|of|de|du|del|da)\b)?(?:\s+(?:the|our|la|le|el|a)\b)?",
    re.IGNORECASE,
)
_PART_PATTERN = re.compile(r"\s+[-\u2013\u2014|]+\s+|[,;:(]\s*")
_PLACE_PATTERN = re.compile(
    r"^(?:(?i:where|place|venue|lieu|lugar|local|ort|\u0627\u0644\u0645\u0643\u0627\u0646)\s*:\s*"
    r"|(?:WHERE|PLACE|VENUE|LIEU|LUGAR|LOCAL|ORT)\s+)(?P<place>.+)$"
)
_ONLINE_PATTERN = re.compile(
    r"\b(?P<tool>Teams|Zoom|Webex|Google Meet|Jitsi|BigBlueButton|BBB)\b"
    r"|\b(?:online|en ligne|virtual(?:ly|e)?|en l[i\u00ed]nea)\b",
    re.IGNORECASE,
)
_PLACE_PARTS_PATTERN = re.compile(r"\s+(?:--?|\u2013|\u2014)\s+|\s*;\s*")
_PLACE_REMARK_PATTERN = re.compile(r"\s*[,(\[]\s*|\.\s|https?://")  # what follows is about the organisers
_LINK_IN_PLACE_PATTERN = re.compile(r"\s*[(\[<]?\s*https?://.*$", re.IGNORECASE)  # it has a field that members read
_UNDECIDED_PATTERN = re.compile(
    r"\b(?:tb[cda]|to be (?:confirmed|decided|announced)|not (?:yet )?(?:confirmed|decided)"
    r"|\u00e0 (?:confirmer|d\u00e9finir)|(?:por|a) (?:confirmar|definir))\b|\u0644\u0645 \u064a\u062d\u062f\u062f",
    re.IGNORECASE,
)
_LINK_PATTERN = re.compile(
    r"https://[^\s<>\"')\]]*(?:zoom|teams|meet|webex|jitsi|bbb|visio|bigbluebutton)[^\s<>\"')\]]*", re.IGNORECASE
)
_NOTE_PATTERN = re.compile(
    r"\b(?:chair(?:s|ed)?|takes? over|apolog(?:y|ies)|regrets|can(?:'t|\u2019t| ?not) (?:come|make|attend|chair)"
    r"|excus\w+|pr\u00e9sid\w+|presid\w+|disculpas?|interpret\w+)\b"
    r"|\u064a\u0631\u0623\u0633|\u0627\u0639\u062a\u0630\u0627\u0631|\u0627\u0639\u062a\u0630\u0631",
    re.IGNORECASE,
)
_SENTENCE_PATTERN = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_])")
# "13:00-14:30 UTC", "11h00-12h30 EAT", "9:00 a 11:30 (hora de Lima", "10.00 - 13.30 Suva time"
_ZONE_PATTERN = re.compile(
    r"\s*[(,]?\s*(?:(?:hora|heure) (?:de |du )?(?:la )?)?(?P<zone>(?:[A-Z][\w'-]*)(?: [A-Z][\w'-]*)?)"
)
_ZONES_BY_ABBREVIATION = {
    **dict.fromkeys(("UTC", "GMT", "Z"), "UTC"),
    **dict.fromkeys(("CET", "CEST", "MEZ", "MESZ"), "Europe/Brussels"),
    **dict.fromkeys(("EET", "EEST"), "Europe/Athens"),
    **dict.fromkeys(("ET", "EST", "EDT"), "America/New_York"),
    **dict.fromkeys(("NZDT", "NZST"), "Pacific/Auckland"),
    "EAT": "Africa/Nairobi",
    "CAT": "Africa/Maputo",
    "WAT": "Africa/Lagos",
    "SAST": "Africa/Johannesburg",
    "BRT": "America/Sao_Paulo",
    "AEST": "Australia/Brisbane",
    "SUVA": "Pacific/Fiji",
    "KL": "Asia/Kuala_Lumpur",
    "INDIA": "Asia/Kolkata",
}


@dataclass(frozen=True)
class MeetingFacts:
    """What is not known is empty. `notes` are sentences about the chair and about who cannot come."""

    title: str = ""
    day: date | None = None
    start_time: time | None = None
    minutes: int | None = None
    time_zone: str = ""
    place: str = ""
    joining_link: str = ""
    notes: tuple[str, ...] = ()

    @property
    def initial(self) -> dict[str, object]:
        """Return what the form of a new meeting begins with, without what is not known."""
        named = {
            "title": self.title,
            "starts_on": self.day,
            "start_time": self.start_time,
            "duration": self.minutes,
            "time_zone": self.time_zone,
            "place": self.place,
            "joining_link": self.joining_link,
        }
        return {name: value for name, value in named.items() if value}


def find_meeting_facts(text: str, today: date) -> MeetingFacts:
    """Return what the lines beside the items say. Headers of an email say nothing, except its subject."""
    subject, lines = _split_subject(text)
    words = " ".join(lines)
    day, at = _find_day(lines, subject, today)
    start, minutes, zone = _find_time(words[at:] if at >= 0 else subject)
    if start is None and day:
        start = _find_start_of_first_item(text)
    link = _LINK_PATTERN.search(text)
    return MeetingFacts(
        title=find_title(subject) or _find_title_in_lines(lines),
        day=day,
        start_time=start,
        minutes=minutes,
        time_zone=zone,
        place=_find_place(lines),
        joining_link=link[0].rstrip(".,;") if link else "",
        notes=tuple(_iter_notes(lines))[:MAX_NOTES],
    )


def _split_subject(text: str) -> tuple[str, list[str]]:
    """Return the subject of the email, and the lines beside its items without headers and what it quotes."""
    subject, lines = "", []
    written = [line for line in text.splitlines() if not line.lstrip().startswith(">")]
    dates_of_emails = _find_dates_of_emails(written)
    for line in [*list_lines_beside_items("\n".join(written))]:
        found, label = _LABEL_PATTERN.match(line), _get_label(line)
        if found and label in _SUBJECT_LABELS:
            subject = subject or _SUBJECT_PREFIX_PATTERN.sub("", found["value"])
        elif line not in dates_of_emails and label not in _OTHER_HEADERS and not _QUOTE_PATTERN.match(line):
            lines.append(line)
    return subject, lines


def _find_dates_of_emails(written: list[str]) -> set[str]:
    """Return the lines such as "Date: 30 November" that say when an email was sent, and not when the meeting is.

    They are directly beside another header, or the first one of a text with headers none of which is "Sent".
    """
    labels = [_get_label(line) for line in written]
    are_headers = [label in (*_SUBJECT_LABELS, *_OTHER_HEADERS, *_SENT_LABELS) for label in labels]
    dated = [number for number, label in enumerate(labels) if label in _DATE_LABELS]
    found = {number for number in dated if any(are_headers[max(number - 1, 0) : number + 2])}
    if any(are_headers) and not {*_SENT_LABELS}.intersection(labels):
        found |= {*dated[:1]}
    return {" ".join(written[number].split()) for number in found}


def _get_label(line: str) -> str:
    found = _LABEL_PATTERN.match(line.strip())
    return fold_text(found["label"]) if found else ""


def _find_title_in_lines(lines: list[str]) -> str:
    """Return the title from a line such as "Agenda - Plenary no. 9" or "Steering Group call no. 4"."""
    for line in lines[:MAX_TITLE_LINES]:
        if _is_about_joining(line):
            continue
        found = _TITLE_LABEL_PATTERN.match(line)
        title = find_title(line[found.end() :] if found else line)
        words = fold_text(title).split()
        if found and title:
            return title
        if (
            len(words) <= MAX_TITLE_WORDS
            and _MEETING_WORDS.intersection(words)
            and not _WORDS_OF_SENTENCES.intersection(words)
            and not line.endswith((".", "!", "?"))
        ):
            return title
    return ""


def _is_about_joining(line: str) -> bool:
    """Whether it says how to join, with which tool: "Join Zoom Meeting", "Meeting ID: 812", "Session link: https://..."."""
    online = _ONLINE_PATTERN.search(line)
    words = fold_text(line).split()
    return "://" in line or bool(online and online["tool"]) or not _WORDS_OF_JOINING.isdisjoint(words)


def find_title(subject: str) -> str:
    """Return the part of a subject that names the meeting: neither the date nor the word for an agenda."""
    for part in _PART_PATTERN.split(subject):
        title = _DATE_TAIL_PATTERN.sub("", _AGENDA_PATTERN.sub(" ", part)).strip(" .)-")
        title = " ".join(title.split())
        if sum(map(str.isalpha, title)) > 2 and not find_days_in_text(title, date.min):  # noqa: PLR2004 - no abbreviation
            return f"{title[0].upper()}{title[1:]}"[:MAX_TITLE_LENGTH]
    return ""


def _find_day(lines: list[str], subject: str, today: date) -> tuple[date | None, int]:
    """Return the day and where its line begins: first one with a range of hours, then with a weekday, then any."""
    position, candidates = 0, []
    for number, line in enumerate(lines):
        if days := find_days_in_text(line, today):
            following = lines[number + 1] if number + 1 < len(lines) else ""
            distance = next((n for n, each in enumerate([line, f"{line} {following}"]) if _has_hours(each)), NO_HOURS)
            candidates.append((distance, number, days[0], position))
        position += len(line) + 1
    subject_days = find_days_in_text(subject, today)
    if candidates and (min(candidates)[0] < NO_HOURS or not subject_days):
        _distance, _number, day, at = min(candidates)
        return day, at
    return (subject_days[0], -1) if subject_days else (None, -1)


def _has_hours(words: str) -> bool:
    found = TIME_RANGE_PATTERN.finditer(words[:400])
    return any(None not in parse_time_range(each["first"], each["last"]) for each in found)


def _find_time(words: str) -> tuple[time | None, int | None, str]:
    """Return the first range of hours, or else the first hour: when it starts, its minutes, and its time zone."""
    for found in TIME_RANGE_PATTERN.finditer(words):
        first, last = parse_time_range(found["first"], found["last"])
        if first is not None and last is not None and (minutes := count_minutes_between(first, last)):
            return _build_time(first), minutes, _find_zone(found[0], words[found.end() :])
    clocks = re.finditer(rf"(?<![\w:./-])(?P<first>{CLOCK})(?![\w/-])", words, re.IGNORECASE)
    clock = next((each for each in clocks if not each["first"].strip().isdigit()), None)
    start = parse_clock_time(clock["first"]) if clock else None
    if clock is None or start is None:
        return None, None, ""
    return _build_time(start), None, _find_zone("", words[clock.end() :])


def _find_start_of_first_item(text: str) -> time | None:
    start = next((line.start for line in parse_agenda_lines(text)), None)
    return None if start is None else _build_time(start)


def _build_time(minutes: int) -> time:
    hour, minute = divmod(minutes % MINUTES_PER_DAY, MINUTES_PER_HOUR)
    return time(hour, minute)


def _find_zone(within: str, behind: str) -> str:
    """Return the zone directly behind the hours; empty if it is not known for sure."""
    if re.search(r"\b(?:UTC|GMT)$", within):
        return "UTC"
    found = _ZONE_PATTERN.match(behind)
    if found is None:
        return ""
    for name in (found["zone"], found["zone"].partition(" ")[0]):
        if zone := _ZONES_BY_ABBREVIATION.get(name.upper()):
            return _get_current_name(zone)
        places = [zone for zone in available_timezones() if zone.rpartition("/")[2] == name.replace(" ", "_")]
        regional = [zone for zone in places if "/" in zone and not zone.startswith("Etc/")]
        if len(regional) == 1:
            return _get_current_name(regional[0])
    return ""


def _get_current_name(zone: str) -> str:
    """Return the name under which forms offer a zone."""
    return zone if zone == "UTC" else str(get_global("zone_aliases").get(zone, zone))


def _find_place(lines: list[str]) -> str:
    online = next(filter(None, map(_ONLINE_PATTERN.search, lines)), None)
    for line in lines:
        if found := _PLACE_PATTERN.match(line):
            first, *others = _PLACE_PARTS_PATTERN.split(_LINK_IN_PLACE_PATTERN.sub("", found["place"]))
            kept = [
                part for each in others if (part := _PLACE_REMARK_PATTERN.split(each)[0].strip()) and _is_of_place(part)
            ]
            return ", ".join([first.strip(), *kept])[:120]
    if online is None:
        return ""
    return f"Online ({online['tool']})" if online["tool"] else "Online"


def _is_of_place(words: str) -> bool:
    """Whether it says that a room is still to be decided, or how others join: "room tbc", "and Zoom"."""
    return bool(_UNDECIDED_PATTERN.search(words) or _ONLINE_PATTERN.search(words))


def _iter_notes(lines: list[str]) -> Iterator[str]:
    """Yield the sentences about the chair and about who cannot come; a line that begins small goes on."""
    whole = re.sub(r"\n(?=[a-z\u00e0-\u00ff])", " ", "\n".join(lines))
    for sentence in (each for line in whole.splitlines() for each in _SENTENCE_PATTERN.split(line)):
        if _NOTE_PATTERN.search(sentence):
            yield sentence.strip()[:MAX_NOTE_LENGTH]
