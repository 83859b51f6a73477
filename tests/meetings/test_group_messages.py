"""Writing to member organisations of regional and stakeholder groups that are missing among attendees."""

import re
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.invitations import MeetingAttendees
from jukwaa.meetings.missing_groups import find_members_without_reply
from jukwaa.meetings.models import GroupMessage, Rsvp
from jukwaa.updates.models import EmailTopic, MailChoice
from tests.factories import AffiliationFactory, MembershipFactory, OrganisationFactory
from tests.meetings.planned_meetings import create_planned_meeting
from tests.updates.emails import deliver_email, send_notifications_after_delay

MESSAGE_TEXT = "Your region is missing. Will you come?"


def add_member_representative(coalition, organisation_name, region="unknown", stakeholder="unknown", *, is_member=True):
    """Return a representative of a new organisation."""
    organisation = OrganisationFactory(
        coalition=coalition, name=organisation_name, regional_group=region, stakeholder_group=stakeholder
    )
    if is_member:
        MembershipFactory(coalition=coalition, organisation=organisation)
    return AffiliationFactory(organisation=organisation, may_speak=True).person


@pytest.fixture
def meeting(mailing_coalition):
    return create_planned_meeting(mailing_coalition, days=20)


@pytest.fixture
def invited_members(mailing_coalition, meeting):
    """One African government will attend; other members have not replied."""
    coming = add_member_representative(mailing_coalition, "Kenya", "african", "government")
    organisation = coming.affiliations.get().organisation
    actions.reply_to_invitation(actor=coming, meeting=meeting, answer="yes", organisation=organisation)
    return {
        "coming": coming,
        "asia": add_member_representative(mailing_coalition, "Asia Net", "asia-pacific", "government"),
        "industry": add_member_representative(mailing_coalition, "Africa Cable", "african", "private-sector"),
        "present": add_member_representative(mailing_coalition, "Uganda", "african", "government"),
        "stranger": add_member_representative(mailing_coalition, "No Member", "weog", "civil-society", is_member=False),
    }


def list_silent_member_names(meeting):
    return [row.organisation.name for row in find_members_without_reply(meeting, MeetingAttendees(meeting))]


def get_organisation_pk(person):
    return person.affiliations.get().organisation_id


def build_group_message_url(meeting):
    return reverse("meetings:group_message", args=[meeting.coalition.slug, meeting.pk])


def send_message_to_members_of(actor, meeting, *people, **more):
    return actions.send_group_message(
        actor=actor,
        meeting=meeting,
        organisations=[get_organisation_pk(person) for person in people],
        text=MESSAGE_TEXT,
        **more,
    )


def list_message_recipients():
    return set(Message.objects.filter(subject__contains="Will you attend?").values_list("to", flat=True))


def test_unreplied_members_of_missing_groups_are_found(meeting, invited_members):
    assert list_silent_member_names(meeting) == ["Africa Cable", "Asia Net"]


def test_organisation_without_representative_is_left_out(meeting, invited_members):
    invited_members["asia"].affiliations.update(may_speak=False)
    assert list_silent_member_names(meeting) == ["Africa Cable"]


@pytest.mark.parametrize("reply_answer", ["no", "maybe"])
def test_organisation_with_reply_is_left_out(meeting, invited_members, reply_answer):
    organisation = invited_members["asia"].affiliations.get().organisation
    actions.reply_to_invitation(
        actor=invited_members["asia"], meeting=meeting, answer=reply_answer, organisation=organisation
    )
    assert list_silent_member_names(meeting) == ["Africa Cable"]


def test_form_lists_organisations_without_people(client, meeting, invited_members, rapporteur):
    client.force_login(rapporteur)
    assert build_group_message_url(meeting) in client.get(meeting.get_absolute_url()).text
    page = client.get(build_group_message_url(meeting)).text
    assert "Asia Net (Asia-Pacific Group, Government)" in page
    assert "No Member" not in page
    assert "Uganda" not in page
    assert invited_members["asia"].name not in page
    assert invited_members["asia"].email not in page


def test_message_is_previewed_before_sending(client, meeting, invited_members, rapporteur):
    client.force_login(rapporteur)
    sent = {
        "organisations": [get_organisation_pk(invited_members["asia"])],
        "text": MESSAGE_TEXT,
        "token": str(uuid.uuid4()),
    }
    preview = client.post(build_group_message_url(meeting), sent)
    assert "Will you attend? The spring call" in preview.text
    assert not GroupMessage.objects.exists()
    sent["previewed"] = re.search(r'name="previewed" value="(\w+)"', preview.text)[1]
    changed = client.post(build_group_message_url(meeting), sent | {"text": "Another text."})
    assert "Another text." in changed.text
    assert not GroupMessage.objects.exists()
    answer = client.post(build_group_message_url(meeting), sent, follow=True)
    assert "We will email 1 organisation" in answer.text
    client.post(build_group_message_url(meeting), sent)
    assert GroupMessage.objects.count() == 1
    assert (
        "Asia Net (Asia-Pacific Group, Government) (already contacted)"
        in client.get(build_group_message_url(meeting)).text
    )


