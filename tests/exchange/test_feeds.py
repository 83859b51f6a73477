"""Atom feeds: valid by RFC 4287's rules that matter, for each reader what is theirs, and late by half an hour."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from lxml import etree, html

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.exchange.feeds import FEED_LISTS
from jukwaa.exchange.models import FeedKey
from jukwaa.records import index
from jukwaa.records.actions import change_record, publish_record, withdraw_record
from jukwaa.records.models import Authorship, Label, State
from tests.factories import CapacityFactory, DocumentFactory, EntryFactory, ItemFactory, MeetingFactory
from tests.persona_access import PERSONAS
from tests.world import FACTORY_BY_KIND, build_canary_world

pytestmark = pytest.mark.django_db

ATOM_NAMESPACE = "{http://www.w3.org/2005/Atom}"
XML_LANG_ATTRIBUTE = "{http://www.w3.org/XML/1998/namespace}lang"
DATE_PATTERN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
TAG_URI_PATTERN = re.compile(r"tag:[a-z0-9.-]+,\d{4}-\d\d-\d\d:[a-z0-9/?=&+%.*-]+")
ONE_MINUTE = timedelta(minutes=1)
UNIQUE_WORD_PATTERN = re.compile(r"canary[a-z]+")


def get_feed_url(coalition, route_name="everything", query_string="", feed_token=""):
    route, args = ("exchange:own_feed", [feed_token]) if feed_token else ("exchange:feed", [])
    return reverse(route, args=[coalition.slug, *args, route_name]) + query_string


def parse_atom_feed(response):
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(response.content, parser)


def list_feed_entries(response):
    return parse_atom_feed(response).findall(f"{ATOM_NAMESPACE}entry")


def list_feed_titles(response):
    return [entry.findtext(f"{ATOM_NAMESPACE}title") for entry in list_feed_entries(response)]


@pytest.fixture
def an_hour_ago():
    return timezone.now() - 60 * ONE_MINUTE


@pytest.fixture
def publish_item(coalition, rapporteur, an_hour_ago):
    def publish_item_titled(title="A practice", **fields):
        given = {"state": State.PUBLISHED, "published_at": an_hour_ago, "author": rapporteur, **fields}
        record = ItemFactory(coalition=coalition, title=title, **given)
        index.reindex_record(record)
        return record

    return publish_item_titled


@pytest.mark.parametrize("list_name", FEED_LISTS)
def test_each_feed_is_valid_atom(client, coalition, publish_item, an_hour_ago, list_name):
    meeting = MeetingFactory(coalition=coalition, state=State.PUBLISHED, published_at=an_hour_ago)
    published = {"coalition": coalition, "state": State.PUBLISHED, "published_at": an_hour_ago}
    DocumentFactory(**published)
    EntryFactory(meeting=meeting, kind="decision", **published)
    publish_item("Fish & <chips>\x0b", summary="It says <b>so</b> & more", language="ar", countries=["EG"])
    answer = client.get(get_feed_url(coalition, list_name))
    feed = parse_atom_feed(answer)

    assert answer.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    assert [len(feed.findall(ATOM_NAMESPACE + child)) for child in ("id", "title", "updated", "author")] == [1, 1, 1, 1]
    assert feed.findtext(f"{ATOM_NAMESPACE}author/{ATOM_NAMESPACE}name") == coalition.name
    assert feed.get(XML_LANG_ATTRIBUTE) == coalition.language
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM_NAMESPACE}link")}
    assert links["self"].endswith(get_feed_url(coalition, list_name))
    assert links["alternate"].endswith(reverse(FEED_LISTS[list_name].url_name, args=[coalition.slug]))
    assert len(feed.findall(f"{ATOM_NAMESPACE}entry")) >= 1
    for element in (feed, *feed.findall(f"{ATOM_NAMESPACE}entry")):
        check_atom_element(element)
    identities = [each.findtext(f"{ATOM_NAMESPACE}id") for each in (feed, *feed.findall(f"{ATOM_NAMESPACE}entry"))]
    assert len(set(identities)) == len(identities)


def check_atom_element(atom_element):
    """What RFC 4287 (4.1.1, 4.1.2, 3.3) and RFC 4151 ask of a feed and of an entry."""
    assert TAG_URI_PATTERN.fullmatch(atom_element.findtext(f"{ATOM_NAMESPACE}id")), atom_element.findtext(
        f"{ATOM_NAMESPACE}id"
    )
    assert atom_element.findtext(f"{ATOM_NAMESPACE}title")
    for name in ("updated", "published"):
        assert all(DATE_PATTERN.fullmatch(date.text) for date in atom_element.findall(ATOM_NAMESPACE + name))
    for link in atom_element.findall(f"{ATOM_NAMESPACE}link"):
        assert link.get("href").startswith(("http://", "https://"))
    assert len([link for link in atom_element.findall(f"{ATOM_NAMESPACE}link") if link.get("rel") == "alternate"]) == 1
    assert all(category.get("term") for category in atom_element.findall(f"{ATOM_NAMESPACE}category"))


def test_feed_entry_has_type_language_date_and_author(
    client, coalition, publish_item, organisation, rapporteur, an_hour_ago
):
    record = publish_item("Die Praxis", language="de", summary="Was <sie> sagt")
    record.areas.add(AreaOfWork.objects.create(coalition=coalition, name="Helplines"))
    capacity = CapacityFactory(coalition=coalition, organisation=organisation, name="Their name then")
    Authorship.objects.filter(record=record).update(capacity=capacity)
    changed = change_record(actor=rapporteur, record=record, changes={"summary": "Neu <mehr> & alt"}, from_version=1)
    entry = list_feed_entries(client.get(get_feed_url(coalition)))[0]

    assert entry.get(XML_LANG_ATTRIBUTE) == "de"
    assert entry.findtext(f"{ATOM_NAMESPACE}author/{ATOM_NAMESPACE}name") == "Their name then"
    assert html.fromstring(entry.findtext(f"{ATOM_NAMESPACE}summary")).text_content() == "Neu <mehr> & alt"
    assert [(c.get("term"), c.get("label")) for c in entry.findall(f"{ATOM_NAMESPACE}category")] == [
        ("good-practice", "Good practice"),
        ("Helplines", "Helplines"),
    ]
    published, updated = (
        datetime.fromisoformat(entry.findtext(ATOM_NAMESPACE + name)) for name in ("published", "updated")
    )
    assert abs(published - an_hour_ago) < timedelta(seconds=1)
    assert abs(updated - changed.versions.first().at) < timedelta(seconds=1)


def test_feed_ids_survive_changes_and_republication(client, coalition, publish_item, rapporteur):
    record = publish_item()
    before = list_feed_entries(client.get(get_feed_url(coalition)))[0].findtext(f"{ATOM_NAMESPACE}id")
    change_record(actor=rapporteur, record=record, changes={"title": "Another title"}, from_version=1)
    after = list_feed_entries(client.get(get_feed_url(coalition)))[0]

    assert (after.findtext(f"{ATOM_NAMESPACE}title"), after.findtext(f"{ATOM_NAMESPACE}id")) == (
        "Another title",
        before,
    )


def test_lists_and_kinds_have_feeds(client, coalition, publish_item, an_hour_ago):
    publish_item("A practice")
    publish_item("A model", kind="model")
    meeting = MeetingFactory(coalition=coalition, title="A meeting", state=State.PUBLISHED, published_at=an_hour_ago)
    for kind in ("decision", "offer"):
        given = {"title": kind, "state": State.PUBLISHED, "published_at": an_hour_ago}
        EntryFactory(coalition=coalition, meeting=meeting, kind=kind, **given)

    found = {name: sorted(list_feed_titles(client.get(get_feed_url(coalition, name)))) for name in FEED_LISTS}
    assert found == {
        "everything": ["A meeting", "A model", "A practice", "decision"],
        "library": ["A model", "A practice"],
        "meetings": ["A meeting"],
        "agreed": ["decision"],
        "decisions": ["decision"],
        "documents": [],
    }
    assert list_feed_titles(client.get(get_feed_url(coalition, "library", "?kind=model"))) == ["A model"]


def test_search_feed_contains_records_with_all_words(client, coalition, publish_item):
    publish_item("A hotline in two languages")
    publish_item("A hotline for one", kind="model")
    publish_item("Languages")
    answer = client.get(get_feed_url(coalition, "search", "?q=hotline+languages&kind=good-practice"))
    feed = parse_atom_feed(answer)

    assert list_feed_titles(answer) == ["A hotline in two languages"]
    check_atom_element(feed)
    alternate = feed.find(f"{ATOM_NAMESPACE}link[@rel='alternate']").get("href")
    assert alternate.endswith(
        f"{reverse('search:search', args=[coalition.slug])}?kind=good-practice&q=hotline+languages"
    )


@pytest.mark.parametrize("feed_path", ["nothing.atom", "library.atom?kind=rumour", "search.atom", "search.atom?q="])
def test_unknown_feed_is_not_found(client, coalition, feed_path):
    assert client.get(reverse("exchange:feed_list", args=[coalition.slug]) + feed_path).status_code == 404


def test_empty_feed_is_valid_and_stable(client, coalition):
    answers = []
    for hours in (0, 5):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            answers.append(client.get(get_feed_url(coalition)))

    assert answers[0].content == answers[1].content
    check_atom_element(parse_atom_feed(answers[0]))


def test_cached_feed_shows_record_after_waiting_period(client, coalition, rapporteur):
    record = ItemFactory(coalition=coalition, title="A practice", author=rapporteur)
    publish_record(actor=rapporteur, record=record, is_trusted=True)
    start = timezone.now()
    seen = {}
    for minutes in (1, 29, 31, 36):
        with time_machine.travel(start + minutes * ONE_MINUTE, tick=False):
            seen[minutes] = list_feed_titles(client.get(get_feed_url(coalition)))

    assert (seen[1], seen[29], seen[36]) == ([], [], ["A practice"])


def test_record_withdrawn_in_waiting_period_never_enters_feed(client, coalition, member, rapporteur):
    own = get_feed_url(coalition, feed_token=FeedKey.objects.create(person=member).token)
    record = ItemFactory(coalition=coalition, title="canary", author=rapporteur)
    publish_record(actor=rapporteur, record=record, is_trusted=True)
    start = timezone.now()
    for minutes in (5, 15, 25, 35, 60, 60 * 24):
        with time_machine.travel(start + minutes * ONE_MINUTE):
            if minutes == 25:
                with time_machine.travel(start + 20 * ONE_MINUTE):
                    withdraw_record(actor=rapporteur, record=record, reason="A child shows.", is_trusted=True)
            found = [client.get(url).text for url in (get_feed_url(coalition), own)]
            assert ["canary" in text for text in found] == [False, False]


def test_withdrawn_record_leaves_feed_at_once(client, coalition, publish_item, rapporteur):
    record = publish_item()
    assert list_feed_titles(client.get(get_feed_url(coalition))) == ["A practice"]
    withdraw_record(actor=rapporteur, record=record, reason="Wrong.", is_trusted=True)

    assert list_feed_titles(client.get(get_feed_url(coalition))) == []


@pytest.mark.parametrize("feed_owner", ["everybody", "own"])
def test_unchanged_feed_is_304(client, coalition, publish_item, member, feed_owner):
    publish_item()
    token = FeedKey.objects.create(person=member).token if feed_owner == "own" else ""
    first = client.get(get_feed_url(coalition, feed_token=token))
    again = client.get(get_feed_url(coalition, feed_token=token), headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    publish_item("Another")
    caches["pages"].clear()  # the factory moves no revision, as an action would
    changed = client.get(get_feed_url(coalition, feed_token=token), headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_public_feed_is_same_for_everyone(client, coalition, publish_item, member):
    publish_item("For members", label="TLP:GREEN")
    publish_item("Feeds for everyone")
    client.force_login(member)

    assert list_feed_titles(client.get(get_feed_url(coalition))) == ["Feeds for everyone"]


def test_personal_feed_address_works_until_replaced_or_ended(client, coalition, publish_item, member):
    publish_item("For members", label="TLP:GREEN")
    page = reverse("exchange:feed_list", args=[coalition.slug])
    client.force_login(member)
    assert "own_feed" not in client.get(page).text
    client.post(reverse("exchange:feed_key_new", args=[coalition.slug]))
    first = get_feed_url(coalition, feed_token=FeedKey.objects.get().token)
    assert first in client.get(page).text
    client.logout()
    assert list_feed_titles(client.get(first)) == ["For members"]

    client.force_login(member)
    client.post(reverse("exchange:feed_key_new", args=[coalition.slug]))
    second = get_feed_url(coalition, feed_token=FeedKey.objects.get().token)
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    client.post(reverse("exchange:feed_key_end", args=[coalition.slug]))
    assert client.get(second).status_code == 404


def test_feed_address_of_former_member_shows_nothing(client, coalition, publish_item, member):
    publish_item("For members", label="TLP:GREEN")
    url = get_feed_url(coalition, feed_token=FeedKey.objects.create(person=member).token)
    member.memberships.update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))
    assert list_feed_titles(client.get(url)) == []

    member.erased_at = timezone.now()
    member.save()
    assert client.get(url).status_code == 404


def test_feeds_show_each_persona_readable_records_only(client):
    """The access walk of the secret addresses: no walker there has one that is theirs."""
    world = build_canary_world()
    in_feeds = {(Label.CLEAR, State.PUBLISHED), (Label.GREEN, State.PUBLISHED)}
    for persona in PERSONAS:
        person = world.people[persona]
        token = FeedKey.objects.create(person=person).token if person.is_authenticated else ""
        urls = [get_feed_url(world.coalition, name, feed_token=token) for name in FEED_LISTS]
        urls += [
            get_feed_url(world.coalition, "search", f"?q=canary{kind}*", feed_token=token) for kind in FACTORY_BY_KIND
        ]
        found = {word for url in urls for word in UNIQUE_WORD_PATTERN.findall(client.get(url).text.lower())}

        expected = {word for word in world.get_allowed_words(persona) if world.canaries[word] in in_feeds}
        assert found & set(world.canaries) == expected, persona
        assert len(expected) >= len(FACTORY_BY_KIND)


def test_pages_link_to_their_feeds(client, coalition):
    library = reverse("library:item_list", args=[coalition.slug])
    search = reverse("search:search", args=[coalition.slug])
    pages = {
        coalition.get_absolute_url(): [get_feed_url(coalition)],
        library: [get_feed_url(coalition, "library")],
        f"{library}?kind=model": [
            get_feed_url(coalition, "library", "?kind=model"),
            get_feed_url(coalition, "library"),
        ],
        reverse("meetings:meeting_list", args=[coalition.slug]): [get_feed_url(coalition, "meetings")],
        reverse("meetings:agreed", args=[coalition.slug]): [get_feed_url(coalition, "agreed")],
        reverse("records:document_list", args=[coalition.slug]): [get_feed_url(coalition, "documents")],
        f"{search}?q=hotline&kind=model": [get_feed_url(coalition, "search", "?kind=model&q=hotline")],
    }
    for page, expected in pages.items():
        links = html.fromstring(client.get(page).content).findall("head/link[@type='application/atom+xml']")
        assert [(link.get("rel"), link.get("href")) for link in links] == [("alternate", url) for url in expected]
        assert all(client.get(link.get("href")).status_code == 200 for link in links)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("list_name", "query_count"), [("everything", 4), ("search", 8)])
def test_feed_query_count_is_constant(
    client, coalition, publish_item, count, list_name, query_count, django_assert_num_queries
):
    for _ in range(count):
        publish_item("A hotline")
    query = "?q=hotline" if list_name == "search" else ""
    client.get(get_feed_url(coalition, list_name, query))
    caches["pages"].clear()
    with django_assert_num_queries(query_count):
        client.get(get_feed_url(coalition, list_name, query))
    with django_assert_num_queries(1):
        client.get(get_feed_url(coalition, list_name, query))  # kept
