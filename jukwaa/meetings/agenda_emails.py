"""Emails about an agenda and about a meeting that is near: to the members, with what each of them may read."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import get_language

from jukwaa.coalitions.names import shown
from jukwaa.core.dates import written
from jukwaa.meetings.agenda import find_papers, find_updates
from jukwaa.meetings.models import Meeting, Paper, Part
from jukwaa.meetings.participants import find_members
from jukwaa.meetings.time_text import format_day, get_time_lines
from jukwaa.records.models import Record, State
from jukwaa.records.models.record import OPEN_TO_ROLES
from jukwaa.updates import tokens
from jukwaa.updates.letters import Answer, News, Text, capacity_by_mail, render_email
from jukwaa.updates.models import Topic

UPDATE = "meeting-update"  # with which the subjects of reply addresses begin


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


def build_agenda_news(meeting: Meeting, *, is_changed: bool) -> News:
    """The agenda as an email. A reply to it is the update of the member who writes it."""
    coalition = meeting.coalition
    return News(
        coalition=coalition,
        people=find_members(coalition),
        topic=Topic.CONCERNS,
        write=_Letter(meeting, "meetings/email/agenda_sent.txt", is_changed=is_changed),
        record=meeting,
        answer=Answer(
            f"{UPDATE}:{meeting.pk}",
            lambda person: capacity_by_mail(person, coalition),
            "meetings/email/how_to_send_update.txt",
        ),
    )


def build_reminder_news(meeting: Meeting, *, is_soon: bool) -> News:
    template = "meetings/email/meeting_starts_soon.txt" if is_soon else "meetings/email/meeting_tomorrow.txt"
    return News(
        coalition=meeting.coalition,
        people=find_members(meeting.coalition),
        topic=Topic.REMINDERS,
        write=_Letter(meeting, template),
        record=meeting,
    )


def get_agenda_path(meeting: Meeting) -> str:
    return reverse("meetings:agenda_detail", args=[meeting.coalition.slug, meeting.pk])


@dataclass
class _Letter:
    """Written in the language and the time zone of each reader. The joining link is for members, who are all readers.

    The items are read once for each language, and not once for each reader.
    """

    meeting: Meeting
    template: str
    is_changed: bool = False
    items: dict[str, list[ItemLine]] = field(default_factory=dict)

    def __call__(self) -> Text:
        language = get_language() or "en"
        if language not in self.items:
            self.items[language] = _write_items(self.meeting)
        lines = get_time_lines(self.meeting)
        first = lines[0] if lines else None
        context = {
            "meeting": self.meeting,
            "times": lines,
            "day": written(first.local.starts.date()) if first else format_day(self.meeting),
            "start": f"{first.local.starts:%H:%M}" if first else "",
            "zone": first.zone if first else "",
            "items": self.items[language],
            "is_changed": self.is_changed,
        }
        return render_email(self.template, get_agenda_path(self.meeting), **context)


def _write_items(meeting: Meeting) -> list[ItemLine]:
    papers = _find_open_papers(meeting)
    rows = Part.objects.filter(meeting=meeting)
    rows = rows.select_related("presenter__person", "presenter__organisation", "about__coalition")
    return [
        ItemLine(
            number=number,
            part=part,
            presenter=_write_presenter(part),
            papers=[_write_paper(meeting, each) for each in papers.get(part.pk, [])],
            about=tokens.absolute(part.about.get_absolute_url()) if part.about and _is_open(part.about) else "",
            updates=_write_updates(meeting) if part.holds_updates else [],
        )
        for number, part in enumerate(rows, 1)
    ]


def _write_presenter(part: Part) -> str:
    """As everyone may read it: an email is passed on. Nobody under 18, and nobody under the Chatham House Rule."""
    presenter = part.presenter
    if presenter is None or part.chatham or (presenter.person is not None and presenter.person.is_minor):
        return ""
    return shown(presenter, None)


def _write_updates(meeting: Meeting) -> list[UpdateLine]:
    """As everyone may read them: an email is passed on."""
    rows = find_updates(meeting).select_related("capacity__person", "capacity__organisation")
    return [UpdateLine(shown(row.capacity, None), row.text) for row in rows]


def _find_open_papers(meeting: Meeting) -> dict[int, list[Paper]]:
    """By item: what every member may read. A record with a stricter label is on the page for those who may."""
    papers: dict[int, list[Paper]] = {}
    for paper in find_papers(meeting).select_related("record__coalition"):
        record = paper.record
        if record is None or _is_open(record):
            papers.setdefault(paper.part_id, []).append(paper)
    return papers


def _is_open(record: Record) -> bool:
    return record.state == State.PUBLISHED and record.label in OPEN_TO_ROLES


def _write_paper(meeting: Meeting, paper: Paper) -> PaperLine:
    path = ""
    if paper.record is not None:
        path = paper.record.get_absolute_url()
    elif paper.attachment_id is not None:
        path = reverse("records:attachment", args=[meeting.coalition.slug, paper.attachment_id])
    due = written(paper.due_on) if paper.due_on and paper.is_missing else ""
    return PaperLine(paper.title, tokens.absolute(path) if path else "", due)
