"""Reading a text: a page of its clauses, an address for each of them, and what has changed between two revisions."""

import re

import pytest
from django.urls import reverse

from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft
from jukwaa.drafting.models import Clause, Placement, Text
from jukwaa.drafting.text_outline import number_list_items
from jukwaa.records import index
from tests.conftest import seated
from tests.factories import TextFactory


@pytest.fixture
def text(coalition, member) -> Text:
    beginning = actions.TextStart(
        [ClauseDraft("Aim", "heading"), ClauseDraft("One. Two."), ClauseDraft("Three."), ClauseDraft("Four.")]
    )
    text = actions.begin_text(actor=member, coalition=coalition, title="A text", form="guideline", beginning=beginning)
    actions.name_revision(actor=member, text=text, name="Draft for Vilnius", note_on_it="All of it.")
    return actions.open_text(actor=member, text=text)


def at(name: str, text: Text, **more) -> str:
    return reverse(f"drafting:{name}", kwargs={"coalition": text.coalition.slug, "pk": text.pk} | more)


def clause(text: Text, number: int) -> Clause:
    return Clause.objects.get(text=text, number=number)


def digest(text: Text, number: int) -> str:
    return Placement.objects.now(text).get(clause__number=number).wording.digest


def rewritten(text: Text, member) -> None:
    """Two is parted off, three and four are joined, the heading goes to the end; and it is named."""
    actions.split_clause(actor=member, clause=clause(text, 2), at=5, from_digest=digest(text, 2))
    both = (digest(text, 4), digest(text, 3))
    actions.merge_clauses(actor=member, clause=clause(text, 4), into=clause(text, 3), from_digests=both)
    actions.move_clause(actor=member, clause=clause(text, 1), after=clause(text, 3))
    actions.name_revision(actor=member, text=text, name="After the meeting")


def numbers(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<article class="clause[^"]*" id="c(\d+)"', page)]


# ---- reading


def test_a_visitor_reads_the_revision_that_was_named_last_and_nothing_of_what_is_in_the_making(client, text, member):
    actions.write_clause(actor=member, clause=clause(text, 3), body="In the making.", from_digest=digest(text, 3))

    page = client.get(at("text_detail", text)).text

    assert numbers(page) == [1, 2, 3, 4]
    assert ("Three." in page, "In the making." in page, "Draft for Vilnius" in page) == (True, False, True)


@pytest.mark.parametrize("name", ["text_write", "removed_list", "text_edit", "revision_new", "text_drafters"])
def test_who_does_not_draft_finds_no_page_of_those_who_do(client, coalition, text, name):
    client.force_login(seated(coalition, "Another member"))

    assert client.get(at(name, text)).status_code == 404


@pytest.fixture
def long(coalition) -> Text:
    return TextFactory(coalition=coalition, published=True, saying=[f"Clause {n} says something." for n in range(250)])


def test_the_address_of_a_clause_leads_to_its_page_however_long_the_text_is(client, long):
    answers = [client.get(at("clause_detail", long, number=number))["Location"] for number in (7, 101, 250)]

    assert answers == [f"{at('text_detail', long)}{place}" for place in ("#c7", "?page=2#c101", "?page=3#c250")]
    assert numbers(client.get(answers[2]).text) == list(range(201, 251))


def test_who_finds_a_clause_is_led_to_the_very_clause_however_long_the_text_is(client, coalition):
    said = [*(f"Clause {n}." for n in range(120)), "A provider answers within one day."]
    index.reindex_record(TextFactory(coalition=coalition, published=True, saying=said))

    page = client.get(reverse("search:search", args=[coalition.slug]), {"q": "provider answers"}).text

    assert f'href="{at("clause_detail", Text.objects.get(), number=121)}"' in page


def test_a_clause_that_stands_no_more_says_where_it_stood_and_what_came_of_it(client, text, member):
    rewritten(text, member)

    page = client.get(at("clause_detail", text, number=4))

    assert page.status_code == 200
    assert "The clause was last included in revision 1." in page.text
    assert at("clause_detail", text, number=3) in page.text
    assert at("revision_detail", text, number=1) + "#c4" in page.text


@pytest.mark.parametrize("size", [1, 3, 250])
def test_a_text_costs_as_much_to_read_however_long_it_is(client, coalition, member, size, django_assert_num_queries):
    text = TextFactory(coalition=coalition, published=True, saying=[f"Clause {n}." for n in range(size)])
    client.force_login(member)
    client.get(at("text_detail", text))

    with django_assert_num_queries(12):
        client.get(at("text_detail", text))


