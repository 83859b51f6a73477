"""From any clause back to where it began, and forward to what came of it, as far as its reader may see."""

import pytest
from django.urls import reverse

from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft, EditionDetails
from jukwaa.drafting.models import Clause, Evidence, Input, Lineage, Placement
from jukwaa.library.actions import add_item_use
from jukwaa.library.models import Item
from jukwaa.records.models import Link, Source
from tests.conftest import create_seated_person
from tests.drafting.consensus import CLAUSE_BODIES, create_open_text, name_text_revision
from tests.drafting.test_consensus_calls import create_member_input
from tests.factories import CapacityFactory, DocumentFactory, EntryFactory, ItemFactory

SOURCE_SENTENCE = "The Brazilian members had worked on guidelines which could be shared."


@pytest.fixture
def text(coalition, member):
    return create_open_text(coalition, member)


def get_trace_page(client, text, clause_number):
    return client.get(reverse("drafting:clause_trace", args=[text.coalition.slug, text.pk, clause_number]))


def get_origin_page(client, text):
    return client.get(reverse("drafting:text_origin", args=[text.coalition.slug, text.pk]))


def extract_page_section(page, section_name):
    """The words of one section."""
    return page.text.partition(f'aria-labelledby="{section_name}"')[2].partition("</section>")[0]


def test_trace_shows_revisions_with_new_wording_and_authors(client, coalition, text, rapporteur, member):
    name_text_revision(text, rapporteur)
    page = get_trace_page(client, text, 3)

    wordings = extract_page_section(page, "wordings")
    assert [wordings.count(word) for word in (": added", ": reworded")] == [1, 1]
    assert "<ins data-mark='[added]'> and a deputy</ins>" in wordings
    assert "the rapporteur" in wordings
    assert "The rapporteur" not in wordings
    client.force_login(member)
    assert "The rapporteur" in extract_page_section(get_trace_page(client, text, 3), "wordings")
    assert extract_page_section(get_trace_page(client, text, 2), "wordings").count("<li") == 1


def test_trace_of_unrevised_clause_is_not_found(client, text, member):
    actions.add_clause(actor=member, text=text, clause_draft=ClauseDraft("Still being written."), after_clause=None)

    assert get_trace_page(client, text, 4).status_code == 404
    client.force_login(member)
    assert get_trace_page(client, text, 4).status_code == 404


def remove_traced_clause(text, clause_number, actor):
    clause = Clause.objects.get(text=text, number=clause_number)
    digest = Placement.objects.now(text).get(clause=clause).wording.digest
    actions.remove_clause(actor=actor, clause=clause, seen_digest=digest)


def test_trace_hides_clause_removed_between_revisions(client, text, rapporteur):
    actions.add_clause(actor=rapporteur, text=text, clause_draft=ClauseDraft("A clause in the making."))
    remove_traced_clause(text, 4, rapporteur)
    third = Placement.objects.now(text).get(clause__number=3)
    actions.write_clause_body(
        actor=rapporteur, clause=third.clause, clause_body="Half a thought.", from_digest=third.wording.digest
    )
    remove_traced_clause(text, 3, rapporteur)
    actions.create_named_revision(actor=rapporteur, text=text)

    assert get_trace_page(client, text, 4).status_code == 404
    page = get_trace_page(client, text, 3)
    assert (CLAUSE_BODIES[1] in page.text, "Half a thought." in page.text) == (True, False)


def test_trace_hides_unrevised_related_clauses(client, text, member):
    second, third = (Clause.objects.get(text=text, number=number) for number in (2, 3))
    other = Clause.objects.create(text=text, number=9)
    Lineage.objects.create(clause=other, origin=third, how=Lineage.How.SPLIT)
    made = Placement.objects.now(text).get(clause=second)
    made.pk, made.clause, made.since, made.until = None, other, text.step + 1, text.step + 2
    made.save()
    text.step += 3
    text.save()
    actions.create_named_revision(actor=member, text=text)

    assert "split off" not in get_trace_page(client, text, 3).text


