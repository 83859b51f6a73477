"""News of events: that one is asked to take part, that somebody pledged, that a date was moved or called off."""

from collections.abc import Callable, Iterator

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Coalition, Membership, Organisation
from jukwaa.core.dates import written
from jukwaa.events.models import Occurrence, Pledge
from jukwaa.events.taking_part import former, pledges_of
from jukwaa.records.models import Authorship, State
from jukwaa.updates.letters import Answer, News, Text, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import actor_of, speakers_of_any
from jukwaa.updates.registries import notifications

PREFIX = "pledge"


def occurrence_told(pk: int) -> Occurrence | None:
    rows = Occurrence.objects.select_related("event__coalition").filter(event__state=State.PUBLISHED)
    return rows.filter(pk=pk).first()


def member_organisations(coalition: Coalition) -> list[int]:
    seats = Membership.objects.active().filter(coalition=coalition, organisation__isnull=False)
    return list(seats.values_list("organisation_id", flat=True))


@notifications.register(("occurrence", "called"))
def called(activity: Activity) -> Iterator[News]:
    """Those who took part before hear of it first, the others three days later; where nobody did, all at once."""
    occurrence = occurrence_told(activity.object_id)
    if occurrence is None or not occurrence.takes_pledges:
        return
    earlier = list(former(occurrence.event, occurrence))
    if earlier:
        yield asking(occurrence, speakers_of_any(earlier), lambda: _asked(occurrence, again=True))
    else:
        yield asking_all(occurrence)


def asking_all(occurrence: Occurrence) -> News:
    """Whoever was asked already is not asked again: the mail goes by one name, once to each."""
    members = member_organisations(occurrence.event.coalition)
    return asking(occurrence, speakers_of_any(members), lambda: _asked(occurrence, again=False))


def asking(occurrence: Occurrence, people: list[Person], write: Callable[[], Text]) -> News:
    return News(
        coalition=occurrence.event.coalition,
        people=people,
        topic=Topic.CONCERNS,
        write=write,
        record=occurrence.event,
        answer=Answer(f"{PREFIX}:{occurrence.pk}"),
        once=f"take-part:{occurrence.pk}",
    )


def _asked(occurrence: Occurrence, *, again: bool) -> Text:
    names = names_of(occurrence)
    path = occurrence.get_absolute_url()
    return render_email("events/email/asked.txt", path, **names, again=again, asks=occurrence.asks)


def names_of(occurrence: Occurrence) -> dict[str, str]:
    return {
        "title": occurrence.event.title,
        "day": written(occurrence.starts_on),
        "until": written(occurrence.last_to_pledge),
    }


@notifications.register(("pledge", "pledged"))
def pledged(activity: Activity) -> Iterator[News]:
    """To those who announced the event, once a day however many came."""
    rows = Pledge.objects.standing().select_related("occurrence__event__coalition")
    given = rows.filter(pk=activity.object_id, occurrence__event__state=State.PUBLISHED).first()
    if given is None:
        return
    occurrence = given.occurrence
    authors = Authorship.objects.filter(record=occurrence.event_id).select_related("person")

    def write() -> Text:
        args = [occurrence.event.coalition.slug, occurrence.event_id, occurrence.pk]
        return render_email(
            "events/email/pledged.txt", reverse("events:pledge_list", args=args), **names_of(occurrence)
        )

    yield News(
        coalition=occurrence.event.coalition,
        people=[row.person for row in authors],
        topic=Topic.COMMENTS,
        write=write,
        record=occurrence.event,
        once=f"pledges:{occurrence.pk}:{activity.at:%Y-%m-%d}",
        but=actor_of(activity),
    )


@notifications.register(("occurrence", "moved"))
def moved(activity: Activity) -> Iterator[News]:
    """Also where only its hour or its place changed."""
    yield from _to_those_who_pledged(activity, "events/email/moved.txt")


@notifications.register(("occurrence", "called-off"))
def called_off(activity: Activity) -> Iterator[News]:
    yield from _to_those_who_pledged(activity, "events/email/called_off.txt")


def _to_those_who_pledged(activity: Activity, template: str) -> Iterator[News]:
    occurrence = occurrence_told(activity.object_id)
    if occurrence is None or occurrence.is_over:
        return
    organisations = Organisation.objects.filter(pk__in=pledges_of(occurrence).values("organisation"))

    def write() -> Text:
        return render_email(template, occurrence.get_absolute_url(), **names_of(occurrence), note=occurrence.note)

    yield News(
        coalition=occurrence.event.coalition,
        people=speakers_of_any(organisations),
        topic=Topic.CONCERNS,
        write=write,
        record=occurrence.event,
        but=actor_of(activity),
    )
