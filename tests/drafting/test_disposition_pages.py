"""The desk at which inputs are answered, in pages."""

from functools import partial

import pytest

from jukwaa.drafting import actions
from jukwaa.drafting.answer_queries import find_unanswered_inputs
from jukwaa.drafting.models import Input, Placement, Text
from tests.conftest import create_seated_person
from tests.drafting.dispositions import (
    FASTER_WORDING,
    answer_text_input,
    create_two_clause_text,
    get_clause_body,
    get_input_url,
    get_text_url,
    list_input_dispositions,
    make_input_giver,
)
from tests.factories import ConsultationFactory, InputFactory


@pytest.fixture
def text(coalition, member) -> Text:
    return create_two_clause_text(coalition, member)


@pytest.fixture
def open_consultation(text):
    return ConsultationFactory(text=text)


@pytest.fixture
def give_input(open_consultation, delegate):
    return make_input_giver(open_consultation, delegate)


@pytest.fixture
def propose_wording(give_input):
    return partial(give_input, body="Too slow.", kind="proposal", proposed=FASTER_WORDING)


@pytest.fixture
def response_page_url(client, text, member):
    client.force_login(member)
    return get_text_url("answers", text)


def test_response_page_lists_open_inputs_by_clause(client, response_page_url, give_input):
    first, alike_it, second = give_input(), give_input("Why so slow"), give_input("Who pays?", number=1)
    whole = give_input("Thank you.", number=None)
    for query, clause, shown, before, after in (
        ("", 0, [[whole]], None, 1),
        ("?clause=1", 1, [[second]], 0, 2),
        ("?clause=2", 2, [[first, alike_it]], 1, None),
        ("?clause=2&kind=question", 2, [], None, None),
        ("?show=answered", 0, [], None, None),
        ("?clause=7", 7, [], None, 1),
    ):
        got = client.get(response_page_url + query).context["desk"]
        assert (got.clause, got.groups, got.around.before, got.around.after) == (clause, shown, before, after), query
    answer = client.get(response_page_url + f"?clause=2&open={alike_it.pk}")
    assert (answer.context["desk"].open, answer.text.count('name="reason"')) == (alike_it, 1)


@pytest.mark.parametrize("input_count", [1, 3])
def test_response_page_costs_ten_queries(client, response_page_url, give_input, input_count, django_assert_num_queries):
    for at in range(input_count):
        give_input(f"{at} asks something of its own", kind="proposal", proposed=f"{at} {FASTER_WORDING}")
    client.get(response_page_url)
    with django_assert_num_queries(10):
        assert client.get(response_page_url).text.count('<details class="note"') == input_count


def test_response_page_paginates_within_clause(client, response_page_url, open_consultation):
    here = Placement.objects.now(open_consultation.text).get(clause__number=2)
    InputFactory.create_batch(23, consultation=open_consultation, clause=here.clause, wording=here.wording)
    first = client.get(response_page_url).context["desk"]
    second = client.get(f"{response_page_url}?clause=2&after={first.page.after}")

    assert (len(first.page.rows), len(second.context["desk"].page.rows), first.around.here) == (20, 3, 23)
    assert "Back to the first inputs" in second.text


def test_disposition_redirects_to_response_page(client, response_page_url, give_input):
    given = give_input()
    sent = {"answer": "noted", "reason": "We know.", "next": f"{response_page_url}?clause=2"}
    answer = client.post(get_input_url("input_answer", given), sent)

    assert (answer.status_code, answer.url, list_input_dispositions(given)) == (
        302,
        f"{response_page_url}?clause=2",
        [("noted", "We know.")],
    )


@pytest.mark.parametrize(
    ("form_data", "field_name", "expected_sentence"),
    [
        ({"reason": "So."}, "answer", "Choose a response."),
        (
            {"answer": "noted"},
            "reason",
            "Enter a reason, in one sentence or more. The author of the input will read it.",
        ),
        ({"answer": "duplicate", "duplicate_of": "999999"}, "duplicate_of", "Enter the number of another input"),
        ({"answer": "noted", "reason": "a" * 5001}, "reason", "Shorten the reason to 5,000 characters or fewer."),
    ],
)
def test_invalid_disposition_keeps_typed_text(
    client, response_page_url, give_input, form_data, field_name, expected_sentence
):
    got = client.post(get_input_url("input_answer", give_input()), form_data)

    assert got.status_code == 422
    assert list(got.context["form"].errors) == [field_name]
    assert expected_sentence in got.context["form"].errors[field_name][0]
    assert form_data.get("reason", "") in got.text


def test_concurrent_disposition_is_shown_then_replaced(client, response_page_url, give_input, rapporteur):
    given = give_input()
    theirs = answer_text_input(given, rapporteur, "accepted", "Theirs.")
    typed = {"answer": "noted", "reason": "Mine."}
    shown = client.post(get_input_url("input_answer", given), typed)
    assert (shown.status_code, "Theirs." in shown.text, "Mine." in shown.text) == (409, True, True)
    again = client.post(get_input_url("input_answer", given), typed | {"seen": shown.context["form"]["seen"].value()})

    assert (again.status_code, list_input_dispositions(given)) == (302, [("noted", "Mine."), ("accepted", "Theirs.")])
    assert str(theirs.pk) == str(shown.context["form"]["seen"].value())


