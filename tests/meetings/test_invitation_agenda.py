"""The agenda in the invitation to a meeting: members read it before it is sent, guests only what everyone can read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jukwaa.mail.models import Message
from jukwaa.meetings.actions import send_meeting_invitations
from jukwaa.meetings.actions.agenda import add_agenda_item
from jukwaa.meetings.models import Agenda, Meeting
from jukwaa.updates.clock import tick
from tests.conftest import create_seated_person
from tests.factories import MeetingFactory
from tests.meetings.observers import create_observer


@pytest.fixture
def meeting(mailing_coalition, rapporteur):
    day = timezone.localdate() + timedelta(days=20)
    return MeetingFactory(coalition=mailing_coalition, author=rapporteur, starts_on=day, published=True)


def get_invitation(person, meeting, rapporteur):
    send_meeting_invitations(actor=rapporteur, meeting=meeting)
    tick()
    return Message.objects.get(to=person.email, key__startswith="invited:").body


def test_invitation_contains_agenda(coalition, meeting, member, rapporteur):
    create_seated_person(coalition, "Wanjiru Kamotho")
    add_agenda_item(actor=rapporteur, meeting=meeting, title="The work plan", presenter=("Wanjiru Kamotho", None))
    add_agenda_item(actor=rapporteur, meeting=meeting, title="The budget", minutes=20)
    body = get_invitation(member, meeting, rapporteur)
    agenda = body.partition("Agenda\n")[2]
    assert agenda.index("1. ") < agenda.index("The work plan") < agenda.index("The budget") < agenda.index("20 minutes")
    assert "Wanjiru" not in body  # emails are forwarded


def test_invitation_without_items_has_no_agenda(meeting, member, rapporteur):
    assert "Agenda" not in get_invitation(member, meeting, rapporteur)


@pytest.mark.parametrize("is_sent", [True, False])
def test_observers_read_the_agenda_once_it_was_sent(mailing_coalition, meeting, rapporteur, is_sent):
    observer = create_observer(mailing_coalition)
    Meeting.objects.filter(pk=meeting.pk).update(invites_observers=True)
    add_agenda_item(actor=rapporteur, meeting=meeting, title="The work plan")
    if is_sent:
        Agenda.objects.create(meeting=meeting, sent_at=timezone.now(), sent_version=1)
    assert ("The work plan" in get_invitation(observer, meeting, rapporteur)) is is_sent
