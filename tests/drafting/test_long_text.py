"""What the page of a long text costs: it reverses few URLs, and reads inputs in full only where they are shown."""

import pytest
from django.urls import reverse

from jukwaa.drafting.input_display import MAX_INPUTS_PER_CLAUSE, MAX_INPUTS_PER_PAGE
from tests.drafting.dispositions import make_input_giver
from tests.factories import TextFactory
from tests.url_reversals import MAX_REVERSALS, record_url_reversals

CLAUSE_COUNT = 20


@pytest.fixture
def text_of_many_clauses(coalition, rapporteur, ask_about_text):
    text = TextFactory(
        coalition=coalition, published=True, author=rapporteur, saying=[f"Clause {n}." for n in range(CLAUSE_COUNT)]
    )
    ask_about_text(text)
    return text


def give_inputs_to_clauses(text, person, *, inputs_per_clause):
    give = make_input_giver(text.consultations.get(), person)
    for clause in text.clauses.all():
        for number in range(inputs_per_clause):
            give(f"Input {number} at {clause.number}.", clause.number)


def get_text_page(client, text):
    return client.get(reverse("drafting:text_detail", args=[text.coalition.slug, text.pk]))


def test_text_shows_inputs_beside_clauses_while_they_are_few(client, text_of_many_clauses, rapporteur, member):
    give_inputs_to_clauses(text_of_many_clauses, member, inputs_per_clause=MAX_INPUTS_PER_PAGE // CLAUSE_COUNT)

    page = get_text_page(client, text_of_many_clauses).text

    assert page.count('id="input-') == MAX_INPUTS_PER_PAGE
    assert page.index("Input 0 at 1.") < page.index("Input 2 at 1.") < page.index("Input 0 at 2.")


def test_text_counts_inputs_when_they_are_many(client, text_of_many_clauses, member):
    give_inputs_to_clauses(text_of_many_clauses, member, inputs_per_clause=MAX_INPUTS_PER_CLAUSE + 1)

    page = get_text_page(client, text_of_many_clauses).text

    assert 'id="input-' not in page
    assert page.count(f"View all {MAX_INPUTS_PER_CLAUSE + 1} inputs on clause") == CLAUSE_COUNT


def test_text_page_url_reversals_do_not_grow_with_inputs(client, text_of_many_clauses, rapporteur, member):
    give_inputs_to_clauses(text_of_many_clauses, member, inputs_per_clause=MAX_INPUTS_PER_PAGE // CLAUSE_COUNT)
    client.force_login(rapporteur)
    get_text_page(client, text_of_many_clauses)  # from now on, the menu and the foot are kept

    with record_url_reversals() as reversals:
        page = get_text_page(client, text_of_many_clauses).text

    assert page.count('id="input-') == MAX_INPUTS_PER_PAGE
    assert len(reversals) <= MAX_REVERSALS
