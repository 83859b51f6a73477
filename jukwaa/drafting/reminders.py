"""Consultations that begin, end soon, or closed with inputs unanswered; and calls that close soon."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse

from jukwaa.drafting.asked import inputs_that_stand, members_on_their_own, people_who_answer, silent_organisations
from jukwaa.drafting.models import Call, Consultation
from jukwaa.drafting.notifications.calls import address_of, last_day, speakers_asked, write_decision
from jukwaa.drafting.notifications.consultations import (
    beginning,
    drafters,
    input_by_mail,
    names_of,
    page_of,
    who_opened,
)
from jukwaa.records.models import State
from jukwaa.updates.letters import Answer, News, Text, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.registries import MISSED, Reminder, reminders

SOON = timedelta(days=4)
CALL_SOON = timedelta(days=3)


@reminders.register("consultations")
def consultations(now: datetime) -> Iterator[Reminder]:
    """Once each: that one began, that it ends soon, and that it closed and somebody waits for an answer."""
    rows = Consultation.objects.filter(text__state=State.PUBLISHED).select_related("text__coalition", "text__owner")
    for each in rows.filter(opens_at__gt=now - MISSED, opens_at__lte=now, closes_at__gt=now):
        for number, news in enumerate(beginning(each)):
            yield f"consultation-opened:{each.pk}:{number}", news
    for each in rows.filter(opens_at__lte=now, closes_at__gt=now, closes_at__lte=now + SOON):
        yield f"consultation-soon:{each.pk}", ending(each)
    for each in rows.filter(closes_at__gt=now - MISSED, closes_at__lte=now):
        if waiting := each.inputs.waiting().count():
            yield f"consultation-closed:{each.pk}", closed(each, waiting)


def ending(consultation: Consultation) -> News:
    """A few days before it ends: to those asked who have not spoken."""

    def write() -> Text:
        return render_email("drafting/email/consultation_ends.txt", page_of(consultation), **names_of(consultation))

    spoke = set(inputs_that_stand(consultation).values_list("author", flat=True))
    own = [person for person in members_on_their_own(consultation) if person.pk not in spoke]
    people = people_who_answer(consultation, silent_organisations(consultation)) + own
    return News(
        coalition=consultation.text.coalition,
        people=people,
        topic=Topic.REMINDERS,
        write=write,
        record=consultation.text,
        answer=input_by_mail(consultation),
        but=who_opened(consultation),
    )


def closed(consultation: Consultation, waiting: int) -> News:
    def write() -> Text:
        path = reverse("drafting:input_list", args=[consultation.text.coalition.slug, consultation.pk]) + "?answered=no"
        return render_email("drafting/email/consultation_closed.txt", path, **names_of(consultation), waiting=waiting)

    text = consultation.text
    return News(coalition=text.coalition, people=drafters(text), topic=Topic.REMINDERS, write=write, record=text)


@reminders.register("calls")
def calls(now: datetime) -> Iterator[Reminder]:
    """Three days before a call closes: to those whose member has not taken a position, or awaits instructions."""
    open_to_readers = Call.objects.filter(outcome="", text__state=State.PUBLISHED)
    closing = open_to_readers.filter(closes_at__gt=now, closes_at__lte=now + CALL_SOON)
    for call in closing.select_related("text__coalition", "revision"):
        yield f"call:{call.pk}:{call.closes_at:%Y-%m-%d}", _closing(call)


def _closing(call: Call) -> News:
    def write() -> Text:
        if call.text.is_decision:
            return write_decision("decision_ends", call)
        names = {"title": call.text.title, "day": last_day(call), "silence": call.silence}
        return render_email("drafting/email/call_closes.txt", address_of(call), n=call.revision.number, **names)

    return News(
        coalition=call.text.coalition,
        people=speakers_asked(call, silent_only=True),
        topic=Topic.REMINDERS,
        write=write,
        record=call.text,
        answer=Answer(f"call:{call.pk}"),
    )
