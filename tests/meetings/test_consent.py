"""People under 18 at a meeting: their adult contact is invited and answers, and nobody is named."""

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied

from jukwaa.accounts import minors
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.check_in import build_check_in_link
from jukwaa.meetings.invitations import MeetingAttendees, build_invitation_link
from jukwaa.meetings.models import Rsvp
from jukwaa.meetings.polls import build_poll_link
from jukwaa.meetings.views.invitations import mask_address
from tests.conftest import create_seated_person
from tests.factories import PersonFactory
from tests.meetings.polls import open_poll_for_days
from tests.meetings.scheduled_meetings import BEFORE_MEETING, JOINING_LINK, schedule_meeting
from tests.updates.emails import send_notifications_after_delay


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(BEFORE_MEETING, tick=False) as clock:
        yield clock


@pytest.fixture
def adult_contact():
    return PersonFactory(name="Adult Contact")


@pytest.fixture
def child(mailing_coalition, adult_contact):
    person = create_seated_person(mailing_coalition, "Zuri Canary")
    minors.mark_as_minor(actor=person, person=person, adult_contact=adult_contact, reason="Told us.")
    person.refresh_from_db()
    return person


@pytest.fixture
def meeting(mailing_coalition, rapporteur, child):
    return schedule_meeting(mailing_coalition, rapporteur)


@pytest.fixture
def invitation_link(meeting, child):
    return build_invitation_link(child, meeting).removeprefix(settings.SITE_URL)


def list_consented_replies():
    return list(Rsvp.objects.values_list("answer", "consent_by__name"))


def test_adult_contact_gets_invitation_without_name(meeting, adult_contact, child):
    send_notifications_after_delay()
    mail = Message.objects.get(to=adult_contact.email, subject__contains="Invitation")

    assert "You are receiving this invitation because you are the adult contact for a person under 18." in mail.body
    assert child.name not in mail.body
    assert not Message.objects.filter(to=child.email, subject__contains="Invitation").exists()


def test_adult_contact_consents_by_link(client, invitation_link, child, adult_contact):
    page = client.get(invitation_link).text
    assert "You are replying for a person under 18 as their adult contact." in page
    answer = client.post(invitation_link, {"answer": "yes", "capacity": "own"})
    assert answer.status_code == 422
    assert "Select this box to agree, or reply that the person will not attend." in answer.text
    assert list_consented_replies() == []
    client.post(invitation_link, {"answer": "yes", "capacity": "own", "consent": "on"})
    assert list_consented_replies() == [("yes", adult_contact.name)]
    client.post(invitation_link, {"answer": "no", "capacity": "own"})
    assert list_consented_replies() == [("no", None)]


def test_minor_attends_only_with_consent(client, meeting, invitation_link, child, adult_contact):
    with pytest.raises(ActionRefused, match="You cannot reply before your adult contact agrees"):
        actions.reply_to_invitation(actor=child, meeting=meeting, answer="yes")
    actions.reply_to_invitation(actor=child, meeting=meeting, answer="no")
    client.force_login(child)
    assert JOINING_LINK not in client.get(meeting.get_absolute_url()).text
    actions.reply_to_invitation(actor=child, meeting=meeting, answer="yes", guardian=adult_contact)
    assert JOINING_LINK in client.get(meeting.get_absolute_url()).text
    actions.reply_to_invitation(actor=child, meeting=meeting, answer="maybe")
    assert list_consented_replies() == [("maybe", adult_contact.name)]


def test_others_cannot_consent(meeting, child, member):
    with pytest.raises(PermissionDenied):
        actions.reply_to_invitation(actor=child, meeting=meeting, answer="yes", guardian=member)
    with pytest.raises(PermissionDenied):
        actions.reply_to_invitation(actor=member, meeting=meeting, answer="yes", guardian=child)


def test_outdated_consent_link_is_invalid(client, meeting, invitation_link, child, clock):
    child.adult_contact = PersonFactory()
    child.save()
    assert client.get(invitation_link).status_code == 410
    child.is_minor, child.adult_contact = False, None
    child.save()
    own = build_invitation_link(child, meeting).removeprefix(settings.SITE_URL)
    clock.shift(60)
    minors.mark_as_minor(actor=child, person=child, adult_contact=PersonFactory(), reason="Told us.")
    assert client.get(own).status_code == 410


def test_check_in_shows_missing_consent(client, meeting, child, adult_contact, clock):
    url = build_check_in_link(meeting).removeprefix(settings.SITE_URL)
    clock.move_to("2027-01-12 12:20Z")
    client.force_login(child)
    assert "Your adult contact must agree before you attend this meeting." in client.get(url).text
    actions.reply_to_invitation(actor=child, meeting=meeting, answer="yes", guardian=adult_contact)
    assert "You cannot check in to this meeting. You can take part without checking in." in client.get(url).text


def test_rapporteur_sees_counts_without_names(client, meeting, child, adult_contact, rapporteur, member):
    actions.reply_to_invitation(actor=child, meeting=meeting, answer="yes", guardian=adult_contact)
    for reader in (rapporteur, member):
        client.force_login(reader)
        page = client.get(meeting.get_absolute_url()).text
        assert child.name not in page
        assert ("1 person under 18 has replied" in page) == (reader == rapporteur)


def test_consent_of_former_contact_is_void(meeting, child, adult_contact):
    actions.reply_to_invitation(actor=child, meeting=meeting, answer="yes", guardian=adult_contact)
    assert MeetingAttendees(meeting).number_without_consent == 0
    child.adult_contact = PersonFactory()
    child.save()
    assert MeetingAttendees(meeting).number_without_consent == 1


def test_poll_link_is_valid_for_current_adult_contact(client, meeting, rapporteur, child, adult_contact):
    adult_contact.email = "adult@example.org"
    adult_contact.save()
    link = build_poll_link(child, open_poll_for_days(rapporteur, meeting)).removeprefix(settings.SITE_URL)
    assert mask_address(adult_contact.email) in client.get(link).text
    child.adult_contact = PersonFactory()
    child.save()
    assert client.get(link).status_code == 410
