"""Rows with a question that is asked once for the whole file are folded, below rows with questions of their own."""

import pytest

LETTERS = "abcdefghijklmnop"
HEADING = ["Organisation", "Email", "GDPR consent", "Notes"]


@pytest.fixture
def get_questions_page(client, coordinator, build_coalition_url):
    def get_page(brought):
        client.force_login(coordinator)
        return client.get(build_coalition_url("import_questions", brought.pk))

    return get_page


def build_rows(count, *more_rows):
    rows = [[f"Helpline {number}", f"a@{number}.example", "", ""] for number in range(count)]
    return [*rows, ["Quillwort", "q@q.example", "yes", ""], *more_rows]


def test_many_rows_with_one_question_are_folded_below_the_others(import_rows, get_questions_page):
    brought = import_rows(*build_rows(20, ["Yarrow", "y@y.example", "yes", "left in 2024"]), heading=HEADING)
    page = get_questions_page(brought)

    own, _details, folded = page.text.partition("<details")
    assert page.text.count("Answer 21 rows one by one") == 1
    assert ("row 23 (Yarrow): The row says under “Notes”: “left in 2024”." in own, "Helpline 3" in own) == (True, False)
    assert all(f"Helpline {number}" in folded for number in range(20))


def test_few_rows_are_folded_with_their_names_above(import_rows, get_questions_page):
    page = get_questions_page(import_rows(*build_rows(5), heading=HEADING))
    own, _details, folded = page.text.partition("<details")

    assert [f"row {number + 2} (Helpline {number})" in own for number in range(5)] == [True] * 5
    assert "Answer 5 rows one by one" in folded


def test_row_with_another_question_is_not_folded(import_rows, get_questions_page):
    brought = import_rows(*build_rows(20, ["Yarrow", "no address", "", ""]), heading=HEADING)
    own, _details, _folded = get_questions_page(brought).text.partition("<details")

    assert "Yarrow" in own


def test_folded_row_can_be_answered_alone(import_rows, client, coordinator, build_coalition_url):
    brought = import_rows(*build_rows(20), heading=HEADING)
    client.force_login(coordinator)
    row = brought.rows.get(number=2)
    url = build_coalition_url("import_questions", brought.pk)
    client.post(url, {f"row{row.pk}-person-person-no-consent": "no-person"})

    assert brought.rows.get(number=2).state == "waiting"


@pytest.mark.parametrize("count", [3, 16])
@pytest.mark.parametrize(
    ("answer", "state", "same"), [("skip", "left-out", ""), ("combine", "waiting", "row-"), ("", "waiting", "row-")]
)
def test_answer_for_the_file_replaces_suggestions_for_repeated_rows(
    import_rows, get_questions_page, client, count, answer, state, same
):
    rows = [
        [f"Helpline {letter}", f"{name}@{letter}.example", "yes", ""]
        for name in ("ada", "tim")
        for letter in LETTERS[:count]
    ]
    brought = import_rows(*rows, heading=HEADING)
    page = get_questions_page(brought)
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if not name.endswith("-skip")}
    (question,) = (name for name in sent if name.startswith("all-repeated"))
    client.post(page.request["PATH_INFO"], {**sent, question: answer})

    found = {(row.state, row.answers.get("same", "")[:4]) for row in brought.rows.filter(number__gt=count + 1)}
    assert found == {(state, same)}
