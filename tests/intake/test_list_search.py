"""Searching the archive of the mailing list: by the words that a reader can read, and by no others."""

import pytest
from django.urls import reverse

from jukwaa.intake.actions.archive import choose_list_readers, hide_post
from jukwaa.updates.models import ListPost
from tests.intake.mboxes import MAILMAN_2, import_archive, post

HIDDEN_WORDS = ["jane@example.org", "700 123 456", "Jane Writer"]


@pytest.fixture
def archive(coalition, coordinator):
    choose_list_readers(actor=coordinator, coalition=coalition, reader_choice="public")
    import_archive(coordinator, coalition, MAILMAN_2, opened=True)
    return ListPost.objects.in_order()


def search_posts(client, words, person=None):
    client.logout()
    if person is not None:
        client.force_login(person)
    answer = client.get(reverse("intake:list_posts", args=["ours"]), {"q": words})
    return [each.post.pk for each in answer.context["found"]] if answer.status_code == 200 else answer.status_code


def test_posts_are_found_by_words_in_any_case(client, archive, coalition, coordinator):
    import_archive(coordinator, coalition, post("Élan vital of the HELPLINE.", Message_ID="<new@x>"), opened=True)
    new = ListPost.objects.get(message_id="<new@x>")

    assert search_posts(client, "helpline élan") == [new.pk]
    assert search_posts(client, "helpline absent") == []
    assert search_posts(client, "...") == []


@pytest.mark.parametrize("words", HIDDEN_WORDS)
def test_visitor_finds_nothing_by_hidden_words(client, archive, coordinator, words):
    assert search_posts(client, words) == []
    assert search_posts(client, words, coordinator)


@pytest.mark.parametrize(
    ("readers", "statuses"), [("public", [200, 200, 200]), ("members", [302, 404, 200]), ("nobody", [302, 404, 404])]
)
def test_search_follows_readers_of_archive(
    client, archive, coalition, coordinator, member, outsider, readers, statuses
):
    choose_list_readers(actor=coordinator, coalition=coalition, reader_choice=readers)
    found = [search_posts(client, "call", person) for person in (None, outsider, member)]

    assert [200 if isinstance(each, list) else each for each in found] == statuses


def test_hidden_post_is_found_by_coordinators_alone(client, archive, coordinator, member):
    first = archive.first()
    assert first.pk in search_posts(client, first.subject)
    hide_post(actor=coordinator, list_post=first, reason="A name")

    assert first.pk not in search_posts(client, first.subject)
    assert first.pk not in search_posts(client, first.subject, member)
    assert first.pk in search_posts(client, first.subject, coordinator)


@pytest.mark.parametrize("number", [1, 3])
def test_archive_search_query_count_is_constant(
    client, archive, coalition, coordinator, django_assert_num_queries, number
):
    posts = (post("Helpline.", Message_ID=f"<{n}@x>", From=f"A <{n}@example.org>") for n in range(number))
    import_archive(coordinator, coalition, b"".join(posts), opened=True)
    address = reverse("intake:list_posts", args=["ours"], query={"q": "helpline"})
    client.get(address)
    with django_assert_num_queries(3):
        assert len(client.get(address).context["found"]) == number
