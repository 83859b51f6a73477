"""News of what meetings published, and what was promised there.

A publication is told once it has waited. What was withdrawn meanwhile, or withdrawn and published anew (which is an
activity of its own), is not told by the first one.
"""

from collections.abc import Callable, Iterator

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.meetings.models import Commitment, CommitmentChange, Meeting, Report
from jukwaa.records.models import Record, State
from jukwaa.updates.letters import Answer, News, Text, email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import actor_of, coordinators, followers, speakers
from jukwaa.updates.registries import notifications


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


@notifications.register(("commitment", "published"), ("commitment", "proposed-owner"))
def owner_named(activity: Activity) -> Iterator[News]:
    """To those who represent the owner: they know whether it was promised, and confirm it where they must."""
    commitment = _find_commitment(activity)
    if commitment is None or not commitment.is_open or not (commitment.proposed_name or commitment.owner):
        return
    is_proposed = bool(commitment.proposed_name)
    write = email(
        "meetings/email/commitment_recorded.txt",
        commitment.entry.get_absolute_url(),
        owner=commitment.proposed_name or commitment.owner,
        text=commitment.written_text,
        due=commitment.due_text,
        is_proposed=is_proposed,
        is_withheld=commitment.awaits_confirmation,
    )
    people = speakers(commitment.proposed) if commitment.proposed else [] if is_proposed else owners(commitment)
    yield _to_act_on(commitment, people, write, activity)


@notifications.register(("commitment", "declined-owner"))
def owner_declined(activity: Activity) -> Iterator[News]:
    """To the coordinators, and to the owner who had asked another one to take it on."""
    commitment = _find_commitment(activity)
    if commitment is None or commitment.proposed_name:
        return
    declined = commitment.changes.filter(event=CommitmentChange.Event.DECLINED).last()
    write = email(
        "meetings/email/commitment_declined.txt",
        commitment.entry.get_absolute_url(),
        title=commitment.entry.title,
        text=commitment.entry.text,
        owner=declined.before if declined else "",
        reason=declined.note if declined else "",
    )
    people = coordinators(commitment.entry.coalition)
    if not commitment.needs_owner:
        people = [*people, *owners(commitment)]
    yield News(
        coalition=commitment.entry.coalition,
        people=people,
        topic=Topic.CONCERNS,
        write=write,
        record=commitment.entry,
        but=actor_of(activity),
    )


def _find_commitment(activity: Activity) -> Commitment | None:
    rows = Commitment.objects.select_related(
        "entry__coalition", "owner__organisation", "owner__person", "proposed_organisation__merged_into", "responsible"
    )
    rows = rows.filter(entry__state=State.PUBLISHED, entry__published_at__lte=activity.at)
    return rows.filter(entry=activity.object_id).first()


def _to_act_on(commitment: Commitment, people: list[Person], write: Callable[[], Text], activity: Activity) -> News:
    return News(
        coalition=commitment.entry.coalition,
        people=people,
        topic=Topic.CONCERNS,
        write=write,
        record=commitment.entry,
        answer=Answer(f"commitment:{commitment.pk}"),
        but=actor_of(activity),
    )


def owners(commitment: Commitment) -> list[Person]:
    """Return the person responsible, or else those who speak for the owner, or whoever promised it on their own."""
    owner = commitment.owner
    if owner is None:
        return []
    if owner.organisation is None:
        return [owner.person] if owner.person else []
    representatives = speakers(owner.organisation)
    responsible = commitment.responsible
    if responsible is None or responsible in representatives:
        return representatives
    return [responsible, *representatives]
