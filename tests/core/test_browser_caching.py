"""What browsers may store: no page of a member, a visitor's page until it is asked for again, and static files."""

import gzip

import pytest
from django.conf import settings
from django.templatetags.static import static
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db

PRIVATE_PAGES = ("/ours/", "/ours/members/", "/account/settings/", "/ours/nothing-here/")
SCRIPT_URL = static("django_htmx/htmx-2.min.js")


def get_cache_control(client, url_path):
    return client.get(url_path).headers["Cache-Control"]


@pytest.mark.parametrize("url_path", PRIVATE_PAGES)
def test_page_for_member_is_not_stored(client, coalition, member, url_path):
    client.force_login(member)

    assert get_cache_control(client, url_path) == "private, no-store"


@pytest.mark.parametrize("url_path", PRIVATE_PAGES)
def test_page_for_visitor_is_cached_and_revalidated(client, coalition, url_path):
    assert get_cache_control(client, url_path) == "private, no-cache"


def test_unchanged_page_for_visitor_returns_304(client, coalition):
    etag = client.get("/ours/").headers["ETag"]
    again = client.get("/ours/", headers={"If-None-Match": etag})

    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)


def test_htmx_fragment_has_cache_policy_of_its_page(client, coalition, member):
    client.force_login(member)
    fragment = client.get(reverse("library:item_list", args=["ours"]), headers={"HX-Request": "true"})

    assert (fragment.status_code, fragment.headers["Cache-Control"]) == (200, "private, no-store")


def test_style_sheet_is_cached_publicly(client, coalition, member):
    client.force_login(member)
    address = client.get("/ours/").text.partition('rel="stylesheet" href="')[2].partition('"')[0]

    assert "immutable" in get_cache_control(client, address)
    assert "public" in get_cache_control(client, address)


@pytest.mark.parametrize("route_name", ["accounts:sign_out", "accounts:sign_out_everywhere"])
def test_signing_out_clears_browser_storage(client, member, route_name):
    client.force_login(member)
    answer = client.post(reverse(route_name))

    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (302, '"cache"')
    assert settings.SESSION_COOKIE_NAME not in {k for k, cookie in client.cookies.items() if cookie.value}


def test_script_is_compressed_for_browsers_that_accept_it():
    plain = Client().get(SCRIPT_URL, headers={"Accept-Encoding": "identity"})
    packed = Client().get(SCRIPT_URL, headers={"Accept-Encoding": "gzip, deflate, br"})
    body, squeezed = b"".join(plain), b"".join(packed)

    assert gzip.decompress(squeezed) == body
    assert len(squeezed) < len(body) / 2
    assert int(packed.headers["Content-Length"]) == len(squeezed)
    assert (packed.headers["Content-Encoding"], "Content-Encoding" in plain.headers) == ("gzip", False)
    assert [answer.headers["Vary"] for answer in (plain, packed)] == ["Accept-Encoding"] * 2


def test_unchanged_script_returns_304_without_body():
    first = Client().get(SCRIPT_URL, headers={"Accept-Encoding": "gzip"})
    first.close()
    again = Client().get(SCRIPT_URL, headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]})

    assert (again.status_code, b"".join(again)) == (304, b"")
