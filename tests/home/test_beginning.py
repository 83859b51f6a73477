"""The pages on which somebody begins: a coordinator with an empty coalition, a newcomer with an empty desk."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.actions import apply_as_individual
from jukwaa.intake.models import Drive
from jukwaa.updates.models import Invitation, InvitationRound
from tests.factories import (
    AffiliationFactory,
    ConsultationFactory,
    DocumentFactory,
    MeetingFactory,
    MembershipFactory,
    PersonFactory,
)


@pytest.fixture
def begin(client, coalition, coordinator):
    def get():
        client.force_login(coordinator)
        return client.get(reverse("home:begin", args=[coalition.slug])).text

    return get


@pytest.fixture
def desk(client, coalition):
    def get(person):
        client.force_login(person)
        return client.get(reverse("home:desk", args=[coalition.slug])).text

    return get


def test_whoever_has_no_name_yet_is_asked_for_it_first(begin, coordinator):
    assert "Enter your name" not in begin()

    coordinator.name = ""
    coordinator.save()

    assert "Enter your name" in begin()
    assert f'href="{reverse("accounts:settings")}"' in begin()


@pytest.mark.parametrize(
    ("backend", "demo", "said"),
    [
        ("jukwaa.mail.backends.EmlFileBackend", False, True),
        ("jukwaa.mail.backends.EmlFileBackend", True, False),
        ("django.core.mail.backends.smtp.EmailBackend", False, False),
    ],
)
def test_that_mail_reaches_nobody_is_said_with_what_to_set(begin, settings, backend, demo, said):
    settings.MAILERS, settings.DEMO = {"default": {"BACKEND": backend}}, demo
    page = begin()

    assert ("Emails are not being sent yet." in page, "JUKWAA_MAIL_URL" in page) == (said, said)


def test_a_newcomer_is_invited_to_apply_and_a_member_is_not(desk, coalition, member):
    apply = f'class="button" href="{reverse("coalitions:apply", args=[coalition.slug])}"'

    assert (apply in desk(PersonFactory()), apply in desk(member)) == (True, False)


def test_an_applicant_reads_that_the_application_waits(desk, coalition):
    applicant, colleague = PersonFactory(), PersonFactory()
    apply_as_individual(actor=applicant, coalition=coalition, motivation="To learn.")
    theirs = MembershipFactory(coalition=coalition, standing="applied", starts_on=None)
    AffiliationFactory(person=colleague, organisation=theirs.organisation, confirmed_on=None, confirmed_by=None)

    for person in (applicant, colleague):
        page = desk(person)
        assert "The coordinators have not answered your application yet." in page
        assert "You have no tasks." not in page
        assert "View your application" in page


def test_invited_person_reads_that_the_affiliation_is_not_confirmed(desk, coalition, organisation):
    person = PersonFactory()
    AffiliationFactory(person=person, organisation=organisation, confirmed_on=None, confirmed_by=None)
    page = desk(person)

    assert f"The directory lists you with <bdi>{organisation}</bdi>." in page
    assert "You are not a member of this coalition yet." not in page


def test_past_meeting_is_not_the_next_one(begin, coalition):
    step = "Schedule the next meeting"
    past = MeetingFactory(coalition=coalition, published=True, title="The last one", starts_on=date(2020, 1, 1))
    MeetingFactory(coalition=coalition, published=True, title="Of no known date")
    MeetingFactory(coalition=coalition, title="A draft", starts_on=date(2999, 1, 1))
    before = begin()
    past.starts_on = date(2999, 12, 31)
    past.save()

    assert (step in before, "Next meeting" in before) == (True, False)
    assert "Next meeting: The last one, 31 December 2999." in begin()


def test_checklist_counts_members_documents_and_reports_each_in_its_own_step(begin, coalition, coordinator):
    DocumentFactory(coalition=coalition, published=True)  # of a report that was imported
    assert "in the directory" not in begin()
    assert "shared drive</a>" not in begin()
    MembershipFactory.create_batch(2, coalition=coalition)
    Drive.objects.create(coalition=coalition, by=coordinator, name="d.zip", digest="d", state="done", made=7)
    page = begin()

    assert "2 members are in the directory." in page
    assert "7 documents from your shared drive" in page
    assert "About 3 minutes." in page


def test_open_consultation_and_invited_people_are_counted(begin, coalition, coordinator):
    ConsultationFactory(text__coalition=coalition, text__published=True)
    sent = InvitationRound.objects.create(coalition=coalition, by=coordinator, language="en", subject="s", message="m")
    Invitation.objects.create(round=sent, person=PersonFactory(), sent_at=timezone.now())
    Invitation.objects.create(round=sent, person=PersonFactory())
    page = begin()

    assert "1 consultation is open." in page
    assert "1 person has been invited." in page
