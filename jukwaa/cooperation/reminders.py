"""Offers and needs that are to be looked at again, and what is due in joint work.

Is it still true? On the day that an offer or a need is to be looked at again, and two weeks later once more.
The link in the mail opens a page whose button says so, without signing in; it is for its reader alone, for two months.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.cooperation.actions.offers import whose_left
from jukwaa.cooperation.models import Deliverable, JointWork, Need, Offer
from jukwaa.cooperation.models.help import still_open
from jukwaa.cooperation.notifications.joint_work import about_work, to_sign
from jukwaa.cooperation.quiet import Silence, silences
from jukwaa.core.dates import written
from jukwaa.mail.headers import OPEN_LABELS
from jukwaa.records.models import State
from jukwaa.updates import tokens
from jukwaa.updates.letters import News, Text, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import speakers
from jukwaa.updates.registries import MISSED, Reminder, reminders

AGAIN = timedelta(days=14)


@reminders.register("offers and needs")
def still_true(now: datetime) -> Iterator[Reminder]:
    """A mail for each of those who may speak for whose it is, with a link of their own."""
    today = now.date()
    for model in (Offer, Need):
        for times, due in (("once", today), ("again", today - AGAIN)):
            rows = model.objects.filter(still_open(today), review_by__gt=due - MISSED, review_by__lte=due)
            rows = rows.annotate(has_left=whose_left()).filter(has_left=False, organisation__isnull=False)
            for given in rows.select_related("coalition", "organisation"):
                yield from _reminders(given, times)


def _reminders(given: Offer | Need, times: str) -> Iterator[Reminder]:
    if given.organisation is None:
        return
    for person in speakers(given.organisation):
        key = f"still-true:{given.pk}:{given.review_by}:{times}"
        yield (
            key,
            News(
                coalition=given.coalition,
                people=[person],
                topic=Topic.REMINDERS,
                write=_writer(given, person),
                record=given,
            ),
        )


def _writer(given: Offer | Need, person: Person) -> Callable[[], Text]:
    return lambda: _write(given, person)


def _write(given: Offer | Need, person: Person) -> Text:
    is_offer = isinstance(given, Offer)
    return render_email("cooperation/email/still_true.txt", _page(given, person), title=given.title, is_offer=is_offer)


def _page(given: Offer | Need, person: Person) -> str:
    """Of what not everybody inside may read, the page behind the wall alone."""
    if given.label not in OPEN_LABELS:
        return given.get_absolute_url()
    return tokens.path(tokens.STILL_TRUE, "cooperation:still_true", help=given.pk, person=person.pk)


@reminders.register("joint work")
def joint_work(now: datetime) -> Iterator[Reminder]:
    """Whoever is silent is asked: each party once in a month, on what is due the longest."""
    today = now.date()
    running = [JointWork.Stage.AGREEING, JointWork.Stage.UNDER_WAY]
    works = JointWork.objects.filter(state=State.PUBLISHED, stage__in=running).select_related("coalition")
    for work in works:
        asked: dict[int, list[Silence]] = {}
        for silence in silences(work, today):
            asked.setdefault(silence.party.pk, []).append(silence)
        for pk, silent in asked.items():
            first = min(silent, key=lambda each: each.since)
            for news in _asked(work, first):
                yield f"work:{work.pk}:{pk}:{today:%Y-%m}", news


def _asked(work: JointWork, silence: Silence) -> Iterator[News]:
    deliverable, party = silence.deliverable, silence.party
    party.work = work
    if deliverable is None:
        charter = work.charters.get(in_force_since__isnull=True, dropped_at__isnull=True)
        charter.work = work
        yield from to_sign(charter, party, again=True)
    else:
        yield about_work(work, speakers(party.organisation), lambda: _how_it_stands(work, deliverable, silence.since))


def _how_it_stands(work: JointWork, deliverable: Deliverable, since: date) -> Text:
    path = reverse("cooperation:deliverable_report", args=[work.coalition.slug, work.pk, deliverable.pk])
    names = {"what": deliverable.what, "title": work.title, "day": written(since)}
    return render_email("cooperation/email/deliverable_due.txt", path, **names)
