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
def signed_in_client(client, member):
    client.force_login(member)
    return client


def build_clause_url(route_name: str, text: Text, clause_number: int | None = None, **more) -> str:
    numbered = {} if clause_number is None else {"number": clause_number}
    return reverse(f"drafting:{route_name}", kwargs={"coalition": text.coalition.slug, "pk": text.pk} | numbered | more)


def list_clause_bodies(text: Text) -> list[tuple[int, str]]:
    return [(p.clause.number, p.wording.body) for p in Placement.objects.now(text)]


def get_wording_digest(text: Text, clause_number: int) -> str:
    return Placement.objects.now(text).get(clause__number=clause_number).wording.digest


def build_form_data(text: Text, clause_number: int, clause_body: str, **more) -> dict:
    return {
        "body": clause_body,
        "kind": "paragraph",
        "level": 1,
        "from_digest": get_wording_digest(text, clause_number),
    } | more


def test_writing_page_shows_clause_numbers_and_actions(signed_in_client, text):
    page = signed_in_client.get(build_clause_url("text_write", text)).text

    assert re.findall(r'<article class="clause[^"]*" id="(c\d)"', page) == ["c1", "c2", "c3", "c4"]
    assert page.count(">Edit</a>") == 4


def test_clause_edit_page_redirects_to_clause(signed_in_client, text):
    answer = signed_in_client.post(build_clause_url("clause_edit", text, 2), build_form_data(text, 2, "Better."))

    assert (answer.status_code, answer["Location"]) == (302, build_clause_url("text_write", text) + "#c2")
    assert list_clause_bodies(text)[1] == (2, "Better.")


def test_htmx_edit_returns_form_and_clause_fragments(signed_in_client, text):
    form = signed_in_client.get(build_clause_url("clause_edit", text, 2), headers={"HX-Request": "true"}).text
    row = signed_in_client.post(
        build_clause_url("clause_edit", text, 2), build_form_data(text, 2, "Better."), headers={"HX-Request": "true"}
    ).text

    assert ("<html" in form, "<form" in form, ONE in form) == (False, True, True)
    assert ("<html" in row, "data-saves" in row, "Better." in row) == (False, False, True)


def test_autosave_stores_text_and_updates_form_version(signed_in_client, text):
    first = signed_in_client.post(
        build_clause_url("clause_save", text, 2), build_form_data(text, 2, "Bet"), headers={"HX-Request": "true"}
    )
    second = signed_in_client.post(
        build_clause_url("clause_save", text, 2), build_form_data(text, 2, "Better."), headers={"HX-Request": "true"}
    )

    assert (first.status_code, second.status_code) == (200, 200)
    assert f'id="c2_from_digest" value="{get_wording_digest(text, 2)}"' in second.text
    assert list_clause_bodies(text)[1] == (2, "Better.")


def test_slower_writer_sees_both_versions(signed_in_client, text, member):
    before = build_form_data(text, 3, "Mine.")
    actions.write_clause_body(
        actor=member,
        clause=Clause.objects.get(text=text, number=3),
        clause_body="Theirs.",
        from_digest=get_wording_digest(text, 3),
    )

    answer = signed_in_client.post(build_clause_url("clause_edit", text, 3), before)

    assert answer.status_code == 409
    assert ("Theirs." in answer.text, "Mine.</textarea>" in answer.text) == (True, True)
    assert f'value="{get_wording_digest(text, 3)}"' in answer.text
    assert list_clause_bodies(text)[2] == (3, "Theirs.")


def test_clause_saved_twice_shows_no_conflict(signed_in_client, text):
    sent = build_form_data(text, 3, "Mine.")

    assert [signed_in_client.post(build_clause_url("clause_edit", text, 3), sent).status_code for _ in range(2)] == [
        302,
        302,
    ]


