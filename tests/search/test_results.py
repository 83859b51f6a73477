"""What a result leads to: the very place, the translations, and another word where one was mistyped."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from jukwaa.records import index
from jukwaa.records.index.current_engine import get_search_engine
from jukwaa.records.index.engine import PassageRow, PassageWords
from jukwaa.records.models import Attachment, Label, Link, State
from tests.deep import get_example_count
from tests.factories import CoalitionFactory, DocumentFactory, ItemFactory

VISITOR = AnonymousUser()
STRANGE_QUERIES = [
    "NEAR(a b)",
    "AND OR NOT",
    "title:abc",
    '"',
    '"" ""',
    "-",
    "--a",
    "*",
    "(a",
    "a:b*^2",
    "a+b",
    "儿童 school أطفال ครู -школа",
]


def build_search_url(coalition, **asked):
    return reverse("search:search", args=[coalition.slug], query=asked or None)


def create_indexed_record(coalition, record_factory=DocumentFactory, **fields):
    record = record_factory(coalition=coalition, published=True, **fields)
    index.reindex_record(record)
    return record


def create_translation_of(original_item, language, **fields):
    fields = {"title": f"{language} text", "text": "autre chose", "published": True} | fields
    translation = DocumentFactory(coalition=original_item.coalition, language=language, **fields)
    index.reindex_record(translation)
    Link.objects.create(from_record=translation, to_record=original_item, relation=Link.Relation.TRANSLATES, version=1)
    return translation


def test_result_links_to_passage(client, coalition):
    item = create_indexed_record(coalition, ItemFactory, title="Hotline", what_worked="The wombats were asked first.")

    (hit,) = index.search_records(coalition, VISITOR, "wombats").hits

    assert hit.url == f"{item.get_absolute_url()}#what_worked"
    assert 'id="what_worked"' in client.get(item.get_absolute_url()).text


def add_indexed_file_passage(record, page):
    attachment = Attachment.objects.create(
        record=record, name="report.pdf", media_type="application/pdf", size=1, fingerprint="0" * 64
    )
    anchor = f"file-{attachment.pk}-p{page}"
    words = PassageWords([], [], ["quokka_en"])
    get_search_engine().write([PassageRow((record.pk << 16) + 9, record.pk, anchor, "en", "The quokka", 9, words)])
    return attachment


def test_result_in_file_links_to_page(client, coalition):
    record = create_indexed_record(coalition, title="Report")
    file = add_indexed_file_passage(record, 12)

    (hit,) = index.search_records(coalition, VISITOR, "quokka").hits
    text = client.get(build_search_url(coalition, q="quokka")).text

    address = reverse("records:attachment_text", args=[coalition.slug, file.pk])
    assert (hit.url, hit.page, hit.page_url) == (
        f"{record.get_absolute_url()}#file-{file.pk}",
        12,
        f"{address}?at=12#page=12",
    )
    assert f'<a href="{address}?at=12#page=12">Page 12 of the file</a>' in text


def test_file_of_unpublished_record_is_named_without_link(client, coalition, rapporteur):
    record = DocumentFactory(coalition=coalition, state=State.SUBMITTED, title="Report")
    index.reindex_record(record)
    add_indexed_file_passage(record, 2)
    client.force_login(rapporteur)

    text = client.get(build_search_url(coalition, q="quokka")).text

    assert "<span>Page 2 of the file</span>" in text
    assert "#page=2" not in text


def test_result_lists_its_translations(client, coalition):
    original = create_indexed_record(coalition, title="Wombat", language="en")
    french, spanish = create_translation_of(original, "fr"), create_translation_of(original, "es")

    found = {
        query: [
            (hit.record.language, [other.language for other in hit.translations])
            for hit in find_search_hits(coalition, query)
        ]
        for query in ("wombat", "fr text", "es text")
    }

    assert found["wombat"] == [("en", ["es", "fr"])]
    assert ("fr", ["en", "es"]) in found["fr text"]
    assert ("es", ["en", "fr"]) in found["es text"]
    text = client.get(build_search_url(coalition, q="wombat"), headers={"Accept-Language": "fr"}).text
    links = [text.index(f'href="{record.get_absolute_url()}"') for record in (french, spanish)]
    assert links == sorted(links)  # the reader's own language first


def find_search_hits(coalition, search_query, viewer=VISITOR):
    return index.search_records(coalition, viewer, search_query).hits


def test_unreadable_translation_is_not_listed(coalition, member, coordinator):
    original = create_indexed_record(coalition, title="Wombat")
    create_translation_of(original, "fr", label=Label.GREEN)
    create_translation_of(original, "es", published=False, state=State.DRAFT)
    create_translation_of(
        original, "pt", published=False, state=State.WITHDRAWN, withdrawn_at="2026-01-01T00:00Z", withdrawn_because="x"
    )

    offered = {
        viewer: [other.language for hit in find_search_hits(coalition, "wombat", viewer) for other in hit.translations]
        for viewer in (VISITOR, member, coordinator)
    }

    assert offered == {VISITOR: [], member: ["fr"], coordinator: ["fr"]}


@pytest.mark.parametrize("count", [1, 3])
def test_translations_query_count_is_constant(client, coalition, django_assert_num_queries, count):
    for number in range(count):
        create_translation_of(create_indexed_record(coalition, title=f"Wombat {number}", countries=["KE"]), "fr")

    with django_assert_num_queries(8):
        response = client.get(build_search_url(coalition, q="wombat"))

    assert response.text.partition("<main")[2].count('hreflang="fr"') == count


@pytest.mark.parametrize(
    ("language", "record_title", "typed_query"),
    [
        ("en", "Guidelines for helplines", "guidlines for helplines"),
        ("fr", "La sécurité des élèves", "sécurtié élèves"),
        ("es", "Políticas de protección", "políticas de protecion"),
        ("pt", "Educação nas escolas", "educação nas esoclas"),
        ("ru", "Безопасность детей", "безопастность детей"),
        ("ar", "حماية الأطفال على الإنترنت", "حماية الاطفاال"),
        ("sw", "Usalama wa watoto mtandaoni", "usalama wa wattoto"),
        ("zh", "儿童上网安全的问题", "儿童下网安全的问题"),
    ],
)
def test_typing_error_is_corrected_in_each_language(coalition, language, record_title, typed_query):
    record = create_indexed_record(coalition, title=record_title, text="-", language=language)
    create_indexed_record(coalition, title="Another matter", text="Nothing of the kind")

    results = index.search_records(coalition, VISITOR, typed_query)

    assert [hit.record.pk for hit in results.hits] == [record.pk]
    assert results.loosened == ("any" if language == "zh" else "corrected")


def test_correction_is_shown_and_can_be_declined(client, coalition):
    create_indexed_record(coalition, title="Wombat helpline")
    create_indexed_record(coalition, title="Helpline alone")

    corrected = client.get(build_search_url(coalition, q="wombbat helpline"))
    refused = client.get(build_search_url(coalition, q="wombbat helpline", **{"as": "typed"}))

    assert [shown.hit.record.title for shown in corrected.context["hits"]] == ["Wombat helpline"]
    assert "These are results for <bdi><b>wombat helpline</b></bdi>" in corrected.text
    assert "as=typed" in corrected.text
    assert refused.context["results"].loosened == "any"
    assert "Did you mean" in refused.text


def test_correction_uses_public_words_only(client, coalition, member):
    create_indexed_record(coalition, ItemFactory, title="Quokka", label=Label.GREEN)
    ItemFactory(coalition=coalition, title="Numbat")
    client.force_login(member)

    for typed in ("quokkka", "numbbat"):
        results = client.get(build_search_url(coalition, q=typed)).context["results"]
        assert (results.total, results.suggestion, results.loosened) == (0, "", "")


def test_correction_replaces_whole_words_only(coalition):
    create_indexed_record(coalition, title="The platform and the form", text="Platform.")

    assert index.search_records(coalition, VISITOR, "platfform foorm").suggestion == "platform form"


@pytest.mark.parametrize(
    "typed_query", [*STRANGE_QUERIES, "a" * 10_000, '"' * 10_000, "school " * 1_400, "儿" * 10_000]
)
def test_any_query_returns_page(client, coalition, typed_query):
    create_indexed_record(coalition, title="abc", language="zh")

    response = client.get(build_search_url(coalition, q=typed_query))

    assert response.status_code == 200
    assert len(response.content) < 500_000


@settings(max_examples=get_example_count(60))
@given(
    st.lists(st.sampled_from(STRANGE_QUERIES) | st.text(max_size=20), max_size=8),
    st.dictionaries(st.text(), st.text(), max_size=3),
)
def test_any_search_address_returns_page(client, db, typed_query, further_parameters):
    coalition = CoalitionFactory()
    create_indexed_record(coalition, title="abc school", language="zh")

    assert (
        client.get(build_search_url(coalition, **{**further_parameters, "q": " ".join(typed_query)})).status_code == 200
    )
