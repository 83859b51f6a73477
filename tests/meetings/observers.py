"""Observers of the coalition, and whoever is none: for the tests of their invitations."""

from datetime import date, time, timedelta

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.meetings import actions
from jukwaa.meetings.models import Meeting
from tests.factories import AffiliationFactory, MembershipFactory
from tests.meetings.scheduled_meetings import JOINING_LINK, list_meetings_by_day
from tests.updates.emails import send_notifications_after_delay

OBSERVER_NAME, OBSERVER_ADDRESS = "Global Observatory", "observer@example.org"


def create_observer(
    coalition: Coalition, name: str = OBSERVER_NAME, *, email: str = OBSERVER_ADDRESS, may_speak: bool = True, **more
) -> Person:
    """Return somebody of an organisation that has been an observer since 2019."""
    membership = {"standing": "observer", "starts_on": date(2019, 1, 1), **more}
    organisation = MembershipFactory(coalition=coalition, organisation__name=name, **membership).organisation
    return AffiliationFactory(
        organisation=organisation, may_speak=may_speak, person__name=f"From {name}", person__email=email
    ).person


def create_former_observer(coalition: Coalition) -> Person:
    return create_observer(coalition, "Former House", ends_on=timezone.localdate() - timedelta(days=30))


def publish_observed_calls(mailing_coalition: Coalition, coordinator: Person) -> list[Meeting]:
    """Return three weekly calls; observers are invited to all but the second."""
    first = actions.create_meeting_series(
        actor=coordinator,
        coalition=mailing_coalition,
        title="Weekly call",
        again="weekly",
        count=3,
        starts_on=timezone.localdate() + timedelta(days=10),
        start_time=time(15),
        time_zone="Africa/Nairobi",
        duration=60,
        joining_link=JOINING_LINK,
        invites_observers=True,
    )
    second = list_meetings_by_day()[1]
    Meeting.objects.filter(pk=second.pk).update(invites_observers=False)
    actions.publish_meeting_series(actor=coordinator, meeting=first)
    send_notifications_after_delay()
    return list_meetings_by_day()


def change_series(coordinator, meeting, **changes):
    meeting.refresh_from_db()
    actions.change_meeting_series(actor=coordinator, meeting=meeting, changes=changes, from_version=meeting.version)
    send_notifications_after_delay()
