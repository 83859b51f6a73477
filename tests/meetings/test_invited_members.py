"""Publishing a meeting and inviting to it are two choices: everyone, some groups and people, or nobody yet."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.capacities import create_capacity
from jukwaa.mail.models import Message
from jukwaa.meetings.actions import cancel_meeting
from jukwaa.meetings.agenda_emails import build_meeting_reminder
from jukwaa.meetings.models import Invitee, Meeting, Rsvp, Series
from jukwaa.meetings.participants import find_invited_members
from jukwaa.updates.clock import tick
from tests.factories import AffiliationFactory, MeetingFactory, MembershipFactory, OrganisationFactory, PersonFactory


@pytest.fixture
def draft_meeting(coalition, rapporteur):
    return MeetingFactory(coalition=coalition, author=rapporteur, starts_on=date(2099, 1, 14), state="draft")


@pytest.fixture
def latin_american(coalition):
    """A person of a member organisation of the region."""
    groups = {"regional_group": "grulac", "stakeholder_group": "civil-society"}
    organisation = OrganisationFactory(coalition=coalition, name="Red", **groups)
    MembershipFactory(coalition=coalition, organisation=organisation)
    person = PersonFactory(name="Ximena")
    AffiliationFactory(person=person, organisation=organisation)
    return person


def post_audience(client, person, meeting, route_name="meeting_publish", **data):
    client.force_login(person)
    return client.post(reverse(f"meetings:{route_name}", args=[meeting.coalition.slug, meeting.pk]), data, follow=True)


def list_invited_addresses_after_delay():
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        tick()
    return sorted(Message.objects.filter(key__startswith="invited:").values_list("to", flat=True))


def test_page_shows_numbers_before_anything_is_sent(client, rapporteur, member, latin_american, draft_meeting):
    client.force_login(rapporteur)
    page = client.get(reverse("meetings:meeting_publish", args=["ours", draft_meeting.pk])).text

    assert "Every member (3 people)" in page
    assert "Latin American and Caribbean Group (GRULAC): 1 person" in page
    assert "Nobody yet. I will invite people later." in page
    assert "Ximena; Red" in page


def test_only_chosen_region_is_invited_after_number_was_shown(
    client, rapporteur, member, latin_american, draft_meeting
):
    choice = {"invites": "chosen", "regions": "grulac"}
    page = post_audience(client, rapporteur, draft_meeting, **choice).text
    assert "1 person will be invited." in page
    assert Meeting.objects.get(pk=draft_meeting.pk).state == "draft"

    page = post_audience(client, rapporteur, draft_meeting, **choice, seen=1).text

    assert "we will email an invitation to 1 member.</" in page
    assert list_invited_addresses_after_delay() == [latin_american.email]


def test_chosen_people_are_invited_and_more_can_be_added(client, rapporteur, member, latin_american, draft_meeting):
    post_audience(client, rapporteur, draft_meeting, invites="chosen", people=member.pk)
    assert list_invited_addresses_after_delay() == [member.email]
    page = client.get(draft_meeting.get_absolute_url()).text
    assert ("Invite more people" in page, "Email the invitation now" in page) == (True, False)
    more = {"invites": "chosen", "people": latin_american.pk, "seen": 1}
    post_audience(client, rapporteur, draft_meeting, "meeting_invite", **more)

    assert list_invited_addresses_after_delay() == sorted([member.email, latin_american.email])
    assert Invitee.objects.count() == 2


def test_meeting_is_published_without_inviting_anybody(client, rapporteur, member, draft_meeting):
    page = post_audience(client, rapporteur, draft_meeting, invites="nobody").text
    assert "Meeting published. Nobody has been invited yet." in page
    assert "Invite people" in page
    assert list_invited_addresses_after_delay() == []

    post_audience(client, rapporteur, draft_meeting, "meeting_invite", invites="everyone")
    assert list_invited_addresses_after_delay() == sorted([member.email, rapporteur.email])


def test_selection_beside_everyone_is_refused(client, rapporteur, latin_american, draft_meeting):
    page = post_audience(client, rapporteur, draft_meeting, invites="everyone", regions="grulac")
    assert (page.status_code, "To invite only those you selected" in page.text) == (422, True)
    page = post_audience(client, rapporteur, draft_meeting, invites="chosen")
    assert (page.status_code, "Select at least 1 group or person" in page.text) == (422, True)
    assert Meeting.objects.get(pk=draft_meeting.pk).state == "draft"


@pytest.mark.parametrize(("group", "number"), [("civil-society", 1), ("government", 0)])
def test_regions_and_groups_narrow_each_other(
    client, rapporteur, latin_american, coalition, draft_meeting, group, number
):
    government = OrganisationFactory(coalition=coalition, regional_group="african", stakeholder_group="government")
    MembershipFactory(coalition=coalition, organisation=government)
    AffiliationFactory(person=PersonFactory(), organisation=government)
    page = post_audience(client, rapporteur, draft_meeting, invites="chosen", regions="grulac", groups=group).text

    assert ("1 person will be invited." in page, "Select at least 1 group" in page) == (number == 1, number == 0)


def test_reminders_and_cancellation_reach_only_invited_members(
    client, rapporteur, member, latin_american, draft_meeting
):
    post_audience(client, rapporteur, draft_meeting, invites="chosen", people=latin_american.pk, seen=1)
    meeting = Meeting.objects.get(pk=draft_meeting.pk)
    assert build_meeting_reminder(meeting, is_starting_soon=False).people == [latin_american]
    cancel_meeting(actor=rapporteur, meeting=meeting, reason="Storm.")
    tick()

    cancelled = Message.objects.filter(subject__contains="ancelled")
    assert list(cancelled.values_list("to", flat=True)) == [latin_american.email]


def test_uninvited_member_who_replied_is_kept_informed(client, coalition, rapporteur, member, draft_meeting):
    post_audience(client, rapporteur, draft_meeting, invites="nobody")
    capacity = create_capacity(coalition=coalition, person=member, organisation=None)
    Rsvp.objects.create(meeting=draft_meeting, person=member, capacity=capacity, answer="yes")

    assert find_invited_members(Meeting.objects.get(pk=draft_meeting.pk)) == [member]


def test_only_note_takers_choose_whom_to_invite(client, member, draft_meeting):
    assert post_audience(client, member, draft_meeting, invites="everyone").status_code == 404
    now = timezone.now()
    Meeting.objects.filter(pk=draft_meeting.pk).update(state="published", published_at=now, invites="nobody")
    assert post_audience(client, member, draft_meeting, "meeting_invite", invites="everyone").status_code == 403


@pytest.fixture
def draft_series(coalition, rapporteur):
    series = Series.objects.create(coalition=coalition, title="Calls", time_zone="Europe/Paris")
    days = [date(2099, 1, 14), date(2099, 2, 14)]
    return [
        MeetingFactory(coalition=coalition, author=rapporteur, starts_on=day, state="draft", series=series)
        for day in days
    ]


def test_series_asks_who_is_invited_to_all_its_meetings(client, rapporteur, member, latin_american, draft_series):
    client.force_login(rapporteur)
    assert "Publish the whole series</a>" in client.get(draft_series[0].get_absolute_url()).text
    page = client.get(reverse("meetings:series_publish", args=["ours", draft_series[0].pk])).text
    assert ("Every member (3 people)" in page, "Nobody yet. I will invite people later." in page) == (True, True)

    choice = {"invites": "chosen", "regions": "grulac"}
    page = post_audience(client, rapporteur, draft_series[0], "series_publish", **choice).text
    assert ("1 person will be invited." in page, Meeting.objects.filter(state="draft").count()) == (True, 2)

    page = post_audience(client, rapporteur, draft_series[0], "series_publish", **choice, seen=1).text
    assert "2 meetings have been published. In 30 minutes, we will email an invitation to 1 member." in page
    assert [find_invited_members(meeting) for meeting in Meeting.objects.all()] == [[latin_american]] * 2
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        tick()
    assert list(Message.objects.filter(key__startswith="series:").values_list("to", flat=True)) == [
        latin_american.email
    ]


def test_only_note_takers_publish_series(client, member, draft_series):
    client.force_login(member)
    url = reverse("meetings:series_publish", args=["ours", draft_series[0].pk])

    assert client.get(url).status_code in {403, 404}
    assert client.post(url, {"invites": "everyone"}).status_code in {403, 404}
    assert Meeting.objects.filter(state="draft").count() == 2


def test_page_before_publication_says_who_gets_no_email_and_who_approves(
    client, coalition, coordinator, rapporteur, member, organisation, draft_meeting
):
    for objection in ("opted-out", "opted-out", "bounced"):
        AffiliationFactory(person=PersonFactory(), organisation=organisation, no_invitations=objection)
    client.force_login(rapporteur)
    page = client.get(reverse("meetings:meeting_publish", args=["ours", draft_meeting.pk])).text

    assert "Every member (3 people)" in page
    assert "2 members should not get emails, according to an imported list, so we will not email them." in page
    assert "These members will get emails again once they sign in. Other members get emails even if they" in page
    assert "Emails to 1 member came back, according to an imported list, so we will not email them." in page
    assert "Before they are sent, a coordinator must approve the emails." in page
    assert f"Coordinators who can approve them: <bdi>{coordinator.name}</bdi>" in page

    client.force_login(coordinator)
    page = client.get(reverse("meetings:meeting_publish", args=["ours", draft_meeting.pk])).text
    assert "Coordinators who can approve them:" not in page


def test_rapporteur_sees_who_can_approve_waiting_emails(client, coordinator, rapporteur, member, draft_meeting):
    post_audience(client, rapporteur, draft_meeting, invites="everyone")
    page = client.get(draft_meeting.get_absolute_url()).text

    assert "are waiting for approval by a coordinator." in page
    assert f"Coordinators who can approve them: <bdi>{coordinator.name}</bdi>" in page
