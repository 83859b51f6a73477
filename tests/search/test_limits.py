"""A word that stands in more passages than are ranked: the newest are found, and numbers say that there are more."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from jukwaa.records import index
from jukwaa.records.index import SearchFilters, search_sql
from jukwaa.records.models import Label
from tests.factories import DocumentFactory, ItemFactory

VISITOR = AnonymousUser()
RESULT_LIMIT = 4


@pytest.fixture
def many_documents(coalition, monkeypatch):
    """One item that everyone may read, then ten documents with the same word; every second one is for members."""
    monkeypatch.setattr(search_sql, "MAX_RANKED_PASSAGES", RESULT_LIMIT)
    records = [ItemFactory(coalition=coalition, published=True, title="Wombats in schools")]
    for number in range(10):
        label = Label.GREEN if number % 2 else Label.CLEAR
        records.append(
            DocumentFactory(coalition=coalition, published=True, title=f"Wombats {number}", text="", label=label)
        )
    for record in records:
        index.reindex_record(record)
    return records


def list_result_titles(search_results):
    return sorted(hit.record.title for hit in search_results.hits)


def test_search_beyond_limit_finds_newest_readable_records(coalition, member, many_documents):
    for_visitor = index.search_records(coalition, VISITOR, "wombats")
    for_member = index.search_records(coalition, member, "wombats")

    assert list_result_titles(for_visitor) == ["Wombats 2", "Wombats 4", "Wombats 6", "Wombats 8"]
    assert list_result_titles(for_member) == ["Wombats 6", "Wombats 7", "Wombats 8", "Wombats 9"]
    assert for_visitor.is_truncated
    assert for_visitor.are_facets_truncated
    assert for_visitor.total == for_visitor.least == RESULT_LIMIT


def test_search_filter_reaches_records_beyond_limit(coalition, many_documents):
    results = index.search_records(coalition, VISITOR, "wombats", filters=SearchFilters(kind=many_documents[0].kind))

    assert list_result_titles(results) == ["Wombats in schools"]
    assert results.total == 1
    assert not results.is_truncated
    assert results.are_facets_truncated


def test_search_within_limit_has_exact_numbers(coalition, many_documents):
    results = index.search_records(coalition, VISITOR, "schools")

    assert (results.total, results.is_truncated, results.are_facets_truncated) == (1, False, False)


def test_search_page_shows_minimum_count_beyond_limit(client, coalition, many_documents):
    url = reverse("search:search", args=[coalition.slug], query={"q": "wombats"})

    page, narrowed = client.get(url).text, client.get(f"{url}&kind={many_documents[0].kind}").text

    assert "At least 4 records." in page
    assert "1 record, shown with its best match." in narrowed
    assert "<span>4+</span>" in narrowed
