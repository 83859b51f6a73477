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
from jukwaa.cooperation.models.help import build_open_help_condition
from jukwaa.cooperation.notifications.joint_work import build_signature_requests, build_work_news
from jukwaa.cooperation.overdue import OverdueParty, find_overdue_parties
from jukwaa.core.dates import format_long_date
from jukwaa.mail.headers import LABELS_READABLE_BY_EMAIL
from jukwaa.records.models import State
from jukwaa.updates import email_links
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, render_email
from jukwaa.updates.recipients import find_organisation_representatives
from jukwaa.updates.registries import REMINDER_WINDOW, Reminder, reminder_registry

SECOND_HELP_REMINDER_DELAY = timedelta(days=14)


@reminder_registry.register("offers and needs")
def remind_to_review_help(now: datetime) -> Iterator[Reminder]:
    """A mail for each of those who may speak for whose it is, with a link of their own."""
    today = now.date()
    for model in (Offer, Need):
        for times, due in (("once", today), ("again", today - SECOND_HELP_REMINDER_DELAY)):
            rows = model.objects.filter(
                build_open_help_condition(today), review_by__gt=due - REMINDER_WINDOW, review_by__lte=due
            )
            rows = rows.annotate(has_left=build_has_left_condition()).filter(has_left=False, organisation__isnull=False)
            for given in rows.select_related("coalition", "organisation"):
                yield from _build_help_reminders(given, times)


def _build_help_reminders(help_record: Offer | Need, reminder_occasion: str) -> Iterator[Reminder]:
    if help_record.organisation is None:
        return
    for person in find_organisation_representatives(help_record.organisation):
        key = f"still-true:{help_record.pk}:{help_record.review_by}:{reminder_occasion}"
        yield (
            key,
            NotificationEmail(
                coalition=help_record.coalition,
                people=[person],
                topic=EmailTopic.REMINDERS,
                write=_build_email_writer(help_record, person),
                record=help_record,
            ),
        )


def _build_email_writer(help_record: Offer | Need, person: Person) -> Callable[[], EmailText]:
    return lambda: _render_review_email(help_record, person)


def _render_review_email(help_record: Offer | Need, person: Person) -> EmailText:
    is_offer = isinstance(help_record, Offer)
    return render_email(
        "cooperation/email/still_true.txt",
        _get_review_url(help_record, person),
        title=help_record.title,
        is_offer=is_offer,
    )


def _get_review_url(help_record: Offer | Need, person: Person) -> str:
    """Of what not everybody inside may read, the page behind the wall alone."""
    if help_record.label not in LABELS_READABLE_BY_EMAIL:
        return help_record.get_absolute_url()
    return email_links.build_email_path(
        email_links.CONFIRM_HELP_PURPOSE, "cooperation:still_true", help=help_record.pk, person=person.pk
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


def _build_overdue_news(joint_work: JointWork, overdue_party: OverdueParty) -> Iterator[NotificationEmail]:
    deliverable, party = overdue_party.deliverable, overdue_party.party
    party.work = joint_work
    if deliverable is None:
        charter = joint_work.charters.get(in_force_since__isnull=True, dropped_at__isnull=True)
        charter.work = joint_work
        yield from build_signature_requests(charter, party, is_reminder=True)
    else:
        yield build_work_news(
            joint_work,
            find_organisation_representatives(party.organisation),
            lambda: _render_overdue_email(joint_work, deliverable, overdue_party.since),
        )


def _render_overdue_email(joint_work: JointWork, deliverable: Deliverable, overdue_since: date) -> EmailText:
    path = reverse("cooperation:deliverable_report", args=[joint_work.coalition.slug, joint_work.pk, deliverable.pk])
    names = {"what": deliverable.what, "title": joint_work.title, "day": format_long_date(overdue_since)}
    return render_email("cooperation/email/deliverable_due.txt", path, **names)
