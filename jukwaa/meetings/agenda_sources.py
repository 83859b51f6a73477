"""What meetings suggest for an agenda: ideas, open commitments, unanswered offers, missing voices, and more."""

from collections.abc import Iterator
from functools import partial

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.representation import CountRow, build_representation_tables
from jukwaa.core.dates import format_long_date
from jukwaa.core.list_formatting import format_list_in_sentence
from jukwaa.meetings.actions.idea_answers import put_idea_on_agenda
from jukwaa.meetings.agenda_suggestions import MAX_AGENDA_SUGGESTIONS, AgendaContext, AgendaSuggestion, agenda_sources
from jukwaa.meetings.meeting_lists import find_latest_entries
from jukwaa.meetings.models import (
    ANSWERABLE_ENTRY_KINDS,
    Commitment,
    Entry,
    EntryKind,
    EntryQuerySet,
    Idea,
    KeyFinding,
    Meeting,
    Part,
)
from jukwaa.places.regions import UN_REGIONAL_GROUPS, StakeholderGroup
from jukwaa.records.models import Link, Record, State

SUGGESTED_ENTRY_FIELDS = ("kind", "title", "meeting__title")
REGIONAL_OBSERVATION_KIND = "regional-observation"  # a kind of the library
EXPECTED_STAKEHOLDER_GROUPS = tuple(
    group for group in StakeholderGroup if group not in (StakeholderGroup.OTHER, StakeholderGroup.UNKNOWN)
)


@agenda_sources.register(5)
def find_idea_suggestions(context: AgendaContext) -> Iterator[AgendaSuggestion]:
    """Open ideas for the next meeting, those with the most support first. They can only be on a published agenda."""
    if context.meeting.state != State.PUBLISHED:
        return
    ideas = Idea.objects.visible_to(context.viewer).of(context.meeting.coalition).open().filter(state=State.PUBLISHED)
    ideas = ideas.filter(timeframe=Idea.Timeframe.NEXT_MEETING).only("kind", "title", "support_count")
    for idea in ideas.order_by("-support_count", "pk")[:MAX_AGENDA_SUGGESTIONS]:
        number = idea.support_count
        yield AgendaSuggestion(
            key=f"idea:{idea.pk}",
            title=idea.title,
            reason=ngettext("Idea supported by %(n)s person", "Idea supported by %(n)s people", number) % {"n": number},
            record=idea,
            on_added=partial(_link_idea_to_item, idea),
        )


def _link_idea_to_item(idea: Idea, actor: Person, part: Part) -> None:
    """Mark the idea as on the agenda, and notify its author and supporters."""
    put_idea_on_agenda(actor=actor, idea=idea, meeting=part.meeting, title=part.title)


@agenda_sources.register(10)
def find_standing_item_suggestions(context: AgendaContext) -> Iterator[AgendaSuggestion]:
    previous = context.previous_meeting
    if previous is None:
        return
    for part in context.previous_standing_items[:MAX_AGENDA_SUGGESTIONS]:
        yield AgendaSuggestion(
            key=f"standing:{part.pk}",
            title=part.title,
            reason=_("Standing item of %(meeting)s") % {"meeting": previous.title},
            purpose=part.purpose,
            minutes=part.minutes,
            is_standing=True,
        )


@agenda_sources.register(20)
def find_commitment_suggestions(context: AgendaContext) -> Iterator[AgendaSuggestion]:
    """Those that are due first, read in that order from the commitments, of which few are open."""
    entries = _find_earlier_entries(context.meeting, context.viewer).filter(kind=EntryKind.COMMITMENT)
    rows = Commitment.objects.filter(entries.exists_for("entry"), closed_on=None).select_related("entry__meeting")
    rows = rows.only("due_on", "owner", "proposed_name", *(f"entry__{name}" for name in SUGGESTED_ENTRY_FIELDS))
    for commitment in rows.order_by(F("due_on").asc(nulls_last=True), "-entry_id")[:MAX_AGENDA_SUGGESTIONS]:
        entry = commitment.entry
        names = {"meeting": entry.meeting.title}
        reason = _("Open commitment, carried forward from %(meeting)s") % names
        if due := commitment.due_on:
            names |= {"day": format_long_date(due)}
            reason = _("Open commitment, carried forward from %(meeting)s. Due on %(day)s.") % names
        if commitment.awaits_confirmation:  # the title is public once it is on the agenda, so it names nobody
            owner = _("Proposed owner, not confirmed yet: %(name)s.") % {"name": commitment.proposed_name}
            reason = f"{reason.removesuffix('.')}. {owner}"
        yield AgendaSuggestion(key=f"commitment:{entry.pk}", title=entry.title, reason=reason, record=entry)


