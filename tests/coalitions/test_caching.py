import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import override_settings
from django.urls import path

from jukwaa.accounts.actions import update_settings
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.caching import cache_file_for_visitors, cache_for_visitors, get_or_build_cached

visited_paths = []


@login_not_required
@cache_for_visitors
def render_public_page(request, coalition):
    visited_paths.append(coalition.slug)
    return HttpResponse(f"visit {len(visited_paths)} to {coalition.name} " + "words " * 100)


@login_not_required
@cache_for_visitors
def render_form_page(request, coalition):
    visited_paths.append(coalition.slug)
    return HttpResponse(get_token(request))


@login_not_required
@cache_file_for_visitors
def render_attachment_page(request, coalition):
    return HttpResponse(b"text", headers=FILE_HEADERS)


FILE_HEADERS = {"Content-Type": "text/plain", "Content-Disposition": "attachment", "Content-Security-Policy": "sandbox"}
urlpatterns = [
    path("<slug:coalition>/kept/", render_public_page),
    path("<slug:coalition>/form/", render_form_page),
    path("<slug:coalition>/file/", render_attachment_page),
]
handler404 = "jukwaa.core.views.not_found"


@action
def record_test_activity(*, actor, coalition):
    record_activity(actor=actor, verb="touched", subject=coalition, coalition=coalition)


@pytest.fixture(autouse=True)
def use_test_urlconf():
    visited_paths.clear()
    with override_settings(ROOT_URLCONF=__name__):
        yield


def test_page_is_cached_for_visitors_until_coalition_changes(client, coalition, member):
    first, second = client.get("/ours/kept/"), client.get("/ours/kept/")
    record_test_activity(actor=member, coalition=coalition)
    third = client.get("/ours/kept/")

    assert [r.content[:8] for r in (first, second, third)] == [b"visit 1 ", b"visit 1 ", b"visit 2 "]


def test_hidden_name_disappears_from_cached_pages(client, coalition, member):
    client.get("/ours/kept/")
    update_settings(person=member, changes={"name_is_public": False})

    assert client.get("/ours/kept/").content.startswith(b"visit 2 ")


def test_cache_is_invalidated_by_changes_and_separate_per_coalition(coalition, member, other_coalition):
    made = []

    def build_cached_value():
        made.append(None)
        return len(made)

    first, second = (
        get_or_build_cached(coalition, "things", build_cached_value),
        get_or_build_cached(coalition, "things", build_cached_value),
    )
    others = get_or_build_cached(other_coalition, "things", build_cached_value)
    record_test_activity(actor=member, coalition=coalition)
    coalition.refresh_from_db()

    assert (first, second, others, get_or_build_cached(coalition, "things", build_cached_value)) == (1, 1, 2, 3)


def test_unchanged_page_returns_304(client, coalition):
    etag = client.get("/ours/kept/").headers["ETag"]

    again = client.get("/ours/kept/", headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")


def test_cached_page_is_compressed_if_accepted(client, coalition):
    response = client.get("/ours/kept/", headers={"Accept-Encoding": "gzip"})

    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) < 120


@pytest.mark.parametrize("content_encoding", ["", "gzip"])
def test_cached_file_keeps_security_headers(client, coalition, content_encoding):
    for _visit in range(2):
        headers = client.get("/ours/file/", headers={"Accept-Encoding": content_encoding}).headers

        assert {name: headers[name] for name in FILE_HEADERS} == FILE_HEADERS


def test_signed_in_person_gets_uncached_page(client, coalition, member):
    client.get("/ours/kept/")
    client.force_login(member)

    assert client.get("/ours/kept/").content.startswith(b"visit 2 ")


def test_page_with_form_is_not_cached(client, coalition):
    tokens = {client.get("/ours/form/").content for _ in range(2)}

    assert (len(tokens), len(visited_paths)) == (2, 2)


@pytest.mark.parametrize("request_headers", [{"Accept-Language": "fr"}, {"HX-Request": "true"}, {"HX-Boosted": "true"}])
def test_cache_varies_by_language_and_htmx_headers(client, coalition, request_headers):
    client.get("/ours/kept/")

    assert client.get("/ours/kept/", headers=request_headers).content.startswith(b"visit 2 ")


@pytest.mark.parametrize(
    ("query_string", "redirect_url"),
    [
        ("?n=1", ""),
        ("?lang=fr&n=1", "?lang=fr"),
        ("?n=1&lang=fr", "?lang=fr"),
        ("?lang=fr&lang=fr", "?lang=fr"),
        ("?lang=xx", ""),
    ],
)
def test_file_url_with_unknown_parameters_is_redirected(client, coalition, query_string, redirect_url):
    response = client.get(f"/ours/file/{query_string}")

    assert (response.status_code, response.headers["Location"]) == (302, f"/ours/file/{redirect_url}")
    assert client.get(f"/ours/file/{redirect_url}").content == b"text"
