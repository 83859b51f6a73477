"""Writing on the page: each clause in its place, and nothing that somebody typed is lost."""

import re

import pytest
from django.urls import reverse

from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft
from jukwaa.drafting.models import Clause, Placement, Text

ONE, TWO, THREE = "The first clause. It has two sentences.", "The second clause.", "The third clause."


@pytest.fixture
def text(coalition, member) -> Text:
    beginning = actions.TextStart(
        [ClauseDraft("Aim", "heading"), ClauseDraft(ONE), ClauseDraft(TWO), ClauseDraft(THREE)]
    )
    return actions.begin_text(actor=member, coalition=coalition, title="A text", form="guideline", beginning=beginning)


@pytest.fixture
def inside(client, member):
    client.force_login(member)
    return client


def at(name: str, text: Text, number: int | None = None, **more) -> str:
    numbered = {} if number is None else {"number": number}
    return reverse(f"drafting:{name}", kwargs={"coalition": text.coalition.slug, "pk": text.pk} | numbered | more)


def now(text: Text) -> list[tuple[int, str]]:
    return [(p.clause.number, p.wording.body) for p in Placement.objects.now(text)]


def digest(text: Text, number: int) -> str:
    return Placement.objects.now(text).get(clause__number=number).wording.digest


def typed(text: Text, number: int, body: str, **more) -> dict:
    return {"body": body, "kind": "paragraph", "level": 1, "from_digest": digest(text, number)} | more


def test_each_clause_stands_with_its_number_and_what_can_be_done_with_it(inside, text):
    page = inside.get(at("text_write", text)).text

    assert re.findall(r'<article class="clause[^"]*" id="(c\d)"', page) == ["c1", "c2", "c3", "c4"]
    assert page.count(">Edit</a>") == 4


def test_a_clause_is_edited_on_a_page_of_its_own_and_one_comes_back_to_where_it_stands(inside, text):
    answer = inside.post(at("clause_edit", text, 2), typed(text, 2, "Better."))

    assert (answer.status_code, answer["Location"]) == (302, at("text_write", text) + "#c2")
    assert now(text)[1] == (2, "Better.")


def test_in_its_place_the_form_comes_alone_and_the_clause_comes_back_alone(inside, text):
    form = inside.get(at("clause_edit", text, 2), headers={"HX-Request": "true"}).text
    row = inside.post(at("clause_edit", text, 2), typed(text, 2, "Better."), headers={"HX-Request": "true"}).text

    assert ("<html" in form, "<form" in form, ONE in form) == (False, True, True)
    assert ("<html" in row, "data-saves" in row, "Better." in row) == (False, False, True)


def test_what_is_typed_is_kept_as_one_goes_and_the_form_learns_from_what_it_goes_on(inside, text):
    first = inside.post(at("clause_save", text, 2), typed(text, 2, "Bet"), headers={"HX-Request": "true"})
    second = inside.post(at("clause_save", text, 2), typed(text, 2, "Better."), headers={"HX-Request": "true"})

    assert (first.status_code, second.status_code) == (200, 200)
    assert f'id="c2_from_digest" value="{digest(text, 2)}"' in second.text
    assert now(text)[1] == (2, "Better.")


def test_who_is_slower_sees_both_texts_and_keeps_what_they_typed(inside, text, member):
    before = typed(text, 3, "Mine.")
    actions.write_clause(
        actor=member, clause=Clause.objects.get(text=text, number=3), body="Theirs.", from_digest=digest(text, 3)
    )

    answer = inside.post(at("clause_edit", text, 3), before)

    assert answer.status_code == 409
    assert ("Theirs." in answer.text, "Mine.</textarea>" in answer.text) == (True, True)
    assert f'value="{digest(text, 3)}"' in answer.text
    assert now(text)[2] == (3, "Theirs.")


def test_pressed_twice_a_clause_is_saved_once_and_says_nothing_of_a_conflict(inside, text):
    sent = typed(text, 3, "Mine.")

    assert [inside.post(at("clause_edit", text, 3), sent).status_code for _ in range(2)] == [302, 302]


def test_what_was_typed_at_a_clause_that_was_taken_out_meanwhile_can_be_added_anew(inside, text, member):
    sent = typed(text, 3, "Typed for long.")
    actions.remove_clause(actor=member, clause=Clause.objects.get(text=text, number=3), from_digest=digest(text, 3))

    refused = inside.post(at("clause_edit", text, 3), sent)
    added = inside.post(at("clause_add", text) + "?after=2", sent)

    assert (refused.status_code, "Typed for long.</textarea>" in refused.text) == (409, True)
    assert added.status_code == 302
    assert now(text)[2] == (5, "Typed for long.")


def test_more_than_a_clause_can_hold_comes_back_with_what_was_typed(inside, text):
    answer = inside.post(at("clause_edit", text, 3), typed(text, 3, "x" * 20_001))

    assert (answer.status_code, "x" * 20_001 in answer.text) == (422, True)
    assert "It has 20001 characters" in answer.text
    assert now(text)[2] == (3, TWO)


