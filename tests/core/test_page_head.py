"""The head of public pages: what link previews and search engines read there."""

import re
from html import unescape

import pytest
from django.conf import settings as site

from jukwaa.records.actions import link_records
from jukwaa.records.models import Label, Link
from tests.factories import ItemFactory, MeetingFactory

pytestmark = pytest.mark.django_db
SITE_ADDRESS = "http://127.0.0.1:8000"
META_PROPERTY_PATTERN = re.compile(r'<meta (?:property|name)="((?:og|twitter):[\w:]+|description)" content="([^"]*)">')
ALTERNATE_LINK_PATTERN = re.compile(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">')
CANONICAL_LINK_PATTERN = re.compile(r'<link rel="canonical" href="([^"]+)">')


@pytest.fixture(autouse=True)
def set_site_address(settings):
    settings.SITE_URL = SITE_ADDRESS


def list_meta_properties(client, url):
    return {name: unescape(value) for name, value in META_PROPERTY_PATTERN.findall(client.get(url).text)}


def get_canonical_url(client, url):
    return [unescape(each) for each in CANONICAL_LINK_PATTERN.findall(client.get(url).text)]


def list_alternate_languages(client, url):
    return [(code, unescape(href)) for code, href in ALTERNATE_LINK_PATTERN.findall(client.get(url).text)]


def test_public_record_has_a_preview(client, coalition):
    item = ItemFactory(coalition=coalition, title='The "first" line & more', summary="At one table.", published=True)
    found = list_meta_properties(client, item.get_absolute_url())

    assert found.pop("og:image") == f"{SITE_ADDRESS}/static/core/preview.png"
    assert found == {
        "description": "At one table.",
        "og:type": "website",
        "og:site_name": "Our Coalition",
        "og:title": 'The "first" line & more',
        "og:description": "At one table.",
        "og:url": f"{SITE_ADDRESS}{item.get_absolute_url()}",
        "og:locale": "en_GB",
        "og:locale:alternate": "ar_AR",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "twitter:card": "summary_large_image",
    }


def test_preview_without_a_summary_describes_the_coalition(client, coalition):
    coalition.about = "Organisations that **protect** children.\n\nSince 2007."
    coalition.save()

    assert (
        list_meta_properties(client, "/ours/library/")["og:description"]
        == "Organisations that protect children. Since 2007."
    )


def test_long_description_is_cut(client, coalition):
    item = ItemFactory(coalition=coalition, summary="word " * 200, published=True)

    assert len(list_meta_properties(client, item.get_absolute_url())["description"]) == 200


@pytest.mark.parametrize(
    ("requested_url", "canonical_url"),
    [
        ("/ours/library/", "/ours/library/"),
        ("/ours/library/?utm_source=x&fbclid=1&next=/", "/ours/library/"),
        ("/ours/library/?kind=toolkit&after=3", "/ours/library/?after=3&kind=toolkit"),
        ("/ours/library/?lang=fr", "/ours/library/?lang=fr"),
        ("/ours/library/?lang=xx", "/ours/library/"),
    ],
)
def test_canonical_address_has_only_what_changes_the_page(client, coalition, requested_url, canonical_url):
    assert get_canonical_url(client, requested_url) == [f"{SITE_ADDRESS}{canonical_url}"]


def test_public_page_names_its_addresses_in_each_language(client, coalition):
    codes = [code for code, _name in site.LANGUAGES]

    assert list_alternate_languages(client, "/ours/library/?lang=fr") == [
        *((code, f"{SITE_ADDRESS}/ours/library/?lang={code}") for code in codes),
        ("x-default", f"{SITE_ADDRESS}/ours/library/"),
    ]


def test_translated_item_names_its_translations(client, coalition, member):
    original = ItemFactory(coalition=coalition, language="en", published=True)
    french = ItemFactory(coalition=coalition, language="fr", published=True)
    closed = ItemFactory(coalition=coalition, language="es", label=Label.GREEN, published=True)
    for translation in (french, closed):
        link_records(actor=member, source_record=translation, to_record=original, relation=Link.Relation.TRANSLATES)
    expected = [
        ("en", f"{SITE_ADDRESS}{original.get_absolute_url()}"),
        ("fr", f"{SITE_ADDRESS}{french.get_absolute_url()}"),
        ("x-default", f"{SITE_ADDRESS}{original.get_absolute_url()}"),
    ]

    assert (
        list_alternate_languages(client, original.get_absolute_url())
        == list_alternate_languages(client, french.get_absolute_url())
        == expected
    )


@pytest.mark.parametrize(
    ("language_cookie", "query_string", "language"),
    [("", "", "en"), ("", "?lang=ar", "ar"), ("", "?lang=xx", "en"), ("es", "?lang=ar", "es")],
)
def test_visitor_reads_in_the_language_of_the_address_unless_they_chose_one(
    client, coalition, language_cookie, query_string, language
):
    if language_cookie:
        client.cookies[site.LANGUAGE_COOKIE_NAME] = language_cookie

    assert f'<html lang="{language}"' in client.get(f"/ours/library/{query_string}").text


def test_signed_in_person_keeps_their_language(client, coalition, member):
    client.force_login(member)

    assert '<html lang="en"' in client.get("/ours/library/?lang=ar").text


@pytest.mark.parametrize("url", ["/ours/library/9999/", "/ours/settings/", "/nobody/"])
def test_page_that_visitors_cannot_open_has_no_preview(client, coalition, url):
    assert (
        list_meta_properties(client, url),
        get_canonical_url(client, url),
        list_alternate_languages(client, url),
    ) == ({}, [], [])


def test_member_page_has_no_preview(client, coalition, member):
    meeting = MeetingFactory(coalition=coalition, label=Label.GREEN, summary="Closed.", published=True)
    client.force_login(member)

    assert list_meta_properties(client, meeting.get_absolute_url()) == {}


def test_title_of_a_page_is_plain_text(client, coalition):
    item = ItemFactory(coalition=coalition, title="<b>Bold</b> & bare", published=True)

    assert (
        "<title>&lt;b&gt;Bold&lt;/b&gt; &amp; bare · Our Coalition</title>" in client.get(item.get_absolute_url()).text
    )


def test_preview_of_the_home_page_has_the_name_of_the_coalition(client, coalition):
    assert list_meta_properties(client, "/ours/")["og:title"] == "Our Coalition"
