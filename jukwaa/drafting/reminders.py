"""What is told of consultations: that one began, that it ends soon, a nudge, and that it closed with inputs unanswered.

One that begins at once is told by its activity, one that begins later by the clock: under the same name, so that nobody
hears of it twice.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Organisation
from jukwaa.core.dates import written
from jukwaa.drafting.asked import (
    asked_organisations,
    inputs_that_stand,
    members_on_their_own,
    people_who_answer,
    silent_organisations,
    who_asks,
    whom,
)
from jukwaa.drafting.models import Consultation
from jukwaa.drafting.models import Text as Drafted
from jukwaa.records.models import State
from jukwaa.updates.letters import News, Text
from jukwaa.updates.models import Follow, MailChoice, Topic
from jukwaa.updates.recipients import coordinators, speakers

SOON = timedelta(days=4)
MISSED = timedelta(days=7)  # after an outage one still hears of what began or closed in the week before

type Reminder = tuple[str, News]


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


def beginning(consultation: Consultation) -> Iterator[News]:
    """To those who are asked; then to those who follow what is new, and to the list."""
    text = consultation.text
    asked = people_who_answer(consultation, asked_organisations(consultation)) + members_on_their_own(consultation)
    news = partial(
        News,
        coalition=text.coalition,
        write=partial(_beginning, consultation),
        record=text,
        consultation=consultation,
        once=f"consultation-opened:{consultation.pk}",
    )
    but = _who_opened(consultation)
    yield news(people=asked, topic=Topic.CONCERNS, but=but)
    chosen = MailChoice.objects.filter(coalition=text.coalition, topic=Topic.NEWS, wanted=True)
    following = Follow.objects.filter(record=text.pk)
    others = [row.person for rows in (chosen, following) for row in rows.select_related("person")]
    but |= {person.pk for person in asked}
    is_public = consultation.asks == Consultation.Asks.PUBLIC
    yield news(people=others, topic=Topic.NEWS, but=but, to_list=is_public)


def _beginning(consultation: Consultation) -> Text:
    text = consultation.text
    names = _names(consultation)
    return Text(
        _("Your input is asked for: %(title)s") % names,
        (
            _("%(who)s asks %(whom)s about “%(title)s”, until %(day)s.") % names,
            *((consultation.introduction,) if consultation.introduction else ()),
            *(f"{number}. {question}" for number, question in enumerate(consultation.questions, 1)),
            _("On this page stands what is asked, the text, a paper to print, and how to answer:"),
        ),
        reverse("drafting:consultation_detail", args=[text.coalition.slug, consultation.pk]),
    )


def ending(consultation: Consultation) -> News:
    """A few days before it ends: to those asked who have not spoken."""

    def write() -> Text:
        names = _names(consultation)
        return Text(
            _("Until %(day)s: your input on %(title)s") % names,
            (
                _("%(who)s asks about “%(title)s” until %(day)s. Nothing has come from you yet.") % names,
                _("A sentence is enough, and so is your support. This reminder comes once."),
            ),
            reverse("drafting:consultation_detail", args=[consultation.text.coalition.slug, consultation.pk]),
        )

    spoke = set(inputs_that_stand(consultation).values_list("author", flat=True))
    own = [person for person in members_on_their_own(consultation) if person.pk not in spoke]
    people = people_who_answer(consultation, silent_organisations(consultation)) + own
    return News(
        coalition=consultation.text.coalition,
        people=people,
        topic=Topic.REMINDERS,
        write=write,
        record=consultation.text,
        consultation=consultation,
        but=_who_opened(consultation),
    )


def nudge(consultation: Consultation) -> News:
    """What those who ask send to the organisations of which they have heard nothing."""

    def write() -> Text:
        names = _names(consultation)
        return Text(
            _("We would like to hear from you: %(title)s") % names,
            (
                _("%(who)s asks about “%(title)s”, and your organisation has not spoken yet.") % names,
                _("Your view is wanted, whatever it is. It is open until %(day)s, and a sentence is enough.") % names,
            ),
            reverse("drafting:consultation_detail", args=[consultation.text.coalition.slug, consultation.pk]),
        )

    return News(
        coalition=consultation.text.coalition,
        people=people_who_answer(consultation, silent_organisations(consultation)),
        topic=Topic.CONCERNS,
        write=write,
        record=consultation.text,
        consultation=consultation,
        but=_who_opened(consultation),
    )


def closed(consultation: Consultation, waiting: int) -> News:
    def write() -> Text:
        names = _names(consultation)
        return Text(
            ngettext(
                "Closed: one input on %(title)s waits for an answer",
                "Closed: %(n)s inputs on %(title)s wait for an answer",
                waiting,
            )
            % {**names, "n": waiting},
            (
                _("The consultation on “%(title)s” closed on %(day)s.") % names,
                _("Whoever spoke waits to hear what becomes of it. Nothing is published before each has its answer."),
            ),
            reverse("drafting:input_list", args=[consultation.text.coalition.slug, consultation.pk]) + "?answered=no",
        )

    text = consultation.text
    return News(coalition=text.coalition, people=drafters(text), topic=Topic.REMINDERS, write=write, record=text)


def drafters(text: Drafted) -> list[Person]:
    """Whoever writes the text, and whoever speaks for the member whose text it is; a coordinator if there is nobody."""
    authors = [row.person for row in text.authorships.select_related("person")]
    owner: Organisation | None = text.owner
    return [*authors, *(speakers(owner) if owner else [])] or coordinators(text.coalition)


def _who_opened(consultation: Consultation) -> frozenset[int]:
    return frozenset({consultation.by_id} if consultation.by_id else ())


def _names(consultation: Consultation) -> dict[str, str]:
    """In the language of the reader."""
    text = consultation.text
    day = written(consultation.closes_at.date())
    return {"who": who_asks(text), "whom": whom(consultation), "title": text.title, "day": day}