def test_items_are_counted_in_their_lists_and_a_heading_counts_anew():
    kinds = [("numbered", 1), ("numbered", 2), ("paragraph", 1), ("numbered", 2), ("numbered", 1), ("numbered", 2)]

    assert number_list_items([*kinds, ("heading", 1), ("numbered", 1)]) == [1, 1, 0, 2, 2, 1, 0, 1]


def test_a_table_and_a_list_are_read_as_such(client, coalition, member):
    drafts = [
        ClauseDraft("What | Who\nAnswer | <b>", "table"),
        ClauseDraft("First.", "numbered"),
        ClauseDraft("Point.", "bullet", 2),
    ]
    text = actions.begin_text(
        actor=member, coalition=coalition, title="A", form="toolkit", beginning=actions.TextStart(drafts)
    )
    actions.name_revision(actor=member, text=text)
    actions.open_text(actor=member, text=text)

    page = client.get(at("text_detail", text)).text

    assert '<th scope="col">What</th><th scope="col">Who</th></tr><tr><td>Answer</td><td>&lt;b&gt;</td>' in page
    assert ("1. First." in page, '<ul class="bullets deep2"><li>Point.</li></ul>' in page) == (True, True)


def test_the_list_of_contents_leads_to_each_heading_on_whichever_page_it_stands(client, coalition, member):
    drafts = [ClauseDraft("One", "heading"), *(ClauseDraft("x") for _ in range(120)), ClauseDraft("Two", "heading")]
    text = actions.begin_text(
        actor=member, coalition=coalition, title="A", form="toolkit", beginning=actions.TextStart(drafts)
    )
    actions.name_revision(actor=member, text=text)
    actions.open_text(actor=member, text=text)

    def contents(page: str) -> list[str]:
        return re.findall(r'<li class="deep1"><a href="([^"]+)"', client.get(at("text_detail", text) + page).text)

    assert contents("") == ["#c1", "?page=2#c122"]
    assert contents("?page=2") == [f"{at('text_detail', text)}#c1", "#c122"]


# ---- revisions


def test_a_revision_is_named_with_what_is_new_in_it_and_named_once_however_often_it_is_sent(client, text, member):
    actions.write_clause(actor=member, clause=clause(text, 3), body="Third.", from_digest=digest(text, 3))
    client.force_login(member)

    answers = [client.post(at("revision_new", text), {"name": "Second", "note": "Clause 3."}) for _ in range(2)]
    third = client.post(at("revision_new", text), {"name": "Third"})

    assert [answer.status_code for answer in answers] == [302, 302]
    assert list(text.revisions.values_list("number", "name", "note")) == [
        (2, "Second", "Clause 3."),
        (1, "Draft for Vilnius", "All of it."),
    ]
    assert (third.status_code, "Change the text first. It is still the same as the latest revision." in third.text) == (
        422,
        True,
    )


def test_any_revision_is_read_as_it_was(client, text, member):
    rewritten(text, member)

    first, second = (client.get(at("revision_detail", text, number=number)).text for number in (1, 2))

    assert (numbers(first), numbers(second)) == ([1, 2, 3, 4], [2, 5, 3, 1])
    assert ("Read the latest revision" in first, "Read the latest revision" in second) == (True, False)


def test_two_revisions_are_compared_word_by_word_and_it_is_said_what_moved_parted_and_was_joined(client, text, member):
    rewritten(text, member)

    page = client.get(f"{at('text_compare', text)}?from=1&to=2").text
    rows = re.findall(r'<div class="clause[^"]*" id="(\w+)"', page)

    assert rows == ["wasc1", "c2", "c5", "c3", "c4", "c1"]
    assert "One.<del data-mark='[removed]'> Two.</del>" in page
    assert "Three.<ins data-mark='[added]'> Four.</ins>" in page
    said = [
        "Split from clause 2.",
        "Clause 4 was merged into this clause.",
        "Merged into clause 3.",
        "moved to here",
        "moved from here",
    ]
    assert [sentence for sentence in said if sentence not in page] == []
    assert client.get(f"{at('text_compare', text)}?from=2&to=1").text.count('id="wasc1"') == 1


