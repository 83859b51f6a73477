"""Reading a text: a page of its clauses, an address for each of them, and what has changed between two revisions."""

import re

import pytest
from django.urls import reverse

from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft
from jukwaa.drafting.models import Clause, Placement, Text
from jukwaa.drafting.text_outline import number_list_items
from jukwaa.records import index
from tests.conftest import create_seated_person
from tests.factories import TextFactory


@pytest.fixture
def text(coalition, member) -> Text:
    beginning = actions.TextStart(
        [ClauseDraft("Aim", "heading"), ClauseDraft("One. Two."), ClauseDraft("Three."), ClauseDraft("Four.")]
    )
    text = actions.begin_text(actor=member, coalition=coalition, title="A text", form="guideline", beginning=beginning)
    actions.create_named_revision(
        actor=member, text=text, revision_name="Draft for Vilnius", revision_note="All of it."
    )
    return actions.open_text_to_readers(actor=member, text=text)


def build_text_url(route_name: str, text: Text, **more) -> str:
    return reverse(f"drafting:{route_name}", kwargs={"coalition": text.coalition.slug, "pk": text.pk} | more)


def get_numbered_clause(text: Text, clause_number: int) -> Clause:
    return Clause.objects.get(text=text, number=clause_number)


def get_wording_digest(text: Text, clause_number: int) -> str:
    return Placement.objects.now(text).get(clause__number=clause_number).wording.digest


def rewrite_first_clause(text: Text, member) -> None:
    """Two is parted off, three and four are joined, the heading goes to the end; and it is named."""
    actions.split_clause(
        actor=member, clause=get_numbered_clause(text, 2), character_index=5, seen_digest=get_wording_digest(text, 2)
    )
    both = (get_wording_digest(text, 4), get_wording_digest(text, 3))
    actions.merge_clauses(
        actor=member, clause=get_numbered_clause(text, 4), target_clause=get_numbered_clause(text, 3), seen_digests=both
    )
    actions.move_clause(actor=member, clause=get_numbered_clause(text, 1), after_clause=get_numbered_clause(text, 3))
    actions.create_named_revision(actor=member, text=text, revision_name="After the meeting")


def list_shown_numbers(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<article class="clause[^"]*" id="c(\d+)"', page)]


# ---- reading


def test_visitor_reads_latest_revision_and_no_draft(client, text, member):
    actions.write_clause_body(
        actor=member,
        clause=get_numbered_clause(text, 3),
        clause_body="In the making.",
        from_digest=get_wording_digest(text, 3),
    )

    page = client.get(build_text_url("text_detail", text)).text

    assert list_shown_numbers(page) == [1, 2, 3, 4]
    assert ("Three." in page, "In the making." in page, "Draft for Vilnius" in page) == (True, False, True)


@pytest.mark.parametrize("route_name", ["text_write", "removed_list", "text_edit", "revision_new", "text_drafters"])
def test_drafting_pages_are_closed_to_readers(client, coalition, text, route_name):
    client.force_login(create_seated_person(coalition, "Another member"))

    assert client.get(build_text_url(route_name, text)).status_code == 404


@pytest.fixture
def text_of_many_clauses(coalition) -> Text:
    return TextFactory(coalition=coalition, published=True, saying=[f"Clause {n} says something." for n in range(250)])


def test_clause_address_leads_to_page_of_long_text(client, text_of_many_clauses):
    answers = [
        client.get(build_text_url("clause_detail", text_of_many_clauses, number=number))["Location"]
        for number in (7, 101, 250)
    ]

    assert answers == [
        f"{build_text_url('text_detail', text_of_many_clauses)}{place}"
        for place in ("#c7", "?page=2#c101", "?page=3#c250")
    ]
    assert list_shown_numbers(client.get(answers[2]).text) == list(range(201, 251))


def test_search_result_leads_to_clause_of_long_text(client, coalition):
    said = [*(f"Clause {n}." for n in range(120)), "A provider answers within one day."]
    index.reindex_record(TextFactory(coalition=coalition, published=True, saying=said))

    page = client.get(reverse("search:search", args=[coalition.slug]), {"q": "provider answers"}).text

    assert f'href="{build_text_url("clause_detail", Text.objects.get(), number=121)}"' in page


def test_removed_clause_shows_former_place_and_successor(client, text, member):
    rewrite_first_clause(text, member)

    page = client.get(build_text_url("clause_detail", text, number=4))

    assert page.status_code == 200
    assert "The clause was last included in revision 1." in page.text
    assert build_text_url("clause_detail", text, number=3) in page.text
    assert build_text_url("revision_detail", text, number=1) + "#c4" in page.text