def test_text_typed_at_removed_clause_can_be_added(signed_in_client, text, member):
    sent = build_form_data(text, 3, "Typed for long.")
    actions.remove_clause(
        actor=member, clause=Clause.objects.get(text=text, number=3), seen_digest=get_wording_digest(text, 3)
    )

    refused = signed_in_client.post(build_clause_url("clause_edit", text, 3), sent)
    added = signed_in_client.post(build_clause_url("clause_add", text) + "?after=2", sent)

    assert (refused.status_code, "Typed for long.</textarea>" in refused.text) == (409, True)
    assert added.status_code == 302
    assert list_clause_bodies(text)[2] == (5, "Typed for long.")


def test_overlong_clause_keeps_typed_text(signed_in_client, text):
    answer = signed_in_client.post(build_clause_url("clause_edit", text, 3), build_form_data(text, 3, "x" * 20_001))

    assert (answer.status_code, "x" * 20_001 in answer.text) == (422, True)
    assert "It has 20001 characters" in answer.text
    assert list_clause_bodies(text)[2] == (3, TWO)


def test_new_clause_is_inserted_after_given_one_or_first(signed_in_client, text):
    signed_in_client.post(
        build_clause_url("clause_add", text) + "?after=2", {"body": "New.", "kind": "paragraph", "level": 1}
    )
    signed_in_client.post(build_clause_url("clause_add", text), {"body": "First.", "kind": "paragraph", "level": 1})

    assert [number for number, _body in list_clause_bodies(text)] == [6, 1, 2, 5, 3, 4]


@pytest.mark.parametrize(
    ("direction", "clause_number", "clause_order"),
    [
        ("up", 3, [1, 3, 2, 4]),
        ("up", 2, [2, 1, 3, 4]),
        ("up", 1, [1, 2, 3, 4]),
        ("down", 3, [1, 2, 4, 3]),
        ("down", 4, [1, 2, 3, 4]),
    ],
)
def test_clause_moves_up_and_down_within_text(signed_in_client, text, direction, clause_number, clause_order):
    signed_in_client.post(build_clause_url(f"clause_{direction}", text, clause_number))

    assert [each for each, _body in list_clause_bodies(text)] == clause_order


@pytest.mark.parametrize(("number_before", "clause_order"), [("4", [1, 3, 4, 2]), ("", [2, 1, 3, 4])])
def test_clause_moves_after_given_number_or_first(signed_in_client, text, number_before, clause_order):
    signed_in_client.post(build_clause_url("clause_move", text, 2), {"after": number_before})

    assert [each for each, _body in list_clause_bodies(text)] == clause_order


def test_clause_move_after_unknown_number_is_refused(signed_in_client, text):
    answer = signed_in_client.post(build_clause_url("clause_move", text, 2), {"after": "77"})

    assert (answer.status_code, "Enter the number of a clause in this text." in answer.text) == (422, True)
    assert [each for each, _body in list_clause_bodies(text)] == [1, 2, 3, 4]


@pytest.mark.parametrize("split_place", [{"at": "18"}, {"words": "It has"}])
def test_clause_is_split_at_sentence_or_typed_words(signed_in_client, text, split_place):
    assert 'value="18"' in signed_in_client.get(build_clause_url("clause_split", text, 2)).text
    signed_in_client.post(
        build_clause_url("clause_split", text, 2), split_place | {"from_digest": get_wording_digest(text, 2)}
    )

    assert list_clause_bodies(text)[1:3] == [(2, "The first clause."), (5, "It has two sentences.")]


@pytest.mark.parametrize(
    ("split_place", "expected_sentence"),
    [
        ({}, "Choose where the second part begins."),
        ({"words": "nowhere"}, "Copy words from the clause"),
        ({"words": "s"}, "appear more than once in the clause"),
    ],
)
def test_clause_split_requires_place(signed_in_client, text, split_place, expected_sentence):
    answer = signed_in_client.post(
        build_clause_url("clause_split", text, 2), split_place | {"from_digest": get_wording_digest(text, 2)}
    )

    assert (answer.status_code, expected_sentence in answer.text, len(list_clause_bodies(text))) == (422, True, 4)


