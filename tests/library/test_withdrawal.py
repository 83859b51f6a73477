"""What is withdrawn or held is gone in the same instant, through every door that there is: the doors are the routes."""

from datetime import timedelta
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.mail.models import Message
from jukwaa.mail.tasks import send_message
from jukwaa.records.actions import hold_record_in_quarantine, publish_record, withdraw_record
from jukwaa.records.models import Label, State
from jukwaa.updates.models import EmailTopic, Letter
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, send_notification
from jukwaa.updates.withdrawn_record_mail import PublicPeriod, find_public_periods
from tests.conftest import create_seated_person
from tests.deep import IS_DEEP_RUN, IS_QUICK_RUN
from tests.factories import ItemFactory
from tests.routes import ROUTES_ENDING_WALK, list_routes
from tests.test_access_walk import build_urls, find_canary_words, sign_in_persona
from tests.world import World, build_canary_world

pytestmark = pytest.mark.django_db

COALITION_ROUTES = [route for route in list_routes() if route.name not in ROUTES_ENDING_WALK]
READING_PERSONAS = ("visitor", "member")
# Each reader and each deed once; both deeds for both readers are for `make test-deep`.
WALK_CASES = (
    list(product(("withdraw", "hold"), READING_PERSONAS))
    if IS_DEEP_RUN
    else [pytest.param(*case, marks=pytest.mark.slow) for case in (("withdraw", "visitor"), ("hold", "member"))]
)


class PublicRecordByKey(dict):
    """Whatever label and state is asked for: the one of its kind that there is."""

    def __missing__(self, key):
        return self[key[0], str(Label.CLEAR), str(State.PUBLISHED)]


class WorldOfPublicRecords(World):
    """A world with one record of each kind, which stands open to everybody."""

    def list_example_records(self, record_kind):
        return self.list_all_records(record_kind)

    list_varied_records = list_example_records


@pytest.fixture
def open_world():
    return build_canary_world(
        lambda coalition: WorldOfPublicRecords(coalition, records=PublicRecordByKey()),
        [Label.CLEAR],
        [State.PUBLISHED],
    )


def list_page_and_search_urls(world):
    """Every address of the world, and searches for its words: the beginning of each, and a misspelling."""
    search = reverse("search:search", args=["walked"])
    words = [word for word in world.canaries if word.endswith("published")]
    more = [f"{search}?q={asked}" for word in words for asked in (f"{word[:-5]}*", f"{word[:-5]}x")]
    return [*(url for route in COALITION_ROUTES for url in build_urls(route, world)), *more]


def read_canaries_and_etags(client, world, reader, page_urls):
    """What each address shows to this reader: canaries of records, and the mark under which it may be kept."""
    sign_in_persona(client, world, reader)
    seen = {}
    for url in page_urls:
        response = client.get(url)
        shown = {word for word in find_canary_words(response) if word.endswith("published")}  # others are of no record
        seen[url] = (shown, response.headers.get("ETag"))
        sign_in_persona(client, world, reader)
    return seen


def hide_all_records(world, hiding_action):
    for record in list(world.records.values())[::-1]:
        record.refresh_from_db()
        if hiding_action == "withdraw":
            withdraw_record(actor=world.people["coordinator"], record=record, reason="It was a mistake.")
        else:
            hold_record_in_quarantine(actor=world.people["safeguarding lead"], record=record)


@pytest.mark.usefixtures("brief_refusals", "plain_templates")
@pytest.mark.parametrize(("hiding_action", "reader"), WALK_CASES)
def test_withdrawn_records_are_gone_from_every_route_and_cache(client, open_world, reader, hiding_action):
    urls = list_page_and_search_urls(open_world)
    before = read_canaries_and_etags(client, open_world, reader, urls)
    shown = set().union(*(words for words, _etag in before.values()))
    assert shown == {word for word in open_world.canaries if word.endswith("published")}  # else nothing would be proven
    assert any(words for url, (words, _etag) in before.items() if url.endswith("x"))  # did you mean?
    hide_all_records(open_world, hiding_action)
    if IS_QUICK_RUN:  # in CI what showed nothing is asked again as well
        urls = [url for url, (words, _etag) in before.items() if words]
    after = read_canaries_and_etags(client, open_world, reader, urls)
    leaks = {url: words for url, (words, _etag) in after.items() if words}
    kept = [
        url
        for url, (words, etag) in before.items()
        if words and etag and client.get(url, headers={"If-None-Match": etag}).status_code == 304
    ]

    assert (leaks, kept) == ({}, [])


