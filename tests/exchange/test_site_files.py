"""Files at fixed addresses: robots.txt, sitemaps, security.txt, icons and the manifest."""

import io
import re
from datetime import datetime, timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone
from lxml import etree
from PIL import Image

from jukwaa.exchange import sitemaps
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Label
from tests.factories import ItemFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
SITE_ADDRESS = "http://127.0.0.1:8000"
LOC_TAG = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
LASTMOD_TAG = "{http://www.sitemaps.org/schemas/sitemap/0.9}lastmod"


@pytest.fixture(autouse=True)
def site_with_address(settings):
    settings.SITE_URL = SITE_ADDRESS
    caches["pages"].clear()


def list_sitemap_addresses(client, url_path):
    answer = client.get(url_path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/xml")
    return [loc.text.removeprefix(SITE_ADDRESS) for loc in etree.fromstring(answer.content).iter(LOC_TAG)]


def create_item_published_days_ago(coalition, **more):
    return ItemFactory(coalition=coalition, published=True, published_at=timezone.now() - timedelta(days=2), **more)


def test_robots_are_led_to_the_sitemap_and_away_from_search(client):
    lines = client.get("/robots.txt").text.splitlines()

    assert (lines[0], lines[-1]) == ("User-agent: *", f"Sitemap: {SITE_ADDRESS}/sitemap.xml")
    assert {"Disallow: /account/", "Disallow: /*/search/"} < set(lines)


def test_robots_txt_excludes_demo(client, settings):
    settings.DEMO = True

    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_sitemap_waits_as_long_as_feeds(client, coalition):
    new = ItemFactory(coalition=coalition, published=True)
    old = create_item_published_days_ago(coalition)
    listed = list_sitemap_addresses(client, "/ours/sitemap-1.xml")

    assert (new.get_absolute_url() in listed, old.get_absolute_url() in listed) == (False, True)


def test_withdrawn_record_leaves_the_sitemap_at_once(client, coalition, member):
    item = create_item_published_days_ago(coalition, author=member)
    assert item.get_absolute_url() in list_sitemap_addresses(client, "/ours/sitemap-1.xml")
    withdraw_record(actor=member, record=item, reason="It was wrong.")

    assert item.get_absolute_url() not in list_sitemap_addresses(client, "/ours/sitemap-1.xml")


def test_long_sitemap_is_divided(client, coalition, monkeypatch):
    monkeypatch.setattr(sitemaps, "MAX_SITEMAP_URLS", 2)
    items = [create_item_published_days_ago(coalition) for _ in range(3)]
    files = list_sitemap_addresses(client, "/sitemap.xml")

    assert files == ["/ours/sitemap-1.xml", "/ours/sitemap-2.xml"]
    assert list_sitemap_addresses(client, files[1]) == [items[2].get_absolute_url()]
    assert client.get("/ours/sitemap-3.xml").status_code == 404


def test_sitemap_says_when_a_record_changed(client, coalition):
    item = create_item_published_days_ago(coalition)
    root = etree.fromstring(client.get("/ours/sitemap-1.xml").content)
    changed = {url.find(LOC_TAG).text: url.find(LASTMOD_TAG) for url in root}

    assert datetime.fromisoformat(changed[f"{SITE_ADDRESS}{item.get_absolute_url()}"].text) == item.published_at


@pytest.mark.parametrize(
    ("contact", "contact_line"),
    [
        ("security@example.org", "Contact: mailto:security@example.org"),
        ("https://example.org/security", "Contact: https://example.org/security"),
    ],
)
def test_security_txt_contact_is_valid_for_half_a_year(client, settings, contact, contact_line):
    settings.OPERATOR_CONTACT = contact
    answer = client.get("/.well-known/security.txt")
    lines = answer.text.splitlines()
    expires = datetime.fromisoformat(lines[1].removeprefix("Expires: "))

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert (lines[0], lines[3]) == (contact_line, f"Canonical: {SITE_ADDRESS}/.well-known/security.txt")
    assert timedelta(days=140) < expires - timezone.now() < timedelta(days=365)


def test_security_txt_needs_contact(client, settings):
    settings.OPERATOR_CONTACT = ""

    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize(
    ("url_path", "media_type", "icon_size"),
    [("/favicon.ico", "image/x-icon", (48, 48)), ("/apple-touch-icon.png", "image/png", (180, 180))],
)
def test_icons_are_at_the_top_of_the_site(client, url_path, media_type, icon_size):
    answer = client.get(url_path)
    file = io.BytesIO(b"".join(answer.streaming_content))

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, media_type)
    assert Image.open(file).size == icon_size


def test_manifest_names_the_coalition_and_its_icons_exist(client, coalition):
    answer = client.get("/ours/manifest.webmanifest")
    manifest = answer.json()

    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (manifest["name"], manifest["start_url"], manifest["display"]) == ("Our Coalition", "/ours/", "minimal-ui")
    assert client.get("/manifest.webmanifest").json()["name"] == "Jukwaa"
    for icon in manifest["icons"]:
        answer = client.get(icon["src"])
        assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).size == tuple(
            map(int, icon["sizes"].split("x"))
        )


def test_each_page_names_the_manifest_of_its_coalition(client, coalition):
    found = re.findall(r'<link rel="manifest" href="([^"]+)">', client.get("/ours/").text + client.get("/about/").text)

    assert found == ["/ours/manifest.webmanifest", "/manifest.webmanifest"]


def test_organisations_of_the_public_directory_are_in_the_sitemap(client, coalition, organisation):
    unknown = OrganisationFactory(coalition=coalition)
    listed = list_sitemap_addresses(client, "/ours/sitemap-1.xml")

    assert (organisation.get_absolute_url() in listed, unknown.get_absolute_url() in listed) == (True, False)


@pytest.mark.parametrize("tlp_label", [label for label in Label if label != Label.CLEAR])
def test_no_stricter_label_is_in_the_sitemap(client, coalition, tlp_label):
    item = create_item_published_days_ago(coalition, label=tlp_label)

    assert item.get_absolute_url() not in list_sitemap_addresses(client, "/ours/sitemap-1.xml")
