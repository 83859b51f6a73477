"""Who hears of events: those who took part before first, then the others; and how an answer by mail pledges."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.events import actions
from jukwaa.events.actions import PledgeDetails
from jukwaa.events.models import Event, Pledge
from jukwaa.events.pledge_parser import parse_pledge_email
from jukwaa.mail.models import Message
from jukwaa.records.models import Document, Held
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.reminders import send_due_reminders
from tests.factories import AffiliationFactory, MembershipFactory, OccurrenceFactory, PledgeFactory
from tests.updates.emails import AUTOMATIC_HEADERS, deliver_email, list_written_emails

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def release_coalition_mail(coalition):
    coalition.mail_released_at = timezone.now()
    coalition.save()


@pytest.fixture
def representative_of_other(coalition):
    """A representative of another member, which never took part."""
    membership = MembershipFactory(coalition=coalition, organisation__coalition=coalition)
    return AffiliationFactory(organisation=membership.organisation, may_speak=True).person


@pytest.fixture
def past_participation(event, organisation):
    """The delegate's organisation took part a year ago."""
    year = OccurrenceFactory(event=event, starts_on=timezone.localdate() - timedelta(days=300))
    return PledgeFactory(occurrence=year, organisation=organisation)


@pytest.fixture
def pledge_reply_address(occurrence_with_call, delegate):
    """By which the delegate answers the mail that asks."""
    send_pending_activity_notifications()
    found = Message.objects.get(to=delegate.email).reply_to
    Message.objects.all().delete()
    return found


def list_email_recipients(*people):
    return [person.email for person in people]


def list_email_addresses():
    return [reply_address for reply_address, _subject in list_written_emails()]


class TestPledgeRequests:
    def test_all_members_are_asked_once_if_none_took_part(
        self, occurrence_with_call, delegate, representative_of_other
    ):
        send_pending_activity_notifications()
        with time_machine.travel(timezone.now() + timedelta(days=4)):
            send_due_reminders(timezone.now())

        assert sorted(list_email_addresses()) == sorted(list_email_recipients(delegate, representative_of_other))
        body = Message.objects.first().body
        assert "Say what you will do." in body
        assert "Start with “pledge:”" in body

    def test_past_participants_are_asked_first_others_later(
        self, past_participation, occurrence_with_call, delegate, representative_of_other
    ):
        send_pending_activity_notifications()
        assert list_email_addresses() == list_email_recipients(delegate)
        assert "we are asking you first" in Message.objects.get().body
        send_due_reminders(timezone.now())
        assert list_email_addresses() == list_email_recipients(delegate)
        with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
            send_due_reminders(timezone.now())
            send_due_reminders(timezone.now())

        assert list_email_addresses() == list_email_recipients(delegate, representative_of_other)

    def test_member_without_pledge_is_reminded_once(
        self, occurrence_with_call, delegate, representative_of_other, make_pledge
    ):
        send_pending_activity_notifications()
        make_pledge(occurrence_with_call)
        Message.objects.all().delete()
        with time_machine.travel(occurrence_with_call.ends_on - timedelta(days=3)):
            send_due_reminders(timezone.now())
            send_due_reminders(timezone.now())

        assert [row[0] for row in list_written_emails() if "Please pledge by" in row[1]] == list_email_recipients(
            representative_of_other
        )

    def test_past_call_is_not_emailed(self, event, delegate, rapporteur):
        past = OccurrenceFactory(
            event=event, starts_on=timezone.localdate() - timedelta(days=400), called_at=None, asks=""
        )
        asked = actions.CallDetails("Take part.")
        called_on = past.starts_on - timedelta(days=60)
        actions.call_to_take_part(
            actor=rapporteur, occurrence=past, call_details=asked, from_version=1, called_on=called_on
        )
        send_pending_activity_notifications()

        assert list_written_emails() == []


