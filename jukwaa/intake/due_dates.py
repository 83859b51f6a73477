"""The day that a deadline means: as it is written, or counted from the day of the meeting that set it."""

import re
from calendar import FRIDAY, SUNDAY, monthrange
from datetime import date, timedelta
from functools import lru_cache

from jukwaa.intake.date_notations import index_number_words
from jukwaa.intake.meeting_dates import DAY_RANGES, DECEMBER, MONTH_NUMBERS, WEEKDAY_NUMBERS, find_exact_meeting_day
from jukwaa.intake.reader.disclaimers import remove_cancelled_meetings
from jukwaa.places.text_folding import fold_text

MAX_DAYS_PAST = 60  # a deadline without a year may have passed shortly before the meeting that goes through it
MAX_DAYS_AHEAD = 366
MIN_WEEKDAY_LETTERS = 5  # shorter names of weekdays are also names of months: "mar"
_MONTH = rf"(?P<month>{'|'.join(sorted(map(re.escape, MONTH_NUMBERS), key=len, reverse=True))})"
_YEAR = r"(?:(?: de| del| of)? (?P<year>(?:19|20)\d\d))?"
_WEEKDAYS = {name: number for name, number in WEEKDAY_NUMBERS.items() if len(name) >= MIN_WEEKDAY_LETTERS}
_WEEKDAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
NUMERIC_PATTERN = re.compile(
    r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})(?:\2((?:19|20)?\d\d)(?!\d)|(?<!\.\d)(?<!\.\d\d)(?![\d.])|\.(?!\d))"
)
DAY_FIRST_PATTERN = re.compile(
    r"\b(?:pour|avant|d[\u2019']ici|au plus tard|antes del?|hasta|para|até|antes d[oa])(?: (?:le|au|el|al|o|ao))?\s*$",
    re.IGNORECASE,
)
# In text without case, accents and punctuation.
DAY_AND_MONTH_PATTERN = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|o)? (?:o )?(?:of |de )?{_MONTH}\b{_YEAR}"
    rf"|\b{_MONTH.replace('month', 'first_month')} (?P<second_day>\d{{1,2}})(?:st|nd|rd|th)?\b(?! ?(?:am|pm|h|uhr)\b)"
    r"(?: (?P<last_day>[0-3]?\d)(?:st|nd|rd|th)?\b(?! \d))?"  # "10-11 Feb" ends on the 11th, as does "Feb 10-11"
)
PART_OF_MONTH_PATTERN = re.compile(
    r"\b(?:(?P<end>ende?|close|late|fin|finales|fines|final|finais|fim|mwisho|موفى|نهاية|اواخر)"
    r"|(?P<middle>mid|middle|mitte|mi|mediados|meados|منتصف)"
    rf"|(?P<begin>beginning|anfang|start|early|debut|principios|comienzos|inicio|mwanzo|بداية|اوائل))"
    rf"(?: (?:of|de|do|du|del|the|au|a|wa|mois|mes|month|شهر))* {_MONTH}\b{_YEAR}"
)
WEEK_OF_MONTH_PATTERN = re.compile(
    r"\b(?:(?P<first>first|1st|premiere|primer[oa]|primeira|1 ?(?:re|ere|a))"
    r"|(?P<second>second|2nd|seconde|deuxieme|segund[oa]|2 ?(?:e|eme|a))"
    r"|(?P<third>third|3rd|troisieme|tercera|terceira|3 ?(?:e|eme|a))|last|derniere|ultim[oa])"
    r" (?:week|semaine|semana|(?P<half>half|quinzaine|quincena|quinzena))"
    rf"(?:(?: (?:of|in|de|du|del|do|mes|mois))+ | d ?){_MONTH}\b{_YEAR}"
)
MONTH_PATTERN = re.compile(rf"\b{_MONTH}\b{_YEAR}")
# "before the December meeting", "la réunion de mars"
_MEETING = (
    r"(?:meetings?|plenary|call|session|assembly|agm|reunion|pleniere|seance|assemblee|plenaria|sesion|asamblea"
    r"|reuniao|sessao|assembleia)"
)
MEETING_IN_MONTH_PATTERN = re.compile(
    rf"\b{_MONTH}(?: (?:19|20)\d\d)? (?:\w+ )?{_MEETING}\b"
    rf"|\b{_MEETING} (?:of |in |de |du |d |do |del )?{_MONTH.replace('month', 'second_month')}\b"
)
NEXT_MEETING_PATTERN = re.compile(
    r"\b(?:next (?:(?:\w+ )?(?:meeting|plenary|call|session|assembly)|time)"
    r"|prochaine (?:réunion|plénière|séance|assemblée)|próxima (?:reunión|plenaria|sesión|asamblea|reunião|sessão"
    r"|assembleia))\b(?P<when>.{0,160})",
    re.IGNORECASE | re.DOTALL,
)
# In text without accents: as a deadline, the day that the same document gives for it.
DUE_AT_NEXT_MEETING_PATTERN = re.compile(rf"\bnext (?:mtg|{_MEETING})\b|\b(?:prochaine|proxima) {_MEETING}\b")
ANNOUNCED_MEETING_PATTERN = re.compile(
    r"(?:^|[.;] )[^\w\n]{0,20}(?:(?:\d{1,2}|[IVX]{1,5})[.)] *|\d{1,3}/\d{2,4} +)?"
    r"(?:(?:the|our|date of(?: the)?|la|le|a|date de la|fecha de la|data da) )?"
    r"(?:next (?:mtg|meeting|plenary|call|session|assembly|one)"
    r"|prochaine (?:réunion|plénière|séance|assemblée)|próxima (?:reunión|plenaria|sesión|asamblea|reunião|sessão"
    r"|assembleia))\b(?P<when>[\W_]*\n[^\n]+|[^\n\d]{0,300}\d[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
END_OF_YEAR_PATTERN = re.compile(
    r"\b(?:end of|fin(?:es|ales)? (?:de|del)|fim (?:de|do)|fin) (?:the |this |l |el |la |o )?(?:year |annee |ano )?"
    r"(?P<year>(?:19|20)\d\d)\b|\b(?:end of (?:the |this )?(?:calendar )?year|eoy"
    r"|(?<!financial )(?<!school )year end|(?:fin(?:es|al|ales)?|fim) (?:de |del |do )?(?:la |el |o )?(?:[ld]?annee"
    r"|ano))\b"
)
END_OF_QUARTER_PATTERN = re.compile(
    r"\b(?:end of |by )(?:the )?q(?P<quarter>[1-4])\b(?! ?fy)(?: (?P<year>(?:19|20)\d\d))?"
)
DAY_OF_MONTH_PATTERN = re.compile(r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)\b")
COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
COUNTS |= {"seven": 7, "eight": 8, "ten": 10, "twelve": 12, "fourteen": 14, "une": 1, "una": 1, "uma": 1, "duas": 2}
COUNTS |= {"un": 1, **index_number_words(("fr", "es", "pt"), 31)}
_COUNT = "|".join(sorted(COUNTS, key=len, reverse=True))
COUNTED_PATTERN = re.compile(
    r"(?:\b(?:within|in|en|en un plazo de|em|em ate|(?:no )?prazo (?:maximo )?de|dans(?: un delai de)?|dans les|sous"
    r"|dentro de|daqui a|d ici(?: a)?)(?: the)?(?: next| coming)? "
    r"|^(?=\S+ (?:working |business )?\w+$))"
    rf"(?P<count>{_COUNT}|\d{{1,3}})"
    r" (?P<working>working |business )?(?P<unit>day|week|fortnight|month|dia|jour|semana|semaine|mes|mois)(?:e?s)?\b"
)
# A fortnight has 15 days in French, Spanish and Portuguese, and a week may have 8.
NAMED_SPAN_PATTERN = re.compile(
    r"\b(?:sous|dans|en|dentro de|em|numa) (?:une? |una |uma )?(?:(?P<eight>huitaine)|quinzaine|quincena|quinzena)\b"
)
# Two meetings that are "fifteen days" apart fall on the same weekday.
FIFTEEN_DAYS_PATTERN = re.compile(r"\b(?:quinze(?= jours| dias)|quince(?= d[ií]as))\b", re.IGNORECASE)
ARABIC_SPAN_PATTERN = re.compile(r"(?:خلال|في غضون|بعد) (?P<span>اسبوعين|اسبوع|يومين)\b")
DAYS_OF_ARABIC_SPAN = {"اسبوع": 7, "اسبوعين": 14, "يومين": 2}
COUNTED_BACK_PATTERN = re.compile(r"\b(?:days?|weeks?|months?) (?:before|ahead of|prior to)\b")
DAYS_OF_UNIT = {"week": 7, "semana": 7, "semaine": 7, "fortnight": 14}
OVER_PATTERN = re.compile(r" (?:is|are) (?:out|over|up|through)\b")  # "before the summer is out" is not in October
WEEKDAY_PATTERN = re.compile(
    rf"\b(?P<next>next )?(?P<weekday>{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})\b(?! depan\b)"
)
END_OF_MONTH_PATTERN = re.compile(
    r"\b(?:(?P<next>next month|mois prochain|prochain mois|proximo mes|mes proximo|mes que vi?ene?)"
    r"|eom|end of month|(?:end of )?(?:the |this )month"
    r"|(?:fin(?:ales|es|al)?|fim) (?:de |do |del |du )?(?:la |este |ce )?(?:mes|mois)"
    r"|(?:este|ce|neste) (?:mes|mois))\b"
    r"|نهاية (?:هذا )?الشهر(?! (?:القادم|المقبل))|(?P<next_month>الشهر (?:القادم|المقبل))"
)
TODAY_PATTERN = re.compile(
    r"\b(?:(?P<today>today|tonight|eod|end of (?:the |this )?day)|tomorrow|(?<!apres )demain|(?<!pasado )manana"
    r"|(?<!depois de )amanha|besok)\b"
)
WEEK_PATTERN = re.compile(
    r"\b(?:(?P<next>next week|semaine prochaine|prochaine semaine|proxima semana"
    r"|semana (?:proxima|que vi?ene?|que vem)|minggu depan)"
    r"|eow|this week|end of (?:the |this )?week|(?:esta|cette|nesta) (?:semana|semaine)"
    r"|(?:fin(?:ales|es|al)?|fim) (?:de |da )(?:la )?(?:semana|semaine))\b"
)
# "Week of 22 June", but not "within a week of 22 June" or "first week of June".
WEEK_OF_DAY_PATTERN = re.compile(
    r"(?<!\ba )(?<!\bone )\b(?:w c|week (?:of|commencing|beginning|starting)|(?:la )?semaine (?:du|commencant le)"
    r"|semana (?:del?|do|da|que (?:comienza|empieza|comeca) (?:el|em|a))|wiki ya|minggu|woche (?:vom|ab)|settimana del"
    r"|\u0627\u0633\u0628\u0648\u0639) (?:the |dia |tanggal |tarehe |el |le )*"
    rf"(?:(?:{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))}) )?"
    rf"(?:{_MONTH.replace('?P<month>', '?:')} )?\d{{1,2}}(?:\D|$)"
)
HALF_YEAR = 182  # days
WRITTEN_YEAR_PATTERN = re.compile(
    r"(?:19|20)\d\d|\d[./-]\d{1,2}[./-]\d\d|\b(?:year|année|año|ano|jahr|سنة|عام)\b", re.IGNORECASE
)
CHRISTMAS_PATTERN = re.compile(r"\b(?:christmas|noel|navidad|natal)\b")
CHRISTMAS_EVE = (DECEMBER, 24)


def find_due_day(words: str, meeting_day: date | None, document: str = "") -> date | None:
    """The day that these words mean; None where they name none, or where it could be one of two.

    `document` shows whether its author writes the day or the month first: "12/01/2027". "End of May" is its last day,
    and "week of 22 June" the Sunday of that week.
    """
    try:
        day = _find_due_day_unchecked(DAY_RANGES.keep_last_days(words), meeting_day, document)
        is_in_week = day is not None and WEEK_OF_DAY_PATTERN.search(fold_text(words)) is not None
        return day + timedelta(days=SUNDAY - day.weekday()) if day and is_in_week else day
    except (OverflowError, ValueError):
        return None  # before or after the years that a date can have


def find_past_due_day(words: str, meeting_day: date | None, document: str = "") -> date | None:
    """The day by which something was due that was over at the meeting: without a year, the nearest such day."""
    day = find_due_day(words, meeting_day, document)
    is_late = day is not None and meeting_day is not None and day > meeting_day + timedelta(days=HALF_YEAR)
    is_bare = DAY_AND_MONTH_PATTERN.search(fold_text(words)) or NUMERIC_PATTERN.search(words)
    if day is None or not is_late or not is_bare or WRITTEN_YEAR_PATTERN.search(words):
        return day
    return _build_date_or_none(day.year - 1, day.month, day.day)


def find_next_meeting_day(sentence: str, meeting_day: date | None) -> date | None:
    """The day that a sentence about the next meeting names, or counts from this one: "same time in a fortnight"."""
    sentence = remove_cancelled_meetings(sentence)
    folded = fold_text(sentence)
    if exact := find_exact_meeting_day(sentence):
        return exact
    if MONTH_PATTERN.search(folded) and not DAY_AND_MONTH_PATTERN.search(folded):
        return None  # "in the second half of October" is no day
    return find_due_day(FIFTEEN_DAYS_PATTERN.sub("14", sentence), meeting_day)


def _find_due_day_unchecked(words: str, meeting_day: date | None, document: str) -> date | None:
    if (exact := find_exact_meeting_day(words)) is not None:
        return exact
    folded = OVER_PATTERN.sub("", fold_text(words))
    if COUNTED_BACK_PATTERN.search(folded):
        return None
    if (match := NUMERIC_PATTERN.search(words)) is not None and not DAY_AND_MONTH_PATTERN.search(folded):
        return _choose_numeric_day(match, meeting_day, document)
    for find in (
        _find_day_of_month_name,
        _find_day_in_part_of_month,
        _find_end_of_period,
        _find_relative_day,
    ):
        if (day := find(folded, meeting_day)) is not None:
            return day
    last_day = _find_last_day_of_named_month(folded, meeting_day)
    if last_day is None:
        is_next_meeting = DUE_AT_NEXT_MEETING_PATTERN.search(folded) is not None
        return _find_announced_meeting_day(document, meeting_day) if is_next_meeting else None
    is_meeting = MEETING_IN_MONTH_PATTERN.search(folded) is not None
    return _find_named_meeting_in_month(document, last_day, meeting_day) if is_meeting else last_day


def _find_named_meeting_in_month(document: str, last_day: date, meeting_day: date | None) -> date | None:
    """The day of the next meeting, as the document gives it, if it is in the month that ends on `last_day`."""
    for match in NEXT_MEETING_PATTERN.finditer(document):
        day = find_next_meeting_day(" ".join(match["when"].split()), meeting_day)
        if day and (day.year, day.month) == (last_day.year, last_day.month):
            return day
    return None


@lru_cache(maxsize=1)  # each action of a report asks for the same day
def _find_announced_meeting_day(document: str, meeting_day: date | None) -> date | None:
    """The day that the document gives for the next meeting; None where it gives two."""
    if meeting_day is None:
        return None
    told = (match["when"] for match in ANNOUNCED_MEETING_PATTERN.finditer(document))
    days = {day for when in told if (day := find_next_meeting_day(when, meeting_day)) and day > meeting_day}
    return days.pop() if len(days) == 1 else None


def _choose_numeric_day(match: re.Match[str], meeting_day: date | None, document: str) -> date | None:
    first, second, year = int(match[1]), int(match[3]), match[4]
    if match[2] == "." or DAY_FIRST_PATTERN.search(match.string[: match.start()]):
        orders = [(first, second)]  # nobody who writes full stops, or "pour le", puts the month first
    else:
        orders = [(first, second), (second, first)]
        if (is_day_first := _is_day_first(document)) is not None:
            orders = [orders[0] if is_day_first else orders[1]]
    found = {_build_day_near_meeting(year, month, day, meeting_day) for day, month in orders}
    days = [day for day in found if day is not None]
    if len(days) > 1 and meeting_day is not None:
        days = [day for day in days if 0 <= (day - meeting_day).days <= MAX_DAYS_AHEAD]
    return days[0] if len(days) == 1 else None


def _is_day_first(document: str) -> bool | None:
    """How the numbers of this document are to be read; None where none of its dates shows it, or they differ."""
    shown = set()
    for match in NUMERIC_PATTERN.finditer(document):
        first, second = int(match[1]), int(match[3])
        if match[4] and match[2] != "." and (first > DECEMBER) != (second > DECEMBER):
            shown.add(first > DECEMBER)
    return shown.pop() if len(shown) == 1 else None


def _build_day_near_meeting(year: str | None, month: int, day: int, meeting_day: date | None) -> date | None:
    """Without a year it is the day nearest to the meeting, rather after than before it."""
    if year:
        return _build_date_or_none(int(year) if len(year) > 2 else 2000 + int(year), month, day)  # noqa: PLR2004 - of two digits
    if meeting_day is None:
        return None
    for offset in (-1, 0, 1):
        found = _build_date_or_none(meeting_day.year + offset, month, day)
        if found is not None and found >= meeting_day - timedelta(days=MAX_DAYS_PAST):
            return found
    return None


def _build_date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _find_day_of_month_name(words: str, meeting_day: date | None) -> date | None:
    match = DAY_AND_MONTH_PATTERN.search(words)
    if match is None:
        return None
    name, day = match["month"] or match["first_month"], match["day"] or match["last_day"] or match["second_day"]
    return _build_day_near_meeting(match["year"], MONTH_NUMBERS[name], int(day), meeting_day)


def _find_day_in_part_of_month(words: str, meeting_day: date | None) -> date | None:
    if (match := WEEK_OF_MONTH_PATTERN.search(words)) is not None:
        return _find_end_of_week_of_month(match, meeting_day)
    match = PART_OF_MONTH_PATTERN.search(words)
    if match is None:
        return None
    month = MONTH_NUMBERS[match["month"]]
    if match["end"]:
        return _get_last_day_of_month(match["year"], month, meeting_day)
    return _build_day_near_meeting(match["year"], month, 15 if match["middle"] else 1, meeting_day)


def _find_end_of_week_of_month(match: re.Match[str], meeting_day: date | None) -> date | None:
    weeks = 1 if match["first"] else 2 if match["second"] else 3 if match["third"] else 0
    if match["half"]:
        weeks = 2 if match["first"] else 0
    month = MONTH_NUMBERS[match["month"]]
    if not weeks:
        return _get_last_day_of_month(match["year"], month, meeting_day)
    return _build_day_near_meeting(match["year"], month, 7 * weeks + bool(match["half"]), meeting_day)


def _find_last_day_of_named_month(words: str, meeting_day: date | None) -> date | None:
    match = MONTH_PATTERN.search(words)
    return _get_last_day_of_month(match["year"], MONTH_NUMBERS[match["month"]], meeting_day) if match else None


def _get_last_day_of_month(year: str | None, month: int, meeting_day: date | None) -> date | None:
    first = _build_day_near_meeting(year, month, 28, meeting_day)
    return first and first.replace(day=monthrange(first.year, month)[1])


def _find_end_of_period(words: str, meeting_day: date | None) -> date | None:
    if match := END_OF_YEAR_PATTERN.search(words):
        return _build_day_near_meeting(match["year"], DECEMBER, 31, meeting_day)
    if match := END_OF_QUARTER_PATTERN.search(words):
        return _get_last_day_of_month(match["year"], int(match["quarter"]) * 3, meeting_day)
    if CHRISTMAS_PATTERN.search(words):
        return _build_day_near_meeting(None, *CHRISTMAS_EVE, meeting_day)
    match = END_OF_MONTH_PATTERN.search(words)
    if match is None or meeting_day is None:
        return None
    is_next = match["next"] or match["next_month"]
    month = meeting_day.replace(day=1) + timedelta(days=32) if is_next else meeting_day
    return month.replace(day=monthrange(month.year, month.month)[1])


def _find_relative_day(words: str, meeting_day: date | None) -> date | None:
    if meeting_day is None:
        return None
    if match := COUNTED_PATTERN.search(words) or NAMED_SPAN_PATTERN.search(words) or ARABIC_SPAN_PATTERN.search(words):
        return _add_period(meeting_day, match)
    if match := DAY_OF_MONTH_PATTERN.search(words):
        return _find_next_day_of_month(meeting_day, int(match["day"]))
    if match := WEEKDAY_PATTERN.search(words):
        ahead = (_WEEKDAYS[match["weekday"]] - meeting_day.weekday()) % 7 or 7
        return None if match["next"] else meeting_day + timedelta(days=ahead)
    if match := TODAY_PATTERN.search(words):
        return meeting_day if match["today"] else meeting_day + timedelta(days=1)
    return _find_day_of_week(words, meeting_day)


def _find_day_of_week(words: str, meeting_day: date) -> date | None:
    """The Friday of this week or the next; a weekend ends on Sunday."""
    if re.search(r"\b(?:this|the|coming) weekend\b", words):
        return meeting_day + timedelta(days=(SUNDAY - meeting_day.weekday()) % 7)
    match = WEEK_PATTERN.search(words)
    if match is None:
        return None
    ahead = 7 + FRIDAY - meeting_day.weekday() if match["next"] else (FRIDAY - meeting_day.weekday()) % 7
    return meeting_day + timedelta(days=ahead)


def _add_period(start: date, match: re.Match[str]) -> date:
    if match.re is ARABIC_SPAN_PATTERN:
        return start + timedelta(days=DAYS_OF_ARABIC_SPAN[match["span"]])
    if match.re is NAMED_SPAN_PATTERN:
        return start + timedelta(days=8 if match["eight"] else 15)
    count = COUNTS.get(match["count"]) or int(match["count"])
    if match["unit"] in {"month", "mes", "mois"}:
        months = start.month - 1 + count
        year, month = start.year + months // 12, months % 12 + 1
        return date(year, month, min(start.day, monthrange(year, month)[1]))
    if match["working"]:
        day = start
        while count:
            day += timedelta(days=1)
            count -= day.weekday() <= FRIDAY
        return day
    return start + timedelta(days=count * DAYS_OF_UNIT.get(match["unit"], 1))


def _find_next_day_of_month(start: date, number: int) -> date | None:
    for month_start in (start.replace(day=1), start.replace(day=1) + timedelta(days=32)):
        found = _build_date_or_none(month_start.year, month_start.month, number)
        if found is not None and found >= start:
            return found
    return None
