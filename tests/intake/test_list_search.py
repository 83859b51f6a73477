"""Searching the archive of the mailing list: by the words that a reader can read, and by no others."""

import pytest
from django.urls import reverse

from jukwaa.intake.actions.archive import choose_list_readers, hide_list_post
from jukwaa.updates.models import ListPost
from tests.intake.mboxes import MAILMAN_MBOX, build_mbox_post, import_list_archive

WORDS_HIDDEN_IN_SEARCH = ["jane@example.org", "700 123 456", "Jane Writer"]


@pytest.fixture
def public_list_posts(coalition, coordinator):
    choose_list_readers(actor=coordinator, coalition=coalition, reader_choice="public")
    import_list_archive(coordinator, coalition, MAILMAN_MBOX, is_opened=True)
    return ListPost.objects.in_thread_order()


def search_list_posts(client, search_text, person=None):
    client.logout()
    if person is not None:
        client.force_login(person)
    answer = client.get(reverse("intake:list_posts", args=["ours"]), {"q": search_text})
    return [each.post.pk for each in answer.context["found"]] if answer.status_code == 200 else answer.status_code


def test_posts_are_found_by_words_in_any_case(client, public_list_posts, coalition, coordinator):
    import_list_archive(
        coordinator, coalition, build_mbox_post("Élan vital of the HELPLINE.", Message_ID="<new@x>"), is_opened=True
    )
    new = ListPost.objects.get(message_id="<new@x>")

    assert search_list_posts(client, "helpline élan") == [new.pk]
    assert search_list_posts(client, "helpline absent") == []
    assert search_list_posts(client, "...") == []


@pytest.mark.parametrize("hidden_text", WORDS_HIDDEN_IN_SEARCH)
def test_visitor_finds_nothing_by_hidden_words(client, public_list_posts, coordinator, hidden_text):
    assert search_list_posts(client, hidden_text) == []
    assert search_list_posts(client, hidden_text, coordinator)


@pytest.mark.parametrize(
    ("reader_choice", "status_codes"),
    [("public", [200, 200, 200]), ("members", [302, 404, 200]), ("nobody", [302, 404, 404])],
)
def test_search_is_limited_to_readers_of_archive(
    client, public_list_posts, coalition, coordinator, member, outsider, reader_choice, status_codes
):
    choose_list_readers(actor=coordinator, coalition=coalition, reader_choice=reader_choice)
    found = [search_list_posts(client, "call", person) for person in (None, outsider, member)]

    assert [200 if isinstance(each, list) else each for each in found] == status_codes


def test_only_coordinators_find_hidden_posts(client, public_list_posts, coordinator, member):
    first = public_list_posts.first()
    assert first.pk in search_list_posts(client, first.subject)
    hide_list_post(actor=coordinator, list_post=first, hiding_reason="A name")

    assert first.pk not in search_list_posts(client, first.subject)
    assert first.pk not in search_list_posts(client, first.subject, member)
    assert first.pk in search_list_posts(client, first.subject, coordinator)


@pytest.mark.parametrize("row_count", [1, 3])
def test_archive_search_query_count_is_constant(
    client, public_list_posts, coalition, coordinator, django_assert_num_queries, row_count
):
    posts = (build_mbox_post("Helpline.", Message_ID=f"<{n}@x>", From=f"A <{n}@example.org>") for n in range(row_count))
    import_list_archive(coordinator, coalition, b"".join(posts), is_opened=True)
    address = reverse("intake:list_posts", args=["ours"], query={"q": "helpline"})
    client.get(address)
    with django_assert_num_queries(3):
        assert len(client.get(address).context["found"]) == row_count


def find_posts_beside_records(client, search_text, person=None):
    client.logout()
    if person is not None:
        client.force_login(person)
    page = client.get(reverse("search:search", args=["ours"]), {"q": search_text})
    return [result.url for others in page.context["others"] for result in others.results], page.text


def test_search_of_record_shows_posts_beside_its_results(client, public_list_posts):
    first = public_list_posts.first()
    urls, page = find_posts_beside_records(client, first.subject)

    assert first.get_absolute_url() in urls
    assert "Search the archive of the mailing list" in page
    assert find_posts_beside_records(client, "absent words")[0] == []


@pytest.mark.parametrize(
    ("reader_choice", "readers"),
    [
        ("public", ["visitor", "outsider", "member", "coordinator"]),
        ("members", ["member", "coordinator"]),
        ("nobody", ["coordinator"]),
    ],
)
def test_search_of_record_shows_posts_to_readers_of_archive_only(
    client, public_list_posts, coalition, coordinator, member, outsider, reader_choice, readers
):
    choose_list_readers(actor=coordinator, coalition=coalition, reader_choice=reader_choice)
    people = {"visitor": None, "outsider": outsider, "member": member, "coordinator": coordinator}

    found = [name for name, person in people.items() if find_posts_beside_records(client, "call", person)[0]]

    assert found == readers


@pytest.mark.parametrize("hidden_text", WORDS_HIDDEN_IN_SEARCH)
def test_search_of_record_finds_no_post_by_hidden_words(client, public_list_posts, coordinator, hidden_text):
    assert find_posts_beside_records(client, hidden_text)[0] == []
    assert find_posts_beside_records(client, hidden_text, coordinator)[0]


def test_hidden_post_is_not_beside_results(client, public_list_posts, coordinator, member):
    first = public_list_posts.first()
    hide_list_post(actor=coordinator, list_post=first, hiding_reason="Private.")

    assert first.get_absolute_url() not in find_posts_beside_records(client, first.subject, member)[0]
    assert first.get_absolute_url() in find_posts_beside_records(client, first.subject, coordinator)[0]
