"""Redaction after a request: whose name, from which records, and who can see the passages."""

import pytest

from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from jukwaa.home.tasks_page import get_tasks
from jukwaa.mail.models import Message
from jukwaa.privacy.actions import (
    answer_data_request,
    remove_requested_name,
)
from jukwaa.privacy.models import DataRequest
from jukwaa.records.actions import redact_names_in_record
from jukwaa.records.models import Document
from tests.factories import DocumentFactory
from tests.privacy.data_requests import (
    REDACTED_NAME,
    create_redaction_request,
    document,
    get_request_url,
    redaction_request,
)

__all__ = ["document", "redaction_request"]


def test_name_is_previewed_and_removed_with_note_on_record(
    client, coalition, redaction_request, member, coordinator, document
):
    answer_data_request(actor=coordinator, request=redaction_request, is_granted=True, reason="It is her name.")
    client.force_login(coordinator)
    url = get_request_url(redaction_request, "remove_name")
    assert url in client.get(get_request_url(redaction_request)).text
    preview = client.get(url).text

    assert f"<mark>{REDACTED_NAME}</mark>" in preview
    assert REDACTED_NAME in Document.objects.get().text
    answer = client.post(url, {"names": REDACTED_NAME}, follow=True)

    assert "The name has been removed in 1 place." in answer.text
    assert Document.objects.get().text == "[name removed] opened."
    page = client.get(document.get_absolute_url()).text
    assert "a name was removed from this record, at the request of the person named" in page
    assert "has been removed" in Message.objects.filter(to=member.email).latest("pk").subject
    assert DataRequest.objects.get().done_at is not None


def test_name_is_removed_only_after_request_is_granted(redaction_request, coordinator, document):
    with pytest.raises(ActionRefused):
        remove_requested_name(actor=coordinator, request=redaction_request, person_names=[REDACTED_NAME])

    assert REDACTED_NAME in Document.objects.get().text


def test_name_not_found_shows_field_error(client, redaction_request, coordinator):
    answer_data_request(actor=coordinator, request=redaction_request, is_granted=True, reason="It is her name.")
    client.force_login(coordinator)
    answer = client.post(get_request_url(redaction_request, "remove_name"), {"names": "Maria Nobody"})

    assert (answer.status_code, "This name is not in the record." in answer.text) == (422, True)
    assert DataRequest.objects.get().done_at is None


def test_request_is_done_if_name_was_already_removed(redaction_request, coordinator, document):
    grant_redaction_request(redaction_request, coordinator)
    redact_names_in_record(actor=coordinator, record=document, names=[REDACTED_NAME])

    assert remove_requested_name(actor=coordinator, request=redaction_request, person_names=[REDACTED_NAME]) == 0
    assert DataRequest.objects.get().done_at is not None


def grant_redaction_request(data_request, coordinator):
    return answer_data_request(actor=coordinator, request=data_request, is_granted=True, reason="It is her name.")


@pytest.mark.parametrize(
    "name_variant", ["opened", "M.", "a", ".", "Maria and what she said of the ministry and of all its friends"]
)
def test_unrelated_words_cannot_be_removed(client, redaction_request, coordinator, document, name_variant):
    grant_redaction_request(redaction_request, coordinator)
    Document.objects.update(text=f"{REDACTED_NAME} opened. {name_variant}")
    client.force_login(coordinator)
    url = get_request_url(redaction_request, "remove_name")

    assert "1 time in the record" not in client.get(url, {"names": name_variant}).text
    assert client.post(url, {"names": f"{REDACTED_NAME}\n{name_variant}"}).status_code == 422
    assert Document.objects.get().text == f"{REDACTED_NAME} opened. {name_variant}"


@pytest.mark.parametrize("name_variant", ["Testova", "M. Testova", "Mme Maria Testová-Okello", "MARIA"])
def test_variants_of_name_are_removed(redaction_request, coordinator, name_variant):
    grant_redaction_request(redaction_request, coordinator)
    Document.objects.update(text=f"By {name_variant}, and others.")

    assert remove_requested_name(actor=coordinator, request=redaction_request, person_names=[name_variant]) == 1
    assert Document.objects.get().text == "By [name removed], and others."


@pytest.fixture
def restricted_document(coalition, member):
    return DocumentFactory(
        coalition=coalition,
        label="TLP:RED",
        published=True,
        author=member,
        text=f"{REDACTED_NAME} spoke. Maria Secret spoke.",
    )


def test_words_in_unreadable_record_cannot_be_probed(client, coalition, coordinator, member, restricted_document):
    made = grant_redaction_request(create_redaction_request(member, coalition, restricted_document), coordinator)
    client.force_login(coordinator)
    url = get_request_url(made, "remove_name")
    pages = [client.get(url, {"names": name}) for name in (REDACTED_NAME, "Maria", "Maria Secret", "Maria Other")]

    assert {page.context["preview"] for page in pages} == {None}
    assert ["spoke" in page.text for page in pages] == [False] * 4
    for name in ("Maria", "Testova", "Maria Secret", "Maria Other"):
        with pytest.raises(ActionRefused, match="Enter the name as it is written in the record"):
            remove_requested_name(actor=coordinator, request=made, person_names=[name])
    assert remove_requested_name(actor=coordinator, request=made, person_names=[REDACTED_NAME]) is None
    assert Document.objects.get().text == "[name removed] spoke. Maria Secret spoke."


def test_missing_name_in_unreadable_record_gets_same_response(
    client, coalition, coordinator, member, restricted_document
):
    made = grant_redaction_request(create_redaction_request(member, coalition, restricted_document), coordinator)
    client.force_login(coordinator)
    answers = []
    for text in ("Nobody spoke.", f"{REDACTED_NAME} spoke."):
        Document.objects.update(text=text)
        answer = client.post(get_request_url(made, "remove_name"), {"names": REDACTED_NAME}, follow=True)
        answers.append((answer.status_code, answer.text.partition("<main")[2].partition("<form")[0]))

    assert "The name has been removed everywhere in this record." in answers[0][1]
    assert answers[0] == answers[1]
    assert DataRequest.objects.get().done_at is not None
    assert Document.objects.get().text == "[name removed] spoke."


@pytest.mark.parametrize("quarantine_state", ["held", "safeguarding"])
def test_name_in_quarantined_record_is_left_to_lead(
    client, coalition, redaction_request, coordinator, safeguarding_lead, document, quarantine_state
):
    grant_redaction_request(redaction_request, coordinator)
    Document.objects.update(state=quarantine_state)
    client.force_login(coordinator)
    url = get_request_url(redaction_request, "remove_name")

    assert url not in client.get(get_request_url(redaction_request)).text
    assert (client.get(url).status_code, client.post(url, {"names": REDACTED_NAME}).status_code) == (403, 403)
    titles = {
        who: [task.title for task in get_tasks(Standing(who, coalition))] for who in (coordinator, safeguarding_lead)
    }
    assert ["Remove a name from a record" in each for each in titles.values()] == [False, True]
    client.force_login(safeguarding_lead)
    assert client.get(url).status_code == 200
    assert remove_requested_name(actor=safeguarding_lead, request=redaction_request, person_names=[REDACTED_NAME]) == 1


def test_preview_requires_granted_request(client, redaction_request, coordinator):
    client.force_login(coordinator)

    assert client.get(get_request_url(redaction_request, "remove_name")).status_code == 403
