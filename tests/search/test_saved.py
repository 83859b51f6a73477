"""Searches that a person keeps, and what is new for them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity
from jukwaa.records import index
from jukwaa.records.models import Label
from jukwaa.search import actions
from jukwaa.search.models import SavedSearch
from jukwaa.search.saved_search_news import find_results_published_since
from tests.factories import DocumentFactory, ItemFactory


def build_saved_search_url(route_name, coalition, *more, search_query=None):
    return reverse(f"search:{route_name}", args=[coalition.slug, *more], query=search_query)


def save_search(person, coalition, search_query="q=wombat", search_name="Wombats"):
    return actions.save_search(person=person, coalition=coalition, name=search_name, query_text=search_query)


def test_search_is_saved_and_listed_under_name(client, coalition, member):
    client.force_login(member)
    form = build_saved_search_url("saved_new", coalition, search_query={"q": "wombat", "kind": "document", "page": "2"})
    assert 'value="wombat · Document"' in client.get(form).text

    response = client.post(form, {"name": "Marsupials"}, follow=True)

    saved = SavedSearch.objects.get()
    assert (saved.person, saved.coalition, saved.name, saved.query) == (
        member,
        coalition,
        "Marsupials",
        "kind=document&q=wombat",
    )
    assert "You saved this search as “Marsupials”." in response.text
    listed = client.get(build_saved_search_url("saved_list", coalition)).text
    assert f'href="{build_saved_search_url("search", coalition)}?kind=document&amp;q=wombat"' in listed
    assert not Activity.objects.exists()  # what somebody looks for is nobody else's business


def test_search_saved_twice_is_stored_once_under_last_name(client, coalition, member):
    client.force_login(member)
    for name, query in [("One", {"q": "wombat"}), ("Two", {"page": "3", "q": " wombat "})]:
        client.post(build_saved_search_url("saved_new", coalition, search_query=query), {"name": name})

    assert list(SavedSearch.objects.values_list("name", "query")) == [("Two", "q=wombat")]


def test_saved_search_requires_name(client, coalition, member):
    client.force_login(member)

    response = client.post(build_saved_search_url("saved_new", coalition, search_query={"q": "wombat"}), {"name": " "})

    assert (response.status_code, SavedSearch.objects.count()) == (422, 0)
    assert "Enter a name for this search." in response.text
    assert client.get(build_saved_search_url("saved_new", coalition, search_query={"q": " "})).status_code == 404


def test_saved_searches_are_limited_to_50(client, coalition, member):
    for number in range(actions.MAX_SAVED_SEARCHES):
        save_search(member, coalition, search_query=f"q={number}")
    client.force_login(member)

    response = client.post(
        build_saved_search_url("saved_new", coalition, search_query={"q": "wombat"}), {"name": "One more"}
    )

    assert (response.status_code, SavedSearch.objects.count()) == (422, 50)
    assert "Remove a saved search first" in response.text
    assert 'value="One more"' in response.text


def test_saved_search_is_renamed_and_removed_by_owner(client, coalition, other_coalition, member, delegate):
    saved = save_search(member, coalition)
    pages = [
        build_saved_search_url("saved_rename", coalition, saved.pk),
        build_saved_search_url("saved_remove", coalition, saved.pk),
    ]
    client.force_login(delegate)
    assert [client.post(page, {"name": "Mine"}).status_code for page in pages] == [404, 404]
    assert "Wombats" not in client.get(build_saved_search_url("saved_list", coalition)).text

    client.force_login(member)
    assert client.post(build_saved_search_url("saved_remove", other_coalition, saved.pk)).status_code == 404
    assert client.post(pages[0], {"name": ""}).status_code == 422
    assert "Search renamed." in client.post(pages[0], {"name": "Quokkas"}, follow=True).text
    saved.refresh_from_db()
    assert saved.name == "Quokkas"
    assert "“Quokkas” has been removed" in client.post(pages[1], follow=True).text
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_saved_searches_query_count_is_constant(client, coalition, member, django_assert_num_queries, count):
    for number in range(count):
        save_search(member, coalition, search_query=f"q={number}")
    client.force_login(member)
    client.get(build_saved_search_url("saved_list", coalition))

    with django_assert_num_queries(5):
        response = client.get(build_saved_search_url("saved_list", coalition))

    assert response.text.count(">Remove<") == count


def test_saved_search_news_are_readable_records_only(coalition, member, outsider):
    now = timezone.now()

    def write_dated_record(record_title, days, record_factory=DocumentFactory, **fields):
        fields = {"state": "published", "published_at": now - timedelta(days=days)} | fields
        index.reindex_record(record_factory(coalition=coalition, title=record_title, **fields))

    write_dated_record("Old wombat", 8)
    write_dated_record("New wombat", 2)
    write_dated_record("Newer wombat", 1, label=Label.GREEN)
    write_dated_record("Wombat of another kind", 0, record_factory=ItemFactory)
    write_dated_record("Quokka", 0)
    write_dated_record("Wombat in a draft", 0, state="draft", published_at=None)
    saved = save_search(member, coalition, search_query="kind=document&q=wombats")
    since = now - timedelta(days=7)

    assert [record.title for record in find_results_published_since(saved, member, since)] == [
        "Newer wombat",
        "New wombat",
    ]
    assert [record.title for record in find_results_published_since(saved, outsider, since)] == ["New wombat"]


def test_saved_search_news_require_all_words(coalition, member):
    index.reindex_record(DocumentFactory(coalition=coalition, title="Wombat", published=True))
    since = timezone.now() - timedelta(days=1)

    assert (
        find_results_published_since(save_search(member, coalition, search_query="q=wombat+zebra"), member, since) == []
    )
    assert find_results_published_since(save_search(member, coalition, search_query="q=%28%2A%29"), member, since) == []
