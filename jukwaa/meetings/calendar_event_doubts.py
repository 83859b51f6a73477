"""Why an event of a calendar may be no meeting of the coalition. It is then not selected at first."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from statistics import median

from django.utils.translation import gettext as _

from jukwaa.meetings import times
from jukwaa.meetings.calendar_reader import CalendarEvent
from jukwaa.places.country_search import find_country

MIN_EVENTS_IN_SERIES = 3
DAYS_OF_WEEK = 7
COUNTRY_CODE_LENGTH = 3
DEADLINE_PATTERN = re.compile(
    r"\b(deadline|due|last day|closes|date limite|échéance|délai|fecha límite|plazo|vence)\b|الموعد النهائي|آخر موعد",
    re.IGNORECASE,
)
BIRTHDAY_PATTERN = re.compile(
    r"\b(birthdays?|b-?day|anniv(?:ersaire)?s? (?:de |d['\u2019])?(?:ma|mon|mam|pap)\w*|anniv\b|cumple(?:años)?"
    r"|geburtstag|compleanno)|عيد ميلاد",
    re.IGNORECASE,
)
# Meetings of those who work for the coalition, and what is nobody else's business; but "private sector" is a group.
INTERNAL_PATTERN = re.compile(
    r"\b(secretariat|secrétariat|secretaría|secretaria|secretariado|staff|team|personnel|équipe"
    r"|personal|equipo|pessoal|equipa|equipe|internal|interne|interno|interna|1:1|one-to-one|private(?! sector)"
    r"|(?<!secteur )privée?|(?<!sector )(?<!setor )privad[oa])\b"
    r"|\b(?:ال)?[أا]مان[ةه]\b|\b(?:ال)?موظف(?:ين|ون)\b|\b(?:ال)?فريق\b|\b(?:ال)?(?:داخلي|شخصي)[ةه]?\b",
    re.IGNORECASE,
)

# Between two people, or about the work of one of them.
PERSONAL_PATTERN = re.compile(
    r"\b(?:(?:staff |annual )?appraisals?|performance (?:review|appraisal|talk|conversation|evaluation)"
    r"|contract (?:talks?|renewal|discussion|negotiations?)|salary|pay (?:rise|review)|probation"
    r"|(?:sick|annual|parental|maternity|paternity|on) leave|out of (?:the )?office|day off"
    r"|job interview|exit interview|dentist|doctor"
    r"|entretien (?:annuel|individuel|d['\u2019]évaluation|professionnel)|contrat de travail|congés?|salaire"
    r"|evaluación (?:de|del) (?:desempeño|personal)|entrevista de trabajo|salario|vacaciones"
    r"|avaliação de desempenho|entrevista de emprego|salário|férias"
    r"|Mitarbeitergespräch|Gehaltsgespräch)\b|تقييم الأداء|مقابلة عمل|إجازة",
    re.IGNORECASE,
)
_TWO_NAMES_PATTERN = re.compile(r"\s*([^\W\d_]+)\s*(?:/|<>|\bx\b|\u00d7)\s*([^\W\d_]+)\s*(?:[-\u2013\u2014:].*)?")


def find_weekly_uids(calendar_events: Iterable[CalendarEvent]) -> set[str]:
    """Return what recurs every week or more often: its days are mostly seven days apart, or fewer."""
    days = defaultdict(set)
    for event in calendar_events:
        days[event.uid].add(event.starts_on)
    return {
        uid
        for uid, found in days.items()
        if len(found) >= MIN_EVENTS_IN_SERIES
        and median((later - earlier).days for earlier, later in pairwise(sorted(found))) <= DAYS_OF_WEEK
    }


def find_yearly_uids(calendar_events: Iterable[CalendarEvent]) -> set[str]:
    """Return what lasts all day and recurs on the same day of each year, as birthdays and anniversaries do."""
    days = defaultdict(set)
    for event in calendar_events:
        days[event.uid].add((event.starts_on, event.hour))
    return {
        uid
        for uid, found in days.items()
        if len(found) > 1
        and not any(hour for _day, hour in found)
        and len({(day.month, day.day) for day, _hour in found}) == 1
    }


def is_probably_deadline(calendar_event: CalendarEvent) -> bool:
    """Whether it lasts all day and is named like a deadline."""
    return not calendar_event.hour and DEADLINE_PATTERN.search(calendar_event.title) is not None


def is_probably_personal(title: str) -> bool:
    """As "Ana / Ben \u2013 contract talk" is; countries, acronyms and groups beside each other are no first names."""
    if PERSONAL_PATTERN.search(title):
        return True
    found = _TWO_NAMES_PATTERN.fullmatch(title)
    return found is not None and all(map(_may_be_first_name, found.groups()))


def _may_be_first_name(word: str) -> bool:
    """Not a country; but "Ben" is a name, although BEN is a code of one."""
    return word.istitle() and (len(word) == COUNTRY_CODE_LENGTH or not find_country(word))


def describe_event_doubt(calendar_event: CalendarEvent, *, is_weekly: bool, is_yearly: bool = False) -> str:
    """Return why it may be no meeting, or none that will be held, as a sentence."""
    if calendar_event.day_count > times.MAX_MEETING_DAYS:
        sentence = _("This lasts %(days)s days, so it may not be a meeting. Only its first day will be imported.")
        return sentence % {"days": calendar_event.day_count}
    title = calendar_event.title
    is_reminder = calendar_event.is_reminder or is_yearly or BIRTHDAY_PATTERN.search(title)
    doubts = (
        (is_probably_deadline(calendar_event), _("This may be a deadline, not a meeting.")),
        (is_reminder, _("This may be a reminder, not a meeting.")),
        (is_probably_personal(title), _("This may be a personal appointment, not a meeting of the coalition.")),
        (INTERNAL_PATTERN.search(title), _("This may be an internal meeting of the staff or the secretariat.")),
        (is_weekly, _("This takes place every week or more often, so it may be an internal meeting.")),
        (calendar_event.is_tentative, _("Tentative in the calendar, so the date may change.")),
    )
    return next((sentence for is_doubtful, sentence in doubts if is_doubtful), "")
