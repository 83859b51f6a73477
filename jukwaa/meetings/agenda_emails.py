"""Emails about an agenda and about a meeting that is near: to members and guests, with what all of them may read."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils.translation import get_language

from jukwaa.accounts.models import Person
from jukwaa.coalitions.display_names import find_organisation_names, get_display_name, get_public_name
from jukwaa.coalitions.known_people import KnownPeople
from jukwaa.coalitions.written_names import WrittenNames
from jukwaa.core.dates import format_long_date
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.meetings.agenda import find_agenda_papers, find_member_updates, find_presenter_organisations
from jukwaa.meetings.agenda_times import find_item_start_times, format_item_start
from jukwaa.meetings.guests import build_guest_emails
from jukwaa.meetings.invitations import build_invitation_path
from jukwaa.meetings.models import Agenda, Meeting, Paper, Part
from jukwaa.meetings.participants import find_invited_members
from jukwaa.meetings.time_formatting import MeetingTimeLine, build_meeting_time_lines, format_meeting_day
from jukwaa.records.models import Label, Record, State
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES
from jukwaa.updates import email_links
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import (
    EmailText,
    NotificationEmail,
    ReplyOption,
    get_default_email_capacity,
    render_email,
)

_LIST_SEPARATOR_PATTERN = re.compile(r"[,\u060c]\s+")
LABELS_OPEN_TO_EVERYONE = (Label.CLEAR,)
MEMBER_UPDATE_REPLY_PREFIX = "meeting-update"  # with which the subjects of reply addresses begin


@dataclass(frozen=True)
class AgendaPaperLine:
    title: str
    link: str  # empty if the paper is still to come
    due: str


@dataclass(frozen=True)
class MemberUpdateLine:
    name: str
    text: str


@dataclass(frozen=True)
class AgendaItemLine:
    number: int
    part: Part
    presenter: str
    papers: list[AgendaPaperLine]
    about: str  # a link to the record that the item is about, if every reader of the email may read it
    updates: list[MemberUpdateLine]
    starts_at: datetime | None
    start: str = ""  # by the clock of the reader


def build_agenda_notification(
    meeting: Meeting, people: Iterable[Person] = (), *, is_agenda_changed: bool, asks_for_updates: bool = True
) -> NotificationEmail:
    """The agenda as an email. If it asks for updates, a reply to it is the update of the member who writes it."""
    coalition = meeting.coalition
    return NotificationEmail(
        coalition=coalition,
        people=people,
        topic=EmailTopic.CONCERNS,
        write=_AgendaEmail(meeting, "meetings/email/agenda_sent.txt", is_changed=is_agenda_changed),
        record=meeting,
        answer=ReplyOption(
            f"{MEMBER_UPDATE_REPLY_PREFIX}:{meeting.pk}",
            lambda person: get_default_email_capacity(person, coalition),
            "meetings/email/how_to_send_update.txt",
        )
        if asks_for_updates
        else None,
    )


def build_guest_agenda_emails(meeting: Meeting, *, is_agenda_changed: bool) -> Iterator[NotificationEmail]:
    """Return the agenda for the guests of a meeting, where everyone can read it: with what everyone can read."""
    if not _is_agenda_open_to_everyone(meeting):
        return
    write = _AgendaEmail(meeting, "meetings/email/agenda_sent.txt", is_changed=is_agenda_changed, is_for_guests=True)
    news = NotificationEmail(coalition=meeting.coalition, people=(), topic=EmailTopic.CONCERNS, write=write)
    yield from build_guest_emails(news, meeting, lambda _person, meeting: get_agenda_path(meeting))


def build_meeting_reminder(meeting: Meeting, *, is_starting_soon: bool) -> NotificationEmail:
    return NotificationEmail(
        coalition=meeting.coalition,
        people=find_invited_members(meeting),
        topic=EmailTopic.REMINDERS,
        write=_AgendaEmail(meeting, _get_reminder_template(is_starting_soon=is_starting_soon)),
        record=meeting,
    )


def build_guest_reminders(meeting: Meeting, *, is_starting_soon: bool) -> Iterator[NotificationEmail]:
    """Return the reminder for the guests of a meeting. It leads to their reply, which they can still change."""
    write = _AgendaEmail(meeting, _get_reminder_template(is_starting_soon=is_starting_soon), is_for_guests=True)
    reminder = NotificationEmail(coalition=meeting.coalition, people=(), topic=EmailTopic.REMINDERS, write=write)
    yield from build_guest_emails(reminder, meeting, build_invitation_path)


def _get_reminder_template(*, is_starting_soon: bool) -> str:
    return "meetings/email/meeting_starts_soon.txt" if is_starting_soon else "meetings/email/meeting_tomorrow.txt"


def _is_agenda_open_to_everyone(meeting: Meeting) -> bool:
    """Return whether visitors can read the agenda of this planned meeting: it is a draft until it is sent."""
    is_sent = Agenda.objects.filter(meeting=meeting, sent_at__isnull=False).exists()
    return is_sent and meeting.label in LABELS_OPEN_TO_EVERYONE


def get_agenda_path(meeting: Meeting) -> str:
    return reverse("meetings:agenda_detail", args=[meeting.coalition.slug, meeting.pk])


@dataclass
class EmailedAgenda:
    """The items of an agenda for emails: read once for each language, and not once for each reader.

    Guests get what everyone can read.
    """

    meeting: Meeting
    is_for_guests: bool = False
    items: dict[str, list[AgendaItemLine]] = field(default_factory=dict)

    @cached_property
    def presenter_names(self) -> "_PresenterNames":
        return _PresenterNames(self.meeting)

    def get_items(self, time_lines: list[MeetingTimeLine]) -> list[AgendaItemLine]:
        """Return the items in the language of the reader, with their times. The first line is in their time zone."""
        language = get_language() or "en"
        if language not in self.items:
            self.items[language] = self._build_item_lines()
        return [replace(item, start=format_item_start(item.starts_at, time_lines)) for item in self.items[language]]

    def _build_item_lines(self) -> list[AgendaItemLine]:
        if not self.is_for_guests:
            return _build_agenda_item_lines(self.meeting, self.presenter_names, LABELS_OPEN_TO_ROLES)
        if not _is_agenda_open_to_everyone(self.meeting):
            return []
        lines = _build_agenda_item_lines(self.meeting, self.presenter_names, LABELS_OPEN_TO_EVERYONE)
        return [_remove_details_for_members(line) for line in lines]


@dataclass
class _AgendaEmail:
    """Written in the language and time zone of each reader. The joining link is for all readers: they are invited."""

    meeting: Meeting
    template: str
    is_changed: bool = False
    is_for_guests: bool = False

    @cached_property
    def agenda(self) -> EmailedAgenda:
        return EmailedAgenda(self.meeting, self.is_for_guests)

    def __call__(self) -> EmailText:
        lines = build_meeting_time_lines(self.meeting)
        first = lines[0] if lines else None
        context = {
            "meeting": self.meeting,
            "times": lines,
            "day": first.days if first else format_meeting_day(self.meeting),
            "start": f"{first.local.starts:%H:%M}" if first else "",
            "zone": first.zone if first else "",
            "items": self.agenda.get_items(lines),
            "is_changed": self.is_changed,
        }
        return render_email(self.template, get_agenda_path(self.meeting), **context)


def _remove_details_for_members(line: AgendaItemLine) -> AgendaItemLine:
    """Remove what the page of the agenda shows to members alone: the day by which a paper is due, and updates."""
    return replace(line, papers=[replace(paper, due="") for paper in line.papers], updates=[])


def _build_agenda_item_lines(
    meeting: Meeting, presenter_names: "_PresenterNames", labels: Collection[str]
) -> list[AgendaItemLine]:
    papers = _find_papers_with_label(meeting, labels)
    rows = Part.objects.filter(meeting=meeting)
    rows = rows.select_related("presenter__person", "presenter__organisation", "about__coalition")
    parts = list(rows)
    starts = find_item_start_times(meeting, parts)
    return [
        AgendaItemLine(
            number=number,
            part=part,
            presenter=presenter_names.format_presenter(part),
            papers=[_build_paper_line(meeting, each) for each in papers.get(part.pk, [])],
            about=email_links.build_absolute_url(part.about.get_absolute_url())
            if part.about and _is_published_with_label(part.about, labels)
            else "",
            updates=_build_member_update_lines(meeting) if part.holds_updates else [],
            starts_at=starts_at,
        )
        for number, (part, starts_at) in enumerate(zip(parts, starts, strict=True), 1)
    ]


@dataclass
class _PresenterNames:
    """Names the presenters of a meeting in an email. The people and organisations of the coalition are read once."""

    meeting: Meeting

    def format_presenter(self, agenda_item: Part) -> str:
        """Return the presenter for an email, which may be forwarded: no minors, nobody under the Chatham House Rule.

        Instead of a person whose name is not public, it is their organisation, also among several presenters.
        """
        presenter = agenda_item.presenter
        if presenter is None or agenda_item.chatham or (presenter.person is not None and presenter.person.is_minor):
            return ""
        if presenter.organisation_id or (presenter.person and get_public_name(presenter.person, None)):
            return get_display_name(presenter, None, self._written_names)
        if presenter.person is None:
            return self._replace_hidden_names(presenter.name)
        return self._organisation_names.get(presenter.person.pk, "")

    def _replace_hidden_names(self, written_names: str) -> str:
        """Return names with organisations for those that are not public; those without an organisation are left out."""
        if not self._known_people.is_hidden_name_in(written_names):
            return written_names
        names = join_with_separator(
            dict.fromkeys(filter(None, map(self._get_name_for_email, _LIST_SEPARATOR_PATTERN.split(written_names))))
        )
        is_hidden = self._known_people.is_hidden_name_in(names) or self._known_people.find_hidden_names_in(names)
        return "" if is_hidden else names  # as in "Otieno, Ben", which is one name

    def _get_name_for_email(self, name: str) -> str:
        if not self._known_people.is_hidden_name_in(name):
            return name
        person = self._known_people.find_by_several_names(name)
        return self._organisations_of_members.get(person.pk, "") if person else ""

    @cached_property
    def _organisations_of_members(self) -> dict[int, str]:
        return find_organisation_names(list(self._known_people.affiliated_people), self.meeting.coalition)

    @cached_property
    def _known_people(self) -> KnownPeople:
        return KnownPeople(self.meeting.coalition)

    @cached_property
    def _written_names(self) -> WrittenNames:
        return WrittenNames(self.meeting.coalition_id)

    @cached_property
    def _organisation_names(self) -> dict[int, str]:
        return find_presenter_organisations(self.meeting)


def _build_member_update_lines(meeting: Meeting) -> list[MemberUpdateLine]:
    """Return the updates for an email, which may be forwarded."""
    rows = find_member_updates(meeting).select_related("capacity__person", "capacity__organisation")
    return [MemberUpdateLine(get_display_name(row.capacity, None), row.text) for row in rows]


def _find_papers_with_label(meeting: Meeting, labels: Collection[str]) -> dict[int, list[Paper]]:
    """By item: what all readers may read. A record with a stricter label is on the page for those who may."""
    papers: dict[int, list[Paper]] = {}
    for paper in find_agenda_papers(meeting).select_related("record__coalition"):
        record = paper.record
        if record is None or _is_published_with_label(record, labels):
            papers.setdefault(paper.part_id, []).append(paper)
    return papers


def _is_published_with_label(record: Record, labels: Collection[str]) -> bool:
    return record.state == State.PUBLISHED and record.label in labels


def _build_paper_line(meeting: Meeting, agenda_paper: Paper) -> AgendaPaperLine:
    path = ""
    if agenda_paper.record is not None:
        path = agenda_paper.record.get_absolute_url()
    elif agenda_paper.attachment_id is not None:
        path = reverse("records:attachment", args=[meeting.coalition.slug, agenda_paper.attachment_id])
    due = format_long_date(agenda_paper.due_on) if agenda_paper.due_on and agenda_paper.is_missing else ""
    return AgendaPaperLine(agenda_paper.title, email_links.build_absolute_url(path) if path else "", due)