def test_a_new_clause_stands_after_the_one_that_was_named_or_first(inside, text):
    inside.post(at("clause_add", text) + "?after=2", {"body": "New.", "kind": "paragraph", "level": 1})
    inside.post(at("clause_add", text), {"body": "First.", "kind": "paragraph", "level": 1})

    assert [number for number, _body in now(text)] == [6, 1, 2, 5, 3, 4]


@pytest.mark.parametrize(
    ("deed", "number", "order"),
    [
        ("up", 3, [1, 3, 2, 4]),
        ("up", 2, [2, 1, 3, 4]),
        ("up", 1, [1, 2, 3, 4]),
        ("down", 3, [1, 2, 4, 3]),
        ("down", 4, [1, 2, 3, 4]),
    ],
)
def test_a_clause_goes_up_and_down_and_stays_at_either_end(inside, text, deed, number, order):
    inside.post(at(f"clause_{deed}", text, number))

    assert [each for each, _body in now(text)] == order


@pytest.mark.parametrize(("after", "order"), [("4", [1, 3, 4, 2]), ("", [2, 1, 3, 4])])
def test_a_clause_goes_after_the_one_of_a_number_or_before_all(inside, text, after, order):
    inside.post(at("clause_move", text, 2), {"after": after})

    assert [each for each, _body in now(text)] == order


def test_after_a_number_that_no_clause_has_nothing_moves(inside, text):
    answer = inside.post(at("clause_move", text, 2), {"after": "77"})

    assert (answer.status_code, "Enter the number of a clause in this text." in answer.text) == (422, True)
    assert [each for each, _body in now(text)] == [1, 2, 3, 4]


@pytest.mark.parametrize("place", [{"at": "18"}, {"words": "It has"}])
def test_a_clause_is_parted_where_a_sentence_begins_or_before_words_that_are_typed(inside, text, place):
    assert 'value="18"' in inside.get(at("clause_split", text, 2)).text
    inside.post(at("clause_split", text, 2), place | {"from_digest": digest(text, 2)})

    assert now(text)[1:3] == [(2, "The first clause."), (5, "It has two sentences.")]


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ({}, "Choose where the second part begins."),
        ({"words": "nowhere"}, "Copy words from the clause"),
        ({"words": "s"}, "appear more than once in the clause"),
    ],
)
def test_a_clause_is_not_parted_without_a_place(inside, text, place, sentence):
    answer = inside.post(at("clause_split", text, 2), place | {"from_digest": digest(text, 2)})

    assert (answer.status_code, sentence in answer.text, len(now(text))) == (422, True, 4)


def test_a_clause_is_joined_to_the_one_before_it_or_to_another(inside, text):
    both = {"from_digest": digest(text, 3), "into_digest": digest(text, 2)}
    assert f"{ONE} <ins data-mark='[added]'>{TWO}</ins>" in inside.get(at("clause_merge", text, 3)).text
    inside.post(at("clause_merge", text, 3), both)
    others = {"from_digest": digest(text, 4), "into_digest": digest(text, 1)}
    inside.post(at("clause_merge", text, 4) + "?into=1", others)

    assert now(text) == [(1, f"Aim {THREE}"), (2, f"{ONE} {TWO}")]


@pytest.mark.parametrize("deed", ["clause_split", "clause_merge", "clause_remove"])
def test_nobody_shapes_a_clause_that_reads_differently_by_now(inside, text, deed):
    sent = {"from_digest": "0", "into_digest": "0", "at": "18"}

    answer = inside.post(at(deed, text, 2), sent)

    assert (answer.status_code, "Check the current version, then try again." in answer.text) == (409, True)
    assert f'name="from_digest" value="{digest(text, 2)}"' in answer.text
    assert len(now(text)) == 4


def test_what_was_taken_out_is_listed_and_put_back_where_it_stood(inside, text):
    inside.post(at("clause_remove", text, 3), {"from_digest": digest(text, 3)})
    page = inside.get(at("removed_list", text)).text
    address = re.search(r'formaction="([^"]+restore/)"', page)[1]
    assert (len(now(text)), TWO in page) == (3, True)

    inside.post(address)

    assert now(text)[2] == (3, TWO)


def test_every_wording_of_a_clause_can_be_read_and_restored(inside, text, rapporteur):
    actions.open_text(actor=text.authorships.get().person, text=text)
    third = Clause.objects.get(text=text, number=3)
    actions.write_clause(actor=rapporteur, clause=third, body="Theirs.", from_digest=digest(text, 3))
    page = inside.get(at("clause_history", text, 3)).text
    address = re.search(r'formaction="([^"]+restore/)"', page)[1]

    inside.post(address)

    assert ("Theirs." in page, TWO in page) == (True, True)
    assert now(text)[2] == (3, TWO)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_where_one_writes_costs_as_much_for_one_clause_as_for_three(
    inside, coalition, member, count, django_assert_num_queries
):
    beginning = actions.TextStart([ClauseDraft(f"Clause {n}.") for n in range(count)])
    text = actions.begin_text(actor=member, coalition=coalition, title="A", form="position", beginning=beginning)
    inside.get(at("text_write", text))

    with django_assert_num_queries(10):
        assert inside.get(at("text_write", text)).text.count("<article") == count
