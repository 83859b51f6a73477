"""The index follows the data: after each action, after a rollback, after a cascade, and for each reader."""

import random

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from jukwaa.records import actions, index
from jukwaa.records.index import query_relaxation
from jukwaa.records.index.schema import find_missing_index_parts
from jukwaa.records.models import Audience, Document, Label, Passage, Record, State
from tests.deep import get_example_count
from tests.factories import CoalitionFactory, DocumentFactory, PersonFactory

VISITOR = AnonymousUser()


def find_hit_titles(coalition, viewer, search_query, **narrowed):
    return {hit.record.title for hit in index.search_records(coalition, viewer, search_query, **narrowed).hits}


def build_draft_document(coalition):
    return Document(coalition=coalition, kind="document", title="Quokka", text="A wombat", fingerprint="0" * 64)


def test_database_supports_index(db):
    assert find_missing_index_parts() == []


def test_index_is_updated_by_each_record_action(coalition, rapporteur, member):
    record = actions.begin_record(actor=rapporteur, record=build_draft_document(coalition))
    assert (find_hit_titles(coalition, rapporteur, "wombat"), find_hit_titles(coalition, member, "wombat")) == (
        {"Quokka"},
        set(),
    )

    record = actions.publish_record(actor=rapporteur, record=record)
    assert find_hit_titles(coalition, VISITOR, "wombat quokka") == {"Quokka"}

    record = actions.change_record(
        actor=rapporteur, record=record, changes={"title": "Bilby"}, from_version=record.version
    )
    assert (find_hit_titles(coalition, VISITOR, "quokka"), find_hit_titles(coalition, VISITOR, "bilby")) == (
        set(),
        {"Bilby"},
    )

    actions.withdraw_record(actor=rapporteur, record=record, reason="It was wrong.")
    assert find_hit_titles(coalition, rapporteur, "wombat") == set()
    assert not Passage.objects.exists()


def test_index_ignores_rolled_back_change(coalition, rapporteur):
    record = actions.begin_record(actor=rapporteur, record=build_draft_document(coalition), is_published=True)

    with transaction.atomic():
        changes = {"title": "Bilby"}
        actions.change_record(actor=rapporteur, record=record, changes=changes, from_version=record.version)
        transaction.set_rollback(True)

    assert (find_hit_titles(coalition, VISITOR, "quokka"), find_hit_titles(coalition, VISITOR, "bilby")) == (
        {"Quokka"},
        set(),
    )


def test_index_drops_rows_deleted_by_cascade(coalition):
    gone = DocumentFactory(coalition=coalition, title="Quokka", published=True)
    index.reindex_record(gone)
    pk = gone.pk
    Record.objects.filter(pk=pk).delete()
    DocumentFactory(pk=pk, coalition=coalition, title="Bilby", published=True)  # the number comes again

    assert find_hit_titles(coalition, VISITOR, "quokka") == set()


def test_long_text_is_indexed_completely_with_anchors(coalition):
    text = "\n".join([*["nothing of note"] * 3_000, "the wombat"])
    index.reindex_record(DocumentFactory(coalition=coalition, title="Long", text=text, published=True))

    (hit,) = index.search_records(coalition, VISITOR, "wombat").hits

    assert hit.anchor == f"c{Passage.objects.filter(text__contains='wombat').get().anchor[1:]}"
    assert (" wombat", True) not in hit.excerpt
    assert ("wombat", True) in hit.excerpt


@pytest.mark.parametrize(
    ("search_query", "found_titles", "loosened_query"),
    [
        ("hotline school", {"One"}, ""),
        ('"school hotline"', set(), ""),
        ('"hotline school"', {"One"}, ""),
        ("hotline -school", {"Two"}, ""),
        ("hotl", {"One", "Two"}, "start"),
        ("hotl*", {"One", "Two"}, ""),
        ("two bridge", {"Two"}, ""),
        ("school bridge", {"One", "Two"}, "any"),
        ("the hotline of a bridge", {"Two"}, ""),
        ("-school", set(), ""),
        ("zebra", set(), ""),
    ],
)
def test_search_supports_words_phrases_exclusions_and_prefixes(coalition, search_query, found_titles, loosened_query):
    for title, text in [("One", "A hotline school opened."), ("Two", "The hotline has a bridge.")]:
        index.reindex_record(DocumentFactory(coalition=coalition, title=title, text=text, published=True))

    assert find_hit_titles(coalition, VISITOR, search_query) == found_titles
    assert index.search_records(coalition, VISITOR, search_query).loosened == loosened_query


