"""The pages on which somebody begins: a coordinator with an empty coalition, a newcomer with an empty desk."""

import pytest
from django.urls import reverse

from jukwaa.coalitions.actions import apply_as_individual
from tests.factories import AffiliationFactory, MembershipFactory, PersonFactory


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
