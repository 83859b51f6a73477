"""Recorded meetings on the day of an event of a calendar: the event may be one of them, under another title."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain
from typing import Any

from django.db.models import Q

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.meetings import times
from jukwaa.meetings.calendar_reader import CalendarEvent
from jukwaa.meetings.meeting_titles import (
    TITLE_WORDS,
    have_different_numbers,
    have_same_group_name,
    remove_names_of_coalition,
)
from jukwaa.meetings.models import Meeting
from jukwaa.places.text_folding import fold_text
from jukwaa.records.models import State

MAX_HOUR_DIFFERENCE = timedelta(minutes=30)
MIN_COMMON_WORDS = 2
MIN_WORD_LENGTH = 4
# They say nothing about which meeting it is.
GENERAL_TITLE_WORDS = frozenset(
    {
        *("meeting", "call", "session", "online", "minutes", "report", "notes"),
        *("reunion", "appel", "seance", "rencontre", "compte", "rendu"),
        *("llamada", "sesion", "encuentro", "acta", "virtual"),
        *("reuniao", "chamada", "sessao", "encontro", "acta", "ata"),
        *("اجتماع", "الاجتماع", "مكالمه", "مكالمة", "جلسه", "جلسة", "محضر"),
        *("january", "february", "march", "april", "june", "july", "august"),
        *("september", "october", "november", "december"),
        *(
            "janvier",
            "fevrier",
            "mars",
            "avril",
            "juin",
            "juillet",
            "aout",
            "septembre",
            "octobre",
            "novembre",
            "decembre",
        ),
        *(
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
        ),
        *("diciembre", "janeiro", "fevereiro", "marco", "maio", "junho", "julho", "setembro", "outubro", "novembro"),
        "dezembro",
    }
)


class MeetingsByDay:
    """The meetings that a person may read, within the time of a calendar, and that are of no calendar yet."""

    def __init__(self, viewer: Person, coalition: Coalition, calendar_events: Sequence[CalendarEvent]) -> None:
        days = sorted(chain.from_iterable((each.starts_on, _get_last_day(each)) for each in calendar_events))
        self._meetings: list[Meeting] = []
        if days:
            in_time = Q(starts_on__lte=days[-1]) & (Q(starts_on__gte=days[0]) | Q(ends_on__gte=days[0]))
            readable = Meeting.objects.visible_to(viewer).filter(in_time, coalition=coalition, imported_event=None)
            self._meetings = list(readable.exclude(state=State.WITHDRAWN).order_by("starts_on", "pk"))
        for meeting in self._meetings:
            meeting.coalition = coalition

    def find(self, calendar_event: CalendarEvent) -> list[Meeting]:
        """Return the meetings that take place on a day of the event."""
        first, last = calendar_event.starts_on, _get_last_day(calendar_event)
        return [
            meeting
            for meeting in self._meetings
            if meeting.is_day_known
            and meeting.starts_on is not None
            and meeting.starts_on <= last
            and (meeting.ends_on or meeting.starts_on) >= first
        ]


def find_probable_meeting(meetings: Sequence[Meeting], meeting_details: dict[str, Any]) -> Meeting | None:
    """Return the first meeting that is called like the event, else the first one at the same hour.

    Not one of another number.
    """
    event = Meeting(**meeting_details)
    event.set_moments()
    title = meeting_details["title"]
    alike = [each for each in meetings if has_common_title_words(each.title, title, each.coalition)]
    same_hour = [
        each
        for each in meetings
        if each.starts_at
        and event.starts_at
        and abs(each.starts_at - event.starts_at) <= MAX_HOUR_DIFFERENCE
        and not have_different_numbers(each.title, title)
    ]
    return next(iter([*alike, *same_hour]), None)


def has_common_title_words(first_title: str, second_title: str, coalition: Coalition | None = None) -> bool:
    """Whether two titles share two words, or all words of the shorter one, or name the same group.

    Dates and "meeting" do not count, and the name of the coalition is no part of the shorter title. Groups with
    different numbers are different groups.
    """
    if have_different_numbers(first_title, second_title):
        return False
    if have_same_group_name(first_title, second_title):
        return True
    return any(
        _share_words(_get_title_words(first_title, without), _get_title_words(second_title, without))
        for without in {None, coalition}
    )


def _share_words(first: set[str], second: set[str]) -> bool:
    needed = min(MIN_COMMON_WORDS, len(first), len(second))
    shared = [word for word in first if any(_is_same_word(word, other) for other in second)]
    return bool(needed) and len(shared) >= needed


def _is_same_word(first_word: str, second_word: str) -> bool:
    """Whether one of them is the other or its beginning: "tech" and "technical"."""
    return first_word.startswith(second_word) or second_word.startswith(first_word)


def _get_title_words(title: str, without: Coalition | None) -> set[str]:
    folded = fold_text(title)
    words = remove_names_of_coalition(folded, without).split() if without else folded.split()
    telling = {word for word in words if word.isalpha() and len(word) >= MIN_WORD_LENGTH}
    return telling - GENERAL_TITLE_WORDS - TITLE_WORDS["general"]


def _get_last_day(calendar_event: CalendarEvent) -> date:
    """Of what lasts longer than a meeting can, such as a holiday, the first day alone."""
    is_long = calendar_event.day_count > times.MAX_MEETING_DAYS
    return calendar_event.starts_on if is_long else calendar_event.ends_on or calendar_event.starts_on
