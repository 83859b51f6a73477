"""Offers and needs that are to be looked at again, and what is due in joint work.

Is it still true? On the day that an offer or a need is to be looked at again, and two weeks later once more.
The link in the mail opens a page whose button says so, without signing in; it is for its reader alone, for two months.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.cooperation.actions.offers import build_has_left_condition
from jukwaa.cooperation.models import Deliverable, JointWork, Need, Offer
from jukwaa.cooperation.models.help import build_open_condition
from jukwaa.cooperation.notifications.joint_work import build_signature_requests, build_work_news
from jukwaa.cooperation.overdue import OverdueParty, find_overdue_parties
from jukwaa.core.dates import format_long_date
from jukwaa.mail.headers import OPEN_LABELS
from jukwaa.records.models import State
from jukwaa.updates import email_links
from jukwaa.updates.models import Topic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, render_email
from jukwaa.updates.recipients import speakers
from jukwaa.updates.registries import REMINDER_WINDOW, Reminder, reminder_registry

SECOND_REMINDER_DELAY = timedelta(days=14)


@reminder_registry.register("offers and needs")
def remind_to_review_help(now: datetime) -> Iterator[Reminder]:
    """A mail for each of those who may speak for whose it is, with a link of their own."""
    today = now.date()
    for model in (Offer, Need):
        for times, due in (("once", today), ("again", today - SECOND_REMINDER_DELAY)):
            rows = model.objects.filter(
                build_open_condition(today), review_by__gt=due - REMINDER_WINDOW, review_by__lte=due
            )
            rows = rows.annotate(has_left=build_has_left_condition()).filter(has_left=False, organisation__isnull=False)
            for given in rows.select_related("coalition", "organisation"):
                yield from _build_help_reminders(given, times)


def _build_help_reminders(offer_or_need: Offer | Need, occasion: str) -> Iterator[Reminder]:
    if offer_or_need.organisation is None:
        return
    for person in speakers(offer_or_need.organisation):
        key = f"still-true:{offer_or_need.pk}:{offer_or_need.review_by}:{occasion}"
        yield (
            key,
            NotificationEmail(
                coalition=offer_or_need.coalition,
                people=[person],
                topic=Topic.REMINDERS,
                write=_build_email_writer(offer_or_need, person),
                record=offer_or_need,
            ),
        )


def _build_email_writer(offer_or_need: Offer | Need, person: Person) -> Callable[[], EmailText]:
    return lambda: _render_review_email(offer_or_need, person)


def _render_review_email(offer_or_need: Offer | Need, person: Person) -> EmailText:
    is_offer = isinstance(offer_or_need, Offer)
    return render_email(
        "cooperation/email/still_true.txt",
        _get_review_url(offer_or_need, person),
        title=offer_or_need.title,
        is_offer=is_offer,
    )


def _get_review_url(offer_or_need: Offer | Need, person: Person) -> str:
    """Of what not everybody inside may read, the page behind the wall alone."""
    if offer_or_need.label not in OPEN_LABELS:
        return offer_or_need.get_absolute_url()
    return email_links.build_email_path(
        email_links.CONFIRM_CURRENT_PURPOSE, "cooperation:still_true", help=offer_or_need.pk, person=person.pk
    )


@reminder_registry.register("joint work")
def remind_overdue_parties(now: datetime) -> Iterator[Reminder]:
    """Whoever is silent is asked: each party once in a month, on what is due the longest."""
    today = now.date()
    running = [JointWork.Stage.AGREEING, JointWork.Stage.UNDER_WAY]
    works = JointWork.objects.filter(state=State.PUBLISHED, stage__in=running).select_related("coalition")
    for work in works:
        asked: dict[int, list[OverdueParty]] = {}
        for silence in find_overdue_parties(work, today):
            asked.setdefault(silence.party.pk, []).append(silence)
        for pk, silent in asked.items():
            first = min(silent, key=lambda each: each.since)
            for news in _build_overdue_news(work, first):
                yield f"work:{work.pk}:{pk}:{today:%Y-%m}", news


def _build_overdue_news(work: JointWork, silence: OverdueParty) -> Iterator[NotificationEmail]:
    deliverable, party = silence.deliverable, silence.party
    party.work = work
    if deliverable is None:
        charter = work.charters.get(in_force_since__isnull=True, dropped_at__isnull=True)
        charter.work = work
        yield from build_signature_requests(charter, party, is_reminder=True)
    else:
        yield build_work_news(
            work, speakers(party.organisation), lambda: _render_overdue_email(work, deliverable, silence.since)
        )


def _render_overdue_email(work: JointWork, deliverable: Deliverable, since: date) -> EmailText:
    path = reverse("cooperation:deliverable_report", args=[work.coalition.slug, work.pk, deliverable.pk])
    names = {"what": deliverable.what, "title": work.title, "day": format_long_date(since)}
    return render_email("cooperation/email/deliverable_due.txt", path, **names)