@pytest.fixture
def item(coalition, member):
    return ItemFactory(coalition=coalition, author=member, title="Nine providers", published=True)


def create_emails_and_traces_of_item(library_item, *people):
    news = NotificationEmail(
        coalition=library_item.coalition,
        people=people,
        topic=EmailTopic.CONCERNS,
        write=lambda: EmailText("Nine providers", "Words.", library_item.get_absolute_url()),
        record=library_item,
    )
    send_notification(news, key="told")


@pytest.mark.parametrize("hiding_action", ["withdraw", "hold"])
def test_unsent_emails_about_withdrawn_item_are_discarded(
    coalition, item, member, coordinator, safeguarding_lead, mailoutbox, hiding_action
):
    coalition.mail_released_at = timezone.now()
    coalition.save()
    create_emails_and_traces_of_item(item, coordinator)
    mail = Message.objects.get()
    if hiding_action == "withdraw":
        withdraw_record(actor=member, record=item, reason="A mistake.")
    else:
        hold_record_in_quarantine(actor=safeguarding_lead, record=item)
    send_message.func(mail.pk)

    assert (mailoutbox, Message.objects.count(), Letter.objects.count()) == ([], 0, 0)


def test_withdrawal_page_lists_recipients_for_coordinator_and_lead(
    client, coalition, item, member, rapporteur, coordinator, safeguarding_lead
):
    create_emails_and_traces_of_item(item, create_seated_person(coalition, "Who was told"))
    Message.objects.update(held=False, sent_at=timezone.now())
    withdraw_record(actor=member, record=item, reason="A mistake.")
    url = reverse("updates:copies", args=["ours", item.pk])
    found = {}
    for person in (member, rapporteur, coordinator, safeguarding_lead):
        client.force_login(person)
        answer = client.get(url)
        found[person.name] = (answer.status_code, "Who was told" in answer.text)

    assert found == {
        "A member": (403, False),
        "The rapporteur": (404, False),
        "The coordinator": (200, True),
        "The safeguarding lead": (200, True),
    }
    client.force_login(coordinator)
    assert url in client.get(item.get_absolute_url()).text


def test_withdrawal_page_says_whether_feeds_showed_item(coalition, member):
    now = timezone.now()
    assert not PublicPeriod(now, now + timedelta(minutes=29)).was_in_feeds
    assert PublicPeriod(now, now + timedelta(minutes=31)).was_in_feeds
    assert PublicPeriod(now, None).was_in_feeds
    item = ItemFactory(coalition=coalition, author=member)
    publish_record(actor=member, record=item, is_trusted=True)
    withdraw_record(actor=member, record=item, reason="A mistake.")

    assert [(span.until is not None, span.was_in_feeds) for span in find_public_periods(item)] == [(True, False)]


@pytest.mark.parametrize("count", [1, 3])
def test_withdrawal_page_query_count_is_constant(client, item, coordinator, count, django_assert_num_queries):
    create_emails_and_traces_of_item(
        item, *[create_seated_person(item.coalition, f"Member {number}") for number in range(count)]
    )
    Message.objects.update(held=False, sent_at=timezone.now())
    client.force_login(coordinator)
    url = reverse("updates:copies", args=["ours", item.pk])
    client.get(url)

    with django_assert_num_queries(6):
        answer = client.get(url)

    assert len(answer.context["letters"]) == count


def test_withdrawn_item_page_states_reason_first(client, item, member):
    withdraw_record(actor=member, record=item, reason="A name stood in it.")
    client.force_login(member)
    page = client.get(item.get_absolute_url()).text

    assert page.index("A name stood in it.") < page.index("<h2")
    assert "This record has been withdrawn or quarantined, so you cannot comment on it." in page
    assert "Apply to join</a>." not in page
