"""News of events: that one is asked to take part, that somebody pledged, that a date was moved or called off."""

from collections.abc import Callable, Iterator

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Coalition, Membership, Organisation
from jukwaa.core.dates import format_long_date
from jukwaa.events.models import Occurrence, Pledge
from jukwaa.events.participation import find_former_participants, find_occurrence_pledges
from jukwaa.records.models import Authorship, State
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, ReplyOption, render_email
from jukwaa.updates.recipients import find_representatives_of_any, get_actor_ids
from jukwaa.updates.registries import notifications

PLEDGE_REPLY_PREFIX = "pledge"


def find_published_occurrence(pk: int) -> Occurrence | None:
    rows = Occurrence.objects.select_related("event__coalition").filter(event__state=State.PUBLISHED)
    return rows.filter(pk=pk).first()


def get_member_organisation_ids(coalition: Coalition) -> list[int]:
    seats = Membership.objects.active().filter(coalition=coalition, organisation__isnull=False)
    return list(seats.values_list("organisation_id", flat=True))


@notifications.register(("occurrence", "called"))
def notify_call_published(activity: Activity) -> Iterator[NotificationEmail]:
    """Notify organisations that took part before at once, and the others three days later."""
    occurrence = find_published_occurrence(activity.object_id)
    if occurrence is None or not occurrence.is_open_for_pledges:
        return
    earlier = list(find_former_participants(occurrence.event, occurrence))
    if earlier:
        yield build_call_news(
            occurrence, find_representatives_of_any(earlier), lambda: _render_call_email(occurrence, is_repeat=True)
        )
    else:
        yield build_general_call_news(occurrence)


def build_general_call_news(occurrence: Occurrence) -> NotificationEmail:
    """Build the email to all member organisations. Nobody receives it twice."""
    members = get_member_organisation_ids(occurrence.event.coalition)
    return build_call_news(
        occurrence, find_representatives_of_any(members), lambda: _render_call_email(occurrence, is_repeat=False)
    )


def build_call_news(
    occurrence: Occurrence, recipients: list[Person], write_email: Callable[[], EmailText]
) -> NotificationEmail:
    return NotificationEmail(
        coalition=occurrence.event.coalition,
        people=recipients,
        topic=EmailTopic.CONCERNS,
        write=write_email,
        record=occurrence.event,
        answer=ReplyOption(f"{PLEDGE_REPLY_PREFIX}:{occurrence.pk}"),
        once=f"take-part:{occurrence.pk}",
    )


def _render_call_email(occurrence: Occurrence, *, is_repeat: bool) -> EmailText:
    names = get_email_context(occurrence)
    path = occurrence.get_absolute_url()
    return render_email("events/email/asked.txt", path, **names, again=is_repeat, asks=occurrence.asks)


def get_email_context(occurrence: Occurrence) -> dict[str, str]:
    return {
        "title": occurrence.event.title,
        "day": format_long_date(occurrence.starts_on),
        "until": format_long_date(occurrence.last_pledge_day),
    }


@notifications.register(("pledge", "pledged"))
def notify_pledge_made(activity: Activity) -> Iterator[NotificationEmail]:
    """Notify those who announced the event, once a day for all new pledges."""
    rows = Pledge.objects.standing().select_related("occurrence__event__coalition")
    given = rows.filter(pk=activity.object_id, occurrence__event__state=State.PUBLISHED).first()
    if given is None:
        return
    occurrence = given.occurrence
    authors = Authorship.objects.filter(record=occurrence.event_id).select_related("person")

    def write_email() -> EmailText:
        args = [occurrence.event.coalition.slug, occurrence.event_id, occurrence.pk]
        return render_email(
            "events/email/pledged.txt", reverse("events:pledge_list", args=args), **get_email_context(occurrence)
        )

    yield NotificationEmail(
        coalition=occurrence.event.coalition,
        people=[row.person for row in authors],
        topic=EmailTopic.COMMENTS,
        write=write_email,
        record=occurrence.event,
        once=f"pledges:{occurrence.pk}:{activity.at:%Y-%m-%d}",
        but=get_actor_ids(activity),
    )


@notifications.register(("occurrence", "moved"))
def notify_date_moved(activity: Activity) -> Iterator[NotificationEmail]:
    """Notify those who pledged of a new day, hour or place."""
    yield from _build_news_for_pledgers(activity, "events/email/moved.txt")


@notifications.register(("occurrence", "called-off"))
def notify_date_cancelled(activity: Activity) -> Iterator[NotificationEmail]:
    yield from _build_news_for_pledgers(activity, "events/email/called_off.txt")


def _build_news_for_pledgers(activity: Activity, template: str) -> Iterator[NotificationEmail]:
    occurrence = find_published_occurrence(activity.object_id)
    if occurrence is None or occurrence.is_over:
        return
    organisations = Organisation.objects.filter(pk__in=find_occurrence_pledges(occurrence).values("organisation"))

    def write_email() -> EmailText:
        return render_email(
            template, occurrence.get_absolute_url(), **get_email_context(occurrence), note=occurrence.note
        )

    yield NotificationEmail(
        coalition=occurrence.event.coalition,
        people=find_representatives_of_any(organisations),
        topic=EmailTopic.CONCERNS,
        write=write_email,
        record=occurrence.event,
        but=get_actor_ids(activity),
    )