@agenda_sources.register(30)
def find_unanswered_entry_suggestions(context: AgendaContext) -> Iterator[AgendaSuggestion]:
    """Offers and requests that were made in a meeting, and that nothing has come of."""
    meetings = Meeting.objects.visible_to(context.viewer).of(context.meeting.coalition).filter(state=State.PUBLISHED)
    entries = _find_published_entries(context.meeting, context.viewer).filter(
        kind__in=ANSWERABLE_ENTRY_KINDS, response=Entry.Response.OPEN
    )
    for entry in find_latest_entries(
        _exclude_followed_up_entries(entries), meetings.exclude(pk=context.meeting.pk), MAX_AGENDA_SUGGESTIONS
    ):
        names = {"meeting": entry.meeting.title}
        if entry.kind == EntryKind.OFFER:
            reason = _("Offer made at %(meeting)s that has not been taken up") % names
        else:
            reason = _("Request made at %(meeting)s that has not been answered") % names
        yield AgendaSuggestion(key=f"entry:{entry.pk}", title=entry.title, reason=reason, record=entry)


@agenda_sources.register(40)
def find_observation_suggestions(context: AgendaContext) -> Iterator[AgendaSuggestion]:
    """Those that were made in the latest meeting, and those that were published since."""
    previous = context.previous_meeting
    if previous is None:
        return
    made = _exclude_followed_up_entries(Entry.objects.filter(meeting=previous, kind=EntryKind.OBSERVATION))
    since = Q(kind=REGIONAL_OBSERVATION_KIND, published_at__date__gte=previous.order_day)
    rows = Record.objects.visible_to(context.viewer).of(context.meeting.coalition).filter(state=State.PUBLISHED)
    for record in rows.filter(since | Q(pk__in=made.values("pk"))).order_by("kind", "-published_at", "-pk")[
        :MAX_AGENDA_SUGGESTIONS
    ]:
        reason = _("Observation published since the last meeting")
        if record.kind == EntryKind.OBSERVATION:
            reason = _("Observation made at %(meeting)s") % {"meeting": previous.title}
        yield AgendaSuggestion(key=f"record:{record.pk}", title=record.title, reason=reason, record=record)


@agenda_sources.register(45)
def find_key_finding_suggestions(context: AgendaContext) -> Iterator[AgendaSuggestion]:
    """Those that have been on no agenda, the latest year first: to be presented at the next session."""
    taken_up = Part.objects.filter(about=OuterRef("pk"))
    rows = KeyFinding.objects.visible_to(context.viewer).of(context.meeting.coalition).filter(state=State.PUBLISHED)
    rows = rows.filter(~Exists(taken_up)).only("kind", "title", "year")
    for finding in rows.order_by("-year", "pk")[:MAX_AGENDA_SUGGESTIONS]:
        reason = _("Key finding of %(year)s") % {"year": finding.year}
        yield AgendaSuggestion(
            key=f"finding:{finding.pk}",
            title=finding.title,
            reason=reason,
            record=finding,
            purpose=Part.Purpose.INFORMATION,
        )


@agenda_sources.register(50)
def find_missing_group_suggestions(context: AgendaContext) -> Iterator[AgendaSuggestion]:
    """Regional and stakeholder groups of which no organisation is a member."""
    members = build_representation_tables(context.meeting.coalition)
    if members.organisations == 0:
        return
    if regions := _list_missing_group_names(members.by_region, UN_REGIONAL_GROUPS):
        yield AgendaSuggestion(
            key="missing:regions",
            title=_("How to involve regions without a member: %(groups)s")
            % {"groups": format_list_in_sentence(regions)},
            reason=_("The coalition has no member organisations from these regional groups"),
        )
    if groups := _list_missing_group_names(members.by_stakeholder, EXPECTED_STAKEHOLDER_GROUPS):
        yield AgendaSuggestion(
            key="missing:stakeholders",
            title=_("How to involve stakeholder groups without a member: %(groups)s")
            % {"groups": format_list_in_sentence(groups)},
            reason=_("The coalition has no member organisations from these stakeholder groups"),
        )


def _list_missing_group_names(count_rows: list[CountRow], expected_groups: tuple[str, ...]) -> list[str]:
    return [count.name for count in count_rows if count.value in expected_groups and not count.number]


def _find_earlier_entries(meeting: Meeting, viewer: Viewer) -> EntryQuerySet:
    """Return published entries of other meetings that the viewer may read."""
    meetings = Meeting.objects.visible_to(viewer).filter(state=State.PUBLISHED)
    return _find_published_entries(meeting, viewer).filter(meetings.exists_for("meeting")).exclude(meeting=meeting.pk)


def _find_published_entries(meeting: Meeting, viewer: Viewer) -> EntryQuerySet:
    """Return the published entries of all meetings."""
    entries = Entry.objects.visible_to(viewer).of(meeting.coalition).filter(state=State.PUBLISHED)
    return entries.select_related("meeting").only(*SUGGESTED_ENTRY_FIELDS)


def _exclude_followed_up_entries(entries: EntryQuerySet) -> EntryQuerySet:
    """Return the entries from which no record was created and that are on no agenda."""
    made = Link.objects.filter(to_record=OuterRef("pk"))
    taken_up = Part.objects.filter(about=OuterRef("pk"))
    return entries.filter(~Exists(made), ~Exists(taken_up))