def test_trace_of_removed_clause_shows_removal_time(client, text, member):
    remove_traced_clause(text, 3, member)
    actions.create_named_revision(actor=member, text=text)

    page = get_trace_page(client, text, 3)
    assert (CLAUSE_BODIES[1] in page.text, "removed" in extract_page_section(page, "wordings")) == (True, True)


def test_trace_links_split_clause_and_origin(client, text, member):
    clause = Clause.objects.get(text=text, number=2)
    body = Placement.objects.now(text).get(clause=clause).wording
    actions.split_clause(
        actor=member, clause=clause, character_index=body.body.index("the parties"), seen_digest=body.digest
    )
    assert "split off" not in get_trace_page(client, text, 2).text
    actions.create_named_revision(actor=member, text=text)

    assert "split off" in extract_page_section(get_trace_page(client, text, 4), "wordings")
    assert "the parties write down" in extract_page_section(get_trace_page(client, text, 2), "offspring")


def test_trace_names_adaptations_to_their_readers(client, coalition, text, member):
    other = actions.begin_text(
        actor=member,
        coalition=coalition,
        title="Ours, adapted",
        form="guideline",
        beginning=actions.TextStart([ClauseDraft("We adapted it.", origin=Clause.objects.get(text=text, number=3))]),
    )
    actions.create_named_revision(actor=member, text=other)
    assert Lineage.objects.get().how == "adapted"
    assert "We adapted it." not in get_trace_page(client, text, 3).text
    actions.open_text_to_readers(actor=member, text=other)

    page = get_trace_page(client, text, 3)
    assert "We adapted it." in extract_page_section(page, "offspring")
    assert "1 clause was adapted in" in extract_page_section(get_origin_page(client, text), "onward")
    assert CLAUSE_BODIES[1] in extract_page_section(get_trace_page(client, other, 1), "wordings")


def test_trace_shows_inputs_with_dispositions_and_authors(client, text, member, coordinator, organisation):
    given = create_member_input(text, member)
    clause = Clause.objects.get(text=text, number=3)
    wording = Placement.objects.now(text).get(clause=clause).wording
    capacity = CapacityFactory(coalition=text.coalition, organisation=organisation, name="A helpline")
    Input.objects.filter(pk=given.pk).update(
        kind="proposal",
        clause=clause,
        wording=wording,
        capacity=capacity,
        disposition="in-part",
        credited_in=text.get_latest_revision(),
    )
    given.dispositions.create(answer="in-part", reason="For small ones alone.", by=coordinator)

    said = extract_page_section(get_trace_page(client, text, 3), "inputs")
    for words in ("A helpline", "Allow an association", "accepted in part", "For small ones alone.", "revision 1"):
        assert words in said
    assert "No inputs on this clause." in extract_page_section(get_trace_page(client, text, 2), "inputs")


def test_trace_hides_withdrawn_inputs(client, text, member):
    given = create_member_input(text, member)
    third = Placement.objects.now(text).get(clause__number=3)
    Input.objects.filter(pk=given.pk).update(clause=third.clause, wording=third.wording, now_at=third.clause)
    actions.withdraw_input(actor=member, given_input=given)

    assert "Allow an association" not in get_trace_page(client, text, 3).text


def test_trace_names_evidence_to_its_readers(client, coalition, text, member):
    clause = Clause.objects.get(text=text, number=3)
    for title, label in (("Open terms", "TLP:CLEAR"), ("Terms for members", "TLP:GREEN")):
        record = ItemFactory(coalition=coalition, title=title, label=label, published=True)
        Evidence.objects.create(clause=clause, record=record, note="part 4")

    def read_evidence():
        return [
            title in extract_page_section(get_trace_page(client, text, 3), "evidence")
            for title in ("Open terms", "Terms for members")
        ]

    assert read_evidence() == [True, False]
    client.force_login(member)
    assert read_evidence() == [True, True]


