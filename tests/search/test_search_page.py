"""The search page: one box, records by their best passage, and something to do where there is none."""

import pytest
from django.urls import reverse

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.records import index
from jukwaa.records.models import Label
from tests.factories import DocumentFactory, EntryFactory


def build_search_url(coalition, **asked):
    return reverse("search:search", args=[coalition.slug], query=asked or None)


def create_published_record(coalition, record_factory=DocumentFactory, **fields):
    record = record_factory(coalition=coalition, published=True, **fields)
    index.reindex_record(record)
    return record


@pytest.mark.parametrize("count", [1, 3])
def test_search_page_query_count_is_constant(client, coalition, django_assert_num_queries, count):
    for number in range(count):
        create_published_record(coalition, title=f"Wombat {number}", text="A wombat")

    with django_assert_num_queries(8):
        response = client.get(build_search_url(coalition, q="wombat"))

    assert response.text.count("<h3>") == count


def test_search_words_are_highlighted_and_text_escaped(client, coalition):
    record = create_published_record(coalition, title="On <b>Wombats</b>", text="x")

    text = client.get(build_search_url(coalition, q="wombat")).text

    assert "On &lt;b&gt;<mark>Wombats</mark>&lt;/b&gt;" in text
    assert f'href="{record.get_absolute_url()}"' in text
    assert '<meta name="robots" content="noindex">' in text


def test_facet_counts_match_results(client, coalition):
    area = AreaOfWork.objects.create(coalition=coalition, name="Policy")
    create_published_record(coalition, title="Wombat", countries=["KE", "MU"]).areas.add(area)
    create_published_record(coalition, title="Wombat two", language="fr", countries=["FR"])
    create_published_record(coalition, EntryFactory, title="Wombat three", text="Wombat three", label=Label.GREEN)

    context = client.get(build_search_url(coalition, q="wombat")).context
    shown = {facet.heading: [(str(value.label), value.number) for value in facet.values] for facet in context["facets"]}
    narrowed = client.get(build_search_url(coalition, q="wombat", region="african")).context["results"]

    assert shown == {
        "Region": [("All regions", None), ("African Group", 1), ("Western European and Others Group (WEOG)", 1)],
        "Country": [("All countries", None), ("France", 1), ("Kenya", 1), ("Mauritius", 1)],
        "Language": [("All languages", None), ("English", 1), ("French", 1)],
    }
    assert [hit.record.title for hit in narrowed.hits] == ["Wombat"]
    assert (narrowed.kinds, narrowed.areas) == ({"document": 1}, {area.pk: 1})


def test_area_name_is_escaped_in_facets(client, coalition):
    for name in ("<b>Law</b> & order", "Policy"):
        area = AreaOfWork.objects.create(coalition=coalition, name=name)
        create_published_record(coalition, title=f"Wombat {area.pk}").areas.add(area)

    text = client.get(build_search_url(coalition, q="wombat", area=area.pk)).text

    assert "<span>&lt;b&gt;Law&lt;/b&gt; &amp; order</span><span>1</span></a></li>" in text
    assert f'<a href="?q=wombat&amp;area={area.pk}" aria-current="true"><span>Policy</span><span>1</span></a>' in text


def test_result_pages_do_not_overlap(client, coalition):
    for number in range(23):
        create_published_record(coalition, title=f"Wombat {number}")

    pages = [client.get(build_search_url(coalition, q="wombat", page=page)).context["hits"] for page in (1, 2, 3)]

    assert [len(page) for page in pages] == [20, 3, 0]
    assert len({shown.hit.record.pk for page in pages for shown in page}) == 23


@pytest.mark.parametrize(
    ("search_query", "expected_sentence"),
    [
        ({}, "What are you looking for?"),
        ({"q": "(*)"}, "Enter at least one word that you expect in the text."),
        ({"q": "zebra"}, "No results that you can read."),
        ({"q": "wombat", "kind": "decision"}, "No results match all of your filters."),
        ({"q": "wombbat"}, "These are results for"),
        ({"q": "wombbat zebra"}, "Did you mean"),
        ({"q": "wombat " * 60}, "We only searched for the first 300 characters."),
        ({"q": "womb"}, "begin with the same letters"),
        ({"q": "wombat zebra"}, "contain some of them"),
    ],
)
def test_page_with_few_results_shows_next_step(client, coalition, search_query, expected_sentence):
    create_published_record(coalition, title="Wombat")

    assert expected_sentence in client.get(build_search_url(coalition, **search_query)).text


@pytest.mark.parametrize(
    "search_query",
    [
        {"q": "wombat", "page": "٣٣٣"},
        {"q": "wombat", "page": "-1"},
        {"q": "wombat", "page": "9" * 40},
        {"q": "a\0b", "kind": "\0", "area": "x", "region": "unknown", "language": "\0' OR 1=1"},
    ],
)
def test_invalid_filters_in_address_are_ignored(client, coalition, search_query):
    assert client.get(build_search_url(coalition, **search_query)).status_code == 200