def test_identifying_words_in_reason_need_confirmation(client, response_page_url, give_input):
    given, typed = give_input(), {"answer": "noted", "reason": "Ask somebody@example.org about it."}
    first = client.post(get_input_url("input_answer", given), typed)
    assert (first.status_code, list_input_dispositions(given)) == (422, [])
    client.post(get_input_url("input_answer", given), typed | {"screened": first.context["form"].data["screened"]})
    assert list_input_dispositions(given) == [("noted", typed["reason"])]


def test_selected_inputs_are_answered_together(client, response_page_url, text, give_input):
    first, second, third = give_input("One"), give_input("Two"), give_input("Three")
    there = get_text_url("answer_together", text)
    asked = client.get(f"{there}?input={first.pk}&input={second.pk}")
    assert asked.context["inputs"] == [first, second]
    wrong = client.post(there, {"input": [first.pk, second.pk], "answer": "noted"})
    assert (wrong.status_code, wrong.context["inputs"]) == (422, [first, second])
    none = client.post(there, {"answer": "noted", "reason": "So."})
    assert (none.status_code, "Select the inputs" in none.text) == (422, True)
    done = client.post(there, {"input": [first.pk, second.pk], "answer": "noted", "reason": "So."})

    assert (done.url, list(find_unanswered_inputs(text))) == (f"{response_page_url}?clause=2", [third])


def test_wording_is_accepted_at_once_unless_clause_changed(client, response_page_url, text, propose_wording, member):
    first, second = propose_wording(), propose_wording(proposed="A report is answered at once.")
    assert "Accept the proposed wording" in client.get(f"{response_page_url}?clause=2").text
    done = client.post(get_input_url("accept_wording", first), {"next": response_page_url})
    assert (done.url, get_clause_body(text)) == (response_page_url, FASTER_WORDING)
    shown = client.post(get_input_url("accept_wording", second), {})
    assert (shown.status_code, get_clause_body(text)) == (409, FASTER_WORDING)
    assert [(each.now, each.yours) for each in shown.context["differences"]] == [(FASTER_WORDING, second.proposed)]
    form = shown.context["form"]
    sent = {name: form[name].value() or "" for name in ("body", "from_digest", "seen", "answer")}
    client.post(
        get_input_url("accept_wording", second), sent | {"body": "A report is answered at once, or in one day."}
    )

    assert get_clause_body(text) == "A report is answered at once, or in one day."
    assert [each.disposition for each in Input.objects.order_by("pk")] == ["accepted", "accepted"]


def test_slower_drafter_sees_both_wordings_and_keeps_the_input(
    client, response_page_url, text, propose_wording, rapporteur
):
    given, seen = propose_wording(), Placement.objects.now(text).get(clause__number=2).wording.digest
    actions.accept_proposed_wording(actor=rapporteur, given_input=given)
    mine = "A report is answered within one day, in writing."
    typed = {"body": mine, "from_digest": seen, "answer": "in-part", "reason": "With both.", "seen": ""}
    shown = client.post(get_input_url("accept_wording", given), typed)
    overtaken, form = shown.context["differences"][0], shown.context["form"]

    assert (shown.status_code, get_clause_body(text), overtaken.now, overtaken.yours) == (
        409,
        FASTER_WORDING,
        FASTER_WORDING,
        mine,
    )
    assert "The proposed wording has been included in the text." in shown.text
    assert [form[name].value() for name in ("body", "answer", "reason")] == [mine, "in-part", "With both."]
    sent = {name: form[name].value() for name in typed}
    again = client.post(get_input_url("accept_wording", given), sent)

    assert (again.status_code, get_clause_body(text)) == (302, mine)
    assert list_input_dispositions(given)[0] == ("in-part", "With both.")


def test_late_disposition_shows_saved_disposition(client, response_page_url, text, propose_wording, rapporteur):
    given = propose_wording()
    actions.accept_proposed_wording(actor=rapporteur, given_input=given)
    digest = Placement.objects.now(text).get(clause__number=2).wording.digest
    typed = {
        "body": FASTER_WORDING,
        "from_digest": digest,
        "answer": "accepted",
        "reason": "Because it is faster.",
        "seen": "",
    }
    shown = client.post(get_input_url("accept_wording", given), typed)

    assert (shown.status_code, len(list_input_dispositions(given))) == (409, 1)
    assert [each.yours for each in shown.context["differences"]] == ["Because it is faster."]
    assert shown.context["form"]["reason"].value() == "Because it is faster."


def test_response_pages_are_closed_to_readers(client, text, give_input, delegate, outsider):
    given = give_input()
    sent = {"answer": "noted", "reason": "So.", "input": given.pk}
    for person, statuses in ((delegate, (404, 404, 403, 403)), (outsider, (404, 404, 403, 403))):
        client.force_login(person)
        got = (
            client.get(get_text_url("answers", text)),
            client.post(get_text_url("answer_together", text), sent),
            client.post(get_input_url("input_answer", given), sent),
            client.post(get_input_url("accept_wording", given), {}),
        )
        assert tuple(each.status_code for each in got) == statuses
    assert list_input_dispositions(given) == []


def test_author_withdraws_input_after_confirmation(client, text, give_input, delegate):
    given = give_input()
    client.force_login(delegate)
    assert "Withdraw input" in client.get(get_input_url("input_detail", given)).text
    assert client.get(get_input_url("input_take_back", given)).status_code == 200
    client.post(get_input_url("input_take_back", given))
    given.refresh_from_db()
    assert given.disposition == "withdrawn"
    client.force_login(create_seated_person(text.coalition, "Somebody else"))
    assert given.body not in client.get(get_input_url("input_detail", given)).text
