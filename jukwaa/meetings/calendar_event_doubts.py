"""Why an event of a calendar may be no meeting of the coalition. It is then not selected at first."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from statistics import median

from django.utils.translation import gettext as _

from jukwaa.meetings import times
from jukwaa.meetings.calendar_reader import CalendarEvent

MIN_EVENTS_IN_SERIES = 3
DAYS_OF_WEEK = 7
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


def describe_event_doubt(calendar_event: CalendarEvent, *, is_weekly: bool, is_yearly: bool = False) -> str:
    """Return why it may be no meeting, or none that will be held, as a sentence."""
    if calendar_event.day_count > times.MAX_MEETING_DAYS:
        sentence = _("This lasts %(days)s days, so it may not be a meeting. Only its first day will be imported.")
        return sentence % {"days": calendar_event.day_count}
    if is_probably_deadline(calendar_event):
        return _("This may be a deadline, not a meeting.")
    if calendar_event.is_reminder or is_yearly or BIRTHDAY_PATTERN.search(calendar_event.title):
        return _("This may be a reminder, not a meeting.")
    if INTERNAL_PATTERN.search(calendar_event.title):
        return _("This may be an internal meeting of the staff or the secretariat.")
    if is_weekly:
        return _("This takes place every week or more often, so it may be an internal meeting.")
    return _("Tentative in the calendar, so the date may change.") if calendar_event.is_tentative else ""
