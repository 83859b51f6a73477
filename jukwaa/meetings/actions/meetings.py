"""A meeting and its parts. Its entries follow its label and its state."""

from datetime import date, datetime, time
from typing import Any, NoReturn, TypedDict, Unpack

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.meetings import policies
from jukwaa.meetings.actions.invitations import set_invitation_audience
from jukwaa.meetings.carried_commitments import find_next_meetings
from jukwaa.meetings.chatham_house_rule import ForbiddenNames
from jukwaa.meetings.invitation_audience import InvitationAudience
from jukwaa.meetings.models import (
    Agenda,
    Commitment,
    Entry,
    Meeting,
    Part,
    Series,
    are_minutes_approved,
    get_entry_label,
)
from jukwaa.records import index
from jukwaa.records.actions import begin_record, change_record, publish_record, withdraw_record
from jukwaa.records.models import State


class MeetingDetails(TypedDict, total=False):
    """What one may say of a meeting beside its title. What a source does not give is left out."""

    summary: str
    language: str
    label: str
    starts_on: date | None
    ends_on: date | None
    precision: str
    start_time: time | None
    time_zone: str
    fold: int
    duration: int | None
    starts_at: datetime | None
    ends_at: datetime | None
    place: str
    country: str
    forum: str
    public_source: str
    joining_link: str
    joining_link_is_public: bool
    invites_observers: bool
    languages: str
    interpretation: str
    series: Series | None


@action
def create_meeting_record(
    *,
    actor: Person,
    coalition: Coalition,
    title: str,
    published: bool = False,
    allows_same_title: bool = False,
    **details: Unpack[MeetingDetails],
) -> Meeting:
    """Create a meeting, as a draft of the actor or published at once. Raises PermissionDenied.

    One of the same title, day and place is found, so that a second press begins no second meeting; `allows_same_title`
    is for those who guard against that themselves, and know that another of the same name is wanted.
    """
    if not policies.can_manage_minutes(ViewerContext(actor), coalition):
        raise PermissionDenied
    meeting = Meeting(kind="meeting", coalition=coalition, title=title, **{"language": coalition.language, **details})
    if not allows_same_title and (found := _find_duplicate_meeting(actor, meeting)) is not None:
        return found
    meeting.set_moments()
    meeting.countries = [meeting.country] if meeting.country else []
    return begin_record(actor=actor, record=meeting, is_published=published)


def _find_duplicate_meeting(actor: Person, meeting: Meeting) -> Meeting | None:
    same = {name: getattr(meeting, name) for name in ("coalition", "title", "starts_on", "place")}
    return Meeting.objects.visible_to(actor).filter(**same).exclude(state=State.WITHDRAWN).first()


@action
def change_meeting(
    *, actor: Person, meeting: Meeting, changes: dict[str, Any], from_version: int, activity_verb: str = "changed"
) -> Meeting:
    """Save changes on top of the version they started from. Entries take on a new label with their meeting.

    `activity_verb` is that of the activity, by which members are notified. Raises PermissionDenied, and EditConflict
    where somebody else was faster.
    """
    if "country" in changes:
        changes = {**changes, "countries": [changes["country"]] if changes["country"] else []}
    changed = change_record(
        actor=actor, record=meeting, changes=changes, from_version=from_version, activity_verb=activity_verb
    )
    label = get_entry_label(changed)
    for entry in Entry.objects.filter(meeting=changed).exclude(label=label):
        change_record(actor=actor, record=entry, changes={"label": label}, from_version=entry.version)
    return changed


@action
def publish_meeting(*, actor: Person, meeting: Meeting, audience: InvitationAudience | None = None) -> Meeting:
    """Open a draft, with all that was written into it, to those whom its label names.

    `audience` says which members are invited to it then; without one, all of them. Raises PermissionDenied.
    """
    if audience is not None and lock_row(meeting).state != State.PUBLISHED:  # people may have been invited by now
        set_invitation_audience(actor=actor, meeting=meeting, audience=audience)
    for entry in Entry.objects.filter(meeting=meeting, state=State.DRAFT):
        publish_record(actor=actor, record=entry)
    return publish_record(actor=actor, record=meeting)


@action
def withdraw_meeting(*, actor: Person, meeting: Meeting, reason: str) -> Meeting:
    """Take the meeting and its entries out of every page at once.

    A commitment that a later report gave, too, stays: it is one of that meeting from now on.
    Raises PermissionDenied, and NamesFoundError where the reason names one and a part was under the Chatham House Rule.
    """
    if meeting.has_chatham:
        ForbiddenNames(meeting).refuse_names_in_texts(reason)
    for commitment, target in find_next_meetings(meeting):
        _move_commitment(commitment, target)
    return withdraw_record(actor=actor, record=meeting, reason=reason)


def _move_commitment(commitment: Commitment, target_meeting: Meeting) -> None:
    """Make the commitment the last entry of another meeting."""
    entry = lock_row(commitment.entry)
    last = Entry.objects.filter(meeting=target_meeting).aggregate(last=Max("position"))["last"] or 0
    entry.meeting, entry.part, entry.topic, entry.position = target_meeting, None, "", last + 1
    entry.happened_on, entry.happened_precision = target_meeting.happened_on, target_meeting.happened_precision
    entry.happened_until = target_meeting.happened_until
    entry.save()
    index.reindex_record(entry)


@action
def add_meeting_agenda_item(
    *, actor: Person, meeting: Meeting, title: str, is_under_chatham_house_rule: bool = False
) -> Part:
    """A part of the meeting, after those that are there; one of the same title is found rather than added again.

    Whether it was held under the Chatham House Rule is said now and stays: what was once kept with names can't be
    brought under the rule by a tick. Raises PermissionDenied.
    """
    require_can_write_minutes(actor, meeting)
    return get_or_create_meeting_part(actor, meeting, title, is_under_chatham_house_rule=is_under_chatham_house_rule)


def get_or_create_meeting_part(
    actor: Person, meeting: Meeting, title: str, *, is_under_chatham_house_rule: bool = False
) -> Part:
    """Add a part as `add_meeting_agenda_item` does. Part of a larger action, which has checked that the actor may."""
    last = meeting.parts.order_by("-position").first()
    part, added = Part.objects.get_or_create(
        meeting=meeting,
        title=title,
        chatham=is_under_chatham_house_rule,
        defaults={"position": last.position + 1 if last else 0},
    )
    if added:
        Agenda.objects.mark_changed(meeting)
        record_activity(actor=actor, verb="added-part", subject=meeting, coalition=meeting.coalition)
    return part


def require_can_change_minutes(actor: Person, meeting: Meeting) -> None:
    """Raise PermissionDenied as `require_can_write_minutes` does, and ActionRefused for approved minutes."""
    require_can_write_minutes(actor, meeting)
    if are_minutes_approved(meeting):
        _raise_minutes_approved_error()


def require_entry_not_settled(entry: Entry) -> None:
    """Raise ActionRefused for an entry of approved minutes."""
    if entry.is_settled:
        _raise_minutes_approved_error()


def _raise_minutes_approved_error() -> NoReturn:
    raise ActionRefused(_("These minutes have been approved and cannot be changed. Add an erratum instead."))


def require_can_write_minutes(actor: Person, meeting: Meeting) -> None:
    """Raise PermissionDenied unless the actor keeps the minutes here, and once the meeting is withdrawn."""
    if not policies.can_manage_minutes(ViewerContext(actor), meeting.coalition):
        raise PermissionDenied
    if meeting.state == State.WITHDRAWN:
        raise PermissionDenied(_("You cannot add anything to this meeting, because it has been withdrawn."))
