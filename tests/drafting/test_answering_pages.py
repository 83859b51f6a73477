"""The desk at which inputs are answered, in pages."""

from functools import partial

import pytest

from jukwaa.drafting import actions
from jukwaa.drafting.answer_queries import find_unanswered_inputs
from jukwaa.drafting.models import Input, Placement, Text
from tests.conftest import seated
from tests.drafting.said import FASTER, answer, answers_of, begun, body_of, input_page, page, sayer
from tests.factories import ConsultationFactory, InputFactory


@pytest.fixture
def text(coalition, member) -> Text:
    return begun(coalition, member)


@pytest.fixture
def asked(text):
    return ConsultationFactory(text=text)


@pytest.fixture
def say(asked, delegate):
    return sayer(asked, delegate)


@pytest.fixture
def propose(say):
    return partial(say, body="Too slow.", kind="proposal", proposed=FASTER)


@pytest.fixture
def desk(client, text, member):
    client.force_login(member)
    return page("answers", text)


def test_the_desk_shows_clause_by_clause_what_waits_and_one_input_with_its_form(client, desk, say):
    first, alike_it, second = say(), say("Why so slow"), say("Who pays?", number=1)
    whole = say("Thank you.", number=None)
    for query, clause, shown, before, after in (
        ("", 0, [[whole]], None, 1),
        ("?clause=1", 1, [[second]], 0, 2),
        ("?clause=2", 2, [[first, alike_it]], 1, None),
        ("?clause=2&kind=question", 2, [], None, None),
        ("?show=answered", 0, [], None, None),
        ("?clause=7", 7, [], None, 1),
    ):
        got = client.get(desk + query).context["desk"]
        assert (got.clause, got.groups, got.around.before, got.around.after) == (clause, shown, before, after), query
    answer = client.get(desk + f"?clause=2&open={alike_it.pk}")
    assert (answer.context["desk"].open, answer.text.count('name="reason"')) == (alike_it, 1)


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_costs_ten_queries_however_much_waits(client, desk, say, number, django_assert_num_queries):
    for at in range(number):
        say(f"{at} asks something of its own", kind="proposal", proposed=f"{at} {FASTER}")
    client.get(desk)
    with django_assert_num_queries(10):
        assert client.get(desk).text.count('<details class="note"') == number


def test_a_long_desk_is_paged_within_a_clause_and_the_last_page_leads_back(client, desk, asked):
    here = Placement.objects.now(asked.text).get(clause__number=2)
    InputFactory.create_batch(23, consultation=asked, clause=here.clause, wording=here.wording)
    first = client.get(desk).context["desk"]
    second = client.get(f"{desk}?clause=2&after={first.page.after}")

    assert (len(first.page.rows), len(second.context["desk"].page.rows), first.around.here) == (20, 3, 23)
    assert "First inputs" in second.text


def test_answering_on_the_desk_leads_back_to_it(client, desk, say):
    given = say()
    sent = {"answer": "noted", "reason": "We know.", "next": f"{desk}?clause=2"}
    answer = client.post(input_page("input_answer", given), sent)

    assert (answer.status_code, answer.url, answers_of(given)) == (302, f"{desk}?clause=2", [("noted", "We know.")])


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
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
def test_an_answer_that_is_none_comes_back_with_what_was_typed(client, desk, say, typed, field, sentence):
    got = client.post(input_page("input_answer", say()), typed)

    assert got.status_code == 422
    assert list(got.context["form"].errors) == [field]
    assert sentence in got.context["form"].errors[field][0]
    assert typed.get("reason", "") in got.text


def test_an_answer_given_meanwhile_is_shown_and_the_next_press_takes_its_place(client, desk, say, rapporteur):
    given = say()
    theirs = answer(given, rapporteur, "accepted", "Theirs.")
    typed = {"answer": "noted", "reason": "Mine."}
    shown = client.post(input_page("input_answer", given), typed)
    assert (shown.status_code, "Theirs." in shown.text, "Mine." in shown.text) == (409, True, True)
    again = client.post(input_page("input_answer", given), typed | {"seen": shown.context["form"]["seen"].value()})

    assert (again.status_code, answers_of(given)) == (302, [("noted", "Mine."), ("accepted", "Theirs.")])
    assert str(theirs.pk) == str(shown.context["form"]["seen"].value())


def test_words_by_which_somebody_could_be_found_are_shown_before_an_answer_is_kept(client, desk, say):
    given, typed = say(), {"answer": "noted", "reason": "Ask somebody@example.org about it."}
    first = client.post(input_page("input_answer", given), typed)
    assert (first.status_code, answers_of(given)) == (422, [])
    client.post(input_page("input_answer", given), typed | {"screened": first.context["form"].data["screened"]})
    assert answers_of(given) == [("noted", typed["reason"])]