class TestNotificationsAfterEvent:
    def test_pledging_member_is_asked_for_feedback_once(
        self, occurrence_with_call, delegate, representative_of_other, make_pledge
    ):
        make_pledge(occurrence_with_call)
        with time_machine.travel(occurrence_with_call.ends_on + timedelta(days=2)):
            send_due_reminders(timezone.now())
            send_due_reminders(timezone.now())

        asked = [row for row in list_written_emails() if "How did it go?" in row[1]]
        assert [row[0] for row in asked] == list_email_recipients(delegate)
        assert "We hold a workshop." in Message.objects.get(subject__contains="How did it go?").body

    def test_no_feedback_request_after_feedback(self, occurrence_with_call, delegate, make_pledge):
        given = make_pledge(occurrence_with_call)
        with time_machine.travel(occurrence_with_call.ends_on + timedelta(days=2)):
            actions.give_pledge_feedback(actor=delegate, pledge=given, details={"done": "We held it."})
            send_due_reminders(timezone.now())

        assert [row for row in list_written_emails() if "How did it go?" in row[1]] == []


class TestEventChangeNotifications:
    def test_organisers_get_daily_email_about_pledges(self, occurrence_with_call, make_pledge, rapporteur):
        make_pledge(occurrence_with_call, "We sing.")
        make_pledge(occurrence_with_call, "We dance.")
        send_pending_activity_notifications()

        assert [row[0] for row in list_written_emails() if "New pledge:" in row[1]] == list_email_recipients(rapporteur)

    def test_pledging_members_are_notified_of_move_and_cancellation(
        self, occurrence_with_call, make_pledge, delegate, representative_of_other, rapporteur
    ):
        make_pledge(occurrence_with_call)
        send_pending_activity_notifications()
        Message.objects.all().delete()
        day = occurrence_with_call.starts_on + timedelta(days=1)
        moved = actions.move_event_occurrence(
            actor=rapporteur,
            occurrence=occurrence_with_call,
            occurrence_details=actions.OccurrenceDetails(day, day),
            from_version=occurrence_with_call.version,
        )
        send_pending_activity_notifications()
        actions.cancel_event_occurrence(actor=rapporteur, occurrence=moved, reason="There is no hall.")
        send_pending_activity_notifications()

        assert [(row[0], row[1].partition("] ")[2].partition(":")[0]) for row in list_written_emails()] == [
            (delegate.email, "New date, time or place"),
            (delegate.email, "Cancelled"),
        ]
        assert "There is no hall." in Message.objects.last().body


