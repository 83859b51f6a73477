"""Posts of the mailing list are kept, read by those inside, and made records."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from jukwaa.intake.models import Reading
from jukwaa.records.models import Document
from jukwaa.updates.incoming import process_email
from jukwaa.updates.models import ListPost, PendingMail
from tests.updates.emails import build_own_address, build_raw_email, deliver_email, list_written_emails


@pytest.fixture
def coalition_with_list(mailing_coalition):
    mailing_coalition.list_address = "cos@lists.example.org"
    mailing_coalition.save()
    return mailing_coalition


def build_post_email(text="The next call is on Monday.", **kwargs):
    kwargs.setdefault("sender", "A member <someone@example.org>")
    process_email(
        build_raw_email(text, to="cos@lists.example.org", Precedence="list", **kwargs), [build_own_address("list+ours")]
    )


def test_list_post_is_stored_without_sender_address(coalition_with_list):
    build_post_email(Subject="Next call", Date="Mon, 02 Mar 2026 10:00:00 +0000")
    build_post_email("I can come.", message_id="<two@example.org>", In_Reply_To="<one@example.org>")

    assert list(ListPost.objects.order_by("pk").values_list("sender", "subject", "body", "thread")) == [
        ("A member", "Next call", "The next call is on Monday.", "<one@example.org>"),
        ("A member", "A subject", "I can come.", "<one@example.org>"),
    ]
    assert list_written_emails() == []


def test_copy_of_list_post_is_no_application(coalition_with_list):
    process_email(build_raw_email(to="cos@lists.example.org"), [build_own_address("ours")])

    assert (ListPost.objects.count(), PendingMail.objects.count()) == (1, 0)


def test_email_that_is_no_list_post_is_dropped(coalition_with_list):
    deliver_email(to=build_own_address("list+ours"))

    assert (ListPost.objects.count(), list_written_emails()) == (0, [])


def test_list_post_becomes_record_and_reading_in_one_step(client, coalition_with_list, rapporteur, member):
    build_post_email("The members agreed to meet again on 3 March 2027.", Subject="What we agreed")
    kept = ListPost.objects.get()
    client.force_login(rapporteur)
    url = reverse("intake:list_post_record", args=["ours", kept.pk])
    answers = [client.post(url), client.post(url)]

    reading = Reading.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [reading.get_absolute_url()] * 2
    document = Document.objects.get()
    assert (document.title, document.label, document.text) == (
        "What we agreed",
        "TLP:GREEN",
        "The members agreed to meet again on 3 March 2027.",
    )
    seen = [Document.objects.visible_to(viewer).count() for viewer in (member, AnonymousUser())]
    assert seen == [1, 0]


def test_mailing_list_is_visible_to_coalition_people(client, coalition_with_list, member, outsider):
    build_post_email()
    kept = ListPost.objects.get()
    urls = [reverse("intake:list_posts", args=["ours"]), reverse("intake:list_post", args=["ours", kept.pk])]
    statuses = {}
    for person in (member, outsider):
        client.force_login(person)
        statuses[person.name] = [client.get(url).status_code for url in urls]
    client.force_login(member)
    record = client.post(reverse("intake:list_post_record", args=["ours", kept.pk]))

    assert statuses == {"A member": [200, 200], "An outsider": [404, 404]}
    assert (record.status_code, Document.objects.count()) == (403, 0)


def test_footer_links_to_list_only_for_its_readers(client, coalition, member, outsider):
    address, seen = reverse("intake:list_posts", args=["ours"]), {}
    for person in (outsider, member):
        client.force_login(person)
        seen[person.name] = f'href="{address}"' in client.get(coalition.get_absolute_url()).text

    assert seen == {"An outsider": False, "A member": True}


@pytest.mark.parametrize("row_count", [1, 3])
def test_mailing_list_query_count_is_constant(
    client, coalition_with_list, member, django_assert_num_queries, row_count
):
    for number in range(row_count):
        build_post_email(message_id=f"<{number}@example.org>")
    client.force_login(member)
    with django_assert_num_queries(6):
        client.get(reverse("intake:list_posts", args=["ours"]))
