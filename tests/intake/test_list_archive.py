"""The archive of the mailing list: who reads what of it, and under which names."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from jukwaa.intake.actions.archive import (
    choose_list_readers,
    find_unpublished_list_posts,
    hide_list_post,
    publish_list_import,
    publish_new_list_posts,
    show_list_post,
)
from jukwaa.records.models import Document
from jukwaa.updates.incoming import process_email
from jukwaa.updates.models import ListPost
from tests.factories import MembershipFactory, PersonFactory
from tests.intake.mboxes import ARCHIVE_BY_FILE_NAME, MAILMAN_MBOX, TAKEOUT_MBOX, build_mbox_post, import_list_archive
from tests.updates.emails import build_own_address, build_raw_email

READER_CHOICES = ["public", "members", "nobody"]


@pytest.fixture
def build_intake_url(coalition):
    return lambda name, *args: reverse(f"intake:{name}", args=[coalition.slug, *args])


@pytest.fixture
def imported_archive(coalition, coordinator):
    """An archive of two posts that everyone can read."""
    choose_list_readers(actor=coordinator, coalition=coalition, reader_choice="public")
    import_list_archive(coordinator, coalition, MAILMAN_MBOX, is_opened=True)
    return ListPost.objects.in_thread_order()


def read_archive_page(client, person, archive_url):
    client.logout()
    if person is not None:
        client.force_login(person)
    response = client.get(archive_url)
    return response.text if response.status_code == 200 else response.status_code


@pytest.mark.parametrize(
    ("reader_choice", "status_codes"),
    [
        ("public", [True, True, True, True]),
        ("members", [302, 404, True, True]),
        ("nobody", [302, 404, 404, True]),
    ],
)
def test_archive_readers_can_be_chosen(
    client, build_intake_url, imported_archive, coalition, coordinator, member, outsider, reader_choice, status_codes
):
    choose_list_readers(actor=coordinator, coalition=coalition, reader_choice=reader_choice)
    people = [None, outsider, member, coordinator]
    for name, *args in [("list_posts",), ("list_post", imported_archive.first().pk)]:
        answers = [read_archive_page(client, person, build_intake_url(name, *args)) for person in people]
        assert [answer if isinstance(answer, int) else "Next call" in answer for answer in answers] == status_codes


@pytest.mark.parametrize("reader_choice", READER_CHOICES)
def test_post_read_rule_matches_page(coalition, coordinator, member, outsider, imported_archive, reader_choice):
    """Members also read what arrived by email and is not open yet; nobody but coordinators what waits in an import."""
    choose_list_readers(actor=coordinator, coalition=coalition, reader_choice=reader_choice)
    import_list_archive(coordinator, coalition, TAKEOUT_MBOX)
    ListPost.objects.create(
        coalition=coalition, message_id="mail", thread="mail", body="x", posted_at=imported_archive[0].posted_at
    )
    coalition = Coalition.objects.get(pk=coalition.pk)
    viewers = [AnonymousUser(), outsider, member, coordinator]
    counts = [ListPost.objects.visible_to(Standing(viewer, coalition)).count() for viewer in viewers]

    assert counts == {"public": [2, 2, 3, 4], "members": [0, 0, 3, 4], "nobody": [0, 0, 0, 4]}[reader_choice]


def test_visitor_sees_no_address_number_name_or_signature(client, build_intake_url, imported_archive):
    text = read_archive_page(client, None, build_intake_url("list_post", imported_archive.first().pk))

    for hidden in ("jane@example.org", "jane at example.org", "700 123 456", "Jane Writer", "Ali Reader"):
        assert hidden not in text
    assert text.count("A participant") == 2
    for said in ("[address removed]", "[phone number removed]", "[name removed]", "[signature removed]"):
        assert said in text
    assert "<details><summary>Quoted text</summary>" in text
    assert reverse("privacy:request_new", args=["ours"]) in text


def test_member_sees_sender_names_without_address(client, build_intake_url, imported_archive, member):
    text = read_archive_page(client, member, build_intake_url("list_post", imported_archive.first().pk))

    assert "jane at example.org" not in text
    assert "700 123 456" not in text
    assert "Jane Writer" in text
    assert "Ali Reader" in text


def test_coordinator_sees_unchanged_posts(client, build_intake_url, imported_archive, coordinator):
    text = read_archive_page(client, coordinator, build_intake_url("list_post", imported_archive.first().pk))

    assert "+254 700 123 456 or write to jane at example.org." in text


@pytest.mark.parametrize(("is_public", "shown_sender"), [(True, "Jane Directory"), (False, "A person")])
def test_sender_in_directory_has_public_name(client, build_intake_url, coalition, coordinator, is_public, shown_sender):
    person = PersonFactory(name="Jane Directory", email="jane@example.org", name_is_public=is_public)
    MembershipFactory(coalition=coalition, organisation=None, person=person)
    choose_list_readers(actor=coordinator, coalition=coalition, reader_choice="public")
    import_list_archive(coordinator, coalition, is_opened=True)
    kept = ListPost.objects.in_thread_order().first()

    text = read_archive_page(client, None, build_intake_url("list_post", kept.pk))
    assert kept.person == person
    assert f"<bdi>{shown_sender}</bdi></h2>" in text
    assert ("Jane Directory" in text) == is_public
    assert shown_sender in read_archive_page(client, None, build_intake_url("list_posts"))


def test_name_of_minor_sender_is_stored_and_never_shown(client, build_intake_url, coalition, coordinator, member):
    adult = PersonFactory(name="An adult")
    minor = PersonFactory(
        name="Kim Young", email="kim@example.org", is_minor=True, adult_contact=adult, name_is_public=False
    )
    MembershipFactory(coalition=coalition, organisation=None, person=minor)
    choose_list_readers(actor=coordinator, coalition=coalition, reader_choice="public")
    signed = "Kim Young agrees.\n-- \nKim Young\n"
    posts = build_mbox_post(signed, From="Kim Young <kim@example.org>", Message_ID="<1@x>")
    posts += build_mbox_post("Hi", From="Kim Young <kim@elsewhere.example>", Message_ID="<2@x>", References="<1@x>")
    import_list_archive(coordinator, coalition, posts, is_opened=True)

    assert set(ListPost.objects.values_list("sender", flat=True)) == {""}
    for person in (None, member):
        for address in (
            build_intake_url("list_posts"),
            build_intake_url("list_post", ListPost.objects.in_thread_order().first().pk),
        ):
            text = read_archive_page(client, person, address)
            assert "Kim" not in text
            assert "A participant" in text


def test_hidden_post_is_shown_to_coordinators_with_reason(
    client, build_intake_url, imported_archive, coordinator, member
):
    first, second = imported_archive
    with pytest.raises(ActionRefused, match="Enter a reason"):
        hide_list_post(actor=coordinator, list_post=first, hiding_reason=" ")
    with pytest.raises(PermissionDenied):
        hide_list_post(actor=member, list_post=first, hiding_reason="No")
    client.force_login(coordinator)
    client.post(build_intake_url("list_post_hide", first.pk), {"reason": "Names a child."})

    for person in (None, member):
        assert read_archive_page(client, person, build_intake_url("list_post", first.pk)) == 404
        assert "The next call is on Monday.\n\nFrom" not in read_archive_page(
            client, person, build_intake_url("list_post", second.pk)
        )
    assert "Reason: Names a child." in read_archive_page(client, coordinator, build_intake_url("list_post", first.pk))
    client.post(build_intake_url("list_post_show", first.pk))
    assert "Next call" in read_archive_page(client, None, build_intake_url("list_post", first.pk))
    with pytest.raises(PermissionDenied):
        show_list_post(actor=member, list_post=first)


def test_new_email_posts_become_public_after_coordinator_review(
    client, build_intake_url, mailing_coalition, coordinator, member
):
    mailing_coalition.list_address = "cos@lists.example.org"
    mailing_coalition.save()
    choose_list_readers(actor=coordinator, coalition=mailing_coalition, reader_choice="public")
    for number in (1, 2):
        message_id = f"<{number}@x>"
        process_email(
            build_raw_email(f"Post {number}.", message_id=message_id, to="cos@lists.example.org"),
            [build_own_address("list+ours")],
        )
    first, second = ListPost.objects.order_by("pk")
    assert read_archive_page(client, None, build_intake_url("list_post", first.pk)) == 404
    assert "Post 1." in read_archive_page(client, member, build_intake_url("list_post", first.pk))

    with pytest.raises(PermissionDenied):
        publish_new_list_posts(actor=member, coalition=mailing_coalition, until_day=second.pk)
    client.force_login(coordinator)
    client.post(build_intake_url("list_posts_open"), {"version": first.pk})

    assert "Post 1." in read_archive_page(client, None, build_intake_url("list_post", first.pk))
    assert list(find_unpublished_list_posts(mailing_coalition)) == [second]


def test_only_coordinators_choose_archive_readers(client, build_intake_url, coalition, rapporteur, coordinator):
    with pytest.raises(PermissionDenied):
        choose_list_readers(actor=rapporteur, coalition=coalition, reader_choice="public")
    client.force_login(rapporteur)
    assert client.post(build_intake_url("list_archive"), {"readers": "public"}).status_code == 403
    client.force_login(coordinator)
    page = client.get(build_intake_url("list_archive")).text
    client.post(build_intake_url("list_archive"), {"readers": "public"})

    assert "We cannot find all names in the text of posts." in page
    assert Coalition.objects.get(pk=coalition.pk).list_readers == "public"


def test_record_from_post_has_no_address(client, build_intake_url, imported_archive, rapporteur):
    client.force_login(rapporteur)
    client.post(build_intake_url("list_post_record", imported_archive.first().pk))

    text = Document.objects.get().text
    assert "[address removed]" in text
    assert "example.org" not in text


def test_threads_are_listed_by_month_with_undated_last(
    client, build_intake_url, imported_archive, coalition, coordinator
):
    import_list_archive(
        coordinator,
        coalition,
        build_mbox_post("?", Date="", Subject="Undated", Message_ID="<u@x>") + TAKEOUT_MBOX,
        is_opened=True,
    )
    text = read_archive_page(client, None, build_intake_url("list_posts"))
    places = [text.index(f">{heading}</h2>") for heading in ("May 2015", "March 2009", "Date unknown")]

    assert places == sorted(places)
    assert "2 posts" in text


def test_archive_is_paginated(client, build_intake_url, imported_archive, coalition, coordinator):
    posts = (build_mbox_post(f"Post {n}.", Subject=f"Thread {n}", Message_ID=f"<{n}@x>") for n in range(25))
    replies = (
        build_mbox_post(f"Reply {n}.", Message_ID=f"<r{n}@x>", References="<one@example.org>") for n in range(25)
    )
    import_list_archive(coordinator, coalition, b"".join((*posts, *replies)), is_opened=True)

    assert "Next page" in read_archive_page(client, None, build_intake_url("list_posts"))
    assert "Previous page" in read_archive_page(client, None, build_intake_url("list_posts") + "?page=2")
    thread = build_intake_url("list_post", imported_archive.first().pk)
    assert "Reply 24." not in read_archive_page(client, None, thread)
    assert "Reply 24." in read_archive_page(client, None, thread + "?page=2")


@pytest.mark.parametrize("row_count", [1, 3])
def test_archive_pages_query_count_is_constant(
    client, build_intake_url, coalition, coordinator, django_assert_num_queries, row_count
):
    choose_list_readers(actor=coordinator, coalition=coalition, reader_choice="public")
    posts = (build_mbox_post(Message_ID=f"<{n}@x>", From=f"A <{n}@example.org>") for n in range(row_count))
    replies = (build_mbox_post(Message_ID=f"<r{n}@x>", References="<0@x>") for n in range(row_count))
    for n in range(row_count):
        person = PersonFactory(email=f"{n}@example.org", name_is_public=False)
        MembershipFactory(coalition=coalition, organisation=None, person=person)
    brought = import_list_archive(coordinator, coalition, b"".join((*posts, *replies)))
    thread = build_intake_url("list_post", ListPost.objects.get(message_id="<0@x>").pk)
    client.force_login(coordinator)
    for address, cost in [(build_intake_url("list_archive"), 6), (brought.get_absolute_url(), 6)]:
        client.get(address)
        with django_assert_num_queries(cost):
            client.get(address)
    publish_list_import(actor=coordinator, list_import=brought)
    client.logout()
    for address, cost in [(build_intake_url("list_posts"), 5), (thread, 5)]:
        client.get(address)
        with django_assert_num_queries(cost):
            client.get(address)


def test_arabic_archive_is_read(client, build_intake_url, coalition, coordinator):
    choose_list_readers(actor=coordinator, coalition=coalition, reader_choice="public")
    import_list_archive(coordinator, coalition, ARCHIVE_BY_FILE_NAME["cos.mbox.gz"], is_opened=True)

    assert "Bonjour à tous." in read_archive_page(
        client, None, build_intake_url("list_post", ListPost.objects.get().pk)
    )
