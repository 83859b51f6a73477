"""Emails about an agenda and about a meeting that is near: to the members, with what each of them may read."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import get_language

from jukwaa.accounts.models import Person
from jukwaa.coalitions.display_names import get_display_name, get_public_name
from jukwaa.coalitions.models import Affiliation, Coalition
from jukwaa.core.dates import format_long_date
from jukwaa.meetings.agenda import find_agenda_papers, find_member_updates
from jukwaa.meetings.models import Meeting, Paper, Part
from jukwaa.meetings.participants import find_people_with_seat
from jukwaa.meetings.time_formatting import format_meeting_day, get_time_lines
from jukwaa.records.models import Record, State
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES
from jukwaa.updates import email_links
from jukwaa.updates.models import Topic
from jukwaa.updates.notification_emails import (
    EmailText,
    NotificationEmail,
    ReplyOption,
    get_email_capacity,
    render_email,
)

UPDATE_REPLY_PREFIX = "meeting-update"  # with which the subjects of reply addresses begin


@dataclass(frozen=True)
class PaperLine:
    title: str
    link: str  # empty if the paper is still to come
    due: str


@dataclass(frozen=True)
class UpdateLine:
    name: str
    text: str


@dataclass(frozen=True)
class ItemLine:
    number: int
    part: Part
    presenter: str
    papers: list[PaperLine]
    about: str  # a link to the record that the item is about, if every member may read it
    updates: list[UpdateLine]


def build_agenda_news(meeting: Meeting, *, is_changed: bool) -> NotificationEmail:
    """The agenda as an email. A reply to it is the update of the member who writes it."""
    coalition = meeting.coalition
    return NotificationEmail(
        coalition=coalition,
        people=find_people_with_seat(coalition),
        topic=Topic.CONCERNS,
        write=_AgendaEmail(meeting, "meetings/email/agenda_sent.txt", is_changed=is_changed),
        record=meeting,
        answer=ReplyOption(
            f"{UPDATE_REPLY_PREFIX}:{meeting.pk}",
            lambda person: get_email_capacity(person, coalition),
            "meetings/email/how_to_send_update.txt",
        ),
    )


def build_reminder_news(meeting: Meeting, *, is_soon: bool) -> NotificationEmail:
    template = "meetings/email/meeting_starts_soon.txt" if is_soon else "meetings/email/meeting_tomorrow.txt"
    return NotificationEmail(
        coalition=meeting.coalition,
        people=find_people_with_seat(meeting.coalition),
        topic=Topic.REMINDERS,
        write=_AgendaEmail(meeting, template),
        record=meeting,
    )


def get_agenda_path(meeting: Meeting) -> str:
    return reverse("meetings:agenda_detail", args=[meeting.coalition.slug, meeting.pk])


@dataclass
class _AgendaEmail:
    """Written in the language and the time zone of each reader. The joining link is for members, who are all readers.

    The items are read once for each language, and not once for each reader.
    """

    meeting: Meeting
    template: str
    is_changed: bool = False
    items: dict[str, list[ItemLine]] = field(default_factory=dict)

    def __call__(self) -> EmailText:
        language = get_language() or "en"
        if language not in self.items:
            self.items[language] = _build_item_lines(self.meeting)
        lines = get_time_lines(self.meeting)
        first = lines[0] if lines else None
        context = {
            "meeting": self.meeting,
            "times": lines,
            "day": format_long_date(first.local.starts.date()) if first else format_meeting_day(self.meeting),
            "start": f"{first.local.starts:%H:%M}" if first else "",
            "zone": first.zone if first else "",
            "items": self.items[language],
            "is_changed": self.is_changed,
        }
        return render_email(self.template, get_agenda_path(self.meeting), **context)


def _build_item_lines(meeting: Meeting) -> list[ItemLine]:
    papers = _find_open_papers(meeting)
    rows = Part.objects.filter(meeting=meeting)
    rows = rows.select_related("presenter__person", "presenter__organisation", "about__coalition")
    return [
        ItemLine(
            number=number,
            part=part,
            presenter=_format_item_presenter(part),
            papers=[_build_paper_line(meeting, each) for each in papers.get(part.pk, [])],
            about=email_links.build_absolute_url(part.about.get_absolute_url())
            if part.about and _is_open_to_members(part.about)
            else "",
            updates=_build_update_lines(meeting) if part.holds_updates else [],
        )
        for number, part in enumerate(rows, 1)
    ]


def _format_item_presenter(part: Part) -> str:
    """Return the presenter for an email, which may be forwarded: no minors, nobody under the Chatham House Rule.

    Instead of a person whose name is not public, it is their organisation.
    """
    presenter = part.presenter
    if presenter is None or part.chatham or (presenter.person is not None and presenter.person.is_minor):
        return ""
    if presenter.person is None or presenter.organisation_id or get_public_name(presenter.person, None):
        return get_display_name(presenter, None)
    return _get_organisation_name(presenter.person, part.meeting.coalition)


def _get_organisation_name(person: Person, coalition: Coalition) -> str:
    affiliations = Affiliation.objects.confirmed().filter(person=person, organisation__coalition=coalition)
    names = affiliations.order_by("organisation__name").values_list("organisation__name", flat=True)
    return names.first() or ""


def _build_update_lines(meeting: Meeting) -> list[UpdateLine]:
    """Return the updates for an email, which may be forwarded."""
    rows = find_member_updates(meeting).select_related("capacity__person", "capacity__organisation")
    return [UpdateLine(get_display_name(row.capacity, None), row.text) for row in rows]


def _find_open_papers(meeting: Meeting) -> dict[int, list[Paper]]:
    """By item: what every member may read. A record with a stricter label is on the page for those who may."""
    papers: dict[int, list[Paper]] = {}
    for paper in find_agenda_papers(meeting).select_related("record__coalition"):
        record = paper.record
        if record is None or _is_open_to_members(record):
            papers.setdefault(paper.part_id, []).append(paper)
    return papers


def _is_open_to_members(record: Record) -> bool:
    return record.state == State.PUBLISHED and record.label in LABELS_OPEN_TO_ROLES


def _build_paper_line(meeting: Meeting, paper: Paper) -> PaperLine:
    path = ""
    if paper.record is not None:
        path = paper.record.get_absolute_url()
    elif paper.attachment_id is not None:
        path = reverse("records:attachment", args=[meeting.coalition.slug, paper.attachment_id])
    due = format_long_date(paper.due_on) if paper.due_on and paper.is_missing else ""
    return PaperLine(paper.title, email_links.build_absolute_url(path) if path else "", due)
