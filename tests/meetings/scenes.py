"""Pages of decisions, commitments, offers, requests and invitations, in the states in which they take a form."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from jukwaa.meetings.attendance_matching import AttendeeMatch, sign_attendee_matches
from jukwaa.meetings.check_in import build_check_in_link
from jukwaa.meetings.invitations import build_invitation_link
from jukwaa.meetings.models import Correction, Line, Minutes, Series
from jukwaa.meetings.polls import build_poll_link
from jukwaa.updates.email_links import build_absolute_url
from tests.factories import (
    AffiliationFactory,
    CapacityFactory,
    CommitmentFactory,
    DissentFactory,
    EntryFactory,
    MeetingFactory,
    MembershipFactory,
    OrganisationFactory,
    PartFactory,
)
from tests.meetings.polls import TimePollFactory
from tests.quarantine_scenes import PostTarget, build_author_post_target, build_scene_url, register_scene
from tests.world import World


@register_scene("meetings:decision_edit", "meetings:dissent_new")
def build_decision_scene(world: World, name: str) -> PostTarget:
    dissent = DissentFactory(entry__coalition=world.coalition)
    return build_author_post_target(world, name, dissent.entry_id)


@register_scene("meetings:dissent_remove")
def build_dissent_scene(world: World, name: str) -> PostTarget:
    row = DissentFactory(entry__coalition=world.coalition)
    return build_author_post_target(world, name, row.entry_id, row.pk)


def _create_commitment_entry(world: World, **more: object) -> int:
    meeting = MeetingFactory(coalition=world.coalition, published=True)
    entry = EntryFactory(coalition=world.coalition, meeting=meeting, kind="commitment", published=True)
    return CommitmentFactory(entry=entry, **more).entry_id


@register_scene("meetings:commitment_confirm", "meetings:commitment_decline")
def build_proposed_commitment_scene(world: World, name: str) -> PostTarget:
    return build_author_post_target(world, name, _create_commitment_entry(world, proposed_name="The secretariat"))


@register_scene(*[f"meetings:commitment_{name}" for name in ("hand_over", "take_over", "plan", "file")])
def build_unowned_commitment_scene(world: World, name: str) -> PostTarget:
    return build_author_post_target(world, name, _create_commitment_entry(world))


@register_scene("meetings:commitment_carry_forward")
def build_open_commitment_scene(world: World, name: str) -> PostTarget:
    MeetingFactory(coalition=world.coalition, starts_on=timezone.localdate(), published=True)
    return build_author_post_target(world, name, _create_commitment_entry(world))


@register_scene("meetings:attendance_check")
def build_attendance_scene(world: World, name: str) -> PostTarget:
    meeting = MeetingFactory(coalition=world.coalition, published=True)
    return build_author_post_target(
        world, name, meeting.pk, rows=sign_attendee_matches(meeting, [AttendeeMatch("Somebody", 1)])
    )


@register_scene("meetings:check_in")
def build_check_in_scene(world: World, _route_name: str) -> PostTarget:
    meeting = MeetingFactory(coalition=world.coalition, published=True)
    return PostTarget(world.people["member"], build_check_in_link(meeting).removeprefix(build_absolute_url("")))


@register_scene("meetings:entry_respond")
def build_offer_scene(world: World, name: str) -> PostTarget:
    return build_author_post_target(
        world, name, EntryFactory(coalition=world.coalition, kind="offer", published=True).pk
    )


@register_scene("meetings:invitation")
def build_invitation_scene(world: World, _route_name: str) -> PostTarget:
    day = timezone.localdate() + timedelta(days=9)
    meeting = MeetingFactory(coalition=world.coalition, starts_on=day, published=True)
    return PostTarget(
        AnonymousUser(), build_invitation_link(world.people["member"], meeting).removeprefix(build_absolute_url(""))
    )


@register_scene("meetings:poll_answer")
def build_poll_link_scene(world: World, _route_name: str) -> PostTarget:
    link = build_poll_link(world.people["member"], TimePollFactory(meeting__coalition=world.coalition))
    return PostTarget(AnonymousUser(), link.removeprefix(build_absolute_url("")))


@register_scene("meetings:poll_detail", "meetings:poll_close")
def build_poll_scene(world: World, name: str) -> PostTarget:
    poll = TimePollFactory(meeting__coalition=world.coalition)
    return PostTarget(world.people["rapporteur"], build_scene_url(world, name, poll.meeting_id))


@register_scene("meetings:poll_choose")
def build_poll_option_scene(world: World, name: str) -> PostTarget:
    poll = TimePollFactory(meeting__coalition=world.coalition)
    return PostTarget(
        world.people["rapporteur"], build_scene_url(world, name, poll.meeting_id, poll.options.get(number=1).pk)
    )


@register_scene("meetings:series_edit", "meetings:series_cancel")
def build_series_scene(world: World, name: str) -> PostTarget:
    day = timezone.localdate() + timedelta(days=9)
    series = Series.objects.create(coalition=world.coalition, title="Calls to come")
    author = world.people["author"]
    meeting = MeetingFactory(coalition=world.coalition, starts_on=day, series=series, author=author, published=True)
    return build_author_post_target(world, name, meeting.pk)


@register_scene("meetings:group_message")
def build_group_message_scene(world: World, name: str) -> PostTarget:
    day = timezone.localdate() + timedelta(days=9)
    author = world.people["author"]
    meeting = MeetingFactory(coalition=world.coalition, starts_on=day, author=author, published=True)
    organisation = OrganisationFactory(coalition=world.coalition, regional_group="grulac")
    MembershipFactory(coalition=world.coalition, organisation=organisation)
    AffiliationFactory(organisation=organisation, may_speak=True)
    return build_author_post_target(world, name, meeting.pk, organisations=str(organisation.pk))


def _create_minutes_line(world: World) -> Line:
    entry = EntryFactory(
        coalition=world.coalition, meeting__coalition=world.coalition, published=True, author=world.people["rapporteur"]
    )
    minutes = Minutes.objects.create(meeting=entry.meeting)
    return Line.objects.create(minutes=minutes, entry=entry, revision=1)


@register_scene("meetings:line_new", "meetings:item_choose")
def build_minutes_scene(world: World, name: str) -> PostTarget:
    return PostTarget(
        world.people["rapporteur"], build_scene_url(world, name, _create_minutes_line(world).minutes.meeting_id)
    )


@register_scene("meetings:line_edit")
def build_minutes_line_scene(world: World, name: str) -> PostTarget:
    own = _create_minutes_line(world)
    return PostTarget(world.people["rapporteur"], build_scene_url(world, name, own.minutes.meeting_id, own.pk))


@register_scene("meetings:item_rule")
def build_current_item_scene(world: World, name: str) -> PostTarget:
    meeting = _create_minutes_line(world).minutes.meeting
    return PostTarget(
        world.people["rapporteur"], build_scene_url(world, name, meeting.pk, PartFactory(meeting=meeting).pk)
    )


@register_scene("meetings:correction_new")
def build_circulated_minutes_scene(world: World, name: str) -> PostTarget:
    minutes = _create_minutes_line(world).minutes
    now = timezone.now()
    Minutes.objects.filter(pk=minutes.pk).update(circulated_at=now, corrections_until=now.date())
    return build_author_post_target(world, name, minutes.meeting_id)


@register_scene("meetings:correction_decide")
def build_correction_scene(world: World, name: str) -> PostTarget:
    minutes, author = _create_minutes_line(world).minutes, world.people["member"]
    capacity = CapacityFactory(coalition=world.coalition, person=author)
    correction = Correction.objects.create(minutes=minutes, body="In May.", author=author, capacity=capacity)
    return PostTarget(world.people["rapporteur"], build_scene_url(world, name, minutes.meeting_id, correction.pk))


@register_scene("meetings:erratum_new")
def build_approved_minutes_scene(world: World, name: str) -> PostTarget:
    minutes = _create_minutes_line(world).minutes
    Minutes.objects.filter(pk=minutes.pk).update(approved_at=timezone.now())
    return PostTarget(world.people["rapporteur"], build_scene_url(world, name, minutes.meeting_id))


@register_scene("meetings:minutes_approve", "meetings:minutes_circulate")
def build_draft_minutes_scene(world: World, name: str) -> PostTarget:
    return PostTarget(
        world.people["rapporteur"], build_scene_url(world, name, _create_minutes_line(world).minutes.meeting_id)
    )
