"""The day of the meeting that an email is about, by words that count from its own day: "yesterday's call"."""

import re
from datetime import date, timedelta

from jukwaa.intake.meeting_dates import MAX_EMAIL_CHARACTERS, WEEKDAY_NUMBERS, find_meeting_day
from jukwaa.intake.reader.email_lines import PRINTED_HEADER_PATTERN
from jukwaa.intake.reader.email_threads import MAIL_HEADER_PATTERN, QUOTED_EMAIL_PATTERN, SUBJECT_HEADER_PATTERN
from jukwaa.meetings.models import Meeting
from jukwaa.places.text_folding import fold_text

MAX_WORDS_OF_REMARK = 40  # an email with fewer only passes on what follows, and its subject is about that
MIN_WEEKDAY_LETTERS = 4  # "mar" and "sam" are other words too
PASSED_ON_SUBJECT_PATTERN = re.compile(r"\s*(?:re|fw|fwd|tr|rv|enc|res|aw|wg|antw|sv)\s?:", re.IGNORECASE)
WEEKDAY_NUMBERS_IN_SPEECH = WEEKDAY_NUMBERS | {"segunda": 0, "terca": 1, "quarta": 2, "quinta": 3, "sexta": 4}
_WEEKDAYS = "|".join(
    sorted(
        (re.escape(name) for name in WEEKDAY_NUMBERS_IN_SPEECH if len(name) >= MIN_WEEKDAY_LETTERS),
        key=len,
        reverse=True,
    )
)
_MEETING = (
    r"(?:calls?|meetings?|sessions?|assembly|catch ?up|notes|minutes|summary|zoom|teams"
    r"|llamada|reunion|sesion|asamblea|notas|resumen|acta|appel|seance|visio(?:conference)?|point(?: \w+)?|notes"
    r"|compte rendu|reuniao|sessao|chamada|ata|resumo|mkutano|kikao)"
)
_MET = (
    r"(?:(?:thanks|thank you)(?: all| everyone)? for (?:joining|coming|the call)|we (?:met|spoke|talked"
    r"|had)|nos reunimos"
    r"|nos vimos|nos juntamos|hablamos|on s est (?:vus?|reunis?|parle)|nous nous sommes reunis?|reunimo nos|reunimos)"
)
_TODAY = (
    r"(?:today|this (?:morning|afternoon|evening)|earlier today|hoy|esta (?:manana|tarde)"
    r"|(?:d )?aujourdhui|aujourd hui|(?:de )?ce (?:matin|soir|midi)|cet apres midi|(?:de "
    r"|desta )?hoje(?: de manha| a tarde)?"
    r"|desta (?:manha|tarde))"
)
_YESTERDAY = r"(?P<{name}>yesterday|last night|ayer|anoche|d ?hier|hier(?: soir)?|ontem)"
_JOINT = r"(?: (?:de|du|del|da|do|d|of|from|(?:held|was)(?: on)?|the|le|la|el|l))*"
# In text without case, accents and punctuation: "notes of today's call", "la llamada de hoy", "the call of Monday".
TOLD_DAY_PATTERN = re.compile(
    rf"\b{_MEETING}{_JOINT} (?:{_TODAY}|{_YESTERDAY.format(name='yesterday')}|(?P<weekday>{_WEEKDAYS})(?: feira)?)\b"
    rf"|\b(?:todays|this (?:morning|afternoon|evening)s|tonights|(?P<before>yesterdays|last nights)"
    rf"|(?P<named>{_WEEKDAYS})s) (?:\w+ ){{0,3}}?{_MEETING}\b"
    rf"|\b{_MET} (?:us )?(?:{_TODAY}|{_YESTERDAY.format(name='met')})\b"
    r"|(?:مكالم[ةه]|اجتماع|جلس[ةه]|لقاء) (?:(?P<arabic>[اأ]مس|البارح[ةه])|اليوم)(?!\w)"
)
# "next Monday's call", "the call on Monday 3 June": to come, or with a date that says more.
OTHER_WEEKDAY_PATTERN = re.compile(
    r"\b(?:next|coming|this|until|before|by|prochaine?|proxim[ao]|antes|avant|hasta|ate) (?:\w+ ){0,3}$"
)


def find_day_told_by_email(text: str) -> date | None:
    """Return the day that "today's call" or "yesterday's meeting" is, counted from the email that says so.

    An email that only passes another on says in its subject what that other one said.
    """
    text = text[:MAX_EMAIL_CHARACTERS]
    patterns = (MAIL_HEADER_PATTERN, QUOTED_EMAIL_PATTERN, PRINTED_HEADER_PATTERN)
    headers = sorted((match for pattern in patterns for match in pattern.finditer(text)), key=re.Match.start)
    ends = [*(header.start() for header in headers[1:]), len(text)]
    handed_on = ""
    for header, end in zip(headers, ends, strict=True):
        body = text[header.end() : end]
        named = SUBJECT_HEADER_PATTERN.search(header[0])
        subject = named[1] if named else handed_on
        is_passed_on = PASSED_ON_SUBJECT_PATTERN.match(subject) and end < len(text)
        if is_passed_on and len(body.split()) < MAX_WORDS_OF_REMARK:
            handed_on, subject = subject, ""
        known = find_meeting_day(header[0])
        if known is None or known[1] != Meeting.Precision.DAY:
            continue
        if day := _find_told_day(subject, known[0]) or _find_told_day(body, known[0]):
            return day
    return None


def _find_told_day(words: str, sent_on: date) -> date | None:
    folded = fold_text(words)
    for match in TOLD_DAY_PATTERN.finditer(folded):
        if weekday := match["weekday"] or match["named"]:
            is_dated = folded[match.end("weekday") :].lstrip()[:1].isdigit() if match["weekday"] else False
            if is_dated or OTHER_WEEKDAY_PATTERN.search(folded[: match.start()]):
                continue
            return sent_on - timedelta(days=(sent_on.weekday() - WEEKDAY_NUMBERS_IN_SPEECH[weekday]) % 7)
        is_yesterday = any(match[name] for name in ("yesterday", "before", "met", "arabic"))
        return sent_on - timedelta(days=1) if is_yesterday else sent_on
    return None
