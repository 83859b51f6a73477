"""From any clause back to where it began, and forward to what came of it, as far as its reader may see."""

import pytest
from django.urls import reverse

from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft, EditionDetails
from jukwaa.drafting.models import Clause, Evidence, Input, Lineage, Placement
from jukwaa.library.actions import add_use
from jukwaa.library.models import Item
from jukwaa.records.models import Link, Source
from tests.conftest import seated
from tests.drafting.agreeing import BODIES, drafted, revised
from tests.drafting.test_agreeing import input_to
from tests.factories import CapacityFactory, DocumentFactory, EntryFactory, ItemFactory

SENTENCE = "The Brazilian members had worked on guidelines which could be shared."


@pytest.fixture
def text(coalition, member):
    return drafted(coalition, member)


def trace(client, text, number):
    return client.get(reverse("drafting:clause_trace", args=[text.coalition.slug, text.pk, number]))


def origin(client, text):
    return client.get(reverse("drafting:text_origin", args=[text.coalition.slug, text.pk]))


def part(page, name):
    """The words of one section."""
    return page.text.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]


def test_it_shows_each_revision_that_brought_another_wording_and_by_whom(client, coalition, text, rapporteur, member):
    revised(text, rapporteur)
    page = trace(client, text, 3)

    wordings = part(page, "wordings")
    assert [wordings.count(word) for word in (": added", ": reworded")] == [1, 1]
    assert "<ins data-mark='[added]'> and a deputy</ins>" in wordings
    assert "the rapporteur" in wordings
    assert "The rapporteur" not in wordings
    client.force_login(member)
    assert "The rapporteur" in part(trace(client, text, 3), "wordings")
    assert part(trace(client, text, 2), "wordings").count("<li") == 1


def test_what_no_revision_holds_is_there_for_nobody(client, text, member):
    actions.add_clause(actor=member, text=text, draft=ClauseDraft("Still being written."), after=None)

    assert trace(client, text, 4).status_code == 404
    client.force_login(member)
    assert trace(client, text, 4).status_code == 404


def taken_out(text, number, actor):
    clause = Clause.objects.get(text=text, number=number)
    digest = Placement.objects.now(text).get(clause=clause).wording.digest
    actions.remove_clause(actor=actor, clause=clause, from_digest=digest)


def test_what_was_written_and_taken_out_between_two_revisions_was_never_to_be_read(client, text, rapporteur):
    actions.add_clause(actor=rapporteur, text=text, draft=ClauseDraft("A clause in the making."))
    taken_out(text, 4, rapporteur)
    third = Placement.objects.now(text).get(clause__number=3)
    actions.write_clause(
        actor=rapporteur, clause=third.clause, body="Half a thought.", from_digest=third.wording.digest
    )
    taken_out(text, 3, rapporteur)
    actions.name_revision(actor=rapporteur, text=text)

    assert trace(client, text, 4).status_code == 404
    page = trace(client, text, 3)
    assert (BODIES[1] in page.text, "Half a thought." in page.text) == (True, False)


def test_words_of_a_clause_that_no_revision_holds_stand_at_no_kin_either(client, text, member):
    second, third = (Clause.objects.get(text=text, number=number) for number in (2, 3))
    other = Clause.objects.create(text=text, number=9)
    Lineage.objects.create(clause=other, origin=third, how=Lineage.How.SPLIT)
    made = Placement.objects.now(text).get(clause=second)
    made.pk, made.clause, made.since, made.until = None, other, text.step + 1, text.step + 2
    made.save()
    text.step += 3
    text.save()
    actions.name_revision(actor=member, text=text)

    assert "split off" not in trace(client, text, 3).text


def test_a_clause_that_was_taken_out_says_when(client, text, member):
    taken_out(text, 3, member)
    actions.name_revision(actor=member, text=text)

    page = trace(client, text, 3)
    assert (BODIES[1] in page.text, "removed" in part(page, "wordings")) == (True, True)


def test_a_clause_that_was_split_off_leads_to_its_origin_and_back(client, text, member):
    clause = Clause.objects.get(text=text, number=2)
    body = Placement.objects.now(text).get(clause=clause).wording
    actions.split_clause(actor=member, clause=clause, at=body.body.index("the parties"), from_digest=body.digest)
    assert "split off" not in trace(client, text, 2).text
    actions.name_revision(actor=member, text=text)

    assert "split off" in part(trace(client, text, 4), "wordings")
    assert "the parties write down" in part(trace(client, text, 2), "offspring")


def test_what_was_adapted_elsewhere_is_named_to_those_who_may_read_that(client, coalition, text, member):
    other = actions.begin_text(
        actor=member,
        coalition=coalition,
        title="Ours, adapted",
        form="guideline",
        beginning=actions.TextStart([ClauseDraft("We adapted it.", origin=Clause.objects.get(text=text, number=3))]),
    )
    actions.name_revision(actor=member, text=other)
    assert Lineage.objects.get().how == "adapted"
    assert "We adapted it." not in trace(client, text, 3).text
    actions.open_text(actor=member, text=other)

    page = trace(client, text, 3)
    assert "We adapted it." in part(page, "offspring")
    assert "1 clause was adapted in" in part(origin(client, text), "onward")
    assert BODIES[1] in part(trace(client, other, 1), "wordings")