def test_clause_is_merged_with_previous_or_other(signed_in_client, text):
    both = {"from_digest": get_wording_digest(text, 3), "into_digest": get_wording_digest(text, 2)}
    assert (
        f"{ONE} <ins data-mark='[added]'>{TWO}</ins>"
        in signed_in_client.get(build_clause_url("clause_merge", text, 3)).text
    )
    signed_in_client.post(build_clause_url("clause_merge", text, 3), both)
    others = {"from_digest": get_wording_digest(text, 4), "into_digest": get_wording_digest(text, 1)}
    signed_in_client.post(build_clause_url("clause_merge", text, 4) + "?into=1", others)

    assert list_clause_bodies(text) == [(1, f"Aim {THREE}"), (2, f"{ONE} {TWO}")]


@pytest.mark.parametrize("view_name", ["clause_split", "clause_merge", "clause_remove"])
def test_stale_split_merge_or_remove_is_refused(signed_in_client, text, view_name):
    sent = {"from_digest": "0", "into_digest": "0", "at": "18"}

    answer = signed_in_client.post(build_clause_url(view_name, text, 2), sent)

    assert (answer.status_code, "Check the current version, then try again." in answer.text) == (409, True)
    assert f'name="from_digest" value="{get_wording_digest(text, 2)}"' in answer.text
    assert len(list_clause_bodies(text)) == 4


def test_removed_clauses_are_listed_and_restored_in_place(signed_in_client, text):
    signed_in_client.post(build_clause_url("clause_remove", text, 3), {"from_digest": get_wording_digest(text, 3)})
    page = signed_in_client.get(build_clause_url("removed_list", text)).text
    address = re.search(r'formaction="([^"]+restore/)"', page)[1]
    assert (len(list_clause_bodies(text)), TWO in page) == (3, True)

    signed_in_client.post(address)

    assert list_clause_bodies(text)[2] == (3, TWO)


def test_earlier_wordings_can_be_read_and_restored(signed_in_client, text, rapporteur):
    actions.open_text_to_readers(actor=text.authorships.get().person, text=text)
    third = Clause.objects.get(text=text, number=3)
    actions.write_clause_body(
        actor=rapporteur, clause=third, clause_body="Theirs.", from_digest=get_wording_digest(text, 3)
    )
    page = signed_in_client.get(build_clause_url("clause_history", text, 3)).text
    address = re.search(r'formaction="([^"]+restore/)"', page)[1]

    signed_in_client.post(address)

    assert ("Theirs." in page, TWO in page) == (True, True)
    assert list_clause_bodies(text)[2] == (3, TWO)


@pytest.mark.parametrize("count", [1, 3])
def test_writing_page_query_count_is_constant(signed_in_client, coalition, member, count, django_assert_num_queries):
    beginning = actions.TextStart([ClauseDraft(f"Clause {n}.") for n in range(count)])
    text = actions.begin_text(actor=member, coalition=coalition, title="A", form="position", beginning=beginning)
    signed_in_client.get(build_clause_url("text_write", text))

    with django_assert_num_queries(10):
        assert signed_in_client.get(build_clause_url("text_write", text)).text.count("<article") == count


def test_form_of_clause_offers_merge_with_its_neighbour(signed_in_client, text, member):
    def read_clause_form(clause_number: int) -> str:
        return signed_in_client.get(build_clause_url("clause_edit", text, clause_number)).content.decode()

    assert "Merge with the next clause" in read_clause_form(1)
    assert "Merge with the previous clause" not in read_clause_form(1)
    assert "Merge with the previous clause" in read_clause_form(2)
    assert signed_in_client.get(build_clause_url("clause_merge", text, 1)).status_code == 200


def test_only_clause_has_nothing_to_merge_with(signed_in_client, coalition, member):
    beginning = actions.TextStart([ClauseDraft(ONE)])
    alone = actions.begin_text(actor=member, coalition=coalition, title="Short", form="guideline", beginning=beginning)

    assert "Merge with" not in signed_in_client.get(build_clause_url("clause_edit", alone, 1)).content.decode()
    assert signed_in_client.get(build_clause_url("clause_merge", alone, 1)).status_code == 404
