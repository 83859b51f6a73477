"""The pages on which somebody begins: a coordinator with an empty coalition, a newcomer with an empty desk."""

import re
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import apply_as_individual
from jukwaa.coalitions.forms.settings import SettingsForm
from jukwaa.intake.models import Drive
from jukwaa.updates.models import Invitation, InvitationRound
from jukwaa.updates.setup_steps import build_invitations_step
from tests.factories import (
    AffiliationFactory,
    ConsultationFactory,
    DocumentFactory,
    MeetingFactory,
    MembershipFactory,
    PersonFactory,
)


@pytest.fixture
def get_getting_started_page(client, coalition, coordinator):
    def get_home_page():
        client.force_login(coordinator)
        return client.get(reverse("home:begin", args=[coalition.slug])).text

    return get_home_page


@pytest.fixture
def get_tasks_page(client, coalition):
    def get_home_page_as(person):
        client.force_login(person)
        return client.get(reverse("home:desk", args=[coalition.slug])).text

    return get_home_page_as


@pytest.mark.parametrize("missing", [{"name": ""}, {"adult_confirmed_at": None}])
def test_name_and_age_are_asked_before_the_first_form(client, coalition, coordinator, missing):
    Person.objects.filter(pk=coordinator.pk).update(**missing)
    client.force_login(coordinator)
    url = reverse("home:begin", args=[coalition.slug])
    question = client.get(url, follow=True)
    answer = {"age-asked": "1", "age-own_name": "Ana Lima", "age-is_adult": "yes"}
    answered = client.post(question.redirect_chain[-1][0], answer)
    coordinator.refresh_from_db()

    assert (question.redirect_chain[-1][0], "Answer and continue" in question.text) == (
        f"{reverse('accounts:age')}?next={quote(url, safe='')}",
        True,
    )
    assert answered.headers["Location"] == url
    assert (bool(coordinator.name), coordinator.adult_confirmed_at is not None) == (True, True)
    saved = client.post(reverse("coalitions:settings", args=[coalition.slug]), get_settings_data(coalition))
    assert saved.status_code == 302


def get_settings_data(coalition):
    initial = SettingsForm.get_initial(coalition)
    return {name: value for name, value in initial.items() if value is not None} | {"about": "For children."}


def test_set_up_shows_few_words(client, coalition, coordinator, settings):
    """A reader of 200 words a minute gets through both pages in under two minutes."""
    settings.MAILERS = {"default": {"BACKEND": "jukwaa.mail.backends.EmlFileBackend"}}
    client.force_login(coordinator)
    pages = [client.get(reverse(name, args=[coalition.slug])).text for name in ("home:begin", "coalitions:settings")]

    assert [count_words(page) <= most for page, most in zip(pages, (200, 110), strict=True)] == [True, True]


def count_words(page):
    main = page.partition("<main")[2].partition("</main>")[0]
    shown = re.sub(r"(?s)<option.*?</option>|<details.*?</summary>.*?</details>|<[^>]*>", " ", main)
    return len(re.findall(r"\w[\w’']*", shown))


@pytest.mark.parametrize(
    ("founded", "expected_sentence"),
    [
        ("14 March 2022", "Founded on 14 March 2022"),
        ("2022-03-14", "Founded on 14 March 2022"),
        ("March 14, 2022", "Founded on 14 March 2022"),
        ("2022", "Founded in 2022"),
        ("March 2022", "Founded in March 2022"),
        ("14 March", "Founded in 14 March"),
    ],
)
def test_founding_day_is_written_as_a_day(client, coalition, founded, expected_sentence):
    coalition.founded = founded
    coalition.save()

    assert expected_sentence in client.get(reverse("home:front", args=[coalition.slug])).text


@pytest.mark.parametrize(
    ("mail_backend", "is_demo", "is_explained"),
    [
        ("jukwaa.mail.backends.EmlFileBackend", False, True),
        ("jukwaa.mail.backends.EmlFileBackend", True, False),
        ("django.core.mail.backends.smtp.EmailBackend", False, False),
    ],
)
def test_getting_started_explains_missing_email_setup(
    get_getting_started_page, settings, mail_backend, is_demo, is_explained
):
    settings.MAILERS, settings.DEMO = {"default": {"BACKEND": mail_backend}}, is_demo
    page = get_getting_started_page()

    assert ("Emails are not being sent yet." in page, "set up a mail server" in page) == (is_explained, is_explained)
    assert "JUKWAA_MAIL_URL" not in page


def test_newcomer_is_invited_to_apply_and_member_is_not(get_tasks_page, coalition, member):
    apply = f'class="button" href="{reverse("coalitions:apply", args=[coalition.slug])}"'

    assert (apply in get_tasks_page(PersonFactory()), apply in get_tasks_page(member)) == (True, False)


