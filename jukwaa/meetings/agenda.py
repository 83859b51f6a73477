"""The agenda of a meeting as one reader sees it: its items with their papers, and the updates from members.

Before it is sent an agenda is a draft, which members read and the public does not. Who is late with a paper is for
members, and who presents an item under the Chatham House Rule is for members until the meeting starts.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from jukwaa.coalitions.display_names import (
    VOICE_CAPACITY_FIELDS,
    find_organisation_names,
    get_display_name,
    get_public_name,
)
from jukwaa.coalitions.known_people import KnownPeople
from jukwaa.coalitions.standing import Standing
from jukwaa.core.row_urls import reverse_row_url
from jukwaa.meetings.agenda_times import find_item_start_times, format_item_start
from jukwaa.meetings.models import Agenda, Meeting, MemberUpdate, Paper, Part, find_draft_minutes
from jukwaa.meetings.policies import is_adult_member
from jukwaa.meetings.time_formatting import MeetingTimeLine, build_meeting_time_lines
from jukwaa.records.models import Record, State


@dataclass(frozen=True)
class DisplayedAgendaPaper:
    """A paper with what the reader may know of it."""

    paper: Paper
    url: str  # empty if it is still to come
    is_late: bool


@dataclass(frozen=True)
class DisplayedAgendaItem:
    number: int
    part: Part
    presenter: str
    papers: list[DisplayedAgendaPaper]
    about: Record | None
    can_move_up: bool
    start: str = ""  # by the clock, where it is known


@dataclass
class AgendaPage:
    """Each part is read when the template asks for it.

    `is_outline` is for the page of the meeting, whose items have neither papers nor links to records.
    """

    meeting: Meeting
    standing: Standing
    is_outline: bool = False

    @property
    def may_edit(self) -> bool:
        return self.standing.is_rapporteur

    @property
    def is_visible_to_reader(self) -> bool:
        """Whether the reader may see the items: for the public they are there once the agenda has been sent."""
        is_draft = self.meeting.is_planned and self.agenda.sent_at is None
        return self.standing.is_inside or not is_draft

    @cached_property
    def agenda(self) -> Agenda:
        return getattr(self.meeting, "agenda", None) or Agenda(meeting=self.meeting)

    @cached_property
    def items(self) -> list[DisplayedAgendaItem]:
        rows = Part.objects.filter(meeting=self.meeting).select_related("presenter__person", "presenter__organisation")
        parts = list(rows)
        papers = {} if self.is_outline else self._find_papers_by_item()
        about = {} if self.is_outline else self._find_visible_records({part.about_id for part in parts})
        first = 1 if parts and parts[0].holds_updates else 0
        starts = find_item_start_times(self.meeting, parts)
        return [
            DisplayedAgendaItem(
                number=number,
                part=part,
                presenter=self._get_presenter_name(part),
                papers=papers.get(part.pk, []),
                about=about.get(part.about_id or 0),
                can_move_up=number > first + 1,
                start=format_item_start(start, self._time_lines),
            )
            for number, (part, start) in enumerate(zip(parts, starts, strict=True), 1)
        ]

    @cached_property
    def _time_lines(self) -> list[MeetingTimeLine]:
        return build_meeting_time_lines(self.meeting)

    @property
    def zone_of_starts(self) -> str:
        """The time zone of the starts of the items, if any start is known."""
        return self._time_lines[0].zone if any(item.start for item in self.items) else ""

    def _get_presenter_name(self, agenda_item: Part) -> str:
        presenter = agenda_item.presenter
        if presenter is None or (presenter.person is not None and presenter.person.is_minor):
            return ""
        if agenda_item.chatham and not (self.standing.is_inside and self.meeting.is_planned):
            return ""
        if presenter.person is None and presenter.organisation_id is None:
            is_for_members = self.standing.is_inside
            is_hidden = self._known_people.is_hidden_name_in(presenter.name, is_for_members=is_for_members)
            return "" if is_hidden else presenter.name
        name = get_display_name(presenter, self.standing)
        person = presenter.person
        if person is None or presenter.organisation_id is not None or get_public_name(person, self.standing):
            return name
        return self._organisation_names.get(person.pk, name)

    @cached_property
    def _organisation_names(self) -> dict[int, str]:
        return find_presenter_organisations(self.meeting)

    @cached_property
    def _known_people(self) -> KnownPeople:
        return KnownPeople(self.meeting.coalition)

    def _find_papers_by_item(self) -> dict[int, list[DisplayedAgendaPaper]]:
        """A paper that is a record which the reader may not read is not shown at all."""
        papers = list(find_agenda_papers(self.meeting))
        records = self._find_visible_records({paper.record_id for paper in papers})
        by_part: dict[int, list[DisplayedAgendaPaper]] = defaultdict(list)
        for paper in papers:
            record = records.get(paper.record_id or 0)
            if paper.record_id is None or record is not None:
                by_part[paper.part_id].append(self._build_agenda_paper(paper, record))
        return by_part

    def _build_agenda_paper(self, agenda_paper: Paper, record: Record | None) -> DisplayedAgendaPaper:
        url = record.get_absolute_url() if record else ""
        if agenda_paper.attachment_id:
            url = reverse_row_url("records:attachment", self.meeting.coalition.slug, agenda_paper.attachment_id)
        return DisplayedAgendaPaper(agenda_paper, url, is_late=self.standing.is_inside and agenda_paper.is_late())

    def _find_visible_records(self, record_ids: set[int | None]) -> dict[int, Record]:
        wanted = {number for number in record_ids if number}
        if not wanted:
            return {}
        records = Record.objects.visible_to(self.standing.viewer).exclude(state=State.WITHDRAWN).in_bulk(wanted)
        for record in records.values():
            record.coalition = self.meeting.coalition
        return records

    @cached_property
    def updates(self) -> list[MemberUpdate]:
        if not self.standing.is_inside and not are_minutes_public(self.meeting):
            return []
        rows = find_member_updates(self.meeting).select_related("capacity__person")
        return list(rows.only("author", "text", *(f"capacity__{name}" for name in VOICE_CAPACITY_FIELDS)))

    @property
    def may_send_update(self) -> bool:
        """The meeting has been read as one that the reader may see."""
        return self.meeting.is_planned and is_adult_member(self.standing, self.meeting)

    @property
    def update_of_viewer(self) -> MemberUpdate | None:
        return next((update for update in self.updates if self.standing.is_person(update.author_id)), None)

    @property
    def planned_minutes(self) -> int:
        """The planned length of all items together."""
        return sum(item.part.minutes or 0 for item in self.items)

    @property
    def items_without_duration(self) -> int:
        return sum(1 for item in self.items if not item.part.minutes)

    @property
    def duration(self) -> int | None:
        """The length of the meeting in minutes, where it is known and the meeting takes one day."""
        if self.meeting.ends_on is not None:
            return None
        if self.meeting.starts_at is None or self.meeting.ends_at is None:
            return self.meeting.duration
        return round((self.meeting.ends_at - self.meeting.starts_at).total_seconds() / 60)

    @property
    def minutes_over_time(self) -> int:
        """By how many minutes the items are longer than the meeting."""
        return max(self.planned_minutes - self.duration, 0) if self.duration else 0


def find_presenter_organisations(meeting: Meeting) -> dict[int, str]:
    """Return the organisations of presenters, by person: named instead of those whose names are not public."""
    presenters = Part.objects.filter(meeting=meeting, presenter__organisation=None).values("presenter__person")
    return find_organisation_names(presenters, meeting.coalition)


def find_agenda_papers(meeting: Meeting) -> QuerySet[Paper]:
    return Paper.objects.filter(part__meeting=meeting).order_by("pk")


def find_member_updates(meeting: Meeting) -> QuerySet[MemberUpdate]:
    """Updates of adults: people under 18 are named in no meeting."""
    return MemberUpdate.objects.filter(meeting=meeting, author__is_minor=False)


def are_minutes_public(meeting: Meeting) -> bool:
    """Whether whoever may read the meeting may read its minutes: the updates from members go with them."""
    if not meeting.is_held or find_draft_minutes(meeting) is not None:
        return False
    return meeting.entries.filter(state=State.PUBLISHED).exists()
