"""Requests about personal data: who asks, who decides with which reason, and how a name is removed."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from jukwaa.home.tasks_page import get_tasks
from jukwaa.mail.models import Message
from jukwaa.privacy.actions import (
    DataRequestInput,
    answer_data_request,
    confirm_data_request,
    delete_unconfirmed_requests,
    request_data_correction,
    withdraw_data_request,
)
from jukwaa.privacy.demo import add_redaction_request
from jukwaa.privacy.models import DataRequest
from jukwaa.records.demo_parts import RAPPORTEUR, Demo
from jukwaa.records.models import Held
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.publication_delay import WAITING_PERIOD
from jukwaa.updates.reminders import send_due_reminders
from tests.factories import DocumentFactory, PersonFactory
from tests.privacy.data_requests import (
    REDACTED_NAME,
    REDACTION_FORM_DATA,
    create_redaction_request,
    document,
    find_link_in_email,
    get_request_url,
    redaction_request,
)

__all__ = ["document", "redaction_request"]


# Asking


def test_member_requests_from_record_page_and_sees_status(client, coalition, member, document):
    client.force_login(member)
    form = reverse("privacy:request_about", args=["ours", document.pk])
    assert form in client.get(document.get_absolute_url()).text
    page = client.get(form).text

    answer = client.post(form, REDACTION_FORM_DATA | {"email": ""}, follow=True)

    made = DataRequest.objects.get()
    assert ("A report" in page, 'name="email"' in page) == (True, False)
    assert (made.state, made.requester, made.record_id, made.email) == ("asked", member, document.pk, "")
    assert ("Your request has been sent." in answer.text, REDACTED_NAME in answer.text) == (True, True)
    assert REDACTED_NAME not in str(list(Activity.objects.values()))


def test_person_requests_from_own_page(client, coalition, member):
    client.force_login(member)
    own = client.get(reverse("coalitions:person_detail", args=["ours", member.pk])).text

    assert "Ask for a correction or for your name to be removed" in own
    answer = client.post(reverse("privacy:request_new", args=["ours"]), REDACTION_FORM_DATA | {"kind": "correction"})

    assert answer.status_code == 302
    assert list(DataRequest.objects.values_list("kind", "record")) == [("correction", None)]


def test_request_of_visitor_is_hidden_until_confirmed(client, coalition, coordinator, document):
    form = reverse("privacy:request_about", args=["ours", document.pk])
    assert form in client.get(document.get_absolute_url()).text
    answer = client.post(form, REDACTION_FORM_DATA, follow=True)
    made = DataRequest.objects.get()
    link = find_link_in_email(Message.objects.get(to="maria@example.org"))

    assert "Check your email" in answer.text
    assert (made.state, Activity.objects.count()) == ("unconfirmed", 0)
    assert not DataRequest.objects.visible_to(coordinator).exists()
    assert "Confirm your request" in client.get(link).text
    assert DataRequest.objects.get().state == "unconfirmed"

    page = client.post(link + "confirm/", follow=True).text

    made.refresh_from_db()
    assert ("You can follow its progress" in page, made.state) == (True, "asked")
    assert DataRequest.objects.visible_to(coordinator).get() == made


def test_visitor_request_needs_email_and_readable_record(client, coalition, document):
    closed = DocumentFactory(coalition=coalition, label="TLP:GREEN", published=True)
    url = reverse("privacy:request_about", args=["ours", document.pk])

    assert client.post(url, REDACTION_FORM_DATA | {"email": ""}).status_code == 422
    assert client.get(reverse("privacy:request_about", args=["ours", closed.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        create_redaction_request(None, coalition, closed)
    with pytest.raises(ActionRefused):
        request_data_correction(actor=None, coalition=coalition, asked=DataRequestInput(name="A", words="B"))
    assert not DataRequest.objects.exists()


def test_request_is_linked_to_account_with_same_email(coalition):
    person = PersonFactory(email="maria@example.org")
    made = confirm_data_request(request=create_redaction_request(None, coalition))

    assert (made.requester, made.email) == (person, "")


def test_unconfirmed_request_is_deleted_after_two_days(client, coalition):
    made = create_redaction_request(None, coalition)
    link = find_link_in_email(Message.objects.get(to="maria@example.org"))
    delete_unconfirmed_requests(timezone.now() + timedelta(hours=47))
    assert DataRequest.objects.exists()
    DataRequest.objects.update(asked_at=timezone.now() - timedelta(hours=49))

    client.post(link + "confirm/")
    assert DataRequest.objects.get().state == "unconfirmed"
    delete_unconfirmed_requests(timezone.now())

    assert not DataRequest.objects.filter(pk=made.pk).exists()
    assert client.get(link).status_code == 404


def test_resubmitted_form_creates_one_request(coalition, member):
    token = uuid4()

    assert create_redaction_request(member, coalition, token=token) == create_redaction_request(
        member, coalition, token=token
    )


def test_data_requests_are_rate_limited(client, coalition):
    url = reverse("privacy:request_new", args=["ours"])

    assert [client.post(url, REDACTION_FORM_DATA).status_code for _ in range(6)] == [302] * 5 + [422]


def test_disclosure_in_request_is_quarantined(client, coalition, document):
    url = reverse("privacy:request_about", args=["ours", document.pk])
    answer = client.post(url, REDACTION_FORM_DATA | {"words": "My uncle touches me."})

    assert answer.headers["Location"].endswith("/records/not-accepted/")
    assert (DataRequest.objects.count(), Held.objects.count(), Message.objects.count()) == (0, 1, 0)


@pytest.mark.parametrize(("persona", "status_code"), [
    ("member", 200), ("coordinator", 200), ("safeguarding_lead", 200), ("rapporteur", 404), ("outsider", 404),
])  # fmt: skip
def test_request_is_visible_to_requester_and_deciders(client, request, redaction_request, persona, status_code):
    client.force_login(request.getfixturevalue(persona))

    assert client.get(get_request_url(redaction_request)).status_code == status_code
    assert (REDACTED_NAME in client.get(get_request_url(redaction_request)).text) == (status_code == 200)


def test_title_of_unreadable_record_is_hidden(client, coalition, coordinator, member):
    closed = DocumentFactory(coalition=coalition, title="Closed", label="TLP:RED", published=True, author=member)
    made = create_redaction_request(member, coalition, closed)
    answer_data_request(actor=coordinator, request=made, is_granted=True, reason="It is her name.")
    client.force_login(coordinator)

    for name in ("request_detail", "remove_name"):
        assert "Closed" not in client.get(get_request_url(made, name)).text
    assert "About a record that you cannot read." in client.get(get_request_url(made)).text


def test_only_requester_can_withdraw_open_request(client, redaction_request, member, coordinator):
    with pytest.raises(PermissionDenied):
        withdraw_data_request(actor=coordinator, request=redaction_request)
    client.force_login(member)
    client.post(get_request_url(redaction_request, "request_withdraw"))
    assert DataRequest.objects.get().state == "withdrawn"

    with pytest.raises(ActionRefused):
        answer_data_request(actor=coordinator, request=redaction_request, is_granted=True, reason="Yes.")


def test_visitor_withdraws_request_by_link(client, coalition, coordinator):
    made = create_redaction_request(None, coalition)
    link = find_link_in_email(Message.objects.get(to="maria@example.org"))

    assert client.get(link + "withdraw/").status_code == 405
    client.post(link + "withdraw/")

    made.refresh_from_db()
    assert made.state == "withdrawn"


# Deciding


def test_decision_and_reason_are_emailed_to_requester(client, redaction_request, member, coordinator):
    client.force_login(coordinator)
    url = get_request_url(redaction_request, "request_answer")

    assert client.post(url, {"granted": "no", "reason": " "}).status_code == 422
    answer = client.post(url, {"granted": "no", "reason": "The report is an act of the parliament."}, follow=True)

    redaction_request.refresh_from_db()
    email = Message.objects.get(to=member.email)
    assert (redaction_request.state, redaction_request.decided_by, "Decision saved." in answer.text) == (
        "declined",
        coordinator,
        True,
    )
    assert "has been declined" in email.subject
    assert "The report is an act of the parliament." in email.body
    assert "data protection authority" in email.body
    assert not email.held
    with pytest.raises(ActionRefused):
        answer_data_request(actor=coordinator, request=redaction_request, is_granted=True, reason="Yes.")


def test_visitor_gets_decision_email_with_link(client, coalition, coordinator):
    made = confirm_data_request(request=create_redaction_request(None, coalition))
    answer_data_request(actor=coordinator, request=made, is_granted=True, reason="It is her name.")

    email = Message.objects.filter(to="maria@example.org").latest("pk")
    assert "has been granted" in email.subject
    assert "It is her name." in client.get(find_link_in_email(email)).text


@pytest.mark.parametrize(("persona", "is_allowed"), [("safeguarding_lead", True), ("coordinator", True),
                                          ("member", False), ("rapporteur", False), ("outsider", False)])  # fmt: skip
def test_only_coordinator_or_safeguarding_lead_can_decide(request, redaction_request, persona, is_allowed):
    person = request.getfixturevalue(persona)
    if is_allowed:
        answer_data_request(actor=person, request=redaction_request, is_granted=True, reason="Yes.")
    else:
        with pytest.raises(PermissionDenied):
            answer_data_request(actor=person, request=redaction_request, is_granted=True, reason="Yes.")
    assert (DataRequest.objects.get().state == "granted") == is_allowed


def test_person_cannot_decide_own_request(coalition, coordinator, safeguarding_lead):
    made = create_redaction_request(coordinator, coalition)

    with pytest.raises(PermissionDenied):
        answer_data_request(actor=coordinator, request=made, is_granted=True, reason="Yes.")
    assert not any("remove a name" in task.title for task in get_tasks(Standing(coordinator, coalition)))
    assert any("remove a name" in task.title for task in get_tasks(Standing(safeguarding_lead, coalition)))


def test_database_refuses_decision_without_reason(redaction_request):
    with pytest.raises(IntegrityError), transaction.atomic():
        DataRequest.objects.update(state="granted", decided_at=timezone.now())


# Deadlines


def test_answer_is_due_within_one_month(redaction_request, monkeypatch):
    assert redaction_request.due_on - timezone.localdate() <= timedelta(days=31)
    monkeypatch.setattr(timezone, "localdate", lambda: date(2027, 1, 31))

    assert DataRequest().due_on == date(2027, 2, 28)


def test_deciders_are_notified_and_get_task(coalition, redaction_request, coordinator, safeguarding_lead):
    send_pending_activity_notifications(timezone.now() + WAITING_PERIOD)

    told = Message.objects.filter(to__in=[coordinator.email, safeguarding_lead.email])
    assert told.count() == 2
    assert not any(REDACTED_NAME in email.body or email.held for email in told)
    for person in (coordinator, safeguarding_lead):
        task = next(task for task in get_tasks(Standing(person, coalition)) if "remove a name" in task.title)
        assert (task.due, task.url) == (redaction_request.due_on, get_request_url(redaction_request))
    answer_data_request(actor=coordinator, request=redaction_request, is_granted=True, reason="Yes.")
    coalition.refresh_from_db()  # what was found before is kept as long as its revision stands
    titles = [task.title for task in get_tasks(Standing(coordinator, coalition))]
    assert "Remove a name from a record" in titles


def test_deciders_are_reminded_week_before_and_when_overdue(mailing_coalition, redaction_request, coordinator):
    redaction_request.due_on = timezone.localdate() + timedelta(days=8)
    redaction_request.save()

    def list_reminder_subjects(days):
        send_due_reminders(timezone.now() + timedelta(days=days))
        return [email.subject for email in Message.objects.filter(to=coordinator.email).order_by("pk")]

    assert list_reminder_subjects(0) == []
    assert len(list_reminder_subjects(1)) == len(list_reminder_subjects(2)) == 1
    assert "overdue" in list_reminder_subjects(9)[-1]
    assert len(list_reminder_subjects(10)) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_request_list_query_count_is_constant(client, coalition, coordinator, member, django_assert_num_queries, count):
    for _ in range(count):
        create_redaction_request(member, coalition)
    client.force_login(coordinator)
    client.get(reverse("privacy:request_list", args=["ours"]))

    with django_assert_num_queries(5):
        page = client.get(reverse("privacy:request_list", args=["ours"]))
    assert page.text.count('<h3><a href="/ours/data-requests/') == count


def test_non_deciders_see_only_own_requests(client, coalition, redaction_request, rapporteur, member):
    seen = {}
    for person in (rapporteur, member):
        client.force_login(person)
        seen[person] = (
            get_request_url(redaction_request) in client.get(reverse("privacy:request_list", args=["ours"])).text
        )

    assert seen == {rapporteur: False, member: True}


def test_demo_has_data_request(coalition, rapporteur, coordinator, document):
    people = {"coordinator": coordinator, RAPPORTEUR: rapporteur}
    add_redaction_request(Demo(coalition, people, {}, print))

    assert DataRequest.objects.get().record_id == document.pk
