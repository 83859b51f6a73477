"""What a clause rests on, and the words that texts share."""

import re

import pytest
from django.urls import reverse

from jukwaa.drafting import actions
from jukwaa.drafting.actions.evidence import is_readable_with_text
from jukwaa.drafting.models import Term
from jukwaa.drafting.split_points import find_split_points
from jukwaa.drafting.text_outline import find_whole_words
from jukwaa.records.models import Audience, Label, Link, Record
from tests.drafting.test_text_pages import build_text_url, get_numbered_clause, text
from tests.factories import DocumentFactory, ItemFactory, TextFactory

__all__ = ["text"]


# ---- evidence


@pytest.fixture
def law_record(coalition) -> Record:
    return ItemFactory(coalition=coalition, kind="toolkit", published=True, title="A law of 2014")


def test_evidence_is_shown_on_clause_and_record(client, text, member, law_record):
    client.force_login(member)
    chosen = client.get(f"{build_text_url('evidence_add', text, number=3)}?record={law_record.pk}")
    client.post(build_text_url("evidence_add", text, number=3), {"record": law_record.pk, "where": "Part 4"})

    page = client.get(build_text_url("text_detail", text)).text

    assert "A law of 2014" in chosen.text
    assert re.search(r"Evidence: <a href=\"[^\"]+\"><bdi[^>]*>A law of 2014</bdi></a>: <bdi>Part 4</bdi>", page)
    assert text.get_absolute_url() in client.get(law_record.get_absolute_url()).text


def test_citation_is_removed_with_last_evidence(client, text, member, law_record):
    first, second = (
        actions.cite_record_as_evidence(actor=member, clause=get_numbered_clause(text, n), record=law_record)
        for n in (2, 3)
    )
    client.force_login(member)

    client.post(reverse("drafting:evidence_remove", args=[text.coalition.slug, first.pk]))
    after_one = Link.objects.count()
    client.post(reverse("drafting:evidence_remove", args=[text.coalition.slug, second.pk]))

    assert (after_one, Link.objects.count()) == (1, 0)


@pytest.mark.parametrize("tlp_label", [Label.GREEN, Label.AMBER, Label.RED])
def test_evidence_must_be_readable_by_all_readers_of_text(client, coalition, text, member, tlp_label):
    closed = DocumentFactory(coalition=coalition, published=True, label=tlp_label, author=member, title="Closed")
    client.force_login(member)

    answer = client.post(build_text_url("evidence_add", text, number=3), {"record": closed.pk})

    assert (answer.status_code, "Cite a record that all readers of this text can read." in answer.text) == (422, True)
    assert text.links_out.count() == 0


def test_evidence_closed_later_is_hidden_from_others(client, text, member, law_record):
    actions.cite_record_as_evidence(actor=member, clause=get_numbered_clause(text, 3), record=law_record)
    Record.objects.filter(pk=law_record.pk).update(label=Label.GREEN)
    visitor = client.get(build_text_url("text_detail", text)).text
    client.force_login(member)

    assert ("A law of 2014" in visitor, "A law of 2014" in client.get(build_text_url("text_detail", text)).text) == (
        False,
        True,
    )


# ---- the glossary


def test_glossary_terms_are_defined_at_foot_of_text(client, coalition, text, member):
    client.force_login(member)
    new = reverse("drafting:term_new", args=[coalition.slug])
    client.post(new, {"name": "two", "language": "en", "meaning": "One more than one.", "source": "Arithmetic"})
    client.post(new, {"name": "thr", "language": "en", "meaning": "No word of it."})
    twice = client.post(new, {"name": "Two", "language": "en", "meaning": "Another meaning."})

    page = client.get(build_text_url("text_detail", text)).text

    assert ("One more than one." in page, "No word of it." in page) == (True, False)
    assert (twice.status_code, "Another meaning.</textarea>" in twice.text) == (422, True)


def test_slower_editor_of_term_sees_both_meanings(client, coalition, member):
    term = actions.define_glossary_term(
        actor=member, coalition=coalition, name="child", language="en", meaning="Under 18."
    )
    edit = reverse("drafting:term_edit", args=[coalition.slug, term.pk])
    client.force_login(member)
    stamp = actions.get_term_version_stamp(term)
    actions.change_glossary_term(actor=member, term=term, seen_stamp=stamp, name="child", meaning="Theirs.", source="")

    sent = {"name": "child", "meaning": "Mine.", "source": "", "version": stamp}
    refused = client.post(edit, sent)
    again = client.post(edit, sent | {"version": re.search(r'name="version" value="(\d+)"', refused.text)[1]})

    assert (refused.status_code, "Theirs." in refused.text, "Mine." in refused.text) == (409, True, True)
    assert (again.status_code, Term.objects.get().meaning) == (302, "Mine.")


@pytest.mark.parametrize("count", [1, 3])
def test_glossary_query_count_is_constant(client, coalition, member, count, django_assert_num_queries):
    for n in range(count):
        actions.define_glossary_term(
            actor=member, coalition=coalition, name=f"word{n}", language="en", meaning="A meaning."
        )
    client.force_login(member)

    with django_assert_num_queries(5):
        assert client.get(reverse("drafting:term_list", args=[coalition.slug])).text.count("A meaning.") == count


def test_terms_match_whole_words_in_any_case_and_script():
    said = "Every Child has a hotline. كل طفل"

    assert find_whole_words(["child", "line", "hotline", "طفل", "a+"], said) == ["child", "hotline", "طفل"]


@pytest.mark.parametrize(
    ("clause_body", "split_starts"),
    [
        ("One. Two! “Three?” Four.", ["Two! “Three?” Four.", "“Three?” Four.", "Four."]),
        ("A line\nanother", ["another"]),
        ("one thing, and another", ["and another"]),
        ("هل هذا؟ نعم.", ["نعم."]),
        ("一。二。", ["二。"]),
        ("nothing", []),
    ],
)
def test_split_points_are_starts_of_sentences_and_lines(clause_body, split_starts):
    assert [place.begins for place in find_split_points(clause_body)] == split_starts


def test_evidence_readable_by_some_readers_is_refused(coalition, member, delegate):
    text = TextFactory(coalition=coalition, author=member, label=Label.RED)
    record = DocumentFactory(coalition=coalition, author=member, label=Label.RED, published=True)
    Audience.objects.create(record=text, person=delegate)
    Audience.objects.create(record=text, person=member)
    Audience.objects.create(record=record, person=member)
    assert not is_readable_with_text(record, text)
    Audience.objects.create(record=record, person=delegate)

    assert is_readable_with_text(record, text)
