"""Nothing goes stale in silence: whose it is is asked by mail and at the desk, then a coordinator is."""

import re
from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

import pytest
from django.core.cache import caches
from django.utils import timezone

from jukwaa.coalitions.models import Activity, Affiliation
from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation.models import Need, Offer
from jukwaa.home.tasks_page import get_tasks
from jukwaa.mail.models import Message
from jukwaa.records.actions import withdraw_record
from jukwaa.updates.reminders import send_due_reminders
from tests.factories import AffiliationFactory, EnquiryFactory, MatchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def current_day(coalition):
    coalition.mail_released_at = timezone.now()
    coalition.save()
    return timezone.localdate()


def run_reminders_on(day):
    return datetime.combine(day, time(9), tzinfo=timezone.get_current_timezone())


def is_question_due(offer, day):
    Offer.objects.filter(pk=offer.pk).update(review_by=day)


def list_email_subjects():
    return [message.subject.partition("] ")[2] for message in Message.objects.order_by("pk")]


def get_confirmation_link():
    return urlsplit(re.search(r"https?://\S+/mail/up-to-date/\S+", Message.objects.get().body)[0]).path


def test_whose_it_is_is_asked_on_the_day_and_two_weeks_later_once_more(offer, current_day, person_who_gives):
    is_question_due(offer, current_day)
    for days in (0, 1, 14, 15, 30):
        send_due_reminders(run_reminders_on(current_day + timedelta(days=days)))

    assert list_email_subjects() == ["Is this still up to date? We train teachers"] * 2
    assert {message.to for message in Message.objects.all()} == {person_who_gives.email}


def test_what_is_closed_or_whose_organisation_left_is_not_asked_about(
    offer, need, current_day, giving_organisation, needing_organisation
):
    for model in (Offer, Need):
        model.objects.update(review_by=current_day)
    Offer.objects.update(closed_at=timezone.now(), closed_because="So")
    needing_organisation.memberships.update(standing="left", ends_on=current_day - timedelta(days=1))

    assert send_due_reminders(run_reminders_on(current_day)) == 0


def test_opening_the_link_does_nothing_and_its_button_says_so(client, offer, current_day):
    is_question_due(offer, current_day)
    send_due_reminders(run_reminders_on(current_day))
    page = client.get(get_confirmation_link())
    offer.refresh_from_db()

    assert "We train teachers" in page.text
    assert 'name="reason"' in page.text
    assert offer.review_by == current_day
    done = client.post(get_confirmation_link())
    offer.refresh_from_db()
    assert "We will ask you again in 6 months." in done.text
    assert (offer.confirmed_on, offer.review_by) == (current_day, current_day + timedelta(days=180))
    client.post(get_confirmation_link())
    assert list(Activity.objects.values_list("verb", flat=True)) == ["confirmed"]


def test_the_other_button_closes_it(client, offer, current_day):
    is_question_due(offer, current_day)
    send_due_reminders(run_reminders_on(current_day))
    client.post(f"{get_confirmation_link()}close/", {"reason": "The trainers have left."})
    offer.refresh_from_db()

    assert (offer.is_closed, offer.closed_because) == (True, "The trainers have left.")


def test_why_it_is_closed_is_screened_as_everywhere(client, offer, current_day):
    is_question_due(offer, current_day)
    send_due_reminders(run_reminders_on(current_day))
    warned = client.post(f"{get_confirmation_link()}close/", {"reason": "Ask jane.doe@example.org instead."})
    kept = client.post(
        f"{get_confirmation_link()}close/", {"reason": "My uncle touches me at night and I am 12 years old. Help me."}
    )
    offer.refresh_from_db()

    assert (warned.status_code, kept.status_code, offer.closed_at) == (422, 302, None)
    assert "Check the marked words: they" in warned.text
    assert kept.url.endswith("/not-accepted/")
    seen = warned.context["form"].data["screened"]
    client.post(f"{get_confirmation_link()}close/", {"reason": "Ask jane.doe@example.org instead.", "screened": seen})
    offer.refresh_from_db()
    assert offer.closed_because == "Ask jane.doe@example.org instead."


def test_whose_role_has_ended_is_told_so_and_nothing_happens(client, offer, current_day, person_who_gives):
    is_question_due(offer, current_day)
    send_due_reminders(run_reminders_on(current_day))
    Affiliation.objects.filter(person=person_who_gives).update(ends_on=current_day - timedelta(days=1))
    refused = client.post(get_confirmation_link())
    offer.refresh_from_db()

    assert refused.status_code == 422
    assert (
        "Only coordinators and people who represent the organisation can confirm or close this offer or need."
        in refused.text
    )
    assert offer.review_by == current_day


def test_a_link_that_is_not_ours_or_too_old_opens_nothing(client, offer, current_day, monkeypatch):
    is_question_due(offer, current_day)
    send_due_reminders(run_reminders_on(current_day))

    assert client.get("/mail/up-to-date/made-up/").status_code == 404
    monkeypatch.setattr("django.core.signing.time.time", lambda: timezone.now().timestamp() + 61 * 86400)
    assert client.get(get_confirmation_link()).status_code == 404


def desk(coalition, person):
    caches["pages"].clear()
    return [item.title for item in get_tasks(Standing(person, coalition))]


def test_the_desk_of_whose_it_is_and_of_the_coordinator(
    coalition, offer, need, current_day, person_who_gives, coordinator
):
    is_question_due(offer, current_day)

    assert desk(coalition, person_who_gives) == ["Confirm that “We train teachers” is still up to date"]
    assert desk(coalition, coordinator) == ["Review 1 offer that has not been taken up"]
    is_question_due(offer, current_day - timedelta(days=30))
    assert desk(coalition, coordinator)[1:] == ["Check whether “We train teachers” is still up to date"]
    MatchFactory(offer=offer, need=need, state="agreed", by=coordinator)
    assert desk(coalition, coordinator) == ["Check whether “We train teachers” is still up to date"]


def test_the_desk_tells_of_introductions_and_questions(
    coalition, offer, need, current_day, person_who_gives, giving_organisation, coordinator
):
    MatchFactory(offer=offer, need=need, by=coordinator)
    EnquiryFactory(need=need, organisation=giving_organisation)

    assert desk(coalition, person_who_gives) == [
        "Agree to an introduction or decline it: “We train teachers”",
        "Answer a question: “Teachers need training”",
    ]


def test_what_was_taken_out_of_the_record_waits_on_no_desk(
    coalition, offer, need, person_who_gives, person_who_needs, giving_organisation
):
    MatchFactory(offer=offer, need=need, by=person_who_needs)
    AffiliationFactory(organisation=giving_organisation, person=person_who_needs, may_speak=True)
    EnquiryFactory(need=need, organisation=giving_organisation)
    assert len(desk(coalition, person_who_needs)) == 3
    withdraw_record(actor=person_who_needs, record=need, reason="By mistake.")

    assert desk(coalition, person_who_needs) == []


def test_of_what_few_may_read_the_mail_holds_no_key_to_a_page_that_tells_it(
    client, offer, current_day, giving_organisation
):
    is_question_due(offer, current_day)
    Offer.objects.update(label="TLP:AMBER")
    offer.audience.create(organisation=giving_organisation)
    send_due_reminders(run_reminders_on(current_day))
    body = Message.objects.get().body

    assert "still-true" not in body
    assert offer.get_absolute_url() in body
