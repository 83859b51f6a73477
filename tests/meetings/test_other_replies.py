"""Who will not attend a meeting and who has not replied: named to those who keep the minutes, and to nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jukwaa.coalitions.standing import Standing
from jukwaa.home.tasks_page import get_tasks
from jukwaa.meetings.actions import reply_to_invitation
from jukwaa.meetings.invitation_responses import OtherReplies
from jukwaa.meetings.invitations import MeetingAttendees
from tests.factories import AffiliationFactory, MembershipFactory, OrganisationFactory, PersonFactory
from tests.meetings.planned_meetings import create_planned_meeting


@pytest.fixture
def meeting(coalition):
    return create_planned_meeting(coalition)


def get_replies_section(client, meeting, person=None):
    client.logout()
    if person:
        client.force_login(person)
    return client.get(meeting.get_absolute_url()).text.partition('id="attendees"')[2].partition("</section>")[0]


def test_note_takers_see_who_declined_and_who_has_not_replied(
    client, meeting, coordinator, delegate, organisation, member
):
    reply_to_invitation(actor=delegate, meeting=meeting, answer="no", organisation=organisation)
    reply_to_invitation(actor=coordinator, meeting=meeting, answer="maybe")
    section = get_replies_section(client, meeting, coordinator)

    assert f"<dt>Will not attend</dt><dd><bdi>{organisation.name}</bdi></dd>" in section
    assert f"<dt>May attend</dt><dd><bdi>{coordinator.name}</bdi></dd>" in section
    assert f"<bdi>{member.name}</bdi>" in section.partition("No reply yet")[2]
    assert organisation.name not in section.partition("No reply yet")[2]


def test_members_see_counts_of_replies_and_visitors_see_none(client, meeting, member, delegate, organisation):
    reply_to_invitation(actor=delegate, meeting=meeting, answer="no", organisation=organisation)
    for_member = get_replies_section(client, meeting, member)

    assert "1 will not attend" in for_member
    assert (organisation.name in for_member, "No reply yet" in for_member) == (False, False)
    assert get_replies_section(client, meeting) == ""


def test_draft_meeting_shows_no_silent_members(client, coalition, coordinator, member):
    meeting = create_planned_meeting(coalition, state="draft", author=coordinator)

    assert "No reply yet" not in get_replies_section(client, meeting, coordinator)


def test_one_reply_is_enough_for_an_organisation(meeting, coalition, coordinator, delegate, organisation):
    AffiliationFactory(organisation=organisation, confirmed_on=timezone.localdate())
    silent = OrganisationFactory(coalition=coalition, name="Silent House")
    MembershipFactory(coalition=coalition, organisation=silent)
    reply_to_invitation(actor=delegate, meeting=meeting, answer="yes")

    assert OtherReplies(MeetingAttendees(meeting), Standing(coordinator, coalition)).silent_members.names == [
        coordinator.name,
        "Silent House",
    ]


def test_people_under_18_are_not_named(meeting, coalition, coordinator, member):
    reply_to_invitation(actor=member, meeting=meeting, answer="no")
    member.is_minor, member.adult_contact = True, PersonFactory()
    member.save()
    silent = MembershipFactory(coalition=coalition, organisation=None, person=PersonFactory(name="Young Person")).person
    silent.is_minor, silent.adult_contact = True, PersonFactory()
    silent.save()
    replies = OtherReplies(MeetingAttendees(meeting, names_others=True), Standing(coordinator, coalition))

    assert (replies.declined, replies.silent_members.names) == ([], [coordinator.name])


@pytest.mark.parametrize("count", [1, 3])
def test_other_replies_cost_three_queries(meeting, coalition, coordinator, django_assert_num_queries, count):
    for number in range(count):
        person = MembershipFactory(
            coalition=coalition, organisation=None, person=PersonFactory(name=f"Person {number}")
        ).person
        reply_to_invitation(actor=person, meeting=meeting, answer="no")
        MembershipFactory(coalition=coalition, organisation=OrganisationFactory(coalition=coalition))
    replies = OtherReplies(MeetingAttendees(meeting, names_others=True), Standing(coordinator, coalition))
    _ = replies.standing.is_inside

    with django_assert_num_queries(3):
        assert (len(replies.declined), len(replies.undecided), len(replies.silent_members.names)) == (
            count,
            0,
            count + 1,
        )


def list_invitation_tasks(person, coalition):
    return [task for task in get_tasks(Standing(person, coalition)) if task.title.startswith("Reply to the invitation")]


def test_unanswered_invitation_is_a_task_until_answered(meeting, coalition, member, outsider):
    [task] = list_invitation_tasks(member, coalition)

    assert (task.title, task.due) == ("Reply to the invitation: The spring call", meeting.starts_on)
    assert task.url == f"{meeting.get_absolute_url()}reply/"
    assert list_invitation_tasks(outsider, coalition) == []
    reply_to_invitation(actor=member, meeting=meeting, answer="no")
    coalition.refresh_from_db()  # its revision tells that tasks have changed
    assert list_invitation_tasks(member, coalition) == []


def test_adult_contact_replies_for_people_under_18(meeting, coalition, member):
    member.is_minor, member.adult_contact = True, PersonFactory()
    member.save()

    assert list_invitation_tasks(member, coalition) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "draft", "published_at": None},
        {"cancelled_at": timezone.now(), "cancellation_reason": "Nobody has time."},
        {"days": -1},
        {"days": 62},
        {"precision": "month", "starts_at": None, "ends_at": None, "start_time": None},
        {"label": "TLP:RED"},
    ],
)
def test_meeting_that_needs_no_reply_is_not_a_task(coalition, member, fields):
    create_planned_meeting(coalition, **fields)

    assert list_invitation_tasks(member, coalition) == []


def test_meeting_without_hour_is_a_task_before_its_day(coalition, member):
    today = timezone.localdate()
    for days in (0, 1):
        create_planned_meeting(
            coalition,
            title=f"In {days}",
            starts_on=today + timedelta(days=days),
            starts_at=None,
            ends_at=None,
            start_time=None,
        )

    assert [task.title for task in list_invitation_tasks(member, coalition)] == ["Reply to the invitation: In 1"]
