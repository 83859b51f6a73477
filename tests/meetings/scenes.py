"""Pages of decisions, commitments, offers, requests and invitations, in the states in which they take a form."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from jukwaa.meetings.attendance_matching import Match, make_token
from jukwaa.meetings.check_in import build_link as build_check_in_link
from jukwaa.meetings.invitations import build_link
from jukwaa.meetings.models import Correction, Line, Minutes
from jukwaa.updates.tokens import absolute
from tests.factories import (
    CapacityFactory,
    CommitmentFactory,
    DissentFactory,
    EntryFactory,
    MeetingFactory,
    PartFactory,
)
from tests.quarantine_scenes import Place, address, by_author, scene
from tests.world import World


@scene("meetings:decision_edit", "meetings:dissent_new")
def decision(world: World, name: str) -> Place:
    dissent = DissentFactory(entry__coalition=world.coalition)
    return by_author(world, name, dissent.entry_id)


@scene("meetings:dissent_remove")
def dissent(world: World, name: str) -> Place:
    row = DissentFactory(entry__coalition=world.coalition)
    return by_author(world, name, row.entry_id, row.pk)


def _commitment(world: World, **more: object) -> int:
    meeting = MeetingFactory(coalition=world.coalition, published=True)
    entry = EntryFactory(coalition=world.coalition, meeting=meeting, kind="commitment", published=True)
    return CommitmentFactory(entry=entry, **more).entry_id


@scene("meetings:commitment_confirm", "meetings:commitment_decline")
def proposed(world: World, name: str) -> Place:
    return by_author(world, name, _commitment(world, proposed_name="The secretariat"))


@scene(*[f"meetings:commitment_{name}" for name in ("hand_over", "take_over", "plan", "file")])
def unowned(world: World, name: str) -> Place:
    return by_author(world, name, _commitment(world))


@scene("meetings:commitment_carry_forward")
def open_commitment(world: World, name: str) -> Place:
    MeetingFactory(coalition=world.coalition, starts_on=timezone.localdate(), published=True)
    return by_author(world, name, _commitment(world))


@scene("meetings:attendance_check")
def attendance(world: World, name: str) -> Place:
    meeting = MeetingFactory(coalition=world.coalition, published=True)
    return by_author(world, name, meeting.pk, rows=make_token(meeting, [Match("Somebody", 1)]))


@scene("meetings:check_in")
def check_in(world: World, _name: str) -> Place:
    meeting = MeetingFactory(coalition=world.coalition, published=True)
    return Place(world.people["member"], build_check_in_link(meeting).removeprefix(absolute("")))


@scene("meetings:entry_respond")
def offer(world: World, name: str) -> Place:
    return by_author(world, name, EntryFactory(coalition=world.coalition, kind="offer", published=True).pk)


@scene("meetings:invitation")
def invitation(world: World, _name: str) -> Place:
    day = timezone.localdate() + timedelta(days=9)
    meeting = MeetingFactory(coalition=world.coalition, starts_on=day, published=True)
    return Place(AnonymousUser(), build_link(world.people["member"], meeting).removeprefix(absolute("")))


def _line(world: World) -> Line:
    entry = EntryFactory(
        coalition=world.coalition, meeting__coalition=world.coalition, published=True, author=world.people["rapporteur"]
    )
    minutes = Minutes.objects.create(meeting=entry.meeting)
    return Line.objects.create(minutes=minutes, entry=entry, revision=1)


@scene("meetings:line_new", "meetings:item_choose")
def minutes(world: World, name: str) -> Place:
    return Place(world.people["rapporteur"], address(world, name, _line(world).minutes.meeting_id))


@scene("meetings:line_edit")
def line(world: World, name: str) -> Place:
    own = _line(world)
    return Place(world.people["rapporteur"], address(world, name, own.minutes.meeting_id, own.pk))


@scene("meetings:item_rule")
def item(world: World, name: str) -> Place:
    meeting = _line(world).minutes.meeting
    return Place(world.people["rapporteur"], address(world, name, meeting.pk, PartFactory(meeting=meeting).pk))


@scene("meetings:correction_new")
def circulated(world: World, name: str) -> Place:
    minutes = _line(world).minutes
    now = timezone.now()
    Minutes.objects.filter(pk=minutes.pk).update(circulated_at=now, corrections_until=now.date())
    return by_author(world, name, minutes.meeting_id)


@scene("meetings:correction_decide")
def correction(world: World, name: str) -> Place:
    minutes, author = _line(world).minutes, world.people["member"]
    capacity = CapacityFactory(coalition=world.coalition, person=author)
    correction = Correction.objects.create(minutes=minutes, body="In May.", author=author, capacity=capacity)
    return Place(world.people["rapporteur"], address(world, name, minutes.meeting_id, correction.pk))


@scene("meetings:erratum_new")
def approved(world: World, name: str) -> Place:
    minutes = _line(world).minutes
    Minutes.objects.filter(pk=minutes.pk).update(approved_at=timezone.now())
    return Place(world.people["rapporteur"], address(world, name, minutes.meeting_id))


@scene("meetings:minutes_approve", "meetings:minutes_circulate")
def draft(world: World, name: str) -> Place:
    return Place(world.people["rapporteur"], address(world, name, _line(world).minutes.meeting_id))