def test_applicant_sees_that_application_is_pending(get_tasks_page, coalition):
    applicant, colleague = PersonFactory(), PersonFactory()
    apply_as_individual(actor=applicant, coalition=coalition, application_text="To learn.")
    theirs = MembershipFactory(coalition=coalition, standing="applied", starts_on=None)
    AffiliationFactory(person=colleague, organisation=theirs.organisation, confirmed_on=None, confirmed_by=None)

    for person in (applicant, colleague):
        page = get_tasks_page(person)
        assert "The coordinators have not answered your application yet." in page
        assert "You have no tasks." not in page
        assert "View your application" in page


def test_invited_person_reads_that_the_affiliation_is_not_confirmed(get_tasks_page, coalition, organisation):
    person = PersonFactory()
    AffiliationFactory(person=person, organisation=organisation, confirmed_on=None, confirmed_by=None)
    page = get_tasks_page(person)

    assert f"The directory lists you with <bdi>{organisation}</bdi>." in page
    assert "You are not a member of this coalition yet." not in page


@pytest.mark.parametrize("standing", ["observer", "left"])
def test_confirmed_person_without_seat_reads_why_they_have_none(get_tasks_page, coalition, standing):
    row = MembershipFactory(coalition=coalition, standing=standing, starts_on=date(2020, 1, 1))
    person = AffiliationFactory(organisation=row.organisation).person
    page = get_tasks_page(person)

    assert f"The directory lists you with <bdi>{row.organisation}</bdi>, which is not a member at the moment." in page
    assert "has to confirm this" not in page


def test_past_meeting_is_not_shown_as_next(get_getting_started_page, coalition):
    step = "Schedule the next meeting"
    past = MeetingFactory(coalition=coalition, published=True, title="The last one", starts_on=date(2020, 1, 1))
    MeetingFactory(coalition=coalition, published=True, title="Of no known date")
    MeetingFactory(coalition=coalition, title="A draft", starts_on=date(2999, 1, 1))
    before = get_getting_started_page()
    past.starts_on = date(2999, 12, 31)
    past.save()

    assert (step in before, "Next meeting" in before) == (True, False)
    assert "Next meeting: The last one, 31 December 2999." in get_getting_started_page()


def test_checklist_counts_members_documents_and_reports_each_in_its_own_step(
    get_getting_started_page, coalition, coordinator
):
    DocumentFactory(coalition=coalition, published=True)  # of a report that was imported
    assert "in the directory" not in get_getting_started_page()
    assert "shared drive</a>" not in get_getting_started_page()
    MembershipFactory.create_batch(2, coalition=coalition)
    Drive.objects.create(coalition=coalition, by=coordinator, name="d.zip", digest="d", state="done", made=7)
    page = get_getting_started_page()

    assert "2 members are in the directory." in page
    assert "7 documents from your shared drive" in page


def test_open_consultation_and_invited_people_are_counted(get_getting_started_page, coalition, coordinator):
    ConsultationFactory(text__coalition=coalition, text__published=True)
    sent = InvitationRound.objects.create(coalition=coalition, by=coordinator, language="en", subject="s", message="m")
    Invitation.objects.create(round=sent, person=PersonFactory(), sent_at=timezone.now())
    Invitation.objects.create(round=sent, person=PersonFactory())
    page = get_getting_started_page()

    assert "1 consultation is open." in page
    assert "1 of 1 people have been invited." in page


@pytest.mark.parametrize(("others", "is_done"), [(1, True), (2, False)])
def test_inviting_people_is_done_once_most_are_invited(coalition, coordinator, others, is_done):
    sent = InvitationRound.objects.create(coalition=coalition, by=coordinator, language="en", subject="s", message="m")
    Invitation.objects.create(round=sent, person=PersonFactory(), sent_at=timezone.now())
    Person.objects.filter(pk=coordinator.pk).update(last_login=timezone.now())
    AffiliationFactory.create_batch(
        others, organisation=MembershipFactory(coalition=coalition).organisation, confirmed_on=None, confirmed_by=None
    )

    step = build_invitations_step(coalition)

    assert f"1 of {others + 1} people have been invited." in (step.result or step.explanation)
    assert step.is_done == is_done


def test_consultation_that_ended_completes_step(get_getting_started_page, coalition):
    ended = timezone.now() - timedelta(days=1)
    ConsultationFactory(
        text__coalition=coalition, text__published=True, opens_at=ended - timedelta(days=30), closes_at=ended
    )

    assert "1 consultation has been held." in get_getting_started_page()


def test_new_meetings_of_one_title_are_listed_with_their_days(client, coalition):
    for month, precision in ((3, "day"), (4, "day"), (5, "month")):
        MeetingFactory(
            coalition=coalition,
            title="Technical call",
            starts_on=date(2026, month, 1),
            precision=precision,
            published=True,
        )
    page = client.get(reverse("home:front", args=[coalition.slug])).text
    listed = page.partition('id="new"')[2].partition("</section>")[0]

    assert listed.count("Technical call") == 3
    assert ["1 March 2026" in listed, "1 April 2026" in listed, "1 May 2026" in listed] == [True, True, False]