@pytest.mark.parametrize("clause_count", [1, 3, 250])
def test_text_page_query_count_is_constant(client, coalition, member, clause_count, django_assert_num_queries):
    text = TextFactory(coalition=coalition, published=True, saying=[f"Clause {n}." for n in range(clause_count)])
    client.force_login(member)
    client.get(build_text_url("text_detail", text))

    with django_assert_num_queries(11):
        client.get(build_text_url("text_detail", text))


def test_list_numbering_restarts_after_heading():
    kinds = [("numbered", 1), ("numbered", 2), ("paragraph", 1), ("numbered", 2), ("numbered", 1), ("numbered", 2)]

    assert number_list_items([*kinds, ("heading", 1), ("numbered", 1)]) == [1, 1, 0, 2, 2, 1, 0, 1]


def test_tables_and_lists_are_rendered(client, coalition, member):
    drafts = [
        ClauseDraft("What | Who\nAnswer | <b>", "table"),
        ClauseDraft("First.", "numbered"),
        ClauseDraft("Point.", "bullet", 2),
    ]
    text = actions.begin_text(
        actor=member, coalition=coalition, title="A", form="toolkit", beginning=actions.TextStart(drafts)
    )
    actions.create_named_revision(actor=member, text=text)
    actions.open_text_to_readers(actor=member, text=text)

    page = client.get(build_text_url("text_detail", text)).text

    assert '<th scope="col">What</th><th scope="col">Who</th></tr><tr><td>Answer</td><td>&lt;b&gt;</td>' in page
    assert ("1. First." in page, '<ul class="bullets deep2"><li>Point.</li></ul>' in page) == (True, True)


def test_contents_link_to_headings_on_all_pages(client, coalition, member):
    drafts = [ClauseDraft("One", "heading"), *(ClauseDraft("x") for _ in range(120)), ClauseDraft("Two", "heading")]
    text = actions.begin_text(
        actor=member, coalition=coalition, title="A", form="toolkit", beginning=actions.TextStart(drafts)
    )
    actions.create_named_revision(actor=member, text=text)
    actions.open_text_to_readers(actor=member, text=text)

    def list_contents_links(page: str) -> list[str]:
        return re.findall(
            r'<li class="deep1"><a href="([^"]+)"', client.get(build_text_url("text_detail", text) + page).text
        )

    assert list_contents_links("") == ["#c1", "?page=2#c122"]
    assert list_contents_links("?page=2") == [f"{build_text_url('text_detail', text)}#c1", "#c122"]


# ---- revisions


def test_revision_form_sent_twice_names_one_revision(client, text, member):
    actions.write_clause_body(
        actor=member, clause=get_numbered_clause(text, 3), clause_body="Third.", from_digest=get_wording_digest(text, 3)
    )
    client.force_login(member)

    answers = [
        client.post(build_text_url("revision_new", text), {"name": "Second", "note": "Clause 3."}) for _ in range(2)
    ]
    third = client.post(build_text_url("revision_new", text), {"name": "Third"})

    assert [answer.status_code for answer in answers] == [302, 302]
    assert list(text.revisions.values_list("number", "name", "note")) == [
        (2, "Second", "Clause 3."),
        (1, "Draft for Vilnius", "All of it."),
    ]
    assert (third.status_code, "Change the text first. It is still the same as the latest revision." in third.text) == (
        422,
        True,
    )


def test_earlier_revisions_stay_readable(client, text, member):
    rewrite_first_clause(text, member)

    first, second = (client.get(build_text_url("revision_detail", text, number=number)).text for number in (1, 2))

    assert (list_shown_numbers(first), list_shown_numbers(second)) == ([1, 2, 3, 4], [2, 5, 3, 1])
    assert ("Read the latest revision" in first, "Read the latest revision" in second) == (True, False)


def test_comparison_shows_words_moves_splits_and_merges(client, text, member):
    rewrite_first_clause(text, member)

    page = client.get(f"{build_text_url('text_compare', text)}?from=1&to=2").text
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
    assert client.get(f"{build_text_url('text_compare', text)}?from=2&to=1").text.count('id="wasc1"') == 1