def test_those_that_are_ticked_are_answered_together(client, desk, text, say):
    first, second, third = say("One"), say("Two"), say("Three")
    there = page("answer_together", text)
    asked = client.get(f"{there}?input={first.pk}&input={second.pk}")
    assert asked.context["inputs"] == [first, second]
    wrong = client.post(there, {"input": [first.pk, second.pk], "answer": "noted"})
    assert (wrong.status_code, wrong.context["inputs"]) == (422, [first, second])
    none = client.post(there, {"answer": "noted", "reason": "So."})
    assert (none.status_code, "Select the inputs" in none.text) == (422, True)
    done = client.post(there, {"input": [first.pk, second.pk], "answer": "noted", "reason": "So."})

    assert (done.url, list(find_unanswered_inputs(text))) == (f"{desk}?clause=2", [third])


def test_one_press_takes_a_wording_up_and_a_changed_clause_is_shown_first(client, desk, text, propose, member):
    first, second = propose(), propose(proposed="A report is answered at once.")
    assert "Accept the proposed wording" in client.get(f"{desk}?clause=2").text
    done = client.post(input_page("accept_wording", first), {"next": desk})
    assert (done.url, body_of(text)) == (desk, FASTER)
    shown = client.post(input_page("accept_wording", second), {})
    assert (shown.status_code, body_of(text)) == (409, FASTER)
    assert [(each.now, each.yours) for each in shown.context["differences"]] == [(FASTER, second.proposed)]
    form = shown.context["form"]
    sent = {name: form[name].value() or "" for name in ("body", "from_digest", "seen", "answer")}
    client.post(input_page("accept_wording", second), sent | {"body": "A report is answered at once, or in one day."})

    assert body_of(text) == "A report is answered at once, or in one day."
    assert [each.disposition for each in Input.objects.order_by("pk")] == ["accepted", "accepted"]


def test_slower_drafter_sees_both_wordings_and_keeps_the_input(client, desk, text, propose, rapporteur):
    given, seen = propose(), Placement.objects.now(text).get(clause__number=2).wording.digest
    actions.accept_wording(actor=rapporteur, given=given)
    mine = "A report is answered within one day, in writing."
    typed = {"body": mine, "from_digest": seen, "answer": "in-part", "reason": "With both.", "seen": ""}
    shown = client.post(input_page("accept_wording", given), typed)
    overtaken, form = shown.context["differences"][0], shown.context["form"]

    assert (shown.status_code, body_of(text), overtaken.now, overtaken.yours) == (409, FASTER, FASTER, mine)
    assert "The proposed wording has been included in the text." in shown.text
    assert [form[name].value() for name in ("body", "answer", "reason")] == [mine, "in-part", "With both."]
    sent = {name: form[name].value() for name in typed}
    again = client.post(input_page("accept_wording", given), sent)

    assert (again.status_code, body_of(text)) == (302, mine)
    assert answers_of(given)[0] == ("in-part", "With both.")


def test_slower_drafter_of_a_reason_alone_sees_the_answer_that_was_given(client, desk, text, propose, rapporteur):
    given = propose()
    actions.accept_wording(actor=rapporteur, given=given)
    digest = Placement.objects.now(text).get(clause__number=2).wording.digest
    typed = {"body": FASTER, "from_digest": digest, "answer": "accepted", "reason": "Because it is faster.", "seen": ""}
    shown = client.post(input_page("accept_wording", given), typed)

    assert (shown.status_code, len(answers_of(given))) == (409, 1)
    assert [each.yours for each in shown.context["differences"]] == ["Because it is faster."]
    assert shown.context["form"]["reason"].value() == "Because it is faster."


def test_whoever_reads_the_text_and_does_not_draft_it_is_refused(client, text, say, delegate, outsider):
    given = say()
    sent = {"answer": "noted", "reason": "So.", "input": given.pk}
    for person, statuses in ((delegate, (404, 404, 403, 403)), (outsider, (404, 404, 403, 403))):
        client.force_login(person)
        got = (
            client.get(page("answers", text)),
            client.post(page("answer_together", text), sent),
            client.post(input_page("input_answer", given), sent),
            client.post(input_page("accept_wording", given), {}),
        )
        assert tuple(each.status_code for each in got) == statuses
    assert answers_of(given) == []


def test_its_author_takes_an_input_back_after_being_asked(client, text, say, delegate):
    given = say()
    client.force_login(delegate)
    assert "Withdraw input" in client.get(input_page("input_detail", given)).text
    assert client.get(input_page("input_take_back", given)).status_code == 200
    client.post(input_page("input_take_back", given))
    given.refresh_from_db()
    assert given.disposition == "withdrawn"
    client.force_login(seated(text.coalition, "Somebody else"))
    assert given.body not in client.get(input_page("input_detail", given)).text