def test_what_was_said_about_it_stands_with_its_answer_and_whose_it_was(
    client, text, member, coordinator, organisation
):
    given = input_to(text, member)
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

    said = part(trace(client, text, 3), "inputs")
    for words in ("A helpline", "Allow an association", "accepted in part", "For small ones alone.", "revision 1"):
        assert words in said
    assert "No inputs on this clause." in part(trace(client, text, 2), "inputs")


def test_what_its_author_took_back_is_read_in_no_trace(client, text, member):
    given = input_to(text, member)
    third = Placement.objects.now(text).get(clause__number=3)
    Input.objects.filter(pk=given.pk).update(clause=third.clause, wording=third.wording, now_at=third.clause)
    actions.withdraw_input(actor=member, given=given)

    assert "Allow an association" not in trace(client, text, 3).text


def test_what_it_rests_on_is_named_to_those_who_may_read_it(client, coalition, text, member):
    clause = Clause.objects.get(text=text, number=3)
    for title, label in (("Open terms", "TLP:CLEAR"), ("Terms for members", "TLP:GREEN")):
        record = ItemFactory(coalition=coalition, title=title, label=label, published=True)
        Evidence.objects.create(clause=clause, record=record, note="part 4")

    def rests_on():
        return [title in part(trace(client, text, 3), "evidence") for title in ("Open terms", "Terms for members")]

    assert rests_on() == [True, False]
    client.force_login(member)
    assert rests_on() == [True, True]


@pytest.fixture
def begun(coalition, member):
    """A text that began as an entry of a meeting, which was read from a sentence of a document."""
    document = DocumentFactory(coalition=coalition, title="A report", text=f"They met. {SENTENCE}", published=True)
    entry = EntryFactory(coalition=coalition, title="Guidelines could be shared", kind="offer", published=True)
    start = document.text.index(SENTENCE)
    Source.objects.create(
        record=entry, document=document, start=start, end=start + len(SENTENCE), quote=SENTENCE, number=2
    )
    text = drafted(coalition, member)
    Link.objects.create(from_record=text, to_record=entry, relation="began-as")
    return text


def test_each_clause_reaches_the_sentence_in_which_the_text_began(client, begun):
    where = part(trace(client, begun, 3), "began")
    tab = origin(client, begun)

    for words in (f"<mark>{SENTENCE}</mark>", "Guidelines could be shared", "A report", "Sentence 2 of"):
        assert words in where
        assert words in part(tab, "began")


def test_a_document_that_is_closed_gives_no_word(client, begun):
    Source.objects.get().document.__class__.objects.update(label="TLP:RED")

    where = part(trace(client, begun, 3), "began")
    assert (SENTENCE in where, "A report" in where, "You cannot open the source document." in where) == (
        False,
        False,
        True,
    )


def test_what_became_of_it_leads_forward(client, begun, rapporteur, member, coalition):
    actions.publish_edition(actor=rapporteur, text=begun, issue=EditionDetails(without_call="To show it."))
    user = seated(coalition, "A user")
    add_use(actor=user, item=Item.objects.get(), year=2024, how="We read it with four providers.")

    onward = part(origin(client, begun), "onward")
    for words in ("Version 1.0", "Led to", "We read it with four providers."):
        assert words in onward
    item = reverse("library:item_travels", args=[coalition.slug, Item.objects.get().pk])
    assert item in part(trace(client, begun, 3), "onward")


@pytest.mark.parametrize("count", [1, 3])
def test_the_trace_costs_the_same_however_long_it_is(
    client, begun, member, coalition, rapporteur, django_assert_num_queries, count
):
    clause = Clause.objects.get(text=begun, number=3)
    for number in range(count):
        revised(begun, rapporteur, body=f"Wording {number}")
        record = ItemFactory(coalition=coalition, published=True)
        Evidence.objects.create(clause=clause, record=record)
        given = input_to(begun, member)
        wording = Placement.objects.now(begun).get(clause=clause).wording
        Input.objects.filter(pk=given.pk).update(clause=clause, wording=wording, disposition="noted")
        given.dispositions.create(answer="noted", reason="Thank you.")
    client.force_login(member)
    with django_assert_num_queries(12):
        answer = trace(client, begun, 3)

    assert part(answer, "inputs").count("<article") == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_where_it_began_costs_the_same_however_much_came_of_it(
    client, begun, member, coalition, django_assert_num_queries, count
):
    for number in range(count):
        other = ItemFactory(coalition=coalition, title=f"Adapted {number}", published=True)
        Link.objects.create(from_record=other, to_record=begun, relation="adapted-from")
    client.force_login(member)
    with django_assert_num_queries(12):
        answer = origin(client, begun)

    assert part(answer, "onward").count("Adapted in") == count