def test_comparison_folds_unchanged_clauses(client, text, member):
    actions.write_clause_body(
        actor=member,
        clause=get_numbered_clause(text, 4),
        clause_body="Fourth.",
        from_digest=get_wording_digest(text, 4),
    )
    actions.create_named_revision(actor=member, text=text)

    page = client.get(f"{build_text_url('text_compare', text)}?from=1&to=2").text

    assert ("3 unchanged clauses" in page, "1 of 4 clauses has changed." in page) == (True, True)


def test_comparison_with_draft_is_for_drafters_only(client, text, member):
    actions.write_clause_body(
        actor=member,
        clause=get_numbered_clause(text, 4),
        clause_body="Fourth.",
        from_digest=get_wording_digest(text, 4),
    )
    address = f"{build_text_url('text_compare', text)}?from=1&to=now"
    visitor = client.get(address).status_code
    client.force_login(member)

    assert (visitor, "<ins data-mark='[added]'>Fourth</ins>" in client.get(address).text) == (404, True)


@pytest.mark.parametrize(
    "query_string", ["", "?from=1", "?from=1&to=x", "?from=1&to=9", "?from=-1&to=1", f"?from=1&to={'9' * 40}"]
)
def test_unknown_revision_is_not_found(client, text, query_string):
    assert client.get(build_text_url("text_compare", text) + query_string).status_code == 404


# ---- the list, and who drafts


def test_text_list_shows_own_drafts_first_with_stages(client, coalition, text, member):
    actions.begin_text(actor=member, coalition=coalition, title="My draft", form="statement")
    visitor = client.get(reverse("drafting:text_list", args=[coalition.slug])).text
    client.force_login(member)
    page = client.get(reverse("drafting:text_list", args=[coalition.slug])).text

    assert ("My draft" in visitor, "A text" in visitor, "being drafted" in visitor) == (False, True, True)
    assert page.index("My draft") < page.index("A text")


@pytest.mark.parametrize("count", [1, 3])
def test_text_list_query_count_is_constant(client, coalition, member, count, django_assert_num_queries):
    TextFactory.create_batch(count, coalition=coalition, published=True)
    client.force_login(member)

    with django_assert_num_queries(5):
        page = client.get(reverse("drafting:text_list", args=[coalition.slug])).text

    assert page.count("being drafted") == count


def test_opened_text_is_shown_as_new_on_home(client, coalition, text):
    assert f'href="{text.get_absolute_url()}"' in client.get(coalition.get_absolute_url()).text


def test_text_opens_only_with_a_revision(client, coalition, member):
    beginning = actions.TextStart([ClauseDraft("One.")])
    text = actions.begin_text(actor=member, coalition=coalition, title="A", form="position", beginning=beginning)
    client.force_login(member)

    too_early = client.post(build_text_url("text_open", text))["Location"]
    client.post(build_text_url("revision_new", text), {"name": ""})
    client.post(build_text_url("text_open", text))

    assert too_early == build_text_url("revision_new", text)
    assert client.get(build_text_url("text_detail", text)).status_code == 200
    assert Text.objects.get().state == "published"


def test_member_is_found_by_name_and_invited_as_drafter(client, coalition, text, member):
    friend = create_seated_person(coalition, "Amina Example")
    client.force_login(member)
    page = client.get(f"{build_text_url('text_drafters', text)}?q=amina").text

    client.post(build_text_url("drafter_invite", text, person=friend.pk))

    assert build_text_url("drafter_invite", text, person=friend.pk) in page
    client.force_login(friend)
    assert client.get(build_text_url("text_write", text)).status_code == 200


def test_slower_editor_of_text_details_sees_both_versions(client, text, member):
    client.force_login(member)
    sent = {"title": "A better title", "form": "guideline", "language": "en", "label": "TLP:CLEAR", "version": 1}

    saved = client.post(build_text_url("text_edit", text), sent)
    stale = client.post(build_text_url("text_edit", text), sent | {"title": "Mine"})

    assert (saved.status_code, stale.status_code) == (302, 409)
    assert ("A better title" in stale.text, "Mine" in stale.text) == (True, True)


def test_readers_of_text_are_set_by_authors(client, text, rapporteur):
    client.force_login(rapporteur)
    page = client.get(build_text_url("text_edit", text)).text

    client.post(
        build_text_url("text_edit", text),
        {"title": "Theirs", "form": "guideline", "language": "en", "label": "TLP:RED", "version": 1},
    )

    assert ('name="label"' in page, Text.objects.get().title, Text.objects.get().label) == (
        False,
        "Theirs",
        "TLP:CLEAR",
    )