@settings(max_examples=get_example_count(60))
@given(
    st.text(max_size=60)
    | st.text(alphabet="\"'-*()|&!:<>\\ \0abc_儿ก", max_size=40)
    | st.from_regex(r'-?"?[a-z]+\*?"?')
)
def test_any_query_is_accepted(db, search_query):
    coalition = CoalitionFactory()
    index.reindex_record(DocumentFactory(coalition=coalition, title="abc", language="zh", published=True))
    index.reindex_record(DocumentFactory(coalition=coalition, title="abc", published=True))

    assert index.search_records(coalition, VISITOR, search_query).total in {0, 1, 2}


@pytest.mark.parametrize("seed", range(6))
def test_search_returns_exactly_readable_records(
    coalition,
    other_coalition,
    organisation,
    member,
    delegate,
    rapporteur,
    coordinator,
    safeguarding_lead,
    outsider,
    seed,
):
    chance, author = random.Random(seed), PersonFactory()
    people = [member, delegate, rapporteur, coordinator, safeguarding_lead, outsider, author]
    for number in range(20):
        state = chance.choice([State.DRAFT, State.SUBMITTED, State.PUBLISHED, State.PUBLISHED, State.HELD])
        record = DocumentFactory(
            coalition=chance.choice([coalition, coalition, other_coalition]),
            title=f"Wombat {number}",
            label=chance.choice(list(Label)),
            state=state,
            published_at="2026-01-01T00:00Z" if state == State.PUBLISHED else None,
            author=chance.choice([None, author]),
        )
        named = chance.choice([{"person": chance.choice(people)}, {"organisation": organisation}, None])
        if named:
            Audience.objects.create(record=record, **named)
        index.reindex_record(record)
    for viewer in [VISITOR, *people]:
        results = index.search_records(coalition, viewer, "wombats")
        readable = Record.objects.visible_to(viewer).filter(coalition=coalition).exclude(state=State.HELD)

        assert {hit.record.title for hit in results.hits} == set(readable.values_list("title", flat=True))
        assert results.total == sum(results.kinds.values()) == readable.count()


def test_search_access_ends_with_seat_or_role(coalition, member):
    index.reindex_record(DocumentFactory(coalition=coalition, title="Wombat", label=Label.GREEN, published=True))
    assert find_hit_titles(coalition, member, "wombat") == {"Wombat"}

    member.memberships.update(ends_on="2020-02-01")

    assert find_hit_titles(coalition, member, "wombat") == set()


def test_spelling_suggestion_uses_public_words_only(coalition, rapporteur, member):
    secret = actions.begin_record(actor=rapporteur, record=build_draft_document(coalition))
    assert index.search_records(coalition, VISITOR, "wombbat").suggestion == ""

    actions.publish_record(actor=rapporteur, record=secret)
    coalition.refresh_from_db()
    assert index.search_records(coalition, VISITOR, "wombbat").suggestion == "wombat"

    actions.withdraw_record(actor=rapporteur, record=secret, reason="It was wrong.")
    coalition.refresh_from_db()
    assert index.search_records(coalition, VISITOR, "wombbat").suggestion == ""


def test_texts_with_rare_words_rank_first_if_none_has_all_words(coalition, monkeypatch):
    monkeypatch.setattr(query_relaxation, "COMMON_WORD_THRESHOLD", 3)
    for title, text in [("One", "A school."), ("Two", "School."), ("Three", "The school."), ("Rare", "A lighthouse.")]:
        index.reindex_record(DocumentFactory(coalition=coalition, title=title, text=text, published=True))

    assert find_hit_titles(coalition, VISITOR, "school lighthouse") == {"Rare"}
    assert find_hit_titles(coalition, VISITOR, "school nowhere") == {"One", "Two", "Three"}
    Record.objects.filter(title="Rare").update(label=Label.RED)
    assert find_hit_titles(coalition, VISITOR, "school lighthouse") == {
        "One",
        "Two",
        "Three",
    }  # as if it were not there