@pytest.fixture
def text_from_minutes(coalition, member):
    """A text that began as an entry of a meeting, which was read from a sentence of a document."""
    document = DocumentFactory(
        coalition=coalition, title="A report", text=f"They met. {SOURCE_SENTENCE}", published=True
    )
    entry = EntryFactory(coalition=coalition, title="Guidelines could be shared", kind="offer", published=True)
    start = document.text.index(SOURCE_SENTENCE)
    Source.objects.create(
        record=entry, document=document, start=start, end=start + len(SOURCE_SENTENCE), quote=SOURCE_SENTENCE, number=2
    )
    text = create_open_text(coalition, member)
    Link.objects.create(from_record=text, to_record=entry, relation="began-as")
    return text


def test_trace_reaches_sentence_in_source_document(client, text_from_minutes):
    where = extract_page_section(get_trace_page(client, text_from_minutes, 3), "began")
    tab = get_origin_page(client, text_from_minutes)

    for words in (f"<mark>{SOURCE_SENTENCE}</mark>", "Guidelines could be shared", "A report", "Sentence 2 of"):
        assert words in where
        assert words in extract_page_section(tab, "began")


def test_origin_page_hides_unreadable_document(client, text_from_minutes):
    Source.objects.get().document.__class__.objects.update(label="TLP:RED")

    where = extract_page_section(get_trace_page(client, text_from_minutes, 3), "began")
    assert (
        SOURCE_SENTENCE in where,
        "A report" in where,
        "You do not have permission to read the source document." in where,
    ) == (
        False,
        False,
        True,
    )


def test_origin_page_links_to_outcomes(client, text_from_minutes, rapporteur, member, coalition):
    actions.publish_edition(
        actor=rapporteur, text=text_from_minutes, edition_details=EditionDetails(without_call="To show it.")
    )
    user = create_seated_person(coalition, "A user")
    add_item_use(actor=user, item=Item.objects.get(), year=2024, how="We read it with four providers.")

    onward = extract_page_section(get_origin_page(client, text_from_minutes), "onward")
    for words in ("Version 1.0", "Led to", "We read it with four providers."):
        assert words in onward
    item = reverse("library:item_travels", args=[coalition.slug, Item.objects.get().pk])
    assert item in extract_page_section(get_trace_page(client, text_from_minutes, 3), "onward")


@pytest.mark.parametrize("count", [1, 3])
def test_trace_query_count_is_constant(
    client, text_from_minutes, member, coalition, rapporteur, django_assert_num_queries, count
):
    clause = Clause.objects.get(text=text_from_minutes, number=3)
    for number in range(count):
        name_text_revision(text_from_minutes, rapporteur, clause_body=f"Wording {number}")
        record = ItemFactory(coalition=coalition, published=True)
        Evidence.objects.create(clause=clause, record=record)
        given = create_member_input(text_from_minutes, member)
        wording = Placement.objects.now(text_from_minutes).get(clause=clause).wording
        Input.objects.filter(pk=given.pk).update(clause=clause, wording=wording, disposition="noted")
        given.dispositions.create(answer="noted", reason="Thank you.")
    client.force_login(member)
    with django_assert_num_queries(12):
        answer = get_trace_page(client, text_from_minutes, 3)

    assert extract_page_section(answer, "inputs").count("<article") == count


@pytest.mark.parametrize("count", [1, 3])
def test_origin_page_query_count_is_constant(
    client, text_from_minutes, member, coalition, django_assert_num_queries, count
):
    for number in range(count):
        other = ItemFactory(coalition=coalition, title=f"Adapted {number}", published=True)
        Link.objects.create(from_record=other, to_record=text_from_minutes, relation="adapted-from")
    client.force_login(member)
    with django_assert_num_queries(12):
        answer = get_origin_page(client, text_from_minutes)

    assert extract_page_section(answer, "onward").count("Adapted in") == count
