"""The one way to handle a form, tried on a page of its own."""

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile

from jukwaa.core import submissions
from jukwaa.records.models import Held

pytestmark = pytest.mark.urls("tests.core.form_view_urls")


@pytest.fixture
def send_form(client, coalition):
    def send_form(mode="", query_string="", **data):
        return client.post(f"/{coalition.slug}/try/?mode={mode}{query_string}", {"title": "Mine", **data})

    return send_form


def list_error_sentences(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_get_shows_page_and_writes_nothing(client, coalition):
    response = client.get(f"/{coalition.slug}/try/")

    assert (response.status_code, response.context["title"]) == (200, "A question")
    assert not response.context["form"].is_bound


def test_valid_form_calls_action_and_redirects(send_form, coalition):
    response = send_form()

    assert (response.status_code, response.url) == (302, f"/{coalition.slug}/?saved=MINE")
    assert list_error_sentences(response) == ["Saved as MINE."]


def test_invalid_form_keeps_typed_values(send_form):
    response = send_form(title="x" * 21)

    assert response.status_code == 422
    assert response.context["form"]["title"].value() == "x" * 21


@pytest.mark.parametrize(("form_mode", "field_name"), [("refuse", "title"), ("refuse-unknown-field", "__all__")])
def test_refusal_is_shown_at_field(send_form, form_mode, field_name):
    response = send_form(form_mode)

    assert response.status_code == 422
    assert response.context["form"].errors == {field_name: ["This title is taken. Choose another one."]}


def test_refused_button_shows_reason_on_next_page(send_form, coalition):
    response = send_form("refuse", "&button")

    assert (response.status_code, response.url) == (302, f"/{coalition.slug}/")
    assert list_error_sentences(response) == ["This title is taken. Choose another one."]


def test_edit_conflict_shows_both_texts_and_saves_on_retry(send_form):
    response = send_form("conflict-with-values", version=6)

    assert response.status_code == 409
    assert [(each.now, each.yours) for each in response.context["differences"]] == [("Theirs", "Mine")]
    assert response.context["form"]["version"].value() == "7"


def test_edit_conflict_without_values_keeps_typed_text(send_form):
    response = send_form("conflict")

    assert response.status_code == 409
    assert response.context["form"]["title"].value() == "Mine"
    assert "Check the current version" in response.text


def test_confirmation_page_precedes_action(send_form):
    response = send_form("confirm")

    assert (response.status_code, response.context["title"]) == (200, "Are you sure?")


@pytest.mark.parametrize("query_string", ["", "&button"])
def test_disclosure_reaches_neither_validation_nor_action(send_form, coalition, query_string):
    response = send_form("refuse", query_string, title="My uncle touches me, and I can tell nobody.")

    assert response.url == f"/{coalition.slug}/records/not-accepted/"
    assert Held.objects.get().text == "My uncle touches me, and I can tell nobody."


def test_disclosure_in_first_of_two_values_is_quarantined(send_form, coalition):
    response = send_form(title=["My uncle touches me.", "Mine"])

    assert response.url == f"/{coalition.slug}/records/not-accepted/"


def test_disclosure_in_name_of_second_file_is_quarantined(send_form, coalition):
    names = ("agenda.txt", "my_uncle_touches_me.txt")
    response = send_form(files=[SimpleUploadedFile(name, b"An agenda.") for name in names])

    assert response.url == f"/{coalition.slug}/records/not-accepted/"
    assert sorted(Held.objects.values_list("file_name", flat=True)) == sorted(names)


def test_disclosure_by_htmx_redirects_to_helplines(client, coalition):
    url, data = f"/{coalition.slug}/try/", {"title": "My uncle touches me."}

    response = client.post(url, data, headers={"HX-Request": "true"})

    assert response.headers["HX-Redirect"] == f"/{coalition.slug}/records/not-accepted/"


def test_submission_requires_registered_check(monkeypatch, send_form):
    monkeypatch.setattr(submissions, "_registered_submission_checks", [])

    with pytest.raises(ImproperlyConfigured):
        submissions.require_registered_check()
    with pytest.raises(ImproperlyConfigured):
        send_form()
