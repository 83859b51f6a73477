"""Wherever one comes to stand, there is a page of ours with a way out, and nothing that was typed is lost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.views.defaults import server_error

from jukwaa.core.http import find_parent_page_path, has_readable_page
from jukwaa.core.middleware import MAX_ROW_NUMBER
from tests.deep import IS_DEEP_RUN, IS_QUICK_RUN
from tests.factories import DocumentFactory
from tests.routes import list_routes

pytestmark = pytest.mark.database  # numbers that are too large for a column

TYPED_WORDS = {"coalition": "ours", "ending": "txt", "token": "00000000-0000-4000-8000-000000000000"}
TYPED_TEXT = "A long paragraph,\nthat took <b>an hour</b>."


@pytest.fixture
def document(coalition):
    return DocumentFactory(coalition=coalition, title="A report", published=True)


ROW_NUMBERS = [2**31, MAX_ROW_NUMBER, MAX_ROW_NUMBER + 1, 10**30]
# Each route is asked for all numbers; or for one that fits into a row and one that doesn't; or for one of these.
ROW_NUMBER_STEP = 1 if IS_DEEP_RUN else 4 if IS_QUICK_RUN else 2


@pytest.mark.usefixtures("brief_refusals")
@pytest.mark.parametrize("row_number", ROW_NUMBERS)
def test_unknown_row_number_is_not_found(client, coalition, coordinator, row_number):
    client.force_login(coordinator)
    client.raise_request_exception = False
    broken = {}
    for route in list(list_routes())[ROW_NUMBERS.index(row_number) % ROW_NUMBER_STEP :: ROW_NUMBER_STEP]:
        numbers = {name for name in route.arguments if name in route.integer_parameters}
        if not numbers:
            continue
        words = {name: TYPED_WORDS.get(name, "own") for name in route.arguments - numbers}
        url = reverse(route.name, kwargs=words | dict.fromkeys(numbers, row_number))
        statuses = {client.get(url).status_code, client.post(url).status_code}
        if statuses - {302, 403, 404, 405}:  # 302: a fresh sign-in is asked for first
            broken[url] = statuses

    assert broken == {}


def test_server_error_page_needs_no_database(rf, db):
    with CaptureQueriesContext(connection) as queries:
        answer = server_error(rf.get("/"))

    assert (len(queries), answer.status_code) == (0, 500)
    assert '<a href="/">' in answer.content.decode()


def test_get_of_post_only_url_shows_page_with_links(client, member, document):
    client.force_login(member)
    answer = client.get(f"/ours/records/{document.pk}/comments/")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert '<a class="button" href="/ours/">' in answer.text


def get_refused_page(client, url_path, referer="", action="get"):
    answer = getattr(client, action)(url_path, headers={"referer": referer} if referer else {})
    assert answer.status_code == 403
    return answer.text.partition("<main")[2].partition("</main")[0]


def test_forbidden_page_names_permitted_roles_and_links_back(client, member):
    client.force_login(member)
    main = get_refused_page(client, "/ours/roles/assign/", "http://testserver/ours/directory/?page=2")

    for path in ("/ours/directory/?page=2", "/ours/roles/", "/ours/tasks/", "/ours/"):
        assert f'href="{path}"' in main
    assert "Go back to the previous page" in main


@pytest.mark.parametrize(
    "referer",
    ["", "http://elsewhere.example/trap/", "http://testserver/ours/roles/assign/", "http://testserver/account/"],
)
def test_forbidden_page_without_referrer_links_to_parent(client, member, referer):
    client.force_login(member)
    main = get_refused_page(client, "/ours/roles/assign/", referer)

    assert '<a class="button" href="/ours/roles/">' in main
    assert "trap" not in main
    assert "/account/" not in main


def test_forbidden_page_below_home_links_to_home(client, member):
    client.force_login(member)

    assert '<a class="button" href="/ours/">' in get_refused_page(client, "/ours/settings/")


def test_parent_page_is_readable(coalition):
    assert find_parent_page_path("/ours/meetings/5/entries/new/") == "/ours/meetings/5/"
    assert not has_readable_page("/account/sign-out/confirm/")
    assert not has_readable_page("/nowhere/at/all/")


def test_expired_session_keeps_typed_text(client, document):
    page = f"http://testserver{document.get_absolute_url()}"
    sent = {"body": TYPED_TEXT, "version": "3", "token": "5b8a9f9e-7f0f-4a4c-8a3e-0d5ad1c3f6a1"}
    answer = client.post(f"/ours/records/{document.pk}/comments/", sent, headers={"referer": page})

    assert (answer.status_code, answer.headers["Cache-Control"]) == (403, "no-store")
    assert "that took &lt;b&gt;an hour&lt;/b&gt;." in answer.text
    assert sent["token"] not in answer.text
    assert f'<a class="button" href="/account/sign-in/?next={document.get_absolute_url()}">' in answer.text


@pytest.mark.parametrize(
    "referer", ["http://elsewhere.example/trap/", "http://testserver/ours/records/1/comments/", ""]
)
def test_sign_in_redirects_to_readable_page_of_site(client, document, referer):
    answer = client.post(f"/ours/records/{document.pk}/comments/", {"body": "x"}, headers={"referer": referer})

    assert 'href="/account/sign-in/?next=/ours/"' in answer.text


def test_expired_session_keeps_typed_application(client, coalition):
    answer = client.post("/ours/apply/", {"name": "A helpline", "motivation": TYPED_TEXT})

    assert (answer.status_code, answer.headers["Cache-Control"]) == (403, "no-store")
    assert "A helpline" in answer.text
    assert 'href="/account/sign-in/?next=/ours/apply/"' in answer.text


def test_next_field_of_form_overrides_referrer(client, document):
    address = f"/ours/records/{document.pk}/comments/"
    answer = client.post(address, {"body": "x", "next": "/ours/documents/?page=2"}, headers={"referer": "/ours/"})

    assert 'href="/account/sign-in/?next=/ours/documents/%3Fpage%3D2"' in answer.text


def test_csrf_failure_page_says_how_to_keep_typed_text(document, member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    answer = client.post(f"/ours/records/{document.pk}/comments/", {"body": "x"})

    assert answer.status_code == 403
    assert "Go back in your browser and copy your text. Reload that page" in answer.text


def test_language_choice_returns_to_same_page(client, document):
    page = client.get("/ours/documents/?page=1")
    assert 'href="/account/language/?next=/ours/documents/%3Fpage%3D1"' in page.text

    answer = client.post("/account/language/", {"language": "fr", "next": "/ours/documents/?page=1"})
    assert answer.headers["Location"] == "/ours/documents/?page=1"