@pytest.mark.parametrize(
    ("form_data", "expected_sentence"),
    [
        ({"text": ""}, "Enter a message."),
        ({"organisations": []}, "Choose at least one organisation."),
        ({"organisations": ["999"]}, "999 is not one of the available choices"),
    ],
)
def test_form_shows_errors(client, meeting, invited_members, rapporteur, form_data, expected_sentence):
    client.force_login(rapporteur)
    sent = {
        "organisations": [get_organisation_pk(invited_members["asia"])],
        "text": MESSAGE_TEXT,
        "token": str(uuid.uuid4()),
    } | form_data
    answer = client.post(build_group_message_url(meeting), sent)
    assert (answer.status_code, expected_sentence in answer.text) == (422, True)


def test_email_goes_to_representatives_and_accepts_replies(meeting, invited_members, rapporteur):
    send_message_to_members_of(rapporteur, meeting, invited_members["asia"], invited_members["industry"])
    send_notifications_after_delay()
    send_notifications_after_delay()
    assert list_message_recipients() == {invited_members["asia"].email, invited_members["industry"].email}
    message = Message.objects.get(to=invited_members["asia"].email, subject__contains="Will you attend?")
    assert MESSAGE_TEXT in message.body
    assert "?answer=colleague" in message.body
    deliver_email("Yes", to=message.reply_to, sender=invited_members["asia"].email)
    assert Rsvp.objects.get(person=invited_members["asia"]).answer == "yes"


def test_unsubscribed_person_gets_no_message(meeting, invited_members, rapporteur):
    MailChoice.objects.create(
        coalition=meeting.coalition, person=invited_members["asia"], topic=EmailTopic.CONCERNS, wanted=False
    )
    send_message_to_members_of(rapporteur, meeting, invited_members["asia"], invited_members["industry"])
    send_notifications_after_delay()
    assert list_message_recipients() == {invited_members["industry"].email}


def test_non_member_or_attendee_gets_no_message(meeting, invited_members, rapporteur):
    send_message_to_members_of(
        rapporteur, meeting, invited_members["asia"], invited_members["stranger"], invited_members["present"]
    )
    send_notifications_after_delay()
    assert list_message_recipients() == {invited_members["asia"].email}


def test_reply_before_sending_cancels_message(meeting, invited_members, rapporteur):
    send_message_to_members_of(rapporteur, meeting, invited_members["asia"], invited_members["industry"])
    organisation = invited_members["asia"].affiliations.get().organisation
    actions.reply_to_invitation(actor=invited_members["asia"], meeting=meeting, answer="no", organisation=organisation)
    send_notifications_after_delay()
    assert list_message_recipients() == {invited_members["industry"].email}
    with pytest.raises(ActionRefused, match="replied in the meantime"):
        send_message_to_members_of(rapporteur, meeting, invited_members["asia"])


def test_repeated_message_is_sent_once(meeting, invited_members, rapporteur):
    token = uuid.uuid4()
    first = send_message_to_members_of(rapporteur, meeting, invited_members["asia"], token=token)
    assert send_message_to_members_of(rapporteur, meeting, invited_members["asia"], token=token) == first


def test_only_note_takers_write_messages(client, meeting, invited_members, member):
    with pytest.raises(PermissionDenied):
        send_message_to_members_of(member, meeting, invited_members["asia"])
    client.force_login(member)
    assert client.get(build_group_message_url(meeting)).status_code == 403


def test_cancelled_meeting_sends_no_message(meeting, invited_members, rapporteur):
    send_message_to_members_of(rapporteur, meeting, invited_members["asia"])
    actions.cancel_meeting(actor=rapporteur, meeting=meeting, reason="The chair is ill.")
    send_notifications_after_delay()
    assert list_message_recipients() == set()
    with pytest.raises(ActionRefused, match="before it starts"):
        send_message_to_members_of(rapporteur, meeting, invited_members["asia"])


@pytest.mark.parametrize("row_count", [1, 3])
def test_message_page_query_count_is_constant(
    client, meeting, invited_members, rapporteur, django_assert_num_queries, row_count
):
    for each in range(row_count):
        add_member_representative(meeting.coalition, f"Member {each}", "grulac")
    client.force_login(rapporteur)
    client.get(build_group_message_url(meeting))
    with django_assert_num_queries(9):
        client.get(build_group_message_url(meeting))