class TestPledgingByEmail:
    def test_email_reply_pledges_for_organisation(self, pledge_reply_address, delegate, organisation):
        text = "Pledge: We hold a workshop for teachers.\nfor: teachers\ncountry: Kenya\nlanguage: Swahili"
        for _twice in range(2):
            deliver_email(text, to=pledge_reply_address, sender=delegate.email)

        given = Pledge.objects.get()
        assert (given.organisation, given.activity, given.audience, given.country, given.language) == (
            organisation,
            "We hold a workshop for teachers.",
            *("teachers", "KE", "sw"),
        )
        assert "We have recorded this pledge for" in Message.objects.first().body

    def test_reply_from_other_person_needs_confirmation(self, pledge_reply_address, representative_of_other, delegate):
        deliver_email("Pledge: We hold a workshop.", to=pledge_reply_address, sender=representative_of_other.email)

        assert not Pledge.objects.exists()
        assert list_written_emails() == [(delegate.email, "Did you write this reply?")]

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("Thank you, we will see.", "Your email does not say what your organisation will do."),
            ("Pledge: ask Jane Doe at jane.doe@example.org", "Some words may identify someone."),
        ],
    )
    def test_unclear_reply_leads_to_page(self, pledge_reply_address, delegate, text, reason):
        deliver_email(text, to=pledge_reply_address, sender=delegate.email)

        assert not Pledge.objects.exists()
        assert reason in Message.objects.get().body

    def test_automatic_reply_creates_no_pledge(self, pledge_reply_address, delegate):
        deliver_email("Pledge: We sing.", to=pledge_reply_address, sender=delegate.email, **AUTOMATIC_HEADERS)

        assert not Pledge.objects.exists()
        assert list_written_emails() == []

    def test_minor_cannot_pledge_by_email(self, pledge_reply_address, delegate, member):
        Person.objects.filter(pk=delegate.pk).update(is_minor=True, name_is_public=False, adult_contact=member)
        deliver_email("Pledge: We sing.", to=pledge_reply_address, sender=delegate.email)

        assert not Pledge.objects.exists()

    def test_reply_without_read_access_creates_no_pledge(
        self, pledge_reply_address, occurrence_with_call, delegate, organisation
    ):
        Event.objects.update(label="TLP:GREEN")
        organisation.memberships.update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))
        deliver_email("Pledge: We sing.", to=pledge_reply_address, sender=delegate.email)

        assert not Pledge.objects.exists()
        assert occurrence_with_call.get_absolute_url() not in Message.objects.get().body

    def test_representative_of_two_is_sent_to_page(self, pledge_reply_address, coalition, delegate):
        second = MembershipFactory(coalition=coalition, organisation__coalition=coalition).organisation
        AffiliationFactory(person=delegate, organisation=second, may_speak=True)
        deliver_email("Pledge: We sing.", to=pledge_reply_address, sender=delegate.email)

        assert not Pledge.objects.exists()
        assert "Your reply does not say which organisation you represent." in Message.objects.get().body

    def test_late_pledge_is_kept_for_coordinators(self, pledge_reply_address, occurrence_with_call, delegate):
        with time_machine.travel(occurrence_with_call.ends_on + timedelta(days=5)):
            deliver_email("Pledge: We sing.", to=pledge_reply_address, sender=delegate.email)

        assert (Pledge.objects.count(), Document.objects.get().text) == (0, "Pledge: We sing.")
        assert Message.objects.latest("pk").subject == "Your reply arrived after the deadline"

    def test_unsubscribed_member_gets_no_requests(
        self, pledge_reply_address, occurrence_with_call, coalition, delegate
    ):
        deliver_email("Stop", to=pledge_reply_address, sender=delegate.email)
        Message.objects.all().delete()
        with time_machine.travel(occurrence_with_call.ends_on - timedelta(days=3)):
            send_due_reminders(timezone.now())

        assert list_email_addresses() == []

    def test_disclosure_in_reply_is_quarantined(self, pledge_reply_address, delegate):
        deliver_email("Pledge: My uncle abuses me, please help me.", to=pledge_reply_address, sender=delegate.email)

        assert Held.objects.count() == 1
        assert not Pledge.objects.exists()

    def test_withdrawn_event_accepts_no_reply(self, pledge_reply_address, occurrence_with_call, coordinator, delegate):
        occurrence_with_call.event.state = "withdrawn"
        occurrence_with_call.event.withdrawn_at, occurrence_with_call.event.withdrawn_because = (
            timezone.now(),
            "By mistake",
        )
        occurrence_with_call.event.save()
        deliver_email("Pledge: We sing.", to=pledge_reply_address, sender=delegate.email)

        assert not Pledge.objects.exists()


@pytest.mark.parametrize(
    ("text", "promise"),
    [
        ("Pledge: We sing.", PledgeDetails("We sing.")),
        ("Pledge\nWe sing.", PledgeDetails("We sing.")),
        ("We pledge to hold a workshop", PledgeDetails("to hold a workshop")),
        ("We will not be able to take part this year.", None),
        ("We will be back in the office on Monday.", None),
        ("Pledge form received, we shall answer in five days.", None),
        ("PLEDGE - We sing.\nwith: schools\nin the park", PledgeDetails("We sing.\nin the park", partners="schools")),
        ("Engagement : un atelier\npays : Sénégal", PledgeDetails("un atelier", country="SN")),
        ("Compromiso: un taller\nidioma: español", PledgeDetails("un taller", language="es")),
        ("تعهد: ورشة عمل", PledgeDetails("ورشة عمل")),
        ("Pledge: We sing.\ncountry: Atlantis", PledgeDetails("We sing.\nAtlantis")),
        ("Thank you!", None),
        ("pledges are nice", None),
        ("Pledge:", None),
        ("", None),
    ],
)
def test_pledge_is_parsed_in_four_languages(text, promise):
    assert parse_pledge_email(text) == promise
