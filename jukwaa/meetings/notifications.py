"""News of what meetings published, and what was promised there.

A publication is told once it has waited. What was withdrawn meanwhile, or withdrawn and published anew (which is an
activity of its own), is not told by the first one.
"""

from collections.abc import Callable, Iterator

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.meetings import idea_emails
from jukwaa.meetings.models import IDEA, Commitment, Meeting, Report
from jukwaa.records.models import Record, State
from jukwaa.updates.letters import News, Text, email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import actor_of, followers, speakers
from jukwaa.updates.registries import notifications

OPEN = (Commitment.Progress.OPEN, Commitment.Progress.IN_HAND)


@notifications.register(("meeting", "published"))
def meeting_published(activity: Activity) -> Iterator[News]:
    meetings = Meeting.objects.select_related("coalition").filter(state=State.PUBLISHED)
    meeting = meetings.filter(pk=activity.object_id, published_at__lte=activity.at).first()
    if meeting is None:
        return
    write = email("meetings/email/meeting_published.txt", meeting.get_absolute_url(), title=meeting.title)
    yield _news(meeting, write, activity)


@notifications.register(("report", "published"))
def report_published(activity: Activity) -> Iterator[News]:
    reports = Report.objects.select_related("meeting__coalition").filter(meeting__state=State.PUBLISHED)
    report = reports.filter(pk=activity.object_id, published_at__lte=activity.at).first()
    if report is None:
        return
    meeting = report.meeting
    path = reverse("meetings:report_detail", args=[meeting.coalition.slug, meeting.pk])
    write = email("meetings/email/report_published.txt", path, title=meeting.title)
    yield _news(meeting, write, activity)


def _news(record: Record, write: Callable[[], Text], activity: Activity) -> News:
    return News(
        coalition=record.coalition,
        people=followers(record.coalition),
        topic=Topic.NEWS,
        write=write,
        record=record,
        may_answer=True,
        to_list=True,
        but=actor_of(activity),
    )


@notifications.register(("commitment", "published"))
def promised(activity: Activity) -> Iterator[News]:
    """To those who speak for the organisation that is said to have promised: they know whether it did."""
    rows = Commitment.objects.select_related("entry__coalition", "owner__organisation", "owner__person")
    rows = rows.filter(entry__state=State.PUBLISHED, entry__published_at__lte=activity.at)
    commitment = rows.filter(entry=activity.object_id, progress__in=OPEN, owner__isnull=False).first()
    if commitment is None or commitment.owner is None:
        return
    entry, owner = commitment.entry, commitment.owner
    write = email(
        "meetings/email/commitment_recorded.txt",
        entry.get_absolute_url(),
        owner=owner,
        entry=entry,
        due=commitment.due_text,
    )
    yield News(
        coalition=entry.coalition,
        people=owners(commitment),
        topic=Topic.CONCERNS,
        write=write,
        record=entry,
        may_answer=True,
        but=actor_of(activity),
    )


def owners(commitment: Commitment) -> list[Person]:
    """Those who speak for the organisation that is said to have promised, or whoever did on their own."""
    owner = commitment.owner
    if owner is None:
        return []
    return speakers(owner.organisation) if owner.organisation else [owner.person] if owner.person else []


notifications.register((IDEA, "published"))(idea_emails.notify_idea_published)
notifications.register((IDEA, "put-on-agenda"))(idea_emails.notify_on_agenda)
notifications.register((IDEA, "took-up"))(idea_emails.notify_taken_up)
notifications.register((IDEA, "merged"))(idea_emails.notify_merged)
notifications.register((IDEA, "declined"))(idea_emails.notify_declined)
notifications.register((IDEA, "reopened"))(idea_emails.notify_reopened)
notifications.register((IDEA, "withdrew"))(idea_emails.notify_withdrawn)
notifications.register(("mergerequest", "requested"))(idea_emails.notify_merge_requested)
notifications.register(("mergerequest", "declined"))(idea_emails.notify_merge_declined)
