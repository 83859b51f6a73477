"""Replies to invitations are for an organisation only from people who are confirmed as its representatives."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.circulation import MINUTES_REPLY_PREFIX
from jukwaa.meetings.inbound.invitations import _record_invitation_reply
from jukwaa.meetings.invitations import build_invitation_link
from jukwaa.meetings.models import Correction, Rsvp
from tests.factories import AffiliationFactory, MeetingFactory
from tests.meetings.minutes_steps import DURING, circulate_draft, create_ended_minutes
from tests.updates.emails import deliver_email, send_notifications_after_delay

REFUSAL = "once you are confirmed as its"


@pytest.fixture
def frozen_clock():
    with time_machine.travel(DURING, tick=False) as clock:
        yield clock


@pytest.fixture
def upcoming_meeting(coalition):
    return MeetingFactory(coalition=coalition, starts_on=timezone.localdate() + timedelta(days=9), published=True)


@pytest.fixture
def colleague(organisation):
    """Belongs to a member organisation, and is not confirmed as its representative."""
    return AffiliationFactory(organisation=organisation, may_speak=False, person__name="A colleague").person


@pytest.fixture
def reply_path(colleague, upcoming_meeting):
    return build_invitation_link(colleague, upcoming_meeting).removeprefix(settings.SITE_URL)


def test_colleague_replies_as_individual_and_reads_how_to_represent(client, organisation, reply_path):
    page = client.get(reply_path).content.decode()
    assert "on behalf of" not in page
    assert f"To represent {organisation.name}, ask a coordinator" in page
    assert client.post(reply_path, {"answer": "yes", "capacity": "own"}).status_code == 302
    assert Rsvp.objects.get().capacity.organisation is None


def test_reply_for_organisation_without_right_keeps_answer(client, organisation, reply_path):
    response = client.post(reply_path, {"answer": "maybe", "capacity": str(organisation.pk)})
    page = response.content.decode()
    assert (response.status_code, Rsvp.objects.count()) == (422, 0)
    assert REFUSAL in page
    assert 'value="maybe"' in page.split("checked")[0].rsplit("<input", 1)[1]
    assert "as an individual" in page


def test_emailed_reply_of_colleague_is_recorded(colleague, upcoming_meeting):
    assert _record_invitation_reply(colleague, upcoming_meeting, "yes").capacity.organisation is None


def test_emailed_correction_of_colleague_is_kept(mailing_coalition, organisation, rapporteur, frozen_clock):
    colleague = AffiliationFactory(organisation=organisation, may_speak=False).person
    meeting = create_ended_minutes(mailing_coalition, rapporteur, frozen_clock)
    circulate_draft(rapporteur, meeting)
    send_notifications_after_delay()
    sent = Message.objects.get(to=colleague.email, key__startswith=f"{MINUTES_REPLY_PREFIX}:")
    deliver_email("The chair was absent.", to=sent.reply_to, sender=colleague.email)
    assert Correction.objects.get().capacity.organisation is None


def test_individual_reply_stays_individual_when_shown_again(client, organisation, delegate, upcoming_meeting):
    actions.reply_to_invitation(actor=delegate, meeting=upcoming_meeting, answer="yes")
    path = build_invitation_link(delegate, upcoming_meeting).removeprefix(settings.SITE_URL)
    page = client.get(path).content.decode()
    assert '<option value="own" selected>' in page
    assert f"on behalf of {organisation.name}" in page
    assert "To represent" not in page
