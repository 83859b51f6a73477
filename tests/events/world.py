"""Rows that belong to the events of the access walk."""

from datetime import timedelta

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Capacity
from jukwaa.events.models import Event, Feedback, Host, Occurrence, Pledge
from jukwaa.records import index


def add_event_canaries(event: Event, canary: str, author: Person, capacity: Capacity) -> None:
    """Add a past date and an upcoming one with a call, hosts, pledges and feedback, each with the word."""
    today = timezone.localdate()
    own = Affiliation.objects.get(person=author).organisation
    Event.objects.filter(pk=event.pk).update(organiser_name=f"Holders of {canary}")
    past, coming = (
        Occurrence.objects.create(
            event=event,
            starts_on=day,
            ends_on=day,
            place=f"Hall of {canary}",
            note=f"A note on {canary}",
            asks=f"Take part in {canary}",
            of_whom=f"Friends of {canary}",
            called_at=timezone.now(),
        )
        for day in (today - timedelta(days=300), today + timedelta(days=30))
    )
    for occurrence in (past, coming):
        Host.objects.create(occurrence=occurrence, country="KE", name=f"Host of {canary}")
        pledge = Pledge.objects.create(
            occurrence=occurrence,
            organisation=own,
            capacity=capacity,
            person=author,
            activity=f"We show {canary}",
            country="KE",
            partners=f"Partners of {canary}",
        )
        if occurrence is past:
            Feedback.objects.create(
                pledge=pledge,
                person=author,
                done=f"Showed {canary}",
                words=f"It was {canary}",
                may_be_quoted=True,
                would_again=4,
            )
    index.reindex_record(event)
