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
def day_of_reminders(coalition):
    coalition.mail_released_at = timezone.now()
    coalition.save()
    return timezone.localdate()


def run_reminders_on(current_day):
    return datetime.combine(current_day, time(9), tzinfo=timezone.get_current_timezone())


def is_question_due(offer, current_day):
    Offer.objects.filter(pk=offer.pk).update(review_by=current_day)


def list_email_subjects():
    return [message.subject.partition("] ")[2] for message in Message.objects.order_by("pk")]


def get_confirmation_link():
    return urlsplit(re.search(r"https?://\S+/mail/up-to-date/\S+", Message.objects.get().body)[0]).path


def test_owner_is_reminded_on_day_and_two_weeks_later(offer, day_of_reminders, person_who_gives):
    is_question_due(offer, day_of_reminders)
    for days in (0, 1, 14, 15, 30):
        send_due_reminders(run_reminders_on(day_of_reminders + timedelta(days=days)))

    assert list_email_subjects() == ["Is this still up to date? We train teachers"] * 2
    assert {message.to for message in Message.objects.all()} == {person_who_gives.email}


def test_closed_or_former_member_help_gets_no_reminder(
    offer, need, day_of_reminders, giving_organisation, needing_organisation
):
    for model in (Offer, Need):
        model.objects.update(review_by=day_of_reminders)
    Offer.objects.update(closed_at=timezone.now(), closed_because="So")
    needing_organisation.memberships.update(standing="left", ends_on=day_of_reminders - timedelta(days=1))

    assert send_due_reminders(run_reminders_on(day_of_reminders)) == 0


def test_opened_link_changes_nothing_until_button_is_pressed(client, offer, day_of_reminders):
    is_question_due(offer, day_of_reminders)
    send_due_reminders(run_reminders_on(day_of_reminders))
    page = client.get(get_confirmation_link())
    offer.refresh_from_db()

    assert "We train teachers" in page.text
    assert 'name="reason"' in page.text
    assert offer.review_by == day_of_reminders
    done = client.post(get_confirmation_link())
    offer.refresh_from_db()
    assert "We will ask you again in 6 months." in done.text
    assert (offer.confirmed_on, offer.review_by) == (day_of_reminders, day_of_reminders + timedelta(days=180))
    client.post(get_confirmation_link())
    assert list(Activity.objects.values_list("verb", flat=True)) == ["confirmed"]


def test_close_button_closes_offer(client, offer, day_of_reminders):
    is_question_due(offer, day_of_reminders)
    send_due_reminders(run_reminders_on(day_of_reminders))
    client.post(f"{get_confirmation_link()}close/", {"reason": "The trainers have left."})
    offer.refresh_from_db()

    assert (offer.is_closed, offer.closed_because) == (True, "The trainers have left.")


def test_closing_reason_is_screened(client, offer, day_of_reminders):
    is_question_due(offer, day_of_reminders)
    send_due_reminders(run_reminders_on(day_of_reminders))
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


def test_link_after_role_ended_is_refused(client, offer, day_of_reminders, person_who_gives):
    is_question_due(offer, day_of_reminders)
    send_due_reminders(run_reminders_on(day_of_reminders))
    Affiliation.objects.filter(person=person_who_gives).update(ends_on=day_of_reminders - timedelta(days=1))
    refused = client.post(get_confirmation_link())
    offer.refresh_from_db()

    assert refused.status_code == 422
    assert (
        "Only coordinators and people who represent the organisation can confirm or close this offer or need."
        in refused.text
    )
    assert offer.review_by == day_of_reminders


def test_invalid_or_expired_link_is_refused(client, offer, day_of_reminders, monkeypatch):
    is_question_due(offer, day_of_reminders)
    send_due_reminders(run_reminders_on(day_of_reminders))

    assert client.get("/mail/up-to-date/made-up/").status_code == 404
    monkeypatch.setattr("django.core.signing.time.time", lambda: timezone.now().timestamp() + 61 * 86400)
    assert client.get(get_confirmation_link()).status_code == 404


def list_task_titles(coalition, person):
    caches["pages"].clear()
    return [item.title for item in get_tasks(Standing(person, coalition))]


def test_owner_and_coordinator_have_review_tasks(
    coalition, offer, need, day_of_reminders, person_who_gives, coordinator
):
    is_question_due(offer, day_of_reminders)

    assert list_task_titles(coalition, person_who_gives) == ["Confirm that “We train teachers” is still up to date"]
    assert list_task_titles(coalition, coordinator) == ["Review 1 offer that has not been taken up"]
    is_question_due(offer, day_of_reminders - timedelta(days=30))
    assert list_task_titles(coalition, coordinator)[1:] == ["Check whether “We train teachers” is still up to date"]
    MatchFactory(offer=offer, need=need, state="agreed", by=coordinator)
    assert list_task_titles(coalition, coordinator) == ["Check whether “We train teachers” is still up to date"]


def test_tasks_list_introductions_and_questions(
    coalition, offer, need, day_of_reminders, person_who_gives, giving_organisation, coordinator
):
    MatchFactory(offer=offer, need=need, by=coordinator)
    EnquiryFactory(need=need, organisation=giving_organisation)

    assert list_task_titles(coalition, person_who_gives) == [
        "Agree to an introduction or decline it: “We train teachers”",
        "Answer a question: “Teachers need training”",
    ]


def test_withdrawn_records_create_no_tasks(
    coalition, offer, need, person_who_gives, person_who_needs, giving_organisation
):
    MatchFactory(offer=offer, need=need, by=person_who_needs)
    AffiliationFactory(organisation=giving_organisation, person=person_who_needs, may_speak=True)
    EnquiryFactory(need=need, organisation=giving_organisation)
    assert len(list_task_titles(coalition, person_who_needs)) == 3
    withdraw_record(actor=person_who_needs, record=need, reason="By mistake.")

    assert list_task_titles(coalition, person_who_needs) == []


def test_restricted_offer_email_has_no_link_with_content(client, offer, day_of_reminders, giving_organisation):
    is_question_due(offer, day_of_reminders)
    Offer.objects.update(label="TLP:AMBER")
    offer.audience.create(organisation=giving_organisation)
    send_due_reminders(run_reminders_on(day_of_reminders))
    body = Message.objects.get().body

    assert "still-true" not in body
    assert offer.get_absolute_url() in body