def test_clauses_that_read_as_before_are_folded(client, text, member):
    actions.write_clause(actor=member, clause=clause(text, 4), body="Fourth.", from_digest=digest(text, 4))
    actions.name_revision(actor=member, text=text)

    page = client.get(f"{at('text_compare', text)}?from=1&to=2").text

    assert ("3 unchanged clauses" in page, "1 of 4 clauses has changed." in page) == (True, True)


def test_drafters_alone_compare_with_what_is_in_the_making(client, text, member):
    actions.write_clause(actor=member, clause=clause(text, 4), body="Fourth.", from_digest=digest(text, 4))
    address = f"{at('text_compare', text)}?from=1&to=now"
    visitor = client.get(address).status_code
    client.force_login(member)

    assert (visitor, "<ins data-mark='[added]'>Fourth</ins>" in client.get(address).text) == (404, True)


@pytest.mark.parametrize(
    "query", ["", "?from=1", "?from=1&to=x", "?from=1&to=9", "?from=-1&to=1", f"?from=1&to={'9' * 40}"]
)
def test_what_is_no_revision_is_not_there(client, text, query):
    assert client.get(at("text_compare", text) + query).status_code == 404


# ---- the list, and who drafts


def test_the_list_shows_ones_own_drafts_first_and_the_stage_of_each_text(client, coalition, text, member):
    actions.begin_text(actor=member, coalition=coalition, title="My draft", form="statement")
    visitor = client.get(reverse("drafting:text_list", args=[coalition.slug])).text
    client.force_login(member)
    page = client.get(reverse("drafting:text_list", args=[coalition.slug])).text

    assert ("My draft" in visitor, "A text" in visitor, "being drafted" in visitor) == (False, True, True)
    assert page.index("My draft") < page.index("A text")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_as_much_for_one_text_as_for_three(client, coalition, member, count, django_assert_num_queries):
    TextFactory.create_batch(count, coalition=coalition, published=True)
    client.force_login(member)

    with django_assert_num_queries(5):
        page = client.get(reverse("drafting:text_list", args=[coalition.slug])).text

    assert page.count("being drafted") == count


def test_a_text_that_was_opened_is_new_on_the_front_page(client, coalition, text):
    assert f'href="{text.get_absolute_url()}"' in client.get(coalition.get_absolute_url()).text


def test_a_text_is_opened_once_it_has_a_revision(client, coalition, member):
    beginning = actions.TextStart([ClauseDraft("One.")])
    text = actions.begin_text(actor=member, coalition=coalition, title="A", form="position", beginning=beginning)
    client.force_login(member)

    too_early = client.post(at("text_open", text))["Location"]
    client.post(at("revision_new", text), {"name": ""})
    client.post(at("text_open", text))

    assert too_early == at("revision_new", text)
    assert client.get(at("text_detail", text)).status_code == 200
    assert Text.objects.get().state == "published"


def test_a_member_is_found_by_name_and_invited_to_draft_along(client, coalition, text, member):
    friend = seated(coalition, "Amina Example")
    client.force_login(member)
    page = client.get(f"{at('text_drafters', text)}?q=amina").text

    client.post(at("drafter_invite", text, person=friend.pk))

    assert at("drafter_invite", text, person=friend.pk) in page
    client.force_login(friend)
    assert client.get(at("text_write", text)).status_code == 200


def test_what_is_said_about_a_text_is_changed_and_who_is_slower_sees_both(client, text, member):
    client.force_login(member)
    sent = {"title": "A better title", "form": "guideline", "language": "en", "label": "TLP:CLEAR", "version": 1}

    saved = client.post(at("text_edit", text), sent)
    stale = client.post(at("text_edit", text), sent | {"title": "Mine"})

    assert (saved.status_code, stale.status_code) == (302, 409)
    assert ("A better title" in stale.text, "Mine" in stale.text) == (True, True)


def test_who_may_read_a_text_is_for_its_authors_to_say(client, text, rapporteur):
    client.force_login(rapporteur)
    page = client.get(at("text_edit", text)).text

    client.post(
        at("text_edit", text),
        {"title": "Theirs", "form": "guideline", "language": "en", "label": "TLP:RED", "version": 1},
    )

    assert ('name="label"' in page, Text.objects.get().title, Text.objects.get().label) == (
        False,
        "Theirs",
        "TLP:CLEAR",
    )
