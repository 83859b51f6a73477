"""News of what was said, published, promised and read.

A publication is told once it has waited. What was withdrawn meanwhile, or withdrawn and published anew (which is an
activity of its own), is not told by the first one.
"""

from collections.abc import Callable, Iterator
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Coalition
from jukwaa.coalitions.names import shown
from jukwaa.coalitions.standing import Standing
from jukwaa.intake.models import Reading
from jukwaa.mail.headers import OPEN_LABELS
from jukwaa.meetings.models import Commitment, Meeting, Report
from jukwaa.records.models import Comment, Record, State
from jukwaa.updates.letters import News, Text
from jukwaa.updates.models import MailChoice, Topic
from jukwaa.updates.telling.people import speakers

OPEN = (Commitment.Progress.OPEN, Commitment.Progress.IN_HAND)


def _actor(activity: Activity) -> frozenset[int]:
    return frozenset({activity.actor_id} if activity.actor_id else ())


def followers(coalition: Coalition) -> list[Person]:
    """Members hear of what is new only if they chose to."""
    chosen = MailChoice.objects.filter(coalition=coalition, topic=Topic.NEWS, wanted=True).select_related("person")
    return [choice.person for choice in chosen]


def commented(activity: Activity) -> Iterator[News]:
    """To those who wrote the record, and those who talked about it before: with the name that each of them may read."""
    comments = Comment.objects.select_related("record__coalition", "capacity__person")
    comment = comments.filter(pk=activity.object_id, hidden_at__isnull=True).first()
    if comment is None:
        return
    record = comment.record
    readers: dict[str, list[Person]] = {}
    for person in _who_listens(comment):
        readers.setdefault(shown(comment.capacity, Standing(person, record.coalition)), []).append(person)
    for who, people in readers.items():
        yield News(
            coalition=record.coalition,
            people=people,
            topic=Topic.COMMENTS,
            write=partial(_comment, comment, who),
            record=record,
            may_answer=True,
            but=_actor(activity),
        )


def _who_listens(comment: Comment) -> set[Person]:
    authors = comment.record.authorships.select_related("person")
    earlier = comment.record.comments.filter(at__lt=comment.at).select_related("author")
    return {row.person for row in authors} | {row.author for row in earlier}


def _comment(comment: Comment, who: str) -> Text:
    names = {"who": who, "title": comment.record.title}
    return Text(
        _("%(who)s on “%(title)s”") % names,
        (_("%(who)s commented on “%(title)s”:") % names, comment.body),
        f"{comment.record.get_absolute_url()}#comment-{comment.pk}",
    )


def meeting_published(activity: Activity) -> Iterator[News]:
    meetings = Meeting.objects.select_related("coalition").filter(state=State.PUBLISHED)
    meeting = meetings.filter(pk=activity.object_id, published_at__lte=activity.at).first()
    if meeting is None:
        return

    def write() -> Text:
        return Text(
            _("A meeting: %(title)s") % {"title": meeting.title},
            (_("“%(title)s” stands in the record now: who came, what was said, and what binds.") % _title(meeting),),
            meeting.get_absolute_url(),
        )

    yield _news(meeting, write, activity)


def report_published(activity: Activity) -> Iterator[News]:
    reports = Report.objects.select_related("meeting__coalition").filter(meeting__state=State.PUBLISHED)
    report = reports.filter(pk=activity.object_id, published_at__lte=activity.at).first()
    if report is None:
        return
    meeting = report.meeting

    def write() -> Text:
        return Text(
            _("The report of “%(title)s”") % _title(meeting),
            (
                _("The report of “%(title)s” was published. You can read it, and take it along as a file.")
                % _title(meeting),
            ),
            reverse("meetings:report_detail", args=[meeting.coalition.slug, meeting.pk]),
        )

    yield _news(meeting, write, activity)


def _title(record: Record) -> dict[str, str]:
    return {"title": record.title}


def _news(record: Record, write: Callable[[], Text], activity: Activity) -> News:
    return News(
        coalition=record.coalition,
        people=followers(record.coalition),
        topic=Topic.NEWS,
        write=write,
        record=record,
        may_answer=True,
        to_list=True,
        but=_actor(activity),
    )


def promised(activity: Activity) -> Iterator[News]:
    """To those who speak for the organisation that is said to have promised: they know whether it did."""
    rows = Commitment.objects.select_related("entry__coalition", "owner__organisation", "owner__person")
    rows = rows.filter(entry__state=State.PUBLISHED, entry__published_at__lte=activity.at)
    commitment = rows.filter(entry=activity.object_id, progress__in=OPEN, owner__isnull=False).first()
    if commitment is None or commitment.owner is None:
        return
    entry, owner = commitment.entry, commitment.owner
    to = speakers(owner.organisation) if owner.organisation else [owner.person] if owner.person else []

    def write() -> Text:
        due = commitment.due_text
        return Text(
            _("A commitment of %(owner)s was recorded") % {"owner": owner},
            (
                _("This stands in the record as a commitment of %(owner)s:") % {"owner": owner},
                entry.text,
                *((_("It is due: %(due)s.") % {"due": due},) if due else ()),
                _("You can say there how it stands. If it was not promised so, say that in a comment."),
            ),
            entry.get_absolute_url(),
        )

    yield News(
        coalition=entry.coalition,
        people=to,
        topic=Topic.CONCERNS,
        write=write,
        record=entry,
        may_answer=True,
        but=_actor(activity),
    )


def reading_done(activity: Activity) -> Iterator[News]:
    """Whoever brought a large document was told to go on with other things meanwhile."""
    reading = (
        Reading.objects.select_related("coalition", "started_by", "document").filter(pk=activity.object_id).first()
    )
    brought = Activity.objects.filter(kind=activity.kind, object_id=activity.object_id, verb="brought")
    if reading is None or reading.document is None or not brought.exists():
        return

    def write() -> Text:
        return Text(
            _("“%(title)s” was read") % {"title": reading.title},
            (
                _("“%(title)s” lies on the reading desk, with what it suggests for the record.")
                % {"title": reading.title},
                _("Nothing of it is in the record until you enter it."),
            ),
            reading.get_absolute_url(),
        )

    yield News(
        coalition=reading.coalition,
        people=[reading.started_by],
        topic=Topic.CONCERNS,
        write=write,
        record=reading.document,
    )


def reading_failed(activity: Activity) -> Iterator[News]:
    """Whoever brought it was told that they may leave. There is no record yet, so the label of the reading decides."""
    failed = Reading.objects.filter(pk=activity.object_id, state=Reading.State.FAILED)
    reading = failed.select_related("coalition", "started_by").first()
    if reading is None:
        return

    def write() -> Text:
        subject = _("A document could not be read")
        if reading.label in OPEN_LABELS:
            subject = _("“%(title)s” could not be read") % {"title": reading.title}
        again = _("On its page you can bring it again, or give the reading up.")
        return Text(subject, (reading.problem, again), reading.get_absolute_url())

    yield News(coalition=reading.coalition, people=[reading.started_by], topic=Topic.CONCERNS, write=write)
