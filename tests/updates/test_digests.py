"""The digest: grouped by what one follows, nothing twice, nothing that its reader may not read, in one's language."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from jukwaa.coalitions.models import AreaOfWork, Membership
from jukwaa.mail.models import Message
from jukwaa.records import index
from jukwaa.records.actions import add_comment, change_record, hold_record_in_quarantine, purge_record, withdraw_record
from jukwaa.records.models import Audience, Authorship
from jukwaa.search.actions import save_search
from jukwaa.updates import digests
from jukwaa.updates.actions import follow, set_digest_rhythm, stop_emails_of_topic
from jukwaa.updates.digests import send_due_digests
from jukwaa.updates.models import Digest, Follow, Letter, MailChoice
from tests.conftest import create_seated_person
from tests.factories import CapacityFactory, DocumentFactory, EntryFactory, ItemFactory, MeetingFactory
from tests.updates.mails import find_link_path, list_written_emails

ONE_HOUR = timedelta(hours=1)
MONDAY_MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
TIME_DURING_PERIOD = MONDAY_MORNING - timedelta(days=3)  # a Friday, when it was published
TIME_BEFORE_FOLLOWING = MONDAY_MORNING - timedelta(days=5)


@pytest.fixture
def follow_things(released, member):
    """Follow, as a member, since Wednesday."""

    def begin_following_thing(what, value):
        with time_machine.travel(TIME_BEFORE_FOLLOWING):
            return follow(person=member, coalition=released, what=what, value=value)

    return begin_following_thing


@pytest.fixture
def item(released, rapporteur):
    def publish_item(title="A practice", at=TIME_DURING_PERIOD, **fields):
        record = ItemFactory(
            coalition=released, title=title, state="published", published_at=at, author=rapporteur, **fields
        )
        index.reindex_record(record)
        return record

    return publish_item


def send_digests_at(at=MONDAY_MORNING):
    with time_machine.travel(at):
        return send_due_digests(timezone.now())


def body():
    return Message.objects.get().body


def list_digest_groups():
    """The mail as [(what is followed, titles)]."""
    found = []
    for line in body().partition("\n-- \n")[0].splitlines():
        if line.startswith("- "):
            found[-1][1].append(line.split(": ", 1)[1])
        elif line and not line.startswith(" "):
            found.append((line, []))
    return found


def list_digest_titles():
    return sorted(title for _followed, named in list_digest_groups() for title in named)


def test_digest_groups_by_followed_thing_without_duplicates(released, member, follow_things, item, organisation):
    area = AreaOfWork.objects.create(coalition=released, name="Helplines")
    capacity = CapacityFactory(coalition=released, organisation=organisation)
    closest, by_area, by_region, _by_kind = (
        item(title) for title in ("By them", "In the area", "In Kenya", "Whatever")
    )
    Authorship.objects.filter(record=closest).update(capacity=capacity)
    for record in (closest, by_area):
        record.areas.add(area)
    by_region.countries = ["KE"]
    by_region.save()
    follow_things("region", "african")
    follow_things("kind", "good-practice")
    follow_things("area", area.pk)
    follow_things("organisation", organisation.pk)
    send_digests_at()

    assert list_written_emails() == [(member.email, "[Our Coalition] 4 updates on what you follow")]
    assert list_digest_groups() == [
        (str(organisation), ["By them"]),
        ("Helplines", ["In the area"]),
        ("Good practice", ["Whatever", "In Kenya"]),
    ]
    assert closest.get_absolute_url() in body()


def test_digest_lists_new_results_of_followed_search(released, member, follow_things, item):
    search = save_search(person=member, coalition=released, name="Hotlines", query="q=hotline")
    item("A hotline in two languages")
    item("Something else")
    item("An old hotline", at=TIME_BEFORE_FOLLOWING - ONE_HOUR)
    follow_things("search", search.pk)
    send_digests_at()

    assert list_digest_groups() == [("Hotlines", ["A hotline in two languages"])]


def test_digest_lists_binding_minutes_entries_and_followed_kinds(released, follow_things, item):
    area = AreaOfWork.objects.create(coalition=released, name="Helplines")
    meeting = MeetingFactory(coalition=released, published=True)
    for kind in ("decision", "announcement", "offer"):
        said = EntryFactory(
            meeting=meeting,
            kind=kind,
            coalition=released,
            title=kind,
            state="published",
            published_at=TIME_DURING_PERIOD,
        )
        said.areas.add(area)
    follow_things("area", area.pk)
    follow_things("kind", "offer")
    send_digests_at()

    assert list_digest_groups() == [("Helplines", ["decision"]), ("Offer", ["offer"])]


def test_digest_lists_followed_record_changed_by_others(released, member, follow_things, item, rapporteur, coordinator):
    changed, talked, quiet, own = (
        item(title, at=TIME_BEFORE_FOLLOWING - ONE_HOUR) for title in ("Changed", "Talked of", "Quiet", "Own")
    )
    for record in (changed, talked, quiet, own):
        follow_things("record", record.pk)
    with time_machine.travel(TIME_DURING_PERIOD):
        change_record(actor=rapporteur, record=changed, changes={"summary": "More."}, from_version=1)
        add_comment(actor=coordinator, record=talked, body="Well done.")
        add_comment(actor=member, record=own, body="I said it myself.")
    send_digests_at()

    assert list_digest_groups() == [
        ("Changed", ["Changed (changed)"]),
        ("Talked of", ["Talked of (new comments)"]),
    ]
    assert "Well done." not in body()


def test_digest_lists_republished_record_once(follow_things, item):
    record = item()
    follow_things("kind", "good-practice")
    send_digests_at()
    record.published_at = MONDAY_MORNING + timedelta(days=2)
    record.save()
    send_digests_at(MONDAY_MORNING + timedelta(days=7))

    assert Message.objects.count() == 1


def test_digest_omits_records_above_green(released, member, follow_things, item):
    for label in ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"):
        record = item(f"canary {label}", label=label)
        Audience.objects.create(record=record, person=member)
    follow_things("kind", "good-practice")
    send_digests_at()

    assert list_digest_groups() == [("Good practice", ["canary TLP:GREEN", "canary TLP:CLEAR"])]


def test_digest_omits_records_no_longer_readable(released, member, follow_things, item, rapporteur):
    gone = item("Withdrawn", label="TLP:CLEAR")
    item("For members", label="TLP:GREEN")
    follow_things("kind", "good-practice")
    withdraw_record(actor=rapporteur, record=gone, reason="Wrong.", trusted=True)
    Membership.objects.filter(person=member).update(standing="left", ends_on=TIME_DURING_PERIOD.date())
    send_digests_at()

    assert list_written_emails() == []


def test_empty_or_own_activity_digest_is_not_sent(released, member, follow_things):
    ItemFactory(coalition=released, state="published", published_at=TIME_DURING_PERIOD, author=member)
    follow_things("kind", "good-practice")

    assert (send_digests_at(), list_written_emails()) == (0, [])
    assert Digest.objects.get().due_at == MONDAY_MORNING + timedelta(days=7)


def test_records_before_following_are_not_new(follow_things, item):
    item(at=TIME_BEFORE_FOLLOWING - ONE_HOUR)
    follow_things("kind", "good-practice")
    send_digests_at()

    assert list_written_emails() == []


def test_digest_is_sent_once_per_period(follow_things, item):
    item()
    follow_things("kind", "good-practice")

    assert [send_digests_at(MONDAY_MORNING + minute * timedelta(minutes=1)) for minute in range(3)] == [1, 0, 0]
    assert Message.objects.count() == 1


def test_one_digest_covers_outage(follow_things, item):
    item("In the first week")
    item("In the third week", at=MONDAY_MORNING + timedelta(days=16))
    follow_things("kind", "good-practice")
    send_digests_at(MONDAY_MORNING + timedelta(days=20))

    assert list_digest_groups() == [("Good practice", ["In the third week", "In the first week"])]
    assert Digest.objects.get().due_at == MONDAY_MORNING + timedelta(days=21)


def test_killed_digest_is_sent_by_next_tick(follow_things, item, monkeypatch):
    item()
    follow_things("kind", "good-practice")
    with monkeypatch.context() as patched:
        patched.setattr(digests.Digest, "next_after", lambda *_: 1 / 0)
        assert send_digests_at() == 0
    assert not Message.objects.exists()

    assert send_digests_at() == 1


def test_failed_digest_does_not_stop_others(released, follow_things, item, monkeypatch):
    other = create_seated_person(released, "Somebody else")
    item()
    follow_things("kind", "good-practice")
    with time_machine.travel(TIME_BEFORE_FOLLOWING):
        follow(person=other, coalition=released, what="kind", value="good-practice")
    original = digests.get_mail_language
    monkeypatch.setattr(digests, "get_mail_language", lambda person: original(person) if person == other else 1 / 0)
    send_digests_at()

    assert [to for to, _subject in list_written_emails()] == [other.email]


def test_digest_is_in_reader_language(member, follow_things, item):
    member.language = "fr"
    member.save()
    item()
    follow_things("region", "african")
    follow_things("kind", "good-practice")
    send_digests_at()

    assert list_digest_groups()[0][0] == "Bonne pratique"


def test_one_click_unsubscribes_digest_only(client, released, member, follow_things, item):
    item()
    follow_things("kind", "good-practice")
    send_digests_at()
    message = Message.objects.get()
    path = find_link_path(message, "/unsubscribe/")
    answer = client.post(path, {"List-Unsubscribe": "One-Click"})
    item("Later", at=MONDAY_MORNING + ONE_HOUR)
    send_digests_at(MONDAY_MORNING + timedelta(days=7))

    assert message.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert path in message.headers["List-Unsubscribe"]
    assert answer.status_code == 200
    assert [(choice.topic, choice.wanted) for choice in MailChoice.objects.all()] == [("digest", False)]
    assert Message.objects.count() == 1


def test_resumed_digest_starts_from_then(released, member, follow_things, item):
    follow_things("kind", "good-practice")
    stop_emails_of_topic(person=member, coalition=released, topic="digest")
    item()
    send_digests_at()
    set_digest_rhythm(person=member, coalition=released, digest_rhythm="weekly")
    send_digests_at(MONDAY_MORNING + timedelta(days=7))

    assert list_written_emails() == []


def test_digest_waits_for_mail_release_without_loss(released, follow_things, item):
    item()
    follow_things("kind", "good-practice")
    released.mail_released_at, at = None, released.mail_released_at
    released.save()
    send_digests_at()
    assert list_written_emails() == []

    released.mail_released_at = at
    released.save()
    assert send_digests_at(MONDAY_MORNING + ONE_HOUR) == 1


@pytest.mark.parametrize("close", ["withdrawn", "held"])
def test_unsent_digest_is_rewritten_without_hidden_records(follow_things, item, rapporteur, safeguarding_lead, close):
    follow_things("kind", "good-practice")
    stays, goes = item("stays"), item("goes")
    send_digests_at()
    before = list_digest_titles()
    with time_machine.travel(MONDAY_MORNING + ONE_HOUR / 60):
        if close == "held":
            hold_record_in_quarantine(actor=safeguarding_lead, record=goes)
        else:
            withdraw_record(actor=rapporteur, record=goes, reason="A name was in it.")
    between = Message.objects.count()
    send_digests_at(MONDAY_MORNING + ONE_HOUR / 30)

    assert (before, between, list_digest_titles()) == ([goes.title, stays.title], 0, [stays.title])
    assert [send_digests_at(MONDAY_MORNING + ONE_HOUR * hours) for hours in (1, 24)] == [0, 0]


def test_sent_digest_is_not_rewritten(follow_things, item, rapporteur):
    follow_things("kind", "good-practice")
    item("stays")
    goes = item("goes")
    send_digests_at()
    Message.objects.update(sent_at=MONDAY_MORNING)
    with time_machine.travel(MONDAY_MORNING + ONE_HOUR / 60):
        withdraw_record(actor=rapporteur, record=goes, reason="A name was in it.")

    assert (send_digests_at(MONDAY_MORNING + ONE_HOUR / 30), list_digest_titles()) == (0, ["goes", "stays"])


def test_purged_record_is_removed_from_stored_emails(released, follow_things, item, safeguarding_lead):
    record = item()
    follow_things("kind", "good-practice")
    send_digests_at()
    assert [letter.names.get().title for letter in Letter.objects.all()] == ["A practice"]
    Message.objects.update(sent_at=timezone.now())
    hold_record_in_quarantine(actor=safeguarding_lead, record=record)
    purge_record(actor=safeguarding_lead, record=record)

    assert list(Message.objects.values_list("body", flat=True)) == [""]


@pytest.mark.parametrize(
    ("rhythm", "now", "due"),
    [
        ("weekly", "2026-11-23 06:59", "2026-11-23 07:00"),
        ("weekly", "2026-11-23 07:00", "2026-11-30 07:00"),
        ("weekly", "2026-11-29 23:00", "2026-11-30 07:00"),
        ("daily", "2026-11-24 03:00", "2026-11-24 07:00"),
        ("daily", "2026-11-24 07:00", "2026-11-25 07:00"),
    ],
)
def test_digest_is_sent_in_reader_morning(member, coalition, rhythm, now, due):
    nairobi = ZoneInfo("Africa/Nairobi")
    member.time_zone = "Africa/Nairobi"
    now, due = (datetime.fromisoformat(time).replace(tzinfo=nairobi) for time in (now, due))

    assert Digest(person=member, coalition=coalition, rhythm=rhythm).next_after(now) == due


@pytest.mark.parametrize("count", [1, 3])
def test_digest_query_count_is_constant(released, member, follow_things, item, count, django_assert_num_queries):
    for number in range(count):
        area = AreaOfWork.objects.create(coalition=released, name=f"Area {number}")
        item(f"Item {number}").areas.add(area)
        follow_things("area", area.pk)
    with django_assert_num_queries(29):
        send_digests_at()
    assert len(list_digest_groups()) == count


def test_document_received_by_email_is_in_digest(released, follow_things, rapporteur):
    DocumentFactory(coalition=released, title="The guidance", state="published", published_at=TIME_DURING_PERIOD)
    follow_things("kind", "document")
    send_digests_at()

    assert list_digest_groups() == [("Document", ["The guidance"])]
    assert Follow.objects.count() == 1
